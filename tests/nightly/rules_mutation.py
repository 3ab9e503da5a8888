"""Every one-step change of both notices: python -m tests.nightly.rules_mutation"""

import pytest

from tests.rules.law.test_mutation import HOLDERS, changes_of, survivors


def test_every_change_of_a_notice_is_noticed() -> None:
    alive = []
    for name in HOLDERS:
        changes = changes_of(name)
        left = survivors(name, changes)
        print(f"{name}: {len(changes)} changes, {len(left)} survive", *left, sep="\n")
        alive += left
    assert alive == []


if __name__ == "__main__":
    raise SystemExit(pytest.main(["-s", "-q", __file__]))
