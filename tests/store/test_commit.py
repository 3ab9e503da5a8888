"""The facade: commit, refresh, listen, ids, idempotency, refusals."""

import json
from pathlib import Path

import pytest

from dutyboard.store import BadDocument, Commit, Gone, JournalDB, Put, open_store

from .conftest import login, put


def lines(desk: Path) -> list[dict]:
    return [
        json.loads(line)
        for path in sorted((desk / "journal").glob("*.jsonl"))
        for line in path.read_bytes().splitlines()
    ]


def test_a_commit_is_one_line_that_every_handle_sees(desk, opened):
    one, two = opened(writer="wangfang@11"), opened()
    seen: list[Commit] = []
    two.listen(seen.append)
    seq = one.commit(lambda: [Put("entries", 1, {"text": "接东城区电话"}), Put("persons", 7, {"name": "张三"})])
    assert lines(desk)[-1]["n"] == seq == one.seq
    assert two.docs.get("entries") is None
    assert two.refresh() == 1
    assert two.docs["entries"]["1"] == {"text": "接东城区电话"} == one.docs["entries"]["1"]
    assert two.seq == one.seq and two.head == one.head
    assert [(line.seq, login(line.writer), line.puts) for line in seen] == [
        (seq, "wangfang", (Put("entries", 1, {"text": "接东城区电话"}), Put("persons", 7, {"name": "张三"})))
    ]


def test_decide_sees_what_others_committed_and_listeners_ran_before_it(opened):
    one, two = opened(), opened()
    order: list[str] = []
    two.listen(lambda line: order.append(f"line {line.seq}"))
    one.commit(put(one, "entries", text="first"))

    def decide():
        order.append("decide")
        assert two.docs["entries"]["1"]["text"] == "first"
        return [Put("entries", two.next_id("entries"), {"text": "second"})]

    assert two.commit(decide) == 3
    assert order == ["line 2", "decide", "line 3"]


def test_what_decide_raises_passes_and_nothing_is_written(desk, opened):
    store = opened()
    before = (desk / "journal" / "000000000001.jsonl").read_bytes()

    class Refused(Exception):
        pass

    def decide():
        store.next_id("entries")
        raise Refused

    with pytest.raises(Refused):
        store.commit(decide)
    assert store.commit(list) is None
    assert (desk / "journal" / "000000000001.jsonl").read_bytes() == before
    assert store.commit(put(store, "entries", text="a")) == 2
    assert list(store.docs["entries"]) == ["1"]


def test_a_known_rid_writes_nothing_even_from_another_process_and_after_a_checkpoint(opened):
    one = opened()
    seq = one.commit(put(one, "entries", text="once"), rid="a-1")
    assert one.commit(put(one, "entries", text="twice"), rid="a-1") == seq
    one.checkpoint()
    two = opened()
    assert two.commit(put(two, "entries", text="thrice"), rid="a-1") == seq
    assert len(two.docs["entries"]) == 1


def test_ids_are_handed_out_once(opened):
    store = opened()
    store.commit(lambda: [Put("persons", store.next_id("persons"), {"k": k}) for k in range(3)])
    assert list(store.docs["persons"]) == ["1", "2", "3"]
    with JournalDB(store.folder) as db:
        db.table("persons").remove(doc_ids=[3])
    store.refresh()
    store.checkpoint()
    store.close()
    again = opened()
    assert again.next_id("persons") == 4
    with pytest.raises(BadDocument) as refused:
        again.commit(lambda: [Put("persons", 3, {})])
    assert refused.value.what == "id_taken"


def test_the_log_is_append_only_even_through_tinydb(opened):
    store = opened()
    store.commit(put(store, "entries", text="a"))
    db = JournalDB(store.folder)
    log = db.table("entries")
    for attempt in (
        lambda: store.commit(lambda: [Put("entries", 1, {"text": "b"})]),
        lambda: log.update({"text": "b"}, doc_ids=[1]),
        lambda: log.remove(doc_ids=[1]),
        lambda: log.truncate(),
        lambda: db.drop_table("entries"),
        lambda: db.drop_tables(),
    ):
        with pytest.raises(BadDocument) as refused:
            attempt()
        assert refused.value.what == "append_only"
    db.close()
    assert store.docs["entries"]["1"] == {"text": "a"}
    store.commit(put(store, "entries", text="correction", amends=1))
    assert store.seq == 3


@pytest.mark.parametrize(
    ("doc", "where", "what"),
    [
        ({"v": float("nan")}, "persons/1.v", "not_finite"),
        ({"v": [1, {"x": float("inf")}]}, "persons/1.v.1.x", "not_finite"),
        ({"v": {1, 2}}, "persons/1.v", "not_json"),
        ({"v": object()}, "persons/1.v", "not_json"),
        ({"v": b"raw"}, "persons/1.v", "not_json"),
        ({"v": {1: "a"}}, "persons/1.v", "key_not_text"),
        ({"v": "\udcff"}, "line", "not_json"),
        ({"v": 1 << 70}, "line", "not_json"),
        ({"v": "x" * (17 << 20)}, "line", "too_large"),
    ],
)
def test_what_json_cannot_hold_is_refused_and_nothing_is_written(desk, opened, doc, where, what):
    store = opened()
    with pytest.raises(BadDocument) as refused:
        store.commit(lambda: [Put("persons", 1, doc)])
    assert (refused.value.where, refused.value.what) == (where, what)
    assert store.seq == 1 and len(lines(desk)) == 1
    store.commit(put(store, "persons", name="李四"))


