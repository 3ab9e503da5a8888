"""Words of a notice's conditions: their subjects and the answers they ask for."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
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
