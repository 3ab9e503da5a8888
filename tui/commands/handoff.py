"""`handoff`: close a record by the letter that takes the person over, or says that he has died."""

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, pass_call
from dutyboard.tui.commands.lookup import officer_named, person_named


@click.command("handoff", cls=DeskCommand)
@click.argument("person", metavar="ID")
@click.option("--leader", cls=DeskOption, required=True, metavar="NAME")
@click.option("--letter", cls=DeskOption, required=True, metavar="TEXT")
@click.option("--to", cls=DeskOption, default="", metavar="PLACE")
@click.option("--died", cls=DeskOption, is_flag=True)
@pass_call
def handoff_command(call: Invocation, person: str, leader: str, letter: str, to: str, died: bool) -> None:
    from dutyboard.rules.records.commands import HandOff

    with call.desk() as gateway:
        found = person_named(gateway.snapshot, person, call)
        leads = officer_named(gateway.snapshot, leader, call)
        call.submit(gateway, HandOff(person_id=found.id, leader_id=leads.id, letter=letter, to=to, died=died))
        click.echo(call.words.handed_off.format(name=found.name))
