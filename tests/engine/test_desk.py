"""A desk whose lines are on an engine: two mirrors, one chain."""

from pathlib import Path
from queue import Queue
from threading import Event, Thread

import pytest

from dutyboard.store import Away, Large, Put, ReadOnly, drop_draft, load_drafts, salvage, save_draft, verify
from dutyboard.store.engine.address import address_of
from dutyboard.store.engine.port import NewLine
from dutyboard.store.engine.postgres import PostgresEngine
from dutyboard.store.errors import Overtaken
from tests.engine.cluster import Cluster
from tests.engine.mirrors import desk_address, mirror, opened


@pytest.fixture
def address(cluster: Cluster, schema: str) -> str:
    return desk_address(cluster, schema)


def entry(store, text: str) -> int | None:
    return store.commit(lambda: [Put("entries", store.next_id("entries"), {"text": text})])


def test_two_machines_write_one_chain(tmp_path: Path, address: str) -> None:
    one, two = opened(mirror(tmp_path / "one", address)), opened(mirror(tmp_path / "two", address), "liumin@1")
    for number in range(20):
        entry(one if number % 3 else two, f"note {number}")
    one.refresh()
    two.refresh()
    assert one.head == two.head
    assert [doc["text"] for doc in one.docs["entries"].values()] == [f"note {n}" for n in range(20)]
    assert dict(one.docs["entries"]) == dict(two.docs["entries"])
    one.close()
    two.close()
    assert verify(tmp_path / "one").head == verify(tmp_path / "two").head
    assert verify(tmp_path / "one").ok


def test_a_draft_is_offered_on_the_other_machine(tmp_path: Path, address: str) -> None:
    one, two = mirror(tmp_path / "one", address), mirror(tmp_path / "two", address)
    save_draft(one, "wangfang", "note", {"text": "a"})
    assert load_drafts(two, "wangfang", "note") == [("note", {"text": "a"})]
    save_draft(two, "wangfang", "note", {"text": "ab"})
    assert load_drafts(one, "wangfang", "note") == [("note", {"text": "ab"})]
    assert load_drafts(one, "liumin", "note") == []
    drop_draft(one, "wangfang", "note")
    assert load_drafts(two, "wangfang", "note") == []
    save_draft(one, "wangfang", "note", {"text": "b"}, here_alone=True)
    assert load_drafts(one, "wangfang", "note", here_alone=True) == [("note", {"text": "b"})]
    assert load_drafts(two, "wangfang", "note") == []


def test_a_stopped_server_refuses_acts_and_leaves_the_picture(tmp_path: Path, address: str, cluster: Cluster) -> None:
    one = opened(mirror(tmp_path / "one", address))
    entry(one, "before")
    cluster.stop()
    with pytest.raises(Away):
        entry(one, "lost")
    with pytest.raises(Away):
        one.refresh()
    assert [doc["text"] for doc in one.docs["entries"].values()] == ["before"]
    cold = opened(tmp_path / "one", "liumin@1")
    assert [doc["text"] for doc in cold.docs["entries"].values()] == ["before"]
    cluster.start()
    assert one.refresh() == 0
    entry(one, "after")
    assert cold.refresh() == 1
    assert [doc["text"] for doc in cold.docs["entries"].values()] == ["before", "after"]
    assert verify(tmp_path / "one").ok


def test_the_first_act_after_a_restart_of_the_server_is_saved(tmp_path: Path, address: str, cluster: Cluster) -> None:
    one = opened(mirror(tmp_path / "one", address))
    entry(one, "before")
    cluster.stop()
    cluster.start()
    entry(one, "after")
    assert [doc["text"] for doc in one.docs["entries"].values()] == ["before", "after"]


def test_a_damaged_mirror_is_made_anew(tmp_path: Path, address: str) -> None:
    one = opened(mirror(tmp_path / "one", address))
    for number in range(5):
        entry(one, f"note {number}")
    head = one.head
    segment = next((tmp_path / "one" / "journal").iterdir())
    segment.write_bytes(segment.read_bytes().replace(b"note 3", b"note 8"))
    assert not verify(tmp_path / "one").ok
    two = opened(tmp_path / "one", "liumin@1")
    assert two.head == head
    assert verify(tmp_path / "one").ok
    with pytest.raises(ReadOnly):
        entry(one, "into a mirror that is set aside")


def test_what_was_changed_on_the_engine_is_found(tmp_path: Path, address: str, schema: str, cluster: Cluster) -> None:
    one = opened(mirror(tmp_path / "one", address))
    for number in range(5):
        entry(one, f"note {number}")
    cluster.execute(f"ALTER TABLE {schema}.lines DISABLE TRIGGER ALL")
    cluster.execute(
        f"UPDATE {schema}.lines SET line = replace(convert_from(line, 'UTF8'), 'note 3', 'note 8')::bytea WHERE n = 5"
    )
    found = verify(tmp_path / "one")
    assert [(each.file, each.line, each.what) for each in found.problems] == [("engine:desk", 5, "hash")]


def test_a_mirror_is_not_salvaged(tmp_path: Path, address: str) -> None:
    entry(opened(mirror(tmp_path / "one", address)), "note")
    with pytest.raises(ReadOnly, match="mirror"):
        salvage(tmp_path / "one", writer="root@1", reason="test")


def test_a_board_is_woken_by_the_other_machine_and_by_the_end_of_the_server(
    tmp_path: Path, address: str, cluster: Cluster
) -> None:
    one, two = opened(mirror(tmp_path / "one", address)), opened(mirror(tmp_path / "two", address), "liumin@1")
    woken, stop = Queue[int](), Event()
    watch = Thread(target=lambda: two.watch(lambda: woken.put(1), stop, period=0.05))
    watch.start()
    try:
        entry(one, "note")
        woken.get(timeout=10)
        while two.refresh() == 0 and not two.docs["entries"]:
            woken.get(timeout=10)
        while not woken.empty():
            woken.get()
        cluster.stop()
        woken.get(timeout=10)
        with pytest.raises(Away):
            two.refresh()
        cluster.start()
        woken.get(timeout=20)
        assert two.refresh() == 0
    finally:
        stop.set()
        watch.join()


def test_the_next_start_on_the_other_machine_is_short(tmp_path: Path, address: str) -> None:
    """The checkpoint of the first machine lies in its own mirror: the second makes one of its own."""
    one, two = opened(mirror(tmp_path / "one", address)), mirror(tmp_path / "two", address)
    for _ in range(4):
        one.commit(lambda: Large(Put("days", one.next_id("days"), {"d": n}) for n in range(9)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dutyboard.store.checkpoint.LINES", 4)
        one.checkpoint()
        assert not one.needs_checkpoint
        late = opened(two, "liumin@1")
        assert late.needs_checkpoint
        late.checkpoint()
        assert not late.needs_checkpoint
        late.close()
        assert not opened(two, "liumin@1").needs_checkpoint


def test_who_appends_without_the_turn_is_overtaken_and_nothing_is_written(tmp_path: Path, address: str) -> None:
    one = opened(mirror(tmp_path / "one", address))
    entry(one, "first")
    engine = PostgresEngine(address_of(address), "desk")
    n, head = engine.newest()
    engine.claim(n + 1, "zhangq@1", 1.0)
    late = NewLine(n=n, head="f" * 64, previous=head, line=b"{}")
    with pytest.raises(Overtaken):
        engine.append([late], "zhangq@1")
    assert engine.newest() == (n, head)
    engine.close()
    with pytest.raises(Away):
        engine.append([late], "zhangq@1")
    assert entry(one, "second") == n + 1
