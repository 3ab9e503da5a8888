"""Commands of the command line that are made from an act's fields, and the acts that they carry out.

The typed fields become the JSON act that `batch` reads, so that both are checked and answered alike.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import MISSING
from datetime import date, datetime
from functools import partial
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

import click

from dutyboard.tui.acts.names import ACTS, act_fields, act_name
from dutyboard.tui.commands import lookup
from dutyboard.tui.commands.framework import ActCommand, DeskOption
from dutyboard.tui.commands.invocation import Failure, Invocation, instant

if TYPE_CHECKING:
    from dutyboard.rules.records.commands import Command
    from dutyboard.rules.records.refusals import Code
    from dutyboard.rules.records.refusals import Refusal as Refused
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.rules.records.transaction import Accepted
    from dutyboard.tui.acts.signing import Signing
    from dutyboard.tui.link.gateway import Gateway
    from dutyboard.tui.link.pins import Given
    from dutyboard.tui.text import Words

_NAMED: Mapping[str, Callable[["Snapshot", str, Invocation], Any]] = {
    "person_id": lookup.person_named,
    "linked": lookup.person_named,
    "into_id": lookup.person_named,
    "officer_id": lookup.officer_named,
    "leader_id": lookup.officer_named,
    "incoming_id": lookup.officer_named,
    "staff_id": lookup.staff_named,
    "staff_ids": lookup.staff_named,
    "site_id": lookup.site_named,
    "area_id": lookup.area_named,
    "unit_id": lookup.unit_named,
}
"""Fields of commands that hold the number of a record, which the command line also takes by name."""


def act_command(
    name: str, *arguments: str, many: str = "", words: Mapping[str, Mapping[str, str]] | None = None
) -> click.Command:
    """Make the command of an act: `arguments` are typed by place, all other fields as options.

    `many` is the argument that may be typed several times, each an act of its own. `words` maps the words of a field on
    the command line to the codes that they stand for.
    """
    act, known = ACTS[name], act_fields(name)
    hints, coded = get_type_hints(act.command), words or {}

    def carry_out(call: Invocation, /, as_json: bool, **typed: Any) -> None:
        with call.desk() as gateway:
            each = typed.pop(many) if many else ("",)
            told = {key: value for key, value in typed.items() if value is not None and value != ()}
            told |= {key: codes[told[key]] for key, codes in coded.items() if key in told}
            acts = [{**told, many: one} if many else told for one in each]
            read = partial(_read, call, gateway, {key: hints[of.name] for key, of in known.items()}, known)
            submit(call, gateway, [(name, read(act)) for act in acts], as_json=as_json)

    params: list[click.Parameter] = []
    for key in (*arguments, *(key for key in known if key not in arguments)):
        of = known[key]
        kind = click.Choice(tuple(coded[key])) if key in coded else None
        if key in arguments:
            several = key == many or get_origin(hints[of.name]) is tuple
            params.append(_argument(key, kind or _kind(hints[of.name]), several=several))
        else:
            needed = of.default is MISSING and of.default_factory is MISSING
            params.append(_option(key, hints[of.name], kind or _kind(hints[of.name]), needed=needed))
    params.append(as_json_option())
    return ActCommand(name, params=params, callback=click.make_pass_decorator(Invocation, ensure=True)(carry_out))


def as_json_option() -> DeskOption:
    """`--json`: print the answer line of each act instead of its line of the log."""
    return DeskOption(["--json", "as_json"], is_flag=True)


def _argument(key: str, kind: click.ParamType[Any], *, several: bool) -> click.Argument:
    metavar = key.upper() if not isinstance(kind, click.Choice) else None
    return click.Argument(
        [key], type=kind, required=True, nargs=-1 if several else 1, metavar=f"{metavar}…" if several else metavar
    )


def _option(key: str, hint: Any, kind: click.ParamType[Any], *, needed: bool) -> DeskOption:
    flag = f"--{key.replace('_', '-')}"
    if hint is bool:
        return DeskOption([flag, key], is_flag=True, default=False)
    several = get_origin(hint) is tuple
    return DeskOption([flag, key], type=kind, required=needed, multiple=several, default=() if several else None)


def _kind(hint: Any) -> click.ParamType[Any]:
    """Return the type of a field as typed. Times and days stay text, read later on the desk's clock."""
    parts = [each for each in get_args(hint) if each is not NoneType]
    if get_origin(hint) in (Union, UnionType):
        return _kind(parts[0])
    if get_origin(hint) is Literal:
        return click.Choice(parts)
    return click.STRING


def _read(
    call: Invocation, gateway: "Gateway", hints: Mapping[str, Any], known: Mapping[str, Any], told: Mapping[str, Any]
) -> dict[str, Any]:
    """Turn what was typed into an act's JSON. Raises Failure for an unknown record, click.UsageError."""
    return {key: field_typed(call, gateway, known[key].name, hints[key], typed) for key, typed in told.items()}


