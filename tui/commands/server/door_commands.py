"""Commands that an officer may call at the door, and an officer's line taken apart without a shell.

Whatever is not named here is refused. What an option or an argument may be is asked again where it is read
(commands/framework).
"""

import re
import shlex
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal

from dutyboard.tui.text import LANGUAGES

DoorFault = Literal[
    "not_a_line",  # quotes that do not close, too long, or signs that no line holds
    "no_such_command",  # {command}
    "of_the_server",  # {command}
    "of_ones_own",  # {command}
    "itself",  # {command}
    "option",  # {option}
]
DoorVerdict = Literal["allowed", "of_the_server", "of_ones_own", "itself"]
LONGEST: Final = 65536
"""The most characters of a line."""

_ALLOWED: Final = (
    "shift officer unit staff pin sign-on take-seat handover board overview log check check-home ack shelve "
    "finding presence breach undo amend import template report send-report assess person register correct "
    "confirm answer transfer sample result reading suspect positive trace move assign release print stage void merge "
    "settle reopen handoff site rescreen trail views rules settings headings acts batch export verify doctor"
)
_OF_THE_SERVER: Final = "keys init server-setup mirror restore backup archive checkpoint salvage heal serve warm"
AT_THE_DOOR: Final[Mapping[str, DoorVerdict]] = MappingProxyType(
    {
        **dict.fromkeys(_ALLOWED.split(), "allowed"),
        **dict.fromkeys(_OF_THE_SERVER.split(), "of_the_server"),
        "demo": "of_ones_own",
        "door": "itself",
    }
)
"""Each command of the command line: allowed, or why not. A command without a row is refused."""
_REFUSED_OPTIONS: Final = re.compile(r"--(?:d|da|dat|data|a|as)(?:=.*)?", re.DOTALL)


class DoorRefused(Exception):
    """The door does not let a line through: a code, and the fields of its sentence."""

    def __init__(self, fault: DoorFault, **fields: str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.fields = fields


def taken_apart(line: str) -> tuple[str, ...]:
    """Return the words of a line as sshd hands it on; nothing in it is expanded. Raises DoorRefused."""
    if len(line) > LONGEST or "\0" in line:
        raise DoorRefused("not_a_line")
    try:
        return tuple(shlex.split(line))
    except ValueError:
        raise DoorRefused("not_a_line") from None


def language_asked(words: Sequence[str]) -> str:
    """Return the language that the words ask for, in which they may be refused; "" for none."""
    for option, value in zip(("", *words), (*words, "")):
        if option == "--lang" and value in LANGUAGES:
            return value
    return next((each for each in LANGUAGES if f"--lang={each}" in words), "")


def checked(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words if they may be carried out: none (the board), or a command that is allowed.

    Before the command may stand --lang, --plain and --help only. Raises DoorRefused.
    """
    if sum(len(word) + 1 for word in words) > LONGEST:
        raise DoorRefused("not_a_line")
    for word in words:
        if _REFUSED_OPTIONS.fullmatch(word):
            raise DoorRefused("option", option=word.partition("=")[0])
    left = list(words)
    while left and left[0].startswith("-"):
        option = left.pop(0)
        if option == "--lang" and left and left[0] in LANGUAGES:
            left.pop(0)
        elif option not in ("--plain", "--help", *(f"--lang={each}" for each in LANGUAGES)):
            raise DoorRefused("option", option=option)
    if left:
        verdict = AT_THE_DOOR.get(left[0])
        if verdict is None:
            raise DoorRefused("no_such_command", command=left[0])
        if verdict != "allowed":
            raise DoorRefused(verdict, command=left[0])
    return tuple(words)
