"""For every test of tui/: a fault of the program is written into a file of the test's own, and fails it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dutyboard.tui import faults
from tests.tui.installed import PRACTICE, run


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


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """An empty practice desk, made by the installed program."""
    folder = tmp_path / "desk"
    assert run("init", str(folder), "--practice", PRACTICE).returncode == 0
    return folder
