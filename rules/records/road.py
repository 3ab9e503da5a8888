"""Way of a person from one place to another in a closed loop: the place he leaves, and the ride."""

from dataclasses import dataclass
from datetime import datetime

from dutyboard.rules.records.codes import Destination, Room, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Lodging:
    """A place where somebody lives: the stage that is spent there, and the room if it is a site."""

    stage: Stage
    site_id: int | None = None
    room: Room | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
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