def field_typed(call: Invocation, gateway: "Gateway", name: str, hint: Any, typed: Any) -> Any:
    """Return one field of a command as JSON, from its text or texts. Raises Failure, click.UsageError."""
    if name == "cadres":
        return [each for one_typed in typed for each in names_typed(one_typed)]
    if isinstance(typed, tuple):
        return [_one_typed(call, gateway, name, hint, each) for each in typed]
    return _one_typed(call, gateway, name, hint, typed)


def _one_typed(call: Invocation, gateway: "Gateway", name: str, hint: Any, typed: Any) -> Any:
    from dutyboard.tui.sheets.kinds.sites import read_rooms
    from dutyboard.tui.sheets.values import read_degrees

    if name == "subject":
        return lookup.subject_named(gateway.snapshot, typed, call)
    if name in _NAMED:
        return _NAMED[name](gateway.snapshot, typed, call).id
    kinds = {hint, *get_args(hint)}
    if datetime in kinds:
        at = instant(gateway, typed, call.words)
        return at.isoformat() if at else None
    if date in kinds:
        return read_day(typed, call)
    if name == "rooms":
        return read_rooms(typed)
    if name == "room" and not typed.isdecimal():
        return typed
    if name == "temp_c" and isinstance(typed, str):
        degrees = read_degrees(typed)
        return typed if degrees is None else degrees
    return number_of(typed, name, call) if int in kinds and not isinstance(typed, bool) else typed


def names_typed(typed: str) -> list[str]:
    """Return the names in `NAME,NAME`, with a comma of either script between them."""
    return [name.strip() for name in typed.replace("，", ",").replace("、", ",").split(",") if name.strip()]


