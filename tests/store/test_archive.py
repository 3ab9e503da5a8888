"""Archives, history, trail, backup, restore, export, migration."""

import errno
import json
import os
from contextlib import ExitStack, closing
from hashlib import sha256
from threading import Timer

import pytest
from tinydb import TinyDB, where
from tinydb.table import Document

from dutyboard.store import (
    BadBackup,
    Busy,
    Corrupt,
    JournalDB,
    Put,
    ReadOnly,
    SaveFailed,
    Step,
    Store,
    StoreError,
    TooNew,
    Unsafe,
    archive,
    backup,
    checkpoint,
    dbfile,
    facade,
    open_store,
    restore,
    salvage,
    verify,
)
from dutyboard.store.files.folder import Folder
from dutyboard.store.files.lock import maintenance

from .archived import archived_of
from .bytes_of import bytes_of, rewrite, standing
from .conftest import login, put


def names(store) -> list[str]:
    return [doc["name"] for doc in store.docs["persons"].values()]


@pytest.fixture
def filled(opened):
    store = opened()
    for name in ("张三", "李四", "王五"):
        store.commit(put(store, "persons", name=name))
    store.commit(put(store, "entries", text="接电话"))
    return store


def test_what_is_closed_leaves_the_view_and_stays_readable(desk, opened, filled):
    other = opened()
    assert filled.archive("2021-06", lambda: {"persons": [1, 2, 99], "entries": [1]}) == "2021-06.json"
    assert filled.archive("2021-06", lambda: {"persons": [3]}) == "2021-06.2.json"
    assert filled.archive("2021-06", lambda: {"persons": [3]}) is None
    plain = TinyDB(desk / "archive" / "2021-06.json")
    assert [document["name"] for document in plain.table("persons")] == ["张三", "李四"]
    plain.close()
    other.refresh()
    for store in (filled, other, opened()):
        assert names(store) == []
        assert [(i, doc["name"]) for i, doc in archived_of(store, "persons")] == [(1, "张三"), (2, "李四"), (3, "王五")]
        assert [i for i, _ in archived_of(store, "persons", "李")] == [2]
        assert store.next_id("persons") == 4
    assert filled.verify().ok


def test_a_document_changed_meanwhile_is_archived_as_it_is_now(opened, filled, monkeypatch):
    other = opened()
    real, changed = Folder.replace, []

    def meanwhile(folder, name, blocks, *more, **options):
        real(folder, name, blocks, *more, **options)
        if not changed:
            changed.append(other.commit(lambda: [Put("persons", 1, {"name": "张三丰"})]))

    monkeypatch.setattr(Folder, "replace", meanwhile)
    assert filled.archive("2021-06", lambda: {"persons": [1]}) == "2021-06.json"
    assert [doc["name"] for _, doc in archived_of(filled, "persons")] == ["张三丰"]


def test_a_document_no_longer_chosen_under_the_lock_stays(opened, filled, monkeypatch):
    """What makes a record closed may change while the file is written: what is closed is asked again."""
    other = opened()
    real = Folder.replace

    def meanwhile(folder, name, blocks, *more, **options):
        real(folder, name, blocks, *more, **options)
        if "4" not in other.docs["persons"]:
            other.commit(lambda: [Put("persons", 4, {"name": "赵六", "needs": 1})])

    def closed():
        needed = {doc.get("needs") for doc in filled.docs["persons"].values()}
        return {"persons": {1, 2} - needed}

    monkeypatch.setattr(Folder, "replace", meanwhile)
    assert filled.archive("2021-06", closed) == "2021-06.json"
    assert names(filled) == ["张三", "王五", "赵六"]
    assert [i for i, _ in archived_of(filled, "persons")] == [2]
    assert filled.verify().ok


