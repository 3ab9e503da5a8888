"""No exception of a handler, a view, a timer or a worker ends a shift: one line on screen, one in a private file."""

import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from dutyboard.rules.duties.duty import UntilDone
from dutyboard.rules.duties.every_duty import DUTIES
from dutyboard.rules.records.model import Entry, Person
from dutyboard.tui import faults
from dutyboard.tui.app import DutyApp
from dutyboard.tui.faults import fault_of
from dutyboard.tui.screens.board import BoardScreen
from dutyboard.tui.text import words
from tests.tui.night import FakeGateway, desk_at_night
from tests.tui.screen_text import app_of, shown, text, until, until_shown

SIZE = (80, 24)
SECRET = "13812345678"
LINE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [A-Z]\w+ [\w/]+\.py:\d+ [\w<>]+$")


def broken(*_: object, **__: object) -> None:
    """What raises with a value in its text."""
    raise ValueError(SECRET)


class Unmade:
    """A command that cannot be made; a class, because annotations name it beside others."""

    def __init__(self, **_: object) -> None:
        broken()


def page(pilot: Pilot[None]) -> str:
    return text(pilot.app)  # type: ignore[arg-type]


async def goes_on(pilot: Pilot[None], file: Path, kind: str = "ValueError") -> None:
    """The line is there, the file holds type and place alone, and every key still works."""
    await until_shown(pilot, f"程序出错 {kind} ")
    lines = file.read_text("utf-8").splitlines()
    assert lines
    assert all(LINE.match(line) for line in lines)
    assert SECRET not in page(pilot)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    await pilot.press("f6")
    await until_shown(pilot, "登记人")
    await pilot.press("f2")
    await until_shown(pilot, "现在要做的事")
    assert pilot.app.is_running
    assert pilot.app.return_code is None


async def test_a_handler_of_a_screen_that_raises(monkeypatch: pytest.MonkeyPatch, faults_written: Path) -> None:
    monkeypatch.setattr("dutyboard.tui.screens.board.discharge", broken)
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("enter")
        await goes_on(pilot, faults_written)
        assert "tui/screens/board.py" in faults_written.read_text("utf-8")


async def test_a_handler_of_a_widget_that_raises(monkeypatch: pytest.MonkeyPatch, faults_written: Path) -> None:
    monkeypatch.setattr("dutyboard.tui.widgets.live_table.LiveTable._move", broken)
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("down")
        await goes_on(pilot, faults_written)
        monkeypatch.undo()
        before = page(pilot)
        await pilot.press("down")
        await until(pilot, lambda: page(pilot) != before, "the table still takes keys")


async def test_a_form_whose_command_cannot_be_made(monkeypatch: pytest.MonkeyPatch, faults_written: Path) -> None:
    monkeypatch.setattr("dutyboard.tui.screens.forms.post.entries.WriteLog", Unmade)
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("n", *"空调", "f9")
        await until_shown(pilot, "程序出错 ValueError ")
        assert "空调" in page(pilot)
        await pilot.press("f10")
        await until_shown(pilot, "现在要做的事")
        await goes_on_without_a_new_line(pilot, faults_written)


async def goes_on_without_a_new_line(pilot: Pilot[None], file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) == 1
    await pilot.press("f6")
    await until_shown(pilot, "登记人")


async def test_an_answer_that_cannot_be_told_does_not_hold_the_keys(
    monkeypatch: pytest.MonkeyPatch, faults_written: Path
) -> None:
    """The keys wait while a form is opened: they must not wait for ever for one that cannot be."""
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        monkeypatch.setattr("dutyboard.tui.screens.form_parts.FormScreen", broken)
        await pilot.press("f7", "f")
        await goes_on(pilot, faults_written)


async def test_a_view_that_raises(monkeypatch: pytest.MonkeyPatch, faults_written: Path) -> None:
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        monkeypatch.setattr("dutyboard.tui.screens.reports.countdown", broken)
        await pilot.press("f7")
        await goes_on(pilot, faults_written)


async def test_a_line_that_cannot_be_drawn(monkeypatch: pytest.MonkeyPatch, faults_written: Path) -> None:
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        monkeypatch.setattr("dutyboard.tui.screens.log.log_header", lambda *_: ((None, "dim"),))
        await pilot.press("f6")
        await until(pilot, faults_written.exists, "the fault")
        monkeypatch.undo()
        await pilot.press("f2")
        await until_shown(pilot, "现在要做的事")


async def test_a_board_that_cannot_be_computed_leaves_the_last_one(
    monkeypatch: pytest.MonkeyPatch, faults_written: Path
) -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        monkeypatch.setattr("dutyboard.rules.board._counts", broken)
        pilot.app.session.look_at_clock()  # type: ignore[attr-defined]
        await until_shown(pilot, "程序出错 ValueError rules/board.py")
        assert "涟源宾馆隔离点" in page(pilot)
        await goes_on(pilot, faults_written)


async def test_a_worker_and_a_timer_that_raise(faults_written: Path) -> None:
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        pilot.app.screen.set_timer(0.001, broken)
        await goes_on(pilot, faults_written)
        pilot.app.screen.run_worker(lambda: broken(), thread=True)
        await goes_on(pilot, faults_written)


def unreadable(desk: FakeGateway) -> FakeGateway:
    """Break the record of one person: nothing that reads his facts can be computed."""
    broken_one = replace(desk.snapshot.persons[3], facts=None, stage="pending", site_id=None, room=None)  # type: ignore
    desk.snapshot = desk.snapshot.applied(desk.snapshot.seq + 1, [broken_one])
    return desk


