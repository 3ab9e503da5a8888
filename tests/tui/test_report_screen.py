"""F7: counts that agree with the list, and a report read as it prints, stated, and written into a file."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from textual.pilot import Pilot

from dutyboard.rules.board import board
from dutyboard.rules.duties.post.screening.city import sheet_of
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import SendReport, WriteLog
from dutyboard.rules.records.ids import POST, Subject
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.export.kinds import KINDS, make_page
from dutyboard.tui.export.page import Maker, PageAsked
from dutyboard.tui.export.page_text import as_text
from dutyboard.tui.screens.printing import page as printed_page
from dutyboard.tui.screens.printing.page import PrintedPage
from dutyboard.tui.terminal.cells import line_width, plain
from dutyboard.tui.text import Words, words
from dutyboard.tui.views.reports import countdown, forming, report_row, reports_counts, reports_owed, tally
from tests.tui.goldens import assert_golden
from tests.tui.night import MIDNIGHT, NIGHT, FakeGateway, desk_at_night, night
from tests.tui.on_board import SIZE
from tests.tui.screen_text import app_of, shown, text, until, until_shown

ZH, EN = words("zh"), words("en")
DAY = MIDNIGHT.date()
SITE = Subject("site", 1)


def reported() -> FakeGateway:
    """The night's desk with one unit's report and one site's sent."""
    desk = desk_at_night()
    site = {"rooms": 30, "occupied": 4, "new": 0, "abnormal": 0}
    unit = Subject("unit", 2)
    sent = SendReport(kind="screening", subject=unit, day=DAY, figures={"total": 0}, zero=True, reporter="周涛")
    for each in (sent, replace(sent, kind="site", subject=SITE, figures=site, zero=False)):
        assert isinstance(desk.submit(each), Accepted)
    desk.commands.clear()
    return desk


def as_printed(desk: FakeGateway) -> list[str]:
    """Return the site's report as it prints."""
    asked = PageAsked(kind="site", subject=SITE, first=DAY, last=DAY, said_days=True)
    maker = Maker(desk.actor.login, desk.head)
    return as_text(make_page(asked, desk.snapshot, desk.now(), maker, ZH))


async def page_opened(pilot: Pilot[None], key: str) -> PrintedPage:
    await until_shown(pilot, "现在要做的事")
    await pilot.press("f7")
    await until_shown(pilot, "单位排查")
    pilot.app.screen.table.select(key)  # type: ignore[attr-defined]
    await pilot.press("enter")
    await until_shown(pilot, "存成文件")
    page = pilot.app.screen
    assert isinstance(page, PrintedPage)
    return page


@pytest.mark.parametrize("spoken", [ZH, EN], ids=["zh", "en"])
def test_the_counts_above_the_list_are_those_of_its_rows(spoken: Words) -> None:
    desk = reported()
    owed = reports_owed(board(desk.snapshot, NIGHT))
    said = plain(reports_counts(owed, DAY, spoken))
    rows = {each.id: plain(report_row(each, NIGHT, desk.snapshot, spoken)) for each in owed}
    said_missing = (spoken.screens.report_unreported, spoken.screens.report_missing.partition("{")[0])
    missing = [each for each in owed if any(word in rows[each.id] for word in said_missing)]
    for name, heading in spoken.screens.report_counts.items():
        of_kind = [each for each in owed if name == ("city" if each.subject_id == POST else each.kind)]
        assert f"{heading} {len([each for each in of_kind if each in missing])}/{len(of_kind)}" in said
    assert len(missing) == len(owed) - 2
    assert spoken.reports.whole in rows[f"screening-report/post/{DAY}"]
    assert line_width(reports_counts(owed, DAY, spoken)) <= 80


def head(desk: FakeGateway, now: datetime) -> list[str]:
    """The lines above the list."""
    shown_now = board(desk.snapshot, now)
    sheet = sheet_of(reports_owed(shown_now), desk.snapshot, shown_now.day)
    first = (*countdown(shown_now, now, desk.snapshot, ZH), *tally(sheet, ZH))
    lines = [first, reports_counts(reports_owed(shown_now), shown_now.day, ZH), *forming(sheet, ZH)]
    assert max(map(line_width, lines[:3])) <= 80
    return [plain(each) for each in lines]


