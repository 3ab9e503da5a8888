"""`headings`: what the headings of a unit's sheets tell, as it was answered once, and answers dropped again."""

from typing import TYPE_CHECKING, cast

import click

from dutyboard.tui.commands.act_command import submit_command
from dutyboard.tui.commands.framework import ActCommand, DeskOption
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call, print_json
from dutyboard.tui.commands.lookup import unit_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dutyboard.rules.records.codes import SheetKind
    from dutyboard.rules.records.model import Entry
    from dutyboard.tui.link.gateway import Gateway
    from dutyboard.tui.sheets.reader.files import OpenedFile


@click.command("headings", cls=ActCommand)
@click.argument("act", type=click.Choice(("list", "drop")), metavar="list|drop")
@click.argument("told", nargs=-1, metavar="[KIND [HEADING]...]")
@click.option("--unit", cls=DeskOption, metavar="NAME")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def headings_command(call: Invocation, act: str, told: tuple[str, ...], unit: str | None, as_json: bool) -> None:
    from dutyboard.rules.records.codes import SHEET_KINDS

    if (len(told) > 0) != (act == "drop") or (told and told[0] not in SHEET_KINDS):
        raise click.UsageError(call.words.headings_usage.format(kinds=" ".join(SHEET_KINDS)))
    with call.desk("headings list" if act == "list" else "") as gateway:
        if act == "drop":
            _drop(call, gateway, cast("SheetKind", told[0]), told[1:], unit, as_json)
        else:
            _list(call, gateway, unit, as_json)


def known_headings(gateway: "Gateway", sheet: "SheetKind", unit_id: int | None = None) -> "Mapping[str, str]":
    """Return the field of each heading that a unit has answered before; None: that of whoever calls."""
    from dutyboard.rules.duties.sheets.headings import remembered

    return remembered(gateway.snapshot, sheet, gateway.actor.officer_id, unit_id)


def headings_of_sheet(
    gateway: "Gateway", sheet: "SheetKind", file: "OpenedFile", given: "Mapping[str, str]"
) -> "tuple[int | None, Mapping[str, str]]":
    """Return the known unit that a file tells, None where it tells none, and the headings answered before."""
    from dutyboard.tui.sheets.headings import Headings
    from dutyboard.tui.sheets.unit_titles import unit_of_sheet

    unit_id = unit_of_sheet(file.grids, Headings(sheet, given), gateway.snapshot.units.values())
    return unit_id, known_headings(gateway, sheet, unit_id)


def keep_headings(
    gateway: "Gateway", sheet: "SheetKind", told: "Mapping[str, str]", unit_id: int | None
) -> "Mapping[str, str]":
    """Keep answers beside an import that is done; return those that are kept, none where the desk takes them not."""
    from dutyboard.rules.duties.sheets.headings import unit_asked
    from dutyboard.rules.records.commands.sheets import RememberHeadings
    from dutyboard.rules.records.transaction import Accepted

    if not told:
        return {}
    of_unit = unit_asked(gateway.snapshot, gateway.actor.officer_id, unit_id)
    answer = gateway.submit(RememberHeadings(sheet=sheet, headings=told, unit_id=of_unit))
    return told if isinstance(answer, Accepted) else {}


def _units(call: Invocation, gateway: "Gateway", unit: str | None) -> "list[int | None]":
    """Return the units whose answers are meant: the one named, else all for whose sheets the caller answers."""
    from dutyboard.rules.duties.sheets.headings import units_answered
    from dutyboard.rules.permissions import NOT_HIS

    answered = units_answered(gateway.snapshot, gateway.actor.officer_id)
    if unit is None:
        return answered
    named = unit_named(gateway.snapshot, unit, call).id
    if named not in answered:
        raise call.failure(NOT_HIS.code, NOT_HIS.fields)
    return [named]


def _list(call: Invocation, gateway: "Gateway", unit: str | None, as_json: bool) -> None:
    from dutyboard.rules.records.codes import SHEET_KINDS
    from dutyboard.tui.text import words
    from dutyboard.tui.views.headings import heading_text

    own = words(call.language)
    units = _units(call, gateway, unit)
    held = [
        (sheet, unit_id, heading, field)
        for sheet in SHEET_KINDS
        for unit_id in units
        for heading, field in known_headings(gateway, sheet, unit_id).items()
    ]
    names = {unit.id: unit.name for unit in gateway.snapshot.units.values()}
    if as_json:
        print_json(
            [
                {"sheet": sheet, "heading": heading, "field": field, **({"unit": names[unit_id]} if unit_id else {})}
                for sheet, unit_id, heading, field in held
            ]
        )
        return
    for sheet, unit_id, heading, field in held:
        of_unit = f"{names[unit_id]} " if unit_id is not None else ""
        click.echo(f"{sheet} {of_unit}{heading_text(sheet, heading, field, own)}")


def _drop(
    call: Invocation,
    gateway: "Gateway",
    sheet: "SheetKind",
    named: tuple[str, ...],
    unit: str | None,
    as_json: bool,
) -> None:
    from dutyboard.rules.records.commands.sheets import RememberHeadings
    from dutyboard.tui.sheets.headings import heading_key
    from dutyboard.tui.text import words
    from dutyboard.tui.views.entry.line import entry_text

    of_units = {each: known_headings(gateway, sheet, each) for each in _units(call, gateway, unit)}
    held = [heading for known in of_units.values() for heading in known]
    keys = {heading_key(heading) for heading in named}
    unknown = [heading for heading in named if heading_key(heading) not in {heading_key(each) for each in held}]
    if unknown or not held:
        raise Failure(call.words.heading_unknown.format(heading=" ".join(unknown) or sheet))
    entries: list[Entry] = []
    dropped: dict[str, None] = {}
    for unit_id, known in of_units.items():
        gone = {heading: "" for heading in known if not keys or heading_key(heading) in keys}
        if gone:
            command = RememberHeadings(sheet=sheet, headings=gone, unit_id=unit_id)
            entries.append(submit_command(call, gateway, command).entry)
            dropped |= dict.fromkeys(gone)
    if as_json:
        numbers = [each.id for each in entries]
        told = {"entry": numbers[0], "entries": numbers, "sheet": sheet, "dropped": list(dropped)}
        print_json({**told, "seq": gateway.snapshot.seq})
        return
    for entry in entries:
        click.echo(entry_text(entry, gateway.snapshot, words(call.language)))
