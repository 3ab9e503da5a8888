"""Words that stand on every printed page, and what is said where there is none."""

from collections.abc import Mapping
from typing import Literal

from dutyboard.frozen import frozen

PageKind = Literal[
    "screening",
    "city",
    "site",
    "roster",
    "handover",
    "ledger",
    "villages",
    "notice-isolation",
    "notice-release",
    "notice-home",
    "transfer",
    "record",
    "presence",
    "calls",
    "daybook",
    "rota",
    "statistics",
    "trends",
    "marks",
    "temperatures",
    "patrols",
    "disinfections",
    "residents",
    "staff",
    "tests",
    "home-checks",
    "follow-ups",
]
PageSubject = Literal["unit", "site", "person", "officer"]
"""Kinds of records that a page may be about."""


@frozen
class PageWords:
    """Names of the kinds of pages, the line that says who made one, and why there is nothing to print."""

    kinds: Mapping[PageKind, str]
    kinds_heading: str
    made: str
    numbers_masked: str
    numbers_shown: str
    nothing: str
    left_out: str
    subject_needed: str
    either: str
    one_subject: str
    subjects: Mapping[PageSubject, str]
    days_twice: str
    title: str
    keys: str
    keys_days: str
    keys_state: str
    period: str
    days: str
    first_day: str
    last_day: str
    no_picture: str
    in_future: str
    not_his: str
    copied: str
    copy_too_long: str
