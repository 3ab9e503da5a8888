"""`shift`: plan a seat, or list the shifts."""

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, instant, pass_call, print_json
from dutyboard.tui.commands.lookup import officer_named

if TYPE_CHECKING:
    from dutyboard.rules.records.codes import Seat
    from dutyboard.tui.link.gateway import Gateway

SEAT_NAMES: dict[str, "Seat"] = {
    "leader": "leader",
    "带班": "leader",
    "带班领导": "leader",
    "officer": "officer",
    "坐班": "officer",
    "值班": "officer",
    "值班员": "officer",
    "坐班值班员": "officer",
}
LISTED_BEFORE = timedelta(days=1)


@click.command("shift", cls=DeskCommand)
@click.argument("words", nargs=-1, required=True, metavar="SEAT OFFICER FROM TO | list")
@click.option("--repeat", cls=DeskOption, type=click.IntRange(1, 366), default=1, metavar="DAYS")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def shift_command(call: Invocation, words: tuple[str, ...], repeat: int, as_json: bool) -> None:
    if words == ("list",):
        with call.desk() as gateway:
            _list(call, gateway, as_json)
        return
    if len(words) != 4 or words[0] not in SEAT_NAMES:
        raise click.UsageError(call.words.shift_usage)
    from dutyboard.rules.records.commands.post import PlanShift
    from dutyboard.rules.records.model import Shift

    seat, officer, starts, ends = words
    with call.desk() as gateway:
        from_, to = instant(gateway, starts, call.words), instant(gateway, ends, call.words)
        assert from_ is not None and to is not None
        if to <= from_ and len(ends) <= 5:
            to += timedelta(days=1)  # "20:00 08:00" is a night
        found = officer_named(gateway.snapshot, officer, call)
        plan = PlanShift(seat=SEAT_NAMES[seat], officer_id=found.id, starts=from_, ends=to, days=repeat)
        accepted = call.submit(gateway, plan)
        shifts = [each.id for each in accepted.created if isinstance(each, Shift)]
        print_json({"shifts": shifts, "entry": accepted.entry.id, "seq": gateway.snapshot.seq})


def _list(call: Invocation, gateway: "Gateway", as_json: bool) -> None:
    """Print the shifts that ended less than a day ago and all to come, by start."""
    snapshot, since = gateway.snapshot, gateway.now() - LISTED_BEFORE
    shifts = sorted((s for s in snapshot.shifts.values() if s.until > since), key=lambda s: (s.starts, s.seat, s.id))
    zone = snapshot.zone
    rows = [
        {
            "id": shift.id,
            "seat": shift.seat,
            "officer": snapshot.officers[shift.officer_id].name,
            "officer_id": shift.officer_id,
            "from": shift.starts.astimezone(zone).isoformat(timespec="minutes"),
            "to": shift.until.astimezone(zone).isoformat(timespec="minutes"),
        }
        for shift in shifts
    ]
    if as_json:
        print_json(rows)
        return
    for row, shift in zip(rows, shifts):
        starts, until = shift.starts.astimezone(zone), shift.until.astimezone(zone)
        click.echo(f"{call.words.seats[shift.seat]}  {starts:%m-%d %H:%M} - {until:%m-%d %H:%M}  {row['officer']}")
    if not rows:
        click.echo(call.words.no_shifts)
