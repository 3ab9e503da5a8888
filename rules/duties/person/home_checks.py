"""The daily check at home, person by person; those who wait for their one test are seen too (三（十二）).

Each town has one row. It is done when everybody on it was seen; whoever was not stays owed by name.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple, cast, get_args
from zoneinfo import ZoneInfo

from dutyboard.rules.duties.duty import Check, Finding, ToSee, not_on_row, said_twice
from dutyboard.rules.duties.person.readings import is_odd, unlikely
from dutyboard.rules.duties.post.matters import open_found
from dutyboard.rules.law.daily import Slot
from dutyboard.rules.people.officers import directors, officer_of
from dutyboard.rules.people.stage import is_watched, on_desk
from dutyboard.rules.records.clock import bounds, midnight
from dutyboard.rules.records.codes import HomeWay, MatterCause
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import RecordBreach
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import POST, DutyId, Subject
from dutyboard.rules.records.model import Entry, Person, Unit, subject_id
from dutyboard.rules.records.obligation import Obligation, Window, obligation, slot_window, standing
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.person import Breached, HomeChecked
from dutyboard.rules.records.transaction import Accepted, Transaction

SLOT: Final = "home-check"


def owed(snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
    """Yield one check a day for each town that has people to be seen.

    The command post owes that of people of no known town.
    """
    if bounds(day, snapshot.zone)[1] <= desk_of(snapshot).opened_at:
        return
    slot = snapshot.daily_at(bounds(day, snapshot.zone)[0]).slot(SLOT)
    window = slot_window(slot, day, snapshot.zone)
    soon, named = snapshot.daily_at(now).duty.due_soon, directors(snapshot, now)
    for unit_id, known in snapshot.memo.made(_by_town, snapshot.persons, snapshot.units, snapshot.zone).items():
        members = [member for member in known if member.owed_on(day, window)]
        if not members:
            continue
        unit = snapshot.units.get(unit_id or 0)
        yield _check(snapshot, slot, window, unit, day, members, now, soon, named.get(unit_id, "") if unit else "")


class _Member(NamedTuple):
    """One person of the daily check: `since` when he is under it.

    `at_home` are the first day at home and the day of the end of one who has been let go; None: he is under it now.
    """

    subject: Subject
    unit_id: int | None
    since: datetime | None
    at_home: tuple[date, date] | None = None

    def owed_on(self, day: date, window: Window) -> bool:
        """Return True if he is to be seen on a day. Who comes home after its hour is seen from the next day on.

        Who was at home and let go on a later day was to be seen as well.
        """
        if self.at_home is not None:
            return self.at_home[0] <= day < self.at_home[1]
        return self.since is None or self.since <= window.due


def _members(persons: Mapping[int, Person], zone: ZoneInfo) -> list[_Member]:
    """Return everybody whom the check holds, or has held until his record was closed."""
    found = []
    for person in persons.values():
        at_home = None
        if not is_watched(person):
            if on_desk(person) or person.home_from is None or person.closed_at is None:
                continue
            at_home = person.home_from, person.closed_at.astimezone(zone).date()
        found.append(_Member(subject_id(person), person.unit_id, _since(person, zone), at_home))
    return found


def _by_town(
    persons: Mapping[int, Person], units: Mapping[int, Unit], zone: ZoneInfo
) -> dict[int | None, list[_Member]]:
    """Return the members of each town's check; None: those of no known town."""
    found: dict[int | None, list[_Member]] = {}
    for member in _members(persons, zone):
        found.setdefault(member.unit_id if member.unit_id in units else None, []).append(member)
    return found


def _since(person: Person, zone: ZoneInfo) -> datetime | None:
    """Return the instant from which on a person is under the check; a record of before has only the day."""
    if person.watched_since is not None:
        return person.watched_since
    day = person.home_from or person.admitted_on
    if day is not None:
        return midnight(day, zone)
    return person.assessment.at if person.assessment is not None else None


def _check(
    snapshot: Snapshot,
    slot: Slot,
    window: Window,
    unit: Unit | None,
    day: date,
    members: Iterable[_Member],
    now: datetime,
    soon: timedelta,
    director: str,
) -> Obligation:
    about = subject_id(unit) if unit else POST
    duty = DutyId(SLOT, about, day)
    told = snapshot.parts.get(duty, ())
    people = tuple(each.subject for each in members)
    left = _left(members, told) if told else people
    done = told[-1] if told and not left else None
    stated = max((found.checked for _, found in _told(told) if found.names_nobody), default=0)
    return obligation(
        "home_check",
        duty,
        about,
        window,
        standing(window, done, now, soon),
        done,
        name=slot.name,
        subject=unit.name if unit else desk_of(snapshot).desk,
        clause=slot.clause,
        owed_by=director,
        abnormal=any(each.abnormal for each in told),
        count=max(len(people) - len(left), min(stated, len(people))),
        total=len(people),
        people=people,
        left=left,
    )


def _told(told: Iterable[Entry]) -> Iterator[tuple[datetime, HomeChecked]]:
    """Yield what each check of a day tells, and when it was."""
    return ((entry.happened_at, entry.told) for entry in told if isinstance(entry.told, HomeChecked))


