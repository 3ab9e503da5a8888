"""Return of somebody whose record is closed: a new stay of the same person, or the record opened again (O50)."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from dutyboard.rules.law.facts import OF_ARRIVAL, Facts
from dutyboard.rules.law.result import Result
from dutyboard.rules.law.section_three import PLACES
from dutyboard.rules.people.contacts import is_positive
from dutyboard.rules.people.course import Course, fresh_course
from dutyboard.rules.people.ending import end_of, never_reopened
from dutyboard.rules.people.identity import IDENTITY, NUMBERS, OF_ONE_WAY, tells_little, warnings_of, with_written
from dutyboard.rules.people.provenance import history_of
from dutyboard.rules.people.rulings import answer_of, basis_of
from dutyboard.rules.people.stage import first_place
from dutyboard.rules.records.codes import Room
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.model import PastStay, Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Arrived, RoomChanged, Transferred


def past_stay(person: Person, snapshot: Snapshot) -> PastStay:
    """Return the stay of a closed record, as it is kept beside a later one."""
    site_id, room = _last_room(person, snapshot)
    return PastStay(
        registered_at=person.registered_at,
        closed_at=person.closed_at,
        arrived_on=person.facts.arrival_on,
        clause=person.assessment.clause if person.assessment else None,
        site_id=site_id,
        room=room,
        admitted_on=person.admitted_on,
        home_from=person.home_from,
        end=end_of(person, snapshot),
        found_by=person.found_by,
        **{name: getattr(person, name) for name in OF_ONE_WAY},
    )


def _last_room(person: Person, snapshot: Snapshot) -> tuple[int | None, Room | None]:
    """Return the site and the room in which somebody last lived in his stay; None: in none.

    A closed record holds no room any more: who else was there in those days is asked all the same.
    """
    lived = {
        (entry.happened_at, entry.id): there
        for entry in history_of(person, snapshot)
        if (entry.first_entered_at or entry.entered_at) >= person.registered_at and entry.id not in snapshot.amended
        for there in _led_to(entry.told)
    }
    return lived[max(lived)] if lived else (person.site_id, person.room)


def _led_to(told: object) -> Iterator[tuple[int, Room | None]]:
    """Yield the site and the room in which somebody is by an act, if it led to one."""
    match told:
        case Arrived(site_id=int(site), room=room) | Transferred(site_id=int(site), room=room):
            yield site, room
        case RoomChanged(stage="site", site_id=site, room=room):
            yield site, room
        case _:
            return


def reopened(person: Person, snapshot: Snapshot, now: datetime) -> Person:
    """Return the record open again, to be assessed anew, with the stay that has ended kept beside it.

    Class, room, cadres, readings and how he was found are those of one stay: the new one begins without them.
    """
    facts = replace(person.facts, assessed_on=None, admitted_on=None)
    identity: dict[str, Any] = {name: getattr(person, name) for name in IDENTITY} | {"found_by": ""}
    return Person(
        **identity,
        id=person.id,
        unit_id=person.unit_id,
        officer_id=person.officer_id,
        facts=facts,
        warnings=person.warnings,
        asked=person.asked,
        source=person.source,
        registered_at=now,
        stays_before=(*person.stays_before, past_stay(person, snapshot)),
        as_written=person.as_written,
    )


def returned(person: Person, told: PersonData, snapshot: Snapshot, now: datetime) -> Person:
    """Return a new stay of the same person, with the facts of this arrival and none of the last one.

    What he did not say of himself now is kept from before: his ID, his phone, his address. With whom and by what he
    came is of one way here: the old stay keeps it. An ID that tells less than the known one does not go over it.
    """
    said = {name: getattr(told, name) for name in IDENTITY if getattr(told, name) or name in OF_ONE_WAY}
    if tells_little(told) > tells_little(person):
        said.pop("id_no", None)
    opened = reopened(person, snapshot, now)
    return replace(
        opened,
        **said,
        warnings=warnings_of(*(told if name in said else person for name in NUMBERS)),
        facts=told.facts,
        asked=told.asked,
        unit_id=told.unit_id or opened.unit_id,
        as_written=with_written(opened.as_written, told.as_written),
    )


def comes_again(person: Person, told: Facts, zone_day: date) -> bool:
    """Return True if facts told of somebody closed are those of a new arrival: later than his last one.

    `zone_day` is the day on which his record was closed.
    """
    arrived, before = told.arrival_on, person.facts.arrival_on
    return arrived is not None and (before is None or arrived > before) and arrived >= zone_day


def concerns(person: Person, news: Facts, snapshot: Snapshot, now: datetime) -> bool:
    """Return True if facts told of somebody would be assessed as more than those known of him.

    That is another clause or question, a positive sample, a stricter place, or days that go on after his record ended.
    An office's answer is left out on both sides: it rests on the facts as they were. Only the days are asked also as it
    gives them, while it stands: without it he has none. `news` are his facts with it.
    """
    if news == person.facts:
        return False
    before, after = _both(replace(person, referral=None), news, snapshot, now)
    ended_on = snapshot.day_of(person.closed_at or now)
    return (
        _asks_more(before.result, after.result)
        or (is_positive(news) and not is_positive(person.facts))
        or PLACES.index(first_place(after.result)) > PLACES.index(first_place(before.result))
        or _goes_on(before, after, ended_on)
        or (_answer_stands(person, news) and _goes_on(*_both(person, news, snapshot, now), ended_on))
    )


def _answer_stands(person: Person, news: Facts) -> bool:
    answer = answer_of(person)
    return answer is not None and answer.basis == basis_of(news)


def _both(person: Person, news: Facts, snapshot: Snapshot, now: datetime) -> tuple[Course, Course]:
    """Return the course of somebody by his facts, and by what is told of him now."""
    return fresh_course(person, snapshot, now), fresh_course(replace(person, facts=news), snapshot, now)


def _goes_on(before: Course, after: Course, ended_on: date) -> bool:
    """Return True if days go on after the record ended, and did not before."""
    return (after.free_from or date.max) > max(before.free_from or date.max, ended_on)


def asks_after_its_end(person: Person, snapshot: Snapshot, now: datetime) -> bool:
    """Return True if a closed record asks for more than was done: days after its end, or a stricter place.

    Days are asked of one that was let go. A notice that came since asks nobody back, and of an area that was listed
    since, or of his close contacts, he is called.
    """
    end, assessed, facts = end_of(person, snapshot), person.assessment, person.facts
    if end is None or never_reopened(person) or facts.linked:
        return False
    listed = {each.code for each in snapshot.areas.values()}
    if facts.stays and listed:
        elsewhere = tuple(each for each in facts.stays if each.code not in listed)
        person = replace(person, facts=replace(facts, stays=elsewhere))
    course = fresh_course(person, snapshot, now)
    result = course.result
    if assessed is None or assessed.notice != result.notice.id:
        return False
    if end.how in ("released", "free") and result.first_place != "free_after_negative":
        return course.free_from is None or course.free_from > snapshot.day_of(end.at)
    return PLACES.index(first_place(result)) > PLACES.index(assessed.first_place or first_place(result))


def asking_more(person: Person, told: Facts, snapshot: Snapshot, now: datetime) -> Facts | None:
    """Return the facts of somebody with each one told that lowers nothing; None: they ask no more than before.

    `told` are his facts with all that was said. The three of an arrival go together, and it is moved to no earlier day.
    """
    news = person.facts
    names = [name for name in (each.name for each in fields(Facts)) if name not in OF_ARRIVAL]
    for name in names:
        keys = (name, *OF_ARRIVAL) if name == "arrival_at" else (name,)
        said = replace(news, **{key: getattr(told, key) for key in keys})
        if said == news or (name == "arrival_at" and (said.arrival_on or date.min) < (news.arrival_on or date.min)):
            continue
        if not concerns(replace(person, facts=said), news, snapshot, now):
            news = said
    return news if concerns(person, news, snapshot, now) else None


def of_this_stay(person: Person, told: PersonData) -> PersonData:
    """Return what a sheet tells of somebody on the desk, without what it tells of a stay that has ended.

    That stay is known by its arrival. A positive result, an illness or a contact concerns him in any stay.
    """
    arrived = told.facts.arrival_on
    if arrived in (None, person.facts.arrival_on) or all(each.arrived_on != arrived for each in person.stays_before):
        return told
    facts = told.facts
    kept = Facts(
        case_status=facts.case_status,
        contact=facts.contact,
        last_exposure_on=facts.last_exposure_on,
        linked=facts.linked,
    )
    return replace(told, facts=replace(kept, pcr=facts.pcr) if is_positive(facts) else kept)


def _asks_more(before: Result, after: Result) -> bool:
    """Return True if a new question is open, or a row applies that holds no less than those before."""
    if {each.code for each in (*after.reasons, *after.asks)} - {each.code for each in (*before.reasons, *before.asks)}:
        return True
    new, gone = set(after.matched) - set(before.matched), set(before.matched) - set(after.matched)
    return bool(new) and _held_at(after, new) >= _held_at(before, gone)


def _held_at(result: Result, rows: Iterable[str]) -> int:
    """Return how strict the strictest place is that rows of section three name; -1: there is no row."""
    section = result.notice.section_three
    return max((PLACES.index(section.branch(name).place) for name in rows), default=-1)
