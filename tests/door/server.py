"""A server set up by the steps and files of server-setup: an account, a folder, keys, sshd on the loopback, sudo.

It needs root, sshd and sudo, which `.ci/run` installs. Whatever it makes on the machine, accounts included, it takes
away again.
"""

import grp
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dutyboard.tui.server.layout import ServerLayout
from dutyboard.tui.server.steps import server_steps
from dutyboard.tui.server.system_files import server_files
from tests.door.waiting import SECONDS, awaited

TOP: Final = Path(__file__).parents[2]
SSHD: Final = "/usr/sbin/sshd"
_AS_DEBIAN: Final = """\
X11Forwarding yes
XAuthLocation /bin/true
AcceptEnv LANG LC_* TEXTUAL_* PYTHON*
PermitTunnel yes
UsePAM no
"""
"""What a machine may allow before the account is named: the account's own lines must close it."""


@dataclass
class Server:
    """One server. `users` are accounts of the system that may come in by sudo.

    `stranger` has an account, a shell and a key of his own, with everything that sshd allows: what an attack needs to
    be one.
    """

    place: Path
    port: int
    mark: str
    users: tuple[str, ...]
    stranger: str

    @property
    def account(self) -> str:
        return f"{self.mark}duty"

    @property
    def folder(self) -> Path:
        return self.place / "srv"

    @property
    def python(self) -> str:
        return str(self.place / "opt" / "bin" / "python")

    @property
    def layout(self) -> ServerLayout:
        return ServerLayout(
            folder=self.folder,
            backups=self.place / "backups",
            account=self.account,
            group=f"{self.mark}room",
            python=Path(self.python),
            home=self.place / "home",
            keys=self.place / "keys",
            sshd_file=self.place / "dutyboard.conf",
            sudoers_file=Path("/etc/sudoers.d") / f"{self.mark}-dutyboard",
            units=self.place / "units",
        )

    def key(self, name: str) -> Path:
        """The private key of an officer, made when it is first asked for."""
        file = self.place / "clients" / name
        if not file.exists():
            told("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", f"{name}@pc", "-f", str(file))
        return file

    def fingerprint(self, name: str) -> str:
        return told("ssh-keygen", "-lf", f"{self.key(name)}.pub").split()[1]

    def client_words(self, name: str) -> list[str]:
        """What ssh, scp and sftp are told alike."""
        fixed = "-F none -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
        own = ["-o", "IdentitiesOnly=yes", "-i", str(self.key(name)), "-o", f"Port={self.port}"]
        return [*fixed.split(), *own]

    def host(self, name: str) -> str:
        """Where a key leads: to the account of the desk, the stranger's to his own."""
        return f"{name if name == self.stranger else self.account}@127.0.0.1"

    def ssh_words(self, name: str, *words: str, options: Sequence[str] = ()) -> list[str]:
        """The client's command line, as an officer types it on his own machine."""
        return ["ssh", *self.client_words(name), *options, self.host(name), *words]

    def ssh(
        self, name: str, *words: str, typed: bytes = b"", options: Sequence[str] = (), env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            self.ssh_words(name, *words, options=options),
            input=typed,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, **(env or {})},
        )

    def as_account(self, *words: str, typed: str = "") -> str:
        """What `dutyboard …` prints to the account that owns the desk."""
        return told("runuser", "-u", self.account, "--", *self.dutyboard(*words), typed=typed)

    def dutyboard(self, *words: str) -> list[str]:
        return [self.python, "-I", "-m", "dutyboard.tui.cli", "--data", str(self.folder), *words]

    def as_user(self, user: str, *words: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """A command by an account of the system, with that account's rights alone."""
        who = pwd.getpwnam(user)
        rights = ["setpriv", f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--init-groups", "--reset-env"]
        return subprocess.run(
            [*rights, *words], input=typed, capture_output=True, timeout=SECONDS, check=False, cwd="/"
        )

    def sudo(self, user: str, *words: str, login: str = "", typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """The door, by way of sudo."""
        door = [*self.dutyboard("door", login or user), *words]
        return self.as_user(user, "sudo", "-n", "-u", self.account, *door, typed=typed)


def told(*words: str, typed: str = "", cwd: Path | None = None) -> str:
    """What a command that must succeed prints."""
    done = subprocess.run(words, input=typed, capture_output=True, text=True, timeout=SECONDS, check=False, cwd=cwd)
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout


def missing() -> list[str]:
    """The programs that the tests need and that are not there."""
    needed = "sudo visudo ssh scp sftp ssh-agent ssh-keygen useradd userdel groupadd setpriv runuser unshare nsenter ip"
    return [name for name in (SSHD, *needed.split()) if shutil.which(name) is None]


@contextmanager
def running_server() -> Iterator[Server]:
    """Set a server up by the steps of server-setup, and take it away again."""
    mark = f"db{os.getpid()}"
    place = Path(tempfile.mkdtemp(prefix=f"{mark}-", dir="/var/lib"))
    place.chmod(0o755)
    users = (f"{mark}one", f"{mark}two")
    server = Server(place, _free_port(), mark, users, f"{mark}far")
    sshd: subprocess.Popen[bytes] | None = None
    try:
        install_for_all(place / "opt")
        _set_up(server)
        sshd = _sshd(server)
        yield server
    finally:
        if sshd is not None:
            sshd.terminate()
            sshd.wait(SECONDS)
        server.layout.sudoers_file.unlink(missing_ok=True)
        for name in (server.account, *users, server.stranger):
            with suppress(KeyError):
                pwd.getpwnam(name)
                subprocess.run(["userdel", name], capture_output=True, check=False)
        with suppress(KeyError):
            grp.getgrnam(f"{mark}room")
            subprocess.run(["groupdel", f"{mark}room"], capture_output=True, check=False)
        shutil.rmtree(place)


def _set_up(server: Server) -> None:
    (server.place / "clients").mkdir(mode=0o700)
    for step in server_steps(server.layout):
        if step.kind in ("group", "account", "folder"):
            assert step.state == "to_do" and step.do is not None, step
            step.do()
    texts = {each.path: each for each in server_files(server.layout, sudo=True)}
    rule = texts[server.layout.sudoers_file]
    told("visudo", "-cf", "-", typed=rule.text)
    rule.path.write_text(rule.text, encoding="utf-8")
    rule.path.chmod(rule.mode)
    server.layout.sshd_file.write_text(texts[server.layout.sshd_file].text, encoding="utf-8")
    server.as_account("init", str(server.folder))
    server.as_account("officer", "add", "王芳", "--role", "officer")
    keyed(server, "wangfang", "--officer", "王芳")
    for user in server.users:
        told("useradd", "--no-create-home", "--home-dir", "/", "--password", "*", "-G", f"{server.mark}room", user)
    told("useradd", "--no-create-home", "--home-dir", "/", "--password", "*", server.stranger)
    (server.place / "strangers").mkdir(mode=0o755)
    shutil.copy(f"{server.key(server.stranger)}.pub", server.place / "strangers" / server.stranger)


def enrolled(server: Server, officers: dict[str, str]) -> None:
    """Put officers on the roster, each with his login bound: as one batch of the account."""
    roster = [json.dumps({"act": "officer add", "name": name, "role": "officer"}) for name in officers.values()]
    added = [json.loads(line) for line in server.as_account("batch", "-", typed="\n".join(roster)).splitlines()]
    bound = [
        json.dumps({"act": "sign-on bind", "officer": each["created"]["officer"], "login": login, "reason": "开户"})
        for login, each in zip(officers, added)
    ]
    server.as_account("batch", "-", typed="\n".join(bound))


def keyed(server: Server, login: str, *more: str) -> None:
    """Give an officer a key, as root."""
    keys_file = ["--keys-file", str(server.layout.keys / server.account)]
    server.key(login)
    told(*server.dutyboard("keys", "add", login, f"{server.key(login)}.pub", *keys_file, *more))


def install_for_all(opt: Path) -> None:
    """Make the installation for all: a Python that every account may run, and the packages of this one."""
    subprocess.run([public_python(), "-m", "venv", "--without-pip", str(opt)], check=True)
    site = next((opt / "lib").glob("python3*/site-packages"))
    paths = [path for path in map(Path, sys.path) if path.name.endswith("site") or path.name == "site-packages"]
    reached = [TOP, *paths]
    if not all(map(_reachable, reached)):
        own = opt / "packages"
        for path in paths:
            shutil.copytree(path, own, dirs_exist_ok=True, symlinks=False, ignore=shutil.ignore_patterns("*.pth"))
        shutil.rmtree(own / "dutyboard", ignore_errors=True)
        for room in ("rules", "store", "tui"):
            shutil.copytree(TOP / room, own / "dutyboard" / room)
        shutil.copy(TOP / "dutyboard" / "__init__.py", own / "dutyboard")
        reached = [own]
    (site / "dutyboard.pth").write_text("".join(f"{path}\n" for path in reached), encoding="utf-8")
    script = opt / "bin" / "dutyboard"
    script.write_text(f'#!/bin/sh\nexec {opt}/bin/python -I -m dutyboard.tui.cli "$@"\n', encoding="utf-8")
    script.chmod(0o755)


def public_python() -> str:
    """A Python of our own version that every account may run: ours, else the system's."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for each in (Path(sys.base_prefix) / "bin" / version, Path("/usr/bin") / version, Path("/usr/local/bin") / version):
        if each.exists() and _reachable(each.resolve()):
            return str(each)
    raise AssertionError(f"no {version} that another account may run: install python3 of the system")


def _reachable(path: Path) -> bool:
    """True if every account may read what lies there."""
    return all(each.stat().st_mode & 0o005 == 0o005 for each in (path, *path.parents))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _sshd(server: Server) -> "subprocess.Popen[bytes]":
    Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    told("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(server.place / "host"))
    config = server.place / "sshd_config"
    own = f"Port {server.port}\nListenAddress 127.0.0.1\nHostKey {server.place}/host\nPidFile none\n"
    others = f"AuthorizedKeysFile {server.place}/strangers/%u\nSubsystem sftp internal-sftp\n"
    config.write_text(f"{own}{_AS_DEBIAN}{others}{server.layout.sshd_file.read_text('utf-8')}", encoding="utf-8")
    log = (server.place / "sshd.log").open("wb")
    sshd = subprocess.Popen([SSHD, "-D", "-e", "-f", str(config)], stderr=log, stdin=subprocess.DEVNULL)
    assert awaited(lambda: _listens(server.port), sshd), (server.place / "sshd.log").read_text(encoding="utf-8")
    return sshd


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False
