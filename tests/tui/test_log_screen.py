"""F6: slices that combine, past days out of the archives, and an entry with all its corrections."""

import threading
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.commands.post import Discharge, WriteLog
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.screens.log import LogScreen
from dutyboard.tui.screens.opened.entry import EntryScreen
from dutyboard.tui.terminal.cells import line_width, plain
from dutyboard.tui.text import Words, words
from dutyboard.tui.views.journal.log_slices import in_slices, slice_choices
from dutyboard.tui.views.log import log_entries
from tests.tui.goldens import assert_golden
from tests.tui.night import FakeGateway, at, desk_at_night, night
from tests.tui.on_board import PATROL, SIZE
from tests.tui.screen_text import app_of, shown, text, until, until_shown

ZH, EN = words("zh"), words("en")


def told() -> FakeGateway:
    """The night's rounds, a note, a call about a site, and the temperature of somebody who lives in one."""
    desk = desk_at_night()
    desk.submit(WriteLog(text="接市里通知"))
    desk.submit(WriteLog(text="空调已修", subject="site-2"))
    desk.submit(TakeReading(person_id=1, temp_c=36.6, device="额温枪", done_by="周涛"))
    return desk


async def log_opened(pilot: Pilot[None]) -> LogScreen:
    await until_shown(pilot, "现在要做的事")
    await pilot.press("f6")
    await until_shown(pilot, "登记人")
    screen = pilot.app.screen
    assert isinstance(screen, LogScreen)
    return screen


async def chosen(pilot: Pilot[None], typed: str, standing: str) -> None:
    """Choose by initials what the log shows."""
    await pilot.press("tab")
    await until_shown(pilot, "日志只看哪些")
    await pilot.press(*typed, "enter")
    await until_shown(pilot, standing)


async def test_slices_combine_and_the_heading_names_them_with_their_counts() -> None:
    desk = told()
    every = len(desk.snapshot.entries)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await log_opened(pilot)
        await chosen(pilot, "js", f"2/{every} 只看「记事」")
        await chosen(pilot, "桥头河集", f"1/{every} 只看「记事」「桥头河集中隔离点」")
        assert "空调已修" in text(pilot.app) and "接市里通知" not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("slash", *"没有的", "enter")
        await until_shown(pilot, f"0/{every}")
        await pilot.press("escape")
        await until_shown(pilot, f"({every})")
        await chosen(pilot, "周涛", "只看「周涛」")
        await until_shown(pilot, "36.6")
        await chosen(pilot, "周涛", f"({every})")


async def test_a_colleagues_entry_comes_into_its_slice_at_once_and_changes_only_the_count_of_another() -> None:
    desk = told()
    every = len(desk.snapshot.entries)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await log_opened(pilot)
        await chosen(pilot, "js", f"2/{every} 只看「记事」")
        desk.elsewhere(WriteLog(text="水管爆了"), "liumin")
        await until_shown(pilot, f"3/{every + 1} 只看「记事」")
        assert "水管爆了" in text(pilot.app)  # type: ignore[arg-type]
        desk.elsewhere(Discharge(obligation=PATROL), "liumin")
        await until_shown(pilot, f"3/{every + 2} 只看「记事」")


class Archived(FakeGateway):
    """A desk whose entries of a past day lie in an archive."""

    reader: threading.Thread | None = None

    def with_archived(self, *tables: str) -> Snapshot:
        assert "entries" in tables
        self.reader = threading.current_thread()
        first = min(self.snapshot.entries.values(), key=lambda each: each.id)
        old = replace(first, id=9000, happened_at=at(-40), entered_at=at(-40), text="旧年的事")
        gone = replace(self.snapshot.persons[1], id=901, name="早已解除")
        about = replace(old, id=9001, subject="person-901", text="归档人的事")
        return self.snapshot.applied(self.snapshot.seq, [old, gone, about])


