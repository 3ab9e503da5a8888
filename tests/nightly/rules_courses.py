"""The whole of the proof that nobody slips: 200 desks, each worked for 600 acts, some ten weeks.

python -m tests.nightly.rules_courses
"""

from collections import Counter

import pytest

from tests.rules.test_courses import SELDOM, courses

SEEDS, STEPS = 200, 600


def test_nobody_slips() -> None:
    done: Counter[str] = Counter()
    for seed in range(1000, 1000 + SEEDS):
        done += courses(seed, STEPS)
    for name, count in sorted(done.items()):
        print(f"{count:>8}  {name}")
    assert set(done) >= SELDOM


if __name__ == "__main__":
    raise SystemExit(pytest.main(["-s", "-q", __file__]))
