"""The parent that forks sessions: an officer sits at his own board, and whatever goes wrong costs him nothing."""

import ctypes
import errno
import json
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import pytest

from dutyboard.tui.terminal.config import ENVIRONMENT
from tests.door.server import Server
from tests.door.test_server import notes
from tests.door.waiting import SECONDS, awaited
from tests.door.warm import (
    Parent,
    alone,
    as_account,
    client,
    last_writer,
    leave,
    run_folder,
    running_parent,
    save_note,
    type_note,
)
from tests.pty.terminal import KEYS, Terminal

LATE: Final = {"textual.drivers.headless_driver", "textual.layouts.factory", "rich._unicode_data.unicode17-0-0"}
"""Modules that a board loads and its parent need not have: small ones."""
DISCARD = "\x1b[3~"
"""The key that drops the draft which the form offers: what the session before was typing when it was killed."""
CUTS: Final = (0.0, 0.02)
"""Seconds from the key that saves to the end of the session that saves."""
KCMP: Final = 312
"""The number of kcmp(2), which says whether two processes hold one open file."""


@pytest.fixture(scope="module")
def parent(server: Server) -> Iterator[Parent]:
    with running_parent(server) as made:
        yield made


# A session


def test_an_officer_by_key_sits_at_a_session_of_the_parent_and_writes_as_himself(parent: Parent) -> None:
    server = parent.server
    with Terminal(*server.ssh_words("wangfang", options=["-tt"]), columns=120, rows=40) as seen:
        seen.wait_for("24小时值班板")
        seen.settle()
        (session,) = parent.children()
        assert "F1" in seen.lines()[39]
        save_note(seen, "written through the parent")
        assert last_writer(server.folder) == f"wangfang@{session}"
        seen.resize(80, 24)
        seen.wait_until(lambda _: "F1" in seen.lines()[23], "the board at its new size")
        assert leave(seen) == 0
    entry = notes(server)["written through the parent"]
    assert (entry["login"], entry["address"], entry["key"]) == (
        "wangfang",
        "127.0.0.1",
        server.fingerprint("wangfang"),
    )