async def test_the_days_before_are_read_out_of_the_archive_by_the_worker_and_today_comes_back() -> None:
    desk = Archived(night(), clock=at(19))
    desk.submit(WriteLog(text="今天的事"))
    opened = replace(desk.snapshot.settings[1], opened_at=at(-40))  # type: ignore[arg-type]
    desk.snapshot = desk.snapshot.applied(2, [opened])
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await log_opened(pilot)
        await pilot.press("left")
        await until_shown(pilot, "1/1 只看「06-07」")
        assert desk.reader is None, "nothing of today lies in an archive"
        await pilot.press("left")
        await until_shown(pilot, "0/3 只看「06-06」")
        await pilot.press("b")
        await until_shown(pilot, "2/3 只看「06-05」")
        assert "旧年的事" in text(pilot.app)  # type: ignore[arg-type]
        assert desk.reader is not None and desk.reader is not threading.main_thread()
        await pilot.press("enter")
        await until_shown(pilot, "没有更正过")
        await pilot.press("a")
        await until_shown(pilot, "此条已归档，不能再更正")
        await pilot.press("escape", "left")
        await until_shown(pilot, "没有更早的日子了")
        await pilot.press("right", "right", "right")
        await until_shown(pilot, "今天的事")
        await pilot.press("right")
        await until_shown(pilot, "内容 (1)")


async def test_what_is_told_of_somebody_in_the_archive_is_found_by_his_site() -> None:
    desk = Archived(night(), clock=at(19))
    desk.submit(WriteLog(text="今天的事"))
    desk.snapshot = desk.snapshot.applied(2, [replace(desk.snapshot.settings[1], opened_at=at(-40))])  # type: ignore[arg-type]
    async with app_of(desk).run_test(size=SIZE) as pilot:
        screen = await log_opened(pilot)
        screen._show_slices({"place": "site-1", "day": "2021-06-05"})
        await until_shown(pilot, "归档人的事")
        assert "旧年的事" not in text(pilot.app)  # type: ignore[arg-type]


async def test_an_entry_is_corrected_on_its_page_which_says_in_words_what_changed() -> None:
    desk = told()
    number = max(desk.snapshot.entries)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        screen = await log_opened(pilot)
        screen.table.select(str(number))
        await pilot.press("enter")
        await until_shown(pilot, "没有更正过")
        await pilot.press("ctrl+v")
        await until_shown(pilot, f"更正第 {number} 条")
        await pilot.press("f10")
        await until_shown(pilot, "没有更正过")
        again = TakeReading(person_id=1, temp_c=36.9, device="额温枪", done_by="周涛", happened_at=at(19, 42))
        desk.elsewhere(Amend(entry_id=number, reason="看错", instead=again), "liumin")
        await pilot.press("escape")
        await until_shown(pilot, "看错")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, EntryScreen), "the page")
        await until_shown(pilot, f"{number + 1} 号更正了 {number} 号：")
        assert_golden("entry_zh_80", shown(pilot.app))  # type: ignore[arg-type]
        await pilot.press("w")
        await until_shown(pilot, "改动记录")


async def test_beside_the_log_stands_the_entry_with_its_corrections() -> None:
    desk = told()
    number = max(desk.snapshot.entries)
    again = TakeReading(person_id=1, temp_c=36.9, device="额温枪", done_by="周涛", happened_at=at(19, 42))
    desk.submit(Amend(entry_id=number, reason="看错", instead=again))
    async with app_of(desk).run_test(size=(120, 24)) as pilot:
        await log_opened(pilot)
        await until_shown(pilot, "|    体温：原 36.6，改为 36.9")
        assert_golden("log_zh_120", shown(pilot.app))  # type: ignore[arg-type]
        await pilot.press("down", "down")
        await until_shown(pilot, "|  没有更正过")


async def test_an_entry_that_was_taken_back_says_so_on_its_page() -> None:
    desk = told()
    number = max(desk.snapshot.entries)
    desk.submit(Amend(entry_id=number, reason="不是他"))
    async with app_of(desk).run_test(size=SIZE) as pilot:
        screen = await log_opened(pilot)
        screen.table.select(str(number))
        await pilot.press("enter")
        await until_shown(pilot, "整条撤回")


@pytest.mark.parametrize(("name", "spoken"), [("log_slices_zh", ZH), ("log_slices_en", EN)])
def test_the_choice_counts_what_each_value_leaves_beside_the_others(name: str, spoken: Words) -> None:
    snapshot = told().snapshot
    entries = list(snapshot.entries.values())
    rows = slice_choices(entries, {"place": "site-1"}, snapshot, spoken)
    assert_golden(name, [plain(line) for *_, line in rows])
    assert all(line_width(line) <= 60 for *_, line in rows)
    for by, value, _, line in rows:
        passing = log_entries(entries, in_slices({"place": "site-1", by: value}, snapshot))
        assert plain(line).endswith(f" {len(passing)}"), (by, value)
