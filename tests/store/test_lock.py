"""The lock: a stopped holder is named, signals wait for the line, a deleted lock file is reported."""

import os
import pwd
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dutyboard.store import Holder, Locked, ReadOnly

from .conftest import put

ROOT = Path(__file__).parents[2]
HOLDER = """
import os, signal, sys
from pathlib import Path
from dutyboard.store import Put, open_store
store = open_store(Path(sys.argv[1]), writer="zhangqiang@" + str(os.getpid()))
def decide():
    print("in", flush=True)
    {inside}
    return [Put("entries", store.next_id("entries"), {{"text": "by the holder"}})]
print(store.commit(decide), flush=True)
"""


def child(desk: Path, inside: str) -> subprocess.Popen[str]:
    """A process in the middle of a commit, in a group of its own: the kernel drops SIGTSTP for a group that nobody else
    of its session looks after, as that of a test run without a terminal."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER.format(inside=inside), str(desk)],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        process_group=0,
    )
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], 20)[0], "the child did not start"
    assert process.stdout.readline() == "in\n"
    return process


def test_a_stopped_holder_is_named_and_loses_nothing(desk, opened):
    store = opened(lock_seconds=0.3)
    process = child(desk, "os.kill(os.getpid(), signal.SIGSTOP)")
    os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
    try:
        with pytest.raises(Locked) as refused:
            store.commit(put(store, "entries", text="mine"))
        holder = refused.value.holder
        assert holder is not None
        assert (holder.pid, holder.writer) == (process.pid, f"zhangqiang@{process.pid}")
        assert holder.since.tzinfo is not None
        assert opened().seq == 1, "reading and opening need no lock"
    finally:
        os.kill(process.pid, signal.SIGCONT)
    out, _ = process.communicate(timeout=20)
    assert out == "2\n"
    assert store.commit(put(store, "entries", text="mine")) == 3
    assert [doc["text"] for doc in store.docs["entries"].values()] == ["by the holder", "mine"]


def test_a_holder_stopped_between_writing_and_syncing_keeps_nobody_from_reading(desk, opened):
    """Its line is in the file, but nobody is shown it: a power cut could still take it away."""
    store = opened()
    store.commit(put(store, "entries", text="a"))
    inside = "disk = sys.modules['dutyboard.store.files.disk']; real = disk.fdatasync; "
    inside += "disk.fdatasync = lambda fd: (os.kill(os.getpid(), signal.SIGSTOP), real(fd))"
    process = child(desk, inside)
    os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
    try:
        assert b"by the holder" in (desk / "journal" / "000000000001.jsonl").read_bytes()
        late = opened(lock_seconds=0.2)
        for handle in (store, late):
            handle.refresh()
            assert [doc["text"] for doc in handle.docs["entries"].values()] == ["a"]
        with pytest.raises(Locked):
            late.commit(put(late, "entries", text="b"))
    finally:
        process.kill()
        process.wait()
    assert late.commit(put(late, "entries", text="b")) == 4, "the line was whole: it is adopted"
    assert [doc["text"] for doc in late.docs["entries"].values()] == ["a", "by the holder", "b"]


def test_a_killed_holder_leaves_nothing_behind(desk, opened):
    store = opened()
    process = child(desk, "sys.stdin.read()")
    process.kill()
    process.wait()
    assert store.commit(put(store, "entries", text="mine")) == 2


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGTSTP])
def test_a_signal_waits_until_the_line_is_written(desk, opened, sent):
    process = child(desk, "sys.stdin.readline()")
    process.send_signal(sent)
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    if sent == signal.SIGTSTP:
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
    else:
        process.wait(timeout=20)
    store = opened(lock_seconds=0.3)
    assert [doc["text"] for doc in store.docs["entries"].values()] == ["by the holder"]
    assert store.commit(put(store, "entries", text="mine")) == 3, "the lock is free"
    process.kill()
    process.wait()


@pytest.mark.parametrize("replaced", [False, True], ids=["deleted", "replaced"])
def test_a_deleted_lock_file_is_reported_and_mended_by_opening_again(desk, opened, replaced):
    store = opened()
    store.commit(put(store, "entries", text="a"))
    (desk / "lock").rename(desk.parent / "old-lock")
    if replaced:
        (desk / "lock").write_bytes(b"")
    for attempt in (store.refresh, lambda: store.commit(put(store, "entries", text="b"))):
        with pytest.raises(ReadOnly) as refused:
            attempt()
        assert refused.value.reason == "lock_replaced"
    again = opened()
    assert again.commit(put(again, "entries", text="b")) == 3
    assert again.verify().ok


def test_a_holder_that_names_nobody_is_named_by_the_system(desk, opened):
    """To hold the lock it is enough that one may read it; and whoever was killed left his name in it."""
    store = opened(lock_seconds=0.05)
    killed = child(desk, "sys.stdin.read()")
    killed.kill()
    killed.wait()
    told = "import fcntl, sys; f = open(sys.argv[1]); fcntl.flock(f, fcntl.LOCK_EX); print('in', flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", told, str(desk / "lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None and holder.stdout.readline() == "in\n"
    try:
        with pytest.raises(Locked) as refused:
            store.commit(put(store, "entries", text="a"))
        user = pwd.getpwuid(os.getuid()).pw_name
        assert refused.value.holder == Holder(holder.pid, f"{user}@{holder.pid}", None)
    finally:
        holder.kill()
        holder.wait()
    assert store.commit(put(store, "entries", text="a"))
