"""From place to place: the closed-loop transfer, what blocks the end of a stage, and who is owed a release (三)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from dutyboard.rules.duties.person.queue import owed_for
from dutyboard.rules.duties.post.seats import holder
from dutyboard.rules.law.gate import Arranged, BlockerCode, Gate, Leaving, gate
from dutyboard.rules.people.course import Course, outline
from dutyboard.rules.people.rooms import holds_room
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.commands import Actor, Transfer
from dutyboard.rules.records.model import Officer, Person, Stage, subject_id
from dutyboard.rules.records.obligation import Obligation, standing
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted, Draft

LEAVING: Final[dict[Stage, Leaving]] = {"site": "site", "home": "home", "waiting": "single"}
"""Stages that a release ends."""
_ARRANGED: Final[frozenset[BlockerCode]] = frozenset({"no_home_cadre", "no_vehicle"})
"""What is arranged with the release itself, and so keeps nobody from being proposed for it."""


def gate_of(
    person: Person,
    snapshot: Snapshot,
    now: datetime,
    home_cadre: str = "",
    vehicle: str = "",
    late_confirmed: bool = False,
) -> Gate | None:
    """What blocks the end of the stage that a person is in, with what has been arranged; None: nothing to end there.
    Of somebody held in a room until his referral is answered, the gate of the site."""
    leaving = LEAVING.get(person.stage)
    if leaving is None and person.stage == "referred" and holds_room(person):
        leaving = "site"
    if leaving is None:
        return None
    course = snapshot.courses.of(person, snapshot, now)
    arranged = Arranged(
        home_cadre=bool(home_cadre.strip()),
        vehicle=bool(vehicle.strip()),
        late_confirmed=late_confirmed,
        room_stopped=bool(person.stopped_by),
    )
    home = course.plan.stage("home")
    result = course.result
    if home is not None and home.last is not None:
        # A late release has moved the days at home: the plan knows, the result of the facts alone does not.
        result = replace(result, dates=replace(result.dates, home_first=home.first, home_last=home.last))
    return gate(result, course.plan, leaving, snapshot.day_of(now), arranged)


# ---------------------------------------------------------------- owed


def obligations(snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """A release is owed to everybody whose stage is full, or whose gate is empty where the text gives no days. What
    still blocks it stands in the gate; it never closes."""
    today, soon = snapshot.day_of(now), snapshot.daily_at(now).duty.due_soon
    for person in snapshot.persons.values():
        if person.stage in LEAVING:
            course = snapshot.courses.of(person, snapshot, now)
            day = _full_on(person, course, snapshot, now)
            if day is not None and day <= today:
                yield _owed(snapshot, person, course, day, now, soon)


def _full_on(person: Person, course: Course, snapshot: Snapshot, now: datetime) -> date | None:
    """The day on which the stage ends: the one after its last; without one, the day its last result came in."""
    leaving = LEAVING[person.stage]
    planned = course.plan.stage("home" if leaving == "home" else "site")
    last = planned.last if planned is not None and leaving != "single" else None
    numbered = leaving == "home" or course.result.dates.site_first is not None
    if last is not None and numbered:
        return last + timedelta(days=1)
    if leaving == "home" or course.result.decision == "refer" or _sample_missing(course):
        return None
    found = gate_of(person, snapshot, now)
    if found is None or not _ARRANGED.issuperset(each.code for each in found.blockers):
        return None
    test = course.facts.arrival_pcr
    return getattr(test, "result_on", None) or snapshot.day_of(now)


def _sample_missing(course: Course) -> bool:
    """Whether the gate need not be asked: somebody waits for the one test, and it has not been taken."""
    return any(test.stage == "single" and test.demanded and test.result is None for test in course.plan.tests)


def _owed(snapshot: Snapshot, person: Person, course: Course, day: date, now: datetime, soon: timedelta) -> Obligation:
    opens, due = bounds(day, snapshot.zone)
    obligation_id = f"release/{subject_id(person)}/{day}"
    done = snapshot.done.get(obligation_id)
    state, late, entered_late = standing(opens, due, None, done, now, soon)
    site = snapshot.sites.get(person.site_id or 0)
    return Obligation(
        id=obligation_id,
        kind="release",
        slot="release",
        subject=person.name,
        subject_id=subject_id(person),
        clause=course.result.clause or (person.assessment.clause if person.assessment else None) or "3",
        owed_by=site.keeper if site else person.home_cadre,
        opens=opens,
        due=due,
        closes=None,
        state=state,
        entry=done.id if done else None,
        late_minutes=late,
        entered_late=entered_late,
    )


# ---------------------------------------------------------------- transfer


def decide_transfer(command: Transfer, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write down a point-to-point closed-loop move: to the reserved room, or without one to the hospital. Its times are
    in order and not in the future; vehicle, driver and who received the person are named."""
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    held_open = person.stage == "referred" and holds_room(person) and person.admitted_on is None
    if person.stage != "transfer" and not held_open:
        return Refusal("wrong_stage", {"person": person.name, "stage": person.stage})
    told = {"vehicle": command.vehicle, "driver": command.driver, "received_by": command.received_by}
    missing = [name for name, text in told.items() if not text.strip()]
    if missing:
        return Refusal("figures_needed", {"names": missing})
    if command.arrived_at < command.left_at:
        return Refusal("ends_before_start")
    if command.arrived_at > now:
        return Refusal("in_future", {"at": command.arrived_at})
    day = snapshot.day_of(command.arrived_at)
    # From room to room the days run on: who was admitted already keeps his day 0.
    moved = replace(person, admitted_on=person.admitted_on or day)
    if not held_open:
        moved = replace(moved, stage="hospital" if person.site_id is None else "site")
    draft = Draft(snapshot, now, actor)
    draft.put(moved)
    entry = draft.log(
        "transfer",
        happened_at=command.arrived_at,
        subject=subject_id(person),
        obligation=next((owed.id for owed in owed_for(person, snapshot, now) if owed.kind == "transfer"), None),
        text=command.text.strip(),
        data={
            **{name: text.strip() for name, text in told.items()},
            "left_at": command.left_at.isoformat(),
            "arrived_at": command.arrived_at.isoformat(),
            "site_id": person.site_id,
            "room": person.room,
        },
        done_by=command.received_by.strip(),
    )
    after = outline(snapshot.courses.fresh(moved, snapshot, now))
    return draft.accepted(person=person.id, entry=entry.id, stage=moved.stage, **after)


# ---------------------------------------------------------------- who may release


def may_lead(officer: Officer, snapshot: Snapshot, now: datetime) -> bool:
    """Whether an officer may confirm a release: a leader by role, or who holds the leader's seat now (带班领导)."""
    seat = holder(snapshot, "leader", now)
    return officer.role == "leader" or (seat is not None and seat.officer_id == officer.id)
