"""`overview`: several desks in one table, and the summary that a desk hands over for it."""

import sys

import click
import orjson

from dutyboard.tui.commands.framework import DESK_FILE, OUTPUT_FILE, STANDARD, DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, pass_call
from dutyboard.tui.commands.overview.desks import rows_named, summary_of
from dutyboard.tui.commands.report import put_out
from dutyboard.tui.export.formats import FORMATS
from dutyboard.tui.export.overview import overview_page
from dutyboard.tui.link.clock import real_clock
from dutyboard.tui.terminal.visible import visible_json
from dutyboard.tui.text import words


@click.command("overview", cls=DeskCommand)
@click.argument("desks", nargs=-1, type=DESK_FILE, metavar="[DESK]...")
@click.option("--summary", cls=DeskOption, is_flag=True)
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@click.option("--format", "page_format", cls=DeskOption, type=click.Choice(tuple(FORMATS)))
@click.option("-o", "--output", cls=DeskOption, type=OUTPUT_FILE, metavar="FILE|-")
@pass_call
def overview_command(
    call: Invocation, desks: tuple[str, ...], summary: bool, as_json: bool, page_format: str | None, output: str | None
) -> None:
    said = words(call.language).overview
    if summary == bool(desks) or (summary and (as_json or page_format or output)):
        raise click.UsageError(said.usage)
    if summary:
        _hand_over(call)
        return
    if as_json and page_format not in (None, "json"):
        raise click.UsageError(said.usage)
    chosen = "json" if as_json else page_format or "text"
    if FORMATS[chosen].binary and (output is None or (output == STANDARD and sys.stdout.isatty())):
        raise click.UsageError(call.words.output_needed.format(format=chosen))
    for each in desks:
        if each != STANDARD:
            call.desk_named(each)  # an address that cannot be used is no row
    call.ask_at_door("overview")
    rows = rows_named(call, desks)
    page = overview_page(rows, real_clock(), call.acting_as or call.identity.login, words(call.language))
    put_out(call, page, chosen, output)


def _hand_over(call: Invocation) -> None:
    """Print the summary of the desk in one line: several stand one below the other."""
    with call.desk() as gateway:
        if gateway.damaged:  # it was said; what is before the damage is not the desk
            raise click.exceptions.Exit(1)
        if gateway.snapshot.desk is None:
            raise call.failure("no_desk", {"folder": gateway.folder})
        call.look(gateway, "report", "overview")
        told = summary_of(gateway)
    sys.stdout.flush()
    sys.stdout.buffer.write(visible_json(told, orjson.OPT_APPEND_NEWLINE))
    sys.stdout.buffer.flush()
