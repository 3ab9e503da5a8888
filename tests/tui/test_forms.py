"""Nothing typed is lost: not by a refusal, a failed save, leaving, a dropped line or a stray Escape."""

from textual.pilot import Pilot
from textual.widgets import Input

from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.widgets.text_input import TextInput
from tests.tui.night import Broken, desk_at_night
from tests.tui.screen_text import app_of, text, until, until_shown


async def note_form(pilot: Pilot[None]) -> FormScreen:
    """The note's form, open and with the cursor in its text."""
    await until_shown(pilot, "现在要做的事")
    await pilot.press("n")
    await until_shown(pilot, "确认保存")
    form = pilot.app.screen
    assert isinstance(form, FormScreen)
    return form


async def test_what_was_left_is_there_when_the_form_is_opened_again() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        await note_form(pilot)
        await pilot.press(*"停电了", "f10")
        await until_shown(pilot, "现在要做的事")
        assert list(desk.drafts.values()) == [{"text": "停电了", "time": ""}]
        await note_form(pilot)
        await until_shown(pilot, "已恢复上次未提交的草稿")
        assert "停电了" in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("f9")
        await until_shown(pilot, "已保存")
        assert [command.text for command in desk.commands if isinstance(command, WriteLog)] == ["停电了"]
        await until(pilot, lambda: not desk.drafts, "the draft dropped")


async def test_a_draft_is_kept_while_typing() -> None:
    """A dropped line ends the process: what was typed a second ago is on disk by then."""
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        await note_form(pilot)
        await pilot.press(*"停电")
        await until(pilot, lambda: bool(desk.drafts), "the draft")
        assert list(desk.drafts.values()) == [{"text": "停电", "time": ""}]


async def test_a_refusal_and_a_failed_save_keep_the_form() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        await note_form(pilot)
        await pilot.press(*"停电", "enter", *"2300", "f9")
        await until_shown(pilot, "时间还没到")
        desk.trouble = Broken("disk_full")
        await pilot.press(*["backspace"] * 4, "f9")
        await until_shown(pilot, "未保存：磁盘已满")
        assert "停电" in text(pilot.app)  # type: ignore[arg-type]
        desk.trouble = None
        await pilot.press("f9")
        await until_shown(pilot, "已保存")


async def test_a_bare_escape_discards_nothing() -> None:
    async with app_of(desk_at_night()).run_test() as pilot:
        form = await note_form(pilot)
        await pilot.press("x", "escape")
        await until_shown(pilot, "已输入的内容还在")
        assert pilot.app.screen is form
        await pilot.press("backspace", "escape")
        await until_shown(pilot, "现在要做的事")


async def test_a_draft_that_cannot_be_kept_is_not_dropped_without_a_second_key() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        form = await note_form(pilot)
        desk.trouble = Broken("disk_full")
        await pilot.press("x", "f10")
        await until_shown(pilot, "草稿未能保存")
        assert pilot.app.screen is form
        await pilot.press("f10")
        await until_shown(pilot, "现在要做的事")


async def test_enter_walks_down_and_saves_only_on_the_last_row() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        await note_form(pilot)
        await pilot.press("好", "enter", "enter")
        await until_shown(pilot, "> [ 确认保存 ]")
        assert desk.commands == []
        await pilot.press("up", "up", "down", "down", "enter")
        await until(pilot, lambda: len(desk.commands) == 1, "the note")


async def test_a_digit_in_a_field_is_a_digit_and_no_screen() -> None:
    async with app_of(desk_at_night()).run_test() as pilot:
        form = await note_form(pilot)
        await pilot.press("3", "６", "question_mark")
        assert pilot.app.screen is form
        assert form.typed["text"] == "3６?"


async def test_the_input_method_finds_the_cursor() -> None:
    """The terminal's cursor lies on the drawn one, in cells, from the first focus on; stock Input is a row off."""
    async with app_of(desk_at_night()).run_test() as pilot:
        form = await note_form(pilot)
        entry = form.inputs["text"]
        x, y = entry.content_region.offset
        await until(pilot, lambda: pilot.app.cursor_position == (x, y), "the anchor at the start")
        await pilot.press(*"检测")
        await until(pilot, lambda: pilot.app.cursor_position == (x + 4, y), "the anchor behind two characters")
        await pilot.press(*"测" * 60)
        await until(
            pilot, lambda: pilot.app.cursor_position == (entry.content_region.right - 1, y), "the anchor in the box"
        )
        assert isinstance(entry, TextInput)
        assert not entry.cursor_blink
        assert not [each for each in form.query(Input) if each.cursor_blink]
