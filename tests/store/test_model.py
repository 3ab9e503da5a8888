"""Random sequences of everything, by two handles and a crash now and then, against a plain dictionary."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from store import Put, Store, checkpoint, open_store

from .proofs.faults import no_syncing

HANDLES = st.sampled_from([0, 1])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab\n\"文", max_size=3), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


class Desk(RuleBasedStateMachine):
    """The model: live and archived documents of one table, and every id ever used."""

    @initialize()
    def begin(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="dutyboard-model-"))
        self.folder = self.place / "desk"
        self.quiet = no_syncing()
        self.quiet.__enter__()
        self.segment, checkpoint.SEGMENT_BYTES = checkpoint.SEGMENT_BYTES, 700
        self.handles: list[Store] = [open_store(self.folder, writer=f"w{k}@1") for k in (0, 1)]
        self.live: dict[int, dict] = {}
        self.archived: dict[int, dict] = {}
        self.next = 1
        self.rids: dict[str, int] = {}

    @rule(handle=HANDLES, value=VALUES, rid=st.none() | st.sampled_from("abc"))
    def insert(self, handle, value, rid) -> None:
        store = self.handles[handle]
        seq = store.commit(lambda: [Put("persons", store.next_id("persons"), {"v": value})], rid=rid)
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
            self.handles[handle].commit(lambda: [Put("persons", doc_id, {"v": value, "amended": True})])
            self.live[doc_id] = {"v": value, "amended": True}

    @rule(handle=HANDLES, pick=st.integers(0, 99))
    def refused(self, handle, pick) -> None:
        def decide():
            raise LookupError(pick)

        try:
            self.handles[handle].commit(decide)
        except LookupError:
            return
        raise AssertionError

    @rule(handle=HANDLES)
    def checkpoint(self, handle) -> None:
        assert self.handles[handle].checkpoint()

    @rule(handle=HANDLES, picks=st.sets(st.integers(1, 12), max_size=4))
    def archive(self, handle, picks) -> None:
        self.handles[handle].archive("old", lambda: {"persons": picks})
        for doc_id in picks & self.live.keys():
            self.archived[doc_id] = self.live.pop(doc_id)

    @rule(handle=HANDLES, lose_mark=st.booleans())
    def power_cut(self, handle, lose_mark) -> None:
        """Everybody is gone; the mark may be lost; a part of a line may stand at the end."""
        for store in self.handles:
            store.close()
        last = max((self.folder / "journal").iterdir())
        with last.open("ab") as file:
            file.write(b'{"n":99,"t":"2021-06-07T')
        if lose_mark:
            (self.folder / "lock").unlink()
        self.handles = [open_store(self.folder, writer=f"w{k}@2") for k in (0, 1)]
        assert not self.handles[handle].alarms

    @rule(handle=HANDLES)
    def reopen(self, handle) -> None:
        self.handles[handle].close()
        self.handles[handle] = open_store(self.folder, writer=f"w{handle}@3")

    @invariant()
    def views_are_equal_and_right(self) -> None:
        for store in self.handles:
            store.refresh()
            assert {int(i): doc for i, doc in store.docs["persons"].items()} == self.live
            assert store.next_id("persons") >= self.next
        one, two = self.handles
        assert (one.seq, one.head) == (two.seq, two.head)
        assert [*one.docs["persons"]] == [*two.docs["persons"]]

    def teardown(self) -> None:
        if hasattr(self, "place"):
            try:
                assert dict(self.handles[0].history("persons")) == self.archived
                assert self.handles[1].verify().ok
            finally:
                checkpoint.SEGMENT_BYTES = self.segment
                self.quiet.__exit__(None, None, None)
                for store in self.handles:
                    store.close()
                shutil.rmtree(self.place)


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
