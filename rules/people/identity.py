"""Identity of a person: the same one found again, and a newer word taken in. Silence never erases what is known."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import product
from typing import Any, Final, Literal, get_args

from dutyboard.frozen import frozen
from dutyboard.rules.people.stage import on_desk, stands
from dutyboard.rules.records.codes import IdWarning, PhoneWarning
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.model import AsWritten, Officer, Person
from dutyboard.rules.records.texts import LONGEST

CARED: Final = (
    *("emergency_name", "emergency_phone", "companions", "vehicle", "seat_no"),
    *("workplace", "illness", "medicine", "special_need", "nation"),
)
"""Texts that whoever looks after him needs. No rule reads them."""
IDENTITY = (
    *("name", "sex", "id_no", "phone", "address", "origin", "travel", "note", "officer_name", "found_by"),
    *CARED,
)
"""The fields of a person that are text; empty means not known."""
OF_ONE_WAY: Final = ("travel", "vehicle", "seat_no", "companions")
"""Texts of one way here: somebody who comes again came otherwise, and perhaps with others."""
EMERGENCY: Final = ("emergency_name", "emergency_phone")
"""The two texts of one emergency contact."""
SEVERAL: Final = ("companions", "illness", "medicine", "special_need")
"""Texts that name several things. A newer word adds to them and takes none away."""
NONE_OF_IT: Final = frozenset({"无", "没有", "none"})
"""Texts that answer "there is none"."""
BETWEEN: Final = "、"
_PARTS: Final = re.compile("[、,，;；/\n]+")
_ID_WARNINGS = frozenset(get_args(IdWarning))
_MASKED = frozenset({"id_masked", "phone_masked"})
NUMBERS: Final = ("id_no", "phone")
"""The numbers of a person, of which a warning may tell that they are doubtful."""
ID_LENGTH, _BORN_FROM = 18, 6
"""Characters of a sound ID number; the birth stands behind the county in it."""
_FEWEST_LEFT = 4
"""Digits that a masked number must leave to tell anything."""
CLOSED_WORLD = {"case_status": "none", "contact": "none", "sanfei": "no"}
"""Facts that stand at a default until somebody says otherwise: the default says nothing new."""


Evidence = Literal["number", "weak", "alike"]
"""Evidence that a row is of somebody known. A sound number; a doubtful number, or name, phone and arrival; or nothing
but a row of the same words."""


@frozen(kw_only=False)
class Recognised:
    """Somebody known in whom a row was recognised, and by what."""

    id: int
    by: Evidence


class Known:
    """The people of the desk by what tells them apart, kept current as rows are taken in.

    `is_known` says that a row tells nothing new of somebody: of several whose traits it has, it is first of all his.
    """

    def __init__(
        self, persons: Iterable[Person], is_known: Callable[[Person, PersonData], bool] = lambda _person, _told: False
    ) -> None:
        self._is_known = is_known
        self._by_number: dict[str, int] = {}
        self._by_doubtful: dict[tuple[str, str], int] = {}
        self._by_traits: dict[tuple[str, ...], list[Person]] = {}
        self._by_name: dict[str, dict[tuple[str, bool], dict[int, Person]]] = {}
        """People by name, then by phone and whether the number is sound."""
        self._traits_of: dict[int, tuple[str, ...]] = {}
        self._called_of: dict[int, tuple[str, tuple[str, bool]]] = {}
        self._named_alike: set[int] = set()
        self._closed: dict[tuple[str, str], list[Person]] = {}
        self._former: dict[tuple[str, ...], list[Person]] = {}
        self._former_numbers: dict[tuple[str, str], int] = {}
        self._made_one: dict[int, int] = {}
        for person in persons:
            if stands(person):
                self.add(person)
                if not on_desk(person) and person.phone:
                    self._closed.setdefault((name_key(person.name), person.phone), []).append(person)

    def add(self, person: Person) -> None:
        """Know this person, in place of an older record of him."""
        if is_sound(person):
            self._by_number.setdefault(person.id_no, person.id)
        elif tells_little(person) == 1:
            self._by_doubtful.setdefault((person.id_no, name_key(person.name)), person.id)
        former = self._by_traits.get(self._traits_of.get(person.id, ()), [])
        former[:] = [other for other in former if other.id != person.id]
        traits = _traits(person)
        self._called(*self._called_of.get(person.id, (traits[0], ("", False)))).pop(person.id, None)
        self._called_of[person.id] = traits[0], (person.phone, is_sound(person))
        self._called(*self._called_of[person.id])[person.id] = person
        self._by_traits.setdefault(traits, []).append(person)
        self._traits_of[person.id] = traits

    def once_was(self, former: Person, stays: int | None = None) -> None:
        """Know what once stood in a record: a sheet from before a correction is still told of the same person.

        It supports, and never decides: a number of former times counts with the name beside it. `stays` is the number
        of another record, which his was made one with.
        """
        if stays is not None:
            self._made_one[former.id] = stays
        if former.id_no:
            self._former_numbers.setdefault((former.id_no, name_key(former.name)), stays or former.id)
        self._former.setdefault(_traits(former), []).append(former)

    def find(self, told: PersonData) -> Recognised | None:
        """Return the same person: equal sound number, else a doubtful number with the name, else equal traits.

        Traits are name, phone and arrival. Two sound numbers that differ are two people, whatever else is alike, and so
        are two sexes. Of rows without number and phone each is a person of its own in its sheet. In another, only the
        same words sent again are the same, or the same day of arrival with the same address; nobody is recognised twice
        so. Of a number with stars the digits left support a name. Last comes what people once were.
        """
        if is_sound(told) and (known := self._by_number.get(told.id_no)) is not None:
            return Recognised(known, "number")
        doubtful = self._by_doubtful.get((told.id_no, name_key(told.name)))
        if doubtful is not None and tells_little(told) == 1:
            return Recognised(doubtful, "weak")
        found = self._of_traits(told)
        if found is not None and tells_little(told) == 1:
            # Another row of this number is his too, whichever of the two comes first next time.
            self._by_doubtful.setdefault((told.id_no, name_key(told.name)), found.id)
        return found

    def _of_traits(self, told: PersonData) -> Recognised | None:
        if (found := self._alike(told, self._by_traits)) is not None:
            return found
        if _MASKED.intersection(told.warnings):
            shown = [each for each in self._named(told) if _shows(each, told)]
            return Recognised(shown[0].id, "weak") if len(shown) == 1 else None
        former = self._former_numbers.get((told.id_no, name_key(told.name))) if told.id_no else None
        return Recognised(former, "weak") if former is not None else self._alike(told, self._former)

    def _alike(self, told: PersonData, by_traits: Mapping[tuple[str, ...], list[Person]]) -> Recognised | None:
        alike = by_traits.get(_traits(told), [])
        if told.phone:
            same = [each for each in alike if _may_be(each, told)]
            if len(same) > 1:  # the same one of them when the sheet comes again
                same.sort(key=lambda each: (not self._is_known(each, told), each.id))
            return self._recognised(same[0], "weak") if same else None
        found = self._by_words(told, [each for each in alike if each.id not in self._named_alike])
        if found is None:
            return None
        self.stands_alone(found.id)
        return self._recognised(found, "alike")

    def _by_words(self, told: PersonData, alike: list[Person]) -> Person | None:
        """Return whose a row without number and phone is. A name alone, or with a town, makes nobody the same.

        First the one of whom it says nothing new, as the row that he was made of does when it comes again; else one of
        the same day of arrival and the same address.
        """
        own = (each for each in alike if _may_be(each, told) and _same_words(each, told))
        again = next((each for each in own if each.id_no == told.id_no and self._is_known(each, told)), None)
        if again is not None or told.facts.arrival_on is None or not told.address:
            return again
        there = [each for each in alike if _may_be(each, told) and _same_words(each, told)]
        return min(there, key=lambda each: (not self._is_known(each, told), each.id), default=None)

    def _recognised(self, person: Person, by: Evidence) -> Recognised:
        return Recognised(self._made_one.get(person.id, person.id), by)

    def ended(self, told: PersonData) -> Recognised | None:
        """Return the one closed record of that name and phone, whose arrival is another one (O50). None: none or two.

        Of an ID that differs, or another sex, it is another person.
        """
        alike = [
            person
            for person in self._closed.get((name_key(told.name), told.phone), ())
            if not (_ids_differ(person, told) or _sexes_differ(person, told))
        ]
        return Recognised(alike[0].id, "weak") if len(alike) == 1 else None

    def of_name_and_phone(self, told: PersonData) -> tuple[int, ...]:
        """Return those of the name and phone of a row against whom nothing speaks, whenever they arrived.

        Who is on the desk goes before whose record is closed.
        """
        named = self._named(told, told.phone)
        alike = [each for each in named if not (_ids_differ(each, told) or _sexes_differ(each, told))]
        return tuple(each.id for each in [each for each in alike if on_desk(each)] or alike)

    def stands_alone(self, person_id: int) -> None:
        """Keep a person of whom a sheet has told from being recognised in it by words alone."""
        self._named_alike.add(person_id)

    def has_namesake(self, told: PersonData) -> bool:
        """Return True if somebody of the name is known from whom nothing sound tells a new row.

        Who has all traits of the row is told even where a sex or an hour speaks against him.
        """
        alike = self._by_traits.get(_traits(told), ()) if not is_sound(told) else ()
        if any(not is_sound(person) for person in alike):
            return True
        # Two sound numbers, and two phones, are two people: a sheet may hold thousands of one name.
        phones = {told.phone, ""} if told.phone else {None}
        sound = False if is_sound(told) else None
        return any(not _told_apart(person, told) for phone in phones for person in self._named(told, phone, sound))

    def _named(self, told: PersonData, phone: str | None = None, sound: bool | None = None) -> Iterator[Person]:
        """Yield those of the name of a row. None: any phone, and any number."""
        groups = self._by_name.get(name_key(told.name), {})
        kinds = (False, True) if sound is None else (sound,)
        phones = dict.fromkeys(each for each, _ in groups) if phone is None else (phone,)
        for key in product(phones, kinds):
            yield from groups.get(key, {}).values()

    def _called(self, name: str, group: tuple[str, bool]) -> dict[int, Person]:
        return self._by_name.setdefault(name, {}).setdefault(group, {})


def is_sound(known: Person | PersonData) -> bool:
    """Return True for a number that tells people apart: 18 characters without any warning."""
    return len(known.id_no) == ID_LENGTH and not _ID_WARNINGS.intersection(known.warnings)


def warnings_of(id_of: Person | PersonData, phone_of: Person | PersonData) -> tuple[IdWarning | PhoneWarning, ...]:
    """Return the warnings of a record with the ID number of one word and the phone of another."""
    of_id = (each for each in id_of.warnings if each in _ID_WARNINGS)
    of_phone = (each for each in phone_of.warnings if each not in _ID_WARNINGS)
    return (*of_id, *of_phone)


def tells_little(known: Person | PersonData) -> int:
    """Return how little a number tells: 0 sound, 1 doubtful, 2 none, or one that Excel has cut."""
    if is_sound(known):
        return 0
    return 1 if known.id_no and "id_cut" not in known.warnings else 2


def name_key(name: str) -> str:
    """Return a name as names are compared: without dots, blanks and the case of letters."""
    return re.sub(r"[\s·•.・‧･∙⋅․]", "", name).casefold()


def with_written(known: Iterable[AsWritten], told: Iterable[AsWritten]) -> tuple[AsWritten, ...]:
    """Return cells as written with those of a newer sheet; the same words of one column are kept once."""
    kept: dict[tuple[str, str], AsWritten] = {}
    for each in (*known, *told):
        kept.setdefault((each.field or each.heading, each.text), each)
    return tuple(kept.values())


def with_more(known: str, told: str) -> str:
    """Return a text of several things with those that a newer one adds, and none of them twice.

    "None" gives way to any thing and takes none away. What no text can hold any more is left to the older one.
    """
    if not told or (known and told in NONE_OF_IT):
        return known
    if not known or known in NONE_OF_IT:
        return told
    there = things(known)
    whole = BETWEEN.join((known, *(each for each in dict.fromkeys(things(told)) if each not in there)))
    return whole if len(whole) <= LONGEST else known


def things(text: str) -> list[str]:
    """Return the things that a text names one after the other."""
    return [each.strip() for each in _PARTS.split(text) if each.strip()]


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
        as_written=with_written((), told.as_written),
        source=source,
        registered_at=now,
    )


def id_birth(number: str) -> str:
    """Return the day of birth (`19491231`) that an ID number of 18 characters tells; "" if it is no such number."""
    born = number[_BORN_FROM : _BORN_FROM + 8]
    return born if len(number) == ID_LENGTH and born.isdecimal() else ""


def with_birth_doubted(told: PersonData, now: datetime) -> PersonData:
    """Return the data with the warning `id_date` if a sound ID number tells of a birth after now.

    The number stays as it is written.
    """
    today = f"{now:%Y%m%d}"
    born = told.id_no[_BORN_FROM : _BORN_FROM + len(today)]
    if not is_sound(told) or born <= today:
        return told
    return replace(told, warnings=("id_date", *told.warnings))


def _traits(known: Person | PersonData) -> tuple[str, ...]:
    arrival = known.facts.arrival_on
    day = arrival.isoformat() if arrival else ""
    name = name_key(known.name)
    return (name, known.phone, day) if known.phone else (name, "", day, known.address, known.origin)


def _shows(person: Person, told: PersonData) -> bool:
    """Return True if a masked number of a row leaves digits of this person's, and nothing else speaks against him."""
    days = {known.facts.arrival_on for known in (person, told)} - {None}
    masks = [each for each in told.as_written if each.field in NUMBERS and _mask(each.text)]
    against = any(getattr(person, each.field) and not _leaves(each, person) for each in masks)
    if against or len(days) > 1 or _sexes_differ(person, told):
        return False
    return any(_leaves(each, person) for each in masks)


