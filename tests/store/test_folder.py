"""The folder: permissions that no umask changes, and nothing opened that somebody else put in a file's place."""

import os
import shutil
import stat
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from dutyboard.store import Denied, ReadOnly, Store, Unsafe, checkpoint, open_store, restore, verify
from dutyboard.store.commit import locked
from dutyboard.store.drafts import load_drafts, save_draft
from dutyboard.store.files.folder import Folder

from .archived import archived_of
from .bytes_of import bytes_of
from .conftest import put

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="becoming somebody else needs root")
GROUP = 64999
A, B, C = 64901, 64902, 64903
SEGMENT = "journal/000000000001.jsonl"


@pytest.fixture(autouse=True)
def _short_segments(monkeypatch):
    monkeypatch.setattr(checkpoint, "SEGMENT_BYTES", 200)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that every user reaches, unlike those of pytest."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def as_user(uid: int, umask: int, act: Callable[[], object]) -> str:
    """Do something as another user of the group, with his umask, in a forked process; return what it gave or raised."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.setgroups([GROUP])
            os.setgid(uid)
            os.setuid(uid)
            os.umask(umask)
            told = repr(act())
        except BaseException as error:
            told = repr(error)
        os.write(writing, told.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        found = answer.read().decode()
    os.waitpid(pid, 0)
    return found


def work(desk: Path, text: str) -> int:
    """A turn of one officer: an entry, a new segment, a checkpoint, an archive."""
    store = open_store(desk, writer=f"{text}@1")
    store.commit(put(store, "entries", text=text))
    number = store.commit(put(store, "persons", text=text))
    store.checkpoint()
    store.archive("old", lambda: {"persons": [int(each) for each in store.docs["persons"]]})
    store.close()
    assert number is not None
    return number


def modes(desk: Path) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {"folders": {stat.S_IMODE(desk.stat().st_mode)}, "files": set()}
    for path in desk.rglob("*"):
        found["folders" if path.is_dir() else "files"].add(stat.S_IMODE(path.stat().st_mode))
    return found


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_a_desk_is_its_owners_alone_whatever_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        work(tmp_path / "desk", "a")
        save_draft(tmp_path / "desk", "root", "note", {"text": "a"})
        store = open_store(tmp_path / "desk", writer="w@1")
        store.backup(tmp_path / "copy")
        store.close()
    finally:
        os.umask(before)
    for each in ("desk", "copy"):
        assert modes(tmp_path / each) == {"folders": {0o700}, "files": {0o600}}


@AS_ROOT
@pytest.mark.parametrize("umasks", [(0o022, 0o077, 0o007), (0o077, 0o022, 0o077)])
def test_colleagues_of_a_shared_folder_never_lock_each_other_out(place, umasks):
    desk = place / "desk"
    desk.mkdir()
    os.chown(desk, A, GROUP)
    desk.chmod(0o2770)
    for turn in range(2):
        for uid, umask in zip((A, B, C), umasks):
            told = as_user(uid, umask, lambda uid=uid: work(desk, f"{uid}"))
            assert told.isdecimal(), (turn, uid, told)
    assert modes(desk) == {"folders": {0o2770}, "files": {0o660}}
    saved = as_user(B, 0o022, lambda: save_draft(desk, "root", "note", {"text": "b"}))
    assert saved == "None"
    assert as_user(C, 0o022, lambda: load_drafts(desk, "root", "note")) == "[]", "a draft of another is not mine"


@AS_ROOT
@pytest.mark.parametrize("mode", [0o700, 0o2770])
def test_a_prepared_folder_keeps_its_owner_and_its_modes_when_a_backup_is_restored(place, mode):
    desk, copy, new = place / "desk", place / "copy", place / "new"
    for each in (desk, new):
        each.mkdir()
        os.chown(each, A, GROUP)
        each.chmod(mode)
    place.chmod(0o777)

    def copied() -> None:
        work(desk, "a")
        store = open_store(desk, writer="a@1")
        store.backup(copy)
        store.close()

    assert as_user(A, 0o022, copied) == "None"
    assert as_user(A, 0o077, lambda: restore(copy, new, writer="a@1").ok) == "True"
    assert modes(new) == {"folders": {mode}, "files": {0o660 if mode == 0o2770 else 0o600}}
    assert {path.stat().st_uid for path in (new, *new.rglob("*"))} == {A}
    if mode == 0o2770:
        assert as_user(B, 0o077, lambda: work(new, "b")).isdecimal()


@AS_ROOT
def test_root_keeps_out_of_a_folder_that_others_may_have_prepared(place):
    desk = place / "desk"
    desk.mkdir()
    os.chown(desk, A, GROUP)
    with pytest.raises(Unsafe) as refused:
        open_store(desk, writer="root@1")
    assert (refused.value.reason, refused.value.owner) == ("root", A)
    assert list(desk.iterdir()) == []


@AS_ROOT
def test_a_file_that_we_may_not_read_is_named_with_its_owner(place):
    desk = place / "desk"
    desk.mkdir()
    os.chown(desk, A, GROUP)
    desk.chmod(0o2770)
    as_user(A, 0o007, lambda: work(desk, "a"))
    (desk / "db.json").chmod(0o600)
    assert as_user(B, 0o007, lambda: work(desk, "b")).isdecimal(), "the journal holds everything"
    (desk / f"{SEGMENT}.gz").chmod(0o600)
    (desk / "db.json").unlink()

    def told() -> tuple[str, int, int]:
        try:
            open_store(desk, writer="b@1")
        except Denied as denied:
            return denied.file, denied.owner, denied.mode
        raise AssertionError

    assert as_user(B, 0o007, told) == repr((f"{SEGMENT}.gz", A, 0o600))


def peak_of(act):
    """What an act returns, and the most bytes that it held in memory."""
    tracemalloc.start()
    try:
        return act(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def links(victim: Path) -> dict[str, Callable[[Path], object]]:
    return {
        "link": lambda path: path.symlink_to(victim),
        "hard_link": lambda path: path.hardlink_to(victim),
        "not_a_file": lambda path: os.mkfifo(path),
    }


@pytest.mark.parametrize("kind", ["link", "hard_link", "not_a_file"])
@pytest.mark.parametrize("what", ["lock", "segment"])
def test_a_planted_name_is_refused_and_its_victim_untouched(tmp_path, kind, what):
    desk, victim = tmp_path / "desk", tmp_path / "victim"
    work(desk, "a")
    file = f"journal/{max((desk / 'journal').iterdir()).name}" if what == "segment" else "lock"
    shutil.copy(desk / file, victim)
    before = victim.read_bytes()
    (desk / file).unlink()
    links(victim)[kind](desk / file)
    with pytest.raises(Unsafe) as refused:
        open_store(desk, writer="w@1")
    assert (refused.value.file, refused.value.reason) == (file, kind)
    assert victim.read_bytes() == before


@pytest.mark.parametrize("kind", ["link", "hard_link", "not_a_file"])
def test_a_planted_checkpoint_is_set_aside_and_nothing_waits_for_it(tmp_path, kind):
    desk, victim = tmp_path / "desk", tmp_path / "victim"
    work(desk, "a")
    shutil.copy(desk / "db.json", victim)
    before = victim.read_bytes()
    (desk / "db.json").unlink()
    links(victim)[kind](desk / "db.json")
    store = open_store(desk, writer="w@1")
    assert [alarm.file for alarm in store.alarms] == ["db.json"]
    store.checkpoint()
    store.close()
    assert victim.read_bytes() == before
    assert (desk / "db.json").is_file() and not (desk / "db.json").is_symlink()


def test_a_planted_checkpoint_without_an_end_is_set_aside_unread(tmp_path):
    desk = tmp_path / "desk"
    work(desk, "a")
    os.truncate(desk / "db.json", 1 << 40)
    assert [(each.file, each.what) for each in verify(desk).problems] == [("db.json", "too_large")]
    store, peak = peak_of(lambda: open_store(desk, writer="w@1"))
    assert peak < 20 << 20
    assert [alarm.file for alarm in store.alarms] == ["db.json"]
    assert len(store.docs["entries"]) == 1
    (kept,) = (desk / "torn").glob("db.json.*")
    assert f'"aside":{{"file":"{kept.name}"}}'.encode() in b"".join(map(bytes_of, (desk / "journal").iterdir()))
    store.checkpoint()
    assert store.verify().ok
    store.close()


@pytest.mark.parametrize("place", ["archive/2021-06.json", "drafts/note.json", "backup.json", "keys"])
def test_no_file_is_read_that_is_larger_than_the_desk_writes_one(tmp_path, place):
    """Of 1 TB each, without a byte on the disk: refused by its size, with its name, before it fills the memory."""
    desk = tmp_path / "desk"
    work(desk, "a")
    path = desk / place
    path.parent.mkdir(exist_ok=True)
    path.touch(0o600)
    os.truncate(path, 1 << 40)

    def read() -> None:
        with Folder.top(desk) as top, pytest.raises(Unsafe) as refused:
            (top.inner(path.parent.name) if "/" in place else top).read(path.name, 1 << 20)
        assert (refused.value.file, refused.value.reason) == (place, "too_large")

    assert peak_of(read)[1] < 1 << 20


def test_what_is_as_large_as_allowed_is_read(tmp_path):
    (tmp_path / "file").write_bytes(b"x" * 100)
    with Folder.top(tmp_path) as folder:
        assert folder.read("file", 100) == b"x" * 100
        assert folder.digest("file", 100) == sha256(b"x" * 100).hexdigest()
        for act in (folder.read, folder.digest):
            with pytest.raises(Unsafe):
                act("file", 99)


def test_a_folder_of_the_desk_is_no_link(tmp_path):
    desk = tmp_path / "desk"
    work(desk, "a")
    (desk / "journal").rename(tmp_path / "elsewhere")
    (desk / "journal").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unsafe) as refused:
        open_store(desk, writer="w@1")
    assert (refused.value.file, refused.value.reason) == ("journal", "not_a_folder")


def test_an_archive_named_by_the_journal_is_held_against_the_form_of_its_name(opened, tmp_path):
    """A line with a true hash may still have been written by a colleague who means harm."""
    victim = tmp_path / "victim"
    victim.write_text("mine")
    store = opened()
    record = {"file": str(victim), "sha256": "0" * 64, "counts": {"entries": 1}}
    with locked(store._ledger) as append:
        append({"arch": record})
    with pytest.raises(Unsafe):
        list(archived_of(store, "entries"))
    with pytest.raises(Unsafe):
        store.backup(tmp_path / "copy")
    assert ("archive", "name") in {(each.file, each.what) for each in store.verify().problems}
    assert victim.read_text() == "mine"
    assert not (tmp_path / "copy").exists()


def test_a_name_never_leads_out_of_the_folder(tmp_path):
    (tmp_path / "victim").write_text("mine")
    (tmp_path / "desk").mkdir()
    with Folder.top(tmp_path / "desk") as folder:
        for name in ("../victim", str(tmp_path / "victim"), "..", ".", "", "a\0b"):
            with pytest.raises(Unsafe):
                folder.read(name, 100)


@pytest.mark.parametrize("size", [0, 8, 4095])
def test_a_lock_that_was_cut_is_told_and_ends_no_process(desk, opened, size):
    """Looking into a mapped file behind its end is SIGBUS, which no program survives."""
    store, other = opened(), opened()
    store.commit(put(store, "entries", text="a"))
    os.truncate(desk / "lock", size)
    for handle in (store, other):
        for attempt in (handle.refresh, lambda each=handle: each.commit(put(each, "entries", text="b"))):
            with pytest.raises(ReadOnly) as refused:
                attempt()
            assert refused.value.reason == "lock_replaced"
    again: Store = opened()
    assert again.commit(put(again, "entries", text="b")) == 3
    assert again.verify().ok
