"""What comes in from the terminal: bad bytes cost a character, an end of input ends the program."""

import os
import threading
from collections.abc import Callable
from typing import Any

import pytest
from textual.events import Key

from dutyboard.tui.terminal.driver import DutyDriver


class Terminal(DutyDriver):
    """The driver on a pipe, with what it would tell the app kept."""

    def __init__(self, fileno: int) -> None:
        self.fileno = fileno
        self.exit_event = threading.Event()
        self._debug = False
        self.told: list[str] = []
        self.keys: list[str] = []
        self._app = self  # type: ignore[assignment]

    def process_message(self, message: Any) -> None:
        if isinstance(message, Key):
            self.keys.append(message.key)

    def call_later(self, what: Callable[[], None]) -> None:
        what()

    def exit(self) -> None:
        self.told.append("exit")


def test_a_byte_that_is_no_utf8_does_not_end_the_session() -> None:
    reading, writing = os.pipe()
    driver = Terminal(reading)
    os.write(writing, b"a\xc4\xe3" + "检".encode() + b"b")
    os.close(writing)
    driver.run_input_thread()
    os.close(reading)
    assert driver.keys[0] == "a"
    assert driver.keys[-2:] == ["检", "b"]


def test_a_terminal_that_is_gone_ends_the_program_once() -> None:
    reading, writing = os.pipe()
    driver = Terminal(reading)
    os.close(writing)
    driver.run_input_thread()
    os.close(reading)
    assert driver.told == ["exit"]


def test_a_character_split_between_two_reads_arrives_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dutyboard.tui.terminal.driver.READ_BYTES", 1)
    reading, writing = os.pipe()
    driver = Terminal(reading)
    os.write(writing, "巡".encode())
    os.close(writing)
    driver.run_input_thread()
    os.close(reading)
    assert driver.keys == ["巡"]