def _left(members: Iterable[_Member], told: Sequence[Entry]) -> tuple[Subject, ...]:
    """Return those whom nobody saw that day. A check of all, without names, was of whoever was there then."""
    met = {name for _, found in _told(told) for name in found.met}
    of_all = (at for at, found in _told(told) if found.checked >= found.of and found.names_nobody)
    last = max(of_all, default=None)
    unnamed = (each for each in members if each.subject not in met)
    return tuple(each.subject for each in unnamed if last is None or (each.since is not None and each.since > last))


def find(snapshot: Snapshot, duty: DutyId, now: datetime) -> Obligation | Refusal:
    """Return the home check of that name, on the day it names."""
    unknown = Refusal("unknown_obligation", {"obligation": duty})
    return next((each for each in owed(snapshot, duty.day, now) if each.id == duty), unknown)


def read(command: Discharge, duty: Obligation, snapshot: Snapshot, happened_at: datetime) -> Finding | Refusal:
    """Return what a town says of its people, by name. Whom it does not name stays owed.

    Without a name and a word it says that all who are left were seen and well. With words alone it must name them.
    """
    said = {
        name: tuple(Subject("person", each) for each in dict.fromkeys(getattr(command, name)))
        for name in ("seen", "absent", "refused", "unwell")
    }
    bare = not (any(said.values()) or command.readings or command.remarks or command.text.strip() or command.abnormal)
    if bare and command.figures in ({}, {"checked": len(duty.people)}):
        said["seen"] = duty.left
    elif command.figures:
        return Refusal("people_needed")
    named = (*(each for group in said.values() for each in group), *command.readings)
    if not named:
        return Refusal("people_needed")
    measured = [each for each in (*said["absent"], *said["refused"]) if each in command.readings]
    refused = not_on_row((*named, *command.remarks), duty, snapshot) or said_twice((*said.values(), measured), snapshot)
    if refused is not None:
        return refused
    limits = snapshot.daily_at(happened_at).thresholds
    for whose, reading in command.readings.items():
        if unlikely_reading := unlikely(whose, reading, limits):
            return unlikely_reading
    remarks = {whose: text for whose, words in command.remarks.items() if (text := words.strip())}
    if any(each not in remarks for each in said["unwell"]) and not command.text.strip():
        return Refusal("note_needed")
    way = command.details.get("how", "").strip()
    if way and way not in get_args(HomeWay):
        return Refusal("unknown_way", {"value": way})
    met = {*said["seen"], *said["unwell"], *command.readings}
    told = HomeChecked(
        checked=len(duty.people) - len([each for each in duty.left if each not in met]),
        of=len(duty.people),
        seen=said["seen"],
        absent=said["absent"],
        refused=said["refused"],
        unwell=said["unwell"],
        remarks=remarks,
        readings=dict(command.readings),
        how=cast(HomeWay, way) if way else None,
    )
    found = tuple(_found(said, remarks, command.text.strip(), snapshot, happened_at))
    odd = any(is_odd(each, limits) for each in command.readings.values())
    part = told.checked < told.of
    return Finding(told, abnormal=bool(found) or odd, found=found, part=part)


def _found(
    said: Mapping[str, tuple[Subject, ...]],
    remarks: Mapping[str, str],
    text: str,
    snapshot: Snapshot,
    happened_at: datetime,
) -> Iterator[ToSee]:
    """Yield what must be seen to: not there, refused (三（十二）: the command post's), not well."""
    within = snapshot.daily_at(happened_at).duty.not_found
    causes: tuple[tuple[str, MatterCause], ...] = (("absent", "absent"), ("refused", "refused"), ("unwell", "unwell"))
    for group, cause in causes:
        for each in said[group]:
            person = snapshot.persons[each.number]
            owner = desk_of(snapshot).desk if cause == "refused" else person.home_cadre or officer_of(snapshot, person)
            yield ToSee(subject=each, what=remarks.get(each, text), owner=owner, cause=cause, within=within)


_TAKES: Final = frozenset({"checked", "seen", "absent", "refused", "unwell", "remarks", "readings", "how"})
CHECK: Final = Check(find, read, {"home_check": _TAKES})


def decide_record_breach(command: RecordBreach, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write down a breach by somebody under the check; the command post must see to it at once."""
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    if not is_watched(person):
        return Refusal("wrong_stage", {"person": NameOf(person), "stage": person.stage})
    happened_at, text = command.happened_at or now, command.text.strip()
    if happened_at > now:
        return Refusal("in_future", {"at": happened_at})
    if not text:
        return Refusal("text_needed")
    transaction = Transaction(snapshot, now, actor)
    entry = transaction.log(
        Breached(),
        happened_at=happened_at,
        subject=subject_id(person),
        abnormal=True,
        text=text,
        late_reason=command.reason.strip(),
    )
    within = snapshot.daily_at(happened_at).duty.not_found
    breach = ToSee(subject=subject_id(person), what=text, owner=desk_of(snapshot).desk, cause="breach", within=within)
    open_found(transaction, breach, entry)
    return transaction.accepted()
