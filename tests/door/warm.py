"""A parent that forks sessions on the server of the tests, its boards, and what an officer does at one."""

import json
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.door.server import Server
from tests.door.test_stuck import door_words
from tests.door.waiting import SECONDS, awaited
from tests.pty.desks import journal
from tests.pty.terminal import KEYS, Terminal

PROBE: Final = """
import atexit, json, os, random, resource, sys, types
extra = sys.modules["extra"] = types.ModuleType("extra")
extra.__file__ = "PLACE/extra.py"
before = set()
os.register_at_fork(after_in_child=lambda: before.update(sys.modules))
def told():
    if before:
        status = dict(line.split(":", 1) for line in open("/proc/self/status").read().splitlines())
        names = ("CORE", "NOFILE", "AS", "FSIZE", "CPU")
        state = {
            "env": dict(os.environ),
            "umask": os.umask(0),
            "place": os.getcwd(),
            "limits": {name: resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names},
            "files": {n: os.path.realpath("/proc/self/fd/" + n) for n in os.listdir("/proc/self/fd")},
            "ignored": int(status["SigIgn"], 16),
            "luck": random.random(),
            "loaded": sorted(set(sys.modules) - before),
        }
        with open(f"PLACE/session-{os.getpid()}.new", "w") as file:
            json.dump(state, file)
        os.rename(file.name, file.name.removesuffix(".new"))
atexit.register(told)
from dutyboard.tui.cli import main
main()
"""
"""The program as `-m dutyboard.tui.cli` runs it; each session leaves what it was at its end."""


@dataclass
class Parent:
    """A parent, run as the account, and the folder in which its sessions leave what they were."""

    server: Server
    process: "subprocess.Popen[bytes]"
    place: Path

    def children(self) -> set[int]:
        """Its sessions; none of a parent that is gone."""
        pid = self.process.pid
        try:
            return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
        except OSError:
            return set()

    def board(self, login: str = "wangfang", **settings: Any) -> tuple[Terminal, int]:
        """A painted board, and the process of its session."""
        before = self.children()
        terminal = client(self.server, login, **settings)
        terminal.wait_for("24小时值班板")
        terminal.settle()
        (session,) = self.children() - before
        return terminal, session

    def was(self, session: int) -> dict[str, Any]:
        """What a session was when it ended."""
        file = self.place / f"session-{session}"
        assert awaited(file.exists)
        return dict(json.loads(file.read_text(encoding="utf-8")))


def client(server: Server, login: str = "wangfang", *variables: str, **settings: Any) -> Terminal:
    """What sshd starts for an officer who wants the board."""
    words = door_words(server, "", login)
    at = words.index("-i") + 1
    return Terminal(*words[:at], *variables, *words[at:], **settings)


def as_account(server: Server, *words: str) -> list[str]:
    who = pwd.getpwnam(server.account)
    rights = ["setpriv", f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups"]
    return [*rights, "env", "-i", "LANG=C.UTF-8", *words]


def run_folder(server: Server) -> Path:
    return Path(f"/run/dutyboard-{server.account}")


@contextmanager
def running_parent(server: Server) -> Iterator[Parent]:
    """Start a parent as its unit does; whatever it forked ends with it."""
    folder, place = run_folder(server), server.place / "warm"
    for each in (folder, place):
        each.mkdir(mode=0o700, exist_ok=True)
        shutil.chown(each, server.account)
    (place / "probe.py").write_text(PROBE.replace("PLACE", str(place)), encoding="utf-8")
    (place / "extra.py").write_text("", encoding="utf-8")
    words = as_account(
        server, "LEAK=of the parent", server.python, "-I", str(place / "probe.py"), "--data", str(server.folder), "warm"
    )
    process = subprocess.Popen(words)
    parent = Parent(server, process, place)
    try:
        assert awaited((folder / "warm").exists, process), "it does not listen"
        yield parent
    finally:
        left = parent.children()
        process.kill()
        process.wait(SECONDS)
        for session in left:
            os.kill(session, signal.SIGKILL)
        shutil.rmtree(folder)
        shutil.rmtree(place)


def leave(terminal: Terminal) -> int:
    """Leave the board; return the exit code."""
    terminal.send(KEYS["f10"])
    terminal.wait_for("再按一次")
    terminal.send(KEYS["f10"])
    return terminal.wait_exit()


def type_note(terminal: Terminal, text: str) -> None:
    """Type a note into its form."""
    terminal.send("n")
    terminal.wait_for("确认保存")
    terminal.settle()
    terminal.send(text)
    terminal.wait_for(text)


def save_note(terminal: Terminal, text: str) -> None:
    """Write a note and wait until it is saved."""
    type_note(terminal, text)
    terminal.send(KEYS["f9"])
    terminal.wait_until(lambda shown: "确认保存" not in shown, "the form closed")


def gone(session: int) -> bool:
    return bool(awaited(lambda: not Path(f"/proc/{session}").exists()))


def of_terminal(pid: int) -> tuple[int, int, int]:
    """The session of a process, the number of its terminal (0: it has none), and the group in the foreground there."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(told[3]), int(told[4]), int(told[5])


def last_writer(folder: Path) -> str:
    """The process that held the lock of a desk last, as it names itself there: login and process number."""
    return (folder / "lock").read_bytes()[64:320].rstrip(b"\0").decode()


def alone(server: Server, *before: str) -> None:
    """Show that a board comes which no parent's session draws: it lives in its client's session, at his terminal."""
    text = f"alone {time.monotonic_ns()}"
    with Terminal(*before, *door_words(server, "")) as terminal:
        terminal.wait_for("24小时值班板")
        terminal.settle()
        save_note(terminal, text)
        assert any(text in json.dumps(each) for each in journal(server.folder))
        session, terminal_number, foreground = of_terminal(int(last_writer(server.folder).partition("@")[2]))
        assert (session, foreground) == (terminal.process.pid, terminal.process.pid) and terminal_number
        terminal.resize(120, 40)
        terminal.wait_until(lambda _: "F1" in terminal.lines()[39], "the board at its new size")
        assert leave(terminal) == 0
