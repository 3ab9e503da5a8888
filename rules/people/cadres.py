"""Both cadres who look after somebody at home: of the town and of the village (三（十二）)."""

from collections.abc import Iterable

from dutyboard.rules.records.model import Person


def two_cadres(names: Iterable[str]) -> tuple[str, str] | None:
    """Return the names of the town's and the village's cadre; None: they are not two names of two people."""
    told = tuple(name.strip() for name in names)
    return (told[0], told[1]) if len(told) == 2 and all(told) and told[0] != told[1] else None


def cadres_of(person: Person) -> tuple[str, str]:
    """Return the cadres named for a person, the town's first; "" where none is. Old records hold the village's only."""
    return person.town_cadre, person.home_cadre
