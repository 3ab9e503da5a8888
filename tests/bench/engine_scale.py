"""A province on one database: `python -m tests.bench.engine_scale [counties] [sessions] [lines a second] [seconds]`.

Every county has a schema. So many sessions write a line now and then, at a rate that is kept, and then as fast as they
can; others poll, as an open board does. A synchronous standby follows. Printed: lines a second, the wait of a writer,
bytes of a line on the disk and in the log of the server, memory of a connection, time of a poll, the lag of the
standby, and the time to read the newest line of all counties and all lines of one. docs/scale.md rests on it.
"""

import random
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from dutyboard.store.engine.address import address_of
from dutyboard.store.engine.port import NewLine
from dutyboard.store.engine.postgres import PostgresEngine, make_tables
from dutyboard.store.errors import Locked
from dutyboard.store.journal import ZERO, encode, head_of
from tests.bench.figure import HEAD, Figure, options
from tests.bench.store_commit import entry
from tests.engine.cluster import Cluster

MACHINES = 2
"""Terminal servers: the sessions of a county on one of them wait for its file lock, not for the database."""
IDLE = 100
"""Connections that are counted to learn what one takes."""
READ = 20_000
"""Lines of the county that is read as a whole."""
POLLS = 2_000


def a_line(n: int, writer: str, previous: str) -> NewLine:
    """Return a line as a desk writes them."""
    line, head = encode({"n": n, "w": writer, "put": {"entries": {"9": entry(7)}}}, previous)
    return NewLine(n=n, head=head, previous=previous, line=line)


