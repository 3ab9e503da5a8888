"""Sealed segments are packed by the checkpoint, hold the very same bytes, and are read by whoever reads a journal."""

import os
import shutil
import signal
import tracemalloc
import zlib
from contextlib import suppress
from pathlib import Path

import orjson
import pytest

from dutyboard.store import Corrupt, Store, checkpoint, open_store, restore, salvage, verify
from dutyboard.store.files import disk, segments
from dutyboard.store.files.folder import Folder

from .bytes_of import bytes_of, packed, rewrite, standing
from .conftest import put
from .proofs.faults import CALLS


@pytest.fixture(autouse=True)
def _short_segments(monkeypatch):
    monkeypatch.setattr(checkpoint, "SEGMENT_BYTES", 300)


def work(desk: Path, words: str = "abcdef") -> None:
    """Save a word a line, with a checkpoint behind every second."""
    store = open_store(desk, writer="w@1")
    for number, word in enumerate(words, 1):
        store.commit(put(store, "entries", text=word))
        if number % 2 == 0:
            store.checkpoint()
    store.close()


def plain_desk(desk: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Make a desk as an older program left it: sealed segments, none packed. Return the bytes of each."""
    with monkeypatch.context() as patched:
        patched.setattr(checkpoint, "PACKED_AT_ONCE", 0)
        work(desk)
    return {path.name: path.read_bytes() for path in sorted((desk / "journal").iterdir())}


def words(store: Store) -> str:
    return "".join(str(doc["text"]) for doc in store.docs["entries"].values())


def names(desk: Path) -> list[str]:
    return sorted(path.name for path in (desk / "journal").iterdir())


def test_a_checkpoint_packs_what_is_sealed_and_every_byte_stays(desk, monkeypatch):
    before = plain_desk(desk, monkeypatch)
    assert len(before) == 4
    store = open_store(desk, writer="w@2")
    store.checkpoint()
    *sealed, open_one = names(desk)
    assert [name.removesuffix(".gz") for name in sealed] == list(before)
    assert all(name.endswith(".gz") for name in sealed)
    assert not open_one.endswith(".gz"), "the one that grows stays plain"
    for name in sealed:
        assert bytes_of(desk / "journal" / name).startswith(before[name.removesuffix(".gz")])
    assert verify(desk).ok
    store.close()


def test_an_old_backlog_is_packed_little_by_little(desk, monkeypatch):
    plain_desk(desk, monkeypatch)
    monkeypatch.setattr(checkpoint, "PACKED_AT_ONCE", 1)
    left = []
    for _ in range(4):
        store = open_store(desk, writer="w@2")
        store.checkpoint()
        store.close()
        left.append(sum(name.endswith(".gz") for name in names(desk)))
    assert left[:3] == [1, 2, 3]


def test_the_same_bytes_give_the_same_file(desk, monkeypatch, tmp_path):
    plain_desk(desk, monkeypatch)
    shutil.copytree(desk, tmp_path / "other")
    for folder in (desk, tmp_path / "other"):
        store = open_store(folder, writer="w@2")
        store.checkpoint()
        store.close()
    first = [(each / "journal" / "000000000001.jsonl.gz").read_bytes() for each in (desk, tmp_path / "other")]
    assert first[0] == first[1] == packed(bytes_of(standing(desk)))


def test_every_reader_reads_both(desk, tmp_path):
    work(desk)
    assert sum(name.endswith(".gz") for name in names(desk)) == 3
    store = open_store(desk, writer="w@2")
    changes = {seq: store.line(seq) for seq in range(1, store.seq + 1)}
    assert [change.seq for change in changes.values() if change is not None] == list(changes)
    assert [change.puts[0].doc["text"] for change in store.trail("entries", 1)] == ["a"]
    head = orjson.loads(bytes_of(standing(desk)).splitlines()[1])["h"]
    assert store.knows(2, head) and not store.knows(2, "0" * 64)
    assert verify(desk, asked=frozenset({2})).heads == {2: head}
    store.backup(tmp_path / "copy")
    assert b'"a"' in b"".join(store.export())
    store.close()
    assert sum(path.suffix == ".gz" for path in (tmp_path / "copy" / "journal").iterdir()) == 3
    restore(tmp_path / "copy", tmp_path / "again", writer="w@3")
    for folder in (desk, tmp_path / "again"):
        (folder / "db.json").unlink()
        (folder / "lock").unlink()
        store = open_store(folder, writer="w@4")
        assert words(store) == "abcdef", "from the first line on"
        store.close()
    before = names(desk)
    done = salvage(desk, writer="admin@1", reason="a look")
    assert (done.lost, done.missing) == ((), 0)
    assert names(desk)[: len(before) - 1] == before[:-1], "what is whole is not written again"


def test_who_stands_in_a_segment_goes_on_while_it_is_packed(opened):
    slow, busy = opened(), opened()
    for word in "abcdef":
        busy.commit(put(busy, "entries", text=word))
        busy.checkpoint()
    assert names(busy.folder)[0].endswith(".gz") and names(busy.folder)[1].endswith(".gz")
    slow.refresh()
    assert words(slow) == "abcdef"
    slow.commit(put(slow, "entries", text="g"))
    busy.refresh()
    assert words(busy) == "abcdefg"
    assert busy.verify().ok


def killed_at(desk: Path, number: int) -> bool:
    """Make a checkpoint in a process that is killed before its so manieth call to the disk; False if it has fewer."""
    pid = os.fork()
    if not pid:
        count = 0
        store = open_store(desk, writer="killed@1")

        def counting(real):
            def call(*args, **options):
                nonlocal count
                count += 1
                if count == number:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*args, **options)

            return call

        for name in CALLS:
            setattr(disk, name, counting(getattr(disk, name)))
        with suppress(BaseException):
            store.checkpoint()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def test_killed_at_any_call_either_file_is_whole(desk, tmp_path, monkeypatch):
    before = plain_desk(desk, monkeypatch)
    number, both = 1, 0
    while True:
        copy = tmp_path / f"copy{number}"
        shutil.copytree(desk, copy)
        if not killed_at(copy, number):
            break
        for name in list(before)[:-1]:
            plain, gz = copy / "journal" / name, copy / "journal" / f"{name}.gz"
            assert plain.exists() or gz.exists()
            both += plain.exists() and gz.exists()
            for each in (plain, gz):
                assert not each.exists() or bytes_of(each) == before[name], number
        assert verify(copy).ok
        (copy / "db.json").unlink(missing_ok=True)
        store = open_store(copy, writer="after@1")
        assert words(store) == "abcdef"
        store.checkpoint()
        assert sum(name.endswith(".gz") for name in names(copy)) >= 3
        assert not [name for name in names(copy) if name.endswith(".tmp")]
        store.close()
        assert verify(copy).ok
        number += 1
    assert number > 20
    assert both >= 3, "killed between a packed file and the end of the plain one"


def test_while_both_stand_the_plain_one_counts_and_the_next_checkpoint_ends_it(desk, monkeypatch):
    before = plain_desk(desk, monkeypatch)
    (desk / "journal" / "000000000001.jsonl.gz").write_bytes(packed(b"something else\n"))
    report = verify(desk)
    assert report.ok
    assert ("journal/000000000001.jsonl.gz", "unfinished") in [(note.file, note.what) for note in report.notes]
    store = open_store(desk, writer="w@2")
    store.checkpoint()
    store.close()
    assert bytes_of(desk / "journal" / "000000000001.jsonl.gz") == before["000000000001.jsonl"]
    assert "000000000001.jsonl" not in names(desk)


def test_a_packed_file_that_does_not_read_back_leaves_the_plain_one(desk, monkeypatch):
    before = plain_desk(desk, monkeypatch)
    monkeypatch.setattr(segments, "_packed", lambda _file: [packed(b"other bytes\n")])
    store = open_store(desk, writer="w@2")
    store.checkpoint()
    assert all((desk / "journal" / name).read_bytes() == raw for name, raw in list(before.items())[:-1])
    store.close()


@pytest.mark.parametrize(("old", "new"), [(b'"a"', b'"x"'), (b'"seal":', b'"sael":')])
def test_a_damaged_segment_is_not_packed(desk, monkeypatch, old, new):
    plain_desk(desk, monkeypatch)
    path = standing(desk)
    path.write_bytes(path.read_bytes().replace(old, new))
    store = open_store(desk, writer="w@2")
    store.checkpoint()
    store.close()
    assert path.exists() and not path.with_name(f"{path.name}.gz").exists()
    assert len([name for name in names(desk) if name.endswith(".gz")]) == 3, "the others are"


def test_a_full_disk_keeps_no_checkpoint_from_being_made(desk, monkeypatch):
    before = plain_desk(desk, monkeypatch)
    real = Folder.replace

    def full(self, name, *args, **options):
        if name.endswith(".gz"):
            raise OSError(28, "no room")
        return real(self, name, *args, **options)

    monkeypatch.setattr(Folder, "replace", full)
    store = open_store(desk, writer="w@2")
    store.checkpoint()
    store.close()
    assert names(desk)[: len(before)] == list(before)
    assert verify(desk).ok


def test_each_flipped_bit_of_a_packed_segment_is_named_or_changes_nothing(desk):
    work(desk)
    path = standing(desk)
    raw, plain = path.read_bytes(), bytes_of(path)
    silent = 0
    for position in range(len(raw)):
        changed = bytearray(raw)
        changed[position] ^= 1 << position % 8
        path.write_bytes(changed)
        if verify(desk).ok:
            silent += 1
            assert zlib.decompress(bytes(changed), 31) == plain
    assert silent <= 1, "the bits that fill the last byte before the checksum say nothing"


@pytest.mark.parametrize(
    "damage",
    [lambda raw: raw[:-1], lambda raw: raw[:40], lambda _raw: b"", lambda raw: raw + b"\0", lambda raw: raw + raw],
    ids=["cut", "half", "empty", "longer", "twice"],
)
def test_a_packed_segment_cut_or_grown_is_named(desk, damage):
    work(desk)
    path = standing(desk)
    path.write_bytes(damage(path.read_bytes()))
    assert (f"journal/{path.name}", "packed") in [(each.file, each.what) for each in verify(desk).problems]
    for name in ("db.json", "lock"):
        (desk / name).unlink()
    with pytest.raises(Corrupt) as refused:
        open_store(desk, writer="w@2")
    assert refused.value.file == f"journal/{path.name}"
    assert refused.value.what == "packed"


def test_a_planted_bomb_is_refused_before_it_fills_the_memory(desk):
    work(desk)
    path = standing(desk)
    packing = zlib.compressobj(6, wbits=31)
    block = b"0" * (1 << 20)
    path.write_bytes(b"".join([packing.compress(block) for _ in range(200)]) + packing.flush())
    assert path.stat().st_size < 1 << 20
    (desk / "db.json").unlink()
    (desk / "lock").unlink()
    tracemalloc.start()
    try:
        assert (f"journal/{path.name}", "form") in [(each.file, each.what) for each in verify(desk).problems]
        with pytest.raises(Corrupt) as refused:
            open_store(desk, writer="w@2")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert refused.value.what == "too_large"
    assert peak < 40 << 20, "a line is held twice over"


def test_what_is_packed_by_hand_while_it_grows_is_refused_and_not_written_into(desk):
    store = open_store(desk, writer="w@1")
    store.commit(put(store, "entries", text="a"))
    store.close()
    path = standing(desk)
    path.with_name(f"{path.name}.gz").write_bytes(packed(path.read_bytes()))
    path.unlink()
    with pytest.raises(Corrupt) as refused:
        open_store(desk, writer="w@2")
    assert refused.value.what == "missing_seal"
    assert ("missing_seal",) in [(each.what,) for each in verify(desk).problems]


def test_memory_of_a_packed_segment_cannot_be_written(desk):
    work(desk)
    with Folder.top(desk) as folder:
        fd = segments.open_segment(folder.inner("journal"), 1, os.O_RDWR | os.O_APPEND)
        with pytest.raises(PermissionError):
            os.write(fd, b"lost")
        os.close(fd)


def test_salvage_of_a_packed_segment_that_breaks_off(desk):
    store = open_store(desk, writer="w@1")
    for word in "abcdef":
        store.commit(put(store, "entries", text=word * 40))
    store.checkpoint()
    store.commit(put(store, "entries", text="g"))
    store.checkpoint()
    store.close()
    path = standing(desk)
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2])
    done = salvage(desk, writer="admin@1", reason="a bad block")
    assert done.lost
    assert raw[: len(raw) // 2] in [each.read_bytes() for each in (desk / "torn").iterdir()], "nothing is destroyed"
    assert verify(desk).ok
    store = open_store(desk, writer="w@2")
    found = sorted(str(doc["text"])[0] for doc in store.docs["entries"].values())
    assert found == list("abcdefg"), "db.json knew them"
    store.close()


def test_salvage_mends_a_line_of_a_packed_segment(desk):
    work(desk)
    path = standing(desk)
    rewrite(path, bytes_of(path).replace(b'"a"', b'"x"'))
    done = salvage(desk, writer="admin@1", reason="a forged line")
    assert len(done.lost) == 1
    report = verify(desk)
    assert report.ok, report.problems
    store = open_store(desk, writer="w@2")
    assert sorted(words(store)) == list("abcdef")
    store.close()


def test_a_longer_segment_than_may_be_packed_stays_plain(desk, monkeypatch):
    monkeypatch.setattr(segments, "PACKED_MOST", 1_000)
    store = open_store(desk, writer="w@1")
    for word in ("a" * 1_000, "b" * 100, "c" * 100):
        store.commit(put(store, "entries", text=word))
        store.checkpoint()
    store.close()
    assert [name.endswith(".gz") for name in names(desk)] == [False, True, True, False]
    assert verify(desk).ok


def test_a_commit_packs_nothing(desk, monkeypatch):
    before = plain_desk(desk, monkeypatch)
    store = open_store(desk, writer="w@2")
    for word in "ghi":
        store.commit(put(store, "entries", text=word))
    store.archive("2021-06", lambda: {"entries": [1]})
    store.close()
    assert names(desk) == list(before)


def test_a_real_desk_becomes_a_fifth(tmp_path):
    """The desk of an older program in tests/data, sealed segments of four months."""
    shutil.unpack_archive(Path(__file__).parents[1] / "data" / "desks" / "archived.tar.gz", tmp_path, filter="data")
    desk = tmp_path / "archived"
    before = {path.name: path.stat().st_size for path in (desk / "journal").iterdir()}
    store = open_store(desk, writer="w@1")
    store.checkpoint()
    store.close()
    after = {path.name: path.stat().st_size for path in (desk / "journal").iterdir() if path.suffix == ".gz"}
    was, now = sum(before[name.removesuffix(".gz")] for name in after), sum(after.values())
    print(f"{was} bytes of sealed segments are {now} now, {was / now:.1f} times fewer")
    assert len(after) == 4
    assert now * 5 < was
