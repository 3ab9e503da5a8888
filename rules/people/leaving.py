"""End of a stage of a person: which stages end by a release, and what still blocks it."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from dutyboard.rules.law.gate import Arranged, Gate, Leaving, gate
from dutyboard.rules.people.cadres import two_cadres
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.fever import doubtful_mates, stopper, unsettled
from dutyboard.rules.people.stage import awaits_answer
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.snapshot import Snapshot

LEAVING: Final[dict[Stage, Leaving]] = {"site": "site", "home": "home", "waiting": "single"}
"""Stages that a release ends."""


def gate_of(
    person: Person,
    snapshot: Snapshot,
    now: datetime,
    cadres: tuple[str, ...] = (),
    vehicle: str = "",
    late_confirmed: bool = False,
) -> Gate | None:
    """Return the gate of a person's stage, with what has been arranged; None: no release ends it."""
    leaving = LEAVING.get(person.stage)
    if leaving is None:
        return None
    course = course_of(person, snapshot, now)
    arranged = Arranged(
        home_cadres=two_cadres(cadres) is not None,
        vehicle=bool(vehicle.strip()),
        late_confirmed=late_confirmed,
        room_stopped=bool(person.stopped_by) and stopper(person, snapshot) is not None,
        reading_open=unsettled(person, snapshot),
        doubtful_mates=tuple(subject_id(mate) for mate in doubtful_mates(person, snapshot)),
        unanswered=person.referral.reasons if person.referral is not None and awaits_answer(person) else (),
    )
    home = course.plan.stage("home")
    result = course.result
    if home is not None and home.last is not None:
        # A late release has moved the days at home: the plan knows, the result of the facts alone does not.
        result = replace(result, dates=replace(result.dates, home_first=home.first, home_last=home.last))
    return gate(result, course.plan, leaving, snapshot.day_of(now), arranged)
