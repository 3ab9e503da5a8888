"""A temperature round as it is told: by name or as totals, in one entry or in several (四（一）)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.duties.duty import Finding, misstated, said_twice
from dutyboard.rules.duties.person.readings import unlikely
from dutyboard.rules.duties.site.progress import covered, is_whole
from dutyboard.rules.duties.site.slots import SiteSlot, slot_named, slots_of
from dutyboard.rules.duties.site.symptoms import not_there, other_remarks, told_symptoms
from dutyboard.rules.law.daily import Thresholds
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import DutyId, Subject
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.obligation import Kind, Obligation
from dutyboard.rules.records.refusals import AsTyped, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.site import TemperatureTaken

_HEADS: Final[tuple[Kind, ...]] = ("temperature",)
_MOST_PEOPLE = 100_000


def read(command: Discharge, duty: Obligation, snapshot: Snapshot, happened_at: datetime) -> Finding | Refusal:
    """Return what a temperature round found. Without names a fever needs a note, and the round waits for the name."""
    limits = snapshot.daily_at(happened_at).thresholds
    symptoms = told_symptoms(command, duty, snapshot, command.readings, happened_at)
    if isinstance(symptoms, Refusal):
        return symptoms
    absent = [Subject("person", each) for each in command.absent]
    both = said_twice(({*command.readings, *symptoms}, absent), snapshot)
    if both is not None:
        return both
    totals = _totals(command, duty, limits)
    if isinstance(totals, Refusal):
        return totals
    unsound = _unsound(command, totals, snapshot, limits)
    if unsound:
        return unsound
    too_close = _too_close(command, duty, totals, snapshot, happened_at)
    if isinstance(too_close, Refusal):
        return too_close
    slot = slot_named(snapshot, duty.id, _HEADS)
    if isinstance(slot, Refusal):
        return slot
    told = _placed(command, symptoms, totals, too_close, duty, slot, snapshot, happened_at)
    named = (*command.readings.values(), *command.first.values())
    odd = any(not limits.low_c <= value < limits.fever_c for value in named)
    unnamed = (totals.highest or 0) >= limits.fever_c and max(named, default=0) < limits.fever_c
    away = not_there(command, duty, snapshot, happened_at)
    if isinstance(away, Refusal):
        return away
    abnormal = command.abnormal or odd or unnamed or bool(symptoms or away)
    found = None if command.abnormal or unnamed else away
    return Finding(told, abnormal=abnormal, found=found, note_needed=unnamed, part=told.part)


@frozen(kw_only=False)
class _Totals:
    """Totals as stated, or as the readings give them."""

    of: int
    measured: int
    highest: int | float | None


def _totals(command: Discharge, duty: Obligation, limits: Thresholds) -> _Totals | Refusal:
    figures, readings = command.figures, command.readings
    by_name = bool(readings or command.absent or command.unwell)
    if by_name and not figures:
        return _Totals(max(len(duty.people), len(readings)), len(readings), max(readings.values(), default=None))
    heat = {"highest": (limits.least_c, limits.most_c)} if figures.get("measured") != 0 else {}
    refused = misstated(figures, {"of": (0, _MOST_PEOPLE), "measured": (0, figures.get("of", 0))}, heat)
    if refused:
        return refused
    return _Totals(int(figures["of"]), int(figures["measured"]), figures["highest"] if heat else None)


def _unsound(command: Discharge, totals: _Totals, snapshot: Snapshot, limits: Thresholds) -> Refusal | None:
    """Return why what was told singly cannot be: of nobody on the desk, out of range, or against the totals.

    They may be fewer than were measured, for the rest may have been told as totals; and of a person who has left.
    """
    readings = command.readings
    for whose in (*readings, *command.first, *(Subject("person", each) for each in command.absent)):
        named = Subject.parse(whose)
        if named is None or named.kind != "person" or named.number not in snapshot.persons:
            return Refusal("unknown_person", {"person": AsTyped(whose)})
    for told in (readings, command.first):
        for whose, reading in told.items():
            refused = unlikely(whose, reading, limits)
            if refused:
                return refused
    unread = next((whose for whose in command.first if whose not in readings), None)
    if unread is not None:
        return Refusal("figures_needed", {"names": [unread]})
    if len(readings) > totals.measured:
        return Refusal(
            "bad_figure", {"name": "measured", "value": totals.measured, "low": len(readings), "high": totals.of}
        )
    highest = max(readings.values(), default=None)
    if highest is not None and totals.highest is not None and highest > totals.highest:
        return Refusal(
            "bad_figure", {"name": "highest", "value": totals.highest, "low": highest, "high": limits.most_c}
        )
    return None


def _too_close(
    command: Discharge, duty: Obligation, totals: _Totals, snapshot: Snapshot, happened_at: datetime
) -> tuple[str, ...] | Refusal:
    """Return whose readings lie too near to the round before or after, with which they count as one.

    They are kept, and count in that one. Refused where nobody is left who counts here, and where only totals are told.
    """
    if not totals.measured:
        return ()
    apart = snapshot.daily_at(happened_at).duty.temperature_rounds_apart
    others = _near(_other_rounds(snapshot, duty, happened_at), happened_at, apart)
    close = tuple(whose for whose in command.readings if any(_settles(entry, whose) for entry in others))
    counts = bool(set(command.readings) - set(close) or command.absent)
    if others and not counts and (close or not command.readings):
        hours = int(apart.total_seconds() // 3600)
        return Refusal("rounds_too_close", {"hours": hours, "at": others[0].happened_at})
    return close


def _other_rounds(snapshot: Snapshot, duty: Obligation, happened_at: datetime) -> Iterator[Entry]:
    today = snapshot.day_of(happened_at)
    for day in (today - timedelta(days=1), today, today + timedelta(days=1)):
        for slot, _ in slots_of(snapshot, day, _HEADS):
            other = DutyId(slot.id, duty.subject_id, day)
            if other == duty.id:
                continue
            yield from snapshot.parts.get(other, ())


def _placed(
    command: Discharge,
    symptoms: dict[str, str],
    totals: _Totals,
    too_close: tuple[str, ...],
    duty: Obligation,
    slot: SiteSlot,
    snapshot: Snapshot,
    happened_at: datetime,
) -> TemperatureTaken:
    """Return the entry, with whom the round still lacks after it."""
    parts: Sequence[Entry] = snapshot.parts.get(duty.id, ())
    before = len(covered(snapshot, slot, duty.people, parts) & set(duty.people))
    by_totals = totals.measured > len(command.readings)
    all_told = totals.measured == totals.of and totals.of + before >= len(duty.people)
    told = TemperatureTaken(
        of=totals.of,
        measured=totals.measured,
        highest=totals.highest,
        readings=dict(command.readings),
        first=dict(command.first),
        symptoms=symptoms,
        absent=tuple(Subject("person", each) for each in command.absent),
        too_close=too_close,
        people=duty.people if by_totals and all_told else (),
        after=len(parts),
        remarks=other_remarks(command, symptoms),
    )
    entry = Entry(id=0, happened_at=happened_at, entered_at=happened_at, entered_by=None, login="", told=told)
    entries = (*parts, entry)
    settled = covered(snapshot, slot, duty.people, entries)
    if is_whole(snapshot, slot, duty.people, entries, settled):
        return told
    return replace(told, part=True, left=tuple(person for person in duty.people if person not in settled))


def _near(others: Iterable[Entry], happened_at: datetime, apart: timedelta) -> list[Entry]:
    """Return the temperature entries of other rounds that lie less than `apart` from an instant."""
    return [
        entry
        for entry in others
        if isinstance(entry.told, TemperatureTaken)
        and entry.told.measured
        and abs(entry.happened_at - happened_at) < apart
    ]


def _settles(entry: Entry, person: str) -> bool:
    """Return True if an entry tells that a person was measured, by name or as one of all there."""
    told = entry.told
    if not isinstance(told, TemperatureTaken):
        return False
    measured = (told.readings.keys() - set(told.too_close)) | set(told.people)
    return person in measured or (told.by_totals and not told.people)