def test_a_session_has_nothing_of_the_parent_and_nothing_of_another(parent: Parent) -> None:
    given = ("SECRET=mine", "TEXTUAL_LOG=/tmp/PWNED", "TZ=America/New_York", "LINES=24", "LC_ALL=../x")
    found = []
    for more in (given, ()):
        with client(parent.server, "wangfang", *more) as terminal:
            terminal.wait_for("24小时值班板")
            terminal.settle()
            (session,) = parent.children()
            number = str(Path(f"/proc/{session}/fd/0").readlink())
            assert leave(terminal) == 0
        found.append(parent.was(session))
        assert [each for each, name in sorted(found[-1]["files"].items()) if name == number] == ["0", "1", "2"]
    first, second = found
    kept = {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
    assert first["env"] == {**kept, "LINES": "24", **ENVIRONMENT}
    assert second["env"] == {**kept, **ENVIRONMENT}
    assert first["luck"] != second["luck"]
    for each in found:
        limits = each["limits"]
        assert (each["umask"], each["place"], limits["CORE"], limits["NOFILE"]) == (0o077, "/", [0, 0], [256, 256])
        assert limits["AS"] == limits["FSIZE"] == [4 << 30, 4 << 30] and limits["CPU"] == [-1, -1]
        assert not each["ignored"] >> (signal.SIGCHLD - 1) & 1
        assert len([name for name in each["files"].values() if "socket:" in name]) <= 1, "its own line, no other"
        assert set(each["loaded"]) <= LATE, "the parent holds what a board loads"


def test_a_call_that_the_door_refuses_ends_with_its_line_and_its_code(parent: Parent) -> None:
    before = set(parent.place.glob("session-*"))
    with client(parent.server, "no.-login/") as terminal:
        terminal.wait_for("登录名只能")
        assert terminal.wait_exit() == 1
    assert awaited(lambda: set(parent.place.glob("session-*")) - before), "it was asked of a session"


def test_no_session_shares_an_open_file_with_another_or_with_the_parent(parent: Parent) -> None:
    """A lock belongs to the open file: two sessions with one would not keep each other out."""
    one, first = parent.board("wangfang")
    two, second = parent.board("lijg")
    pids = (first, second, parent.process.pid)
    with one, two:
        shared = [(a, b, fd) for a, b in combinations(pids, 2) for fd, to in files_of(a, b) if same_file(a, fd, b, to)]
    assert shared == []


def files_of(one: int, other: int) -> list[tuple[int, int]]:
    """Every pair of open files of two processes."""
    ours, theirs = ([int(each.name) for each in Path(f"/proc/{pid}/fd").iterdir()] for pid in (one, other))
    return [(a, b) for a in ours for b in theirs]


def same_file(one: int, its: int, other: int, theirs: int) -> bool:
    """True if both are one open file, not only one name."""
    kernel = ctypes.CDLL(None, use_errno=True)
    told = kernel.syscall(KCMP, one, other, 0, its, theirs)
    if told < 0 and ctypes.get_errno() != errno.EBADF:
        pytest.skip(f"kcmp: {errno.errorcode[ctypes.get_errno()]}")
    return bool(told == 0)


def test_a_session_killed_while_it_saves_leaves_the_lock_to_the_next(parent: Parent) -> None:
    server = parent.server
    other, _ = parent.board("lijg")
    with other:
        for number, cut in enumerate(CUTS):
            ours, theirs = f"cut {number} half", f"kept {number} whole"
            terminal, session = parent.board("wangfang")
            with terminal:
                terminal.send("n")
                terminal.wait_for("确认保存")
                terminal.settle()
                terminal.send(DISCARD if "half" in terminal.text() else "")
                terminal.send(ours)
                terminal.wait_for(ours)
                type_note(other, theirs)
                terminal.send(KEYS["f9"])
                other.send(KEYS["f9"])
                time.sleep(cut)
                os.kill(session, signal.SIGKILL)
                other.wait_until(lambda shown: "确认保存" not in shown, "the form closed")
                assert terminal.wait_exit() == 129
    texts = [str(entry.get("text")) for entry in notes(server).values()]
    assert [each for each in texts if each.startswith("kept")] == [f"kept {n} whole" for n in range(len(CUTS))]
    assert len(set(texts)) == len(texts)
    server.as_account("verify")


def test_doctor_counts_officers_and_hears_the_parent(parent: Parent) -> None:
    server = parent.server
    keys = ("--keys-file", str(server.layout.keys / server.account), "--only", "sessions", "--only", "warm")

    def seen() -> dict[str, dict[str, Any]]:
        words = server.dutyboard("doctor", "--json", *keys)
        done = subprocess.run(words, capture_output=True, timeout=SECONDS, check=True)
        return {each["code"]: each["fields"] for each in json.loads(done.stdout)}

    one, _ = parent.board("wangfang")
    two, _ = parent.board("lijg")
    with one, two:
        assert seen() == {"sessions": {"count": 2}, "warm": {}}
        os.kill(parent.process.pid, signal.SIGSTOP)
        try:
            assert set(seen()) == {"sessions", "warm_off"}
        finally:
            os.kill(parent.process.pid, signal.SIGCONT)


# Ends


def test_a_client_that_ends_in_any_way_is_a_line_that_dropped(parent: Parent) -> None:
    server = parent.server
    ways = dict(zip(("wangfang", "lijg", *server.users), (signal.SIGKILL, signal.SIGHUP, signal.SIGTERM, None)))

    def boards(open_: ExitStack) -> dict[str, Terminal]:
        seen = {login: open_.enter_context(client(server, login)) for login in ways}
        for each in seen.values():
            each.wait_for("24小时值班板")
            each.settle()
            each.send("5")  # a draft of a note is of its row, and on the board an alarm may come meanwhile
            each.wait_for("没有在管人员")
            each.settle()
        return seen

    with ExitStack() as open_:
        seen = boards(open_)
        assert len(parent.children()) == len(ways)
        for login, terminal in seen.items():
            type_note(terminal, f"{login} half")
        for login, number in ways.items():
            if number is None:
                seen[login].hang_up()
            else:
                os.kill(seen[login].process.pid, number)
        for login, number in ways.items():
            assert seen[login].wait_exit() == (0 if number is None else -number)
        assert awaited(lambda: not parent.children()), "every session ended"
    with ExitStack() as open_:
        for login, terminal in boards(open_).items():
            terminal.send("n")
            terminal.wait_for("未登记的草稿")  # of some the session before left another one
            terminal.send(KEYS["enter"])
            terminal.wait_for(f"{login} half")
    assert awaited(lambda: not parent.children())


# Doubts: the client goes on alone


def test_a_parent_that_answers_nothing_is_not_waited_for(parent: Parent) -> None:
    os.kill(parent.process.pid, signal.SIGSTOP)
    try:
        alone(parent.server)
    finally:
        os.kill(parent.process.pid, signal.SIGCONT)
    assert awaited(lambda: not parent.children()), "it draws nothing late"
    terminal, _ = parent.board()
    with terminal:
        assert leave(terminal) == 0


def test_a_terminal_that_is_not_the_client_s_to_give_stays_his(parent: Parent) -> None:
    alone(parent.server, "sh", "-c", '"$@"; exit $?', "sh")
    assert not parent.children()


# Whoever else calls

CALL: Final = """
import os, socket, sys
from dutyboard.tui.server.warm_line import GO, LONGEST, READY, SECONDS, message, warm_place
PLACE, DESK = sys.argv[1:]
null = os.open("/dev/null", os.O_RDWR)
good = message(["--data", DESK, "door", "wangfang"])
another = message(["--data", "/srv/another", "door", "wangfang"])
older = good.replace(sys.version.encode(), b"2.7")
def call(*told):
    try:
        return answer(*told)
    except OSError:
        return ""
def answer(said, files, then=b""):
    line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    line.connect(PLACE)
    line.settimeout(10)
    if said is not None:
        socket.send_fds(line, [said], files)
    heard = line.recv(100)
    if heard and then:
        line.send(then)
        heard += line.recv(100)
    line.close()
    return heard.decode()
silent = [socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) for _ in range(3)]
for each in silent:
    each.connect(PLACE)
print(*[repr(each) for each in (
    call(b"\\0", [null]),
    call(os.urandom(1000), [null]),
    call(good + b"\\0" + b"x" * LONGEST, [null]),
    call(older, [null]),
    call(another, [null]),
    call(good, []),
    call(good, [null, null]),
    call(None, []),
    call(good, [null], b"no"),
    call(good, [null], GO),
)])
"""


def called(server: Server, account: str) -> list[str]:
    """What calls of all kinds are answered with."""
    who = pwd.getpwnam(account)
    rights = ["setpriv", f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups"]
    words = [*rights, server.python, "-I", "-c", CALL, str(run_folder(server) / "warm"), str(server.folder)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS, check=False, cwd="/")
    return done.stdout.split() or [done.stderr.splitlines()[-1]]


def test_no_message_ends_the_parent_or_keeps_it_from_the_next(parent: Parent) -> None:
    server = parent.server
    told = called(server, server.account)
    assert told == ["''"] * 8 + ["'ready'"] * 2, "no answer without a whole message, no session without a terminal"
    assert awaited(lambda: not parent.children())
    terminal, _ = parent.board()
    with terminal:
        assert leave(terminal) == 0


def test_another_account_is_not_heard(parent: Parent) -> None:
    server, folder = parent.server, run_folder(parent.server)
    assert "PermissionError" in called(server, server.stranger)[0]
    folder.chmod(0o711)
    (folder / "warm").chmod(0o777)
    try:
        told = called(server, server.stranger)
    finally:
        folder.chmod(0o700)
    assert told == ["''"] * 10
    assert not parent.children()


def refusal(words: Sequence[str]) -> str:
    done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr
    return done.stderr


def test_it_runs_for_the_account_alone_and_once(parent: Parent) -> None:
    server, folder = parent.server, run_folder(parent.server)
    own = [server.python, "-I", "-m", "dutyboard.tui.cli", "--lang", "en", "warm"]
    assert "root" in refusal(own)
    assert "already" in refusal(as_account(server, *own))
    assert "python -I" in refusal(as_account(server, *[each for each in own if each != "-I"]))
    folder.chmod(0o750)
    try:
        assert "0700" in refusal(as_account(server, *own))
    finally:
        folder.chmod(0o700)
