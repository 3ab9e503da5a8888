"""Preview of an import on a terminal, and the question whether it is written."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from dutyboard.tui.commands.intake.positives import brought, tell_positives
from dutyboard.tui.commands.invocation import Failure, Invocation
from dutyboard.tui.commands.person import PAGE_CELLS
from dutyboard.tui.text import words

if TYPE_CHECKING:
    from dutyboard.rules.records.codes import SheetKind
    from dutyboard.rules.records.commands import Command
    from dutyboard.tui.link.gateway import Gateway
    from dutyboard.tui.sheets.notes import Intake


def ask_first(
    call: Invocation,
    gateway: "Gateway",
    kind: "SheetKind",
    intake: "Intake[Any]",
    command: "Command",
    mapping: Mapping[str, str],
) -> None:
    """Print what an import would do, and ask. Raises Failure where the answer is no, or the rules refuse."""
    from dutyboard.rules.records.refusals import Refusal
    from dutyboard.tui.sheets.headings import own_headings
    from dutyboard.tui.sheets.notes import row_report
    from dutyboard.tui.terminal.cells import plain
    from dutyboard.tui.views.intake import preview_lines

    own = words(call.language)
    answer = gateway.preview(command)
    if isinstance(answer, Refusal):
        raise call.failure(answer.code, answer.fields)
    usual = own_headings(kind)
    read = {heading: field for field, heading in intake.headings.items() if usual.get(field, heading) != heading}
    report = row_report(intake, answer)
    for line in preview_lines(kind, report, {**read, **mapping}, own, PAGE_CELLS):
        click.echo(plain(line))
    tell_positives(call, brought(gateway, report, answer))
    if answer.changes and not click.confirm(call.words.import_ask, default=False, err=True):
        raise Failure(call.words.import_left_out)
