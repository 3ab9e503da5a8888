"""A line that drops while the worker is busy: what was typed is kept all the same, though nothing else can be done."""

import os
import sys
import time
from pathlib import Path

from tests.pty.desks import board_of, practice_desk, run
from tests.pty.terminal import LIMIT, Terminal

BUSY = """
import sys
from pathlib import Path
from dutyboard.tui.link.gateway import Gateway

armed, never, arguments = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
refresh = Gateway.refresh


def busy(gateway):
    if armed.exists():
        armed.unlink()
        never.read_text()
    return refresh(gateway)


Gateway.refresh = busy
sys.argv = ["dutyboard", *arguments]
from dutyboard.tui.cli import main

main()
"""
"""The program whose worker never comes back from the first line of a colleague, once it is armed."""


def test_what_was_typed_is_offered_again_though_the_worker_never_came_back(tmp_path: Path) -> None:
    folder = practice_desk(tmp_path / "desk")
    armed, never = tmp_path / "armed", tmp_path / "never"
    os.mkfifo(never)
    with Terminal(sys.executable, "-c", BUSY, str(armed), str(never), "--data", str(folder)) as terminal:
        terminal.wait_until(lambda text: "\n>" in text, "the board")
        terminal.send("n")
        terminal.wait_for("确认保存")
        armed.touch()
        assert run(folder, "log", "线路测试").returncode == 0
        end = time.monotonic() + LIMIT
        while armed.exists():
            assert time.monotonic() < end, "the worker never saw the colleague's line"
            time.sleep(0.02)
        terminal.send("三楼电梯报修")
        terminal.wait_for("三楼电梯报修")
        terminal.hang_up()
        terminal.wait_exit()
    with board_of(folder) as terminal:
        terminal.send("n")
        terminal.wait_for("有未登记的草稿：三楼电梯报修")
