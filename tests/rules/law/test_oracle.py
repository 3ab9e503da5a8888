"""The files of both notices answer as the readings do, said a second time in tests/rules/law/oracle.py."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import product
from math import prod
from random import Random
from typing import Any, Protocol

from dutyboard.rules.law.conditions import any_of_all, parse
from dutyboard.rules.law.facts import OF_ARRIVAL, Facts, Stay
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.section_three import AnyOfAll, SectionThree
from dutyboard.rules.law.subjects import Interpretation
from tests.rules.fact_sets import CATEGORIES, CHOICES, DAY, QUIET, ago, coherent, notice, notices
from tests.rules.law import oracle
from tests.rules.law.oracle import Surely

NOTICE = notice()
NATIONAL: Notice = notices()["national-9-2022"]
ASKED: dict[str, list[Any]] = {
    **CHOICES,
    "assessed_on": [*CHOICES["assessed_on"], *(DAY + timedelta(days=days) for days in (6, 7, 8, 13))],
    "stays": [
        *CHOICES["stays"],
        *((Stay(category=one, left_on=left),) for one in CATEGORIES for left in (ago(7), ago(8))),
        *(
            (Stay(category=one, left_on=before), Stay(category=other, left_on=DAY))
            for one in CATEGORIES
            for other in CATEGORIES
            for before in (DAY, ago(15))
        ),
    ],
}
"""Every value of each fact: beside those of the other proofs, all pairs of stays and the bounds of the second text."""
WHOLE = 3_000
"""A table up to this size is asked whole; of a larger one, this many fact sets and all the neighbours of some."""
NEIGHBOURS_OF = 30


class Asking(Protocol):
    """A row, a question or a flag."""

    @property
    def when(self) -> AnyOfAll: ...

    @property
    def facts(self) -> tuple[str, ...]: ...


@cache
def asked(keys: tuple[str, ...], surely: Surely) -> tuple[tuple[Facts, bool], ...]:
    """Fact sets over these facts, with what the reading says of each."""
    if "arrival_at" in keys:
        keys = (*keys, *OF_ARRIVAL)
    choices = [ASKED[key] for key in keys]
    if prod(map(len, choices)) <= WHOLE:
        combined = list(product(*choices))
    else:
        random = Random(3)
        combined = [tuple(random.choice(values) for values in choices) for _ in range(WHOLE)]
        holding = [values for values in combined if surely(_facts(keys, values))]
        combined += [
            (*values[:at], other, *values[at + 1 :])
            for values in holding[:NEIGHBOURS_OF]
            for at, others in enumerate(choices)
            for other in others
        ]
    return tuple((facts, surely(facts)) for facts in (_facts(keys, values) for values in combined))


def _facts(keys: tuple[str, ...], values: tuple[object, ...]) -> Facts:
    return coherent(replace(QUIET, **dict(zip(keys, values))))  # type: ignore[arg-type]


@cache
def differs(texts: tuple[tuple[str, ...], ...], settings: Interpretation, surely: Surely, keys: tuple[str, ...]) -> str:
    """The first fact set about which the file and the reading say different things; empty: none."""
    when: AnyOfAll = tuple(tuple(parse(text) for text in branch) for branch in texts)
    for facts, expected in asked(keys, surely):
        if (any_of_all(when, facts, settings) is True) != expected:
            return f"{texts} is not {expected} for {facts}"
    return ""


def compare(
    section: SectionThree, names: Sequence[str], items: Sequence[Asking], said: Sequence[tuple[str, Surely]], read: Any
) -> None:
    """Each item in the order of the file, over the facts that it reads in the file as it is (`read`)."""
    assert list(names) == [name for name, _ in said]
    for item, whole, (name, surely) in zip(items, read, said):
        texts = tuple(tuple(condition.text for condition in branch) for branch in item.when)
        found = differs(texts, section.settings, surely, whole)
        assert not found, f"{name}: {found}"


def read_by(items: Sequence[Asking]) -> list[tuple[str, ...]]:
    """The facts that each of them reads, those that can differ."""
    return [tuple(key for key in each.facts if len(ASKED[key]) > 1) for each in items]


READ = {
    "lianyuan": [read_by(each) for each in (notice().section_three.branches, notice().section_three.questions)],
    "national": [read_by(each) for each in (NATIONAL.section_three.branches, NATIONAL.section_three.questions)],
}
READ_BY_FLAGS = read_by(notice().section_three.flags), read_by(NATIONAL.section_three.flags)


def test_each_row_applies_when_the_reading_says_so() -> None:
    section = NOTICE.section_three
    compare(section, [row.name for row in section.branches], section.branches, oracle.ROWS, READ["lianyuan"][0])


def test_each_question_is_open_when_the_reading_says_so() -> None:
    section, codes = NOTICE.section_three, [each.code for each in NOTICE.section_three.questions]
    compare(section, codes, section.questions, oracle.QUESTIONS, READ["lianyuan"][1])


def test_each_reading_is_to_be_confirmed_when_the_reading_says_so() -> None:
    section, readings = NOTICE.section_three, [each.reading for each in NOTICE.section_three.flags]
    compare(section, readings, section.flags, oracle.FLAGS, READ_BY_FLAGS[0])


def national(changed: Notice) -> None:
    """The same of the second text; tests/rules/law/test_national.py puts its notice to it."""
    section = changed.section_three
    rows, questions = READ["national"]
    compare(section, [row.name for row in section.branches], section.branches, oracle.NATIONAL_ROWS, rows)
    codes = [each.code for each in section.questions]
    compare(section, codes, section.questions, oracle.NATIONAL_QUESTIONS, questions)
    readings = [each.reading for each in section.flags]
    compare(section, readings, section.flags, oracle.NATIONAL_FLAGS, READ_BY_FLAGS[1])
