"""A course that is remembered is the one made anew, on every day and whoever is asked about in between."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from dutyboard.rules.people.course import Course, Courses, course_of, fresh_course
from dutyboard.rules.records.model import Area, Person
from dutyboard.rules.records.snapshot import Snapshot
from tests.rules.courses.course import worked
from tests.rules.desks import desk, person, t, unit
from tests.rules.duties.test_queue import AREAS, facts_of
from tests.shares import SHARES

SHARE = SHARES["rules"]["board_rows"]
EVE, MIDNIGHT = t("23:50"), t("23:50") + timedelta(minutes=10)


def said(course: Course) -> tuple[object, ...]:
    return course.facts, course.result, course.plan, course.ruled_from


@pytest.mark.parametrize("seed", range(100, 100 + SHARE["seeds"]))
def test_it_is_the_one_made_anew_on_every_day(seed: int) -> None:
    compared = 0
    for number, night in enumerate(worked(seed, SHARE["steps"])):
        if number % 5:
            continue
        for days in (0, 1, 0, 4, 15):
            now = night.now + timedelta(days=days)
            for each in night.snapshot.persons.values():
                remembered = course_of(each, night.snapshot, now)
                assert said(remembered) == said(fresh_course(each, night.snapshot, now)), (each.id, days)
                compared += 1
    assert compared


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the people whose course is made, one by one."""
    numbers: list[int] = []
    whole = Courses._made

    def counted(self: Courses, of: Person, snapshot: Snapshot, moment: object) -> Course:
        numbers.append(of.id)
        return whole(self, of, snapshot, moment)  # type: ignore[arg-type]

    monkeypatch.setattr(Courses, "_made", counted)
    return numbers


def asked(snapshot: Snapshot, now: datetime) -> None:
    for each in snapshot.persons.values():
        course_of(each, snapshot, now)


def three() -> Snapshot:
    """One who waits to be assessed, one at a site, one at home."""
    return desk(
        unit(1),
        *AREAS,
        person(1, stage="pending", facts=facts_of("3.8b")),
        person(2, stage="site", facts=facts_of("3.5"), admitted_on=date(2021, 6, 7)),
        person(3, stage="home", facts=facts_of("3.7a"), admitted_on=date(2021, 6, 7)),
    )


def test_at_midnight_only_who_waits_is_assessed(made: list[int]) -> None:
    snapshot = three()
    asked(snapshot, EVE)
    made.clear()
    asked(snapshot, MIDNIGHT)
    assert made == [number for number, each in snapshot.persons.items() if each.assessment is None]
    asked(snapshot, EVE)
    asked(snapshot, MIDNIGHT)
    assert len(made) <= 3, "both days are held"


def test_an_area_touches_only_whose_stay_it_judges_otherwise(made: list[int]) -> None:
    snapshot = three()
    asked(snapshot, EVE)
    made.clear()
    elsewhere = Area(id=90, code="110101", name="北京市东城区", level="high", starts=date(2021, 6, 1), listed_at=EVE)
    asked(snapshot.applied(snapshot.seq + 1, [elsewhere]), EVE)
    assert made == []
    stay = (snapshot.persons[3].facts.stays or ())[0]
    here = replace(elsewhere, id=91, code=stay.code or "", name=stay.place)
    asked(snapshot.applied(snapshot.seq + 1, [here]), EVE)
    assert made == [3]
