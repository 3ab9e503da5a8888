"""Rounds of a site as they stand on paper: each check once, each missed slot, each person measured.

A corrected check stands as it was told last. What nobody stated is empty, and nothing is made up for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple

from dutyboard.frozen import frozen
from dutyboard.rules.duties.sheets.lodgers import Lodgers
from dutyboard.rules.duties.site import rounds
from dutyboard.rules.duties.site.slots import slots_of
from dutyboard.rules.law.daily import Slot
from dutyboard.rules.law.plan import PlannedStage
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.rooms import room_order
from dutyboard.rules.records.codes import Room
from dutyboard.rules.records.ids import DutyId, Subject
from dutyboard.rules.records.model import Entry, Matter, Person, Site
from dutyboard.rules.records.obligation import Kind, Obligation, slot_window
from dutyboard.rules.records.readings import readings_told
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import HomeChecked
from dutyboard.rules.records.told.site import RoundDone, TemperatureTaken

_NOON: Final = 12
_TEMPERATURE: Final[tuple[Kind, ...]] = ("temperature",)
_DAY: Final = timedelta(days=1)
HealthWord = Literal["fever", "low", "symptoms", "normal"]
"""Conclusion of a person's day; `normal` only where every round of the day has measured him."""


@frozen
class PaperRound:
    """A row: a check of a slot, or the slot that is not done (`entry` None).

    `owed` is the slot as it stands by now. `afterwards`: it was done after the slot had closed, which stays missed.
    `late`: it was done after it was due. `entered_late`: it was written down after the slot had closed. `findings` are
    what it found, each with what came of it.
    """

    day: date
    owed: Obligation
    entry: Entry | None = None
    afterwards: bool = False
    late: bool = False
    entered_late: bool = False
    findings: tuple[Matter, ...] = ()


def rows_of_rounds(
    snapshot: Snapshot, site: Site, kind: Kind, days: tuple[date, date], now: datetime
) -> tuple[PaperRound, ...]:
    """Return the rounds of one kind that a site owed on some days, in the order of the slots."""
    first, last = days
    return tuple(
        row
        for number in range((last - first).days + 1)
        for owed in rounds.owed_at(site, snapshot, first + number * _DAY, now)
        if owed.kind == kind
        for row in _rows(snapshot, owed, first + number * _DAY)
    )


def _rows(snapshot: Snapshot, owed: Obligation, day: date) -> Iterator[PaperRound]:
    """Yield the checks of a slot, and the slot itself where it is not whole."""
    for entry in snapshot.parts.get(owed.id, ()):
        yield _row(snapshot, owed, day, entry, afterwards=False)
    beside = snapshot.beside.get(owed.id)
    if owed.entry is None and owed.state != "waived":
        yield PaperRound(day=day, owed=owed)
    if beside is not None:
        yield _row(snapshot, owed, day, beside, afterwards=True)


def _row(snapshot: Snapshot, owed: Obligation, day: date, entry: Entry, *, afterwards: bool) -> PaperRound:
    entered = entry.first_entered_at or entry.entered_at
    own = snapshot.memo.made(_by_entry, snapshot.matters).get(entry.id, ())
    found = (*own, *(each for each in _open_absences(snapshot, entry) if each not in own))
    return PaperRound(
        day=day,
        owed=owed,
        entry=entry,
        afterwards=afterwards,
        late=not afterwards and owed.window.past_due(entry.happened_at),
        entered_late=not afterwards and owed.window.closed(entered),
        findings=found,
    )


def _open_absences(snapshot: Snapshot, entry: Entry) -> Iterator[Matter]:
    """Yield the findings that those not there then had not been found before: no second one is opened."""
    absent = entry.told.absent if isinstance(entry.told, RoundDone) else ()
    for matter in snapshot.matters.values() if absent else ():
        still = matter.closed_at is None or matter.closed_at >= entry.happened_at
        if matter.subject in absent and matter.cause == "absent" and matter.opened_at <= entry.happened_at and still:
            yield matter


