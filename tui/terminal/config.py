"""Settings that Textual reads once, at import. They must stand in the environment before that."""

import os
from typing import Final, Literal

TerminalProblem = Literal["not_utf8"]
ENVIRONMENT: Final = {
    "TEXTUAL_ANIMATIONS": "none",  # smooth scrolling costs nine times the bytes
    "TEXTUAL_SMOOTH_SCROLL": "0",
    "TEXTUAL_DISABLE_KITTY_KEY": "1",  # with it, iTerm2 loses text that an input method commits
    "ESCDELAY": "300",  # an arrow key split by a slow line must not read as Escape
}


def prepare() -> None:
    """Put the settings in place of whatever Textual would read from the environment.

    Some of its variables write each key that is typed into a file that all may read, take pictures, or press keys.
    """
    for name in [each for each in os.environ if each.startswith("TEXTUAL")]:
        del os.environ[name]
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)


def terminal_problem(encoding: str | None) -> TerminalProblem | None:
    """Return the reason why this terminal cannot show the desk, or None if it can."""
    if encoding is not None and encoding.lower().replace("-", "") not in {"utf8", "utf8sig"}:
        return "not_utf8"
    return None


def terminal_name() -> str:
    """Return the name by which the terminal is described, "" where none is given."""
    return os.environ.get("TERM", "")


def theme_wanted() -> str:
    """Return the name of the theme that is to be worn first, "" where none is given."""
    return os.environ.get("DUTYBOARD_THEME", "")


def font_wanted() -> str:
    """Return the file of the font for printed pages, "" where none is named. `FILE#2`: the third of a collection."""
    return os.environ.get("DUTYBOARD_FONT", "")
