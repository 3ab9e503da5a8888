"""`report` prints a report or the ledger as text, JSON or a workbook. `send-report` states one."""

import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from dutyboard.tui.commands.act_command import numbers, read_day, submit
from dutyboard.tui.commands.framework import OUTPUT_FILE, STANDARD, ActCommand, DeskCommand, DeskOption, write_file
from dutyboard.tui.commands.invocation import Failure, Invocation, instant, pass_call, print_json
from dutyboard.tui.commands.lookup import person_ever_named, site_named, unit_named

if TYPE_CHECKING:
    from dutyboard.rules.records.model import Site, Unit
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.tui.export.report import Page
    from dutyboard.tui.link.gateway import Gateway

PAPERS = ("order", "release")
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "screening": ("unit", "date"),
    "site": ("site", "date"),
    "roster": ("unit",),
    "handover": ("date",),
    "ledger": ("date",),
    "villages": ("unit",),
    **dict.fromkeys(PAPERS, ("person",)),
}
"""Options that say which report of a kind is meant. One of another kind is refused."""
FORMATS = ("text", "json", "xlsx")
SENT: Mapping[str, tuple[str, ...]] = {"screening": ("unit",), "site": ("site",), "roster": ("unit",)}
"""Options that name the subject of a report that is sent."""


@click.command("report", cls=DeskCommand)
@click.argument("kind", type=click.Choice(tuple(OPTIONS)))
@click.option("--unit", cls=DeskOption, metavar="NAME")
@click.option("--site", cls=DeskOption, metavar="SITE")
@click.option("--person", cls=DeskOption, metavar="PERSON")
@click.option("--date", "day", cls=DeskOption, type=click.DateTime(("%Y-%m-%d",)), metavar="DAY")
@click.option("--format", "report_format", cls=DeskOption, type=click.Choice(FORMATS), default="text")
@click.option("-o", "--output", cls=DeskOption, type=OUTPUT_FILE, metavar="FILE|-")
@click.argument("target", required=False, type=click.Choice([STANDARD]), metavar="[-]")
@pass_call
def report_command(
    call: Invocation,
    kind: str,
    unit: str | None,
    site: str | None,
    person: str | None,
    day: datetime | None,
    report_format: str,
    output: str | None,
    target: str | None,
) -> None:
    _only(call, kind, OPTIONS, unit=unit, site=site, person=person, date=day)
    if output is not None and target is not None:
        raise click.UsageError(call.words.output_twice)
    output = output or target
    if report_format == "xlsx" and (output is None or (output == STANDARD and sys.stdout.isatty())):
        raise click.UsageError(call.words.output_needed)
    with call.desk(f"report {kind}") as gateway:
        if kind in PAPERS:
            page = _paper(call, gateway, kind, person)
        else:
            page = _page(call, gateway, kind, unit, site, day.date() if day else None)
        call.look(gateway, "report", _name(kind, page))
    if output is not None and output != STANDARD:
        _save(call, page, report_format, Path(output))
    elif report_format == "xlsx":
        from dutyboard.tui.export.workbook import write_workbook

        write_workbook(page, sys.stdout.buffer)
    elif report_format == "json":
        print_json(page.json)
    else:
        click.echo(_text(page), nl=False)


@click.command("send-report", cls=ActCommand)
@click.argument("kind", type=click.Choice(tuple(SENT)))
@click.argument("figures", nargs=-1, metavar="FIGURE=N…")
@click.option("--unit", cls=DeskOption, metavar="NAME")
@click.option("--site", cls=DeskOption, metavar="SITE")
@click.option("--date", "day", cls=DeskOption, metavar="DAY")
@click.option("--zero", cls=DeskOption, is_flag=True)
@click.option("--zero-villages", cls=DeskOption, multiple=True, metavar="NAME")
@click.option("--reporter", cls=DeskOption, required=True, metavar="NAME")
@click.option("--at", cls=DeskOption, metavar="TIME")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def send_report_command(
    call: Invocation,
    kind: str,
    figures: tuple[str, ...],
    unit: str | None,
    site: str | None,
    day: str | None,
    zero: bool,
    zero_villages: tuple[str, ...],
    reporter: str,
    at: str | None,
    reason: str,
    as_json: bool,
) -> None:
    _only(call, kind, SENT, unit=unit, site=site)
    told = {"kind": kind, "figures": numbers(figures, call), "zero": zero, "reporter": reporter, "reason": reason}
    told["zero_villages"] = zero_villages
    with call.desk() as gateway:
        sent_at = instant(gateway, at, call.words)
        on = read_day(day, call) if day else gateway.snapshot.day_of(sent_at or gateway.now()).isoformat()
        told |= {"subject": _subject(call, gateway, kind, unit, site), "day": on}
        told |= {"at": sent_at.isoformat()} if sent_at else {}
        submit(call, gateway, [("send-report", told)], as_json=as_json)


def _only(call: Invocation, kind: str, table: Mapping[str, tuple[str, ...]], **given: object) -> None:
    """Raise click.UsageError for an option that says nothing about a report of this kind."""
    for name, value in given.items():
        if value is not None and name not in table[kind]:
            raise click.UsageError(call.words.option_of_another.format(option=f"--{name}", kind=kind))


