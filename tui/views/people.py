"""All people under control as rows: clause, place, day n of m, next test, first free day."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache

from dutyboard.rules.duties.person.destination import owed_destination
from dutyboard.rules.people.course import Course, course_of, tests_now
from dutyboard.rules.people.ending import end_of, overridden
from dutyboard.rules.people.officers import officer_of
from dutyboard.rules.people.rooms import room_order
from dutyboard.rules.people.stage import (
    at_home,
    dwelling,
    in_hospital,
    in_room,
    lodging,
    on_desk,
    on_road,
    stage_of,
    to_be_moved,
    under_control,
)
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.stays import Road
from dutyboard.tui.terminal.cells import Line, clip, clip_name, pad
from dutyboard.tui.text import Words
from dutyboard.tui.views.fact_text import destination_text, room_text
from dutyboard.tui.views.times import clause
from dutyboard.tui.views.who import who_line

NAME_CELLS, CLAUSE_CELLS, STAGE_CELLS, PLACE_CELLS, DAY_CELLS, TEST_CELLS = 8, 10, 8, 16, 6, 12
FREE_CELLS, OFFICER_CELLS = 6, 8
WIDE = 100
DETAIL_ROWS = 1
_STAGES: tuple[Stage, ...] = (
    *("transfer", "waiting", "site", "home", "clinic", "hospital", "away", "referred", "pending", "closed"),
)
_ORDER = {stage: place for place, stage in enumerate(_STAGES)}


def people_under_control(snapshot: Snapshot) -> tuple[Person, ...]:
    """Return all people who are placed and not released.

    Those to be moved come first, then the rest by stage, site and room. They are sorted once for a table of people.
    """
    return snapshot.memo.made(_by_place, snapshot.persons)


def _by_place(persons: Mapping[int, Person]) -> tuple[Person, ...]:
    placed = [person for person in persons.values() if under_control(person)]
    return tuple(sorted(placed, key=lambda p: (_ORDER[p.stage], p.site_id or 0, room_order(p.room), p.id)))


def everybody(snapshot: Snapshot) -> tuple[Person, ...]:
    """Return the people under control, then all others, newest first, so that any of them can be found by name."""
    return snapshot.memo.made(_everybody, people_under_control(snapshot), snapshot.persons)


def _everybody(controlled: tuple[Person, ...], persons: Mapping[int, Person]) -> tuple[Person, ...]:
    others = [person for person in persons.values() if not under_control(person)]
    return (*controlled, *sorted(others, key=lambda person: -person.id))


def find_text(person: Person, snapshot: Snapshot, now: datetime, words: Words) -> str:
    """Return the text in which a person is found.

    It holds name, place, town, 专人, origin, clause, stage and the days on which his stages end.
    """
    course = course_of(person, snapshot, now)
    site = snapshot.sites.get(person.site_id or 0)
    unit = snapshot.units.get(person.unit_id or 0)
    confirmed = person.assessment.clause if person.assessment else None
    ends = {stage.last for stage in course.plan.stages} | {course.result.dates.free_from}
    judged = course.result.clause if confirmed is None else confirmed
    parts = (
        person.name,
        place_text(person, snapshot, words),
        site.name if site else "",
        unit.name if unit else "",
        officer_of(snapshot, person),
        person.origin,
        clause(words.duties, judged) if judged else "",
        stage_text(person, snapshot, words),
        *(_month_day(day) for day in sorted(day for day in ends if day is not None)),
    )
    return " ".join(part for part in parts if part)


@lru_cache(maxsize=512)
def _month_day(day: date) -> str:
    """Return month and day: `06-21`. Thousands of people end their stages on the same days."""
    return f"{day:%m-%d}"


def people_header(words: Words, cells: int, count: int) -> Line:
    """Return the heading row. A wide screen also shows the 专人."""
    people = words.people
    columns = (
        (people.column_name, NAME_CELLS),
        (people.column_clause, CLAUSE_CELLS),
        (people.column_stage, STAGE_CELLS),
        (people.column_place, PLACE_CELLS),
        (people.column_day, DAY_CELLS),
        (people.column_next_test, TEST_CELLS),
    )
    text = " ".join(pad(clip(label, room), room) for label, room in columns)
    free = pad(people.column_free, FREE_CELLS) + (f" {people.column_officer}" if cells >= WIDE else "")
    return ((f" {text} {free}", "dim"), (f" ({count})", "strong"))


def people_row(person: Person, snapshot: Snapshot, now: datetime, words: Words, cells: int) -> Line:
    """Return the row of one person. An override by a leader stays visible."""
    people, today = words.people, snapshot.day_of(now)
    course = course_of(person, snapshot, now)
    confirmed = person.assessment.clause if person.assessment else None
    owed = [test for test in tests_now(person, course) if test.result not in ("negative", "positive")]
    test = f"{owed[0].day:%m-%d} {words.course.test_types[owed[0].type]}" if owed else ""
    late = bool(owed and owed[0].day < today)
    test = f"!{test}" if late else test
    free = course.result.dates.free_from
    mark: Line = ((f" {people.mark_overridden}", "late"),) if overridden(person, end_of(person, snapshot)) else ()
    if person.stopped_by:
        mark = ((f" {people.mark_stopped}", "late"),)
    parts = [
        pad(clip_name(person.name, NAME_CELLS), NAME_CELLS),
        pad(clause(words.duties, confirmed) if confirmed else words.course.clause_refer, CLAUSE_CELLS),
        pad(clip(stage_text(person, snapshot, words), STAGE_CELLS), STAGE_CELLS),
        pad(clip(_place_cell(person, snapshot, words), PLACE_CELLS), PLACE_CELLS),
        pad(day_text(person, course, today), DAY_CELLS),
    ]
    return (
        (" " + " ".join(parts) + " ", "plain"),
        (pad(test, TEST_CELLS) + " ", "late" if late else "plain"),
        (pad(f"{free:%m-%d}" if free else people.open_end, FREE_CELLS), "plain"),
        (f" {pad(clip(person.officer_name, OFFICER_CELLS), OFFICER_CELLS)}" if cells >= WIDE else "", "plain"),
        *mark,
    )


def person_detail(person: Person, snapshot: Snapshot, words: Words, cells: int) -> list[Line]:
    """Return the lines about the person under the cursor."""
    return [who_line(person, snapshot, words, cells)]


def stage_text(person: Person, snapshot: Snapshot, words: Words) -> str:
    """Return the name of a person's stage: the road once he has left, of a closed record its end."""
    if on_road(person):
        return words.course.on_road
    end = end_of(person, snapshot)
    return words.course.ends[end.how] if end is not None else words.course.stages[stage_of(person)]


