"""Temperature sheets: both rounds of a site's day, and a person's days of isolation from the first to the last."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from dutyboard.rules.law.daily import Slot
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Site
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.site import TemperatureTaken
from dutyboard.rules.site_rounds import (
    HealthDay,
    ToldOfPerson,
    health_sheet,
    rows_of_rounds,
    temperature_day,
    temperature_slots,
)
from dutyboard.tui.export.page import (
    Maker,
    NoPage,
    Page,
    PageAsked,
    PageCell,
    PageColumn,
    PageTable,
    made_line,
    page_json,
    rows_of,
)
from dutyboard.tui.export.site.round_cells import RoundCells, states_counted
from dutyboard.tui.text import Words
from dutyboard.tui.views.entry.names import subject_name
from dutyboard.tui.views.people import place_text
from dutyboard.tui.views.times import clock

_BEHIND = ("absent", "retake", "measured_by", "remarks", "conclusion")
_ROUND = (
    *("slot", "window", "state", "measured", "due_people", "highest", "time", "measured_by"),
    *("entered_by", "entered_at", "mark"),
)
_Told = Sequence[ToldOfPerson]


def temperatures_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the temperatures of a site's day, or of a person's isolation. Raises NoPage."""
    assert asked.subject is not None
    if asked.subject.kind == "person":
        return _of_person(asked, snapshot, now, maker, words)
    site = snapshot.sites[asked.subject.number]
    return _of_site(asked, site, snapshot, now, maker, words)


