"""Single faults, each with its rule: full disk, failed sync, part-written line, clock, read-only folder, network."""

import errno
import os
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest

from dutyboard.store import NotLocal, ReadOnly, SaveFailed, Step, TooNew, open_store
from dutyboard.store.commit import locked
from dutyboard.store.files import disk, filesystem, writes
from dutyboard.store.opening import open_ledger

from .conftest import put
from .proofs.faults import Faults, failing

SEGMENT = "journal/000000000001.jsonl"


def texts(store) -> list[str]:
    return [doc["text"] for doc in store.docs["entries"].values()]


def test_a_full_disk_is_refused_and_work_goes_on_when_there_is_room(desk, opened):
    store, other = opened(), opened()
    store.commit(put(store, "entries", text="a"))
    with failing(Faults(1, errno.ENOSPC, short=57), ("write",)), pytest.raises(SaveFailed) as refused:
        store.commit(put(store, "entries", text="b"))
    assert (refused.value.errno, refused.value.where) == (errno.ENOSPC, "write")
    assert (desk / SEGMENT).read_bytes().endswith(b"\n"), "the part was taken back"
    other.refresh()
    assert texts(store) == texts(other) == ["a"]
    other.commit(put(other, "entries", text="c"))
    assert texts(opened()) == ["a", "c"]


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a tiny file system needs root")
def test_a_tiny_file_system_that_fills_up(tmp_path):
    place = tmp_path / "tiny"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("this machine may not mount")
    try:
        (place / "ballast").write_bytes(b"0" * 65536)
        store = open_store(place / "desk", writer="w@1")
        saved = refused = 0
        while refused < 20:
            try:
                store.commit(put(store, "entries", text="接东城区电话" * 20))
                saved += 1
            except SaveFailed as error:
                assert error.errno == errno.ENOSPC
                refused += 1
        with pytest.raises(SaveFailed):
            store.checkpoint()
        (place / "ballast").unlink()
        store.commit(put(store, "entries", text="room again"))
        assert len(store.docs["entries"]) == saved + 1 > 100
        assert store.verify().ok
        store.close()
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_a_short_write_is_finished(opened, monkeypatch):
    store = opened()
    monkeypatch.setattr(disk, "write", lambda fd, data: os.write(fd, data[:7]))
    store.commit(put(store, "entries", text="接电话"))
    assert texts(opened()) == ["接电话"]


def test_a_failed_sync_is_never_retried_into_a_lie(opened):
    store, other = opened(), opened()
    store.commit(put(store, "entries", text="a"))
    with failing(Faults(1, errno.EIO), ("fdatasync",)), pytest.raises(SaveFailed) as refused:
        store.commit(put(store, "entries", text="b"))
    assert refused.value.where == "sync"
    for handle in (store, other, opened()):
        with pytest.raises(ReadOnly) as poisoned:
            handle.commit(put(handle, "entries", text="c"))
        assert poisoned.value.reason == "poisoned"
        handle.refresh()
        assert texts(handle) == ["a"], "still readable, and nobody saw what was not saved"
    healed = store.heal()
    assert other.commit(put(other, "entries", text="c")) == healed + 1
    assert texts(opened()) == ["a", "c"]
    assert other.verify().ok


def test_a_failed_sync_is_forgotten_when_the_machine_was_started_anew(opened, monkeypatch):
    store = opened()
    with failing(Faults(1, errno.EIO), ("fdatasync",)), pytest.raises(SaveFailed):
        store.commit(put(store, "entries", text="b"))
    monkeypatch.setattr("dutyboard.store.files.lock.boot_id", lambda: 4711)  # the page cache of that run is gone
    assert opened().commit(put(store, "entries", text="c")) == 2


def test_a_torn_tail_is_set_aside_and_said(desk, opened):
    store = opened()
    store.commit(put(store, "entries", text="a"))
    with (desk / SEGMENT).open("ab") as file:
        file.write('{"n":3,"t":"2021-06-07T19:40:00","put":{"entries":{"2":{"text":"接'.encode()[:-1])
    assert store.commit(put(store, "entries", text="b")) == 4
    (aside,) = (desk / "torn").iterdir()
    assert aside.read_bytes().startswith(b'{"n":3')
    assert f'"cut":{{"file":"{aside.name}"' in (desk / SEGMENT).read_text()
    assert texts(opened()) == ["a", "b"]
    assert store.verify().ok


def test_a_clock_that_jumps_changes_no_order(desk):
    stamps = iter(
        [
            "2021-06-07T19:40:00+08:00",
            "2021-06-07T19:41:00+08:00",
            "2020-01-01T00:00:00+08:00",
            "2036-02-29T23:59:60Z",
            "2021-11-07T01:30:00-04:00",
            "2021-11-07T01:10:00-05:00",  # the hour that comes twice at the end of a summer time
        ]
    )
    ledger = open_ledger(desk, writer="w@1", clock=lambda: next(stamps))
    for k in (1, 2, 3, 4, 5):
        with locked(ledger) as append:
            append({"put": {"entries": {str(k): {"text": str(k)}}}})
    ledger.close()
    store = open_store(desk, writer="r@1")
    assert texts(store) == ["1", "2", "3", "4", "5"]
    assert [next(store.trail("entries", k)).at for k in (1, 2, 3, 4, 5)] == [
        "2021-06-07T19:41:00+08:00",
        "2020-01-01T00:00:00+08:00",
        "2036-02-29T23:59:60Z",
        "2021-11-07T01:30:00-04:00",
        "2021-11-07T01:10:00-05:00",
    ]
    report = store.verify()
    assert report.ok
    assert [(each.line, each.what) for each in report.notes] == [(3, "clock_back")]
    store.close()


