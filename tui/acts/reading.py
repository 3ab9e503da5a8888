"""Acts read strictly from JSON, and turned into the commands of the rules."""

import re
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass, replace
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from dutyboard.rules.amending.ways import ByOwnAct, OnlyBack, way_of, with_fresh_remarks
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.records.clock import wall_time
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.amending import Amend, Restated
from dutyboard.rules.records.commands.person import AnswerReferral, Correct, PersonData, Register
from dutyboard.rules.records.commands.post import Discharge, SendReport
from dutyboard.rules.records.ids import Subject, number_typed
from dutyboard.rules.records.model import Officer
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.site import Disinfected
from dutyboard.tui.acts.names import ACTS, OWN_COMMAND, act_fields, act_name, said
from dutyboard.tui.acts.person import facts_stated, person_data
from dutyboard.tui.acts.problems import ActError, ActProblem
from dutyboard.tui.acts.shapes import act_shape, any_act, field_shape
from dutyboard.tui.acts.strict_json import strict_value


def read_line(line: bytes) -> msgspec.Struct:
    """Read the act of a line of JSON. Raises ActError."""
    try:
        act: msgspec.Struct = msgspec.convert(strict_value(line), any_act(), strict=True)
    except msgspec.ValidationError as error:
        raise _act_error(str(error)) from None
    if act.__struct_config__.tag in OWN_COMMAND:
        raise ActError("own_command", "act")
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
        if held is not msgspec.UNSET and kind is Amend and each.name == "instead":
            told["instead"] = told_again(told["entry_id"], held, picture)
        elif held is not msgspec.UNSET:
            told[each.name] = _value(hints[each.name], held, picture.zone, key)
    if kind is Discharge:
        told |= {key: _by_person(told[key]) for key in _BY_PERSON if key in told}
    if kind is Register:
        told["person"] = person_data(_stated(act), None)
    elif kind is Correct:
        told["seen"] = picture.persons.get(told["person_id"])
        told["person"] = person_data(_stated(act), told["seen"])
    elif kind is AnswerReferral and told.get("facts") is not None:
        told["facts"] = facts_stated(_stated(act)["facts"], picture.persons.get(told["person_id"]))
    command: Command = kind(**told)
    return command


_BY_PERSON: Final = ("readings", "first", "remarks")
"""Fields of a check that tell something of each person, under his number or his name (`12`, `person-12`)."""


def _by_person(told: Mapping[str, Any]) -> dict[str, Any]:
    named = {key: number_typed("person", key) if key.isdecimal() else None for key in told}
    return {key if (number := named[key]) is None else Subject("person", number): each for key, each in told.items()}


def told_again(entry_id: int, stated: Mapping[str, Any], picture: Snapshot) -> Restated | None:
    """Return the act of an entry with other values; None: none is stated, or there is no such entry.

    `stated` are the fields that differ, named as in the act. Figures of a check or a report, and temperatures by
    person, may stand beside them. Raises ActError for a field that the act does not have.
    """
    entry = picture.entries.get(entry_id)
    if entry is None or not stated:
        return None
    way = way_of(entry, picture)
    if isinstance(way, ByOwnAct | OnlyBack):
        raise ActError("not_allowed", "instead")
    known = act_fields(act_name(way))
    changed: dict[str, Any] = {}
    for key, held in stated.items():
        if key in known:
            name = known[key].name
            changed[name] = _field_of(way, known[key], held, picture.zone, key)
        elif isinstance(way, Discharge) and number_typed("person", key) is not None and isinstance(held, int | float):
            changed["readings"] = {**changed.get("readings", way.readings), **_by_person({key: held})}
        elif isinstance(way, Discharge | SendReport) and _is_figure(way, key, held):
            changed["figures"] = {**changed.get("figures", way.figures), key: held}
        elif isinstance(way, Discharge) and key in way.details and isinstance(held, str):
            changed["details"] = {**changed.get("details", way.details), key: held}
        else:
            raise ActError("unknown_field", key)
    again = replace(way, **changed)
    return with_fresh_remarks(way, again) if isinstance(way, Discharge) and isinstance(again, Discharge) else again


def _is_figure(way: Discharge | SendReport, key: str, held: Any) -> bool:
    return key in {*way.figures, "highest", *Disinfected.NUMBERS} and isinstance(held, int | float)


def _field_of(way: Restated, of: Field[Any], held: Any, zone: ZoneInfo, key: str) -> Any:
    try:
        checked = msgspec.convert(held, field_shape(type(way), of), strict=True)
    except msgspec.ValidationError:
        raise ActError("wrong_type", key) from None
    return _value(get_type_hints(type(way))[of.name], checked, zone, key)


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
