"""Every figure of docs/figures.md, measured: `python -m tests.bench.table [--quick] [--before PROGRAM] [bench ...]`.

Each bench runs in a process of its own, one after another. Printed: rows of Markdown, to be pasted, under the day and
the machine. A bench that cannot measure is named with the line that it ended with, and the exit code is 1.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from datetime import datetime

from tests.bench.figure import HEAD, figures_in

WITH_BEFORE = (
    ("first_paint",),
    ("log_ins",),
    ("session_memory",),
    ("thirty_screens",),
    ("thirty_screens", "30", "2000", "60", "1"),
    ("thirty_screens", "30", "2000", "60", "2"),
    ("cli_start",),
    ("tui_bytes",),
)
"""Benches that start the program, and may start an older one beside it."""
WITHIN = (
    ("rules_obligations",),
    ("rules_engine",),
    ("engine_scale",),
    ("store_commit",),
    ("engine_commit",),
    ("engine_writers",),
    ("tui_people",),
    ("growth",),
    ("printed_sheet",),
)
"""Benches that call the modules of this checkout."""
LIMIT_SECONDS = 1800


def measured(words: tuple[str, ...]) -> tuple[list[str], str]:
    """Run a bench; return its figures, and the line with which it failed ("": it did not)."""
    done = subprocess.run(
        (sys.executable, "-m", f"tests.bench.{words[0]}", *words[1:]),
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    found = figures_in(done.stdout)
    last = (done.stderr.strip().splitlines() or ["no figure"])[-1]
    return found, last if done.returncode or not found else ""


def machine() -> str:
    """Return the kind of the machine in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"


def main() -> int:
    """Measure and print; return 1 if something was not measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="few runs and small sizes: to see that it measures")
    parser.add_argument("--before", default="", metavar="PROGRAM", help="an older dutyboard, measured turn about")
    parser.add_argument("bench", nargs="*", help="these only")
    asked = parser.parse_args()
    quick = ("--quick",) if asked.quick else ()
    before = ("--before", asked.before) if asked.before else ()
    todo = [(*words, *quick, *before) for words in WITH_BEFORE] + [(*words, *quick) for words in WITHIN]
    missing = []
    print(f"{datetime.now().astimezone():%Y-%m-%d}, {machine()}, load {os.getloadavg()[0]:.1f} before\n\n{HEAD}")
    for words in todo:
        if asked.bench and words[0] not in asked.bench:
            continue
        began = time.monotonic()
        found, failed = measured(words)
        print("\n".join(found), flush=True)
        if failed:
            missing.append(f"{' '.join(words)}: not measured: {failed}")
        ended = f"{time.monotonic() - began:.0f} s{failed and ': ' + failed}"
        print(f"{' '.join(words)}: {ended}", file=sys.stderr, flush=True)
    print("".join(f"\n{line}" for line in missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
