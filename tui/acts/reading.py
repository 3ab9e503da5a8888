"""Acts read strictly from JSON, and turned into the commands of the rules."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from dutyboard.rules.law.facts import Facts
from dutyboard.rules.records.clock import wall_time
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.person import AnswerReferral, Correct, PersonData, Register
from dutyboard.rules.records.model import Officer
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.acts.names import ACTS, act_fields, said
from dutyboard.tui.acts.person import facts_stated, person_data
from dutyboard.tui.acts.problems import ActError, ActProblem
from dutyboard.tui.acts.shapes import act_shape, any_act

LONGEST: Final = 1 << 20
"""The most bytes of one act's line."""


def read_line(line: bytes) -> msgspec.Struct:
    """Read the act of a line of JSON. Raises ActError."""
    if len(line) > LONGEST:
        raise ActError("too_long", "")
    try:
        act: msgspec.Struct = msgspec.json.decode(line, type=any_act())
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
    """Make the command of an act. A correction takes unstated values from the picture. Raises ActError."""
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
    elif kind is AnswerReferral and told.get("facts") is not None:
        told["facts"] = facts_stated(_stated(act)["facts"], picture.persons.get(told["person_id"]))
    command: Command = kind(**told)
    return command


def _value(hint: Any, held: Any, zone: ZoneInfo, path: str) -> Any:
    """Return the value of a command's field for a JSON value."""
    if held is None:
        return None
    if hint is datetime:
        return _instant(held, zone, path)
    if hint is date:
        return _day(held, path)
    if hint is Facts:
        return held  # laid over the record by the act that states them
    if hint is PersonData:
        return replace(person_data(_stated(held), None), row=held.row, sheet=held.sheet)
    if is_dataclass(hint):
        return _made(hint, held, zone, path)
    parts = tuple(each for each in get_args(hint) if each is not NoneType)
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        several = [each for each in parts if get_origin(each) is tuple]
        return _value(several[0] if several and isinstance(held, list | tuple) else parts[0], held, zone, path)
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
    """Return the stated fields of an act, by its own names, as JSON types."""
    stated: dict[str, Any] = msgspec.to_builtins(act)
    return stated


def _day(text: str, path: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ActError("not_allowed", path) from None


def _instant(text: str, zone: ZoneInfo, path: str) -> datetime:
    try:
        read = wall_time(text)
    except ValueError:
        raise ActError("not_allowed", path) from None
    return read.astimezone(zone) if read.tzinfo else read.replace(tzinfo=zone)
