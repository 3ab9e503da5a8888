"""A way on from every damage: what is damaged lies in torn/, what is whole goes on, and the act is told."""

import errno
import shutil
import tracemalloc
from contextlib import suppress
from pathlib import Path

import orjson
import pytest

from dutyboard.store import (
    Corrupt,
    JournalDB,
    ReadOnly,
    Store,
    StoreError,
    checkpoint,
    open_store,
    restore,
    salvage,
    verify,
)
from dutyboard.store.journal import MAX_LINE
from dutyboard.store.salvage import IDS_SKIPPED

from .archived import archived_of
from .bytes_of import standing
from .conftest import put
from .proofs.faults import Faults, failing

SEGMENT = "journal/000000000001.jsonl"


def lines(desk: Path, segment: str = SEGMENT) -> list[bytes]:
    return (desk / segment).read_bytes().splitlines(keepends=True)


def write(desk: Path, changed: list[bytes], segment: str = SEGMENT) -> None:
    (desk / segment).write_bytes(b"".join(changed))


def texts(store: Store) -> list[str]:
    return [str(doc["text"]) for doc in store.docs["entries"].values()]


@pytest.fixture
def heads(opened) -> dict[int, str]:
    """A desk with the entries a to f in lines 2 to 7; the hash of each line."""
    store, found = opened(), {}
    for text in "abcdef":
        store.commit(put(store, "entries", text=text))
        found[store.seq] = store.head
    store.close()
    return found


def saved(desk: Path) -> tuple[object, Store]:
    done = salvage(desk, writer="admin@1", reason="disk failed")
    report = verify(desk)
    assert report.ok, report.problems
    return done, open_store(desk, writer="after@1")


def flip(line: bytes, old: bytes, new: bytes) -> bytes:
    assert old in line
    return line.replace(old, new)


