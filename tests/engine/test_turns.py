"""Turns to write, of many officers on two terminal servers: each comes to his, and nobody waits without end."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dutyboard.store import Locked, Put, verify
from tests.engine.cluster import Cluster
from tests.engine.crowd import crowd
from tests.engine.mirrors import desk_address, mirror, opened


@pytest.fixture(params=["read committed", "serializable"])
def folders(
    tmp_path: Path, cluster: Cluster, schema: str, request: pytest.FixtureRequest
) -> Iterator[tuple[Path, Path]]:
    """Two mirrors of a desk, on a server of either isolation of transactions."""
    cluster.execute(f"ALTER ROLE service SET default_transaction_isolation = '{request.param}'")
    address = desk_address(cluster, schema)
    one, two = mirror(tmp_path / "one", address), mirror(tmp_path / "two", address)
    opened(one).close()
    yield one, two
    cluster.execute("ALTER ROLE service RESET default_transaction_isolation")


def test_twelve_writers_on_two_mirrors_all_come_to_their_turns(
    folders: tuple[Path, Path], ran: Callable[[str], None]
) -> None:
    done = crowd(folders, writers=12, acts=6, lock_seconds=30.0)
    ran(f"turns: {done}")
    assert [len(each.took) for each in done.writers] == [6] * 12
    assert sum(each.locked for each in done.writers) == 0, "somebody starved"
    assert sum(each.overtaken for each in done.writers) > 0, "the mirrors never met"
    stores = [opened(folder, "check@1") for folder in folders]
    for store in stores:
        store.refresh()
        assert len({doc["text"] for doc in store.docs["entries"].values()}) == len(store.docs["entries"]) == 72
        store.close()
        assert verify(store.folder).problems == ()
    assert stores[0].head == stores[1].head


def test_a_turn_that_is_held_is_waited_for_and_then_refused(folders: tuple[Path, Path]) -> None:
    one, two = opened(folders[0]), opened(folders[1], "liumin@1", lock_seconds=0.1)

    def slow() -> list[Put]:
        with pytest.raises(Locked):
            two.commit(lambda: [Put("entries", 1, {"text": "beside"})])
        return [Put("entries", one.next_id("entries"), {"text": "slow"})]

    one.commit(slow)
    two.commit(lambda: [Put("entries", two.next_id("entries"), {"text": "after"})])
    one.refresh()
    assert [doc["text"] for doc in one.docs["entries"].values()] == ["slow", "after"]
