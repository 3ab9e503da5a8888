"""The CI share of the proofs through the desk's own doors; tests/nightly/desk_proofs.py runs the whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.shares import SHARES
from tests.tui.proofs import failures, kills

PROOFS: dict[str, Callable[..., str]] = {"desk_failures": failures.run, "desk_kills": kills.run}
SHARE = {"desk_failures": SHARES["tui"]["desk_failures"], "desk_kills": SHARES["tui"]["desk_kills"]}


@pytest.mark.parametrize("proof", PROOFS)
def test_share_of(proof: str, tmp_path: Path, ran: Callable[[str], None]) -> None:
    ran(f"{proof}: {PROOFS[proof](tmp_path, **SHARE[proof])}")
