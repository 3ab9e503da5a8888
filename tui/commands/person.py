"""`person`: one record with its assessment, what its facts give today, and its history."""

import click

from tui.commands.call import Call, Failure, pass_call, print_json
from tui.commands.framework import DeskCommand, DeskOption


@click.command("person", cls=DeskCommand)
@click.argument("person", metavar="ID")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def person_command(call: Call, person: str, as_json: bool) -> None:
    if not as_json:
        raise click.UsageError(call.words.export_needs_format)
    from rules.model import subject_id
    from tui.export.person import person_json

    number = person.removeprefix("person-")
    with call.desk() as gateway:
        found = gateway.person(int(number)) if number.isascii() and number.isdecimal() else None
        if found is None:
            raise Failure(call.words.no_person.format(text=person))
        entries, changes = gateway.entries_about(subject_id(found)), gateway.trail("persons", found.id)
        print_json(person_json(gateway.snapshot, found, gateway.now(), entries, changes))
