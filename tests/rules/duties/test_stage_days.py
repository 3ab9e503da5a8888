"""A stage made shorter or longer: by a leader, with a reason, and all that follows moves with it (F28)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dutyboard.rules.law.facts import Linked
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.spans import moved_end
from dutyboard.rules.people.course import course_of, fresh_course
from dutyboard.rules.people.leaving import gate_of
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import Confirm, RecordTest, Release, SetLastDay
from dutyboard.rules.records.model import LastDay
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.text import words
from dutyboard.tui.views.person.page import page_lines
from tests.rules.desks import LI, WANG, act, owed, refused, t
from tests.rules.duties.test_care import at_site, done_with_tests, moved, sample
from tests.rules.duties.test_queue import facts_of, someone, the_desk

NOW = t("10:00", 8)
LONGER = SetLastDay(person_id=1, last=date(2021, 6, 24), leader_id=LI, reason="同楼层出现阳性")


def days(snapshot: Snapshot) -> dict[str, tuple[date | None, date | None]]:
    plan = course_of(snapshot.persons[1], snapshot, NOW).plan
    return {each.kind: (each.first, each.last) for each in plan.stages}


def site_tests(snapshot: Snapshot) -> list[tuple[str, date]]:
    return [
        (each.type, each.day)
        for each in course_of(snapshot.persons[1], snapshot, NOW).plan.tests
        if each.stage == "site"
    ]


def test_a_longer_stage_moves_what_follows_and_its_last_tests() -> None:
    before = at_site()
    snapshot = act(before, LONGER, NOW)
    old, new = days(before), days(snapshot)
    assert (old["site"][1], new["site"][1]) == (date(2021, 6, 21), date(2021, 6, 24))
    assert old["done"][0] is not None and new["done"][0] is not None
    assert (new["done"][0] - old["done"][0]).days == 3
    assert [day for _, day in site_tests(snapshot)] == [date(2021, 6, 8), date(2021, 6, 24), date(2021, 6, 24)]
    page = page_lines(snapshot.persons[1], [], snapshot, NOW, words("zh"), 200)
    assert any("同楼层出现阳性" in text and "李建国" in text for line in page for text, _ in line)


def test_a_longer_stage_keeps_the_gate_shut_until_its_day() -> None:
    snapshot = act(done_with_tests(), LONGER, t("21:00", 21))
    found = gate_of(snapshot.persons[1], snapshot, t("09:00", 22))
    assert found is not None and [each.day for each in found.blockers if each.code == "day_not_full"] == [
        date(2021, 6, 24)
    ]


def test_a_shorter_stage_has_no_test_after_its_end() -> None:
    snapshot = act(at_site(), replace(LONGER, last=date(2021, 6, 14), reason="指挥部批准"), NOW)
    assert max(day for _, day in site_tests(snapshot)) == date(2021, 6, 14)
    assert days(snapshot)["site"][1] == date(2021, 6, 14)


def test_it_takes_a_leader_a_reason_and_a_day_to_come() -> None:
    snapshot = at_site()
    assert refused(snapshot, replace(LONGER, leader_id=WANG), NOW).code == "only_leader"
    assert refused(snapshot, replace(LONGER, reason=" "), NOW).code == "reason_needed"
    assert refused(snapshot, replace(LONGER, last=date(2021, 6, 7)), NOW).code == "before_now"
    assert refused(snapshot, replace(LONGER, last=date(2021, 6, 21)), NOW).code == "setting_unchanged"


def test_it_is_taken_back() -> None:
    before = at_site()
    snapshot = act(before, LONGER, NOW)
    number = max(snapshot.entries)
    assert act(snapshot, Amend(entry_id=number, reason="已排除", agreed=True), NOW).persons == before.persons


SHORTER = replace(LONGER, last=date(2021, 6, 14), reason="指挥部批准")


def freed(snapshot: Snapshot, **added: object) -> tuple[date | None, date | None]:
    """The last day at the site and the first free day of person-1, with some facts of his otherwise."""
    person = snapshot.persons[1]
    riskier = replace(person, facts=replace(person.facts, **added))  # type: ignore[arg-type]
    course = fresh_course(riskier, snapshot, NOW)
    site = course.plan.stage("site")
    return (site.last if site is not None else None), course.free_from


def test_a_shorter_stage_stands_only_while_the_notice_asks_no_more() -> None:
    """A risk that lengthens the stage leaves a leader's word on the old one behind."""
    snapshot = act(at_site(), SHORTER, NOW)
    assert freed(snapshot) == (date(2021, 6, 14), date(2021, 6, 22))
    more = {"contact": "close", "last_exposure_on": date(2021, 6, 8)}
    assert freed(snapshot, **more) == freed(at_site(), **more) == (date(2021, 6, 22), date(2021, 6, 30))


