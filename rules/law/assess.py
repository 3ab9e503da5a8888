"""Section three applied to one person: exactly one governing clause, or a referral with its reason.

1. Every branch of the decision table is answered yes, no or unknown.
2. The branches that apply and are not handed over form one plan; the strictest governs (docs/reading.md, section 5).
3. Every open question whose worst answer would be stricter than that plan refers the person.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dutyboard.rules.law.conditions import Truth, any_of_all
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.join import join
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.result import Dates, Demands, Reason, Result
from dutyboard.rules.law.section_three import PLACES, Branch, Flag, Question, SectionThree
from dutyboard.rules.law.spans import Strictness, span, strictest, strictness

_BOTTOM: Strictness = (0, date.min, date.min, False, 0, 0)
_SITE = PLACES.index("site")
_ABOVE_SITE = {"ask": _SITE + 0.25, "fever clinic": _SITE + 0.5, "hospital": PLACES.index("hospital")}
"""Worst answers that are no clause: they stand above every site class (section 4, worst outcome)."""


def assess(facts: Facts, notice: Notice) -> Result:
    """What section three asks of this person, with every date that is known. Pure: the same facts, the same result."""
    section = notice.section_three
    truths = [any_of_all(branch.when, facts, section.settings) for branch in section.branches]
    raised = [each for each in section.questions if any_of_all(each.when, facts, section.settings) is True]
    return compose(facts, notice, truths, raised)


def compose(facts: Facts, notice: Notice, truths: Iterable[Truth], raised: Iterable[Question]) -> Result:
    """Steps 2 and 3, from the branches' answers in the order of the notice and the questions that are open."""
    section = notice.section_three
    matched = [branch for branch, truth in zip(section.branches, truths) if truth is True]
    clauses = {branch.clause for branch in matched}
    active = [branch for branch in matched if not branch.hands_over and clauses.isdisjoint(branch.yields_to)]
    spans = [span(branch, facts, section) for branch in active]
    keys = [strictness(each, facts, section) for each in spans]
    decided = strictest(keys) if keys else _BOTTOM
    open_questions = [each for each in raised if _matters(each, decided, bool(active), facts, section)]
    scope = screening_scope(facts, notice)
    if open_questions:
        return _referred(facts, notice, matched, active, open_questions, scope)
    governing = max(range(len(keys)), key=keys.__getitem__) if keys else None
    found = _flags(section.flags, active, facts, section)
    flags = tuple(each for each in found if each not in section.settings.confirmed)
    result = join(facts, notice, spans, governing)
    also = tuple(dict.fromkeys(branch.clause for branch in matched if branch.clause != result.clause))
    return replace(
        result,
        decision="decide_flag" if flags else "decide",
        also=also,
        screening_scope=scope,
        readings=_readings(active, found),
        flags=flags,
        matched=tuple(branch.name for branch in matched),
        facts_used=_facts_used(matched or section.branches, section.flags if found else ()),
    )


def _matters(question: Question, decided: Strictness, classed: bool, facts: Facts, section: SectionThree) -> bool:
    """A question matters while its worst answer would be stricter than what is decided anyway."""
    if question.unclassed and classed:
        return False
    if question.settled_by is not None and decided[0] >= PLACES.index(question.settled_by):
        return False
    return _worst(question, facts, section) > decided


def _worst(question: Question, facts: Facts, section: SectionThree) -> Strictness:
    if question.worst in _ABOVE_SITE:
        return (_ABOVE_SITE[question.worst], *_BOTTOM[1:])
    return max(strictness(span(branch, facts, section), facts, section) for branch in section.of_clause(question.worst))


def _flags(flags: tuple[Flag, ...], active: list[Branch], facts: Facts, section: SectionThree) -> tuple[str, ...]:
    clauses = {branch.clause for branch in active}
    found = [reading for branch in active for reading in branch.flags]
    found += [
        flag.reading
        for flag in flags
        if not clauses.isdisjoint(flag.clauses) and any_of_all(flag.when, facts, section.settings) is True
    ]
    return tuple(sorted(set(found), key=_number))


def _number(reading: str) -> int:
    return int(reading[1:])


def _readings(active: list[Branch], flags: tuple[str, ...]) -> tuple[str, ...]:
    used = {reading for branch in active for reading in branch.readings} | set(flags)
    if len(active) > 1:
        used.add("O20")
    return tuple(sorted(used, key=_number))


def _facts_used(branches: Iterable[Branch], flags: Iterable[Flag]) -> tuple[str, ...]:
    keys = [key for branch in branches for key in branch.facts] + [key for flag in flags for key in flag.facts]
    return tuple(dict.fromkeys(keys))


def _referred(
    facts: Facts, notice: Notice, matched: list[Branch], active: list[Branch], questions: list[Question], scope: bool
) -> Result:
    section = notice.section_three
    gravest_first = sorted(questions, key=lambda each: _worst(each, facts, section), reverse=True)
    reasons: dict[str, Reason] = {}
    for each in gravest_first:
        reasons.setdefault(
            each.code,
            Reason(
                code=each.code,
                text=each.reason,
                reading=each.reading,
                desk=each.desk,
                provisional=each.provisional,
                facts=tuple(key for key in each.facts if key != "arrival_at" or each.code == "arrival_unknown"),
            ),
        )
    listed = tuple(reasons.values())
    held = section.of_clause(listed[0].provisional)
    branches = [*active, *(branch for branch in held[:1] if branch not in active)]
    return Result(
        notice=notice,
        facts=facts,
        decision="refer",
        clause=None,
        also=tuple(dict.fromkeys(branch.clause for branch in matched)),
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
        hold=None,
        reasons=listed,
        provisional=listed[0].provisional,
        screening_scope=scope,
        readings=tuple(sorted({each.reading for each in listed}, key=_number)),
        flags=(),
        demands=Demands(),
        branches=tuple(branch.name for branch in branches),
        matched=tuple(branch.name for branch in matched),
        waits_for=(),
        facts_used=tuple(dict.fromkeys(key for each in questions for key in each.facts)),
    )


def screening_scope(facts: Facts, notice: Notice) -> bool:
    """Whether section two's screening covers him: from outside the mainland, 三非, or from the province or a county
    with risk areas since the day it names (O1). What is unknown is covered: screening costs little."""
    if facts.border != "none" or facts.sanfei != "no":
        return True
    screening = notice.daily.screening
    if facts.arrival_on is not None and facts.arrival_on < screening.arrived_from:
        return False
    if facts.stays is None:
        return True
    return any(
        stay.category in (None, "unknown", "high", "medium", "risk_county_other")
        or (stay.code or "").startswith(screening.code_prefix)
        or stay.place.startswith(screening.place_prefixes)
        for stay in facts.stays
    )
