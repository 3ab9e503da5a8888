"""The disk under the desk and the holder of its lock, as the command line tells of them."""

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest

from dutyboard.store.files import filesystem
from tests.tui.command_line import CommandLine

HOLDER = "import fcntl, sys; f = open(sys.argv[1]); fcntl.flock(f, fcntl.LOCK_EX); print('in', flush=True); input()"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path / "desk", "2021-06-07T19:40", monkeypatch)


def test_a_disk_not_known_to_be_local_needs_the_word_of_a_person(
    desk: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text("1 0 0:1 / / rw shared:1 - fuse.rclone remote: rw\n")
    monkeypatch.setattr(filesystem, "MOUNTS", mounts)
    monkeypatch.setattr(filesystem._Answer, "given", False)
    for words in (("board",), ("log", "来电"), ("checkpoint",), ("salvage", "--reason", "x")):
        assert "fuse.rclone" in desk.refused(*words)
    assert desk.call("log", "来电", "--i-know").exit_code == 0


def test_a_lock_held_by_a_stranger_is_told_with_his_process(desk: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dutyboard.store.files.lock._flocked", lambda fd, *_: _at_once(fd))
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(desk.folder / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None and holder.stdout.readline() == "in\n"
    try:
        assert f"进程 {holder.pid}" in desk.refused("log", "来电")
    finally:
        holder.kill()
        holder.wait()
    desk.done("log", "来电")


def _at_once(fd: int) -> bool:
    """Take the lock of a file, and wait for nobody."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
