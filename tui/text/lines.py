"""Words of what is said in lines: the punctuation between things, and the work by numbered lines."""

from collections.abc import Mapping
from typing import Literal

from dutyboard.frozen import frozen

PlainView = Literal[
    "board", "rounds", "queue", "person", "log", "handover", "reports", "undo", "acts", "more", "help", "quit"
]
"""Page or act that a word at the prompt of the numbered lines asks for."""


@frozen
class MarkWords:
    """`comma` between the items of a list, `semicolon` between sentences."""

    comma: str
    semicolon: str


@frozen
class LineWords:
    """Sentences of the work by numbered lines. `fields` name the fields of acts that no other table names.

    `choices` word the codes of those fields, `asked` the words for each view.
    """

    asked: Mapping[PlainView, tuple[str, ...]]
    views: Mapping[PlainView, str]
    fields: Mapping[str, str]
    choices: Mapping[str, str]
    prompt: str
    help: tuple[str, ...]
    nothing: str
    left: str
    row: str
    red: str
    unknown: str
    no_number: str
    came_red: str
    not_signed_on: str
    name_needed: str
    nobody: str
    several: str
    acts_title: str
    question: str
    hint: str
    needed_mark: str
    proposed: str
    choice_hint: str
    not_a_choice: str
    yes_no: str
    not_said: str
    several_hint: str
    pairs_hint: str
    bad_pair: str
    file: str
    writes: str
    goes_with: str
    signs: str
    signs_with: str
    change_which: str
    which: str
    saved: str
    nothing_new: str
    kept: str
    draft_offered: str
    draft_back: str
    more_facts: str
    temperature_line: str
    temperature_again: str
    temperature_not: str
    hand_row: str
    hand_stopped: str
    hand_early: str
    not_here: str
    abnormal_none: str
    waits: str
    whole_page: str
    page_person: str
