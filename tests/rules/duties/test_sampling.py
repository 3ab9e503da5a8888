"""Courses of samples, walked on a desk through `decide` and the board to their end (O11, O45, O46)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.board import board
from dutyboard.rules.law.facts import Linked
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.people.course import Course, course_of
from dutyboard.rules.people.leaving import gate_of
from dutyboard.rules.people.next_step import next_step
from dutyboard.rules.records.commands.person import Confirm, Correct, PersonData, RecordTest, Release
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import NoticeInForce, Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Corrected, SampleMoved, SampleRecorded
from tests.rules.desks import LI, act, refused, t
from tests.rules.duties.test_care import LEADER, sample
from tests.rules.duties.test_positive import into_room, secondary
from tests.rules.duties.test_queue import facts_of, someone, the_desk
from tests.rules.fact_sets import notices

RELEASE = Release(person_id=1, leader_id=LI, cadres=("镇干部", "周干部"), vehicle="湘K1")


def day(number: int) -> date:
    return date(2021, 6, number)


def at_site(clause: str = "3.10", **known: object) -> Snapshot:
    """A desk whose person 1 came into his room on the evening of 06-07."""
    inside = someone(1, clause, facts=facts_of(clause, **known))
    result = {"none": "3.2a"}.get(clause, clause)
    return into_room(the_desk(inside, LEADER), 1, result, 1)


def close_contact() -> Snapshot:
    return at_site("none", contact="close")


def of_test(snapshot: Snapshot, now: datetime) -> dict[str, str]:
    """The states of person 1's tests on the board, by type and day."""
    rows = (each for each in board(snapshot, now).obligations if each.kind == "test" and each.subject_id == "person-1")
    return {f"{each.slot.removeprefix('test-')} {each.id.day:%m-%d}": each.state for each in rows}


def blocked(snapshot: Snapshot, now: datetime) -> list[str]:
    found = gate_of(snapshot.persons[1], snapshot, now)
    assert found is not None
    return [each.code for each in found.blockers if each.code not in ("no_home_cadre", "no_vehicle")]


def correction(snapshot: Snapshot, **told: Any) -> Correct:
    known = snapshot.persons[1]
    person = PersonData(name=known.name, officer_name=known.officer_name, facts=replace(known.facts, **told))
    return Correct(person_id=1, person=person, reason="流调更正")


def corrected_exposure(snapshot: Snapshot, on: date, now: datetime) -> Snapshot:
    return act(snapshot, correction(snapshot, last_exposure_on=on), now)


# ---------------------------------------------------------------- one course each


def test_the_last_sample_is_met_by_the_next_morning_s() -> None:
    """L9: day 7 is missed, the sample is taken the morning after and counts, late, for a leader to confirm."""
    snapshot = act(at_site(), sample(8), t("09:00", 8))
    assert blocked(snapshot, t("08:00", 15)) == ["test_missing"]
    snapshot = act(snapshot, sample(15), t("09:00", 15))
    assert of_test(snapshot, t("09:00", 15)) == {}
    assert blocked(snapshot, t("09:00", 15)) == ["late_sample"]
    assert act(snapshot, replace(RELEASE, late_confirmed=True), t("10:00", 15)).persons[1].stage == "home"


@pytest.mark.parametrize("unclear", ["indeterminate", "invalid"])
def test_a_repeat_of_an_unclear_sample_counts(unclear: str) -> None:
    snapshot = act(act(at_site(), sample(8), t("09:00", 8)), sample(14), t("09:00", 14))
    snapshot = act(snapshot, replace(sample(14, result=unclear), reason="实验室更正"), t("20:00", 14))
    assert blocked(snapshot, t("08:00", 15)) == ["result_unclear"]
    assert of_test(snapshot, t("08:00", 15)) == {"pcr 06-14": "late"}
    snapshot = act(snapshot, sample(15, result="pending"), t("09:00", 15))
    assert "result_pending" in blocked(snapshot, t("09:00", 15))
    snapshot = act(snapshot, RecordTest(person_id=1, result="negative"), t("15:00", 15))
    assert blocked(snapshot, t("15:00", 15)) == ["late_sample"]
    assert act(snapshot, replace(RELEASE, late_confirmed=True), t("16:00", 15)).persons[1].stage == "home"


def test_an_unclear_sample_is_taken_again_the_same_day() -> None:
    snapshot = act(at_site(), sample(8, result="pending"), t("09:00", 8))
    assert refused(snapshot, sample(8, result="pending"), t("10:00", 8)).code == "already_done"
    snapshot = act(snapshot, sample(8, result="invalid"), t("12:00", 8))
    snapshot = act(snapshot, sample(8, result="pending"), t("13:00", 8))
    snapshot = act(snapshot, sample(8), t("20:00", 8))
    assert [each.result for each in snapshot.persons[1].facts.tests] == ["invalid", "negative"]
    assert of_test(snapshot, t("20:00", 8)) == {"pcr 06-08": "done"}
    assert blocked(snapshot, t("20:00", 8)) == ["day_not_full", "test_missing"]


