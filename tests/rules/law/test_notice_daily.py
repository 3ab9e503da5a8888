"""What the notice asks of the desk itself, and how a bad file is refused."""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from dutyboard.rules import law
from dutyboard.rules.duties.pairs import ORIGINS, PAIRED
from dutyboard.rules.law.daily import FollowUp, SiteFigure
from dutyboard.rules.law.four_duties import DutyKind
from dutyboard.rules.law.notice import NoticeError, load_notice, read_notices

TEXT = (Path(law.__file__).parent / "notices" / "lianyuan-2021-07.toml").read_text(encoding="utf-8")
NOTICE = SHIPPED = load_notice(TEXT, "lianyuan-2021-07.toml")
FOLLOW_UP = '[follow_up]\ndays = {days}\nclause = "3.12"\n[duty]'
"""The nightly proof puts changed notices in the place of NOTICE; SHIPPED stays what it is."""


def clock(text: str) -> timedelta:
    return timedelta(hours=int(text[:2]), minutes=int(text[3:]))


def test_the_rounds_are_three_two_two_and_one() -> None:
    counts = {kind: (count.value, count.clause) for kind, count in NOTICE.daily.counts.items()}
    assert counts == {
        "patrol": (3, "4.1a"),
        "temperature": (2, "4.1b"),
        "disinfection": (2, "4.1c"),
        "report": (1, "4.1e"),
    }


@pytest.mark.parametrize(
    ("slot_id", "name", "head", "opens", "due", "closes", "clause"),
    [
        ("patrol-1", "早餐巡查", "早巡查", "07:00", "09:00", "11:30", "4.1a"),
        ("patrol-2", "午餐巡查", "午巡查", "11:30", "13:30", "17:30", "4.1a"),
        ("patrol-3", "晚餐巡查", "晚巡查", "17:30", "19:30", "24:00", "4.1a"),
        ("temperature-am", "早间测温", "早测温", "06:30", "09:30", "12:00", "4.1b"),
        ("temperature-pm", "晚间测温", "晚测温", "17:00", "20:30", "24:00", "4.1b"),
        ("disinfection-am", "早间消毒", "早消毒", "08:00", "11:00", "12:00", "4.1c"),
        ("disinfection-pm", "晚间消毒", "晚消毒", "18:00", "21:00", "24:00", "4.1c"),
        ("staff-check", "人员症状检测", "症状", "06:30", "20:30", "24:00", "4.1d"),
        ("report", "管控日报告", "日报告", "00:00", "17:00", "24:00", "4.1e"),
        ("home-check", "居家监测核查", "居家", "00:00", "20:00", "24:00", "3.12"),
    ],
)
def test_each_window(slot_id: str, name: str, head: str, opens: str, due: str, closes: str, clause: str) -> None:
    slot = NOTICE.daily.slot(slot_id)
    assert (slot.name.zh, slot.head.zh) == (name, head)
    assert (slot.opens, slot.due, slot.closes) == (clock(opens), clock(due), clock(closes))
    assert (slot.clause, slot.source) == (clause, "setting")


def test_a_site_owes_all_slots_but_the_check_of_those_at_home() -> None:
    assert [slot.id for slot in NOTICE.daily.site_slots] == [
        *("patrol-1", "patrol-2", "patrol-3", "temperature-am", "temperature-pm"),
        *("disinfection-am", "disinfection-pm", "staff-check", "report"),
    ]


def test_the_clause_of_each_duty_of_the_desk_itself() -> None:
    clauses = NOTICE.daily.clauses
    assert (clauses.seat, clauses.handover, clauses.assess) == ("1.4", "1.4", "2.7")
    assert (clauses.rescreen, clauses.rooms, clauses.staff_test) == ("2.4", "4.2", "4.1d")


def test_each_kind_of_duty_is_one_of_the_four() -> None:
    duties, of_side = NOTICE.daily.four_duties, dict[str, set[str]]()
    for kind, side in duties.sides.items():
        of_side.setdefault(side, set()).add(kind)
    assert duties.clause == "5.2" and set(duties.sides) == set(get_args(DutyKind))
    sites = {"site_report", "patrol", "temperature", "disinfection", "staff_check", "staff_test", "retake"}
    assert of_side == {
        "sector": {"test", "trace", "referral", "suspected"},
        "employer": sites,
        "individual": {"advice"},
        "local": set(get_args(DutyKind)) - {"test", "trace", "referral", "suspected", "advice"} - sites,
    }


