"""Upkeep of the desk's files: `verify`, `checkpoint`, `archive`, `heal`, `backup`, `restore`."""

from pathlib import Path

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, pass_call, print_json


@click.command("verify", cls=DeskCommand)
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def verify_command(call: Invocation, as_json: bool) -> None:
    from dutyboard.tui.link.gateway import verify
    from dutyboard.tui.link.trouble import StoreTrouble
    from dutyboard.tui.text import words as sections

    try:
        report = verify(call.folder)
    except StoreTrouble as trouble:
        raise call.failure(trouble.code, trouble.fields) from None
    words, kinds = call.words, sections(call.language).damage.kinds
    if as_json:
        print_json(report)
    elif report["ok"]:
        click.echo(words.verified.format(**report))
    for problem in () if report["ok"] else report["problems"]:
        where = f"{problem['file']}:{problem['line']}" if problem["line"] else problem["file"]
        click.echo(f"{where} {kinds.get(problem['what'], problem['what'])}", err=True)
    if not report["ok"]:
        raise click.exceptions.Exit(1)


@click.command("checkpoint", cls=DeskCommand)
@pass_call
def checkpoint_command(call: Invocation) -> None:
    with call.desk() as gateway:
        gateway.checkpoint()
        click.echo(call.words.checkpointed.format(seq=gateway.snapshot.seq))


@click.command("archive", cls=DeskCommand)
@pass_call
def archive_command(call: Invocation) -> None:
    with call.desk() as gateway:
        moved = gateway.archive()
    for file, counts in moved.items():
        told = ", ".join(f"{table} {count}" for table, count in counts.items())
        click.echo(call.words.archived.format(file=file, counts=told))
    if not moved:
        click.echo(call.words.nothing_closed)


@click.command("heal", cls=DeskCommand)
@pass_call
def heal_command(call: Invocation) -> None:
    with call.desk() as gateway:
        seq = gateway.heal()
    click.echo(call.words.not_poisoned if seq is None else call.words.healed.format(seq=seq))


@click.command("backup", cls=DeskCommand)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@pass_call
def backup_command(call: Invocation, folder: Path) -> None:
    with call.desk() as gateway:
        gateway.backup(folder)
    click.echo(call.words.backed_up.format(folder=folder))


@click.command("restore", cls=DeskCommand)
@click.argument("source", metavar="BACKUP", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@pass_call
def restore_command(call: Invocation, source: Path, folder: Path) -> None:
    from dutyboard.tui.link.gateway import restore
    from dutyboard.tui.link.trouble import StoreTrouble

    try:
        restore(source, folder)
    except StoreTrouble as trouble:
        raise call.failure(trouble.code, trouble.fields) from None
    click.echo(call.words.restored.format(folder=folder))
