"""TinyDB's documented behaviour on the journal; its own suite runs in test_upstream.py."""

import pytest
from tinydb import Query, TinyDB, where
from tinydb.operations import delete, increment
from tinydb.table import Document

from dutyboard.store import JournalDB


@pytest.fixture
def db(desk):
    with JournalDB(desk) as db:
        yield db


def journal_lines(desk) -> int:
    return (desk / "journal" / "000000000001.jsonl").read_bytes().count(b"\n")


def test_it_is_a_tinydb(db):
    assert isinstance(db, TinyDB)
    assert db.insert({"name": "张三"}) == 1
    assert db.table("x").insert_multiple([{"k": 1}, Document({"k": 2}, 7), {"k": 3}]) == [1, 7, 8]
    assert db.tables() == {"_default", "x"}
    assert db.get(where("name") == "张三").doc_id == 1
    assert [d["k"] for d in db.table("x").get(doc_ids=[1, 8])] == [1, 3]


def test_queries_updates_and_removals(db):
    db.insert_multiple({"n": n, "tags": ["a"] if n % 2 else []} for n in range(6))
    q = Query()
    assert db.count(q.tags.any(["a"])) == 3
    assert db.update(increment("n"), q.n < 2) == [1, 2]
    assert db.update({"seen": True}, doc_ids=[3, 99]) == [3]
    assert db.update(delete("tags")) == [1, 2, 3, 4, 5, 6]
    assert db.upsert({"n": 50}, q.n == 5) == [6]
    assert db.upsert({"n": 60}, q.n == 60) == [7]
    assert db.update_multiple([({"n": 0}, q.n == 50), ({"n": 9}, q.n == 60)]) == [6, 7]
    assert db.remove(q.n == 0) == [6]
    assert not db.contains(doc_id=6)
    assert len(db) == 6
    with pytest.raises(RuntimeError):
        db.remove()


def test_each_operation_is_one_line_and_no_change_is_none(desk, db):
    before = journal_lines(desk)
    db.insert_multiple({"n": n} for n in range(10))
    db.update({"n": 0})
    db.upsert({"n": 5}, where("n") == 77)
    db.update({"n": 0}, where("n") == 0)
    assert journal_lines(desk) == before + 3


def test_ids_never_come_again(desk, db):
    db.insert_multiple([{}, {}])
    db.remove(doc_ids=[2])
    db.truncate()
    db.drop_tables()
    assert db.insert({}) == 3
    with JournalDB(desk) as other:
        assert other.insert({}) == 4
    assert db.insert({}) == 5


def test_several_tables_all_or_nothing(desk, db):
    with pytest.raises(ZeroDivisionError), db.transaction():
        db.insert({"a": 1})
        db.table("persons").insert({"b": 1})
        db.update({"a": 2}, doc_ids=[1])
        assert db.get(doc_id=1) == {"a": 2} and len(db) == 1, "inside, it sees itself"
        assert db.search(where("a") == 2)
        raise ZeroDivisionError
    assert db.tables() == set() and db.search(where("a") == 2) == []
    before = journal_lines(desk)
    with db.transaction():
        db.insert({"a": 1})
        with db.transaction():
            db.table("persons").insert({"b": 1})
        db.remove(doc_ids=[1])
        db.insert({"a": 3})
    assert journal_lines(desk) == before + 1
    assert [document["a"] for document in db] == [3]


def test_an_update_that_raises_half_way_changes_nothing(db):
    db.insert_multiple([{"n": 1}, {"n": "x"}])

    def half(document):
        document["n"] = document["n"] / 2

    with pytest.raises(TypeError):
        db.update(half)
    assert [document["n"] for document in db] == [1, "x"]


def test_two_handles_never_overwrite_each_other(desk, db):
    with JournalDB(desk) as other:
        for _ in range(5):
            db.insert_multiple([{"by": 1}] * 3)
            other.insert_multiple([{"by": 2}] * 3)
        assert len(db) == len(other) == 30
        assert other.count(where("by") == 1) == 15


def test_search_is_never_stale_and_its_results_are_the_callers(desk, db):
    db.insert({"tags": ["a"]})
    first = db.search(where("tags").any(["a"]))
    first[0]["tags"].append("mine")
    db.get(doc_id=1)["tags"].append("mine")
    next(iter(db))["tags"].append("mine")
    with JournalDB(desk) as other:
        other.insert({"tags": ["a", "b"]})
    assert db.search(where("tags").any(["a"])) == [{"tags": ["a"]}, {"tags": ["a", "b"]}]


def test_removed_and_put_again_moves_to_the_end_in_every_view(desk, db):
    db.insert_multiple([{"n": n} for n in range(3)])
    with db.transaction():
        db.remove(doc_ids=[1])
        db.insert(Document({"n": "again"}, 1))
    assert [document.doc_id for document in db] == [2, 3, 1]
    with JournalDB(desk) as other:
        assert [document.doc_id for document in other] == [2, 3, 1]


def test_a_whole_database_can_be_written_through_the_storage(db):
    db.insert({"n": 1})
    db.table("b").insert({"n": 2})
    db.storage.write({"c": {"5": {"n": 3}}, "b": db.storage.read()["b"]})
    assert db.tables() == {"b", "c"}
    assert db.table("c").get(doc_id=5) == {"n": 3}
    assert db.table("c").insert({}) == 6
