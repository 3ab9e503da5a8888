"""`headings`: what the headings of a unit's sheets tell, as it was answered once, and answers dropped again."""

from typing import TYPE_CHECKING, cast

import click

from dutyboard.tui.commands.act_command import submit_command
from dutyboard.tui.commands.framework import ActCommand, DeskOption
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call, print_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dutyboard.rules.records.codes import SheetKind
    from dutyboard.tui.link.gateway import Gateway


@click.command("headings", cls=ActCommand)
@click.argument("act", type=click.Choice(("list", "drop")), metavar="list|drop")
@click.argument("told", nargs=-1, metavar="[KIND [HEADING]...]")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def headings_command(call: Invocation, act: str, told: tuple[str, ...], as_json: bool) -> None:
    from dutyboard.rules.records.codes import SHEET_KINDS

    if (len(told) > 0) != (act == "drop") or (told and told[0] not in SHEET_KINDS):
        raise click.UsageError(call.words.headings_usage.format(kinds=" ".join(SHEET_KINDS)))
    with call.desk("headings list" if act == "list" else "") as gateway:
        if act == "drop":
            _drop(call, gateway, cast("SheetKind", told[0]), told[1:], as_json)
        else:
            _list(call, gateway, as_json)


def known_headings(gateway: "Gateway", sheet: "SheetKind") -> "Mapping[str, str]":
    """Return the field of each heading that the unit of whoever calls has answered before."""
    from dutyboard.rules.duties.sheets.headings import remembered

    return remembered(gateway.snapshot, sheet, gateway.actor.officer_id)


def keep_headings(gateway: "Gateway", sheet: "SheetKind", told: "Mapping[str, str]") -> "Mapping[str, str]":
    """Keep answers beside an import that is done; return those that are kept, none where the desk takes them not."""
    from dutyboard.rules.records.commands.sheets import RememberHeadings
    from dutyboard.rules.records.transaction import Accepted

    if not told:
        return {}
    answer = gateway.submit(RememberHeadings(sheet=sheet, headings=told))
    return told if isinstance(answer, Accepted) else {}


def _list(call: Invocation, gateway: "Gateway", as_json: bool) -> None:
    from dutyboard.rules.records.codes import SHEET_KINDS
    from dutyboard.tui.text import words
    from dutyboard.tui.views.headings import heading_text

    own = words(call.language)
    held = [
        (sheet, heading, field) for sheet in SHEET_KINDS for heading, field in known_headings(gateway, sheet).items()
    ]
    if as_json:
        print_json([{"sheet": sheet, "heading": heading, "field": field} for sheet, heading, field in held])
        return
    for sheet, heading, field in held:
        click.echo(f"{sheet} {heading_text(sheet, heading, field, own)}")


def _drop(call: Invocation, gateway: "Gateway", sheet: "SheetKind", named: tuple[str, ...], as_json: bool) -> None:
    from dutyboard.rules.records.commands.sheets import RememberHeadings
    from dutyboard.tui.sheets.headings import heading_key
    from dutyboard.tui.text import words
    from dutyboard.tui.views.entry.line import entry_text

    held = known_headings(gateway, sheet)
    keys = {heading_key(heading) for heading in named}
    unknown = [heading for heading in named if heading_key(heading) not in {heading_key(each) for each in held}]
    if unknown or not held:
        raise Failure(call.words.heading_unknown.format(heading=" ".join(unknown) or sheet))
    dropped = {heading: "" for heading in held if not keys or heading_key(heading) in keys}
    accepted = submit_command(call, gateway, RememberHeadings(sheet=sheet, headings=dropped))
    if as_json:
        print_json({"entry": accepted.entry.id, "sheet": sheet, "dropped": list(dropped), "seq": gateway.snapshot.seq})
        return
    click.echo(entry_text(accepted.entry, gateway.snapshot, words(call.language)))
