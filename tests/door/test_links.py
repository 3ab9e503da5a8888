"""Three officers by key at 80x24: one line is cut, one stands still, one works; who was cut comes back to his form."""

import os
import signal
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.door.server import Server, enrolled, keyed
from tests.door.waiting import awaited
from tests.pty.terminal import KEYS, Terminal

OFFICERS = ("wangfang", "lijg", "zhoutao")


@pytest.fixture(scope="module")
def third(server: Server) -> Server:
    enrolled(server, {"zhoutao": "周涛"})
    keyed(server, "zhoutao")
    return server


def board(server: Server, login: str) -> Terminal:
    return Terminal(*server.ssh_words(login, options=["-tt"]))


def processes_of(login: str) -> list[int]:
    """The processes of the door that run for a login."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                words = (each / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"dutyboard.tui.cli" in words and b"door" in words and login.encode() in words:
                found.append(int(each.name))
    return found


def with_note(terminal: Terminal, text: str) -> None:
    """Wait for the board, open the form of a note, and type a text into it."""
    terminal.wait_for("24小时值班板")
    terminal.settle()
    terminal.send("n")
    terminal.wait_for("确认保存")
    terminal.settle()
    if text:
        terminal.send(text)
        terminal.wait_for(text)


def test_a_line_that_is_cut_or_stands_still_keeps_what_was_typed_and_holds_up_nobody(third: Server) -> None:
    with ExitStack() as open_:
        seen = {login: open_.enter_context(board(third, login)) for login in OFFICERS}
        for login, terminal in seen.items():
            with_note(terminal, f"{login} half")
        os.kill(seen["lijg"].process.pid, signal.SIGSTOP)
        seen["wangfang"].process.kill()
        assert awaited(lambda: not processes_of("wangfang")), "what ran for her ended"
        note = third.ssh("zhoutao", "log", "链路断后")
        assert note.returncode == 0, note.stderr
        os.kill(seen["lijg"].process.pid, signal.SIGCONT)
        seen["lijg"].settle()
        assert "lijg half" in seen["lijg"].text(), "a line that stood still goes on where it was"
        again = open_.enter_context(board(third, "wangfang"))
        with_note(again, "")
        again.wait_for("有未登记的草稿")
        again.send(KEYS["enter"])
        again.wait_for("wangfang half")
        assert "lijg half" not in again.text()
