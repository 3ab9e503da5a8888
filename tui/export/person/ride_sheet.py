"""Transfer sheet: who is handed over, by which vehicle and whom, and when. What nobody told is filled in by hand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from dutyboard.rules.duties.person.papers import PaperRide, last_ride
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.fever import readings_of
from dutyboard.rules.people.rulings import going_on
from dutyboard.rules.people.stage import lodging, on_road
from dutyboard.rules.records.stays import Lodging
from dutyboard.rules.records.told.person import Arrived, Departed, Transferred
from dutyboard.tui.export.person.notices import test_rows
from dutyboard.tui.export.person.paper_case import PaperCase, PaperFields, bearer
from dutyboard.tui.terminal.masking import secret
from dutyboard.tui.views.fact_text import destination_text, room_text
from dutyboard.tui.views.people import bound_text, day_text, stage_text
from dutyboard.tui.views.person.course import result_name

_HOSPITALS: Final[Mapping[str, str]] = {"hospital": "hospital", "clinic": "fever-clinic"}


def transfer(case: PaperCase) -> PaperFields:
    """Return the sheet of the ride that is owed, under way, or ended last. Raises LookupError where there is none."""
    ride, person = last_ride(case.snapshot, case.person), case.person
    if ride is None:
        raise LookupError(person.id)
    course = course_of(person, case.snapshot, case.now)
    return {
        **bearer(case),
        **_told(case, ride),
        "from_place": case.told(_from(case, ride)),
        "clause": result_name(going_on(person, course.result), case.words),
        "stage": stage_text(person, case.snapshot, case.words),
        "isolation_day": case.told(day_text(person, course, case.snapshot.day_of(case.now))),
        "last_pcr": case.told(_last_pcr(case)),
        "last_temp": case.told(_last_temperature(case, ride)),
        "tests": test_rows(case),
    }


def _told(case: PaperCase, ride: PaperRide) -> dict[str, str]:
    """Return vehicle, driver, company, times, temperature and announcement as far as they were told."""
    left = ride.departed.told if ride.departed is not None else None
    come = ride.arrived.told if ride.arrived is not None else None
    drive = come if isinstance(come, Transferred) else left if isinstance(left, Departed) else None
    left_at: datetime | None = ride.departed.happened_at if ride.departed is not None else None
    arrived_at: datetime | None = ride.arrived.happened_at if ride.arrived is not None else None
    if isinstance(come, Transferred):
        arrived_at = come.arrived_at
    if isinstance(come, Transferred | Arrived):
        left_at = come.left_at
    received = come if isinstance(come, Transferred | Arrived) else None
    temp_c = received.temp_c if received is not None else None
    return {
        "to_place": case.told(_to(case, come)),
        "vehicle": case.told(drive.vehicle if drive is not None else ""),
        "driver": case.told(drive.driver if drive is not None else ""),
        "driver_phone": case.told(secret(drive.phone) if drive is not None else ""),
        "escort": case.told(drive.escort if drive is not None else ""),
        "escort_phone": case.told(secret(drive.escort_phone) if drive is not None else ""),
        "handed_by": case.told(drive.handed_by if drive is not None else ""),
        "temp_now": case.told(case.words.papers.temp.format(temp=temp_c) if temp_c is not None else ""),
        "told_headquarters": _announced(case, (received, drive)),
        "left_at": case.moment(left_at),
        "arrived_at": case.moment(arrived_at),
        "received_by": case.told(received.received_by if received is not None else ""),
    }


def _announced(case: PaperCase, told: tuple[Departed | Arrived | Transferred | None, ...]) -> str:
    """Return when the command post there was told and by whom, as the arrival tells it, else the departure."""
    for each in told:
        if each is not None and (each.announced_at is not None or each.announced_by):
            return f"{case.moment(each.announced_at)} {case.told(each.announced_by)}".strip()
    return case.blank


def _to(case: PaperCase, come: object) -> str:
    if isinstance(come, Transferred | Arrived) and come.to is not None:
        return destination_text(come.to, come.place, come.site_id, come.room, case.snapshot, case.words)
    if isinstance(come, Transferred):
        return room_text(come.site_id, come.room, case.snapshot, case.words)
    return bound_text(case.person, case.snapshot, case.words)


def _from(case: PaperCase, ride: PaperRide) -> str:
    """Return where he was until he left: a room, else his address while he has no other place."""
    person = case.person
    if person.road is not None and on_road(person):
        return _lodged(case, person.road.left) or person.address
    if ride.arrived is None:
        return _lodged(case, lodging(person)) or person.address
    noted = {name: value for each in ride.arrived.before for name, value in each.values.items()}
    held = noted.get("still_in")
    return (_lodged(case, held) if isinstance(held, Lodging) else "") or person.address


def _lodged(case: PaperCase, held: Lodging | None) -> str:
    """Return a room or a hospital; "" for somebody who had no place but his home."""
    if held is None:
        return ""
    room = room_text(held.site_id, held.room, case.snapshot, case.words)
    return room or case.words.course.places.get(_HOSPITALS.get(held.stage, ""), "")


def _last_pcr(case: PaperCase) -> str:
    taken = [each for each in case.person.facts.tests if each.type == "pcr" and each.sampled_on is not None]
    if not taken:
        return ""
    last = max(taken, key=lambda each: (each.sampled_on is not None, each.sampled_on))
    result = case.words.course.results[last.result or "pending"]
    return case.words.papers.test_on.format(day=case.day(last.sampled_on), result=result)


def _last_temperature(case: PaperCase, ride: PaperRide) -> str:
    """Return the last temperature before the one of the hand-over; "": there is none."""
    arrival = ride.arrived.id if ride.arrived is not None else None
    readings = readings_of(case.person, case.snapshot)
    measured = [each for each in readings if each.temp_c is not None and each.entry != arrival]
    if not measured:
        return ""
    last = measured[-1]
    return case.words.papers.degrees.format(temp=last.temp_c, at=last.at.astimezone(case.snapshot.zone))
