"""A primary dies and a standby goes on; a standby is gone; a standby lacks lines. Nothing is lost unseen."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from dutyboard.store import Away, Locked, Put, Store, StoreError, Unsure, verify
from dutyboard.store.engine import postgres
from dutyboard.store.engine.address import address_of
from tests.door.waiting import awaited
from tests.engine.cluster import Cluster, address, missing
from tests.engine.mirrors import desk_address, mirror, opened


@pytest.fixture
def pair() -> Iterator[tuple[Cluster, Cluster]]:
    """A primary, and a standby that every commit waits for."""
    if lacking := missing():
        pytest.skip(f"no {', no '.join(lacking)}")
    with Cluster("first") as first, first.standby("second", slot=True) as second:
        first.synchronous("second")
        yield first, second


def both(pair: tuple[Cluster, Cluster]) -> str:
    """The address of a desk on both servers, whichever takes writing."""
    desk_address(pair[0], "desk")
    return address([each.host for each in pair], schema="desk", target_session_attrs="read-write")


def note(store: Store, text: str) -> int | None:
    return store.commit(lambda: [Put("entries", store.next_id("entries"), {"text": text})], rid=text)


def texts(store: Store) -> list[str]:
    return [str(doc["text"]) for doc in store.docs["entries"].values()]


def test_a_standby_takes_over_in_the_middle_of_writing(tmp_path: Path, pair: tuple[Cluster, Cluster]) -> None:
    first, second = pair
    store = opened(mirror(tmp_path / "one", where := both(pair)))

    def fail_over() -> None:
        sleep(0.3)
        first.kill_postmaster()
        second.promote()

    trouble = Thread(target=fail_over)
    trouble.start()
    noted: list[str] = []
    refused, longest, begin = 0, 0.0, monotonic()
    while trouble.is_alive() or len(noted) < 40:
        text, asked = f"note {len(noted)}", monotonic()
        while True:
            with suppress(StoreError):
                note(store, text)
                break
            refused += 1
            assert monotonic() < begin + 60
            sleep(0.05)
        noted.append(text)
        longest = max(longest, monotonic() - asked)
    trouble.join()
    assert refused, "nothing failed over"
    assert longest < 20
    other = opened(mirror(tmp_path / "two", where), "liumin@1")
    assert texts(store) == texts(other) == noted
    assert store.head == other.head
    for each in (store, other):
        assert each.verify().problems == ()


def test_a_commit_without_its_standby_is_unsure_and_nobody_acts_on_it(
    tmp_path: Path, pair: tuple[Cluster, Cluster], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, second = pair
    one = opened(mirror(tmp_path / "one", where := both(pair)))
    two = opened(mirror(tmp_path / "two", where), "liumin@1", lock_seconds=0.3)
    note(one, "before")
    two.refresh()
    second.stop()
    monkeypatch.setattr(postgres, "ANSWER_SECONDS", 1.0)
    asked = monotonic()
    with pytest.raises(Unsure):
        note(one, "unsure")
    assert monotonic() - asked < 5
    assert texts(one) == ["before"]
    two.refresh()
    assert texts(two) == ["before"]
    with pytest.raises(Locked):
        note(two, "after")
    with pytest.raises((Unsure, Locked)):
        note(one, "unsure")
    second.start()
    assert awaited(second.streams)
    assert note(one, "unsure") == one.seq
    note(two, "after")
    one.refresh()
    assert texts(one) == texts(two) == ["before", "unsure", "after"]
    assert verify(tmp_path / "one").ok
    assert verify(tmp_path / "two").ok


@pytest.mark.parametrize("since", [0, 4], ids=["as it was", "gone on"])
def test_a_mirror_with_lines_that_the_standby_lacks_is_refused_and_forks_nothing(
    tmp_path: Path, pair: tuple[Cluster, Cluster], since: int
) -> None:
    first, second = pair
    one = opened(mirror(tmp_path / "one", where := both(pair)))
    note(one, "before")
    first.synchronous()
    second.stop()
    for number in range(3):
        note(one, f"lost {number}")
    first.kill_postmaster()
    second.start()
    second.promote()
    two = opened(mirror(tmp_path / "two", where), "liumin@1")
    for number in range(since):
        note(two, f"since {number}")
    head, lines = one.head, second.execute("SELECT n, head FROM desk.lines ORDER BY n")
    cold = opened(tmp_path / "one", "zhangq@1")
    for store in (one, cold):
        with suppress(Away):
            store.refresh()  # by the connection that broke
        for act in (store.refresh, lambda store=store: note(store, "a fork")):
            with pytest.raises(Away) as refused:
                act()
            assert refused.value.reason == "other_chain"
        assert store.head == head
        assert texts(store) == ["before", "lost 0", "lost 1", "lost 2"]
    assert second.execute("SELECT n, head FROM desk.lines ORDER BY n") == lines
    assert [each.file for each in verify(tmp_path / "one").problems] == ["engine:desk"]
    engine = postgres.PostgresEngine(address_of(where), "desk")
    assert engine.newest() == (two.seq, two.head)
    engine.close()
