"""A stage made shorter or longer: by a leader, with a reason, and all that follows moves with it (F28)."""

from dataclasses import replace
from datetime import date

from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.leaving import gate_of
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import SetLastDay
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.text import words
from dutyboard.tui.views.person.page import page_lines
from tests.rules.desks import LI, WANG, act, refused, t
from tests.rules.duties.test_care import at_site, done_with_tests

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
