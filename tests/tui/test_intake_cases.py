"""Each sheet of tests/data/intake, imported by the command line on the sample desk, gives what expected.toml says."""

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.homes import copied
from tests.tui.command_line import CommandLine
from tests.tui.intake_checks import COUNTED, Imported

DATA = Path(__file__).parents[1] / "data"
INTAKE = DATA / "intake"
CASES: dict[str, dict[str, Any]] = tomllib.loads((INTAKE / "expected.toml").read_text("utf-8"))
EVENING = "2021-06-07T19:40"


@pytest.fixture(scope="module")
def sample(home: Path) -> Path:
    """A desk with the roster, the sites and the areas of the samples."""
    with pytest.MonkeyPatch.context() as patch:
        desk = CommandLine(home / "desk", EVENING, patch)
        for kind, file in (("roster", "roster.xlsx"), ("sites", "sites.xlsx"), ("areas", "risk_areas.csv")):
            desk.done("import", kind, str(DATA / file), "--json")
        return desk.folder


def test_each_sheet_has_its_values() -> None:
    files = {file.name for file in INTAKE.iterdir() if file.suffix in (".xlsx", ".csv", ".xls")}
    before = {file for case in CASES.values() for _, file in case.get("before", ())}
    assert files - before == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_intake(name: str, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES[name]
    desk = CommandLine(tmp_path / "desk", EVENING, monkeypatch)
    shutil.rmtree(desk.folder)
    copied(sample, desk.folder)
    for kind, file in case.get("before", ()):
        desk.done("import", kind, str(INTAKE / file), "--json")
    seen = Imported(desk, case.get("kind", "arrivals"), INTAKE / name)
    failed = [seen.fails(check) for check in case["all"]]
    assert [each for each in failed if each] == []
    assert not seen.wrote or seen.answer.exit_code == 0 or seen.told["rejected"]
    assert seen.told == {} or set(COUNTED) <= set(seen.told)
