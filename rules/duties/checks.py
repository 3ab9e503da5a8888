"""Door of every check: the duty that a `Discharge` names is found by its kind, and the entry written."""

from datetime import datetime

from dutyboard.rules.duties import BY_KIND
from dutyboard.rules.duties.duty import Check
from dutyboard.rules.duties.post.matters import open_finding
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.timely import untimely
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_discharge(command: Discharge, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Say that a round or a check was done. Its state follows `happened_at`, not the time of entry."""
    named = DutyId.parse(command.obligation)
    check = _check_of(named, snapshot) if named is not None else None
    if named is None or check is None:
        return Refusal("unknown_obligation", {"obligation": command.obligation})
    duty = check.find(snapshot, named, now)
    if isinstance(duty, Refusal):
        return duty
    happened_at = command.happened_at or now
    refused = untimely(snapshot, duty, happened_at, now)
    if refused:
        return refused
    found = check.read(command, duty, snapshot, happened_at)
    if isinstance(found, Refusal):
        return found
    text = command.text.strip()
    if (found.abnormal or found.note_needed) and not text:
        return Refusal("note_needed")
    done_by = command.done_by.strip() or duty.owed_by
    transaction = Transaction(snapshot, now, actor)
    accepted = transaction.discharge(duty, found.told, happened_at, abnormal=found.abnormal, text=text, done_by=done_by)
    if found.abnormal:
        open_finding(transaction, duty.subject_id, text, owner=duty.owed_by, entry=accepted.entry)
    return transaction.accepted(accepted.state)


def _check_of(named: DutyId, snapshot: Snapshot) -> Check | None:
    """Return how a duty is checked, found by the kind of its slot; None: by no `Discharge`."""
    slot = snapshot.daily_at(midnight(named.day, snapshot.zone)).find_slot(named.slot)
    duty = BY_KIND.get(slot.kind if slot else named.slot)
    return duty.check if duty else None
