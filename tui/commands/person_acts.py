"""Acts of a person with a form of their own: from a file, laid over a record, or shown first."""

from typing import TYPE_CHECKING, Any, Final

import click

from dutyboard.tui.commands.act_command import names_typed, submit
from dutyboard.tui.commands.framework import DESK_FILE, ActCommand, DeskOption, whole_file
from dutyboard.tui.commands.invocation import Invocation, instant, pass_call, print_json
from dutyboard.tui.commands.lookup import person_named, site_named, unit_named
from dutyboard.tui.commands.person import PAGE_CELLS

if TYPE_CHECKING:
    from dutyboard.rules.duties.person.positive import Consequence
    from dutyboard.rules.records.model import Person
    from dutyboard.tui.link.gateway import Gateway


_COUNTY: Final = "county"
_PLACES: Final = frozenset({"hospital", "fever-clinic", "home"})
"""Destinations of a ride that are typed as a word."""


@click.command("register", cls=ActCommand)
@click.argument("file", metavar="FILE|-", type=DESK_FILE)
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def register_command(call: Invocation, file: str, as_json: bool) -> None:
    told = _object(call, file)
    told.pop("act", None)
    with call.desk() as gateway:
        if isinstance(told.get("unit"), str):
            told["unit"] = unit_named(gateway.snapshot, told["unit"], call).id
        submit(call, gateway, [("register", told)], as_json=as_json)


def _object(call: Invocation, file: str) -> dict[str, Any]:
    """The JSON object of a file or of standard input. Raises Failure, click.UsageError."""
    from dutyboard.tui.acts.answers import problem_text
    from dutyboard.tui.acts.problems import ActError
    from dutyboard.tui.acts.strict_json import LONGEST, strict_value
    from dutyboard.tui.text import words

    text = whole_file(call, file, LONGEST)
    try:
        value = strict_value(text)
    except ActError as error:
        raise click.UsageError(problem_text(error, words(call.language))) from None
    if not isinstance(value, dict):
        raise click.UsageError(call.words.act_problems["not_an_object"])
    return value


@click.command("correct", cls=ActCommand)
@click.argument("person", metavar="PERSON")
@click.argument("pairs", nargs=-1, required=True, metavar="KEY=VALUE…")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def correct_command(call: Invocation, person: str, pairs: tuple[str, ...], reason: str, as_json: bool) -> None:
    told = _pairs(call, pairs)
    with call.desk() as gateway:
        found = person_named(gateway.snapshot, person, call)
        if "unit" in told:
            told["unit"] = unit_named(gateway.snapshot, str(told["unit"]), call).id
        submit(call, gateway, [("correct", {"person": found.id, "reason": reason, **told})], as_json=as_json)


def _pairs(call: Invocation, pairs: tuple[str, ...]) -> dict[str, Any]:
    """Return `KEY=VALUE` pairs as an act's fields. Raises click.UsageError."""
    from dutyboard.tui.acts.pairs import fact_pairs

    try:
        return fact_pairs(pairs)
    except ValueError as error:
        raise click.UsageError(call.words.bad_pair.format(number=error.args[0])) from None


@click.command("confirm", cls=ActCommand)
@click.argument("person", metavar="PERSON")
@click.option("--room", cls=DeskOption, metavar="SITE:ROOM")
@click.option("--officer", cls=DeskOption, metavar="NAME")
@click.option("--clause", cls=DeskOption, metavar="CLAUSE")
@click.option("--shared", cls=DeskOption, default="", metavar="TEXT")
@click.option("--cadres", cls=DeskOption, metavar="NAME,NAME")
@click.option("--cadre-phone", cls=DeskOption, default="")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def confirm_command(
    call: Invocation,
    person: str,
    room: str | None,
    officer: str | None,
    clause: str | None,
    shared: str,
    cadres: str | None,
    cadre_phone: str,
    as_json: bool,
) -> None:
    from dutyboard.rules.people.course import course_of

    with call.desk() as gateway:
        found = person_named(gateway.snapshot, person, call)
        told: dict[str, Any] = {
            "person": found.id,
            "clause": clause or course_of(found, gateway.snapshot, gateway.now()).result.clause,
            "officer": found.officer_name if officer is None else officer,
            "shared": shared,
            "cadres": names_typed(cadres or ""),
            "cadre_phone": cadre_phone,
            **room_fields(call, gateway, room),
        }
        submit(call, gateway, [("confirm", told)], as_json=as_json)


