"""Reading and writing of what an act changed in the records (`before` of an entry), field by field.

A value is written as its record's document has it. Fields of which nothing was known are listed in `unknown`.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from dutyboard.rules.law.facts import FACT_KEYS, Facts, FactsError, facts_json, read_facts
from dutyboard.rules.records.effects import FACTS, field_names
from dutyboard.rules.records.model import TABLES, Earlier

_TYPES: Final[dict[str, dict[str, Any]]] = {table: field_names(table) for table in TABLES}
_PARTS: Final = ("values", "gone", "come")


def earlier_json(before: Earlier) -> dict[str, Any]:
    """Return the JSON object of what an act changed in one record."""
    out: dict[str, Any] = {"table": before.table, "id": before.id}
    if before.made:
        out["made"] = True
    unknown = [name for name, value in before.values.items() if value is None]
    if unknown:
        out["unknown"] = unknown
    for part in _PARTS:
        held = {name: _json(name, value) for name, value in getattr(before, part).items() if value is not None}
        if held:
            out[part] = held
    return out


def read_earlier(held: Mapping[str, Any]) -> Earlier:
    """Return what an act changed, from its JSON object. Raises msgspec.ValidationError."""
    shape = msgspec.convert(held, _Shape, strict=True)
    if shape.table not in TABLES:
        raise msgspec.ValidationError("unknown table - at `$.table`")
    parts = {
        part: {name: _value(shape.table, name, value) for name, value in getattr(shape, part).items()}
        for part in _PARTS
    }
    parts["values"] |= dict.fromkeys(shape.unknown)
    return Earlier(table=shape.table, id=shape.id, made=shape.made, **parts)


class _Shape(msgspec.Struct, forbid_unknown_fields=True):
    table: str
    id: int
    made: bool = False
    unknown: list[str] = []
    values: dict[str, Any] = {}
    gone: dict[str, Any] = {}
    come: dict[str, Any] = {}


def _json(name: str, value: Any) -> Any:
    key = name.removeprefix(FACTS)
    if name.startswith(FACTS) and key in FACT_KEYS:
        return facts_json(Facts(**{key: value}))[key]
    return msgspec.to_builtins(value, enc_hook=str)


def _value(table: str, name: str, value: Any) -> Any:
    hint = _TYPES[table].get(name)
    if hint is None:
        raise msgspec.ValidationError(f"unknown field - at `$.before.{name}`")
    key = name.removeprefix(FACTS)
    if not (name.startswith(FACTS) and key in FACT_KEYS):
        return msgspec.convert(value, hint, strict=True)
    try:
        return getattr(read_facts({key: value}), key)
    except FactsError as error:
        raise msgspec.ValidationError(f"{error.code} - at `$.before.{error.path}`") from None
