"""Stays of a person: where he lives, the ride to another place, a last day, an end, a stay before."""

from datetime import date, datetime
from typing import Literal

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import Destination, EndKind, FoundBy, Room, Stage


@frozen
class Lodging:
    """A place where somebody lives: the stage that is spent there, and the room if it is a site."""

    stage: Stage
    site_id: int | None = None
    room: Room | None = None


@frozen
class Road:
    """A ride: when it left, by which vehicle and driver (and his phone), and where to.

    `place` is the name of the other county, else empty. `left` is where he was until then; `planned`: his transfer was
    owed already. `arrived_at`: another county has received him, and its letter is still to come (None: on the road).
    """

    left_at: datetime
    to: Destination
    place: str = ""
    vehicle: str
    driver: str
    phone: str = ""
    left: Lodging | None = None
    planned: bool = False
    arrived_at: datetime | None = None


@frozen
class Ending:
    """The end of a person's record: kind, time, leader (an officer's id), and the entry that tells it.

    `letter` and `to` are the document and the place of a hand-off; of two merged records `to` names the one that stays
    (`person-3`). `reason` is the text that an override or a mistake needs.
    """

    how: EndKind
    at: datetime
    leader: int | None = None
    letter: str = ""
    to: str = ""
    reason: str = ""
    entry: int | None = None


@frozen
class LastDay:
    """The last day of a stage (`of`) as a leader set it, what it `was`, when and why. `leader` is an officer's id.

    `own` is the day that the notice itself gave then; None: an older record, where `was` is that.
    """

    of: Literal["site", "home"]
    last: date
    was: date
    leader: int
    reason: str
    at: datetime
    own: date | None = None


@frozen
class PastStay:
    """A stay of a person that ended before the present one: its days, its clause, its place and its end."""

    registered_at: datetime
    closed_at: datetime | None = None
    arrived_on: date | None = None
    clause: str | None = None
    site_id: int | None = None
    room: Room | None = None
    admitted_on: date | None = None
    home_from: date | None = None
    end: Ending | None = None
    found_by: FoundBy = ""
    travel: str = ""
    companions: str = ""
    vehicle: str = ""
    seat_no: str = ""
