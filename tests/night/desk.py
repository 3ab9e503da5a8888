"""The desk of the night and its clock: 20 towns, 8 sites, more than 250 people, and an officer who comes at eight."""

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from dutyboard.rules.records.model import DeskSettings
from dutyboard.store import Put, open_store
from dutyboard.tui.link.clock import DEFAULT_ZONE, desk_now, real_clock
from dutyboard.tui.link.records import document, kept_record
from dutyboard.tui.link.steps import STEPS
from tests.pty.desks import run, with_sites

EVENING = "2021-06-07T20:05"
SITES = 8
INCOMING, INCOMING_LOGIN = "刘敏", "liumin"


def night_desk(folder: Path) -> Path:
    """The busy sample with eight sites at 20:05. Who follows by the rota has a login of her own."""
    with_sites(folder, SITES, EVENING)
    bound = run(folder, "sign-on", "bind", INCOMING, INCOMING_LOGIN, "--reason", "接班")
    assert bound.returncode == 0, bound.stderr
    return folder


def through_the_door(folder: Path, *options: str) -> tuple[str, ...]:
    """The command line with which the officer who comes enters under her own login."""
    program = (sys.executable, "-I", "-m", "dutyboard.tui.cli", "--data", str(folder))
    return (*program, *options, "door", INCOMING_LOGIN)


def move_clock(folder: Path, to: str) -> None:
    """Let the desk's clock stand at a later instant, for every session that is open: a night of hours in seconds."""
    store = open_store(folder, writer="clock@1", steps=STEPS)
    try:
        desk = kept_record("settings", 1, store.docs["settings"]["1"])
        assert isinstance(desk, DeskSettings)
        assert desk.practice_since is not None
        later = datetime.fromisoformat(f"{to}+08:00") - desk_now(desk, DEFAULT_ZONE, real_clock())
        assert later.total_seconds() >= 0, "the night goes on"
        moved = replace(desk, practice_since=desk.practice_since - later)
        store.commit(lambda: [Put("settings", 1, document(moved))])
    finally:
        store.close()
