"""References from a record to others: by number in a field that names a table, or by name (`person-12`)."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Final

from dutyboard.rules.records.ids import TABLES_OF_KINDS, subjects_in

_BY_FIELD: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("by", "leader", "relieved_by", "entered_by", "set_by", "closed_by", "was_officer", "other_officer", "signed"),
        "officers",
    ),
    **dict.fromkeys(("outgoing", "incoming", "leader_id"), "officers"),
    **dict.fromkeys(("entry", "amends", "part_of", "together", "retake_of"), "entries"),
    **dict.fromkeys(("shift", "other"), "shifts"),
    "matter": "matters",
    "report": "reports",
    "staff_ids": "staff",
}
"""Tables of the numbers in fields that are not named for one, as `site_id` is."""


def references(record: object) -> Iterator[tuple[str, int]]:
    """Yield the records (table, id) that a record names, itself left out."""
    for each in fields(record):  # type: ignore[arg-type]  # every record is a dataclass
        if each.name != "id":
            yield from _named(getattr(record, each.name), each.name)


def _named(value: Any, name: str) -> Iterator[tuple[str, int]]:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        if "-" in value:
            yield from (named.record for named in subjects_in(value) if named.number)
    elif isinstance(value, int):
        if (table := table_of_field(name)) is not None:
            yield table, value
    elif is_dataclass(value):
        if {"table", "id"} <= {each.name for each in fields(value)}:  # what an act changed, kept with its entry
            yield value.table, value.id  # type: ignore[union-attr]
        else:
            for each in fields(value):
                yield from _named(getattr(value, each.name), each.name)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _named(key, name)
            yield from _named(inner, name)
    elif isinstance(value, tuple | list | set | frozenset):
        for inner in value:
            yield from _named(inner, name)


@cache
def table_of_field(name: str) -> str | None:
    """Return the table whose numbers a field holds; None: it holds a count or a figure."""
    if name in _BY_FIELD:
        return _BY_FIELD[name]
    if not name.endswith("_id"):
        return None
    kind = name.removesuffix("_id").rpartition("_")[2]
    return TABLES_OF_KINDS.get(kind)  # type: ignore[call-overload,no-any-return]
