"""A line that is cut while a note is being saved: it stands in the journal once, or the form comes back with it."""

import time
from pathlib import Path

from tests.pty.desks import board_of, entries, practice_desk
from tests.pty.terminal import KEYS

CUTS = (0.0, 0.005, 0.02, 0.05)
"""Seconds from the key that saves to the cut."""


def test_a_note_that_was_being_saved_is_written_once_whenever_the_line_is_cut(tmp_path: Path) -> None:
    folder = practice_desk(tmp_path / "desk")
    for number, cut in enumerate(CUTS):
        text = f"cut {number} of a line"
        with board_of(folder) as terminal:
            terminal.send("n")
            terminal.wait_for("确认保存")
            terminal.send(text)
            terminal.wait_for(text)
            terminal.send(KEYS["f9"])
            time.sleep(cut)
            terminal.hang_up()
            terminal.wait_exit()
        with board_of(folder) as terminal:
            terminal.send("n")
            terminal.wait_for("确认保存")
            if text not in [entry.get("text") for entry in entries(folder)]:
                terminal.wait_for(text)
            terminal.settle()
            if text in terminal.text():
                terminal.send(KEYS["f9"])
                terminal.wait_until(lambda shown: "确认保存" not in shown, "the form closed")
            else:
                terminal.send(KEYS["f10"])
            terminal.settle()
        assert [entry.get("text") for entry in entries(folder)].count(text) == 1, cut
