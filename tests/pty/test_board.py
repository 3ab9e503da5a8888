"""The board in a real terminal at 80x24: what it shows, what Enter does, and what another board sees of it."""

import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dutyboard.tui.terminal.driver import MODES
from tests.pty.desks import board_of, entries, late_rows, practice_desk, printed, select, selected, with_sites
from tests.pty.terminal import KEYS, LIMIT, Terminal

CURSOR_MOVE_BYTES = 1200
REMOTE_CHANGE_BYTES = 300
MINUTE_BYTES = 300
FIND_LINE_BYTES = 1000
WHOLE_SCREEN_BYTES = 26_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return practice_desk(tmp_path / "desk")


def open_patrol(folder: Path) -> dict[str, Any]:
    """A patrol that Enter may discharge now."""
    board = printed(folder, "board", "--json")
    can = [o for o in board["obligations"] if o["kind"] == "patrol" and o["state"] in ("open", "due_soon", "late")]
    assert can
    return dict(can[0])


def test_it_shows_the_seats_and_the_strip_at_80x24(folder: Path) -> None:
    board = printed(folder, "board", "--json")
    holders = {seat["seat"]: seat["officer"] for seat in board["seats"] if seat["state"] == "now"}
    with board_of(folder) as terminal:
        lines = terminal.lines()
        assert len(lines) == 24
        assert "06-07 周一" in lines[0]
        assert "演练" in lines[0]
        seats = {line[:2]: line for line in lines if line.startswith(("带班 ", "坐班 ")) and "=" in line}
        assert holders["leader"] in seats["带班"]
        assert holders["officer"] in seats["坐班"]
        for label in ("涟源宾馆", "桥头河集", "人民公园", "杨市卫生"):
            row = next(line for line in lines if line.startswith(label))
            marks = row[len(label) :].replace(" ", "").replace("|", "")
            assert len(marks) >= 7
            assert set(marks) <= set(".o!XvV")


def test_enter_is_in_the_journal_and_on_a_second_board(folder: Path) -> None:
    owed = open_patrol(folder)
    before = len(entries(folder))
    with board_of(folder) as mine, board_of(folder) as other:
        select(mine, f"{owed['subject']} 晚餐巡查")
        assert "已完成" not in selected(mine)
        mine.send(KEYS["enter"])
        mine.wait_for(f"已记：{owed['subject']} 晚餐巡查")
        written = entries(folder)
        assert len(written) == before + 1
        assert written[-1]["obligation"] == owed["id"]
        assert written[-1]["kind"] == "check"

        def ticked(text: str) -> bool:
            rows = [line for line in text.splitlines() if f"{owed['subject']} 晚餐巡查" in line]
            return any("完成" in row or "迟" in row for row in rows)

        other.wait_until(ticked, "the tick on the second board")


def test_a_round_done_elsewhere_is_not_done_twice(folder: Path) -> None:
    owed = open_patrol(folder)
    with board_of(folder) as terminal:
        select(terminal, f"{owed['subject']} 晚餐巡查")
        printed(folder, "check", owed["subject"], owed["slot"])
        before = len(entries(folder))
        terminal.wait_until(lambda _: "完成" in selected(terminal) or "迟" in selected(terminal), "the other's tick")
        terminal.send(KEYS["enter"])
        terminal.settle()
        assert len(entries(folder)) == before


def test_a_call_typed_in_one_burst_is_in_the_journal_field_by_field(folder: Path) -> None:
    with board_of(folder) as terminal:
        terminal.send("c张三\r停电\r县办" + "\r" * 11)
        terminal.wait_until(lambda text: "已保存" in text, "the call saved")
    assert entries(folder)[-1]["data"] == {"caller": "张三", "matter": "停电", "told": "县办"}


def test_painting_and_moving_stay_within_the_budget(folder: Path) -> None:
    with board_of(folder) as terminal:
        terminal.settle()
        assert terminal.written <= WHOLE_SCREEN_BYTES
        select(terminal, "晚间消毒")
        terminal.settle()
        for _ in range(3):
            terminal.cost(KEYS["down"])
        # Back up, between rows with the same keys in the footer and without scrolling; one may hold the minute's tick.
        moves = sorted(terminal.cost(KEYS["up"]) for _ in range(3))
        assert moves[0] > 0
        assert moves[-2] <= CURSOR_MOVE_BYTES


