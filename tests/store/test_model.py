"""Random sequences of everything, by two processes and a crash now and then, against a plain dictionary."""

import multiprocessing
import shutil
import tempfile
from collections.abc import Callable
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dutyboard.store import Put, Store, checkpoint, open_store
from tests.engine.cluster import Cluster
from tests.engine.mirrors import desk_address, mirror

from .archived import archived_of
from .proofs.faults import no_syncing

HANDLES = st.sampled_from([0, 1])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab\n\"文", max_size=3), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


# What either process can be asked to do -----------------------------------------------------------------------------
def insert(store: Store, value: Any, rid: str | None) -> int | None:
    return store.commit(lambda: [Put("persons", store.next_id("persons"), {"v": value})], rid=rid)


def amend(store: Store, doc_id: int, value: Any) -> int | None:
    return store.commit(lambda: [Put("persons", doc_id, {"v": value, "amended": True})])


def refuse(store: Store) -> bool:
    def decide() -> list[Put]:
        raise LookupError

    try:
        store.commit(decide)
    except LookupError:
        return True
    return False


def make_checkpoint(store: Store) -> None:
    store.checkpoint()


def archive(store: Store, picks: set[int]) -> str | None:
    return store.archive("old", lambda: {"persons": picks})


def look(store: Store) -> tuple[int, str, int, dict[int, Any], int]:
    """Number, head, next id, documents in their order, alarms."""
    store.refresh()
    documents = {int(i): doc for i, doc in store.docs["persons"].items()}
    return store.seq, store.head, store.next_id("persons"), documents, len(store.alarms)


def archived(store: Store) -> tuple[dict[int, Any], bool]:
    return dict(archived_of(store, "persons")), store.verify().ok


class Elsewhere:
    """A store opened in a process of its own, asked through a pipe."""

    def __init__(self, folder: Path, writer: str) -> None:
        context = multiprocessing.get_context("fork")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=self._serve, args=(folder, writer, theirs), daemon=True)
        self._process.start()

    @staticmethod
    def _serve(folder: Path, writer: str, pipe: Connection) -> None:
        store = open_store(folder, writer=writer)
        while (asked := pipe.recv()) is not None:
            act, arguments = asked
            pipe.send(act(store, *arguments))

    def do(self, act: Callable[..., Any], *arguments: Any) -> Any:
        self._pipe.send((act, arguments))
        return self._pipe.recv()

    def leave(self) -> None:
        """The process is gone, without a farewell."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


class Here:
    """A store opened in this process."""

    def __init__(self, folder: Path, writer: str) -> None:
        self._store = open_store(folder, writer=writer)

    def do(self, act: Callable[..., Any], *arguments: Any) -> Any:
        return act(self._store, *arguments)

    def leave(self) -> None:
        self._store.close()


class Desk(RuleBasedStateMachine):
    """The model: live and archived documents of one table, and every id ever used."""

    @initialize()
    def begin(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="dutyboard-model-"))
        self.folders = self.prepared()
        self.quiet = no_syncing()
        self.quiet.__enter__()
        self.segment, checkpoint.SEGMENT_BYTES = checkpoint.SEGMENT_BYTES, 700
        self.handles: list[Here | Elsewhere] = []
        self.all_open()
        self.live: dict[int, dict] = {}
        self.archived: dict[int, dict] = {}
        self.next = 1
        self.rids: dict[str, int] = {}

    def prepared(self) -> tuple[Path, Path]:
        """Return the folder of each handle."""
        return self.place / "desk", self.place / "desk"

    def all_open(self) -> None:
        self.handles = [Here(self.folders[0], "here@1"), Elsewhere(self.folders[1], "elsewhere@2")]

    @rule(handle=HANDLES, value=VALUES, rid=st.none() | st.sampled_from("abc"))
    def insert(self, handle, value, rid) -> None:
        seq = self.handles[handle].do(insert, value, rid)
        if rid in self.rids:
            assert seq == self.rids[rid]
            return
        if rid is not None:
            self.rids[rid] = seq
        self.live[self.next] = {"v": value}
        self.next += 1

    @rule(handle=HANDLES, value=VALUES, pick=st.integers(0, 99))
    def amend(self, handle, value, pick) -> None:
        if self.live:
            doc_id = sorted(self.live)[pick % len(self.live)]
            self.handles[handle].do(amend, doc_id, value)
            self.live[doc_id] = {"v": value, "amended": True}

    @rule(handle=HANDLES)
    def refused(self, handle) -> None:
        assert self.handles[handle].do(refuse)

    @rule(handle=HANDLES)
    def checkpoint(self, handle) -> None:
        self.handles[handle].do(make_checkpoint)

    @rule(handle=HANDLES, picks=st.sets(st.integers(1, 12), max_size=4))
    def archive(self, handle, picks) -> None:
        self.handles[handle].do(archive, picks)
        for doc_id in picks & self.live.keys():
            self.archived[doc_id] = self.live.pop(doc_id)

    @rule(lose_mark=st.booleans())
    def power_cut(self, lose_mark) -> None:
        """Everybody is gone; the mark may be lost; a part of a line may stand at the end."""
        for handle in self.handles:
            handle.leave()
        for folder in set(self.folders):
            last = max((folder / "journal").iterdir())
            with last.open("ab") as file:
                file.write(b'{"n":99,"t":"2021-06-07T')
            if lose_mark:
                (folder / "lock").unlink()
        self.all_open()
        assert [handle.do(look)[4] for handle in self.handles] == [0, 0]

    @rule(handle=HANDLES)
    def reopen(self, handle) -> None:
        kind = type(self.handles[handle])
        self.handles[handle].leave()
        self.handles[handle] = kind(self.folders[handle], f"again{handle}@3")

    @invariant()
    def views_are_equal_and_right(self) -> None:
        seen = [handle.do(look) for handle in self.handles]
        for _, _, following, documents, _ in seen:
            assert documents == self.live
            assert following >= self.next
        one, other = seen
        assert one[:2] == other[:2]
        assert [*one[3]] == [*other[3]]

    def teardown(self) -> None:
        if hasattr(self, "place"):
            try:
                assert [handle.do(archived) for handle in self.handles] == [(self.archived, True)] * 2
            finally:
                checkpoint.SEGMENT_BYTES = self.segment
                self.quiet.__exit__(None, None, None)
                for handle in self.handles:
                    handle.leave()
                shutil.rmtree(self.place)


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


class TwoMirrors(Desk):
    """The same model of two terminal servers: each process has a mirror of its own, and one server holds the lines."""

    cluster: Cluster
    schemas = count(1)

    def prepared(self) -> tuple[Path, Path]:
        address = desk_address(self.cluster, f"model_{next(self.schemas)}")
        return mirror(self.place / "one", address), mirror(self.place / "two", address)


@pytest.fixture
def served(cluster: Cluster) -> None:
    TwoMirrors.cluster = cluster


@pytest.mark.postgresql
@pytest.mark.usefixtures("served")
class TestMirrors(TwoMirrors.TestCase):  # type: ignore[misc, name-defined]
    settings = settings(max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
