"""Words of a person's course under section three: result, place, dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dutyboard.frozen import frozen

if TYPE_CHECKING:
    from dutyboard.rules.law.section_three import AnswerOffice
    from dutyboard.rules.records.codes import EndKind, Stage


@frozen
class CourseWords:
    """Lines and their parts. Placeholders in braces are filled with `str.format`."""

    stages: Mapping[Stage, str]
    on_road: str
    ends: Mapping[EndKind, str]
    decisions: Mapping[str, str]
    places: Mapping[str, str]
    provisional: Mapping[str, str]
    offices: Mapping[AnswerOffice, str]
    test_types: Mapping[str, str]
    results: Mapping[str, str]
    clause_refer: str
    clause_none: str
    clause_line: str
    also: str
    refer: str
    refer_office: str
    provisional_line: str
    place_line: str
    closed_loop: str
    days: str
    site_days: str
    home_days: str
    tests_line: str
    free_from: str
    waits_for: str
    ask_line: str
    missing_line: str
    needs_nothing: str
    needs_answer: str
    quote: str
    hold: str
    proposed: str
    before: str
    after: str
