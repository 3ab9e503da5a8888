"""`board`: the board printed once, as text or as JSON."""

import shutil
from datetime import datetime
from typing import TYPE_CHECKING

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, instant, pass_call, print_json

if TYPE_CHECKING:
    from dutyboard.tui.link.gateway import Gateway

LEAST_CELLS = 80


@click.command("board", cls=DeskCommand)
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@click.option("--at", cls=DeskOption, metavar="TIME")
@pass_call
def board_command(call: Invocation, as_json: bool, at: str | None) -> None:
    from dutyboard.rules.board import board

    with call.desk() as gateway:
        now = instant(gateway, at, call.words) or gateway.now()
        if gateway.snapshot.desk is None:
            raise call.failure("no_desk", {})
        if as_json:
            from dutyboard.tui.export.board import board_json

            print_json(board_json(board(gateway.snapshot, now)))
        else:
            print_board(call, gateway, now)


def print_board(call: Invocation, gateway: "Gateway", now: datetime) -> None:
    """Print the board of an instant as text, as wide as the terminal and never under 80 cells."""
    from dutyboard.rules.board import board
    from dutyboard.tui.text import words
    from dutyboard.tui.views.plain import board_lines

    snapshot = gateway.snapshot
    me = snapshot.officers.get(gateway.actor.officer_id or 0)
    cells = max(LEAST_CELLS, shutil.get_terminal_size().columns)
    for line in board_lines(snapshot, board(snapshot, now), me.name if me else "", words(call.language), cells):
        click.echo(line)
