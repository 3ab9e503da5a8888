"""One server for all tests of a process that ask for it, and a schema for each."""

import os
from collections.abc import Iterator
from itertools import count

import pytest

from tests.engine.cluster import Cluster, missing

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def running() -> Iterator[Cluster]:
    """The server. It does not wait for the disk; a test that needs that makes a durable one of its own."""
    if lacking := missing():
        why = f"no {', no '.join(lacking)}: no desk on PostgreSQL is proved"
        if os.environ.get("DUTYBOARD_POSTGRES_PROVED"):
            pytest.fail(why)
        pytest.skip(why)
    with Cluster() as made:
        yield made


@pytest.fixture
def cluster(running: Cluster) -> Iterator[Cluster]:
    """The server, which works again after the test whatever was done to it. Its log is shown if the test fails."""
    begin = running.log_size
    yield running
    running.mend()
    print(f"log of {running.name}:\n{running.log(begin)}")


@pytest.fixture
def schema(cluster: Cluster) -> Iterator[str]:
    """The name of a schema that is not there yet in the database `desks`, whose owner may make it."""
    name = f"desk_{next(_NUMBERS)}"
    yield name
    cluster.mend()
    cluster.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
