"""Road of a person in a closed loop: he leaves, and arrives, comes back or is diverted (三)."""

from dataclasses import replace
from datetime import datetime

from dutyboard.rules.duties.person.destination import Bound, destination, may_leave_for
from dutyboard.rules.duties.person.readings import is_odd, unlikely
from dutyboard.rules.people.cadres import cadres_of, two_cadres
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.fever import is_grave
from dutyboard.rules.people.officers import officer_of
from dutyboard.rules.people.referral import owes_closed_loop
from dutyboard.rules.people.road import ARRIVAL, LETTER, TRANSFER, arrived, departed, turned_back
from dutyboard.rules.people.rooms import room_refusal
from dutyboard.rules.people.stage import at_home, awaits_answer, on_desk, on_road, to_be_assessed, to_be_moved, watched
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import CancelTransfer, DivertTransfer, EndTransfer, StartTransfer
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Obligation, Window, obligation, standing
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.stays import Road
from dutyboard.rules.records.told.person import Arrived, Departed, Diverted, Transferred, TurnedBack
from dutyboard.rules.records.transaction import Accepted, Transaction


def owed_for(person: Person, snapshot: Snapshot, now: datetime) -> Obligation | None:
    """Return the ride that one person is owed; None: none. Red: too long on the road, or grave and not yet on it."""
    if not on_desk(person):
        return None
    slot, since = TRANSFER, _owed_since(person)
    if person.road is not None:
        received = person.road.arrived_at
        slot, since = (ARRIVAL, person.road.left_at) if received is None else (LETTER, received)
    if since is None:
        return None
    duty = snapshot.daily_at(since).duty
    window = Window(since, since + (duty.road if slot == ARRIVAL else duty.transfer))
    stands = standing(window, None, now, snapshot.daily_at(now).duty.due_soon)
    too_long = slot == ARRIVAL and stands.state == "late"
    grave = slot == TRANSFER and (is_grave(person, snapshot, now) or owes_closed_loop(person))
    return obligation(
        "transfer",
        DutyId(slot, subject_id(person), snapshot.day_of(window.due)),
        subject_id(person),
        window,
        stands,
        None,
        subject=person.name,
        clause=_clause(person, snapshot, now),
        owed_by=officer_of(snapshot, person),
        priority="red" if too_long or grave else "normal",
    )


def _owed_since(person: Person) -> datetime | None:
    """Return since when a person is to be taken somewhere; None: he is not."""
    asked = person.referral.since if person.referral is not None and awaits_answer(person) else None
    if owes_closed_loop(person):
        return asked
    if not to_be_moved(person):
        return None
    named = (asked, person.bound_since, person.assessment.at if person.assessment else None)
    return max((each for each in named if each is not None), default=person.registered_at)


def row_of(person: Person, snapshot: Snapshot, now: datetime) -> str | None:
    """Return the id of the ride that is owed for a person; None: none is."""
    ride = owed_for(person, snapshot, now)
    return ride.id if ride is not None else None


def _clause(person: Person, snapshot: Snapshot, now: datetime) -> str:
    known = course_of(person, snapshot, now).result.clause
    return known if known not in (None, "none") else snapshot.daily_at(now).clauses.assess


