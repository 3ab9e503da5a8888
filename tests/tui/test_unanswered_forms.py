"""A form whose answer never came: the next one says what became of it, and nothing is written twice."""

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.post import ChangeOfficer, WriteLog
from dutyboard.rules.records.model import Record
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.app import DutyApp
from dutyboard.tui.drafts import Attempt
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.link.pins import Given
from dutyboard.tui.text import words
from tests.tui.night import NIGHT, Broken, FakeGateway, desk_at_night
from tests.tui.screen_text import app_of, text, until, until_shown
from tests.tui.test_forms import call_form, note_form
from tests.tui.test_gateway import Clock, accepted
from tests.tui.test_gateway import desk as made

ROOT = Path(__file__).parents[2]
KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from dutyboard.store.files import disk
from tests.tui.test_unanswered_forms import app_on, note_form

async def typed():
    async with app_on(Path(sys.argv[1])).run_test() as pilot:
        await note_form(pilot)
        await pilot.press(*"停电了")
        sync = disk.fdatasync
        disk.fdatasync = lambda fd: (sync(fd), os.kill(os.getpid(), signal.SIGKILL))
        await pilot.press("f9")
        await asyncio.sleep(30)

asyncio.run(typed())
"""


def app_on(folder: Path) -> DutyApp:
    """The program on a desk of the disk."""
    return DutyApp(lambda: Gateway.open(folder, Identity("root"), clock=Clock(NIGHT)), words("zh"))


class Unsure(FakeGateway):
    """A desk that saves a note, and whose answer is lost on the way: once."""

    saves: bool | None = True
    """True: it saves before the answer is lost; False: it does not; None: the answer comes."""

    def submit(
        self, command: Command, rid: str = "", given: Sequence[Given] = (), over: Sequence[Record] = ()
    ) -> Accepted | Refusal:
        if isinstance(command, WriteLog) and self.saves is not None and not self.notes:
            if self.saves:
                super().submit(command, rid, given, over)
            raise Broken("unsure")
        return super().submit(command, rid, given, over)

    @property
    def notes(self) -> list[str]:
        """The notes that stand in the log."""
        return [each.text for each in self.commands if isinstance(each, WriteLog)]


def unsure_desk() -> Unsure:
    desk = desk_at_night()
    desk.__class__ = Unsure
    assert isinstance(desk, Unsure)
    return desk


async def left_unanswered(desk: FakeGateway) -> None:
    """Type a note, save it, get no answer, and lose the program."""
    async with app_of(desk).run_test() as pilot:
        await note_form(pilot)
        await pilot.press(*"停电了", "f9")
        await until_shown(pilot, "不知是否已保存")


async def test_saved_again_as_it_is_it_is_found_and_stands_once() -> None:
    desk = unsure_desk()
    await left_unanswered(desk)
    assert desk.notes == ["停电了"]
    app = app_of(desk)
    async with app.run_test() as pilot:
        await note_form(pilot)
        await until_shown(pilot, "有未登记的草稿")
        await pilot.press("enter")
        await until_shown(pilot, "这张表已于 19:42 登记。不改动再保存不会重复")
        assert "停电了" in text(app)
        await pilot.press("f9")
        await until_shown(pilot, "已于 19:42 登记，没有重复")
        await until(pilot, lambda: not desk.drafts, "the draft dropped")
    assert desk.notes == ["停电了"]


async def test_changed_it_is_another_one_and_the_officer_agrees_to_that() -> None:
    desk = unsure_desk()
    await left_unanswered(desk)
    async with app_of(desk).run_test() as pilot:
        form = await note_form(pilot)
        await until_shown(pilot, "已于 19:42 登记")
        await pilot.press("enter")
        form.inputs["text"].focus()
        await pilot.press("end", *"又来了", "f9")
        await until_shown(pilot, "改动前已于 19:42 登记一条。再按 F9 另记一条")
        assert desk.notes == ["停电了"]
        await pilot.press("f9")
        await until(pilot, lambda: desk.notes == ["停电了", "停电了又来了"], "the other one")


async def test_in_the_same_form_too_a_changed_text_does_not_become_a_second_entry_unseen() -> None:
    desk = unsure_desk()
    async with app_of(desk).run_test() as pilot:
        await note_form(pilot)
        await pilot.press(*"停电了", "f9")
        await until_shown(pilot, "不知是否已保存")
        await pilot.press(*"了", "f9")
        await until_shown(pilot, "改动前已于 19:42 登记一条")
        assert desk.notes == ["停电了"]


@pytest.mark.parametrize("more", ["", "又来了"])
async def test_what_was_not_saved_is_saved_now_changed_or_not(more: str) -> None:
    desk = unsure_desk()
    desk.saves = False
    await left_unanswered(desk)
    desk.saves = None
    async with app_of(desk).run_test() as pilot:
        form = await note_form(pilot)
        await until_shown(pilot, "有未登记的草稿：停电了")
        await pilot.press("enter")
        form.inputs["text"].focus()
        await pilot.press("end", *more, "f9")
        await until(pilot, lambda: desk.notes == [f"停电了{more}"], "the note")


async def test_a_saved_form_of_another_caller_is_named_as_saved() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        await call_form(pilot)
        await pilot.press(*"李四", "enter", *"问路", "f9")
        await until(pilot, lambda: bool(desk.commands), "the call")
    rid = next(iter(desk.saved))
    desk.drafts["call"] = {"caller": "李四", "_sent": f"{rid} {Attempt.of(desk.commands[0]).sent}"}
    async with app_of(desk).run_test() as pilot:
        await call_form(pilot)
        await until_shown(pilot, "已于 19:42 登记的一张")


async def test_a_refused_form_was_written_nowhere_and_gets_a_new_name() -> None:
    desk = desk_at_night()
    names: list[str] = []

    class Refusing(FakeGateway):
        def submit(
            self, command: Command, rid: str = "", given: Sequence[Given] = (), over: Sequence[Record] = ()
        ) -> Accepted | Refusal:
            names.append(rid)
            if len(names) == 1:
                return Refusal("text_too_long", {"name": "text", "most": 1})
            return super().submit(command, rid, given, over)

    desk.__class__ = Refusing
    async with app_of(desk).run_test() as pilot:
        await note_form(pilot)
        await pilot.press(*"停电了", "f9")
        await until(pilot, lambda: len(names) == 1, "the refusal")
        await pilot.pause()
        await pilot.press("f9")
        await until(pilot, lambda: len(names) == 2, "the note")
    assert names[0] and names[1] and names[0] != names[1]


@pytest.mark.parametrize("changed", [False, True])
async def test_killed_between_sync_and_answer_the_next_form_knows(tmp_path: Path, changed: bool) -> None:
    gateway = made(tmp_path / "desk")
    accepted(gateway, ChangeOfficer(officer_id=1, reason="报姓名", name="王芳芳"))  # the board asks who made the desk
    gateway.close()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "desk")], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    app = app_on(tmp_path / "desk")
    async with app.run_test() as pilot:
        form = await note_form(pilot)
        await until_shown(pilot, "已于 19:42 登记的一张")
        await pilot.press("enter")
        await until_shown(pilot, "这张表已于 19:42 登记")
        if changed:
            form.inputs["text"].focus()
            await pilot.press("end", *"又来了", "f9")
            await until_shown(pilot, "改动前已于 19:42 登记一条")
        await pilot.press("f9")
        await until_shown(pilot, "已保存" if changed else "没有重复")
        noted = [entry.text for entry in app.session.snapshot.entries.values() if entry.kind == "note"]
        assert noted == (["停电了", "停电了又来了"] if changed else ["停电了"])
    assert list((tmp_path / "desk" / "drafts").iterdir()) == []