def _leaves(cell: AsWritten, person: Person) -> bool:
    """Return True if a cell is a number of the person with stars for some of its digits."""
    form = _mask(cell.text) if cell.field in (*NUMBERS, *EMERGENCY) else None
    return form is not None and form.fullmatch(_signs(getattr(person, cell.field))) is not None


def _mask(written: str) -> re.Pattern[str] | None:
    """Return the form of a number with stars for digits; None: it has none, or leaves too few digits."""
    parts = re.split(r"\*{2,}|X{3,}", _signs(re.sub("[●•■]", "*", written)))
    if len(parts) < 2 or sum(map(len, parts)) < _FEWEST_LEFT:
        return None
    return re.compile(".+".join(map(re.escape, parts)))


def _signs(number: str) -> str:
    return re.sub(r"[^0-9A-Z*]", "", unicodedata.normalize("NFKC", number).upper())


def without_masks(told: PersonData, person: Person) -> PersonData:
    """Return a row without those cells as written that say of the person's number less than is known of it."""
    return replace(told, as_written=tuple(each for each in told.as_written if not _leaves(each, person)))


def _ids_differ(person: Person, told: PersonData) -> bool:
    """Return True if both ID numbers are sound, and not the same."""
    return is_sound(person) and is_sound(told) and person.id_no != told.id_no


