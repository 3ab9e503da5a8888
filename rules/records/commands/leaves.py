"""The leaves of an act: each text, date and number that it holds, however deep."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import chain, repeat
from typing import Any

from dutyboard.frozen import values_held

Leaf = str | date | int | float | bool
_LEAVES = (str, date, int, float)
_PLAIN = frozenset({str, date, datetime, int, float, bool})
"""The types of nearly all leaves: looked up in less time than a base is asked for."""

_Held = Iterator[tuple[str, object]]


def leaves(value: object, name: str = "", *, closed: tuple[type, ...] = ()) -> Iterator[tuple[str, Leaf]]:
    """Yield each leaf with the name of the field that holds it, in order; nothing inside objects of `closed` types.

    A sheet of 10,000 people has half a million of them.
    """
    opened: list[_Held] = [iter([(name, value)])]
    while opened:
        for name, value in opened[-1]:
            if value is None:
                continue
            if type(value) in _PLAIN or isinstance(value, _LEAVES):
                yield name, value  # type: ignore[misc]
            elif not isinstance(value, closed):
                opened.append(_within(name, value))
                break
        else:
            opened.pop()


def _within(name: str, value: object) -> _Held:
    """Return what a value holds, each with the name of its field."""
    if isinstance(value, Mapping):
        return chain.from_iterable(
            ((name, key), (key if isinstance(key, str) else name, inner)) for key, inner in value.items()
        )
    if isinstance(value, tuple | list | set | frozenset):
        return zip(repeat(name), value)
    kind: Any = type(value)
    names, held = values_held(kind)
    return zip(names, held(value))
