"""The long proofs of a desk on an engine, whole: python -m tests.nightly.engine_proofs. Prints how much ran."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.engine import losses
from tests.engine.cluster import Cluster
from tests.engine.mirrors import desk_address, mirror
from tests.store.proofs import kills, soak

SECONDS: Final = 180.0


def mirrored(proof: Callable[..., str], **sizes: float) -> Callable[[Path, Cluster], str]:
    """Return a proof of the files' store, whose desk is a mirror here."""

    def run(scratch: Path, cluster: Cluster) -> str:
        mirror(scratch / "desk", desk_address(cluster, f"desk_{proof.__module__.rpartition('.')[2]}"))
        return proof(scratch, **sizes)

    return run


WHOLE: Final[dict[str, Callable[[Path, Cluster], str]]] = {
    "losses": lambda scratch, cluster: losses.run(scratch, cluster, "losses", SECONDS, writers=6),
    "kills": mirrored(kills.run, seconds=SECONDS, writers=6),
    "soak": mirrored(soak.run, seconds=SECONDS, processes=30),
}


def main() -> None:
    for name, proof in WHOLE.items():
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="dutyboard-") as scratch, Cluster() as cluster:
            done = proof(Path(scratch), cluster)
        print(f"{name} on PostgreSQL: {done} ({time.monotonic() - started:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
