"""The rig itself: it shows what a program wrote, wide characters in place, and a dropped line reaches the program."""

import sys

from tests.pty.terminal import Terminal

ECHO = "import sys; print('值班 ok', flush=True); [print('<' + l.strip() + '>', flush=True) for l in sys.stdin]"


def test_it_shows_wide_characters_and_takes_keys() -> None:
    with Terminal(sys.executable, "-c", ECHO) as terminal:
        assert terminal.wait_for("值班 ok").startswith("值班 ok")
        terminal.send("巡查\r")
        terminal.wait_for("<巡查>")
        assert terminal.written >= len("值班 ok\r\n".encode())


def test_a_dropped_line_hangs_the_program_up() -> None:
    with Terminal(sys.executable, "-c", "print('up', flush=True); import time; time.sleep(60)") as terminal:
        terminal.wait_for("up")
        terminal.hang_up()
        assert terminal.wait_exit() == -1
