"""An address in the place of a desk's folder: refused in one line, and nothing is made of its name."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from dutyboard.tui import cli
from dutyboard.tui.cli import program
from dutyboard.tui.commands.framework import FolderName
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.text import LANGUAGES, words
from tests.tui.command_line import leaves

ADDRESS = "postgresql://wang:secret@x/y"


def refused(*typed: str) -> str:
    told = CliRunner().invoke(program, typed, obj=Invocation())
    assert (told.exit_code, told.stdout) == (1, ""), told.output
    (line,) = told.stderr.splitlines()
    return line


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed",
    [
        ("init", ADDRESS),
        ("init", ADDRESS, "--sample"),
        ("--data", ADDRESS, "init", "desk"),
        ("--data", ADDRESS, "board"),
        ("board", "--data", ADDRESS),
        ("board", f"--data={ADDRESS}"),
        ("--data", ADDRESS),
        ("--data", ADDRESS, "--plain"),
        ("--data", ADDRESS, "verify"),
        ("--data", ADDRESS, "log", "已到岗"),
        ("--data", ADDRESS, "server-setup"),
        ("server-setup", "--backups", ADDRESS),
        ("backup", ADDRESS),
        ("restore", ADDRESS, "desk"),
        ("restore", ".", ADDRESS),
    ],
)
def test_a_command_refuses_it(
    typed: tuple[str, ...], language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    line = refused("--lang", language, *typed)
    assert line == f"dutyboard: {words(language).cli.no_address.format(scheme='postgresql')}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("typed", [(), ("board",), ("verify",), ("log", "已到岗"), ("backup", "copy")])
def test_the_variable_is_refused_too(typed: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUTYBOARD_DATA", ADDRESS)
    assert refused(*typed) == f"dutyboard: {words('zh').cli.no_address.format(scheme='postgresql')}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["http://x", "mysql+ssl://x", "SQLITE:///y.db", "s3://bucket/desk"])
def test_any_scheme_is_an_address(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert f" {address.partition(':')[0]}:// " in refused("init", address)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["desk", "a:b", "4://x", "./http://x", "http:/x"])
def test_what_is_no_address_is_a_folder(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(program, ["--data", name, "board"], obj=Invocation())
    assert told.exit_code == 1
    assert words("zh").cli.no_address.partition("{")[0] not in told.stderr


def test_every_folder_that_a_command_may_make_is_read_as_one() -> None:
    """`doctor` only looks at the folder of the backups, and makes none."""
    named = {
        (command.name, each.name): each.type
        for name in cli._COMMANDS
        for _, command in leaves(name)
        for each in command.params
        if str(each.metavar) in ("DIR", "BACKUP")
    }
    assert len(named) > 5
    assert {which for which, kind in named.items() if not isinstance(kind, FolderName)} == {("doctor", "backups")}
