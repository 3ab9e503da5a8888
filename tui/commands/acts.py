"""Acts as JSON, `{"act": NAME, fields…}`, read strictly into the commands of the rules.

NAME is the command's name on the command line. The fields are those of its dataclass, under the names that an officer
uses: `person` for `person_id`, `at` for `happened_at`. The shapes are made from the dataclasses, so that a new field of
a command is read, listed by `dutyboard acts --json` and offered as an option at once.
"""

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, replace
from datetime import datetime
from functools import cache, reduce
from operator import or_
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from dutyboard.rules.law.facts import FACT_KEYS, ArrivalPcr, Facts, PcrCert
from dutyboard.rules.records import commands
from dutyboard.rules.records.commands import Command, Correct, PersonData, Register
from dutyboard.rules.records.model import Officer
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.commands.act_person import ActError, ActProblem, person_data

LONGEST: Final = 1 << 20
"""The most bytes of one act's line."""


@dataclass(frozen=True, slots=True)
class Act:
    """The command behind a name, and the fields that the name itself settles."""

    command: type[Any]
    settled: Mapping[str, Any] = field(default_factory=dict)


ACTS: Final[Mapping[str, Act]] = {
    "init": Act(commands.OpenDesk),
    "sign-on": Act(commands.SignOn),
    "shift": Act(commands.PlanShift),
    "take-seat": Act(commands.TakeSeat),
    "handover": Act(commands.HandOver),
    "check": Act(commands.Discharge),
    "log": Act(commands.WriteLog),
    "undo": Act(commands.TakeBack),
    "send-report": Act(commands.SendReport),
    "register": Act(commands.Register),
    "correct": Act(commands.Correct),
    "confirm": Act(commands.Confirm),
    "transfer": Act(commands.Transfer),
    "sample": Act(commands.RecordTest, {"result": "pending"}),
    "result": Act(commands.RecordTest),
    "positive": Act(commands.ActOnPositive),
    "trace": Act(commands.TraceContacts),
    "rescreen": Act(commands.CallTouched),
    "release": Act(commands.Release),
    "handoff": Act(commands.HandOff),
    "site": Act(commands.SetSiteState),
    "rules switch": Act(commands.SwitchNotice),
    "settings": Act(commands.ChangeSetting),
    "import roster": Act(commands.ImportRoster),
    "import sites": Act(commands.ImportSites),
    "import areas": Act(commands.ImportAreas),
    "import arrivals": Act(commands.ImportArrivals),
}
"""Every act by its name; every command of the rules has one (tests/contracts/test_ways_in.py)."""

_SAID: Final[Mapping[str, str]] = {
    "happened_at": "at",
    "sent_at": "at",
    "officer_name": "officer",
    "home_cadre": "cadre",
}
_SAID_IN: Final[Mapping[type[Any], Mapping[str, str]]] = {
    commands.Discharge: {"text": "note"},
    commands.Transfer: {"text": "reason", "left_at": "left", "arrived_at": "arrived"},
    commands.SendReport: {"text": "reason"},
    commands.TraceContacts: {"text": "reason"},
}
_NEVER_SAID: Final[Mapping[type[Any], frozenset[str]]] = {
    commands.OpenDesk: frozenset({"practice_since"}),
    commands.Correct: frozenset({"seen"}),
    PersonData: frozenset({"warnings", "asked"}),
    Officer: frozenset({"id", "login"}),
}
"""Fields that the program fills."""
_SHEET: Final = frozenset({"row", "sheet"})

_TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$"
Instant = Annotated[str, msgspec.Meta(pattern=_TIME, description="local time of the desk, or with an offset")]
WallTime = Annotated[
    str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?$", description="a time or a day")
]


def said(kind: type[Any], name: str) -> str:
    """The name of a command's field as an act says it."""
    renamed = _SAID_IN.get(kind, {}).get(name) or _SAID.get(name)
    return renamed or (name.removesuffix("_id") if name.endswith("_id") else name)


def act_fields(name: str) -> dict[str, Field[Any]]:
    """The fields of an act by the names it says them under, without the one of a person's data, which is flat."""
    act = ACTS[name]
    flat = act.command in (Register, Correct)
    never = _NEVER_SAID.get(act.command, frozenset()) | act.settled.keys()
    return {
        said(act.command, each.name): each
        for each in fields(act.command)
        if each.name not in never and not (flat and each.name == "person")
    }


