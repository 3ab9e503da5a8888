"""`export`: every record of the desk as one JSON document. `template`: an empty sheet of a kind, to fill in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import click

from dutyboard.tui.commands.framework import OUTPUT_FILE, STANDARD, DeskCommand, DeskOption, write_file
from dutyboard.tui.commands.invocation import Invocation, pass_call
from dutyboard.tui.commands.sheets import KINDS
from dutyboard.tui.terminal.masking import revealed
from dutyboard.tui.terminal.visible import escaped
from dutyboard.tui.text import words

if TYPE_CHECKING:
    from dutyboard.rules.records.codes import SheetKind


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


@click.command("template", cls=DeskCommand)
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", metavar="FILE|-", required=False, default=STANDARD, type=OUTPUT_FILE)
@pass_call
def template_command(call: Invocation, kind: str, file: str) -> None:
    from dutyboard.tui.export.template import write_template

    if file == STANDARD and sys.stdout.isatty():
        raise click.UsageError(call.words.template_needs_file.format(kind=kind))

    def write(opened: BinaryIO) -> None:
        write_template(cast("SheetKind", kind), words(call.language), opened)

    if file == STANDARD:
        write(sys.stdout.buffer)
    else:
        write_file(call, Path(file), write)
