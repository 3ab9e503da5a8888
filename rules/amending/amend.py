"""Corrections decided: an entry told again with other values, or taken back, and what rests on it with it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from dutyboard.rules.amending.following import place_of
from dutyboard.rules.amending.undoing import (
    Key,
    act_of,
    entries_of,
    records_without,
    resting_on,
    takes_out,
    undone,
)
from dutyboard.rules.amending.ways import ByOwnAct, way_of
from dutyboard.rules.duties.doer import doer_of, unknown_doer
from dutyboard.rules.duties.post.handover import hand_over_again
from dutyboard.rules.law.facts import ArrivalPcr, TestType, read_facts
from dutyboard.rules.people.changes import before_after
from dutyboard.rules.people.course import course_of, fresh_course
from dutyboard.rules.people.returning import asks_after_its_end, concerns
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.records.commands import Actor, Command
from dutyboard.rules.records.commands.amending import Amend, Restated, TakeBack
from dutyboard.rules.records.commands.person import RecordTest, Settle
from dutyboard.rules.records.commands.post import HandOver
from dutyboard.rules.records.effects import decides, earlier, first_told, held, with_values
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Contradiction, Earlier, Entry, Matter, Person, Record, subject_id
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot, table_of
from dutyboard.rules.records.timely import LATE, TELLS
from dutyboard.rules.records.timely import with_reason as with_late_reason
from dutyboard.rules.records.told import Unreadable
from dutyboard.rules.records.told.person import PositiveActed, SampleRecorded
from dutyboard.rules.records.told.post import MatterOpened, TakenBack
from dutyboard.rules.records.transaction import Accepted, Transaction
from dutyboard.rules.records.unlike import contradictions_of, sample_of

_OF_PEOPLE: Final = frozenset({"people", "seen", "absent", "refused", "unwell", "readings", "symptoms"})
"""Fields of what a check tells that hold people by name."""
_TICKS: Final = ("check", "ack", "shelve")
"""Kinds of entries that a key on the board makes, and that its `z` takes back."""
Decide = Callable[[Command, Snapshot, datetime, Actor], Accepted | Refusal]
"""Decider of any act (`rules.decide`), for the act told again."""


def decide_amend(command: Amend, snapshot: Snapshot, now: datetime, actor: Actor, decide: Decide) -> Accepted | Refusal:
    """Correct an entry with a reason. The old one is kept; the new one names it.

    Refused once, with what changes, where other acts rest on it and the officer has not agreed.
    """
    entry = snapshot.entries.get(command.entry_id)
    if entry is None:
        return Refusal("unknown_entry", {"entry": command.entry_id})
    refused = amended_already(entry, snapshot)
    if refused is not None:
        return refused
    if not command.reason.strip():
        return Refusal("reason_needed")
    way = way_of(act_of(entry, snapshot), snapshot)
    if isinstance(way, ByOwnAct):
        return Refusal("amend_by_own_act", {"entry": entry.id, "name": way.act})
    if command.instead is None:
        return _taken_back(entry, command.reason.strip(), snapshot, now, actor, agreed=command.agreed)
    if act_of(entry, snapshot) is not entry or type(way) is not type(command.instead):
        return Refusal("amend_only_back", {"entry": entry.id})
    return _told_again(entry, command, command.instead, snapshot, now, actor, decide)


def decide_take_back(command: TakeBack, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Take back one's own last check within the notice's minutes. What it discharged is owed again.

    Of acts said at once of many, where they are the last, each is taken back so.
    """
    entry = snapshot.entries.get(command.entry_id)
    if entry is None:
        return Refusal("unknown_entry", {"entry": command.entry_id})
    refused = amended_already(entry, snapshot)
    if refused is not None:
        return refused
    within = snapshot.daily_at(now).duty.take_back
    last = last_check_of(snapshot, actor.officer_id)
    if last is None or (last.id != entry.id and (last.together is None or last.together != entry.together)):
        return Refusal("not_yours", {"entry": entry.id})
    if now - entry.entered_at > within:
        return Refusal("too_late_to_take_back", {"minutes": within // timedelta(minutes=1), "entry": entry.id})
    return _taken_back(entry, "", snapshot, now, actor, agreed=False)


def last_check_of(snapshot: Snapshot, officer_id: int | None) -> Entry | None:
    """Return the newest tick, or act of several said at once, that an officer entered and nobody amended."""
    return _last_of(snapshot, officer_id, *_TICKS)


def last_check_or_import_of(snapshot: Snapshot, officer_id: int | None) -> Entry | None:
    """Return the newest check, act of several or import that an officer entered and nobody amended."""
    return _last_of(snapshot, officer_id, *_TICKS, "import")


def _last_of(snapshot: Snapshot, officer_id: int | None, *kinds: str) -> Entry | None:
    mine = (e for e in snapshot.entries.values() if e.entered_by == officer_id and (e.kind in kinds or _of_many(e)))
    return max((e for e in mine if e.id not in snapshot.amended), key=lambda e: e.id, default=None)


def _of_many(entry: Entry) -> bool:
    """Return True for the own entry of an act said with others at once. What takes one back is none."""
    return entry.together is not None and entry.part_of is None and entry.kind != "retract"


def as_correction(command: Command, snapshot: Snapshot) -> Amend | None:
    """Return the correction that another result of an acted-on positive sample is; None: the act is none.

    All that the positive result brought is undone with it. So is the one result that an officer takes from two.
    """
    if isinstance(command, Settle):
        return _settled_sample(command, snapshot)
    if not isinstance(command, RecordTest) or command.result == "positive":
        return None
    mine = [
        each
        for each in snapshot.entries.values()
        if each.id not in snapshot.amended and each.subject == Subject("person", command.person_id)
    ]
    acted = any(isinstance(each.told, PositiveActed) for each in mine)
    for each in mine:
        told = each.told
        if acted and isinstance(told, SampleRecorded) and told.result == "positive":
            same_day = command.sampled_on in (None, told.sampled_on)
            if same_day and command.type in (None, told.type):
                instead = replace(command, type=told.type, sampled_on=told.sampled_on, agreed=False)
                return Amend(entry_id=each.id, reason=command.reason, instead=instead, agreed=command.agreed)
    return None


def _settled_sample(command: Settle, snapshot: Snapshot) -> Amend | None:
    """Return the correction of a sample's entry by the other telling of that sample. None: no entry tells of it."""
    person = snapshot.persons.get(command.person_id)
    if not command.other or person is None:
        return None
    found = next((each for each in contradictions_of(person, snapshot) if each.field == command.field), None)
    named, other = _sample_unlike(person, found) if found is not None else (None, {})
    if named is None or not other.get("result"):
        return None
    for entry in sorted(snapshot.entries.values(), key=lambda each: -each.id):
        told = entry.told
        if entry.id in snapshot.amended or entry.subject != subject_id(person) or not isinstance(told, SampleRecorded):
            continue
        way = way_of(entry, snapshot)
        if (told.type, told.sampled_on) == named and isinstance(way, RecordTest):
            at = way.happened_at if other.get("sampled_on", told.sampled_on) == told.sampled_on else None
            instead = replace(way, **other, happened_at=at, agreed=False)
            return Amend(entry_id=entry.id, reason=command.reason, instead=instead, agreed=command.agreed)
    return None


def as_decided(command: Settle, answer: Accepted, snapshot: Snapshot, now: datetime) -> Accepted:
    """Return a sample's correction as the decision between two values that it is.

    Its entry notes what stood before the decision, so that taking it back leaves the sample as it was told before.
    """
    person = snapshot.persons[command.person_id]
    found = (each for each in contradictions_of(person, snapshot) if each.field == command.field)
    changes = (*answer.changes, *(replace(each, settled_at=now) for each in found))
    own = replace(answer.entry, before=earlier(snapshot, changes))
    return replace(answer, changes=tuple(own if each is answer.entry else each for each in changes))


def _sample_unlike(person: Person, found: Contradiction) -> tuple[tuple[TestType, date] | None, dict[str, Any]]:
    """Return which sample of a person is told unlike, and what is told of it instead. None: it is no sample."""
    known = person.facts.arrival_pcr
    if found.field == "arrival_pcr" and isinstance(known, ArrivalPcr) and known.sampled_on is not None:
        told = read_facts({"arrival_pcr": found.other}).arrival_pcr
        if isinstance(told, ArrivalPcr):
            return ("pcr", known.sampled_on), {"result": told.result, "sampled_on": told.sampled_on or known.sampled_on}
    return sample_of(found.field), {"result": found.other}


def amended_already(entry: Entry, snapshot: Snapshot) -> Refusal | None:
    """Return the refusal that says by whom and when an entry was corrected; None: it stands."""
    by = snapshot.entries.get(snapshot.amended.get(entry.id, 0))
    if by is None:
        return None
    return Refusal("already_amended", {"entry": entry.id, "id": by.id, "by": by.done_by, "at": by.entered_at})


# ---------------------------------------------------------------- taken back


def _taken_back(
    entry: Entry, reason: str, snapshot: Snapshot, now: datetime, actor: Actor, *, agreed: bool
) -> Accepted | Refusal:
    """Take back the whole act that wrote an entry.

    What takes another back, or decides between two values, puts in its place what stood there before.
    """
    act = act_of(entry, snapshot)
    rest = resting_on(act, snapshot)
    found = undone((*rest, act), snapshot, now)
    if isinstance(found, Refusal):
        return found
    refused = _closed(found.records, snapshot, now)
    if refused is not None:
        return refused
    asks = None if agreed else _asks(act, rest, found.records, snapshot, now)
    if asks is not None:
        return asks
    transaction = Transaction(snapshot, now, actor)
    for each in entries_of(act, snapshot):
        refused = log_taken_back(transaction, each, reason, again=isinstance(act.told, TakenBack) or decides(act))
        if refused is not None:
            return refused
    for later in rest:
        for each in entries_of(later, snapshot):
            log_taken_back(transaction, each, reason, again=decides(later))
    for record in found.records.values():
        transaction.put(record)
    return transaction.accepted(before=_before_decided(act, snapshot) if decides(act) else None)


def _before_decided(act: Entry, snapshot: Snapshot) -> tuple[Earlier, ...]:
    """Return what stood before the acts that a decision put away: they stand again once it is taken back."""
    numbers = {each.amends for each in entries_of(act, snapshot) if each.amends is not None}
    return tuple(each for number in sorted(numbers, reverse=True) for each in snapshot.entries[number].before)


def _closed(records: Mapping[Key, Record], snapshot: Snapshot, now: datetime) -> Refusal | None:
    """Return the refusal of facts that ask more of a record that is closed then, for nobody would owe it.

    One that stays closed is opened first, or the act that closed it is taken back. One that was opened stays open.
    """
    for record in records.values():
        person = snapshot.persons.get(record.id) if isinstance(record, Person) else None
        if person is None or not isinstance(record, Person) or on_desk(record):
            continue
        if on_desk(person):
            if asks_after_its_end(record, snapshot, now):
                return Refusal("news_since", {"person": NameOf(person)})
        elif concerns(person, record.facts, snapshot, now):
            return Refusal("record_closed", {"person": NameOf(person)})
    return None


def log_taken_back(transaction: Transaction, entry: Entry, reason: str, *, again: bool = False) -> Refusal | None:
    """Log that an entry is taken back; `again`: the entry that it stands for is told again instead.

    Returns why it cannot be told again.
    """
    if not again or entry.amends is None:
        if not isinstance(entry.told, TakenBack):
            transaction.log(
                TakenBack(),
                subject=entry.subject,
                obligation=entry.obligation,
                beside=entry.beside,
                amends=entry.id,
                reason=reason,
            )
        return None
    old = transaction.snapshot.entries.get(entry.amends)
    if old is None or isinstance(old.told, Unreadable):
        return Refusal("unknown_entry", {"entry": entry.amends})
    done = transaction.snapshot.done.get(old.obligation or "")
    if done is not None and done.id != entry.id and not _adds(old, transaction.snapshot):
        return Refusal("already_done", {"subject": old.subject, "by": done.done_by, "at": done.happened_at})
    transaction.log(
        old.told,
        happened_at=old.happened_at,
        subject=old.subject,
        obligation=old.obligation,
        beside=old.beside,
        abnormal=old.abnormal,
        text=old.text,
        late_reason=old.late_reason,
        done_by=old.done_by,
        amends=entry.id,
        reason=reason,
        first_entered_at=old.first_entered_at or old.entered_at,
    )
    return None


def _adds(part: Entry, snapshot: Snapshot) -> bool:
    """Return True if a part of a check says of somebody what no part that stands says of him."""
    standing = snapshot.parts.get(part.obligation or "", ())
    return bool(_said_of(part) - {each for other in standing for each in _said_of(other)})


def _said_of(part: Entry) -> set[tuple[str, str]]:
    """Return what a check says of people by name: who, and the field of its telling that holds him."""
    told = ((each.name, getattr(part.told, each.name)) for each in fields(part.told) if each.name in _OF_PEOPLE)
    return {(who, field) for field, people in told for who in people}


# ---------------------------------------------------------------- told again


def _told_again(
    entry: Entry,
    command: Amend,
    instead: Restated,
    snapshot: Snapshot,
    now: datetime,
    actor: Actor,
    decide: Decide,
) -> Accepted | Refusal:
    """Decide the act as if it had not been told yet, and write its entry for the old one."""
    rest = resting_on(entry, snapshot)
    found = undone((*rest, entry), snapshot, now)
    if isinstance(found, Refusal):
        return found
    sent = {key for key in found.records if key[0] == "reports"}  # an older revision stays what it was
    found = replace(found, records={key: each for key, each in found.records.items() if key not in sent})
    bare = _without((*found.acts, *_later_parts(entry, snapshot)), found.records, snapshot, now)
    answer = _decided(entry, instead, command, bare, now, actor, decide)
    if isinstance(answer, Refusal):
        return answer
    goes = rest if any(_goes_too(later, entry, answer.entry) for later in rest) else ()
    if not goes and any(entry.happened_at <= later.happened_at < answer.entry.happened_at for later in rest):
        return Refusal("ends_before_start")  # what rests on it happened before it
    same = _same_matters(entry, answer, snapshot)
    told: dict[Key, Record] = dict(found.records)
    for each in answer.changes:
        if isinstance(each, Matter):
            each = replace(each, id=same.get(each.id, each.id))
        if not isinstance(each, Entry):
            told[table_of(each), each.id] = each
    records = told if goes else _patched(rest, told, snapshot, now)
    refused = _closed(records, snapshot, now)
    if refused is not None:
        return refused
    asks = None if command.agreed else _asks(entry, goes, records, snapshot, now)
    if asks is not None:
        return asks
    reason = command.reason.strip()
    transaction = Transaction(snapshot, now, actor)
    _entries_again(transaction, entry, [_of_matter(each, same) for each in answer.entries], reason, snapshot)
    for later in goes:
        for each in entries_of(later, snapshot):
            log_taken_back(transaction, each, reason)
    for record in records.values():
        transaction.put(record)
    before = (replace(each, id=same.get(each.id, each.id)) if each.made else each for each in answer.entry.before)
    return transaction.accepted(answer.state, answer.outcome, before=tuple(before))


def _decided(
    entry: Entry, instead: Restated, command: Amend, bare: Snapshot, now: datetime, actor: Actor, decide: Decide
) -> Accepted | Refusal:
    """Decide the act told again. One that states no time of its own is of when it was first written down."""
    if isinstance(instead, HandOver):
        return hand_over_again(entry, instead, bare, now, actor)
    then = now if type(instead) in TELLS else entry.first_entered_at or entry.entered_at
    changed = doer_of(instead, bare) not in ("", entry.done_by)
    if changed and (refused := unknown_doer(instead, bare, then)) is not None:
        return refused
    answer = decide(instead, bare, then, actor)
    if isinstance(answer, Refusal) and answer.code in LATE:
        answer = decide(with_late_reason(instead, command.reason), bare, then, actor)
    return answer


def _same_matters(entry: Entry, answer: Accepted, snapshot: Snapshot) -> dict[int, int]:
    """Return each matter that the act told again opens anew, with the old matter that it is."""
    alone = isinstance(entry.told, MatterOpened)
    made = (snapshot.matters.get(each.id) for each in entry.before if each.made and each.table == "matters")
    left = [each for each in made if each is not None]
    same: dict[int, int] = {}
    for each in answer.created:
        if isinstance(each, Matter):
            alike = [old for old in left if alone or _alike(old, each)]
            if alike:
                same[each.id] = alike[0].id
                left.remove(alike[0])
    return same


def _alike(one: Matter, other: Matter) -> bool:
    return (one.kind, one.subject, one.cause) == (other.kind, other.subject, other.cause)


def _of_matter(entry: Entry, same: Mapping[int, int]) -> Entry:
    """Return an entry that opens a matter under the number that the matter has already."""
    told = entry.told
    if not isinstance(told, MatterOpened):
        return entry
    return replace(entry, told=replace(told, matter=same.get(told.matter, told.matter)))


def _later_parts(entry: Entry, snapshot: Snapshot) -> Iterator[Entry]:
    """Yield the later parts of the check of which an entry is one. It is told again as it was told before them."""
    for each in snapshot.parts.get(entry.obligation or "", ()):
        if (each.happened_at, each.id) > (entry.happened_at, entry.id):
            yield each


def _without(acts: Iterable[Entry], records: Mapping[Key, Record], snapshot: Snapshot, now: datetime) -> Snapshot:
    """Return the picture as if the acts had not been told. The marks that strike them have no id of the journal."""
    marks = [
        replace(each, id=-each.id, told=TakenBack(), amends=each.id, before=(), entered_at=now)
        for act in acts
        for each in entries_of(act, snapshot)
    ]
    return snapshot.applied(snapshot.seq, [*records.values(), *marks])


def _goes_too(later: Entry, old: Entry, new: Entry) -> bool:
    """Return True if a later act cannot stand on the act as it is told now."""
    if isinstance(later.told, PositiveActed) and later.subject == old.subject:
        return not (isinstance(new.told, SampleRecorded) and new.told.result == "positive")
    return takes_out(later.before, old.before) and not takes_out(later.before, new.before)


def _patched(
    rest: tuple[Entry, ...], told: Mapping[Key, Record], snapshot: Snapshot, now: datetime
) -> dict[Key, Record]:
    """Return the records with what the act told again does otherwise, later acts left as they are.

    `told` are the records as it leaves them.
    """
    left = records_without(rest, snapshot, now)
    out: dict[Key, Record] = {}
    for key, after in told.items():
        current = getattr(snapshot, key[0]).get(key[1])
        if current is None:
            out[key] = after
        elif values := dict(_otherwise(left.get(key) or current, after, current)):
            out[key] = with_values(current, values)
    return out


def _otherwise(before: Record, after: Record, current: Record) -> Iterator[tuple[str, Any]]:
    """Yield the fields that two tellings of an act leave otherwise, with their values in the record of today."""
    now, told = dict(held(current)), dict(held(after))
    for name, was in held(before):
        if was == told[name]:
            continue
        if isinstance(was, tuple) and isinstance(told[name], tuple) and isinstance(now[name], tuple):
            stays = tuple(each for each in now[name] if each not in was or each in told[name])
            yield name, (*stays, *(each for each in told[name] if each not in was and each not in stays))
        elif now[name] == was:
            yield name, told[name]


def _entries_again(
    transaction: Transaction, old: Entry, entries: Sequence[Entry], reason: str, snapshot: Snapshot
) -> None:
    """Log the entries of the act told again, each in place of the old one about the same subject."""
    before = {each.subject: each.id for each in entries_of(old, snapshot)} | {entries[0].subject: old.id}
    for each in entries:
        if isinstance(each.told, Unreadable):
            continue
        transaction.log(
            each.told,
            happened_at=each.happened_at,
            subject=each.subject,
            obligation=each.obligation,
            beside=each.beside,
            abnormal=each.abnormal,
            text=each.text,
            late_reason=each.late_reason,
            done_by=each.done_by,
            amends=before.pop(each.subject, None),
            reason=reason,
            first_entered_at=old.first_entered_at or old.entered_at,
        )
    for number in before.values():
        log_taken_back(transaction, snapshot.entries[number], reason)


# ---------------------------------------------------------------- asked once


def _asks(
    act: Entry, goes: tuple[Entry, ...], records: Mapping[Key, Record], snapshot: Snapshot, now: datetime
) -> Refusal | None:
    """Return the question to be agreed to first: the acts that go too, and the people whose course changes."""
    people = list(_other_course(act, records, snapshot, now))
    if not goes and not people:
        return None
    return Refusal("asks_first", {"entry": act.id, "entries": [each.id for each in goes], "names": people})


def _other_course(act: Entry, records: Mapping[Key, Record], snapshot: Snapshot, now: datetime) -> Iterator[NameOf]:
    """Yield the people of whom later acts are told, and whose place, clause, days or tests change."""
    since = first_told(act, snapshot)
    later = {each.subject for each in snapshot.entries.values() if first_told(act_of(each, snapshot), snapshot) > since}
    after = snapshot.applied(snapshot.seq, records.values())
    for record in records.values():
        held_now = snapshot.persons.get(record.id) if isinstance(record, Person) else None
        if not isinstance(record, Person) or held_now is None or Subject("person", record.id) not in later:
            continue
        moved = place_of(held_now) != place_of(record)
        if moved or before_after(course_of(held_now, snapshot, now), fresh_course(record, after, now)):
            yield NameOf(record)
