"""Files and standard input of the command line: read no further than the command can use them."""

import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from click.testing import CliRunner

from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.link.care import verify

from .command_line import CommandLine

COMMANDS = [("rules", "check"), ("batch", "--atomic"), ("register",), ("keys", "add", "wangfang")]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_file_without_an_end_is_refused_by_its_name_before_it_is_read(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = CommandLine(tmp_path / "desk", "2021-06-07T19:00", monkeypatch)
    long = tmp_path / "long"
    long.touch()
    os.truncate(long, 1 << 40)
    before = line.tables()
    tracemalloc.start()
    try:
        told = line.call(*command, str(long))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert told.exit_code == 1
    assert "文件过大" in told.stderr and len(told.stderr.splitlines()) == 1
    assert peak < 60 << 20
    assert line.tables() == before


def test_the_same_is_said_in_english_of_standard_input() -> None:
    told = CliRunner().invoke(
        program, ["--lang", "en", "rules", "check", "-"], obj=Invocation(), input=b" " * (1 << 21)
    )
    assert (told.exit_code, told.stderr) == (1, "dutyboard: the file - is larger than 1,024 KB\n")


def test_acts_of_one_commit_as_long_as_allowed_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = CommandLine(tmp_path / "desk", "2021-06-07T19:00", monkeypatch)
    typed = b'{"act":"log","text":"a"}\n{"act":"log","text":"b"}\n'
    monkeypatch.setattr("dutyboard.tui.commands.batch._MOST_AT_ONCE", len(typed))
    (tmp_path / "acts").write_bytes(typed)
    assert line.call("batch", "--atomic", str(tmp_path / "acts")).exit_code == 0
    (tmp_path / "acts").write_bytes(typed + b"\n")
    assert line.call("batch", "--atomic", str(tmp_path / "acts")).exit_code == 1


def typed(folder: Path, command: str, closed: tuple[int, ...] = (), source: str = os.devnull) -> tuple[int, str]:
    """Exit code and errors of a process of its own, some of whose standard streams are closed."""

    def close() -> None:
        for number in closed:
            os.close(number)

    words = [sys.executable, "-m", "dutyboard.tui.cli", "--data", str(folder), *command.split()]
    with Path(source).open("rb") as given:
        done = subprocess.run(words, stdin=given, capture_output=True, preexec_fn=close, timeout=60)
    return done.returncode, done.stderr.decode()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return CommandLine(tmp_path / "desk", "2021-06-07T19:00", monkeypatch).folder


READERS = ["batch -", "log -", "board --reveal -", "log x --pin-stdin", "rules check -", "keys add x -", "assess -"]


@pytest.mark.parametrize("command", [*READERS, "batch /proc/self/mem", "batch --atomic /proc/self/mem"])
def test_what_cannot_be_read_is_no_fault(folder: Path, command: str) -> None:
    for closed, source in (((), "/proc/self/mem"), ((0,), os.devnull)):
        _, errors = typed(folder, command, closed, source)
        assert "程序出错" not in errors and "Traceback" not in errors


@pytest.mark.parametrize("closed", [(1,), (2,), (0, 1, 2)], ids=str)
def test_a_closed_stream_gives_its_number_to_no_file_of_the_desk(folder: Path, closed: tuple[int, ...]) -> None:
    code, errors = typed(folder, "log 停电", closed)
    assert (code, errors) == (0, "")
    assert verify(folder)["ok"]
    assert "停电" in "".join(path.read_text(encoding="utf-8") for path in (folder / "journal").iterdir())
