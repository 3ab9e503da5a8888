"""Ways in which a thing was done, as they are typed."""

from collections.abc import Mapping
from typing import Any

from dutyboard.tui.text import Words
from dutyboard.tui.views.fields import chosen


def ways_of(detail: str, words: Words) -> Mapping[Any, str]:
    """Return the words of a detail of a check that has codes, by code; {}: it is text."""
    known: Mapping[str, Mapping[Any, str]] = {
        "method": words.forms.disinfection_methods,
        "how": words.forms.home_ways,
    }
    return known.get(detail, {})


def way_typed(detail: str, typed: str, words: Words) -> str:
    """Return the code of a detail, typed as its word or its digit. What is neither stays as typed."""
    return chosen(typed, dict[str, str](ways_of(detail, words))) or typed
