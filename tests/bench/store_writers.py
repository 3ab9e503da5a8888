"""1, 8 and 30 writers on one desk, saturated and at one commit a second each: python -m tests.bench.store_writers [s].

Beside each the floor in the same minute: as many processes that append a line and sync it under a lock. Times in ms,
the ratio to the floor, and the slowest writer's share of the mean (1.0: all equal; aim: at least 0.5).
"""

import fcntl
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dutyboard.store import Put, open_store
from tests.bench.store_commit import entry

LINE = b"x" * 400 + b"\n"


def raw(folder: Path) -> Callable[[], object]:
    fd = os.open(folder / "raw", os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def append() -> None:
        fcntl.flock(fd, fcntl.LOCK_EX)
        os.write(fd, LINE)
        os.fdatasync(fd)
        fcntl.flock(fd, fcntl.LOCK_UN)

    return append


def desk(folder: Path) -> Callable[[], object]:
    store = open_store(folder / "desk", writer=f"w@{os.getpid()}", lock_seconds=30)
    return lambda: store.commit(lambda: [Put("entries", store.next_id("entries"), entry(7))])


def writer(
    opened: Callable[[Path], Callable[[], object]], folder: Path, start: float, end: float, pause: float, results
):
    commit = opened(folder)
    took = []
    time.sleep(max(start - time.monotonic(), 0))
    if pause:
        time.sleep(pause * (os.getpid() % 30) / 30)
    while time.monotonic() < end:
        began = time.perf_counter()
        commit()
        took.append(time.perf_counter() - began)
        if pause:
            time.sleep(max(pause - took[-1], 0))
    results.put(took)


def measured(
    opened: Callable[[Path], Callable[[], object]], count: int, pause: float, seconds: float
) -> list[list[float]]:
    """The times of each of so many writers."""
    with tempfile.TemporaryDirectory(prefix="dutyboard-bench-", dir=os.environ.get("BENCH_DIR")) as place:
        folder = Path(place)
        open_store(folder / "desk", writer="first@1").close()
        context = multiprocessing.get_context("fork")
        results = context.Queue()
        start = time.monotonic() + 1.0
        arguments = (opened, folder, start, start + seconds, pause, results)
        processes = [context.Process(target=writer, args=arguments) for _ in range(count)]
        for process in processes:
            process.start()
        each = [results.get() for _ in processes]
        for process in processes:
            process.join()
        store = open_store(folder / "desk", writer="check@1")
        assert len(store.docs["entries"]) == (sum(map(len, each)) if opened is desk else 0), "lost"
        store.close()
    return each


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    print(f"{'':11} writers       pace  a second     p50     p99     max  x floor  slowest/mean")
    for pause in (0.0, 1.0):
        for count in (1, 8, 30):
            floor = 0.0
            for name, opened in (("floor", raw), ("dutyboard", desk)):
                each = measured(opened, count, pause, seconds)
                took = sorted(t * 1000 for one in each for t in one)
                share = min(map(len, each)) / (len(took) / count)
                p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
                floor = floor or p50
                pace = "1/s each" if pause else "saturated"
                print(
                    f"{name:11}{count:8}{pace:>11}{len(took) / seconds:10.0f}{p50:8.2f}{p99:8.2f}{took[-1]:8.1f}"
                    f"{p50 / floor:9.2f}{share:14.2f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
