"""`log`, `check` and `check-home`: entries from scripts and cron, answered in one line of JSON."""

from typing import TYPE_CHECKING, Any

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Failure, Invocation, instant, pass_call, print_json
from dutyboard.tui.commands.lookup import site_named, unit_named

if TYPE_CHECKING:
    from datetime import date, datetime

    from dutyboard.rules.records.commands import Command
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.tui.link.gateway import Gateway


@click.command("log", cls=DeskCommand)
@click.argument("text", default="")
@click.option("--caller", cls=DeskOption, metavar="NAME")
@click.option("--matter", cls=DeskOption, metavar="TEXT")
@click.option("--told", cls=DeskOption, metavar="NAME")
@click.option("--unit", cls=DeskOption, metavar="NAME")
@click.option("--phone", cls=DeskOption, metavar="NUMBER")
@click.option("--answer-needed", cls=DeskOption, type=click.Choice(("yes", "no")))
@click.option("--handler", cls=DeskOption, metavar="NAME")
@click.option("--due", cls=DeskOption, metavar="TIME")
@click.option("--instruction", cls=DeskOption, metavar="TEXT")
@click.option("--outcome", cls=DeskOption, metavar="TEXT")
@click.option("--subject", cls=DeskOption, metavar="ID")
@click.option("--at", cls=DeskOption, metavar="TIME")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@pass_call
def log_command(
    call: Invocation, text: str, subject: str | None, at: str | None, reason: str, **rang: str | None
) -> None:
    from dutyboard.rules.records.commands.post import WriteLog
    from dutyboard.rules.records.ids import POST
    from dutyboard.rules.records.told.post import Called

    with call.desk() as gateway:
        told: dict[str, Any] = {
            "caller": "",
            "matter": "",
            "told": "",
            **{name: typed for name, typed in rang.items() if typed},
        }
        if "answer_needed" in told:
            told["answer_needed"] = told["answer_needed"] == "yes"
        if "due" in told:
            told["due"] = instant(gateway, told["due"], call.words)
        command = WriteLog(
            text=text,
            subject=subject or POST,
            call=Called(**told) if any(rang.values()) else None,
            happened_at=instant(gateway, at, call.words),
            reason=reason,
        )
        _submit(call, gateway, command)


@click.command("check", cls=DeskCommand)
@click.argument("site", metavar="SITE|DUTY")
@click.argument("slot", required=False)
@click.option("--abnormal", cls=DeskOption, is_flag=True)
@click.option("--note", cls=DeskOption, default="", metavar="TEXT")
@click.option("--at", cls=DeskOption, metavar="TIME")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@click.option("--done-by", cls=DeskOption, default="", metavar="NAME")
@click.option("--set", "figures", cls=DeskOption, multiple=True, metavar="NAME=VALUE")
@click.option("--reading", "readings", cls=DeskOption, multiple=True, metavar="PERSON=N")
@click.option("--seen", cls=DeskOption, multiple=True, metavar="PERSON")
@click.option("--absent", cls=DeskOption, multiple=True, metavar="PERSON[:TEXT]")
@click.option("--symptom", "unwell", cls=DeskOption, multiple=True, metavar="PERSON:TEXT")
@click.option("--readings", "file", cls=DeskOption, metavar="FILE|-")
@pass_call
def check_command(
    call: Invocation,
    site: str,
    slot: str | None,
    abnormal: bool,
    note: str,
    at: str | None,
    reason: str,
    done_by: str,
    figures: tuple[str, ...],
    readings: tuple[str, ...],
    seen: tuple[str, ...],
    absent: tuple[str, ...],
    unwell: tuple[str, ...],
    file: str | None,
) -> None:
    from dutyboard.rules.records.commands.post import Discharge
    from dutyboard.rules.records.ids import DutyId
    from dutyboard.tui.commands.readings import listed, people_named, stated, taken_singly

    if slot is None and "/" not in site:
        raise click.UsageError(call.words.slot_needed)
    if file is not None and (readings or absent or unwell):
        raise click.UsageError(call.words.readings_twice)
    told = stated(figures, call)
    with call.desk() as gateway:
        happened_at = instant(gateway, at, call.words)
        obligation = site if slot is None else _round(call, gateway, site, slot, happened_at)
        remarks: dict[str, str] = {}
        told |= taken_singly(call, gateway, readings)
        told |= {"absent": people_named(call, gateway, absent, remarks)}
        told |= {"unwell": people_named(call, gateway, unwell, remarks), "remarks": remarks}
        if file is not None:
            named = DutyId.parse(obligation)
            told |= listed(call, gateway, file, named.subject.number if named else 0)
        command = Discharge(
            obligation=obligation,
            abnormal=abnormal,
            text=note,
            seen=people_named(call, gateway, seen, {}),
            done_by=done_by,
            happened_at=happened_at,
            reason=reason,
            **told,
        )
        _submit(call, gateway, command)