@pytest.mark.parametrize(
    ("keys", "stands"),
    [
        ((), "涟源宾馆隔离点 晚餐巡查"),
        (("f3",), "涟源宾馆"),
        (("f4",), "旅客3 ! 无法计算：AttributeError rules/people/"),
        (("f5",), "旅客4"),
        (("f5", "slash", *"旅客3", "enter", "enter"), "身份"),
        (("f6",), "午餐巡查"),
        (("f7",), "报告"),
        (("f8",), "交接"),
    ],
)
async def test_a_broken_record_costs_its_own_rows_on_every_screen(
    keys: tuple[str, ...], stands: str, faults_written: Path
) -> None:
    async with app_of(unreadable(desk_at_night())).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "旅客3 ! 无法计算：AttributeError rules/people/")
        await pilot.press(*keys)
        await until_shown(pilot, stands)
        assert "程序出错" not in page(pilot)
        assert faults_written.exists()


async def test_a_duty_that_cannot_be_computed_leaves_the_others(
    monkeypatch: pytest.MonkeyPatch, faults_written: Path
) -> None:
    duties = [replace(each, owed=UntilDone(broken)) if "rooms" in each.kinds else each for each in DUTIES]
    monkeypatch.setattr("dutyboard.rules.board.DUTIES", duties)
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "房间预测 ! 无法计算：ValueError ")
        assert "涟源宾馆隔离点 晚餐巡查" in page(pilot)
        await pilot.press("enter")
        await until_shown(pilot, "没有选中的事项")
        assert faults_written.exists()


async def test_a_row_that_cannot_be_computed_says_so_and_the_others_stand(
    monkeypatch: pytest.MonkeyPatch, faults_written: Path
) -> None:
    from dutyboard.tui.screens import people

    whole = people.people_row

    def but_one(person: Person, *rest: object) -> object:
        if person.id == 3:
            raise KeyError(SECRET)
        return whole(person, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(people, "people_row", but_one)
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f5")
        await until_shown(pilot, "! 无法计算：KeyError tui/screens/base.py")
        for number in (1, 2, 4, 5, 6):
            assert f"旅客{number}" in page(pilot)
        assert SECRET not in page(pilot) + faults_written.read_text("utf-8")
        await pilot.press("slash", *"旅客3", "enter")
        await until_shown(pilot, "只看「旅客3」：1 项")


async def test_an_entry_that_cannot_be_told_costs_its_own_row(
    monkeypatch: pytest.MonkeyPatch, faults_written: Path
) -> None:
    from dutyboard.tui.screens import log

    desk = desk_at_night()
    last = max(desk.snapshot.entries)
    whole = log.log_row

    def but_the_last(entry: Entry, *rest: object) -> object:
        if entry.id == last:
            raise KeyError(SECRET)
        return whole(entry, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(log, "log_row", but_the_last)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f6")
        await until_shown(pilot, "! 无法计算：KeyError ")
        assert sum("王芳" in line for line in shown(pilot.app)) > 4  # type: ignore[arg-type]
        assert faults_written.exists()


async def test_a_part_of_a_page_that_cannot_be_computed_costs_itself(
    monkeypatch: pytest.MonkeyPatch, faults_written: Path
) -> None:
    monkeypatch.setattr("dutyboard.tui.views.person.page._plan", broken)
    async with app_of(desk_at_night()).run_test(size=(80, 60)) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f5", "enter")
        await until_shown(pilot, "! 无法计算：ValueError")
        assert words("zh").page.plan in page(pilot)
        assert words("zh").page.gate in page(pilot)
        assert faults_written.exists()


async def test_a_fault_before_there_is_a_desk_ends_with_its_type_and_place(
    monkeypatch: pytest.MonkeyPatch, faults_written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("dutyboard.tui.app.OpeningScreen", broken)
    app = app_of(desk_at_night())
    with pytest.raises(ValueError, match=SECRET):
        async with app.run_test(size=SIZE):
            pass
    told = capsys.readouterr().err
    assert "ValueError tui/app.py" in told
    assert SECRET not in told
    assert app.return_code == 1
    assert faults_written.exists()


async def test_a_file_that_cannot_be_written_costs_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, faults_written: Path
) -> None:
    (tmp_path / "state").write_text("no folder")
    monkeypatch.setattr("dutyboard.tui.screens.board.discharge", broken)
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("enter")
        await until_shown(pilot, "程序出错 ValueError ")
        assert not faults_written.exists()


def test_the_place_is_the_last_one_in_our_own_code() -> None:
    try:
        fault_of(None)  # type: ignore[arg-type]
    except AttributeError as error:
        fault = fault_of(error)
    assert fault.kind == "AttributeError"
    assert re.fullmatch(r"tui/faults\.py:\d+ fault_of", fault.place)


def test_the_file_lies_in_the_state_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert faults.fault_file() == tmp_path / "dutyboard" / "faults.log"


async def test_the_same_fault_is_written_once(monkeypatch: pytest.MonkeyPatch, faults_written: Path) -> None:
    monkeypatch.setattr("dutyboard.tui.screens.board.BoardScreen.explain", broken)
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("e", "e", "e")
        await until_shown(pilot, "程序出错 ValueError ")
        assert len(faults_written.read_text("utf-8").splitlines()) == 1
        assert isinstance(pilot.app.screen, BoardScreen)
        assert isinstance(pilot.app, DutyApp)
