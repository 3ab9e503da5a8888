"""Changes of an act taken back from the records, alone or with the later acts that rest on it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from dutyboard.frozen import frozen
from dutyboard.rules.people.rooms import room_refusal, rooms_held
from dutyboard.rules.records.effects import HIDDEN, first_told, put_back, touched, unnoted
from dutyboard.rules.records.model import (
    Contradiction,
    Earlier,
    Entry,
    Matter,
    Person,
    Record,
    Report,
    Shift,
    subject_id,
)
from dutyboard.rules.records.papers.issued import IssuedPaper
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.stays import Lodging
from dutyboard.rules.records.told.person import Assessed, PositiveActed, Referred, SampleRecorded
from dutyboard.rules.records.told.post import Imported, TakenBack

Key = tuple[str, int]
"""Table and id of a record."""


@frozen
class Undoing:
    """Acts taken back together. `acts` are their own entries, the newest first; `records` as they are without them."""

    acts: tuple[Entry, ...]
    records: Mapping[Key, Record]


def act_of(entry: Entry, snapshot: Snapshot) -> Entry:
    """Return the own entry of the act that wrote an entry. A round that a sheet tells is an act of its own."""
    own = snapshot.entries.get(entry.part_of or entry.id, entry)
    return entry if isinstance(own.told, Imported) and entry.kind == "check" else own


def entries_of(act: Entry, snapshot: Snapshot) -> Iterator[Entry]:
    """Yield the entries of an act that still stand, its own first."""
    parts = (each for each in snapshot.entries.values() if each.part_of == act.id)
    yield from (each for each in (act, *sorted(parts, key=lambda each: each.id)) if each.id not in snapshot.amended)


def resting_on(act: Entry, snapshot: Snapshot) -> tuple[Entry, ...]:
    """Return the later acts that would not have been done without this one, the newest first."""
    found, place = [act], first_told(act, snapshot)
    own = (each for each in snapshot.entries.values() if each.part_of is None and each.id not in snapshot.amended)
    for since, number in sorted((first_told(each, snapshot), each.id) for each in own):
        later = snapshot.entries[number]
        if since > place and not _struck_since(later, place, snapshot) and any(_rests(later, first) for first in found):
            found.append(later)
    return tuple(reversed(found[1:]))


def _struck_since(later: Entry, place: int, snapshot: Snapshot) -> bool:
    """Return True if a later act takes back one that was told after this place: both together changed nothing."""
    struck = snapshot.entries.get(later.amends or 0) if isinstance(later.told, TakenBack) else None
    return struck is not None and first_told(act_of(struck, snapshot), snapshot) > place


def _rests(later: Entry, first: Entry) -> bool:
    """Return True if a later act changed again what the first one changed, or followed from its positive result."""
    if isinstance(later.told, PositiveActed) and later.subject == first.subject:
        return isinstance(first.told, SampleRecorded) and first.told.result == "positive"
    made = {(each.table, each.id) for each in first.before if each.made}
    if made & {(each.table, each.id) for each in later.before}:
        return True
    return bool(touched(later.before) & touched(first.before)) or takes_out(later.before, first.before)


def takes_out(later: Iterable[Earlier], first: Iterable[Earlier]) -> bool:
    """Return True if a later act took out what the first had put in, as a result its sample."""
    came = {(each.table, each.id, name): things for each in first for name, things in each.come.items()}
    return any(
        thing in came.get((each.table, each.id, name), ())
        for each in later
        for name, things in each.gone.items()
        for thing in things
    )


def undone(acts: Iterable[Entry], snapshot: Snapshot, now: datetime) -> Undoing | Refusal:
    """Return the records as they are without these acts, the newest of which comes first.

    Refused where an act changed what it did not note, what it made cannot be taken away, a room is held again, or a
    number would come back that no entry holds.
    """
    acts = tuple(acts)
    for act in acts:
        if (gave := _gave_number(act, snapshot)) is not None:
            return Refusal("amend_by_own_act", {"entry": act.id, "name": gave.kind})
        if unnoted(act) or any(each.made and not _may_go(each, snapshot) for each in act.before):
            return Refusal("amend_too_old", {"entry": act.id})
    records = records_without(acts, snapshot, now)
    return _rooms_refused(records, snapshot) or Undoing(acts=acts, records=records)


def _gave_number(act: Entry, snapshot: Snapshot) -> Entry | None:
    """Return an act that gave somebody a number and that this one has taken back; None: there is none.

    The number went with it, and no entry holds it: whoever gave it gives it again.
    """
    if not isinstance(act.told, TakenBack):
        return None
    back = {act.id, *(each.id for each in entries_of(act, snapshot))}
    struck = (snapshot.entries[number] for number, by in snapshot.amended.items() if by in back)
    return next((each for each in struck if any(HIDDEN & before.values.keys() for before in each.before)), None)


def records_without(acts: Iterable[Entry], snapshot: Snapshot, now: datetime) -> dict[Key, Record]:
    """Return the records that acts changed as they are without them. The newest act comes first."""
    records: dict[Key, Record] = {}
    for act in acts:
        for before in _noted(act, snapshot):
            key = (before.table, before.id)
            held = records.get(key) or getattr(snapshot, before.table).get(before.id)
            if held is not None:
                records[key] = _withdrawn(held, now) if before.made else put_back(held, before)
    return records


def _noted(act: Entry, snapshot: Snapshot) -> tuple[Earlier, ...]:
    """Return what an act changed; of a sample that an older program wrote, the sample."""
    if act.before or not isinstance(act.told, SampleRecorded):
        return act.before
    told = act.told
    for person in snapshot.persons.values():
        if subject_id(person) == act.subject:
            same = [t for t in person.facts.tests if (t.type, t.sampled_on) == (told.type, told.sampled_on)]
            come = {"facts.tests": tuple(same)} if same else {}
            values = {} if same else {"facts.arrival_pcr": None}
            return (Earlier(table="persons", id=person.id, values=values, come=come),)
    return ()


def _may_go(made: Earlier, snapshot: Snapshot) -> bool:
    """Return True if a record that an act made can be taken away with it."""
    return isinstance(getattr(snapshot, made.table).get(made.id), Report | Matter | Contradiction | Shift | IssuedPaper)


def _withdrawn(made: Record, now: datetime) -> Record:
    """Return a record that an act made as it is without the act: a report struck, the rest shut."""
    if isinstance(made, Report | IssuedPaper):
        return replace(made, struck=True)
    if isinstance(made, Shift):
        return replace(made, cancelled_at=made.cancelled_at or now)
    if isinstance(made, Contradiction):
        return replace(made, settled_at=made.settled_at or now)
    return replace(made, closed_at=made.closed_at or now) if isinstance(made, Matter) else made


def _rooms_refused(records: Mapping[Key, Record], snapshot: Snapshot) -> Refusal | None:
    """Return why a room cannot be held again: somebody else has it by now, or the site is not active."""
    for record in records.values():
        if not isinstance(record, Person):
            continue
        now = snapshot.persons.get(record.id)
        kept = rooms_held(now) if now is not None else ()
        # Without himself: of two in one room, only one is named as its holder.
        others = snapshot.applied(snapshot.seq, [each for each in records.values() if each is not record])
        for place in rooms_held(record):
            if place in kept:
                continue
            shared = _shared(place, snapshot)
            refused = room_refusal(others, place.site_id or 0, place.room, record.id, shared=shared)
            if refused is not None:
                return refused
    return None


def _shared(place: Lodging, snapshot: Snapshot) -> bool:
    """Return True if a room was given to be shared, to him or to somebody in it."""
    told = (each.told for each in snapshot.entries.values() if isinstance(each.told, Assessed | Referred))
    return any(each.shared and (each.site_id, each.room) == (place.site_id, place.room) for each in told)
