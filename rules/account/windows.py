"""Windows of things done that have left the board, as far as the records tell them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from dutyboard.rules.people.fever import doubts
from dutyboard.rules.people.road import ARRIVAL, TRANSFER
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.ids import DutyId, Subject, subjects_in
from dutyboard.rules.records.model import Entry, Person
from dutyboard.rules.records.obligation import Window, day_window
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Arrived, ReadingTaken, ReferralAnswered, Released, Transferred


def window_done(named: str, done: Entry, snapshot: Snapshot) -> Window | None:
    """Return the window of a thing that an entry discharged; None: the records do not tell it any more."""
    duty = DutyId.parse(named)
    if duty is None:
        return _call(named, snapshot)
    if duty.subject.kind == "matter":
        matter = snapshot.matters.get(duty.subject.number)
        return Window(matter.opened_at, max(matter.due, matter.opened_at)) if matter is not None else None
    person = snapshot.persons.get(duty.subject.number) if duty.subject.kind == "person" else None
    match duty.slot:
        case "test-pcr" | "test-serum" | "release" | "follow-up":
            return day_window(duty.day, snapshot.zone)
        case "assess" if person is not None:
            return _from(_assessed_since(person), duty, done, snapshot)
        case "referral" if isinstance(done.told, ReferralAnswered):
            since = done.told.referred_at
            return Window(since, since + snapshot.daily_at(since).thresholds.unassessed)
        case slot if slot == ARRIVAL and isinstance(done.told, Arrived | Transferred):
            since = done.told.left_at
            return Window(since, since + snapshot.daily_at(since).duty.road)
        case slot if slot == TRANSFER and person is not None:
            return _from(_bound_since(person), duty, done, snapshot)
        case "retake" if isinstance(done.told, ReadingTaken):
            first = snapshot.entries.get(done.told.retake_of or 0)
            if first is None:
                return None
            return Window(
                first.happened_at, first.happened_at + snapshot.daily_at(first.happened_at).thresholds.retake_due
            )
        case "suspected" if person is not None:
            return _suspected(person, duty, snapshot)
        case _:
            return None


def _call(named: str, snapshot: Snapshot) -> Window | None:
    """Return the window of a call about a risk area: that of its list."""
    about = next((each for each in subjects_in(named) if each.kind == "area"), None)
    area = snapshot.areas.get(about.number) if about is not None else None
    if area is None or area.listed_at is None:
        return None
    return Window(area.listed_at, area.listed_at + snapshot.daily_at(area.listed_at).duty.rescreen)


def _assessed_since(person: Person) -> Iterable[datetime]:
    """Yield the instants from which on an assessment of a person may have been owed."""
    yield person.registered_at
    if person.referral is not None and person.referral.answer is not None:
        yield person.referral.answer.at
    yield from (stay.registered_at for stay in person.stays_before)


def _bound_since(person: Person) -> Iterable[datetime]:
    """Yield the instants from which on a ride of a person may have been owed."""
    named = (
        person.assessment.at if person.assessment is not None else None,
        person.referral.since if person.referral is not None else None,
        person.bound_since,
    )
    yield from (each for each in named if each is not None)


def _from(since: Iterable[datetime], duty: DutyId, done: Entry, snapshot: Snapshot) -> Window | None:
    """Return the last of the possible windows that began before the act and was due on its named day."""
    fits = []
    for each in since:
        daily = snapshot.daily_at(each)
        due = each + (daily.thresholds.unassessed if duty.slot == "assess" else daily.duty.transfer)
        strict = due == bounds(duty.day, snapshot.zone)[1]
        last = due - timedelta.resolution if strict else due
        if each <= done.happened_at and snapshot.day_of(last) == duty.day:
            fits.append(Window(each, due, strict=strict))
    return max(fits, default=None, key=lambda window: window.opens)


def _suspected(person: Person, duty: DutyId, snapshot: Snapshot) -> Window | None:
    """Return the window of the act about a suspected case, from the reading that made him one."""
    for doubt in doubts(person, snapshot):
        if doubt.suspected is not None and snapshot.day_of(doubt.suspected.at) == duty.day:
            opens = doubt.suspected.at
            return Window(opens, opens + snapshot.daily_at(opens).thresholds.suspected)
    return None


def tests_never_taken(released: Entry) -> Iterable[DutyId]:
    """Yield the planned tests that nobody ever took, as the leader who released a person confirmed them (O11)."""
    about = Subject.parse(released.subject)
    if isinstance(released.told, Released) and about is not None:
        yield from (DutyId(f"test-{each.type}", about, each.day) for each in released.told.confirmed if each.missed)
