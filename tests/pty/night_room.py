"""Officers at their screens for a stretch, each at a terminal of his own on one desk: screens, moves, notes, sizes.

Nobody's session may end before he leaves by F10, and every note that the screen called saved is in the journal.
"""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dutyboard.tui.link.care import verify
from tests.pty.desks import board_of, entries, practice_desk
from tests.pty.terminal import KEYS

SIZES = ((80, 24), (120, 40))
SHARES_OF = (6, 4, 1, 1, 2)
"""Of so many things that an officer does: moves, other screens, filters, sizes, notes."""
PAUSE = (0.2, 1.2)
"""Seconds between two keys of one officer, least and most."""
LEAVES = 8
"""Times that F10 is pressed to get from anywhere out of the program."""


class Ended(AssertionError):
    """A session that ended by itself, or a note that is lost."""


class Seat:
    """An officer at a terminal: what he pressed last, and the notes that the screen called saved."""

    def __init__(self, folder: Path, number: int, seed: int) -> None:
        self.number = number
        self.terminal = board_of(folder)
        self.pressed: list[str] = []
        self.saved: list[str] = []
        self._luck = random.Random(f"{seed}/{number}")

    def work(self, until: float) -> int:
        """Work until an instant, then leave; return the exit code. Raises Ended."""
        with self.terminal:
            while time.monotonic() < until:
                self._luck.choices((self._move, self._look, self._filter, self._resize, self._note), (6, 4, 1, 1, 2))[
                    0
                ]()
                time.sleep(self._luck.uniform(*PAUSE))
            for _ in range(LEAVES):
                if self.terminal.process.poll() is not None:
                    break
                self._press(KEYS["f10"])
                self.terminal.settle()
            return self.terminal.wait_exit()

    def _press(self, keys: str) -> None:
        self.pressed.append(repr(keys))
        code = self.terminal.process.poll()
        if code is not None and keys != KEYS["f10"]:
            raise Ended(f"session {self.number} ended with {code} after {' '.join(self.pressed[-20:])}\n{self._shown}")
        self.terminal.send(keys)

    @property
    def _shown(self) -> str:
        return self.terminal.text()

    def _move(self) -> None:
        self._press(self._luck.choice((KEYS["down"], KEYS["down"], KEYS["up"])))

    def _look(self) -> None:
        self._press(KEYS[self._luck.choice(("f2", "f3", "f4", "f5", "f6", "f7", "f8"))])

    def _filter(self) -> None:
        self._press(KEYS["f2"])
        self._press("/")
        self._press("cw")
        self._press(KEYS["escape"])
        self._press(KEYS["escape"])

    def _resize(self) -> None:
        self.terminal.resize(*self._luck.choice(SIZES))

    def _note(self) -> None:
        text = f"note {self.number}-{len(self.saved)}"
        self._press(KEYS["f2"])
        self._press("n")
        self.terminal.wait_for("确认保存")
        self._press(text)
        self._press(KEYS["f9"])
        self.terminal.wait_until(lambda shown: "确认保存" not in shown and "已保存" in shown, f"{text} saved")
        self.saved.append(text)


def night(home: Path, sessions: int, seconds: float, seed: int, tell: Callable[[str], object] = print) -> None:
    """Let so many officers work for some seconds on a desk of their own, and say what they did. Raises Ended."""
    folder = practice_desk(home / "desk")
    seats = [Seat(folder, number, seed) for number in range(sessions)]
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(sessions) as pool:
        codes = list(pool.map(lambda seat: seat.work(until), seats))
    told = [entry.get("text", "") for entry in entries(folder)]
    saved = [text for seat in seats for text in seat.saved]
    lost = [text for text in saved if told.count(text) != 1]
    report = verify(folder)
    if any(codes) or lost or not report["ok"]:
        raise Ended(f"ended with {codes}, lost or twice: {lost}, {report['problems']}")
    keys = sum(len(seat.pressed) for seat in seats)
    tell(f"{sessions} sessions, {seconds:.0f} s: {keys} keys, {len(saved)} notes, each ended with 0 when it was left")
