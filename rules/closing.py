"""Records that a desk has done with: days handed over and people let go, months ago.

They may leave for the archives. The board of every later instant is the same without them: whatever it can still look
at stays.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from dutyboard.rules.duties.person.let_go.advice import awaits_advice
from dutyboard.rules.duties.person.let_go.follow_up import awaits_call
from dutyboard.rules.duties.post.handover import closed_before
from dutyboard.rules.duties.post.reports import ROSTER
from dutyboard.rules.people.contacts import linked_people
from dutyboard.rules.people.fever import open_doubt, readings_of
from dutyboard.rules.people.officers import held
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.records.codes import SEATS
from dutyboard.rules.records.ids import Subject, slot_of
from dutyboard.rules.records.model import Person, Report, Shift, subject_id
from dutyboard.rules.records.snapshot import Snapshot

Closed = dict[str, dict[str, list[int]]]
"""Month (`2021-06`) → table → ids."""


def closed(snapshot: Snapshot, now: datetime) -> Closed:
    """The records of closed months, each under the month it belongs to; none before the first handover."""
    before = closed_before(snapshot, now)
    leaving = _people(snapshot, before, now)
    found: Closed = {}
    for table, record_id, day in (
        *_entries(snapshot, before, {subject_id(person) for person in leaving}),
        *(("persons", person.id, snapshot.day_of(person.closed_at or before)) for person in leaving),
        *(("shifts", shift.id, snapshot.day_of(shift.until)) for shift in _shifts(snapshot, before)),
        *(("reports", report.id, report.day) for report in _reports(snapshot, before)),
        *(
            ("matters", each.id, snapshot.day_of(each.closed_at))
            for each in snapshot.matters.values()
            if each.closed_at and each.closed_at < before
        ),
        *_contradictions(snapshot, before, leaving),
    ):
        found.setdefault(f"{day:%Y-%m}", {}).setdefault(table, []).append(record_id)
    return dict(sorted(found.items()))


def _people(snapshot: Snapshot, before: datetime, now: datetime) -> list[Person]:
    """Return the people who were closed before then, of whom nothing was written since and nobody has to hear.

    A close contact stays while somebody who stays on the desk depends on him.
    """
    spoken_of = {entry.subject for entry in snapshot.entries.values() if entry.entered_at >= before}
    spoken_of |= {matter.subject for matter in snapshot.matters.values() if matter.closed_at is None}
    leaving = {
        person.id: person
        for person in snapshot.persons.values()
        if not on_desk(person)
        and person.closed_at is not None
        and person.closed_at < before
        and subject_id(person) not in spoken_of
        and not awaits_call(person, snapshot)
        and not awaits_advice(person, snapshot, now)
    }
    asking = [person for person in snapshot.persons.values() if person.id not in leaving]
    while asking:
        needed = linked_people(asking.pop(), snapshot.persons)
        asking += [leaving.pop(person.id) for person in needed if person.id in leaving]
    return list(leaving.values())


def _contradictions(snapshot: Snapshot, before: datetime, leaving: Iterable[Person]) -> Iterator[tuple[str, int, date]]:
    """Contradictions that were decided, and those of people who leave."""
    gone = {person.id for person in leaving}
    for each in snapshot.contradictions.values():
        if each.person_id in gone or (each.settled_at is not None and each.settled_at < before):
            yield "contradictions", each.id, snapshot.day_of(each.settled_at or each.found_at)


def _entries(snapshot: Snapshot, before: datetime, people: set[str]) -> Iterator[tuple[str, int, date]]:
    """Entries of closed days; those about people go with the person, and those of rosters stay, which never close.

    A correction is never older than what it corrects, so that neither is ever there without its mark. What tells of an
    odd reading that is not settled stays, with the readings before and after it.
    """
    unsettled = {
        reading.entry
        for person in snapshot.persons.values()
        if open_doubt(person, snapshot) is not None
        for reading in readings_of(person, snapshot)
    }
    for entry in snapshot.entries.values():
        about = Subject.parse(entry.subject)
        of_person = about is not None and about.kind == "person"
        stays = entry.subject not in people if of_person else slot_of(entry.obligation) == ROSTER
        if entry.entered_at < before and not stays and entry.id not in unsettled:
            yield "entries", entry.id, snapshot.day_of(entry.entered_at)


def _shifts(snapshot: Snapshot, before: datetime) -> Iterable[Shift]:
    """All but the last of each seat, from whose end an empty seat is counted."""
    for seat in SEATS:
        ended = sorted((s for s in held(snapshot, seat) if s.until < before), key=lambda s: s.until)
        yield from ended[:-1]
    yield from (s for s in snapshot.shifts.values() if not s.covers and s.until < before)


def _reports(snapshot: Snapshot, before: datetime) -> Iterable[Report]:
    first = snapshot.day_of(before)
    return (report for report in snapshot.reports.values() if report.day < first and report.kind != "roster")