def test_day_0_moves_and_the_samples_go_to_the_new_days_by_date() -> None:
    """L2: two negatives, then the last exposure is known as the 11th: both are extras, and all four days are new."""
    snapshot = act(act(close_contact(), sample(8), t("09:00", 8)), sample(11), t("09:00", 11))
    snapshot = corrected_exposure(snapshot, day(11), t("20:00", 11))
    told = snapshot.entries[max(snapshot.entries)].told
    assert isinstance(told, Corrected)
    assert told.samples == (
        SampleMoved(type="pcr", sampled_on=day(8), before=day(8), after=None),
        SampleMoved(type="pcr", sampled_on=day(11), before=day(11), after=None),
    )
    assert [each.day for each in snapshot.persons[1].facts.tests] == [None, None]
    assert of_test(snapshot, t("08:00", 12)) == {"pcr 06-12": "open"}
    for number in (12, 15, 18, 25):
        assert of_test(snapshot, t("08:00", number))[f"pcr 06-{number}"] == "open"
        snapshot = act(snapshot, sample(number), t("09:00", number))
    assert blocked(snapshot, t("09:00", 26)) == ["test_missing"]  # the serum
    snapshot = act(snapshot, sample(26, "serum"), t("10:00", 26))
    assert blocked(snapshot, t("10:00", 26)) == ["late_sample"]
    home = act(snapshot, replace(RELEASE, late_confirmed=True), t("11:00", 26))
    assert (home.persons[1].stage, home.persons[1].home_from) == ("home", day(26))


def test_day_0_moves_and_what_falls_on_a_new_day_counts_for_it() -> None:
    """The 12th is day 1 of the new count: the late sample of day 4, taken then, is in time for it."""
    snapshot = act(close_contact(), sample(12), t("09:00", 12))
    assert (snapshot.persons[1].facts.tests[0].day, snapshot.persons[1].facts.tests[0].late) == (4, True)
    assert course_of(snapshot.persons[1], snapshot, t("10:00", 12)).result.flags == ("O11",)
    snapshot = corrected_exposure(snapshot, day(11), t("20:00", 12))
    assert (snapshot.persons[1].facts.tests[0].day, snapshot.persons[1].facts.tests[0].late) == (1, False)
    assert of_test(snapshot, t("21:00", 12)) == {"pcr 06-12": "done"}
    assert "O11" not in course_of(snapshot.persons[1], snapshot, t("21:00", 12)).result.flags


def test_a_sample_that_an_entry_tells_of_is_not_corrected_away_with_the_facts() -> None:
    snapshot = act(at_site(), sample(8), t("09:00", 8))
    kept = snapshot.persons[1].facts.tests
    for tests in ((), (replace(kept[0], result="pending"),), (replace(kept[0], sampled_on=day(7)),)):
        answer = refused(snapshot, correction(snapshot, tests=tests), t("20:00", 8))
        assert (answer.code, answer.fields) == ("sample_entered", {"day": "2021-06-08", "entry": max(snapshot.entries)})
    told = Sample(type="pcr", sampled_on=day(7), result="negative")
    more = act(snapshot, correction(snapshot, tests=(told, *kept)), t("20:00", 8))
    assert len(more.persons[1].facts.tests) == 2  # what only the facts tell may come, and go again
    assert len(act(more, correction(more, tests=kept), t("20:01", 8)).persons[1].facts.tests) == 1


def test_a_corrected_admission_moves_day_0_of_who_is_in_his_room() -> None:
    """The day that a transfer recorded is not the last word: the days count from the corrected one (O46)."""
    snapshot = act(at_site(), sample(8), t("09:00", 8))
    tomorrow = refused(snapshot, correction(snapshot, admitted_on=day(10)), t("20:00", 9))
    assert (tomorrow.code, tomorrow.fields["name"]) == ("fact_in_future", "admitted_on")
    snapshot = act(snapshot, correction(snapshot, admitted_on=day(9)), t("20:00", 9))
    told = snapshot.entries[max(snapshot.entries)].told
    assert isinstance(told, Corrected)
    assert (told.before["admitted_on"], told.after["admitted_on"]) == ("2021-06-07", "2021-06-09")
    assert told.samples == (SampleMoved(type="pcr", sampled_on=day(8), before=day(8), after=None),)
    assert of_test(snapshot, t("08:00", 10)) == {"pcr 06-10": "open"}
    renamed = act(snapshot, correction(snapshot, health_code="yellow", travel_card="yellow"), t("21:00", 9))
    assert renamed.persons[1].admitted_on == day(9)


