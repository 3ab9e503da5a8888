"""The door of a desk whose parent has the program loaded: what sshd starts on a server, for the benches of a log-in.

The parent never runs as root, and its folder is made by root: a bench without root's rights does not measure it.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dutyboard.tui.link.identity import own_identity
from tests.door.server import install_for_all
from tests.door.waiting import awaited

ACCOUNT: Final = "nobody"
FROM: Final = "SSH_CONNECTION=10.0.3.7 50022 10.0.0.1 22"


@dataclass(frozen=True)
class WarmDoor:
    """The line that sshd starts for an officer, its interpreter, and the parent."""

    argv: tuple[str, ...]
    python: str
    pid: int

    def sessions(self) -> list[int]:
        """Return the processes of the sessions."""
        return [int(each) for each in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text("ascii").split()]


@contextmanager
def warm_door(folder: Path) -> Iterator[WarmDoor]:
    """Give a desk to an account without rights, and run the parent of its sessions as that account.

    Rows for the sessions are left by the same interpreter: those of another are made anew.
    """
    if os.getuid() != 0:
        raise SystemExit("not root: no parent of sessions, so that a log-in on a server is not measured")
    run_folder = Path(f"/run/dutyboard-{ACCOUNT}")
    run_folder.mkdir(mode=0o700)
    place = Path(tempfile.mkdtemp(dir="/var/lib"))
    try:
        for each in (place, *folder.parents[:-2]):
            each.chmod(0o755)
        install_for_all(place / "opt")
        for each in (run_folder, folder, *folder.rglob("*")):
            shutil.chown(each, ACCOUNT)
        folder.chmod(0o700)
        rights = ("setpriv", f"--reuid={run_folder.stat().st_uid}", "--clear-groups", "env", "-i", "LANG=C.UTF-8")
        python = str(place / "opt" / "bin" / "python")
        program = (python, "-I", "-m", "dutyboard.tui.cli")
        if subprocess.run((*rights, *program, "--data", str(folder), "board"), stdout=subprocess.DEVNULL).returncode:
            raise SystemExit(f"the desk of {folder.name} cannot be shown to its account")
        door = ("--data", str(folder), "door", own_identity().login)
        with subprocess.Popen((*rights, *program, "--data", str(folder), "warm")) as parent:
            try:
                if not awaited((run_folder / "warm").exists, parent):
                    raise SystemExit("the parent of sessions does not listen")
                yield WarmDoor((*rights, "TERM=xterm-256color", FROM, *program, *door), python, parent.pid)
            finally:
                parent.kill()
    finally:
        shutil.rmtree(run_folder)
        shutil.rmtree(place)
