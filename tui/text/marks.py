"""Punctuation between things that stand in one line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkWords:
    """`comma` between the items of a list, `semicolon` between sentences."""

    comma: str
    semicolon: str
