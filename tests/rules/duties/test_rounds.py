"""A site's rounds: their windows to the minute, what may discharge them, and from when on a site owes them."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.duties.site.rounds import last_disinfection
from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.site import Disinfected, RoundDone, TemperatureTaken
from tests.rules.desks import LIU, WANG, act, actor, desk, notice, owed, person, refused, site, t

SLOTS = (
    "patrol-1",
    "patrol-2",
    "patrol-3",
    "temperature-am",
    "temperature-pm",
    "disinfection-am",
    "disinfection-pm",
    "staff-check",
)
DINNER = "patrol-3/site-1/2021-06-07"
EVENING = "temperature-pm/site-1/2021-06-07"
STAFF = "staff-check/site-1/2021-06-07"


def rounds_of(snapshot: Snapshot, now: datetime, day: str = "2021-06-07", subject: str = "site-1") -> set[str]:
    ends = f"/{subject}/{day}"
    return {key.removesuffix(ends) for key in owed(snapshot, now) if key.endswith(ends)} - {"report"}


def test_an_active_site_owes_every_slot_of_the_notice_once_a_day() -> None:
    assert rounds_of(desk(site()), t("19:42")) == set(SLOTS)
    clauses = {
        each.slot: each.clause for each in owed(desk(site()), t("19:42")).values() if each.subject_id == "site-1"
    }
    assert clauses == {
        **{f"patrol-{n}": "4.1a" for n in (1, 2, 3)},
        **{f"temperature-{half}": "4.1b" for half in ("am", "pm")},
        **{f"disinfection-{half}": "4.1c" for half in ("am", "pm")},
        "staff-check": "4.1d",
        "report": "4.1e",
    }


@pytest.mark.parametrize("state", ["standby", "closed"])
def test_a_site_that_is_not_active_owes_nothing(state: Any) -> None:
    assert rounds_of(desk(site(state=state)), t("19:42")) == set()


@pytest.mark.parametrize(
    ("now", "day", "state", "late"),
    [
        ("00:00", 7, "upcoming", 0),
        ("17:29:59", 7, "upcoming", 0),
        ("17:30", 7, "open", 0),
        ("18:59:59", 7, "open", 0),
        ("19:00", 7, "due_soon", 0),
        ("19:30", 7, "due_soon", 0),
        ("19:30:01", 7, "late", 0),
        ("19:42", 7, "late", 12),
        ("23:59:59", 7, "late", 269),
        ("00:00", 8, "missed", 0),
        ("07:59", 8, "missed", 0),
    ],
)
def test_the_dinner_patrol_to_the_second(now: str, day: int, state: str, late: int) -> None:
    found = owed(desk(site()), t(now, day))[DINNER]
    assert (found.state, found.late_minutes) == (state, late)


@pytest.mark.parametrize(
    ("happened", "state", "late"), [("17:30", "done", 0), ("19:30", "done", 0), ("19:42", "done_late", 12)]
)
def test_the_state_follows_when_it_happened(happened: str, state: str, late: int) -> None:
    snapshot = act(desk(site()), Discharge(obligation=DINNER, happened_at=t(happened)), t("23:00"))
    found = owed(snapshot, t("23:00"))[DINNER]
    assert (found.state, found.late_minutes, found.entered_late, found.entry) == (state, late, False, 1)


def test_done_in_its_window_and_entered_after_it_is_done_and_marked() -> None:
    before = owed(desk(site()), t("07:30", 8))[DINNER]
    snapshot = act(desk(site()), Discharge(obligation=DINNER, happened_at=t("18:00"), reason="停电"), t("07:30", 8))
    after = owed(snapshot, t("07:30", 8))[DINNER]
    assert (before.state, after.state, after.entered_late) == ("missed", "done", True)
    assert (snapshot.entries[1].happened_at, snapshot.entries[1].entered_at) == (t("18:00"), t("07:30", 8))


def test_a_missed_round_stays_missed_and_is_not_made_good_after_its_window() -> None:
    refusal = refused(desk(site()), Discharge(obligation=DINNER), t("00:00", 8))
    assert (refusal.code, refusal.fields["closes"]) == ("told_late", t("24:00"))
    snapshot = act(desk(site()), Discharge(obligation="patrol-1/site-1/2021-06-08"), t("08:00", 8))
    assert owed(snapshot, t("08:00", 8))[DINNER].state == "missed"


@pytest.mark.parametrize(
    ("now", "happened", "code"),
    [
        ("17:29", None, "not_open_yet"),
        ("18:00", "17:29", "not_open_yet"),
        ("18:00", "18:01", "in_future"),
        ("18:00", "23:59", "in_future"),
    ],
)
def test_a_round_is_said_only_of_its_own_window(now: str, happened: str | None, code: str) -> None:
    command = Discharge(obligation=DINNER, happened_at=t(happened) if happened else None)
    assert refused(desk(site()), command, t(now)).code == code


def test_a_round_is_done_once_and_the_refusal_says_who_and_when() -> None:
    snapshot = act(desk(site()), Discharge(obligation=DINNER, done_by="王芳"), t("18:00"), actor(WANG))
    refusal = refused(snapshot, Discharge(obligation=DINNER), t("18:01"), actor(LIU))
    assert (refusal.code, refusal.fields) == ("already_done", {"subject": "隔离点1", "by": "王芳", "at": t("18:00")})


def test_the_sites_keeper_did_it_unless_somebody_else_is_named() -> None:
    snapshot = act(desk(site()), Discharge(obligation=DINNER), t("18:00"), actor(WANG))
    entry = snapshot.entries[1]
    assert (entry.done_by, entry.entered_by, entry.login, entry.subject) == ("负责人1", WANG, "login-4", "site-1")


@pytest.mark.parametrize(
    "obligation",
    [
        "patrol-4/site-1/2021-06-07",
        "patrol-3/site-9/2021-06-07",
        "patrol-3/site-1/2021-06-31",
        "patrol-3/site-1/2021-06-06",
        "patrol-3/site-1",
        "patrol-3/site-1/20210607",
        "seat-leader/post/2021-06-07",
        "",
    ],
)
def test_what_is_no_round_of_this_desk_cannot_be_discharged(obligation: str) -> None:
    assert refused(desk(site()), Discharge(obligation=obligation), t("18:00")).code == "unknown_obligation"


def test_a_standby_sites_round_is_refused_by_its_state() -> None:
    assert refused(desk(site(state="standby")), Discharge(obligation=DINNER), t("18:00")).code == "site_not_active"


def test_an_abnormal_round_needs_a_note_and_is_marked() -> None:
    assert (
        refused(desk(site()), Discharge(obligation=DINNER, abnormal=True, text=" "), t("18:00")).code == "note_needed"
    )
    snapshot = act(desk(site()), Discharge(obligation=DINNER, abnormal=True, text="302 房发热"), t("18:00"))
    found = owed(snapshot, t("18:01"))[DINNER]
    assert (found.state, found.abnormal, snapshot.entries[1].text) == ("done", True, "302 房发热")


@pytest.mark.parametrize(
    ("data", "code", "named"),
    [
        ({}, "figures_needed", ["of", "measured", "highest"]),
        ({"measured": 12, "of": 31}, "figures_needed", ["highest"]),
        ({"measured": 32, "of": 31, "highest": 36.5}, "bad_figure", "measured"),
        ({"measured": -1, "of": 31, "highest": 36.5}, "bad_figure", "measured"),
        ({"measured": True, "of": 31, "highest": 36.5}, "bad_figure", "measured"),
        ({"measured": 1.5, "of": 31, "highest": 36.5}, "bad_figure", "measured"),
        ({"measured": 3, "of": "31", "highest": 36.5}, "bad_figure", "of"),
        ({"measured": 31, "of": 31, "highest": 33.9}, "bad_figure", "highest"),
        ({"measured": 31, "of": 31, "highest": 42.6}, "bad_figure", "highest"),
        ({"measured": 31, "of": 31, "highest": float("nan")}, "bad_figure", "highest"),
        ({"measured": 31, "of": 31, "highest": "36.5"}, "bad_figure", "highest"),
        ({"measured": 31, "of": 31, "highest": 37.3}, "note_needed", None),
    ],
)
def test_a_temperature_round_states_its_figures(data: dict[str, Any], code: str, named: object) -> None:
    refusal = refused(desk(site()), Discharge(obligation=EVENING, figures=data), t("18:00"))
    assert (refusal.code, refusal.fields.get("names", refusal.fields.get("name"))) == (code, named)


@pytest.mark.parametrize(
    ("data", "text", "abnormal"),
    [
        ({"measured": 31, "of": 31, "highest": 37.2}, "", False),
        ({"measured": 31, "of": 31, "highest": 34.0}, "", False),
        ({"measured": 0, "of": 0}, "", False),
    ],
)
def test_a_fever_is_abnormal_whatever_was_ticked(data: dict[str, Any], text: str, abnormal: bool) -> None:
    snapshot = act(desk(site()), Discharge(obligation=EVENING, figures=data, text=text), t("18:00"))
    found = owed(snapshot, t("18:00"))[EVENING]
    assert (found.state, found.abnormal, found.count, found.total) == ("done", abnormal, data["measured"], data["of"])
    assert snapshot.entries[1].told == TemperatureTaken(**data)


def measured(slot: str, count: int = 3, site_id: int = 1, day: str = "2021-06-07") -> Discharge:
    data = {"measured": count, "of": count, **({"highest": 36.8} if count else {})}
    return Discharge(obligation=f"{slot}/site-{site_id}/{day}", figures=data)


@pytest.mark.parametrize(
    ("evening", "hours"), [("17:57:59", 6), ("17:58", None), ("17:58:01", None), ("20:30", None), ("17:05", 6)]
)
def test_two_temperature_rounds_less_than_six_hours_apart_count_as_one(evening: str, hours: int | None) -> None:
    snapshot = act(desk(site()), measured("temperature-am"), t("11:58"))
    if hours is None:
        assert owed(act(snapshot, measured("temperature-pm"), t(evening)), t(evening))[EVENING].state == "done"
        return
    refusal = refused(snapshot, measured("temperature-pm"), t(evening))
    assert (refusal.code, refusal.fields) == ("rounds_too_close", {"hours": hours, "at": t("11:58")})


def test_the_morning_round_told_afterwards_is_held_against_the_evening_one() -> None:
    snapshot = act(desk(site()), measured("temperature-pm"), t("17:05"))
    morning = replace(measured("temperature-am"), happened_at=t("11:30"), reason="补记")
    assert refused(snapshot, morning, t("18:00")).code == "rounds_too_close"
    assert act(snapshot, replace(morning, happened_at=t("11:05")), t("18:00")).done


def test_only_readings_of_the_same_site_are_held_against_a_round() -> None:
    snapshot = act(desk(site(1), site(2)), measured("temperature-am", site_id=2), t("11:58"))
    snapshot = act(snapshot, measured("temperature-am", count=0), t("11:58"))
    assert act(snapshot, measured("temperature-pm"), t("17:05")).done
    snapshot = act(snapshot, Discharge(obligation="disinfection-am/site-1/2021-06-07"), t("11:59"))
    assert refused(snapshot, measured("temperature-pm", site_id=2), t("17:05")).code == "rounds_too_close"


def test_a_round_that_was_taken_back_holds_up_no_other() -> None:
    snapshot = act(desk(site()), measured("temperature-am"), t("11:58"))
    snapshot = act(snapshot, TakeBack(entry_id=max(snapshot.entries)), t("11:59"))
    assert act(snapshot, measured("temperature-pm"), t("17:05")).done


def test_the_hours_between_rounds_are_a_setting() -> None:
    shorter = replace(notice().daily, duty=replace(notice().daily.duty, temperature_rounds_apart=timedelta(hours=5)))
    snapshot = replace(desk(site()), notices_known={notice().id: replace(notice(), daily=shorter)})
    snapshot = act(snapshot, measured("temperature-am"), t("11:58"))
    assert act(snapshot, measured("temperature-pm"), t("17:00")).done


def test_the_night_between_two_days_counts_as_well() -> None:
    early = replace(notice().daily.slot("temperature-am"), opens=timedelta(), due=timedelta(hours=1))
    slots = tuple(early if each.id == early.id else each for each in notice().daily.slots)
    known = {notice().id: replace(notice(), daily=replace(notice().daily, slots=slots))}
    snapshot = act(replace(desk(site()), notices_known=known), measured("temperature-pm"), t("23:00"))
    refusal = refused(snapshot, measured("temperature-am", day="2021-06-08"), t("04:59", 8))
    assert (refusal.code, refusal.fields["at"]) == ("rounds_too_close", t("23:00"))
    assert act(snapshot, measured("temperature-am", day="2021-06-08"), t("05:00", 8)).done


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"measured": 31, "of": 31, "highest": 37.3}, "302 复测 37.4"),
        ({"measured": 30, "of": 31, "highest": 36}, ""),
        ({"measured": 3, "of": 20, "highest": 36}, ""),
        ({"measured": 0, "of": 20}, ""),
    ],
)
def test_totals_that_leave_somebody_out_or_a_fever_without_a_name_leave_the_round_open(
    data: dict[str, Any], text: str
) -> None:
    snapshot = act(desk(site()), Discharge(obligation=EVENING, figures=data, text=text), t("18:00"))
    found = owed(snapshot, t("18:00"))[EVENING]
    assert (found.state, found.entry, found.count, found.total) == ("open", None, data["measured"], data["of"])
    assert owed(snapshot, t("20:31"))[EVENING].state == "late"
    assert owed(snapshot, t("00:30", 8))[EVENING].state == "missed"
    whole = {"measured": data["of"], "of": data["of"], "highest": 36.9}
    after = act(snapshot, Discharge(obligation=EVENING, figures=whole), t("18:30"))
    assert owed(after, t("18:30"))[EVENING].state == ("done" if data.get("highest") != 37.3 else "open")


RESIDENTS = [person(n, stage="site", site_id=1) for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("readings", "code", "name"),
    [
        ({"person-1": 36.5, "person-9": 36.5}, "unknown_person", None),
        ({"person-1": 33.9}, "bad_figure", "person-1"),
        ({"person-1": "36.5"}, "bad_figure", "person-1"),
        ({"person-1": 36.5, "person-2": 36.9}, "bad_figure", "highest"),
        ({"person-1": 36.5, "person-2": 36.5, "person-3": 36.5}, "bad_figure", "measured"),
    ],
)
def test_readings_told_one_by_one_agree_with_the_totals(readings: dict[str, Any], code: str, name: str | None) -> None:
    figures = {"measured": 2, "of": 3, "highest": 36.8}
    round_ = Discharge(obligation=EVENING, figures=figures, readings=readings, text="一人外出")
    refusal = refused(desk(site(), *RESIDENTS), round_, t("18:00"))
    assert (refusal.code, refusal.fields.get("name")) == (code, name)


def test_readings_told_one_by_one_are_kept_one_by_one() -> None:
    readings = {"person-1": 36.5, "person-2": 36.9}
    round_ = Discharge(obligation=EVENING, figures={"measured": 3, "of": 3, "highest": 36.9}, readings=readings)
    snapshot = act(desk(site(), *RESIDENTS), round_, t("18:00"))
    everybody = ("person-1", "person-2", "person-3")
    told = TemperatureTaken(of=3, measured=3, highest=36.9, readings=readings, people=everybody)
    assert snapshot.entries[1].told == told


def test_the_fever_threshold_is_the_notices() -> None:
    daily = notice().daily
    assert daily is not None
    assert (daily.thresholds.fever_c, daily.thresholds.least_c, daily.thresholds.most_c) == (37.3, 34.0, 42.5)


def test_a_temperature_round_not_yet_done_counts_the_residents() -> None:
    people = [person(n, stage="site", site_id=1) for n in (1, 2, 3)] + [person(4, stage="home", site_id=1)]
    found = owed(desk(site(), site(2), *people), t("18:00"))
    assert [
        (found[f"temperature-pm/site-{n}/2021-06-07"].count, found[f"temperature-pm/site-{n}/2021-06-07"].total)
        for n in (1, 2)
    ] == [(0, 3), (0, 0)]


@pytest.mark.parametrize(
    ("data", "text", "code"),
    [
        ({}, "", "figures_needed"),
        ({"checked": 0, "abnormal": 0}, "", "bad_figure"),
        ({"checked": 9, "abnormal": 10}, "", "bad_figure"),
        ({"checked": 9, "abnormal": 1}, "", "note_needed"),
    ],
)
def test_a_staff_check_states_how_many_and_who(data: dict[str, Any], text: str, code: str) -> None:
    assert refused(desk(site()), Discharge(obligation=STAFF, figures=data, text=text), t("18:00")).code == code


def test_a_staff_check_with_somebody_ill_is_abnormal() -> None:
    snapshot = act(
        desk(site()), Discharge(obligation=STAFF, figures={"checked": 9, "abnormal": 1}, text="咳嗽"), t("18:00")
    )
    assert owed(snapshot, t("18:00"))[STAFF].abnormal


def test_yesterdays_open_round_does_not_stand_for_todays() -> None:
    snapshot = desk(site())
    found = owed(snapshot, t("07:30", 8))
    assert found["patrol-1/site-1/2021-06-07"].state == "missed"
    assert found["patrol-1/site-1/2021-06-08"].state == "open"
    snapshot = act(snapshot, Discharge(obligation="patrol-1/site-1/2021-06-08"), t("07:30", 8))
    assert owed(snapshot, t("07:31", 8))["patrol-1/site-1/2021-06-08"].state == "done"


def test_a_tick_taken_back_is_owed_again_and_can_be_given_again() -> None:
    snapshot = act(desk(site()), Discharge(obligation=DINNER), t("18:00"), actor(WANG))
    snapshot = act(snapshot, TakeBack(entry_id=1), t("18:02"), actor(WANG))
    assert owed(snapshot, t("18:02"))[DINNER].state == "open"
    assert (snapshot.entries[2].kind, snapshot.entries[2].amends) == ("retract", 1)
    snapshot = act(snapshot, Discharge(obligation=DINNER), t("18:03"), actor(LIU))
    assert owed(snapshot, t("18:03"))[DINNER].entry == 3


INSIDE = tuple(person(n, stage="site", site_id=1, room=n) for n in range(1, 6))
EVERYBODY = tuple(f"person-{n}" for n in range(1, 6))


def by_name(readings: dict[str, float], **more: Any) -> Discharge:
    return Discharge(obligation=EVENING, readings=readings, **more)


def usual(*numbers: int) -> dict[str, float]:
    return {f"person-{number}": 36.5 for number in numbers}


def test_a_part_of_the_people_leaves_the_round_open_and_names_the_rest() -> None:
    snapshot = act(desk(site(), *INSIDE), by_name(usual(1, 2, 3)), t("18:00"))
    found = owed(snapshot, t("18:00"))[EVENING]
    assert (found.state, found.entry, found.count, found.total) == ("open", None, 3, 5)
    assert (found.people, found.left) == (EVERYBODY, ("person-4", "person-5"))
    snapshot = act(snapshot, by_name(usual(4), absent=(5,), text="外出就诊"), t("18:20"))
    done = owed(snapshot, t("18:20"))[EVENING]
    assert (done.state, done.entry, done.count, done.total, done.left) == ("done", 2, 5, 5, ())
    assert [(each.subject, each.what) for each in snapshot.matters.values()] == [("person-5", "外出就诊")]
    assert refused(snapshot, by_name(usual(1)), t("18:21")).code == "already_done"


@pytest.mark.parametrize("later", ["temperature", "patrol", "all"])
def test_a_later_round_that_meets_who_was_not_there_closes_that_with_its_words(later: str) -> None:
    before = act(desk(site(), *INSIDE), by_name(usual(1, 2, 3), absent=(5,), remarks={"person-5": "外出"}), t("18:00"))
    words = {"person-5": "就诊回来"}
    check = {
        "temperature": by_name(usual(4, 5), remarks=words),
        "patrol": Discharge(obligation=DINNER, seen=(4, 5), remarks=words),
        "all": Discharge(obligation=DINNER, remarks=words),
    }[later]
    snapshot = act(before, check, t("18:20"))
    assert (snapshot.matters[1].outcome, snapshot.matters[1].closed_at) == ("就诊回来", t("18:20"))
    stray = replace(check, remarks={"person-4": "就诊回来"})
    assert refused(before, stray, t("18:20")).code == "figures_unknown"


def test_the_last_part_decides_when_the_round_was_done() -> None:
    snapshot = act(desk(site(), *INSIDE), by_name(usual(1, 2, 3, 4)), t("18:00"))
    late = act(snapshot, by_name(usual(5)), t("20:45"))
    found = owed(late, t("20:46"))[EVENING]
    assert (found.state, found.late_minutes) == ("done_late", 15)


def test_names_add_to_totals_that_were_told_before() -> None:
    totals = Discharge(obligation=EVENING, figures={"measured": 3, "of": 5, "highest": 36.8})
    snapshot = act(desk(site(), *INSIDE), totals, t("18:00"))
    assert owed(snapshot, t("18:00"))[EVENING].count == 3
    snapshot = act(snapshot, by_name(usual(4)), t("18:10"))
    assert owed(snapshot, t("18:10"))[EVENING].state == "open"
    assert owed(act(snapshot, by_name(usual(5)), t("18:20")), t("18:20"))[EVENING].state == "done"
    again = Discharge(obligation=EVENING, figures={"measured": 4, "of": 5, "highest": 36.8})
    assert owed(act(snapshot, again, t("18:20")), t("18:20"))[EVENING].state == "open"


def test_totals_of_fewer_than_are_there_are_not_the_whole() -> None:
    totals = Discharge(obligation=EVENING, figures={"measured": 4, "of": 4, "highest": 36.8})
    assert owed(act(desk(site(), *INSIDE), totals, t("18:00")), t("18:00"))[EVENING].state == "open"


def test_a_fever_told_as_totals_waits_for_the_name() -> None:
    totals = Discharge(obligation=EVENING, figures={"measured": 5, "of": 5, "highest": 38.2}, text="一人发热")
    snapshot = act(desk(site(), *INSIDE), totals, t("18:00"))
    assert owed(snapshot, t("18:00"))[EVENING].state == "open"
    named = act(snapshot, by_name({"person-2": 38.2}), t("18:05"))
    assert owed(named, t("18:05"))[EVENING].state == "done"
    singly = act(snapshot, TakeReading(person_id=2, temp_c=38.2), t("18:05"))
    assert owed(singly, t("18:05"))[EVENING].state == "done"


def test_somebody_measured_singly_in_the_window_is_measured() -> None:
    snapshot = act(desk(site(), *INSIDE), by_name(usual(1, 2, 3, 4)), t("18:00"))
    early = act(snapshot, TakeReading(person_id=5, temp_c=36.6, happened_at=t("16:59")), t("18:10"))
    assert owed(early, t("18:10"))[EVENING].left == ("person-5",)
    inside = act(early, TakeReading(person_id=5, temp_c=36.6), t("23:10"))
    assert owed(inside, t("23:11"))[EVENING].state == "done_late"


def test_whoever_came_after_a_part_was_told_is_owed_as_well_and_whoever_left_is_not() -> None:
    snapshot = act(desk(site(), *INSIDE), by_name(usual(1, 2, 3)), t("18:00"))
    came = snapshot.applied(snapshot.seq + 1, [person(6, stage="site", site_id=1, room=6)])
    assert owed(came, t("18:05"))[EVENING].left == ("person-4", "person-5", "person-6")
    gone = [replace(snapshot.persons[number], stage="closed", site_id=None) for number in (4, 5)]
    assert owed(snapshot.applied(snapshot.seq + 1, gone), t("18:05"))[EVENING].state == "done"
    assert owed(came, t("00:10", 8))[EVENING].left == ("person-4", "person-5")


def test_a_part_taken_back_is_owed_again_even_after_the_round_was_whole() -> None:
    snapshot = act(desk(site(), *INSIDE), by_name(usual(1, 2)), t("18:00"), actor(WANG))
    snapshot = act(snapshot, by_name(usual(3, 4, 5)), t("18:01"), actor(LIU))
    assert owed(snapshot, t("18:01"))[EVENING].state == "done"
    undone = act(snapshot, TakeBack(entry_id=1), t("18:02"), actor(WANG))
    found = owed(undone, t("18:02"))[EVENING]
    assert (found.state, found.left) == ("open", ("person-1", "person-2"))


def test_readings_too_near_to_the_morning_are_kept_and_count_in_it() -> None:
    slot = "temperature-am/site-1/2021-06-07"
    morning = Discharge(obligation=slot, readings=usual(1, 2), absent=(3, 4, 5), text="外出")
    snapshot = act(desk(site(), *INSIDE), morning, t("11:58"))
    assert refused(snapshot, by_name(usual(1)), t("17:30")).code == "rounds_too_close"
    snapshot = act(snapshot, by_name(usual(1, 3)), t("17:30"))
    assert owed(snapshot, t("17:30"))[EVENING].left == ("person-1", "person-2", "person-4", "person-5")
    assert len(snapshot.readings[1]) == 2


def test_the_first_of_two_readings_is_kept() -> None:
    told = by_name(usual(1, 2, 3, 4, 5), first={"person-1": 37.5})
    snapshot = act(desk(site(), *INSIDE), told, t("18:00"))
    assert [each.temp_c for each in snapshot.readings[1]] == [37.5, 36.5]
    assert owed(snapshot, t("18:01"))["retake/person-1/2021-06-07"].state == "due_soon"
    assert refused(desk(site(), *INSIDE), by_name({}, first={"person-1": 37.5}), t("18:00")).code == "figures_needed"


def test_a_patrol_is_of_those_who_stood_on_the_row() -> None:
    seen = Discharge(obligation=DINNER, seen=(1, 2, 3, 4))
    snapshot = act(desk(site(), *INSIDE), seen, t("18:00"))
    found = owed(snapshot, t("18:00"))[DINNER]
    assert (found.state, found.count, found.total, found.left) == ("open", 4, 5, ("person-5",))
    assert snapshot.entries[1].told == RoundDone(people=EVERYBODY[:4], left=("person-5",))
    whole = act(snapshot, Discharge(obligation=DINNER), t("18:05"))
    assert whole.entries[2].told == RoundDone(people=("person-5",), after=1)
    assert owed(whole, t("18:05"))[DINNER].state == "done"


def test_somebody_who_is_not_there_is_never_dropped_from_those_seen() -> None:
    elsewhere = person(9, stage="site", site_id=2, room=1)
    seen = Discharge(obligation=DINNER, seen=(1, 9))
    assert refused(desk(site(), site(2), *INSIDE, elsewhere), seen, t("18:00")).code == "not_on_row"


def test_a_symptom_told_on_a_patrol_is_his() -> None:
    told = Discharge(obligation=DINNER, unwell=(3,), remarks={"person-3": "头晕"})
    snapshot = act(desk(site(), *INSIDE), told, t("18:00"))
    assert [(each.temp_c, each.symptom) for each in snapshot.readings[3]] == [(None, "头晕")]
    assert "suspected/person-3/2021-06-07" in owed(snapshot, t("18:01"))
    stranger = Discharge(obligation=DINNER, unwell=(9,), remarks={"person-9": "头晕"})
    assert refused(desk(site(), *INSIDE), stranger, t("18:00")).code == "not_on_row"
    assert refused(desk(site(), *INSIDE), Discharge(obligation=DINNER, unwell=(3,)), t("18:00")).code == "note_needed"


def test_who_was_not_there_on_a_patrol_was_not_seen_and_is_looked_for() -> None:
    """A patrol named him among those seen, whatever its note said of him."""
    told = Discharge(obligation=DINNER, absent=(3,), remarks={"person-3": "不在房"})
    snapshot = act(desk(site(), *INSIDE), told, t("18:00"))
    assert snapshot.entries[1].told == RoundDone(
        absent=("person-3",), left=(*EVERYBODY[:2], *EVERYBODY[3:]), remarks={"person-3": "不在房"}
    )
    (matter,) = snapshot.matters.values()
    assert (matter.subject, matter.cause, matter.what) == ("person-3", "absent", "不在房")
    rest = act(snapshot, Discharge(obligation=DINNER), t("18:05"))
    assert owed(rest, t("18:05"))[DINNER].state == "done"
    assert rest.entries[max(rest.entries)].told == RoundDone(people=(*EVERYBODY[:2], *EVERYBODY[3:]), after=1)
    assert rest.matters[1].closed_at is None
    assert refused(desk(site(), *INSIDE), replace(told, seen=(3,)), t("18:00")).code == "said_twice"
    assert refused(desk(site(), *INSIDE), replace(told, remarks={}), t("18:00")).code == "note_needed"
    assert (
        refused(desk(site(), *INSIDE), replace(told, absent=(9,), text="x", remarks={}), t("18:00")).code
        == "not_on_row"
    )


@pytest.mark.parametrize("also", [{"readings": usual(3)}, {"unwell": (3,), "remarks": {"person-3": "咳嗽"}}])
def test_who_was_not_there_was_neither_measured_nor_asked_how_he_is(also: dict[str, Any]) -> None:
    """His temperature stood beside an open row that he was not found, and nobody knew which was true."""
    told = by_name(usual(1, 2) | also.get("readings", {}), absent=(3,), text="外出")
    both = replace(told, **{name: value for name, value in also.items() if name != "readings"})
    refusal = refused(desk(site(), *INSIDE), both, t("18:00"))
    assert (refusal.code, refusal.fields["person"]) == ("said_twice", "人员3")


def test_who_is_seen_later_in_a_patrol_is_looked_for_no_more() -> None:
    gone = Discharge(obligation=DINNER, seen=(1, 2), absent=(3,), text="不在房")
    snapshot = act(desk(site(), *INSIDE), gone, t("18:00"))
    again = Discharge(obligation=DINNER, seen=(3, 4, 5), remarks={"person-3": "去打水"})
    back = act(snapshot, again, t("18:20"))
    assert back.matters[1].closed_at == t("18:20")
    assert owed(back, t("18:20"))[DINNER].state == "done"


def test_the_note_of_a_patrol_is_of_the_site_where_the_absent_have_words_of_their_own() -> None:
    told = Discharge(obligation=DINNER, absent=(3,), abnormal=True, text="门锁坏", remarks={"person-3": "不在房"})
    snapshot = act(desk(site(), *INSIDE), told, t("18:00"))
    assert [(each.subject, each.what) for each in snapshot.matters.values()] == [
        ("person-3", "不在房"),
        ("site-1", "门锁坏"),
    ]
    of_him = act(desk(site(), *INSIDE), replace(told, remarks={}, text="3室不在"), t("18:00"))
    assert [(each.subject, each.what) for each in of_him.matters.values()] == [("person-3", "3室不在")]


def test_a_disinfection_keeps_what_was_stated_and_nothing_else() -> None:
    duty = "disinfection-pm/site-1/2021-06-07"
    stated = Discharge(obligation=duty, figures={"mg_l": 500, "minutes": 30}, details={"agent": "84", "area": "走廊"})
    snapshot = act(desk(site()), stated, t("18:30"))
    assert snapshot.entries[1].told == Disinfected(area="走廊", agent="84", mg_l=500, minutes=30, checked_by=None)
    assert last_disinfection(snapshot, Subject("site", 1)) == snapshot.entries[1].told
    bare = act(desk(site()), Discharge(obligation=duty), t("18:30"))
    assert bare.entries[1].told == Disinfected(area=None, agent=None, mg_l=None, minutes=None, checked_by=None)
    assert last_disinfection(bare, Subject("site", 1)) is None
    wrong = Discharge(obligation=duty, figures={"mg_l": 0})
    assert refused(desk(site()), wrong, t("18:30")).code == "bad_figure"
    steam = Discharge(obligation=duty, details={"method": "steam"})
    assert refused(desk(site()), steam, t("18:30")).code == "unknown_method"


@pytest.mark.parametrize(
    ("started", "code"),
    [("18:30", "start_out_of_reach"), ("18:31", "start_out_of_reach"), ("18:29", None), ("17:00", None)],
)
def test_a_disinfection_begins_before_it_ends(started: str, code: str | None) -> None:
    stated = {"agent": "84", "method": "spray"}
    told = Discharge(obligation="disinfection-pm/site-1/2021-06-07", details=stated, started_at=t(started))
    if code is not None:
        assert refused(desk(site()), told, t("18:30")).code == code
        return
    snapshot = act(desk(site()), told, t("18:30"))
    done = snapshot.entries[1].told
    assert isinstance(done, Disinfected)
    assert (done.method, done.started_at) == ("spray", t(started))


@pytest.mark.parametrize(("hours", "minutes", "fits"), [(24, 0, True), (24, 1, False)])
def test_a_start_of_another_day_is_refused(hours: int, minutes: int, fits: bool) -> None:
    ended = t("18:30", 8)
    told = Discharge(
        obligation="disinfection-pm/site-1/2021-06-08", started_at=ended - timedelta(hours=hours, minutes=minutes)
    )
    if fits:
        assert act(desk(site()), told, ended).entries[1].told == Disinfected(
            area=None, agent=None, mg_l=None, minutes=None, checked_by=None, started_at=t("18:30")
        )
    else:
        assert refused(desk(site()), told, ended).code == "start_out_of_reach"


@pytest.mark.parametrize(
    ("obligation", "more"),
    [
        (DINNER, {"figures": {"measured": 5}}),
        (DINNER, {"readings": usual(1)}),
        (DINNER, {"details": {"agent": "84"}}),
        (EVENING, {"figures": {"measured": 5, "of": 5, "highest": 36.5, "mg_l": 500}}),
        ("disinfection-pm/site-1/2021-06-07", {"figures": {"ppm": 500}}),
        (EVENING, {"figures": {"measured": 5, "of": 5, "highest": 36.5}, "started_at": t("17:00")}),
        (STAFF, {"figures": {"checked": 5, "abnormal": 0, "measured": 5}}),
    ],
)
def test_what_a_form_does_not_ask_is_refused_and_never_dropped(obligation: str, more: dict[str, Any]) -> None:
    command = Discharge(obligation=obligation, **more)
    assert refused(desk(site(), *INSIDE), command, t("18:30")).code == "figures_unknown"


@given(st.lists(st.sets(st.integers(1, 5), min_size=1), min_size=1, max_size=4))
def test_a_round_is_whole_exactly_when_everybody_in_it_was_named(parts: list[set[int]]) -> None:
    """Whatever is told in whatever order: who was measured is settled, everybody else is left by name."""
    snapshot, told = desk(site(), *INSIDE), set[int]()
    for number, part in enumerate(parts):
        if len(told) == len(INSIDE):
            break
        told |= part
        snapshot = act(snapshot, by_name(usual(*sorted(part))), t("18:00") + timedelta(minutes=number))
        found = owed(snapshot, t("18:30"))[EVENING]
        assert found.left == tuple(f"person-{each}" for each in range(1, 6) if each not in told)
        assert (found.state, found.count) == ("done" if len(told) == len(INSIDE) else "open", len(told))


def test_a_missed_round_does_not_name_who_came_on_a_later_day() -> None:
    """Nobody is owed a round of the days before he was there, in this stay or in an earlier one."""
    old, new = (
        person(number, stage="site", site_id=1, room=number, admitted_on=t("12:00", day).date())
        for number, day in ((1, 6), (2, 8))
    )
    found = owed(desk(site(), old, new), t("08:30", 8))
    for slot, state in (("patrol-1", "missed"), ("temperature-pm", "missed")):
        row = found[f"{slot}/site-1/2021-06-07"]
        assert (row.state, row.people) == (state, (Subject("person", 1),))
    assert found["patrol-1/site-1/2021-06-08"].people == (Subject("person", 1), Subject("person", 2))
