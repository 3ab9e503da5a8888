"""db.json: plain TinyDB, vouched for by the journal, rebuilt when it is not ours."""

import hashlib
import json
import shutil

import pytest
from tinydb import TinyDB

from dutyboard.store import Busy, JournalDB, checkpoint, dbfile, open_store
from dutyboard.store.files import disk
from dutyboard.store.files.folder import Folder
from dutyboard.store.files.lock import maintenance
from dutyboard.store.view import View

from .conftest import put


def fill(store, count: int, table: str = "entries") -> None:
    for k in range(count):
        store.commit(put(store, table, k=k, text="接东城区疾控中心电话"))


def content(store) -> dict:
    return {name: {i: dict(doc) for i, doc in table.items()} for name, table in store.docs.items()}


def test_plain_tinydb_and_json_read_it(desk, opened):
    store = opened()
    fill(store, 5)
    with JournalDB(desk) as db:
        db.table("empty").truncate()
        db.table('odd "name"\n').insert({"a": "}\n"})
    store.refresh()
    store.checkpoint()
    assert set(json.loads((desk / "db.json").read_bytes())) == {"_meta", "entries", "empty", 'odd "name"\n'}
    plain = TinyDB(desk / "db.json")
    assert [document["k"] for document in plain.table("entries")] == list(range(5))
    plain.close()
    assert content(opened()) == content(store)


def test_opening_starts_there_and_not_at_the_first_line(opened, monkeypatch):
    store = opened()
    fill(store, 20)
    store.checkpoint()
    fill(store, 3)
    applied: list[int] = []
    real = View.apply

    def apply(view, record, head):
        applied.append(record["n"])
        real(view, record, head)

    monkeypatch.setattr(View, "apply", apply)
    again = opened()
    assert (again.seq, again.head) == (store.seq, store.head)
    assert content(again) == content(store)
    assert len(applied) == 5  # the two lines of the checkpoint itself and three entries


def test_it_is_due_after_a_thousand_lines(opened, monkeypatch):
    store = opened()
    monkeypatch.setattr(checkpoint, "LINES", 10)
    fill(store, 9)
    assert store.needs_checkpoint
    store.checkpoint()
    assert not store.needs_checkpoint


def test_only_one_at_a_time(desk, opened):
    store = opened()
    fill(store, 1)
    with Folder.top(desk) as folder, maintenance(folder, 0), pytest.raises(Busy):
        store.checkpoint(seconds=0)
    store.checkpoint()
    assert dbfile.load(Folder.top(desk)) is not None


@pytest.mark.parametrize("damage", ["tinydb", "garbage", "endless", "empty", "flip", "truncated"])
def test_a_foreign_edit_is_noticed_set_aside_and_undone(desk, opened, home, damage):
    store = opened()
    fill(store, 5, "persons")
    store.checkpoint()
    fill(store, 2)
    path = desk / "db.json"
    if damage == "tinydb":
        plain = TinyDB(path)
        plain.table("persons").update({"text": "forged"}, doc_ids=[3])
        plain.close()
    elif damage == "flip":
        path.write_bytes(path.read_bytes().replace("东城".encode(), "西城".encode(), 1))
    else:
        endless = b'{\n"' + b"a" * 100_000 + b"}\n"  # a pattern that backtracks would never come back
        path.write_bytes(
            {"garbage": b"{\n}x}\n", "endless": endless, "empty": b"", "truncated": path.read_bytes()[:-40]}[damage]
        )
    assert {problem.file for problem in store.verify().problems} == {"db.json"}
    again = opened()
    assert content(again) == content(store)
    assert [alarm.file for alarm in again.alarms] == ["db.json"]
    (kept,) = (desk / "torn").glob("db.json.*")
    digest = hashlib.sha256(kept.read_bytes()).hexdigest()
    journal = (desk / "journal" / "000000000001.jsonl").read_text()
    assert f'"aside":{{"file":"{kept.name}","sha256":"{digest}"}}' in journal
    store.refresh()
    # the checkpoint the journal speaks of is gone; of a mirror it may be another's
    assert again.verify().ok is (home == "postgresql")
    again.checkpoint()
    assert again.verify().ok
    assert opened().alarms == ()


def test_two_who_open_at_once_find_the_same_foreign_edit(desk, opened, monkeypatch):
    store = opened()
    fill(store, 3)
    store.checkpoint()
    (desk / "db.json").write_text("{}")
    real = disk.replace

    def second(at, source, to, target):
        if source == "db.json":
            real(at, source, to, target)  # the other one was first
        real(at, source, to, target)

    monkeypatch.setattr(disk, "replace", second)
    again = opened()
    monkeypatch.undo()
    store.refresh()
    assert content(again) == content(store)
    assert [alarm.file for alarm in again.alarms] == ["db.json"]


def test_an_older_checkpoint_in_its_place_changes_nothing_and_is_reported(desk, opened, tmp_path):
    store = opened()
    fill(store, 3)
    store.checkpoint()
    shutil.copy(desk / "db.json", tmp_path / "old.json")
    fill(store, 3)
    store.checkpoint()
    shutil.copy(tmp_path / "old.json", desk / "db.json")
    assert content(opened()) == content(store)
    assert [(p.file, p.what) for p in store.verify().problems] == [("db.json", "older_than_journal")]


def test_a_missing_checkpoint_is_rebuilt_from_the_journal(desk, opened):
    store = opened()
    fill(store, 4)
    store.checkpoint()
    (desk / "db.json").unlink()
    assert content(opened()) == content(store)
    assert [p.what for p in store.verify().problems] == ["missing"]


def test_a_forged_place_never_cuts_the_journal(desk, opened):
    """A db.json that points into the last line, with the mark lost, must not make that line look torn."""
    store = opened()
    fill(store, 3)
    store.checkpoint()
    fill(store, 2)
    store.close()
    raw = (desk / "db.json").read_bytes()
    meta = json.loads(raw)["_meta"]["1"]
    journal = (desk / "journal" / "000000000001.jsonl").read_bytes()
    last = journal.rindex(b"\n", 0, -1) + 1
    forged = raw.replace(b'"position":%d' % meta["position"], b'"position":%d' % last)
    assert forged != raw
    (desk / "db.json").write_bytes(forged)
    (desk / "lock").unlink()
    again = opened()
    assert len(again.docs["entries"]) == 5
    assert (desk / "journal" / "000000000001.jsonl").read_bytes().startswith(journal)


def test_segments_follow_each_other(desk, opened, monkeypatch):
    monkeypatch.setattr(checkpoint, "SEGMENT_BYTES", 500)
    one, two = opened(), opened()
    for _ in range(4):
        fill(one, 3)
        one.checkpoint()
        two.refresh()
        fill(two, 1)
    one.refresh()
    assert len(list((desk / "journal").iterdir())) == 5
    assert content(one) == content(two) == content(opened())
    (desk / "db.json").unlink()
    (desk / "lock").unlink()
    assert content(open_store(desk, writer="late@9")) == content(one)
