"""Rooms of a site as an officer writes them: a count, or the names on the doors."""

import re
from collections.abc import Iterable
from typing import Final

from dutyboard.rules.records.codes import Room

_NUMBERED: Final = re.compile(r"(.*?)(\d+)")
_SHORT: Final = 3
"""Rooms of a run from which on it is written in short."""


def rooms_written(rooms: int | Iterable[Room]) -> str:
    """Return the rooms as `read_rooms` reads them back: `62`, `8201-8220、A栋301`."""
    if isinstance(rooms, int):
        return str(rooms)
    runs: list[list[str]] = []
    for name in map(str, rooms):
        if runs and _follows(runs[-1][-1], name):
            runs[-1].append(name)
        else:
            runs.append([name])
    parts = [part for run in runs for part in ([f"{run[0]}-{_number(run[-1])}"] if len(run) >= _SHORT else run)]
    return f"{parts[0]}室" if len(parts) == 1 and parts[0].isdecimal() else "、".join(parts)


def _follows(one: str, other: str) -> bool:
    """Return True if the second name is the next number behind the same letters."""
    first, second = _NUMBERED.fullmatch(one), _NUMBERED.fullmatch(other)
    if first is None or second is None or first[1] != second[1] or len(first[2]) != len(second[2]):
        return False
    return int(second[2]) == int(first[2]) + 1


def _number(name: str) -> str:
    found = _NUMBERED.fullmatch(name)
    return found[2] if found is not None else name