def test_the_head_counts_the_zero_the_late_and_the_corrected_beside_the_missing() -> None:
    desk = reported()
    first, _, sums, missing = head(desk, NIGHT)
    assert first.endswith("已报 1/2  零报告 1  迟报 1  补报 0")
    assert (sums.strip(), missing) == ("合计： 合计 0", "未报 1：蓝田街道")
    unit = Subject("unit", 2)
    again = SendReport(kind="screening", subject=unit, day=DAY, figures={"total": 3}, zero=False, reporter="周涛")
    assert isinstance(desk.submit(again), Accepted)
    first, _, sums, _ = head(desk, NIGHT)
    assert first.endswith("已报 1/2  零报告 0  迟报 1  补报 1") and sums.strip() == "合计： 合计 3"


def test_where_nobody_has_reported_no_sum_is_said() -> None:
    first, _, sums, _ = head(desk_at_night(), NIGHT)
    assert first.endswith("已报 0/2  零报告 0  迟报 0  补报 0") and sums == "还没有单位报，没有合计。"


def test_after_midnight_the_head_counts_the_day_that_is_owed_and_says_the_day_before_apart() -> None:
    """At 3 a.m. the reports of today are owed, and whoever missed yesterday's can still be called."""
    first, counts, sums, missing = head(reported(), MIDNIGHT + timedelta(hours=27))
    assert "已报 0/2" in first and sums == "还没有单位报，没有合计。" and missing.startswith("未报 2：")
    assert "单位排查 2/2  全市排查 1/1  隔离点 2/2" in counts
    assert counts.endswith("06-07 未报 3/5"), "one unit and one site of five have sent theirs"


async def test_a_call_to_a_unit_is_saved_with_one_key_and_stands_in_its_row() -> None:
    desk = reported()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f7")
        await until_shown(pilot, "单位排查")
        pilot.app.screen.table.select(f"screening-report/unit-1/{DAY}")  # type: ignore[attr-defined]
        await pilot.press("u")
        await until_shown(pilot, ZH.forms.urged_whom)
        await pilot.press(*"刘敏", "tab", "0", "f9")
        await until_shown(pilot, "已催1次 19:42 未接")
        (called,) = desk.commands
        assert isinstance(called, WriteLog) and called.call is not None
        assert (called.call.urges, called.call.told, called.call.answered) == (
            f"screening-report/unit-1/{DAY}",
            "刘敏",
            False,
        )
        (row,) = [row for row in shown(pilot.app) if "已催1次" in row]  # type: ignore[arg-type]
        assert "蓝田街道" in row


async def test_a_report_is_read_as_it_prints_and_enter_goes_on_to_state_it_again() -> None:
    desk = reported()
    printed = as_printed(desk)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await page_opened(pilot, f"report/site-1/{DAY}")
        assert_golden("report_page_zh_80", shown(pilot.app))  # type: ignore[arg-type]
        assert all(line in text(pilot.app) for line in printed[:20])  # type: ignore[arg-type]  # the rest is below
        await pilot.press("enter")
        await until_shown(pilot, "F9 保存")
        await pilot.press("f9")
        await until(pilot, lambda: bool(desk.commands), "the report")
        (sent,) = desk.commands
        assert isinstance(sent, SendReport) and sent.subject == SITE
        await until_shown(pilot, "第2版")


async def test_the_citys_total_is_called_so_and_what_nobody_stated_is_no_report() -> None:
    async with app_of(reported(), "en").run_test(size=(60, 20)) as pilot:
        await until_shown(pilot, "To do now")
        await pilot.press("f7")
        await until_shown(pilot, "city total 1/1")
        pilot.app.screen.table.select(f"screening-report/post/{DAY}")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until_shown(pilot, EN.reports.post.format(desk="涟源市疫情防控"))
        assert_golden("report_page_en_60", shown(pilot.app))  # type: ignore[arg-type]


