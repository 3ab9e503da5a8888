"""The leaves of an act: each text, date and number that it holds, however deep."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date

Leaf = str | date | int | float | bool


def leaves(value: object, name: str = "", *, closed: tuple[type, ...] = ()) -> Iterator[tuple[str, Leaf]]:
    """Yield each leaf with the name of the field that holds it; nothing inside objects of `closed` types."""
    if isinstance(value, Leaf):
        yield name, value
    elif isinstance(value, closed):
        return
    elif is_dataclass(value):
        for each in fields(value):
            yield from leaves(getattr(value, each.name), each.name, closed=closed)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(key, name, closed=closed)
            yield from leaves(inner, key if isinstance(key, str) else name, closed=closed)
    elif isinstance(value, tuple | list | set | frozenset):
        for inner in value:
            yield from leaves(inner, name, closed=closed)
