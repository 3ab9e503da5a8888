"""The settings of a desk: dated values that reach forward only, and the switches of the command post."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.decide import decide
from dutyboard.rules.duties.person.queue import queue
from dutyboard.rules.duties.post.seats import next_shift_end
from dutyboard.rules.duties.post.settings import emergency, standing_settings
from dutyboard.rules.law.facts import PcrCert
from dutyboard.rules.people.course import course_of
from dutyboard.rules.records.commands.person import Confirm
from dutyboard.rules.records.commands.post import ChangeSetting, Discharge
from dutyboard.rules.records.model import NoticeInForce, Officer, Person, Site
from dutyboard.rules.records.settings import SETTINGS, settings_of
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import SettingSet
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import LI, WANG, act, actor, desk, notice, owed, refused, shift, site, t
from tests.rules.duties.test_queue import PLAIN, facts_of, someone, the_desk
from tests.rules.fact_sets import notices

LEADER = Officer(id=LI, name="李建国", role="leader")
MORNING = t("10:00")
ORDER = "指挥部 6 月 8 日电话通知"
MACAU = replace(
    PLAIN,
    border="macau",
    foreign_14d="no",
    stays=(),
    pcr=PcrCert(result="negative", sampled_at=datetime.fromisoformat("2021-06-06T10:30")),
)


def set_to(name: str, value: str, starts: datetime | None = None) -> ChangeSetting:
    return ChangeSetting(name=name, value=value, reason=ORDER, effective_from=starts)


def led(*records: Site | Person) -> Snapshot:
    return the_desk(LEADER, *records) if any(isinstance(each, Person) for each in records) else desk(LEADER, *records)


def changed(
    snapshot: Snapshot, name: str, value: str, starts: datetime | None = None, now: datetime = MORNING
) -> Snapshot:
    return act(snapshot, set_to(name, value, starts), now, actor(LI))


def standing(snapshot: Snapshot, name: str, now: datetime) -> tuple[str, str, datetime]:
    found = next(each for each in standing_settings(snapshot, now) if each.setting.name == name)
    return found.value, found.by, found.since


# ---------------------------------------------------------------- thresholds, windows and hours


def test_a_fever_threshold_set_for_tomorrow_leaves_the_round_of_today_abnormal() -> None:
    snapshot = changed(led(site()), "fever_c", "37.5", t("00:00", 8))
    measured = {"of": 10, "measured": 10, "highest": 37.4}
    for day in (7, 8):
        command = Discharge(
            obligation=f"temperature-am/site-1/2021-06-{day:02}", figures=measured, text="37.4 一人复测"
        )
        snapshot = act(snapshot, command, t("09:00", day))
    told = {entry.happened_at.day: entry.abnormal for entry in snapshot.entries.values() if entry.kind == "check"}
    assert told == {7: True, 8: False}


def test_the_fever_threshold_reaches_section_three_too() -> None:
    snapshot = led(someone(1, "3.5", facts=facts_of("3.5", temp_c=37.4)))
    snapshot = changed(snapshot, "fever_c", "37.5", t("00:00", 8), t("19:00"))
    codes = [course_of(snapshot.persons[1], snapshot, at).result.reasons for at in (t("23:59"), t("00:00", 8))]
    assert [[each.code for each in reasons] for reasons in codes] == [["symptoms_present"], []]


def test_a_shifted_window_begins_at_the_next_midnight_and_the_days_before_keep_theirs() -> None:
    snapshot = changed(led(site()), "patrol-3", "18:00/20:00/23:00", now=t("10:00", 8))
    assert standing(snapshot, "patrol-3", t("12:00", 9))[2] == t("00:00", 9)
    shown = {day: owed(snapshot, t("23:30", day))[f"patrol-3/site-1/2021-06-{day:02}"] for day in (7, 8, 9)}
    assert [(each.opens, each.due, each.closes) for each in shown.values()] == [
        (t("17:30", 7), t("19:30", 7), t("24:00", 7)),
        (t("17:30", 8), t("19:30", 8), t("24:00", 8)),
        (t("18:00", 9), t("20:00", 9), t("23:00", 9)),
    ]
    assert [each.state for each in shown.values()] == ["late", "late", "missed"]


def test_a_moved_shift_end_counts_from_its_instant() -> None:
    snapshot = changed(led(), "shift_ends", "07:30、19:30", t("18:00"))
    for minute in ("17:59", "18:00"):  # the change that comes is by the hours that hold then
        assert next_shift_end(snapshot, t(minute)) == t("19:30")
    assert next_shift_end(snapshot, t("20:00")) == t("07:30", 8)


def test_the_hours_of_a_handover_and_of_the_queue_are_those_of_when_they_began() -> None:
    shifts = [shift(n, "officer", WANG, t("08:00", 6 + n), t("20:00", 6 + n)) for n in (1, 2)]
    snapshot = the_desk(LEADER, *shifts, someone(1, "3.5"), someone(2, "3.5", registered_at=t("19:30")))  # type: ignore[arg-type]
    snapshot = changed(snapshot, "handover_due_after_minutes", "60", t("00:00", 8))
    snapshot = changed(snapshot, "unassessed_hours", "1", t("19:00"))
    shown = owed(snapshot, t("23:00", 8))
    handovers = {each.id: each.due for each in shown.values() if each.kind == "handover"}
    assert handovers == {
        "handover-2000/post/2021-06-07": t("20:30"),
        "handover-2000/post/2021-06-08": t("21:00", 8),
    }
    assert {key: shown[key].due for key in shown if key.startswith("assess/")} == {
        "assess/person-1/2021-06-07": t("20:00"),
        "assess/person-2/2021-06-07": t("20:30"),
    }


def test_a_change_is_told_in_the_log_and_stands_with_its_officer_and_reason() -> None:
    snapshot = changed(led(), "fever_c", "37.50".removesuffix("0"), t("12:00"))
    (entry,) = [each for each in snapshot.entries.values() if each.kind == "setting"]
    assert isinstance(entry.told, SettingSet)
    assert (entry.text, entry.entered_by, entry.told.from_, entry.told.to) == (ORDER, LI, "37.3", "37.5")
    assert standing(snapshot, "fever_c", t("11:59")) == ("37.3", "", t("00:00"))
    assert standing(snapshot, "fever_c", t("12:00")) == ("37.5", "李建国", t("12:00"))
    (waiting,) = [each for each in standing_settings(snapshot, t("11:59")) if each.planned]
    assert (waiting.setting.name, waiting.planned[0].reason) == ("fever_c", ORDER)


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        (set_to("fever", "37.5"), "unknown_setting", {"name": "fever"}),
        (set_to("screening_report", "18:00"), "unknown_setting", {"name": "screening_report"}),
        (set_to("fever_c", "high"), "setting_unreadable", {"name": "fever_c", "value": "high", "form": "degrees"}),
        (set_to("fever_c", "37.25"), "setting_unreadable", {"name": "fever_c", "value": "37.25", "form": "degrees"}),
        (set_to("fever_c", "60"), "bad_figure", {"name": "fever_c", "value": 60.0, "low": 30.0, "high": 45.0}),
        (set_to("fever_c", "34.9"), "temperatures_out_of_order", {"name": "fever_c", "at": t("10:00")}),
        (set_to("low_c", "37.3"), "temperatures_out_of_order", {"name": "low_c", "at": t("10:00")}),
        (set_to("most_c", "37.0"), "temperatures_out_of_order", {"name": "most_c", "at": t("10:00")}),
        (set_to("shift_ends", "20:00 08:00"), "shift_ends_out_of_order", {"name": "shift_ends"}),
        (set_to("shift_ends", "08:00 24:00"), "setting_unreadable", {"form": "times"}),
        (set_to("patrol-2", "11:30/13:30"), "setting_unreadable", {"name": "patrol-2", "form": "window"}),
        (set_to("patrol-2", "11:30/17:30/13:30"), "window_out_of_order", {"name": "patrol-2", "at": t("00:00", 8)}),
        (set_to("patrol-2", "11:00/13:30/17:30"), "windows_overlap", {"name": "patrol-2", "other": "patrol-2"}),
        (set_to("patrol-1", "07:00/09:00/12:00"), "windows_overlap", {"name": "patrol-1", "other": "patrol-2"}),
        (set_to("look_back_days", "13"), "bad_figure", {"name": "look_back_days", "low": 14, "high": 60}),
        (set_to("day_of_start", "2"), "setting_unreadable", {"name": "day_of_start", "form": "choice"}),
        (set_to("macau_rebound", "yes"), "setting_unreadable", {"name": "macau_rebound", "form": "switch"}),
        (set_to("fever_c", "37.5", t("09:59")), "before_now", {"at": t("09:59")}),
        (set_to("fever_c", "37.3"), "setting_unchanged", {"name": "fever_c", "value": "37.3"}),
        (replace(set_to("fever_c", "37.5"), reason=" "), "reason_needed", {}),
    ],
)
def test_a_change_that_cannot_be_names_what_is_wrong(
    command: ChangeSetting, code: str, told: dict[str, object]
) -> None:
    answer = refused(led(), command, t("10:00"), actor(LI))
    assert answer.code == code
    assert {key: answer.fields[key] for key in told} == told


def test_a_change_that_would_not_fit_one_planned_before_it_is_refused() -> None:
    snapshot = changed(led(), "low_c", "36.5", t("00:00", 10))
    answer = refused(snapshot, set_to("fever_c", "36.4", t("00:00", 8)), t("10:00"), actor(LI))
    assert (answer.code, answer.fields["at"]) == ("temperatures_out_of_order", t("00:00", 10))
    assert changed(snapshot, "fever_c", "36.6", t("00:00", 8))


def test_what_does_not_fit_a_notice_that_came_later_is_left_out_and_the_rest_applies() -> None:
    snapshot = changed(changed(led(site()), "fever_c", "36.0"), "take_back_minutes", "5")
    limits = replace(notice().daily.thresholds, low_c=36.5)
    other = replace(notice(), id="other", daily=replace(notice().daily, thresholds=limits))
    snapshot = replace(snapshot, notices_known={**snapshot.notices_known, "other": other})
    snapshot = snapshot.applied(9, [NoticeInForce(id=2, notice="other", effective_from=t("00:00", 9))])
    assert snapshot.daily_at(t("23:59", 8)).thresholds.fever_c == 36.0
    assert snapshot.daily_at(t("00:00", 9)).thresholds.fever_c == 37.3
    assert snapshot.daily_at(t("00:00", 9)).duty.take_back == timedelta(minutes=5)
    assert standing(snapshot, "fever_c", t("00:00", 9)) == ("37.3", "", t("00:00", 9))


def test_each_setting_lies_where_it_says_and_comes_back_as_it_is_written() -> None:
    for known in notices().values():
        for setting in settings_of(known).values():
            value = setting.value_in(known)
            written = setting.form.write(value)
            assert setting.form.read(written) == value
            assert setting.value_in(setting.laid_in(known, value)) == value
            if setting.form.kind in ("degrees", "whole"):
                assert isinstance(value, int | float)
                assert setting.lowest(known) <= value <= setting.high


# ---------------------------------------------------------------- the command post's switches


@pytest.mark.parametrize("name", ["emergency", "macau_rebound", "reading-O2", "look_back_days", "day_of_start"])
def test_who_does_not_lead_sets_nothing_that_is_about_persons(name: str) -> None:
    value = {"emergency": "off", "look_back_days": "21", "day_of_start": "1"}.get(name, "on")
    snapshot = led()
    admin = replace(snapshot.officers[1], role="admin")
    snapshot = snapshot.applied(snapshot.seq + 1, [admin])
    for officer in (1, WANG):
        assert refused(snapshot, set_to(name, value), t("10:00"), actor(officer)).code == "not_permitted"
    seated = snapshot.applied(9, [shift(1, "leader", WANG, t("08:00"), t("20:00"))])
    assert refused(seated, set_to(name, value), t("10:00"), actor(WANG)).code == "not_permitted"
    act(seated, set_to(name, value), t("10:00"), actor(LI))


def test_the_administrator_sets_hours_and_thresholds_and_nobody_else_who_does_not_lead() -> None:
    snapshot = led()
    snapshot = snapshot.applied(snapshot.seq + 1, [replace(snapshot.officers[1], role="admin")])
    act(snapshot, set_to("fever_c", "37.5"), t("10:00"), actor(1))
    assert refused(snapshot, set_to("fever_c", "37.5"), t("10:00"), actor(WANG)).code == "not_permitted"


def test_a_rebound_in_macau_asks_a_new_assessment_of_those_from_there_alone() -> None:
    snapshot = led(someone(1, "3.8b", facts=MACAU), someone(2, "3.8b"), someone(3, "3.8b", facts=MACAU))
    for number, clause in ((1, "3.4"), (2, "3.8b")):
        snapshot = act(snapshot, Confirm(person_id=number, clause=clause, officer_name="王芳"), t("19:00"))
    snapshot = changed(snapshot, "macau_rebound", "on", t("14:00", 8), t("20:00"))
    before = {each.person.id: each.course.result.clause for each in queue(snapshot, t("13:59", 8))}
    after = {each.person.id: (each.course.result.clause, each.changed) for each in queue(snapshot, t("14:00", 8))}
    assert before == {3: "3.4"}
    assert after == {1: ("3.5", True), 3: ("3.5", False)}
    again = owed(snapshot, t("14:30", 8))["reassess/person-1/2021-06-08"]
    assert (again.opens, again.due, again.state) == (t("14:00", 8), t("16:00", 8), "open")
    assessed = act(snapshot, Confirm(person_id=1, clause="3.5", officer_name="王芳", site_id=1, room=1), t("15:00", 8))
    assert [each.person.id for each in queue(assessed, t("15:00", 8))] == [3]
    ended = changed(assessed, "macau_rebound", "off", t("00:00", 9), t("16:00", 8))
    assert {each.person.id: each.course.result.clause for each in queue(ended, t("00:00", 9))} == {1: "3.4", 3: "3.4"}


def test_a_reading_that_is_confirmed_is_flagged_no_more_and_still_told() -> None:
    stay = replace(facts_of("3.7a").stays[0], code="440608", place="佛山市高明区")  # type: ignore[index]
    flagged = facts_of("3.5", admitted_on=date(2021, 6, 8))
    snapshot = led(someone(1, "3.5", facts=flagged), someone(2, "3.5", facts=replace(flagged, stays=(stay,))))
    result = course_of(snapshot.persons[1], snapshot, t("09:00", 8)).result
    assert (result.decision, result.flags) == ("decide_flag", ("O4",))
    snapshot = changed(snapshot, "reading-O4", "on", t("12:00", 8), t("10:00", 8))
    now = course_of(snapshot.persons[1], snapshot, t("12:00", 8)).result
    assert (now.decision, now.flags, "O4" in now.readings) == ("decide", (), True)
    assert (now.clause, now.dates) == (result.clause, result.dates)
    assert course_of(snapshot.persons[1], snapshot, t("11:59", 8)).result.decision == "decide_flag"


def test_the_desk_is_in_a_state_of_emergency_from_the_day_of_its_notice_until_who_leads_ends_it() -> None:
    snapshot = led()
    found = emergency(snapshot, t("10:00", 8))
    assert (found.value, found.since, found.by) == ("on", t("00:00"), "")
    snapshot = changed(snapshot, "emergency", "off", t("08:00", 20), t("10:00", 8))
    assert emergency(snapshot, t("07:59", 20)).value == "on"
    found = emergency(snapshot, t("08:00", 20))
    assert (found.value, found.since, found.by) == ("off", t("08:00", 20), "李建国")


# ---------------------------------------------------------------- forward only

hours = st.integers(0, 72)
values = st.sampled_from(
    [
        *(("fever_c", each) for each in ("36.9", "37.2", "37.5")),
        *(("low_c", each) for each in ("34.5", "36.0", "37.0")),
        *(("patrol-1", each) for each in ("06:00/08:00/10:00", "07:30/09:30/12:30")),
        *(("patrol-2", each) for each in ("12:00/14:00/17:00", "12:30/14:00/17:30")),
        *(("shift_ends", each) for each in ("07:00 19:00", "08:30")),
        *(("macau_rebound", each) for each in ("on", "off")),
        *(("reading-O4", each) for each in ("on", "off")),
        *(("emergency", each) for each in ("on", "off")),
    ]
)
acts = st.lists(st.tuples(hours, hours, values), max_size=8)


@given(acts, hours)
def test_what_applies_at_an_instant_never_changes_afterwards(
    made: list[tuple[int, int, tuple[str, str]]], at: int
) -> None:
    instant = t("00:00") + timedelta(hours=at, minutes=-1)
    snapshot, known = led(), None
    for said, later, (name, value) in sorted(made, key=lambda each: each[0]):
        now = t("00:00") + timedelta(hours=said)
        if known is None and now > instant:
            known = told(snapshot, instant)
        answer = decide(set_to(name, value, now + timedelta(hours=later)), snapshot, now, actor(LI))
        if isinstance(answer, Accepted):
            snapshot = snapshot.applied(snapshot.seq + 1, answer.changes)
            for starts in {each.effective_from for each in snapshot.setting_changes.values()}:
                assert snapshot.period_at(starts).disorder() is None
    assert known is None or told(snapshot, instant) == known


def told(snapshot: Snapshot, instant: datetime) -> object:
    """Return everything that applies at an instant."""
    values = tuple(
        (each.setting.name, each.value, each.since, each.by) for each in standing_settings(snapshot, instant)
    )
    return values, snapshot.daily_at(instant), snapshot.notice_at(instant).section_three.settings


def test_every_setting_of_the_table_is_known_under_each_notice() -> None:
    for known in notices().values():
        assert set(SETTINGS) < set(settings_of(known))
