"""The files of the program as they were when it was loaded: a long-lived process knows when it is old."""

import os
import sys
from pathlib import Path

import dutyboard


class ProgramFiles:
    """Every file of the packages that are loaded now. `began` is when loading began, in nanoseconds of the clock."""

    def __init__(self, began: int) -> None:
        loaded = {getattr(each, "__file__", None) or "" for each in list(sys.modules.values())}
        rooms = (Path(place) / name for place, _, names in _walked() for name in names)
        self._stamps = {path: _stamp(path) for path in sorted({*loaded, *map(str, rooms)} - {""})}
        self._mixed = any(stamp is None or stamp[3] >= began for stamp in self._stamps.values())

    def changed(self) -> bool:
        """Return True if a file is not as it was, or was written while it was loaded."""
        return self._mixed or any(_stamp(path) != stamp for path, stamp in self._stamps.items())


def _walked() -> list[tuple[str, list[str], list[str]]]:
    """Return the folders of the program, links followed. What an interpreter compiled itself is no part of it."""
    top = str(Path(dutyboard.__file__).parent)
    return [each for each in os.walk(top, followlinks=True) if not each[0].endswith("__pycache__")]


def _stamp(path: str) -> tuple[int, int, int, int] | None:
    """Return what changes with a file; None where it is gone."""
    try:
        found = os.stat(path)  # noqa: PTH116 - of a thousand files at each log-in
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
