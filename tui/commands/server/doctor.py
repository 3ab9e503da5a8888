"""`doctor`: a look at the desk and its machine, one line a finding, for a person or for monitoring.

It changes nothing. Exit code: 0 where nothing is bad (warnings are lines), 1 where something is.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

import click

from dutyboard.tui.commands.framework import OUTPUT_FILE, DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, pass_call, print_json
from dutyboard.tui.server.health import HealthLine, HealthPart, health_line, worst_of
from dutyboard.tui.text import words as sections

if TYPE_CHECKING:
    from dutyboard.tui.link.gateway import Gateway

PARTS: Final[tuple[HealthPart, ...]] = get_args(HealthPart)
LONG: Final = frozenset({"chain", "restore"})
"""Parts that read everything: left out of the metrics, which are asked for each minute, unless they are named."""


@click.command("doctor", cls=DeskCommand)
@click.option("--only", "parts", cls=DeskOption, type=click.Choice(PARTS), multiple=True)
@click.option("--backups", cls=DeskOption, type=OUTPUT_FILE, metavar="DIR")
@click.option("--keys-file", "keys_file", cls=DeskOption, type=OUTPUT_FILE, metavar="FILE")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@click.option("--metrics", cls=DeskOption, is_flag=True)
@pass_call
def doctor_command(
    call: Invocation,
    parts: tuple[HealthPart, ...],
    backups: str | None,
    keys_file: str | None,
    as_json: bool,
    metrics: bool,
) -> None:
    if as_json and metrics:
        raise click.UsageError(sections(call.language).doctor.one_form)
    asked = parts or tuple(each for each in PARTS if not (metrics and each in LONG))
    call.ask_at_door("doctor")
    with ExitStack() as open_:
        gateway, trouble = _opened(call, open_)
        copies = Path(backups or "/var/backups/duty")
        lines = list(_found(call, gateway, asked, copies, Path(keys_file) if keys_file else None))
        if trouble is not None:
            lines.insert(0, trouble)
        if metrics:
            from dutyboard.tui.server.metrics import metrics_text

            click.echo(metrics_text(lines, gateway, call.folder), nl=False)
        elif as_json:
            print_json([_as_json(call, each) for each in lines])
        else:
            told = sections(call.language).doctor
            for each in lines:
                click.echo(f"{told.levels[each.level]} {said_of(call, each)}")
            click.echo(told.worst[worst_of(lines)])
    if worst_of(lines) == "bad":
        raise click.exceptions.Exit(1)


def said_of(call: Invocation, line: HealthLine) -> str:
    """Return the sentence of a finding, with its remedy."""
    said = sections(call.language).doctor.said[line.code]
    fields: dict[str, Any] = dict(line.fields)
    if "trouble" in fields:
        fields["said"] = call.failure(fields["trouble"], fields).message
    return said.format(**fields)


def _as_json(call: Invocation, line: HealthLine) -> dict[str, Any]:
    return {
        "part": line.part,
        "level": line.level,
        "code": line.code,
        "fields": dict(line.fields),
        "message": said_of(call, line),
    }


def _opened(call: Invocation, open_: ExitStack) -> tuple["Gateway | None", HealthLine | None]:
    """Open the desk as its owner; without one, the line that says why. Raises Failure for who may not look."""
    import os

    from dutyboard.tui.link.account import account_of
    from dutyboard.tui.link.gateway import Gateway
    from dutyboard.tui.link.identity import Identity
    from dutyboard.tui.link.trouble import StoreTrouble, troubles

    try:
        with troubles():
            account = account_of(call.folder)
        if os.geteuid() == 0 and account.uid != 0:
            call.identity = Identity(account.login, by_login=call.identity.login)
            open_.enter_context(account.stepped_down())
        gateway = Gateway.open(call.folder, call.identity, by_need=True)
    except StoreTrouble as trouble:
        if trouble.code in ("no_desk", "no_access"):
            raise call.failure(trouble.code, trouble.fields) from None
        return None, health_line("desk", "bad", "desk_trouble", trouble=trouble.code, **trouble.fields)
    open_.callback(gateway.close)
    refused = gateway.may_not_read("doctor") if gateway.snapshot.desk is not None else None
    if refused is not None:
        raise call.failure(refused.code, refused.fields)
    return gateway, None


def _found(
    call: Invocation, gateway: "Gateway | None", asked: tuple[HealthPart, ...], backups: Path, keys: Path | None
) -> Iterator[HealthLine]:
    """Look at each part that is asked for, in the order of `PARTS`."""
    from dutyboard.tui.link.account import account_of
    from dutyboard.tui.link.clock import real_clock
    from dutyboard.tui.link.server.authorized_keys import default_keys_file
    from dutyboard.tui.server import desk_health, engine_health, machine_health, paper_health

    folder, now = call.folder, real_clock()
    account = account_of(folder)
    keys_file = keys or default_keys_file(account)
    looks = {
        "program": lambda: machine_health.program_health(door=keys_file.exists()),
        "folder": lambda: machine_health.folder_health(folder),
        "room": lambda: machine_health.room_health(folder),
        "sync": lambda: machine_health.sync_health(folder),
        "clock": lambda: desk_health.clock_health(now, gateway),
        "terminal": machine_health.terminal_health,
        "paper": paper_health.paper_health,
        "desk": lambda: desk_health.desk_health(gateway) if gateway else iter(()),
        "engine": lambda: engine_health.engine_health(folder, gateway),
        "chain": lambda: desk_health.chain_health(folder),
        "backups": lambda: desk_health.backup_health(folder, backups, now),
        "restore": lambda: desk_health.restore_health(backups, call.identity),
        "keys": lambda: desk_health.key_health(folder, keys_file, gateway.snapshot, now) if gateway else iter(()),
        "sessions": lambda: machine_health.session_health(account.uid),
        "warm": lambda: machine_health.warm_health(folder, door=keys_file.exists()),
        "timers": machine_health.timer_health,
    }
    said: list[HealthLine] = []
    for part in (each for each in PARTS if each in asked):
        for line in looks[part]():
            if not any((line.code, line.fields) == (each.code, each.fields) for each in said):
                said.append(line)
                yield line