def _sexes_differ(person: Person, told: PersonData) -> bool:
    return bool(person.sex and told.sex and person.sex != told.sex)


def _told_apart(person: Person, told: PersonData) -> bool:
    """Return True if two sound numbers, or two sexes, phones, births or arrivals tell somebody from a row."""
    pairs = (
        (person.phone, told.phone),
        (id_birth(person.id_no), id_birth(told.id_no)),
        (person.facts.arrival_on, told.facts.arrival_on),
    )
    differ = any(known and said and known != said for known, said in pairs)
    return differ or _ids_differ(person, told) or _sexes_differ(person, told)


def _may_be(person: Person, told: PersonData) -> bool:
    if _ids_differ(person, told) or _sexes_differ(person, told):
        return False
    hours_known = not (person.facts.arrival_hour_unknown or told.facts.arrival_hour_unknown)
    return not hours_known or person.facts.arrival_at == told.facts.arrival_at


def _same_words(person: Person, told: PersonData) -> bool:
    pairs = ((person.note, told.note), (person.id_no, told.id_no))
    return not any(known and said and known != said for known, said in pairs)


def of_another(known: Person, told: Person | PersonData) -> bool:
    """Return True if two words of an emergency contact name different people: a phone of one is not the other's."""
    names = name_key(known.emergency_name), name_key(told.emergency_name)
    return all(names) and names[0] != names[1]


def is_told(name: str, value: Any) -> bool:
    """Return True if somebody has told a fact, and it does not stand at its default."""
    return value not in (None, "unknown", False, ()) and value != CLOSED_WORLD.get(name)


def officer_named(name: str, unit_id: int | None, officers: Iterable[Officer]) -> int | None:
    """The officer of that name, of the person's own unit before others; None: nobody, or several elsewhere."""
    of_name = [officer for officer in officers if name and officer.name == name]
    own = [officer for officer in of_name if officer.unit_id == unit_id and unit_id is not None]
    chosen = own or of_name
    return chosen[0].id if len(chosen) == 1 else None
