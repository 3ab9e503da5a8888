"""A PostgreSQL server for tests, thrown away afterwards: it can be stopped, killed, frozen, followed and replaced.

It belongs to an unprivileged account, as PostgreSQL demands: `postgres` where the tests run as root, else their own.
Three roles may log in: `postgres` (all rights), `owner` (of the database `desks`) and `service` (no right yet). None
has a password (`trust`): what a role may do is tested here, not how it proves to be that role. Only `postgres` is kept
to the socket, in a folder that nobody else may enter: it may run programs as the account of the server.
"""

import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Literal, Self
from urllib.parse import quote, urlencode

from psycopg import Connection, OperationalError, connect

from tests.door.waiting import SECONDS, awaited

Place = tuple[str, int]
"""Where a server listens: a host, or the folder of a socket, and a port."""
Stop = Literal["smart", "fast", "immediate"]
"""Wait for the clients, throw them out, or leave all for the next start to mend."""

ALL_RIGHTS: Final = "postgres"
DESKS: Final = "desks"
"""The database that each cluster has."""
_SIGNALS: Final[dict[Stop, signal.Signals]] = {
    "smart": signal.SIGTERM,
    "fast": signal.SIGINT,
    "immediate": signal.SIGQUIT,
}
_ENTRY: Final = f"""\
local all,replication {ALL_RIGHTS} trust
local all all trust
host all {ALL_RIGHTS} 127.0.0.1/32 reject
host all all 127.0.0.1/32 trust
"""
_SETTINGS: Final = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "400",
    "shared_buffers": "32MB",
    "dynamic_shared_memory_type": "mmap",  # in its folder: nothing stays in /dev/shm after a kill
    "wal_retrieve_retry_interval": "100ms",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %q%u@%d ",
}
_HASTY: Final = {"fsync": "off", "full_page_writes": "off"}
"""Loses nothing when processes are killed: what they wrote is with the kernel. Only a power cut would cost lines."""
_LAST: Final = """\
read -r _
cd "$0/data" && if [ -e postmaster.pid ]; then
  pid=$(sed -n 1p postmaster.pid)
  [ "$(readlink "/proc/$pid/cwd")" != "$PWD" ] || kill -KILL "$pid" $(cat "/proc/$pid/task/$pid/children")
  ipcrm -m "$(awk 'NR == 7 { print $2 }' postmaster.pid)"
fi
cd / && rm -rf "$0"
"""
"""Waits for the end of its input, which also comes when the process of the tests is killed, and takes all away."""


