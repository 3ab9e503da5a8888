"""The long proofs of the store, whole: python -m tests.nightly.store_proofs [name ...]. Prints how much ran."""

import sys
import tempfile
import time
from pathlib import Path

from tests.store.proofs import alice, cuts, failures, kills, powercut, soak

WHOLE = {
    "failures": lambda scratch: failures.run(scratch),
    "cuts": lambda scratch: cuts.run(scratch, entries=20),
    "alice": lambda scratch: alice.run(scratch, each=400),
    "powercut": lambda scratch: powercut.run(scratch, cuts=60, control=3),
    "kills": lambda scratch: kills.run(scratch, seconds=180.0, writers=6),
    "soak": lambda scratch: soak.run(scratch, seconds=600.0, processes=30),
}


def main() -> None:
    for name in sys.argv[1:] or WHOLE:
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="dutyboard-") as scratch:
            done = WHOLE[name](Path(scratch))
        print(f"{name}: {done} ({time.monotonic() - started:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
