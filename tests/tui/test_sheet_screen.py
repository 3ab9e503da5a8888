"""A sheet taken in on screen: chosen or pasted, its unknown columns asked about, looked at, written; or left."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from dutyboard.rules.duties.sheets.headings import remembered
from dutyboard.rules.records.codes import SHEET_KINDS
from dutyboard.rules.records.commands import Actor, Command
from dutyboard.rules.records.commands.sheets import (
    ImportArrivals,
    ImportContacts,
    ImportRounds,
    ImportSites,
    RememberHeadings,
    UndoImport,
)
from dutyboard.rules.records.model import Record
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens import session_screen
from dutyboard.tui.screens.board import BoardScreen
from dutyboard.tui.screens.form import LABEL_CELLS, FormScreen
from dutyboard.tui.screens.forms.sheet.columns import ColumnsScreen
from dutyboard.tui.screens.forms.sheet.form import SheetForm, _Stopped, sheet_form
from dutyboard.tui.screens.forms.sheet.headings import open_headings
from dutyboard.tui.screens.forms.sheet.preview import PreviewForm, ResultScreen
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.sheets.headings import own_headings
from dutyboard.tui.sheets.notes import RowNote, SheetReport
from dutyboard.tui.terminal.cells import width
from dutyboard.tui.text import LANGUAGES, words
from dutyboard.tui.views.fields import choices_hint
from tests.tui.goldens import assert_golden
from tests.tui.night import Broken, FakeGateway, night
from tests.tui.on_board import SIZE
from tests.tui.screen_text import PATIENCE_SECONDS, app_of, shown, text, until, until_shown

ROWS = (
    "姓名\t身份证号\t来源地\t到涟时间\t抗原检测结果\t班级\n"
    "测甲\t43130219951230987X\t深圳市\t2021-06-06\t阳性\t三班\n"
    '测乙\t\t广州市\t2021-06-06\t阴性\t"四班\n二组"\n'
)
SITES = "名称,所在乡镇,房间数,状态,负责人,联系电话\n测试宾馆,蓝田街道,10,启用,赵测甲,13800000001\n"


class Slow(FakeGateway):
    """A desk that waits with each preview until it is told to go on."""

    def __init__(self, records: list[Record]) -> None:
        super().__init__(records)
        self.asked, self.go_on = Event(), Event()

    def preview(self, command: Command) -> Accepted | Refusal:
        self.asked.set()
        assert self.go_on.wait(PATIENCE_SECONDS)
        return super().preview(command)


class SlowToSave(FakeGateway):
    """A desk that waits with each act until it is told to go on."""

    def __init__(self, records: list[Record]) -> None:
        super().__init__(records)
        self.go_on = Event()

    def submit(self, *args: Any, **more: Any) -> Accepted | Refusal:
        assert self.go_on.wait(PATIENCE_SECONDS)
        return super().submit(*args, **more)


class FromOutside(FakeGateway):
    """A desk whose officer comes through the door of a server."""

    @property
    def actor(self) -> Actor:
        return replace(super().actor, address="203.0.113.9")


@asynccontextmanager
async def form_on(desk: FakeGateway, size: tuple[int, int] = SIZE, language: str = "zh") -> AsyncIterator[Pilot[None]]:
    """The first step of an import, opened on a desk."""
    async with app_of(desk, language).run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, BoardScreen), "the board")
        await until_shown(pilot, "现在要做的事" if language == "zh" else "To do now")
        sheet_form(pilot.app.session)  # type: ignore[attr-defined]
        await until(pilot, lambda: isinstance(pilot.app.screen, SheetForm), "the form")
        await until(pilot, lambda: "kind" in form(pilot).inputs and form(pilot).inputs["kind"].has_focus, "the form")
        yield pilot


def form(pilot: Pilot[None]) -> SheetForm:
    return next(each for each in pilot.app.screen_stack if isinstance(each, SheetForm))


async def paste(pilot: Pilot[None], rows: str) -> None:
    """What a terminal sends for a paste between its brackets."""
    pilot.app.post_message(events.Paste(rows))
    await until(pilot, lambda: form(pilot).inputs["file"].value != "", "the pasted rows")


async def at(pilot: Pilot[None], screen: type) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, screen), screen.__name__)
    await pilot.pause()


async def step(pilot: Pilot[None], screen: type, *keys: str) -> None:
    """Press keys that lead to another step of the import, and wait for it."""
    await pilot.press(*keys)
    await at(pilot, screen)


async def asked(pilot: Pilot[None]) -> ColumnsScreen:
    """The step that asks about columns, reached by pasting."""
    await paste(pilot, ROWS)
    await step(pilot, ColumnsScreen, "4", "f9")
    found = pilot.app.screen
    assert isinstance(found, ColumnsScreen)
    return found


async def answer(pilot: Pilot[None], field: str) -> None:
    """Choose a field for the column under the cursor, by typing its name."""
    await step(pilot, PickScreen, "enter")
    pilot.app.screen.entry.value = field  # type: ignore[attr-defined]
    await until(pilot, lambda: len(pilot.app.screen.table.keys) == 1, "one field")  # type: ignore[attr-defined]
    await step(pilot, ColumnsScreen, "enter")


async def test_pasted_rows_are_asked_about_looked_at_and_written_as_one_act() -> None:
    desk = FakeGateway(night())
    before = set(desk.snapshot.persons)
    async with form_on(desk) as pilot:
        columns = await asked(pilot)
        assert list(columns.table.keys) == ["0", "1"]
        assert "! 抗原检测结果" in text(pilot.app) and "四班 二组" in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("f9")
        await until_shown(pilot, "先说明它是哪一项")
        assert isinstance(pilot.app.screen, ColumnsScreen)  # nobody passes over a result
        await answer(pilot, "核酸结果")
        assert columns.table.selected == "1"
        await step(pilot, PreviewForm, "f9")
        preview = text(pilot.app)  # type: ignore[arg-type]
        assert "新增 2  更新 0  重复 0  退回 0" in preview and "「抗原检测结果」作核酸结果" in preview
        assert "第 3 行" in preview and desk.commands == []
        await step(pilot, ResultScreen, "f9")
        await until(pilot, lambda: len(desk.commands) == 2, "the import, and what it remembers")
        sheet, kept = desk.commands
        assert isinstance(sheet, ImportArrivals) and isinstance(kept, RememberHeadings)
        new = [each for number, each in desk.snapshot.persons.items() if number not in before]
        assert [each.name for each in new] == ["测甲", "测乙"]
        assert remembered(desk.snapshot, "arrivals", desk.actor.officer_id) == {"抗原检测结果": "pcr"}
        entry = next(each for each in desk.snapshot.entries.values() if each.kind == "import")
        assert f"日志第 {entry.id} 条" in text(pilot.app)  # type: ignore[arg-type]
        await step(pilot, BoardScreen, "enter")
        assert not any(key.startswith("sheet") for key in desk.drafts)


async def test_a_heading_that_was_answered_is_asked_no_more_until_it_is_forgotten() -> None:
    desk = FakeGateway(night())
    told = RememberHeadings(sheet="arrivals", headings={"抗原检测结果": "pcr", "班级": "-"})
    desk.submit(told)
    async with form_on(desk) as pilot:
        await paste(pilot, ROWS)
        await step(pilot, PreviewForm, "4", "f9")
        assert "抗原检测结果 > 核酸结果（已记住的）" in text(pilot.app)  # type: ignore[arg-type]
        await step(pilot, BoardScreen, "escape", "escape")
        open_headings(pilot.app.session)  # type: ignore[attr-defined]
        await at(pilot, PickScreen)
        await pilot.press("enter")
        await until_shown(pilot, "再按回车")
        assert len(desk.commands) == 1
        await pilot.press("enter")
        await until(pilot, lambda: len(desk.commands) == 2, "forgotten")
        assert remembered(desk.snapshot, "arrivals", desk.actor.officer_id) == {"班级": "-"}


async def test_escape_leaves_at_each_step_and_nothing_is_written() -> None:
    desk = FakeGateway(night())
    async with form_on(desk) as pilot:
        await asked(pilot)
        await answer(pilot, "核酸结果")
        await step(pilot, PreviewForm, "f9")
        await step(pilot, ColumnsScreen, "escape")
        await step(pilot, SheetForm, "escape")
        await step(pilot, BoardScreen, "escape")
        assert desk.commands == []
        (draft,) = (each for key, each in desk.drafts.items() if key == "sheet")
        assert draft["kind"] == "4" and draft["answers"] == '{"抗原检测结果": "pcr"}'
        assert not any("测" in str(each) and "抗原" not in str(each) for each in draft.values())  # no people in it


async def test_a_draft_brings_back_kind_file_and_answers(tmp_path: Path) -> None:
    desk, file = FakeGateway(night()), tmp_path / "a.tsv"
    file.write_text(ROWS, "utf-8")
    desk.drafts["sheet"] = {"kind": "4", "file": str(file), "answers": '{"抗原检测结果": "pcr"}'}
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        sheet_form(pilot.app.session)  # type: ignore[attr-defined]
        await until_shown(pilot, "有未登记的草稿")
        await pilot.press("enter")
        await until(pilot, lambda: form(pilot).inputs["file"].value == str(file), "the path")
        await step(pilot, ColumnsScreen, "f9")
        await until_shown(pilot, "核酸结果")
        await step(pilot, PreviewForm, "f9")


async def test_tab_completes_a_path_and_a_folder_opens_the_list_of_its_sheets(tmp_path: Path) -> None:
    desk = FakeGateway(night())
    folder = tmp_path / "来文"
    folder.mkdir()
    for name in ("sites.csv", "sites-2.csv", "~$sites.csv", "photo.png", ".hidden.csv"):
        (folder / name).write_text(SITES, "utf-8")
    async with form_on(desk) as pilot:
        await pilot.press("2", "enter")
        entry = form(pilot).inputs["file"]
        entry.value = str(tmp_path / "来")
        await pilot.press("tab")
        await until(pilot, lambda: entry.value == f"{folder}/", "the folder")
        await pilot.press("tab")
        await until(pilot, lambda: entry.value == f"{folder}/sites", "as far as it is clear")
        await pilot.press("f9")
        await until_shown(pilot, "没有这个文件")
        entry.value = str(folder)
        await step(pilot, PickScreen, "f9")
        assert list(pilot.app.screen.table.keys) == ["sites-2.csv", "sites.csv"]  # type: ignore[attr-defined]
        await pilot.press("down", "enter")
        await until(pilot, lambda: entry.value == f"{folder}/sites.csv", "the file")
        await step(pilot, PreviewForm, "f9")  # no column of it is unknown
        await step(pilot, ResultScreen, "f9")
        (command,) = desk.commands
        assert isinstance(command, ImportSites) and command.sites[0].name == "测试宾馆"


async def test_what_cannot_be_read_is_said_in_the_form(tmp_path: Path) -> None:
    desk, file = FakeGateway(night()), tmp_path / "a.csv"
    file.write_text("购物清单,价格\n苹果,3\n", "utf-8")
    async with form_on(desk) as pilot:
        await pilot.press("4", "enter", *str(file), "f9")
        await until_shown(pilot, "找不到表头")
        await step(pilot, BoardScreen, "escape")
        assert desk.commands == []


async def test_at_the_door_rows_are_pasted_and_no_file_is_read(tmp_path: Path) -> None:
    desk, file = FromOutside(night()), tmp_path / "a.csv"
    file.write_text(SITES, "utf-8")
    async with form_on(desk) as pilot:
        assert "ssh" in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("2", "enter", *str(file)[:4], "tab")
        await until_shown(pilot, "没有这样开头的文件夹或表格")
        form(pilot).inputs["file"].value = str(file)
        await pilot.press("f9")
        await until_shown(pilot, "从门外读不了")
        form(pilot).inputs["file"].value = ""
        await paste(pilot, SITES.replace(",", "\t"))
        await step(pilot, PreviewForm, "f9")


async def test_typing_over_pasted_rows_forgets_them() -> None:
    desk = FakeGateway(night())
    async with form_on(desk) as pilot:
        await paste(pilot, ROWS)
        form(pilot).inputs["file"].value = "/nowhere.csv"
        await pilot.pause()
        await pilot.press("4", "f9")
        await until_shown(pilot, "没有这个文件：nowhere.csv")


async def test_a_colleague_s_entry_between_preview_and_commit_is_said() -> None:
    desk = FakeGateway(night())
    async with form_on(desk) as pilot:
        await paste(pilot, SITES.replace(",", "\t"))
        await step(pilot, PreviewForm, "2", "f9")
        preview = pilot.app.screen
        assert isinstance(preview, PreviewForm)
        desk.submit(preview._make({}))  # type: ignore[arg-type]
        await step(pilot, ResultScreen, "f9")
        told = text(pilot.app)  # type: ignore[arg-type]
        assert "没有新内容" in told and "数目与预览不同" in told and "按 u" not in told


@pytest.mark.parametrize(
    ("size", "language"), [((80, 24), "zh"), ((120, 40), "zh"), ((80, 24), "en"), ((120, 40), "en")]
)
async def test_the_steps_are_as_they_were(size: tuple[int, int], language: str) -> None:
    name = f"{language}_{size[0]}"
    async with form_on(FakeGateway(night()), size, language) as pilot:

        def kept(step: str) -> None:
            rows = shown(pilot.app)  # type: ignore[arg-type]
            assert all(width(row) <= size[0] for row in rows)
            assert_golden(f"sheet_{step}_{name}", rows)

        await asked(pilot)
        kept("columns")
        await answer(pilot, "pcr")
        await step(pilot, PreviewForm, "f9")
        kept("preview")
        await step(pilot, ResultScreen, "f9")
        kept("result")


async def test_escape_stops_the_reading_and_what_it_finds_later_opens_nothing() -> None:
    desk = Slow(night())
    async with form_on(desk) as pilot:
        await paste(pilot, SITES.replace(",", "\t"))
        await pilot.press("2", "f9")
        await until(pilot, desk.asked.is_set, "the worker at work")
        await pilot.press("escape")
        await until_shown(pilot, "已停止，没有写入")
        desk.go_on.set()
        await pilot.press("f9")  # it is read again, behind what was given up
        await at(pilot, PreviewForm)
        assert sum(isinstance(each, PreviewForm) for each in pilot.app.screen_stack) == 1
        assert desk.commands == []


async def test_escape_in_the_step_of_columns_stops_the_reading_before_it_goes_back() -> None:
    desk = Slow(night())
    async with form_on(desk) as pilot:
        await asked(pilot)
        await answer(pilot, "核酸结果")
        await pilot.press("f9")
        await until(pilot, desk.asked.is_set, "the worker at work")
        await pilot.press("escape")
        await until_shown(pilot, "已停止，没有写入")
        assert isinstance(pilot.app.screen, ColumnsScreen)
        await step(pilot, SheetForm, "escape")
        desk.go_on.set()
        await step(pilot, BoardScreen, "escape")
        done = Event()
        pilot.app.session.fetch(lambda _: None, lambda _: done.set())  # type: ignore[attr-defined]
        await until(pilot, done.is_set, "the worker free")
        await pilot.pause()
        assert isinstance(pilot.app.screen, BoardScreen) and desk.commands == []


async def test_the_worker_ends_a_reading_that_was_left_with_the_next_row() -> None:
    async with form_on(FakeGateway(night())) as pilot:
        left = Event()
        told = form(pilot)._progress(left)
        form(pilot)._reading = left
        told(100, 200)
        await until_shown(pilot, "100/200")
        left.set()
        with pytest.raises(_Stopped):
            told(101, 200)


async def test_a_commit_that_fails_is_said_and_sent_again_under_its_name() -> None:
    desk = FakeGateway(night())
    async with form_on(desk) as pilot:
        await paste(pilot, SITES.replace(",", "\t"))
        await step(pilot, PreviewForm, "2", "f9")
        desk.trouble = Broken("disk_full")
        await pilot.press("f9")
        await until_shown(pilot, "未保存：磁盘已满")
        desk.trouble = None
        await step(pilot, ResultScreen, "f9")
        assert len(desk.commands) == len(desk.saved) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_sheet_can_be_chosen_and_fits_its_line(language: str) -> None:
    kinds = words(language).desk_acts.sheet_kinds
    assert set(kinds) == set(SHEET_KINDS)
    assert width(choices_hint(kinds)) <= SIZE[0] - LABEL_CELLS
    assert all(own_headings(kind) for kind in SHEET_KINDS)


def test_a_report_names_its_sheets_once_however_many_rows_it_has() -> None:
    report = SheetReport({}, (RowNote(1, "", "row_left", sheet="一月"), RowNote(2, "", "row_left", sheet="二月")))
    assert report.sheets == ("一月", "二月")
    assert report.sheets is report.sheets  # asked for each row: to count them anew made a long sheet take minutes


@pytest.mark.parametrize("keys", [("u",), ("z",), ("enter", "z")])
async def test_the_import_is_taken_back_with_one_key_and_a_confirmation(keys: tuple[str, ...]) -> None:
    desk = FakeGateway(night())
    before = set(desk.snapshot.persons)
    async with form_on(desk) as pilot:
        await asked(pilot)
        await answer(pilot, "核酸结果")
        await step(pilot, PreviewForm, "f9")
        await step(pilot, ResultScreen, "f9")
        await until(pilot, lambda: len(desk.commands) == 2, "the import, and what it remembers")
        assert set(desk.snapshot.persons) > before
        entry = next(each for each in desk.snapshot.entries.values() if each.kind == "import")
        for key in keys:  # from the result, or from the board that lies below it
            await pilot.press(key)
            if key == "enter":
                await at(pilot, BoardScreen)
        await until_shown(pilot, words("zh").amending.import_title.format(entry=entry.id))
        assert len(desk.commands) == 2  # it is shown first
        await pilot.press("f9")
        await until(pilot, lambda: len(desk.commands) == 3, "the undoing")
        assert desk.commands[-1] == UndoImport(entry_id=entry.id, layer=desk.layers[entry.id])
        gone = [each.end for number, each in desk.snapshot.persons.items() if number not in before]
        assert [each.how for each in gone if each is not None] == ["voided", "voided"]
        assert remembered(desk.snapshot, "arrivals", desk.actor.officer_id)  # the answer stays right


CONTACTS = (
    "姓名\t身份证号\t联系电话\t人员类别\t密接姓名\t末次接触时间\t核酸结果\n"
    "次甲\t\t19900000002\t次密接\t密甲\t2021-06-05\t\n"
    "密甲\t43130219951230987X\t19900000001\t密接\t\t2021-06-04\t阳性\n"
)


async def test_a_list_of_contacts_counts_its_links_and_shows_what_a_positive_of_it_brings() -> None:
    desk = FakeGateway(night())
    before = set(desk.snapshot.persons)
    async with form_on(desk) as pilot:
        await paste(pilot, CONTACTS)
        await step(pilot, PreviewForm, str(SHEET_KINDS.index("contacts") + 1), "f9")
        preview = text(pilot.app)  # type: ignore[arg-type]
        assert "新增 2  更新 0  重复 0  退回 0" in preview and "已关联到值班台上的密接或病例 1" in preview
        assert desk.commands == []
        await step(pilot, ResultScreen, "f9")
        (sheet,) = desk.commands
        assert isinstance(sheet, ImportContacts)
        new = {each.name: each for number, each in desk.snapshot.persons.items() if number not in before}
        assert [each.id for each in new["次甲"].facts.linked or ()] == [f"person-{new['密甲'].id}"]
        assert "次甲 由次密接按密接执行" in text(pilot.app)  # type: ignore[arg-type]


async def test_the_preview_and_the_result_write_a_report_that_comes_in_again(tmp_path: Path) -> None:
    desk, report = FakeGateway(night()), tmp_path / "report.csv"
    report.with_suffix(".doc").touch()
    async with form_on(desk) as pilot:
        await paste(pilot, SITES)
        await step(pilot, PreviewForm, "2", "f9")
        await pilot.press("ctrl+r")
        await until_shown(pilot, "核对表：")
        writing = pilot.app.screen
        assert isinstance(writing, FormScreen)
        assert writing.inputs["file"].value == "粘贴的表格-核对表.xlsx"
        for name, said in ((report.with_suffix(".doc"), "结尾"), (tmp_path / "none" / "a.csv", "a.csv"), (report, "")):
            writing.inputs["file"].value = str(name)
            await pilot.press("f9")
            await until_shown(pilot, said or "核对表已写入")
        await at(pilot, PreviewForm)
        rows = report.read_text("utf-8-sig").splitlines()
        assert rows[0] == "名称,所在乡镇,房间数,状态,负责人,联系电话,核对结果,核对原因" and "138****0001" in rows[1]
        await step(pilot, ResultScreen, "f9")
        await pilot.press("ctrl+r")
        await until_shown(pilot, "核对表：")
        writing = pilot.app.screen
        assert isinstance(writing, FormScreen)
        writing.inputs["file"].value = str(report)
        await pilot.press("f9")
        await until_shown(pilot, "已有文件")
        assert report.read_text("utf-8-sig").splitlines() == rows


async def test_at_the_door_the_report_is_had_by_the_command_line() -> None:
    async with form_on(FromOutside(night())) as pilot:
        await paste(pilot, SITES)
        await step(pilot, PreviewForm, "2", "f9")
        await pilot.press("ctrl+r")
        await until_shown(pilot, "import sites - --report -")
        assert isinstance(pilot.app.screen, PreviewForm)


async def test_why_rounds_are_told_late_is_asked_once_for_the_sheet() -> None:
    desk = FakeGateway(night())
    async with form_on(desk) as pilot:
        await paste(pilot, "日期,隔离点,轮次,时间,巡查人,情况\n2021-06-06,宾馆,早餐巡查,8:05,周涛,正常\n")
        kinds = list(words("zh").desk_acts.sheet_kinds)
        form(pilot).inputs["late"].value = "停电三天"
        form(pilot).inputs["kind"].value = str(kinds.index("rounds") + 1)
        await step(pilot, PreviewForm, "f9")
        await pilot.press("f9")
        await until(pilot, lambda: bool(desk.commands), "the sheet")
        sheet = desk.commands[0]
        assert isinstance(sheet, ImportRounds)
        assert [each.slot.reason for each in sheet.rounds] == ["粘贴的表格 停电三天"]


async def test_the_remedies_on_the_screen_are_those_of_the_screen() -> None:
    async with form_on(FakeGateway(night())) as pilot:
        await paste(pilot, "姓名\t来源地\t到涟时间\t班级\n测甲\t深圳市\t2021-06-06\t三班\n")
        await step(pilot, ColumnsScreen, "4", "f9")
        await step(pilot, PreviewForm, "f9")
        await until_shown(pilot, "Esc 返回")
        assert "要读入" in text(pilot.app).replace("\n", "") and "--map" not in text(pilot.app)  # type: ignore[arg-type]
        await step(pilot, SheetForm, "escape", "escape")
        form(pilot).inputs["file"].value = ""
        await paste(pilot, "甲\t乙\n丙\t丁\n")
        await pilot.press("f9")
        await until_shown(pilot, "找不到表头")
        assert "--map" not in text(pilot.app)  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "count"), [("zh", "{n} 秒"), ("en", "{n} s")])
async def test_the_seconds_of_a_long_check_are_counted_until_it_is_done(
    language: str, count: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_screen, "COUNT_SECONDS", 0.2)
    desk, said = Slow(night()), words(language).intake
    async with form_on(desk, (80, 24), language) as pilot:
        await paste(pilot, SITES.replace(",", "\t"))
        await pilot.press("2", "f9")
        for n in (1, 2):
            await until_shown(pilot, f"{said.deciding}  {count.format(n=n)}")
        desk.go_on.set()
        await at(pilot, PreviewForm)
        assert form(pilot).status.lines == ((("", "plain"),),)  # and nothing counts on behind it
        assert form(pilot)._counting is None


async def test_a_check_that_was_stopped_counts_no_more() -> None:
    desk = Slow(night())
    async with form_on(desk) as pilot:
        await asked(pilot)
        await answer(pilot, "核酸结果")
        await pilot.press("f9")
        await until(pilot, desk.asked.is_set, "the worker at work")
        columns = pilot.app.screen
        assert isinstance(columns, ColumnsScreen) and columns._counting is not None
        await pilot.press("escape")
        await until_shown(pilot, "已停止，没有写入")
        assert columns._counting is None
        desk.go_on.set()


async def test_the_seconds_of_a_long_saving_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_screen, "COUNT_SECONDS", 0.2)
    desk = SlowToSave(night())
    async with form_on(desk) as pilot:
        await paste(pilot, SITES.replace(",", "\t"))
        await step(pilot, PreviewForm, "2", "f9")
        await pilot.press("f9")
        await until_shown(pilot, f"{words('zh').forms.saving}  1 秒")
        desk.go_on.set()
        await at(pilot, ResultScreen)


@pytest.mark.parametrize("rows", [1, 51, 103, 200])
async def test_the_last_row_that_is_read_is_always_told(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    async with form_on(FakeGateway(night())) as pilot:
        with monkeypatch.context() as patched:
            patched.setattr(form(pilot), "post_message", lambda each: told.append((each.done, each.total)))
            progress = form(pilot)._progress(Event())
            for done in range(1, rows + 1):
                progress(done, rows)
    assert told[-1] == (rows, rows)


async def test_a_sheet_whose_title_names_a_known_unit_keeps_and_finds_the_answers_of_that_unit() -> None:
    desk = FakeGateway(night())
    town = next(each for each in desk.snapshot.units.values() if each.name.endswith("镇"))
    rows = f"填报单位：{town.name}\t\t\t\t\t\n" + ROWS
    own = desk.actor.officer_id
    async with form_on(desk) as pilot:
        await paste(pilot, rows)
        await step(pilot, ColumnsScreen, "4", "f9")
        await answer(pilot, "核酸结果")
        await step(pilot, PreviewForm, "f9")
        await step(pilot, ResultScreen, "f9")
        await until(pilot, lambda: len(desk.commands) == 2, "what is remembered")
        assert remembered(desk.snapshot, "arrivals", own, town.id) == {"抗原检测结果": "pcr"}
        assert remembered(desk.snapshot, "arrivals", own) == {}
        await step(pilot, BoardScreen, "enter")
        open_headings(pilot.app.session)  # type: ignore[attr-defined]
        await at(pilot, PickScreen)
        await until_shown(pilot, f"{town.name} 「抗原检测结果」")
        await pilot.press("enter")
        await until_shown(pilot, "再按回车")
        await pilot.press("enter")
        await until(pilot, lambda: not remembered(desk.snapshot, "arrivals", own, town.id), "forgotten")
