"""Rows of the lists that are printed of many people: each is there once, a blank is no zero, nobody stops the rest."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dutyboard.rules.duties.lists.home_days import home_days
from dutyboard.rules.duties.lists.sampling_list import to_be_sampled
from dutyboard.rules.duties.lists.staff_days import StaffHalf, staff_days
from dutyboard.rules.duties.person.let_go.follow_up import calls_after
from dutyboard.rules.law.daily import FollowUp
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.records.commands.person import RecordTest, TakeReading
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.commands.site import SendOffDuty
from dutyboard.rules.records.model import Ending, Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.staff import StaffMember
from tests.rules.desks import DAY, act, desk, notice, person, site, t, unit
from tests.rules.duties.test_daily_figures import assessed, lodger

NEXT = date(2021, 6, 8)
NOW = t("19:00")


def member(number: int, **fields: Any) -> StaffMember:
    return StaffMember(**({"id": number, "site_id": 1, "name": f"职工{number}", "registered_at": t("00:00")} | fields))


# ---------------------------------------------------------------- staff


def test_the_staff_of_a_day_with_both_halves_and_who_was_not_looked_at_is_blank() -> None:
    snapshot = desk(site(), member(1), member(2), member(3), member(4, from_on=NEXT))
    duty = f"staff-check/site-1/{DAY}"
    said = {"unwell": (2,), "readings": {"staff-1": 36.5, "staff-2": 37.0}, "remarks": {"staff-2": "咳嗽"}}
    snapshot = act(snapshot, Discharge(obligation=duty, **said), t("09:00"))
    snapshot = act(snapshot, Discharge(obligation=duty, absent=(3,), text="请假"), t("14:00"))
    first, second, third = staff_days(snapshot, snapshot.sites[1], DAY, DAY, NOW)
    assert (first.am, first.pm, first.off) == (StaffHalf(found="well", temp_c=36.5), None, None)
    assert second.am == StaffHalf(found="unwell", temp_c=37.0, remark="咳嗽")
    assert second.off is not None and second.off.cause == "unwell"
    assert (third.am, third.pm) == (None, StaffHalf(found="absent", remark="请假"))


def test_the_staff_of_several_days_are_those_there_on_each_and_off_duty_by_its_end() -> None:
    snapshot = desk(site(), member(1), member(2, until=NEXT))
    snapshot = act(snapshot, SendOffDuty(staff_id=1, reason="轮休"), t("10:00", 8))
    rows = [*staff_days(snapshot, snapshot.sites[1], DAY, date(2021, 6, 9), t("19:00", 8))]
    assert [(each.day.day, each.member.id, each.off is not None) for each in rows] == [
        (7, 1, False),
        (7, 2, False),
        (8, 1, True),
    ]  # the day to come has no rows


# ---------------------------------------------------------------- samples


def close(number: int, room: int = 1, admitted: date = DAY, **fields: Any) -> Person:
    facts = Facts(contact="close", last_exposure_on=DAY - timedelta(days=1), symptoms="none", border="none")
    given = {"facts": facts, "assessment": assessed("3.2a"), "admitted_on": admitted}
    return lodger(number, room, **(given | fields))


def listed(snapshot: Snapshot, day: date = DAY, clock: str = "19:00", now_day: int = 7) -> list[tuple[int, str, str]]:
    found = to_be_sampled(snapshot, day, t(clock, now_day))
    return [(each.person.id, each.test.type if each.test else "", each.state) for each in found]


def test_the_samples_of_a_day_are_due_overdue_taken_or_once_more_and_stand_by_room() -> None:
    snapshot = desk(
        site(), close(1, 3, admitted=DAY - timedelta(days=1)), close(2, 1, admitted=DAY - timedelta(days=1))
    )
    assert listed(snapshot) == [(2, "pcr", "due"), (1, "pcr", "due")]
    assert listed(snapshot, NEXT, "19:00", 8) == [(2, "pcr", "late"), (1, "pcr", "late")]
    taken = act(snapshot, RecordTest(person_id=1, type="pcr", result="pending", sample_code="A001"), t("09:00"))
    assert listed(taken) == [(2, "pcr", "due"), (1, "pcr", "sampled")]
    assert [each.code for each in to_be_sampled(taken, DAY, NOW)] == ["", "A001"]
    assert (1, "pcr", "sampled") not in listed(taken, NEXT, "19:00", 8)
    unclear = act(taken, RecordTest(person_id=1, result="invalid"), t("15:00"))
    assert (1, "pcr", "again") in listed(unclear, NEXT, "09:00", 8)


def test_a_day_to_come_lists_what_is_planned_for_it() -> None:
    snapshot = desk(site(), close(1, admitted=DAY))
    assert listed(snapshot) == []
    assert listed(snapshot, NEXT) == [(1, "pcr", "due")]


def test_whose_plan_cannot_be_computed_is_on_the_list_in_words() -> None:
    poisoned = close(2, 2, admitted=date.max)
    snapshot = desk(site(), close(1, 1, admitted=DAY - timedelta(days=1)), poisoned)
    assert listed(snapshot) == [(1, "pcr", "due"), (2, "", "unknown")]


# ---------------------------------------------------------------- at home


def test_the_people_at_home_with_temperatures_of_both_halves_and_how_each_was_found() -> None:
    people = [person(n, unit_id=1, stage="home", home_from=DAY, watched_since=t("00:00")) for n in range(1, 5)]
    snapshot = desk(unit(), *people)
    duty = f"home-check/unit-1/{DAY}"
    seen = {"readings": {"person-1": 36.4}, "absent": (2,), "refused": (3,), "remarks": {"person-2": "外出购物"}}
    snapshot = act(snapshot, Discharge(obligation=duty, **seen, done_by="", text="上门"), t("09:00"))
    snapshot = act(snapshot, TakeReading(person_id=1, temp_c=37.5, symptom="咽痛"), t("16:00"))
    first, second, third, fourth = home_days(snapshot, 1, DAY, NEXT, NOW)
    assert (first.am, first.pm, first.symptoms, first.found) == (36.4, 37.5, ("咽痛",), "home")
    assert (second.found, second.remark, second.am) == ("absent", "外出购物", None)
    assert third.found == "refused"
    assert (fourth.found, fourth.am, fourth.at) == (None, None, None)
    assert not [*home_days(snapshot, 2, DAY, DAY, NOW)]


# ---------------------------------------------------------------- after release


@pytest.fixture
def asking() -> Snapshot:
    """A desk whose notice names days 1 and 3, and somebody released on 2021-06-05."""
    daily = replace(notice().daily, follow_up=FollowUp(days=(1, 3), clause="3.12"))
    end = Ending(how="released", at=t("10:00", 5), leader=5)
    gone = person(1, unit_id=1, stage="closed", closed_at=t("10:00", 5), end=end, registered_at=t("01:00", 1))
    base = desk(unit(), gone, opened=t("00:00", 1))
    return replace(base, notices_known={notice().id: replace(notice(), daily=daily)})


def test_every_call_after_a_release_is_listed_answered_or_not(asking: Snapshot) -> None:
    first, second = calls_after(asking)
    assert (first.number, first.day.day, second.number, second.day.day) == (1, 6, 3, 8)
    tried = act(asking, Discharge(obligation="follow-up/person-1/2021-06-06", absent=(1,)), t("10:00"))
    first, _ = calls_after(tried)
    assert (len(first.made), first.answered) == (1, None)
    well = act(tried, Discharge(obligation="follow-up/person-1/2021-06-06", seen=(1,)), t("11:00"))
    first, _ = calls_after(well)
    assert len(first.made) == 2 and first.answered is not None


def test_a_notice_that_names_no_call_lists_none() -> None:
    end = Ending(how="released", at=t("10:00", 5), leader=5)
    assert not [*calls_after(desk(person(1, stage="closed", closed_at=t("10:00", 5), end=end)))]
