"""Fields of officers, units, sites and areas that sheets tell unlike, decided by an officer (一、二、四)."""

from datetime import date, datetime
from typing import Any

from dutyboard.rules.duties.post.officers import decide_change_officer, decide_end_officer
from dutyboard.rules.duties.post.units import decide_change_unit
from dutyboard.rules.duties.site.sites import decide_change_site
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import ChangeOfficer, ChangeUnit, EndOfficer, SettleRecord
from dutyboard.rules.records.commands.site import ChangeSite
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Area, Contradiction, Officer, Person, Site, Unit, subject_id
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import ContradictionSettled
from dutyboard.rules.records.transaction import Accepted, Transaction
from dutyboard.rules.records.unlike import contradictions_of, record_about, settle, with_standing

_BY_CHANGE = frozenset({"rooms", "areas", "keeper", "phone"})
"""Fields of a site that an act of its own changes."""


def decide_settle_record(command: SettleRecord, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Say which of two values is right, with the reason. The other one is taken as the act that changes the field."""
    record = record_about(snapshot, Subject.parse(command.subject))
    if record is None or isinstance(record, Person):
        return Refusal("unknown_record", {"subject": command.subject})
    found = contradictions_of(record, snapshot)
    mine = next((each for each in found if each.field == command.field), None)
    if mine is None:
        return Refusal("record_not_unlike", {"subject": record.name, "name": command.field})
    reason = command.reason.strip()
    if not reason:
        return Refusal("reason_needed")
    transaction = Transaction(snapshot, now, actor)
    if command.other:
        by_act = _by_act(record, mine, reason, snapshot, now, actor)
        if by_act is not None:
            return by_act
        transaction.put(with_standing(record, mine.field, mine.other))
    told = ContradictionSettled(settled=mine.field, other=command.other)
    transaction.log(told, subject=subject_id(record), text=reason)
    settle(transaction, record, (mine.field,), snapshot, now)
    return transaction.accepted()


def _by_act(
    record: Officer | Unit | Site | Area,
    found: Contradiction,
    reason: str,
    snapshot: Snapshot,
    now: datetime,
    actor: Actor,
) -> Accepted | Refusal | None:
    """Decide the act that changes a field, as an officer does it by hand. None: the field has none."""
    key, other = found.field, found.other
    value: Any = tuple(other) if isinstance(other, list) else other
    match record:
        case Officer() if key == "until":
            if other is None:
                return None
            until = date.fromisoformat(str(other))
            # Whoever has lost his officer is named by the queue: the town asks for another one anyway.
            end = EndOfficer(officer_id=record.id, until=until, reason=reason, agreed=True)
            return decide_end_officer(end, snapshot, now, actor)
        case Officer():
            told: dict[str, Any] = {key: ("yes" if value else "no") if isinstance(value, bool) else value}
            corrected = ChangeOfficer(officer_id=record.id, reason=reason, **told)
            return decide_change_officer(corrected, snapshot, now, actor)
        case Unit():
            change = ChangeUnit(unit_id=record.id, first_responsible=str(value), reason=reason)
            return decide_change_unit(change, snapshot, now, actor)
        case Site() if key in _BY_CHANGE:
            held: dict[str, Any] = {key: value}
            return decide_change_site(ChangeSite(site_id=record.id, reason=reason, **held), snapshot, now, actor)
        case _:
            return None
