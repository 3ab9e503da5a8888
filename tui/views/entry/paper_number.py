"""Number of a paper (文号) in words, and how often it was printed."""

from dutyboard.rules.records.codes import PaperKind
from dutyboard.rules.records.papers.issued import PaperNumber
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.tui.text import Words


def number_text(kind: PaperKind, number: PaperNumber, snapshot: Snapshot, words: Words) -> str:
    """Return the number of a paper: the desk, the short name of its kind, the year, the n-th of it."""
    said, desk = words.papers, desk_of(snapshot).desk
    return said.number.format(desk=desk, short=said.short[kind], year=number.year, serial=number.serial)


def copy_text(copy: int, words: Words) -> str:
    """Return that a paper was printed again, and how often by now; "" of the first time."""
    return words.papers.copy.format(n=copy) if copy > 1 else ""
