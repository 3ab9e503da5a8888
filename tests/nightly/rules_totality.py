"""The whole of the totality and monotonicity proofs: 1,000,000 drawn fact sets, with the counts per clause.

python -m tests.nightly.rules_totality
"""

import pytest

from tests.rules.law.test_totality import CLAUSES, monotone, totality

SETS = 1_000_000
PAIRS = 200_000


def test_a_million_fact_sets_have_one_clause_or_a_reason() -> None:
    counts = totality(SETS, seed=2021)
    for name, count in sorted(counts.items()):
        print(f"{count:>8}  {name}")
    print(f"{counts.total():>8}  fact sets")
    assert set(counts) >= CLAUSES
    assert counts.total() == SETS


def test_raising_a_risk_never_lowers_a_decision() -> None:
    print(f"{monotone(PAIRS, seed=2022)} pairs compared")


if __name__ == "__main__":
    raise SystemExit(pytest.main(["-s", "-q", __file__]))
