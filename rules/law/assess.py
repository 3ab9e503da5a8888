"""Section three applied to one person: exactly one governing clause, or a referral with its reason.

1. Every row of the decision table is answered yes, no or unknown.
2. The rows that apply and are not handed over form one plan; the strictest governs (docs/reading.md, section 5).
3. Every open question whose worst answer would be stricter than that plan refers the person.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dutyboard.rules.law.conditions import Truth, any_of_all
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.join import joined
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.result import Dates, Demands, Reason, Result
from dutyboard.rules.law.section_three import PLACES, Flag, Question, Row, SectionThree
from dutyboard.rules.law.spans import Key, join, span, strictness

_BOTTOM: Key = (0, date.min, date.min, False, 0, 0)
_SITE = PLACES.index("site")
_ABOVE_SITE = {"ask": _SITE + 0.25, "fever clinic": _SITE + 0.5, "hospital": PLACES.index("hospital")}
"""Worst answers that are no clause: they stand above every site class (section 4, worst outcome)."""


def assess(facts: Facts, notice: Notice) -> Result:
    """What section three asks of this person, with every date that is known. Pure: the same facts, the same result."""
    section = notice.section_three
    truths = [any_of_all(row.when, facts, section.settings) for row in section.rows]
    raised = [each for each in section.questions if any_of_all(each.when, facts, section.settings) is True]
    return compose(facts, notice, truths, raised)


def compose(facts: Facts, notice: Notice, truths: Iterable[Truth], raised: Iterable[Question]) -> Result:
    """Steps 2 and 3, from the rows' answers in the order of the notice and the questions that are open."""
    section = notice.section_three
    matched = [row for row, truth in zip(section.rows, truths) if truth is True]
    clauses = {row.clause for row in matched}
    active = [row for row in matched if not row.hands_over and clauses.isdisjoint(row.yields_to)]
    spans = [span(row, facts, section) for row in active]
    keys = [strictness(each, facts, section) for each in spans]
    decided = join(keys) if keys else _BOTTOM
    open_questions = [each for each in raised if _matters(each, decided, bool(active), facts, section)]
    scope = screening_scope(facts, notice)
    if open_questions:
        return _referred(facts, notice, matched, active, open_questions, scope)
    governing = max(range(len(keys)), key=keys.__getitem__) if keys else None
    found = _flags(section.flags, active, facts, section)
    flags = tuple(each for each in found if each not in section.settings.confirmed)
    result = joined(facts, notice, spans, governing)
    also = tuple(dict.fromkeys(row.clause for row in matched if row.clause != result.clause))
    return replace(
        result,
        decision="decide_flag" if flags else "decide",
        also=also,
        screening_scope=scope,
        readings=_readings(active, found),
        flags=flags,
        matched=tuple(row.name for row in matched),
        facts_used=_facts_used(matched or section.rows, section.flags if found else ()),
    )


def _matters(question: Question, decided: Key, classed: bool, facts: Facts, section: SectionThree) -> bool:
    """A question matters while its worst answer would be stricter than what is decided anyway."""
    if question.unclassed and classed:
        return False
    if question.settled_by is not None and decided[0] >= PLACES.index(question.settled_by):
        return False
    return _worst(question, facts, section) > decided


def _worst(question: Question, facts: Facts, section: SectionThree) -> Key:
    if question.worst in _ABOVE_SITE:
        return (_ABOVE_SITE[question.worst], *_BOTTOM[1:])
    return max(strictness(span(row, facts, section), facts, section) for row in section.of_clause(question.worst))


def _flags(flags: tuple[Flag, ...], active: list[Row], facts: Facts, section: SectionThree) -> tuple[str, ...]:
    clauses = {row.clause for row in active}
    found = [reading for row in active for reading in row.flags]
    found += [
        flag.reading
        for flag in flags
        if not clauses.isdisjoint(flag.clauses) and any_of_all(flag.when, facts, section.settings) is True
    ]
    return tuple(sorted(set(found), key=_number))


def _number(reading: str) -> int:
    return int(reading[1:])


def _readings(active: list[Row], flags: tuple[str, ...]) -> tuple[str, ...]:
    used = {reading for row in active for reading in row.readings} | set(flags)
    if len(active) > 1:
        used.add("O20")
    return tuple(sorted(used, key=_number))


def _facts_used(rows: Iterable[Row], flags: Iterable[Flag]) -> tuple[str, ...]:
    keys = [key for row in rows for key in row.facts] + [key for flag in flags for key in flag.facts]
    return tuple(dict.fromkeys(keys))


def _referred(
    facts: Facts, notice: Notice, matched: list[Row], active: list[Row], questions: list[Question], scope: bool
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
    rows = [*active, *(row for row in held[:1] if row not in active)]
    return Result(
        notice=notice,
        facts=facts,
        decision="refer",
        clause=None,
        also=tuple(dict.fromkeys(row.clause for row in matched)),
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
        rows=tuple(row.name for row in rows),
        matched=tuple(row.name for row in matched),
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
