"""Two terminal servers write while processes, backends, the server and the network are killed, in turn.

Nothing acknowledged is lost, nothing is there twice, nothing is there of which a writer was told that it is not saved.
At the end both mirrors and the server have one head. The proof is run by `run`; each writer is a process of its own.
"""

import multiprocessing
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Final

import orjson

from dutyboard.store import Large, Put, Store, Unsure, open_store, verify
from dutyboard.store.engine import postgres
from dutyboard.store.engine.address import address_of
from dutyboard.store.errors import StoreError
from tests.engine.cluster import Cluster, address
from tests.engine.mirrors import desk_address, mirror
from tests.engine.wire import Wire

WAIT_SECONDS: Final = 1.0
"""In place of ten: for so long a writer waits for an answer."""
SHEETS: Final = 5
"""Every so manieth act is of several lines."""
_SLOW: Final = (
    """
    CREATE FUNCTION {schema}.take_time() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_sleep(random() * 0.04); RETURN NULL; END'
    """,
    """
    CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON {schema}.lines DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION {schema}.take_time()
    """,
)
"""Lets each COMMIT take a while, so that many a kill comes in the middle of one."""


def writer(folder: Path, told: Path, closing: Path) -> None:
    """Commit as fast as it goes, and tell of each key: `saved`, `unsaved`, or `unsure` and in the end `saved`."""
    postgres.ANSWER_SECONDS = WAIT_SECONDS  # type: ignore[misc]
    tell = os.open(told, os.O_WRONLY | os.O_APPEND)
    store, number = open_store(folder, writer=f"w@{os.getpid()}", line_bytes=500), 0
    while not closing.exists():
        key, number = f"{os.getpid()}-{number}", number + 1
        os.write(tell, f"{save(store, key, 1 if number % SHEETS else 4, tell)} {key}\n".encode())
    store.close()
    os.write(tell, b"ended\n")


def save(store: Store, key: str, documents: int, tell: int) -> str:
    """Save a key; asked again under its name until it is known whether it stands, if the first answer is `unsure`."""

    def decide() -> Large:
        puts = (Put("entries", store.next_id("entries"), {"key": key, "text": "接电话" * 20}) for _ in range(documents))
        return Large(puts)

    was_unsure = False
    while True:
        try:
            store.commit(decide, rid=key)
            return "saved"
        except Unsure:
            was_unsure = True
            os.write(tell, f"unsure {key}\n".encode())
        except StoreError as error:
            if not was_unsure:
                return f"unsaved:{type(error).__name__}"
            time.sleep(0.05)


def run(scratch: Path, cluster: Cluster, schema: str, seconds: float, writers: int = 4) -> str:
    """Harm in turn for so many seconds, writers on two mirrors; return how much ran."""
    told, closing = scratch / "told", scratch / "closing"
    told.touch()
    context = multiprocessing.get_context("forkserver")  # no end of the wire is theirs too
    context.set_forkserver_preload([__name__])
    context.Process(target=print).start()
    with Wire(cluster.port) as wire:
        desk_address(cluster, schema)
        for statement in _SLOW:
            cluster.execute(statement.format(schema=schema), user="owner")
        folders = [
            mirror(scratch / "one", address([wire.host], schema=schema, connect_timeout="2")),
            mirror(scratch / "two", address([cluster.host], schema=schema)),
        ]
        open_store(folders[0], writer="first@1").close()

        def started(number: int) -> ForkServerProcess:
            process = context.Process(target=writer, args=(folders[number % 2], told, closing), daemon=True)
            process.start()
            return process

        processes = [started(number) for number in range(writers)]

        def kill_writer() -> None:
            victim = random.randrange(writers)
            processes[victim].kill()
            processes[victim].join()
            processes[victim] = started(victim)

        harms = _harms(cluster, wire, kill_writer)
        done: Counter[str] = Counter()
        begin = time.monotonic()
        while time.monotonic() < begin + seconds or len(done) < len(harms):
            name = list(harms)[sum(done.values()) % len(harms)]
            harms[name]()
            done[name] += 1
            assert all(process.is_alive() for process in processes), "a writer ended"
            time.sleep(random.random() * 0.6)
        closing.touch()
        for process in processes:
            process.join(60)
            assert process.exitcode == 0
        return f"{sum(done.values())} harms {dict(done)}; {check(folders, told.read_text().splitlines())}"


def _harms(cluster: Cluster, wire: Wire, kill_writer: Callable[[], None]) -> dict[str, Callable[[], None]]:
    def backends() -> list[int]:
        asked = "SELECT pid FROM pg_stat_activity WHERE usename = 'service' AND backend_type = 'client backend'"
        return [int(pid) for (pid,) in cluster.execute(asked)]

    def end_backend() -> None:
        for pid in random.sample(found := backends(), min(1, len(found))):
            cluster.execute("SELECT pg_terminate_backend(%s)", pid)

    def kill_backend() -> None:
        if found := backends():
            cluster.kill_backends(pid=random.choice(found))

    def kill_backends() -> None:
        if backends():
            cluster.kill_backends("service")

    def kill_postmaster() -> None:
        cluster.kill_postmaster()
        time.sleep(0.2)
        cluster.start()

    def cut() -> None:
        wire.cut()
        time.sleep(0.1)
        wire.mend()

    def stall() -> None:
        wire.stall()
        time.sleep(WAIT_SECONDS * 1.3)
        wire.mend()

    def unheard() -> None:
        wire.hold_answers()
        time.sleep(0.05)
        wire.cut()
        wire.mend()

    kinds = (kill_writer, end_backend, unheard, kill_backend, cut, kill_backends, unheard, stall, kill_postmaster)
    return {f"{number} {each.__name__}": each for number, each in enumerate(kinds)}


def check(folders: list[Path], told: list[str]) -> str:
    """Hold what was told against what the mirrors and the server have."""
    saved = {line.split()[1] for line in told if line.startswith("saved ")}
    unsaved = {line.split()[1] for line in told if line.startswith("unsaved:")}
    unsure = {line.split()[1] for line in told if line.startswith("unsure ")}
    why = Counter(line.split()[0] for line in told if line.startswith("unsaved:"))
    stores = [open_store(folder, writer="check@1") for folder in folders]
    for store in stores:
        store.refresh()
    found = Counter(str(doc["key"]) for doc in stores[0].docs["entries"].values())
    assert {store.head for store in stores} == {stores[0].head}, "two heads"
    engine = postgres.PostgresEngine(address_of(_address(folders[1])), "desk")
    assert engine.newest() == (stores[0].seq, stores[0].head)
    engine.close()
    assert saved and unsure, "nothing was killed in the middle of a commit"
    assert saved <= found.keys(), f"{len(saved - found.keys())} acknowledged are lost"
    assert not unsaved & found.keys(), f"{len(unsaved & found.keys())} stand that were told unsaved"
    assert set(found.values()) <= {1, 4}, "twice"
    for key, count in found.items():
        assert count == (1 if (int(key.rpartition("-")[2]) + 1) % SHEETS else 4), f"{key} is there {count} times"
    for store in stores:
        store.close()
        assert verify(store.folder).problems == ()
    return (
        f"{len(saved)} acknowledged, 0 lost, 0 twice; {len(unsure)} were unsure and asked again, "
        f"{sum(why.values())} refused {dict(why)}; one head"
    )


def _address(folder: Path) -> str:
    return str(orjson.loads((folder / "engine.json").read_bytes())["address"])
