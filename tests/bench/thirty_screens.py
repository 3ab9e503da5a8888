"""Many officers at their screens: `python -m tests.bench.thirty_screens [sessions [people [seconds [midnight]]]]`.

Each session is the program in a pseudo-terminal of its own, on one desk. Keys move cursors, a colleague writes a note
now and then. Prints the time from a key to the first byte, and from a commit to the first byte on the others' log, each
beside the same with few sessions. `midnight`: the desk's clock stands at 23:55, and the keys at the turn of the day are
printed too.
"""

import fcntl
import os
import pty
import random
import selectors
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from tests.bench.cli_start import DUTYBOARD, desk_of
from tests.bench.rules_obligations import NOW
from tests.pty.terminal import KEYS

WATCHERS = 4
"""Sessions that show the log and get no keys: what comes on them is the colleague's."""
KEY_SECONDS, NOTE_SECONDS = 2.5, 2.5
ROWS_SHOWN, LOG_SHOWN = "现在要做的事".encode(), "登记人".encode()
EVE = NOW.replace(hour=23, minute=55)


@dataclass(eq=False)
class Screen:
    """A session: its terminal, what it wrote last, and the key that waits for an answer."""

    process: subprocess.Popen[bytes]
    master: int
    written: bytearray = field(default_factory=bytearray)
    asked: float = 0.0
    down: bool = False
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


def opened(folder: Path) -> Screen:
    """Start the program in a terminal of 80x24."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    process = subprocess.Popen(
        (DUTYBOARD, "--data", str(folder)),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**env, "TERM": "xterm-256color", "LANG": "C.UTF-8"},
        start_new_session=True,
    )
    os.close(slave)
    os.set_blocking(master, False)
    return Screen(process, master)


class Room:
    """Every screen, read by one selector."""

    def __init__(self, folder: Path, count: int) -> None:
        self.screens = [opened(folder) for _ in range(count)]
        self._selector = selectors.DefaultSelector()
        for each in self.screens:
            self._selector.register(each.master, selectors.EVENT_READ, each)
        self.noted: float = 0.0
        self.notes: list[float] = []

    def read(self, until: float) -> None:
        """Read what comes until an instant."""
        while (left := until - time.monotonic()) > 0:
            for key, _ in self._selector.select(left):
                self._take(key.data)

    def _take(self, screen: Screen) -> None:
        now = time.monotonic()
        try:
            piece = os.read(screen.master, 65536)
        except OSError:
            raise SystemExit(f"a session ended by itself: {screen.process.poll()}") from None
        screen.written += piece
        del screen.written[:-20_000]
        if b"\x1b[?2026$p" in piece:
            os.write(screen.master, b"\x1b[?2026;2$y")
        if screen.asked:
            screen.took.append((screen.asked, now - screen.asked))
            screen.asked = 0.0
        elif screen in self.screens[:WATCHERS] and self.noted:
            self.notes.append(now - self.noted)
            self.noted = 0.0

    def wait_for(self, shown: bytes, screens: list[Screen]) -> None:
        """Read until each of these screens has shown some words."""
        end = time.monotonic() + 120
        while not all(shown in each.written for each in screens):
            if time.monotonic() > end:
                raise SystemExit("a session never showed its rows")
            self.read(time.monotonic() + 0.1)

    def close(self) -> list[int]:
        """Hang up every session; return what they ended with."""
        for each in self.screens:
            each.process.send_signal(signal.SIGHUP)
        ended = [each.process.wait(20) for each in self.screens]
        for each in self.screens:
            os.close(each.master)
        return ended


def worked(folder: Path, count: int, seconds: float) -> Room:
    """Let so many officers work for some seconds; return what was seen."""
    colleague = Gateway.open(folder, own_identity(), pace=None)
    room, luck = Room(folder, count), random.Random(count)
    room.wait_for(ROWS_SHOWN, room.screens)
    watchers, others = room.screens[:WATCHERS], room.screens[WATCHERS:] or room.screens[1:]
    for each in watchers:
        each.send(KEYS["f6"])
    room.wait_for(LOG_SHOWN, watchers)
    room.read(time.monotonic() + 3)
    end, note = time.monotonic() + seconds, time.monotonic()
    while time.monotonic() < end:
        room.read(time.monotonic() + KEY_SECONDS / len(others) * luck.uniform(0.5, 1.5))
        luck.choice(others).move()
        if time.monotonic() > note:
            note = time.monotonic() + NOTE_SECONDS
            colleague.submit(WriteLog(text=f"{luck.random():.6f}"))
            room.noted = time.monotonic()
    colleague.close()
    return room


def told(name: str, took: list[float], beside: list[float]) -> None:
    """Print the middle, the 99th of 100 and the longest, in milliseconds, and the middle as a ratio."""
    if len(took) < 5 or len(beside) < 5:
        raise SystemExit(f"{name}: {len(took)} and {len(beside)} measured, too few")
    at = sorted(took)
    p99 = at[min(len(at) - 1, int(len(at) * 0.99))]
    ratio = statistics.median(at) / statistics.median(beside)
    print(
        f"{name:28} p50 {statistics.median(at) * 1e3:7.0f}  p99 {p99 * 1e3:7.0f}  longest {at[-1] * 1e3:7.0f} ms"
        f"  x {ratio:.2f} of few sessions  ({len(at)})"
    )


def main(sessions: int = 30, people: int = 2_000, seconds: float = 60.0, night: str = "") -> None:
    """Measure and print."""
    began: datetime = EVE if night else NOW
    with tempfile.TemporaryDirectory() as home:
        folder = desk_of(Path(home) / "desk", people, 40, began)
        few = worked(folder, WATCHERS + 2, min(seconds, 20.0))
        few.close()
        started = time.monotonic()
        cpu = os.times()
        room = worked(folder, sessions, seconds if not night else 330.0)
        ended = room.close()
        spent = os.times().children_user + os.times().children_system - cpu.children_user - cpu.children_system
    keys = [took for each in room.screens for _, took in each.took]
    beside = [took for each in few.screens for _, took in each.took]
    print(f"{sessions} sessions, {people} people, {seconds:.0f} s; ended with {sorted(set(ended))}")
    told("key to first byte", keys, beside)
    told("a colleague's note", room.notes, few.notes)
    print(f"processor: {spent / (time.monotonic() - started):.2f} cores, start and end with it")
    if night:
        print("longest key in each half minute, in ms:", halves(room, started))


def halves(room: Room, started: float) -> list[int]:
    """Return the longest wait of a key in each half minute."""
    worst: dict[int, float] = {}
    for each in room.screens:
        for at, took in each.took:
            half = int((at - started) // 30)
            worst[half] = max(worst.get(half, 0.0), took)
    return [round(worst.get(each, 0.0) * 1e3) for each in range(max(worst) + 1)]


if __name__ == "__main__":
    main(*(int(each) if each.isdigit() else each for each in sys.argv[1:]))  # type: ignore[arg-type]
