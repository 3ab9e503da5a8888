"""docs/postgres.md, followed on two servers: statements and lines are taken from the page itself."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from dutyboard.store.engine.address import address_of
from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation
from tests.door.waiting import awaited
from tests.engine.cluster import Cluster, missing

PAGE: Final = Path(__file__).parents[2].joinpath("docs", "postgres.md").read_text(encoding="utf-8")
BLOCKS: Final = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
ROLES, WAIT, GO_ON, *_ = (text.split(";\n") for kind, text in BLOCKS if kind == "sql")
INIT, MIRROR, _, MOVE, BACK = (text.splitlines() for kind, text in BLOCKS if kind == "sh")
SECRET: Final = "a password of the test"


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Cluster, Cluster]]:
    """A primary with the roles of the page, where the service role has a password, and its standby."""
    if lacking := missing():
        pytest.skip(f"no {', no '.join(lacking)}")
    monkeypatch.setenv("HOME", str(tmp_path))
    for variable in ("XDG_STATE_HOME", "DUTYBOARD_DATA"):
        monkeypatch.delenv(variable, raising=False)
    with Cluster("first") as first:
        first.execute("ALTER DATABASE desks OWNER TO postgres")
        first.execute("DROP ROLE owner")  # the page makes it
        for statement in ROLES[:-1]:
            first.execute(statement)
        first.execute(f"ALTER ROLE duty PASSWORD '{SECRET}'")
        entries = first.folder / "data" / "pg_hba.conf"
        entries.write_text(f"host all duty 127.0.0.1/32 scram-sha-256\n{entries.read_text()}")
        first.execute("SELECT pg_reload_conf()")
        with first.standby("standby1", slot=True) as second:
            yield first, second


def typed(line: str, pair: tuple[Cluster, Cluster], folder: Path, *, fails: bool = False) -> str:
    """Type a line of the page, with the places of this test in those of the page; return what it prints."""
    first, second = (f"127.0.0.1:{each.port}" for each in pair)
    places = {"db1": first, "db2": second, "/srv": f"{folder}", "/var/backups/duty": f"{folder}", "/root": f"{folder}"}
    for name, here in places.items():
        line = line.replace(name, here)
    words = shlex.split(line)
    words = words[words.index("dutyboard") + 1 :]
    done = CliRunner().invoke(program, words, obj=Invocation())
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == 0 or fails, (line, done.output)
    return done.stdout


def test_the_page_is_followed_from_the_roles_to_the_standby_that_took_over(
    pair: tuple[Cluster, Cluster], tmp_path: Path
) -> None:
    first, second = pair
    password = tmp_path / ".pgpass"
    password.write_text(f"127.0.0.1:*:prefecture:duty:{SECRET}\n")
    password.chmod(0o600)
    typed(INIT[0], pair, tmp_path)
    typed(MIRROR[0], pair, tmp_path)
    at_desk = "dutyboard --data /srv/duty "
    typed(f"{at_desk} log 头一条", pair, tmp_path)
    assert SECRET not in (tmp_path / "duty" / "engine.json").read_text()

    service = f"[duty]\nhost=127.0.0.1,127.0.0.1\nport={first.port},{second.port}\nuser=duty\n"
    (tmp_path / ".pg_service.conf").write_text(service + "target_session_attrs=read-write\n")
    (by_service,) = set(re.findall(r"`(postgresql:///\S+)`", PAGE))
    by_file = f"dutyboard --data '{by_service}' "
    assert "头一条" in typed(f"{by_file} export --json", pair, tmp_path)
    assert address_of(address_of(by_service).text) == address_of(by_service)

    def doctor() -> set[str]:
        lines = json.loads(typed(f"{at_desk} doctor --only engine --json", pair, tmp_path, fails=True))
        return {each["code"] for each in lines}

    def told(cluster: Cluster, block: list[str], waits: str) -> None:
        for statement in block[:-1]:
            cluster.execute(statement)
        assert awaited(lambda: waits in doctor())

    told(first, WAIT, "commit_waits")
    typed(f"{at_desk} log 等备机", pair, tmp_path)
    told(first, GO_ON, "commit_alone")
    told(first, WAIT, "commit_waits")
    first.kill_postmaster()
    assert "`SELECT pg_promote()`" in PAGE
    second.promote()
    typed(f"{at_desk} log 备机接替", pair, tmp_path)
    told(second, WAIT, "standby_gone")  # it waits for itself
    told(second, GO_ON, "commit_alone")
    texts = typed(f"{at_desk} export --json", pair, tmp_path)
    assert all(text in texts for text in ("头一条", "等备机", "备机接替"))
    typed(f"{at_desk} verify", pair, tmp_path)


def test_a_desk_is_moved_by_the_lines_of_the_page_and_back(pair: tuple[Cluster, Cluster], tmp_path: Path) -> None:
    def moved(lines: list[str]) -> None:
        for line in lines:
            if line.startswith("mv /srv/duty "):
                (tmp_path / "duty").rename(tmp_path / line.split()[2].rpartition("/")[2])
            elif "dutyboard" in line:
                typed(line, pair, tmp_path)

    (tmp_path / ".pgpass").write_text(f"127.0.0.1:*:*:duty:{SECRET}\n")
    (tmp_path / ".pgpass").chmod(0o600)
    typed("dutyboard init /srv/duty", pair, tmp_path)
    typed("dutyboard --data /srv/duty log 在文件里", pair, tmp_path)
    moved(MOVE)
    typed(MIRROR[0], pair, tmp_path)
    typed("dutyboard --data /srv/duty log 在库里", pair, tmp_path)
    moved(BACK)
    assert not (tmp_path / "duty" / "engine.json").exists()
    texts = typed("dutyboard --data /srv/duty export --json", pair, tmp_path)
    assert "在文件里" in texts and "在库里" in texts
    typed("dutyboard --data /srv/duty verify", pair, tmp_path)
