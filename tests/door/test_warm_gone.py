"""Parents that are gone, false or old: who sits at a board notices nothing, and who comes in comes in."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from dutyboard.tui.server.program_files import ProgramFiles
from tests.door.server import Server
from tests.door.test_server import notes
from tests.door.waiting import SECONDS, awaited
from tests.door.warm import alone, as_account, gone, leave, run_folder, running_parent, save_note


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_sessions_outlive_their_parent(server: Server, number: signal.Signals) -> None:
    with running_parent(server) as own:
        terminal, session = own.board()
        with terminal:
            os.kill(own.process.pid, number)
            assert own.process.wait(SECONDS) == -number
            save_note(terminal, f"after {number.name}")
            assert leave(terminal) == 0
        assert gone(session)
    assert notes(server)[f"after {number.name}"]["login"] == "wangfang"


def test_who_listens_for_another_account_gets_nothing(server: Server) -> None:
    folder = run_folder(server)
    folder.mkdir(mode=0o711)
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as false:
            false.bind(str(folder / "warm"))
            (folder / "warm").chmod(0o777)
            false.listen()
            alone(server)
            line, _ = false.accept()
            with line:
                assert line.recv(100) == b""
    finally:
        shutil.rmtree(folder)


BREAKS_OFF = """
import socket, sys
from dutyboard.tui.server.warm_line import GO, LONGEST, READY, warm_place
listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
listening.bind(warm_place())
listening.listen()
line, _ = listening.accept()
line.recv(LONGEST)
line.send(READY)
assert line.recv(LONGEST) == GO
"""


def test_a_session_that_ends_before_it_begins_leaves_the_terminal_to_its_client(server: Server) -> None:
    folder = run_folder(server)
    folder.mkdir(mode=0o700)
    shutil.chown(folder, server.account)
    words = as_account(server, server.python, "-I", "-c", BREAKS_OFF)
    try:
        with subprocess.Popen(words) as parent:
            assert awaited((folder / "warm").exists, parent)
            alone(server)
            assert parent.wait(SECONDS) == 0, "the client had said that it may begin"
    finally:
        shutil.rmtree(folder)


def test_a_parent_whose_program_changed_ends_and_forks_no_more(server: Server) -> None:
    with running_parent(server) as own:
        terminal, session = own.board()
        with terminal:
            (own.place / "extra.py").write_text("# newer\n", encoding="utf-8")
            alone(server)
            assert own.process.wait(SECONDS) == 0
            save_note(terminal, "of the older program")
            assert leave(terminal) == 0
        assert gone(session)


def test_files_that_change_while_they_are_loaded_or_later_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = tmp_path / "extra.py", tmp_path / "other.py"
    extra = ModuleType("extra")
    extra.__file__ = str(file)
    monkeypatch.setitem(sys.modules, "extra", extra)

    def changed(how: Callable[[], object]) -> bool:
        file.write_text("one", encoding="utf-8")
        then = file.stat()
        other.write_text("two", encoding="utf-8")
        os.utime(other, ns=(then.st_atime_ns, then.st_mtime_ns))
        files = ProgramFiles(time.time_ns() + 1_000_000_000)
        assert not files.changed()
        how()
        return files.changed()

    assert changed(lambda: file.write_text("two", encoding="utf-8"))
    assert changed(lambda: other.replace(file)), "of the same size and time"
    assert changed(file.unlink)
    assert not changed(lambda: None)
    assert ProgramFiles(file.stat().st_ctime_ns).changed(), "it was written while it was loaded"
