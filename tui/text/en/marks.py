"""English sentences of `MarkWords`."""

from dutyboard.tui.text.marks import MarkWords

WORDS = MarkWords(
    comma=", ",
    semicolon="; ",
)
