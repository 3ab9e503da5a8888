"""`doctor` on a desk on PostgreSQL: each finding by a fault that is really there."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dutyboard.store.engine import standing as questions
from dutyboard.store.engine.address import address_of
from dutyboard.store.engine.standing import EngineStanding, WaitedFor, standing, waited_for
from dutyboard.store.files.folder import Folder
from dutyboard.store.files.lock import LockFile
from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.server.engine_health import engine_health
from dutyboard.tui.text import words
from tests.door.waiting import awaited
from tests.engine.cluster import Cluster, address, missing

Found = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Cluster, Cluster]]:
    """A primary that syncs, and a standby that no commit waits for yet."""
    if lacking := missing():
        pytest.skip(f"no {', no '.join(lacking)}")
    with Cluster("first", durable=True) as first, first.standby("second", slot=True) as second:
        yield first, second


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def call(*typed: str) -> str:
    told = CliRunner().invoke(program, typed, obj=Invocation())
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    assert "--json" in typed or told.exit_code == 0, told.output
    return told.stdout


def found(desk: str, *parts: str) -> Found:
    only = [word for part in parts or ("engine",) for word in ("--only", part)]
    return {each["code"]: each for each in json.loads(call("--data", desk, "doctor", "--json", *only))}


@pytest.fixture
def desk(cluster: Cluster, schema: str) -> str:
    """The address of a desk for its service role."""
    call("init", cluster.address(user="owner", schema=schema), "--service", "service")
    return cluster.address(schema=schema)


def test_a_sound_desk_is_told_so_and_each_commit_waits_for_the_standby(pair: tuple[Cluster, Cluster]) -> None:
    first, second = pair
    call("init", first.address(user="owner", schema="sound"), "--service", "service")
    desk = first.address(schema="sound")
    alone = found(desk)
    assert {code for code, each in alone.items() if each["level"] != "ok"} == {"commit_alone"}
    assert alone["engine"]["fields"]["server"].startswith("PostgreSQL 1")
    assert alone["mirror"]["fields"]["count"] == 0
    first.synchronous("second")
    assert awaited(lambda: "commit_waits" in found(desk))
    lines = found(desk)
    assert {each["level"] for each in lines.values()} == {"ok"}
    assert set(lines) == {"engine", "mirror", "commit_waits", "standby_unseen", "role"}
    assert lines["commit_waits"]["fields"] == {"names": "second"}
    first.execute("GRANT pg_read_all_stats TO service")
    assert found(desk)["standby"]["fields"]["kb"] == 0
    assert "dutyboard_standby_behind_bytes 0\n" in call("--data", desk, "doctor", "--metrics", "--only", "engine")
    second.stop()
    gone = found(desk)["standby_gone"]
    assert (gone["level"], gone["fields"]) == ("bad", {"names": "second", "there": 0, "wanted": 1})
    assert "synchronous_standby_names" in gone["message"]
    first.synchronous()
    second.start()
    direct = address([second.host], user="service", schema="sound")
    assert awaited(lambda: standing(address_of(direct)).newest == standing(address_of(desk)).newest)
    told = standing(address_of(direct))
    assert (told.writable, told.standbys) == (False, None)


def test_a_server_that_does_not_sync_is_bad(cluster: Cluster, desk: str) -> None:
    assert found(desk)["commit_lossy"]["fields"] == {"settings": "fsync = off"}
    cluster.execute("ALTER ROLE service SET synchronous_commit = off")
    try:
        assert found(desk)["commit_lossy"]["fields"] == {"settings": "fsync = off, synchronous_commit = off"}
    finally:
        cluster.execute("ALTER ROLE service RESET synchronous_commit")


@pytest.mark.parametrize(
    ("setting", "count", "names"),
    [
        ("", 0, ()),
        ("one", 1, ("one",)),
        ("one, two", 1, ("one", "two")),
        ("2 (one, two)", 2, ("one", "two")),
        ('FIRST 1 ("one", two)', 1, ("one", "two")),
        ("any 2 (*)", 2, ("*",)),
    ],
)
def test_the_standbys_of_a_setting_are_read(setting: str, count: int, names: tuple[str, ...]) -> None:
    assert waited_for(setting) == WaitedFor(count=count, names=names)


def test_a_role_of_too_many_rights_or_too_few_is_named(cluster: Cluster, desk: str, schema: str) -> None:
    assert found(desk)["role"]["fields"] == {"role": "service"}
    cluster.execute(f"GRANT UPDATE (writer) ON {schema}.lines TO service")
    cluster.execute(f"GRANT DELETE, TRUNCATE ON {schema}.turns TO service")
    cluster.execute(f"REVOKE INSERT ON {schema}.drafts FROM service")
    lines = found(desk)
    assert lines["role_more"]["fields"]["rights"] == "UPDATE ON lines; DELETE, TRUNCATE ON turns"
    assert lines["role_less"]["fields"]["rights"] == "INSERT ON drafts"
    assert "role" not in lines
    assert "role_owner" in found(cluster.address(user="owner", schema=schema))
    assert "role_superuser" in found(address([cluster.socket], user="postgres", schema=schema))


def test_a_claim_without_its_line_is_named_with_the_remedy_of_the_guide(
    cluster: Cluster, desk: str, schema: str
) -> None:
    n = found(desk)["mirror"]["fields"]["lines"]
    cluster.execute(f"INSERT INTO {schema}.turns VALUES ('desk', {n + 1}, 'x')", user="service")
    stray = found(desk)["stray_claim"]
    assert (stray["level"], stray["fields"]) == ("bad", {"n": n + 1, "schema": schema})
    guide = Path(__file__).parents[2].joinpath("docs", "postgres.md").read_text(encoding="utf-8")
    (remedy,) = (line for line in guide.splitlines() if "DELETE FROM" in line)
    cluster.execute(remedy.strip().strip("`").replace("loudi", schema), user="owner")
    assert "stray_claim" not in found(desk)
    call("--data", desk, "log", "又能写了")


def test_a_server_that_is_away_is_told_with_the_time_of_the_picture(cluster: Cluster, desk: str) -> None:
    call("--data", desk, "log", "此前")
    cluster.stop()
    lines = found(desk, "desk", "engine", "chain")
    assert set(lines) == {"engine_away", "desk", "chain_unheld"}, "said once, and nothing of it is guessed"
    assert (lines["engine_away"]["level"], lines["chain_unheld"]["level"]) == ("bad", "warn")
    assert words("zh").troubles.engine_no_answer in lines["engine_away"]["message"]
    frame = call("--data", desk, "board").splitlines()[0]
    assert words("zh").frame.stopped.format(at=lines["engine_away"]["fields"]["since"][-5:]) in frame
    metrics = CliRunner().invoke(program, ["--data", desk, "doctor", "--metrics"], obj=Invocation()).stdout
    assert 'dutyboard_check{part="engine"} 2' in metrics
    assert "mirror_behind" not in metrics


def test_a_mirror_that_cannot_follow_tells_how_many_lines_it_lacks(desk: str, tmp_path: Path) -> None:
    call("mirror", desk, str(tmp_path / "here"))
    gateway = Gateway.open(tmp_path / "here", Identity("wangfang"), by_need=True)
    call("--data", desk, "log", "一")
    call("--data", desk, "log", "二")
    with Folder.top(tmp_path / "here") as folder:
        lock = LockFile(folder, "liumin@1")
        with lock.taken(1):
            lines = {each.code: each for each in engine_health(tmp_path / "here", gateway)}
        lock.close()
    gateway.close()
    assert lines["mirror_behind"].fields["count"] == 2
    assert lines["mirror_behind"].level == "warn"


def test_an_engine_of_another_kind_is_asked_no_question_about_standbys(
    desk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "_server", lambda _: ("CockroachDB CCL v24.1.0", True))
    for question in ("_ROLE", "_RIGHTS", "_READS_ONLY"):
        monkeypatch.setattr(questions, question, "SELECT no_such_function()")
    told: EngineStanding = standing(address_of(desk))
    assert (told.lossy, told.waited_for, told.standbys, told.rights, told.writable) == (None,) * 5
    assert set(found(desk)) == {"engine", "mirror"}, "what it does not know is left out"


def test_a_desk_of_files_has_no_engine(tmp_path: Path) -> None:
    call("init", str(tmp_path / "files"))
    assert list(found(str(tmp_path / "files"))) == ["no_engine"]
