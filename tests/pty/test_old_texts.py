"""Texts from before the door, on a real terminal: none of their bytes is obeyed, and no row is broken by them."""

import re
from pathlib import Path

from tests.old_texts import HELD, spoil
from tests.pty.desks import board_of, practice_desk, printed
from tests.pty.storm import FORBIDDEN, OWN, still
from tests.pty.terminal import KEYS, Terminal

SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[P\]X^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])|[\x00-\x08\x0b-\x1f\x7f]"
)
SCREENS = ("f2", "f5", "f8", "f6")
PAGE_DOWN = "\x1b[6~"


def walked(folder: Path) -> bytes:
    """What the program sends while every screen, and the page of a person with an old name, is looked at."""
    with board_of(folder, columns=120, rows=40) as terminal:
        for screen in SCREENS:
            look(terminal, KEYS[screen])
            for _ in range(2):
                look(terminal, PAGE_DOWN)
            assert_whole(terminal)
        look(terminal, KEYS["f5"])
        look(terminal, KEYS["enter"])
        assert_whole(terminal)
        rows = [line.strip() for line in terminal.lines()]
        assert not [row for row in rows if row.startswith("06-07 19:41 second")]
        return terminal.raw()


def assert_whole(terminal: Terminal) -> None:
    """Hold the screen against the same one painted anew: a row that a text broke would not come again."""
    before = terminal.lines()
    for columns in (132, 120):
        terminal.resize(columns, 40)
        still(terminal)
    assert [re.sub(r"\d", "0", line) for line in terminal.lines()] == [re.sub(r"\d", "0", line) for line in before]


def look(terminal: Terminal, key: str) -> None:
    terminal.send(key)
    still(terminal)


def shapes(sent: bytes) -> set[bytes]:
    """The control sequences of an output, with no number in them."""
    return {re.sub(rb"[0-9;:]+", b"0", found) for found in SEQUENCE.findall(sent)}


def test_an_old_text_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    clean = walked(practice_desk(tmp_path / "clean"))
    old = spoil(practice_desk(tmp_path / "old"))
    held = [each["text"] for each in printed(old, "export", "--json")["tables"]["entries"].values() if each.get("text")]
    assert len([text for text in held if text.startswith("来电")]) >= len(HELD), "the desk holds them"
    sent = walked(old)
    assert b"<U+001B>" in sent and b"<U+202E>" in sent
    assert FORBIDDEN.search(OWN.sub(b"", sent)) is None
    assert shapes(OWN.sub(b"", sent)) <= shapes(OWN.sub(b"", clean))
