"""The installed program, called as scripts and cron call it: a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

DUTYBOARD = str(Path(sys.executable).with_name("dutyboard"))
ROOT = Path(__file__).parents[2]
PRACTICE = "2021-06-07T19:40"


def run(*words: str, folder: Path | None = None, **settings: Any) -> subprocess.CompletedProcess[str]:
    where = ["--data", str(folder)] if folder else []
    command = [DUTYBOARD, *where, *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **settings)


def printed(*words: str, folder: Path) -> Any:
    done = run(*words, folder=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refused(*words: str, folder: Path | None = None, code: int = 1) -> str:
    """The one line of a call that must fail."""
    done = run(*words, folder=folder)
    assert done.returncode == code, (done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    if code == 1:
        assert len(lines) == 1, lines
    return lines[-1]
