"""`move`: another room for one person or several, or for everybody of a site that is to be closed."""

from typing import TYPE_CHECKING, Any

import click

from dutyboard.tui.commands.act_command import submit
from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, instant, pass_call
from dutyboard.tui.commands.lookup import person_named, site_named

if TYPE_CHECKING:
    from dutyboard.tui.link.gateway import Gateway


@click.command("move", cls=DeskCommand)
@click.argument("words", nargs=-1, required=True, metavar="PERSON… SITE[:ROOM]")
@click.option("--from", "from_site", cls=DeskOption, metavar="SITE")
@click.option("--shared", cls=DeskOption, default="", metavar="TEXT")
@click.option("--at", cls=DeskOption, metavar="TIME")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def move_command(
    call: Invocation,
    words: tuple[str, ...],
    from_site: str | None,
    shared: str,
    at: str | None,
    reason: str,
    as_json: bool,
) -> None:
    *named, target = words
    with call.desk() as gateway:
        people = [person_named(gateway.snapshot, each, call).id for each in named]
        people += _living_in(call, gateway, from_site)
        place = _place(call, gateway, target)
        if not people or ("room" in place and len(people) > 1):
            raise click.UsageError(call.words.move_usage)
        told: dict[str, Any] = {**place, "reason": reason, "shared": shared}
        happened_at = instant(gateway, at, call.words)
        told |= {"at": happened_at.isoformat()} if happened_at else {}
        submit(call, gateway, [("move", {"person": number, **told}) for number in people], as_json=as_json)


def _living_in(call: Invocation, gateway: "Gateway", typed: str | None) -> list[int]:
    """Return the people who live at a site, by their rooms. Raises Failure."""
    from dutyboard.rules.people.rooms import residents, room_order
    from dutyboard.rules.people.stage import lodging

    if typed is None:
        return []
    site = site_named(gateway.snapshot, typed, call)
    rooms = [(lodging(each), each.id) for each in residents(gateway.snapshot.persons.values(), site.id)]
    return [number for held, number in sorted(rooms, key=lambda each: room_order(each[0].room if each[0] else None))]


def _place(call: Invocation, gateway: "Gateway", typed: str) -> dict[str, Any]:
    """Return `SITE` or `SITE:ROOM` as the fields of an act. Raises Failure."""
    from dutyboard.rules.people.rooms import room_named

    site, colon, room = typed.replace("：", ":").partition(":")
    found = site_named(gateway.snapshot, site, call)
    if not colon:
        return {"site": found.id}
    known = room_named(found, room)
    return {"site": found.id, "room": room if known is None else known}
