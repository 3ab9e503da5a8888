"""Versions of the program and of the desk's files, which decide who can open what."""

from importlib.metadata import version

from dutyboard.frozen import frozen
from dutyboard.store import CONTAINER
from dutyboard.tui.link.steps import STEPS


@frozen
class Versions:
    """The version of the program, with the newest format of records and form of the journal that it knows."""

    program: str
    records: int
    journal: int


def versions() -> Versions:
    """Return the versions of the program that runs."""
    return Versions(program=version("dutyboard"), records=len(STEPS) + 1, journal=CONTAINER)
