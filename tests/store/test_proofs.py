"""The CI share of the long proofs; tests/nightly/store_proofs.py runs the whole. Both print how much they ran."""

import pytest

from .proofs import alice, cuts, failures, kills, soak

SHARES = {
    "failures": lambda scratch: failures.run(scratch),
    "cuts": lambda scratch: cuts.run(scratch, entries=3),
    "alice": lambda scratch: alice.run(scratch, each=12),
    "kills": lambda scratch: kills.run(scratch, seconds=8.0),
    "soak": lambda scratch: soak.run(scratch, seconds=20.0, processes=12),
}


@pytest.mark.parametrize("proof", SHARES)
def test_share_of(proof, tmp_path, capsys):
    done = SHARES[proof](tmp_path)
    with capsys.disabled():
        print(f"\n  {proof}: {done}")
