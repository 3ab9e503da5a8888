"""PDF of a .docx by LibreOffice: a process with a throw-away profile, a time limit and no network."""

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from dutyboard.tui.export.page import NoPage
from dutyboard.tui.terminal.office import office_there
from dutyboard.tui.text import Words

SECONDS: Final = 90
_MOST_BYTES: Final = 64 << 20
_PROFILE: Final = """<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
"""Settings of the profile: no macro runs, nothing is fetched."""


def as_pdf(docx: bytes, words: Words, seconds: float = SECONDS) -> bytes:
    """Return the PDF of a .docx. Raises NoPage where LibreOffice is missing, fails, or takes too long."""
    said, office = words.papers, office_there()
    if office is None:
        raise NoPage(said.no_office)
    with TemporaryDirectory(prefix="dutyboard-paper-") as folder:  # 0700, and gone afterwards with all that was in it
        there = Path(folder)
        (there / "paper.docx").write_bytes(docx)
        (there / "profile" / "user").mkdir(parents=True)
        (there / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        profile = f"-env:UserInstallation={(there / 'profile').as_uri()}"
        command = [office, "--headless", "--norestore", "--nolockcheck", profile]
        command += ["--convert-to", "pdf", "--outdir", folder, str(there / "paper.docx")]
        try:
            _run([*_without_network(), *command], there, seconds)
            with (there / "paper.pdf").open("rb") as made:
                return made.read(_MOST_BYTES)
        except subprocess.TimeoutExpired:
            raise NoPage(said.too_slow.format(seconds=round(seconds))) from None
        except OSError:
            raise NoPage(said.office_failed) from None


def _run(command: Sequence[str], folder: Path, seconds: float) -> None:
    """Run a command with nothing of our environment but the path; whatever it started ends with it."""
    known = {"PATH": os.defpath, "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    running = subprocess.Popen(
        command,
        cwd=folder,
        env=known,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        running.wait(timeout=seconds)
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()


def _without_network() -> list[str]:
    """Return the command that takes the network from what follows it; nothing where this machine cannot do so."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    command = [unshare, "--net", "--map-current-user"]
    tried = subprocess.run([*command, "true"], capture_output=True, check=False)
    return command if tried.returncode == 0 else []
