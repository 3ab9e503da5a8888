"""A session that hangs, is stopped, or is held on purpose keeps no other officer from his work."""

import fcntl
import json
import os
import pwd
import shutil
import signal
import struct
import subprocess
import termios
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests.door.server import Server
from tests.door.test_server import notes
from tests.door.waiting import SECONDS, awaited
from tests.pty.terminal import KEYS, Terminal

FROM = "127.0.0.1 50022 127.0.0.1 22"
TTY_WRITE = "wait_woken"
"""Where the kernel lets a thread sleep whose terminal takes nothing."""
LIMITS = ("fsize=0", "fsize=300", "nofile=9", "as=40000000", "stack=100000")
LINES = (
    "export --json",
    "batch -",
    "batch --atomic -",
    "import arrivals -",
    "assess - --json",
    "register -",
    "acts --json",
    "board --json",
    "views",
    "verify --json",
    "trail 1",
    "report handover",
    "log 值班记事",
)


def door_words(server: Server, line: str, login: str = "wangfang") -> list[str]:
    """What sshd starts for a key of the account."""
    came = [f"SSH_CONNECTION={FROM}", f"SSH_ORIGINAL_COMMAND={line}", "TERM=xterm-256color", "LANG=C.UTF-8"]
    inside = server.dutyboard("door", login, "--key", server.fingerprint("wangfang"))
    who = pwd.getpwnam(server.account)
    rights = ["setpriv", f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups"]
    return [*rights, "env", "-i", *came, *inside]


def full_pipe() -> tuple[int, int]:
    """Return both ends of a pipe into which nothing goes any more."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with suppress(BlockingIOError):
        while os.write(writing, b"x" * 4096):
            pass
    with suppress(BlockingIOError):
        while os.write(writing, b"x"):
            pass
    os.set_blocking(writing, True)
    return reading, writing


def waits_at(pid: int, what: str, *, within: float = SECONDS) -> bool:
    """Wait until a thread of a process sleeps in a call of the kernel that has this in its name; False if none does."""

    def asleep() -> bool:
        for task in Path(f"/proc/{pid}/task").glob("*"):
            with suppress(OSError):
                if what in task.joinpath("wchan").read_text():
                    return True
        return False

    return bool(awaited(asleep, within=within))


@contextmanager
def hung(server: Server, line: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a command whose output nobody takes and whose input never ends, and wait until it hangs there."""
    reading, writing = full_pipe()
    with subprocess.Popen(door_words(server, line), stdin=subprocess.PIPE, stdout=writing, stderr=writing) as process:
        os.close(writing)
        try:
            assert waits_at(process.pid, "pipe"), line
            yield process
        finally:
            process.kill()
            os.close(reading)


def works(server: Server, word: str) -> None:
    """Show that another officer's acts are saved, and that the desk's upkeep goes on."""
    note = server.ssh("lijg", "log", word)
    assert note.returncode == 0, note.stderr
    assert notes(server)[word]["login"] == "lijg"
    board = server.ssh("lijg", "board", "--json")
    assert board.returncode == 0, board.stderr
    server.as_account("checkpoint")


def test_a_command_that_hangs_at_a_pipe_holds_up_nobody(server: Server) -> None:
    with ExitStack() as open_:
        for line in LINES:
            open_.enter_context(hung(server, line))
        works(server, "管道堵塞时")
        export = server.ssh("lijg", "export", "--json")
        assert export.returncode == 0, export.stderr
        copies = server.place / "copies"
        copies.mkdir()
        shutil.chown(copies, server.account)
        server.as_account("backup", str(copies / "one"))


def test_a_board_whose_terminal_takes_nothing_any_more_holds_up_nobody(server: Server) -> None:
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 200, 0, 0))
    words = door_words(server, "")
    with subprocess.Popen(words, stdin=slave, stdout=slave, stderr=slave, start_new_session=True) as board:
        os.close(slave)
        try:
            os.set_blocking(master, False)
            for _ in range(200):
                with suppress(BlockingIOError):
                    os.write(master, (KEYS["f5"] + KEYS["f2"] + KEYS["f6"]).encode())
                if waits_at(board.pid, TTY_WRITE, within=0.2):
                    break
            assert waits_at(board.pid, TTY_WRITE)
            works(server, "终端堵塞时")
            assert waits_at(board.pid, TTY_WRITE), "the board was not stuck all the while"
        finally:
            board.kill()
            os.close(master)


def test_a_client_that_is_stopped_or_waits_at_a_question_holds_up_nobody(server: Server) -> None:
    with Terminal(*server.ssh_words("wangfang", options=["-tt"])) as board, ExitStack() as open_:
        board.wait_for("24小时值班板")
        board.settle()
        board.send("n")
        board.wait_for("记事")
        os.kill(board.process.pid, signal.SIGSTOP)
        asks = open_.enter_context(Terminal(*server.ssh_words("wangfang", "pin set", options=["-tt"])))
        asks.wait_for("PIN")
        works(server, "客户端停住时")
        os.kill(board.process.pid, signal.SIGCONT)


def test_keys_that_stop_or_end_a_command_let_the_lock_go(server: Server) -> None:
    """^Z, ^S, ^C and ^\\, at once and a little later: the terminal's own keys, whatever the program does."""
    with ExitStack() as open_:
        for key in ("\x1a", "\x13", "\x03", "\x1c"):
            for later in (False, True):
                words = server.ssh_words("wangfang", f"log 按键{ord(key)}{later}", options=["-tt"])
                act = open_.enter_context(Terminal(*words))
                if later:
                    act.settle()
                with suppress(OSError):
                    act.send(key)
        works(server, "按键之后")


def test_an_officer_may_not_signal_what_runs_for_him(server: Server) -> None:
    one = server.users[0]
    with hung(server, "board --json") as held:
        for name in ("STOP", "KILL", "TSTP", "HUP"):
            assert server.as_user(one, "kill", f"-{name}", str(held.pid)).returncode != 0
        assert server.as_user(one, "prlimit", "--pid", str(held.pid), "--cpu=1").returncode != 0


def test_bounds_that_an_account_sets_on_itself_leave_the_desk_whole(server: Server) -> None:
    """sudo hands on the limits of whoever calls it: his act may fail, and nothing else."""
    one = server.users[0]
    for limit in LIMITS:
        words = ["prlimit", f"--{limit}:{limit.partition('=')[2]}", "sudo", "-n", "-u", server.account]
        done = server.as_user(one, *words, *server.dutyboard("door", one, "log", limit))
        assert (limit in notes(server)) == (done.returncode == 0), (limit, done)
    works(server, "界限之后")
    assert json.loads(server.as_account("verify", "--json"))["ok"]
