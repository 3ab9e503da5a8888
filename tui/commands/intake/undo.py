"""Command `import undo`: an import taken back, and what is left of it named."""

import click

from dutyboard.tui.commands.act_command import number_of, submit_command
from dutyboard.tui.commands.framework import ActCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, pass_call
from dutyboard.tui.text import words


@click.command("import undo", cls=ActCommand)
@click.argument("entry", metavar="ENTRY")
@click.option("--reason", cls=DeskOption)
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def import_undo_command(call: Invocation, entry: str, reason: str | None, as_json: bool) -> None:
    from dutyboard.rules.records.commands.sheets import UndoImport
    from dutyboard.rules.records.told.post import ImportUndone
    from dutyboard.tui.acts.answers import accepted_answer, print_answer
    from dutyboard.tui.views.entry.line import entry_text
    from dutyboard.tui.views.entry.names import subject_name

    number = number_of(entry, "entry_id", call)
    with call.desk() as gateway:
        answer = submit_command(call, gateway, UndoImport(entry_id=number, reason=reason or ""))
        picture, undone = gateway.snapshot, answer.entry
        told = undone.told
        assert isinstance(told, ImportUndone)
        if as_json:
            print_answer(accepted_answer(answer, picture.seq))
        else:
            text = entry_text(undone, picture, words(call.language))
            click.echo(call.words.act_done.format(entry=undone.id, text=text))
        for each in told.left:
            click.echo(call.words.import_left.format(id=each, name=subject_name(each, picture)), err=True)
    if told.left:
        raise click.exceptions.Exit(1)
