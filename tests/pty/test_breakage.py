"""What a kill, a dropped line and a stop in mid-commit leave behind: a whole desk, nothing acknowledged lost."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from select import select

import pytest

from tests.pty.desks import board_of, entries, practice_desk, printed, run
from tests.pty.desks import select as select_row
from tests.pty.terminal import DUTYBOARD, KEYS, LIMIT, Terminal

STUCK = """
import os, sys, time
from pathlib import Path
from dutyboard.store.files import disk

stage, armed, reached, arguments = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:]
really = {"write": disk.write, "fdatasync": disk.fdatasync}


def stuck():
    reached.write_text("here")
    time.sleep(600)


def write(descriptor, data):
    if armed.exists() and stage == "half":
        really["write"](descriptor, bytes(data)[: len(data) // 2])
        stuck()
    return really["write"](descriptor, data)


def fdatasync(descriptor):
    if armed.exists() and stage == "sync":
        stuck()
    return really["fdatasync"](descriptor)


disk.write, disk.fdatasync = write, fdatasync
sys.argv = ["dutyboard", *arguments]
from dutyboard.tui.cli import main

main()
"""
"""The program with a disk that stands still: half-way through the line, or before it is durable."""


def wait_for(pipe: int) -> bool:
    """Wait until the program says that it stands still."""
    ready, _, _ = select((pipe,), (), (), LIMIT)
    return bool(ready)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return practice_desk(tmp_path / "desk")


@pytest.mark.parametrize("stage", ["half", "sync"])
def test_a_kill_in_mid_commit_leaves_the_desk_whole(folder: Path, tmp_path: Path, stage: str) -> None:
    board = printed(folder, "board", "--json")
    owed = next(o for o in board["obligations"] if o["kind"] == "patrol" and o["state"] in ("open", "due_soon", "late"))
    before = entries(folder)
    armed, reached = tmp_path / "armed", tmp_path / "reached"
    os.mkfifo(reached)
    pipe = os.open(reached, os.O_RDONLY | os.O_NONBLOCK)
    script = [sys.executable, "-c", STUCK, stage, str(armed), str(reached)]
    with Terminal(*script, "--data", str(folder)) as terminal:
        terminal.wait_until(lambda text: "\n>" in text, "the board")
        select_row(terminal, f"{owed['subject']} 晚餐巡查")
        armed.touch()
        terminal.send(KEYS["enter"])
        assert wait_for(pipe)
        assert "已记" not in terminal.text()
        os.kill(terminal.process.pid, signal.SIGKILL)
        assert terminal.wait_exit() == -signal.SIGKILL
    again = run(folder, "check", owed["subject"], owed["slot"])
    report = printed(folder, "verify", "--json")
    assert report["ok"], report["problems"]
    after = entries(folder)
    assert after[: len(before)] == before
    assert [entry["obligation"] for entry in after[len(before) :]] == [owed["id"]]
    # A whole line that was never acknowledged may be kept: then the officer is told that it is done.
    assert again.returncode == (0 if stage == "half" else 1)


def test_no_acknowledged_note_is_lost_by_kills(folder: Path) -> None:
    acknowledged: list[int] = []
    script = 'for i in $(seq 200); do "$0" --data "$1" log "记事 $i"; done'
    for kills in range(4):
        process = subprocess.Popen(
            ["bash", "-c", script, DUTYBOARD, str(folder)], stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert process.stdout is not None
        wanted = len(acknowledged) + 3 + kills
        text = ""
        while len(acknowledged) < wanted:
            text += process.stdout.readline()
            if text.endswith("}\n"):
                acknowledged.append(json.loads(text)["entry"])
                text = ""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(LIMIT)
        process.stdout.close()
    assert printed(folder, "verify", "--json")["ok"]
    kept = json.loads(run(folder, "export", "--json", "--reveal", "测试").stdout)["tables"]["entries"]
    assert len(acknowledged) >= 18
    assert set(map(str, acknowledged)) <= set(kept)


def test_a_dropped_line_ends_the_board_and_leaves_the_desk(folder: Path) -> None:
    with board_of(folder) as terminal:
        terminal.send(KEYS["down"])
        terminal.hang_up()
        terminal.wait_exit()
    assert printed(folder, "verify", "--json")["ok"]
    assert run(folder, "log", "线路恢复").returncode == 0
