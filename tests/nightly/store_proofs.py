"""The long proofs of the store, whole: python -m tests.nightly.store_proofs [name ...]. Prints how much ran."""

import sys
import tempfile
import time
from pathlib import Path

from tests.store.test_proofs import PROOFS

WHOLE = {
    "failures": {"every": 1},
    "cuts": {"entries": 20},
    "alice": {"each": 400},
    "powercut": {"cuts": 60, "control": 3},
    "kills": {"seconds": 180.0, "writers": 6},
    "soak": {"seconds": 600.0, "processes": 30},
}


def main() -> None:
    for name in sys.argv[1:] or WHOLE:
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="dutyboard-") as scratch:
            done = PROOFS[name](Path(scratch), **WHOLE[name])
        print(f"{name}: {done} ({time.monotonic() - started:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