def test_documents_that_never_rest_are_not_archived(desk, opened, filled, monkeypatch):
    other = opened()
    real, revision = Folder.replace, iter(range(100))

    def meanwhile(folder, name, blocks, *more, **options):
        real(folder, name, blocks, *more, **options)
        other.commit(lambda: [Put("persons", 1, {"name": f"张{next(revision)}"})])

    monkeypatch.setattr(Folder, "replace", meanwhile)
    with pytest.raises(StoreError):
        filled.archive("2021-06", lambda: {"persons": [1]})
    assert list((desk / "archive").iterdir()) == []
    assert "1" in filled.docs["persons"]


@pytest.mark.usefixtures("filled")
def test_an_archiver_that_died_before_its_line_leaves_no_doubt(desk, opened):
    (desk / "archive" / "2021-06.json").write_text('{\n"persons": {\n"1":{"name":"张三"}\n}\n}\n')
    (desk / "archive" / "2021-07.json.77.tmp").write_text("half")
    again = opened()
    assert list((desk / "archive").iterdir()) == []
    assert (desk / "torn" / "2021-06.json").exists()
    assert names(again) == ["张三", "李四", "王五"]
    assert again.verify().ok


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".x", "六月"])
def test_an_archive_has_a_plain_name(filled, name):
    with pytest.raises(ValueError):
        filled.archive(name, lambda: {"persons": [1]})


def test_a_changed_archive_is_not_read(desk, filled):
    filled.archive("2021-06", lambda: {"persons": [1]})
    path = desk / "archive" / "2021-06.json"
    path.write_bytes(path.read_bytes().replace("张三".encode(), "张五".encode()))
    with pytest.raises(Corrupt) as found:
        list(archived_of(filled, "persons"))
    assert (found.value.file, found.value.what) == ("archive/2021-06.json", "checksum")


def test_only_one_at_a_time_and_it_is_named(desk, tmp_path, filled, monkeypatch):
    monkeypatch.setattr(facade, "PATIENCE", 0.05)
    with Folder.top(desk) as folder, maintenance(folder, 0, "zhangqiang@9"):
        for act in (
            lambda: filled.archive("2021-06", lambda: {"persons": [1]}),
            lambda: filled.backup(tmp_path / "copy"),
            filled.verify,
        ):
            with pytest.raises(Busy) as refused:
                act()
            assert refused.value.holder is not None
            assert refused.value.holder.writer == "zhangqiang@9"
    assert not (tmp_path / "copy").exists()
    filled.backup(tmp_path / "copy")


@pytest.mark.parametrize("prepared", [False, True], ids=["made", "prepared"])
@pytest.mark.parametrize("trouble", [Busy(None), Unsafe("views", "link"), OSError(errno.EIO, ""), KeyboardInterrupt()])
def test_a_restore_that_is_given_up_leaves_nothing(tmp_path, filled, monkeypatch, trouble, prepared):
    filled.views.add({"person": 1})
    filled.backup(tmp_path / "copy")
    if prepared:
        (tmp_path / "new").mkdir()

    def fails(*_):
        raise trouble

    monkeypatch.setattr(backup, "_copy_views", fails)
    with pytest.raises(SaveFailed if isinstance(trouble, OSError) else type(trouble)):
        restore(tmp_path / "copy", tmp_path / "new", writer="w@1")
    assert not (list((tmp_path / "new").iterdir()) if prepared else (tmp_path / "new").exists())


def test_nobody_waits_for_the_hash_of_an_archive(opened, filled, monkeypatch):
    other, saved = opened(lock_seconds=0), []

    def beside(text):
        saved.append(other.commit(put(other, "entries", text="b")))
        return sha256(text)

    monkeypatch.setattr(archive, "sha256", beside)
    assert filled.archive("2021-06", lambda: {"persons": [1]}) == "2021-06.json"
    assert len(saved) == 1
    monkeypatch.undo()
    assert filled.verify().ok


def test_who_comes_second_waits_for_the_first(desk, filled):
    with Folder.top(desk) as folder, ExitStack() as held:
        held.enter_context(maintenance(folder, 0, "zhangqiang@9"))
        timer = Timer(0.2, held.close)
        timer.start()
        assert filled.archive("2021-06", lambda: {"persons": [1]}) == "2021-06.json"
        timer.join()


