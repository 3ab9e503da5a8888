"""Two sessions that open a new desk at the same moment: each writes, and the chain is one."""

from pathlib import Path

import pytest

from dutyboard.store import Put, Store, journal, open_store, verify
from dutyboard.store.files.folder import Folder


def test_a_first_segment_that_another_made_just_then_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one begins and ends between the look for the first segment and the making of it."""
    folder, real, others = tmp_path / "desk", journal.is_there, list[Store]()

    def looked(within: Folder, first: int) -> bool:
        there = real(within, first)
        if not there and not others:
            monkeypatch.setattr(journal, "is_there", real)
            others.append(open_store(folder, writer="b@2"))
        return there

    monkeypatch.setattr(journal, "is_there", looked)
    one = open_store(folder, writer="a@1")
    for store in (one, *others):
        store.commit(lambda store=store: [Put("entries", store.next_id("entries"), {"text": "记"})])
    assert len(others) == 1
    report = verify(folder)
    assert (report.problems, report.lines) == ((), 3)