def test_every_clause_that_the_daily_duties_name_is_quoted() -> None:
    daily, clauses = NOTICE.daily, NOTICE.daily.clauses
    named = {slot.clause for slot in daily.slots} | {getattr(clauses, name) for name in clauses.__slots__}
    named |= {daily.screening_report.clause, daily.roster_report.clause, daily.four_duties.clause}
    assert not [clause for clause in named if NOTICE.quote(clause) is None]


def test_a_quote_falls_back_to_the_item_and_the_section() -> None:
    assert SHIPPED.quote("4.1z") == SHIPPED.sentences["4.1"]
    assert SHIPPED.quote("3.99") == SHIPPED.sentences["3"]
    assert SHIPPED.quote("3.12") == SHIPPED.section_three.home_sentence
    assert SHIPPED.quote("3.1") == SHIPPED.section_three.branch("3.1 hospital").sentence
    assert SHIPPED.quote("9.1") is None


def test_the_reports_and_the_roster() -> None:
    assert (NOTICE.daily.screening_report.due, NOTICE.daily.screening_report.clause) == (clock("17:00"), "2.8")
    assert NOTICE.daily.screening_report.office.zh == "市疫情防控工作指挥部网格化工作组"
    assert NOTICE.daily.site_report.office.zh == "市疫情防控工作指挥部办公室"
    assert NOTICE.daily.roster_report.office == NOTICE.daily.screening_report.office
    assert set(NOTICE.daily.site_report.figures) == set(get_args(SiteFigure))
    assert NOTICE.daily.roster_report.figures == ("members", "without_director", "directors", "phones")
    pairs = [(today, total) for total, today in PAIRED.items()]
    origins = [name for today, total in pairs if total in ORIGINS for name in (today, total)]
    measures = [name for today, total in pairs if total not in (*ORIGINS, "total") for name in (today, total)]
    alone = ("pending", "tests_due", "tests_done", "tests_waiting", "lost", "unassigned")
    ways = ("himself", "grid", "hospital", "police", "other_county", "other", "not_said")
    assert NOTICE.daily.screening_report.figures == (
        *origins,
        *("new", "total"),
        *measures,
        *alone,
        *(f"found_{way}" for way in ways),
    )
    roster = NOTICE.daily.roster_report
    assert roster.due == datetime.fromisoformat("2021-06-07T21:30")
    assert (roster.minimum.value, roster.minimum.clause, roster.clause) == (5, "1.7", "1.8")


def test_the_settings_of_the_desk() -> None:
    assert NOTICE.daily.duty.shift_ends == (clock("08:00"), clock("20:00"))
    assert NOTICE.daily.duty.due_soon == timedelta(minutes=30)
    assert NOTICE.daily.duty.entry_needs_reason_after == timedelta(hours=24)
    assert NOTICE.daily.duty.temperature_rounds_apart == timedelta(hours=6)
    assert NOTICE.daily.duty.staff_pcr == timedelta(0), "the notice gives no frequency"
    assert NOTICE.daily.duty.lock_after == timedelta(0), "a screen locks only where a desk says so"
    limits = NOTICE.daily.thresholds
    assert (limits.fever_c, limits.low_c, limits.least_c, limits.most_c) == (37.3, 35.0, 34.0, 42.5)
    assert (limits.occupancy_percent, limits.forecast, limits.unassessed) == (
        80,
        timedelta(hours=48),
        timedelta(hours=2),
    )


def test_a_notice_may_ask_calls_after_a_release_and_this_one_asks_none() -> None:
    assert NOTICE.daily.follow_up is None
    asked = load_notice(TEXT.replace("[duty]", FOLLOW_UP.format(days="[3, 7, 14]"), 1), "calls.toml")
    assert asked.daily.follow_up == FollowUp(days=(3, 7, 14), clause="3.12")
    none = load_notice(TEXT.replace("[duty]", FOLLOW_UP.format(days="[]"), 1), "none.toml")
    assert none.daily.follow_up is None


