"""Identity of a person: the same one found again, and a newer word taken in. Silence never erases what is known."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Literal, get_args

from dutyboard.rules.law.facts import OF_ARRIVAL, Facts, PcrCert, Stay
from dutyboard.rules.people.stage import on_desk, stands
from dutyboard.rules.records.codes import IdWarning
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.model import Officer, Person, Unit

IDENTITY = ("name", "sex", "id_no", "phone", "address", "origin", "travel", "note", "officer_name", "found_by")
"""The fields of a person that are text; empty means not known."""
_ID_WARNINGS = frozenset(get_args(IdWarning))
_ID_LENGTH, _BORN_FROM = 18, 6
"""Characters of a sound ID number; the birth stands behind the county in it."""
CLOSED_WORLD = {"case_status": "none", "contact": "none", "sanfei": "no"}
"""Facts that stand at a default until somebody says otherwise: the default says nothing new."""


class Known:
    """The people of the desk by what tells them apart, kept current as rows are taken in."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self._by_id: dict[str, int] = {}
        self._by_traits: dict[tuple[str, ...], list[Person]] = {}
        self._traits_of: dict[int, tuple[str, ...]] = {}
        self._closed: dict[tuple[str, str], list[Person]] = {}
        for person in persons:
            if stands(person):
                self.add(person)
                if not on_desk(person) and person.phone:
                    self._closed.setdefault((person.name, person.phone), []).append(person)

    def add(self, person: Person) -> None:
        """Know this person, in place of an older record of him."""
        if person.id_no:
            self._by_id.setdefault(person.id_no, person.id)
        former = self._by_traits.get(self._traits_of.get(person.id, ()), [])
        former[:] = [other for other in former if other.id != person.id]
        traits = _traits(person)
        self._by_traits.setdefault(traits, []).append(person)
        self._traits_of[person.id] = traits

    def find(self, told: PersonData) -> int | None:
        """The id of the same person: equal folded ID, else equal name, phone and arrival.

        Two sound IDs that differ are two people, whatever else is alike. Without a phone, address and origin stand in
        for it, so that two people of one name are not taken for one.
        """
        by_id = self._by_id.get(told.id_no) if told.id_no else None
        if by_id is not None:
            return by_id
        alike = (person for person in self._by_traits.get(_traits(told), ()) if _may_be(person, told))
        return next((person.id for person in alike), None)

    def ended(self, told: PersonData) -> Person | None:
        """Return the one closed record of that name and phone, whose arrival is another one (O50). None: none or two.

        Of an ID that differs, or another sex, it is another person.
        """
        alike = [
            person
            for person in self._closed.get((told.name, told.phone), ())
            if not _ids_differ(person, told) and not (told.sex and person.sex and told.sex != person.sex)
        ]
        return alike[0] if len(alike) == 1 else None


def new_person(
    person_id: int,
    told: PersonData,
    unit_id: int | None,
    officer_id: int | None,
    source: Literal["import", "phone"],
    now: datetime,
) -> Person:
    """Return the first record of a person, as he was told of and `source` names; it is registered at `now`."""
    return Person(
        id=person_id,
        **{name: getattr(told, name) for name in IDENTITY},
        unit_id=unit_id,
        officer_id=officer_id,
        facts=told.facts,
        warnings=told.warnings,
        asked=told.asked,
        source=source,
        registered_at=now,
    )


def with_birth_doubted(told: PersonData, now: datetime) -> PersonData:
    """Return the data with the warning `id_date` if a sound ID number tells of a birth after now.

    The number stays as it is written.
    """
    today = f"{now:%Y%m%d}"
    born = told.id_no[_BORN_FROM : _BORN_FROM + len(today)]
    sound = len(told.id_no) == _ID_LENGTH and not _ID_WARNINGS.intersection(told.warnings)
    if not sound or born <= today:
        return told
    return replace(told, warnings=("id_date", *told.warnings))


def _traits(known: Person | PersonData) -> tuple[str, ...]:
    arrival = known.facts.arrival_on
    day = arrival.isoformat() if arrival else ""
    return (known.name, known.phone, day) if known.phone else (known.name, "", day, known.address, known.origin)


def _ids_differ(person: Person, told: PersonData) -> bool:
    """Return True if both ID numbers are sound, and not the same."""
    both_sound = bool(person.id_no and told.id_no) and not (
        _ID_WARNINGS.intersection(person.warnings) or _ID_WARNINGS.intersection(told.warnings)
    )
    return both_sound and person.id_no != told.id_no


