"""`trail`: the changes of one record, their times and logins, read from the journal itself."""

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call, print_json


@click.command("trail", cls=DeskCommand)
@click.argument("record", metavar="RECORD")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def trail_command(call: Invocation, record: str, as_json: bool) -> None:
    from dataclasses import asdict

    from dutyboard.rules.records.ids import Subject
    from dutyboard.tui.text import words
    from dutyboard.tui.views.journal.trail import change_line

    named = Subject.parse(record)
    with call.desk() as gateway:
        changes = gateway.trail(*named.record) if named is not None else []
        if not changes:
            raise Failure(call.words.no_record.format(text=record))
        if as_json:
            print_json([{**asdict(change), "at": change.at.isoformat()} for change in changes])
            return
        for at, change in enumerate(changes):
            click.echo(change_line(change, not at, gateway.snapshot, words(call.language).trail))
