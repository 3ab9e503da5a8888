"""The test for a desk in a folder. It opens nothing and does not import the store, so that it costs no time."""

from pathlib import Path


def has_desk(folder: Path) -> bool:
    """Return True if the folder holds a journal: a desk was made here once."""
    return any((folder / "journal").glob("*.jsonl*"))
