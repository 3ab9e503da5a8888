"""The door of a desk that was moved to PostgreSQL: its folder is a mirror, and its account alone may log in there."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from dutyboard.tui.server.system_files import server_files, units
from tests.door.server import Server, keyed, told
from tests.door.test_server import notes
from tests.door.warm import leave, running_parent, save_note
from tests.engine.cluster import ALL_RIGHTS, DESKS, Cluster, address
from tests.engine.cluster import missing as database_missing
from tests.pty.desks import journal
from tests.pty.terminal import Terminal

SCHEMA: Final = "loudi"
_ENTRY: Final = f"local all {ALL_RIGHTS},owner peer map=tests\nlocal all all peer\n"
_MAP: Final = f"tests root {ALL_RIGHTS}\ntests root owner\n"


@dataclass
class Moved:
    """A server whose desk is on a database. Each account logs in there by its own name, and no other way."""

    server: Server
    cluster: Cluster

    @property
    def place(self) -> Path:
        """The folder of the database's socket."""
        return self.server.place / "postgresql"

    def address(self, user: str) -> str:
        return address([(str(self.place), self.cluster.port)], user=user, schema=SCHEMA)

    def newest(self) -> tuple[dict[str, Any], str]:
        """The newest line of the desk on the database, and its writer."""
        asked = f"SELECT line, writer FROM {SCHEMA}.lines WHERE chain = 'desk' ORDER BY n DESC LIMIT 1"
        ((line, writer),) = self.cluster.execute(asked)
        return json.loads(bytes(line)), writer

    def unit(self, name: str) -> list[str]:
        """The command line of a unit that server-setup writes."""
        (text,) = (each.text for each in server_files(self.server.layout, sudo=True) if each.path.name == name)
        (line,) = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
        return str(line).split()


@pytest.fixture(scope="module")
def moved(server: Server) -> Iterator[Moved]:
    """The desk of the server, moved as docs/postgres.md says, and moved away again."""
    if lacking := database_missing():
        assert not os.environ.get("DUTYBOARD_POSTGRES_PROVED"), lacking
        pytest.skip(f"no {', no '.join(lacking)}")
    with Cluster(durable=True) as cluster:
        made = Moved(server, cluster)
        made.place.mkdir(mode=0o755)
        shutil.chown(made.place, "postgres")
        cluster.execute(f'CREATE ROLE "{server.account}" LOGIN')
        cluster.stop()
        data = cluster.folder / "data"
        (data / "pg_hba.conf").write_text(_ENTRY)
        (data / "pg_ident.conf").write_text(_MAP)
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(f"unix_socket_directories = '{cluster.folder},{made.place}'\n")
        cluster.start()
        files, copy = server.place / "srv.files", server.place / "copy"
        server.as_account("backup", str(server.layout.backups / "copy"))
        (server.layout.backups / "copy").rename(copy)
        told("chown", "-R", "root:root", str(copy))  # it restores as the owner of the tables
        roots = f"XDG_STATE_HOME={server.place}/state"
        program = [server.python, "-I", "-m", "dutyboard.tui.cli"]
        told("env", roots, *program, "restore", str(copy), made.address("owner"), "--service", server.account)
        server.folder.rename(files)
        told("install", "-d", "-m", "700", "-o", server.account, str(server.folder))
        service = server.layout.home / ".pg_service.conf"
        service.write_text(f"[duty]\nhost={made.place}\nport={cluster.port}\n", encoding="utf-8")
        as_duty = ["runuser", "-u", server.account, "--", *program]
        told(*as_duty, "mirror", f"postgresql:///{DESKS}?service=duty&schema={SCHEMA}", str(server.folder))
        yield made
    shutil.rmtree(server.folder)
    files.rename(server.folder)
    service.unlink()
    for left in (copy, made.place, server.place / "state"):
        shutil.rmtree(left)


def test_an_officer_acts_and_the_line_stands_on_the_database_with_his_login(moved: Moved) -> None:
    server = moved.server
    done = server.ssh("wangfang", "log", "经镜像记事")
    assert done.returncode == 0, done.stderr
    line, writer = moved.newest()
    (entry,) = line["put"]["entries"].values()
    assert (entry["text"], entry["login"], entry["key"]) == ("经镜像记事", "wangfang", server.fingerprint("wangfang"))
    assert writer.partition("@")[0] == "wangfang"
    by_sudo = server.sudo(server.users[0], "log", "经sudo记事")
    assert by_sudo.returncode == 0, by_sudo.stderr
    assert moved.newest()[1].partition("@")[0] == server.users[0]
    assert journal(server.folder)[-1] == moved.newest()[0]


