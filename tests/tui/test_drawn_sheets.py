"""Sheets drawn as many offices write them come in without a silent error: a share of the nightly run."""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from dutyboard.rules.records.codes import SheetKind
from tests.shares import SHARES
from tests.tui.drawn_sheets.course import import_drawn
from tests.tui.drawn_sheets.register_course import DRAWN, import_registers

SHEETS = SHARES["tui"]["drawn_sheets"]["sheets"]
REGISTERS = SHARES["tui"]["drawn_sheets"]["registers"]
SEED = 1


def test_every_person_and_every_fact_is_right_or_named(tmp_path: Path, ran: Callable[[str], None]) -> None:
    verdicts = import_drawn(SEED, range(SHEETS), tmp_path)
    ran(f"drawn sheets: {verdicts}")
    assert verdicts.wrong == []
    counts = verdicts.counts
    assert counts["sheets"] == SHEETS
    assert counts["right"] > 5 * counts["named"] > 0
    assert counts["refused"] < SHEETS // 5


def test_every_kind_of_sheet_is_drawn() -> None:
    assert {"arrivals", *DRAWN} == set(get_args(SheetKind))


@pytest.mark.parametrize("kind", DRAWN)
def test_every_record_of_a_register_is_right_or_named(
    kind: SheetKind, tmp_path: Path, ran: Callable[[str], None]
) -> None:
    verdicts = import_registers(kind, SEED, range(REGISTERS), tmp_path, apart=REGISTERS // 2)
    ran(f"drawn registers: {kind}: {verdicts}")
    assert verdicts.wrong == []
    counts = verdicts.counts
    assert counts["sheets"] == REGISTERS
    assert counts["right"] > 3 * counts["named"] > 0