def test_section_two_names_five_counties_and_a_day() -> None:
    assert NOTICE.daily.screening.arrived_from == date(2021, 5, 7)
    assert [county.name[-3:] for county in NOTICE.daily.screening.named] == [
        "荔湾区",
        "海珠区",
        "白云区",
        "禅城区",
        "电白区",
    ]
    assert [county.code for county in NOTICE.daily.screening.named] == [
        "440103",
        "440105",
        "440111",
        "440604",
        "440904",
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("[notice]", "[notice", "not_toml", None),
        ("[notice]", '[notice]\nbase = "lianyuan-2020"', "no_such_base", "notice.base"),
        ("[notice]", "[notice]\nbase = 2020", "no_such_base", "notice.base"),
        ("[notice]", '[notice]\nbase = "lianyuan-2021-07"', "bases_in_circle", "notice.base"),
        ('name = { zh = "早餐巡查", en', "name = { en", "missing_key", "slots[0].name.zh"),
        ('en = "breakfast patrol" }', 'en = "breakfast patrol", fr = "" }', "unknown_key", "slots[0].name.fr"),
        ('[sentences."1.1"]', '[sentences."1.1"]\nfr = "-"', "unknown_key", "sentences.1.1.fr"),
        ('rooms = "4.2"', "", "missing_key", "clauses.rooms"),
        ('patrol = "employer"\n', "", "missing_key", "four_duties.sides.patrol"),
        ('patrol = "employer"', 'patrol = "county"', "not_allowed", "four_duties.sides.patrol"),
        ('patrol = "employer"', 'patrol = "employer"\nmeal = "employer"', "unknown_key", "four_duties.sides.meal"),
        ('office = "command_office"', 'office = "post_office"', "not_allowed", "reports.site.office"),
        ('"members", "without_director"', '"members", "members"', "counted_twice", "reports.roster.figures"),
        ('"members", "without_director"', '"members", "cats"', "not_allowed", "reports.roster.figures[1]"),
        (
            'figures = ["members", "without_director", "directors", "phones"]',
            "figures = []",
            "not_a_list",
            "reports.roster.figures",
        ),
        ('worst = "fever clinic"', 'worst = "site + PCR"', "no_such_clause", "questions[2].worst"),
        ('provisional = "fever clinic"', 'provisional = "3.99"', "no_such_clause", "questions[2].provisional"),
        ("[reasons.sanfei]", "[reasons.san_fei]", "missing_key", "reasons.sanfei"),
        ('rooms = "4.2"', 'rooms = "4.2"\nroom = "4.2"', "unknown_key", "clauses.room"),
        ('id = "lianyuan-2021-07"\n', "", "missing_key", "notice.id"),
        ("due_soon_minutes = 30", "due_soon_minutes = 30\nsnooze = 5", "unknown_key", "duty.snooze"),
        ("due_soon_minutes = 30", 'due_soon_minutes = "30"', "not_a_whole_number", "duty.due_soon_minutes"),
        ("due_soon_minutes = 30", "due_soon_minutes = -1", "out_of_range", "duty.due_soon_minutes"),
        ('opens = "17:30"', 'opens = "5:30 pm"', "not_a_time_of_day", "slots[2].opens"),
        ('opens = "17:30"', 'opens = "24:30"', "not_a_time_of_day", "slots[2].opens"),
        ('due = "19:30"', 'due = "17:00"', "out_of_order", "slots[2].due"),
        ('opens = "17:30"', 'opens = "17:00"', "out_of_order", "slots (patrol-3)"),
        ('id = "patrol-3"', 'id = "patrol-2"', "counted_twice", "slots"),
        ("patrols = { value = 3", "patrols = { value = 4", "count_differs", "slots (patrol)"),
        ('kind = "report"', 'kind = "reports"', "not_allowed", "slots[8].kind"),
        ("arrived_from = 2021-05-07", 'arrived_from = "7 May"', "not_a_date", "screening.arrived_from"),
        ("due = 2021-06-07T21:30:00", "due = 2021-06-07", "not_a_time", "reports.roster.due"),
        ("fever_c = 37.3", "fever_c = true", "not_a_number", "thresholds.fever_c"),
        ("fever_c = 37.3", "fever_c = 33", "out_of_order", "thresholds.fever_c"),
        ("[duty]", "[follow_up]\ndays = [3]\n[duty]", "missing_key", "follow_up.clause"),
        ("[duty]", '[follow_up]\nclause = "3.12"\n[duty]', "missing_key", "follow_up.days"),
        ("[duty]", FOLLOW_UP.format(days="[0, 3]"), "out_of_range", "follow_up.days[0]"),
        ("[duty]", FOLLOW_UP.format(days="[3, 3]"), "counted_twice", "follow_up.days"),
        ("[duty]", FOLLOW_UP.format(days="[7, 3]"), "out_of_order", "follow_up.days"),
        ("[duty]", FOLLOW_UP.format(days='["3"]'), "not_a_whole_number", "follow_up.days[0]"),
        ("[duty]", FOLLOW_UP.format(days="3"), "not_a_list", "follow_up.days"),
        ("[duty]", FOLLOW_UP.format(days='[3]\nby = "phone"'), "unknown_key", "follow_up.by"),
        ('{ code = "440904", name = "广东省茂名市电白区" }', '"电白"', "not_a_table", "screening.named[4]"),
    ],
)
def test_a_bad_file_is_refused_by_key_path(old: str, new: str, code: str, path: str | None) -> None:
    assert TEXT.count(old) >= 1
    with pytest.raises(NoticeError) as caught:
        load_notice(TEXT.replace(old, new, 1), "bad.toml")
    assert (caught.value.file, caught.value.code) == ("bad.toml", code)
    if path is not None:
        assert caught.value.path == path


