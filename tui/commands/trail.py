"""`trail`: the changes of one record, with times and logins. `views`: who looked at whom, when and why."""

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call, print_json
from dutyboard.tui.commands.lookup import officer_named, person_ever_named


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
        if named is None or not changes:
            raise Failure(call.words.no_record.format(text=record))
        if named.kind == "person":
            call.look(gateway, "person", str(named))
        if as_json:
            print_json([{**asdict(change), "at": change.at.isoformat()} for change in changes])
            return
        for at, change in enumerate(changes):
            click.echo(change_line(change, not at, gateway.snapshot, words(call.language)))


@click.command("views", cls=DeskCommand)
@click.option("--person", cls=DeskOption, metavar="PERSON")
@click.option("--officer", cls=DeskOption, metavar="NAME")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def views_command(call: Invocation, person: str | None, officer: str | None, as_json: bool) -> None:
    from dataclasses import asdict

    from dutyboard.rules.records.model import subject_id
    from dutyboard.tui.text import words
    from dutyboard.tui.views.journal.looks import look_line

    with call.desk() as gateway:
        snapshot = gateway.snapshot
        about = subject_id(person_ever_named(gateway, person, call)) if person else ""
        looks = gateway.looks(about, officer_named(snapshot, officer, call).id if officer else None)
        if as_json:
            print_json([{**asdict(each), "at": each.at.isoformat()} for each in looks])
            return
        own = words(call.language)
        for each in looks:
            click.echo(look_line(each, snapshot, own))
        if not looks:
            click.echo(own.looks.nobody)
