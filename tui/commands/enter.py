"""`log`, `check`, `check-home`, and `amend` of any entry: from scripts and cron, answered in one line of JSON."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from dutyboard.tui.commands.act_command import number_of, submit, submit_command, typed_again
from dutyboard.tui.commands.framework import DESK_FILE, ActCommand, DeskOption
from dutyboard.tui.commands.invocation import Failure, Invocation, instant, pass_call, print_json
from dutyboard.tui.commands.lookup import site_named, unit_named

if TYPE_CHECKING:
    from datetime import date, datetime

    from dutyboard.rules.records.commands import Command
    from dutyboard.rules.records.commands.post import Discharge, WriteLog
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.tui.link.gateway import Gateway


@click.command("log", cls=ActCommand)
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
@click.option("--urges", cls=DeskOption, metavar="ID")
@click.option("--answered", cls=DeskOption, type=click.Choice(("yes", "no")))
@click.option("--subject", cls=DeskOption, metavar="ID")
@click.option("--for-handover", cls=DeskOption, is_flag=True)
@click.option("--at", cls=DeskOption, metavar="TIME")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@click.option("--amend", cls=DeskOption, metavar="ENTRY")
@pass_call
def log_command(
    call: Invocation,
    text: str,
    subject: str | None,
    for_handover: bool,
    at: str | None,
    reason: str,
    amend: str | None,
    **rang: str | None,
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
        if "answered" in told:
            told["answered"] = told["answered"] == "yes"
        if "due" in told:
            told["due"] = instant(gateway, told["due"], call.words)
        command = WriteLog(
            text=text,
            subject=subject or POST,
            call=Called(**told) if any(rang.values()) else None,
            happened_at=_when(call, gateway, at, amend),
            reason=reason,
            for_handover=for_handover,
        )
        _submit(call, gateway, _in_place_of(amend, command, reason, call))


@click.command("check", cls=ActCommand)
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
@click.option("--readings", "file", cls=DeskOption, type=DESK_FILE, metavar="FILE|-")
@click.option("--amend", cls=DeskOption, metavar="ENTRY")
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
    amend: str | None,
) -> None:
    from dutyboard.rules.records.commands.post import Discharge
    from dutyboard.rules.records.ids import DutyId
    from dutyboard.tui.commands.readings import listed, people_named, stated, taken_singly, whose

    if slot is None and "/" not in site:
        raise click.UsageError(call.words.slot_needed)
    if file is not None and (readings or absent or unwell):
        raise click.UsageError(call.words.readings_twice)
    with call.desk() as gateway:
        told = stated(figures, call, gateway)
        happened_at = _when(call, gateway, at, amend)
        obligation = site if slot is None else _round(call, gateway, site, slot, happened_at)
        remarks: dict[str, str] = {}
        who = whose(gateway, obligation)
        told |= taken_singly(call, gateway, readings, who)
        told |= {"absent": people_named(call, gateway, absent, remarks, who)}
        told |= {"unwell": people_named(call, gateway, unwell, remarks, who), "remarks": remarks}
        if file is not None:
            named = DutyId.parse(obligation)
            told |= listed(call, gateway, file, named.subject.number if named else 0)
        command = Discharge(
            obligation=obligation,
            abnormal=abnormal,
            text=note,
            seen=people_named(call, gateway, seen, {}, who),
            done_by=done_by,
            happened_at=happened_at,
            reason=reason,
            **told,
        )
        _submit(call, gateway, _in_place_of(amend, command, reason, call))


@click.command(
    "amend", cls=ActCommand, context_settings={"ignore_unknown_options": True, "allow_interspersed_args": True}
)
@click.argument("entry", metavar="ENTRY")
@click.argument("pairs", nargs=-1, metavar="[KEY=VALUE…]", type=click.UNPROCESSED)
@click.option("--reason", cls=DeskOption, required=True, metavar="TEXT")
@click.option("--reading", "readings", cls=DeskOption, multiple=True, metavar="PERSON=N")
@click.option("--yes", cls=DeskOption, is_flag=True)
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def amend_command(
    call: Invocation,
    entry: str,
    pairs: tuple[str, ...],
    reason: str,
    readings: tuple[str, ...],
    yes: bool,
    as_json: bool,
) -> None:
    """Correct an entry with fields as typed; of a round the readings named, beside those that it told."""
    from dutyboard.tui.commands.readings import taken_singly

    number, stated = number_of(entry, "entry", call), _pairs(call, pairs)
    told: dict[str, Any] = {"entry": number, "reason": reason, "yes": yes}
    with call.desk() as gateway:
        if stated or readings:
            again = typed_again(call, gateway, number, stated) if stated else {}
            told["instead"] = again | taken_singly(call, gateway, readings)["readings"]
        submit(call, gateway, [("amend", told)], as_json=as_json)


def _pairs(call: Invocation, typed: tuple[str, ...]) -> dict[str, str]:
    """Return `KEY=VALUE`, `--key VALUE` and `--key=VALUE` as fields by name. Raises click.UsageError."""
    told: dict[str, str] = {}
    left = list(typed)
    while left:
        word = left.pop(0)
        key, equals, text = word.partition("=")
        if not equals:
            if not word.startswith("--") or not left:
                raise click.UsageError(call.words.bad_pair.format(number=len(told) + 1))
            text = left.pop(0)
        told[key.removeprefix("--").replace("-", "_") if key.startswith("--") else key] = text
    return told


@click.command("check-home", cls=ActCommand)
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


def _when(call: Invocation, gateway: "Gateway", at: str | None, amend: str | None) -> "datetime | None":
    """Return the instant as typed; without one that of the entry that is told again."""
    entry = gateway.snapshot.entries.get(number_of(amend, "entry", call)) if amend is not None and at is None else None
    return entry.happened_at if entry is not None else instant(gateway, at, call.words)


def _in_place_of(amend: str | None, command: "Discharge | WriteLog", reason: str, call: Invocation) -> "Command":
    """Return the act, or the correction that tells it in place of an entry. Raises click.UsageError."""
    from dutyboard.rules.records.commands.amending import Amend

    if amend is None:
        return command
    return Amend(entry_id=number_of(amend, "entry", call), reason=reason, instead=replace(command, reason=""))


def _submit(call: Invocation, gateway: "Gateway", command: "Command") -> None:
    accepted = submit_command(call, gateway, command)
    print_json({"entry": accepted.entry.id, "seq": gateway.snapshot.seq, "state": accepted.state})


def _check_slot(typed: str, snapshot: "Snapshot", day: "date", call: Invocation) -> None:
    """Refuse a slot that the notice of that day does not have, naming those it has. Raises Failure."""
    from dutyboard.rules.records.clock import midnight

    slots = snapshot.daily_at(midnight(day, snapshot.zone)).site_slots
    if typed not in [slot.id for slot in slots]:
        ticked = [slot.id for slot in slots if slot.kind != "report"]  # a report is sent, which the rules say
        raise Failure(call.words.no_slot.format(text=typed, slots=" ".join(ticked)))