def test_who_changed_a_record_and_when(opened, filled):
    other = opened(writer="zhangqiang@9")
    other.commit(lambda: [Put("persons", 2, {"name": "李四光"}), Put("entries", 2, {"person": 2})])
    other.archive("2021-06", lambda: {"persons": [2]})
    filled.refresh()
    lines = list(filled.trail("persons", 2))
    assert [line.seq for line in lines] == [3, 6, 7]
    assert [login(line.writer) for line in lines][1:] == ["zhangqiang", "zhangqiang"]
    assert lines[2].deletes == (("persons", 2),)
    assert [line.seq for line in filled.trail("entries", 2)] == [6]


def test_whoever_dropped_a_record_is_among_those_who_changed_it(desk, filled):
    with JournalDB(desk, writer="tool@1") as db:
        db.drop_table("entries_of_a_tool")
        db.drop_table("persons")
        db.drop_table("persons")
        db.table("persons").insert(Document({"name": "李四"}, 2))
    filled.refresh()
    assert [(line.seq, login(line.writer)) for line in filled.trail("persons", 2)][1:] == [(6, "tool"), (7, "tool")]
    assert [line.seq for line in filled.trail("persons", 99)] == []


def test_a_backup_taken_while_others_write_restores_to_a_prefix(opened, filled, tmp_path, monkeypatch):
    other = opened()
    filled.checkpoint()
    filled.archive("2021-06", lambda: {"persons": [1]})
    real = Folder.write_new

    def meanwhile(folder, name, blocks, *more):
        other.commit(put(other, "entries", text=name))
        real(folder, name, blocks, *more)

    monkeypatch.setattr(Folder, "write_new", meanwhile)
    place = filled.backup(tmp_path / "copy")
    monkeypatch.undo()
    assert other.seq > place.n
    report = restore(tmp_path / "copy", tmp_path / "new", writer="admin@1")
    assert (report.lines, report.head) == (place.n, place.head)
    new = open_store(tmp_path / "new", writer="w@1")
    assert new.seq == place.n + 1, "the restoring itself is a line"
    assert names(new) == ["李四", "王五"]
    assert [doc["name"] for _, doc in archived_of(new, "persons")] == ["张三"]
    assert new.verify().ok
    new.close()


def test_a_backup_that_was_changed_is_not_restored(filled, tmp_path):
    filled.backup(tmp_path / "copy")
    path = tmp_path / "copy" / "journal" / "000000000001.jsonl"
    raw = path.read_bytes()
    path.write_bytes(raw.replace("李四".encode(), "李五".encode()))
    with pytest.raises(BadBackup) as found:
        restore(tmp_path / "copy", tmp_path / "new", writer="admin@1")
    assert (found.value.file, found.value.line, found.value.what) == ("journal/000000000001.jsonl", 3, "hash")
    path.write_bytes(raw[: raw.rindex(b"\n", 0, -1) + 1])
    with pytest.raises(BadBackup) as found:
        restore(tmp_path / "copy", tmp_path / "new", writer="admin@1")
    assert (found.value.file, found.value.what) == ("backup.json", "not_in_journal")
    (tmp_path / "copy" / "backup.json").unlink()
    with pytest.raises(BadBackup) as found:
        restore(tmp_path / "copy", tmp_path / "new", writer="admin@1")
    assert (found.value.file, found.value.what) == ("backup.json", "missing")
    assert not (tmp_path / "new").exists()


def test_export_is_everything(filled):
    filled.archive("2021-06", lambda: {"persons": [1]})
    everything = json.loads(b"".join(filled.export()))
    assert (everything["n"], everything["head"]) == (filled.seq, filled.head)
    assert everything["tables"]["persons"] == {"2": {"name": "李四"}, "3": {"name": "王五"}}
    assert everything["archives"] == {"2021-06.json": {"persons": {"1": {"name": "张三"}}}}


