"""The CI share of the proof of losses; tests/nightly/engine_proofs.py runs it for minutes."""

from collections.abc import Callable
from pathlib import Path

from tests.engine import losses
from tests.engine.cluster import Cluster
from tests.shares import SHARES


def test_nothing_acknowledged_is_lost_whatever_is_killed(
    tmp_path: Path, cluster: Cluster, schema: str, ran: Callable[[str], None]
) -> None:
    ran("losses: " + losses.run(tmp_path, cluster, schema, **SHARES["engine"]["losses"]))
