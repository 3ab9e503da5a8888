"""An act larger than a line: several lines, which count together or not at all, whoever reads them."""

import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from dutyboard.store import (
    BadDocument,
    Commit,
    Corrupt,
    Large,
    Put,
    SaveFailed,
    Store,
    checkpoint,
    open_store,
    restore,
    salvage,
    verify,
)
from dutyboard.store.files import disk
from dutyboard.store.journal import MAX_LINE, MAX_PARTS, ZERO, encode

from .conftest import put
from .proofs.faults import no_syncing
from .test_room import room_for, view

SEGMENT = "journal/000000000001.jsonl"
SMALL = 400
"""The longest line of these tests, in bytes: a sheet of a few people is several."""


def sheet(store: Store, people: int = 12) -> Callable[[], Large]:
    """A decision that puts so many people, a few a line, and the entry that tells of them."""
    return lambda: Large(_sheet(store, people))


def _sheet(store: Store, people: int) -> list[Put]:
    return [
        *(Put("persons", store.next_id("persons"), {"name": f"人员{k}", "text": "文" * 10}) for k in range(people)),
        Put("entries", store.next_id("entries"), {"text": "名单", "count": people}),
    ]


def imported(desk: Path, people: int = 12) -> Store:
    """A desk with one entry, and a sheet behind it."""
    store = open_store(desk, writer="w@1", line_bytes=SMALL)
    store.commit(put(store, "entries", text="接东城区电话"))
    store.commit(sheet(store, people), rid="sheet-1")
    return store


def sample(base: Path) -> tuple[bytes, int]:
    """Make a desk with a sheet. Return the bytes of its segment, and the byte where the sheet begins."""
    imported(base / "sample").close()
    return (base / "sample" / SEGMENT).read_bytes(), sum(map(len, lines(base / "sample")[:2]))


def changed_sample(base: Path, text: bytes) -> Path:
    """Return a copy of that desk, with other bytes in its segment."""
    desk = base / "desk"
    shutil.rmtree(desk, ignore_errors=True)
    shutil.copytree(base / "sample", desk)
    (desk / SEGMENT).write_bytes(text)
    return desk


def lines(desk: Path) -> list[bytes]:
    return (desk / SEGMENT).read_bytes().splitlines(keepends=True)


def chained(records: list[dict]) -> bytes:
    """Lines of these records, numbered and chained, as somebody would write the past anew."""
    text, head = b"", ZERO
    for n, record in enumerate(records, start=1):
        line, head = encode({**{key: value for key, value in record.items() if key != "h"}, "n": n}, head)
        text += line + b"\n"
    return text


def people(store: Store) -> int:
    return len(store.docs["persons"])


def test_it_is_several_lines_and_one_act_for_everybody(desk, opened):
    other = opened()
    seen: list[Commit] = []
    other.listen(seen.append)
    store = imported(desk)
    parts = [json.loads(line) for line in lines(desk)[2:]]
    of = len(parts)
    assert [part["part"] for part in parts] == [[k, of] for k in range(1, of + 1)] and of > 2
    assert all(part["rid"] == "sheet-1" and len(line) <= SMALL + 1 for part, line in zip(parts, lines(desk)[2:]))
    assert store.seq == 2 + of
    other.refresh()
    assert [commit.seq for commit in seen] == [2, store.seq]
    assert len(seen[-1].puts) == 13
    assert {name: dict(table) for name, table in other.docs.items()} == {
        name: dict(table) for name, table in store.docs.items()
    }
    assert store.verify().ok and store.verify().lines == store.seq
    again = opened()
    assert again.commit(sheet(again), rid="sheet-1") == store.seq, "a retry finds it"
    found = again.line(store.seq)
    assert found is not None and found.puts == seen[-1].puts
    assert again.line(store.seq - 1) == found
    assert [commit.seq for commit in again.trail("persons", 1)] == [store.seq]
    store.close()


