"""Names that the forms offer: of officers, of cadres, and whom a town usually names."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final, Literal

from dutyboard.rules.duties.doer import known_doers
from dutyboard.rules.people.officers import serving
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import InputKind

NamedAs = Literal["officer_name", "town_cadre", "home_cadre"]


def officer_names(session: Session) -> tuple[str, ...]:
    """Return the names that an officer may mean by initials: who serves, and who is 专人 of somebody."""
    snapshot = session.snapshot
    there = (each.name for each in serving(snapshot, session.now()))
    linked = (each.officer_name for each in snapshot.persons.values())
    return tuple(dict.fromkeys(name for name in (*there, *linked) if name))


def cadre_names(session: Session) -> tuple[str, ...]:
    """Return the names that initials of a cadre may mean: those who look after somebody at home."""
    persons = session.snapshot.persons.values()
    named = (name for each in persons for name in (each.town_cadre, each.home_cadre))
    return tuple(dict.fromkeys(name for name in (*named, *officer_names(session)) if name))


def doers_offered(session: Session, about: Subject) -> tuple[str, ...]:
    """Return the names of possible doers at a place, and last the mark before a stranger."""
    now = session.now()
    return (*known_doers(session.snapshot, about, now, now), session.words.forms.other_doer)


NAMES_OF: Final[Mapping[InputKind, Callable[[Session], tuple[str, ...]]]] = {
    "officer": officer_names,
    "cadre": cadre_names,
}
"""Names that the initials in a field of each kind may stand for."""


def usual_name(snapshot: Snapshot, unit_id: int | None, named_as: NamedAs) -> str:
    """Return the name that most people of a unit have; "" where none is, or two are as frequent.

    It is offered beside the empty field, and never taken by itself.
    """
    if unit_id is None:
        return ""
    of_unit = (each for each in snapshot.persons.values() if each.unit_id == unit_id and on_desk(each))
    counted = Counter(name for each in of_unit if (name := getattr(each, named_as))).most_common(2)
    tied = len(counted) == 2 and counted[0][1] == counted[1][1]
    return counted[0][0] if counted and not tied else ""


def offered_name(snapshot: Snapshot, person: Person, named_as: NamedAs) -> str:
    """Return the usual name of a person's unit; "" where he has one already."""
    return "" if getattr(person, named_as) else usual_name(snapshot, person.unit_id, named_as)
