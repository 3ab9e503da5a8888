"""`handoff`: close a record by the letter that takes the person over, or says that he has died."""

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call


@click.command("handoff", cls=DeskCommand)
@click.argument("person", metavar="ID")
@click.option("--leader", cls=DeskOption, required=True, metavar="NAME")
@click.option("--letter", cls=DeskOption, required=True, metavar="TEXT")
@click.option("--to", cls=DeskOption, default="", metavar="PLACE")
@click.option("--died", cls=DeskOption, is_flag=True)
@pass_call
def handoff_command(call: Invocation, person: str, leader: str, letter: str, to: str, died: bool) -> None:
    from dutyboard.rules.records.commands import HandOff

    number = person.removeprefix("person-")
    with call.desk() as gateway:
        snapshot = gateway.snapshot
        found = snapshot.persons.get(int(number)) if number.isascii() and number.isdecimal() else None
        if found is None:
            raise Failure(call.words.no_person.format(text=person))
        named = [officer.id for officer in snapshot.officers.values() if officer.name == leader]
        if not named:
            raise Failure(call.words.no_officer.format(text=leader))
        if len(named) > 1:
            raise Failure(call.words.several.format(text=leader, names=leader))
        call.submit(gateway, HandOff(person_id=found.id, leader_id=named[0], letter=letter, to=to, died=died))
        click.echo(call.words.handed_off.format(name=found.name))
