"""Words of a notice's conditions: their subjects and the answers they ask for; and of the findings of its check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dutyboard.frozen import frozen

if TYPE_CHECKING:
    from dutyboard.rules.law.notice import FindingKind
    from dutyboard.rules.law.proof.findings import TextFault
    from dutyboard.rules.law.proof.weaker import LessenedPart


@frozen
class CheckWords:
    """Findings of a check of a notice, with `str.format` placeholders. `kinds` stand before a finding of each kind."""

    kinds: Mapping[FindingKind, str]
    uncovered: str
    weaker: str
    never: str
    never_way: str
    test_day: str
    text: str
    parts: Mapping[LessenedPart, str]
    stages: Mapping[str, str]
    text_faults: Mapping[TextFault, str]
    nothing_left: str
    person: str
    raised: str
    base_person: str
    accepted: str
    not_asked: str


@frozen
class ConditionWords:
    """Words by code: `subjects` by the names of `rules.law.subjects`, `answers` by the words of a notice file."""

    subjects: Mapping[str, str]
    answers: Mapping[str, str]
    is_one_of: str
    is_not: str
    is_not_surely: str
    is_unknown: str
    at_most: str
    at_least: str
    over: str
    exactly: str
    either: str
    check: CheckWords