def room_fields(call: Invocation, gateway: "Gateway", typed: str | None) -> dict[str, Any]:
    """`SITE:ROOM` as the fields of an act. Raises Failure, click.UsageError."""
    if typed is None:
        return {}
    place = _place(call, gateway, typed)
    if "room" not in place:
        raise click.UsageError(call.words.bad_room.format(text=typed))
    return place


def _place(call: Invocation, gateway: "Gateway", typed: str) -> dict[str, Any]:
    """`SITE` or `SITE:ROOM` as the fields of an act. Raises Failure."""
    from dutyboard.rules.people.rooms import room_named

    site, _, room = typed.replace("：", ":").partition(":")
    found = site_named(gateway.snapshot, site, call)
    known = room_named(found, room) if room.strip() else None
    return {"site": found.id} | ({"room": room if known is None else known} if room.strip() else {})


@click.command("move", cls=ActCommand)
@click.argument("words", nargs=-1, required=True, metavar="PERSON… SITE[:ROOM]")
@click.option("--from", "from_site", cls=DeskOption, metavar="SITE")
@click.option("--shared", cls=DeskOption, default="", metavar="TEXT")
@click.option("--at", cls=DeskOption, metavar="TIME")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def move_command(
    call: Invocation,
    words: tuple[str, ...],
    from_site: str | None,
    shared: str,
    at: str | None,
    reason: str,
    as_json: bool,
) -> None:
    *named, target = words
    with call.desk() as gateway:
        people = [person_named(gateway.snapshot, each, call).id for each in named]
        people += _living_in(call, gateway, from_site)
        place = _place(call, gateway, target)
        if not people or ("room" in place and len(people) > 1):
            raise click.UsageError(call.words.move_usage)
        told: dict[str, Any] = {**place, "reason": reason, "shared": shared}
        told |= _moment(call, gateway, at)
        submit(call, gateway, [("move", {"person": number, **told}) for number in people], as_json=as_json)


def _living_in(call: Invocation, gateway: "Gateway", typed: str | None) -> list[int]:
    """Return the people who live at a site, by their rooms. Raises Failure."""
    from dutyboard.rules.people.rooms import residents, room_order
    from dutyboard.rules.people.stage import lodging

    if typed is None:
        return []
    site = site_named(gateway.snapshot, typed, call)
    rooms = [(lodging(each), each.id) for each in residents(gateway.snapshot, site.id)]
    return [number for held, number in sorted(rooms, key=lambda each: room_order(each[0].room if each[0] else None))]


@click.command("answer", cls=ActCommand)
@click.argument("person", metavar="PERSON")
@click.argument("pairs", nargs=-1, metavar="KEY=VALUE…")
@click.option("--decision", cls=DeskOption, required=True, metavar="TEXT")
@click.option("--authority", cls=DeskOption, required=True, metavar="TEXT")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@click.option("--at", cls=DeskOption, metavar="TIME")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def answer_command(
    call: Invocation,
    person: str,
    pairs: tuple[str, ...],
    decision: str,
    authority: str,
    reason: str,
    at: str | None,
    as_json: bool,
) -> None:
    facts = _pairs(call, pairs)
    with call.desk() as gateway:
        found = person_named(gateway.snapshot, person, call)
        told = {
            "person": found.id,
            "decision": decision,
            "authority": authority,
            "class": facts.pop("class", None),
            "reason": reason,
            **({"facts": facts} if facts else {}),
            **_moment(call, gateway, at),
        }
        submit(call, gateway, [("answer", told)], as_json=as_json)