def decide_start_transfer(
    command: StartTransfer, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted | Refusal:
    """Write down that a person has left: vehicle and driver are named, and the new room is held.

    Refused for somebody who is on the road already, is to be assessed first, or has no reason to be taken there.
    """
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    left_at = command.left_at or now
    bound = leaving_for(person, command, snapshot, now, left_at)
    if isinstance(bound, Refusal):
        return bound
    transaction = Transaction(snapshot, now, actor)
    transaction.put(watched(person, on_the_way(person, bound, command, left_at), left_at))
    transaction.log(
        Departed(
            to=bound.to,
            vehicle=command.vehicle.strip(),
            driver=command.driver.strip(),
            phone=command.phone.strip(),
            site_id=bound.site_id,
            room=bound.room,
            place=bound.place,
            escort=command.escort.strip(),
            escort_phone=command.escort_phone.strip(),
            handed_by=command.handed_by.strip(),
            announced_at=command.announced_at,
            announced_by=command.announced_by.strip(),
        ),
        happened_at=left_at,
        subject=subject_id(person),
        obligation=row_of(person, snapshot, now),
        text=command.text.strip(),
    )
    return transaction.accepted()


def on_the_way(person: Person, bound: Bound, command: StartTransfer, left_at: datetime) -> Person:
    """Return the person as he leaves for a place."""
    road = Road(
        left_at=left_at,
        to=bound.to,
        place=bound.place,
        vehicle=command.vehicle.strip(),
        driver=command.driver.strip(),
        phone=command.phone.strip(),
    )
    return departed(person, road, bound.site_id, bound.room)


def leaving_for(
    person: Person, command: StartTransfer, snapshot: Snapshot, now: datetime, left_at: datetime
) -> Bound | Refusal:
    """Return where a person leaves for; a Refusal where he cannot."""
    if person.road is not None and on_road(person):
        return Refusal("on_the_road", {"person": NameOf(person), "at": person.road.left_at})
    unassessed = to_be_assessed(person) and person.assessment is None
    if unassessed or not on_desk(person) or person.road is not None:
        return Refusal("wrong_stage", {"person": NameOf(person), "stage": person.stage})
    told = {"vehicle": command.vehicle, "driver": command.driver}
    missing = [name for name, text in told.items() if not text.strip()]
    if missing:
        return Refusal("figures_needed", {"names": missing})
    for at in (left_at, command.announced_at):
        if at is not None and at > now:
            return Refusal("in_future", {"at": at})
    bound = destination(person, command, snapshot, now)
    if isinstance(bound, Refusal):
        return bound
    if not may_leave_for(person, bound, snapshot, now):
        return Refusal("wrong_stage", {"person": NameOf(person), "stage": person.stage})
    if bound.to == "home" and not at_home(person) and two_cadres(cadres_of(person)) is None:
        return Refusal("supervisor_needed")
    return bound


def decide_end_transfer(command: EndTransfer, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write down that a person on the road has arrived, and who received him."""
    found = _travelling(command.person_id, snapshot, command.arrived_at or now, now)
    if isinstance(found, Refusal):
        return found
    person, road = found
    received_by, at = command.received_by.strip(), command.arrived_at or now
    if not received_by:
        return Refusal("figures_needed", {"names": ["received_by"]})
    if command.announced_at is not None and command.announced_at > now:
        return Refusal("in_future", {"at": command.announced_at})
    limits = snapshot.daily_at(at).thresholds
    if command.temp_c is not None and (refused := unlikely("temp_c", command.temp_c, limits)) is not None:
        return refused
    transaction = Transaction(snapshot, now, actor)
    transaction.put(watched(person, arrived(person, at, snapshot.day_of(at)), at))
    transaction.log(
        Arrived(
            to=road.to,
            received_by=received_by,
            left_at=road.left_at,
            site_id=person.site_id,
            room=person.room,
            place=road.place,
            temp_c=command.temp_c,
            announced_at=command.announced_at,
            announced_by=command.announced_by.strip(),
        ),
        happened_at=at,
        subject=subject_id(person),
        obligation=row_of(person, snapshot, now),
        abnormal=is_odd(command.temp_c, limits),
        text=command.text.strip(),
        done_by=received_by,
    )
    return transaction.accepted()


def decide_cancel_transfer(
    command: CancelTransfer, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted | Refusal:
    """Write down that a person on the road is back where he left. A room that was given away by then is refused."""
    at = command.happened_at or now
    found = _travelling(command.person_id, snapshot, at, now)
    if isinstance(found, Refusal):
        return found
    person, road = found
    if not command.reason.strip():
        return Refusal("reason_needed")
    left = road.left
    if left is not None and left.site_id is not None:
        refused = room_refusal(snapshot, left.site_id, left.room, person.id)
        if refused is not None:
            return refused
    transaction = Transaction(snapshot, now, actor)
    transaction.put(watched(person, turned_back(person), at))
    transaction.log(
        TurnedBack(bound=road.to),
        happened_at=at,
        subject=subject_id(person),
        text=command.reason.strip(),
    )
    return transaction.accepted()


def decide_divert_transfer(
    command: DivertTransfer, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted | Refusal:
    """Write down that a person on the road is taken elsewhere: his clock runs on from when he left."""
    at = command.happened_at or now
    found = _travelling(command.person_id, snapshot, at, now)
    if isinstance(found, Refusal):
        return found
    person, road = found
    if not command.reason.strip():
        return Refusal("reason_needed")
    bound = destination(person, command, snapshot, now)
    if isinstance(bound, Refusal):
        return bound
    if bound == Bound(to=road.to, site_id=person.site_id, room=person.room, place=road.place):
        return Refusal("same_destination", {"person": NameOf(person)})
    transaction = Transaction(snapshot, now, actor)
    transaction.put(
        replace(person, site_id=bound.site_id, room=bound.room, road=replace(road, to=bound.to, place=bound.place))
    )
    transaction.log(
        Diverted(from_=road.to, to=bound.to, site_id=bound.site_id, room=bound.room, place=bound.place),
        happened_at=at,
        subject=subject_id(person),
        text=command.reason.strip(),
    )
    return transaction.accepted()


def _travelling(person_id: int, snapshot: Snapshot, at: datetime, now: datetime) -> tuple[Person, Road] | Refusal:
    """Return a person on the road at an instant; else a Refusal, with his arrival if that was told."""
    person = snapshot.persons.get(person_id)
    if person is None:
        return Refusal("unknown_person", {"person": person_id})
    road = person.road
    if road is None or not on_road(person):
        mine = [entry for entry in snapshot.entries.values() if entry.subject == subject_id(person)]
        last = max((e for e in mine if isinstance(e.told, Arrived | Transferred)), key=lambda e: e.id, default=None)
        if last is None:
            return Refusal("not_on_the_road", {"person": NameOf(person)})
        return Refusal("already_arrived", {"person": NameOf(person), "by": last.done_by, "at": last.happened_at})
    if at > now:
        return Refusal("in_future", {"at": at})
    return Refusal("ends_before_start") if at < road.left_at else (person, road)
