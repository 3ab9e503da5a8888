"""Many drawn sheets imported, each on a copy of one desk that has the roster of the samples."""

import random
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.homes import copied
from tests.tui.command_line import CommandLine
from tests.tui.drawn_sheets.layouts import draw_sheet
from tests.tui.drawn_sheets.verdicts import Verdicts, judge
from tests.tui.hostile_sheets import DATA, read_here

EVENING = "2021-06-07T19:40"


def import_drawn(seed: int, numbers: Iterable[int], folder: Path) -> Verdicts:
    """Return the verdicts on the sheets of these numbers. An error of one names its number."""
    verdicts = Verdicts()
    with pytest.MonkeyPatch.context() as patch, read_here():
        desk = CommandLine(folder / "desk", EVENING, patch)
        desk.done("import", "roster", str(DATA / "roster.xlsx"), "--json")
        sample = folder / "sample"
        copied(desk.folder, sample)
        for number in numbers:
            shutil.rmtree(desk.folder)
            copied(sample, desk.folder)
            sheet = draw_sheet(random.Random(f"{seed}/{number}"))
            before = len(verdicts.wrong)
            judge(desk, sheet, folder / f"sheet.{sheet.suffix}", verdicts)
            shape = f"sheet {number} {sheet.suffix} {sheet.shape}"
            verdicts.wrong[before:] = [f"{shape}: {line}" for line in verdicts.wrong[before:]]
    return verdicts
