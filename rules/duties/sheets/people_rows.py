"""Rows of a sheet of people: each is found again or registered, and what it adds is taken in (二)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from dutyboard.rules.duties.person.registration import cannot_be
from dutyboard.rules.duties.sheets.bad_news import of_person
from dutyboard.rules.duties.sheets.taking_in import RowOf, TakingIn
from dutyboard.rules.duties.sheets.tally import Tally
from dutyboard.rules.duties.sheets.told_before import ToldBefore
from dutyboard.rules.law.facts import ArrivalPcr, PcrCert
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.impossible import Impossible, ImpossibleCode
from dutyboard.rules.people.changes import correction_of
from dutyboard.rules.people.identity import (
    Recognised,
    new_person,
    with_birth_doubted,
    without_masks,
)
from dutyboard.rules.people.returning import reopened
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.people.units import unit_of
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.ids import POST, Subject
from dutyboard.rules.records.model import AsWritten, Person, subject_id
from dutyboard.rules.records.outcome import RowCode
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Corrected, Reopened
from dutyboard.rules.records.transaction import Transaction


class PeopleRows:
    """The desk's people while the rows of a sheet are taken in, in the order in which they are given.

    `current` are the newest records of those whom the sheet tells of.
    """

    def __init__(self, snapshot: Snapshot, now: datetime, actor: Actor) -> None:
        fever_c = snapshot.daily_at(now).thresholds.fever_c
        self.transaction = Transaction(snapshot, now, actor)
        self.tally = Tally()
        self.before = ToldBefore(snapshot, fever_c)
        self.desk = TakingIn(snapshot, now, fever_c, self.before, self.tally)
        self.known = self.before.known_people(snapshot)
        self.current: dict[int, Person] = {}
        self._fever_c = fever_c
        self._rows_of: dict[int, list[RowOf]] = {}
        self._units: dict[str, int | None] = {}

    def record(self, number: int) -> Person:
        """Return the newest record of somebody known."""
        return self.current.get(number) or self.desk.snapshot.persons[number]

    def possible(self, told: PersonData) -> PersonData | None:
        """Return a row without what cannot be true of anybody, and say so. None: it is rejected."""
        snapshot, now, tally = self.desk.snapshot, self.desk.now, self.tally
        found = cannot_be(told.facts, snapshot, now)
        if wrong := _not_a_person(told, found):
            tally.counts["rejected"] += 1
            unit_id = told.unit_id or self._unit(told)
            tally.leave_to_see(told, of_person(told, self._fever_c), Subject("unit", unit_id) if unit_id else POST)
            for column, code in wrong:
                tally.say(told, column, code, "error")
            return None
        row = with_birth_doubted(_without(told, found, tally), now)
        if row.warnings != told.warnings:
            tally.say(row, "id_no", "id_date")
        if self._unit(row) is None:
            tally.say(row, "address", "unit_unknown")
        _say_far(row, now, snapshot, tally)
        return row

    def recognised(self, row: PersonData) -> Recognised | None:
        """Return whom a row is of; None: nobody known. A closed record is his only if he came again."""
        found = self.known.find(row)
        if found is None and (ended := self.known.ended(row)) is not None:
            found = ended if self.desk.arrives_after(self.desk.snapshot.persons[ended.id], row) else None
        return found

    def take(self, row: PersonData, found: Recognised | None, old: Person | None = None) -> Person:
        """Take a row in, as one of somebody recognised or of somebody new; return the record after it.

        `old` is his record as the row finds it, where it is not the newest one.
        """
        unit_id, tally, known = self._unit(row), self.tally, self.known
        if found is None:
            if known.has_namesake(row):
                tally.say(row, "name", "namesake", text=row.name)
            person = new_person(self.transaction.new_id("persons"), row, unit_id, None, "import", self.desk.now)
            tally.counts["accepted"] += 1
            self._rows_of[person.id] = [RowOf(row, ended=False)]
        else:
            if found.by != "number":
                tally.say(row, "name", "same_by_traits", text=row.name)
            newest = self.record(found.id)
            own = self.desk.row_of(newest, without_masks(row, newest))
            person = self.desk.taken(old or newest, own, unit_id)
            if person != newest and person.id in self.desk.snapshot.persons:
                known.once_was(self.desk.snapshot.persons[person.id])  # as he is known when the sheet comes again
            tally.changes.extend(self.desk.changes(newest, person, row))
            self._rows_of.setdefault(person.id, []).append(replace(own, changed=person != newest))
        self.current[person.id] = person
        known.add(person)
        known.stands_alone(person.id)
        return person

    def write(self) -> None:
        """Write the people who changed, and keep what is told unlike them. Each row of somebody known is counted."""
        desk, tally = self.desk, self.tally
        for person in self.current.values():
            old, rows = desk.snapshot.persons.get(person.id), self._rows_of[person.id]
            unlike = tuple(desk.unlike(old, person, rows))
            tally.unlike.extend(unlike)
            if old is not None and old != person:
                tally.given_way.extend(desk.given_way(old, person, rows))
            shown = {(each.sheet, each.row) for each in unlike}
            # Two rows of one person that contradict each other end where they began when the sheet comes again.
            for row in rows if old is not None else rows[1:]:
                news = (row.changed and person != old) or (row.told.sheet, row.told.row) in shown
                tally.counts["updated" if news else "duplicates"] += 1
            if old == person:
                continue
            self.transaction.put(person)
            if old is not None and (old.assessment is not None or not on_desk(old)):
                for told in _told_anew(old, person, desk):
                    tally.tell(told, subject_id(person))

    def _unit(self, row: PersonData) -> int | None:
        """Return the unit that an address names; a sheet asks for each address more than once."""
        address, snapshot = row.address, self.desk.snapshot
        if address not in self._units:
            home = snapshot.daily_at(self.desk.now).screening.home
            self._units[address] = unit_of(address, snapshot.units.values(), home)
        return self._units[address]


def _told_anew(old: Person, new: Person, desk: TakingIn) -> Iterator[Reopened | Corrected]:
    """Yield what a sheet says anew of somebody assessed or closed, for his log and his page."""
    if len(new.stays_before) > len(old.stays_before):
        came = desk.arrives_after(old, new)
        yield Reopened(stays=len(new.stays_before), came=came)
        if came:
            return
        old = reopened(old, desk.snapshot, desk.now)
    yield correction_of(old, new, desk.snapshot, desk.now)


def _not_a_person(row: PersonData, found: tuple[Impossible, ...]) -> list[tuple[str, RowCode]]:
    """Return (column, code) of each reason to reject a row: no name, a date to come, a date before 2019."""
    wrong: list[tuple[str, RowCode]] = [] if row.name else [("name", "name_missing")]
    columns = dict.fromkeys(each.field.removeprefix("pcr_") for each in found if each.code == "in_future")
    early = dict.fromkeys(each.field.removeprefix("pcr_") for each in found if each.code == "out_of_years")
    dates: list[tuple[str, RowCode]] = [(column, "future_date") for column in columns]
    return [*wrong, *dates, *((column, "early_date") for column in early)]


def _without(row: PersonData, found: tuple[Impossible, ...], tally: Tally) -> PersonData:
    """Return a row without what cannot be true of him. He is taken all the same, and asked for it (2.7)."""
    codes = {each.code: each for each in found if each.code in _DOUBTS}
    if not codes:
        return row
    for code, each in codes.items():
        tally.say(row, each.field, _DOUBTS[code], text=str(each.value))
    left_out = (
        AsWritten(sheet=row.sheet, row=row.row, field=each.field, text=str(each.value))
        for each in found
        if each.code in _DOUBTS
    )
    row = replace(row, as_written=tuple(dict.fromkeys((*row.as_written, *left_out))))
    facts = row.facts
    if "left_after_arrival" in codes:
        late = {each.value for each in found if each.code == "left_after_arrival"}
        stays = tuple(replace(each, left_on=None) if each.left_on in late else each for each in facts.stays or ())
        facts = replace(facts, stays=stays)
    if "out_of_range" in codes:
        facts = replace(facts, temp_c=None)
    if "too_many_days" in codes:
        facts = replace(facts, isolation_days_done=None)
    if "result_before_sample" in codes:
        one = facts.arrival_pcr
        tests = tuple(replace(each, result_on=None) if _backwards(each) else each for each in facts.tests)
        single = replace(one, result_on=None) if isinstance(one, ArrivalPcr) and _backwards(one) else one
        facts = replace(facts, tests=tests, arrival_pcr=single)
    return replace(row, facts=facts)


def _backwards(sample: ArrivalPcr | Sample) -> bool:
    return sample.sampled_on is not None and sample.result_on is not None and sample.result_on < sample.sampled_on


_DOUBTS: Final[Mapping[ImpossibleCode, RowCode]] = {
    "left_after_arrival": "left_after_arrival",
    "out_of_range": "temperature_unlikely",
    "too_many_days": "days_unlikely",
    "result_before_sample": "result_before_sample",
}
"""Codes said of a row for each kind of fact that is left out of it."""


def _say_far(row: PersonData, now: datetime, snapshot: Snapshot, tally: Tally) -> None:
    """Say of an arrival, a sample and a last contact that it lies long before the sheet."""
    today, pcr = snapshot.day_of(now), row.facts.pcr
    sampled = pcr.sampled_at if isinstance(pcr, PcrCert) else None
    met = row.facts.last_exposure_on
    days = {"arrival_at": row.facts.arrival_on, "sampled_at": sampled.date() if sampled is not None else None}
    for column, day in (*days.items(), ("last_exposure_on", met)):
        tally.say_far(row, column, day, today)
