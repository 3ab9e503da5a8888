"""The view log: a chain of its own beside the journal, with the same promises, which no board follows."""

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from dutyboard.store import BadBackup, Corrupt, SaveFailed, open_store, restore, salvage, verify
from dutyboard.store.files import disk
from dutyboard.store.views import FOLDER

from .conftest import put

SEGMENT = f"{FOLDER}/journal/000000000001.jsonl"
WRITER = """
    import sys
    from pathlib import Path
    from dutyboard.store import open_store
    store = open_store(Path(sys.argv[1]), writer=f"{sys.argv[2]}@1")
    for number in range(int(sys.argv[3])):
        print(store.views.add({"act": "person", "about": f"person-{number}", "by": sys.argv[2]}), flush=True)
"""


def writer(desk: Path, name: str, count: int) -> subprocess.Popen[str]:
    code = textwrap.dedent(WRITER)
    return subprocess.Popen(
        [sys.executable, "-c", code, str(desk), name, str(count)], stdout=subprocess.PIPE, text=True
    )


def test_a_look_is_a_line_that_no_board_follows(opened, desk):
    store, other = opened(), opened()
    store.commit(put(store, "entries", text="一"))
    seen: list[object] = []
    other.listen(seen.append)
    assert store.views.add({"about": "person-1"}) == 2
    assert other.views.add({"about": "person-12"}) == 3
    assert other.refresh() == 1  # the journal's line alone
    assert [each["about"] for _, each in store.views.read()] == ["person-1", "person-12"]
    assert [line for line, _ in store.views.read('"person-1"')] == [2]
    modes = [stat.S_IMODE(file.stat().st_mode) for file in (desk / FOLDER).rglob("*") if file.is_file()]
    assert set(modes) == {0o600}
    assert verify(desk).ok


def test_one_changed_byte_is_found_and_ends_the_log(opened, desk):
    store = opened()
    for number in range(3):
        store.views.add({"about": f"person-{number}"})
    store.close()
    file = desk / SEGMENT
    file.write_bytes(file.read_bytes().replace(b"person-1", b"person-7"))
    found = verify(desk)
    assert not found.ok
    assert {each.file for each in found.problems} == {SEGMENT}
    with pytest.raises(Corrupt):
        opened().views.add({"about": "person-3"})
    again = opened()
    again.commit(put(again, "entries", text="照常值班"))


def test_two_processes_write_one_chain_and_nothing_is_lost_when_one_is_killed(opened, desk):
    store = opened()
    store.commit(put(store, "entries", text="一"))
    one, two = writer(desk, "wang", 10_000), writer(desk, "li", 60)
    assert one.stdout is not None and two.stdout is not None
    told = [int(one.stdout.readline()) for _ in range(40)]
    os.kill(one.pid, signal.SIGKILL)
    told += [int(line) for line in one.stdout.read().splitlines() if line]
    others = [int(line) for line in two.communicate()[0].split()]
    one.wait()
    assert len(others) == 60
    last = store.views.add({"about": "person-9", "by": "zhao"})
    lines = dict(store.views.read())
    assert set(told) | set(others) | {last} <= set(lines)
    assert not set(told) & set(others)
    assert {lines[number]["by"] for number in others} == {"li"}
    assert verify(desk).ok


def test_a_torn_end_is_set_aside_by_the_next_look(opened, desk):
    store = opened()
    store.views.add({"about": "person-1"})
    store.close()
    with (desk / SEGMENT).open("ab") as file:
        file.write(b'{"n":3,"t":"20')
    again = opened()
    again.views.add({"about": "person-2"})
    assert [each["about"] for _, each in again.views.read()] == ["person-1", "person-2"]
    assert len(list((desk / FOLDER / "torn").iterdir())) == 1
    assert verify(desk).ok


