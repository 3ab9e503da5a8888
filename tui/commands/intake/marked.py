"""Report sheet of an import, written to a file or standard output, for its officer to correct and send again."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dutyboard.tui.commands.framework import STANDARD, write_file
from dutyboard.tui.commands.invocation import Failure, Invocation
from dutyboard.tui.text import words

if TYPE_CHECKING:
    from dutyboard.rules.records.codes import SheetKind
    from dutyboard.tui.sheets.notes import SheetReport
    from dutyboard.tui.sheets.reader.files import OpenedFile


def report_file(call: Invocation, typed: str | None, *, as_json: bool) -> Path | None:
    """Return the file of a report. Raises click.UsageError for a name of another kind, and for a second `-`."""
    if typed is None:
        return None
    from dutyboard.tui.export.marked_sheet import SUFFIXES

    if typed == STANDARD and as_json:
        raise click.UsageError(call.words.report_and_json)
    if typed != STANDARD and Path(typed).suffix.lower() not in SUFFIXES:
        raise click.UsageError(call.words.report_name.format(file=typed))
    return Path(typed)


def write_marked(
    call: Invocation,
    output: Path,
    kind: "SheetKind",
    source: "OpenedFile",
    answers: Mapping[str, str],
    report: "SheetReport",
) -> None:
    """Write the rows with their marks, whole or not at all; to `-` a CSV. Raises Failure."""
    from dutyboard.tui.export.marked_sheet import ReportRefused, marked_sheet

    to_output = str(output) == STANDARD
    try:
        as_text = to_output or output.suffix.lower() == ".csv"
        made = marked_sheet(kind, source, answers, report, words(call.language), as_text=as_text)
    except ReportRefused as refused:
        why = words(call.language).sheets.reports[refused.code].format(**refused.fields)
        raise Failure(call.words.no_report.format(file=output, why=why)) from None
    if to_output:
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
    else:
        write_file(call, output, lambda file: file.write(made))


def write_again(
    call: Invocation,
    output: Path,
    kind: "SheetKind",
    source: "OpenedFile",
    answers: Mapping[str, str],
    report: "SheetReport",
) -> None:
    """Write the marks of the act over those of its preview. The sheet is on the desk: a failure is only said."""
    try:
        if str(output) == STANDARD:  # what stands there cannot be written anew
            raise Failure(call.words.report_before)
        write_marked(call, output, kind, source, answers, report)
    except Failure as failure:
        failure.show()
