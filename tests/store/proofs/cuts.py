"""The journal and db.json cut at every byte, and one bit flipped at every byte."""

import shutil
from pathlib import Path

from dutyboard.store import Corrupt, Put, open_store

from .faults import no_syncing

SEGMENT = "journal/000000000001.jsonl"


def sample(folder: Path, entries: int, *, checkpoint: bool) -> list[int]:
    """A desk; the offsets in its journal at which its lines end."""
    shutil.rmtree(folder, ignore_errors=True)
    store = open_store(folder, writer="w@1")
    for k in range(entries):
        store.commit(lambda k=k: [Put("entries", k + 1, {"k": k, "text": "接东城区疾控中心电话,已通知社区"})])
        if checkpoint and k == entries // 2:
            store.checkpoint()
    store.close()
    raw = (folder / SEGMENT).read_bytes()
    return [position + 1 for position, byte in enumerate(raw) if byte == 10]


def opens_with(folder: Path) -> int:
    """Number of entries, after writing one more and seeing the whole chain verified."""
    store = open_store(folder, writer="after@2")
    before = len(store.docs["entries"])
    store.commit(lambda: [Put("entries", store.next_id("entries"), {"k": "after"})])
    report = store.verify()
    # a db.json that was itself damaged is rebuilt and set aside; until the next checkpoint the journal misses it
    assert all(problem.what == "missing" for problem in report.problems), report.problems
    store.close()
    return before


def run(scratch: Path, entries: int, every: int = 1) -> str:
    with no_syncing():
        cut = _cut_journal(scratch, entries, every)
        flipped = _flip_journal(scratch, entries, every)
        checkpoints = _damage_checkpoint(scratch, entries, every)
    return f"journal cut at {cut} places, flipped at {flipped}; db.json cut and flipped at {checkpoints}"


def _cut_journal(scratch: Path, entries: int, every: int) -> int:
    """After a power cut (the mark is lost): the whole lines, and work goes on. Mark kept: damage, reported."""
    ends = sample(scratch / "sample", entries, checkpoint=False)
    raw = (scratch / "sample" / SEGMENT).read_bytes()
    desk, count = scratch / "desk", 0
    for cut in range(0, len(raw), every):
        whole = sum(end <= cut for end in ends)
        for kept in (False, True):
            shutil.rmtree(desk, ignore_errors=True)
            shutil.copytree(scratch / "sample", desk)
            (desk / SEGMENT).write_bytes(raw[:cut])
            if kept:
                _is_reported(desk, f"cut at {cut}")
            else:
                (desk / "lock").unlink()
                found = opens_with(desk)
                assert found == max(whole - 1, 0), f"cut at {cut}: {found} of {whole - 1}"  # the first line is no entry
            count += 1
    return count


def _flip_journal(scratch: Path, entries: int, every: int) -> int:
    """Reported wherever it is; with the mark lost the last line alone may pass for torn, and is set aside."""
    ends = sample(scratch / "sample", entries, checkpoint=False)
    raw = (scratch / "sample" / SEGMENT).read_bytes()
    desk, count = scratch / "desk", 0
    for place in range(0, len(raw), every):
        changed = bytearray(raw)
        changed[place] ^= 1 << place % 8
        for kept in (False, True):
            shutil.rmtree(desk, ignore_errors=True)
            shutil.copytree(scratch / "sample", desk)
            (desk / SEGMENT).write_bytes(changed)
            if not kept:
                (desk / "lock").unlink()
            if kept or place < ends[-2] - 1:
                _is_reported(desk, f"flip at {place}")
            else:
                try:
                    found = opens_with(desk)
                except Corrupt:
                    pass  # the newline between the last two: not to be told from damage
                else:
                    assert found < entries and any((desk / "torn").iterdir()), f"flip at {place} was accepted"
            count += 1
    return count


def _damage_checkpoint(scratch: Path, entries: int, every: int) -> int:
    """db.json damaged in any way: everything is there, from the journal."""
    sample(scratch / "sample", entries, checkpoint=True)
    raw = (scratch / "sample" / "db.json").read_bytes()
    desk, count = scratch / "desk", 0
    for place in range(0, len(raw), every):
        flipped = bytearray(raw)
        flipped[place] ^= 1 << place % 8
        for text in (raw[:place], bytes(flipped)):
            shutil.rmtree(desk, ignore_errors=True)
            shutil.copytree(scratch / "sample", desk)
            (desk / "db.json").write_bytes(text)
            if count % 3 == 0:
                (desk / "lock").unlink()
            assert opens_with(desk) == entries, f"db.json at {place}"
            assert any((desk / "torn").iterdir()), f"db.json at {place}: not noticed"
            count += 1
    return count


def _is_reported(desk: Path, what: str) -> None:
    try:
        store = open_store(desk, writer="w@2")
    except Corrupt:
        return
    store.close()
    raise AssertionError(f"{what} was not noticed")
