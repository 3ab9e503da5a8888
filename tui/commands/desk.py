"""The commands that open a desk: the board itself, `demo` on a throw-away desk, and `init`.

The board imports nothing before its first frame that only the others need (tests/contracts/test_first_frame.py).
"""

import sys
from datetime import datetime
from pathlib import Path

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskName, DeskOption
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call

NOTICE = "lianyuan-2021-07"
"""The notice that a new desk works under (rules/notices)."""
TIMES = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M:%S%z")


def open_board(call: Invocation) -> None:
    """Show the board of the desk's folder. If there is no desk yet, offer to make one."""
    from dutyboard.tui.link.folder import has_desk

    if not has_desk(call.folder) and not _first_run(call):
        return
    run(call, call.folder)


def run(call: Invocation, folder: Path) -> None:
    """Show the board until the officer leaves, or work by numbered lines: with --plain, and where TERM=dumb.

    Where the output is no terminal, and nobody asked for lines, the board is printed once.
    """
    import os

    from dutyboard.tui.terminal.config import prepare, terminal_problem

    terminals = sys.stdin.isatty() and sys.stdout.isatty()
    if call.plain or (terminals and os.environ.get("TERM") == "dumb"):
        from dutyboard.tui.commands.plain.session import work_in_lines

        work_in_lines(call)
        return
    if not terminals:
        from dutyboard.tui.commands.board import print_board

        with call.desk("board") as gateway:
            print_board(call, gateway, gateway.now())
        return
    problem = terminal_problem(sys.stdout.encoding)
    if problem is not None:
        raise call.failure(problem, {})
    prepare()
    from dutyboard.tui.app import run_board

    code = run_board(folder, call.identity, lang=call.language, acting_as=call.acting_as)
    if code:
        raise click.exceptions.Exit(code)


def _first_run(call: Invocation) -> bool:
    """Offer the sample or an empty desk in a folder that has none. Return False if the user wants neither."""
    words = call.words
    if call.identity.at_door or not sys.stdin.isatty():
        raise Failure(words.no_desk_here.format(folder=call.folder))
    click.echo(words.first_run.format(folder=call.folder))
    choice = click.prompt(words.first_run_choice, type=click.Choice(["1", "2", "0"]), show_choices=False, default="1")
    if choice == "0":
        return False
    make_desk(call, call.folder, sample=choice == "1", practice=None)
    return True


def make_desk(call: Invocation, folder: Path, *, sample: bool, practice: datetime | None) -> None:
    """Make a desk in a folder without one: empty, the OS user's login its administrator, or the sample.

    `practice`: the desk's clock starts there, and runs. Without an offset it is wall time of the desk's zone.
    """
    from dutyboard.rules.records.commands.post import OpenDesk
    from dutyboard.tui.link.clock import DEFAULT_ZONE, real_clock

    starts = None if practice is None else practice.replace(tzinfo=practice.tzinfo or DEFAULT_ZONE)
    with call.desk(folder=folder, create=True) as gateway:
        place = "".join(gateway.snapshot.notices_known[NOTICE].daily.screening.home[-1:])
        command = OpenDesk(
            desk=call.words.new_desk_name.format(place=place),
            admin_name=call.words.administrator,
            notice=NOTICE,
            practice_starts=starts,
            practice_since=real_clock() if starts is not None else None,
        )
        if not sample:
            from dutyboard.tui.commands.act_command import submit_command

            submit_command(call, gateway, command)
            return
        from dutyboard.tui.sample import busy_desk

        if gateway.snapshot.desk is not None:
            raise call.failure("desk_exists", {})
        now = starts or gateway.now()
        gateway.seed(busy_desk(command, now, gateway.actor.login, gateway.snapshot.notices_known))


@click.command("init", cls=DeskCommand)
@click.argument("folder", metavar="DESK", type=DeskName(path_type=Path, file_okay=False))
@click.option("--sample", cls=DeskOption, is_flag=True)
@click.option("--practice", cls=DeskOption, metavar="TIME", type=click.DateTime(TIMES))
@click.option("--service", cls=DeskOption, metavar="ROLE", default="")
@pass_call
def init_command(call: Invocation, folder: Path, sample: bool, practice: datetime | None, service: str) -> None:
    mirror = call.mirrors.get(folder)
    if mirror is not None:
        from dutyboard.tui.link.engine.mirrors import make_tables
        from dutyboard.tui.link.trouble import StoreTrouble

        try:
            make_tables(mirror, service)
        except StoreTrouble as trouble:
            raise call.failure(trouble.code, trouble.fields) from None
    elif service:
        raise click.UsageError(call.words.addresses["service"])
    make_desk(call, folder, sample=sample, practice=practice)
    click.echo(call.words.desk_made.format(folder=call.told(folder)))


@click.command("demo", cls=DeskCommand)
@pass_call
def demo_command(call: Invocation) -> None:
    import tempfile

    with tempfile.TemporaryDirectory(prefix="dutyboard-demo-", ignore_cleanup_errors=True) as made:
        folder = Path(made) / "desk"
        make_desk(call, folder, sample=True, practice=None)
        call.data = folder
        run(call, folder)