def test_what_fits_is_one_line_and_what_may_not_be_split_is_refused(desk, opened):
    store = opened(line_bytes=SMALL)
    store.commit(sheet(store, people=1))
    assert "part" not in json.loads(lines(desk)[-1])
    before = (desk / SEGMENT).read_bytes()
    for decide, where in (
        (lambda: _sheet(store, 12), "line"),
        (sheet(store, people=60), "line"),
        (lambda: Large([Put("persons", 9, {"text": "x" * SMALL})]), "persons/9"),
    ):
        with pytest.raises(BadDocument) as refused:
            store.commit(decide)
        assert (refused.value.where, refused.value.what) == (where, "too_large")
    assert (desk / SEGMENT).read_bytes() == before
    assert store.verify().ok


@pytest.mark.parametrize("mark", ["kept", "lost"])
def test_cut_at_any_byte_nothing_of_it_is_there(tmp_path, mark):
    with no_syncing():
        raw, begin = sample(tmp_path)
        for cut in range(begin, len(raw), 1 if mark == "lost" else 11):
            desk = changed_sample(tmp_path, raw[:cut])
            if mark == "kept":
                with pytest.raises(Corrupt) as damage:
                    open_store(desk, writer="w@2")
                assert damage.value.what == "missing_bytes"
                assert not verify(desk).ok
                continue
            (desk / "lock").unlink()
            assert verify(desk).ok, cut
            after = open_store(desk, writer="w@2")
            assert (people(after), len(after.docs["entries"])) == (0, 1), cut
            assert bool(list((desk / "torn").iterdir())) == (cut > begin)
            after.commit(sheet(after), rid="sheet-1")
            assert after.verify().ok and people(after) == 12
            after.close()


def test_any_page_of_it_may_be_missing_after_a_power_cut(tmp_path):
    """Zeros stand for what never reached the disk: one hole, of any length and anywhere, and the end cut or not."""
    with no_syncing():
        raw, begin = sample(tmp_path)
        for start in range(begin, len(raw) - 1, 97):
            for length in (97, 700):
                for end in (len(raw), len(raw) - 250):
                    text = raw[:start] + bytes(len(raw[start : start + length])) + raw[start + length :]
                    desk = changed_sample(tmp_path, text[:end])
                    (desk / "lock").unlink()
                    after = open_store(desk, writer="w@2")
                    assert (people(after), len(after.docs["entries"])) == (0, 1), (start, length, end)
                    after.commit(put(after, "entries", text="after"))
                    assert after.verify().ok
                    after.close()


def test_who_reads_while_it_is_written_sees_it_whole_or_not_at_all(desk, monkeypatch):
    seen = set()
    real = disk.write

    def by_the_byte(fd: int, data: bytes | memoryview) -> int:
        written = real(fd, data[:40])
        with open_reading(desk) as reader:
            seen.add((reader.seq, people(reader)))
        return written

    store = open_store(desk, writer="w@1", line_bytes=SMALL)
    monkeypatch.setattr(disk, "write", by_the_byte)
    seq = store.commit(sheet(store))
    monkeypatch.undo()
    assert seen == {(1, 0)}, "nothing is published before the sync"
    with open_reading(desk) as reader:
        assert (reader.seq, people(reader)) == (seq, 12)
    store.close()


def test_a_copy_without_its_lock_is_read_up_to_the_last_whole_act(desk, tmp_path):
    imported(desk).close()
    copy = tmp_path / "copy"
    shutil.copytree(desk, copy)
    (copy / "lock").unlink()
    (copy / SEGMENT).write_bytes(b"".join(lines(desk)[:-1]))
    for each in (copy, copy / "journal"):
        each.chmod(0o500)
    try:
        found = open_store(copy, writer="w@2")
        assert (found.seq, people(found)) in {(2, 0), (3, 0)}  # root writes all the same, and sets it aside
        found.close()
    finally:
        for each in (copy, copy / "journal"):
            each.chmod(0o700)