def test_the_sample_of_a_conversion_and_a_planned_day_of_its_number_are_two() -> None:
    """L10: converted on the 11th, day 0 moved to it: the test at once and that of day 4 are both shown as 4."""
    linked = (Linked(id="C1", state="positive", positive_on=day(11)),)
    snapshot = at_site("none", contact="close")
    known = snapshot.persons[1]
    facts = replace(known.facts, contact="secondary", linked=linked, last_exposure_on=day(11))
    snapshot = snapshot.applied(snapshot.seq + 1, [replace(known, facts=facts)])
    planned = course_of(snapshot.persons[1], snapshot, t("20:00", 11)).plan.tests
    assert [(each.number, each.day) for each in planned if each.number == 4] == [(4, day(11)), (4, day(15))]
    snapshot = act(snapshot, sample(11), t("20:00", 11))
    assert of_test(snapshot, t("20:00", 11)) == {"pcr 06-11": "done"}
    assert of_test(snapshot, t("09:00", 15))["pcr 06-15"] == "open"
    snapshot = act(snapshot, sample(15), t("09:00", 15))
    assert of_test(snapshot, t("09:00", 15))["pcr 06-15"] == "done"


def test_a_class_of_two_single_tests_is_worked_to_its_end() -> None:
    """L26: 9.8 of the second text wants days 1 and 3, whose samples stand side by side."""
    ninth = notices()["national-9-2022"]
    low = facts_of("3.7a", arrival_at=datetime.fromisoformat("2022-07-01T10:30"))
    low = replace(low, stays=tuple(replace(each, left_on=date(2022, 6, 30)) for each in low.stays or ()))
    snapshot = the_desk(someone(1, "3.7a", facts=low), LEADER)
    snapshot = replace(snapshot, notices_known={**snapshot.notices_known, ninth.id: ninth})
    snapshot = snapshot.applied(
        snapshot.seq + 1, [NoticeInForce(id=2, notice=ninth.id, effective_from=t("00:00", date(2022, 6, 28)))]
    )

    def at(clock: str, number: int) -> datetime:
        return t(clock, date(2022, 7, number))

    def taken(number: int) -> RecordTest:
        return RecordTest(person_id=1, type="pcr", sampled_on=date(2022, 7, number), result="negative")

    snapshot = act(snapshot, Confirm(person_id=1, clause="9.8", officer_name="王芳"), at("11:00", 1))
    assert snapshot.persons[1].stage == "waiting"
    assert list(of_test(snapshot, at("08:00", 2))) == ["pcr 07-02"]
    snapshot = act(snapshot, taken(2), at("09:00", 2))
    assert blocked(snapshot, at("20:00", 3)) == ["test_missing"]
    waiting = course_of(snapshot.persons[1], snapshot, at("20:00", 3)).plan.stage("waiting")
    assert waiting is not None and waiting.last is None
    assert of_test(snapshot, at("08:00", 4)) == {"pcr 07-04": "open"}
    snapshot = act(snapshot, taken(4), at("09:00", 4))
    facts = snapshot.persons[1].facts
    assert getattr(facts.arrival_pcr, "sampled_on", None) == date(2022, 7, 2)
    assert [(each.stage, each.sampled_on) for each in facts.tests] == [("single", date(2022, 7, 4))]
    assert blocked(snapshot, at("10:00", 4)) == []
    (release,) = [each for each in board(snapshot, at("10:00", 4)).obligations if each.kind == "release"]
    assert (release.id, release.state) == ("release/person-1/2022-07-04", "open")
    assert act(snapshot, Release(person_id=1, leader_id=LI), at("11:00", 4)).persons[1].stage == "closed"


def test_a_missed_test_stays_on_the_board_until_the_release() -> None:
    snapshot = act(act(close_contact(), sample(8), t("09:00", 8)), sample(14), t("09:00", 14))
    assert of_test(snapshot, t("09:00", 20))["pcr 06-11"] == "missed"
    later = replace(snapshot, handed_over_at=t("20:00", 19))
    (row,) = [each for each in board(later, t("09:00", 20)).obligations if each.id == "test-pcr/person-1/2021-06-11"]
    assert (row.state, row.accepted) == ("missed", False)