@click.command("check-home", cls=DeskCommand)
@click.argument("unit")
@click.option("--seen", cls=DeskOption, multiple=True, metavar="PERSON")
@click.option("--absent", cls=DeskOption, multiple=True, metavar="PERSON[:TEXT]")
@click.option("--refused", cls=DeskOption, multiple=True, metavar="PERSON[:TEXT]")
@click.option("--abnormal", "unwell", cls=DeskOption, multiple=True, metavar="PERSON:TEXT")
@click.option("--reading", "readings", cls=DeskOption, multiple=True, metavar="PERSON=N")
@click.option("--note", cls=DeskOption, default="", metavar="TEXT")
@click.option("--at", cls=DeskOption, metavar="TIME")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@click.option("--done-by", cls=DeskOption, default="", metavar="NAME")
@pass_call
def check_home_command(
    call: Invocation,
    unit: str,
    seen: tuple[str, ...],
    absent: tuple[str, ...],
    refused: tuple[str, ...],
    unwell: tuple[str, ...],
    readings: tuple[str, ...],
    note: str,
    at: str | None,
    reason: str,
    done_by: str,
) -> None:
    from dutyboard.rules.duties.person.home_checks import SLOT
    from dutyboard.rules.records.commands.post import Discharge
    from dutyboard.rules.records.ids import POST, DutyId
    from dutyboard.rules.records.model import subject_id
    from dutyboard.tui.commands.readings import people_named, taken_singly

    with call.desk() as gateway:
        about = POST if unit == POST else subject_id(unit_named(gateway.snapshot, unit, call))
        happened_at = instant(gateway, at, call.words)
        remarks: dict[str, str] = {}
        groups = [people_named(call, gateway, group, remarks) for group in (seen, absent, refused, unwell)]
        command = Discharge(
            obligation=DutyId(SLOT, about, _day(gateway, happened_at)),
            text=note,
            seen=groups[0],
            absent=groups[1],
            refused=groups[2],
            unwell=groups[3],
            remarks=remarks,
            readings=taken_singly(call, gateway, readings)["readings"],
            done_by=done_by,
            happened_at=happened_at,
            reason=reason,
        )
        _submit(call, gateway, command)


def _round(call: Invocation, gateway: "Gateway", site: str, slot: str, at: "datetime | None") -> str:
    """The name of a site's round on the day of an instant. Raises Failure."""
    from dutyboard.rules.records.ids import DutyId
    from dutyboard.rules.records.model import subject_id

    found, day = site_named(gateway.snapshot, site, call), _day(gateway, at)
    _check_slot(slot, gateway.snapshot, day, call)
    return DutyId(slot, subject_id(found), day)


def _day(gateway: "Gateway", at: "datetime | None") -> "date":
    return gateway.snapshot.day_of(at or gateway.now())


def _submit(call: Invocation, gateway: "Gateway", command: "Command") -> None:
    accepted = call.submit(gateway, command)
    print_json({"entry": accepted.entry.id, "seq": gateway.snapshot.seq, "state": accepted.state})


def _check_slot(typed: str, snapshot: "Snapshot", day: "date", call: Invocation) -> None:
    """Refuse a slot that the notice of that day does not have, naming those it has. Raises Failure."""
    from dutyboard.rules.records.clock import midnight

    slots = [slot.id for slot in snapshot.daily_at(midnight(day, snapshot.zone)).site_slots]
    if typed not in slots:
        raise Failure(call.words.no_slot.format(text=typed, slots=" ".join(slots)))
