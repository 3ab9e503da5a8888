"""Two terminal servers at work on one desk: what each does in its folder, the other has or does not need."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dutyboard.store import Put, Store, checkpoint, verify
from dutyboard.store.files.folder import Folder
from tests.engine.cluster import Cluster
from tests.engine.mirrors import desk_address, mirror, opened
from tests.store.archived import archived_of


@pytest.fixture
def address(cluster: Cluster, schema: str) -> str:
    return desk_address(cluster, schema)


@pytest.fixture
def two(tmp_path: Path, address: str) -> tuple[Store, Store]:
    """Two mirrors of a desk with six people."""
    one = opened(mirror(tmp_path / "one", address))
    for number in range(1, 7):
        one.commit(persons(one, number))
    return one, opened(mirror(tmp_path / "two", address), "liumin@1")


def persons(store: Store, number: int) -> Callable[[], list[Put]]:
    return lambda: [Put("persons", store.next_id("persons"), {"number": number})]


def test_checkpoints_and_segments_of_one_are_no_damage_of_the_other(
    two: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoint, "SEGMENT_BYTES", 300)
    for number in range(7, 15):
        first, second = (two, two[::-1])[number % 2]
        first.checkpoint()
        second.commit(persons(second, number))
    for store in two:
        store.refresh()
        assert store.verify().problems == ()
        assert store.verify().segments > 3
        again = opened(store.folder, "zhangq@1")
        assert (again.head, len(again.docs["persons"]), again.alarms) == (two[0].head, 14, ())


def test_archives_made_at_one_time_under_one_name_are_both_kept(
    two: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    real, made = Folder.replace, []

    def meanwhile(folder: Folder, name: str, *more: object, **options: object) -> None:
        real(folder, name, *more, **options)  # type: ignore[arg-type]
        if not made and folder.path.is_relative_to(one.folder):
            made.append("")
            made.append(other.archive("2021-06", lambda: {"persons": [3]}))

    monkeypatch.setattr(Folder, "replace", meanwhile)
    assert one.archive("2021-06", lambda: {"persons": [1, 2]}) == "2021-06.2.json"
    assert made[1] == "2021-06.json"
    other.refresh()
    for store in two:
        assert [each for each, _ in archived_of(store, "persons")] == [3, 1, 2]
        assert sorted(path.name for path in (store.folder / "archive").iterdir()) == ["2021-06.2.json", "2021-06.json"]
        assert store.verify().problems == ()


def test_what_a_killed_writer_left_is_read_over_while_the_engine_is_away(
    two: tuple[Store, Store], cluster: Cluster
) -> None:
    one, _ = two
    with (one.folder / "journal" / "000000000001.jsonl").open("ab") as tail:
        tail.write(b'{"n":8,"t":"20')
    cluster.stop()
    cold = opened(one.folder, "zhangq@1")
    assert (cold.head, len(cold.docs["persons"])) == (one.head, 6)


def test_a_check_brings_a_mirror_up_that_is_behind(two: tuple[Store, Store]) -> None:
    one, other = two
    other.close()
    one.commit(persons(one, 7))
    one.views.add({"person": 7})
    one.hold_views()
    found = verify(other.folder, asked=frozenset([one.seq]))
    assert (found.problems, found.notes, found.head, found.heads) == ((), (), one.head, {one.seq: one.head})
    one.views.add({"person": 8})
    one.hold_views()
    one.views.close()
    shutil.rmtree(other.folder / "views")
    assert (verify(other.folder).problems, verify(other.folder).head) == ((), one.head)


def test_a_mirror_that_cannot_be_brought_up_is_told_as_behind(two: tuple[Store, Store], cluster: Cluster) -> None:
    one, other = two
    one.views.add({"person": 7})
    one.hold_views()
    other.refresh()
    cluster.stop()
    found = verify(other.folder)
    assert [(each.file, each.line, each.what) for each in found.notes] == [
        ("engine:desk", other.seq, "behind"),
        ("engine:views", 0, "behind"),
    ]
    assert [each.what for each in found.problems] == ["no_answer", "no_answer"]
    cluster.start()
    assert verify(other.folder).problems == verify(other.folder).notes == ()


def test_a_view_log_that_is_gone_everywhere_is_no_mirror_that_is_behind(
    two: tuple[Store, Store], cluster: Cluster, schema: str
) -> None:
    one, other = two
    one.views.add({"person": 7})
    one.hold_views()
    cluster.execute(f"ALTER TABLE {schema}.lines DISABLE TRIGGER ALL")
    cluster.execute(f"DELETE FROM {schema}.lines WHERE chain = 'views' AND n > 0")
    assert [each.what for each in verify(other.folder).problems] == ["views_short"]