# ---------------------------------------------------------------- shapes


@cache
def act_shape(name: str) -> type[msgspec.Struct]:
    """The JSON object of one act."""
    act = ACTS[name]
    hints = get_type_hints(act.command)
    members = [_member(key, _shaped(hints[each.name]), each) for key, each in act_fields(name).items()]
    if act.command is Register:
        members += _person_members(needs_name=True)
    elif act.command is Correct:
        members += _person_members(needs_name=False)
    return _struct(name, members, tag=name)


@cache
def _any_act() -> Any:
    return _either(*(act_shape(name) for name in ACTS))


def _struct(name: str, members: list[Any], **more: Any) -> type[msgspec.Struct]:
    tags = {"tag_field": "act", **more} if more else {}
    return msgspec.defstruct(name.replace(" ", "-"), members, forbid_unknown_fields=True, kw_only=True, **tags)


def _member(key: str, shape: Any, of: Field[Any]) -> Any:
    """A member of a shape: with the field's default where JSON can say it, else left out where it is not stated."""
    if of.default is MISSING and of.default_factory is MISSING:
        return (key, shape)
    if of.default is None or isinstance(of.default, str | int | bool):
        return (key, shape, of.default)
    return (key, _either(shape, msgspec.UnsetType), msgspec.UNSET)


def _person_members(*, needs_name: bool) -> list[Any]:
    """What may be told of a person: his identity, and his facts beside it or in an object of their own."""
    hints, facts = get_type_hints(PersonData), _facts_shape()
    members: list[Any] = []
    for each in fields(PersonData):
        if each.name in _SHEET | _NEVER_SAID[PersonData] | {"facts"}:
            continue
        if each.name == "name" and needs_name:
            members.append(("name", str))
        else:
            shape = _either(_shaped(hints[each.name]), msgspec.UnsetType)
            members.append((said(PersonData, each.name), shape, msgspec.UNSET))
    members += [(each.name, each.type, msgspec.UNSET) for each in msgspec.structs.fields(facts)]
    return [*members, ("facts", _either(facts, msgspec.UnsetType), msgspec.UNSET)]


@cache
def _facts_shape() -> type[msgspec.Struct]:
    """The facts object of `assess`: whatever is not known is left out."""
    hints = get_type_hints(Facts)
    members = [(key, _either(_facts_hint(key, hints[key]), msgspec.UnsetType), msgspec.UNSET) for key in FACT_KEYS]
    return _struct("facts", members)


def _facts_hint(key: str, hint: Any) -> Any:
    """In JSON `none` carried is null; an arrival may be known by its day alone."""
    certificates: dict[str, Any] = {"pcr": PcrCert, "arrival_pcr": ArrivalPcr}
    if key in certificates:
        return _either(_shaped(certificates[key], WallTime), None)
    return _shaped(hint, WallTime)


def _shaped(hint: Any, moment: Any = Instant) -> Any:
    """The type as JSON holds it: an instant is text, a dataclass an object that takes no other keys."""
    if hint is datetime:
        return moment
    if hint is Facts:
        return _facts_shape()
    if isinstance(hint, type) and is_dataclass(hint):
        return _object(hint, moment)
    origin, parts = get_origin(hint), get_args(hint)
    if origin is None or origin is Literal:
        return hint
    shaped: Any = tuple(each if each in (..., NoneType) else _shaped(each, moment) for each in parts)
    if origin in (Union, UnionType):
        return _either(*shaped)
    if origin is tuple:
        return tuple.__class_getitem__(shaped)
    return dict.__class_getitem__(shaped)  # a Mapping


@cache
def _object(kind: Any, moment: Any) -> Any:
    hints, never = get_type_hints(kind), _NEVER_SAID.get(kind, frozenset())
    own = [each for each in fields(kind) if each.name not in never]
    return _struct(
        kind.__name__, [_member(said(kind, each.name), _shaped(hints[each.name], moment), each) for each in own]
    )


def _either(*shapes: Any) -> Any:
    """The union of shapes that are only known when the program runs."""
    return reduce(or_, shapes)


def schema() -> dict[str, Any]:
    """The JSON schema of every act."""
    return msgspec.json.schema(_any_act())