class Machine:
    """The mirror of one county on one terminal server: its lock, and the line at which it stands."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.lock = threading.Lock()
        self.n, self.head = 0, ZERO


class Session:
    """One session on a machine, with a connection of its own."""

    def __init__(self, machine: Machine, number: int) -> None:
        self.machine = machine
        self.engine = PostgresEngine(address_of(machine.address), "desk")
        self.writer = f"officer{number}@{number}"
        self.overtaken = 0

    def write(self, lines: int = 1) -> float:
        """Write lines as one act, as a desk does, and return the seconds that it took."""
        began, machine = time.perf_counter(), self.machine
        with machine.lock:
            while True:
                try:
                    self.engine.claim(machine.n + 1, self.writer, 30.0)
                    break
                except Locked:
                    self.overtaken += 1
                    for number, found in self.engine.after(machine.n):
                        machine.n, machine.head = number, head_of(found)
            new = [a_line(machine.n + 1, self.writer, machine.head)]
            while len(new) < lines:
                new.append(a_line(new[-1].n + 1, self.writer, new[-1].head))
            self.engine.append(new, self.writer)
            machine.n, machine.head = new[-1].n, new[-1].head
        return time.perf_counter() - began


def written(sessions: Sequence[Session], rate: float, seconds: float) -> list[float]:
    """Return the seconds of each line that the sessions wrote, at a rate over all of them; 0: as fast as they can."""
    end, took = time.monotonic() + seconds, list[float]()

    def work(session: Session) -> None:
        while (now := time.monotonic()) < end:
            if rate:
                pause = random.expovariate(rate / len(sessions))
                if now + pause >= end:
                    return
                time.sleep(pause)
            took.append(session.write())

    with ThreadPoolExecutor(len(sessions)) as pool:
        list(pool.map(work, sessions))
    return took


@contextmanager
def polled(addresses: Sequence[str], a_second: float) -> Iterator[None]:
    """Poll beside the work inside, so many times a second over all counties."""
    ended = threading.Event()
    engines = [PostgresEngine(address_of(each), "desk") for each in addresses[:8]]

    def poll() -> None:
        while not ended.wait(1 / a_second):
            random.choice(engines).newest()

    thread = threading.Thread(target=poll)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def memory(primary: Cluster, address: str) -> float:
    """Return the MB that one idle connection takes, without what all share."""
    engines = [PostgresEngine(address_of(address), "desk") for _ in range(IDLE)]
    for each in engines:
        each.newest()
    pids = [row[0] for row in primary.execute("SELECT pid FROM pg_stat_activity WHERE usename = 'service'")]
    taken = 0
    for pid in pids:
        with suppress(OSError):
            rows = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
            taken += next(int(row.split()[1]) for row in rows if row.startswith("Private_Dirty"))
    for each in engines:
        each.close()
    return taken / 1024 / len(pids)


def main() -> None:
    asked = options(counties=122, sessions=122, rate=30.0, seconds=20.0)
    counties = asked.counties if not asked.quick else 4
    seconds = asked.seconds if not asked.quick else 2.0
    with Cluster(durable=True) as primary, primary.standby("second", slot=True):
        addresses = []
        for number in range(counties):
            schema = f"county_{number}"
            make_tables(address_of(primary.address(user="owner", schema=schema)), service="service")
            addresses.append(primary.address(schema=schema))
        primary.synchronous("second")
        machines = [Machine(address) for address in addresses for _ in range(MACHINES)]
        sessions = [Session(machines[number % len(machines)], number) for number in range(asked.sessions)]
        print(HEAD)
        told = f"{counties} counties, {asked.sessions} sessions, a synchronous standby"
        with polled(addresses, 2 * asked.sessions):
            log = _log_bytes(primary)
            took = written(sessions, asked.rate, seconds)
            log, lag = _log_bytes(primary) - log, _lag(primary)
            _print(f"a line at {asked.rate:.0f} a second, median", statistics.median(took) * 1e3, "ms", len(took), told)
            _print("the same, slowest of twenty", sorted(took)[-max(1, len(took) // 20)] * 1e3, "ms", len(took))
            _print("log of the server for a line", log / len(took) / 1e3, "kB", len(took))
            _print("behind: bytes that the standby has not replayed", lag / 1e3, "kB", 1)
            began = time.monotonic()
            took = written(sessions, 0, seconds)
            _print("lines a second, as fast as they can", len(took) / (time.monotonic() - began), "/s", len(took), told)
            _print("the same, slowest of twenty", sorted(took)[-max(1, len(took) // 20)] * 1e3, "ms", len(took))
        overtaken = sum(each.overtaken for each in sessions)
        _print("decided again, of a hundred lines", 100 * overtaken / len(took), "", len(took))
        _print("an idle connection", memory(primary, addresses[0]), "MB", IDLE)
        began = time.perf_counter()
        for _ in range(POLLS):
            sessions[0].engine.newest()
        _print("a poll", (time.perf_counter() - began) / POLLS * 1e3, "ms", POLLS)
        began = time.perf_counter()
        for each in addresses:
            engine = PostgresEngine(address_of(each), "desk")
            engine.newest()
            engine.close()
        _print("the newest line of every county", time.perf_counter() - began, "s", counties, "a connection for each")
        for _ in range(0 if asked.quick else READ // 100):
            sessions[0].write(lines=100)
        began, lines = time.perf_counter(), sum(1 for _ in sessions[0].engine.after(0))
        _print("lines read a second", lines / (time.perf_counter() - began), "/s", lines)
        size = primary.execute("SELECT pg_total_relation_size('county_0.lines')", database="desks")[0][0]
        _print("disk for a line, with its indexes", size / lines / 1e3, "kB", lines, "a line has some 0.4 kB")


def _log_bytes(primary: Cluster) -> int:
    return int(primary.execute("SELECT pg_current_wal_lsn() - '0/0'")[0][0])


def _lag(primary: Cluster) -> int:
    return int(primary.execute("SELECT max(sent_lsn - replay_lsn) FROM pg_stat_replication")[0][0])


def _print(name: str, value: float, unit: str, runs: int, told: str = "") -> None:
    print(Figure(name, value, unit, 0, runs, told), flush=True)


if __name__ == "__main__":
    main()