def binaries() -> Path | None:
    """Return the folder of the newest server that Debian has installed, else that of a `postgres` on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda each: int(each.parts[-3]))
    on_path = shutil.which("postgres")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def missing() -> list[str]:
    """What the tests need and what is not there."""
    lacking = [] if binaries() else ["package postgresql"]
    return lacking if _account() in {each.pw_name for each in pwd.getpwall()} else [*lacking, f"account {_account()}"]


def address(places: Sequence[Place], database: str = DESKS, user: str = "service", **more: str) -> str:
    """Return the address of a database behind one or several hosts; no password stands in it.

    `more` are parameters of the address: `schema`, `target_session_attrs`, `connect_timeout`.
    """
    hosts = ",".join(f"{quote(host, safe='')}:{port}" for host, port in places)
    return f"postgresql://{user}@{hosts}/{database}{'?' if more else ''}{urlencode(more)}"


class Cluster:
    """One server with its folder, from the start of the block to its end.

    A `durable` one waits for the disk at each commit; only a power cut of the machine tells it from the others.
    """

    def __init__(
        self, name: str = "primary", *, durable: bool = False, follows: "Cluster | None" = None, slot: bool = False
    ) -> None:
        self.name = name
        self.port = _free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="duty-pg-", dir="/tmp"))  # a socket's path has 107 bytes at most
        self._durable = durable
        self._follows = follows
        self._slot = slot
        self._frozen: list[int] = []
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        if os.getuid() == 0:
            shutil.chown(self.folder, _account(), _account())
        self._guard = self._popen("sh", "-c", _LAST, str(self.folder), stdin=subprocess.PIPE)
        try:
            if self._follows is None:
                self._make()
            else:
                self._copy(self._follows)
            self._write_settings()
            self.start()
            if self._follows is None:
                for sql in ("ROLE owner LOGIN", "ROLE service LOGIN", f"DATABASE {DESKS} OWNER owner"):
                    self.execute(f"CREATE {sql}", database="postgres")
            else:
                assert awaited(self.streams), f"{self.name} does not follow: {self.log()}"
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        print(f"log of {self.name}:\n{self.log()}")  # pytest shows it when the test fails
        self.go_on()
        if self.runs:
            self.stop("immediate")
        self._guard.communicate()

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def host(self) -> Place:
        """Where it listens on the loopback."""
        return ("127.0.0.1", self.port)

    @property
    def socket(self) -> Place:
        return (str(self.folder), self.port)

    def address(self, database: str = DESKS, user: str = "service", **more: str) -> str:
        """Return the address of a database by the loopback, as another machine would write it."""
        return address([self.host], database, user, **more)

    def connect(self, database: str = DESKS, user: str = ALL_RIGHTS) -> Connection[Any]:
        """Connect by the socket; each statement is a transaction of its own."""
        return connect(address([self.socket], database, user), autocommit=True)

    def execute(
        self, sql: str, *values: object, database: str = DESKS, user: str = ALL_RIGHTS
    ) -> list[tuple[Any, ...]]:
        """Carry out one statement and return its rows."""
        with self.connect(database, user) as connection:
            done = connection.execute(sql.encode(), values or None)
            return done.fetchall() if done.description else []

    @property
    def log_size(self) -> int:
        """The bytes of its log so far."""
        return self._log.stat().st_size

    def log(self, begin: int = 0, lines: int = 60) -> str:
        """Return the last lines that the server wrote, of those behind a byte of its log."""
        with suppress(FileNotFoundError):
            return "\n".join(self._log.read_bytes()[begin:].decode(errors="replace").splitlines()[-lines:])
        return ""

    def start(self) -> None:
        """Start it, and wait until it answers. It repairs itself first if it was killed."""
        assert not self.runs
        with self._log.open("ab") as log:
            self._process = self._popen(self._program("postgres"), "-D", str(self._data), stdout=log, stderr=log)
        self.awake()

    def awake(self) -> None:
        """Wait until it answers."""
        assert awaited(self._answers, self._process), f"{self.name} does not answer: {self.log()}"

    def stop(self, mode: Stop = "fast") -> None:
        assert self._process is not None
        self._process.send_signal(_SIGNALS[mode])
        self._process.wait(SECONDS)

    def kill_postmaster(self) -> None:
        """Kill every process of it at once. What a start needs to mend stays behind, as after a crash."""
        assert self._process is not None
        killed = self._stopped()
        for pid in killed:
            _send(pid, signal.SIGKILL)
        self._process.wait(SECONDS)
        assert awaited(lambda: not any(map(lives, killed))), "they hold the memory that the next start takes"
        self._frozen = []

    def kill_backends(self, role: str | None = None, pid: int | None = None) -> None:
        """Kill the process of one connection, or those of a role. The server throws out all others and starts anew."""
        asked = "backend_type = 'client backend' AND (usename = %s OR pid = %s)"
        found = self.execute(f"SELECT pid FROM pg_stat_activity WHERE {asked}", role, pid)
        assert found, f"no connection of {role or pid}"
        before = self._children()
        for (each,) in found:
            _send(each, signal.SIGKILL)
        assert awaited(lambda: not set(before) & set(self._children()), self._process), self.log()
        self.awake()

    def pause(self) -> None:
        """Freeze every process of it: connections stay and nothing is answered."""
        self._frozen = self._stopped()

    def go_on(self) -> None:
        while self._frozen:
            _send(self._frozen.pop(), signal.SIGCONT)

    def mend(self) -> None:
        """Bring it back to work, whatever was done to it, without a client: none may hold a lock or a test."""
        self.go_on()
        if not self.runs:
            self.start()
        if self.execute("SHOW synchronous_standby_names") != [("",)]:
            self.synchronous()
        others = "backend_type = 'client backend' AND pid <> pg_backend_pid()"
        self.execute(f"SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity WHERE {others}")

    def standby(self, name: str, *, slot: bool = False) -> "Cluster":
        """Return a server that follows this one. With a slot, this one keeps what it misses."""
        return Cluster(name, durable=self._durable, follows=self, slot=slot)

    def streams(self) -> bool:
        """True if it follows its primary, of which the primary knows."""
        assert self._follows is not None
        asked = "SELECT 1 FROM pg_stat_replication WHERE application_name = %s AND state = 'streaming'"
        return bool(self._follows.execute(asked, self.name))

    def synchronous(self, *names: str) -> None:
        """Let each commit wait for all the standbys named; none: for nobody."""
        told = f"{len(names)} ({', '.join(names)})" if names else ""
        with self.connect() as connection:
            connection.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{told}'")
            connection.execute("SELECT pg_reload_conf()")
            shown = "SELECT current_setting('synchronous_standby_names')"
            assert awaited(lambda: connection.execute(shown).fetchone() == (told,))
            connection.execute("CHECKPOINT")  # the checkpointer lets commits wait, once it has read the setting

    def promote(self) -> None:
        """Make a standby a primary, and wait until it is one."""
        assert self.execute("SELECT pg_promote()") == [(True,)]
        self._follows = None

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    def _program(self, name: str) -> str:
        place = binaries()
        assert place is not None, missing()
        return str(place / name)

    def _popen(self, *words: str, **more: Any) -> "subprocess.Popen[bytes]":
        """Start a program as the account of the server. Keys at the terminal of the tests do not reach it."""
        as_account: dict[str, Any] = (
            {"user": _account(), "group": _account(), "extra_groups": ()} if os.getuid() == 0 else {}
        )
        blank = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(self.folder)}
        return subprocess.Popen(words, cwd=self.folder, env=blank, start_new_session=True, **as_account, **more)

    def _told(self, *words: str) -> None:
        """Carry out a command that must succeed."""
        program = self._popen(*words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        printed, _ = program.communicate(timeout=SECONDS)
        assert program.returncode == 0, (words, printed.decode())

    def _make(self) -> None:
        how = ["--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", f"--username={ALL_RIGHTS}"]
        self._told(self._program("initdb"), "-D", str(self._data), *how)
        (self._data / "pg_hba.conf").write_text(_ENTRY)

    def _copy(self, source: "Cluster") -> None:
        where = ["-h", str(source.folder), "-p", str(source.port), "-U", ALL_RIGHTS, "-D", str(self._data)]
        kept = ["-C", "-S", self.name] if self._slot else []
        self._told(self._program("pg_basebackup"), *where, "-R", "--checkpoint=fast", "--no-sync", *kept)
        with (self._data / "postgresql.auto.conf").open("a") as own:
            own.write("synchronous_standby_names = ''\n")  # else it would wait for itself once it is the primary

    def _write_settings(self) -> None:
        own = {"port": str(self.port), "unix_socket_directories": str(self.folder), "cluster_name": self.name}
        settings: Mapping[str, str] = {**_SETTINGS, **({} if self._durable else _HASTY), **own}
        with (self._data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    def _answers(self) -> bool:
        with suppress(OperationalError):
            return bool(self.execute("SELECT 1", database="postgres"))
        return False

    def _children(self) -> list[int]:
        assert self._process is not None
        pid = self._process.pid
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def _stopped(self) -> list[int]:
        """Freeze it, the postmaster first so that it starts nothing more; return all its processes, that one last."""
        assert self._process is not None
        pid = self._process.pid
        _send(pid, signal.SIGSTOP)
        assert awaited(lambda: _state(pid) == "T")
        found = self._children()
        for each in found:
            _send(each, signal.SIGSTOP)
        return [*found, pid]


def _account() -> str:
    """The account that a server belongs to: PostgreSQL does not run as root."""
    return "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name


def _send(pid: int, sign: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, sign)


def _state(pid: int) -> str:
    """The letter of the kernel for what a process is about; "" if there is none."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return ""


def lives(pid: int) -> bool:
    """True if a process has not ended, whether or not its parent has asked about it."""
    return _state(pid) not in ("", "Z", "X")


def _free_port() -> int:
    """Return a free port below those that the kernel gives to others, so that it stays free between two starts."""
    while True:
        port = random.randint(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
