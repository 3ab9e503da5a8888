"""The whole of the enumeration: each clause tabulated over the facts it reads, every joint outcome put to the notice.

python -m tests.nightly.rules_enumeration
"""

from collections import Counter
from dataclasses import replace

import pytest

from dutyboard.rules.law.conditions import Answers
from tests.rules.fact_sets import QUIET
from tests.rules.law.enumeration import AGES, Enumeration, Family
from tests.rules.law.test_enumeration import raised_pairs, totality_of
from tests.rules.law.test_totality import CLAUSES, SECTION

EVERY = 10
"""Of the joint outcomes, every so manieth has each of its risks raised; of the travellers' own outcomes, all."""


def test_every_joint_outcome_has_one_clause_or_a_reason() -> None:
    counts: Counter[str] = Counter()
    answers: dict[str, Counter[bool | None]] = {row.name: Counter() for row in SECTION.branches}
    for age in AGES:
        enumeration = Enumeration(age)
        print(age, len(enumeration), "joint outcomes; fact sets, outcomes, sets of rows answered yes:")
        print(*(f"    {name}: {sizes}" for name, sizes in enumeration.sizes.items()), sep="\n")
        counts += totality_of(enumeration.joint())
        for _, (rows, _questions) in enumeration.joint():
            for row, truth in zip(SECTION.branches, rows):
                answers[row.name][truth] += 1
    for name, truths in answers.items():
        print(f"{name:16} yes {truths[True]:>8}  no {truths[False]:>8}  unknown {truths[None]:>8}")
    for name, count in sorted(counts.items()):
        print(f"{count:>8}  {name}")
    print(f"{counts.total():>8}  joint outcomes")
    assert set(counts) >= CLAUSES | {"none"}


def test_raising_a_risk_lowers_nothing() -> None:
    family = Family("travellers", {})
    print(raised_pairs(replace(QUIET, **known) for known in family.found.values()), "pairs of travellers")
    joint = (facts for facts, _ in Enumeration("arrived today").joint(step=EVERY))
    print(raised_pairs(joint), "pairs of joint outcomes")


def test_the_tables_predict_what_each_clause_answers() -> None:
    for age in AGES:
        for facts, outcome in Enumeration(age).joint(step=EVERY):
            answers = Answers(facts, SECTION.settings)
            rows = tuple(answers.any_of_all(row.when) for row in SECTION.branches)
            questions = tuple(answers.any_of_all(q.when) is True for q in SECTION.questions)
            assert (rows, questions) == outcome, (age, facts)


if __name__ == "__main__":
    raise SystemExit(pytest.main(["-s", "-q", __file__]))
