"""`board`: the board printed once, as text or as JSON."""

import shutil
from datetime import datetime
from typing import TYPE_CHECKING

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, instant, pass_call, print_json

if TYPE_CHECKING:
    from dutyboard.rules.board import Board
    from dutyboard.tui.link.gateway import Gateway

LEAST_CELLS = 80


@click.command("board", cls=DeskCommand)
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@click.option("--at", cls=DeskOption, metavar="TIME")
@pass_call
def board_command(call: Invocation, as_json: bool, at: str | None) -> None:
    with call.desk() as gateway:
        if gateway.snapshot.desk is None:
            raise call.failure("no_desk", {})
        now = _looked_at(call, gateway, at)
        if as_json:
            from dutyboard.tui.export.board import board_json

            print_json(board_json(shown_board(call, gateway, now)))
        else:
            print_board(call, gateway, now)


def shown_board(call: Invocation, gateway: "Gateway", now: datetime) -> "Board":
    """Return the board of an instant, by the rows that an earlier call or session left where they stand."""
    from dutyboard.rules.board import board
    from dutyboard.rules.board_rows import BoardRows

    rows, snapshot, kept = BoardRows(), gateway.snapshot, gateway.kept_board()
    if kept is not None:
        kept.take_over(rows, snapshot, now)
    shown = call.despite_faults(
        gateway, snapshot, lambda seen: board(seen, now, rows if kept is not None and seen is snapshot else None)
    )
    if kept is not None and now <= gateway.now():
        kept.leave(rows.people(), snapshot, now)
    return shown


def _looked_at(call: Invocation, gateway: "Gateway", typed: str | None) -> datetime:
    """Return the instant of the board that is asked for; without one the present. Raises Failure, click.UsageError.

    No board is before the desk's first day: nothing was owed, and the days to it cannot be counted off.
    """
    from dutyboard.rules.records.bounds import out_of_years, years_refused
    from dutyboard.rules.records.snapshot import desk_of

    at, snapshot = instant(gateway, typed, call.words), gateway.snapshot
    if at is None:
        return gateway.now()
    if out_of_years(at, gateway.now()):
        refused = years_refused("at", at, gateway.now())
        raise call.failure(refused.code, refused.fields)
    if snapshot.day_of(at) < (first := snapshot.day_of(desk_of(snapshot).opened_at)):
        raise call.failure("before_desk", {"at": at, "day": first.isoformat()})
    return at


def print_board(call: Invocation, gateway: "Gateway", now: datetime) -> None:
    """Print the board of an instant as text, as wide as the terminal and never under 80 cells."""
    from dutyboard.tui.text import words
    from dutyboard.tui.views.plain import board_lines

    shown, snapshot = shown_board(call, gateway, now), gateway.snapshot
    me = snapshot.officers.get(gateway.actor.officer_id or 0)
    cells = max(LEAST_CELLS, shutil.get_terminal_size().columns)
    name, said = me.name if me else "", words(call.language)
    for line in board_lines(snapshot, shown, name, said, cells, gateway.stopped_at):
        click.echo(line)
