"""Turns of a course: people of the sample of whom a duty is owed that the others do not bring.

Each function returns a person who was there, with the facts, the place and the assessment of his turn.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from dutyboard.rules.law.facts import ArrivalPcr, Stay, Test
from dutyboard.rules.people.course import assessment_of, fresh_course
from dutyboard.rules.people.referral import opened
from dutyboard.rules.records.model import Ending, Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.sample import people
from dutyboard.tui.sample.people import Teller
from dutyboard.tui.sample.post import NEW_AREA

_ARRIVED = time(9, 30)
REGISTERED_AFTER = timedelta(minutes=20)
"""Time from an arrival to its registration."""
_ASSESSED_AFTER = timedelta(minutes=50)
_POSITIVE_KNOWN = time(20, 30)
_CALLED_DAYS = 5
_ON_THE_WAY_SINCE = timedelta(minutes=30)
_ASKED_SINCE = timedelta(minutes=70)
Turn = Callable[[Person, Snapshot, datetime], Person]


def stage_full(person: Person, snapshot: Snapshot, now: datetime) -> Person:
    """Return him on the day after his last one at the site, with every test negative: his release is owed."""
    today = _retold(person, people.high_risk, 0, now)
    days = fresh_course(today, snapshot, now).result.quarantine_days
    assert days is not None
    return _at_site(_retold(person, people.high_risk, days + 1, now), snapshot, now)


def history_open(person: Person, snapshot: Snapshot, now: datetime) -> Person:
    """Return him with today's negative result, and his recent risk history not checked yet: 三（七）, second branch."""
    came = _at_site(_retold(person, people.without_certificate, 1, now), snapshot, now)
    negative = ArrivalPcr(sampled_on=came.admitted_on, result="negative", result_on=now.date())
    return replace(came, facts=replace(came.facts, arrival_pcr=negative, tests=()))


def stayed_in_new_area(person: Person, snapshot: Snapshot, now: datetime) -> Person:
    """Return a close contact who also stayed in the area listed last: he is to be called about it."""
    came = _retold(person, people.close_contact, _CALLED_DAYS, now)
    code, name, _ = NEW_AREA
    stay = Stay(place=name, code=code, left_on=_day(now, _CALLED_DAYS + 3))
    facts = replace(came.facts, stays=(*(came.facts.stays or ()), stay))
    return _at_site(replace(came, facts=facts), snapshot, now)


def on_the_way(person: Person, snapshot: Snapshot, now: datetime) -> Person:
    """Return an arrival who was assessed half an hour ago and is driven to the room that he holds."""
    site, room = ROOM_HELD
    assessed = _assessed(person, snapshot, now - _ON_THE_WAY_SINCE)
    return replace(assessed, stage="transfer", site_id=site, room=room)


def asked_about(person: Person, snapshot: Snapshot, now: datetime) -> Person:
    """Return him in his room since yesterday, with a card that no clause names: an office is to answer."""
    came = _assessed(_retold(person, people.orange_card, 1, now), snapshot, now - _ASKED_SINCE)
    course = fresh_course(came, snapshot, now)
    return opened(replace(came, stage="site", admitted_on=_day(now, 1)), course.result, now - _ASKED_SINCE)


def positive(person: Person, snapshot: Snapshot, now: datetime) -> Person:
    """Return him in hospital since yesterday's positive test: his contacts are to be traced within two days."""
    came = _retold(person, people.high_risk, 2, now)
    sample = Test(type="pcr", day=1, result="positive", sampled_on=_day(now, 1))
    facts = replace(came.facts, case_status="confirmed", tests=(sample,))
    known_at = datetime.combine(_day(now, 1), _POSITIVE_KNOWN, now.tzinfo)
    assessed = _assessed(replace(came, facts=facts), snapshot, known_at)
    return replace(assessed, stage="hospital", admitted_on=_day(now, 2))


def let_go(person: Person, snapshot: Snapshot, now: datetime) -> Person:
    """Return him let go under 三（八） today, and not told yet to watch his own health."""
    came = _retold(person, people.same_province, 1, now)
    negative = ArrivalPcr(sampled_on=_day(now, 1), result="negative", result_on=now.date())
    passed = _assessed(replace(came, facts=replace(came.facts, arrival_pcr=negative)), snapshot, now)
    return replace(passed, stage="closed", closed_at=now, end=Ending(how="released", at=now))


ROOM_HELD: Final = (1, 54)
"""Site and room of the person on the way: the first room there that nobody is in."""
AT_SITE: Final[Mapping[tuple[int, int], Turn]] = {
    (1, 51): stage_full,
    (1, 52): history_open,
    (1, 53): stayed_in_new_area,
    (1, 50): asked_about,
}
"""Turns of people at a site, by site and room."""


def _day(now: datetime, days_ago: int) -> date:
    return now.date() - timedelta(days=days_ago)


def _retold(person: Person, tell: Teller, days_ago: int, now: datetime) -> Person:
    """Return a person with another account, who arrived in the morning so many days ago and is not assessed."""
    arrival = datetime.combine(_day(now, days_ago), _ARRIVED, now.tzinfo)
    # A seed of his own, so that the draws of the sample stay as they are.
    told = tell(Random(person.id), arrival.replace(tzinfo=None))
    registered_at = arrival + REGISTERED_AFTER
    return replace(person, origin=told.origin, facts=told.facts, registered_at=registered_at, assessment=None)


def _assessed(person: Person, snapshot: Snapshot, at: datetime) -> Person:
    """Return a person with his assessment of an instant, by the first officer of the post."""
    result = fresh_course(person, snapshot, at).result
    return replace(person, assessment=assessment_of(result, next(iter(snapshot.officers)), at))


def _at_site(person: Person, snapshot: Snapshot, now: datetime) -> Person:
    """Return a person in his room since his arrival. Every test of the past days was done and negative."""
    arrival = person.facts.arrival_at
    assert arrival is not None
    admitted = replace(person, stage="site", admitted_on=arrival.date())
    assessed = _assessed(admitted, snapshot, arrival.replace(tzinfo=now.tzinfo) + _ASSESSED_AFTER)
    tests = tuple(
        Test(type=test.type, day=test.number, result="negative", sampled_on=test.day)
        for test in fresh_course(assessed, snapshot, now).plan.tests
        if test.demanded and test.stage == "site" and test.day < now.date()
    )
    return replace(assessed, facts=replace(assessed.facts, tests=tests))
