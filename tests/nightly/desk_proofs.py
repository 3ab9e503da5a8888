"""The proofs through the desk's own doors, whole: python -m tests.nightly.desk_proofs [name ...].

Prints how much ran.
"""

import sys
import tempfile
import time
from pathlib import Path

from tests.tui.test_proofs import PROOFS

WHOLE: dict[str, dict[str, float]] = {
    "desk_failures": {"every": 1},
    "desk_kills": {"seconds": 180.0},
    "desk_powercut": {"cuts": 100, "control": 3},
}


def main() -> None:
    for name in sys.argv[1:] or WHOLE:
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="dutyboard-") as scratch:
            done = PROOFS[name](Path(scratch), **WHOLE[name])
        print(f"{name}: {done} ({time.monotonic() - started:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
