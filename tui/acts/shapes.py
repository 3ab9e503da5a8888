"""Shapes of acts, `{"act": NAME, fields…}`, made from the commands' dataclasses.

So a new field of a command is read, listed by `dutyboard acts --json` and offered as an option at once.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from functools import cache, reduce
from operator import or_
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from dutyboard.rules.law.facts import FACT_KEYS, NO_ARRIVAL, ArrivalPcr, Facts, PcrCert
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import Correct, PersonData, Register
from dutyboard.tui.acts.names import ACTS, NEVER_SAID, act_fields, said

_SHEET: Final = frozenset({"row", "sheet"})

_DAY, _CLOCK = r"(19|20|21)\d\d-\d\d-\d\d", r"T\d\d:\d\d(:\d\d)?"
# No year beyond: days are counted on from what is told, and no calendar goes past 9999.
_INSTANT = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^{_DAY}{_CLOCK}(Z|[+-]\d\d:\d\d)?$", description="local time of the desk, or with an offset"
    ),
]
_WALL_TIME = Annotated[
    str, msgspec.Meta(pattern=rf"^{_DAY}({_CLOCK})?$", description="local time of the desk, or a day")
]
_ARRIVAL = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^({_DAY}({_CLOCK})?|{NO_ARRIVAL})$",
        description=f"local time of the desk, or a day; {NO_ARRIVAL}: a local resident, who did not arrive",
    ),
]
_DATE = Annotated[str, msgspec.Meta(pattern=f"^{_DAY}$", description="a day")]
_RID = Annotated[
    str,
    msgspec.Meta(
        pattern="^[A-Za-z0-9._-]{1,64}$", description="your own name for this act: sent twice, it is written once"
    ),
]
_MOST: Final = 10_000_000
_WHOLE = Annotated[int, msgspec.Meta(ge=-_MOST, le=_MOST)]
_PLAIN: Final[Mapping[Any, Any]] = {date: _DATE, int: _WHOLE}
_PIN = Annotated[str, msgspec.Meta(max_length=64)]
SIGNING: Final[Mapping[str, Any]] = {
    "pin": Annotated[
        _PIN | Annotated[list[_PIN], msgspec.Meta(max_length=4)] | msgspec.UnsetType,
        msgspec.Meta(
            description="PIN of who signs: of `leader` where it is named, else one's own; of several in a row"
        ),
    ],
    "leader": Annotated[_WHOLE | msgspec.UnsetType, msgspec.Meta(description="the officer whose PIN it is")],
}
"""Fields of every act beside those of its command. None of them is kept."""


@cache
def act_shape(name: str) -> type[msgspec.Struct]:
    """Return the shape of the JSON object of one act."""
    act = ACTS[name]
    hints = get_type_hints(act.command)
    members = [_member(key, _in_act(act.command, each, hints), each) for key, each in act_fields(name).items()]
    if act.command is Register:
        members += _person_members(needs_name=True)
    elif act.command is Correct:
        members += _person_members(needs_name=False)
    own = {each[0] for each in members}
    members += [(key, shape, msgspec.UNSET) for key, shape in SIGNING.items() if key not in own]
    return _struct(name, [*members, ("rid", _either(_RID, msgspec.UnsetType), msgspec.UNSET)], tag=name)


def _in_act(command: type[Any], of: Field[Any], hints: Mapping[str, Any]) -> Any:
    """Return the shape of a field. What an entry tells instead is an object of the fields that differ."""
    return dict[str, Any] if (command, of.name) == (Amend, "instead") else _shaped(hints[of.name])


@cache
def any_act() -> Any:
    """Return the union of the shapes of all acts."""
    return _either(*(act_shape(name) for name in ACTS))


def _struct(name: str, members: list[Any], **more: Any) -> type[msgspec.Struct]:
    tags = {"tag_field": "act", **more} if more else {}
    return msgspec.defstruct(name.replace(" ", "-"), members, forbid_unknown_fields=True, kw_only=True, **tags)


def _member(key: str, shape: Any, of: Field[Any]) -> Any:
    """Return a member of a shape. A default that JSON cannot say is left out of the shape."""
    if of.default is MISSING and of.default_factory is MISSING:
        return (key, shape)
    if (of.default is None and shape != dict[str, Any]) or isinstance(of.default, str | int | bool):
        return (key, shape, of.default)
    return (key, _either(shape, msgspec.UnsetType), msgspec.UNSET)


def _person_members(*, needs_name: bool) -> list[Any]:
    """Return the members for a person: identity, and facts beside it or in an object of their own."""
    hints, facts = get_type_hints(PersonData), _facts_shape()
    members: list[Any] = []
    for each in fields(PersonData):
        if each.name in _SHEET | NEVER_SAID[PersonData] | {"facts"}:
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
    """Return the shape of the facts object of `assess`. A missing key says nothing; null takes away what was known."""
    hints = get_type_hints(Facts)
    told = {key: _ARRIVAL if key == "arrival_at" else _fact_shape(hints[key]) for key in FACT_KEYS}
    shapes = {key: _either(shape, None, msgspec.UnsetType) for key, shape in told.items()}
    return _struct("facts", [(key, shape, msgspec.UNSET) for key, shape in shapes.items()])


def _fact_shape(hint: Any) -> Any:
    """Return the shape of one fact in JSON. A time may be a day alone; a paper that is not held is null."""
    if hint is datetime:
        return _WALL_TIME
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and is_dataclass(hint):
        return _fact_object(hint)
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        held = {PcrCert, ArrivalPcr} & set(parts)
        return _either(*(_fact_shape(each) for each in held or set(parts) - {NoneType}))
    if origin is tuple:
        return list.__class_getitem__(_fact_shape(parts[0]))
    return hint


@cache
def _fact_object(kind: Any) -> Any:
    hints = get_type_hints(kind)
    members = [(key, _either(_fact_shape(hint), msgspec.UnsetType), msgspec.UNSET) for key, hint in hints.items()]
    return _struct(kind.__name__, members)


def _shaped(hint: Any) -> Any:
    """The type as JSON holds it: an instant is text, a dataclass an object that takes no other keys."""
    if hint is datetime:
        return _INSTANT
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint is Facts:
        return _facts_shape()
    if isinstance(hint, type) and is_dataclass(hint):
        return _object(hint)
    origin, parts = get_origin(hint), get_args(hint)
    if origin is None or origin is Literal:
        return hint
    shaped: Any = tuple(each if each in (..., NoneType) else _shaped(each) for each in parts)
    if origin in (Union, UnionType):
        return _either(*shaped)
    if origin is tuple:
        return tuple.__class_getitem__(shaped)
    return dict.__class_getitem__(shaped)  # a Mapping


@cache
def _object(kind: Any) -> Any:
    hints, never = get_type_hints(kind), NEVER_SAID.get(kind, frozenset())
    own = [each for each in fields(kind) if each.name not in never]
    return _struct(kind.__name__, [_member(said(kind, each.name), _shaped(hints[each.name]), each) for each in own])


def _either(*shapes: Any) -> Any:
    """The union of shapes that are only known when the program runs."""
    return reduce(or_, shapes)


def field_shape(command: type[Any], of: Field[Any]) -> Any:
    """Return the shape in JSON of one field of a command."""
    return _shaped(get_type_hints(command)[of.name])


def schema() -> dict[str, Any]:
    """Return the JSON schema of every act."""
    return msgspec.json.schema(any_act())
