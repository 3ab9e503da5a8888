"""The server of the tests does what its words say: each by what a client of it sees."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from tests.door.waiting import SECONDS, awaited
from tests.engine.cluster import Cluster, Stop, address, lives
from tests.engine.wire import Wire


def connected(place: str) -> Connection[Any]:
    return psycopg.connect(place, autocommit=True)


@pytest.fixture
def table(cluster: Cluster, schema: str) -> str:
    """A table of numbers, which the service may read and add to."""
    cluster.execute(f"CREATE SCHEMA {schema}", user="owner")
    cluster.execute(f"CREATE TABLE {schema}.lines (n int PRIMARY KEY)", user="owner")
    cluster.execute(f"GRANT USAGE ON SCHEMA {schema} TO service", user="owner")
    cluster.execute(f"GRANT SELECT, INSERT ON {schema}.lines TO service", user="owner")
    return f"{schema}.lines"


@pytest.fixture
def hand(cluster: Cluster) -> Iterator[ThreadPoolExecutor]:
    """Somebody who waits while the test goes on."""
    with ThreadPoolExecutor() as made:
        yield made
        cluster.mend()


def lines(cluster: Cluster, table: str) -> list[int]:
    return [n for (n,) in cluster.execute(f"SELECT n FROM {table} ORDER BY n")]


def insert(connection: Connection[Any], table: str, n: int) -> None:
    connection.execute(f"INSERT INTO {table} VALUES ({n})".encode())


def waits(done: "Future[Any]") -> bool:
    with pytest.raises(TimeoutError):
        done.result(0.3)
    return True


def test_two_roles_come_in_by_the_loopback_and_the_one_with_all_rights_does_not(cluster: Cluster, table: str) -> None:
    assert len(str(cluster.folder / f".s.PGSQL.{cluster.port}")) < 100
    with connected(cluster.address()) as service:
        insert(service, table, 1)
        for sql in (f"UPDATE {table} SET n = 2", f"DELETE FROM {table}", f"TRUNCATE {table}", f"DROP TABLE {table}"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                service.execute(sql.encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            service.execute("CREATE SCHEMA more")
    with connected(cluster.address(user="owner")) as owner:
        owner.execute(f"DELETE FROM {table}".encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("ALTER SYSTEM SET fsync = 'on'")
    with pytest.raises(psycopg.OperationalError, match=r"pg_hba\.conf rejects"):
        connected(cluster.address(user="postgres"))
    assert cluster.execute("SHOW server_encoding") == [("UTF8",)]
    assert cluster.execute("SELECT datcollate FROM pg_database WHERE datname = 'desks'") == [("C.UTF-8",)]


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_that_stopped_refuses_and_knows_all_when_it_is_back(mode: Stop, cluster: Cluster, table: str) -> None:
    service = connected(cluster.address())
    insert(service, table, 1)
    cluster.stop(mode)
    with pytest.raises(psycopg.OperationalError):
        insert(service, table, 2)
    with pytest.raises(psycopg.OperationalError, match="refused"):
        connected(cluster.address())
    cluster.start()
    assert lines(cluster, table) == [1]


def test_a_smart_stop_waits_for_its_clients(cluster: Cluster, table: str, hand: ThreadPoolExecutor) -> None:
    service = connected(cluster.address())
    stopped = hand.submit(cluster.stop, "smart")
    assert waits(stopped)
    insert(service, table, 1)
    service.close()
    stopped.result()
    cluster.start()
    assert lines(cluster, table) == [1]


def test_a_frozen_server_answers_nothing_and_does_all_of_it_later(
    cluster: Cluster, table: str, hand: ThreadPoolExecutor
) -> None:
    service = connected(cluster.address())
    cluster.pause()
    done = hand.submit(insert, service, table, 1)
    with pytest.raises(psycopg.errors.ConnectionTimeout):
        connected(cluster.address(connect_timeout="2"))
    assert waits(done)
    cluster.go_on()
    done.result()
    assert lines(cluster, table) == [1]


def test_a_killed_backend_costs_all_their_connections_and_no_line(cluster: Cluster, table: str) -> None:
    service, owner = connected(cluster.address()), connected(cluster.address(user="owner"))
    insert(service, table, 1)
    owner.execute("BEGIN")
    insert(owner, table, 2)
    cluster.kill_backends("service")
    for each in (service, owner):
        with pytest.raises(psycopg.OperationalError):
            insert(each, table, 3)
    assert lines(cluster, table) == [1]
    service = connected(cluster.address())
    cluster.kill_backends(pid=service.info.backend_pid)
    with pytest.raises(psycopg.OperationalError):
        insert(service, table, 3)


def test_a_killed_server_comes_back_with_what_was_committed_and_nothing_else(cluster: Cluster, table: str) -> None:
    service, open_one = connected(cluster.address()), connected(cluster.address())
    insert(service, table, 1)
    open_one.execute("BEGIN")
    insert(open_one, table, 2)
    cluster.kill_postmaster()
    assert not cluster.runs
    with pytest.raises(psycopg.OperationalError):
        open_one.execute("COMMIT")
    cluster.start()
    assert "was not properly shut down" in cluster.log()
    assert lines(cluster, table) == [1]


def test_a_frozen_server_can_be_killed(cluster: Cluster, table: str) -> None:
    cluster.pause()
    cluster.kill_postmaster()
    cluster.start()
    assert lines(cluster, table) == []


def test_the_server_works_again_after_whatever_a_test_did(cluster: Cluster, table: str) -> None:
    cluster.pause()
    cluster.mend()
    cluster.stop()
    cluster.mend()
    with connected(cluster.address()) as service:
        service.execute("BEGIN")
        insert(service, table, 1)
        cluster.synchronous("nobody")
        cluster.mend()
        with pytest.raises(psycopg.OperationalError):
            service.execute("COMMIT")
    cluster.execute(f"TRUNCATE {table}")
    assert cluster.execute("SHOW fsync") == [("off",)]


def test_a_standby_that_is_gone_holds_commits_and_takes_over_when_the_primary_is_gone(
    hand: ThreadPoolExecutor,
) -> None:
    with Cluster("first") as first, first.standby("second", slot=True) as second:
        first.execute("CREATE TABLE lines (n int)")
        first.execute("GRANT SELECT, INSERT ON lines TO service")
        first.synchronous("second")
        either = address([first.host, second.host], target_session_attrs="read-write")
        with connected(either) as service:
            insert(service, "lines", 1)
            assert lines(second, "lines") == [1]
            second.stop()
            held = hand.submit(insert, service, "lines", 2)
            assert waits(held)
            assert lines(first, "lines") == [1], "what waits is not seen by others"
            second.start()
            held.result()
        first.kill_postmaster()
        with pytest.raises(psycopg.OperationalError, match="read-only"):
            connected(either)
        second.promote()
        service = connected(either)
        assert service.info.port == second.port
        hand.submit(insert, service, "lines", 3).result(SECONDS)
        assert lines(second, "lines") == [1, 2, 3]


def test_without_a_slot_nothing_is_kept_for_a_standby(cluster: Cluster, hand: ThreadPoolExecutor) -> None:
    with cluster.standby("loose") as loose:
        assert loose.execute("SELECT pg_is_in_recovery()") == [(True,)]
        assert cluster.execute("SELECT slot_name FROM pg_replication_slots WHERE NOT temporary") == []
        cluster.synchronous("loose")
        cluster.synchronous()
        loose.pause()
        hand.submit(cluster.execute, "CREATE TABLE kept_waiting ()").result(SECONDS)
        cluster.execute("DROP TABLE kept_waiting")


def test_a_cut_wire_ends_each_connection_and_refuses_the_next(
    cluster: Cluster, table: str, hand: ThreadPoolExecutor
) -> None:
    with Wire(cluster.port) as wire:
        service = connected(address([wire.host]))
        insert(service, table, 1)
        wire.cut()
        with pytest.raises(psycopg.OperationalError):
            hand.submit(insert, service, table, 2).result(SECONDS)
        with pytest.raises(psycopg.OperationalError):
            hand.submit(connected, address([wire.host])).result(SECONDS)
        assert lines(cluster, table) == [1]
        wire.mend()
        with connected(address([wire.host])) as again:
            insert(again, table, 2)
    assert lines(cluster, table) == [1, 2]


def test_a_stalled_wire_holds_what_is_asked(cluster: Cluster, table: str, hand: ThreadPoolExecutor) -> None:
    with Wire(cluster.port) as wire:
        service = connected(address([wire.host]))
        wire.stall()
        done = hand.submit(insert, service, table, 1)
        new = hand.submit(connected, address([wire.host]))
        assert waits(done) and waits(new) and lines(cluster, table) == []
        wire.mend()
        done.result()
        new.result().close()
        assert lines(cluster, table) == [1]


def test_a_wire_that_holds_answers_hides_a_commit_that_was_done(
    cluster: Cluster, table: str, hand: ThreadPoolExecutor
) -> None:
    with Wire(cluster.port) as wire:
        service = connected(address([wire.host]))
        wire.hold_answers()
        done = hand.submit(insert, service, table, 1)
        assert awaited(lambda: lines(cluster, table) == [1])
        assert waits(done)
        wire.cut()
        with pytest.raises(psycopg.OperationalError):
            done.result()
        assert lines(cluster, table) == [1]


def test_a_wire_carries_more_than_its_buffers_hold(cluster: Cluster, hand: ThreadPoolExecutor) -> None:
    text = "值班" * 3_000_000
    with Wire(cluster.port) as wire:
        service = connected(address([wire.host]))
        cluster.pause()
        told = hand.submit(lambda: service.execute("SELECT %s", [text]).fetchone())
        assert waits(told)
        cluster.go_on()
        assert told.result(SECONDS) == (text,)


def test_a_server_ends_with_the_process_that_made_it_however_that_ends(running: Cluster) -> None:
    code = """
import os, signal
from tests.engine.cluster import Cluster
made = Cluster(durable=True).__enter__()
print(made.folder, made._process.pid, *made.execute("SHOW fsync")[0], flush=True)
made.pause()
os.kill(os.getpid(), signal.SIGKILL)
"""
    top = Path(__file__).parents[2]
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=top, check=False).stdout
    folder, pid, waits_for_the_disk = told.split()
    assert waits_for_the_disk == "on"
    assert awaited(lambda: not Path(folder).exists() and not lives(int(pid))), told
    assert running.folder.exists()