def test_an_officer_has_no_right_in_the_database_and_none_in_the_folder(moved: Moved) -> None:
    server, user = moved.server, moved.server.users[0]
    log_in = "import psycopg, sys; psycopg.connect(sys.argv[1]).execute('SELECT 1')"
    for role, said in ((server.account, b"Peer authentication failed"), (user, b"does not exist")):
        conninfo = address([(str(moved.place), moved.cluster.port)], user=role)
        refused = server.as_user(user, server.python, "-I", "-c", log_in, conninfo)
        assert refused.returncode == 1 and said in refused.stderr, refused.stderr
    own = address([(str(moved.place), moved.cluster.port)], user=server.account)
    told("runuser", "-u", server.account, "--", server.python, "-I", "-c", log_in, own)
    for words in (["ls"], ["cat", "engine.json"], ["touch", "PWNED"]):
        program, *name = words
        refused = server.as_user(user, program, str(server.folder.joinpath(*name)))
        assert refused.returncode != 0 and b"ermission denied" in refused.stderr
    for line in ("psql", "cat engine.json", "doctor --only engine", "mirror postgresql:///x /tmp/PWNED"):
        assert server.ssh("wangfang", *line.split()).returncode != 0, line


def test_while_the_database_is_away_he_reads_the_picture_with_its_age_and_no_act_is_taken(moved: Moved) -> None:
    server = moved.server
    with Terminal(*server.ssh_words("wangfang", options=["-tt"])) as seen:
        seen.wait_for("24小时值班板")
        moved.cluster.stop()
        try:
            seen.wait_for("画面停在")
            board = server.ssh("wangfang", "board")
            assert board.returncode == 0 and "画面停在" in board.stdout.decode().splitlines()[0]
            refused = server.ssh("wangfang", "log", "没有记下")
            assert refused.returncode == 1 and "数据库没有应答" in refused.stderr.decode()
        finally:
            moved.cluster.start()
        seen.wait_until(lambda shown: "画面停在" not in shown, "the database answers")
        seen.settle()
        save_note(seen, "又能记了")
        assert leave(seen) == 0
    assert "又能记了" in notes(server) and "没有记下" not in notes(server)


@pytest.mark.parametrize("name", list(units()))
def test_each_unit_of_the_machine_runs_on_a_mirror_without_a_network(moved: Moved, name: str) -> None:
    """A unit has no network: in one that leads nowhere the socket of the database is reached all the same."""
    as_duty = ["unshare", "-n", "runuser", "-u", moved.server.account, "--"]
    done = subprocess.run(
        [*as_duty, *moved.unit(f"dutyboard-{name}.service")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (done.stdout, done.stderr)
    if name == "backup":
        (copy,) = moved.server.layout.backups.iterdir()
        assert "engine.json" not in {each.name for each in copy.iterdir()}
    if name == "verify":
        assert json.loads(moved.server.as_account("verify", "--json"))["problems"] == []


def test_a_session_of_the_parent_is_one_of_the_mirror(moved: Moved) -> None:
    with running_parent(moved.server) as parent:
        terminal, session = parent.board()
        with terminal:
            save_note(terminal, "由预装进程记下")
            assert session in parent.children()
            assert leave(terminal) == 0
    (entry,) = moved.newest()[0]["put"]["entries"].values()
    assert (entry["text"], entry["login"]) == ("由预装进程记下", "wangfang")


def test_root_steps_down_to_the_account_that_may_log_in(moved: Moved) -> None:
    """Its service file lies in the account's home."""
    server, keys_file = moved.server, ["--keys-file", str(moved.server.layout.keys / moved.server.account)]
    keyed(server, server.users[1])
    told(*server.dutyboard("keys", "remove", server.users[1], *keys_file))
    lines = json.loads(told(*moved.server.dutyboard("doctor", "--only", "engine", "--only", "folder", "--json")))
    assert {"engine", "mirror", "role", "modes"} <= {each["code"] for each in lines}
