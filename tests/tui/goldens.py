"""Screens kept as text. After a wanted change, run with GOLDEN=write set and read the difference."""

import os
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def assert_golden(name: str, rows: Sequence[str]) -> None:
    """The rows are those of the file."""
    file, text = FOLDER / f"{name}.txt", "\n".join(rows) + "\n"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
