"""Many programs at terminals of their own, read by one selector: what each wrote, and how long its keys took."""

import fcntl
import os
import pty
import selectors
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyte

from tests.pty.terminal import KEYS, CellScreen

ROWS_SHOWN, LOG_SHOWN = "现在要做的事".encode(), "登记人".encode()
COLUMNS, ROWS = 80, 24
LIMIT_SECONDS = 120


@dataclass(eq=False)
class Seat:
    """A program at its terminal: the pieces that it wrote, each with its instant, and the key that waits."""

    process: subprocess.Popen[bytes]
    master: int
    started: float
    pieces: list[tuple[float, bytes]] = field(default_factory=list)
    asked: float = 0.0
    down: bool = False
    screen: str = "f2"
    took: list[tuple[float, float]] = field(default_factory=list)

    def send(self, key: str) -> None:
        """Send a key, unless the last one is not answered yet."""
        if not self.asked:
            self.asked = time.monotonic()
            os.write(self.master, key.encode())

    def move(self) -> None:
        """Move the cursor down, and the next time up again: a key that moves nothing is answered by nothing."""
        if not self.asked:
            self.down = not self.down
            self.send(KEYS["down" if self.down else "up"])

    def change_screen(self) -> None:
        """Go from the board to the list of people, or back."""
        self.screen = "f2" if self.screen == "f5" else "f5"
        self.down = False
        self.send(KEYS[self.screen])

    def shown(self, words: bytes) -> float | None:
        """Return the instant at which words had been written; None: they have not been."""
        text = b""
        for at, piece in self.pieces:
            text = text[-len(words) :] + piece
            if words in text:
                return at
        return None

    def screens(self) -> Iterator[tuple[float, list[str]]]:
        """Yield the lines of the screen after each piece, with its instant."""
        screen = CellScreen(COLUMNS, ROWS)
        stream = pyte.ByteStream(screen)
        for at, piece in self.pieces:
            stream.feed(piece)
            yield at, screen.display

    def first(self, seen: Callable[[list[str]], bool]) -> float | None:
        """Return the instant at which the screen first showed something; None: it never did."""
        return next((at for at, lines in self.screens() if seen(lines)), None)

    def memory(self) -> float:
        """Return the memory of the process in MB, its part of what it shares with others (PSS)."""
        return memory_of(self.process.pid)


def memory_of(pid: int) -> float:
    """Return the memory of a process in MB, its part of what it shares with others (PSS)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def seated(argv: Sequence[str]) -> Seat:
    """Start a program in a terminal of 80x24."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    started = time.monotonic()
    process = subprocess.Popen(
        argv,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**env, "TERM": "xterm-256color", "LANG": "C.UTF-8"},
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(slave)
    os.set_blocking(master, False)
    return Seat(process, master, started)


class Room:
    """Every seat, read by one selector."""

    def __init__(self) -> None:
        self.seats: list[Seat] = []
        self._selector = selectors.DefaultSelector()

    def more(self, argv: Sequence[str], count: int) -> list[Seat]:
        """Start a program so many times at once."""
        begun = [seated(argv) for _ in range(count)]
        for each in begun:
            self._selector.register(each.master, selectors.EVENT_READ, each)
        self.seats += begun
        return begun

    def read(self, until: float) -> None:
        """Read what comes until an instant."""
        while (left := until - time.monotonic()) > 0:
            for key, _ in self._selector.select(left):
                self._take(key.data)

    def _take(self, seat: Seat) -> None:
        try:
            piece = os.read(seat.master, 65536)
        except OSError:
            raise SystemExit(f"a session ended by itself: {seat.process.poll()}") from None
        now = time.monotonic()
        seat.pieces.append((now, piece))
        if b"\x1b[?2026$p" in piece:
            os.write(seat.master, b"\x1b[?2026;2$y")
        if seat.asked:
            seat.took.append((seat.asked, now - seat.asked))
            seat.asked = 0.0

    def seconds_until(self, shown: bytes, seats: Sequence[Seat]) -> list[float]:
        """Read until each of these has shown some words; return the seconds that each took from its start."""
        end = time.monotonic() + LIMIT_SECONDS
        while any(each.shown(shown) is None for each in seats):
            if time.monotonic() > end:
                raise SystemExit(f"a session never showed 「{shown.decode()}」")
            self.read(time.monotonic() + 0.1)
        return [(each.shown(shown) or 0.0) - each.started for each in seats]

    def unanswered(self, seconds: float) -> list[Seat]:
        """Read until every key is answered, at most so long; return the seats whose last key is not."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and any(each.asked for each in self.seats):
            self.read(time.monotonic() + 0.1)
        return [each for each in self.seats if each.asked]

    def leave(self, seats: Iterable[Seat]) -> list[int]:
        """Hang up some seats; return what their programs ended with."""
        seats = list(seats)
        for each in seats:
            self._selector.unregister(each.master)
            each.process.send_signal(signal.SIGHUP)
        ended = [each.process.wait(LIMIT_SECONDS) for each in seats]
        for each in seats:
            os.close(each.master)
        self.seats = [each for each in self.seats if each not in seats]
        return ended

    def __enter__(self) -> "Room":
        return self

    def __exit__(self, *_: object) -> None:
        """End whatever still runs."""
        for each in self.seats:
            each.process.kill()
            each.process.wait(LIMIT_SECONDS)
            os.close(each.master)
