"""From place to place: the closed-loop transfer, and the release at the end of a stage (三)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from rules.clock import bounds
from rules.commands import Actor, Release, Transfer
from rules.course import Course, outline
from rules.draft import Accepted, Draft
from rules.gate import Arranged, Blocker, BlockerCode, Gate, Leaving, gate
from rules.links import Proposal, after_release
from rules.model import Officer, Person, Stage, subject_id
from rules.obligation import Obligation, standing
from rules.refusals import Refusal
from rules.rooms import holds_room
from rules.screening import owed_for
from rules.shifts import holder
from rules.snapshot import Snapshot

_LEAVING: Final[dict[Stage, Leaving]] = {"site": "site", "home": "home", "waiting": "single"}
_ARRANGED: Final[frozenset[BlockerCode]] = frozenset({"no_home_cadre", "no_vehicle"})
"""What is arranged with the release itself, and so keeps nobody from being proposed for it."""


def gate_of(person: Person, snapshot: Snapshot, now: datetime, home_cadre: str = "", vehicle: str = "") -> Gate | None:
    """What blocks the end of the stage that a person is in, with what has been arranged; None: nothing to end there."""
    leaving = _LEAVING.get(person.stage)
    if leaving is None:
        return None
    course = snapshot.courses.of(person, snapshot, now)
    arranged = Arranged(home_cadre=bool(home_cadre.strip()), vehicle=bool(vehicle.strip()))
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
    today = snapshot.day_of(now)
    for person in snapshot.persons.values():
        if person.stage in _LEAVING:
            course = snapshot.courses.of(person, snapshot, now)
            day = _full_on(person, course, snapshot, now)
            if day is not None and day <= today:
                yield _owed(snapshot, person, course, day, now)


def _full_on(person: Person, course: Course, snapshot: Snapshot, now: datetime) -> date | None:
    """The day on which the stage ends: the one after its last; without one, the day its last result came in."""
    leaving = _LEAVING[person.stage]
    planned = course.plan.stage("home" if leaving == "home" else "site")
    last = planned.last if planned is not None and leaving != "single" else None
    numbered = leaving == "home" or course.result.dates.site_first is not None
    if last is not None and numbered:
        return last + timedelta(days=1)
    if leaving == "home":
        return None
    found = gate_of(person, snapshot, now)
    if found is None or not _ARRANGED.issuperset(each.code for each in found.blockers):
        return None
    test = course.facts.arrival_pcr
    return getattr(test, "result_on", None) or snapshot.day_of(now)


def _owed(snapshot: Snapshot, person: Person, course: Course, day: date, now: datetime) -> Obligation:
    opens, due = bounds(day, snapshot.zone)
    obligation_id = f"release/{subject_id(person)}/{day}"
    done = snapshot.done.get(obligation_id)
    state, late, entered_late = standing(opens, due, None, done, now, snapshot.daily_at(now).duty.due_soon)
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
    moved = replace(person, stage="hospital" if person.site_id is None else "site", admitted_on=day)
    if held_open:
        moved = replace(person, admitted_on=day)
    draft = Draft(snapshot, now, actor)
    draft.put(moved)
    entry = draft.log(
        "transfer",
        happened_at=command.arrived_at,
        subject=subject_id(person),
        obligation=next((owed.id for owed in owed_for(person, snapshot, now) if owed.kind == "transfer"), None),
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


# ---------------------------------------------------------------- release


def decide_release(command: Release, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """End a stage, as the act of a named leader: with an empty gate, or against it with a reason that stays visible.
    A move home names its cadre in any case (3.12)."""
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    found = gate_of(person, snapshot, now, command.home_cadre, command.vehicle)
    if found is None:
        return Refusal("wrong_stage", {"person": person.name, "stage": person.stage})
    leader = snapshot.officers.get(command.leader_id)
    if leader is None:
        return Refusal("unknown_officer", {"officer": command.leader_id})
    if not may_lead(leader, snapshot, now):
        return Refusal("only_leader", {"officer": leader.name})
    course = snapshot.courses.of(person, snapshot, now)
    goes_home = person.stage == "site" and course.result.home_days != 0 and course.result.clause is not None
    if goes_home and not command.home_cadre.strip():
        return Refusal("supervisor_needed")
    override = command.override.strip()
    if found.blockers and not override:
        return Refusal("gate_closed", {"blockers": [each.code for each in found.blockers]})
    released = _released(person, command, goes_home, found.blockers, snapshot, now)
    draft = Draft(snapshot, now, actor)
    draft.put(released)
    data: dict[str, Any] = {"from": person.stage, "to": released.stage, "leader_id": leader.id}
    if released.stage == "home":
        data |= {"home_cadre": released.home_cadre, "vehicle": command.vehicle.strip()}
    if found.blockers:
        data["overridden"] = [each.code for each in found.blockers]
    entry = draft.log(
        "release",
        subject=subject_id(person),
        obligation=next(
            (owed.id for owed in obligations(snapshot, now) if owed.subject_id == subject_id(person)), None
        ),
        abnormal=bool(found.blockers),
        text=override if found.blockers else "",
        data=data,
        done_by=leader.name,
    )
    proposed = _linked(released, snapshot, now) if person.stage == "site" else ()
    return draft.accepted(
        person=person.id,
        entry=entry.id,
        stage=released.stage,
        overridden=[each.code for each in found.blockers],
        proposed=[{"kind": each.kind, "person": each.person, "clause": each.clause} for each in proposed],
    )


def may_lead(officer: Officer, snapshot: Snapshot, now: datetime) -> bool:
    """Whether an officer may confirm a release: a leader by role, or who holds the leader's seat now (带班领导)."""
    seat = holder(snapshot, "leader", now)
    return officer.role == "leader" or (seat is not None and seat.officer_id == officer.id)


def _released(
    person: Person,
    command: Release,
    goes_home: bool,
    blockers: tuple[Blocker, ...],
    snapshot: Snapshot,
    now: datetime,
) -> Person:
    early = person.released_early or (person.stage == "site" and bool(blockers))
    left = replace(person, site_id=None, room=None, released_early=early)
    if goes_home:
        cadre = command.home_cadre.strip()
        # Inside until then, the day of the real move is the first day at home (reading, section 5).
        return replace(left, stage="home", home_cadre=cadre, home_from=snapshot.day_of(now))
    return replace(left, stage="closed", closed_at=now)


def _linked(released: Person, snapshot: Snapshot, now: datetime) -> tuple[Proposal, ...]:
    """What the end of a close contact's site stage means for his secondary contacts (密接解除，次密接自动解除)."""
    people = {
        subject_id(each): snapshot.courses.of(each, snapshot, now).facts
        for each in snapshot.persons.values()
        if each.stage != "closed"
    }
    notice = snapshot.courses.of(released, snapshot, now).result.notice
    return after_release(subject_id(released), snapshot.day_of(now), people, notice, released.released_early)