# ---------------------------------------------------------------- reading


def read_line(line: bytes) -> msgspec.Struct:
    """Read the act of a line of JSON. Raises ActError."""
    if len(line) > LONGEST:
        raise ActError("too_long", "")
    try:
        act: msgspec.Struct = msgspec.json.decode(line, type=_any_act())
    except msgspec.ValidationError as error:
        raise _act_error(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ActError("not_json", "") from None
    return act


def read_act(name: str, told: Mapping[str, Any]) -> msgspec.Struct:
    """Read the act of a name from its fields as JSON types. Raises ActError."""
    try:
        act: msgspec.Struct = msgspec.convert({"act": name, **told}, act_shape(name), strict=True)
    except msgspec.ValidationError as error:
        raise _act_error(str(error)) from None
    return act


_PROBLEMS: Final[tuple[tuple[str, ActProblem], ...]] = (
    ("Object missing required field", "missing_field"),
    ("Object contains unknown field", "unknown_field"),
    ("Invalid enum value", "not_allowed"),
    ("Invalid value", "unknown_act"),
)
_NAMED: Final = re.compile(r"field `([^`]{1,40})")


def _act_error(sentence: str) -> ActError:
    """Turn msgspec's sentence into a code and a field; the value that it may repeat is dropped."""
    problem, at, path = sentence.rpartition(" - at `$")
    problem, where = (problem, path.rstrip("`").lstrip(".")) if at else (path, "")
    code: ActProblem = next((code for start, code in _PROBLEMS if problem.startswith(start)), "wrong_type")
    if code in ("missing_field", "unknown_field"):
        named = _NAMED.search(problem)
        return ActError(code, ".".join(part for part in (where, named[1] if named else "") if part))
    return ActError(code if where else "not_an_object", where)


def command_of(act: msgspec.Struct, picture: Snapshot) -> Command:
    """Make the command of an act. A correction takes from the picture what it leaves unsaid. Raises ActError."""
    name = str(act.__struct_config__.tag)
    kind, hints = ACTS[name].command, get_type_hints(ACTS[name].command)
    told = dict(ACTS[name].settled)
    for key, each in act_fields(name).items():
        held = getattr(act, key)
        if held is not msgspec.UNSET:
            told[each.name] = _value(hints[each.name], held, picture.zone, key)
    if kind is Register:
        told["person"] = person_data(_stated(act), None)
    elif kind is Correct:
        told["seen"] = picture.persons.get(told["person_id"])
        told["person"] = person_data(_stated(act), told["seen"])
    command: Command = kind(**told)
    return command


def _value(hint: Any, held: Any, zone: ZoneInfo, path: str) -> Any:
    """Turn what JSON held into what a command holds."""
    if held is None:
        return None
    if hint is datetime:
        return _instant(held, zone, path)
    if hint is PersonData:
        return replace(person_data(_stated(held), None), row=held.row, sheet=held.sheet)
    if is_dataclass(hint):
        return _made(hint, held, zone, path)
    parts = tuple(each for each in get_args(hint) if each is not NoneType)
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _value(parts[0], held, zone, path)
    if origin is tuple:
        kinds = parts[:1] * len(held) if parts[-1] is ... else parts
        return tuple(_value(*each, zone, f"{path}[{at}]") for at, each in enumerate(zip(kinds, held)))
    return held


def _made(kind: Any, held: Any, zone: ZoneInfo, path: str) -> Any:
    hints = get_type_hints(kind)
    told: dict[str, Any] = {"id": 0} if kind is Officer else {}  # the desk gives out ids
    for each in fields(kind):
        key = said(kind, each.name)
        value = getattr(held, key, msgspec.UNSET)
        if value is not msgspec.UNSET:
            told[each.name] = _value(hints[each.name], value, zone, f"{path}.{key}")
    return kind(**told)


def _stated(act: msgspec.Struct) -> dict[str, Any]:
    """Return what an act states, by its own names, as JSON types."""
    stated: dict[str, Any] = msgspec.to_builtins(act)
    return stated


def _instant(text: str, zone: ZoneInfo, path: str) -> datetime:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise ActError("not_allowed", path) from None
    return read.astimezone(zone) if read.tzinfo else read.replace(tzinfo=zone)