def test_a_longer_stage_is_never_made_shorter_by_one_more_risk() -> None:
    until_28 = {
        "contact": "secondary",
        "linked": (Linked(id="C", state="quarantined_negative", admitted_on=date(2021, 6, 14)),),
    }
    before, snapshot = at_site(), act(at_site(), LONGER, NOW)
    assert freed(snapshot) == (date(2021, 6, 24), date(2021, 7, 2))
    assert freed(before, **until_28) == (date(2021, 6, 28), date(2021, 6, 29))
    assert freed(snapshot, **until_28) == (date(2021, 6, 28), date(2021, 7, 2))


def test_days_at_home_that_a_late_move_began_outlast_a_leaders_word() -> None:
    """The 14 days of 3.7b run from the move of the 30th, also beside an entry whose site stage reaches to the 28th."""
    tested = act(at_site("3.7b"), sample(8), NOW)
    clean = replace(tested.persons[1].facts, investigation="clean")
    longer = act(tested.applied(tested.seq, [replace(tested.persons[1], facts=clean)]), LONGER, NOW)
    moved = longer.applied(longer.seq, [replace(longer.persons[1], stage="home", home_from=date(2021, 6, 30))])
    assert freed(moved) == (date(2021, 6, 24), date(2021, 7, 15))
    assert freed(moved, border="foreign", isolation_days_done=0) == (date(2021, 6, 28), date(2021, 7, 15))


def test_a_second_word_on_a_stage_is_measured_by_what_the_notice_gives() -> None:
    snapshot = act(act(at_site(), SHORTER, NOW), replace(SHORTER, last=date(2021, 6, 16)), NOW)
    assert freed(snapshot) == (date(2021, 6, 16), date(2021, 6, 24))
    assert [each.own for each in snapshot.persons[1].last_days] == [date(2021, 6, 21)] * 2


def test_a_sample_taken_after_a_shorter_end_is_late_for_the_last_day() -> None:
    snapshot = act(at_site(), SHORTER, NOW)
    late = RecordTest(person_id=1, type="pcr", result="negative", sampled_on=date(2021, 6, 22))
    snapshot = act(snapshot, late, t("10:00", 22))
    tests = course_of(snapshot.persons[1], snapshot, t("10:00", 22)).plan.tests
    assert [(each.day, each.late) for each in tests if each.sampled_on] == [(date(2021, 6, 14), True)]


def test_a_sample_on_a_longer_last_day_is_in_time() -> None:
    """Days are set before samples are put to them (O46): that of the 24th is the last test's, and nobody calls it late.

    One of the former last day is an extra then: the stage ends with a test, on whatever day it ends.
    """
    snapshot = act(at_site(), LONGER, NOW)
    for on in (21, 24):
        late = RecordTest(person_id=1, type="pcr", result="negative", sampled_on=date(2021, 6, on))
        snapshot = act(snapshot, late, t("10:00", on))
    course = course_of(snapshot.persons[1], snapshot, t("10:00", 24))
    tests = [(each.day, each.sampled_on, each.late) for each in course.plan.tests if each.type == "pcr"]
    assert tests[-1] == (date(2021, 6, 24), date(2021, 6, 24), False)


def test_a_sample_at_home_is_put_to_the_days_that_a_shorter_stage_gives() -> None:
    """At home from the 15th to the 21st he owed a test on the 16th, which he missed, and one on the 21st (O45)."""
    snapshot = act(at_site(), SHORTER, NOW)
    home = tuple(
        Sample(type="pcr", result="negative", sampled_on=date(2021, 6, on), stage="home", result_on=date(2021, 6, on))
        for on in (23, 28)
    )
    person = snapshot.persons[1]
    close = replace(person, facts=replace(person.facts, contact="close", tests=home))
    course = fresh_course(close, snapshot, t("10:00", 29))
    assert course.free_from == date(2021, 6, 22)
    tests = [(each.day, each.late) for each in course.plan.tests if each.stage == "home"]
    assert tests == [(date(2021, 6, 16), False), (date(2021, 6, 21), True)]


