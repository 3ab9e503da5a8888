"""Officers as the desk names them: who sits now, who leads, who looks after a person."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from dutyboard.rules.law.daily import RosterFigure
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.model import Officer, Person, Shift
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot


def held(snapshot: Snapshot, seat: Seat) -> tuple[Shift, ...]:
    """The shifts of a seat that lasted or will last at all, by their start."""
    return snapshot.memo.made(_by_seat, snapshot.shifts)[seat]


def _by_seat(shifts: Mapping[int, Shift]) -> dict[Seat, tuple[Shift, ...]]:
    lasting = sorted((s for s in shifts.values() if s.covers), key=lambda s: (s.starts, s.id))
    return {seat: tuple(s for s in lasting if s.seat == seat) for seat in SEATS}


def holder(snapshot: Snapshot, seat: Seat, now: datetime) -> Shift | None:
    """The shift that holds a seat at an instant. At its own `until` a shift holds no more."""
    return next((s for s in held(snapshot, seat) if s.starts <= now < s.until), None)


def at_once(snapshot: Snapshot, shift: Shift) -> Shift | None:
    """Return another shift of the same officer that covers a minute of this one; None: he sits once only."""
    return next(
        (
            other
            for other in snapshot.shifts.values()
            if other.id != shift.id and other.officer_id == shift.officer_id and other.overlaps(shift)
        ),
        None,
    )


def serves(officer: Officer, day: date) -> bool:
    """Return True if an officer has not left by a day."""
    return officer.until is None or day < officer.until


def left_by(snapshot: Snapshot, officer: Officer, at: datetime) -> Refusal | None:
    """Return the refusal that names who has left by an instant, and from which day; None: he serves then."""
    if serves(officer, snapshot.day_of(at)):
        return None
    return Refusal("officer_left", {"officer": officer.name, "day": f"{officer.until}"})


def left_before(snapshot: Snapshot, officer_id: int, ends: datetime) -> Refusal | None:
    """Return the refusal that names who will have left before a shift `ends`, and from which day; None: he serves."""
    officer = snapshot.officers.get(officer_id)
    return left_by(snapshot, officer, ends - timedelta.resolution) if officer is not None else None


def leaves_at(snapshot: Snapshot, officer_id: int) -> datetime | None:
    """Return the instant from which an officer serves no more; None: no day of his leaving is set."""
    officer = snapshot.officers.get(officer_id)
    return midnight(officer.until, snapshot.zone) if officer is not None and officer.until is not None else None


def serving(snapshot: Snapshot, now: datetime) -> list[Officer]:
    """The officers who are there at an instant, by number: those of forms, counts and lists to pick from."""
    day = snapshot.day_of(now)
    return [officer for _, officer in sorted(snapshot.officers.items()) if serves(officer, day)]


def of_unit(snapshot: Snapshot, unit_id: int | None, now: datetime) -> list[Officer]:
    """The officers of a unit who are there at an instant, by number."""
    day = snapshot.day_of(now)
    return [o for o in snapshot.memo.made(_by_unit, snapshot.officers).get(unit_id, ()) if serves(o, day)]


def roster_counts(snapshot: Snapshot, unit_id: int, now: datetime) -> dict[RosterFigure, int]:
    """Return how many full-time members, directors and telephone numbers a unit's roster has at an instant.

    `without_director` is the other count of O52, shown beside the one that the setting chooses.
    """
    rows = of_unit(snapshot, unit_id, now)
    members = [o for o in rows if o.full_time]
    beside = sum(not o.director for o in members)
    counts = snapshot.daily_at(now).roster_report.director_counts
    return {
        "members": beside + sum(o.director for o in rows) if counts else beside,
        "without_director": beside,
        "directors": sum(o.director for o in rows),
        "phones": sum(bool(o.phone) for o in rows),
    }


def _by_unit(officers: Mapping[int, Officer]) -> dict[int | None, list[Officer]]:
    found: dict[int | None, list[Officer]] = {}
    for _, officer in sorted(officers.items()):
        found.setdefault(officer.unit_id, []).append(officer)
    return found


def directors(snapshot: Snapshot, now: datetime) -> dict[int | None, str]:
    """The name of the director of each unit who is there at an instant; of two the first by number."""
    day, found = snapshot.day_of(now), snapshot.memo.made(_last_first, snapshot.officers)
    return {officer.unit_id: officer.name for officer in found if serves(officer, day)}


def _last_first(officers: Mapping[int, Officer]) -> list[Officer]:
    return [officer for _, officer in sorted(officers.items(), reverse=True) if officer.director]


def officer_name(snapshot: Snapshot, officer_id: int | None) -> str:
    """An officer's name; "" where the record is not known."""
    officer = snapshot.officers.get(officer_id or 0)
    return officer.name if officer else ""


def unit_name(snapshot: Snapshot, officer: Officer) -> str:
    """An officer's unit, which tells namesakes apart; "" where he has none."""
    unit = snapshot.units.get(officer.unit_id or 0)
    return unit.name if unit else ""


def may_lead(officer: Officer, snapshot: Snapshot, now: datetime) -> bool:
    """Return True if an officer may do a leader's acts: by role, while he serves. The seat makes nobody a leader."""
    return officer.role == "leader" and serves(officer, snapshot.day_of(now))


def leaders_of(snapshot: Snapshot, now: datetime) -> list[Officer]:
    """Return the shift leaders who serve, in the order of the roster."""
    officers = sorted(snapshot.officers.values(), key=lambda each: each.id)
    return [each for each in officers if may_lead(each, snapshot, now)]


def officer_gone(snapshot: Snapshot, person: Person, now: datetime) -> bool:
    """Return True if the officer to whom a person is linked (专人) has left: another one is to be named."""
    officer = snapshot.officers.get(person.officer_id or 0)
    return officer is not None and not serves(officer, snapshot.day_of(now))


def officer_of(snapshot: Snapshot, person: Person) -> str:
    """The name of the 专人; empty: none yet."""
    officer = snapshot.officers.get(person.officer_id or 0)
    return officer.name if officer else person.officer_name
