"""db.json and the archives open in stock TinyDB at any moment, whatever happened (invariant I7)."""

from pathlib import Path

from tinydb import TinyDB


def opens_in_tinydb(folder: Path) -> None:
    """Raises what TinyDB raises for a file that it cannot read."""
    for path in (folder / "db.json", *(folder / "archive").glob("*.json")):
        if path.exists():
            with TinyDB(path, access_mode="r") as plain:
                plain.tables()