def as_guest(desk: Path, answers: int) -> None:
    """What a user without permission to write finds; runs in a forked process."""
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
    try:
        store = open_store(desk, writer="guest@1")
        found = [texts(store), store.writable, store.verify().ok, store.refresh()]
        try:
            store.commit(put(store, "entries", text="b"))
        except ReadOnly as refused:
            found.append(refused.reason)
        os.write(answers, repr(found).encode())
    except BaseException as error:
        os.write(answers, repr(error).encode())
    finally:
        os._exit(0)


@pytest.mark.skipif(os.geteuid() != 0, reason="becoming somebody else needs root")
@pytest.mark.parametrize("mark", ["kept", "lost", "missing"])
def test_who_may_only_read_reads(mark):
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        desk = Path(place) / "desk"
        store = open_store(desk, writer="w@1")
        store.commit(put(store, "entries", text="a"))
        store.checkpoint()
        store.close()
        if mark == "lost":
            (desk / "lock").write_bytes(bytes(4096))
        elif mark == "missing":
            (desk / "lock").unlink()
        for path in (desk, *desk.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        reading, writing = os.pipe()
        pid = os.fork()
        if not pid:
            as_guest(desk, writing)
        os.waitpid(pid, 0)
        assert os.read(reading, 4096).decode() == "[['a'], False, True, 0, 'not_writable']"
        os.close(reading)
        os.close(writing)


@pytest.mark.parametrize("kind", ["nfs4", "fuse.glusterfs", "fuse.rclone", "9p", "virtiofs", "ocfs2", "newfs"])
@pytest.mark.parametrize("place", [".", "desk", "desk/journal"])
def test_a_network_folder_is_refused(tmp_path, monkeypatch, kind, place):
    """Also one that nobody has heard of, and one that is mounted inside of the desk."""
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        f"1 0 0:1 / / rw shared:1 - ext4 /dev/sda rw\n2 1 0:2 / {tmp_path} rw - xfs /dev/sdb rw\n"
        f"30 1 0:30 / {tmp_path / place} rw shared:1 - {kind} server:/desk rw\n"
        f"31 1 0:31 / {tmp_path}/other rw - nfs4 s:/ rw\n"
    )
    monkeypatch.setattr(filesystem, "MOUNTS", mounts)
    with pytest.raises(NotLocal) as refused:
        open_store(tmp_path / "desk", writer="w@1")
    assert refused.value.filesystem == kind
    assert not (tmp_path / "desk").exists()
    monkeypatch.setattr(filesystem._Answer, "given", True)
    open_store(tmp_path / "desk", writer="w@1").close()


def test_a_local_disk_is_told_by_its_path(tmp_path, monkeypatch):
    """Not by its device number: that of a btrfs subvolume stands in no list of mounts."""
    folder = tmp_path / "a desk"
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        f"1 0 0:1 / / rw - nfs4 s:/ rw\n2 1 0:2 / {tmp_path}/a\\040desk rw - btrfs /dev/sdb rw\n"
        f"3 1 0:3 / {tmp_path}/a rw - nfs4 s:/ rw\n"
    )
    monkeypatch.setattr(filesystem, "MOUNTS", mounts)
    open_store(folder, writer="w@1").close()


def test_a_folder_of_a_newer_program_is_refused(opened):
    newer, old = opened(steps=[Step(2, lambda _: [])]), None
    newer.commit(put(newer, "entries", text="a"))
    with pytest.raises(TooNew) as refused:
        old = opened()
    assert (refused.value.what, refused.value.number, refused.value.known) == ("schema", 2, 1) and old is None
    newer.checkpoint()
    with pytest.raises(TooNew):
        opened()


@pytest.mark.parametrize(("period", "inotify"), [(1000, True), (0.01, False)])
def test_a_written_line_wakes_at_once_and_without_inotify_a_look_does(opened, monkeypatch, period, inotify):
    if not inotify:
        monkeypatch.setattr(writes, "_watched", lambda _: None)
    store, other = opened(), opened()
    woken, stop = threading.Event(), threading.Event()
    thread = threading.Thread(target=store.watch, args=(woken.set, stop, period), daemon=True)
    thread.start()
    try:
        for _ in range(200):  # the first ones may come before the watch does
            other.commit(put(other, "entries", text="a"))
            if woken.wait(0.05):
                break
        assert woken.is_set()
    finally:
        stop.set()
        other.commit(put(other, "entries", text="the last"))
        thread.join(10)
    assert not thread.is_alive()


def test_watch_wakes_when_somebody_commits_and_applies_nothing(opened):
    store, other = opened(), opened()
    woken, stop = threading.Event(), threading.Event()
    thread = threading.Thread(target=store.watch, args=(woken.set, stop, 0.01))
    thread.start()
    try:
        other.commit(put(other, "entries", text="a"))
        assert woken.wait(10)
        assert store.seq == 1
        assert store.refresh() == 1
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
