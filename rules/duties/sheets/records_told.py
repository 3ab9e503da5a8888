"""Records of units, officers, sites and areas beside the rows of sheets: each field that a row changes, said once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from dutyboard.rules.duties.sheets.tally import Tally
from dutyboard.rules.people.units import Units
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Area, Officer, Site, Unit, subject_id
from dutyboard.rules.records.outcome import FieldChange
from dutyboard.rules.records.unlike import record_value

R = TypeVar("R", Unit, Officer, Site, Area)


class RecordsTold:
    """Rows of one sheet beside the records that they name. `units` are those of the desk and of the sheet."""

    def __init__(self, tally: Tally, units: Units) -> None:
        self._tally = tally
        self._units = units

    def taken(self, old: R, told: Mapping[str, Any], row: int, sheet: str = "") -> R:
        """Return a record with what a row says of its fields. What the row leaves blank stays."""
        new = old
        for key, value in told.items():
            if value in (None, "", ()) or value == getattr(old, key):
                continue
            new = replace(new, **{key: value})
            self._change(old, new, key, row, sheet)
        return new

    def _change(self, old: R, new: R, key: str, row: int, sheet: str) -> None:
        self._tally.changes.append(
            FieldChange(
                row=row,
                sheet=sheet,
                about=subject_id(old),
                name=old.name,
                field=key,
                old=self._said(record_value(old, key)),
                new=self._said(record_value(new, key)),
            )
        )

    def _said(self, value: Any) -> Any:
        """Return a value as a reader knows it: a unit by its name."""
        named = Subject.parse(value) if isinstance(value, str) else None
        return self._units.name_of(named.number) if named is not None and named.kind == "unit" else value
