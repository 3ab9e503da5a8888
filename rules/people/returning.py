"""Return of somebody whose record is closed: a new stay of the same person, or the record opened again (O50)."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from dutyboard.rules.law.facts import Facts
from dutyboard.rules.people.ending import end_of
from dutyboard.rules.people.identity import IDENTITY
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.model import PastStay, Person
from dutyboard.rules.records.snapshot import Snapshot

_WORSE: Final = {"contact": ("close", "secondary", "unspecified"), "health_code": ("red",), "travel_card": ("red",)}
"""Values of facts that concern somebody whose record is closed."""


def reopened(person: Person, snapshot: Snapshot, now: datetime) -> Person:
    """Return the record open again, to be assessed anew, with the stay that has ended kept beside it.

    Class, room, cadres and readings are those of one stay: the new one begins without them.
    """
    facts = replace(person.facts, assessed_on=None, admitted_on=None)
    past = PastStay(
        registered_at=person.registered_at,
        closed_at=person.closed_at,
        arrived_on=person.facts.arrival_on,
        clause=person.assessment.clause if person.assessment else None,
        site_id=person.site_id,
        room=person.room,
        admitted_on=person.admitted_on,
        home_from=person.home_from,
        end=end_of(person, snapshot),
    )
    identity: dict[str, Any] = {name: getattr(person, name) for name in IDENTITY}
    return Person(
        **identity,
        id=person.id,
        unit_id=person.unit_id,
        officer_id=person.officer_id,
        facts=facts,
        warnings=person.warnings,
        asked=person.asked,
        source=person.source,
        registered_at=now,
        stays_before=(*person.stays_before, past),
    )


def returned(person: Person, told: PersonData, snapshot: Snapshot, now: datetime) -> Person:
    """Return a new stay of the same person, with the facts of this arrival and none of the last one.

    What he did not say of himself now is kept from before: his ID, his phone, his address.
    """
    said = {name: getattr(told, name) for name in IDENTITY if getattr(told, name)}
    opened = reopened(person, snapshot, now)
    return replace(opened, **said, facts=told.facts, asked=told.asked, unit_id=told.unit_id or opened.unit_id)


def comes_again(person: Person, told: Facts, zone_day: date) -> bool:
    """Return True if facts told of somebody closed are those of a new arrival: later than his last one.

    `zone_day` is the day on which his record was closed.
    """
    arrived, before = told.arrival_on, person.facts.arrival_on
    return arrived is not None and (before is None or arrived > before) and arrived >= zone_day


def concerns(person: Person, told: Facts) -> bool:
    """Return True if facts told of somebody closed concern him: a late contact, a code, an illness."""
    known = person.facts
    worse = any(
        getattr(told, name) in values and getattr(known, name) != getattr(told, name) for name, values in _WORSE.items()
    )
    sick = told.case_status in ("suspected", "confirmed", "asymptomatic") and known.case_status != told.case_status
    return worse or sick
