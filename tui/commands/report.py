"""`report` prints a page as text, JSON or a workbook. `send-report` states one."""

import sys
from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import click

from dutyboard.rules.records.codes import PAPER_KINDS
from dutyboard.tui.commands.act_command import numbers, read_day, submit, submit_command
from dutyboard.tui.commands.framework import OUTPUT_FILE, STANDARD, ActCommand, DeskCommand, DeskOption, write_file
from dutyboard.tui.commands.invocation import Failure, Invocation, instant, pass_call, print_json
from dutyboard.tui.commands.lookup import officer_named, person_ever_named, site_named, unit_named
from dutyboard.tui.export.formats import FORMATS
from dutyboard.tui.export.kinds import KINDS, asked_today, formats_of, look_at, make_page, maker_of, not_his, read_for
from dutyboard.tui.export.page import Maker, NoPage, NoWriter, Page, PageAsked, PageKind
from dutyboard.tui.export.page_text import as_text
from dutyboard.tui.export.person.issue import MadePaper, PaperFormat, made_paper
from dutyboard.tui.text import words
from dutyboard.tui.text.pages.frame import PageSubject

if TYPE_CHECKING:
    from dutyboard.rules.records.ids import Subject
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.tui.link.gateway import Gateway

_LEAVING: Final[tuple[PaperFormat, ...]] = ("docx", "pdf")
_DAY: Final = click.DateTime(("%Y-%m-%d",))
_OF_DAYS: Final = {"none": (), "one": ("date",), "span": ("date", "from", "to")}
SENT: Mapping[PageKind, tuple[str, ...]] = {"screening": ("unit",), "site": ("site",), "roster": ("unit",)}
"""Options that name the subject of a report that is sent."""


class _ReportCommand(DeskCommand):
    """The command whose help page names every kind of page."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then each kind with its name."""
        super().format_options(ctx, formatter)
        said = words(ctx.ensure_object(Invocation).language).pages
        with formatter.section(said.kinds_heading):
            formatter.write_dl([(kind, said.kinds[kind]) for kind in KINDS])


@click.command("report", cls=_ReportCommand)
@click.argument("kind", type=click.Choice(tuple(KINDS)))
@click.option("--unit", cls=DeskOption, metavar="NAME")
@click.option("--site", cls=DeskOption, metavar="SITE")
@click.option("--person", cls=DeskOption, metavar="PERSON")
@click.option("--officer", cls=DeskOption, metavar="NAME")
@click.option("--date", "day", cls=DeskOption, type=_DAY, metavar="DAY")
@click.option("--from", "first_day", cls=DeskOption, type=_DAY, metavar="DAY")
@click.option("--to", "last_day", cls=DeskOption, type=_DAY, metavar="DAY")
@click.option("--format", "page_format", cls=DeskOption, type=click.Choice((*FORMATS, "docx")), default="text")
@click.option("-o", "--output", cls=DeskOption, type=OUTPUT_FILE, metavar="FILE|-")
@click.argument("target", required=False, type=click.Choice([STANDARD]), metavar="[-]")
@pass_call
def report_command(
    call: Invocation,
    kind: PageKind,
    unit: str | None,
    site: str | None,
    person: str | None,
    officer: str | None,
    day: datetime | None,
    first_day: datetime | None,
    last_day: datetime | None,
    page_format: str,
    output: str | None,
    target: str | None,
) -> None:
    about = {"unit": unit, "site": site, "person": person, "officer": officer}
    days = {"date": day, "from": first_day, "to": last_day}
    _only(call, kind, _options(kind), **about, **days)
    if day is not None and (first_day is not None or last_day is not None):
        raise click.UsageError(words(call.language).pages.days_twice)
    if output is not None and target is not None:
        raise click.UsageError(call.words.output_twice)
    output = output or target
    leaves = page_format in _LEAVING and kind in PAPER_KINDS
    if page_format == "docx" and not leaves:
        raise click.UsageError(words(call.language).papers.only_papers)
    if page_format in FORMATS and page_format not in formats_of(kind):
        said, formats = words(call.language).pages, formats_of(kind)
        raise click.UsageError(said.no_picture.format(kind=said.kinds[kind], formats=said.either.join(formats)))
    if (leaves or FORMATS[page_format].binary) and (output is None or (output == STANDARD and sys.stdout.isatty())):
        raise click.UsageError(call.words.output_needed.format(format=page_format))
    with call.desk(f"report {kind}") as gateway:
        named = _named(call, kind, about)  # who may read none of it hears that first
        asked = _asked(call, gateway, kind, named, {name: each.date() for name, each in days.items() if each})
        if leaves:
            _let_out(call, gateway, asked, cast(PaperFormat, page_format), output or STANDARD)
            return
        page = _page(call, gateway, asked)
        call.look(gateway, "report", look_at(asked, gateway.snapshot))
    put_out(call, page, page_format, output)


