"""Calls to somebody after his release, on the days that the notice in force names.

Neither of the two notices that the program carries names any. A call that nobody answered says nothing of him, so that
it stays owed.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.duties.duty import Check, Finding, ToSee
from dutyboard.rules.people.ending import end_of
from dutyboard.rules.people.officers import officer_of
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.codes import EndKind, FollowUpAnswer
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import DutyId, Subject
from dutyboard.rules.records.model import Ending, Entry, Person, subject_id
from dutyboard.rules.records.obligation import Obligation, day_window, obligation, standing
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, named_in
from dutyboard.rules.records.told.person import FollowedUp

SLOT: Final = "follow-up"
_CALLED: Final[frozenset[EndKind]] = frozenset({"released", "overridden"})


def owed_for(person: Person, snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """Yield each call whose day has come, to somebody whose record a release has closed.

    It never closes; a record that opens again takes its calls with it, for he is on the desk.
    """
    days = _named_days(snapshot)
    for day, clause in _calls(end_of(person, snapshot), days, snapshot) if days else ():
        if day <= snapshot.day_of(now):
            yield _owed(person, day, clause, None, snapshot, now)


def awaits_call(person: Person, snapshot: Snapshot) -> bool:
    """Return True until every call after a person's release has been answered, those to come among them."""
    calls = _calls(end_of(person, snapshot), _named_days(snapshot), snapshot)
    return any(_answered(_duty(person, day), snapshot) is None for day, _ in calls)


@frozen
class CallAfter:
    """A call owed so many days after a release, and every call made of it, oldest first.

    `answered` is the one that he answered; None: none was yet.
    """

    person: Person
    released_at: datetime
    number: int
    day: date
    made: tuple[Entry, ...]
    answered: Entry | None


def calls_after(snapshot: Snapshot) -> Iterator[CallAfter]:
    """Yield the calls after each release, of every stay that a release has ended, person by person."""
    days = _named_days(snapshot)
    for person in snapshot.persons.values() if days else ():
        for end, again in _ends(person, snapshot):
            for day, _ in _calls(end, days, snapshot):
                if end is not None and (again is None or midnight(day, snapshot.zone) < again):
                    duty = _duty(person, day)
                    yield CallAfter(
                        person=person,
                        released_at=end.at,
                        number=(day - snapshot.day_of(end.at)).days,
                        day=day,
                        made=snapshot.parts.get(duty, ()),
                        answered=_answered(duty, snapshot),
                    )


def _named_days(snapshot: Snapshot) -> tuple[int, ...]:
    """Return the days that any notice of this desk names, whether or not it is in force now."""
    known = {each.notice: snapshot.notices_known.get(each.notice) for each in snapshot.notices.values()}
    asked = (each.daily.follow_up for each in known.values() if each is not None)
    return tuple(sorted({day for calls in asked if calls is not None for day in calls.days}))


def _calls(end: Ending | None, days: tuple[int, ...], snapshot: Snapshot) -> Iterator[tuple[date, str]]:
    """Yield the days on which somebody is called, each with its clause, by the notice in force at its 00:00.

    `days` are all that a notice of the desk names.
    """
    if end is None or end.how not in _CALLED:
        return
    for number in days:
        day = snapshot.day_of(end.at) + timedelta(days=number)
        asked = snapshot.daily_at(midnight(day, snapshot.zone)).follow_up
        if asked is not None and number in asked.days:
            yield day, asked.clause


def _duty(person: Person, day: date) -> DutyId:
    return DutyId(SLOT, subject_id(person), day)


def _answered(duty: DutyId, snapshot: Snapshot) -> Entry | None:
    """Return the entry of the call that somebody answered; None: none was answered yet."""
    told = snapshot.parts.get(duty, ())
    return next((each for each in told if isinstance(each.told, FollowedUp) and each.told.answer != "no_answer"), None)


def _owed(
    person: Person, day: date, clause: str, closes: datetime | None, snapshot: Snapshot, now: datetime
) -> Obligation:
    """Return one call. It `closes` where his record was opened again."""
    duty, window = _duty(person, day), day_window(day, snapshot.zone)._replace(closes=closes)
    done = _answered(duty, snapshot)
    return obligation(
        "follow_up",
        duty,
        subject_id(person),
        window,
        standing(window, done, now, snapshot.daily_at(now).duty.due_soon),
        done,
        subject=person.name,
        clause=clause,
        owed_by=person.home_cadre or officer_of(snapshot, person),
        abnormal=done is not None and done.abnormal,
    )


def find(snapshot: Snapshot, duty: DutyId, now: datetime) -> Obligation | Refusal:
    """Return the call of that name. One of a stay before can be told afterwards, and corrected."""
    person = snapshot.persons.get(duty.subject.number) if duty.subject.kind == "person" else None
    for end, again in _ends(person, snapshot) if person is not None else ():
        for day, clause in _calls(end, _named_days(snapshot), snapshot):
            began_before = again is None or midnight(day, snapshot.zone) < again
            if person is not None and day == duty.day and began_before:
                return _owed(person, day, clause, again, snapshot, now)
    return Refusal("unknown_obligation", {"obligation": duty})


def _ends(person: Person, snapshot: Snapshot) -> Iterator[tuple[Ending | None, datetime | None]]:
    """Yield the end of each stay of a person, and when the next one began (None: there is none)."""
    begun = (*(each.registered_at for each in person.stays_before[1:]), person.registered_at)
    for stay, again in zip(person.stays_before, begun, strict=False):
        yield stay.end, again
    yield end_of(person, snapshot), None


def read(command: Discharge, duty: Obligation, snapshot: Snapshot, _happened_at: datetime) -> Finding | Refusal:
    """Return what a call has found: he was reached and well, reached and not well (with words), or nobody answered."""
    named = (*(Subject("person", each) for each in (*command.seen, *command.absent, *command.unwell)), *command.remarks)
    stranger = next((each for each in named if each != duty.subject_id), None)
    if stranger is not None:
        return Refusal("not_on_row", {"person": named_in(snapshot, stranger), "subject": duty.subject})
    said: list[FollowUpAnswer] = []
    said += ["unwell"] if command.unwell or command.abnormal else []
    said += ["well"] if command.seen and not command.abnormal else []
    said += ["no_answer"] if command.absent else []
    if len(said) != 1:
        return (
            Refusal("said_twice", {"person": named_in(snapshot, duty.subject_id)}) if said else Refusal("answer_needed")
        )
    (answer,) = said
    remark = command.remarks.get(duty.subject_id, "").strip()
    told = FollowedUp(answer=answer, remark=remark)
    if answer != "unwell":
        return Finding(told, part=answer == "no_answer")
    what = remark or command.text.strip()
    if not what:
        return Refusal("note_needed")
    sick = ToSee(subject=duty.subject_id, what=what, owner=duty.owed_by, cause="unwell_after")
    return Finding(told, abnormal=True, found=(sick,))


CHECK: Final = Check(find, read, {"follow_up": frozenset({"seen", "absent", "unwell", "remarks"})})
