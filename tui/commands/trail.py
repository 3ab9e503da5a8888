"""`trail`: who changed one record and when, read back from the journal itself."""

from typing import TYPE_CHECKING

import click

from tui.commands.call import Call, Failure, pass_call, print_json
from tui.commands.framework import DeskCommand, DeskOption

if TYPE_CHECKING:
    from tui.gateway import Change, Gateway


@click.command("trail", cls=DeskCommand)
@click.argument("record", metavar="RECORD")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def trail_command(call: Call, record: str, as_json: bool) -> None:
    from dataclasses import asdict

    kind, _, number = record.rpartition("-")
    table = _table(kind)
    with call.desk() as gateway:
        named = table is not None and number.isascii() and number.isdecimal()
        changes = gateway.trail(table, int(number)) if named and table is not None else []
        if not changes:
            raise Failure(call.words.no_record.format(text=record))
        if as_json:
            print_json([{**asdict(change), "at": change.at.isoformat()} for change in changes])
        for change in () if as_json else changes:
            click.echo(_line(call, gateway, change))


def _table(kind: str) -> str | None:
    """The table of `person-12`, `entry-5`, `notice-1`, ...; None: there is no such kind of record."""
    from rules.model import TABLES

    irregular = {"entry": "entries", "settings": "settings"}
    table = irregular.get(kind, f"{kind}s")
    return table if table in TABLES else None


def _line(call: Call, gateway: "Gateway", change: "Change") -> str:
    officers = gateway.snapshot.officers.values()
    name = next((officer.name for officer in officers if officer.login == change.login), "")
    words = call.words
    what = words.trail_archived if change.archived else ", ".join(change.fields)
    return words.trail_line.format(at=change.at, seq=change.seq, name=name, login=change.login, what=what)