def test_an_archive_without_an_end_is_refused_by_its_name_before_it_is_read(desk, filled):
    filled.archive("2021-06", lambda: {"persons": [1]})
    os.truncate(desk / "archive" / "2021-06.json", 1 << 40)
    with pytest.raises(Unsafe) as refused:
        archived_of(filled, "persons")
    assert (refused.value.file, refused.value.reason) == ("archive/2021-06.json", "too_large")
    assert [(each.file, each.what) for each in filled.verify().problems] == [("archive/2021-06.json", "too_large")]
    everything = json.loads(b"".join(filled.export()))
    assert everything["unread"] == [{"file": "archive/2021-06.json", "what": "too_large"}]
    filled.close()
    assert salvage(desk, writer="admin@1", reason="a planted file").archives[0].rebuilt == 1
    assert verify(desk).ok


@pytest.mark.parametrize(
    ("act", "where"),
    [
        (lambda store: store.archive("2021-06", lambda: {"persons": [1, 2]}), "archive"),
        (Store.checkpoint, "checkpoint"),
    ],
    ids=["archive", "checkpoint"],
)
def test_nothing_is_written_that_nobody_would_read(desk, filled, monkeypatch, act, where):
    filled.checkpoint()
    before = (desk / "db.json").read_bytes()
    monkeypatch.setattr(dbfile, "MOST", 40)
    with pytest.raises(SaveFailed) as refused:
        act(filled)
    assert (refused.value.errno, refused.value.where) == (errno.EFBIG, where)
    monkeypatch.undo()
    assert (desk / "db.json").read_bytes() == before
    assert not list((desk / "archive").iterdir())
    assert names(filled) == ["张三", "李四", "王五"]
    assert filled.verify().ok


STEPS = [
    Step(2, lambda docs: [Put("persons", int(i), {**doc, "stage": None}) for i, doc in docs["persons"].items()]),
    Step(3, lambda docs: [Put("persons", int(i), {**doc, "rev": len(doc)}) for i, doc in docs["persons"].items()]),
]


def test_a_copy_that_would_not_restore_is_no_backup(desk, filled, tmp_path, monkeypatch):
    """The damage lies behind the checkpoint, where no opening looks: every backup since would be worthless."""
    monkeypatch.setattr(checkpoint, "SEGMENT_BYTES", 10)
    filled.checkpoint()
    path = standing(desk)
    rewrite(path, bytes_of(path).replace("李四".encode(), "李五".encode()))
    with pytest.raises(BadBackup) as refused:
        filled.backup(tmp_path / "copy")
    assert (refused.value.file, refused.value.line) == ("journal/000000000001.jsonl.gz", 3)
    assert not (tmp_path / "copy").exists()


def test_a_backup_of_another_format_is_brought_up_or_refused_before_anything_is_written(opened, tmp_path):
    store = opened(steps=STEPS[:1])
    store.commit(lambda: [Put("persons", 1, {"name": "张三"})])
    store.backup(tmp_path / "copy")
    with pytest.raises(TooNew):
        restore(tmp_path / "copy", tmp_path / "new", writer="admin@1")
    assert not (tmp_path / "new").exists()
    (tmp_path / "prepared").mkdir(mode=0o750)
    restore(tmp_path / "copy", tmp_path / "prepared", writer="admin@1", steps=STEPS)
    new = opened(tmp_path / "prepared", steps=STEPS)
    assert new.docs["persons"]["1"]["rev"] == 1
    assert (tmp_path / "prepared").stat().st_mode & 0o777 == 0o750
    with pytest.raises(FileExistsError):
        restore(tmp_path / "copy", tmp_path / "prepared", writer="admin@1", steps=STEPS)


def test_migrations_run_once_in_order_and_are_lines(opened, filled):
    old = filled.seq
    assert opened(steps=STEPS[:1]).seq == old + 1
    one, two = opened(steps=STEPS), opened(steps=STEPS)
    assert one.seq == two.seq == old + 2
    assert two.docs["persons"]["1"] == {"name": "张三", "stage": None, "rev": 2}
    assert one.verify().ok
    with pytest.raises(TooNew):
        filled.refresh()
    with pytest.raises(ValueError):
        opened(steps=STEPS[1:])


