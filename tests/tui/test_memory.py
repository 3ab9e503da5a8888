"""The memory that a followed line leaves in a process of the desk, in resident pages as the server counts them."""

from pathlib import Path

from tests.bench.desk_scale import FEW, desk, held
from tests.store.proofs.faults import no_syncing

LINES = 3000
MOST = 1300
"""Bytes of a line beside its text: what was decoded of it, and its place in the picture."""


def test_a_followed_line_costs_a_desk_its_text_and_a_stated_number_of_bytes(tmp_path: Path) -> None:
    with no_syncing():
        assert held(desk(tmp_path / "desk", FEW), "gateway", LINES) < MOST
