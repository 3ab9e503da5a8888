"""The CI share of the proofs through the desk's own doors; tests/nightly/desk_proofs.py runs the whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.shares import SHARES
from tests.store.proofs.powercut import Unavailable
from tests.tui.proofs import failures, kills, powercut

PROOFS: dict[str, Callable[..., str]] = {
    "desk_failures": failures.run,
    "desk_kills": kills.run,
    "desk_powercut": powercut.run,
}
SHARE = {
    "desk_failures": SHARES["tui"]["desk_failures"],
    "desk_kills": SHARES["tui"]["desk_kills"],
    "desk_powercut": SHARES["tui"]["desk_powercut"],
}


@pytest.mark.parametrize("proof", PROOFS)
def test_share_of(proof: str, tmp_path: Path, ran: Callable[[str], None]) -> None:
    try:
        done = PROOFS[proof](tmp_path, **SHARE[proof])
    except Unavailable as reason:
        pytest.skip(str(reason))
    ran(f"{proof}: {done}")