def test_a_word_on_the_days_at_home_takes_none_of_the_sites() -> None:
    """At home when a risk came up that asks for a site: what he owes there is not shortened by days at home."""
    held = LastDay(of="home", last=date(2021, 6, 17), was=date(2021, 6, 28), leader=LI, reason="指挥部批准", at=NOW)
    snapshot = at_site()
    at_home = replace(snapshot.persons[1], stage="home", site_id=None, room=None, home_cadre="王芳")
    moved = snapshot.applied(snapshot.seq, [at_home])
    early = replace(SHORTER, last=date(2021, 6, 17))
    assert refused(moved, early, NOW).code == "ends_before_start"
    told = snapshot.applied(snapshot.seq, [replace(at_home, last_days=(held,))])
    assert freed(told) == freed(snapshot) == (date(2021, 6, 21), date(2021, 6, 29))


def test_a_longer_stage_that_had_no_days_of_its_own_is_kept_to_its_day() -> None:
    """3.7b lets go on the negative result. A leader's longer word gives the stage a last day, and the gate minds it."""
    tested = act(at_site("3.7b"), sample(8), t("10:00", 8))
    clean = replace(tested.persons[1].facts, investigation="clean")
    inside = tested.applied(tested.seq, [replace(tested.persons[1], facts=clean)])
    before = gate_of(inside.persons[1], inside, t("12:00", 8))
    assert before is not None and "day_not_full" not in [each.code for each in before.blockers]
    longer = act(inside, LONGER, t("12:00", 8))
    for now in (t("09:00", 9), t("23:59", 24)):
        found = gate_of(longer.persons[1], longer, now)
        assert found is not None and "day_not_full" in [each.code for each in found.blockers]
        assert not [each for each in owed(longer, now) if each.startswith("release/")]
    free = gate_of(longer.persons[1], longer, t("00:00", 25))
    assert free is not None and "day_not_full" not in [each.code for each in free.blockers]
    assert [each for each in owed(longer, t("00:00", 25)) if each.startswith("release/")]


def test_days_at_home_that_count_from_a_negative_are_made_no_earlier_by_a_shorter_word() -> None:
    """3.7b beside a longer clause: a word of a day before the negative takes nothing from the 14 days after it."""
    person = at_site("3.7b").persons[1]
    tested = act(
        at_site("3.7b").applied(9, [replace(person, facts=replace(person.facts, investigation="clean"))]),
        sample(8),
        NOW,
    )
    (span,) = course_of(tested.persons[1], tested, NOW).result.spans
    assert span.site_last is not None and span.home_last is not None
    shorter = moved_end(span, span.site_last - timedelta(days=2))
    assert (shorter.home_first, shorter.home_last, shorter.control_ends) == (
        span.home_first,
        span.home_last,
        span.control_ends,
    )
    assert moved_end(span, span.site_last + timedelta(days=2)).home_last == span.home_last + timedelta(days=2)


def moved_home(clause: str, *also: dict[str, Any]) -> Snapshot:
    """Person-1, cleared on 06-08 at a site by a clause, with more facts known before or after his move of 06-15."""
    person = someone(1, clause, facts=facts_of("3.7b", **also[0])) if also else someone(1, clause)
    snapshot = act(
        the_desk(person), Confirm(person_id=1, clause=clause, officer_name="王芳", site_id=1, room=1), t("19:40")
    )
    snapshot = act(snapshot, moved(1), t("20:45"))
    snapshot = act(snapshot, sample(8), NOW)
    clean = replace(snapshot.persons[1].facts, investigation="clean")
    snapshot = snapshot.applied(snapshot.seq, [replace(snapshot.persons[1], facts=clean)])
    if also:
        snapshot = act(snapshot, sample(14), t("10:00", 14))
    out = Release(person_id=1, leader_id=LI, cadres=("镇干部", "村干部"), vehicle="湘K2", late_confirmed=True)
    return act(snapshot, out, t("09:00", 15))


def test_a_move_home_on_its_day_moves_no_end() -> None:
    """3.10 with 3.7b: the 14 days run from the negative of the 8th beside the site days, before and after the move."""
    snapshot = moved_home("3.10", {"health_code": "yellow"})
    assert snapshot.persons[1].home_from == date(2021, 6, 15)
    assert freed(snapshot)[1] == date(2021, 6, 23)


def test_a_code_that_turns_yellow_after_a_late_move_frees_nobody_earlier() -> None:
    """Nothing but the late officer kept him at the site after the 8th: his 14 days count from the move of the 15th."""
    snapshot = moved_home("3.7b")
    assert freed(snapshot)[1] == freed(snapshot, health_code="yellow")[1] == date(2021, 6, 30)
