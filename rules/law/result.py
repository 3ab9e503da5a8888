"""Answer of section three for one person, as codes and dates."""

from dataclasses import field
from datetime import date
from typing import Literal

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.phrase import Phrase
from dutyboard.rules.law.section_three import AnswerOffice, Decision, Place
from dutyboard.rules.law.spans import Span

Hold = Literal[
    "result_pending",
    "result_unclear",
    "discharge_unknown",
    "contact_unknown",
    "negative_missing",
    "history_not_checked",
]
"""Reasons why the end of the counted period is no release (O10, O47, 3.2b, 3.7b)."""


@frozen
class Dates:
    """Calendar days of the stages, those that are known. `free_from` is 00:00 of that day."""

    site_first: date | None = None
    site_last: date | None = None
    home_first: date | None = None
    home_last: date | None = None
    free_from: date | None = None


@frozen
class Demands:
    """The clause from which each part of the joined plan comes; None where nothing is asked."""

    place: str | None = None
    site_end: str | None = None
    control_end: str | None = None
    closed_loop: str | None = None
    pcr_quarantine: str | None = None
    pcr_home: str | None = None
    pcr_single: str | None = None
    serum: str | None = None


@frozen
class Reason:
    """Reason of a referral: the open question, the facts to ask, and who can answer."""

    code: str
    text: Phrase
    reading: str
    office: AnswerOffice
    provisional: str
    facts: tuple[str, ...]


@frozen
class Result:
    """Result object of the facts format. When referred, place, days and counts are None.

    `branches` names those whose demands are joined, in the order of `spans`; `matched` all that apply. `readings` are
    the O-numbers used, and `flags` those that the command post has still to confirm. `reasons`: the gravest first;
    `asks`: what is asked beside a decision whose end is open. `home_begins`: day 1 at home as planned, also where a
    result that is out keeps it from `dates`. Two results are equal when they say the same, whichever notice and facts
    they rest on.
    """

    notice: Notice = field(compare=False, repr=False)
    facts: Facts = field(compare=False, repr=False)
    spans: tuple[Span, ...] = field(compare=False, repr=False)
    decision: Decision
    clause: str | None
    also: tuple[str, ...]
    first_place: Place | None
    closed_loop: Literal["yes", "not_stated"] | None
    closed_loop_default: bool | None
    quarantine_days: int | None
    home_days: int | None
    pcr_quarantine: int | None
    pcr_home: int | None
    pcr_single: int | None
    serum: int | None
    pcr_days_text: tuple[int, ...] | None
    pcr_dates_text: tuple[date, ...] | None
    dates: Dates
    home_begins: date | None
    hold: Hold | None
    reasons: tuple[Reason, ...]
    asks: tuple[Reason, ...]
    provisional: str | None
    screening_scope: bool
    readings: tuple[str, ...]
    flags: tuple[str, ...]
    demands: Demands
    branches: tuple[str, ...]
    matched: tuple[str, ...]
    waits_for: tuple[str, ...]
    facts_used: tuple[str, ...]
