"""Records of a ride: a person as he leaves, arrives or comes back. Nothing is decided here."""

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from dutyboard.rules.people.stage import dwelling, lodging
from dutyboard.rules.records.codes import Destination, Room, Stage
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.stays import Lodging, Road

TRANSFER: Final = "transfer"
ARRIVAL: Final = "arrival"
LETTER: Final = "letter"
"""Slots of what is owed: to leave, to arrive, and the letter of the county that has received somebody."""
STAGE_AT: Final[dict[Destination, Stage]] = {
    "site": "site",
    "home": "home",
    "hospital": "hospital",
    "fever-clinic": "clinic",
    "county": "away",
}
"""Stage that each destination leads to."""


def departed(person: Person, road: Road, site_id: int | None, room: Room | None) -> Person:
    """Return the person on the road: the old room is free, the new one is held.

    From one room to another, and over the fever clinic, his days run on. From anywhere else they begin anew there.
    """
    here = lodging(person) or Lodging(stage=dwelling(person))
    planned = person.stage == "transfer"
    in_between = here.stage == "clinic" and person.home_from is None
    runs_on = planned or road.to != "site" or here.stage == "site" or in_between
    return replace(
        person,
        stage="transfer",
        site_id=site_id,
        room=room,
        still_in=None,
        admitted_on=person.admitted_on if runs_on else None,
        road=replace(road, left=here, planned=planned),
    )


def arrived(person: Person, at: datetime, day: date) -> Person:
    """Return the person where his road led, on that local day. Raises ValueError for somebody who is on none."""
    road = person.road
    if road is None:
        raise ValueError("not on the road")
    there = replace(person, stage=STAGE_AT[road.to], road=None)
    match road.to:
        case "site":
            # Days that begin here have those at home after them: an earlier move home is over.
            home_from = person.home_from if person.admitted_on is not None else None
            return replace(there, admitted_on=person.admitted_on or day, home_from=home_from)
        case "hospital":
            return replace(there, admitted_on=person.admitted_on or day)
        case "home":
            return replace(there, home_from=person.home_from or day)
        case "fever-clinic":
            return there
        case "county":
            return replace(there, road=replace(road, arrived_at=at))


def turned_back(person: Person) -> Person:
    """Return the person where he was before he left; a transfer that was owed then is owed again.

    Raises ValueError for somebody who is on no road.
    """
    road = person.road
    if road is None or road.left is None:
        raise ValueError("not on the road")
    left = road.left
    if not road.planned:
        return replace(person, stage=left.stage, site_id=left.site_id, room=left.room, road=None)
    still_in = left if left.stage != "transfer" else None
    to_room = road.to == "site"
    return replace(
        person,
        still_in=still_in,
        site_id=person.site_id if to_room else None,
        room=person.room if to_room else None,
        road=None,
    )
