"""The mapping of a user: a field for each heading that the families do not know. TOML, `"heading" = "field"`."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from dutyboard.rules.records.codes import SheetKind
from dutyboard.tui.sheets.headings import LEFT_OUT, heading_key, own_headings
from dutyboard.tui.sheets.reader.intake_error import IntakeError

LARGEST: Final = 1 << 20
"""Bytes of a file of a mapping."""
_AT_LINE: Final = re.compile(r"at line (\d+)")


def read_mapping(path: Path, kind: SheetKind) -> dict[str, str]:
    """Return the field of each heading that a file maps; `-` leaves a heading out. Raises IntakeError."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise IntakeError("file_missing", file=path.name) from None
    except OSError:
        raise IntakeError("file_unreadable", file=path.name) from None
    if len(raw) > LARGEST:
        raise IntakeError("file_too_large", file=path.name, most=LARGEST >> 20)
    try:
        written = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        raise IntakeError("map_unread", file=path.name, row=row) from None
    return mapping_of(written, path.name, kind)


def mapping_of(written: str, file: str, kind: SheetKind) -> dict[str, str]:
    """Return the field of each heading that a text maps, as its code. `file` is the text's name. Raises IntakeError.

    A field is named by its code (`pcr`) or by the desk's own heading (核酸结果).
    """
    lines = written.replace("\r\n", "\n").split("\n")
    try:
        told = tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        raise IntakeError("map_unread", file=file, row=int(found[1]) if found else len(lines)) from None
    mapping: dict[str, str] = {}
    for heading, field in told.items():
        row = next((at for at, line in enumerate(lines, start=1) if heading in line), 0)
        if not isinstance(field, str):
            raise IntakeError("map_no_text", file=file, row=row, heading=heading)
        code = _code(field, kind)
        if code is None:
            fields = "、".join(own_headings(kind).values())
            raise IntakeError("map_field_unknown", file=file, row=row, heading=heading, field=field, fields=fields)
        _add(mapping, heading, code, file, row)
    return mapping


def with_ignored(mapping: Mapping[str, str], ignored: Iterable[str]) -> dict[str, str]:
    """Return a mapping that leaves further headings out. Raises IntakeError: it gives a field to one of them."""
    whole = dict(mapping)
    for heading in ignored:
        _add(whole, heading, LEFT_OUT, "--ignore", 0)
    return whole


def _add(mapping: dict[str, str], heading: str, code: str, file: str, row: int) -> None:
    same = next((each for each in mapping if heading_key(each) == heading_key(heading)), None)
    if same is not None and mapping[same] != code:
        raise IntakeError("map_twice", file=file, row=row, heading=heading)
    if same is None:
        mapping[heading] = code


def _code(field: str, kind: SheetKind) -> str | None:
    """Return the code of a field that is named by its code or its own heading; None: there is none."""
    own = own_headings(kind)
    if field == LEFT_OUT or field in own:
        return field
    return next((code for code, heading in own.items() if heading_key(heading) == heading_key(field)), None)