async def test_a_report_is_written_into_a_file_as_it_prints_and_no_file_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    desk = reported()
    printed = as_printed(desk)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await page_opened(pilot, f"report/site-1/{DAY}")
        await pilot.press("p")
        await until_shown(pilot, "写入文件")
        await pilot.press("f9")
        await until_shown(pilot, "已写入 ~/隔离点管控日报告_涟源宾馆隔离点_2021-06-07.xlsx")
        (book,) = tmp_path.glob("*.xlsx")
        assert load_workbook(book).active["A1"].value == printed[0]  # type: ignore[union-attr,index]
        assert desk.looked[-1][:2] == ("report", f"site 涟源宾馆隔离点 {DAY}")
        await pilot.press("ctrl+v")
        await until_shown(pilot, "写入文件")
        await pilot.press("f9")
        await until_shown(pilot, "已有")
        (entry,) = pilot.app.screen.inputs.values()  # type: ignore[attr-defined]
        entry.value = "~/a.doc"
        await pilot.press("f9")
        await until_shown(pilot, "文件名要以 .txt 或 .json 或 .xlsx 或 .pdf 结尾")
        entry.value = "~/a.txt"
        await pilot.press("f9")
        await until_shown(pilot, "已写入 ~/a.txt")
        assert (tmp_path / "a.txt").read_text(encoding="utf-8").splitlines() == printed
        assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o600


class AtDoor(FakeGateway):
    """A colleague who came in through the server's door."""

    @property
    def actor(self) -> Actor:
        return replace(super().actor, address="10.0.3.9")


async def test_at_the_door_no_file_is_written_and_the_command_for_ones_own_machine_is_said() -> None:
    desk = AtDoor(night())
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await page_opened(pilot, f"screening-report/unit-2/{DAY}")
        await pilot.press("p")
        await until_shown(pilot, "ssh 值班台 report screening --unit 桥头河镇")
        await until_shown(pilot, "--date 2021-06-07 --format xlsx - > 报告.xlsx")


async def test_every_sheet_is_chosen_from_one_list_read_on_other_days_and_copied() -> None:
    desk = reported()
    app = app_of(desk)
    async with app.run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f7", "l")
        await until_shown(pilot, "打印：各种报表")
        names = [row[2:].strip() for row in shown(pilot.app) if row.startswith(("> ", "  "))]  # type: ignore[arg-type]
        assert names == [ZH.pages.kinds[each] for each in KINDS][: len(names)] and len(names) > 10
        await pilot.press(*"gldgk", "enter")  # the initials of the site's daily report
        await until_shown(pilot, "涟源宾馆")
        await pilot.press("enter")
        await until_shown(pilot, "前一期")
        page = pilot.app.screen
        assert isinstance(page, PrintedPage) and (page.asked.kind, page.asked.last) == ("site", DAY)
        await pilot.press("y")
        await until_shown(pilot, "可粘贴到微信")
        assert app.clipboard.splitlines() == as_text(page.page)
        await pilot.press("f")
        await until_shown(pilot, "还没有到那一天")
        await pilot.press("b")
        await until_shown(pilot, str(DAY - timedelta(days=1)))
        await pilot.press("d")
        await until_shown(pilot, "选日期")
        await pilot.press(*"13-45", "f9")
        await until_shown(pilot, "「日期」应为日期")
        await pilot.press(*["backspace"] * 5, *"06-07", "f9")
        await until_shown(pilot, str(DAY))
        await pilot.press("escape")
        await until_shown(pilot, "单位排查")


async def test_a_page_too_long_for_a_clipboard_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed_page, "_MOST_COPIED", 10)
    async with app_of(reported()).run_test(size=SIZE) as pilot:
        await page_opened(pilot, f"report/site-1/{DAY}")
        await pilot.press("ctrl+k")
        await until_shown(pilot, "剪贴板放不下")
        assert pilot.app.clipboard == ""


async def test_a_sheet_wider_than_the_screen_is_looked_at_to_its_last_column() -> None:
    async with app_of(reported()).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f7", "l")
        await until_shown(pilot, "打印：各种报表")
        await pilot.press(*"qspc", "enter")
        await until_shown(pilot, "前一期")
        page = pilot.app.screen
        assert isinstance(page, PrintedPage)
        last = page.page.tables[0].columns[-1].head
        assert last not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press(*["right"] * 40)
        await until_shown(pilot, last)
        await pilot.press(*["left"] * 40)
        await until_shown(pilot, page.page.tables[0].columns[0].head)
