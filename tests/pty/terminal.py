"""A real pseudo-terminal for tests: it runs a program, reads what it writes into a pyte screen, and counts the bytes.

Every wait is a wait on a condition of the screen, with a time limit that only a broken program reaches.
"""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pyte

DUTYBOARD = str(Path(sys.executable).with_name("dutyboard"))
LIMIT = 30.0
"""Seconds after which a wait fails. No test waits that long unless the program is broken."""
QUIET = 0.4
"""Seconds without a byte after which the program is taken to have finished painting."""
Cell = tuple[str, str, str, str]
"""A sign, its colour, its ground, and "bold" or nothing."""
_SYNC_QUERY = b"\x1b[?2026$p"
_SYNC_ANSWER = b"\x1b[?2026;2$y"


class CellScreen(pyte.Screen):
    """A screen in which half a wide character is a blank, as on a terminal; pyte's own display fails at one."""

    @property
    def display(self) -> list[str]:
        return [self._row(self.buffer[row]) for row in range(self.lines)]

    def _row(self, row: Any) -> str:
        shown, second = "", False
        for column in range(self.columns):
            if not second:
                shown += row[column].data or " "
            second = not second and east_asian_width(row[column].data[:1] or " ") in "WF"
        return shown


class Terminal:
    """A program in a terminal of `columns` x `rows`, 256 colours, UTF-8, that answers the synchronised-output query."""

    def __init__(self, *argv: str, columns: int = 80, rows: int = 24, env: dict[str, str] | None = None) -> None:
        self._screen = CellScreen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._changed = threading.Condition()
        self._raw = bytearray()
        self._last_byte = time.monotonic()
        self._first_byte: float | None = None
        self._ended = False
        self._drop, self._dropped = os.pipe()
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        clean = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_STATE_HOME") if name in os.environ}
        clean |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", **(env or {})}
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            argv,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=clean,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(LIMIT)
        self.hang_up()

    def _read(self) -> None:
        while True:
            ready, _, _ = select.select((self._master, self._drop), (), ())
            try:
                piece = b"" if self._drop in ready else os.read(self._master, 65536)
            except OSError:  # the program has closed its side
                piece = b""
            with self._changed:
                if piece:
                    self._raw += piece
                    self._last_byte = time.monotonic()
                    self._first_byte = self._first_byte or self._last_byte
                    self._stream.feed(piece)
                else:
                    self._ended = True
                self._changed.notify_all()
            if not piece:
                return
            if _SYNC_QUERY in piece:
                os.write(self._master, _SYNC_ANSWER)

    def lines(self) -> list[str]:
        """The screen as the officer sees it, one string a row."""
        with self._changed:
            return list(self._screen.display)

    def text(self) -> str:
        """The whole screen as one string."""
        return "\n".join(self.lines())

    def cells(self) -> list[list[Cell]]:
        """Every cell of the screen: its sign, "" in the second half of a wide one, and how it is drawn."""
        with self._changed:
            rows = [[self._screen.buffer[y][x] for x in range(self._screen.columns)] for y in range(self._screen.lines)]
            return [[(cell.data, cell.fg, cell.bg, "bold" if cell.bold else "") for cell in row] for row in rows]

    def cursor_row(self) -> int:
        """The row of the hardware cursor, from 0."""
        with self._changed:
            return int(self._screen.cursor.y)

    def wait_until(self, seen: Callable[[str], bool], what: str = "", limit: float = LIMIT) -> str:
        """Wait until the screen's text satisfies `seen`, and return it. Fails with the screen after the limit."""
        end = time.monotonic() + limit
        with self._changed:
            while True:
                text = "\n".join(self._screen.display)
                if seen(text):
                    return text
                left = end - time.monotonic()
                if left <= 0 or self._ended:
                    raise AssertionError(f"never seen: {what or seen}\n{text}")
                self._changed.wait(left)

    def wait_for(self, words: str) -> str:
        """Wait until `words` stand on the screen."""
        return self.wait_until(lambda text: words in text, words)

    def settle(self) -> None:
        """Wait until nothing has been written for a while: the painting is finished."""
        end = time.monotonic() + LIMIT
        asked = time.monotonic()
        with self._changed:
            while True:
                quiet = time.monotonic() - max(self._last_byte, asked)
                if quiet >= QUIET or self._ended or time.monotonic() > end:
                    return
                self._changed.wait(QUIET - quiet)

    def resize(self, columns: int, rows: int) -> None:
        """Take another size; the kernel tells the program."""
        with self._changed:
            self._screen.resize(rows, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def wipe(self) -> None:
        """Blank the terminal without the program knowing, as text of another program does."""
        with self._changed:
            self._screen.erase_in_display(2)

    @property
    def modes(self) -> list[Any]:
        """How the terminal is set."""
        return termios.tcgetattr(self._master)

    @property
    def echoes(self) -> bool:
        """True if what is typed is shown by the terminal itself."""
        return bool(self.modes[3] & termios.ECHO)

    def send(self, keys: str | bytes) -> None:
        """Type."""
        os.write(self._master, keys.encode() if isinstance(keys, str) else keys)

    @property
    def written(self) -> int:
        """Bytes that the program has written so far."""
        with self._changed:
            return len(self._raw)

    def raw(self, since: int = 0) -> bytes:
        """The bytes written since a count taken from `written`."""
        with self._changed:
            return bytes(self._raw[since:])

    def cost(self, keys: str) -> int:
        """Bytes that the program writes in answer to these keys, until it is quiet."""
        before = self.written
        self.send(keys)
        with self._changed:
            self._changed.wait_for(lambda: len(self._raw) > before, timeout=2)
        self.settle()
        return self.written - before

    def seconds_until(self, words: str) -> float:
        """Seconds from the start of the program until `words` stand on the screen."""
        self.wait_for(words)
        return time.monotonic() - self.started

    def hang_up(self) -> None:
        """Drop the line, as when an SSH link breaks: the kernel sends SIGHUP and every read and write fails."""
        if self._master < 0:
            return
        os.write(self._dropped, b"x")
        self._reader.join(LIMIT)
        for descriptor in (self._master, self._drop, self._dropped):
            os.close(descriptor)
        self._master = -1

    def wait_exit(self) -> int:
        """Wait for the program to end; its exit code (negative: the signal that killed it)."""
        return self.process.wait(LIMIT)


KEYS: dict[str, str] = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "enter": "\r",
    "escape": "\x1b",
    **{f"f{n}": code for n, code in zip(range(1, 5), ("\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS"))},
    **{f"f{n}": f"\x1b[{code}~" for n, code in zip(range(5, 11), (15, 17, 18, 19, 20, 21))},
}
"""What a terminal sends for the keys that the tests press."""


def arguments(folder: Path, *rest: str) -> Sequence[str]:
    """The command line of `dutyboard` on a desk's folder."""
    return (DUTYBOARD, "--data", str(folder), *rest)
