"""The command line on desks at an address: made, moved from files and back, and read while the server is away."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.text import LANGUAGES, words
from tests.engine.cluster import Cluster

ALL = ("export", "--json")
"""The command that prints everything that was told."""


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's state folder, in which mirrors are made."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "dutyboard"


@pytest.fixture
def owner(cluster: Cluster, schema: str) -> str:
    return cluster.address(user="owner", schema=schema)


@pytest.fixture
def desk(cluster: Cluster, schema: str) -> str:
    """The address for the service role."""
    return cluster.address(schema=schema)


def call(*typed: str) -> Result:
    told = CliRunner().invoke(program, typed, obj=Invocation())
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return told


def done(*typed: str) -> str:
    told = call(*typed)
    assert told.exit_code == 0, told.output
    return told.stdout


def refused(*typed: str) -> str:
    told = call(*typed)
    assert (told.exit_code, told.stdout) == (1, ""), told.output
    (line,) = told.stderr.splitlines()
    return line


def head(desk: str, *asked: str) -> str:
    return str(json.loads(done("--data", desk, "verify", "--json", *asked))["head"])


def test_init_makes_the_tables_and_the_service_role_works_on_them(owner: str, desk: str, state: Path) -> None:
    assert "init" in refused("--data", desk, "board")
    assert not state.exists()
    assert owner in done("init", owner, "--service", "service")
    done("--data", desk, "log", "接电话")
    assert "接电话" in done("--data", owner, *ALL)
    assert words("zh").refusals.desk_exists in refused("init", owner)
    assert {each.stat().st_mode & 0o777 for each in (state / "mirrors").rglob("*") if each.is_dir()} == {0o700}
    assert len([*(state / "mirrors").iterdir()]) == 2


def test_a_desk_that_was_dropped_is_made_again_once_the_old_mirror_is_moved_away(
    cluster: Cluster, owner: str, schema: str, state: Path
) -> None:
    """What this account saw of the one before is no fault of the new one, and takes no id from it."""
    done("init", owner)
    done("--data", owner, "log", "旧")
    cluster.execute(f"DROP SCHEMA {schema} CASCADE")
    (state / "mirrors").rename(state / "moved")
    done("init", owner)
    assert json.loads(done("--data", owner, "log", "新"))["entry"] == 2
    done("--data", owner, "verify")


def test_a_role_that_is_not_there_is_named_as_the_reason(owner: str, state: Path) -> None:
    assert words("zh").troubles.engine_no_role in refused("init", owner, "--service", "nobody")
    assert not state.exists()


def test_one_variable_moves_a_desk_to_the_database_and_back(
    owner: str, desk: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, copy, again, back = (str(tmp_path / name) for name in ("files", "copy", "again", "back"))
    done("init", files, "--sample", "--practice", "2021-06-07T19:40")
    monkeypatch.setenv("DUTYBOARD_DATA", files)
    done("log", "在文件里")
    done("person", "1")
    done("backup", copy)
    n, told = json.loads(done("verify", "--json"))["lines"], head(files)
    done("restore", copy, owner, "--service", "service")
    monkeypatch.setenv("DUTYBOARD_DATA", desk)
    assert "在文件里" in done(*ALL)
    done("log", "在库里")
    done("views")
    done("backup", again)
    m, later = json.loads(done("verify", "--json"))["lines"], head(desk)
    assert m > n
    done("verify", "--head", f"{n}:{told[:16]}")
    done("restore", again, back)
    monkeypatch.setenv("DUTYBOARD_DATA", back)
    assert "在库里" in done(*ALL)
    done("verify", "--head", f"{n}:{told[:16]}", "--head", f"{m}:{later[:16]}")
    looked = done("--data", desk, "views")
    assert looked and done("views").startswith(looked)


def test_a_desk_is_not_restored_over_another(owner: str, tmp_path: Path, state: Path) -> None:
    done("init", owner)
    before = head(owner)
    done("--data", owner, "backup", str(tmp_path / "copy"))
    assert "engine.json" not in {each.name for each in (tmp_path / "copy").iterdir()}
    other = owner.replace("127.0.0.1", "localhost")  # another address of the same desk: another mirror
    assert owner.partition("@")[0] in refused("restore", str(tmp_path / "copy"), other)
    assert head(owner) == before
    assert len([*(state / "mirrors").iterdir()]) == 1


def test_a_folder_is_made_a_mirror_for_the_door(owner: str, desk: str, tmp_path: Path) -> None:
    done("init", owner, "--service", "service")
    folder = tmp_path / "duty"
    folder.mkdir(mode=0o700)
    done("mirror", desk, str(folder))
    done("--data", str(folder), "log", "经镜像")
    assert "经镜像" in done("--data", desk, *ALL)
    assert str(folder) in refused("mirror", desk, str(folder))
    assert words("zh").troubles.mirror in refused("--data", str(folder), "salvage", "--reason", "不用")


@pytest.mark.parametrize("language", LANGUAGES)
def test_while_the_server_is_away_a_desk_is_read_and_no_act_is_taken(
    owner: str, cluster: Cluster, language: str
) -> None:
    done("init", owner)
    done("--data", owner, "log", "此前")
    cluster.stop()
    away = words(language).troubles.engine_no_answer
    assert away in refused("--lang", language, "--data", owner, "log", "此后")
    read = call("--lang", language, "--data", owner, "board")
    assert (read.exit_code, away in read.stderr) == (0, True)
    assert words(language).frame.stopped.partition("{")[0] in read.stdout.splitlines()[0]
    checked = call("--lang", language, "--data", owner, "verify")
    assert (checked.exit_code, "engine:desk" in checked.stderr) == (1, True)
    assert words(language).damage.kinds["no_answer"] in checked.stderr
    unused = owner.replace("127.0.0.1", "localhost")
    assert away in refused("--lang", language, "--data", unused, "board")
    cluster.start()
    done("--data", owner, "log", "此后")
    done("--data", owner, "verify")


def test_the_overview_shows_schemas_of_which_one_is_away(cluster: Cluster, owner: str, schema: str) -> None:
    done("init", owner)
    done("--data", owner, "log", "接电话")
    none = cluster.address(user="owner", schema=f"{schema}_none")
    one, two = json.loads(done("overview", owner, none, "--json"))["rows"]
    assert (one["name"], one["read"], two["name"], two["code"]) == (schema, True, f"{schema}_none", "no_desk")
    cluster.stop()
    (away,) = json.loads(done("overview", owner, "--json"))["rows"]
    assert (away["read"], away["code"], away["summary"]) == (False, "engine_no_answer", None)
    assert one["summary"]["made_at"][:13] == away["since"][:13]
