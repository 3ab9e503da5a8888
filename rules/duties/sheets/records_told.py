"""Records of units, officers, sites and areas beside the rows of sheets: what is taken, what an officer decides.

A row adds, and its newer word goes over the older one. What it would take away (rooms, a director, the days of an
area) is left to an officer, and so is what it tells otherwise than an officer's own act. What gave way stays known, so
that yesterday's sheet sent again changes nothing and asks nobody.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from dutyboard.rules.duties.sheets.tally import OfRow, Tally
from dutyboard.rules.duties.worse_records import standing_in
from dutyboard.rules.people.units import Units
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Area, Entry, Officer, Site, Unit, subject_id
from dutyboard.rules.records.outcome import FieldChange, RowCode, ToldUnlike
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import ContradictionSettled
from dutyboard.rules.records.told.post import OfficerSet, UnitChanged
from dutyboard.rules.records.told.site import SiteChanged
from dutyboard.rules.records.unlike import field_json, standing_value

R = TypeVar("R", Unit, Officer, Site, Area)
_BLANK: Final = (None, "", ())
_LEFT: Final = "left"


class RecordsTold:
    """Rows of one sheet beside the records that they name. `units` are those of the desk and of the sheet."""

    def __init__(self, snapshot: Snapshot, tally: Tally, units: Units) -> None:
        self._tally = tally
        self._units = units
        self._known: set[tuple[str, str, Any]] = set()
        self._by_hand: set[tuple[str, str]] = set()
        for each in snapshot.contradictions.values():
            if each.about and each.entry not in snapshot.amended:
                self._known.add((each.about, each.field, _word(each.field, each.other)))
        for entry in snapshot.entries.values():
            if entry.id not in snapshot.amended:
                self._read_act(entry)

    def _read_act(self, entry: Entry) -> None:
        """Read what an officer's own act changed: his word stands, and what stood before it is known."""
        about, told = str(entry.subject), entry.told
        changed: Collection[str] = ()
        before: Mapping[str, Any] = {}
        if isinstance(told, OfficerSet):
            changed = ("until",) if told.until is not None or not told.changed else told.changed
            before = {"until": None} if told.until is not None else {}
            before = {**before, **{name: each for old in entry.before for name, each in old.values.items()}}
        elif isinstance(told, SiteChanged):
            changed, before = told.changed, told.before
        elif isinstance(told, UnitChanged):
            changed, before = ("first_responsible",), {"first_responsible": told.was}
        elif isinstance(told, ContradictionSettled):
            changed = (told.settled,)
            before = {name: each for old in entry.before for name, each in old.values.items()} if told.other else {}
        self._by_hand.update((about, key) for key in changed)
        self._known.update((about, key, _word(key, before[key])) for key in changed if key in before)

    def set_by_hand(self, record: R, key: str) -> bool:
        """Return True if an officer's own act said what stands in a field."""
        return (subject_id(record), key) in self._by_hand

    def knows(self, record: R, key: str, value: Any) -> bool:
        """Return True if a value of a field was told before, or gave way to a newer one."""
        return (subject_id(record), key, _word(key, value)) in self._known

    def bearers(self, officers: Collection[Officer], phone: str) -> Iterator[Officer]:
        """Yield the officers of whom a phone is or was told."""
        yield from (each for each in officers if phone and (each.phone == phone or self.knows(each, "phone", phone)))

    def taken(self, old: R, told: Mapping[str, Any], place: OfRow, plain: Collection[str] = ()) -> R:
        """Return a record with what a row says of its fields, and count the row. What is blank in it stays.

        `plain` are fields whose new value is taken whatever it takes away, for the sheet says plainly that it is so.
        """
        new, before = old, self._news
        for key, value in told.items():
            if (value in _BLANK and key != "until") or value == getattr(new, key):
                continue
            if self.knows(old, key, value) and key not in plain:
                self._tally.say(place, key, self._why(old, key))
                continue
            stands, fits = standing_in(key, getattr(new, key), value)
            if key in plain:
                stands, fits = value, True
            if key not in plain and self.set_by_hand(old, key):
                stands, fits = getattr(new, key), False
            if stands != getattr(new, key):
                changed = replace(new, **{key: stands})
                self._change(new, changed, key, place)
                new = changed
            if not fits:
                self.leave(new, key, value, place)
        self._tally.counts["duplicates" if self._news == before else "updated"] += 1
        return new

    def leave(self, record: R, key: str, value: Any, place: OfRow) -> None:
        """Keep what a row tells otherwise than a record, for an officer to decide, unless it was told before."""
        if self.knows(record, key, value):
            self._tally.say(place, key, self._why(record, key))
            return
        other = field_json(key, value)
        self._known.add((subject_id(record), key, _word(key, other)))
        self._tally.unlike.append(
            ToldUnlike(
                row=place.row,
                sheet=place.sheet,
                about=subject_id(record),
                name=record.name,
                field=key,
                stands=standing_value(record, key),
                other=other,
            )
        )

    def _why(self, record: R, key: str) -> RowCode:
        return "corrected_by_officer" if self.set_by_hand(record, key) else "told_before"

    @property
    def _news(self) -> int:
        return len(self._tally.changes) + len(self._tally.unlike)

    def _change(self, old: R, new: R, key: str, place: OfRow) -> None:
        change = FieldChange(
            row=place.row,
            sheet=place.sheet,
            about=subject_id(old),
            name=old.name,
            field=key,
            old=standing_value(old, key),
            new=standing_value(new, key),
        )
        self._tally.changes.append(replace(change, old=self._said(change.old), new=self._said(change.new)))
        if key == "until" or change.old not in _BLANK:
            self._tally.given_way.append(change)
            self._known.add((change.about, key, _word(key, change.old)))

    def _said(self, value: Any) -> Any:
        """Return a value as a reader knows it: a unit by its name."""
        named = Subject.parse(value) if isinstance(value, str) else None
        return self._units.name_of(named.number) if named is not None and named.kind == "unit" else value


def _word(key: str, value: Any) -> Any:
    """Return a value as it is compared with what was told before. Of whoever left it says so, whatever the day."""
    if key == "until":
        return _LEFT if value is not None else None
    return field_json(key, value)
