"""`reading`: a temperature of one person, or a symptom that he tells."""

from typing import Any

import click

from dutyboard.tui.commands.act_command import submit
from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, instant, pass_call
from dutyboard.tui.commands.lookup import person_named

UNMEASURED = "-"
"""Typed in place of a temperature where only a symptom is told."""


@click.command("reading", cls=DeskCommand)
@click.argument("person", metavar="PERSON")
@click.argument("temp_c", metavar="TEMP|-")
@click.option("--device", cls=DeskOption, default="", metavar="TEXT")
@click.option("--symptom", cls=DeskOption, default="", metavar="TEXT")
@click.option("--done-by", cls=DeskOption, default="", metavar="NAME")
@click.option("--at", cls=DeskOption, metavar="TIME")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def reading_command(call: Invocation, person: str, temp_c: str, at: str | None, as_json: bool, **texts: str) -> None:
    measured = degrees(temp_c, call)
    with call.desk() as gateway:
        found = person_named(gateway.snapshot, person, call)
        happened_at = instant(gateway, at, call.words)
        told: dict[str, Any] = {"person": found.id, "temp_c": measured, **texts}
        if happened_at is not None:
            told["at"] = happened_at.isoformat()
        submit(call, gateway, [("reading", told)], as_json=as_json)


def degrees(typed: str, call: Invocation) -> float | None:
    """Return a temperature in °C as typed (36.5, 36.5℃, 365); None for `-`. Raises click.UsageError."""
    from dutyboard.tui.views.fields import fold

    text = fold(typed).removesuffix("°C").removesuffix("度").strip()
    if text == UNMEASURED:
        return None
    try:
        read = float(text)
    except ValueError:
        raise click.UsageError(call.words.bad_degrees.format(text=typed)) from None
    return read / 10 if text.isdecimal() and len(text) == 3 else read
