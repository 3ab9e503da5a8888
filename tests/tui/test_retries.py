"""An act sent again because nobody knew whether it was saved: it is found by its name, and stands once."""

import json
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.commands.post import Discharge, WriteLog
from dutyboard.rules.records.model import DeskSettings
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.store.files import disk
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from dutyboard.tui.link.rid import rid_of
from dutyboard.tui.link.trouble import StoreTrouble
from tests.homes import begun
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


def test_a_sample_desk_is_seeded_under_a_name_too(tmp_path: Path) -> None:
    gateway = Gateway.open(begun(tmp_path / "desk"), own_identity(), create=True)
    gateway.seed([DeskSettings(opened_at=datetime(2021, 6, 7, tzinfo=UTC))])
    gateway.close()
    lines = [json.loads(line) for line in (tmp_path / "desk/journal/000000000001.jsonl").read_bytes().splitlines()]
    assert [bool(line.get("rid")) for line in lines if "put" in line] == [True]


def unanswered(gateway: Gateway, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Submit a command whose line is saved and whose outcome nobody knows; the desk is healed then."""

    def no_disk(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(disk, "fdatasync", no_disk)
        broken.setattr(disk, "ftruncate", no_disk)
        with pytest.raises(StoreTrouble):
            gateway.submit(command)
    gateway.heal()


def test_the_same_command_after_a_trouble_is_a_retry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The officer presses Enter again in the form that could not tell him."""
    gateway = made(tmp_path / "desk")
    unanswered(gateway, WriteLog(text="来电"), monkeypatch)
    again = accepted(gateway, WriteLog(text="来电"))
    assert again.again == gateway.snapshot.seq - 1, "the line before the healing"
    assert gateway.snapshot.entries[again.entry.id] == again.entry
    assert accepted(gateway, WriteLog(text="来电")).again == 0, "another call of the same words is another entry"
    gateway.close()


SITE = "名称,所在乡镇,房间数,状态,重点消毒区域,负责人,联系电话\n一号点,蓝田街道,62,启用,走廊,周涛,19900000001\n"
ROUND = "patrol-3/site-1/2021-06-07"


def test_what_one_key_says_stands_once_whatever_became_of_its_answer(
    desk: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tick and what takes it back have no form and no draft: the program knows them, and a new one the row."""
    sites = tmp_path / "sites.csv"
    sites.write_text(SITE, encoding="utf-8")
    desk.done("import", "sites", str(sites))
    mine, new = (Gateway.open(desk.folder, own_identity()) for _ in range(2))
    tick = Discharge(obligation=ROUND)
    unanswered(mine, tick, monkeypatch)
    refused = new.submit(tick)
    assert isinstance(refused, Refusal) and refused.code == "already_done"
    again = accepted(mine, tick)
    back = TakeBack(entry_id=again.entry.id)
    unanswered(mine, back, monkeypatch)
    assert isinstance(new.submit(back), Refusal)
    assert again.again and accepted(mine, back).again
    kinds = [each.kind for each in mine.snapshot.entries.values()]
    assert (kinds.count("check"), len(mine.snapshot.amended)) == (1, 1)
    for each in (mine, new):
        each.close()


def test_the_name_is_bound_to_act_and_login(tmp_path: Path) -> None:
    assert rid_of("r1", "wangfang", "x") != rid_of("r1", "zhangqiang", "x") != rid_of("r1", "zhangqiang", "y")
    gateway = made(tmp_path / "desk")
    first = gateway.submit(WriteLog(text="来电"), "r1")
    assert isinstance(first, Accepted)
    assert gateway.submit(WriteLog(text="来电"), "r1") == Accepted(first.changes, first.created, again=3)
    gateway.close()
