"""The lists of words under `words/`, read once: what each word means. Words are folded as cells are."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

ListName = Literal[
    "answers",
    "categories",
    "codes",
    "contacts",
    "counties",
    "headings",
    "names",
    "results",
    "slots",
    "symptoms",
    "templates",
]
_FOLDER: Final = Path(__file__).with_name("words")


@cache
def word_list(name: ListName) -> Mapping[str, Any]:
    """Return a file of words as it is written."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))


@cache
def meanings(name: ListName, table: str) -> Mapping[str, str]:
    """Return the meaning of each word of a table."""
    return {word: meaning for meaning, words in word_list(name)[table].items() for word in words}


@cache
def row_words() -> Mapping[str, re.Pattern[str]]:
    """Return the forms of rows that are no records, by what such a row is."""
    words = word_list("headings")["rows"]
    return {name: re.compile(form) for name, form in words.items() if isinstance(form, str)}


def is_blank(word: str) -> bool:
    """Return True for a folded cell that holds nothing, or a dash in place of nothing."""
    return not word or word in meanings("answers", "blank")