def test_every_question_says_why_it_refers_and_no_reason_is_left_over() -> None:
    assert {question.code for question in SHIPPED.section_three.questions} == set(tomllib.loads(TEXT)["reasons"])


# ---------------------------------------------------------------- a notice that states only what differs

AMENDED = """
[notice]
id = "lianyuan-2021-08"
base = "lianyuan-2021-07"
title = { zh = "补充通知", en = "supplement" }
effective_from = 2021-08-01T00:00:00

[reports.screening]
due = "16:00"

[sentences."2.8"]
zh = "须于每天下午4:00前上报。"
en = "Report before 4:00 pm."

[rounds]
patrols = { value = 1 }

[[slots]]
id = "patrol-1"
kind = "patrol"
name = { zh = "巡查", en = "patrol" }
head = { zh = "巡查", en = "Patr." }
clause = "4.1a"
opens = "07:00"
due = "09:00"
closes = "11:30"
source = "setting"
"""
FIRST = {"first.toml": TEXT}


def test_a_table_is_joined_key_by_key_and_a_list_is_replaced_whole() -> None:
    with pytest.raises(NoticeError) as caught:
        read_notices({**FIRST, "second.toml": AMENDED})
    assert (caught.value.file, caught.value.code, caught.value.path) == (
        "second.toml",
        "count_differs",
        "slots (temperature)",
    )
    own = AMENDED.split("[rounds]")[0]
    amended = read_notices({**FIRST, "second.toml": own})["lianyuan-2021-08"]
    assert amended.daily.screening_report.due == clock("16:00")
    assert amended.daily.screening_report.clause == "2.8"  # of the base
    assert amended.daily.slots == SHIPPED.daily.slots
    assert amended.title.zh == "补充通知"
    assert amended.effective_from == datetime.fromisoformat("2021-08-01T00:00")
    assert amended.text == own
    assert amended.quote("2.8") == amended.sentences["2.8"] != SHIPPED.sentences["2.8"]
    assert amended.quote("1.4") == SHIPPED.sentences["1.4"]


def test_a_base_may_have_a_base() -> None:
    third = """
[notice]
id = "third"
base = "lianyuan-2021-08"
title = { zh = "三", en = "three" }
effective_from = 2021-09-01T00:00:00
[thresholds]
fever_c = 37.5
"""
    found = read_notices({**FIRST, "second.toml": AMENDED.split("[rounds]")[0], "third.toml": third})["third"]
    assert (found.daily.thresholds.fever_c, found.daily.thresholds.low_c) == (37.5, 35.0)
    assert found.daily.screening_report.due == clock("16:00")


@pytest.mark.parametrize(
    ("second", "code", "path"),
    [
        (AMENDED.replace('due = "16:00"', 'dew = "16:00"'), "unknown_key", "reports.screening.dew"),
        (AMENDED.replace("effective_from", "effective"), "missing_key", "notice.effective_from"),
        (AMENDED.replace('id = "lianyuan-2021-08"', 'id = "lianyuan-2021-07"'), "counted_twice", "notice.id"),
        (AMENDED.replace('base = "lianyuan-2021-07"', 'base = "third"'), "bases_in_circle", "notice.base"),
        (AMENDED.replace('base = "lianyuan-2021-07"', 'base = "fourth"'), "no_such_base", "notice.base"),
    ],
)
def test_a_bad_file_with_a_base_is_refused_by_key_path(second: str, code: str, path: str) -> None:
    second = second.split("[rounds]")[0]
    third = AMENDED.split("[rounds]")[0].replace("2021-08", "2021-09").replace("lianyuan-2021-07", "lianyuan-2021-08")
    third = third.replace('id = "lianyuan-2021-09"', 'id = "third"')
    with pytest.raises(NoticeError) as caught:
        read_notices({**FIRST, "second.toml": second, "third.toml": third})
    assert (caught.value.file, caught.value.code, caught.value.path) == ("second.toml", code, path)
