"""`server-setup`: what a server needs, shown step by step, and done by `--apply`.

It writes with root's rights and is typed on the server itself. What stands already is left as it is, so that a second
run finds nothing to do.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskOption, FolderName
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call
from dutyboard.tui.text import words as sections

if TYPE_CHECKING:
    from dutyboard.tui.server.layout import ServerLayout
    from dutyboard.tui.server.steps import SetupStep


_FOLDER = FolderName(path_type=Path, readable=False)
_FILE = click.Path(path_type=Path, readable=False)


@click.command("server-setup", cls=DeskCommand)
@click.option("--account", cls=DeskOption, default="duty", metavar="NAME")
@click.option("--group", cls=DeskOption, default="dutyroom", metavar="NAME")
@click.option(
    "--backups",
    cls=DeskOption,
    default=Path("/var/backups/duty"),
    type=FolderName(path_type=Path, readable=False),
    metavar="DIR",
)
@click.option("--replace", cls=DeskOption, type=_FILE, multiple=True, metavar="FILE")
@click.option("--apply", "apply", cls=DeskOption, is_flag=True)
@pass_call
def server_setup_command(
    call: Invocation, account: str, group: str, backups: Path, replace: tuple[Path, ...], apply: bool
) -> None:
    from dutyboard.tui.server.layout import ServerLayout, own_python
    from dutyboard.tui.server.steps import server_steps

    told = sections(call.language).server
    if call.data in call.mirrors:
        raise Failure(call.words.addresses["server"])
    layout = ServerLayout(
        folder=call.data or Path("/srv/duty"), backups=backups, account=account, group=group, python=own_python()
    )
    if bad := layout.bad_words():
        raise click.UsageError(told.bad_word.format(word=bad[0]))
    if apply and os.geteuid() != 0:
        raise Failure(told.not_root)
    sound = _say_installation(call, layout)
    if apply and not sound:
        raise click.exceptions.Exit(1)
    steps = server_steps(layout, replace)
    done = 0
    for step in steps:
        if apply and step.state == "to_do":
            _do(call, step)
            done += 1
        say_step(call, step, done=apply)
    left = sum(step.state == "to_do" for step in steps) - done
    foreign = sum(step.state in ("foreign", "unknown") for step in steps)
    if left:
        click.echo(told.to_apply.format(count=left))
    elif done:
        click.echo(told.applied.format(count=done))
    elif not foreign:
        click.echo(told.nothing_to_do)
    if foreign or not sound:
        raise click.exceptions.Exit(1)


def say_step(call: Invocation, step: "SetupStep", *, done: bool) -> None:
    """Print one step: how it stands, what it is, and why it is left alone."""
    told = sections(call.language).server
    if step.kind.startswith("no_"):
        click.echo(f"{told.marks['note']} {told.steps[step.kind].format(about=step.about)}")
        return
    if step.kind == "sshd" and step.do is None:
        click.echo(f"{told.marks['note']} {told.sshd_by_hand}")
        return
    mark = "done" if done and step.state == "to_do" else step.state
    click.echo(f"{told.marks[mark]} {told.steps[step.kind].format(about=step.about)}")
    if step.state in ("foreign", "unknown"):
        why = told.foreign[step.kind] if step.state == "foreign" else told.unknown
        click.echo(f"dutyboard: {why.format(about=step.about, differs=step.differs)}", err=True)


def _do(call: Invocation, step: "SetupStep") -> None:
    """Do one step. Raises Failure with the line of the program that refused it."""
    from dutyboard.tui.link.trouble import StoreTrouble
    from dutyboard.tui.server.steps import StepFailed

    told = sections(call.language).server
    assert step.do is not None
    name = told.steps[step.kind].format(about=step.about)
    try:
        step.do()
    except StepFailed as failed:
        raise Failure(told.step_failed.format(step=name, program=failed.program, said=failed.said)) from None
    except StoreTrouble as trouble:
        raise Failure(f"{name}: {call.failure(trouble.code, trouble.fields).message}") from None
    except OSError as error:
        raise Failure(told.step_failed.format(step=name, program=error.filename, said=error.strerror)) from None


def _say_installation(call: Invocation, layout: "ServerLayout") -> bool:
    """Say who else may change the program; True if nobody may."""
    from dutyboard.tui.server.layout import unsafe_installation

    found = unsafe_installation(layout.python)
    if found is None:
        return True
    told = sections(call.language).server
    click.echo(f"dutyboard: {told.installation[found[1]].format(path=found[0])}", err=True)
    return False
