"""Punctuation between things that stand in one line."""

from dutyboard.frozen import frozen


@frozen
class MarkWords:
    """`comma` between the items of a list, `semicolon` between sentences."""

    comma: str
    semicolon: str
