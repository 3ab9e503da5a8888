"""Opening of a record that was closed: somebody came again, or something became known of him (O50)."""

from datetime import datetime

from dutyboard.rules.people.ending import never_reopened
from dutyboard.rules.people.returning import reopened
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import Reopen
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Reopened
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_reopen(command: Reopen, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Open a closed record again, with the reason; he is assessed anew. Refused for one that is open, and for a death.

    A record voided or merged into another is no stay that ended: its own act is undone instead.
    """
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    if on_desk(person):
        return Refusal("record_open", {"person": NameOf(person)})
    if never_reopened(person):
        return Refusal("never_reopened", {"person": NameOf(person)})
    if not command.reason.strip():
        return Refusal("reason_needed")
    transaction = Transaction(snapshot, now, actor)
    opened = reopened(person, snapshot, now)
    transaction.put(opened)
    told = Reopened(stays=len(opened.stays_before))
    transaction.log(told, subject=subject_id(person), text=command.reason.strip())
    return transaction.accepted()
