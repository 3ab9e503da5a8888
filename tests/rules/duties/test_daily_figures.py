"""The figures of a site's day (四（一）): counted from the records, adding up; a past day as the log tells it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dutyboard.rules.duties.site.daily_figures import CLASSES, SiteDay, class_of, site_day, site_rounds
from dutyboard.rules.duties.site.day_told import day_told
from dutyboard.rules.law.facts import Facts, Linked
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.people.rooms import free_rooms, occupancy, residents
from dutyboard.rules.people.stage import in_room
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import EndTransfer, Move, RecordTest, StartTransfer, TakeReading
from dutyboard.rules.records.commands.post import CloseMatter, Discharge, OpenMatter
from dutyboard.rules.records.commands.site import ChangeSite, RecordStaffTest, SendOffDuty
from dutyboard.rules.records.model import Assessment, Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.staff import StaffMember
from tests.rules.courses.course import worked
from tests.rules.desks import DAY, act, desk, notice, person, site, t
from tests.shares import SHARES

SHARE = SHARES["rules"]["daily_figures"]
NEXT = date(2021, 6, 8)
RIDE = {"vehicle": "湘K1", "driver": "周涛"}


def lodger(number: int, room: int, **fields: Any) -> Person:
    """Somebody in a room of site 1 since 2021-06-05 unless said."""
    facts = Facts(contact="close")
    return person(
        number,
        **({"stage": "site", "site_id": 1, "room": room, "admitted_on": date(2021, 6, 5)} | fields),
        **({} if "facts" in fields else {"facts": facts}),
    )


def of_day(snapshot: Snapshot, clock: str = "19:00", day: date = DAY, now_day: int = 7, number: int = 1) -> SiteDay:
    return site_day(snapshot, snapshot.sites[number], day, t(clock, now_day))


def told(found: SiteDay, *names: str) -> tuple[int | None, ...]:
    return tuple(found.figures[name] for name in names)  # type: ignore[index]


# ---------------------------------------------------------------- rooms and people


def test_rooms_are_lived_in_kept_or_free_and_two_in_one_room_are_two_people() -> None:
    coming = person(3, stage="transfer", site_id=1, room=5)
    found = of_day(desk(site(), lodger(1, 1), lodger(2, 1), coming))
    assert told(found, "rooms", "used", "kept", "vacant", "occupied") == (10, 1, 1, 8, 2)


def test_who_comes_leaves_and_moves_is_counted_on_his_day_and_the_day_before_stays_as_it_was() -> None:
    snapshot = desk(site(), site(2), lodger(1, 1), lodger(2, 2), person(3, stage="transfer", site_id=1, room=3))
    snapshot = act(snapshot, StartTransfer(person_id=3, **RIDE, left_at=t("09:00", 8)), t("09:10", 8))
    snapshot = act(snapshot, EndTransfer(person_id=3, received_by="李建国", arrived_at=t("10:00", 8)), t("10:05", 8))
    snapshot = act(snapshot, Move(person_id=2, site_id=2, room=1, reason="近家"), t("11:00", 8))
    snapshot = act(snapshot, StartTransfer(person_id=1, to="hospital", **RIDE, text="腹痛"), t("12:00", 8))
    names = ("occupied", "new", "left", "to_hospital", "used", "vacant")
    assert told(of_day(snapshot, "19:00", NEXT, 8), *names) == (2, 1, 1, 1, 2, 8)
    assert told(of_day(snapshot, "19:00", DAY, 8), *names) == (2, 0, 0, 0, 2, 7)  # a room was kept for the third
    assert told(of_day(snapshot, "19:00", NEXT, 8, 2), *names[:3]) == (0, 0, 0)  # he has not left for it
    riding = act(snapshot, StartTransfer(person_id=2, **RIDE), t("13:00", 8))
    there = act(riding, EndTransfer(person_id=2, received_by="其他：周涛"), t("13:30", 8))
    assert told(of_day(there, "19:00", NEXT, 8), *names[:4]) == (1, 1, 2, 1)
    assert told(of_day(there, "19:00", NEXT, 8, 2), *names[:3]) == (1, 1, 0)


def test_a_ride_told_the_day_after_counts_on_the_day_it_was_made() -> None:
    snapshot = desk(site(), lodger(1, 1))
    snapshot = act(
        snapshot, StartTransfer(person_id=1, to="hospital", **RIDE, left_at=t("23:00"), text="夜间漏录"), t("08:00", 8)
    )
    assert told(of_day(snapshot, "09:00", DAY, 8), "occupied", "left", "to_hospital") == (0, 1, 1)
    assert told(of_day(snapshot, "09:00", NEXT, 8), "occupied", "left", "to_hospital") == (0, 0, 0)


def test_what_was_taken_back_never_was() -> None:
    snapshot = desk(site(), lodger(1, 1))
    snapshot = act(snapshot, StartTransfer(person_id=1, to="hospital", **RIDE, text="腹痛"), t("12:00"))
    snapshot = act(snapshot, Amend(entry_id=max(snapshot.entries), reason="记错人", agreed=True), t("13:00"))
    assert told(of_day(snapshot), "occupied", "left", "to_hospital") == (1, 0, 0)


def test_the_rooms_of_a_past_day_are_those_that_the_site_had() -> None:
    snapshot = act(desk(site()), ChangeSite(site_id=1, rooms=30, reason="加开三层"), t("08:00", 8))
    assert told(of_day(snapshot, "19:00", DAY, 8), "rooms", "vacant") == (10, 10)
    assert told(of_day(snapshot, "19:00", NEXT, 8), "rooms", "vacant") == (30, 30)


def test_before_the_desk_knew_of_a_site_nothing_is_known_and_nothing_is_zero() -> None:
    found = of_day(desk(site(registered=t("08:00", 8))), "19:00", DAY, 8)
    known = {name for name, value in found.figures.items() if value is not None}
    assert known <= {"rooms", "abnormal"}
    assert (found.clauses, found.days, found.ahead) == (None, None, None)


def test_an_act_of_an_older_program_that_noted_nothing_leaves_the_day_before_it_unknown() -> None:
    snapshot = desk(site(), lodger(1, 1), lodger(2, 2))
    snapshot = act(snapshot, StartTransfer(person_id=1, to="hospital", **RIDE, text="腹痛"), t("12:00", 8))
    old = replace(snapshot.entries[max(snapshot.entries)], before=())
    snapshot = snapshot.applied(snapshot.seq + 1, [old])
    found = of_day(snapshot, "19:00", DAY, 8)
    assert told(found, "occupied", "used", "vacant", "new", "close", "feverish", "sampled") == (None,) * 7
    assert (found.clauses, found.days) == (None, None)
    assert told(of_day(snapshot, "19:00", DAY, 8, 1), "rooms") == (10,)


# ---------------------------------------------------------------- classes and days


def assessed(clause: str, decision: Any = "decide") -> Assessment:
    return Assessment(
        notice=notice().id,
        decision=decision,
        clause=clause,
        also=(),
        first_place="site",
        provisional=None,
        refer_reason=None,
        by=2,
        at=t("01:00"),
    )


@pytest.mark.parametrize(
    ("facts", "assessment", "name"),
    [
        (Facts(contact="close"), None, "close"),
        (Facts(contact="secondary"), None, "secondary"),
        (Facts(border="macau"), None, "entry"),
        (Facts(health_code="red"), None, "other_class"),
        (Facts(), assessed("3.2a"), "close"),  # an office has decided it
        (Facts(contact="secondary", linked=(Linked(state="positive"),)), assessed("3.2a"), "secondary"),
        (Facts(contact="close"), assessed("3.2b"), "secondary"),
        (Facts(border="foreign", contact="close"), assessed("3.3a"), "entry"),
        (Facts(), assessed("3.4"), "entry"),
        (Facts(border="none"), assessed("3.9"), "other_class"),
        (Facts(contact="close"), assessed("3.9", "refer"), "close"),  # a question has given no class
    ],
)
def test_the_class_is_that_of_the_clause_and_of_the_facts_where_none_holds_him(
    facts: Facts, assessment: Assessment | None, name: str
) -> None:
    assert class_of(lodger(1, 1, facts=facts, assessment=assessment), desk(site())) == name


def test_days_are_counted_from_the_admission_and_a_day_that_cannot_be_is_not_known() -> None:
    late, never = {"admitted_on": date.max}, {"admitted_on": None}
    people = (lodger(1, 1), lodger(2, 2, admitted_on=DAY), lodger(3, 3, **late), lodger(4, 4, **never))
    assert of_day(desk(site(), *people)).days == {2: 1, 0: 1, None: 2}


# ---------------------------------------------------------------- samples, temperatures, rounds


def test_samples_and_results_are_those_of_the_day_of_the_people_there() -> None:
    tests = (Sample(type="pcr", sampled_on=DAY, result="pending", stage="site"),)
    out = (Sample(type="pcr", sampled_on=date(2021, 6, 6), result="positive", result_on=DAY, stage="site"),)
    two = (lodger(1, 1, facts=Facts(tests=tests)), lodger(2, 2, facts=Facts(tests=out)))
    elsewhere = person(3, stage="home", facts=Facts(tests=tests))
    found = of_day(desk(site(), *two, elsewhere))
    assert told(found, "sampled", "results", "positives") == (1, 1, 1)


def test_a_result_told_later_is_of_its_own_day() -> None:
    snapshot = act(desk(site(), lodger(1, 1)), RecordTest(person_id=1, type="pcr", result="pending"), t("09:00"))
    snapshot = act(snapshot, RecordTest(person_id=1, result="negative"), t("09:00", 8))
    assert told(of_day(snapshot, "19:00", DAY, 8), "sampled", "results", "positives") == (1, 0, 0)
    assert told(of_day(snapshot, "19:00", NEXT, 8), "sampled", "results", "positives") == (0, 1, 0)


def test_a_fever_is_counted_by_person_and_nobody_measured_is_not_nobody_ill() -> None:
    snapshot = desk(site(), lodger(1, 1), lodger(2, 2))
    assert told(of_day(snapshot), "feverish") == (None,)
    well = act(snapshot, TakeReading(person_id=1, temp_c=36.6), t("08:00"))
    assert told(of_day(well), "feverish") == (0,)
    twice = act(
        act(well, TakeReading(person_id=1, temp_c=38.0), t("09:00")), TakeReading(person_id=1, temp_c=38.1), t("10:00")
    )
    assert told(of_day(twice), "feverish") == (1,)
    assert told(of_day(desk(site())), "feverish") == (0,)  # nobody is there


def test_a_fever_without_a_name_leaves_the_number_open_until_somebody_is_named() -> None:
    heads = {"measured": 2, "of": 2, "highest": 38.4}
    snapshot = desk(site(), lodger(1, 1), lodger(2, 2))
    snapshot = act(
        snapshot, Discharge(obligation=f"temperature-am/site-1/{DAY}", figures=heads, text="复测"), t("08:00")
    )
    assert told(of_day(snapshot), "feverish") == (None,)
    named = act(snapshot, TakeReading(person_id=2, temp_c=38.4), t("08:30"))
    assert told(of_day(named), "feverish") == (1,)


def test_every_round_is_in_time_late_missed_or_open() -> None:
    snapshot = act(desk(site()), Discharge(obligation=f"patrol-1/site-1/{DAY}"), t("08:00"))
    snapshot = act(snapshot, Discharge(obligation=f"disinfection-am/site-1/{DAY}"), t("11:50"))
    found = of_day(snapshot, "18:00")
    states = [each.state for each in site_rounds(snapshot, snapshot.sites[1], DAY, t("18:00"))]
    assert told(found, "rounds_done", "rounds_late", "rounds_missed", "rounds_open") == (
        states.count("done"),
        states.count("done_late"),
        states.count("missed"),
        sum(states.count(each) for each in ("open", "due_soon", "late", "upcoming")),
    )
    assert found.figures["rounds_done"] and found.figures["rounds_missed"]
    assert told(of_day(snapshot, "09:00", DAY, 8), "rounds_open") == (0,)


# ---------------------------------------------------------------- staff and findings


def member(number: int, **fields: Any) -> StaffMember:
    return StaffMember(**({"id": number, "site_id": 1, "name": f"职工{number}", "registered_at": t("00:00")} | fields))


def test_the_staff_are_those_on_duty_by_the_register_and_nobody_looked_at_is_not_nobody_ill() -> None:
    snapshot = desk(site(), member(1), member(2), member(3, until=DAY))
    assert told(of_day(snapshot), "staff", "staff_unwell") == (2, None)
    check = Discharge(obligation=f"staff-check/site-1/{DAY}", seen=(1,), unwell=(2,), text="咳嗽")
    ill = act(snapshot, check, t("08:00"))
    assert told(of_day(ill), "staff", "staff_unwell") == (1, 1)
    off = act(ill, SendOffDuty(staff_id=1, reason="轮休", happened_at=t("10:00", 8)), t("10:00", 8))
    assert told(of_day(off, "19:00", DAY, 8), "staff") == (1,)
    assert told(of_day(off, "19:00", NEXT, 8), "staff", "staff_unwell") == (0, None)
    positive = act(snapshot, RecordStaffTest(staff_ids=(1,), result="positive", sampled_on=DAY), t("11:00"))
    assert told(of_day(positive), "staff", "staff_unwell") == (1, 1)


def test_a_site_without_a_register_has_what_its_check_counted() -> None:
    assert told(of_day(desk(site())), "staff", "staff_unwell") == (None, None)
    heads = Discharge(obligation=f"staff-check/site-1/{DAY}", figures={"checked": 12, "abnormal": 1}, text="一人咽痛")
    assert told(of_day(act(desk(site()), heads, t("08:00"))), "staff", "staff_unwell") == (12, 1)


def test_findings_are_those_of_the_day_about_the_site_its_people_and_its_staff() -> None:
    snapshot = desk(site(), site(2), lodger(1, 1), member(1), person(2))
    about = ("site-1", "person-1", "staff-1", "site-2", "person-2")
    for at, subject in enumerate(about):
        snapshot = act(snapshot, OpenMatter(subject=subject, text=f"事项{at}"), t(f"1{at}:00"))
    closed = act(snapshot, CloseMatter(matter_id=1, outcome="已修"), t("18:00"))
    assert [each.what for each in of_day(closed).incidents] == ["事项0", "事项1", "事项2"]
    assert told(of_day(closed), "incidents") == (3,)
    assert told(of_day(closed, "10:00", NEXT, 8), "incidents") == (0,)


# ---------------------------------------------------------------- rooms to come, and a record that cannot be computed


def test_the_forecast_is_for_today_alone_and_none_where_a_plan_cannot_be_computed() -> None:
    snapshot = desk(site(), lodger(1, 1, assessment=assessed("3.2a")))
    found = of_day(snapshot)
    assert found.ahead is not None and len(found.ahead) == 3
    assert of_day(snapshot, "19:00", DAY, 8).ahead is None
    poisoned = lodger(2, 2, facts=Facts(contact="close", last_exposure_on=date.max, admitted_on=date.max))
    broken = desk(site(), lodger(1, 1, assessment=assessed("3.2a")), replace(poisoned, admitted_on=date.max))
    assert of_day(broken).ahead is None
    assert told(of_day(broken), "occupied", "close") == (2, 2)


# ---------------------------------------------------------------- whatever is drawn


@pytest.mark.parametrize("seed", range(SHARE["seeds"]))
def test_figures_add_up_to_the_board_to_the_rooms_and_to_each_other(seed: int) -> None:
    """Desks worked at random, day by day: as it was seen that evening, and as the log tells of it at the end."""
    seen: dict[tuple[date, int], frozenset[int]] = {}
    for night in worked(seed, SHARE["steps"]):
        for each in night.snapshot.sites:
            seen[night.today, each] = frozenset(one.id for one in residents(night.snapshot, each))
    snapshot, days = night.snapshot, sorted({day for day, _ in seen})
    retold = {
        before.id
        for entry in snapshot.entries.values()
        if entry.amends is not None or snapshot.day_of(entry.happened_at) != snapshot.day_of(entry.entered_at)
        for before in entry.before
        if before.table == "persons"
    }
    compared = 0
    for each in snapshot.sites.values():
        evening: int | None = None
        for day in days:
            found = site_day(snapshot, each, day, night.now)
            figures, occupied = found.figures, found.figures["occupied"]
            if occupied is not None:
                rooms = [figures[name] for name in ("used", "kept", "vacant")]
                assert sum(one for one in rooms if one is not None) == figures["rooms"]
                assert sum(figures[name] or 0 for name in CLASSES) == occupied
                assert found.clauses is not None and sum(found.clauses.values()) == occupied
                assert found.days is not None and sum(found.days.values()) == occupied
                assert (figures["positives"] or 0) <= (figures["results"] or 0)
                assert (figures["to_hospital"] or 0) <= (figures["left"] or 0)
            if evening is not None and occupied is not None:
                assert evening + (figures["new"] or 0) - (figures["left"] or 0) == occupied, (each.id, day)
                compared += 1
            if occupied is not None:
                then = {one.id for one in residents(day_told(snapshot, day).snapshot, each.id)}
                assert then - retold == seen[day, each.id] - retold, (each.id, day)
            evening = occupied
    assert compared
    today = [site_day(snapshot, each, night.today, night.now).figures for each in snapshot.sites.values()]
    assert sum(each["occupied"] or 0 for each in today) == sum(map(in_room, snapshot.persons.values()))
    for each, figures in zip(snapshot.sites.values(), today, strict=True):
        assert figures["vacant"] == len(free_rooms(snapshot, each))
    active = [figures for each, figures in zip(snapshot.sites.values(), today) if each.state == "active"]
    assert sum((each["used"] or 0) + (each["kept"] or 0) for each in active) == occupancy(snapshot).held
