"""Both cadres who look after somebody at home: of the town and of the village (三（十二）)."""

from collections.abc import Iterable

from dutyboard.rules.people.provenance import history_of
from dutyboard.rules.records.model import Entry, Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Assessed, Assigned, Referred, Released


def two_cadres(names: Iterable[str]) -> tuple[str, str] | None:
    """Return the names of the town's and the village's cadre; None: they are not two names of two people."""
    told = tuple(name.strip() for name in names)
    return (told[0], told[1]) if len(told) == 2 and all(told) and told[0] != told[1] else None


def cadres_of(person: Person) -> tuple[str, str]:
    """Return the cadres named for a person, the town's first; "" where none is. Old records hold the village's only."""
    return person.town_cadre, person.home_cadre


def phone_told_of(village: str | None, person: Person, snapshot: Snapshot) -> str:
    """Return the phone that was told of a person's cadre of the village; "": none was, or of another cadre."""
    held, phone = "", ""
    for entry in history_of(person, snapshot):
        if entry.id not in snapshot.amended:
            named, told = _village_told(entry)
            if named and named != held:
                held, phone = named, ""
            phone = told or phone
    return phone if held in ("", village) else ""


def _village_told(entry: Entry) -> tuple[str, str]:
    """Return the cadre of the village that an entry names, and his phone; "" where it tells none."""
    match entry.told:
        case Assessed(cadres=cadres, cadre_phone=phone) | Referred(cadres=cadres, cadre_phone=phone):
            return (cadres[1] if len(cadres) == 2 else ""), phone
        case Released(home_cadre=cadre, cadre_phone=phone):
            return cadre or "", phone
        case Assigned(cadre=cadre, cadre_phone=phone):
            return cadre, phone
        case _:
            return "", ""
