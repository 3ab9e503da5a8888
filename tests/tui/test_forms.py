"""Nothing typed is lost: not by a refusal, a failed save, leaving, a dropped line or a stray Escape."""

from asyncio import to_thread
from threading import Event

from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.ids import POST
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.widgets.text_input import TextInput
from tests.tui.night import Broken, desk_at_night
from tests.tui.screen_text import PATIENCE_SECONDS, app_of, text, until, until_shown

NOTHING_TYPED = {"text": "", "time": "", "owner": "", "due": "", "about": "", "_at": "2021-06-07T19:42+08:00"}
"""The draft of a note before the first key."""


async def note_form(pilot: Pilot[None]) -> FormScreen:
    """The note's form, open and with the cursor in its text."""
    await until_shown(pilot, "现在要做的事")
    await pilot.press("n")
    await until_shown(pilot, "确认保存")
    form = pilot.app.screen
    assert isinstance(form, FormScreen)
    return form


async def call_form(pilot: Pilot[None]) -> FormScreen:
    """The form of a phone call, open and with the cursor on the caller."""
    await until_shown(pilot, "现在要做的事")
    await pilot.press("c")
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
        assert list(desk.drafts.values()) == [{**NOTHING_TYPED, "text": "停电了"}]
        await note_form(pilot)
        await until_shown(pilot, "有未登记的草稿：停电了 19:42 共 1 项")
        await pilot.press("enter")
        await until_shown(pilot, "已恢复上次未提交的草稿（19:42）")
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
        assert list(desk.drafts.values()) == [{**NOTHING_TYPED, "text": "停电"}]


async def test_a_draft_is_kept_by_the_first_key_however_fast_the_rest_comes() -> None:
    """A timer that each key started anew never rang while an officer typed on: a dropped line lost the whole form."""
    async with app_of(desk_at_night()).run_test() as pilot:
        form = await note_form(pilot)
        await pilot.press("停")
        running = form._draft_timer
        await pilot.press(*"电了，三号楼")
        assert running is not None
        assert form._draft_timer is running


async def test_a_dropped_line_keeps_what_was_typed_up_to_the_last_key_while_the_worker_is_busy() -> None:
    """The worker may be at a board or a slow disk; what waits in its queue is older than what was typed."""
    desk, busy = desk_at_night(), Event()
    app = app_of(desk)
    async with app.run_test() as pilot:
        form = await note_form(pilot)
        app.session.fetch(lambda _: busy.wait(PATIENCE_SECONDS), lambda _: None)
        await pilot.press("停")
        form._keep_draft()
        await pilot.press(*"电了")
        await to_thread(app.keep_drafts)
        assert [draft["text"] for draft in desk.drafts.values()] == ["停电了"]
        busy.set()
        await until(pilot, lambda: app._thread._jobs.empty(), "the worker at rest")
    assert [draft["text"] for draft in desk.drafts.values()] == ["停电了"]


async def test_a_draft_of_another_call_is_offered_and_never_mixed_with_what_is_typed() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        await call_form(pilot)
        await pilot.press(*"孙七", "f10")
        await until_shown(pilot, "现在要做的事")
        form = await call_form(pilot)
        await until_shown(pilot, "有未登记的草稿：孙七 19:42 共 1 项")
        await pilot.press(*"李八", "f10")
        await until_shown(pilot, "现在要做的事")
        assert form.typed["caller"] == "李八"
        assert {draft["caller"] for draft in desk.drafts.values()} == {"孙七", "李八"}
        form = await call_form(pilot)
        await until_shown(pilot, "有 2 份未登记的草稿")
        await until_shown(pilot, "> 李八 19:42 共 1 项")
        await until_shown(pilot, "  孙七 19:42 共 1 项")
        await pilot.press("down")
        await until_shown(pilot, "> 孙七")
        await pilot.press("escape")
        await until_shown(pilot, "草稿留着")
        assert form.typed["caller"] == ""
        await pilot.press("f10")
        await until_shown(pilot, "现在要做的事")
        form = await call_form(pilot)
        await until_shown(pilot, "> 李八")
        await pilot.press("delete")
        await until_shown(pilot, "有未登记的草稿：孙七")
        await pilot.press("enter")
        await until_shown(pilot, "已恢复上次未提交的草稿")
        assert form.typed["caller"] == "孙七"
        assert {draft["caller"] for draft in desk.drafts.values()} == {"孙七"}


