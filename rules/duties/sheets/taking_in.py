"""Rows of a sheet beside the records of people: what is taken in, what is shown, what is known already."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from dutyboard.frozen import frozen
from dutyboard.rules.duties.sheets.tally import Tally
from dutyboard.rules.duties.sheets.told_before import TRAITS, ToldBefore
from dutyboard.rules.duties.worse import (
    KEYS,
    SEVERAL_OF_THEM,
    said_in,
    standing,
    tells_otherwise,
    value_of,
    with_value,
    worsened,
)
from dutyboard.rules.law.facts import Facts, facts_json
from dutyboard.rules.people.changes import with_samples_put
from dutyboard.rules.people.ending import never_reopened
from dutyboard.rules.people.identity import IDENTITY, with_written
from dutyboard.rules.people.returning import asking_more, comes_again, concerns, of_this_stay, reopened, returned
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.model import FieldJson, Person, subject_id
from dutyboard.rules.records.outcome import FieldChange, RowCode, ToldUnlike
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.unlike import standing_value

_SHOWN: Final[dict[str, RowCode]] = {"name": "name_differs", "sex": "sex_differs"}
"""Codes for what a row tells unlike the record of the same person, each time that it does."""


@frozen(kw_only=False)
class RowOf:
    """A row found to be of somebody known. `ended`: it tells of a stay that has ended, and only part of it is here."""

    told: PersonData
    ended: bool
    changed: bool = False


@frozen(kw_only=False)
class TakingIn:
    """The desk as a sheet finds it, and the tally of its rows."""

    snapshot: Snapshot
    now: datetime
    fever_c: float
    before: ToldBefore
    tally: Tally

    def row_of(self, person: Person, told: PersonData) -> RowOf:
        """Return a row as far as it tells of the person's present stay."""
        own = of_this_stay(person, told)
        return RowOf(own, ended=own != told)

    def taken(self, person: Person, row: RowOf, unit_id: int | None) -> Person:
        """Return the record of somebody known after a row, and say of the row what did not go into it."""
        told = row.told
        self._say_unlike(person, row)
        leave = self._left(person, row)
        new = self._come_back(person, told, leave)
        if new is None:
            new = self._added(person, told, leave)
            if on_desk(new) and new.unit_id is None:
                new = replace(new, unit_id=told.unit_id or unit_id)
        return new

    def arrives_after(self, person: Person, told: Person | PersonData) -> bool:
        """Return True if a row tells of an arrival after the day on which the person's record was closed."""
        closed_at = person.closed_at
        return closed_at is not None and comes_again(person, told.facts, self.snapshot.day_of(closed_at))

    def changes(self, old: Person, new: Person, told: PersonData) -> Iterator[FieldChange]:
        """Yield each field that a row changed, with both values."""
        for key in KEYS if new != old else ():
            if value_of(old, key) != value_of(new, key):
                yield FieldChange(
                    row=told.row,
                    sheet=told.sheet,
                    about=subject_id(new),
                    field=key,
                    old=standing_value(old, key),
                    new=standing_value(new, key),
                )

    def unlike(self, old: Person | None, new: Person, rows: Iterable[RowOf]) -> Iterator[ToldUnlike]:
        """Yield what rows tell of a person that neither stands in his record after them nor was told before.

        `old` is his record before the sheet (None: there was none); what stood in it is known. Of the dead nothing is
        decided any more.
        """
        if never_reopened(new):
            return
        shown: list[tuple[str, Any]] = []
        for row in rows:
            for key in said_in(row.told):
                if not self._is_other(new, row, key) or (old is not None and not self._differs(old, row.told, key)):
                    continue
                other = self._other(new, row.told, key)
                if (key, other) not in shown:
                    shown.append((key, other))
                    yield ToldUnlike(
                        row=row.told.row,
                        sheet=row.told.sheet,
                        about=subject_id(new),
                        field=key,
                        stands=standing_value(new, key),
                        other=other,
                    )

    def given_way(self, old: Person, new: Person, rows: Iterable[RowOf]) -> Iterator[FieldChange]:
        """Yield the fields whose old value, told again, would read as another word than the record's.

        Whatever rows of no number are recognised by is kept too: an arrival, and more of somebody without a phone.
        """
        told = next(iter(rows)).told
        for change in self.changes(old, new, told):
            again = PersonData(name="", warnings=old.warnings, asked=old.asked, row=told.row)
            again = self._as_told(again, old, change.field)
            if (change.field in said_in(again) and self._differs(new, again, change.field)) or (
                change.field in TRAITS and (not old.phone or change.field == "arrival_at")
            ):
                yield change

    def _as_told(self, told: PersonData, person: Person, key: str) -> PersonData:
        if key in IDENTITY:
            own: dict[str, Any] = {key: getattr(person, key)}
            return replace(told, **own)
        alone = with_value(replace(person, facts=Facts()), key, value_of(person, key))
        return replace(told, facts=alone.facts)

    def _differs(self, person: Person, told: PersonData, key: str) -> bool:
        return tells_otherwise(person, told, key, self.fever_c)

    def _knows(self, person: Person, row: RowOf, key: str) -> bool:
        return self.before.knows(person, row.told, key, of_any_stay=row.ended)

    def _is_other(self, person: Person, row: RowOf, key: str) -> bool:
        """Return True if a row says something that neither stands in the record nor was told before."""
        return self._differs(person, row.told, key) and not self._knows(person, row, key)

    def _left(self, person: Person, row: RowOf) -> frozenset[str]:
        """Return the fields that a row leaves as they are: an officer corrected them, or the word was told before."""
        said = said_in(row.told)
        differing = [key for key in said if self._differs(person, row.told, key)]
        known = {key for key in differing if self._knows(person, row, key)}
        corrected = self.before.corrected(person)
        if corrected.intersection(differing) and _open(person):
            self.tally.say(row.told, "", "corrected_by_officer")
        for key in differing:
            if key in known and key not in corrected and key not in _SHOWN:
                self.tally.say(row.told, key, "told_before")
        return corrected | known

    def _say_unlike(self, person: Person, row: RowOf) -> None:
        for key, code in _SHOWN.items():
            told, own = getattr(row.told, key), getattr(person, key)
            if told and self._differs(person, row.told, key):
                self.tally.say(row.told, key, code, text=f"{own} / {told}")

    def _come_back(self, person: Person, told: PersonData, leave: frozenset[str]) -> Person | None:
        """Return the record of somebody closed as a row opens it: he came again, or something new concerns him (O50).

        None: he is on the desk or dead, or the row says nothing that is owed.
        """
        if on_desk(person) or person.closed_at is None or never_reopened(person):
            return None
        if self.arrives_after(person, told):
            self.tally.say(told, "", "came_again")
            return returned(person, told, self.snapshot, self.now)
        said = worsened(person, told, self.fever_c, leave)
        if not concerns(person, said.facts, self.snapshot, self.now):
            return None
        self.tally.say(told, "", "reopened")
        if any(self._differs(person, told, key) for key in self.before.corrected(person).intersection(said_in(told))):
            self.tally.say(told, "", "corrected_by_officer")
        opened = worsened(reopened(person, self.snapshot, self.now), told, self.fever_c, leave)
        return replace(opened, as_written=with_written(opened.as_written, told.as_written))

    def _added(self, person: Person, told: PersonData, leave: frozenset[str]) -> Person:
        """Return the record with what a row adds.

        Of somebody assessed only facts that would be assessed as more are taken, of a record that stays closed none.
        Nothing that was not understood is lost: whoever looks again finds it as it was written.
        """
        kept = replace(person, as_written=with_written(person.as_written, told.as_written))
        if _open(person):
            return worsened(kept, told, self.fever_c, leave)
        said = worsened(person, told, self.fever_c, leave)
        news = asking_more(person, said.facts, self.snapshot, self.now) if on_desk(person) else None
        if on_desk(person):
            kept = worsened(kept, replace(told, facts=Facts()), self.fever_c, leave)
        if news is not None:
            self.tally.say(told, "", "concerns_assessed")
            return with_samples_put(replace(kept, facts=news), self.snapshot, self.now)
        if any(key not in IDENTITY and self._differs(person, told, key) for key in said_in(told)):
            self.tally.say(told, "", "already_assessed")
        return kept

    def _other(self, person: Person, told: PersonData, key: str) -> FieldJson:
        """Return the value that an officer would take from a row; of several things, those of the record with them."""
        if key in IDENTITY or key in told.asked:
            said: str = getattr(told if key in IDENTITY else told.facts, key)
            return said
        value, fits = standing(person, told, key, self.fever_c)
        if key not in SEVERAL_OF_THEM or not fits:
            value = value_of(told, key)
        taken = facts_json(with_value(person, key, value).facts).get(key)
        return tuple(taken) if isinstance(taken, list) else taken


def _open(person: Person) -> bool:
    """Return True for somebody on the desk whom nobody has assessed: all that a sheet says of him is taken."""
    return person.assessment is None and on_desk(person)
