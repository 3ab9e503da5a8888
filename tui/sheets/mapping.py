"""The mapping of a user: a field for each heading that the families do not know. TOML, `"heading" = "field"`."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from dutyboard.rules.records.codes import SheetKind
from dutyboard.tui.sheets.headings import LEFT_OUT, heading_key, own_headings
from dutyboard.tui.sheets.notes import Intake, RowNote
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


def own_fields(answers: Mapping[str, str], kind: SheetKind) -> dict[str, str]:
    """Return the answers that name a field of a kind of sheet, or leave a heading out."""
    own = own_headings(kind)
    return {heading: field for heading, field in answers.items() if field == LEFT_OUT or field in own}


def still_known(known: Mapping[str, str], given: Mapping[str, str], kind: SheetKind) -> dict[str, str]:
    """Return what was answered before of headings that `given` says nothing of, in fields that there still are."""
    said = {heading_key(heading) for heading in given}
    return {
        heading: field
        for heading, field in known.items()
        if heading_key(heading) not in said and _code(field, kind) is not None
    }


def told_known(intake: Intake[Any], standing: Mapping[str, str], kind: SheetKind) -> Intake[Any]:
    """Return an intake with a note on each heading that was read as answered before."""
    notes = [note for note in intake.notes if not (note.code == "map_unused" and note.text in standing)]
    sheet = next((each.sheet for each in (*notes, *intake.records) if hasattr(each, "sheet")), "")
    own = own_headings(kind)
    met = (heading for heading in standing if heading not in _unmet(intake))
    told = [
        RowNote(0, "", "heading_known", sheet=sheet, text=f"{heading} > {own.get(standing[heading], LEFT_OUT)}")
        for heading in met
    ]
    return replace(intake, notes=(*told, *notes))


def to_remember(intake: Intake[Any], given: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Return the new answers that a sheet had use for. An older one of the same heading is "" there."""
    unmet = _unmet(intake)
    news = {heading: field for heading, field in given.items() if heading not in unmet and known.get(heading) != field}
    keys = {heading_key(heading) for heading in news}
    return {**{old: "" for old in known if heading_key(old) in keys and old not in news}, **news}


def _unmet(intake: Intake[Any]) -> set[str]:
    return {note.text for note in intake.notes if note.code == "map_unused"}


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
