"""A machine of its own for a test: the root of this one, on which nothing is kept, with its own network and processes.

Whatever is written there, accounts and files of the system included, lies in memory and is gone with it. So a page may
be followed with its own names and places, down to port 22.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

from tests.door.server import SSHD, TOP, public_python
from tests.door.waiting import SECONDS, awaited

_BOOT: Final = """\
set -e
mount -t tmpfs tmpfs $0
mkdir $0/upper $0/work $0/root
mount -t overlay overlay -o lowerdir=/,upperdir=$0/upper,workdir=$0/work $0/root
mount -t proc proc $0/root/proc
mount --rbind /dev $0/root/dev
mkdir -p $0/root/root/setup $0/root/run/sshd
rm -rf $0/root/etc/ssh/sshd_config.d/* $0/root/var/lib/dutyboard $0/root/srv/duty
echo 127.0.0.1 host >> $0/root/etc/hosts
ip link set lo up
echo ready
exec sleep infinity
"""
_PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_BLANK: Final = {"PATH": _PATH, "HOME": "/root", "LANG": "C.UTF-8"}


@dataclass
class Machine:
    """The machine: the process that holds it, and its root as that process sees it."""

    pid: int
    root: str

    def words(self, *words: str, term: str = "dumb") -> list[str]:
        """The command line by which something runs there as root."""
        env = [f"{name}={value}" for name, value in (_BLANK | {"TERM": term}).items()]
        return [*self._inside(), "chroot", self.root, "env", "-i", "-C", "/root/setup", *env, *words]

    def run(self, *words: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(self.words(*words), input=typed, capture_output=True, timeout=120, check=False)

    def told(self, *words: str) -> str:
        """What a command that must succeed prints."""
        done = self.run(*words)
        assert done.returncode == 0, (words, done.stdout.decode(), done.stderr.decode())
        return done.stdout.decode()

    def copy(self, source: Path, target: str) -> None:
        """Copy a file or a folder of this machine there, links followed."""
        place = f"{self.root}{target}"
        for words in (["mkdir", "-p", str(Path(place).parent)], ["cp", "-rLT", str(source), place]):
            subprocess.run([*self._inside(), *words], check=True, capture_output=True, timeout=SECONDS)

    def _inside(self) -> list[str]:
        return ["nsenter", "-t", str(self.pid), "-m", "-n", "-p"]


@contextmanager
def empty_machine() -> Iterator[Machine]:
    """Start a machine; it ends with the block, and so does all that runs there."""
    place = tempfile.mkdtemp(prefix="dutyboard-machine-")
    words = ["unshare", "-m", "-n", "-p", "--fork", "--kill-child", "sh", "-c", _BOOT, place]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as holder:
        try:
            assert holder.stdout is not None and holder.stderr is not None
            assert holder.stdout.readline() == b"ready\n", holder.stderr.read().decode()
            inner = Path(f"/proc/{holder.pid}/task/{holder.pid}/children").read_text().split()[0]
            yield Machine(int(inner), f"{place}/root")
        finally:
            holder.kill()
    shutil.rmtree(place)


def installed(machine: Machine) -> None:
    """Put the program there as `pip install` would, from what is installed here: no network is needed."""
    machine.told(public_python(), "-m", "venv", "--without-pip", "/opt/dutyboard")
    site = machine.told("sh", "-c", "echo /opt/dutyboard/lib/python3*/site-packages").strip()
    with tempfile.TemporaryDirectory() as made:
        for name in _needed("dutyboard"):
            for file in distribution(name).files or ():
                source = Path(str(file.locate()))
                if ".." not in file.parts and source.is_file():
                    target = Path(made) / str(file)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(source, target)
        shutil.rmtree(Path(made) / "dutyboard", ignore_errors=True)
        for stray in Path(made).glob("__editable__*"):
            stray.unlink()
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(TOP / "dutyboard", Path(made) / "dutyboard", symlinks=False, ignore=ignored)
        Path(made).chmod(0o755)
        machine.copy(Path(made), site)
        script = Path(made) / "script"
        script.write_text('#!/bin/sh\nexec /opt/dutyboard/bin/python -I -m dutyboard.tui.cli "$@"\n', encoding="utf-8")
        script.chmod(0o755)
        machine.copy(script, "/opt/dutyboard/bin/dutyboard")
    machine.told("chmod", "-R", "go-w,a+rX", "/opt/dutyboard")
    machine.told("chmod", "a+x", "/opt/dutyboard/bin/dutyboard")


def _needed(name: str, seen: set[str] | None = None) -> set[str]:
    """Every distribution that one needs, itself included."""
    found = {name} if seen is None else seen
    for line in distribution(name).requires or ():
        need = Requirement(line)
        if need.name not in found and (need.marker is None or need.marker.evaluate({"extra": ""})):
            found.add(need.name)
            _needed(need.name, found)
    return found


@contextmanager
def running_sshd(machine: Machine) -> Iterator[None]:
    """Run sshd there, with the machine's own configuration."""
    machine.told("ssh-keygen", "-A")
    with subprocess.Popen(machine.words(SSHD, "-D", "-e"), stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) as sshd:
        try:
            probe = "exec 3<>/dev/tcp/127.0.0.1/22"
            assert awaited(lambda: machine.run("bash", "-c", probe).returncode == 0, sshd), "sshd does not listen"
            yield
        finally:
            sshd.terminate()
