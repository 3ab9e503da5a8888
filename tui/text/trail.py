"""Words of a record's trail: names of the tables and of their fields; and of the view log."""

from collections.abc import Mapping

from dutyboard.frozen import frozen


@frozen
class TrailWords:
    """Names of the records (`tables`, `fields` of rules/records/model.py), and lines with `str.format` placeholders."""

    title: str
    tables: Mapping[str, str]
    fields: Mapping[str, str]
    change: str
    made: str
    changed: str
    value: str
    archived: str
    removed: str
    nothing: str


@frozen
class LookWords:
    """`acts` by code of a look. `nobody`: the log holds nothing that was asked for.

    `asks` is the title of the form that asks why numbers are to be seen; `written`: the reason stands in the log.
    """

    acts: Mapping[str, str]
    revealed: str
    nobody: str
    asks: str
    written: str