def _by_entry(matters: Mapping[int, Matter]) -> dict[int, tuple[Matter, ...]]:
    found: dict[int, tuple[Matter, ...]] = {}
    for _, matter in sorted(matters.items()):
        if matter.entry is not None:
            found[matter.entry] = (*found.get(matter.entry, ()), matter)
    return found


# ---------------------------------------------------------------- temperatures


@frozen
class ToldOfPerson:
    """Telling of one entry about a person: °C, a symptom, or that he was not there.

    `first` was read before `temp_c`, which is the retake. `slot` and `site_id` are those of the round that tells it
    ("" and None: it was taken by itself). `in_totals`: he is among those whom a round only counted.
    """

    entry: int
    at: datetime
    by: str
    slot: str = ""
    site_id: int | None = None
    temp_c: int | float | None = None
    first: int | float | None = None
    symptom: str = ""
    absent: bool = False
    in_totals: bool = False
    remark: str = ""


@frozen
class HealthDay:
    """A person's day. `told` are what was told of him in each round of the day, oldest first, by the slot's name.

    `rooms` are those in which he lived that day. `conclusion` None: it was not all measured, and nothing was found.
    """

    day: date
    person: int
    rooms: tuple[Room | None, ...] = ()
    told: Mapping[str, tuple[ToldOfPerson, ...]]
    conclusion: HealthWord | None = None


class TemperatureDay(NamedTuple):
    """Rounds of temperatures of a site's day as they stand by now, and everybody who lived there."""

    rounds: tuple[Obligation, ...]
    people: tuple[HealthDay, ...]


def temperature_day(snapshot: Snapshot, site: Site, day: date, now: datetime) -> TemperatureDay:
    """Return the temperature rounds of a site's day: who lived there, and whom else a round names, by room."""
    owed = tuple(each for each in rounds.owed_at(site, snapshot, day, now) if each.kind == "temperature")
    rooms = Lodgers(snapshot, site, day).rooms
    told = snapshot.memo.made(_by_person, snapshot.entries, snapshot.amended)
    named = {
        person
        for person, items in told.items()
        if any(each.site_id == site.id and _day_of(snapshot, each) == day for each in items)
    }
    people = [
        _health_day(snapshot, number, day, tuple(sorted(rooms.get(number, ()), key=room_order)), site)
        for number in rooms.keys() | named
        if number in snapshot.persons
    ]
    return TemperatureDay(owed, tuple(sorted(people, key=lambda each: (not each.rooms, *_place(each), each.person))))


def _place(of: HealthDay) -> tuple[object, ...]:
    return tuple(room_order(room) for room in of.rooms[:1])


class HealthSheet(NamedTuple):
    """Sheet of a person's isolation: its stage, and a day each from its day 1 to its end."""

    stage: PlannedStage
    days: tuple[HealthDay, ...]


def health_sheet(snapshot: Snapshot, person: Person, now: datetime) -> HealthSheet | None:
    """Return a person's days in isolation, at a site or else at home, those to come too. None: no day 1 is known.

    Where nobody can know the end yet, the sheet goes as far as today.
    """
    plan, today = course_of(person, snapshot, now).plan, snapshot.day_of(now)
    stages = (plan.stage("site"), plan.stage("home"))
    stage = next((each for each in stages if each is not None and each.first is not None), None)
    if stage is None or stage.first is None:
        return None
    last = stage.last or max(stage.first, today)
    days = (stage.first + number * _DAY for number in range((last - stage.first).days + 1))
    return HealthSheet(stage, tuple(_health_day(snapshot, person.id, day) for day in days))


