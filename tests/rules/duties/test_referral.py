"""A referral stands beside the stage: owed until it is answered, wherever the person is; the held are counted."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from dutyboard.rules.board import board
from dutyboard.rules.duties.report_figures import report_figures
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.leaving import gate_of
from dutyboard.rules.people.rulings import answer_of
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.commands.person import AnswerReferral, Confirm, Transfer
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Person, Shift
from dutyboard.rules.records.referral import Referral
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import ReferralAnswered
from tests.rules.desks import act, of_people, owed, refused, t
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


def put(snapshot: Snapshot, record: Person | Shift) -> Snapshot:
    return snapshot.applied(snapshot.seq + 1, [record])


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
    assert kinds(asked, "19:41") == [*loop, ("referral", "referral")]
    assert board(asked, t("19:41")).counts.referrals == 1


def test_an_answer_is_owed_by_the_office_within_the_hours_of_the_setting() -> None:
    asked = confirm(the_desk(someone(1, "3.5", facts=facts_of("3.5", **SICK))))
    row = owed(asked, t("21:41"))["referral/person-1/2021-06-07"]
    assert (row.kind, row.due, row.state, row.owed_by) == ("referral", t("21:40"), "late", "medical")


@pytest.mark.parametrize(("clock", "priority"), [("21:40", "normal"), ("21:41", "red")])
def test_an_answer_that_is_overdue_is_of_top_priority(clock: str, priority: str) -> None:
    """Not one that is due: where nobody is sick it may wait its hours."""
    told = Referral(since=t("19:40"), reasons=("stay_of_unknown_level",), owed_to="medical")
    asked = put(placed("waiting"), replace(someone(1, "3.5"), stage="referred", referral=told))
    assert owed(asked, t(clock))["referral/person-1/2021-06-07"].priority == priority


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
    of_site = report_figures(inside, "site", Subject("site", 1), date(2021, 6, 7), t("12:00"))
    assert (of_site["occupied"], of_site["new"]) == (1, 1)
    assert report_figures(inside, "screening", Subject("unit", 0), date(2021, 6, 7), t("12:00"))["at_site"] == 1
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


# ---------------------------------------------------------------- the answer


def answered(snapshot: Snapshot, at: str = "20:30", **told: Any) -> Snapshot:
    """The desk after an office's answer about person 1."""
    said = {"decision": "不收治，按原规定管理", "authority": "市人民医院 周医生", **told}
    return act(snapshot, AnswerReferral(person_id=1, **said), t(at))


def answer_refused(snapshot: Snapshot, at: str = "20:30", **told: Any) -> Refusal:
    said = {"decision": "照原规定", "authority": "指挥部", **told}
    return refused(snapshot, AnswerReferral(person_id=1, **said), t(at))


@pytest.mark.parametrize("stage", ["site", "home", "waiting"])
def test_an_answer_settles_the_question_and_the_stage_goes_on(stage: Stage) -> None:
    """The symptom stays what it is: nobody has to say that there was none."""
    before = placed(stage)
    asked = confirm(put(before, replace(before.persons[1], facts=replace(before.persons[1].facts, **SICK))))
    after = answered(asked)
    person = after.persons[1]
    assert (person.stage, person.room, person.facts.symptoms) == (stage, before.persons[1].room, "present")
    assert kinds(after, "20:31") == []
    assert course_of(person, after, t("20:31")).result.clause == "3.5"
    assert board(after, t("20:31")).counts.referrals == 0
    (entry,) = [each for each in after.entries.values() if isinstance(each.told, ReferralAnswered)]
    assert (entry.obligation, entry.happened_at) == ("referral/person-1/2021-06-07", t("20:30"))


def test_an_answer_decides_a_class_which_holds_under_its_name_until_the_facts_change() -> None:
    asked = confirm(the_desk(someone(1, "refer")))
    after = answered(asked, clause="3.5", authority="指挥部 周主任")
    person = after.persons[1]
    result = course_of(person, after, t("20:31")).result
    assert (person.stage, result.decision, result.clause, result.quarantine_days) == ("pending", "decide", "3.5", 14)
    assert kinds(after, "20:31") == [("assess", "assess")]
    placed_at = act(after, Confirm(person_id=1, clause="3.5", officer_name="王芳", site_id=1, room=4), t("20:32"))
    later = placed_at.persons[1]
    assert later.assessment is not None and later.assessment.clause == "3.5"
    assert later.referral is not None and later.referral.answer is not None
    assert (later.referral.answer.authority, later.referral.answer.clause) == ("指挥部 周主任", "3.5")
    sampled = replace(later, facts=replace(later.facts, tests=(Sample(type="pcr", day=1, result="negative"),)))
    assert course_of(sampled, put(placed_at, sampled), t("20:33")).result.clause == "3.5"
    sick = put(placed_at, replace(later, facts=replace(later.facts, **SICK)))
    assert course_of(sick.persons[1], sick, t("20:33")).result.decision == "refer"
    assert ("assess", "reassess") in kinds(sick, "20:33")


