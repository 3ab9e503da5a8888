"""The rounds of a quarantine site: patrols, temperature rounds and disinfections (四（一）)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from dutyboard.rules.duties.duty import Check, Finding, misstated
from dutyboard.rules.duties.site.slots import SiteSlot, owed_slots, slot_named, slot_obligation, slots_of
from dutyboard.rules.law.daily import Thresholds
from dutyboard.rules.people.rooms import residents
from dutyboard.rules.people.stage import site_of
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.obligation import Kind, Obligation
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, unknown_subject
from dutyboard.rules.records.told.site import RoundDone, TemperatureTaken

KINDS: Final[tuple[Kind, ...]] = ("patrol", "temperature", "disinfection")
_HEADS: Final[tuple[Kind, ...]] = ("temperature",)
_MOST_PEOPLE = 100_000


def owed(snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
    """Yield every round that every site owes on one day: site by site, in the order of the notice's slots."""
    inside = Counter(site_of(person) for person in snapshot.persons.values())
    soon = snapshot.daily_at(now).duty.due_soon
    for each in owed_slots(snapshot, day, KINDS):
        yield _round(snapshot, each, now, soon, inside[each.site.id])


def _round(snapshot: Snapshot, each: SiteSlot, now: datetime, soon: timedelta, inside: int) -> Obligation:
    """Return a round. One of temperatures counts heads: those measured of those there; before it is done, residents."""
    done = snapshot.done.get(each.duty)
    if each.kind != "temperature":
        return slot_obligation(each, done, now, soon)
    if done is None:
        return slot_obligation(each, None, now, soon, 0, inside)
    count, total = (done.told.measured, done.told.of) if isinstance(done.told, TemperatureTaken) else (0, 0)
    return slot_obligation(each, done, now, soon, count, total)


def find(snapshot: Snapshot, duty: DutyId, now: datetime) -> Obligation | Refusal:
    """Return the round of that name, or why it is not owed."""
    found = slot_named(snapshot, duty, KINDS)
    if isinstance(found, Refusal):
        return found
    inside = len(residents(snapshot.persons.values(), found.site.id))
    return _round(snapshot, found, now, snapshot.daily_at(now).duty.due_soon, inside)


def read(command: Discharge, duty: Obligation, snapshot: Snapshot, happened_at: datetime) -> Finding | Refusal:
    """Return what a round found. A fever is abnormal; a temperature round that left somebody out needs a note."""
    if duty.kind != "temperature":
        return Finding(RoundDone(), abnormal=command.abnormal)
    limits = snapshot.daily_at(happened_at).thresholds
    taken = _temperature(command, limits)
    if isinstance(taken, Refusal):
        return taken
    unsound = _too_close(snapshot, duty, taken, happened_at) or _unsound(taken, snapshot, limits)
    if unsound:
        return unsound
    fever = (taken.highest or 0) >= limits.fever_c
    return Finding(taken, abnormal=command.abnormal or fever, note_needed=taken.measured < taken.of)


CHECK: Final = Check(find, read)


def _too_close(snapshot: Snapshot, duty: Obligation, taken: TemperatureTaken, happened_at: datetime) -> Refusal | None:
    """Refuse a temperature round beside another: two readings of a person less than the setting apart count as one."""
    if not taken.measured:
        return None
    apart = snapshot.daily_at(happened_at).duty.temperature_rounds_apart
    today = snapshot.day_of(happened_at)
    for day in (today - timedelta(days=1), today, today + timedelta(days=1)):
        for slot, _ in slots_of(snapshot, day, _HEADS):
            other = snapshot.done.get(DutyId(slot.id, duty.subject_id, day))
            measured = other is not None and isinstance(other.told, TemperatureTaken) and other.told.measured
            if other and measured and abs(other.happened_at - happened_at) < apart:
                hours = int(apart.total_seconds() // 3600)
                return Refusal("rounds_too_close", {"hours": hours, "at": other.happened_at})
    return None


def _temperature(command: Discharge, limits: Thresholds) -> TemperatureTaken | Refusal:
    figures = command.figures
    heat = {"highest": (limits.least_c, limits.most_c)} if figures.get("measured") != 0 else {}
    refused = misstated(figures, {"of": (0, _MOST_PEOPLE), "measured": (0, figures.get("of", 0))}, heat)
    if refused:
        return refused
    return TemperatureTaken(
        of=int(figures["of"]),
        measured=int(figures["measured"]),
        highest=figures["highest"] if heat else None,
        readings=dict(command.readings),
    )


def _unsound(taken: TemperatureTaken, snapshot: Snapshot, limits: Thresholds) -> Refusal | None:
    """Return why readings told singly cannot be: of nobody on the desk, out of range, or against the totals.

    They may be fewer than were measured, for the rest may have been told as totals; and of a person who has left.
    """
    readings = taken.readings
    if not readings:
        return None
    for whose, reading in readings.items():
        refused = unknown_subject(snapshot, whose)
        if refused:
            return refused
        if not isinstance(reading, int | float) or not limits.least_c <= reading <= limits.most_c:
            return Refusal(
                "bad_figure", {"name": whose, "value": reading, "low": limits.least_c, "high": limits.most_c}
            )
    if len(readings) > taken.measured:
        return Refusal(
            "bad_figure", {"name": "measured", "value": taken.measured, "low": len(readings), "high": taken.of}
        )
    if taken.highest is not None and max(readings.values()) > taken.highest:
        return Refusal(
            "bad_figure",
            {"name": "highest", "value": taken.highest, "low": max(readings.values()), "high": limits.most_c},
        )
    return None
