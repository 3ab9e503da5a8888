"""The daily check of those at home under a town's and a village's cadre, one row a town (三（十二）)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final, cast

from dutyboard.rules.law.daily import Slot
from dutyboard.rules.records.clock import at, bounds
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.commands import Actor, Discharge
from dutyboard.rules.records.ids import POST, DutyId
from dutyboard.rules.records.model import Person, Unit, subject_id
from dutyboard.rules.records.obligation import Kind, Obligation, standing
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.timely import untimely
from dutyboard.rules.records.told import HomeChecked
from dutyboard.rules.records.transaction import Accepted, Transaction

SLOT = "home-check"
_AT_HOME: Final[frozenset[Stage]] = frozenset({"home", "closed"})
"""Who may have been at home on a day: of the others nothing need be asked."""


def at_home_on(person: Person, day: date, snapshot: Snapshot) -> bool:
    """Whether a person was in home monitoring on a day, from the move home to the end."""
    since = person.home_from or person.admitted_on
    if person.stage == "home":
        return since is None or since <= day
    ended = snapshot.day_of(person.closed_at) if person.closed_at else None
    return (
        person.stage == "closed"
        and person.home_from is not None
        and ended is not None
        and person.home_from <= day < ended
    )


def obligations(snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
    """One check a day of each town that has people at home; those of no known town fall to the command post."""
    if bounds(day, snapshot.zone)[1] <= desk_of(snapshot).opened_at:
        return
    slot = snapshot.daily_at(bounds(day, snapshot.zone)[0]).slot(SLOT)
    heads: dict[int | None, int] = {}
    for person in snapshot.persons.values():
        if person.stage in _AT_HOME and at_home_on(person, day, snapshot):
            unit_id = person.unit_id if person.unit_id in snapshot.units else None
            heads[unit_id] = heads.get(unit_id, 0) + 1
    for unit_id, total in heads.items():
        yield _check(snapshot, slot, snapshot.units.get(unit_id or 0), day, total, now)


def _check(snapshot: Snapshot, slot: Slot, unit: Unit | None, day: date, total: int, now: datetime) -> Obligation:
    subject = subject_id(unit) if unit else POST
    opens, due, closes = (at(day, clock, snapshot.zone) for clock in (slot.opens, slot.due, slot.closes))
    obligation_id = DutyId(SLOT, subject, day)
    done = snapshot.done.get(obligation_id)
    state, late, entered_late = standing(opens, due, closes, done, now, snapshot.daily_at(now).duty.due_soon)
    told = done.told if done and isinstance(done.told, HomeChecked) else None
    directors = (o.name for o in snapshot.officers.values() if unit and o.unit_id == unit.id and o.director)
    return Obligation(
        id=obligation_id,
        kind=cast(Kind, slot.kind),
        slot=SLOT,
        name=slot.name,
        subject=unit.name if unit else desk_of(snapshot).desk,
        subject_id=subject,
        clause=slot.clause,
        owed_by=next(directors, ""),
        opens=opens,
        due=due,
        closes=closes,
        state=state,
        entry=done.id if done else None,
        late_minutes=late,
        entered_late=entered_late,
        abnormal=done.abnormal if done else False,
        count=told.checked if told else 0,
        total=told.of if told else total,
    )


def find_home_check(snapshot: Snapshot, obligation_id: str, now: datetime) -> Obligation | Refusal:
    """The home check of that id, on the day it names."""
    unknown = Refusal("unknown_obligation", {"obligation": obligation_id})
    named = DutyId.parse(obligation_id)
    if named is None or named.slot != SLOT:
        return unknown
    return next((owed for owed in obligations(snapshot, named.day, now) if owed.id == named), unknown)


def decide_home_check(command: Discharge, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Say that a town has checked its people at home: all of them, unless `checked` says fewer, which takes a note."""
    owed = find_home_check(snapshot, command.obligation, now)
    if isinstance(owed, Refusal):
        return owed
    happened_at = command.happened_at or now
    refused = untimely(snapshot, owed, happened_at, now)
    if refused:
        return refused
    checked = _checked(command.figures, owed.total)
    if isinstance(checked, Refusal):
        return checked
    text = command.text.strip()
    if (command.abnormal or checked < owed.total) and not text:
        return Refusal("note_needed")
    transaction = Transaction(snapshot, now, actor)
    entry = transaction.log(
        HomeChecked(checked=checked, of=owed.total),
        happened_at=happened_at,
        subject=owed.subject_id,
        obligation=owed.id,
        abnormal=command.abnormal,
        text=text,
        done_by=command.done_by.strip() or owed.owed_by,
    )
    state, _, _ = standing(owed.opens, owed.due, owed.closes, entry, now, timedelta())
    return transaction.accepted(state)


def _checked(figures: Mapping[str, int | float], total: int) -> int | Refusal:
    checked = figures.get("checked", total)
    if isinstance(checked, bool) or not isinstance(checked, int) or not 0 <= checked <= total:
        return Refusal("bad_figure", {"name": "checked", "value": checked, "low": 0, "high": total})
    return checked
