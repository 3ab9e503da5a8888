"""`handover`: print the items of the handover. With `--yes` it is signed as it was printed."""

from typing import TYPE_CHECKING, Any

import click

from dutyboard.tui.commands.act_command import submit
from dutyboard.tui.commands.framework import ActCommand, DeskOption
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call, print_json
from dutyboard.tui.commands.lookup import officer_named
from dutyboard.tui.commands.person import PAGE_CELLS
from dutyboard.tui.text import words

if TYPE_CHECKING:
    from dutyboard.rules.duties.post.handover import HandoverAt
    from dutyboard.rules.duties.post.handover_rows import HandoverRow
    from dutyboard.tui.link.gateway import Gateway


@click.command("handover", cls=ActCommand)
@click.option("--incoming", cls=DeskOption, metavar="NAME")
@click.option("--yes", cls=DeskOption, is_flag=True)
@click.option("--items", cls=DeskOption, multiple=True, metavar="ID")
@click.option("--text", cls=DeskOption, default="", metavar="TEXT")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@click.option("--alone", cls=DeskOption, is_flag=True)
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def handover_command(
    call: Invocation, incoming: str | None, yes: bool, items: tuple[str, ...], text: str, as_json: bool, **more: Any
) -> None:
    from dutyboard.rules.board import board
    from dutyboard.rules.duties.post.handover import nearest_handover
    from dutyboard.rules.duties.post.handover_rows import handover_rows
    from dutyboard.tui.views.handover.heading import note_text

    if yes and incoming is None:
        raise click.UsageError(call.words.incoming_needed)
    with call.desk("handover") as gateway:
        now = gateway.now()
        at, rows = nearest_handover(gateway.snapshot, now), handover_rows(board(gateway.snapshot, now).obligations)
        if at is None:
            raise Failure(words(call.language).handover.not_planned)
        if not (yes and as_json):
            _show(call, gateway, at, rows, as_json)
        if not yes or incoming is None:
            return
        told = {
            "obligation": at.owed.id,
            "incoming": officer_named(gateway.snapshot, incoming, call).id,
            "items": list(items) or [item.id for row in rows for item in row.items],
            "text": text or note_text(gateway.snapshot, words(call.language)),
            "head": gateway.head,
            **{name: value for name, value in more.items() if value},
        }
        submit(call, gateway, [("handover", told)], as_json=as_json)


def _show(
    call: Invocation, gateway: "Gateway", at: "HandoverAt", rows: "tuple[HandoverRow, ...]", as_json: bool
) -> None:
    """Print which handover it is, and the rows as they stand, before its window as well."""
    from dutyboard.rules.duties.post.handed_over import carried
    from dutyboard.tui.export.post.handover import coming_json, handover_table, items_json, rows_json
    from dutyboard.tui.terminal.cells import clip
    from dutyboard.tui.views.handover.heading import heading_text

    snapshot, now, before = gateway.snapshot, gateway.now(), carried(gateway.snapshot)
    if as_json:
        items = items_json(rows, before, snapshot.zone)
        since = {str(item["id"]): item["carried"] for item in items if item["carried"] is not None}
        listed = {"items": [item["id"] for item in items], **rows_json(rows), "carried": since}
        print_json({**coming_json(at, snapshot), **listed})
        return
    own = words(call.language)
    for line in heading_text(at, snapshot, own):
        click.echo(clip(line, PAGE_CELLS))
    for what, _, _, state, again in handover_table(rows, before, now, snapshot.zone, own):
        click.echo(clip("  ".join(part for part in (what, state, again) if part), PAGE_CELLS))
