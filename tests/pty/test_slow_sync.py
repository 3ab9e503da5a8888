"""A line that drops while the disk takes its time: the act is finished, or given up after a limit, and never half."""

import os
import signal
import sys
from pathlib import Path
from select import select

import pytest

from dutyboard.store import Locked, Put, Store, open_store
from dutyboard.tui.link.steps import STEPS
from tests.pty.desks import entries, practice_desk, printed
from tests.pty.terminal import KEYS, LIMIT, Terminal

SLOW = """
import sys
from pathlib import Path
from dutyboard.store.files import disk
from dutyboard.store.engine.postgres import PostgresEngine
from dutyboard.tui.link import stops

limit, armed, said, go, arguments = float(sys.argv[1]), *map(Path, sys.argv[2:5]), sys.argv[5:]
sync, append, ended = disk.fdatasync, PostgresEngine.append, stops.await_commit


def stand():
    if armed.exists():
        said.write_text("syncing\\n")
        go.read_text()


def fdatasync(descriptor):
    stand()
    return sync(descriptor)


def appended(*of):
    stand()
    return append(*of)


def await_commit():
    said.write_text("waiting\\n")
    return ended()


disk.fdatasync, PostgresEngine.append = fdatasync, appended
stops.await_commit, stops.COMMIT_SECONDS = await_commit, limit
sys.argv = ["dutyboard", *arguments]
from dutyboard.tui.cli import main

main()
"""
"""The program on a disk whose sync lasts until it is told to end, and with a limit of its own for the wait."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return practice_desk(tmp_path / "desk")


class Slow:
    """The board of that program, in which a note was saved whose sync has begun."""

    def __init__(self, folder: Path, limit: float) -> None:
        base = folder.parent
        armed, said, self.go = base / "armed", base / "said", base / "go"
        os.mkfifo(said)
        os.mkfifo(self.go)
        self._said = os.open(said, os.O_RDWR)  # also for writing: without a writer it would be at its end, and no wait
        arguments = [str(limit), str(armed), str(said), str(self.go), "--data", str(folder)]
        self.terminal = Terminal(sys.executable, "-c", SLOW, *arguments)
        self.terminal.wait_until(lambda text: "\n>" in text, "the board")
        self.terminal.send("n")
        self.terminal.wait_for("确认保存")
        self.terminal.send("停电了")
        self.terminal.wait_for("停电了")
        armed.touch()
        self.terminal.send(KEYS["f9"])
        self.wait_for("syncing")
        armed.unlink()

    def wait_for(self, word: str) -> None:
        """Wait until the program says a word."""
        heard = ""
        while word not in heard:
            assert select((self._said,), (), (), LIMIT)[0], f"never said: {word}"
            heard += os.read(self._said, 100).decode()


def other(folder: Path) -> Store:
    """A colleague's program, which does not wait long."""
    return open_store(folder, writer="liumin@1", lock_seconds=0.1, steps=STEPS)


def notes(store: Store) -> list[str]:
    return [str(entry.get("text")) for entry in store.docs["entries"].values() if entry.get("text") == "停电了"]


@pytest.mark.parametrize("sent", [None, signal.SIGTERM, signal.SIGINT], ids=["a dropped line", "SIGTERM", "SIGINT"])
def test_after_a_hang_up_the_act_is_finished_and_every_open_board_sees_it(
    folder: Path, sent: signal.Signals | None
) -> None:
    board = other(folder)
    slow = Slow(folder, limit=60)
    with slow.terminal as terminal:
        if sent is None:
            terminal.hang_up()
        else:
            terminal.process.send_signal(sent)
        slow.wait_for("waiting")
        with pytest.raises(Locked) as held:
            board.commit(lambda: [Put("counted", 1, {})])
        assert held.value.holder is not None and held.value.holder.pid == terminal.process.pid
        assert terminal.process.poll() is None
        slow.go.write_text("go")
        terminal.wait_exit()
    assert board.refresh() == 1, "published, though nobody wrote behind it"
    assert notes(board) == ["停电了"]
    assert board.commit(lambda: [Put("counted", 1, {})]) is not None, "the lock is free"
    board.close()
    assert printed(folder, "verify", "--json")["ok"]


def test_beyond_the_limit_the_program_ends_by_force_and_the_act_is_whole(folder: Path) -> None:
    board = other(folder)
    slow = Slow(folder, limit=0.1)
    with slow.terminal as terminal:
        terminal.hang_up()
        terminal.wait_exit()
    assert board.commit(lambda: [Put("counted", 1, {})]) is not None, "the lock is free"
    assert notes(board) == ["停电了"], "who writes next adopts it"
    board.close()
    assert printed(folder, "verify", "--json")["ok"]
    assert [entry["text"] for entry in entries(folder) if entry.get("text") == "停电了"] == ["停电了"]
