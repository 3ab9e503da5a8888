"""The line of a session to the parent that forks it (`dutyboard warm`): its place, its words, and the client's half.

The client is the process that sshd starts for an officer. It hands its words, its variables and its terminal to the
parent, whose child goes in at the door with them, and waits for the exit code. Where anything is in doubt it hands over
nothing and runs the program itself.

This comes before every import of the command line, which takes three times as long; `socket` and `signal` take another
eighth of a start, so that their bare modules are used.
"""

import _signal  # type: ignore[import-not-found]
import _socket
import fcntl
import os
import sys
import termios
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from dutyboard.tui.link.user import login_of

READY: Final = b"ready"
GO: Final = b"go"
BEGUN: Final = b"begun"
SECONDS: Final = 1.0
"""Seconds for which either end waits for the other until the session has begun."""
LONGEST: Final = 1 << 16
"""The most bytes of a message."""
LOST: Final = 129
"""The exit code of a session that ended without one: it was hung up on, or killed."""
_WORDS: Final = ("--lang zh", "--lang en", "")
"""Lines of an officer that ask for the board and for nothing else."""


def warm_folder() -> str:
    """Return the folder of the line: one of the system's, made for the account alone."""
    return f"/run/dutyboard-{login_of(os.geteuid())}"


def warm_place() -> str:
    """Return the place of the line."""
    return f"{warm_folder()}/warm"


def own_program() -> list[bytes]:
    """Return which program this is: its interpreter, and where its files lie. Both ends must say the same."""
    return [sys.version.encode(), os.fsencode(__file__)]


def message(words: Sequence[str]) -> bytes:
    """Return what a client says: the program, the number of its words, these, and all its variables."""
    variables = [name + b"=" + value for name, value in os.environb.items()]
    said = [*own_program(), b"%d" % len(words), *map(os.fsencode, words), *variables]
    return b"\0".join(said)


def peer_of(line: _socket.socket) -> int:
    """Return the user number of the process at the other end, as the kernel knows it."""
    told = line.getsockopt(_socket.SOL_SOCKET, _socket.SO_PEERCRED, 12)
    return int.from_bytes(told[4:8], sys.byteorder)


def reached(said: bytes) -> _socket.socket | None:
    """Return the line to a child that took this message and waits; None where there is none, or any doubt."""
    line = _socket.socket(_socket.AF_UNIX, _socket.SOCK_SEQPACKET | _socket.SOCK_CLOEXEC)
    line.settimeout(SECONDS)
    with suppress(OSError):
        line.connect(warm_place())
        if peer_of(line) == os.geteuid():
            terminal = (0).to_bytes(4, sys.byteorder, signed=True)
            line.sendmsg([said], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, terminal)])
            if line.recv(LONGEST) == READY:
                return line
    line.close()
    return None


def handed_over(words: Sequence[str]) -> int | None:
    """Have the parent's child show the board on this terminal; return its exit code. None: nothing was handed over."""
    if not (_asks_for_board(words) and _holds_terminal()):
        return None
    line = reached(message(words))
    if line is None:
        return None
    _signal.signal(_signal.SIGHUP, _signal.SIG_IGN)  # who gives its terminal up hears a hang-up
    with suppress(OSError):
        fcntl.ioctl(0, termios.TIOCNOTTY)
    _signal.signal(_signal.SIGHUP, _signal.SIG_DFL)
    told = _told(line)
    line.close()
    if told:
        return int(told[-1]) if told[-1].isdigit() else LOST
    with suppress(OSError):  # the child ended before it touched the terminal
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    return None


def _told(line: _socket.socket) -> list[bytes]:
    """Let the child begin; return what it said until its end: that it has begun, and its exit code."""
    said = []
    line.settimeout(None)
    with suppress(OSError):
        line.send(GO)
        while told := line.recv(LONGEST):
            said.append(told)
    return said


def _asks_for_board(words: Sequence[str]) -> bool:
    """Return True for the line that `keys` writes for sshd, where the officer asked for nothing but the board."""
    match words:
        case ["--data", folder, "door", _] | ["--data", folder, "door", _, "--key", _]:
            asked = os.environ.get("SSH_ORIGINAL_COMMAND", "")
            return bool(sys.flags.isolated) and folder.startswith("/") and asked in _WORDS
    return False


def _holds_terminal() -> bool:
    """Return True if one UTF-8 terminal is all that this process reads and writes, and its session's own.

    sudo keeps the session to itself, so that its terminal cannot be given away.
    """
    try:
        same = {os.fstat(number).st_rdev for number in (0, 1, 2)}
        own = os.tcgetpgrp(0) == os.getsid(0) == os.getpid()
        return own and len(same) == 1 and os.isatty(0) and sys.stdout.encoding == "utf-8"
    except (OSError, AttributeError):
        return False
