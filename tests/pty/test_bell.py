"""The bell in a real terminal: one for an alarm that comes, and a line that names nobody."""

import re
from pathlib import Path
from typing import Final

from tests.pty.desks import board_of, practice_desk, printed, run

TITLED: Final = re.compile(rb"\x1b\][^\a\x1b]*(?:\a|\x1b\\)")
"""What a program tells a terminal in words of its own; some end in the sign of the bell."""


def bells(raw: bytes) -> int:
    """How often it rings."""
    return TITLED.sub(b"", raw).count(b"\a")


def test_an_alarm_rings_once_and_its_line_names_nobody(tmp_path: Path) -> None:
    folder = practice_desk(tmp_path / "desk")
    rows = printed(folder, "board", "--json")["obligations"]
    red = {row["subject_id"] for row in rows if row["priority"] == "red"}
    measured = next(row for row in rows if row["kind"] == "temperature")["people"]
    person = next(each for each in measured if each not in red)
    with board_of(folder) as terminal:
        assert bells(terminal.raw()) == 1, "the sample has alarms, and one bell tells of them all"
        before = terminal.written
        told = run(folder, "reading", person, "38.6")
        assert told.returncode == 0, told.stderr
        terminal.wait_for("复测体温")
        terminal.settle()
        raw = terminal.raw(before)
        assert bells(raw) == 1
        (line,) = re.findall(rb"\x1b\]9;([^\x1b]*)\x1b\\", raw)
        assert line.decode() == "值班板：1 项红色事项待看"
