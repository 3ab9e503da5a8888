"""A sheet imported: its kind and file, then a preview of what it would do, then the confirmation."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.link.worker import GatewayPort
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import choices_hint, chosen, draft_key
from dutyboard.tui.session import Session
from dutyboard.tui.sheets.notes import Intake, row_report
from dutyboard.tui.sheets.reader.files import STANDARD_INPUT
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.sheet_command import read_sheet
from dutyboard.tui.terminal.cells import Line, clip
from dutyboard.tui.views.fields import Field, Problem

ROWS_SHOWN = 12
"""Rows of a preview that are told; the command line tells all."""


@dataclass(frozen=True, slots=True)
class _Preview:
    """A sheet as it was read, the command that takes it in, and the answer that the rules would give."""

    intake: Intake[Any]
    command: Command
    answer: Accepted | Refusal


def sheet_form(session: Session) -> None:
    """Open the form that asks for the sheet."""
    said = session.words.desk_acts
    kinds = said.sheet_kinds
    kind = Field(id="kind", label=said.sheet_kind, hint=choices_hint(kinds), needed=True)
    fields = [
        kind,
        Field(id="file", label=said.sheet_file, hint=said.sheet_file_hint, needed=True),
        Field(id="year", label=said.sheet_year, kind="number", hint=said.sheet_year_hint, low=1900, high=2200),
    ]

    def make(values: Mapping[str, Any]) -> Problem | None:
        wanted = chosen(values["kind"], kinds)
        if wanted is None:
            return Problem(kind, "not_a_choice", values["kind"])
        file = Path(values["file"]).expanduser()
        session.fetch_for(
            lambda gateway: _previewed(gateway, wanted, file, values["year"]),
            lambda found: _show(session, form, file, found),
        )
        return None

    form = FormScreen(session, said.sheet_title, [], fields, make, draft_key("sheet"))
    session.open(form)


def _previewed(gateway: GatewayPort, kind: SheetKind, file: Path, year: int | None) -> _Preview | IntakeError:
    if gateway.actor.address:
        return IntakeError("at_door")
    if file == STANDARD_INPUT:  # it is the terminal
        return IntakeError("file_missing", file=file.name)
    try:
        intake, command = read_sheet(kind, file, year, now=gateway.now())
    except IntakeError as error:
        return error
    return _Preview(intake, command, gateway.preview(command))


def _show(session: Session, form: FormScreen, file: Path, found: _Preview | IntakeError) -> None:
    """Open the preview above the form, or say in the form why there is none."""
    said, sheets = session.words.desk_acts, session.words.sheets
    if isinstance(found, IntakeError):
        form.say(sheets.files[found.code].format(**found.fields), "late")
        return
    if isinstance(found.answer, Refusal):
        form.say(session.answer_sentence(found.answer) or "", "late")
        return
    report = row_report(found.intake, found.answer)
    facts: list[Line] = [((f" {said.sheet_counts.format(**report.counts)}", "strong"),)]
    for row in report.rows[:ROWS_SHOWN]:
        message = sheets.rows[row.code]
        message = sheets.with_text.format(said=message, text=row.text) if row.text else message
        text = said.sheet_row.format(row=row.row, column=row.column, message=message) if row.row else message
        facts.append(((clip(f"   {text}", session.cells), "late" if row.level == "error" else "soon"),))
    if len(report.rows) > ROWS_SHOWN:
        facts.append(((f"   {said.sheet_more.format(n=len(report.rows) - ROWS_SHOWN)}", "dim"),))

    def done(answer: Answer) -> None:
        form.answered(answer)
        assert isinstance(answer, Accepted)
        session.say(said.sheet_done.format(**row_report(found.intake, answer).counts))

    title = said.sheet_preview.format(file=file.name)
    session.open(FormScreen(session, title, facts, [], lambda _: found.command, draft_key("sheet-preview"), done))
