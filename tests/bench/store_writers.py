"""1, 8 and 30 writers on one desk, saturated and at one commit a second each: python -m tests.bench.store_writers [s].

Prints commits a second, times in ms, and the slowest writer's share of the mean (1.0: all equal; aim: at least 0.5).
"""

import multiprocessing
import os
import sys
import tempfile
import time
from pathlib import Path

from store import Put, open_store
from tests.bench.store_commit import entry


def writer(folder: Path, start: float, end: float, pause: float, results) -> None:
    store = open_store(folder, writer=f"w@{os.getpid()}", lock_seconds=30)
    took = []
    time.sleep(max(start - time.monotonic(), 0))
    if pause:
        time.sleep(pause * (os.getpid() % 30) / 30)
    while time.monotonic() < end:
        began = time.perf_counter()
        store.commit(lambda: [Put("entries", store.next_id("entries"), entry(7))])
        took.append(time.perf_counter() - began)
        if pause:
            time.sleep(max(pause - took[-1], 0))
    results.put(took)


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    print(f"{'writers':>8}{'pace':>12}{'commits/s':>11}{'p50':>8}{'p99':>8}{'max':>8}{'slowest/mean':>14}")
    for pause in (0.0, 1.0):
        for count in (1, 8, 30):
            with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as place:
                folder = Path(place) / "desk"
                open_store(folder, writer="first@1").close()
                context = multiprocessing.get_context("fork")
                results = context.Queue()
                start = time.monotonic() + 1.0
                arguments = (folder, start, start + seconds, pause, results)
                processes = [context.Process(target=writer, args=arguments) for _ in range(count)]
                for process in processes:
                    process.start()
                each = [results.get() for _ in processes]
                for process in processes:
                    process.join()
                store = open_store(folder, writer="check@1")
                assert len(store.docs["entries"]) == sum(map(len, each)), "lost"
                store.close()
            took = sorted(t * 1000 for one in each for t in one)
            share = min(map(len, each)) / (len(took) / count)
            p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
            pace = "1/s each" if pause else "saturated"
            print(
                f"{count:8}{pace:>12}{len(took) / seconds:11.0f}{p50:8.2f}{p99:8.2f}{took[-1]:8.1f}{share:14.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
