"""For every test of tui/: a fault of the program is written into a file of the test's own, and fails it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from dutyboard.tui import faults
from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.link import pins
from tests.homes import begun, home, pytest_generate_tests
from tests.tui.installed import PRACTICE

__all__ = ["home", "pytest_generate_tests"]


@pytest.fixture
def faults_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The private file of faults, for a test that expects some."""
    file = tmp_path / "state" / "faults.log"
    monkeypatch.setattr(faults, "fault_file", lambda: file)
    return file


@pytest.fixture(autouse=True)
def no_fault(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which a handler or a view raised, unless it asked for `faults_written`."""
    expected = "faults_written" in request.fixturenames
    file: Path = request.getfixturevalue("faults_written")
    yield
    assert expected or not file.exists(), file.read_text("utf-8")


@pytest.fixture(autouse=True)
def cheap_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash PINs at a small cost within this process. tests/contracts/test_security.py holds the cost of the program."""
    monkeypatch.setattr(pins, "_N", 1 << 8)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """An empty practice desk, made by the command line."""
    folder = tmp_path / "desk"
    made = CliRunner().invoke(program, ["init", str(begun(folder)), "--practice", PRACTICE], obj=Invocation())
    assert made.exit_code == 0, made.output
    return folder
