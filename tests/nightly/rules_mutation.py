"""Every one-step change of both notices: python -m tests.nightly.rules_mutation"""

import pytest

from tests.rules.law.test_mutation import HOLDERS, SAME, changes_of, same_of, survivors


def test_every_change_of_a_notice_is_noticed() -> None:
    alive = []
    for name in HOLDERS:
        changes = changes_of(name)
        left = survivors(name, changes)
        print(f"{name}: {len(changes)} changes, {len(left)} survive", *left, sep="\n")
        alive += left
    assert alive == []


def test_every_change_that_changes_nothing_survives() -> None:
    assert {what for name in HOLDERS for what in survivors(name, same_of(name))} == set(SAME)


if __name__ == "__main__":
    raise SystemExit(pytest.main(["-s", "-q", __file__]))