def test_a_cyclic_document_is_refused(opened):
    store = opened()
    doc: dict = {}
    doc["self"] = doc
    with pytest.raises(BadDocument):
        store.commit(lambda: [Put("persons", 1, doc)])
    assert store.seq == 1


def test_a_line_of_a_megabyte_and_awkward_text_come_back_as_they_went(opened):
    store = opened()
    doc = {
        "big": "文" * 350_000,
        "odd": '\u2028\x00\x1f\t\n"\\ \U0001f600',
        "float": 0.1,
        "none": None,
        "nest": [[], {}],
    }
    store.commit(lambda: [Put("persons", 1, doc)])
    other = opened()
    assert other.docs["persons"]["1"] == doc
    other.checkpoint()
    assert opened().docs["persons"]["1"] == doc


def test_nobody_can_change_the_view_through_a_document(opened):
    store = opened()
    source = {"tags": ["a"]}
    store.commit(lambda: [Put("persons", 1, source)])
    source["tags"].append("x")
    store.docs["persons"]["1"]["tags"].append("y")  # type: ignore[index]
    assert store.docs["persons"]["1"] == {"tags": ["a"]}


def test_two_officers_on_one_record_get_one_success_and_one_refusal(opened):
    one, two = opened(), opened()
    one.commit(lambda: [Put("persons", 1, {"rev": 1, "by": ""})])
    two.refresh()

    class Conflict(Exception):
        pass

    def assess(store, name):
        def decide():
            person = store.docs["persons"]["1"]
            if person["rev"] != 1:
                raise Conflict(person["by"])
            return [Put("persons", 1, {"rev": 2, "by": name})]

        return decide

    assert one.commit(assess(one, "王芳"))
    with pytest.raises(Conflict, match="王芳"):
        two.commit(assess(two, "张强"))


def test_commit_inside_commit_is_a_mistake(opened):
    store = opened()
    with pytest.raises(RuntimeError):
        store.commit(lambda: [Put("persons", store.commit(list) or 1, {})])
    assert store.commit(put(store, "persons", name="王五")) == 2


def test_an_unknown_table_reads_as_empty(opened):
    store = opened()
    assert list(store.docs["nothing"]) == []
    assert "nothing" not in store.docs


def test_a_listener_that_fails_does_not_lose_the_line(desk, opened):
    store = opened()

    def broken(_: Commit) -> None:
        raise ZeroDivisionError

    store.listen(broken)
    assert store.commit(put(store, "entries", text="kept")) == 2
    with pytest.raises(ZeroDivisionError):
        store.refresh()
    assert store.refresh() == 0, "said once"
    other = open_store(desk, writer="b@2")
    assert other.docs["entries"]["1"] == {"text": "kept"}
    assert other.verify().ok
    other.close()


def test_an_act_removes_documents_for_good(opened):
    one, two = opened(), opened()
    one.commit(lambda: [Put("units", 1, {"name": "a"}), Put("units", 2, {"name": "b"})])
    two.refresh()
    seen: list[Commit] = []
    two.listen(seen.append)
    one.commit(lambda: [Put("entries", 1, {"text": "undone"}), Gone("units", 2)])
    two.refresh()
    assert one.docs["units"] == two.docs["units"] == {"1": {"name": "a"}}
    assert seen[-1].deletes == (("units", 2),) and seen[-1].anew == {"units"}
    with pytest.raises(BadDocument):
        one.commit(lambda: [Put("units", 2, {"name": "another"})])
    one.close()
    assert opened().docs["units"] == {"1": {"name": "a"}}
    assert opened().verify().ok


def test_no_act_removes_from_a_table_that_is_only_added_to(opened):
    one = opened()
    one.commit(put(one, "entries", text="x"))
    with pytest.raises(BadDocument):
        one.commit(lambda: [Put("units", 1, {}), Gone("entries", 1)])
    assert one.docs["entries"] == {"1": {"text": "x"}}


def test_documents_as_they_stood_before_a_line(opened):
    one = opened()
    one.commit(lambda: [Put("persons", 1, {"name": "a"}), Put("persons", 2, {"name": "b"}), Put("units", 1, {})])
    seq = one.commit(lambda: [Put("persons", 1, {"name": "c"}), Put("persons", 3, {"name": "d"})])
    one.commit(lambda: [Put("persons", 1, {"name": "e"}), Gone("persons", 2)])
    assert one.stood(seq, {"persons": {1, 3}}) == {("persons", 1): {"name": "a"}}
    last = one.commit(lambda: [Put("persons", 2 + 2, {})])
    assert one.stood(last, {"persons": {1, 2}, "units": {1}}) == {("persons", 1): {"name": "e"}, ("units", 1): {}}
