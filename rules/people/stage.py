"""Stages of a person: his place now, the road, an answer that is owed, and control as a whole.

Every count, round, list and report asks these functions; a stage is compared nowhere else than where it is set.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from dutyboard.rules.law.result import Result
from dutyboard.rules.law.section_three import Place
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.stays import Lodging

QUEUED: Final[frozenset[Stage]] = frozenset({"pending", "referred"})


PLACED: Final[frozenset[Stage]] = frozenset({"waiting", "transfer", "site", "home", "hospital", "clinic"})
"""Stages of somebody placed; whom another county has received is no longer assessed here."""
FEVER_PLACES: Final = frozenset({"fever clinic", "hospital"})
"""Provisional places that a person is brought to at once, by closed loop."""


def is_placed(person: Person) -> bool:
    """Return True if a person has been placed and not been let go, whatever the place."""
    return person.stage in PLACED


def in_queue(person: Person) -> bool:
    """Return True if a person is still to be assessed, or waits for an answer in no place of ours."""
    return person.stage in QUEUED


def stage_of(person: Person) -> Stage:
    """Return the stage of a person. One without a place is `referred` only until the answer, wherever it reached him.

    His record may say so longer: a ride that is taken back, or turns back, leads to where he was before the answer.
    """
    return "pending" if person.stage == "referred" and not awaits_answer(person) else person.stage


def to_be_assessed(person: Person) -> bool:
    """Return True if nobody has assessed a person yet, or an answer left his class to the desk."""
    return stage_of(person) == "pending"


def to_be_moved(person: Person) -> bool:
    """Return True if a transfer of a person is owed, and he has not left for it."""
    return person.stage == "transfer" and not on_road(person)


def on_road(person: Person) -> bool:
    """Return True if a person has left one place and has not arrived at the next."""
    return person.road is not None and person.road.arrived_at is None


def dwelling(person: Person) -> Stage:
    """Return the stage of the place where a person lives now: the old place until he has left it."""
    if person.stage == "transfer" and person.still_in is not None and not on_road(person):
        return person.still_in.stage
    return person.stage


def lodging(person: Person) -> Lodging | None:
    """Return the room of a site where a person lives now; None: he lives in none."""
    if person.stage == "site":
        return Lodging(stage="site", site_id=person.site_id, room=person.room)
    return person.still_in if dwelling(person) == "site" else None


def site_of(person: Person) -> int | None:
    """Return the site in a room of which a person lives now; None: in none."""
    if person.stage == "site":
        return person.site_id
    held = lodging(person)
    return held.site_id if held is not None else None


def in_room(person: Person) -> bool:
    """Return True if a person lives in a room of a site now."""
    return dwelling(person) == "site"


def at_home(person: Person) -> bool:
    """Return True if a person is in home monitoring now."""
    return dwelling(person) == "home"


def is_waiting(person: Person) -> bool:
    """Return True if a person waits where he is for his one test, after which he may pass."""
    return dwelling(person) == "waiting"


def is_watched(person: Person) -> bool:
    """Return True if the daily check holds a person: at home, or waiting for his one test (O32)."""
    return dwelling(person) in ("home", "waiting")


def watched(before: Person, after: Person, now: datetime) -> Person:
    """Return the record after an act, with the instant since which the check at home holds him."""
    if not is_watched(after):
        return replace(after, watched_since=None)
    return after if is_watched(before) else replace(after, watched_since=now)


def in_hospital(person: Person) -> bool:
    """Return True if a person is at the hospital or the fever clinic now."""
    return dwelling(person) in ("hospital", "clinic")


def on_desk(person: Person) -> bool:
    """Return True until the record of a person is closed."""
    return person.stage != "closed"


def stands(person: Person) -> bool:
    """Return False of a record that was registered by mistake, or made one with another: it counts nowhere."""
    return person.end is None or person.end.how not in ("voided", "merged")


def under_control(person: Person) -> bool:
    """Return True if a person has been assessed and not released: placed, on the road, or waiting for an answer."""
    return stage_of(person) not in ("pending", "closed")


def is_classed(person: Person) -> bool:
    """Return True once an assessment has given a person a class; one that only asked an office gives none."""
    return person.assessment is not None and person.assessment.decision != "refer"


def awaits_answer(person: Person) -> bool:
    """Return True while a question about a person is put to an office and not answered, wherever he is."""
    return person.referral is not None and person.referral.answer is None and on_desk(person)


def first_place(result: Result) -> Place:
    """Return the place that a result sends a person to; a referred one goes to its provisional place.

    That is the hospital for a fever clinic, the place of the clause that it names, and a site for all else.
    """
    if result.first_place is not None:
        return result.first_place
    held = result.provisional or ""
    if held in FEVER_PLACES:
        return "hospital"
    rows = result.notice.section_three.of_clause(held)
    return rows[0].place if rows else "site"
