"""The environment of an officer: nothing in it makes Textual write keys into a file, or press them."""

import os

import pytest

from dutyboard.tui.terminal.config import ENVIRONMENT, prepare


def test_no_variable_of_textual_comes_in_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    for name in (
        "TEXTUAL",
        "TEXTUAL_LOG",
        "TEXTUAL_SCREENSHOT",
        "TEXTUAL_PRESS",
        "TEXTUAL_DRIVER",
        "TEXTUAL_ANIMATIONS",
    ):
        monkeypatch.setenv(name, str(tmp_path / "keys"))
    monkeypatch.setenv("ESCDELAY", "50")
    prepare()
    left = {name: value for name, value in os.environ.items() if name.startswith("TEXTUAL")}
    assert left == {name: value for name, value in ENVIRONMENT.items() if name.startswith("TEXTUAL")}
    assert os.environ["ESCDELAY"] == "50"
