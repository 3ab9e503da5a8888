"""The folder of a desk, as far as it can be told without opening it, so that asking costs no import of the store."""

from pathlib import Path


def has_desk(folder: Path) -> bool:
    """Whether a desk was ever made in this folder."""
    return any((folder / "journal").glob("*.jsonl*"))
