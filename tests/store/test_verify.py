"""verify names file and line of anything that changed."""

import shutil

import pytest

from dutyboard.store import Corrupt, checkpoint, open_store
from dutyboard.store.verify import verify

from .bytes_of import bytes_of, rewrite, standing
from .conftest import put

SEGMENT = "journal/000000000001.jsonl"


@pytest.fixture(params=["packed", "plain"])
def sample(desk, opened, monkeypatch, request):
    """Three segments, a checkpoint and an archive, all sound; the sealed segments packed or left as they were."""
    monkeypatch.setattr(checkpoint, "SEGMENT_BYTES", 400)
    if request.param == "plain":
        monkeypatch.setattr(checkpoint, "PACKED_AT_ONCE", 0)
    store = opened()
    for part in range(3):
        for k in range(3):
            store.commit(put(store, "persons", k=k, part=part))
        store.checkpoint()
    assert store.archive("2021-06", lambda: {"persons": [1, 2]}) == "2021-06.json"
    store.commit(put(store, "entries", text="last"))
    report = store.verify()
    assert report.ok and report.lines == store.seq and report.head == store.head and report.segments == 4
    assert sum(path.suffix == ".gz" for path in (desk / "journal").iterdir()) == (3 if request.param == "packed" else 0)
    store.close()
    return desk


def places(desk):
    return [(problem.file, problem.line, problem.what) for problem in verify(desk).problems]


def change_lines(desk, change):
    """Change the lines of the first segment; return its name."""
    path = standing(desk)
    rewrite(path, b"".join(change(bytes_of(path).splitlines(keepends=True))))
    return f"journal/{path.name}"


def test_sound(sample):
    assert verify(sample).ok


def test_a_changed_word_names_its_line_and_only_that(sample):
    name = change_lines(sample, lambda lines: [*lines[:2], lines[2].replace(b'"k":1', b'"k":7'), *lines[3:]])
    assert places(sample) == [(name, 3, "hash")]


@pytest.mark.parametrize(
    ("change", "first"),
    [
        (lambda lines: [*lines[:2], *lines[3:]], (3, "gap")),
        (lambda lines: [*lines[:3], lines[2], *lines[3:]], (4, "gap")),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], (2, "gap")),
        (lambda lines: [*lines[:2], b'{"n":3}\n', *lines[2:]], (3, "hash")),
        (lambda lines: [*lines[:2], b"\n", *lines[2:]], (3, "hash")),
        (lambda lines: [*lines[:2], lines[2][:-1] + b" \n", *lines[3:]], (3, "hash")),
    ],
    ids=["deleted", "doubled", "swapped", "inserted", "blank", "space"],
)
def test_lines_deleted_doubled_swapped_inserted(sample, change, first):
    name = change_lines(sample, change)
    assert places(sample)[0] == (name, *first)


def test_swapped_segments(sample):
    first, second = sorted((sample / "journal").iterdir())[:2]
    first.rename(sample / "x")
    second.rename(first)
    (sample / "x").rename(second)
    found = places(sample)
    assert {file for file, _, _ in found} >= {f"journal/{first.name}", f"journal/{second.name}"}


def test_a_missing_segment_and_a_strange_file(sample):
    second = sorted((sample / "journal").iterdir())[1]
    second.unlink()
    (sample / "journal" / "note.txt").write_text("x")
    found = places(sample)
    assert (f"journal/{second.name.removesuffix('.gz')}", 0, "missing_segment") in found
    assert ("journal/note.txt", 0, "unknown_file") in found


def test_every_byte_of_a_journal_counts(desk, opened):
    store = opened()
    store.commit(put(store, "entries", text="接电话"))
    store.commit(put(store, "entries", text="b"))
    store.close()
    path = desk / SEGMENT
    raw = path.read_bytes()
    for position in range(len(raw)):
        changed = bytearray(raw)
        changed[position] ^= 1 << position % 8
        path.write_bytes(changed)
        found = [problem for problem in verify(desk).problems if problem.file == SEGMENT]
        line = raw.count(b"\n", 0, position) + 1
        assert found and found[0].line == line, position
    path.write_bytes(raw)
    assert verify(desk).ok


def test_archives_are_vouched_for(sample):
    path = sample / "archive" / "2021-06.json"
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b'"part":0', b'"part":1', 1))
    assert places(sample) == [("archive/2021-06.json", 0, "checksum")]
    path.unlink()
    assert places(sample) == [("archive/2021-06.json", 0, "missing")]
    path.write_bytes(raw)
    shutil.copy(path, sample / "archive" / "2021-07.json")
    assert places(sample) == [("archive/2021-07.json", 0, "unknown_file")]


def test_what_is_shorter_than_acknowledged_or_longer_than_written(desk, opened):
    store = opened()
    store.commit(put(store, "entries", text="a"))
    path = desk / SEGMENT
    raw = path.read_bytes()
    with path.open("ab") as file:
        file.write(b'{"n":3,"forged":1}\n')
    assert [(p.file, p.what) for p in store.verify().problems] == [(SEGMENT, "beyond_mark")]
    path.write_bytes(raw[: raw.rindex(b"\n", 0, -1) + 1])
    assert [(p.file, p.what) for p in store.verify().problems] == [(SEGMENT, "missing_bytes")]


def test_damage_stops_writing_and_keeps_reading(desk, opened):
    store, other = opened(), opened()
    for k in range(4):
        store.commit(put(store, "persons", k=k))
    path = desk / SEGMENT
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b'"k":2', b'"k":9'))
    with pytest.raises(Corrupt) as found:
        other.refresh()
    third = next(i for i, line in enumerate(raw.split(b"\n")) if b'"k":2' in line)
    byte = sum(len(line) + 1 for line in raw.split(b"\n")[:third])
    assert (found.value.file, found.value.byte, found.value.what) == (SEGMENT, byte, "hash")
    assert [doc["k"] for doc in other.docs["persons"].values()] == [0, 1]
    for attempt in (other.refresh, lambda: other.commit(put(other, "persons", k=9))):
        with pytest.raises(Corrupt):
            attempt()
    with pytest.raises(Corrupt):
        opened()
    reading = open_store(desk, writer="r@1", damaged_ok=True)
    assert [doc["k"] for doc in reading.docs["persons"].values()] == [0, 1]
    with pytest.raises(Corrupt):
        reading.commit(put(reading, "persons", k=9))
    reading.close()
    assert path.read_bytes() == raw.replace(b'"k":2', b'"k":9')


@pytest.mark.parametrize("lost", [False, True], ids=["mark kept", "mark lost"])
def test_an_emptied_journal_is_damage_and_not_a_new_desk(desk, opened, lost):
    store = opened()
    store.commit(put(store, "entries", text="a"))
    store.checkpoint()
    store.close()
    (desk / SEGMENT).unlink()
    if lost:
        (desk / "lock").unlink()
    with pytest.raises(Corrupt) as found:
        opened()
    assert found.value.what == "missing_segment"
    assert (desk / "db.json").exists()
