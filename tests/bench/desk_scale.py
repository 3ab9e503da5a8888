"""An act and a colleague's line at 100,000 live records against 1,000: python -m tests.bench.desk_scale [records].

Two desks through the gateway, one act a line, in one run, without waiting for the disk: what a process spends to submit
an act and to follow one of another process, the slowest of a hundred, and the memory that a line leaves (RSS).
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from dutyboard.rules.records.commands.post import OpenDesk, WriteLog
from dutyboard.store import open_store
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from dutyboard.tui.link.steps import STEPS
from tests.bench.store_scale import put
from tests.store.proofs.faults import no_syncing

FEW, TIMES, HELD = 1000, 600, 6000
TEXT = "接东城区疾控中心电话,报告密切接触者1名,已通知社区落实居家隔离措施,待核酸复核。"
READER = """
import gc, sys
from pathlib import Path
from dutyboard.store import open_store
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from dutyboard.tui.link.steps import STEPS

folder, kind = Path(sys.argv[1]), sys.argv[2]
reader = open_store(folder, writer="look@1", steps=STEPS) if kind == "store" else Gateway.open(folder, own_identity())
for _ in sys.stdin:
    reader.refresh()
    gc.collect()
    pages = next(line for line in open("/proc/self/status") if line.startswith("VmRSS"))
    print(int(pages.split()[1]) * 1024, flush=True)
"""
"""A process that reads what is new and tells its memory, each time it is asked."""


def spent(act: Callable[[], object]) -> float:
    """Return the CPU time of a call, in ms."""
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1e3


def middle_and_slow(took: list[float]) -> tuple[float, float]:
    return statistics.median(took), sorted(took)[int(len(took) * 0.99)]


def desk(folder: Path, records: int) -> Path:
    """Make a desk with so many live entries."""
    gateway = Gateway.open(folder, own_identity(), create=True)
    gateway.submit(OpenDesk(desk="值班室", notice="lianyuan-2021-07", timezone="Asia/Shanghai", admin_name="王芳"))
    gateway.close()
    store = open_store(folder, writer="bench@1", steps=STEPS)
    put(store, "entries", records, datetime(2021, 6, 7, 12).astimezone())
    store.checkpoint()
    store.close()
    return folder


def measured(folder: Path) -> tuple[float, float, float, float]:
    """Return ms to submit an act and to follow a line, each with its 99th of a hundred."""
    one, other = (Gateway.open(folder, own_identity(), pace=None) for _ in range(2))
    for _ in range(50):  # the first ones import
        one.submit(WriteLog(text=TEXT))
    submit = [spent(lambda: one.submit(WriteLog(text=TEXT))) for _ in range(TIMES)]
    other.refresh()

    took = []
    for _ in range(TIMES):
        one.submit(WriteLog(text=TEXT))
        took.append(spent(other.refresh))
    one.close()
    other.close()
    return *middle_and_slow(submit), *middle_and_slow(took)


def held(folder: Path, what: str, followed: int = HELD) -> float:
    """Return the bytes that each of so many followed lines leaves in a process beside its text (RSS)."""
    writer = Gateway.open(folder, own_identity(), pace=None)
    command = [sys.executable, "-c", READER, str(folder), what]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None

        def looked() -> int:
            print(file=reader.stdin, flush=True)
            return int(reader.stdout.readline())

        def written(lines: int) -> None:
            for number in range(lines):
                writer.submit(WriteLog(text=TEXT))
                if number % 100 == 0:
                    looked()

        written(followed)
        before, text = looked(), size(folder)
        written(followed)
        after = looked()
        reader.stdin.close()
    text = size(folder) - text
    writer.close()
    return (after - before - text) / followed


def size(folder: Path) -> int:
    return sum(each.stat().st_size for each in (folder / "journal").iterdir())


def main(records: int) -> None:
    with tempfile.TemporaryDirectory() as home, no_syncing():
        small = measured(desk(Path(home) / "small", FEW))
        large = measured(desk(Path(home) / "large", records))
        beside = {what: held(desk(Path(home) / what, FEW), what) for what in ("store", "gateway")}
    for name, at in (("submit", 0), ("follow", 2)):
        for how in (0, 1):
            few, many = small[at + how], large[at + how]
            said = f"{name}, slowest of 100" if how else name
            print(f"{said}: {few:.3f} ms at {FEW}, {many:.3f} ms at {records} live records: x{many / few:.2f}")
    for what, count in beside.items():
        print(f"{what}: a followed line leaves {count:.0f} bytes beside its text")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
