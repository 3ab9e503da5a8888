"""Order of worse for the fields of officers, sites and areas.

What a newer word adds stands, and it takes nothing away. Of any other field the newer word stands: a phone is that of
today.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from dutyboard.rules.duties.worse import Taken

Rooms = int | tuple[str, ...]


def standing_in(key: str, old: Any, new: Any) -> Taken:
    """Return what stands in a field after a newer word, and True if all that was told is in it."""
    if old in (None, "", ()) and key != "until":
        return new, True
    return _ORDERS[key](old, new) if key in _ORDERS else (new, True)


def _director(old: bool, new: bool) -> Taken:
    return (new, True) if new or not old else (old, False)


def _later(old: date, new: date) -> Taken:
    """An area is listed for longer, never for less."""
    return (new, True) if new >= old else (old, False)


def _rooms(old: Rooms, new: Rooms) -> Taken:
    """Rooms are added, or called otherwise. A bare count tells less than the names on the doors."""
    if isinstance(new, int) and not isinstance(old, int):
        return old, new == len(old)
    more = _many(new) >= _many(old)
    return (new, True) if more else (old, False)


def _many(rooms: Rooms) -> int:
    return rooms if isinstance(rooms, int) else len(rooms)


def _added(old: tuple[str, ...], new: tuple[str, ...]) -> Taken:
    return (*old, *(each for each in new if each not in old)), set(old) <= set(new)


_LEVELS: Final = ("named", "medium", "high")


def _higher(old: str, new: str) -> Taken:
    return (new, True) if _LEVELS.index(new) >= _LEVELS.index(old) else (old, False)


def _serving(old: date | None, new: date | None) -> Taken:
    """Nobody leaves because a sheet is silent, and nobody who has left comes back by one."""
    return old, (old is None) == (new is None)


_ORDERS: Final[Mapping[str, Callable[[Any, Any], Taken]]] = {
    "director": _director,
    "ends": _later,
    "level": _higher,
    "rooms": _rooms,
    "areas": _added,
    "until": _serving,
}
