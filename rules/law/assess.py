"""Section three applied to one person: exactly one governing clause, or a referral with its reason.

1. Every branch of the decision table is answered yes, no or unknown.
2. The branches that apply and are not handed over form one plan; the strictest governs (docs/reading.md, section 5).
3. Every open question whose worst answer would be stricter than that plan refers the person.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dutyboard.rules.law.case import Case, read_case
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.join import join
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.result import Dates, Demands, Reason, Result
from dutyboard.rules.law.ruling import Ruling
from dutyboard.rules.law.section_three import PLACES, Question
from dutyboard.rules.law.spans import Strictness, strictest

_BOTTOM: Strictness = (0, date.min, date.min, False, 0, 0)
_WORST_PLACES = {
    "ask": PLACES.index("free_after_negative") + 0.5,
    "fever clinic": PLACES.index("site") + 0.5,
    "hospital": PLACES.index("hospital"),
}
"""Worst answers that are no clause. To ask stands above staying put, the fever clinic above every site class."""


def assess(facts: Facts, notice: Notice, ruling: Ruling | None = None) -> Result:
    """Return what section three asks of a person, with every date that is known. Pure: same facts, same result.

    `ruling` is an office's word on the questions that were open; None: nobody has ruled.
    """
    case = read_case(facts, notice, ruling)
    keys = [case.spans[branch.name].strictness for branch in case.active]
    decided = strictest(keys) if keys else _BOTTOM
    worst = {question: _worst(question, case) for question in case.raised}
    refers = [question for question in case.raised if not question.beside]
    asked = [question for question in refers if worst[question] > decided and _is_asked(question, decided, case)]
    if asked:
        return _referred(case, sorted(asked, key=worst.__getitem__, reverse=True))
    governing = max(range(len(keys)), key=keys.__getitem__) if keys else None
    flags = case.flagged - notice.section_three.settings.confirmed
    result = join(case, governing)
    return replace(
        result,
        decision="decide_flag" if flags else "decide",
        also=tuple(dict.fromkeys(branch.clause for branch in case.matched if branch.clause != result.clause)),
        asks=tuple(_reason(question) for question in case.raised if question.beside),
        screening_scope=screening_scope(facts, notice),
        readings=_readings(case),
        flags=_in_order(flags),
        matched=tuple(branch.name for branch in case.matched),
        facts_used=_facts_used(case),
    )


def _is_asked(question: Question, decided: Strictness, case: Case) -> bool:
    """Return whether a question is put at all, whatever it may bring."""
    if question.unclassed and case.active:
        return False
    return question.settled_by is None or decided[0] < PLACES.index(question.settled_by)


def _worst(question: Question, case: Case) -> Strictness:
    """Return the strictest that the answer to a question may bring."""
    if question.may_be:
        return max(case.spans[branch.name].strictness for branch in question.may_be)
    return (_WORST_PLACES[question.worst], *_BOTTOM[1:])


def _in_order(readings: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(readings, key=lambda reading: int(reading[1:])))


def _readings(case: Case) -> tuple[str, ...]:
    used = {reading for branch in case.active for reading in branch.readings} | case.flagged
    used |= {question.reading for question in case.raised if question.beside}
    return _in_order(used | {"O20"} if len(case.active) > 1 else used)


def _facts_used(case: Case) -> tuple[str, ...]:
    section = case.notice.section_three
    keys = [key for branch in case.matched or section.branches for key in branch.facts]
    keys += [key for flag in section.flags if flag.reading in case.flagged for key in flag.facts]
    if any(case.spans[branch.name].start for branch in case.active):
        keys += ["arrival_at", "admitted_on"]  # what the days are counted from
    return tuple(dict.fromkeys(keys))


def _reason(question: Question) -> Reason:
    return Reason(
        code=question.code,
        text=question.reason,
        reading=question.reading,
        office=question.office,
        provisional=question.provisional,
        facts=question.asks,
    )


def _referred(case: Case, gravest_first: list[Question]) -> Result:
    reasons: dict[str, Reason] = {}
    for each in gravest_first:
        reasons.setdefault(each.code, _reason(each))
    listed = tuple(reasons.values())
    held_to = gravest_first[0].held_to
    branches = dict.fromkeys((*case.active, held_to) if held_to else case.active)
    return Result(
        notice=case.notice,
        facts=case.facts,
        spans=tuple(case.spans[branch.name] for branch in branches),
        decision="refer",
        clause=None,
        also=tuple(dict.fromkeys(branch.clause for branch in case.matched)),
        first_place=None,
        closed_loop=None,
        closed_loop_default=None,
        quarantine_days=None,
        home_days=None,
        pcr_quarantine=None,
        pcr_home=None,
        pcr_single=None,
        serum=None,
        pcr_days_text=None,
        pcr_dates_text=None,
        dates=Dates(),
        home_begins=None,
        hold=None,
        reasons=listed,
        asks=(),
        provisional=listed[0].provisional,
        screening_scope=screening_scope(case.facts, case.notice),
        readings=_in_order({each.reading for each in listed}),
        flags=(),
        demands=Demands(),
        branches=tuple(branch.name for branch in branches),
        matched=tuple(branch.name for branch in case.matched),
        waits_for=(),
        facts_used=tuple(dict.fromkeys(key for each in case.raised if each in gravest_first for key in each.facts)),
    )


def screening_scope(facts: Facts, notice: Notice) -> bool:
    """Return whether section two's screening covers a person.

    It covers who comes from outside the mainland, 三非, and who comes from the province or a county with risk areas
    since the day it names (O1). Unknown facts are covered too: screening costs little.
    """
    if facts.border != "none" or facts.sanfei != "no":
        return True
    screening = notice.daily.screening
    if facts.arrival_on is not None and facts.arrival_on < screening.arrived_from:
        return False
    if facts.stays is None:
        return True
    return any(
        stay.category in (None, "unknown", "high", "medium", "risk_county_other")
        or screening.covers(stay.place, stay.code)
        for stay in facts.stays
    )
