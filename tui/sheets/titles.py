"""Titles of a table: the texts above it, then those above the tables before it on its sheet."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Titles = tuple[tuple[str, ...], ...]
"""The texts above a table, nearest first, and behind them those above each table before it."""

T = TypeVar("T")


def nearest(titles: Iterable[Iterable[str]], told: Callable[[str], Iterable[T]]) -> T | None:
    """Return the one thing that the nearest titles tell which tell any; None: none do, or those tell several."""
    for level in titles:
        found = {each for line in level for each in told(line)}
        if found:
            return found.pop() if len(found) == 1 else None
    return None
