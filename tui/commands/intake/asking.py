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
    from dutyboard.rules.records.transaction import Accepted
    from dutyboard.tui.link.gateway import Gateway
    from dutyboard.tui.sheets.notes import Intake


def ask_first(
    call: Invocation,
    gateway: "Gateway",
    kind: "SheetKind",
    intake: "Intake[Any]",
    foreseen: "Accepted",
    mapping: Mapping[str, str],
) -> None:
    """Print what an import would do, and ask. Raises Failure where the answer is no."""
    from dutyboard.tui.sheets.headings import own_headings
    from dutyboard.tui.sheets.notes import row_report
    from dutyboard.tui.terminal.cells import plain
    from dutyboard.tui.views.intake import preview_lines

    own = words(call.language)
    usual = own_headings(kind)
    read = {heading: field for field, heading in intake.headings.items() if usual.get(field, heading) != heading}
    report = row_report(intake, foreseen)
    for line in preview_lines(kind, report, {**read, **mapping}, own, PAGE_CELLS):
        click.echo(plain(line))
    tell_positives(call, brought(gateway, report, foreseen))
    if foreseen.changes and not click.confirm(call.words.import_ask, default=False, err=True):
        raise Failure(call.words.import_left_out)
