"""Faults of the program: type and place of an exception that nothing else caught, never its text or values."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from dutyboard.frozen import frozen

PACKAGE: Final = __name__.partition(".")[0] + "."
"""The prefix of our own modules, as it stands in the frames of a traceback."""


@frozen(kw_only=False)
class Fault:
    """One fault. `kind` is the exception's type, `place` file, line and function: `tui/views/board.py:77 table_row`."""

    kind: str
    place: str

    def __str__(self) -> str:
        return f"{self.kind} {self.place}"


def fault_of(error: BaseException) -> Fault:
    """Return type and place of an exception: the last frame in our own code, else the last frame of all."""
    inner = getattr(error, "error", None)  # Textual wraps what a worker raises
    if isinstance(inner, BaseException):
        error = inner
    place, own = "?", False
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        module: str = trace.tb_frame.f_globals.get("__name__", "?")
        if module.startswith(PACKAGE) or not own:
            own = own or module.startswith(PACKAGE)
            file = module.removeprefix(PACKAGE).replace(".", "/")
            place = f"{file}.py:{trace.tb_lineno} {trace.tb_frame.f_code.co_name}"
        trace = trace.tb_next
    return Fault(type(error).__name__, place)


def fault_file() -> Path:
    """Return the private file of faults in the user's state folder, never in the folder of the desk."""
    from platformdirs import user_state_path

    return user_state_path("dutyboard", appauthor=False) / "faults.log"


class Faults:
    """A writer of faults. Each fault of this run is written once into the private file, if that can be written."""

    def __init__(self) -> None:
        self.known: set[Fault] = set()

    def take(self, error: BaseException) -> Fault:
        """Write type, place and time of an exception, and return it as a fault."""
        fault = fault_of(error)
        if fault not in self.known:
            self.known.add(fault)
            with suppress(OSError):  # the line on screen stands; there is no other place to write to
                _append(fault_file(), f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {fault}\n")
        return fault


def _append(file: Path, line: str) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line.encode())
    finally:
        os.close(handle)