DAMAGES = {
    "a word in the middle": (lambda all_: [*all_[:3], flip(all_[3], b'"c"', b'"x"'), *all_[4:]], "abdef", ((4, 4),)),
    "a word at the end": (lambda all_: [*all_[:6], flip(all_[6], b'"f"', b'"x"')], "abcde", ((7, 7),)),
    "two lines": (lambda all_: [*all_[:2], b"{}\n", b"\0" * 40 + b"\n", *all_[4:]], "aef", ((3, 5),)),
    "a newline": (lambda all_: [*all_[:2], all_[2][:-1] + b" ", *all_[3:]], "adef", ((3, 4),)),
    "a hash alone": (
        lambda all_: [*all_[:3], all_[3][:-10] + bytes([all_[3][-10] ^ 1]) + all_[3][-9:], *all_[4:]],
        "abcdef",
        (),
    ),
    "a line twice": (lambda all_: [*all_[:4], all_[3], *all_[4:]], "abcdef", ()),
    "the first line": (lambda all_: [b"x" + all_[0], *all_[1:]], "abcdef", ((1, 1),)),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_whole_goes_on_with_the_hashes_it_had(desk, heads, damage):
    change, left, lost = DAMAGES[damage]
    write(desk, change(lines(desk)))
    before = (desk / SEGMENT).read_bytes()
    done, store = saved(desk)
    assert (done.lost, done.missing) == (lost, 0)
    assert "".join(texts(store)) == left
    assert before in [path.read_bytes() for path in (desk / "torn").iterdir()], "nothing is destroyed"
    gone = {number for first, last in lost for number in range(first, last)}
    asked = frozenset(heads) - gone
    assert verify(desk, asked=asked).heads == {n: heads[n] for n in asked}, "heads on paper still stand"
    first = store.next_id("entries")
    assert first > 6 + (IDS_SKIPPED - 1 if lost else 0), "no id is given out twice"
    assert store.commit(put(store, "entries", text="on")) == store.seq
    store.close()


def told_in(desk: Path) -> tuple[str, dict]:
    """What the newest act of salvage says of itself: who, and the rest."""
    records = [orjson.loads(line) for line in lines(desk)]
    return next((each["w"], each["salvaged"]) for each in reversed(records) if "salvaged" in each)


@pytest.mark.parametrize("damage", ["a word in the middle", "a word at the end", "a line twice", "the first line"])
def test_the_act_says_who_why_and_both_heads(desk, heads, damage):
    write(desk, DAMAGES[damage][0](lines(desk)))
    saved(desk)[1].close()
    who, told = told_in(desk)
    assert (who, told["why"]) == ("admin@1", "disk failed")
    assert told["heads"] == {"found": heads[7], "mended": heads[7]}, "what is on paper goes on"


def test_the_head_of_a_tail_that_is_gone_is_another(desk, heads):
    changed = lines(desk)
    write(desk, [*changed[:-1], changed[-1][:-9] + b"f00d" + changed[-1][-5:]])
    saved(desk)[1].close()
    found = heads[7][:-6] + "f00d" + heads[7][-2:]
    assert told_in(desk)[1]["heads"] == {"found": found, "mended": found}
    write(desk, changed[:-1])
    saved(desk)[1].close()
    assert told_in(desk)[1]["heads"] == {"found": heads[6], "mended": heads[6]}


@pytest.mark.usefixtures("heads")
@pytest.mark.parametrize("damage", DAMAGES)
def test_what_the_checkpoint_knows_of_lost_lines_comes_back(desk, damage):
    store = open_store(desk, writer="w@1")
    store.checkpoint()
    store.commit(put(store, "entries", text="g"))
    store.close()
    write(desk, [*DAMAGES[damage][0](lines(desk)[:7]), *lines(desk)[7:]])
    done, store = saved(desk)
    assert sorted(texts(store)) == list("abcdefg")
    assert done.again == 6 - len(DAMAGES[damage][1])
    store.close()


LONG = b"x" * (MAX_LINE + 100)
"""Longer than any line: never in memory as a whole, and no part of it is taken for a line."""
INSERTED = {
    "short, in the middle": (lambda all_: [*all_[:4], b"x\n", *all_[4:]], "abcdef", ()),
    "long, in the middle": (lambda all_: [*all_[:4], LONG, b"\n", *all_[4:]], "abcdef", ()),
    "long, made of whole lines but for their ends": (
        lambda all_: [*all_[:4], all_[3][:-1] * (MAX_LINE // len(all_[3]) + 9), b"\n", *all_[4:]],
        "abcdef",
        (),
    ),
    "long, grown out of a line": (lambda all_: [*all_[:3], all_[3][:-1], LONG, b"\n", *all_[4:]], "abef", ((4, 5),)),
    "long, in place of two lines": (lambda all_: [*all_[:3], LONG, b"\n", *all_[5:]], "abf", ((4, 6),)),
    "long, at the end": (lambda all_: [*all_, LONG, b"\n"], "abcdef", ((8, 8),)),
    "long, without an end": (lambda all_: [*all_, LONG], "abcdef", ((8, 8),)),
}


@pytest.mark.usefixtures("heads")
@pytest.mark.parametrize("way", INSERTED)
def test_bytes_longer_than_any_line_cost_no_other_line(desk, way):
    change, left, lost = INSERTED[way]
    write(desk, change(lines(desk)))
    before = (desk / SEGMENT).read_bytes()
    assert not verify(desk).ok
    tracemalloc.start()
    try:
        done, store = saved(desk)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert ("".join(texts(store)), done.lost) == (left, lost)
    assert peak < 5 * MAX_LINE
    assert before in [path.read_bytes() for path in (desk / "torn").iterdir()], "nothing is destroyed"
    store.close()


@pytest.mark.usefixtures("heads")
def test_what_was_dropped_since_the_checkpoint_stays_dropped(desk):
    with JournalDB(desk) as db:
        db.table("calls").insert({"text": "old"})
    store = open_store(desk, writer="w@1")
    store.checkpoint()
    store.close()
    with JournalDB(desk) as db:
        db.drop_table("calls")
        db.table("calls").insert({"text": "new"})
    write(desk, [*DAMAGES["a word in the middle"][0](lines(desk)[:7]), *lines(desk)[7:]])
    done, store = saved(desk)
    assert done.again == 1
    assert [doc["text"] for doc in store.docs["calls"].values()] == ["new"]
    store.close()


@pytest.mark.usefixtures("heads")
def test_an_acknowledged_tail_that_is_gone_is_told(desk):
    last = lines(desk)[-1]
    write(desk, lines(desk)[:-1])
    with pytest.raises(Corrupt):
        open_store(desk, writer="w@1")
    done, store = saved(desk)
    assert (done.lost, done.missing) == ((), len(last))
    assert "".join(texts(store)) == "abcde"
    assert store.next_id("entries") > 6
    store.close()


def test_a_segment_that_is_gone_costs_what_no_checkpoint_knows(desk, opened, monkeypatch):
    monkeypatch.setattr(checkpoint, "SEGMENT_BYTES", 300)
    store = opened()
    for text in "abcdefghi":
        store.commit(put(store, "entries", text=text))
        if text in "cf":
            store.checkpoint()
    store.close()
    standing(desk).unlink()
    done, store = saved(desk)
    assert sorted(texts(store)) == list("abcdefghi")
    assert done.lost[0][0] == 1
    store.close()


def lose_the_journal(desk) -> None:
    """Archive two entries, and leave no line of what the desk wrote."""
    store = open_store(desk, writer="w@1")
    store.archive("old", lambda: {"entries": [1, 2]})
    store.checkpoint()
    store.close()
    shutil.rmtree(desk / "journal")
    (desk / "lock").unlink()


@pytest.mark.usefixtures("heads")
def test_a_journal_that_is_gone_begins_anew_from_the_checkpoint(desk):
    lose_the_journal(desk)
    done, store = saved(desk)
    assert "".join(texts(store)) == "cdef"
    assert [doc["text"] for _, doc in archived_of(store, "entries")] == ["a", "b"]
    assert done.again == 4
    assert store.next_id("entries") > 6
    store.close()


@pytest.mark.usefixtures("heads")
def test_with_nothing_left_there_is_no_way(desk):
    shutil.rmtree(desk / "journal")
    with pytest.raises(Corrupt) as refused:
        salvage(desk, writer="admin@1", reason="all gone")
    assert refused.value.what == "no_journal"


@pytest.mark.usefixtures("heads")
def test_who_has_the_desk_open_must_open_it_again(desk):
    running = open_store(desk, writer="w@1")
    write(desk, DAMAGES["a word in the middle"][0](lines(desk)))
    _, store = saved(desk)
    with pytest.raises(ReadOnly) as refused:
        running.commit(put(running, "entries", text="x"))
    assert refused.value.reason == "lock_replaced"
    running.close()
    store.close()


@pytest.mark.usefixtures("heads")
def test_a_whole_desk_is_left_as_it_was(desk):
    before = (desk / SEGMENT).read_bytes()
    done, store = saved(desk)
    assert (done.lost, done.missing, done.again) == ((), 0, 0)
    assert (desk / SEGMENT).read_bytes().startswith(before)
    store.close()


@pytest.mark.usefixtures("heads")
def test_a_line_that_stands_for_others_unasked_is_damage(desk):
    """A forger may not hide a line behind the words of salvage: the act must name it."""
    changed = lines(desk)
    own = changed[3][-67:-3].decode()
    changed[3] = b'{"lost":{"from":4},"n":4,"t":"2021-06-07T19:40:00+08:00","w":"x@1","h":"%s"}\n' % own.encode()
    write(desk, changed)
    assert [(each.line, each.what) for each in verify(desk).problems if each.what == "lost"] == [(4, "lost")]


@pytest.mark.usefixtures("heads")
def test_a_salvaged_desk_can_be_backed_up_and_restored(desk, tmp_path):
    write(desk, DAMAGES["two lines"][0](lines(desk)))
    _, store = saved(desk)
    store.backup(tmp_path / "copy")
    store.close()
    restore(tmp_path / "copy", tmp_path / "new", writer="admin@1")
    assert verify(tmp_path / "new").ok


@pytest.mark.usefixtures("heads")
@pytest.mark.parametrize("call", range(1, 12))
def test_an_act_that_was_broken_off_is_finished_by_the_next(desk, call):
    store = open_store(desk, writer="w@1")
    store.checkpoint()
    store.close()
    write(desk, [*DAMAGES["a word in the middle"][0](lines(desk)[:7]), *lines(desk)[7:]])
    with failing(Faults(call, errno.EIO), ("write", "replace")) as faults, suppress(StoreError, OSError):
        salvage(desk, writer="admin@1", reason="disk failed")
    assert faults.count >= call or not faults.hit
    if verify(desk).ok:
        return
    _, store = saved(desk)
    assert sorted(texts(store)) == list("abcdef")
    store.close()


ARCHIVE_DAMAGES = {
    "gone": lambda file: file.unlink(),
    "a word": lambda file: file.write_bytes(file.read_bytes().replace(b'"a"', b'"z"')),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:-20]),
    "empty": lambda file: file.write_bytes(b""),
}


@pytest.mark.parametrize("damage", ARCHIVE_DAMAGES)
@pytest.mark.usefixtures("heads")
def test_a_damaged_archive_is_rebuilt_from_the_journal_to_the_byte(desk, damage):
    store = open_store(desk, writer="w@1")
    store.archive("old", lambda: {"entries": [1, 2]})
    store.close()
    file = desk / "archive/old.json"
    before = file.read_bytes()
    ARCHIVE_DAMAGES[damage](file)
    done, store = saved(desk)
    assert [(each.file, each.rebuilt, each.unproved, each.lost) for each in done.archives] == [("old.json", 2, 0, 0)]
    assert file.read_bytes() == before
    assert [doc["text"] for _, doc in archived_of(store, "entries")] == ["a", "b"]
    assert store.verify().ok
    store.close()


@pytest.mark.usefixtures("heads")
def test_of_an_archive_whose_lines_are_gone_too_what_can_be_read_is_kept(desk):
    lose_the_journal(desk)
    file = desk / "archive/old.json"
    file.write_bytes(file.read_bytes().replace(b'{"text":"b"}', b'{"text":"b'))
    done, store = saved(desk)
    assert [(each.rebuilt, each.unproved, each.lost) for each in done.archives] == [(0, 1, 1)]
    assert [doc["text"] for _, doc in archived_of(store, "entries")] == ["a"]
    assert store.verify().ok
    store.close()