def typed_again(call: Invocation, gateway: "Gateway", number: int, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of an entry's act as JSON, as typed. Raises Failure, click.UsageError."""
    from dutyboard.rules.amending.ways import ByOwnAct, OnlyBack, way_of
    from dutyboard.rules.records.commands.post import Discharge
    from dutyboard.tui.sheets.values import read_degrees
    from dutyboard.tui.text import words as sections
    from dutyboard.tui.views.entry.ways import way_typed

    entry = gateway.snapshot.entries.get(number)
    way = way_of(entry, gateway.snapshot) if entry is not None else OnlyBack()
    if isinstance(way, ByOwnAct | OnlyBack):
        return dict(typed)  # the rules say why
    known, hints = act_fields(act_name(way)), get_type_hints(type(way))
    own = {key: as_typed(text, hints[known[key].name]) for key, text in typed.items() if key in known}
    if (degrees := read_degrees(typed.get("temp_c", ""))) is not None:
        own["temp_c"] = degrees
    details = way.details if isinstance(way, Discharge) else {}
    said = sections(call.language)
    words = {key: way_typed(key, text, said) for key, text in typed.items() if key in details}
    others = numbers((f"{key}={text}" for key, text in typed.items() if key not in {*known, *words}), call)
    return {**_read(call, gateway, {key: hints[of.name] for key, of in known.items()}, known, own), **words, **others}


_YES = {"yes": True, "true": True, "1": True, "是": True, "no": False, "false": False, "0": False, "否": False}


def as_typed(text: str, hint: Any) -> Any:
    """Return a text as the type that a field holds, where that is not text. Times and days are read later."""
    kinds = {hint, *get_args(hint)}
    if bool in kinds:
        return _YES.get(text.strip().lower(), text)
    if float in kinds:
        return float(text) if text.replace(".", "", 1).isdecimal() else text
    if get_origin(hint) is tuple:
        return tuple(names_typed(text))
    return text


def read_day(typed: str, call: Invocation) -> str:
    """Return a day as `2021-06-08`. Raises click.UsageError."""
    try:
        return date.fromisoformat(typed.strip().replace("/", "-")).isoformat()
    except ValueError:
        raise click.UsageError(call.words.bad_day.format(text=typed)) from None


def number_of(typed: str, name: str, call: Invocation) -> int:
    """Return a number as typed, `12`, or that of an id of the named field, `entry-12`. Raises click.UsageError."""
    from dutyboard.rules.records.ids import number_typed

    kind: Any = name.removesuffix("_id")
    found = number_typed(kind, typed.strip())
    if found is None:
        raise click.UsageError(call.words.bad_number.format(text=typed))
    return found


def numbers(pairs: Iterable[str], call: Invocation) -> dict[str, int | float]:
    """Return `NAME=N` pairs as numbers by name. Raises click.UsageError."""
    figures: dict[str, int | float] = {}
    for pair in pairs:
        name, _, text = pair.partition("=")
        try:
            figures[name] = float(text) if "." in text else int(text)
        except ValueError:
            raise click.UsageError(call.words.bad_figure.format(text=pair)) from None
    return figures


def submit(
    call: Invocation,
    gateway: "Gateway",
    acts: Iterable[tuple[str, Mapping[str, Any]]],
    *,
    as_json: bool,
    signing: "Signing | None" = None,
) -> None:
    """Carry out acts, each its own commit, and print what each wrote. Raises Failure when the only one is refused;
    of several, each refusal is a line on stderr, the rest go on, and the call ends with 1.

    `signing` None: each is signed as `--leader`, `--pin-stdin` and the rules say."""
    from dutyboard.tui.acts.answers import print_answer, problem_text, submit_acts
    from dutyboard.tui.acts.problems import ActError
    from dutyboard.tui.acts.reading import read_act
    from dutyboard.tui.text import words
    from dutyboard.tui.views.entry.line import entry_text

    own, wrong = words(call.language), 0
    for name, told in acts:
        try:
            act, leader = read_act(name, told), told.get("leader")
            signs = signing or signing_on(call, gateway, leader if isinstance(leader, int) else None)
            (answer,) = submit_acts(gateway, [act], own, [signs])
        except ActError as error:
            raise click.UsageError(problem_text(error, own)) from None
        if as_json:
            print_answer(answer)
        if not answer["ok"]:
            wrong += 1
            if answer["code"] == "asks_first" and not as_json:
                for text in _follows(gateway, name, told, own):
                    click.echo(text)
            Failure(answer["message"]).show()
        elif not as_json:
            for entry in (gateway.snapshot.entries[number] for number in answer["entries"]):
                click.echo(call.words.act_done.format(entry=entry.id, text=entry_text(entry, gateway.snapshot, own)))
            if not answer["entries"]:
                click.echo(call.words.nothing_new)
    if wrong:
        raise click.exceptions.Exit(1)


def _follows(gateway: "Gateway", name: str, told: Mapping[str, Any], own: "Words") -> list[str]:
    """Return what goes with a correction that the rules ask about first, also with one told as a result."""
    from dutyboard.rules.amending.amend import as_correction
    from dutyboard.rules.records.commands.amending import Amend
    from dutyboard.tui.acts.reading import command_of, read_act
    from dutyboard.tui.views.following import following_texts

    command = command_of(read_act(name, told), gateway.snapshot)
    correction = command if isinstance(command, Amend) else as_correction(command, gateway.snapshot)
    return following_texts(correction, gateway.snapshot, gateway.now(), gateway.actor, own) if correction else []


def submit_command(
    call: Invocation,
    gateway: "Gateway",
    command: "Command",
    writing: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> "Accepted":
    """Submit a command, signed where the rules ask for it, and return the accepted act. Raises Failure.

    `writing` is entered each time that it is sent, and left before a PIN is asked for.
    """
    from dutyboard.rules.records.refusals import Refusal
    from dutyboard.tui.acts.signing import signed

    def send(given: "Sequence[Given]") -> "Accepted | Refused":
        with writing():
            return gateway.submit(command, given=given)

    answer = signed(send, signing_on(call, gateway))
    if isinstance(answer, Refusal):
        raise call.failure(answer.code, answer.fields)
    return answer


def signing_on(call: Invocation, gateway: "Gateway", leader_id: int | None = None) -> "Signing":
    """Return how an act is signed: at once by the officer of `--leader`, then by those whom the rules name.

    `leader_id` is the leader whom the act itself names. Raises Failure.
    """
    from dutyboard.rules.records.pins import not_to_be_tried
    from dutyboard.tui.acts.signing import Signing
    from dutyboard.tui.link.pins import Given

    def ask(officer_id: int, why: "Code" = "pin_needed") -> "Given | None":
        text = _typed_by(call, gateway, officer_id, coded=why == "code_needed")
        return Given(text=text, officer_id=officer_id) if text is not None else None

    if call.signer is not None:
        leader_id = lookup.officer_named(gateway.snapshot, call.signer, call).id
        closed = not_to_be_tried(gateway.snapshot, leader_id, "pin", gateway.now(), gateway.actor)
        if closed is not None:
            raise call.failure(closed.code, closed.fields)
    signs = leader_id if leader_id is not None else gateway.actor.officer_id
    at_once = ask(signs) if signs is not None and (call.pin_stdin or call.signer is not None) else None
    return Signing((at_once,) if at_once is not None else (), ask)


def _typed_by(call: Invocation, gateway: "Gateway", officer_id: int, *, coded: bool) -> str | None:
    """Return an officer's PIN or code, from standard input or asked on the terminal. None: there is no terminal."""
    from dutyboard.rules.people.officers import officer_name
    from dutyboard.rules.records.pins import shares_pin

    if call.pin_stdin:
        return call.next_pin()
    shared = call.words.ask_shared_pin if shares_pin(gateway.snapshot) else call.words.ask_pin
    asked = call.words.ask_code if coded else shared
    return asked_unseen(asked.format(officer=officer_name(gateway.snapshot, officer_id)))


def asked_unseen(prompt: str) -> str | None:
    """Ask for a text on the terminal without showing it. None: there is no terminal."""
    if not sys.stdin.isatty():
        return None
    from dutyboard.tui.terminal.unseen import shown_again

    with shown_again():
        text: str = click.prompt(prompt, prompt_suffix="", hide_input=True, err=True)
    return text
