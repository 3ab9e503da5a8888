"""`export`: every record of the desk as one JSON document, as the journal holds it."""

import sys

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, pass_call
from dutyboard.tui.terminal.masking import revealed
from dutyboard.tui.terminal.visible import escaped


@click.command("export", cls=DeskCommand)
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def export_command(call: Invocation, as_json: bool) -> None:
    if not as_json:
        raise click.UsageError(call.words.export_needs_format)
    with call.desk() as gateway:
        gateway.look("export", "", call.reveal or "", revealed=revealed())
        sys.stdout.flush()
        for block in gateway.export():
            sys.stdout.buffer.write(escaped(block))
        sys.stdout.buffer.flush()
