"""An address in the place of a desk's folder: where no desk can be, it is refused in one line and nothing is made."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dutyboard.store.engine import address
from dutyboard.tui import cli
from dutyboard.tui.cli import program
from dutyboard.tui.commands.framework import FolderName
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.link import folder
from dutyboard.tui.text import LANGUAGES, words
from tests.tui.command_line import leaves

ADDRESS = "mysql://wang:secret@x/y"
DESK = "postgresql://wang@x/y?schema=loudi"


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
    assert line == f"dutyboard: {words(language).cli.no_address.format(scheme='mysql')}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("typed", [(), ("board",), ("verify",), ("log", "已到岗"), ("backup", "copy")])
def test_the_variable_is_refused_too(typed: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUTYBOARD_DATA", ADDRESS)
    assert refused(*typed) == f"dutyboard: {words('zh').cli.no_address.format(scheme='mysql')}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "typed", [("backup", DESK), ("restore", DESK, "desk"), ("server-setup", "--backups", DESK), ("mirror", DESK, DESK)]
)
def test_no_desk_is_meant_here(typed: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused(*typed) == f"dutyboard: {words('zh').cli.no_address.format(scheme='postgresql')}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("postgresql://wang:secret@x/y", "password"),
        ("postgres://x/y?schema=loudi&password=secret", "password"),
        ("postgresql://wang:secret@[::1/y", "form"),
        ("postgresql://x/y?schema=Loudi;secret", "schema"),
        ("postgresql://x?schema=secret", "form"),
        ("postgresql://x/y?secret=1", "form"),
    ],
)
def test_an_address_that_cannot_be_used_is_not_repeated(
    address: str, fault: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    for typed in (("init", address), ("--data", address, "board"), ("overview", address), ("restore", ".", address)):
        line = refused("--lang", language, *typed)
        assert line == f"dutyboard: {words(language).cli.addresses[fault]}"
        assert "secret" not in line
    assert list(tmp_path.iterdir()) == []


def test_without_the_driver_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("DUTYBOARD_DATA", DESK)
    for typed in (("init", DESK), ("board",)):
        assert refused(*typed) == f"dutyboard: {words('zh').cli.addresses['no_driver']}"
    assert list(tmp_path.iterdir()) == []


def test_a_role_is_given_to_a_desk_at_an_address_alone(tmp_path: Path) -> None:
    for typed in (("init", str(tmp_path / "desk")), ("restore", str(tmp_path), str(tmp_path / "desk"))):
        told = CliRunner().invoke(program, [*typed, "--service", "duty"], obj=Invocation())
        assert (told.exit_code, words("zh").cli.addresses["service"] in told.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_the_door_is_set_up_on_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert refused("--data", DESK, "server-setup") == f"dutyboard: {words('zh').cli.addresses['server']}"
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
        if str(each.metavar) in ("DIR", "BACKUP", "DESK")
    }
    assert len(named) > 5
    assert {which for which, kind in named.items() if not isinstance(kind, FolderName)} == {("doctor", "backups")}


def test_the_door_to_an_engine_is_known_without_the_store() -> None:
    """What opens no desk loads no store: it has the schemes and the file of a mirror by heart."""
    assert folder.ENGINES == address.SCHEMES
    assert address.FILE == "engine.json"
