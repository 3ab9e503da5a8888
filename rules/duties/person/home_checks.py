"""The daily check of those at home under a town's and a village's cadre, one row a town (三（十二）)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from dutyboard.rules.duties.duty import Check, Finding, misstated
from dutyboard.rules.law.daily import Slot
from dutyboard.rules.people.stage import at_home, on_desk
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import POST, DutyId
from dutyboard.rules.records.model import Person, Unit, subject_id
from dutyboard.rules.records.obligation import Obligation, obligation, slot_window, standing
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.person import HomeChecked

SLOT = "home-check"


def at_home_on(person: Person, day: date, snapshot: Snapshot) -> bool:
    """Return True if a person was in home monitoring on a day, from the move home to the end."""
    since = person.home_from or person.admitted_on
    if at_home(person):
        return since is None or since <= day
    ended = snapshot.day_of(person.closed_at) if person.closed_at else None
    return (
        not on_desk(person) and person.home_from is not None and ended is not None and person.home_from <= day < ended
    )


def owed(snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
    """Yield one check a day for each town that has people at home.

    The command post owes that of people of no known town.
    """
    if bounds(day, snapshot.zone)[1] <= desk_of(snapshot).opened_at:
        return
    slot = snapshot.daily_at(bounds(day, snapshot.zone)[0]).slot(SLOT)
    heads: dict[int | None, int] = {}
    for person in snapshot.persons.values():
        if at_home_on(person, day, snapshot):
            unit_id = person.unit_id if person.unit_id in snapshot.units else None
            heads[unit_id] = heads.get(unit_id, 0) + 1
    soon = snapshot.daily_at(now).duty.due_soon
    for unit_id, total in heads.items():
        yield _check(snapshot, slot, snapshot.units.get(unit_id or 0), day, total, now, soon)


def _check(
    snapshot: Snapshot, slot: Slot, unit: Unit | None, day: date, total: int, now: datetime, soon: timedelta
) -> Obligation:
    about = subject_id(unit) if unit else POST
    duty, window = DutyId(SLOT, about, day), slot_window(slot, day, snapshot.zone)
    done = snapshot.done.get(duty)
    told = done.told if done and isinstance(done.told, HomeChecked) else None
    directors = (o.name for o in snapshot.officers.values() if unit and o.unit_id == unit.id and o.director)
    return obligation(
        "home_check",
        duty,
        about,
        window,
        standing(window, done, now, soon),
        done,
        name=slot.name,
        subject=unit.name if unit else desk_of(snapshot).desk,
        clause=slot.clause,
        owed_by=next(directors, ""),
        abnormal=done is not None and done.abnormal,
        count=told.checked if told else 0,
        total=told.of if told else total,
    )


def find(snapshot: Snapshot, duty: DutyId, now: datetime) -> Obligation | Refusal:
    """Return the home check of that name, on the day it names."""
    unknown = Refusal("unknown_obligation", {"obligation": duty})
    return next((each for each in owed(snapshot, duty.day, now) if each.id == duty), unknown)


def read(command: Discharge, duty: Obligation, _snapshot: Snapshot, _happened_at: datetime) -> Finding | Refusal:
    """Return how many a town has checked at home: all of them, unless `checked` says fewer, which takes a note."""
    checked = command.figures.get("checked", duty.total)
    refused = misstated({"checked": checked}, {"checked": (0, duty.total)})
    if refused:
        return refused
    told = HomeChecked(checked=int(checked), of=duty.total)
    return Finding(told, abnormal=command.abnormal, note_needed=told.checked < told.of)


CHECK: Final = Check(find, read)
