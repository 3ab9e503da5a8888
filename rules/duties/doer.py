"""Doers of acts: a name that the desk knows at the place, or `other` with a word (其他：张护士).

Known are who serves, the staff and the keeper of the site, and of a person or a town also the cadres and the officer
who look after the people there. An inspector phones to see who was really on duty: a name that nobody knows is said to
be one.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from dutyboard.rules.people.cadres import cadres_of
from dutyboard.rules.people.officers import officer_of, serving
from dutyboard.rules.people.staff import staff_of
from dutyboard.rules.people.stage import site_of
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.person import EndTransfer, TakeReading, Transfer
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import DutyId, Subject
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot

OTHER: Final = "其他："
"""Mark before the word for somebody whom the desk does not know, as sheets are written."""
_OTHER: Final = re.compile(r"(?:^|[、,，;；])\s*(?:其他|其它|other)\s*[:：]\s*", re.IGNORECASE)
_APART: Final = re.compile(r"[、,，;；]")


def unknown_doer(command: Command, snapshot: Snapshot, now: datetime) -> Refusal | None:
    """Return the refusal of an act whose doer the desk does not know. None: it does, or nobody is named."""
    name, about, at = _named(command, snapshot)
    if about is None or not name.strip():
        return None
    known = known_doers(snapshot, about, at or now, now)
    stranger = _stranger(name, known)
    if stranger is not None and isinstance(command, Discharge):
        stranger = _stranger(name, [*known, _owed_by(command, snapshot, now)])
    return Refusal("unknown_doer", {"name": stranger}) if stranger is not None else None


def doer_of(command: Command, snapshot: Snapshot) -> str:
    """Return who did what a command tells, as it is written; "": it does not say."""
    return _named(command, snapshot)[0].strip()


def place_of_doer(command: Command, snapshot: Snapshot) -> Subject | None:
    """Return the place whose people may have done what a command tells, or told before. None: nobody is asked."""
    about = _named(command, snapshot)[1]
    person = snapshot.persons.get(command.person_id) if isinstance(command, EndTransfer) else None
    return _site(person, None) if person is not None and person.road is None else about


def known_doers(snapshot: Snapshot, about: Subject, at: datetime, now: datetime) -> tuple[str, ...]:
    """Return the names that the desk knows at a place at an instant, those nearest to it first.

    Who serves by now is known too: an officer may write down a day on which he was not on the roster yet.
    """
    person = snapshot.persons.get(about.number) if about.kind == "person" else None
    number = about.number if about.kind == "site" else site_of(person) if person is not None else None
    site = snapshot.sites.get(number or 0)
    names = [site.keeper] if site is not None else []
    if site is not None:
        names += [each.name for when in (at, now) for each in staff_of(snapshot, site.id, when)]
    for one in (person,) if person is not None else _people_of(about, snapshot):
        names += [*cadres_of(one), officer_of(snapshot, one)]
    names += [each.name for when in (at, now) for each in serving(snapshot, when)]
    return tuple(dict.fromkeys(name for name in names if name))


def doer_as_written(names: Iterable[str], known: Iterable[str]) -> str:
    """Return who did a thing by the names of a sheet: strangers as `other`, in the words of the sheet."""
    told = list(dict.fromkeys(names))
    strange = strangers(told, known)
    own = [each for each in told if each not in strange]
    return "、".join((*own, OTHER + "、".join(strange))) if strange else "、".join(own)


def strangers(names: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return the names that the desk does not know."""
    there = {folded_name(each) for each in known}
    return [each for each in names if folded_name(each) not in there]


def names_apart(told: str) -> list[str]:
    """Return the names that a text holds, between commas of either script."""
    return [each.strip() for each in _APART.split(told) if each.strip()]


def doer_names(told: str) -> frozenset[str]:
    """Return the names in which a doer is told, without the mark of `other`."""
    return frozenset(folded_name(each) for each in names_apart(_OTHER.sub("、", told)))


def folded_name(name: str) -> str:
    """Return a name without its blanks and its case: 李 娟 is 李娟."""
    return "".join(name.split()).casefold()


def _stranger(told: str, known: Iterable[str]) -> str | None:
    """Return the first name that is not known, or the mark of `other` without a word. None: all are well said."""
    mark = _OTHER.search(told)
    if mark is not None and not told[mark.end() :].strip():
        return told.strip()
    if not strangers([told], known):  # a name that holds a comma
        return None
    return next(iter(strangers(names_apart(told[: mark.start()] if mark is not None else told), known)), None)


def _named(command: Command, snapshot: Snapshot) -> tuple[str, Subject | None, datetime | None]:
    """Return who did what a command tells, the place of it, and when it was.

    Without a place nobody is asked: who receives somebody in a hospital or another county is of another house.
    """
    match command:
        case Discharge():
            duty = DutyId.parse(command.obligation)
            return command.done_by, duty.subject if duty is not None else None, command.happened_at
        case TakeReading():
            return command.done_by, Subject("person", command.person_id), command.happened_at
        case EndTransfer():
            person = snapshot.persons.get(command.person_id)
            to = person.road.to if person is not None and person.road is not None else None
            return command.received_by, _site(person, None) if to == "site" else None, command.arrived_at
        case Transfer():
            person = snapshot.persons.get(command.person_id)
            site = _site(person, command.site_id) if command.to in (None, "site") else None
            return command.received_by, site, command.arrived_at
        case _:
            return "", None, None


def _site(person: Person | None, named: int | None) -> Subject | None:
    """Return the site to which a person is taken: the one named, else his own."""
    number = named if named is not None else person.site_id if person is not None else None
    return Subject("site", number) if number is not None else None


def _people_of(about: Subject, snapshot: Snapshot) -> Iterable[Person]:
    """Return the people of a town, whose cadres are known there; of any other place nobody."""
    if about.kind != "unit":
        return ()
    return (each for each in snapshot.persons.values() if each.unit_id == about.number)


def _owed_by(command: Discharge, snapshot: Snapshot, now: datetime) -> str:
    """Return who owes the duty of a check; "": there is no such duty."""
    from dutyboard.rules.duties.checks import check_of

    duty = DutyId.parse(command.obligation)
    check = check_of(duty, snapshot) if duty is not None else None
    found = check.find(snapshot, duty, now) if check is not None and duty is not None else None
    return found.owed_by if found is not None and not isinstance(found, Refusal) else ""
