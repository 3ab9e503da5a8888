"""Nobody slips: whole courses of people drawn at random, with an officer who errs, over weeks of a desk.

The share that runs here is cut from tests/nightly/rules_courses.py.
"""

from collections import Counter

import pytest

from tests.rules.courses import begun_too_early, loose, new_desk, said_of, torn, unasked, unowed, worked
from tests.shares import SHARES

SHARE = SHARES["rules"]["courses"]


def courses(seed: int, steps: int) -> Counter[str]:
    """Work a desk for so many steps; return how often each act was taken. Raises AssertionError with the course."""
    before = new_desk()
    done: Counter[str] = Counter()
    for night in worked(seed, steps):
        slipped = unowed(night.snapshot, night.now)
        assert not slipped, f"under control and unowed: {said_of(slipped[0], night)}"
        silent = unasked(night.snapshot, night.now)
        assert not silent, f"an open referral without a row: {said_of(silent[0], night)}"
        early = begun_too_early(night.snapshot, night.now)
        assert not early, f"a day before the arrival, or a test after the free day: {said_of(early[0], night)}"
        twofold = torn(night.snapshot)
        assert not twofold, f"in two places, in none, or two in one room: {said_of(twofold[0], night)}"
        let_go = loose(before, night.snapshot)
        assert not let_go, f"let go with an open question: {said_of(let_go[0], night)}"
        before, done = night.snapshot, night.done
    return done


@pytest.mark.parametrize("seed", range(SHARE["seeds"]))
def test_no_person_is_ever_both_under_control_and_unowed(seed: int) -> None:
    done = courses(seed, SHARE["steps"])
    assert done["Register"] > 3
    assert done["Confirm"] > 3
