"""`person`: one record with its assessment, what its facts give today, and its history."""

from typing import TYPE_CHECKING

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, pass_call, print_json
from dutyboard.tui.commands.lookup import person_ever_named

if TYPE_CHECKING:
    from dutyboard.rules.records.model import Person
    from dutyboard.tui.link.gateway import Gateway

PAGE_CELLS = 80


@click.command("person", cls=DeskCommand)
@click.argument("person", metavar="ID")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def person_command(call: Invocation, person: str, as_json: bool) -> None:
    from dutyboard.rules.people.provenance import subjects_of
    from dutyboard.rules.records.model import subject_id
    from dutyboard.tui.export.person_json import person_json
    from dutyboard.tui.link.records import document

    with call.desk() as gateway:
        found = person_ever_named(gateway, person, call)
        call.look(gateway, "person", subject_id(found))
        if as_json:
            names = subjects_of(found, gateway.snapshot)
            entries = sorted((e for name in names for e in gateway.entries_about(name)), key=lambda each: each.id)
            changes = gateway.trail("persons", found.id)
            try:
                told = person_json(gateway.snapshot, found, gateway.now(), entries, changes)
            except Exception as error:
                told = {"id": found.id, **document(found), "not_computed": call.not_computed(found.id, error)}
            print_json(told)
        else:
            click.echo("\n".join(_page(call, gateway, found)))


def _page(call: Invocation, gateway: "Gateway", person: "Person") -> list[str]:
    """Return the person's page as the screen shows it, with ID and phone masked."""
    from dutyboard.rules.board import board_despite_faults
    from dutyboard.tui.terminal.cells import plain
    from dutyboard.tui.text import words
    from dutyboard.tui.views.board import owed_about
    from dutyboard.tui.views.person.page import heading, page_lines

    snapshot, now, own = gateway.snapshot, gateway.now(), words(call.language)
    try:
        owed = owed_about(board_despite_faults(snapshot, now)[0].obligations, person)
        lines = [plain(line) for line in page_lines(person, owed, snapshot, now, own, PAGE_CELLS)]
    except Exception as error:
        lines = [call.not_computed(person.id, error)]
    return [heading(person, snapshot, own), *lines]
