"""Files of sheets, read in a child process: whatever a file holds, it ends as sheets or as one sentence."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import msgspec

from dutyboard.frozen import frozen
from dutyboard.tui.sheets.reader.grids import Grid, SheetsRead
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.reader.marks import without_marks

STANDARD_INPUT: Final = Path("-")
LARGEST: Final = 100 << 20
"""Bytes of a file. It is not read further."""
LONGEST_WAIT: Final = 120
"""Seconds until a child is ended that waits for a busy machine. Its own limit of the processor is lower."""
_LOCK_FILE: Final = 1024
"""Bytes below which a file named `~$…` is what Excel leaves beside an open workbook."""


@frozen(kw_only=False)
class OpenedFile:
    """A file whose sheets are read already, or rows that were pasted."""

    name: str
    grids: tuple[Grid, ...]


SheetFile = Path | OpenedFile
"""A file still to be read, or one that is read."""


def read_grids(path: SheetFile) -> tuple[Grid, ...]:
    """Read the sheets of a workbook, a text or a web page. Judged by content, not by name.

    `-` is standard input. Raises IntakeError.
    """
    if isinstance(path, OpenedFile):
        return tuple(map(without_marks, path.grids))
    try:
        if path == STANDARD_INPUT:
            raw = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with path.open("rb") as file:
                raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise IntakeError("file_missing", file=path.name) from None
    except IsADirectoryError:
        raise IntakeError("own_backup" if (path / "journal").is_dir() else "a_folder", file=path.name) from None
    except OSError:
        raise IntakeError("file_unreadable", file=path.name) from None
    if len(raw) > LARGEST:
        raise IntakeError("file_too_large", file=path.name, most=LARGEST >> 20)
    if len(raw) < _LOCK_FILE and path.name.startswith(("~$", ".~lock.")):
        raise IntakeError("lock_file", file=path.name)
    return tuple(map(without_marks, read_apart(raw, path.name)))


def read_apart(raw: bytes, name: str) -> tuple[Grid, ...]:
    """Return what a child process makes of a file's bytes; `name` is the file's, for an error. Raises IntakeError."""
    command = [sys.executable, "-I", "-m", "dutyboard.tui.sheets.reader.child"]
    try:
        done = subprocess.run(
            command, input=raw, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=LONGEST_WAIT, check=True
        )
        read = msgspec.msgpack.decode(done.stdout, type=SheetsRead)
    except (OSError, subprocess.SubprocessError, msgspec.DecodeError):
        raise IntakeError("reading_stopped", file=name) from None
    if read.error is not None:
        raise IntakeError(read.error, **{**read.fields, "file": name})
    return read.grids