def put_out(call: Invocation, page: Page, page_format: str, output: str | None) -> None:
    """Write or print a page. Raises Failure, also where the machine lacks what its format needs."""
    try:
        _put_out(call, page, page_format, output)
    except NoWriter as lacking:
        raise Failure(lacking.said_in(words(call.language))) from None


def _put_out(call: Invocation, page: Page, page_format: str, output: str | None) -> None:
    form = FORMATS[page_format]
    if output is not None and output != STANDARD:
        write_file(call, Path(output), lambda file: form.write(page, file))
    elif form.binary or output is not None:
        form.write(page, sys.stdout.buffer)
    elif page_format == "json":
        print_json(page.json)
    else:
        click.echo("\n".join(as_text(page)))


def _options(kind: PageKind) -> tuple[str, ...]:
    """Return the options that say which page of a kind is meant. One of another kind is refused."""
    return (*KINDS[kind].about, *_OF_DAYS[KINDS[kind].days])


def _named(call: Invocation, kind: PageKind, about: Mapping[str, str | None]) -> tuple[PageSubject, str] | None:
    """Return whom a page is to be about, as typed. Raises click.UsageError for two, or where one is missing."""
    said, wanted = words(call.language).pages, KINDS[kind]
    options = said.either.join(f"--{each}" for each in wanted.about)
    given = [(each, typed) for each in wanted.about if (typed := about[each]) is not None]
    if len(given) > 1:
        raise click.UsageError(said.one_subject.format(options=options))
    if wanted.needed and not given:
        raise click.UsageError(said.subject_needed.format(options=options, kind=said.kinds[kind]))
    return given[0] if given else None


def _asked(
    call: Invocation,
    gateway: "Gateway",
    kind: PageKind,
    named: tuple[PageSubject, str] | None,
    days: Mapping[str, date],
) -> PageAsked:
    """Return the page that is asked for. Raises Failure for an unknown name and for a day in the future."""
    from dutyboard.rules.records.clock import midnight

    usual = asked_today(kind, gateway.now())
    last = days.get("date") or days.get("to") or max(usual.last, days.get("from", usual.last))
    first = days.get("date") or days.get("from") or last - (usual.last - usual.first)
    if first > last:
        raise call.failure("ends_before_start", {})
    if last > usual.last and not KINDS[kind].ahead:
        raise call.failure("in_future", {"at": midnight(last, gateway.snapshot.zone)})
    subject = _subject_named(call, gateway, *named) if named is not None else None
    return PageAsked(kind=kind, subject=subject, first=first, last=last, said_days=bool(days))


def _subject_named(call: Invocation, gateway: "Gateway", about: PageSubject, typed: str) -> "Subject":
    from dutyboard.rules.records.model import subject_id

    match about:
        case "unit":
            return subject_id(unit_named(gateway.snapshot, typed, call))
        case "site":
            return subject_id(site_named(gateway.snapshot, typed, call))
        case "person":
            return subject_id(person_ever_named(gateway, typed, call))
        case "officer":
            return subject_id(officer_named(gateway.snapshot, typed, call))


def _page(call: Invocation, gateway: "Gateway", asked: PageAsked) -> Page:
    """Return the page that is asked for. Raises Failure for one that is not the reader's, or has nothing to print."""
    whole = read_for(asked, gateway)
    refused = not_his(asked, whole)
    if refused is not None:
        raise call.failure(refused.code, refused.fields)
    try:
        return make_page(asked, whole, gateway.now(), maker_of(gateway), words(call.language))
    except NoPage as nothing:
        raise Failure(nothing.why) from None