def _health_day(
    snapshot: Snapshot, number: int, day: date, rooms: tuple[Room | None, ...] = (), site: Site | None = None
) -> HealthDay:
    """Return a person's day; of the rounds of one site where it is named."""
    told: dict[str, list[ToldOfPerson]] = {slot.id: [] for slot in temperature_slots(snapshot, day)}
    for each in snapshot.memo.made(_by_person, snapshot.entries, snapshot.amended).get(number, ()):
        if _day_of(snapshot, each) == day and (site is None or each.site_id in (None, site.id)):
            told.setdefault(_slot_of(snapshot, each, day), []).append(each)
    kept = {slot: tuple(sorted(found, key=lambda each: (each.at, each.entry))) for slot, found in told.items()}
    return HealthDay(day=day, person=number, rooms=rooms, told=kept, conclusion=_conclusion(snapshot, kept))


def temperature_slots(snapshot: Snapshot, day: date) -> tuple[Slot, ...]:
    """Return the temperature rounds of a day in the notice, in its order."""
    return tuple(slot for slot, _ in slots_of(snapshot, day, _TEMPERATURE))


def _slot_of(snapshot: Snapshot, told: ToldOfPerson, day: date) -> str:
    """Return the round of a telling: its own, the one whose window holds it, else the half of the day."""
    slots = temperature_slots(snapshot, day)
    if told.slot or not slots:
        return told.slot
    for slot in slots:
        window = slot_window(slot, day, snapshot.zone)
        if window.opens <= told.at and not window.closed(told.at):
            return slot.id
    return slots[0 if told.at.astimezone(snapshot.zone).hour < _NOON else -1].id


def _day_of(snapshot: Snapshot, told: ToldOfPerson) -> date:
    return snapshot.day_of(told.at)


def _conclusion(snapshot: Snapshot, told: Mapping[str, Sequence[ToldOfPerson]]) -> HealthWord | None:
    every = [each for found in told.values() for each in found]
    if not every:
        return None
    limits = snapshot.daily_at(every[0].at).thresholds
    read = [temp for each in every for temp in (each.temp_c, each.first) if temp is not None]
    if any(temp >= limits.fever_c for temp in read):
        return "fever"
    if any(each.symptom for each in every):
        return "symptoms"
    if any(temp < limits.low_c for temp in read):
        return "low"
    whole = all(any(each.temp_c is not None for each in found) for found in told.values())
    return "normal" if whole else None


def _by_person(entries: Mapping[int, Entry], amended: Mapping[int, int]) -> dict[int, tuple[ToldOfPerson, ...]]:
    """Return what stands of each person's temperatures, by his number."""
    found: dict[int, list[ToldOfPerson]] = {}
    for entry in entries.values():
        if entry.id not in amended:
            for number, told in _told(entry):
                found.setdefault(number, []).append(told)
    return {number: tuple(told) for number, told in found.items()}


def _told(entry: Entry) -> Iterator[tuple[int, ToldOfPerson]]:
    what = entry.told
    if isinstance(what, TemperatureTaken):
        duty = DutyId.parse(entry.obligation or entry.beside or "")
        slot, site_id = (duty.slot, duty.subject.number) if duty is not None else ("", None)
        for whose in dict.fromkeys((*what.readings, *what.symptoms, *what.absent, *what.people)):
            subject = Subject.parse(whose)
            if subject is not None:
                yield (
                    subject.number,
                    ToldOfPerson(
                        entry=entry.id,
                        at=entry.happened_at,
                        by=entry.done_by,
                        slot=slot,
                        site_id=site_id,
                        temp_c=what.readings.get(whose),
                        first=what.first.get(whose),
                        symptom=what.symptoms.get(whose, ""),
                        absent=whose in what.absent,
                        in_totals=whose in what.people,
                        remark=what.remarks.get(whose, ""),
                    ),
                )
        return
    if isinstance(what, HomeChecked):
        for whose in what.absent:
            subject = Subject.parse(whose)
            if subject is not None:
                remark = what.remarks.get(whose, "")
                yield (
                    subject.number,
                    ToldOfPerson(entry=entry.id, at=entry.happened_at, by=entry.done_by, absent=True, remark=remark),
                )
    for number, reading in readings_told(entry):
        yield (
            number,
            ToldOfPerson(entry=entry.id, at=reading.at, by=reading.by, temp_c=reading.temp_c, symptom=reading.symptom),
        )
