"""An act sent again because nobody knew whether it was saved: it is found by its name, and stands once."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.transaction import Accepted
from dutyboard.store.files import disk
from dutyboard.tui.link.rid import rid_of
from dutyboard.tui.link.trouble import StoreTrouble
from tests.tui.command_line import CommandLine
from tests.tui.test_acts import ZHANG
from tests.tui.test_gateway import accepted
from tests.tui.test_gateway import desk as made

ROOT = Path(__file__).parents[2]
KILLED = """
import os, signal, sys
from dutyboard.store.files import disk
sync = disk.fdatasync
disk.fdatasync = lambda fd: (sync(fd), os.kill(os.getpid(), signal.SIGKILL))
from dutyboard.tui.cli import main
sys.argv = ["dutyboard", "--data", sys.argv[1], "batch", "-", *sys.argv[2:]]
main()
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path / "desk", "2021-06-07T19:40", monkeypatch)


def note(text: str, rid: str) -> dict[str, str]:
    return {"act": "log", "text": text, "rid": rid}


def texts(desk: CommandLine) -> list[str]:
    return [each["text"] for each in desk.tables()["entries"].values() if each.get("text")]


def killed(desk: CommandLine, *acts: dict[str, str], atomic: bool = False) -> None:
    """The same batch, killed between the sync of the line and its answer."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(desk.folder), *(["--atomic"] if atomic else [])],
        input="\n".join(map(json.dumps, acts)),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "")


@pytest.mark.parametrize("atomic", [False, True], ids=["one by one", "atomic"])
def test_killed_between_sync_and_answer_a_retry_finds_its_line(desk: CommandLine, atomic: bool) -> None:
    acts = [note("来电", "call-1"), note("巡查", "call-2")] if atomic else [note("来电", "call-1")]
    killed(desk, *acts, atomic=atomic)
    answers = desk.batch(*acts, atomic=atomic)
    assert [(each["ok"], each["again"]) for each in answers] == [(True, True)] * len(acts)
    assert texts(desk) == [each["text"] for each in acts]
    last = desk.batch(note("后", "call-3"))[0]
    assert last["entries"] == [answers[0]["entries"][-1] + 1] and "again" not in last


def test_what_was_made_is_named_again(desk: CommandLine) -> None:
    act = {**ZHANG, "rid": "r-1"}
    first, second = desk.batch(act)[0], desk.batch(act)[0]
    assert second == {**first, "again": True}
    assert second["created"] == {"person": 1}


def test_a_name_used_for_another_act_is_another_name(desk: CommandLine) -> None:
    """Scripts count their lines from 1 every day: nothing may pass for done that was not."""
    desk.batch(note("来电", "1"), note("巡查", "1"), note("来电", "2"), note("来电", "1"))
    assert texts(desk) == ["来电", "巡查", "来电"]


def test_every_act_carries_a_name(desk: CommandLine) -> None:
    desk.done("log", "来电")
    desk.batch({"act": "log", "text": "巡查"})
    lines = [json.loads(line) for line in (desk.folder / "journal/000000000001.jsonl").read_bytes().splitlines()]
    names = [line["rid"] for line in lines if "put" in line]
    assert len(set(names)) == len(names) == 3


def test_the_same_command_after_a_trouble_is_a_retry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The officer presses Enter again in the form that could not tell him."""
    gateway = made(tmp_path / "desk")

    def no_disk(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(disk, "fdatasync", no_disk)
    monkeypatch.setattr(disk, "ftruncate", no_disk)
    with pytest.raises(StoreTrouble):
        gateway.submit(WriteLog(text="来电"))
    monkeypatch.undo()
    gateway.heal()
    again = accepted(gateway, WriteLog(text="来电"))
    assert again.again == gateway.snapshot.seq - 1, "the line before the healing"
    assert gateway.snapshot.entries[again.entry.id] == again.entry
    assert accepted(gateway, WriteLog(text="来电")).again == 0, "another call of the same words is another entry"
    gateway.close()


def test_the_name_is_bound_to_act_and_login(tmp_path: Path) -> None:
    assert rid_of("r1", "wangfang", "x") != rid_of("r1", "zhangqiang", "x") != rid_of("r1", "zhangqiang", "y")
    gateway = made(tmp_path / "desk")
    first = gateway.submit(WriteLog(text="来电"), "r1")
    assert isinstance(first, Accepted)
    assert gateway.submit(WriteLog(text="来电"), "r1") == Accepted(first.changes, first.created, again=3)
    gateway.close()
