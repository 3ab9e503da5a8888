"""Consequences of the positives of a list of results, printed in the words of the screen or as JSON."""

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.commands.person import PAGE_CELLS
from dutyboard.tui.text import words as sections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutyboard.rules.duties.person.positive import Consequence
    from dutyboard.rules.records.outcome import FoundPositive
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.rules.records.transaction import Accepted
    from dutyboard.tui.link.gateway import Gateway
    from dutyboard.tui.sheets.notes import SheetReport


class Brings(NamedTuple):
    """Consequences of each positive, and the picture that their names stand in."""

    follows: "Sequence[tuple[FoundPositive, tuple[Consequence, ...]]]"
    snapshot: "Snapshot"


def brought(gateway: "Gateway", report: "SheetReport", answer: "Accepted") -> Brings:
    """Return what each positive of a list brings, before it is written or after."""
    from dutyboard.tui.views.person.consequences import after_sheet, of_positives

    snapshot = after_sheet(gateway.snapshot, answer)
    return Brings(of_positives(report.positives, snapshot, gateway.now()), snapshot)


def positives_json(brings: Brings) -> dict[str, Any]:
    """Return the positives as the JSON of an import tells them: row, person, day of the sample, consequences."""
    from dutyboard.tui.views.person.consequences import consequence_json

    told = [
        {
            "row": found.row,
            "person": found.person_id,
            "sampled_on": found.sampled_on.isoformat() if found.sampled_on is not None else None,
            "follows": [consequence_json(each) for each in follows],
        }
        for found, follows in brings.follows
    ]
    return {"positives": told}


def tell_positives(call: Invocation, brings: Brings, *, beside: bool = False) -> None:
    """Print what each positive brings, in the words of the screen; `beside` a report on standard output."""
    from dutyboard.tui.terminal.cells import plain
    from dutyboard.tui.views.person.consequences import consequence_lines

    for found, follows in brings.follows:
        click.echo(call.words.positive_row.format(row=found.row, person=found.person_id), err=beside)
        for line in consequence_lines(follows, brings.snapshot, sections(call.language), PAGE_CELLS):
            click.echo(plain(line), err=beside)
