"""`reading`: a temperature or a symptom of one person; and what `check` is told beyond that a round was done."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from dutyboard.tui.commands.act_command import numbers, submit
from dutyboard.tui.commands.framework import ActCommand, DeskOption
from dutyboard.tui.commands.invocation import Failure, Invocation, instant, pass_call, print_json
from dutyboard.tui.commands.lookup import person_named, staff_named
from dutyboard.tui.commands.person import PAGE_CELLS

if TYPE_CHECKING:
    from dutyboard.rules.duties.person.suspicion import Precaution
    from dutyboard.rules.records.model import Named, Person
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.tui.link.gateway import Gateway

_STARTED: Final = "started"
"""Name of the start of a disinfection, as `--set` takes it."""
_HOW: Final = "how"
"""Name of the way of a check at home, as `--set` takes it."""
UNMEASURED = "-"
"""Typed in place of a temperature where only a symptom is told."""


@click.command("reading", cls=ActCommand)
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


@click.command("suspect", cls=ActCommand)
@click.argument("person", metavar="PERSON")
@click.option("--yes", cls=DeskOption, is_flag=True)
@click.option("--shown", cls=DeskOption, multiple=True, metavar="ID")
@click.option("--told", cls=DeskOption, default="", metavar="NAME")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def suspect_command(
    call: Invocation, person: str, yes: bool, shown: tuple[str, ...], told: str, reason: str, as_json: bool
) -> None:
    from dutyboard.rules.duties.person.suspicion import precautions

    with call.desk() as gateway:
        found = person_named(gateway.snapshot, person, call)
        follows = precautions(gateway.snapshot, found, gateway.now())
        if not yes:
            _show(call, gateway, found, follows, as_json)
            return
        ids = list(shown) or [each.id for each in follows]
        if not as_json and not shown and follows:
            _show(call, gateway, found, follows, as_json)
        act = {"person": found.id, "shown": ids, "told": told, "reason": reason}
        submit(call, gateway, [("suspect", act)], as_json=as_json)


def _show(
    call: Invocation, gateway: "Gateway", person: "Person", follows: "tuple[Precaution, ...]", as_json: bool
) -> None:
    """Print what a suspected case brings: the rows of the screen, or JSON. Raises Failure where nothing follows."""
    from dutyboard.tui.terminal.cells import plain
    from dutyboard.tui.text import words
    from dutyboard.tui.views.person.suspicion import precaution_lines

    if as_json:
        print_json(
            [
                {"id": each.id, "kind": each.measure, "person": each.person_id, "names": list(each.names)}
                for each in follows
            ]
        )
        return
    if not follows:
        raise call.failure("nothing_follows", {"person": person.name})
    for line in precaution_lines(follows, gateway.snapshot, words(call.language), PAGE_CELLS):
        click.echo(plain(line))


def degrees(typed: str, call: Invocation) -> float | None:
    """Return a temperature in °C as typed (36.5, 36.5℃, 365); None for `-`. Raises click.UsageError."""
    from dutyboard.tui.sheets.values import read_degrees

    if typed.strip() == UNMEASURED:
        return None
    read = read_degrees(typed)
    if read is None:
        raise click.UsageError(call.words.bad_degrees.format(text=typed))
    return read


def stated(pairs: Iterable[str], call: Invocation, gateway: "Gateway") -> dict[str, Any]:
    """Return `--set NAME=VALUE` as figures, details and the start. Raises click.UsageError."""
    from dutyboard.rules.records.told.site import Disinfected
    from dutyboard.tui.text import words as sections
    from dutyboard.tui.views.entry.ways import way_typed

    parts, said = [(pair.partition("=")[0].strip(), pair) for pair in pairs], sections(call.language)
    texts = {
        name: pair.partition("=")[2].strip() for name, pair in parts if name in {*Disinfected.TEXTS, _HOW, _STARTED}
    }
    started = texts.pop(_STARTED, None)
    words = {name: way_typed(name, text, said) for name, text in texts.items()}
    figures = numbers((pair for name, pair in parts if name not in texts and name != _STARTED), call)
    return {"figures": figures, "details": words, "started_at": instant(gateway, started, call.words)}


Whose = Callable[["Snapshot", str, Invocation], "Named"]
"""Finds who is meant by a name or a number as typed. Raises Failure."""


def whose(gateway: "Gateway", obligation: str) -> Whose:
    """Return how the names of a check are looked up: those of a staff check on the site's register."""
    from dutyboard.rules.duties.site.staff import is_staff_check
    from dutyboard.rules.records.ids import DutyId

    duty = DutyId.parse(obligation)
    if duty is not None and is_staff_check(gateway.snapshot, duty):
        return partial(staff_named, site_id=duty.subject.number)
    return person_named


def taken_singly(
    call: Invocation, gateway: "Gateway", pairs: Iterable[str], named: Whose = person_named
) -> dict[str, Any]:
    """Return `--reading PERSON=N` as readings; of two of one person, the first is kept beside.

    Raises Failure, click.UsageError.
    """
    from dutyboard.rules.records.model import subject_id

    taken: dict[str, float] = {}
    first: dict[str, float] = {}
    for pair in pairs:
        ((name, value),) = numbers((pair,), call).items()
        person = str(subject_id(named(gateway.snapshot, name.strip(), call)))
        if person in taken:
            first.setdefault(person, taken[person])
        taken[person] = value
    return {"readings": taken, "first": first}


def people_named(
    call: Invocation,
    gateway: "Gateway",
    typed: Iterable[str],
    remarks: dict[str, str],
    named: Whose = person_named,
) -> tuple[int, ...]:
    """Return the numbers of people, each typed as name or number, and put words behind a colon into `remarks`."""
    from dutyboard.rules.records.model import subject_id

    found = []
    for each in typed:
        name, _, text = each.replace("：", ":").partition(":")
        person = named(gateway.snapshot, name, call)
        found.append(person.id)
        if text.strip():
            remarks[str(subject_id(person))] = text.strip()
    return tuple(found)


def listed(call: Invocation, gateway: "Gateway", file: str, site_id: int) -> dict[str, Any]:
    """Return what the list of a file or of standard input tells of a round. Raises Failure."""
    from dutyboard.rules.records.ids import number_typed
    from dutyboard.tui.sheets.kinds.round_sheet import RoundRowError, read_round
    from dutyboard.tui.sheets.reader.files import read_grids
    from dutyboard.tui.sheets.reader.intake_error import IntakeError
    from dutyboard.tui.text import words as sections

    own = sections(call.language)
    try:
        found = read_round(read_grids(Path(file)), gateway.snapshot, site_id)
    except IntakeError as error:
        raise Failure(own.sheets.files[error.code].format(**error.fields)) from None
    except RoundRowError as error:
        raise Failure(call.words.round_rows[error.problem].format(row=error.row, cell=error.cell)) from None
    for note in found.notes:
        said, level = own.sheets.rows[note.code], call.words.levels[note.level]
        line = call.words.import_row.format(where="", row=note.row, column=note.column, level=level, message=said)
        click.echo(line, err=True)
    return {
        "readings": found.readings,
        "first": found.first,
        "absent": tuple(number_typed("person", each) or 0 for each in found.absent),
        "unwell": tuple(number_typed("person", each) or 0 for each in found.symptoms),
        "remarks": {**found.absent, **found.symptoms},
    }
