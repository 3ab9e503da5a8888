"""One person's facts put to section three of a notice: what applies, what stays open, and on which days."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

from dutyboard.frozen import frozen
from dutyboard.rules.law.conditions import Answers
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.risks import unspoken
from dutyboard.rules.law.ruling import Ruling
from dutyboard.rules.law.section_three import Branch, Question, SectionThree
from dutyboard.rules.law.spans import Span, span


@frozen(eq=False)
class Case:
    """Matches of one person's facts with the notice, before it is decided.

    `matched` are the branches that apply, `active` those of them that ask something themselves. `raised` are the open
    questions, `flagged` the readings that the command post may have to confirm. `spans` holds, by branch name, the
    stages of the active branches and of those that a raised question may turn out to be.
    """

    facts: Facts
    notice: Notice
    matched: tuple[Branch, ...]
    active: tuple[Branch, ...]
    raised: tuple[Question, ...]
    flagged: frozenset[str]
    spans: Mapping[str, Span]


def read_case(facts: Facts, notice: Notice, ruling: Ruling | None = None) -> Case:
    """Put the facts to every branch, question and flag of the notice, once.

    What an office has ruled is not asked.
    """
    section = notice.section_three
    answers = Answers(facts, section.settings)
    matched = tuple(branch for branch in section.branches if answers.any_of_all(branch.when) is True)
    raised = tuple(question for question in section.questions if answers.any_of_all(question.when) is True)
    raised += _unlisted(facts, section, (*matched, *raised), answers)
    clauses = {branch.clause for branch in matched}
    active = tuple(branch for branch in matched if not branch.hands_over and clauses.isdisjoint(branch.yields_to))
    if ruling is not None:
        raised = tuple(question for question in raised if question.code not in ruling.settles)
        active = active if ruling.clause is None else ruling.branches(section)
    clauses = {branch.clause for branch in active}
    flags = (flag for flag in section.flags if not clauses.isdisjoint(flag.clauses))
    flagged = {flag.reading for flag in flags if answers.any_of_all(flag.when) is True}
    weighed = dict.fromkeys(active)
    for question in raised:
        weighed |= dict.fromkeys(question.may_be)
        weighed |= {question.held_to: None} if question.held_to else {}
    return Case(
        facts=facts,
        notice=notice,
        matched=matched,
        active=active,
        raised=raised,
        flagged=frozenset(flagged.union(*(branch.flags for branch in active))),
        spans=MappingProxyType({branch.name: span(branch, facts, section) for branch in weighed}),
    )


def _unlisted(
    facts: Facts, section: SectionThree, speaking: tuple[Branch | Question, ...], answers: Answers
) -> tuple[Question, ...]:
    """Return the question about the risks of which no branch that applies and no raised question speaks."""
    if section.unlisted is None:
        return ()
    ways = [way for each in speaking for way in each.when if answers.all_of(way) is True]
    left = unspoken(facts, section.settings, chain.from_iterable(ways))
    return (replace(section.unlisted, facts=left, asks=left),) if left else ()
