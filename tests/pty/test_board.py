"""The board in a real terminal at 80x24: what it shows, what Enter does, and what another board sees of it."""

from pathlib import Path
from typing import Any

import pytest

from tests.pty.desks import board_of, entries, practice_desk, printed, run, select, selected
from tests.pty.terminal import KEYS

CURSOR_MOVE_BYTES = 1200
REMOTE_CHANGE_BYTES = 600
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


def test_a_remote_change_stays_within_the_budget(folder: Path) -> None:
    with board_of(folder) as terminal:
        terminal.settle()
        changes = []
        for site in ("涟源宾馆", "桥头河", "人民公园", "杨市卫生院"):
            before = terminal.written
            if run(folder, "check", site, "disinfection-pm").returncode == 0:
                terminal.wait_until(lambda _, before=before: terminal.written > before, "the remote change")
                terminal.settle()
                changes.append(terminal.written - before)
        assert min(changes) <= REMOTE_CHANGE_BYTES


def test_f10_leaves_and_the_terminal_is_as_before(folder: Path) -> None:
    with board_of(folder) as terminal:
        terminal.send(KEYS["f10"])
        assert terminal.wait_exit() == 0
        raw = terminal.raw()
        assert raw.rindex(b"\x1b[?1049l") > raw.rindex(b"\x1b[?1049h")
        for mode in (b"?1000h", b"?1003h", b"?1006h", b"[>25u"):
            assert mode not in raw