def test_a_migration_that_fails_changes_nothing_and_the_next_goes_on_there(opened, filled):
    old = filled.seq
    with pytest.raises(KeyError):
        opened(steps=[STEPS[0], Step(3, lambda docs: [Put("persons", 1, docs["persons"]["77"])])])
    assert opened(steps=STEPS[:1]).docs["persons"]["1"] == {"name": "张三", "stage": None}
    store = opened(steps=STEPS)
    assert (store.seq, store.docs["persons"]["1"]["rev"]) == (old + 2, 2)


def test_a_new_desk_needs_no_migration(opened):
    assert opened(steps=STEPS).seq == opened(steps=STEPS).seq == 1


def test_an_archive_of_an_older_format_is_brought_up_as_it_is_read(desk, opened, filled):
    filled.archive("2021-06", lambda: {"persons": [1, 2]})
    before = (desk / "archive" / "2021-06.json").read_bytes()
    store = opened(steps=STEPS)
    store.archive("2021-07", lambda: {"persons": [3]})
    found = [doc for _, doc in archived_of(store, "persons")]
    assert found == [{"name": name, "stage": None, "rev": 2} for name in ("张三", "李四", "王五")]
    assert (desk / "archive" / "2021-06.json").read_bytes() == before
    assert store.verify().ok


def test_history_finds_lines_by_what_they_hold_and_by_number(filled):
    """The first, the last and a middle line of a table, before and behind another table; a number is not a prefix."""
    for k in range(4, 13):
        filled.commit(put(filled, "persons", name=f"人员{k}", note='换\n行 "12":{ ,'))
    filled.archive("2021-06", lambda: {"entries": [1], "persons": range(1, 13), "nothing": [1]})
    assert [i for i, _ in archived_of(filled, "persons")] == list(range(1, 13))
    assert [doc["text"] for _, doc in archived_of(filled, "entries")] == ["接电话"]
    assert list(archived_of(filled, "nothing")) == []
    for name, number in (("张三", 1), ("人员7", 7), ("人员12", 12)):
        assert [i for i, _ in archived_of(filled, "persons", f'"{name}"')] == [number]
        assert filled.past().table("persons").get(doc_id=number)["name"] == name
    assert [i for i, _ in archived_of(filled, "persons", "人员1")] == [10, 11, 12]
    assert filled.past().table("persons").get(doc_id=13) is None
    assert list(archived_of(filled, "persons", '"persons"')) == []


def test_a_query_of_tinydb_reads_what_lives_and_what_is_archived(desk, filled):
    filled.archive("2021-06", lambda: {"persons": [1, 2], "entries": [1]})
    filled.commit(put(filled, "persons", name="张五"))
    with JournalDB(desk) as db:
        for past in (db.past(), filled.past()):
            found = past.table("persons").search(where("name").matches("张"))
            assert [(each.doc_id, each["name"]) for each in found] == [(1, "张三"), (4, "张五")]
            assert past.table("persons").get(doc_id=2)["name"] == "李四"
            assert past.table("persons").get(doc_id=9) is None
            assert len(past.table("persons")) == 4
            assert past.tables() == {"persons", "entries"}
            with pytest.raises(ReadOnly):
                past.table("persons").insert({"name": "x"})
            with pytest.raises(ReadOnly):
                past.drop_tables()
    assert [each.doc_id for each in filled.past('"张五"').table("persons")] == [4], "others are not decoded"


def test_tinydb_reads_a_desk_whose_documents_have_steps_behind_them(desk):
    rename = Step(2, lambda docs: [Put("persons", int(i), {"name": doc["n"]}) for i, doc in docs["persons"].items()])
    with closing(open_store(desk, writer="before@1")) as old:
        old.commit(put(old, "persons", n="张三"))
    with closing(open_store(desk, writer="after@1", steps=[rename])) as new:
        new.checkpoint()
    with JournalDB(desk) as db:
        assert db.table("persons").all() == [{"name": "张三"}]
        assert db.past().table("persons").all() == [{"name": "张三"}]
