"""`log` and `check`: what happened, from scripts and cron, in one line of JSON."""

from typing import TYPE_CHECKING

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Failure, Invocation, instant, pass_call, print_json
from dutyboard.tui.commands.lookup import site_named

if TYPE_CHECKING:
    from datetime import date

    from dutyboard.rules.records.snapshot import Snapshot


@click.command("log", cls=DeskCommand)
@click.argument("text")
@click.option("--at", cls=DeskOption, metavar="TIME")
@pass_call
def log_command(call: Invocation, text: str, at: str | None) -> None:
    from dutyboard.rules.records.commands import WriteLog

    with call.desk() as gateway:
        happened_at = instant(gateway, at, call.words)
        accepted = call.submit(gateway, WriteLog(text=text, happened_at=happened_at))
        print_json({"entry": accepted.entry.id, "seq": gateway.snapshot.seq, "state": "done"})


@click.command("check", cls=DeskCommand)
@click.argument("site")
@click.argument("slot")
@click.option("--abnormal", cls=DeskOption, is_flag=True)
@click.option("--note", cls=DeskOption, default="", metavar="TEXT")
@click.option("--at", cls=DeskOption, metavar="TIME")
@click.option("--done-by", cls=DeskOption, default="", metavar="NAME")
@click.option("--set", "figures", cls=DeskOption, multiple=True, metavar="NAME=N")
@pass_call
def check_command(
    call: Invocation,
    site: str,
    slot: str,
    abnormal: bool,
    note: str,
    at: str | None,
    done_by: str,
    figures: tuple[str, ...],
) -> None:
    from dutyboard.rules.records.commands import Discharge
    from dutyboard.rules.records.ids import DutyId
    from dutyboard.rules.records.model import subject_id

    stated = _figures(figures, call)
    with call.desk() as gateway:
        found = site_named(gateway.snapshot, site, call)
        happened_at = instant(gateway, at, call.words)
        day = (happened_at or gateway.now()).astimezone(gateway.snapshot.zone).date()
        _check_slot(slot, gateway.snapshot, day, call)
        command = Discharge(
            obligation=DutyId(slot, subject_id(found), day),
            abnormal=abnormal,
            text=note,
            figures=stated,
            done_by=done_by,
            happened_at=happened_at,
        )
        accepted = call.submit(gateway, command)
        print_json({"entry": accepted.entry.id, "seq": gateway.snapshot.seq, "state": accepted.state})


def _check_slot(typed: str, snapshot: "Snapshot", day: "date", call: Invocation) -> None:
    """Refuse a slot that the notice of that day does not have, naming those it has. Raises Failure."""
    from dutyboard.rules.duties.site.rounds import rounds_of

    slots = [slot.id for slot in rounds_of(snapshot, day)]
    if typed not in slots:
        raise Failure(call.words.no_slot.format(text=typed, slots=" ".join(slots)))


def _figures(typed: tuple[str, ...], call: Invocation) -> dict[str, int | float]:
    """`NAME=N` pairs as numbers. Raises click.UsageError."""
    figures: dict[str, int | float] = {}
    for pair in typed:
        name, _, number = pair.partition("=")
        try:
            figures[name] = float(number) if "." in number else int(number)
        except ValueError:
            raise click.UsageError(call.words.bad_figure.format(text=pair)) from None
    return figures
