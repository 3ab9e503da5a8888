"""`report`: screening, site, roster and handover, as text, JSON or a workbook."""

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call, print_json
from dutyboard.tui.commands.lookup import site_named, unit_named

if TYPE_CHECKING:
    from dutyboard.tui.export.report import Page
    from dutyboard.tui.link.gateway import Gateway

KINDS = ("screening", "site", "roster", "handover")
FORMATS = ("text", "json", "xlsx")


@click.command("report", cls=DeskCommand)
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--unit", cls=DeskOption, metavar="NAME")
@click.option("--site", cls=DeskOption, metavar="SITE")
@click.option("--date", "day", cls=DeskOption, type=click.DateTime(("%Y-%m-%d",)), metavar="DAY")
@click.option("--format", "report_format", cls=DeskOption, type=click.Choice(FORMATS), default="text")
@click.option("-o", "--output", cls=DeskOption, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@pass_call
def report_command(
    call: Invocation,
    kind: str,
    unit: str | None,
    site: str | None,
    day: datetime | None,
    report_format: str,
    output: Path | None,
) -> None:
    if report_format == "xlsx" and output is None:
        raise click.UsageError(call.words.output_needed)
    with call.desk() as gateway:
        page = _page(call, gateway, kind, unit, site, day.date() if day else gateway.now().date())
    if output is not None:
        _save(call, page, report_format, output)
    elif report_format == "json":
        print_json(page.json)
    else:
        click.echo(_text(page), nl=False)


def _page(call: Invocation, gateway: "Gateway", kind: str, unit: str | None, site: str | None, day: date) -> "Page":
    from dutyboard.tui.export import report
    from dutyboard.tui.text import words

    now, said = gateway.now(), words(call.language)
    snapshot = gateway.with_archived("persons", "reports") if kind in ("screening", "site") else gateway.snapshot
    if kind == "handover":
        return report.handover_page(snapshot, now, gateway.head, said)
    if kind == "site":
        wanted = site or unit
        if wanted is None:
            raise click.UsageError(call.words.site_needed)
        return report.figures_page(snapshot, "site", site_named(snapshot, wanted, call), day, now, said)
    found = unit_named(snapshot, unit, call) if unit else None
    if kind == "screening":
        return report.figures_page(snapshot, "screening", found, day, now, said)
    if found is None:
        raise click.UsageError(call.words.unit_needed)
    return report.roster_page(snapshot, found, day, said)


def _text(page: "Page") -> str:
    from dutyboard.tui.export.report import as_text

    return "\n".join(as_text(page)) + "\n"


def _save(call: Invocation, page: "Page", report_format: str, output: Path) -> None:
    """The page in a file, whole or not at all. Raises Failure."""
    part = output.with_name(f"{output.name}.part")
    try:
        if report_format == "xlsx":
            from dutyboard.tui.export.workbook import write_workbook

            write_workbook(page, part)
        elif report_format == "json":
            import orjson

            part.write_bytes(orjson.dumps(page.json, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        else:
            part.write_text(_text(page), encoding="utf-8")
        part.replace(output)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Failure(call.words.no_output.format(file=output, why=error.strerror)) from None
