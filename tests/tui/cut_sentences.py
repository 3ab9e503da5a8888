"""Sentences of the catalogue that a screen cuts: what is said in one row has to fit into 80 cells."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from dutyboard.tui.terminal.cells import CUT
from dutyboard.tui.text import Words, words

LEAST: Final = 12
"""Signs that stay of a sentence from which it is told from what an officer wrote."""


@cache
def _sentences(language: str) -> tuple[str, ...]:
    """Return every sentence of a language that is the same whatever stands in it."""
    spoken = words(language)
    sections = [getattr(spoken, name) for name in dir(Words) if not name.startswith("_")]
    return tuple(each for each in _texts(sections) if "{" not in each)


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        yield from _texts(list(told.values()))
    elif isinstance(told, list | tuple):
        for each in told:
            yield from _texts(each)
    elif type(told).__module__.startswith("dutyboard."):
        yield from _texts([getattr(told, name) for name in type(told).__annotations__])


@cache
def _begun(language: str) -> frozenset[str]:
    """Return every sentence without its end."""
    return frozenset(each[:size].strip() for each in _sentences(language) for size in range(LEAST, len(each)))


def cut_sentences(shown: str, language: str) -> list[str]:
    """Return the rows of a screen in which a sentence ends before its end."""
    return [row for row in shown.splitlines() if any(_is_begun(part, language) for part in row.split(CUT)[:-1])]


def _is_begun(part: str, language: str) -> bool:
    told = part.strip(" >*")
    return any(told[first:] in _begun(language) for first in range(len(told) - LEAST + 1))
