"""A referral stands beside the stage: owed until it is answered, wherever the person is; the held are counted."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from dutyboard.rules.board import board
from dutyboard.rules.duties.post.figures import figures
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.leaving import gate_of
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.commands.person import Confirm, Transfer
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from tests.rules.desks import act, of_people, owed, t
from tests.rules.duties.test_queue import facts_of, someone, the_desk

SICK: Final = {"symptoms": "present", "temp_c": 38.1}
PLACES: Final[dict[Stage, dict[str, Any]]] = {
    "waiting": {},
    "site": {"site_id": 1, "room": 3, "admitted_on": date(2021, 6, 7)},
    "home": {"home_cadre": "王芳", "admitted_on": date(2021, 6, 7), "home_from": date(2021, 6, 7)},
    "clinic": {},
}


def confirm(snapshot: Snapshot, **command: Any) -> Snapshot:
    """The desk after person 1 is confirmed as the facts give it at 19:40."""
    clause = course_of(snapshot.persons[1], snapshot, t("19:40")).result.clause
    told = {"clause": clause, "officer_name": "王芳", **command}
    return act(snapshot, Confirm(person_id=1, **told), t("19:40"))


def put(snapshot: Snapshot, person: Person) -> Snapshot:
    return snapshot.applied(snapshot.seq + 1, [person])


def placed(stage: Stage) -> Snapshot:
    """A desk on which person 1 has the class 3.5 and stands in a stage."""
    snapshot = confirm(the_desk(someone(1, "3.5")), site_id=1, room=3)
    return put(
        snapshot, replace(snapshot.persons[1], **{"site_id": None, "room": None, "stage": stage} | PLACES[stage])
    )


def kinds(snapshot: Snapshot, clock: str) -> list[tuple[str, str]]:
    """Kind and id's head of all that names person 1."""
    named = [each for each in of_people(snapshot, t(clock)) if each.subject_id == "person-1"]
    return [(each.kind, each.id.slot) for each in named if each.kind in ("assess", "referral", "transfer")]


@pytest.mark.parametrize("stage", PLACES)
def test_a_symptom_of_somebody_placed_is_owed_until_it_is_answered(stage: Stage) -> None:
    """First to be assessed again; once that is confirmed, the answer is owed, and the ride to the fever clinic."""
    before = placed(stage)
    sick = put(before, replace(before.persons[1], facts=replace(before.persons[1].facts, **SICK)))
    assert ("assess", "reassess") in kinds(sick, "19:41")
    asked = confirm(sick)
    person, was = asked.persons[1], sick.persons[1]
    assert (person.stage, person.site_id, person.room, person.admitted_on, person.assessment) == (
        *(was.stage, was.site_id, was.room, was.admitted_on),
        was.assessment,
    )
    assert person.referral is not None
    assert (person.referral.since, person.referral.reasons) == (t("19:40"), ("symptoms_present",))
    assert (person.referral.owed_to, person.referral.provisional) == ("medical", "fever clinic")
    loop = [] if stage == "clinic" else [("transfer", "transfer")]
    assert kinds(asked, "19:41") == [("referral", "referral"), *loop]
    assert board(asked, t("19:41")).counts.referrals == 1


def test_an_answer_is_owed_by_the_office_within_the_hours_of_the_setting() -> None:
    asked = confirm(the_desk(someone(1, "3.5", facts=facts_of("3.5", **SICK))))
    row = owed(asked, t("21:41"))["referral/person-1/2021-06-07"]
    assert (row.kind, row.due, row.state, row.owed_by) == ("referral", t("21:40"), "late", "medical")


def test_his_days_and_tests_run_on_while_an_answer_is_owed() -> None:
    before = placed("site")
    calm = course_of(before.persons[1], before, t("19:41"))
    asked = confirm(put(before, replace(before.persons[1], facts=replace(before.persons[1].facts, **SICK))))
    course = course_of(asked.persons[1], asked, t("19:41"))
    assert (course.plan.stages, course.plan.tests) == (calm.plan.stages, calm.plan.tests)
    assert course.plan.tests
    found = gate_of(asked.persons[1], asked, t("19:41"))
    assert found is not None and found.blockers[0].code == "referral_open"


def test_an_open_referral_blocks_a_release_even_if_the_facts_decide_by_now() -> None:
    asked = confirm(put(before := placed("site"), replace(before.persons[1], facts=facts_of("3.5", **SICK))))
    calm = put(asked, replace(asked.persons[1], facts=facts_of("3.5")))
    found = gate_of(calm.persons[1], calm, t("10:00", 28))
    assert found is not None and "referral_open" in [each.code for each in found.blockers]


def test_who_is_held_for_an_answer_lives_in_the_room_from_his_arrival() -> None:
    """Measured, counted and listed like everybody at the site; before he is there he only keeps the room."""
    asked = confirm(the_desk(someone(1, "refer")), site_id=1, room=2)
    assert (asked.persons[1].stage, board(asked, t("19:41")).counts.in_quarantine) == ("transfer", 0)
    ride = {"vehicle": "湘K1", "driver": "周涛", "received_by": "李建国"}
    inside = act(asked, Transfer(person_id=1, left_at=t("19:50"), arrived_at=t("20:10"), **ride), t("20:15"))
    assert (inside.persons[1].stage, inside.persons[1].room) == ("site", 2)
    counts = board(inside, t("20:16")).counts
    assert (counts.in_quarantine, counts.referrals) == (1, 1)
    assert owed(inside, t("20:16"))["temperature-pm/site-1/2021-06-07"].total == 1
    of_site = figures(inside, "site", Subject("site", 1), date(2021, 6, 7))
    assert (of_site["occupied"], of_site["new"]) == (1, 1)
    assert figures(inside, "screening", Subject("unit", 0), date(2021, 6, 7))["at_site"] == 1
    assert ("referral", "referral") in kinds(inside, "20:16")


def test_facts_that_decide_close_the_referral_when_they_are_confirmed() -> None:
    asked = confirm(the_desk(someone(1, "refer")), site_id=1, room=2)
    told = put(asked, replace(asked.persons[1], facts=facts_of("3.10")))
    assert ("referral", "referral") in kinds(told, "19:41")
    settled = confirm(told)
    referral = settled.persons[1].referral
    assert referral is not None and referral.answer is not None and referral.answer.authority == ""
    assert ("referral", "referral") not in kinds(settled, "19:41")


def test_until_he_leaves_for_another_room_he_lives_in_the_old_one_and_keeps_both() -> None:
    before = placed("site")
    moving = confirm(before, site_id=1, room=5)
    person = moving.persons[1]
    assert (person.stage, person.room, person.still_in and person.still_in.room) == ("transfer", 5, 3)
    assert owed(moving, t("19:41"))["temperature-pm/site-1/2021-06-07"].total == 1
    back = confirm(moving, site_id=1, room=3)
    assert (back.persons[1].stage, back.persons[1].room, back.persons[1].still_in) == ("site", 3, None)
