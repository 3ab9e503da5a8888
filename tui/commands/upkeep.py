"""Upkeep of the desk's files: `verify`, `checkpoint`, `archive`, `salvage`, `heal`, `backup`, `restore`."""

from collections.abc import Sequence
from pathlib import Path

import click

from dutyboard.tui.commands.framework import DESK_FILE, DeskCommand, DeskName, DeskOption, FolderName
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call, print_json


@click.command("verify", cls=DeskCommand)
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@click.option("--head", "head", cls=DeskOption, multiple=True, metavar="N:HEX")
@click.option("--heads", "heads", cls=DeskOption, type=DESK_FILE, metavar="FILE|-")
@pass_call
def verify_command(call: Invocation, as_json: bool, head: tuple[str, ...], heads: str | None) -> None:
    from dutyboard.tui.link.care import verify
    from dutyboard.tui.link.trouble import StoreTrouble
    from dutyboard.tui.text import words as sections
    from dutyboard.tui.views.journal.head import head_text

    call.ask_at_door("verify")
    asked = _heads(call, [*head, *_lines(call, heads)])
    try:
        report = verify(call.folder, asked)
    except StoreTrouble as trouble:
        raise call.failure(trouble.code, trouble.fields) from None
    words, kinds = call.words, sections(call.language).damage.kinds
    if as_json:
        print_json(report)
    elif not report["problems"]:
        click.echo(words.verified.format(**{**report, "head": head_text(report["head"])}))
    for said, to_stderr in ((report["problems"], True), (() if as_json else report["notes"], False)):
        for place in said:
            where = f"{place['file']}:{place['line']}" if place["line"] else place["file"]
            click.echo(f"{where} {kinds.get(place['what'], place['what'])}", err=to_stderr)
    for held in () if as_json else report["heads"]:
        told = words.head_stands if held["ok"] else words.head_differs
        click.echo(told.format(line=held["line"], head=head_text(held["head"])), err=not held["ok"])
    if not report["ok"]:
        raise click.exceptions.Exit(1)


def _lines(call: Invocation, file: str | None) -> list[str]:
    """Return the lines of a file or of standard input that hold anything. Raises Failure."""
    if file is None:
        return []
    try:
        with click.open_file(file, encoding="utf-8", errors="replace") as opened:
            return [line for line in opened if line.strip()]
    except OSError:
        raise Failure(call.words.no_file.format(file=file)) from None


def _heads(call: Invocation, typed: Sequence[str]) -> dict[int, str]:
    """Return the heads on paper by line. Raises UsageError for a text that is none."""
    from dutyboard.tui.views.journal.head import head_typed

    found: dict[int, str] = {}
    for text in typed:
        head = head_typed(text)
        if head is None:
            raise click.UsageError(call.words.not_a_head.format(text=text.strip()))
        found[head[0]] = head[1]
    return found


@click.command("checkpoint", cls=DeskCommand)
@pass_call
def checkpoint_command(call: Invocation) -> None:
    from dutyboard.tui.link.board.boards import leave_boards

    with call.desk() as gateway:
        gateway.checkpoint()
        leave_boards(gateway)
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


@click.command("salvage", cls=DeskCommand)
@click.option("--reason", cls=DeskOption, required=True, metavar="TEXT")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def salvage_command(call: Invocation, reason: str, as_json: bool) -> None:
    from dutyboard.tui.link.care import salvage
    from dutyboard.tui.link.trouble import StoreTrouble

    try:
        done = salvage(call.folder, call.identity, reason)
    except StoreTrouble as trouble:
        raise call.failure(trouble.code, trouble.fields) from None
    if as_json:
        print_json(done)
        return
    lost = ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in done["lost"])
    click.echo(call.words.salvaged.format(**{**done, "lost": lost or "-"}))
    for archive in done["archives"]:
        click.echo(call.words.salvaged_archive.format(**archive))


@click.command("heal", cls=DeskCommand)
@pass_call
def heal_command(call: Invocation) -> None:
    with call.desk() as gateway:
        seq = gateway.heal()
    click.echo(call.words.not_poisoned if seq is None else call.words.healed.format(seq=seq))


@click.command("backup", cls=DeskCommand)
@click.argument("folder", metavar="DIR", type=FolderName(path_type=Path))
@click.option("--keep", cls=DeskOption, type=click.IntRange(1, 1000), metavar="N")
@pass_call
def backup_command(call: Invocation, folder: Path, keep: int | None) -> None:
    from dutyboard.tui.link.clock import real_clock
    from dutyboard.tui.link.server.backups import dated_name, keep_newest
    from dutyboard.tui.link.trouble import StoreTrouble

    made = folder if keep is None else folder / dated_name(real_clock())
    with call.desk() as gateway:
        call.look(gateway, "backup", "")
        gateway.backup(made)
    click.echo(call.words.backed_up.format(folder=made))
    try:
        for each in keep_newest(folder, keep) if keep is not None else ():
            click.echo(call.words.backup_gone.format(folder=each))
    except StoreTrouble as trouble:
        raise call.failure(trouble.code, trouble.fields) from None


@click.command("restore", cls=DeskCommand)
@click.argument("source", metavar="BACKUP", type=FolderName(path_type=Path, exists=True, file_okay=False))
@click.argument("folder", metavar="DESK", type=DeskName(path_type=Path))
@click.option("--service", cls=DeskOption, metavar="ROLE", default="")
@pass_call
def restore_command(call: Invocation, source: Path, folder: Path, service: str) -> None:
    from dutyboard.tui.link.care import restore
    from dutyboard.tui.link.trouble import StoreTrouble

    mirror = call.mirrors.get(folder)
    if service and mirror is None:
        raise click.UsageError(call.words.addresses["service"])
    try:
        if mirror is None:
            restore(source, folder, call.identity)
        else:
            from dutyboard.tui.link.engine.mirrors import restore_at

            restore_at(source, mirror, call.identity, service)
    except StoreTrouble as trouble:
        raise call.failure(trouble.code, trouble.fields) from None
    click.echo(call.words.restored.format(folder=call.told(folder)))


@click.command("mirror", cls=DeskCommand)
@click.argument("desk", metavar="ADDRESS", type=DeskName(path_type=Path, readable=False))
@click.argument("folder", metavar="DIR", type=FolderName(path_type=Path))
@pass_call
def mirror_command(call: Invocation, desk: Path, folder: Path) -> None:
    from dutyboard.tui.link.engine.mirrors import Mirror, empty_folder, make_mirror
    from dutyboard.tui.link.trouble import StoreTrouble

    if desk not in call.mirrors:
        raise click.UsageError(call.words.addresses["form"])
    try:
        empty_folder(folder)
        make_mirror(Mirror(folder, call.mirrors[desk].address), call.identity)
    except StoreTrouble as trouble:
        raise call.failure(trouble.code, trouble.fields) from None
    click.echo(call.words.mirrored.format(folder=folder, address=call.told(desk)))
