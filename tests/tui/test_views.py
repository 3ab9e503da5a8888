"""The board as text, at 80x24 and wider: golden pages, and the edges of the strip."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dutyboard.rules.board import Counts, board
from dutyboard.rules.duties.post.seats import Sitting
from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.ids import DutyId, Subject
from dutyboard.rules.records.model import SettingChange
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.actions import Context
from dutyboard.tui.terminal.cells import Line, line_width, plain, width
from dutyboard.tui.text import Words, words
from dutyboard.tui.views.board import GROUP_FROM, grouped, listed, state_text, table_header, table_row
from dutyboard.tui.views.day import day_lines, last_first
from dutyboard.tui.views.entry.duty_names import duty_name
from dutyboard.tui.views.footer import action_keys, screen_keys
from dutyboard.tui.views.frame import frame_line, seats_line, second_line
from dutyboard.tui.views.log import log_detail, log_entries, log_header, log_row
from dutyboard.tui.views.reports import countdown, report_row, reports_counts, reports_header, reports_owed
from dutyboard.tui.views.rounds.matrix import columns_shown, matrix, matrix_header, matrix_row
from dutyboard.tui.views.strip import LABEL_CELLS, HoursShown, Watch, hour_marks, hours_around, seat_row, site_row
from dutyboard.tui.views.times import clause, deadline, near, span
from tests.tui.night import MIDNIGHT, NIGHT, ZONE, FakeGateway, at, desk_at_night

ZH, EN = words("zh"), words("en")

GOLDEN = Path(__file__).parent / "golden"


def page(cells: int, words: Words) -> list[Line]:
    """Everything the board shows at a width."""
    desk = desk_at_night()
    shown = board(desk.snapshot, NIGHT)
    sitting = next(s for s in shown.seats if s.seat == "officer" and s.state == "now")
    rows = listed(shown.obligations)
    entries = log_entries(desk.snapshot.entries.values())
    slots = matrix(desk.snapshot, shown.obligations, shown.day)
    columns = columns_shown(slots, 2, cells)
    return [
        frame_line(desk.snapshot.desk, shown.emergency, NIGHT, "王芳", sitting, words, cells),
        second_line(shown.seats, shown.counts, NIGHT, ZONE, words, cells),
        *day_lines(desk.snapshot, shown, NIGHT, words, 8, cells),
        table_header(words, cells, len(rows)),
        *(table_row(o, NIGHT, ZONE, words, cells) for o in rows),
        matrix_header(slots, columns, words),
        *(matrix_row(slots, row, columns, 2 if row == 0 else None, desk.snapshot) for row in range(len(slots.cells))),
        log_header(words, len(entries), len(entries)),
        *(log_row(e, desk.snapshot, words, cells) for e in entries[:3]),
        *log_detail(entries[0], desk.snapshot, words, cells),
        countdown(shown, NIGHT, desk.snapshot, words),
        reports_counts(reports_owed(shown), shown.day, words),
        reports_header(words),
        *(report_row(o, NIGHT, desk.snapshot, words) for o in reports_owed(shown)),
    ]


@pytest.mark.parametrize(("name", "cells", "words"), [("zh_80", 80, ZH), ("zh_120", 120, ZH), ("en_80", 80, EN)])
def test_the_page_is_as_it_was(name: str, cells: int, words: Words) -> None:
    """After a wanted change, write the file anew and read the difference."""
    lines = page(cells, words)
    assert "\n".join(plain(line) for line in lines) + "\n" == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert all(line_width(line) <= cells for line in lines if line)


@pytest.mark.parametrize(
    ("cells", "value", "state"),
    [
        (120, "off", "平常状态 06-07 18:00 起 王芳"),
        (120, "on", "应急状态 06-07 18:00 起 王芳"),
        (80, "off", "平常状态 06-07 起"),
        (76, "off", "平常状态"),
        (60, "off", "平常状态"),
    ],
)
def test_the_frame_tells_the_state_since_when_and_by_whom_as_far_as_there_is_room(
    cells: int, value: str, state: str
) -> None:
    desk = desk_at_night()
    officer = next(each for each in desk.snapshot.officers.values() if each.name == "王芳")
    told = SettingChange(
        id=1, name="emergency", value=value, effective_from=at(18), reason="令", set_by=officer.id, set_at=at(17)
    )
    shown = board(desk.snapshot.applied(desk.snapshot.seq + 1, [told]), NIGHT)
    sitting = next(s for s in shown.seats if s.seat == "officer" and s.state == "now")
    line = plain(frame_line(desk.snapshot.desk, shown.emergency, NIGHT, "王芳", sitting, ZH, cells))
    assert re.search(r"\d\d:\d\d (\S.*?) {1,}王芳 坐班", line).group(1) == state  # type: ignore[union-attr]
    assert width(line) == cells


def test_midnight_is_the_end_of_the_day_before() -> None:
    assert deadline(at(24), ZONE) == "06-07 24:00"
    assert deadline(at(23, 59), ZONE) == "06-07 23:59"


def test_no_row_of_frame_and_strip_has_an_ambiguous_width() -> None:
    import unicodedata

    for spoken in (ZH, EN):
        for line in page(80, spoken):
            assert not [c for c in plain(line) if unicodedata.east_asian_width(c) == "A"], plain(line)


# The strip


def owed(state: str, hour: int, minute: int = 0) -> Obligation:
    desk = desk_at_night()
    row = next(o for o in board(desk.snapshot, NIGHT).obligations if o.kind == "patrol")
    return replace(row, state=state, window=row.window._replace(due=at(hour, minute)))  # type: ignore[arg-type]


DAY = HoursShown(MIDNIGHT, 72)
"""The strip from midnight to midnight, which is what 80 cells show before 10 in the morning."""


def test_a_cell_is_20_minutes_and_midnight_shows_the_day_that_begins() -> None:
    assert [DAY.cell_of(at(*each)) for each in ((0,), (0, 19), (0, 20), (23, 59), (24,))] == [0, 0, 1, 71, 71]
    night = HoursShown(at(20), 30)
    assert plain(hour_marks(night, ZONE)) == " " * LABEL_CELLS + "20    22    06-08 2     4"


@pytest.mark.parametrize("cells", [60, 80, 120, 200])
@pytest.mark.parametrize("minute", range(0, 24 * 60, 97))
def test_the_hours_around_now_hold_now_and_what_comes_and_begin_with_the_first_day(cells: int, minute: int) -> None:
    now, today = MIDNIGHT + timedelta(minutes=minute), MIDNIGHT.date()
    shown = hours_around(now, today - timedelta(days=1), ZONE, cells)
    assert shown.holds(now) and shown.ends - now >= (now - shown.starts), "more of what comes than of what is past"
    assert shown.starts.hour % 2 == 0 and shown.starts.minute == 0
    assert shown.cells == cells - LABEL_CELLS == line_width(hour_marks(shown, ZONE)) - LABEL_CELLS
    assert hours_around(now, today, ZONE, cells).starts == max(MIDNIGHT, shown.starts)


@pytest.mark.parametrize(
    ("states", "mark"),
    [
        (("done", "late"), "!"),
        (("late", "missed"), "X"),
        (("done", "done_late"), "V"),
        (("open", "upcoming"), "o"),
        (("upcoming", "done"), "."),
        (("done",), "v"),
    ],
)
def test_two_marks_in_one_cell_show_the_worse(states: tuple[str, ...], mark: str) -> None:
    for order in (states, states[::-1]):
        line = site_row("涟源宾馆", [owed(state, 12, 5) for state in order], [], NIGHT, DAY)
        cells = plain(line)[4:]  # four characters take the eight cells of the label
        assert cells[36] == mark
        assert line_width(line) == LABEL_CELLS + DAY.cells


def test_what_is_due_at_an_hour_that_is_not_shown_is_not_in_the_last_cell() -> None:
    line = site_row("x", [owed("missed", -3)], [], NIGHT, DAY)
    assert "X" not in plain(line)


def test_now_is_marked_and_a_mark_hides_it() -> None:
    empty = plain(site_row("x", [], [], NIGHT, DAY))
    assert empty[LABEL_CELLS + 59] == "|"
    taken = plain(site_row("x", [owed("late", 19, 45)], [], NIGHT, DAY))
    assert taken[LABEL_CELLS + 59] == "!"
    coming = plain(site_row("x", [owed("done", 7)], [at(7), at(23), at(25)], NIGHT, DAY))
    assert (coming[LABEL_CELLS + 21], coming[LABEL_CELLS + 69], coming.count(".")) == ("v", ".", 1)


def test_a_night_shift_is_open_at_midnight() -> None:
    watches = [Watch("张强", at(20), at(32))]
    line = seat_row("值班", watches, lambda _: ("",), at(1), DAY)
    assert plain(line).endswith("<===张强====")
    assert ">" not in plain(line)


def test_a_gap_is_in_its_own_tone_with_its_length() -> None:
    watches = [Watch("张强", at(0), at(8)), Watch(None, at(8), at(10)), Watch("王芳", at(10), at(24))]
    line = seat_row("值班", watches, lambda gap: (f"缺岗{gap}", "120分"), at(23), DAY)
    gap = [text for text, tone in line if tone == "gap"]
    assert gap == ["!120分"] or gap == ["120分!"]


def test_a_gap_that_goes_on_behind_the_strip_shows_no_length() -> None:
    line = seat_row("值班", [Watch(None, at(20), None)], lambda _: ("120分",), at(19), DAY)
    assert [text for text, tone in line if tone == "gap"] == ["!" * 12]


def test_a_gap_across_a_name_leaves_no_half_character() -> None:
    watches = [Watch("王芳", at(0), at(2)), Watch(None, at(0, 40), at(1))]
    for minute in (20, 40, 60):
        watches[1] = Watch(None, at(0, minute), at(0, minute + 20))
        line = seat_row("值班", watches, lambda _: ("",), at(23), DAY)
        assert line_width(line) == LABEL_CELLS + DAY.cells


def test_a_gap_shorter_than_a_cell_is_still_seen() -> None:
    watches = [Watch("张强", at(0), at(8)), Watch(None, at(8), at(8, 5)), Watch("王芳", at(8, 5), at(24))]
    line = seat_row("值班", watches, lambda _: ("5分",), at(23), DAY)
    assert [text for text, tone in line if tone == "gap"] == ["!"]
    assert line_width(line) == LABEL_CELLS + DAY.cells


def with_sites(number: int) -> FakeGateway:
    """The desk at night with so many sites, those from the third on in the second town."""
    desk = desk_at_night()
    model, other = desk.snapshot.sites[1], min(set(desk.snapshot.units) - {desk.snapshot.sites[1].unit_id})
    more = [replace(model, id=each, name=f"{each:02}号宾馆", label="", unit_id=other) for each in range(3, number + 1)]
    desk.snapshot = desk.snapshot.applied(desk.snapshot.seq, more)
    return desk


def strip_labels(desk: FakeGateway, room: int, first: int = 0) -> list[str]:
    shown = board(desk.snapshot, NIGHT)
    return [plain(line)[:6].strip() for line in day_lines(desk.snapshot, shown, NIGHT, ZH, room, 80, first)[3:]]


def test_sites_without_room_are_counted_with_those_behind_and_reached_one_by_one() -> None:
    desk = with_sites(9)
    shown = board(desk.snapshot, NIGHT)
    assert strip_labels(desk, 12)[-1].startswith("09号")
    lines = day_lines(desk.snapshot, shown, NIGHT, ZH, 8, 80)
    assert len(lines) == 8
    assert plain(lines[-1]).strip() == "另有 5 处（5 处有逾期），左右键翻看，F3 全部"
    assert [last_first(desk.snapshot, room) for room in (12, 8)] == [0, 5]
    assert [label[:3] for label in strip_labels(desk, 8, 5)[:4]] == ["06号", "07号", "08号", "09号"]
    assert strip_labels(desk, 8, 99) == strip_labels(desk, 8, 5), "the last ones stay, whatever key comes"


def test_more_than_twelve_sites_without_room_are_one_row_a_town_with_the_worst_mark() -> None:
    desk = with_sites(14)
    town = {site.unit_id: desk.snapshot.units[site.unit_id].name[:4] for site in desk.snapshot.sites.values()}
    assert [label[:2] for label in strip_labels(desk, 10)] == [name[:2] for name in town.values()]
    assert len(strip_labels(desk, 17)) == 14, "where there is room each has its own"
    row = plain(day_lines(desk.snapshot, board(desk.snapshot, NIGHT), NIGHT, ZH, 10, 80)[3])
    assert "!" in row, "one site of the town is behind"


# Words


def test_times_clauses_and_spans() -> None:
    assert near(at(19, 30), NIGHT, ZONE) == "19:30"
    assert near(at(24), NIGHT, ZONE) == "24:00"
    assert near(at(-1), NIGHT, ZONE) == "06-06"
    assert [span(ZH.frame, m) for m in (0, 12, 60, 162, 4800)] == ["0分", "12分", "1时0分", "2时42分", "3天8时"]
    assert [clause(ZH.duties, c) for c in ("4.1a", "1.4", "3.12", "2.8", "?")] == [
        "四（一）",
        "一",
        "三（十二）",
        "二",
        "?",
    ]


def test_a_seat_without_anybody_is_said_in_the_frame() -> None:
    desk = desk_at_night()
    shown = board(desk.snapshot, at(9))
    gap: Sitting = next(s for s in shown.seats if s.seat == "leader" and s.state == "gap")
    assert gap.officer is None
    line = second_line(shown.seats, shown.counts, at(9), ZONE, ZH, 80)
    assert ("带班 缺岗!", "gap") in line
    assert line_width(line) == 80


@pytest.mark.parametrize("cells", range(24, 90))
def test_a_blank_parts_the_seats_at_any_width(cells: int) -> None:
    desk = desk_at_night()
    shown = board(desk.snapshot, at(9))
    gaps = tuple(replace(seat, officer=None, state="gap") for seat in shown.seats)
    now = tuple(
        replace(seat, officer="周带班", state="now", ends=at(20)) for seat in shown.seats if seat.seat == "leader"
    )
    line = plain(seats_line((*now, *gaps), at(9), ZONE, ZH, cells))
    assert re.fullmatch(r"带班 周带班( 至.*?)?( 带班 缺岗!)+( 坐班 缺岗!)", line), line


def test_late_and_missed_reports_are_unreported_never_zero() -> None:
    desk = desk_at_night()
    report = next(o for o in board(desk.snapshot, NIGHT).obligations if o.kind == "screening_report")
    assert state_text(report, NIGHT, ZONE, ZH) == "未报2时42分"
    assert state_text(replace(report, state="missed"), NIGHT, ZONE, ZH) == "未报"


@pytest.mark.parametrize("words", [ZH, EN])
@pytest.mark.parametrize("cells", [60, 80, 81, 82, 83, 84, 120])
def test_the_footer_cuts_no_key_in_two(words: Words, cells: int) -> None:
    context = Context(screen="board", selected=owed("late", 19, 30))
    screens = screen_keys(context, words, cells)
    actions = action_keys(context, words, cells - line_width(screens))
    assert line_width(screens) + line_width(actions) <= cells
    assert "Enter" in plain(actions) or cells == 60
    assert "F10" not in plain(actions)


def test_an_entry_that_was_written_after_the_clock_went_back_says_so() -> None:
    """By its number it comes after an entry of a later hour. A second less is a clock that was only kept right."""
    desk = desk_at_night()
    desk.submit(WriteLog(text="空调已修"))
    first = desk.snapshot.entries[max(desk.snapshot.entries)]
    number, hours = first.id + 1, timedelta(hours=3)
    behind = replace(first, id=number, entered_at=first.entered_at - hours, happened_at=first.happened_at - hours)
    near = replace(first, id=number + 1, entered_at=first.entered_at - timedelta(seconds=1))
    snapshot = desk.snapshot.applied(99, (behind, near))
    at, reached = (f"{each.astimezone(ZONE):%m-%d %H:%M}" for each in (behind.entered_at, first.entered_at))
    assert "[时钟倒退] 空调已修" in plain(log_row(behind, snapshot, ZH, 80))
    detail = "".join(map(plain, log_detail(behind, snapshot, ZH, 200)))
    assert f"时钟倒退：写于 {at}，而前面已有 {reached} 的条目" in detail
    for other in (first, near):
        assert "时钟" not in plain(log_row(other, snapshot, ZH, 80))
        assert "时钟" not in "".join(map(plain, log_detail(other, snapshot, ZH, 200)))


def test_phones_and_id_numbers_are_masked_in_the_log() -> None:
    line: Line = (("来电 13812345678 身份证 43138219900101123X 第 20210607 号", "plain"),)
    assert plain(line) == "来电 138****5678 身份证 4313**********123X 第 20210607 号"


def test_very_many_people_of_a_kind_are_one_row_that_counts_them() -> None:
    """The rounds stay in sight; the one row stands where the most urgent person stood."""
    shown = board(desk_at_night().snapshot, NIGHT)
    patrol = next(o for o in shown.obligations if o.kind == "patrol" and o.state == "late")
    people = [
        replace(
            patrol,
            id=DutyId("assess", Subject("person", n), NIGHT.date()),
            kind="assess",
            slot="assess",
            name=None,
            subject=f"旅客{n}",
        )
        for n in range(1, GROUP_FROM + 1)
    ]
    rows = [people[0], patrol, *people[1:]]
    assert grouped(rows[:-1]) == rows[:-1]
    one, kept = grouped(rows)
    assert kept is patrol
    assert (one.state, one.due, one.subject_id) == ("late", patrol.due, "post")
    assert f"待排查研判 {GROUP_FROM}" in plain(table_row(one, NIGHT, ZONE, ZH, 80))
    grave = replace(people[1], priority="red")
    assert grouped([people[0], grave, patrol, *people[2:]]) == [people[0], grave, patrol, *people[2:]]
    another = replace(people[1], id=DutyId("assess", Subject("person", 99), NIGHT.date()))
    one, red, kept = grouped([people[0], grave, patrol, *people[2:], another])
    assert (one.count, red, kept) == (GROUP_FROM, grave, patrol), "of top priority each stands by itself"


def test_a_row_of_top_priority_has_a_mark_of_its_own_until_it_is_done() -> None:
    row = owed("open", 20, 30)
    done = replace(row, state="done", priority="red")
    rows = (row, replace(row, priority="red"), done)
    assert [plain(table_row(each, NIGHT, ZONE, ZH, 80))[:5].rstrip() for each in rows] == [" o  涟", " !! 涟", " v  涟"]
    assert [line_width(table_row(each, NIGHT, ZONE, ZH, cells)) for each in rows for cells in (60, 80, 120)] == [
        60,
        80,
        120,
    ] * 3


@pytest.mark.parametrize(
    ("duty", "said"),
    [
        ("rooms/post/2021-06-07", "06-07 房间预测"),
        ("trace/person-1/2021-06-07", "06-07 旅客1 密接追踪移交"),
        ("home-check/unit-1/2021-06-07", "06-07 蓝田街道 居家监测核查"),
        ("screening/unit-1/2021-06-07", "06-07 蓝田街道 排查日报告"),
        ("patrol-1/site-1/2021-06-07", "06-07 涟源宾馆隔离点 早餐巡查"),
    ],
)
def test_a_duty_is_named_by_its_word_and_not_by_its_code(duty: str, said: str) -> None:
    assert duty_name(duty, desk_at_night().snapshot, ZH).split() == said.split()


ALL_COUNTS = {"positives": 12, "fevers": 12, "referrals": 12, "on_road": 12, "pending_screening": 120, "home": 170}


@pytest.mark.parametrize("unreported", [0, 14])
@pytest.mark.parametrize("spoken", [ZH, EN])
def test_the_leaders_name_is_not_cut_for_a_count(spoken: Words, unreported: int) -> None:
    """Zeros give way first, then the plain counts; nothing wrong does, and a cut is marked."""
    desk = desk_at_night()
    shown = board(desk.snapshot, NIGHT)
    counts = replace(shown.counts, **ALL_COUNTS, unreported=unreported, in_quarantine=180, rooms=214)
    seats = [replace(each, officer="欧阳卫东") if each.state == "now" else each for each in shown.seats]
    line = plain(second_line(seats, counts, NIGHT, ZONE, spoken, 80))
    frame = spoken.frame
    assert re.match(rf"{frame.seat_leader} 欧阳卫东 .*\|", line), line
    wrong = [frame.positives, frame.fevers, *([frame.unreported] if unreported else [])]
    assert all(each.format(n=n) in line for each, n in zip(wrong, (12, 12, 14), strict=False)), line
    assert frame.late.format(n=counts.late) in line
    cut = frame.home.format(n=170) not in line
    zeros = [each.format(n=0) in line for each in (frame.unreported, frame.due_soon) if each.format(n=0) in line]
    assert line.endswith("~") == cut and not (cut and zeros), line
    assert width(line) <= 80


def test_the_counts_of_a_busy_desk_stand_whole_in_english_at_80() -> None:
    desk = desk_at_night()
    shown = board(desk.snapshot, NIGHT)
    busy = {"positives": 1, "fevers": 2, "referrals": 1, "on_road": 1, "late": 3, "due_soon": 3}
    crowd = {"pending_screening": 12, "in_quarantine": 180, "rooms": 214, "home": 70, "unreported": 20}
    counts = replace(shown.counts, **busy, **crowd)
    line = plain(second_line(shown.seats, counts, NIGHT, ZONE, EN, 80))
    assert line.endswith("|pos1 fev2 ref1 road1 late3 soon3 scr12 rm180/214 home70 unrep20"), line


def test_no_count_that_is_not_zero_gives_way_before_a_zero() -> None:
    desk = desk_at_night()
    shown = board(desk.snapshot, NIGHT)
    counts = replace(shown.counts, positives=1, fevers=2, referrals=1, on_road=1, pending_screening=12, unreported=0)
    counts = replace(counts, in_quarantine=180, rooms=214, home=70)
    line = plain(second_line(shown.seats, counts, NIGHT, ZONE, ZH, 80))
    assert "带班 陈卫东" in line and "居家70" in line and "未报" not in line and "~" not in line
    assert width(line) <= 80


def test_the_leaders_name_is_not_cut_for_the_names_of_sites() -> None:
    desk = desk_at_night()
    shown = board(desk.snapshot, NIGHT)
    own = ZH.frame.own.format(
        name="、".join(["涟源宾馆隔离点", "桥头河集中隔离点", "人民公园酒店隔离点", "龙塘隔离点"])
    )
    line = plain(second_line(shown.seats, shown.counts, NIGHT, ZONE, ZH, 80, own))
    assert "带班 陈卫东 " in line and "|只含涟源宾馆" in line and line.endswith("未报2~"), line
    assert width(line) <= 80


def test_vacant_seats_are_not_cut_for_a_count() -> None:
    desk = desk_at_night()
    shown = board(desk.snapshot, at(9))
    gaps = [replace(each, officer=None, state="gap", starts=at(8)) for each in shown.seats]
    counts = replace(shown.counts, **ALL_COUNTS, unreported=14)
    line = plain(second_line(gaps, counts, at(9), ZONE, ZH, 80))
    assert "带班 缺岗!" in line and "坐班 缺岗!" in line and "阳性12 发热12" in line, line


@pytest.mark.parametrize("cells", range(1, 80))
@pytest.mark.parametrize("own", ["", "限金石镇"])
def test_the_second_line_fits_however_narrow(cells: int, own: str) -> None:
    """Every count may have to give way, where none is of something wrong."""
    quiet = Counts(**dict.fromkeys(Counts.__slots__, 0))
    for counts in (quiet, replace(quiet, late=3, in_quarantine=12)):
        assert line_width(second_line((), counts, NIGHT, ZONE, ZH, cells, own)) <= cells
