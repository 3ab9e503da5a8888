"""Desks for the terminal tests, made by the program itself, and what its command line says of them."""

import json
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

from dutyboard.rules.records.model import Site
from dutyboard.store import Put, open_store
from dutyboard.tui.link.records import document
from dutyboard.tui.link.steps import STEPS
from dutyboard.tui.text import words
from tests.homes import begun
from tests.pty.terminal import DUTYBOARD, KEYS, LIMIT, Terminal

PRACTICE = "2021-06-07T19:40"
OPENED = datetime.fromisoformat("2021-06-07T18:00:00+08:00")


def run(folder: Path, *told: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """One call of the command line on a desk."""
    command = [DUTYBOARD, "--data", str(folder), *told]
    return subprocess.run(command, input=typed, capture_output=True, text=True, timeout=LIMIT, check=False)


def printed(folder: Path, *told: str) -> Any:
    """What a call prints as JSON. Fails when the call does."""
    done = run(folder, *told)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def practice_desk(folder: Path, clock: str = PRACTICE) -> Path:
    """The busy sample, its clock set to the evening of the notice."""
    made = run(folder, "init", str(begun(folder)), "--sample", "--practice", clock)
    assert made.returncode == 0, made.stderr
    return folder


def with_sites(folder: Path, count: int, clock: str = PRACTICE) -> Path:
    """The busy sample with so many sites in all. Their supper patrols are late by ten minutes."""
    store = open_store(practice_desk(folder, clock), writer="desk@1", steps=STEPS)
    numbers = range(store.next_id("sites"), count + 1)
    opened: dict[str, Any] = {"unit_id": 1, "rooms": 10, "state": "active", "registered_at": OPENED}
    sites = [Site(id=n, name=f"{n}号隔离点", label=f"{n}号", keeper=f"负责人{n}", **opened) for n in numbers]
    store.commit(lambda: [Put("sites", site.id, document(site)) for site in sites])
    store.close()
    return folder


def journal(folder: Path) -> list[dict[str, Any]]:
    """Every line of the journal, oldest first."""
    segments = sorted((folder / "journal").glob("*.jsonl"))
    return [json.loads(line) for segment in segments for line in segment.read_text(encoding="utf-8").splitlines()]


def entries(folder: Path) -> list[dict[str, Any]]:
    """Every log entry in the journal, oldest first."""
    return [entry for line in journal(folder) for entry in line.get("put", {}).get("entries", {}).values()]


def board_of(folder: Path, program: str = DUTYBOARD, language: str = "zh", **settings: Any) -> Terminal:
    """A board in a terminal, painted."""
    terminal = Terminal(program, "--data", str(folder), "--lang", language, **settings)
    terminal.wait_for(words(language).frame.board_name)
    terminal.wait_until(lambda text: "\n>" in text, "the cursor on a row")
    terminal.settle()
    return terminal


def selected(terminal: Terminal) -> str:
    """The row under the cursor."""
    return next((line for line in terminal.lines() if line.startswith(">")), "")


def late_rows(folder: Path, terminal: Terminal) -> list[tuple[str, str]]:
    """Site and slot of the late patrols that are on the screen, from the top."""
    owed = printed(folder, "board", "--json")["obligations"]
    late = [(o["subject"], o["slot"]) for o in owed if (o["kind"], o["state"]) == ("patrol", "late")]
    shown = terminal.lines()
    found = [
        (n, site, slot) for site, slot in late for n, row in enumerate(shown) if row[1:2] == "!" and f" {site} " in row
    ]
    return [(site, slot) for _, site, slot in sorted(found)]


def select(terminal: Terminal, wanted: str) -> None:
    """Move the cursor down to the first row that holds these words."""
    for _ in range(60):
        row = selected(terminal)
        if wanted in row:
            return
        terminal.send(KEYS["down"])
        terminal.wait_until(lambda text, row=row: row not in text and "\n>" in text, "the cursor on the next row")
    raise AssertionError(f"no row holds {wanted}\n{terminal.text()}")
