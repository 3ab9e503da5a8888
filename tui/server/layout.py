"""The names and places of a server: who owns the desk, and where each file of the system lies."""

import os
import re
import sys
from pathlib import Path
from typing import Final

import dutyboard
from dutyboard.frozen import frozen
from dutyboard.tui.link.identity import is_login

_PATH: Final = re.compile(r"(?:/[A-Za-z0-9_.][A-Za-z0-9._-]*)+")
"""A path that sshd, sudo and systemd all read as it stands: no blank, no quote, no sign of theirs."""
_OTHERS_WRITE: Final = 0o022
_FILE_FOR_ALL, _FOLDER_FOR_ALL = 0o004, 0o005


@frozen
class ServerLayout:
    """One server. The defaults are those of docs/server.md; tests put it elsewhere."""

    folder: Path = Path("/srv/duty")
    backups: Path = Path("/var/backups/duty")
    account: str = "duty"
    group: str = "dutyroom"
    python: Path
    home: Path = Path("/var/lib/dutyboard")
    keys: Path = Path("/etc/ssh/dutyboard")
    sshd_file: Path = Path("/etc/ssh/sshd_config.d/dutyboard.conf")
    sudoers_file: Path = Path("/etc/sudoers.d/dutyboard")
    units: Path = Path("/etc/systemd/system")

    @property
    def seen(self) -> Path:
        """The folder in which the account keeps the heads that each officer saw last (`link/witness.py`)."""
        return self.home / ".local" / "state" / "dutyboard"

    def bad_words(self) -> list[str]:
        """Return the names and paths that a file of the system might read as something else."""
        names = [name for name in (self.account, self.group) if not is_login(name) or name == "root"]
        paths = [self.folder, self.backups, self.python, self.home, self.keys]
        return names + [str(path) for path in paths if not _PATH.fullmatch(str(path)) or ".." in path.parts]


def own_python() -> Path:
    """Return the interpreter of this installation, by the name that does not change with its version."""
    plain = Path(sys.executable).with_name("python")
    return plain if plain.exists() else Path(sys.executable)


def unsafe_installation(python: Path) -> tuple[Path, str] | None:
    """Return the first part of the installation that somebody but root may change, or that the account cannot read.

    The code is `not_roots`, `others_write` or `unreadable`. Who may change the program may write as every officer.
    """
    rooms = Path(dutyboard.__file__).parent
    for start in (python, python.resolve(), rooms, *sorted(each for each in rooms.iterdir() if each.is_dir())):
        for path in {start: None, start.resolve(): None}:
            for each in (path, *path.parents):
                if fault := _fault(each):
                    return each, fault
    return None


def _fault(path: Path) -> str:
    found = path.lstat()
    if found.st_uid != 0:
        return "not_roots"
    if path.is_symlink():
        return ""
    if found.st_mode & _OTHERS_WRITE:
        return "others_write"
    needed = _FOLDER_FOR_ALL if path.is_dir() else _FILE_FOR_ALL
    return "" if found.st_mode & needed == needed else "unreadable"


def is_booted_by_systemd() -> bool:
    """Return True where systemd runs the machine, as sd_booted(3) asks it."""
    return os.path.isdir("/run/systemd/system")  # noqa: PTH112 (the same call as sd_booted)
