"""Files and standard input of the command line: read no further than the command can use them."""

import os
import tracemalloc
from pathlib import Path

import pytest
from click.testing import CliRunner

from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation

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
