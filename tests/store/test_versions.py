"""The form of lines and segments (container) and of documents (schema) have versions of their own."""

from importlib import import_module

import orjson
import pytest

from dutyboard.store import (
    JournalDB,
    Large,
    Put,
    Step,
    TooNew,
    checkpoint,
    commit,
    ledger,
    open_store,
    opening,
    salvage,
    verify,
)
from dutyboard.store.commit import locked

from .conftest import put

SEGMENT = "journal/000000000001.jsonl"


@pytest.mark.parametrize("way", ["line", "checkpoint"])
def test_a_container_of_a_newer_program_is_refused_by_whoever_reads_it(desk, opened, way):
    store = opened()
    store.commit(put(store, "entries", text="a"))
    with locked(store._ledger) as append, pytest.raises(TooNew) as refused:
        append({"container": 9})
    assert (refused.value.what, refused.value.number, refused.value.known) == ("container", 9, 2)
    store.close()
    if way == "checkpoint":
        with pytest.MonkeyPatch.context() as newer:
            for module in (ledger, import_module("dutyboard.store.verify")):
                newer.setattr(module, "CONTAINER", 9)
            open_store(desk, writer="newer@1").checkpoint()
    before = {path: path.read_bytes() for path in sorted(desk.rglob("*")) if path.is_file()}
    for act in (
        lambda: open_store(desk, writer="old@1"),
        lambda: open_store(desk, writer="old@1", damaged_ok=True),
        lambda: JournalDB(desk),
        lambda: verify(desk),
        lambda: salvage(desk, writer="old@1", reason="a try"),
    ):
        with pytest.raises(TooNew) as refused:
            act()
        assert (refused.value.what, refused.value.number, refused.value.known) == ("container", 9, 2)
    after = {path: path.read_bytes() for path in sorted(desk.rglob("*")) if path.is_file() and "lock" not in path.name}
    assert after.items() <= before.items(), "nothing of it was written"


def test_container_and_schema_have_versions_of_their_own(desk, opened):
    store = opened(steps=[Step(2, lambda _: [])])
    first = orjson.loads((desk / SEGMENT).read_bytes().splitlines()[0])
    assert (first["container"], first["fmt"]) == (2, 2)
    store.checkpoint()
    meta = orjson.loads((desk / "db.json").read_bytes())["_meta"]["1"]
    assert (meta["container"], meta["fmt"]) == (2, 2)


def test_a_desk_of_the_first_container_is_raised_by_the_line_that_needs_it(desk, opened, monkeypatch):
    with monkeypatch.context() as old:
        for module in (opening, commit, checkpoint):
            old.setattr(module, "CONTAINER", 1)
        old.setattr(checkpoint, "PACKED_AT_ONCE", 0)
        store = open_store(desk, writer="old@1", line_bytes=300)
        store.commit(put(store, "entries", text="a"))
        store.close()
    store = opened(line_bytes=300)
    assert store._ledger.view.container == 1, "opening alone writes nothing"
    large = Large([Put("persons", number, {"text": "a" * 100}) for number in range(1, 5)])
    store.commit(lambda: large)
    assert store._ledger.view.container == 2
    assert opened()._ledger.view.container == 2
    assert store.verify().ok