async def test_f12_empties_the_form_on_the_second_key_only() -> None:
    async with app_of(desk_at_night()).run_test() as pilot:
        form = await note_form(pilot)
        await pilot.press(*"停电", "f12")
        await until_shown(pilot, "再按一次 F12")
        assert form.typed["text"] == "停电"
        await pilot.press("了", "f12")
        assert form.typed["text"] == "停电了", "a key between the two takes the first one back"
        await pilot.press("f12")
        await until_shown(pilot, "已清空")
        assert not form.dirty


async def test_ctrl_k_empties_the_field_behind_the_cursor_and_no_other() -> None:
    async with app_of(desk_at_night()).run_test() as pilot:
        form = await note_form(pilot)
        await pilot.press(*"停电", "enter", *"1930", "left", "left", "ctrl+k")
        assert (form.typed["text"], form.typed["time"]) == ("停电", "19")


async def test_a_note_on_the_board_is_about_nobody_until_the_officer_says_so() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        form = await note_form(pilot)
        assert "关于涟源宾馆隔离点" in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press(*"空调已报修", "f9")
        await until_shown(pilot, "已保存")
        form = await note_form(pilot)
        await pilot.press(*"空调已报修", *["enter"] * 4, "1", "f9")
        await until(pilot, lambda: len(desk.commands) == 2, "the second note")
        assert [each.subject for each in desk.commands if isinstance(each, WriteLog)] == [POST, "site-1"]
        assert not form.is_current


async def test_a_note_in_a_list_of_people_is_about_nobody_until_the_officer_says_so() -> None:
    """The cursor stands on somebody in a list too: only his own page says that he is meant."""
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f5")
        await until_shown(pilot, ">旅客1")
        await pilot.press("n")
        await until_shown(pilot, "关于旅客1")
        await pilot.press(*"停电", "f9")
        await until_shown(pilot, "已保存")
        assert [each.subject for each in desk.commands if isinstance(each, WriteLog)] == [POST]


async def test_every_line_of_a_paste_is_kept() -> None:
    async with app_of(desk_at_night()).run_test() as pilot:
        form = await note_form(pilot)
        pilot.app.post_message(Paste("第一行：涟源宾馆\n第二行：3楼有人发热\r\n\n第三行：请核实\n"))
        await until(pilot, lambda: "第三行" in form.typed["text"], "the paste")
        assert form.typed["text"] == "第一行：涟源宾馆 / 第二行：3楼有人发热 / 第三行：请核实"


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
        await pilot.press("好", *["enter"] * (len(NOTHING_TYPED) - 1))
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


async def test_a_draft_of_a_note_is_offered_on_every_row_and_keeps_whom_it_was_about() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        form = await note_form(pilot)
        await pilot.press(*"空调已报修", *["enter"] * 4, "1", "f10")
        await until_shown(pilot, "现在要做的事")
        await pilot.press("down")
        form = await note_form(pilot)
        assert "关于桥头河集中隔离点" in text(pilot.app)  # type: ignore[arg-type]
        await until_shown(pilot, "有未登记的草稿：空调已报修")
        await pilot.press("enter")
        await until_shown(pilot, "关于涟源宾馆隔离点")
        assert form.typed["about"] == "1"
        await pilot.press("f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the note")
    assert [each.subject for each in desk.commands if isinstance(each, WriteLog)] == ["site-1"]
