"""`shift`: plan a seat, list the shifts, change, swap or call off one to come."""

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from dutyboard.tui.commands.act_command import number_of, submit, submit_command
from dutyboard.tui.commands.framework import ActCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, instant, pass_call, print_json
from dutyboard.tui.commands.lookup import officer_named

if TYPE_CHECKING:
    from dutyboard.rules.records.codes import Seat
    from dutyboard.rules.records.model import Shift
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


@click.command("shift", cls=ActCommand)
@click.argument(
    "words", nargs=-1, required=True, metavar="SEAT OFFICER FROM TO | change ID | swap ID ID | cancel ID | list"
)
@click.option("--repeat", cls=DeskOption, type=click.IntRange(1, 366), default=1, metavar="DAYS")
@click.option("--officer", cls=DeskOption, metavar="NAME")
@click.option("--from", "starts", cls=DeskOption, metavar="TIME")
@click.option("--to", "ends", cls=DeskOption, metavar="TIME")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def shift_command(
    call: Invocation,
    words: tuple[str, ...],
    repeat: int,
    officer: str | None,
    starts: str | None,
    ends: str | None,
    reason: str,
    as_json: bool,
) -> None:
    act, *named = words
    count = {"list": 0, "change": 1, "swap": 2, "cancel": 1}.get(act)
    if count is None and (len(words) != 4 or act not in SEAT_NAMES):
        raise click.UsageError(call.words.shift_usage)
    if count is not None and len(named) != count:
        raise click.UsageError(call.words.shift_usage)
    with call.desk("shift list" if act == "list" else "") as gateway:
        if act == "list":
            _list(call, gateway, as_json)
        elif count is None:
            _plan(call, gateway, words, repeat, reason, as_json=as_json)
        else:
            told = {"shift": number_of(named[0], "shift", call), "reason": reason}
            if act == "swap":
                told["other"] = number_of(named[1], "shift", call)
            if act == "change":
                told |= _changes(call, gateway, officer, starts, ends)
            submit(call, gateway, [(f"shift {act}", told)], as_json=as_json)


def _plan(
    call: Invocation, gateway: "Gateway", words: tuple[str, ...], repeat: int, reason: str, *, as_json: bool
) -> None:
    """Plan a seat, and print the shifts made, to a human a line each. Raises Failure, click.UsageError."""
    from dutyboard.rules.records.commands.post import PlanShift
    from dutyboard.rules.records.model import Shift

    seat, officer, starts, ends = words
    from_, to = instant(gateway, starts, call.words), instant(gateway, ends, call.words)
    assert from_ is not None and to is not None
    if to <= from_ and len(ends) <= 5:
        to += timedelta(days=1)  # "20:00 08:00" is a night
    found = officer_named(gateway.snapshot, officer, call)
    plan = PlanShift(seat=SEAT_NAMES[seat], officer_id=found.id, starts=from_, ends=to, days=repeat, reason=reason)
    accepted = submit_command(call, gateway, plan)
    made = [each for each in accepted.created if isinstance(each, Shift)]
    if not as_json:
        for each in made:
            click.echo(_line(call, gateway, each))
        return
    told = {"shifts": [each.id for each in made if each.covers]}
    afterwards = [each.id for each in made if not each.covers]
    told |= {"told_afterwards": afterwards} if afterwards else {}
    print_json({**told, "entry": accepted.entry.id, "seq": gateway.snapshot.seq})


def _changes(
    call: Invocation, gateway: "Gateway", officer: str | None, starts: str | None, ends: str | None
) -> dict[str, object]:
    """Return what a shift is to have, as the act's JSON. Raises Failure, click.UsageError."""
    told: dict[str, object] = {}
    if officer is not None:
        told["officer"] = officer_named(gateway.snapshot, officer, call).id
    for key, typed in (("starts", starts), ("ends", ends)):
        at = instant(gateway, typed, call.words)
        if at is not None:
            told[key] = at.isoformat()
    return told


def _list(call: Invocation, gateway: "Gateway", as_json: bool) -> None:
    """Print the shifts that ended less than a day ago and all to come, by start. Those called off are left out."""
    from dutyboard.rules.people.officers import at_once, officer_name

    snapshot, since = gateway.snapshot, gateway.now() - LISTED_BEFORE
    listed = [s for s in snapshot.shifts.values() if s.until > since and s.cancelled_at is None]
    shifts = sorted(listed, key=lambda s: (s.starts, s.seat, s.id))
    zone = snapshot.zone
    rows = [
        {
            "id": shift.id,
            "seat": shift.seat,
            "officer": officer_name(snapshot, shift.officer_id),
            "officer_id": shift.officer_id,
            "from": shift.starts.astimezone(zone).isoformat(timespec="minutes"),
            "to": shift.until.astimezone(zone).isoformat(timespec="minutes"),
            "told_afterwards": shift.told_at is not None,
            "twice_at_once": at_once(snapshot, shift) is not None,
        }
        for shift in shifts
    ]
    if as_json:
        print_json(rows)
        return
    for shift in shifts:
        click.echo(_line(call, gateway, shift))
    if not rows:
        click.echo(call.words.no_shifts)
    _print_gaps(call, gateway)


def _line(call: Invocation, gateway: "Gateway", shift: "Shift") -> str:
    """Return a shift as a line for people: number, seat, from, to, officer, and what is odd about it."""
    from dutyboard.rules.people.officers import at_once, officer_name

    snapshot = gateway.snapshot
    starts, until = (each.astimezone(snapshot.zone) for each in (shift.starts, shift.until))
    marked = {"told_afterwards": shift.told_at is not None, "twice_at_once": at_once(snapshot, shift) is not None}
    marks = [call.words.shift_marks[key] for key, stands in marked.items() if stands]
    line = f"{shift.id:>4} {call.words.seats[shift.seat]}  {starts:%m-%d %H:%M} - {until:%m-%d %H:%M}"
    return "  ".join([line, officer_name(snapshot, shift.officer_id), *marks])


def _print_gaps(call: Invocation, gateway: "Gateway") -> None:
    """Print how many turns of the next nights are short of an officer, and a line for each gap."""
    from dutyboard.rules.duties.post.rota import short_turns
    from dutyboard.tui.terminal.cells import plain
    from dutyboard.tui.text import words
    from dutyboard.tui.views.rota.table import NIGHTS_FORECAST, forecast_text, gap_lines

    snapshot, now, own = gateway.snapshot, gateway.now(), words(call.language)
    click.echo(plain(forecast_text(snapshot, now, own)))
    for line in gap_lines(short_turns(snapshot, now, NIGHTS_FORECAST), snapshot, now, own):
        click.echo(line)
