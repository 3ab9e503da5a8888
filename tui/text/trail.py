"""Words of a record's trail: what kinds of record there are, and what their fields are called."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailWords:
    """`tables` and `fields` are the names of the records (rules/records/model.py); the others are `str.format`."""

    title: str
    tables: Mapping[str, str]
    fields: Mapping[str, str]
    change: str
    made: str
    changed: str
    archived: str
    nothing: str
