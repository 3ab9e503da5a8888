"""Command `import`: roster, sites, risk areas, arrivals, results and contacts from Excel and CSV files as they come."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from dutyboard.tui.commands.act_command import submit_command
from dutyboard.tui.commands.framework import DESK_FILE, OUTPUT_FILE, STANDARD, ActCommand, CommandFamily, DeskOption
from dutyboard.tui.commands.intake.asking import ask_first
from dutyboard.tui.commands.intake.headings import headings_of_sheet, keep_headings
from dutyboard.tui.commands.intake.marked import report_file, write_again, write_marked
from dutyboard.tui.commands.intake.positives import brought, positives_json, tell_positives
from dutyboard.tui.commands.intake.progress import moving_bar, reading_bar
from dutyboard.tui.commands.intake.undo import import_undo_command
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call, print_json
from dutyboard.tui.text import words as sections

if TYPE_CHECKING:
    from dutyboard.rules.records.codes import SheetKind
    from dutyboard.rules.records.commands import Command
    from dutyboard.rules.records.transaction import Accepted
    from dutyboard.tui.commands.intake.positives import Brings
    from dutyboard.tui.link.gateway import Gateway
    from dutyboard.tui.sheets.notes import SheetReport

KINDS = ("roster", "sites", "arrivals", "areas", "temperatures", "rounds", "results", "contacts")
WITH_RESULTS = ("results", "contacts")
"""Kinds whose positives are told with what they bring."""


@click.command("import", cls=ActCommand)
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", metavar="FILE|-", type=DESK_FILE)
@click.option("--dry-run", cls=DeskOption, is_flag=True)
@click.option("--report", "report_to", cls=DeskOption, metavar="FILE|-", type=OUTPUT_FILE)
@click.option("--yes", cls=DeskOption, is_flag=True)
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
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
    reason: str,
    as_json: bool,
    year: int | None,
    map_file: str | None,
    ignored: tuple[str, ...],
) -> None:
    from dutyboard.rules.records.timely import with_reason
    from dutyboard.tui.sheets.mapping import read_mapping, still_known, to_remember, with_ignored
    from dutyboard.tui.sheets.notes import row_report
    from dutyboard.tui.sheets.reader.files import OpenedFile, read_grids
    from dutyboard.tui.sheets.reader.intake_error import IntakeError
    from dutyboard.tui.sheets.sheet_command import read_sheet
    from dutyboard.tui.views.headings import headings_told

    if reason and kind not in ("rounds", "temperatures"):
        raise click.UsageError(call.words.import_reason)
    kept: Mapping[str, str] = {}
    told: SheetReport | None = None
    output = report_file(call, report_to, as_json=as_json)
    with call.desk() as gateway:
        try:
            sheet_kind = cast("SheetKind", kind)
            given = read_mapping(Path(map_file), sheet_kind) if map_file else {}
            mapping = with_ignored(given, ignored)
            with reading_bar(call, Path(file)) as progress:
                source = OpenedFile(Path(file).name, read_grids(Path(file)))
                unit_id, known = headings_of_sheet(gateway, sheet_kind, source, mapping)
                intake, command = read_sheet(sheet_kind, source, year, progress, gateway.now(), mapping, known)
            command = with_reason(command, reason)
        except IntakeError as error:
            raise Failure(sections(call.language).sheets.files[error.code].format(**error.fields)) from None
        answers = {**still_known(known, mapping, sheet_kind), **mapping}
        asks = not (dry_run or yes or as_json) and sys.stdin.isatty() and sys.stdout.isatty()
        foreseen = _foreseen(call, gateway, command) if dry_run or asks or output is not None else None
        if output is not None and foreseen is not None:
            # It stands before the act is written, so that it is there even if the program ends behind the act.
            told = row_report(intake, foreseen)
            write_marked(call, output, sheet_kind, source, answers, told)
        if dry_run and foreseen is not None:
            answer = foreseen
        else:
            if asks and foreseen is not None:
                ask_first(call, gateway, sheet_kind, intake, foreseen, mapping)
            answer = submit_command(call, gateway, command, partial(moving_bar, call.words.writing))
            if output is not None and (done := row_report(intake, answer)) != told:
                write_again(call, output, sheet_kind, source, answers, done)
            kept = keep_headings(gateway, sheet_kind, to_remember(intake, given, known), unit_id)
        report = row_report(intake, answer)
        brings = brought(gateway, report, answer) if kind in WITH_RESULTS else None
    if kept and not as_json:
        said = headings_told(sheet_kind, kept, sections(call.language))
        click.echo(call.words.headings_kept.format(told=said), err=report_to == STANDARD)
    act = answer.entries[0].id if answer.entries and not dry_run else None
    told_beside = report_to == STANDARD
    try:
        _tell(call, report, act, dry_run, as_json, brings, told_beside)
    except Exception as error:
        if dry_run:
            raise
        # The sheet is on the desk. A fault of its report must not read as a refusal.
        click.echo(call.fault(error), err=True)
        bare = replace(report, rows=(), changes=(), contradictions=(), left_to_see=())
        _tell(call, bare, act, dry_run, as_json, None, told_beside)


def _foreseen(call: Invocation, gateway: "Gateway", command: "Command") -> "Accepted":
    """Return what the rules make of a sheet, before it is written. Raises Failure where they refuse it."""
    from dutyboard.rules.records.refusals import Refusal

    with moving_bar(call.words.deciding):
        answer = gateway.preview(command)
    if isinstance(answer, Refusal):
        raise call.failure(answer.code, answer.fields)
    return answer


def _tell(
    call: Invocation,
    report: "SheetReport",
    act: int | None,
    dry_run: bool,
    as_json: bool,
    brings: "Brings | None",
    beside: bool,
) -> None:
    """Print the rows and the counts, each row with its sentence; `beside` a report on standard output."""
    from dutyboard.tui.sheets.notes import RowNote
    from dutyboard.tui.views.intake import row_message
    from dutyboard.tui.views.person.changes import (
        change_texts,
        changes_json,
        contradictions_json,
        left_json,
        left_texts,
    )

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
        changed["left_to_see"] = left_json(report)
        positives = positives_json(brings) if brings is not None else {}
        print_json({**report.counts, "act": act, "rows": rows, "unread": unread, **changed, **positives})
        return
    for text in left_texts(report, sections(call.language)):
        click.echo(text, err=True)
    for row, told in zip(rows, report.rows):
        where = f"{row['sheet']} " if "sheet" in row else ""
        form = words.import_row if row["row"] else words.import_note
        if not row["row"] and row["column"]:
            where += f"{row['column']} "
        message = row_message(told, sections(call.language))
        shown = {**row, "where": where, "message": message, "level": words.levels[str(row["level"])]}
        line = form.format_map(shown)
        click.echo(line, err=beside or row["level"] == "error")
    for text in change_texts(report, sections(call.language)):
        click.echo(text, err=beside)
    if act is not None:
        click.echo(words.import_act.format(act=act), err=beside)
    click.echo((words.dry_run if dry_run else "") + words.imported.format(**report.counts), err=beside)
    if report.counts.get("touched"):
        click.echo(words.touched.format(touched=report.counts["touched"]), err=beside)
    if report.counts.get("linked") or report.counts.get("unlinked"):
        click.echo(words.linked.format(**report.counts), err=beside)
    if brings is not None:
        tell_positives(call, brings, beside=beside)


import_command = CommandFamily("import", import_undo_command, otherwise=import_sheet_command)