def test_a_part_that_is_missing_in_the_middle_is_damage_with_its_place(desk):
    store = imported(desk)
    store.commit(put(store, "entries", text="danach"))
    store.close()
    raw = lines(desk)
    (desk / SEGMENT).write_bytes(b"".join(raw[:3] + raw[4:]))
    found = verify(desk)
    assert (found.problems[0].line, found.problems[0].what) == (4, "gap")
    records = [json.loads(line) for line in raw]
    for missing, line in ((3, 4), (2, 3), (len(raw) - 2, len(raw) - 1)):
        changed = chained(records[:missing] + records[missing + 1 :])
        (desk / SEGMENT).write_bytes(changed)
        (desk / "lock").unlink(missing_ok=True)
        problem = verify(desk).problems[0]
        assert (problem.file, problem.line, problem.what) == (SEGMENT, line, "part")
        with pytest.raises(Corrupt) as damage:
            open_store(desk, writer="w@2")
        begin = sum(map(len, changed.splitlines(keepends=True)[: line - 1]))
        assert (damage.value.file, damage.value.byte, damage.value.what) == (SEGMENT, begin, "part")
        shown = open_store(desk, writer="w@2", damaged_ok=True)
        assert (shown.seq, people(shown)) == (2, 0), "nothing of it is shown"
        shown.close()


@pytest.mark.parametrize(
    "told",
    [
        {"part": [1, 1]},
        {"part": [0, 2]},
        {"part": [3, 2]},
        {"part": [1, MAX_PARTS + 1]},
        {"part": [True, 2]},
        {"part": [1, 2], "del": {"persons": ["1"]}},
        {"part": 1},
    ],
)
def test_a_part_that_no_store_wrote_is_no_line(desk, told):
    imported(desk).close()
    records = [json.loads(line) for line in lines(desk)]
    (desk / SEGMENT).write_bytes(chained([*records, {**records[1], **told}]))
    (desk / "lock").unlink()
    assert [problem.what for problem in verify(desk).problems] == ["form"]


def test_parts_of_two_acts_do_not_make_one(desk):
    imported(desk).close()
    records = [json.loads(line) for line in lines(desk)]
    (desk / SEGMENT).write_bytes(chained([*records[:3], *({**each, "rid": "sheet-2"} for each in records[3:])]))
    (desk / "lock").unlink()
    problem = verify(desk).problems[0]
    assert (problem.line, problem.what) == (4, "part")


def test_a_line_damaged_in_the_middle_is_named_alone(desk):
    imported(desk).close()
    raw = lines(desk)
    raw[3] = raw[3].replace("人".encode(), "文".encode(), 1)
    (desk / SEGMENT).write_bytes(b"".join(raw))
    assert [(problem.line, problem.what) for problem in verify(desk).problems] == [(4, "hash")]


@pytest.mark.parametrize("which", [2, 3, -2])
def test_salvage_loses_the_whole_act_with_a_damaged_line_and_keeps_the_hashes(desk, which):
    store = imported(desk)
    store.commit(put(store, "entries", text="danach"))
    head = store.head
    store.close()
    raw = lines(desk)
    raw[which] = raw[which].replace(b'"w@1"', b'"x@1"')
    (desk / SEGMENT).write_bytes(b"".join(raw))
    done = salvage(desk, writer="w@2", reason="disk")
    assert (done.lost[0][0], done.lost[-1][1]) == (3, len(raw) - 1)
    found = verify(desk, asked=frozenset({len(raw)}))
    assert found.ok and found.heads[len(raw)] == head
    after = open_store(desk, writer="w@3")
    assert people(after) == 0 and [doc["text"] for doc in after.docs["entries"].values()] == ["接东城区电话", "danach"]
    after.close()


def test_salvage_keeps_an_act_between_whose_lines_somebody_put_bytes(desk):
    imported(desk).close()
    raw = lines(desk)
    (desk / SEGMENT).write_bytes(b"".join([*raw[:4], b"x\n", *raw[4:]]))
    assert not salvage(desk, writer="w@2", reason="disk").lost and verify(desk).ok
    after = open_store(desk, writer="w@3")
    assert people(after) == 12
    after.close()