def _place_cell(person: Person, snapshot: Snapshot, words: Words) -> str:
    """Return the place for its column. On the road, which the stage beside it says, `>` and where to."""
    if on_road(person):
        return f">{bound_text(person, snapshot, words)}"
    return place_text(person, snapshot, words)


def _road_end(person: Person, road: Road, snapshot: Snapshot, words: Words) -> str:
    return destination_text(road.to, road.place, person.site_id, person.room, snapshot, words)


def bound_text(person: Person, snapshot: Snapshot, words: Words) -> str:
    """Return where a person is being taken, or is to be taken; "" if he stays where he is."""
    if person.road is not None:
        return _road_end(person, person.road, snapshot, words) if on_road(person) else ""
    bound = owed_destination(person) if to_be_moved(person) else None
    return destination_text(bound.to, bound.place, bound.site_id, bound.room, snapshot, words) if bound else ""


def place_text(person: Person, snapshot: Snapshot, words: Words) -> str:
    """Return the room, else the hospital, else the unit, else the words for "not placed"."""
    there = bound_text(person, snapshot, words)
    if person.road is not None:
        on_way = words.referral.on_road.format(place=there)
        return on_way if on_road(person) else _road_end(person, person.road, snapshot, words)
    here = lodging(person)
    if to_be_moved(person):
        return there if here is None else f"{room_text(here.site_id, here.room, snapshot, words)} > {there}"
    if here is not None:
        return room_text(here.site_id, here.room, snapshot, words)
    if in_hospital(person):
        return words.course.places["fever-clinic" if dwelling(person) == "clinic" else "hospital"]
    unit = snapshot.units.get(person.unit_id or 0)
    if unit is not None:
        return unit.name
    if not on_desk(person):
        return ""
    return words.people.no_address if at_home(person) else words.people.unplaced


def day_text(person: Person, course: Course, today: date) -> str:
    """Return day n of m of the stage at a site or at home; "" elsewhere.

    At a site day 0 is the day of admission (O3); at home the first day is day 1.
    """
    if in_room(person) and person.admitted_on is not None:
        last = course.result.dates.site_last
        return f"{(today - person.admitted_on).days}" + (f"/{(last - person.admitted_on).days}" if last else "")
    home = course.plan.stage("home")
    if at_home(person) and home is not None and home.first is not None:
        begun = (today - home.first).days + 1
        return f"{begun}" + (f"/{(home.last - home.first).days + 1}" if home.last else "") if begun > 0 else ""
    return ""


def room_said(person: Person, words: Words) -> str:
    """Return the room in which somebody lives, without its site; "" where he lives in none."""
    held = lodging(person)
    return words.people.room.format(room=held.room) if held is not None and held.room is not None else ""
