"""What the notice asks of the desk itself, and how a bad file is refused."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from dutyboard.rules import law
from dutyboard.rules.law.notice import NoticeError, load_notice

TEXT = (Path(law.__file__).parent / "notices" / "lianyuan-2021-07.toml").read_text(encoding="utf-8")
NOTICE = load_notice(TEXT, "lianyuan-2021-07.toml")


def clock(text: str) -> timedelta:
    return timedelta(hours=int(text[:2]), minutes=int(text[3:]))


def test_the_rounds_are_three_two_two_and_one() -> None:
    rounds = NOTICE.daily.rounds
    counts = (rounds.patrols, rounds.temperatures, rounds.disinfections, rounds.site_reports)
    assert [(each.value, each.clause) for each in counts] == [(3, "4.1a"), (2, "4.1b"), (2, "4.1c"), (1, "4.1e")]


@pytest.mark.parametrize(
    ("slot_id", "opens", "due", "closes", "clause"),
    [
        ("patrol-1", "07:00", "09:00", "11:30", "4.1a"),
        ("patrol-2", "11:30", "13:30", "17:30", "4.1a"),
        ("patrol-3", "17:30", "19:30", "24:00", "4.1a"),
        ("temperature-am", "06:30", "09:30", "12:00", "4.1b"),
        ("temperature-pm", "17:00", "20:30", "24:00", "4.1b"),
        ("disinfection-am", "08:00", "11:00", "12:00", "4.1c"),
        ("disinfection-pm", "18:00", "21:00", "24:00", "4.1c"),
        ("report", "00:00", "17:00", "24:00", "4.1e"),
    ],
)
def test_each_window(slot_id: str, opens: str, due: str, closes: str, clause: str) -> None:
    slot = NOTICE.daily.slot(slot_id)
    assert (slot.opens, slot.due, slot.closes) == (clock(opens), clock(due), clock(closes))
    assert (slot.clause, slot.source) == (clause, "setting")


def test_the_reports_and_the_roster() -> None:
    assert (NOTICE.daily.screening_report.due, NOTICE.daily.screening_report.clause) == (clock("17:00"), "2.8")
    assert NOTICE.daily.screening_report.desk == "grid_working_group"
    assert (NOTICE.daily.site_report.due, NOTICE.daily.site_report.desk) == (clock("24:00"), "command_office")
    roster = NOTICE.daily.roster_report
    assert roster.due == datetime.fromisoformat("2021-06-07T21:30")
    assert (roster.minimum.value, roster.minimum.clause, roster.clause) == (5, "1.7", "1.8")


def test_the_settings_of_the_desk() -> None:
    assert NOTICE.daily.duty.shift_ends == (clock("08:00"), clock("20:00"))
    assert NOTICE.daily.duty.due_soon == timedelta(minutes=30)
    assert NOTICE.daily.duty.entry_needs_reason_after == timedelta(hours=24)
    assert NOTICE.daily.duty.temperature_rounds_apart == timedelta(hours=6)
    limits = NOTICE.daily.thresholds
    assert (limits.fever_c, limits.low_c, limits.least_c, limits.most_c) == (37.3, 35.0, 34.0, 42.5)
    assert (limits.occupancy_percent, limits.forecast, limits.unassessed) == (
        80,
        timedelta(hours=48),
        timedelta(hours=2),
    )


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
        ('kind = "report"', 'kind = "reports"', "not_allowed", "slots[7].kind"),
        ("arrived_from = 2021-05-07", 'arrived_from = "7 May"', "not_a_date", "screening.arrived_from"),
        ("due = 2021-06-07T21:30:00", "due = 2021-06-07", "not_a_time", "reports.roster.due"),
        ("fever_c = 37.3", "fever_c = true", "not_a_number", "thresholds.fever_c"),
        ("fever_c = 37.3", "fever_c = 33", "out_of_order", "thresholds.fever_c"),
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