def _of_site(asked: PageAsked, site: Site, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    said, cells, day = words.round_pages, _Cells(snapshot, words), asked.first
    found, slots = temperature_day(snapshot, site, day, now), temperature_slots(snapshot, day)
    heads = (*cells.columns(("room", "name")), *cells.readings(slots), *cells.columns(_BEHIND))
    people = PageTable(heads, tuple(tuple(cells.person_row(each, slots)) for each in found.people))
    rounds = PageTable(cells.columns(_ROUND), tuple(cells.round_rows(site, day, now)), said.rounds)
    stand = states_counted(rows_of_rounds(snapshot, site, "temperature", (day, day), now))
    totals = {**stand, "people": len(found.people), "rounds": rows_of((rounds,))}
    return Page(
        title=said.titles["temperatures"],
        above=cells.above(site, asked),
        tables=(people, rounds),
        below=(said.signed,),
        made=made_line(snapshot, now, maker, words),
        name=site.label or site.name,
        wide=True,
        json=page_json(asked, site.name, snapshot, now, maker, (people,), totals),
    )


def _of_person(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    assert asked.subject is not None
    said, cells, person = words.round_pages, _Cells(snapshot, words), snapshot.persons[asked.subject.number]
    sheet = health_sheet(snapshot, person, now)
    if sheet is None:
        raise NoPage(said.no_stage.format(name=person.name))
    first, last = sheet.days[0].day, sheet.days[-1].day
    slots = temperature_slots(snapshot, first)
    heads = (*cells.columns(("day", "number")), *cells.readings(slots), *cells.columns(_BEHIND))
    rows = ((each.day.isoformat(), number, *cells.told(each, slots)) for number, each in enumerate(sheet.days, 1))
    table = PageTable(heads, tuple(rows))
    measured = sum(any(each.told.values()) for each in sheet.days)
    totals = {"days": len(sheet.days), "days_told": measured, "first": first.isoformat(), "last": last.isoformat()}
    stage = words.page.stages[sheet.stage.kind]
    return Page(
        title=said.titles["person"],
        above=(
            said.person.format(name=person.name, place=place_text(person, snapshot, words)),
            said.isolation.format(stage=stage, first=first, last=last),
        ),
        tables=(table,),
        below=(said.signed_person,),
        made=made_line(snapshot, now, maker, words),
        name=person.name,
        wide=True,
        json=page_json(asked, person.name, snapshot, now, maker, (table,), totals),
    )


class _Cells(RoundCells):
    """Cells of what was told of people in rounds."""

    def readings(self, slots: Sequence[Slot]) -> Iterator[PageColumn]:
        """Yield the columns of each round: hour, °C, symptoms, below the name of the round."""
        for slot in slots:
            for key, head in self.words.round_pages.reading.items():
                yield PageColumn(f"{slot.id.replace('-', '_')}_{key}", head, slot.name.said_in(self.words.language))

    def person_row(self, of: HealthDay, slots: Sequence[Slot]) -> Iterator[PageCell]:
        """Yield the row of a person of a site's day."""
        yield self.words.marks.comma.join(str(room) for room in of.rooms if room is not None) or None
        yield subject_name(Subject("person", of.person), self.snapshot)
        yield from self.told(of, slots)

    def told(self, of: HealthDay, slots: Sequence[Slot]) -> Iterator[PageCell]:
        """Yield what was told of a person on a day: of each round its newest telling, the others as remarks."""
        shown = {slot.id: _shown(of.told.get(slot.id, ())) for slot in slots}
        for slot in slots:
            each = shown[slot.id]
            yield clock(each.at, self.snapshot.zone) if each is not None else None
            yield each.temp_c if each is not None else None
            yield (each.symptom or None) if each is not None else None
        said, comma = self.words.round_pages, self.words.marks.comma
        names = {slot.id: slot.name.said_in(self.words.language) for slot in slots}
        every = [(slot, each) for slot, found in of.told.items() for each in found]
        away = [(slot, one.remark) for slot, one in every if one.absent]
        first = [(slot, one.first) for slot, one in every if one.first is not None]
        yield comma.join(said.absent.format(slot=names.get(slot, slot), why=why).strip() for slot, why in away) or None
        yield comma.join(said.first.format(slot=names.get(slot, slot), temp=temp) for slot, temp in first) or None
        yield comma.join(dict.fromkeys(each.by for _, each in every if each.by)) or None
        yield comma.join(self._remarks(every, shown, names)) or None
        yield said.conclusions[of.conclusion] if of.conclusion is not None else None

    def _remarks(
        self,
        every: Sequence[tuple[str, ToldOfPerson]],
        shown: Mapping[str, ToldOfPerson | None],
        names: Mapping[str, str],
    ) -> Iterator[str]:
        """Yield the tellings that no column shows, and the words about him that are no reason for an absence."""
        said = self.words.round_pages
        for slot, each in every:
            if each is not shown.get(slot) and not each.absent:
                parts = (clock(each.at, self.snapshot.zone), str(each.temp_c or ""), each.symptom)
                yield said.also.format(told=" ".join(part for part in parts if part))
            if each.in_totals and each.temp_c is None:
                yield said.counted.format(slot=names.get(slot, slot))
            if each.remark and not each.absent:
                yield each.remark

    def round_rows(self, site: Site, day: date, now: datetime) -> Iterator[tuple[PageCell, ...]]:
        """Yield a row for each telling of a round of temperatures, and for a round that is not whole."""
        zone = self.snapshot.zone
        for row in rows_of_rounds(self.snapshot, site, "temperature", (day, day), now):
            owed, entry = row.owed, row.entry
            taken = entry.told if entry is not None and isinstance(entry.told, TemperatureTaken) else None
            measured, of = (taken.measured, taken.of) if taken is not None else _counts(owed)
            yield (
                self.slot(row),
                f"{clock(owed.opens, zone)}-{clock(owed.due, zone)}",
                self.words.duties.states[owed.state],
                measured,
                of,
                taken.highest if taken is not None else None,
                self.time(entry) if entry is not None else None,
                (entry.done_by or None) if entry is not None else None,
                *(self.entered(row) if entry is not None else (None, None, None)),
            )


def _counts(owed: Obligation) -> tuple[int, int] | tuple[None, None]:
    return (owed.count, owed.total) if owed.total else (None, None)


def _shown(told: _Told) -> ToldOfPerson | None:
    """Return what the columns of a round show: its last reading, else the last one by itself, else a symptom.

    None: there is none of them.
    """
    read = [each for each in told if each.temp_c is not None]
    own = [each for each in read if each.slot] or read or [each for each in told if each.symptom]
    return own[-1] if own else None