@click.command("transfer start", cls=ActCommand)
@click.argument("person", metavar="PERSON")
@click.option("--to", cls=DeskOption, metavar="PLACE")
@click.option("--vehicle", cls=DeskOption, required=True)
@click.option("--driver", cls=DeskOption, required=True)
@click.option("--phone", cls=DeskOption, default="")
@click.option("--escort", cls=DeskOption, default="")
@click.option("--escort-phone", cls=DeskOption, default="")
@click.option("--handed-by", cls=DeskOption, default="")
@click.option("--announced-at", cls=DeskOption, metavar="TIME")
@click.option("--announced-by", cls=DeskOption, default="")
@click.option("--at", cls=DeskOption, metavar="TIME")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def start_transfer_command(
    call: Invocation,
    person: str,
    to: str | None,
    announced_at: str | None,
    at: str | None,
    as_json: bool,
    **ride: str,
) -> None:
    with call.desk() as gateway:
        told: dict[str, Any] = {"person": person_named(gateway.snapshot, person, call).id, **ride}
        if (announced := instant(gateway, announced_at, call.words)) is not None:
            told["announced_at"] = announced.isoformat()
        told |= {**(destination_typed(call, gateway, to) if to is not None else {}), **_moment(call, gateway, at)}
        submit(call, gateway, [("transfer start", told)], as_json=as_json)


@click.command("transfer divert", cls=ActCommand)
@click.argument("person", metavar="PERSON")
@click.option("--to", cls=DeskOption, required=True, metavar="PLACE")
@click.option("--reason", cls=DeskOption, required=True, metavar="TEXT")
@click.option("--at", cls=DeskOption, metavar="TIME")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def divert_transfer_command(call: Invocation, person: str, to: str, reason: str, at: str | None, as_json: bool) -> None:
    with call.desk() as gateway:
        told = {"person": person_named(gateway.snapshot, person, call).id, "reason": reason}
        told |= {**destination_typed(call, gateway, to), **_moment(call, gateway, at)}
        submit(call, gateway, [("transfer divert", told)], as_json=as_json)


def destination_typed(call: Invocation, gateway: "Gateway", typed: str) -> dict[str, Any]:
    """Return where a ride goes as an act's fields: a word, `county:NAME`, a site or `SITE:ROOM`. Raises Failure."""
    text = typed.replace("：", ":").strip()
    if text in _PLACES:
        return {"to": text}
    head, _, rest = text.partition(":")
    if head == _COUNTY:
        return {"to": _COUNTY, "place": rest}
    return {"to": "site", **_place(call, gateway, text)}


def _moment(call: Invocation, gateway: "Gateway", at: str | None) -> dict[str, str]:
    """Return when it happened as an act's field; {} where it is not told. Raises click.UsageError."""
    moment = instant(gateway, at, call.words)
    return {"at": moment.isoformat()} if moment is not None else {}


@click.command("positive", cls=ActCommand)
@click.argument("person", metavar="PERSON")
@click.option("--yes", cls=DeskOption, is_flag=True)
@click.option("--shown", cls=DeskOption, multiple=True, metavar="ID")
@click.option("--officer", cls=DeskOption, default="", metavar="NAME")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def positive_command(
    call: Invocation, person: str, yes: bool, shown: tuple[str, ...], officer: str, as_json: bool
) -> None:
    from dutyboard.rules.duties.person.positive import consequences

    with call.desk() as gateway:
        found = person_named(gateway.snapshot, person, call)
        follows = consequences(gateway.snapshot, found, gateway.now())
        if not yes:
            _show(call, gateway, found, follows, as_json)
            return
        ids = list(shown) or [each.id for each in follows]
        if not as_json and not shown:
            _show(call, gateway, found, follows, as_json)
        submit(call, gateway, [("positive", {"person": found.id, "shown": ids, "officer": officer})], as_json=as_json)


def _show(
    call: Invocation, gateway: "Gateway", person: "Person", follows: "tuple[Consequence, ...]", as_json: bool
) -> None:
    """Print what a positive result brings: the rows of the screen, or JSON. Raises Failure where nothing follows."""
    from dutyboard.tui.terminal.cells import plain
    from dutyboard.tui.text import words
    from dutyboard.tui.views.person.consequences import consequence_json, consequence_lines

    if as_json:
        print_json([consequence_json(each) for each in follows])
        return
    if not follows:
        raise call.failure("nothing_follows", {"person": person.name})
    for line in consequence_lines(follows, gateway.snapshot, words(call.language), PAGE_CELLS):
        click.echo(plain(line))