def _may_be(person: Person, told: PersonData) -> bool:
    if _ids_differ(person, told):
        return False
    hours_known = not (person.facts.arrival_hour_unknown or told.facts.arrival_hour_unknown)
    return not hours_known or person.facts.arrival_at == told.facts.arrival_at


def merged(person: Person, told: PersonData, settled: frozenset[str] = frozenset()) -> Person:
    """The person with what a newer word says: known goes over unknown and over another value, unknown over nothing.

    `settled` names the fields that an officer has corrected; they stay as he left them. Once it was said how he was
    found, no later list changes it.
    """
    settled |= {"found_by"} if person.found_by else frozenset()
    said = {name: getattr(told, name) for name in IDENTITY if getattr(told, name) and name not in settled}
    warnings = told.warnings if said.get("id_no") else person.warnings
    facts = _merged_facts(person.facts, told.facts)
    kept = {each.name: getattr(person.facts, each.name) for each in fields(Facts) if each.name in settled}
    if "arrival_at" in kept:
        kept |= {name: getattr(person.facts, name) for name in OF_ARRIVAL}
    return replace(person, **said, warnings=warnings, facts=replace(facts, **kept))


def is_told(name: str, value: Any) -> bool:
    """Return True if somebody has told a fact, and it does not stand at its default."""
    return value not in (None, "unknown", False, ()) and value != CLOSED_WORLD.get(name)


def _merged_facts(old: Facts, new: Facts) -> Facts:
    said: dict[str, Any] = {}
    for each in fields(Facts):
        value = getattr(new, each.name)
        if is_told(each.name, value):
            said[each.name] = value
    if new.arrival_at is not None or new.no_arrival:
        said |= _arrival(old, new)
    if isinstance(new.pcr, PcrCert):
        said["pcr"] = _certificate(old.pcr, new.pcr)
    if new.stays:
        said["stays"] = _stays(old.stays or (), new.stays)
        if old.border not in (None, "none", "unknown"):
            # A border once crossed is not undone by a stay on the mainland on the way.
            said.pop("border", None)
    return replace(old, **said)


def _arrival(old: Facts, new: Facts) -> dict[str, Any]:
    """A date alone says nothing new about an arrival of that day whose hour is known."""
    if new.arrival_hour_unknown and old.arrival_on == new.arrival_on and old.arrival_at is not None:
        return {"arrival_at": old.arrival_at, **{name: getattr(old, name) for name in OF_ARRIVAL}}
    return {"arrival_at": new.arrival_at, **{name: getattr(new, name) for name in OF_ARRIVAL}}


def _certificate(old: object, new: PcrCert) -> PcrCert:
    if not isinstance(old, PcrCert):
        return new
    sampled = new.sampled_at
    if sampled is None or (_midnight(sampled) and old.sampled_at and old.sampled_at.date() == sampled.date()):
        sampled = old.sampled_at
    return PcrCert(result=new.result or old.result, sampled_at=sampled)


def _midnight(instant: datetime) -> bool:
    return (instant.hour, instant.minute) == (0, 0)


def _stays(old: Sequence[Stay], new: Sequence[Stay]) -> tuple[Stay, ...]:
    """The stays told so far: one at a place already told gets what it lacked, another place is one more."""
    places = {stay.place: stay for stay in old}
    for stay in new:
        known = places.get(stay.place)
        places[stay.place] = replace(stay, left_on=stay.left_on or known.left_on) if known else stay
    return tuple(places.values())


def unit_of(address: str, units: Iterable[Unit]) -> int | None:
    """The unit whose name begins an address, the longest where several do; None where none does."""
    starting = [unit for unit in units if address.startswith(unit.name)]
    return max(starting, key=lambda unit: len(unit.name)).id if starting else None


def officer_named(name: str, unit_id: int | None, officers: Iterable[Officer]) -> int | None:
    """The officer of that name, of the person's own unit before others; None: nobody, or several elsewhere."""
    of_name = [officer for officer in officers if name and officer.name == name]
    own = [officer for officer in of_name if officer.unit_id == unit_id and unit_id is not None]
    chosen = own or of_name
    return chosen[0].id if len(chosen) == 1 else None
