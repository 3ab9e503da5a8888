"""Referral of a person to an office: owed until it is answered, with the ride that it brings (O31)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from dutyboard.rules.people.officers import officer_of
from dutyboard.rules.people.referral import owes_closed_loop
from dutyboard.rules.people.stage import awaits_answer
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Kind, Obligation, Window, obligation, standing
from dutyboard.rules.records.snapshot import Snapshot

KINDS: Final[tuple[Kind, ...]] = ("referral",)


def owed(snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """Yield the answers that are owed, wherever the person is, and the rides to the fever clinic or the hospital."""
    for person in snapshot.persons.values():
        if awaits_answer(person):
            yield from owed_for(person, snapshot, now)


def owed_for(person: Person, snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """Yield what an open referral owes about one person: the answer, and the closed loop if it sends him away."""
    referral = person.referral
    if referral is None or not awaits_answer(person):
        return
    daily = snapshot.daily_at(referral.since)
    officer = officer_of(snapshot, person)
    office = officer if referral.owed_to == "person" else referral.owed_to  # what only he can tell, his officer asks
    yield _owed(snapshot, person, "referral", referral.since, daily.thresholds.unassessed, office, now)
    if owes_closed_loop(person):
        yield _owed(snapshot, person, "transfer", referral.since, daily.duty.transfer, officer, now)


def _owed(
    snapshot: Snapshot, person: Person, kind: Kind, since: datetime, within: timedelta, owed_by: str, now: datetime
) -> Obligation:
    window, daily = Window(since, since + within), snapshot.daily_at(now)
    return obligation(
        kind,
        DutyId(kind, subject_id(person), snapshot.day_of(window.due)),
        subject_id(person),
        window,
        standing(window, None, now, daily.duty.due_soon),
        None,
        subject=person.name,
        clause=daily.clauses.assess,
        owed_by=owed_by,
    )
