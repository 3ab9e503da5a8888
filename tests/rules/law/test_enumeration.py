"""Section three on every outcome its clauses can have together: total, and no lower for a riskier fact.

The share that runs here is cut from tests/nightly/rules_enumeration.py, which runs the whole and prints the counts.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.conditions import Answers
from dutyboard.rules.law.facts import Facts
from tests.rules.fact_sets import BASES, CHOICES, HIGHER, QUIET, certificate
from tests.rules.law.enumeration import AGES, FAMILIES, Enumeration, Family, Outcome
from tests.rules.law.test_totality import CLAUSES, NOTICE, SECTION, not_lower, untested, wrong_with
from tests.shares import SHARES

SHARE = SHARES["rules"]["enumeration"]
AT_THE_BOUND = "14 days ago"


@pytest.fixture(scope="module")
def enumerations() -> dict[str, Enumeration]:
    return {age: Enumeration(age) for age in AGES if age != "arrived today"}


def totality_of(joint: Iterable[tuple[Facts, Outcome]]) -> Counter[str]:
    """How often each clause governed or each question was the gravest. Raises AssertionError with the facts."""
    counts: Counter[str] = Counter()
    for facts, (rows, questions) in joint:
        result = assess(facts, NOTICE)
        problem = wrong_with(result)
        assert not problem, (problem, facts)
        assert not untested(result), (untested(result), facts)
        expected = [row.name for row, truth in zip(SECTION.branches, rows) if truth is True]
        assert list(result.matched) == expected, facts
        assert result.decision != "refer" or any(questions), facts
        counts[result.clause or f"refer {result.reasons[0].code}"] += 1
    return counts


def raised_pairs(joint: Iterable[Facts]) -> int:
    """Raise each risk fact of each fact set by one step; how many pairs were compared."""
    compared = 0
    for facts in joint:
        for key, values in HIGHER.items():
            value = getattr(facts, key)
            if value in values[:-1]:
                not_lower(facts, key, value, values[values.index(value) + 1])
                compared += 1
    return compared


def test_the_tables_predict_what_each_clause_answers(enumerations: dict[str, Enumeration]) -> None:
    for age, enumeration in enumerations.items():
        for facts, outcome in enumeration.joint(step=SHARE["table_every"]):
            answers = Answers(facts, SECTION.settings)
            rows = tuple(answers.any_of_all(row.when) for row in SECTION.branches)
            questions = tuple(answers.any_of_all(q.when) is True for q in SECTION.questions)
            assert (rows, questions) == outcome, (age, facts)


def test_every_joint_outcome_has_one_clause_or_a_reason(
    enumerations: dict[str, Enumeration], ran: Callable[[str], None]
) -> None:
    counts: Counter[str] = Counter()
    for enumeration in enumerations.values():
        counts += totality_of(enumeration.joint(step=SHARE["total_every"]))
    carried = {"pcr": certificate("negative", 48 * 60)}
    for name in FAMILIES:
        found = Family(name, carried).found.items()
        counts += totality_of((replace(QUIET, **carried, **known), outcome) for outcome, known in found)
    whole = sum(map(len, enumerations.values()))
    ran(f"enumeration: {counts.total()} of {whole} joint outcomes, each with one clause or a reason")
    assert len(enumerations[AT_THE_BOUND]) > 1_000_000
    assert set(counts) >= CLAUSES | {"none"}


def test_raising_a_risk_lowers_no_joint_outcome(enumerations: dict[str, Enumeration]) -> None:
    joint = (facts for facts, _ in enumerations[AT_THE_BOUND].joint(step=SHARE["raised_every"]))
    assert raised_pairs(joint) > 1_000


@pytest.mark.parametrize("name", ["cases", "contacts", "entrants", "others"])
def test_raising_a_risk_lowers_no_outcome_of_a_family(name: str) -> None:
    family = Family(name, {})
    assert set(FAMILIES[name]) and raised_pairs(replace(QUIET, **known) for known in family.found.values())


FACT_SETS = st.builds(
    lambda base, changes: replace(base, **changes),
    st.sampled_from(BASES),
    st.fixed_dictionaries({}, optional={key: st.sampled_from(values) for key, values in CHOICES.items()}),
)


@given(facts=FACT_SETS)
@settings(max_examples=SHARE["examples"], deadline=None)
def test_whatever_is_known_has_one_clause_or_a_reason(facts: Facts) -> None:
    assert not wrong_with(assess(facts, NOTICE))


@given(facts=FACT_SETS, key=st.sampled_from(sorted(HIGHER)), data=st.data())
@settings(max_examples=SHARE["examples"], deadline=None)
def test_whatever_is_known_a_risk_raised_lowers_nothing(facts: Facts, key: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(HIGHER[key]) - 2))
    later = data.draw(st.integers(at + 1, len(HIGHER[key]) - 1))
    not_lower(facts, key, HIGHER[key][at], HIGHER[key][later])
