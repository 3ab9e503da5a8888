"""The CI share of the long proofs; tests/nightly/store_proofs.py runs the whole. Both print how much they ran."""

import pytest

from .proofs import alice, cuts, failures, kills, powercut, soak

SHARES = {
    "failures": lambda scratch: failures.run(scratch),
    "cuts": lambda scratch: cuts.run(scratch, entries=3),
    "alice": lambda scratch: alice.run(scratch, each=24),
    "powercut": lambda scratch: powercut.run(scratch),
    "kills": lambda scratch: kills.run(scratch, seconds=20.0),
    "soak": lambda scratch: soak.run(scratch, seconds=60.0, processes=30),
}


@pytest.mark.parametrize("proof", SHARES)
def test_share_of(proof, tmp_path, ran):
    try:
        done = SHARES[proof](tmp_path)
    except powercut.Unavailable as reason:
        pytest.skip(str(reason))
    ran(f"{proof}: {done}")
