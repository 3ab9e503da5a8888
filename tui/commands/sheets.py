"""Command `import`: roster, sites, risk areas, arrivals, results and contacts from Excel and CSV files as they come."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from dutyboard.tui.commands.act_command import submit_command
from dutyboard.tui.commands.framework import DESK_FILE, OUTPUT_FILE, ActCommand, CommandFamily, DeskOption
from dutyboard.tui.commands.intake.asking import ask_first
from dutyboard.tui.commands.intake.headings import keep_headings, known_headings
from dutyboard.tui.commands.intake.marked import report_file, write_marked
from dutyboard.tui.commands.intake.positives import brought, positives_json, tell_positives
from dutyboard.tui.commands.intake.undo import import_undo_command
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call, print_json
from dutyboard.tui.text import words as sections

if TYPE_CHECKING:
    from dutyboard.rules.records.codes import SheetKind
    from dutyboard.tui.commands.intake.positives import Brings
    from dutyboard.tui.sheets.notes import Progress, SheetReport

KINDS = ("roster", "sites", "arrivals", "areas", "temperatures", "rounds", "results", "contacts")
WITH_RESULTS = ("results", "contacts")
"""Kinds whose positives are told with what they bring."""


@click.command("import", cls=ActCommand)
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", metavar="FILE|-", type=DESK_FILE)
@click.option("--dry-run", cls=DeskOption, is_flag=True)
@click.option("--report", "report_to", cls=DeskOption, metavar="FILE", type=OUTPUT_FILE)
@click.option("--yes", cls=DeskOption, is_flag=True)
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@click.option("--year", cls=DeskOption, type=click.IntRange(2019, 2199))
@click.option("--map", "map_file", cls=DeskOption, metavar="FILE", type=DESK_FILE)
@click.option("--ignore", "ignored", cls=DeskOption, metavar="HEADING", multiple=True)
@pass_call
def import_sheet_command(
    call: Invocation,
    kind: str,
    file: str,
    dry_run: bool,
    report_to: str | None,
    yes: bool,
    as_json: bool,
    year: int | None,
    map_file: str | None,
    ignored: tuple[str, ...],
) -> None:
    from dutyboard.rules.records.refusals import Refusal
    from dutyboard.tui.sheets.mapping import read_mapping, to_remember, with_ignored
    from dutyboard.tui.sheets.notes import row_report
    from dutyboard.tui.sheets.reader.files import OpenedFile, read_grids
    from dutyboard.tui.sheets.reader.intake_error import IntakeError
    from dutyboard.tui.sheets.sheet_command import read_sheet
    from dutyboard.tui.views.headings import headings_told

    kept: Mapping[str, str] = {}
    told: SheetReport | None = None
    output = report_file(call, report_to)
    with call.desk() as gateway:
        try:
            sheet_kind = cast("SheetKind", kind)
            given = read_mapping(Path(map_file), sheet_kind) if map_file else {}
            mapping, known = with_ignored(given, ignored), known_headings(gateway, sheet_kind)
            with _progress_bar(call, Path(file)) as progress:
                source = OpenedFile(Path(file).name, read_grids(Path(file)))
                intake, command = read_sheet(sheet_kind, source, year, progress, gateway.now(), mapping, known)
        except IntakeError as error:
            raise Failure(sections(call.language).sheets.files[error.code].format(**error.fields)) from None
        if output is not None:
            # It stands before the act is written, so that it is there even if the program ends behind the act.
            foreseen = gateway.preview(command)
            if isinstance(foreseen, Refusal):
                raise call.failure(foreseen.code, foreseen.fields)
            told = row_report(intake, foreseen)
            write_marked(call, output, sheet_kind, source, mapping, told)
        if dry_run:
            answer = gateway.preview(command)
            if isinstance(answer, Refusal):
                raise call.failure(answer.code, answer.fields)
        else:
            if not (yes or as_json) and sys.stdin.isatty() and sys.stdout.isatty():
                ask_first(call, gateway, sheet_kind, intake, command, mapping)
            answer = submit_command(call, gateway, command)
            if output is not None and (done := row_report(intake, answer)) != told:
                try:
                    write_marked(call, output, sheet_kind, source, mapping, done)
                except Failure as failure:  # The sheet is on the desk, and the marks of its preview are in the file.
                    failure.show()
            kept = keep_headings(gateway, sheet_kind, to_remember(intake, given, known))
        report = row_report(intake, answer)
        brings = brought(gateway, report, answer) if kind in WITH_RESULTS else None
    if kept and not as_json:
        said = headings_told(sheet_kind, kept, sections(call.language))
        click.echo(call.words.headings_kept.format(told=said))
    act = answer.entries[0].id if answer.entries and not dry_run else None
    try:
        _tell(call, report, act, dry_run, as_json, brings)
    except Exception as error:
        if dry_run:
            raise
        # The sheet is on the desk. A fault of its report must not read as a refusal.
        click.echo(call.fault(error), err=True)
        _tell(call, replace(report, rows=(), changes=(), contradictions=()), act, dry_run, as_json)


def _tell(
    call: Invocation,
    report: "SheetReport",
    act: int | None,
    dry_run: bool,
    as_json: bool,
    brings: "Brings | None" = None,
) -> None:
    """Print the rows and the counts, each row with its sentence."""
    from dutyboard.tui.sheets.notes import RowNote
    from dutyboard.tui.views.intake import row_message
    from dutyboard.tui.views.person.changes import change_texts, changes_json, contradictions_json

    words, said = call.words, sections(call.language).sheets
    several = len(report.sheets) > 1
    rows = [
        {
            "row": row.row,
            "column": row.column,
            "code": row.code,
            "level": row.level,
            **({"sheet": row.sheet} if several else {}),
            **({"cell": row.place} if isinstance(row, RowNote) and row.place else {}),
            **({"text": row.text} if row.text else {}),
            "message": said.rows[row.code],
        }
        for row in report.rows
    ]
    if as_json:
        unread = [
            {"sheet": cell.sheet, "cell": cell.place, "heading": cell.heading, "text": cell.text}
            for cell in report.unread
        ]
        changed = {"changes": changes_json(report), "contradictions": contradictions_json(report)}
        positives = positives_json(brings) if brings is not None else {}
        print_json({**report.counts, "act": act, "rows": rows, "unread": unread, **changed, **positives})
        return
    for row, told in zip(rows, report.rows):
        where = f"{row['sheet']} " if "sheet" in row else ""
        form = words.import_row if row["row"] else words.import_note
        message = row_message(told, sections(call.language))
        shown = {**row, "where": where, "message": message, "level": words.levels[str(row["level"])]}
        line = form.format_map(shown)
        click.echo(line, err=row["level"] == "error")
    for text in change_texts(report, sections(call.language)):
        click.echo(text)
    if act is not None:
        click.echo(words.import_act.format(act=act))
    click.echo((words.dry_run if dry_run else "") + words.imported.format(**report.counts))
    if report.counts.get("touched"):
        click.echo(words.touched.format(touched=report.counts["touched"]))
    if report.counts.get("linked") or report.counts.get("unlinked"):
        click.echo(words.linked.format(**report.counts))
    if brings is not None:
        tell_positives(call, brings)


@contextmanager
def _progress_bar(call: Invocation, file: Path) -> Iterator["Progress | None"]:
    """Show a bar on stderr while the file is read; yield None if stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    # It draws with escape sequences, which our own stream would show as marks.
    from rich import progress
    from rich.console import Console

    columns = progress.TextColumn("{task.description}"), progress.BarColumn(), progress.MofNCompleteColumn()
    with progress.Progress(*columns, console=Console(file=sys.__stderr__), transient=True) as bar:
        task = bar.add_task(call.words.reading.format(file=file.name), total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show


import_command = CommandFamily("import", import_undo_command, otherwise=import_sheet_command)
