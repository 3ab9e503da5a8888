"""A PIN that is asked on a terminal: shown to nobody, kept nowhere, and the terminal is as it was whatever happens."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.homes import begun
from tests.pty.desks import entries, run
from tests.pty.terminal import LIMIT, Terminal, arguments

PIN = "739154"
ASKED = "PIN"
TEXT = "张三的电话19900000003"


@pytest.fixture(scope="module")
def desk(home: Path) -> Path:
    """A desk whose administrator has set his PIN on a terminal."""
    folder = home / "desk"
    assert run(folder, "init", str(begun(folder))).returncode == 0
    with Terminal(*arguments(folder, "pin", "set")) as terminal:
        for _ in range(2):
            asked_and_typed(terminal, PIN)
        assert terminal.wait_exit() == 0, terminal.text()
        assert PIN.encode() not in terminal.raw()
    return folder


def asked_and_typed(terminal: Terminal, typed: str) -> None:
    """Wait for the next question, which takes the echo away, and answer it."""
    before = terminal.text().count(ASKED)
    terminal.wait_until(lambda text: text.count(ASKED) >= max(1, before) and not terminal.echoes, "a question")
    terminal.settle()
    terminal.send(typed + "\r")
    terminal.wait_until(lambda _: terminal.echoes or terminal.text().count(ASKED) > before, "the answer taken")


@contextmanager
def watched(*words: str) -> Iterator[None]:
    """Look at the arguments and the environment of every process of the machine, and fail if a text stands there."""
    found: set[str] = set()
    seen = 0
    over = threading.Event()

    def look() -> None:
        nonlocal seen
        while not over.wait(0.02):
            for process in Path("/proc").glob("[0-9]*"):
                for name in ("cmdline", "environ"):
                    with suppress(OSError):
                        held = process.joinpath(name).read_bytes()
                        seen += b"dutyboard" in held
                        found.update(f"{name}: {word}" for word in words if word.encode() in held)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join(LIMIT)
    assert seen, "the program was never met"
    assert not found


def test_an_act_that_is_signed_shows_its_pin_to_nobody(desk: Path) -> None:
    with watched(PIN, TEXT), Terminal(*arguments(desk, "pin", "set")) as terminal:
        for _ in range(3):
            asked_and_typed(terminal, PIN)
        assert terminal.wait_exit() == 0, terminal.text()
        assert PIN.encode() not in terminal.raw()
        assert terminal.echoes
    held = [file for file in desk.rglob("*") if file.is_file() and PIN.encode() in file.read_bytes()]
    assert held == []


def test_a_text_about_somebody_and_a_pin_come_by_the_pipe_and_stand_in_no_list_of_processes(desk: Path) -> None:
    line = f'{{"act": "log", "text": "{TEXT}", "pin": "{PIN}"}}\n'
    with watched(PIN, TEXT):
        done = run(desk, "batch", "-", typed=line)
        assert done.returncode == 0, done.stderr
    assert TEXT in [each.get("text") for each in entries(desk)]
    assert PIN not in done.stdout + done.stderr


@pytest.mark.parametrize("ending", ["\x03", "\x1c", signal.SIGTERM, signal.SIGHUP])
def test_the_terminal_is_as_it_was_however_the_question_ends(desk: Path, ending: str | signal.Signals) -> None:
    before = len(entries(desk))
    with Terminal(*arguments(desk, "pin", "set")) as terminal:
        own = terminal.modes
        terminal.wait_until(lambda text: ASKED in text and not terminal.echoes, "a question")
        terminal.settle()
        terminal.send(PIN)
        if isinstance(ending, str):
            terminal.send(ending)
        else:
            os.kill(terminal.process.pid, ending)
        assert terminal.wait_exit() != 0
        assert terminal.modes == own
        assert PIN.encode() not in terminal.raw()
        assert "Traceback" not in terminal.text()
    assert len(entries(desk)) == before


def test_a_question_does_not_stop_with_the_echo_taken_away(desk: Path) -> None:
    with Terminal(*arguments(desk, "pin", "set")) as terminal:
        terminal.wait_until(lambda text: ASKED in text and not terminal.echoes, "a question")
        terminal.settle()
        terminal.send("\x1a")
        terminal.settle()
        assert Path(f"/proc/{terminal.process.pid}/stat").read_text().rpartition(")")[2].split()[0] != "T"
        terminal.send("\x03")
        assert terminal.wait_exit() != 0
