"""Report sheet of an import, written to a file that its officer corrects and sends again."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from dutyboard.tui.commands.framework import write_file
from dutyboard.tui.commands.invocation import Failure, Invocation
from dutyboard.tui.text import words

if TYPE_CHECKING:
    from dutyboard.rules.records.codes import SheetKind
    from dutyboard.tui.sheets.notes import SheetReport
    from dutyboard.tui.sheets.reader.files import OpenedFile

SUFFIXES = (".xlsx", ".csv")


def report_file(call: Invocation, typed: str | None) -> Path | None:
    """Return the file of a report. Raises click.UsageError for a name of another kind."""
    if typed is None:
        return None
    output = Path(typed)
    if output.suffix.lower() not in SUFFIXES:
        raise click.UsageError(call.words.report_name.format(file=typed))
    return output


def write_marked(
    call: Invocation,
    output: Path,
    kind: "SheetKind",
    source: "OpenedFile",
    mapping: Mapping[str, str],
    report: "SheetReport",
) -> None:
    """Write the rows with their marks, whole or not at all. Raises Failure."""
    from dutyboard.rules.records.signs import cleaned
    from dutyboard.tui.export.marked_sheet import marks_of, write_marked_text, write_marked_workbook
    from dutyboard.tui.sheets.blocks import shape_of
    from dutyboard.tui.sheets.headings import Headings

    own, headings = words(call.language), Headings(kind, mapping)
    grids = [grid for grid in source.grids if grid.rows]
    heads = {}
    for grid in grids:
        lines = {max(column.line for column in block.columns) for block in shape_of(grid, headings).blocks}
        heads[cleaned(grid.name)] = lines or {grid.rows[0].line}
    marks = marks_of(report, own)
    if output.suffix.lower() == ".csv" and len(grids) > 1:
        raise Failure(call.words.report_sheets.format(file=output))

    def write(file: BinaryIO) -> None:
        if output.suffix.lower() == ".csv":
            write_marked_text(grids[0], heads, marks, own, file)
        else:
            write_marked_workbook(grids, heads, marks, own, file)

    write_file(call, output, write)
