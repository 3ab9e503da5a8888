"""The child process in which a file is read: bytes on standard input, sheets or an error on standard output.

Run as `python -I -m dutyboard.tui.sheets.reader.child`. Whatever a hostile file does, it does to this process, which
has little memory and time.
"""

import resource
import sys
from typing import Final

import msgspec

from dutyboard.tui.sheets.reader.container import container_of
from dutyboard.tui.sheets.reader.delimited import decoded, read_delimited
from dutyboard.tui.sheets.reader.grids import Grid, SheetsRead
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.reader.xml_parts import Parts

MEMORY: Final = 640 << 20
"""Bytes of address space."""
SECONDS: Final = 20
"""Seconds of the processor."""


def grids_of(raw: bytes) -> tuple[Grid, ...]:
    """Read the sheets of a file's bytes. Raises IntakeError."""
    try:
        match container_of(raw):
            case "workbook":
                from dutyboard.tui.sheets.reader.workbook import read_workbook

                return read_workbook(Parts(raw))
            case "binary_workbook" | "old_workbook" | "open_document" as kind:
                from dutyboard.tui.sheets.reader.old_books import read_old_book

                return read_old_book(raw, kind)
            case "web_page":
                from dutyboard.tui.sheets.reader.webpage import read_webpage

                return read_webpage(*decoded(raw))
            case "text":
                return read_delimited(raw)
    except IntakeError:
        raise
    except MemoryError:
        raise IntakeError("reading_stopped") from None
    except Exception:  # zlib, zipfile, expat, calamine and their like: whatever a flipped byte brings out
        raise IntakeError("not_a_workbook") from None


def main() -> None:
    """Read standard input within the limits, and answer."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # an image of it would hold names and numbers of people
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        answer = SheetsRead(grids=grids_of(sys.stdin.buffer.read()))
    except IntakeError as error:
        answer = SheetsRead(error=error.code, fields=error.fields)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


if __name__ == "__main__":
    main()