def _let_out(call: Invocation, gateway: "Gateway", asked: PageAsked, page_format: PaperFormat, output: str) -> None:
    """Print a paper of a person: it gets its number, and the log an entry. Raises Failure."""
    from dutyboard.tui.views.entry.line import entry_text

    said = words(call.language)

    def made(seen: "Snapshot") -> MadePaper | NoPage:
        maker = Maker(gateway.actor.login, gateway.head)
        try:
            return made_paper(asked, seen, gateway.now(), maker, said, gateway.folder, page_format)
        except NoPage as nothing:
            return nothing

    whole = read_for(asked, gateway)
    refused = not_his(asked, whole)
    if refused is not None:
        raise call.failure(refused.code, refused.fields)
    paper = call.despite_faults(gateway, whole, made)
    if isinstance(paper, NoPage):
        raise Failure(paper.why)
    call.look(gateway, "report", look_at(asked, gateway.snapshot))
    entry = submit_command(call, gateway, paper.command).entry
    if output == STANDARD:
        sys.stdout.buffer.write(paper.content)
        sys.stdout.buffer.flush()
    else:
        write_file(call, Path(output), lambda file: file.write(paper.content))
    click.echo(call.words.act_done.format(entry=entry.id, text=entry_text(entry, gateway.snapshot, said)), err=True)


@click.command("send-report", cls=ActCommand)
@click.argument("kind", type=click.Choice(tuple(SENT)))
@click.argument("figures", nargs=-1, metavar="FIGURE=N…")
@click.option("--unit", cls=DeskOption, metavar="NAME")
@click.option("--site", cls=DeskOption, metavar="SITE")
@click.option("--date", "day", cls=DeskOption, metavar="DAY")
@click.option("--zero", cls=DeskOption, is_flag=True)
@click.option("--zero-villages", cls=DeskOption, multiple=True, metavar="NAME")
@click.option("--reporter", cls=DeskOption, required=True, metavar="NAME")
@click.option("--checked-by", cls=DeskOption, default="", metavar="NAME")
@click.option("--responsible", cls=DeskOption, default="", metavar="NAME")
@click.option("--at", cls=DeskOption, metavar="TIME")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def send_report_command(
    call: Invocation,
    kind: PageKind,
    figures: tuple[str, ...],
    unit: str | None,
    site: str | None,
    day: str | None,
    zero: bool,
    zero_villages: tuple[str, ...],
    reporter: str,
    checked_by: str,
    responsible: str,
    at: str | None,
    reason: str,
    as_json: bool,
) -> None:
    _only(call, kind, SENT[kind], unit=unit, site=site)
    told: dict[str, object] = {
        "kind": kind,
        "figures": numbers(figures, call),
        "zero": zero,
        "reporter": reporter,
        "reason": reason,
    }
    told |= {"zero_villages": zero_villages, "checked_by": checked_by, "responsible": responsible}
    with call.desk() as gateway:
        sent_at = instant(gateway, at, call.words)
        on = read_day(day, call) if day else gateway.snapshot.day_of(sent_at or gateway.now()).isoformat()
        told |= {"subject": _subject(call, gateway, kind, unit, site), "day": on}
        told |= {"at": sent_at.isoformat()} if sent_at else {}
        submit(call, gateway, [("send-report", told)], as_json=as_json)


def _only(call: Invocation, kind: str, options: Collection[str], **given: object) -> None:
    """Raise click.UsageError for an option that says nothing about a report of this kind."""
    for name, value in given.items():
        if value is not None and name not in options:
            raise click.UsageError(call.words.option_of_another.format(option=f"--{name}", kind=kind))


def _subject(call: Invocation, gateway: "Gateway", kind: PageKind, unit: str | None, site: str | None) -> str:
    """Return the subject of a report. A screening report without a unit is the city's total."""
    from dutyboard.rules.records.ids import POST
    from dutyboard.rules.records.model import subject_id

    if kind == "site":
        if site is None:
            raise click.UsageError(_needed(call, "site", kind))
        return subject_id(site_named(gateway.snapshot, site, call))
    if unit is not None:
        return subject_id(unit_named(gateway.snapshot, unit, call))
    if kind == "roster":
        raise click.UsageError(_needed(call, "unit", kind))
    return POST


def _needed(call: Invocation, about: PageSubject, kind: PageKind) -> str:
    said = words(call.language).pages
    return said.subject_needed.format(options=f"--{about}", kind=said.kinds[kind])
