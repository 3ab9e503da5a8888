"""An officer at a terminal of 80x24: he sees the screen and nothing else, presses keys, and they are counted."""

import re
import time
from collections.abc import Mapping
from pathlib import Path

from dutyboard.rules.records import pins
from dutyboard.tui.actions import ACTIONS, ActionId
from tests.night.said import Said
from tests.pty.desks import board_of
from tests.pty.terminal import KEYS, LIMIT, Terminal
from tests.tui.cut_sentences import cut_sentences

QUIET = 0.08
"""Seconds without a byte after which a screen is read."""
OWED_MARKS = ("!!", "!", "o")
ANSWERS = 0.5
"""Seconds that a key may take to show anything; one that shows nothing is not waited for longer."""
SECOND_LOOK = 0.3
"""Seconds between two looks at the row that is about to be answered."""
_RULE = "--- "
MORE_KEYS = {
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pagedown": "\x1b[6~",
    "pageup": "\x1b[5~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f11": "\x1b[23~",
    "tab": "\t",
    "space": " ",
    "asterisk": "*",
    "slash": "/",
    "plus": "+",
    "left": "\x1b[D",
    "right": "\x1b[C",
}
SENT: Mapping[str, str] = {**KEYS, **MORE_KEYS}


class Officer:
    """One officer. `keys` counts what he pressed; `shown` are the rows of top priority or late that he was shown.

    `cut` are the rows in which a sentence was cut.
    """

    def __init__(self, folder: Path, said: Said, terminal: Terminal | None = None) -> None:
        self.folder = folder
        self.said = said
        self.terminal = terminal if terminal is not None else board_of(folder, language=said.language)
        self.keys = 0
        self.shown: set[str] = set()
        self.cut: set[str] = set()
        self._sent = -1

    # Eyes

    def settle(self) -> None:
        """Wait until the last key was answered and the screen stands still."""
        answered = time.monotonic() + ANSWERS
        while self.terminal.written == self._sent and time.monotonic() < answered:
            time.sleep(0.02)
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            before = self.terminal.written
            time.sleep(QUIET)
            if self.terminal.written == before:
                return

    @property
    def screen(self) -> str:
        """The screen, once it stands still."""
        self.settle()
        shown = self.terminal.text()
        self.cut |= set(cut_sentences(shown, self.said.language))
        return shown

    def rows(self) -> list[str]:
        """The rows of the table on the screen, the one under the cursor too."""
        lines = self.screen.splitlines()
        first = next((n for n, line in enumerate(lines) if line.startswith(_RULE)), len(lines))
        found = [line for line in lines[first + 1 : -2] if line[1:3].strip() and line.strip()]
        self.shown |= {title_of(row) for row in found if row[1:3].strip() in ("!!", "!")}
        return found

    def at(self) -> str:
        """The row under the cursor."""
        return next((row for row in self.rows() if row.startswith(">")), "")

    def status(self) -> str:
        """The line above the keys."""
        return self.screen.splitlines()[-2].strip()

    def in_form(self) -> bool:
        return self.said.form in self.screen

    # Hands

    def press(self, *names: str) -> None:
        """Press keys by their names."""
        for name in names:
            self.keys += 1
            self._sent = self.terminal.written
            self.terminal.send(SENT.get(name, name))

    def do(self, action: ActionId) -> None:
        """Press the key of an action, as the footer and F1 name it."""
        keys = next(each for each in ACTIONS if each.id == action).keys
        self.press(next(key for key in keys if key in SENT or len(key) == 1))

    def type(self, text: str) -> None:
        """Type a text."""
        self.keys += len(text)
        self._sent = self.terminal.written
        self.terminal.send(text)

    def see(self, *words: str) -> str:
        """Wait until one of these stands on the screen."""
        return self.terminal.wait_until(lambda text: any(each in text for each in words), " or ".join(words))

    def board(self) -> None:
        """Go to the board, on its first row."""
        for _ in range(4):
            if self._patiently_back():
                break
            self.press("f10")
        self.press("f2")
        self.see(self.said.words.screens.todo)
        self.press("home")

    def select(self, words: str) -> bool:
        """Put the cursor on the first row that holds these words. False: none is on the screen or below."""
        for _ in range(12):
            rows = self.rows()
            here = next((n for n, row in enumerate(rows) if row.startswith(">")), None)
            there = next((n for n, row in enumerate(rows) if words in row), None)
            if there is not None and here is not None:
                self.press(*["down" if there > here else "up"] * abs(there - here))
                if words in self.at() and self._stands(words):
                    return True
                continue
            before = rows
            self.press("pagedown")
            if self.rows() == before:
                return False
        return False

    def _stands(self, words: str) -> bool:
        """Look a second time: the list sorts itself anew with the next key, which a busy machine shows late."""
        time.sleep(SECOND_LOOK)
        return words in self.at()

    def opened(self) -> bool:
        """Wait for the form of the row. False: another page came, which is left again."""
        for _ in range(10):
            if self.in_form():
                return True
        self.press("f10")
        return False

    def fill(self, answers: Mapping[str, str]) -> None:
        """Go to each field by its label and type the answer, over what stood there. Then save."""
        for label, text in answers.items():
            self._go_to(label)
            self.type(text)
        self.press("f9")

    def _go_to(self, label: str) -> None:
        """Move to the field of a label. A key that is answered late would move on while one types."""
        self.settle()
        here = self._mark_off((-1, ""))
        for key in ("down", "up"):
            for _ in range(16):
                if here[1].startswith(label):
                    return
                self.press(key)
                here = self._mark_off(here)
        raise AssertionError(f"no field {label}\n{self.terminal.text()}")

    def _mark_off(self, before: tuple[int, str]) -> tuple[int, str]:
        """Wait until the mark stands on another row of the form than before; return its place and its label."""
        shown = self.terminal.wait_until(lambda text: _marked(text) not in (None, before), "the mark on another row")
        found = _marked(shown)
        assert found is not None
        return found

    def back(self) -> None:
        """Wait until the board is back; of a form that stays open, sign it or leave it."""
        for _ in range(4):
            if self._patiently_back():
                return
            if "PIN" in self.screen:
                self.sign()
            else:
                self.press("f10")

    def _patiently_back(self) -> bool:
        """Wait a while for a screen with the desk's head: F10 on it would leave the program."""
        return any(self.said.board in self.screen for _ in range(6))

    def sign(self) -> None:
        """Take the leader who is proposed, and type the PIN as often as it is asked for."""
        for _ in range(4):
            seen = self.screen
            if self.said.words.pins.leader in seen:
                self._answer(self.said.words.pins.leader)
            elif "PIN" in seen and self.said.words.screens.todo not in seen:
                asked = next(line for line in seen.splitlines() if "PIN" in line).partition("PIN")[0]
                self.type(pins.SHARED_PIN)
                self._answer(f"{asked}PIN")
            else:
                return

    def _answer(self, question: str) -> None:
        """Send what was typed, and wait until its question is gone: a busy machine shows it a while longer."""
        self.press("enter")
        self.terminal.wait_until(lambda text: question not in text, f"{question} gone")


def _marked(text: str) -> tuple[int, str] | None:
    """Place and label of the row that the keys go to. What is typed there is no part of it."""
    rows = enumerate(text.splitlines())
    return next(((n, row.lstrip(" >*").split("  ")[0]) for n, row in rows if row.startswith(">")), None)


def title_of(row: str) -> str:
    """What a row is about: without marks, cursor, count, owner, hour and state."""
    return re.split(r"\s{2,}|\s\d+/\d+", row[4:].strip())[0]
