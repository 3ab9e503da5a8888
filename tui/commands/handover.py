"""`handover`: print the items of the handover. With `--yes` it is signed as it was printed."""

from typing import TYPE_CHECKING

import click

from dutyboard.tui.commands.act_command import submit
from dutyboard.tui.commands.framework import ActCommand, DeskOption
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call, print_json
from dutyboard.tui.commands.lookup import officer_named
from dutyboard.tui.commands.person import PAGE_CELLS
from dutyboard.tui.text import words

if TYPE_CHECKING:
    from dutyboard.rules.records.obligation import Obligation
    from dutyboard.tui.link.gateway import Gateway


@click.command("handover", cls=ActCommand)
@click.option("--incoming", cls=DeskOption, metavar="NAME")
@click.option("--yes", cls=DeskOption, is_flag=True)
@click.option("--items", cls=DeskOption, multiple=True, metavar="ID")
@click.option("--text", cls=DeskOption, default="", metavar="TEXT")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def handover_command(
    call: Invocation, incoming: str | None, yes: bool, items: tuple[str, ...], text: str, as_json: bool
) -> None:
    from dutyboard.rules.board import board
    from dutyboard.rules.duties.post.handover import goes_over
    from dutyboard.rules.records.obligation import OWED
    from dutyboard.tui.views.times import day_clock

    if yes and incoming is None:
        raise click.UsageError(call.words.incoming_needed)
    with call.desk("handover") as gateway:
        obligations = board(gateway.snapshot, gateway.now()).obligations
        handovers = [owed for owed in obligations if owed.kind == "handover"]
        due = next((owed for owed in handovers if owed.state in OWED), None)
        if due is None:
            coming = [owed.opens for owed in handovers if owed.state == "upcoming"]
            at = day_clock(min(coming), gateway.snapshot.zone) if coming else "-"
            raise Failure(words(call.language).screens.handover_not_due.format(at=at))
        ids = set(goes_over(obligations))
        going = [owed for owed in obligations if owed.id in ids]
        if not (yes and as_json):
            _show(call, gateway, due, going, as_json)
        if not yes or incoming is None:
            return
        told = {
            "obligation": due.id,
            "incoming": officer_named(gateway.snapshot, incoming, call).id,
            "items": list(items) or [owed.id for owed in going],
            "text": text,
            "head": gateway.head,
        }
        submit(call, gateway, [("handover", told)], as_json=as_json)


def _show(call: Invocation, gateway: "Gateway", due: "Obligation", going: "list[Obligation]", as_json: bool) -> None:
    from dutyboard.tui.terminal.cells import clip
    from dutyboard.tui.views.board import state_text, title

    if as_json:
        print_json({"obligation": due.id, "from": due.owed_by, "items": [owed.id for owed in going]})
        return
    own, now = words(call.language), gateway.now()
    click.echo(own.screens.handover_from.format(name=due.owed_by))
    for owed in going:
        state = state_text(owed, now, gateway.snapshot.zone, own)
        click.echo(clip(f"- {title(owed, own)}  {state}", PAGE_CELLS))