def test_salvage_keeps_an_act_of_which_only_a_hash_was_damaged(desk):
    imported(desk).close()
    raw = lines(desk)
    raw[3] = raw[3][:-5] + (b"1" if raw[3][-5:-4] != b"1" else b"2") + raw[3][-4:]
    (desk / SEGMENT).write_bytes(b"".join(raw))
    done = salvage(desk, writer="w@2", reason="disk")
    assert not done.lost and verify(desk).ok
    after = open_store(desk, writer="w@3")
    assert people(after) == 12
    after.close()


def test_salvage_leaves_nothing_of_an_act_that_was_not_finished(desk):
    imported(desk).close()
    (desk / SEGMENT).write_bytes(b"".join(lines(desk)[:-1]))
    done = salvage(desk, writer="w@2", reason="disk")
    assert not done.lost and done.missing > 0
    after = open_store(desk, writer="w@3")
    assert people(after) == 0 and after.verify().ok
    after.close()


def test_it_passes_through_checkpoint_archive_backup_and_restore(desk, tmp_path):
    store = imported(desk)
    head, seq = store.head, store.seq
    store.backup(tmp_path / "copy")
    store.checkpoint()
    store.archive("2021-06", lambda: {"persons": [1, 2]})
    store.close()
    (desk / "archive" / "2021-06.json").unlink()
    assert salvage(desk, writer="w@2", reason="disk").archives[0].rebuilt == 2
    restored = restore(tmp_path / "copy", tmp_path / "again", writer="w@2")
    assert (restored.lines, restored.head) == (seq, head)
    after = open_store(tmp_path / "again", writer="w@3")
    assert people(after) == 12
    told = orjson.loads(b"".join(after.export()))
    assert len(told["tables"]["persons"]) == 12
    after.close()


def test_a_sealed_and_packed_segment_gives_it_back_whole(desk, monkeypatch):
    store = imported(desk)
    seq, act = store.seq, store.line(store.seq)
    monkeypatch.setattr(checkpoint, "SEGMENT_BYTES", 100)
    store.checkpoint()
    store.commit(sheet(store), rid="sheet-2")
    store.checkpoint()
    assert not (desk / SEGMENT).exists(), "packed"
    assert store.line(seq) == act and store.named("sheet-1") == seq
    assert store.verify().ok
    store.close()
    (desk / "db.json").unlink()
    anew = open_store(desk, writer="w@2")
    assert people(anew) == 24 and anew.line(seq) == act
    anew.close()


def test_the_disk_fills_up_at_every_byte_of_it(desk, home):
    with no_syncing():
        store = open_store(desk, writer="w@1", line_bytes=SMALL)
        before, size = view(store), 0
        raw = (desk / SEGMENT).read_bytes()
        while True:
            try:
                with room_for(size):
                    store.commit(sheet(store))
                break
            except SaveFailed as refused:
                assert refused.errno == errno.ENOSPC
            assert (view(store), (desk / SEGMENT).read_bytes()) == (before, raw), size
            size += 1 if home == "files" else 17  # each try asks the engine for a turn
        assert size > 3 * SMALL
        assert store.verify().ok
        store.close()


def test_a_sheet_of_the_real_size_is_read_as_it_was_written(desk):
    """Two lines of nearly 16 MB, which no reader may take for a line without an end."""
    with no_syncing():
        store = open_store(desk, writer="w@1")
        text = "文" * 100_000
        store.commit(lambda: Large(Put("persons", k + 1, {"k": k, "text": text}) for k in range(70)))
        sizes = [len(line) for line in lines(desk)[1:]]
        assert len(sizes) == 2 and max(sizes) <= MAX_LINE + 1
        head = store.head
        store.close()
        other = open_store(desk, writer="w@2")
        assert (other.head, people(other)) == (head, 70)
        assert all(other.docs["persons"][str(k + 1)] == {"k": k, "text": text} for k in range(70))
        assert other.verify().ok
        other.close()


class open_reading:
    """A store that only reads: another process, as it opens while the writer holds the lock."""

    def __init__(self, desk: Path) -> None:
        self._store = open_store(desk, writer="r@1", lock_seconds=0.0)

    def __enter__(self) -> Store:
        return self._store

    def __exit__(self, *_: object) -> None:
        self._store.close()
