"""A record that cannot be computed never ends a screen or a command: it is named, and all the rest is shown."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from dutyboard.rules.records.model import Person
from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity
from tests.homes import begun
from tests.shares import SHARES
from tests.tui.monkey import ME, NOW, STARTS, walk
from tests.tui.poison import poisoned_desk

KEYS = SHARES["tui"]["poison"]["keys"]
SEED = 1
READS = (
    ("board",),
    ("board", "--json"),
    ("rescreen",),
    ("export", "--json"),
    ("verify",),
    ("report", "screening"),
    ("report", "site", "--site", "涟源宾馆隔离点"),
    ("report", "handover"),
    ("report", "handover", "--format", "json"),
    ("report", "ledger"),
    ("report", "ledger", "--format", "json"),
    ("report", "trends"),
    ("shift", "list"),
    ("settings", "list"),
)


@pytest.fixture(scope="module")
def folder(home: Path) -> Path:
    made = home / "desk"
    gateway = Gateway.open(begun(made), Identity(ME), create=True, clock=lambda: NOW)
    gateway.seed(poisoned_desk(SEED))
    gateway.close()
    return made


@pytest.fixture(autouse=True)
def _standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    open_ = Gateway.__dict__["open"].__func__
    monkeypatch.setattr(open_, "__kwdefaults__", {**open_.__kwdefaults__, "clock": lambda: NOW})


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_every_reading_command_shows_the_rest(words: tuple[str, ...], folder: Path) -> None:
    told = CliRunner().invoke(program, ["--data", str(folder), *words], obj=Invocation())
    assert (told.exception, told.exit_code) == (None, 0), told.stderr
    assert told.stdout.strip()
    if words[0] == "board":
        assert "无法计算" in told.stderr and "person-" in told.stderr


def test_the_page_of_each_person_is_shown(folder: Path) -> None:
    broken = 0
    for person in [each for each in poisoned_desk(SEED) if isinstance(each, Person)][
        :: SHARES["tui"]["poison"]["every"]
    ]:
        for form in ((), ("--json",)):
            told = CliRunner().invoke(
                program, ["--data", str(folder), "person", str(person.id), *form], obj=Invocation()
            )
            assert (told.exception, told.exit_code) == (None, 0), (person.id, told.stderr)
            assert person.name in told.stdout
            broken += "无法计算" in told.stderr
    assert broken


@pytest.mark.parametrize("start", [*STARTS][:: SHARES["tui"]["poison"]["starts"]])
@pytest.mark.usefixtures("faults_written")
async def test_no_screen_ends(start: str, ran: Callable[[str], None]) -> None:
    pressed = await walk(start, KEYS, SEED, poisoned_desk(SEED))
    ran(f"poison: {pressed} keys from {start}")
