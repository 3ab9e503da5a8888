"""The way of a disinfection as it is typed."""

from dutyboard.tui.text import Words
from dutyboard.tui.views.fields import chosen


def method_typed(typed: str, words: Words) -> str:
    """Return the code of a way to disinfect, typed as its word or its digit. What is neither stays as typed."""
    return chosen(typed, words.forms.disinfection_methods) or typed
