"""Advice to watch his own health, asked with the passage (三（八）: 并嘱其注意自我健康监测).

It is owed until somebody has told him so. His record may be closed by then: the row stays.
"""

from datetime import datetime
from typing import Final

from dutyboard.rules.duties.duty import Check, Finding
from dutyboard.rules.law.subjects import first_negative_on
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.officers import officer_of
from dutyboard.rules.people.stage import is_waiting
from dutyboard.rules.records.clock import bounds, midnight
from dutyboard.rules.records.codes import EndKind
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Obligation, Window, obligation, standing
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Advised

ADVICE: Final = "advice"
_LET_GO: Final[frozenset[EndKind]] = frozenset({"released", "overridden"})


def owed_for(person: Person, snapshot: Snapshot, now: datetime) -> Obligation | None:
    """Return the advice to one person, from his negative result or his release on; None: his class asks none.

    It is named by the day of his registration, which no corrected result moves.
    """
    made, let_go = person.assessment, _let_go_at(person)
    if made is None or made.clause is None or (not is_waiting(person) and let_go is None):
        return None
    if not _asks_advice(made.notice, made.clause, snapshot, now):
        return None
    since = _since(person, made.at, let_go, snapshot, now)
    if since is None:
        return None
    window = Window(since, bounds(snapshot.day_of(since), snapshot.zone)[1], strict=True)
    duty = _duty(person, snapshot)
    done = snapshot.done.get(duty)
    return obligation(
        "advice",
        duty,
        subject_id(person),
        window,
        standing(window, done, now, snapshot.daily_at(now).duty.due_soon),
        done,
        subject=person.name,
        clause=made.clause,
        owed_by=officer_of(snapshot, person),
    )


def awaits_advice(person: Person, snapshot: Snapshot, now: datetime) -> bool:
    """Return True while nobody has given a person the advice that his class asks."""
    found = owed_for(person, snapshot, now)
    return found is not None and found.entry is None


def _duty(person: Person, snapshot: Snapshot) -> DutyId:
    return DutyId(ADVICE, subject_id(person), snapshot.day_of(person.registered_at))


def _asks_advice(notice: str, clause: str, snapshot: Snapshot, now: datetime) -> bool:
    """Return True if the notice of an assessment asks the advice in its clause."""
    period = snapshot.period_at(now)
    if not period.carries(notice):
        return False
    return any(branch.advice for branch in period.ruled_by(notice).section_three.of_clause(clause))


def _let_go_at(person: Person) -> datetime | None:
    """Return when a release closed the record. A record that does not tell its end is of before there was this duty."""
    end = person.end
    return end.at if end is not None and end.how in _LET_GO else None


def _since(
    person: Person, assessed_at: datetime, let_go: datetime | None, snapshot: Snapshot, now: datetime
) -> datetime | None:
    """Return when the advice began to be owed: with his negative result, or with a release that came before it."""
    day = first_negative_on(course_of(person, snapshot, now).facts)
    negative = max(midnight(day, snapshot.zone), assessed_at) if day is not None else None
    return min((each for each in (negative, let_go) if each is not None), default=None)


def find(snapshot: Snapshot, duty: DutyId, now: datetime) -> Obligation | Refusal:
    """Return the advice of that name; a refusal where none is owed."""
    person = snapshot.persons.get(duty.subject.number) if duty.subject.kind == "person" else None
    found = owed_for(person, snapshot, now) if person is not None else None
    if found is None or found.id != duty:
        return Refusal("unknown_obligation", {"obligation": duty})
    return found


def read(_command: Discharge, duty: Obligation, _snapshot: Snapshot, _happened_at: datetime) -> Finding:
    """Return that he was told: the tick is the whole answer."""
    return Finding(Advised(clause=duty.clause))


CHECK: Final = Check(find, read, {})