def _subject(call: Invocation, gateway: "Gateway", kind: str, unit: str | None, site: str | None) -> str:
    """Return the subject of a report. A screening report without a unit is the city's total."""
    from dutyboard.rules.records.ids import POST
    from dutyboard.rules.records.model import subject_id

    if kind == "site":
        if site is None:
            raise click.UsageError(call.words.site_needed)
        return subject_id(site_named(gateway.snapshot, site, call))
    if unit is not None:
        return subject_id(unit_named(gateway.snapshot, unit, call))
    if kind == "roster":
        raise click.UsageError(call.words.unit_needed)
    return POST


def _page(
    call: Invocation, gateway: "Gateway", kind: str, unit: str | None, site: str | None, asked: date | None
) -> "Page":
    """Return the page of a day, today's without one. A past day's handover is the one that was signed.

    Raises Failure.
    """
    from dutyboard.rules.account.ledger import account
    from dutyboard.rules.records.clock import midnight
    from dutyboard.rules.records.snapshot import desk_of
    from dutyboard.tui.export import handover, report
    from dutyboard.tui.text import words

    now, said = gateway.now(), words(call.language)
    snapshot = gateway.with_archived("persons", "reports") if kind in ("screening", "site") else gateway.snapshot
    day = asked or now.date()
    if day > now.date():
        raise call.failure("in_future", {"at": midnight(day, gateway.snapshot.zone)})
    if kind == "ledger":
        tables = ("persons", "entries", "reports", "shifts", "matters") if day < now.date() else ()
        whole = gateway.with_archived(*tables)
        made_by = report.Maker(gateway.actor.login, gateway.head)
        # Of a day before the desk there is a ledger where a sheet has told of its rounds.
        if day < whole.day_of(desk_of(whole).opened_at) and not account(whole, day, day, now).rows:
            raise Failure(call.words.no_ledger.format(day=day.isoformat()))
        return call.despite_faults(gateway, whole, lambda seen: report.ledger_page(seen, day, now, made_by, said))
    if kind == "handover" and asked is not None:
        signed = handover.signed_page(gateway.with_archived("entries"), asked, said)
        if signed is None:
            raise Failure(call.words.no_handover.format(day=asked.isoformat()))
        return signed
    if kind == "handover":
        return call.despite_faults(
            gateway, snapshot, lambda seen: handover.handover_page(seen, now, gateway.head, said)
        )
    if kind == "site":
        if site is None:
            raise click.UsageError(call.words.site_needed)
        of_site = site_named(snapshot, site, call)
        _ask_for(call, snapshot, of_site)
        return report.figures_page(snapshot, "site", of_site, day, now, said)
    found = unit_named(snapshot, unit, call) if unit else None
    _ask_for(call, snapshot, found)
    if kind == "screening":
        return report.figures_page(snapshot, "screening", found, day, now, said)
    if found is None:
        raise click.UsageError(call.words.unit_needed)
    if kind == "villages":
        whole = gateway.with_archived("persons", "reports")
        return report.villages_page(whole, found, now, report.Maker(gateway.actor.login, gateway.head), said)
    return report.roster_page(snapshot, found, now, said)


def _paper(call: Invocation, gateway: "Gateway", kind: str, typed: str | None) -> "Page":
    """Return a paper of one person. Raises Failure."""
    from dutyboard.tui.export.papers import order_page, release_page
    from dutyboard.tui.export.report import Maker
    from dutyboard.tui.text import words

    if typed is None:
        raise click.UsageError(call.words.person_needed)
    person = person_ever_named(gateway, typed, call)
    whole, now, maker = (
        gateway.with_archived("persons", "entries"),
        gateway.now(),
        Maker(gateway.actor.login, gateway.head),
    )
    make = order_page if kind == "order" else release_page
    page = call.despite_faults(gateway, whole, lambda seen: make(seen, person, now, maker, words(call.language)))
    if page is None:
        raise Failure(call.words.no_paper[kind].format(name=person.name))
    return page


def _ask_for(call: Invocation, snapshot: "Snapshot", about: "Unit | Site | None") -> None:
    """Raise Failure if the figures of a unit or site (None: the county's) are not all in the reader's picture."""
    from dutyboard.rules.belonging import belongs
    from dutyboard.rules.permissions import NOT_HIS

    if snapshot.own is not None and (about is None or not belongs(about, snapshot.own, snapshot)):
        raise call.failure(NOT_HIS.code, NOT_HIS.fields)


def _name(kind: str, page: "Page") -> str:
    """Return what the view log calls a report: kind, unit or desk, day; of a paper the person."""
    if "person" in page.json:
        return str(page.json["person"])
    told = (page.json.get(key) for key in ("unit", "scope", "date", "from"))
    return " ".join([kind, *(str(each) for each in told if each)])


def _text(page: "Page") -> str:
    from dutyboard.tui.export.report import as_text

    return "\n".join(as_text(page)) + "\n"


def _save(call: Invocation, page: "Page", report_format: str, output: Path) -> None:
    """Write the page into a file. Raises Failure."""

    def write(file: BinaryIO) -> None:
        if report_format == "xlsx":
            from dutyboard.tui.export.workbook import write_workbook

            write_workbook(page, file)
        elif report_format == "json":
            import orjson

            from dutyboard.tui.terminal.visible import visible_json

            file.write(visible_json(page.json, orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        else:
            file.write(_text(page).encode())

    write_file(call, output, write)