def test_the_next_step_is_a_test_that_can_still_be_taken() -> None:
    snapshot = close_contact()

    def following(number: int) -> tuple[str, date] | None:
        person, now = snapshot.persons[1], t("08:00", number)
        found = next_step(person, course_of(person, snapshot, now), day(number))
        return (found.kind, found.day) if found is not None else None

    assert [following(number) for number in (8, 10, 11)] == [("pcr", day(8)), ("pcr", day(8)), ("pcr", day(11))]
    assert following(25) == ("pcr", day(21))  # the last one stays to be taken


def test_a_sample_says_to_which_planned_test_it_was_put() -> None:
    snapshot = act(close_contact(), sample(9), t("09:00", 9))
    entry = snapshot.entries[max(snapshot.entries)]
    assert entry.told == SampleRecorded(type="pcr", stage="site", day=day(8), sampled_on=day(9), result="negative")
    assert entry.obligation == DutyId.parse("test-pcr/person-1/2021-06-08")
    extra = act(close_contact(), sample(7), t("21:00"))
    entry = extra.entries[max(extra.entries)]
    assert (entry.told, entry.obligation) == (SampleRecorded(type="pcr", sampled_on=day(7), result="negative"), None)


def test_a_result_is_of_the_day_on_which_it_came_in() -> None:
    snapshot = act(at_site("3.7b"), sample(7, result="pending"), t("21:00"))
    told = RecordTest(person_id=1, result="negative", happened_at=t("08:00", 8), reason="昨日漏记")
    snapshot = act(snapshot, told, t("09:00", 9))
    assert getattr(snapshot.persons[1].facts.arrival_pcr, "result_on", None) == day(8)


# ---------------------------------------------------------------- any course

CLAUSES = ("3.5", "3.10", "3.6", "close", "secondary")


def placed(clause: str) -> Snapshot:
    if clause == "close":
        return close_contact()
    if clause == "secondary":
        snapshot = the_desk(
            someone(2, "none", facts=facts_of("none", contact="close")), secondary(1, "person-2"), LEADER
        )
        return into_room(into_room(snapshot, 2, "3.2a", 2), 1, "3.2b", 1)
    return at_site(clause)


def all_demands_stand(course: Course, person: Person, snapshot: Snapshot, now: datetime) -> None:
    """Every demanded test of his stage whose day has come is done, or on the board; none lies after the free day."""
    free = course.result.dates.free_from
    assert all(free is None or test.day < free for test in course.plan.tests)
    rows = of_test(snapshot, now)
    for test in course.plan.tests:
        if test.demanded and test.stage == person.stage and test.day <= snapshot.day_of(now) and not test.done:
            assert rows[f"{test.type} {test.day:%m-%d}"] in ("open", "due_soon", "late", "missed")


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(CLAUSES),
    st.lists(
        st.tuples(
            st.integers(1, 3),
            st.sampled_from(("pcr", "pcr", "pcr", "serum")),
            st.sampled_from(("negative", "negative", "indeterminate", "pending")),
        ),
        max_size=10,
    ),
    st.none() | st.integers(8, 14),
)
def test_whatever_is_sampled_nobody_leaves_with_a_test_undone(
    clause: str, steps: list[tuple[int, str, str]], exposure: int | None
) -> None:
    snapshot, now = placed(clause), t("09:00", 8)
    for apart, kind, result in steps:
        now += timedelta(days=apart)
        today = snapshot.day_of(now)
        command = RecordTest(person_id=1, type=kind, sampled_on=today, result=result)  # type: ignore[arg-type]
        snapshot = act(snapshot, command, now)
        if exposure is not None and exposure < today.day and clause in ("close", "secondary"):
            snapshot, exposure = corrected_exposure(snapshot, day(exposure), now), None
        person = snapshot.persons[1]
        course = course_of(person, snapshot, now)
        all_demands_stand(course, person, snapshot, now)
    found = gate_of(snapshot.persons[1], snapshot, now, ("镇干部", "周干部"), "湘K1", late_confirmed=True)
    assert found is not None
    if found.may_release:
        site = [test for test in course_of(snapshot.persons[1], snapshot, now).plan.tests if test.stage == "site"]
        last = {kind: max((t_.day for t_ in site if t_.type == kind), default=None) for kind in ("pcr", "serum")}
        assert all(test.done for test in site if test.demanded and test.day == last[test.type])
        assert all(test.done or test.missed_by(snapshot.day_of(now)) for test in site if test.demanded)


def test_a_result_that_is_out_is_owed_although_no_planned_day_asked_for_the_sample() -> None:
    first = act(at_site(), sample(8), t("10:00", 8))
    snapshot = act(first, sample(10, result="pending"), t("10:00", 10))
    assert of_test(snapshot, t("12:00", 10)) == {"pcr 06-10": "open"}
    told = act(snapshot, sample(10), t("20:00", 10))
    assert of_test(told, t("20:00", 10)) == {}
