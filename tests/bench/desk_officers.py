"""Thirty officers, one act a second each, on a desk with many live records: python -m tests.bench.desk_officers [s].

Each is a process with a gateway of its own, which follows the others each half second as a board does. Prints what an
act takes from the officer's side, at 1,000 and 100,000 live records in one run, and how many acts were refused.
"""

import multiprocessing
import random
import sys
import tempfile
import time
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.refusals import Refusal
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from dutyboard.tui.link.trouble import StoreTrouble
from tests.bench.desk_scale import TEXT, desk

OFFICERS = 30
RECORDS = (1_000, 100_000)


def officer(folder: Path, ready: Barrier, seconds: float, results: Any) -> None:
    """Act once a second and follow the others; put the time of each act in ms, and the number of refusals."""
    gateway = Gateway.open(folder, own_identity(), pace=None)  # all of them have the login of one user
    took, refused = [], 0
    ready.wait()
    time.sleep(random.random())
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.perf_counter()
        try:
            refused += isinstance(gateway.submit(WriteLog(text=TEXT)), Refusal)
        except StoreTrouble:
            refused += 1
        took.append((time.perf_counter() - began) * 1e3)
        for _ in range(2):
            time.sleep(max(0.5 - (time.perf_counter() - began) % 0.5, 0.01))
            gateway.refresh()
    gateway.close()
    results.put((took, refused))


def main(seconds: float) -> None:
    print(f"{'live records':>12}{'acts a second':>15}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}{'refused':>9}")
    slow = []
    for records in RECORDS:
        with tempfile.TemporaryDirectory() as home:
            folder = desk(Path(home) / "desk", records)
            context = multiprocessing.get_context("fork")
            results, ready = context.Queue(), context.Barrier(OFFICERS)
            processes = [
                context.Process(target=officer, args=(folder, ready, seconds, results)) for _ in range(OFFICERS)
            ]
            for process in processes:
                process.start()
            told = [results.get() for _ in processes]
            for process in processes:
                process.join()
        took = sorted(each for acts, _ in told for each in acts)
        p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
        slow.append(p99)
        refused = sum(count for _, count in told)
        print(f"{records:12}{len(took) / seconds:15.1f}{p50:9.2f}{p99:9.1f}{took[-1]:9.1f}{refused:9}", flush=True)
    print(f"p99 at {RECORDS[1]} against {RECORDS[0]} live records: x{slow[1] / slow[0]:.2f}")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20.0)
