"""The CI share of the long proofs; tests/nightly/store_proofs.py runs the whole. Both print how much they ran."""

import pytest

from tests.shares import SHARES
from tests.store.proofs import alice, cuts, failures, kills, powercut, soak

PROOFS = {
    "failures": failures.run,
    "cuts": cuts.run,
    "alice": alice.run,
    "powercut": powercut.run,
    "kills": kills.run,
    "soak": soak.run,
}


def test_a_file_system_that_does_not_come_back_fails_the_proof_and_skips_nothing(tmp_path):
    with pytest.raises(AssertionError, match="mount"):
        powercut.must("mount", tmp_path / "no device", tmp_path)


@pytest.mark.parametrize("proof", PROOFS)
def test_share_of(proof, tmp_path, ran):
    try:
        done = PROOFS[proof](tmp_path, **SHARES["store"][proof])
    except powercut.Unavailable as reason:
        pytest.skip(str(reason))
    ran(f"{proof}: {done}")