def cost_of(terminal: Terminal, change: Callable[[], object], limit: float = LIMIT) -> int:
    """The bytes that a change of the screen takes which the terminal did not cause."""
    before = terminal.written
    change()
    terminal.wait_until(lambda _: terminal.written > before, "the change", limit)
    terminal.settle()
    return terminal.written - before


def test_a_colleagues_tick_of_a_late_row_on_the_screen_stays_within_the_budget(tmp_path: Path) -> None:
    """Its row, its mark in the strip and the counts change; under the cursor the keys do too."""
    folder = with_sites(tmp_path / "desk", 8)
    with board_of(folder) as terminal:
        late = late_rows(folder, terminal)
        assert len(late) >= 4
        select(terminal, late[0][0])
        terminal.settle()
        costs = []
        for site, slot in late[:4]:
            row = next(line for line in terminal.lines() if f" {site} " in line)
            costs.append(cost_of(terminal, lambda site=site, slot=slot: printed(folder, "check", site, slot)))
            assert row not in terminal.lines()
        assert sorted(costs)[-2] <= REMOTE_CHANGE_BYTES, costs  # one may hold the minute's tick


def test_a_full_minute_of_late_rows_stays_within_the_budget(tmp_path: Path) -> None:
    folder = with_sites(tmp_path / "desk", 40, "2021-06-07T19:40:40")
    with board_of(folder) as terminal:
        assert len(late_rows(folder, terminal)) >= 4
        (clock,) = re.findall(r"\d\d:\d\d", terminal.lines()[0])[:1]
        late = [line for line in terminal.lines() if "晚餐巡查" in line]
        spent = cost_of(terminal, lambda: terminal.wait_until(lambda text: clock not in text[:80], "a minute", 90), 90)
        assert late and not set(late) & set(terminal.lines())
        assert "*" not in terminal.text()  # which marks what a colleague changed
        assert spent <= MINUTE_BYTES


def test_the_line_for_a_filter_opens_within_the_budget_and_moves_no_row(folder: Path) -> None:
    with board_of(folder) as terminal:
        for _ in range(20):
            terminal.send(KEYS["down"])
        terminal.settle()
        for keys in ("/", KEYS["escape"]):
            rows = terminal.lines()[:-2]
            assert rows[-1].startswith(">")  # the lowest row of the table
            spent = terminal.cost(keys)
            assert terminal.lines()[:-2] == rows
            assert spent <= FIND_LINE_BYTES


def test_f10_leaves_and_the_terminal_is_as_before(folder: Path) -> None:
    with board_of(folder) as terminal:
        terminal.send(KEYS["f10"])
        terminal.wait_for("再按一次 F10")
        terminal.send(KEYS["f10"])
        assert terminal.wait_exit() == 0
        raw = terminal.raw()
        assert raw.rindex(b"\x1b[?1049l") > raw.rindex(b"\x1b[?1049h")
        for mode in (b"?1000h", b"?1003h", b"?1006h", b"[>25u"):
            assert mode not in raw


def test_whatever_wrote_over_the_screen_is_painted_over(folder: Path) -> None:
    with board_of(folder) as terminal:
        process = terminal.process
        rows, threads = terminal.lines()[1:], tasks(process.pid)

        def painted_by(cause: Callable[[], object], what: str) -> bytes:
            terminal.wipe()
            before = terminal.written
            cause()
            terminal.wait_until(lambda _: terminal.lines()[1:] == rows, what)
            terminal.settle()
            return terminal.raw(before)

        painted_by(lambda: terminal.send("\x0c"), "Ctrl+L")
        again = painted_by(lambda: process.send_signal(signal.SIGWINCH), "another terminal of the same size")
        assert MODES.encode() in again
        process.send_signal(signal.SIGSTOP)
        assert MODES.encode() in painted_by(lambda: process.send_signal(signal.SIGCONT), "the end of a stop")
        assert tasks(process.pid) == threads  # one of them reads the keys


def test_terminals_that_change_while_it_paints_never_stop_it(folder: Path) -> None:
    with board_of(folder) as terminal:
        for _ in range(40):
            terminal.send(KEYS["down"] + KEYS["up"])
            for _ in range(10):
                terminal.process.send_signal(signal.SIGWINCH)
        terminal.settle()
        terminal.send(KEYS["f6"])
        terminal.wait_for("登记人")


def tasks(pid: int) -> int:
    """Count the threads of a process."""
    return len(list(Path(f"/proc/{pid}/task").iterdir()))