@pytest.mark.parametrize("call", ["write", "fdatasync"])
def test_a_full_disk_writes_nothing_and_the_desk_goes_on(opened, monkeypatch, call):
    store = opened()
    store.views.add({"about": "person-1"})
    real = getattr(disk, call)

    def full(fd: int, *rest: object) -> object:
        if FOLDER in str(Path(f"/proc/self/fd/{fd}").readlink()):
            raise OSError(errno.ENOSPC, "full")
        return real(fd, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(disk, call, full)
        with pytest.raises(SaveFailed):
            store.views.add({"about": "person-2"})
        store.commit(put(store, "entries", text="照常值班"))
    if call == "fdatasync":
        store.views.heal()
    store.views.add({"about": "person-3"})
    assert [each["about"] for _, each in store.views.read()] == ["person-1", "person-3"]


def test_a_folder_that_cannot_be_made_is_a_failed_save(opened, monkeypatch):
    store = opened()

    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(disk, "mkdir", refused)
    with pytest.raises(SaveFailed):
        store.views.add({"about": "person-1"})


def test_a_killed_beginning_is_no_damage(opened, desk):
    opened().commit(list)
    (desk / FOLDER).mkdir(mode=0o700)
    assert verify(desk).ok


def test_a_backup_holds_the_view_log_and_a_restored_desk_goes_on_with_it(opened, tmp_path):
    store = opened()
    store.commit(put(store, "entries", text="一"))
    for number in range(1002):
        store.views.add({"about": f"person-{number}"})
    store.views.close()  # with a checkpoint
    store.views.add({"about": "person-1002"})
    store.backup(tmp_path / "copy")
    restore(tmp_path / "copy", tmp_path / "again", writer="root@1")
    restored = opened(tmp_path / "again")
    restored.views.add({"about": "person-1003"})
    assert len(list(restored.views.read())) == 1004
    assert verify(tmp_path / "again").ok
    assert verify(tmp_path / "copy").ok


def test_long_after_it_is_opened_from_its_checkpoint(opened, desk):
    store = opened()
    for number in range(1001):
        store.views.add({"about": f"person-{number}"})
    store.close()
    assert (desk / FOLDER / "db.json").stat().st_size < 1000  # nobody's look is kept in memory
    again = open_store(desk, writer="li@1")
    assert len(list(again.views.read())) == 1001
    again.close()


def held(desk: Path) -> list[str]:
    return [each.what for each in verify(desk).problems]


def looked(desk: Path, count: int) -> None:
    """Look so many times, and let the journal hold it."""
    store = open_store(desk, writer="w@1")
    for number in range(count):
        store.views.add({"about": f"person-{number}"})
    store.hold_views()
    store.close()


def test_a_view_log_that_was_deleted_is_noticed_however_far_a_new_one_grows(desk):
    looked(desk, 3)
    assert held(desk) == []
    shutil.rmtree(desk / FOLDER)
    assert held(desk) == ["views_short"]
    looked(desk, 1)
    assert held(desk) == ["views_short"], "begun anew"
    looked(desk, 7)
    assert held(desk) == ["views_short"], "and grown beyond what was held"


def test_a_view_log_that_was_cut_to_an_older_state_is_noticed(desk, tmp_path):
    looked(desk, 2)
    shutil.copytree(desk / FOLDER, tmp_path / "older")
    looked(desk, 2)
    shutil.rmtree(desk / FOLDER)
    shutil.copytree(tmp_path / "older", desk / FOLDER)
    report = verify(desk)
    assert [(each.file, each.what) for each in report.problems] == [("journal/000000000001.jsonl", "views_short")]


def test_what_is_held_is_one_line_and_only_where_the_log_grew(desk):
    store = open_store(desk, writer="w@1")
    store.hold_views()
    assert store.seq == 1, "nobody looked yet"
    store.views.add({"about": "person-1"})
    for _ in range(3):
        store.hold_views()
    assert store.seq == 2
    store.checkpoint()
    store.close()
    again = open_store(desk, writer="w@2")
    before = again.seq
    again.hold_views()
    assert again.seq == before, "db.json knows it too"
    again.close()


def test_a_view_log_that_is_gone_stays_told_behind_an_act_of_salvage_and_a_copy_restores(desk, tmp_path):
    looked(desk, 2)
    store = open_store(desk, writer="w@1")
    store.backup(tmp_path / "sound")
    store.close()
    assert restore(tmp_path / "sound", tmp_path / "again", writer="w@1").ok
    shutil.rmtree(desk / FOLDER)
    store = open_store(desk, writer="w@1")
    with pytest.raises(BadBackup) as refused:
        store.backup(tmp_path / "copy")
    assert refused.value.what == "views_short"
    store.close()
    salvage(desk, writer="admin@1", reason="the log was deleted")
    report = verify(desk)
    assert report.ok
    assert "views_short" in [each.what for each in report.notes]
    store = open_store(desk, writer="w@1")
    store.backup(tmp_path / "copy")
    store.close()
