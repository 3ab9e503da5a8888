"""The daily check at home, person by person; those who wait for their one test are seen too (三（十二）).

Each town has one row. It is done when everybody on it was seen; whoever was not stays owed by name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from dutyboard.rules.duties.duty import Check, Finding, ToSee
from dutyboard.rules.duties.person.readings import unlikely
from dutyboard.rules.duties.post.matters import open_found
from dutyboard.rules.law.daily import Slot
from dutyboard.rules.people.officers import officer_of, serving
from dutyboard.rules.people.stage import is_watched, on_desk
from dutyboard.rules.records.clock import bounds, midnight
from dutyboard.rules.records.codes import MatterCause
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import RecordBreach
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import POST, DutyId, Subject
from dutyboard.rules.records.model import Entry, Person, Unit, subject_id
from dutyboard.rules.records.obligation import Obligation, Window, obligation, slot_window, standing
from dutyboard.rules.records.refusals import Refusal
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
    by_town: dict[int | None, list[Person]] = {}
    for person in snapshot.persons.values():
        if _owed_on(person, day, window, snapshot):
            unit_id = person.unit_id if person.unit_id in snapshot.units else None
            by_town.setdefault(unit_id, []).append(person)
    soon = snapshot.daily_at(now).duty.due_soon
    for unit_id, people in by_town.items():
        yield _check(snapshot, slot, window, snapshot.units.get(unit_id or 0), day, people, now, soon)


def _owed_on(person: Person, day: date, window: Window, snapshot: Snapshot) -> bool:
    """Return True if a person is to be seen on a day. Who comes home after its hour is seen from the next day on.

    Who was at home and let go on a later day was to be seen as well.
    """
    began = _since(person, snapshot)
    if is_watched(person):
        return began is None or began <= window.due
    ended = snapshot.day_of(person.closed_at) if person.closed_at else None
    if on_desk(person) or person.home_from is None or ended is None:
        return False
    return person.home_from <= day < ended


def _since(person: Person, snapshot: Snapshot) -> datetime | None:
    """Return the instant from which on a person is under the check; a record of before has only the day."""
    if person.watched_since is not None:
        return person.watched_since
    day = person.home_from or person.admitted_on
    if day is not None:
        return midnight(day, snapshot.zone)
    return person.assessment.at if person.assessment is not None else None


def _check(
    snapshot: Snapshot,
    slot: Slot,
    window: Window,
    unit: Unit | None,
    day: date,
    members: Iterable[Person],
    now: datetime,
    soon: timedelta,
) -> Obligation:
    about = subject_id(unit) if unit else POST
    duty = DutyId(SLOT, about, day)
    told = snapshot.parts.get(duty, ())
    people = tuple(subject_id(each) for each in members)
    since = {subject_id(each): _since(each, snapshot) for each in members}
    left = tuple(each for each in people if not _seen(each, since[each], told))
    done = told[-1] if told and not left else None
    stated = max(
        (each.told.checked for each in told if isinstance(each.told, HomeChecked) and _names_nobody(each)), default=0
    )
    directors = (o.name for o in serving(snapshot, now) if unit and o.unit_id == unit.id and o.director)
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
        owed_by=next(directors, ""),
        abnormal=any(each.abnormal for each in told),
        count=max(len(people) - len(left), min(stated, len(people))),
        total=len(people),
        people=people,
        left=left,
    )


def _names_nobody(entry: Entry) -> bool:
    """Return True for a check of before, which told numbers only."""
    told = entry.told
    return isinstance(told, HomeChecked) and not (told.met or told.absent or told.refused)


def _seen(person: Subject, since: datetime | None, told: Iterable[Entry]) -> bool:
    """Return True if somebody saw a person that day. One of all, without names, was of whoever was there then."""
    for entry in told:
        found = entry.told
        if not isinstance(found, HomeChecked):
            continue
        if person in found.met:
            return True
        there = since is None or since <= entry.happened_at
        if there and found.checked >= found.of and _names_nobody(entry):
            return True
    return False


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
    refused = _misnamed(named, (*named, *command.remarks), duty, snapshot) or _said_twice(said, snapshot)
    if refused is not None:
        return refused
    limits = snapshot.daily_at(happened_at).thresholds
    for whose, reading in command.readings.items():
        if unlikely_reading := unlikely(whose, reading, limits):
            return unlikely_reading
    remarks = {whose: text for whose, words in command.remarks.items() if (text := words.strip())}
    if any(each not in remarks for each in said["unwell"]) and not command.text.strip():
        return Refusal("note_needed")
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
    )
    found = tuple(_found(said, remarks, command.text.strip(), snapshot, happened_at))
    odd = any(not limits.low_c <= each < limits.fever_c for each in command.readings.values())
    part = told.checked < told.of
    return Finding(told, abnormal=bool(found) or odd, found=found, part=part)


def _misnamed(
    named: tuple[str, ...], spoken_of: tuple[str, ...], duty: Obligation, snapshot: Snapshot
) -> Refusal | None:
    """Return why the names cannot be: none at all, or somebody who is not on the row."""
    if not named:
        return Refusal("people_needed")
    for each in spoken_of:
        if each not in duty.people:
            subject = Subject.parse(each)
            person = snapshot.persons.get(subject.number) if subject is not None else None
            return Refusal("not_on_row", {"person": person.name if person else each, "subject": duty.subject})
    return None


def _said_twice(said: Mapping[str, tuple[Subject, ...]], snapshot: Snapshot) -> Refusal | None:
    """Return the refusal of somebody who is said to be two things at once."""
    of_each = Counter(each for group in said.values() for each in group)
    twice = next((each for each, times in of_each.items() if times > 1), None)
    return Refusal("said_twice", {"person": snapshot.persons[twice.number].name}) if twice is not None else None


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


_TAKES: Final = frozenset({"checked", "seen", "absent", "refused", "unwell", "remarks", "readings"})
CHECK: Final = Check(find, read, {"home_check": _TAKES})


def decide_record_breach(command: RecordBreach, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write down a breach by somebody under the check; the command post must see to it at once."""
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    if not is_watched(person):
        return Refusal("wrong_stage", {"person": person.name, "stage": person.stage})
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
