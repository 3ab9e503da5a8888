"""Certificates of the queue that run out, each with the minute until which it serves its clause."""

from datetime import datetime, timedelta

from dutyboard.frozen import frozen
from dutyboard.rules.law.conditions import all_of
from dutyboard.rules.law.facts import PcrCert
from dutyboard.rules.law.section_three import Branch
from dutyboard.rules.law.subjects import Interpretation
from dutyboard.rules.people.course import Course, course_of
from dutyboard.rules.people.stage import in_queue
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot

AGE = "certificate_hours"
"""The subject by which a notice asks how old a certificate is."""


@frozen
class Expiring:
    """A certificate that still serves one clause, until an instant. `decides`: who arrives, or is assessed, after that
    instant gets another clause; else his arrival has settled it (O25) and the hours are only for information."""

    person_id: int
    clause: str
    hours: int
    sampled_at: datetime
    valid_until: datetime
    decides: bool


def expiring(snapshot: Snapshot, now: datetime) -> tuple[Expiring, ...]:
    """Return the certificates of the queue that run out within the hours of the setting.

    Those that still decide something come first, then those that run out first.
    """
    within = snapshot.daily_at(now).thresholds.certificate_soon
    found = [
        each
        for person in snapshot.persons.values()
        if in_queue(person) and isinstance(person.facts.pcr, PcrCert)
        for each in certificates(person, course_of(person, snapshot, now), snapshot)
        if now <= each.valid_until <= now + within
    ]
    return tuple(sorted(found, key=lambda each: (not each.decides, each.valid_until, each.person_id)))


def certificates(person: Person, course: Course, snapshot: Snapshot) -> tuple[Expiring, ...]:
    """Return, for each clause that may apply to this person, until when his negative certificate serves it.

    The bound itself still serves (O21). () where none is carried, or its hour is not known.
    """
    carried = course.facts.pcr
    if not isinstance(carried, PcrCert) or carried.result != "negative" or carried.sampled_at is None:
        return ()
    section = course.result.notice.section_three
    sampled_at = carried.sampled_at.replace(tzinfo=snapshot.zone)
    return tuple(
        Expiring(
            person_id=person.id,
            clause=branch.clause,
            hours=hours,
            sampled_at=sampled_at,
            valid_until=sampled_at + timedelta(hours=hours),
            decides=_decides(course, section.settings),
        )
        for branch in section.branches
        if (hours := _hours(branch, course, section.settings)) is not None
    )


def _hours(branch: Branch, course: Course, settings: Interpretation) -> int | None:
    """The age that a branch allows a certificate, where everything else that it asks may hold."""
    for conditions in branch.when:
        limits = [each.limit for each in conditions if each.subject == AGE and each.limit is not None]
        others = [each for each in conditions if each.subject != AGE]
        if limits and all_of(others, course.facts, settings) is not False:
            return min(limits)
    return None


def _decides(course: Course, settings: Interpretation) -> bool:
    facts = course.facts
    return settings.certificate_counts_to == "assessment" or facts.arrival_at is None or facts.arrival_hour_unknown
