"""Reading and writing of what an entry tells: the JSON object `data` of its document.

Nothing is lost. Keys that the class does not know stay in `Entry.more`, and are written behind the known ones.
Data of another version that cannot be read as the class stays there whole, and the entry tells `Unreadable`.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any, Final, get_args

import msgspec

from dutyboard.rules.records.codes import EntryKind
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.told import Telling, Told, Unreadable, telling

_NAMES: Final[dict[Any, dict[str, str]]] = {
    of: {each.name.removesuffix("_"): each.name for each in fields(of)} for of in get_args(Telling)
}
"""The fields of each class by their JSON keys, in order."""
_DEFAULTS: Final[dict[Any, dict[str, Any]]] = {
    of: {
        each.name: each.default if each.default_factory is MISSING else each.default_factory()
        for each in fields(of)
        if (each.default, each.default_factory) != (MISSING, MISSING)
    }
    for of in get_args(Telling)
}
"""The defaults of the fields that have one, by the fields' names."""
_ABSENT: Final = object()


def data_json(entry: Entry) -> dict[str, Any]:
    """Return the JSON object of what an entry tells; {} where it tells nothing beyond its text."""
    told = entry.told
    if isinstance(told, Unreadable):
        return dict(entry.more)
    defaults = _DEFAULTS[type(told)]
    data = {}
    for key, name in _NAMES[type(told)].items():
        value = getattr(told, name)
        if value != defaults.get(name, _ABSENT):
            data[key] = _plain(value)
    return {**data, **entry.more}


def _plain(value: Any) -> Any:
    """Return a value as JSON has it. Instants keep the form of `isoformat`, which is how entries have always had it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    # A name (`rules.records.ids`) is a text of its own class, which JSON takes as a value and not as a key.
    return {str(key): each for key, each in value.items()} if isinstance(value, Mapping) else value


def read_told(kind: EntryKind, data: Mapping[str, Any]) -> tuple[Told, Mapping[str, Any]]:
    """Return what an entry of that kind tells, and what of its data the class does not know."""
    of = telling(kind, data)
    names = _NAMES[of]
    try:
        told = msgspec.convert({names.get(key, key): value for key, value in data.items()}, of, strict=True)
    except msgspec.ValidationError:
        return Unreadable(entry_kind=kind), data
    return told, {key: value for key, value in data.items() if key not in names}
