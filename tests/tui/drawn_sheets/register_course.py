"""Many drawn registers of a kind imported, each on a copy of one desk."""

import random
import shutil
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from dutyboard.rules.records.codes import SheetKind
from tests.homes import copied
from tests.tui.command_line import CommandLine
from tests.tui.drawn_sheets import of_contacts, of_lodgers, of_units
from tests.tui.drawn_sheets.course import EVENING
from tests.tui.drawn_sheets.register_verdicts import Keep, RegisterVerdict
from tests.tui.drawn_sheets.registers import Plan, lay_out
from tests.tui.drawn_sheets.verdicts import Verdicts
from tests.tui.hostile_sheets import read_here


def _bare(_: CommandLine) -> None:
    """Leave a desk as it was made."""


@dataclass(frozen=True)
class DrawnKind:
    """A kind of register: how one is drawn, and what of it the desk holds. `opened` is when its desk begins."""

    draw: Callable[[random.Random], Plan]
    keep: Keep
    prepare: Callable[[CommandLine], None] = _bare
    opened: str = EVENING


DRAWN: Final[dict[SheetKind, DrawnKind]] = {
    "roster": DrawnKind(of_units.draw_roster, of_units.officers),
    "sites": DrawnKind(of_units.draw_sites, of_units.sites, of_units.with_units),
    "areas": DrawnKind(of_units.draw_areas, of_units.areas),
    "contacts": DrawnKind(of_contacts.draw_contacts, of_contacts.contacts),
    "results": DrawnKind(of_lodgers.draw_results, of_lodgers.samples, of_lodgers.with_people, of_lodgers.OPENED),
    "temperatures": DrawnKind(
        of_lodgers.draw_temperatures, of_lodgers.readings, of_lodgers.with_people, of_lodgers.OPENED
    ),
    "rounds": DrawnKind(of_lodgers.draw_rounds, of_lodgers.rounds, of_lodgers.with_people, of_lodgers.OPENED),
}


def import_registers(kind: SheetKind, seed: int, numbers: Iterable[int], folder: Path, *, apart: int) -> Verdicts:
    """Return the verdicts on the registers of these numbers. A child process reads each so manieth (`apart`)."""
    verdicts, of_kind = Verdicts(), DRAWN[kind]
    with pytest.MonkeyPatch.context() as patch:
        desk = CommandLine(folder / "desk", of_kind.opened, patch)
        of_kind.prepare(desk)
        desk.at(EVENING)
        sample = folder / "sample"
        copied(desk.folder, sample)
        for number in numbers:
            shutil.rmtree(desk.folder)
            copied(sample, desk.folder)
            draw = random.Random(f"{kind}/{seed}/{number}")
            register = lay_out(draw, of_kind.draw(draw))
            before = len(verdicts.wrong)
            with nullcontext() if number % apart == 0 else read_here():
                verdict = RegisterVerdict(desk, register, folder / f"sheet.{register.suffix}", verdicts)
            verdict.judge(of_kind.keep(verdict.seen, register.plan))
            shape = f"{kind} {number} {register.suffix} {register.shape}"
            verdicts.wrong[before:] = [f"{shape}: {line}" for line in verdicts.wrong[before:]]
    return verdicts