def test_a_positive_sample_weighs_more_than_an_answer() -> None:
    after = answered(confirm(the_desk(someone(1, "refer"))), clause="free")
    person = after.persons[1]
    positive = replace(person, facts=replace(person.facts, tests=(Sample(type="pcr", day=1, result="positive"),)))
    assert course_of(positive, put(after, positive), t("20:31")).result.clause == "3.1"


@pytest.mark.parametrize("word", ["free", "none"])
def test_an_answer_may_free_somebody(word: str) -> None:
    """From the queue his record closes; from a room leads the release, which nothing blocks."""
    queued = answered(confirm(the_desk(someone(1, "refer"))), clause=word)
    free = act(queued, Confirm(person_id=1, clause="none", officer_name="王芳"), t("20:31"))
    assert free.persons[1].stage == "closed"
    before = placed("site")
    asked = confirm(put(before, replace(before.persons[1], facts=replace(before.persons[1].facts, **SICK))))
    inside = act(answered(asked, clause=word), Confirm(person_id=1, clause="none", officer_name="王芳"), t("20:31"))
    assert inside.persons[1].stage == "site"
    found = gate_of(inside.persons[1], inside, t("20:32"))
    assert found is not None and found.may_release
    (release,) = [each for each in of_people(inside, t("20:32")) if each.kind == "release"]
    assert (release.subject_id, release.clause) == ("person-1", "2.7")


def test_an_answer_sets_facts_and_tells_them() -> None:
    asked = confirm(the_desk(someone(1, "refer")))
    after = answered(asked, facts=facts_of("3.10"))
    assert course_of(after.persons[1], after, t("20:31")).result.clause == "3.10"
    (told,) = [each.told for each in after.entries.values() if isinstance(each.told, ReferralAnswered)]
    assert told.changed and set(told.after) == set(told.changed)


def test_an_answer_that_decides_nothing_leaves_him_to_be_assessed() -> None:
    """Nobody slips: what no clause gives and no office has decided is asked again."""
    after = answered(confirm(the_desk(someone(1, "refer"))))
    assert kinds(after, "20:31") == [("assess", "assess")]
    held = confirm(the_desk(someone(1, "refer")), site_id=1, room=2)
    inside = put(held, replace(held.persons[1], stage="site", admitted_on=date(2021, 6, 7)))
    assert ("assess", "reassess") in kinds(answered(inside), "20:31")


def test_an_answer_that_is_none_is_refused() -> None:
    desk, asked = the_desk(someone(1, "3.5")), confirm(the_desk(someone(1, "refer")))
    assert answer_refused(desk).code == "no_referral"
    assert answer_refused(asked, decision=" ").fields["names"] == ["decision"]
    assert answer_refused(asked, authority="").fields["names"] == ["authority"]
    assert answer_refused(asked, happened_at=t("19:39")).code == "not_open_yet"
    assert answer_refused(asked, happened_at=t("20:31")).code == "in_future"
    assert answer_refused(asked, clause="3.99").code == "unknown_clause"
    twice = answer_refused(answered(asked), at="20:40")
    assert (twice.code, twice.fields["name"], twice.fields["at"]) == (
        "referral_answered",
        "市人民医院 周医生",
        t("20:30"),
    )


def test_a_class_decided_by_an_office_holds_while_another_question_is_put() -> None:
    """His days run on, and the next answer leaves the class as it was decided."""
    after = answered(confirm(the_desk(someone(1, "refer"))), clause="3.5", authority="指挥部")
    placed_at = act(after, Confirm(person_id=1, clause="3.5", officer_name="王芳", site_id=1, room=4), t("20:32"))
    inside = replace(placed_at.persons[1], stage="site", admitted_on=date(2021, 6, 7))
    held = answer_of(inside)
    assert held is not None
    asked = put(
        placed_at,
        replace(inside, referral=Referral(since=t("20:40"), reasons=("suspected",), owed_to="medical", former=held)),
    )
    course = course_of(asked.persons[1], asked, t("20:41"))
    assert (course.result.clause, bool(course.plan.tests)) == ("3.5", True)
    found = gate_of(asked.persons[1], asked, t("20:41"))
    assert found is not None and "referral_open" in [each.code for each in found.blockers]
    told = answered(asked, "20:50")
    assert course_of(told.persons[1], told, t("20:51")).result.clause == "3.5"
    assert kinds(told, "20:51") == []
