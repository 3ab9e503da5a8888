"""Programs and desks of the last three formats: what the newer opens, and what the older refuses.

| | records | journal | last program | desk |
|---|---|---|---|---|
| 1 | 1 | 1 | b4a0b29 | tests/data/desks `sample` `county640` `archived` (tests/tui/test_old_desks.py) |
| 2 | 2 | 1 | adeab7c | tests/data/desks `second` |
| 3 | 2 | 2 | this one | made here |

The older programs come out of the history of this repository, and run as they were.
"""

import json
import subprocess
import sys
import tarfile
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import pytest

from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.transaction import Accepted
from dutyboard.store import CONTAINER, TooNew, open_store
from dutyboard.store.commit import locked
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.link.steps import STEPS
from tests.homes import begun
from tests.tui.installed import PRACTICE, ROOT, printed, refused, run

DESKS = ROOT / "tests" / "data" / "desks"
FIRST = ("b4a0b29", "tui.cli", ("rules", "store", "tui"))
SECOND = ("adeab7c", "dutyboard.tui.cli", ("dutyboard", "rules", "store", "tui"))
"""A commit, the module that was the program, and the folders that it was made of."""
COMMANDS = (("board",), ("log", "试"), ("verify",), ("checkpoint",))
LEFT = frozenset({"lock", "maintenance.lock"})
"""Who waits for a lock writes his name into it."""


class OldProgram:
    """A program of an earlier commit, in a folder of its own."""

    def __init__(self, commit: str, module: str, folders: tuple[str, ...], place: Path) -> None:
        self.module = module
        self.place = place
        packed = subprocess.run(["git", "archive", commit, *folders], cwd=ROOT, capture_output=True, check=False)
        if packed.returncode:
            pytest.skip(f"no history here that holds {commit}: {packed.stderr.decode().strip()}")
        with tarfile.open(fileobj=BytesIO(packed.stdout)) as held:
            held.extractall(place, filter="tar")

    def run(self, desk: Path, *words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", self.module, "--data", str(desk), *words]
        return subprocess.run(line, cwd=self.place, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> OldProgram:
    return OldProgram(*FIRST, tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> OldProgram:
    return OldProgram(*SECOND, tmp_path_factory.mktemp("second"))


def desk_of(form: str, place: Path) -> Path:
    """A desk as a program of this format leaves it."""
    if form == "second":
        with tarfile.open(DESKS / "second.tar.gz") as packed:
            packed.extractall(place, filter="data")
        return place / form
    made = run("init", str(begun(place / form)), "--sample", "--practice", PRACTICE)
    assert made.returncode == 0, made.stderr
    return place / form


def content(desk: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(desk.rglob("*")) if path.is_file() and path.name not in LEFT}


def test_the_version_names_the_program_and_what_it_writes() -> None:
    told = run("--version")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == f"dutyboard {version('dutyboard')}，记录格式 {len(STEPS) + 1}，日志样式 {CONTAINER}\n"
    assert "records in format" in run("--lang", "en", "--version").stdout


def test_a_desk_of_the_second_format_is_opened_and_worked_on(tmp_path: Path) -> None:
    said = json.loads((DESKS / "second.json").read_text(encoding="utf-8"))
    desk = desk_of("second", tmp_path)
    journal = next((desk / "journal").glob("*.jsonl"))
    before = journal.read_bytes()
    told = printed("verify", "--json", folder=desk)
    assert {key: told[key] for key in said["verify"]} == said["verify"]
    board = printed("board", "--at", said["at"], "--json", folder=desk)
    states = {each["id"]: each["state"] for each in board["obligations"]}
    assert {key: states.get(key) for key in said["states"]} == said["states"]
    held = printed("export", "--json", folder=desk)["tables"]["entries"]
    assert [held[str(each["id"])]["text"] for each in said["entries"]] == [each["text"] for each in said["entries"]]
    assert journal.read_bytes() == before, "reading writes nothing"

    gateway = Gateway.open(desk, Identity("wangfang"))
    answer = gateway.submit(WriteLog(text="升级以后写的一条"))
    gateway.close()
    assert isinstance(answer, Accepted), answer
    assert journal.read_bytes().startswith(before)
    assert printed("verify", "--json", folder=desk)["ok"]


@pytest.mark.parametrize("form", ["second", "third"])
def test_the_program_of_the_first_format_refuses_a_newer_desk_and_leaves_it(
    form: str, first: OldProgram, tmp_path: Path
) -> None:
    desk = desk_of(form, tmp_path)
    before = content(desk)
    for words in COMMANDS:
        told = first.run(desk, *words)
        assert (told.returncode, told.stdout) == (1, ""), (words, told.stdout)
        assert told.stderr == "dutyboard: 数据由更新版本的程序写成（格式 2），请先升级。\n"
    assert content(desk) == before
    assert printed("verify", "--json", folder=desk)["ok"]


def test_the_program_of_the_second_format_works_on_a_small_desk_of_the_third_and_this_one_goes_on(
    second: OldProgram, tmp_path: Path
) -> None:
    """It knows no number of the journal's form; until a segment is packed or an act takes several lines, nothing of the
    third form is there that it could misread."""
    desk = desk_of("third", tmp_path)
    told = second.run(desk, "log", "旧程序写的一条")
    assert told.returncode == 0, told.stderr
    assert printed("verify", "--json", folder=desk)["ok"]
    written = printed("export", "--json", folder=desk)["tables"]["entries"][str(json.loads(told.stdout)["entry"])]
    assert written["text"] == "旧程序写的一条"
    assert printed("log", "新程序接着写", folder=desk)["state"] == "done"


@pytest.mark.parametrize("raised", [{"fmt": len(STEPS) + 2}, {"container": CONTAINER + 1}], ids=["records", "journal"])
def test_this_program_refuses_a_desk_of_the_next_format_and_leaves_it(raised: dict[str, int], tmp_path: Path) -> None:
    desk = desk_of("third", tmp_path)
    store = open_store(desk, writer="next@1", steps=STEPS)
    with locked(store._ledger) as append, pytest.raises(TooNew):
        append(raised)
    store.close()
    before = content(desk)
    number = next(iter(raised.values()))
    for words in (("board",), ("log", "试"), ("checkpoint",)):
        line = refused(*words, folder=desk)
        assert "请升级到能读" in line and str(number) in line, line
    checked = run("verify", folder=desk)  # the chain of lines is that of every format of records
    assert checked.returncode == ("container" in raised), checked.stdout
    assert content(desk) == before
