"""Release at the end of a stage: a leader's act behind its gate, linked secondary contacts with it (三)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from dutyboard.rules.duties.person.positive import after_leaving
from dutyboard.rules.law.gate import SETTLED_BY_WORD, Blocker
from dutyboard.rules.law.plan import waited_until
from dutyboard.rules.law.ruling import NO_CLAUSE
from dutyboard.rules.law.section_three import BlockerCode
from dutyboard.rules.people.cadres import cadres_of, two_cadres
from dutyboard.rules.people.course import Course, course_of
from dutyboard.rules.people.ending import end_told
from dutyboard.rules.people.leaving import LEAVING, gate_of
from dutyboard.rules.people.officers import may_lead
from dutyboard.rules.people.stage import in_room, watched
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import Release
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import Entry, Officer, Person, subject_id
from dutyboard.rules.records.obligation import Obligation, day_window, obligation, standing
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import ConfirmedTest, Released
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_release(command: Release, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """End a stage, as the act of a named leader: with an empty gate or a visible reason.

    A move home names its two cadres in any case (3.12). Secondary contacts are released with a close one only through
    gates of their own, which nobody overrides here.
    """
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    found = gate_of(person, snapshot, now, command.cadres, command.vehicle, command.late_confirmed)
    if found is None or person.stage not in LEAVING:
        return Refusal("wrong_stage", {"person": NameOf(person), "stage": person.stage})
    leader = snapshot.officers.get(command.leader_id)
    if leader is None:
        return Refusal("unknown_officer", {"officer": command.leader_id})
    if not may_lead(leader, snapshot, now):
        return Refusal("only_leader", {"officer": leader.name})
    home = goes_home(person, snapshot, now)
    if home and two_cadres(command.cadres) is None:
        return Refusal("supervisor_needed")
    if command.cadre_phone.strip() and not home:
        return Refusal("figures_unknown", {"names": ["cadre_phone"]})
    override = command.override.strip()
    if found.blockers and (not override or found.never_overridden):
        return Refusal("gate_closed", {"blockers": [each.code for each in found.blockers]})
    released = leaving(person, command, home, found.blockers, snapshot, now)
    proposed = after_leaving(snapshot, released, now) if in_room(person) else ()
    ready = {each.person_id for each in proposed if each.kind == "release_linked" and each.at_once}
    for number in command.linked:
        if number not in ready:
            blockers = [block.code for each in proposed if each.person_id == number for block in each.blockers]
            return Refusal("gate_closed", {"blockers": blockers or ["waits_for"]})
    transaction = Transaction(snapshot, now, actor)
    at_home = released.stage == "home"
    told = Released(
        from_=person.stage,
        to=released.stage,
        leader_id=leader.id,
        home_cadre=released.home_cadre if at_home else None,
        town_cadre=released.town_cadre if at_home else None,
        cadre_phone=command.cadre_phone.strip(),
        vehicle=command.vehicle.strip() if at_home else None,
        late_confirmed=command.late_confirmed,
        overridden=tuple(each.code for each in found.blockers),
        confirmed=_confirmed(person, snapshot, now) if command.late_confirmed else (),
    )
    entry = _log(transaction, person, told, leader, override if found.blockers else "")
    transaction.put(_ended(released, entry))
    for number in command.linked:
        linked = snapshot.persons[number]
        free = leaving(linked, command, False, (), snapshot, now)
        told = Released(from_=linked.stage, to=free.stage, leader_id=leader.id, linked_to=subject_id(person))
        transaction.put(_ended(free, _log(transaction, linked, told, leader, "")))
    return transaction.accepted()


def _confirmed(person: Person, snapshot: Snapshot, now: datetime) -> tuple[ConfirmedTest, ...]:
    """Return the late and missed tests that a leader's word settles (O11)."""
    found = gate_of(person, snapshot, now)
    return tuple(
        ConfirmedTest(type=test.type, stage=test.stage, day=test.day, missed=each.code == "missed_sample")
        for each in (found.blockers if found is not None else ())
        if each.code in SETTLED_BY_WORD and (test := each.test) is not None
    )


def _log(transaction: Transaction, person: Person, told: Released, leader: Officer, override: str) -> Entry:
    release = owed_for(person, transaction.snapshot, transaction.now)
    return transaction.log(
        told,
        subject=subject_id(person),
        obligation=release.id if release else None,
        abnormal=bool(told.overridden),
        text=override,
        done_by=leader.name,
    )


def _ended(left: Person, entry: Entry) -> Person:
    """Return the record with its end as the entry of the release tells it, where it ends."""
    return replace(left, end=end_told(entry)) if left.stage == "closed" else left


def goes_home(person: Person, snapshot: Snapshot, now: datetime) -> bool:
    """Return True if the release from this stage leads home: from a site, unless no days at home follow (3.2b)."""
    result = course_of(person, snapshot, now).result
    free = result.clause is None or result.first_place == "none"
    return in_room(person) and result.home_days != 0 and not free


def leaving(
    person: Person,
    command: Release,
    home: bool,
    blockers: tuple[Blocker, ...],
    snapshot: Snapshot,
    now: datetime,
) -> Person:
    """The record as a release leaves it: at home under its cadres from today, or free."""
    early = person.released_early or (in_room(person) and bool(blockers))
    left = replace(person, site_id=None, room=None, released_early=early, stopped_by="")
    if home:
        town, village = two_cadres(command.cadres) or cadres_of(person)
        # Inside until then, the day of the real move is the first day at home (docs/reading.md, section 6).
        return watched(
            person,
            replace(left, stage="home", town_cadre=town, home_cadre=village, home_from=snapshot.day_of(now)),
            now,
        )
    return replace(left, stage="closed", closed_at=now)


_ARRANGED: Final[frozenset[BlockerCode]] = frozenset({"no_home_cadre", "no_vehicle"})
"""Blockers that are arranged with the release itself, and so keep nobody from being proposed for it."""


def owed_for(person: Person, snapshot: Snapshot, now: datetime) -> Obligation | None:
    """Return the release owed to one person; None: his stage is not full.

    Where the text gives no days, an empty gate says that it is. What still blocks one stands in its gate.
    """
    day = ends_on(person, snapshot, now)
    if day is None or day > snapshot.day_of(now):
        return None
    clause = course_of(person, snapshot, now).result.clause
    assert clause is not None  # of a referral, `_full_on` knows no day
    duty, window = DutyId("release", subject_id(person), day), day_window(day, snapshot.zone)
    done = snapshot.done.get(duty)
    site = snapshot.sites.get(person.site_id or 0)
    return obligation(
        "release",
        duty,
        subject_id(person),
        window,
        standing(window, done, now, snapshot.daily_at(now).duty.due_soon),
        done,
        subject=person.name,
        clause=clause if clause != NO_CLAUSE else snapshot.daily_at(now).clauses.assess,
        owed_by=site.keeper if site else person.home_cadre,
    )


def ends_on(person: Person, snapshot: Snapshot, now: datetime) -> date | None:
    """Return the day on which a stage ends and the release is owed. None: it is not known yet."""
    if person.stage not in LEAVING:
        return None
    course = course_of(person, snapshot, now)
    day = _full_on(person, course, snapshot, now)
    return max(day, course.ruled_from) if day is not None and course.ruled_from is not None else day


def _full_on(person: Person, course: Course, snapshot: Snapshot, now: datetime) -> date | None:
    """Return the day on which the stage ends: after its last day, else when its last result came in."""
    if course.result.decision == "refer":
        return None
    leaving = LEAVING[person.stage]
    planned = course.plan.stage("home" if leaving == "home" else "site")
    last = planned.last if planned is not None and leaving != "single" else None
    numbered = leaving == "home" or course.result.dates.site_first is not None
    if last is not None and numbered:
        return last + timedelta(days=1)
    if leaving == "home" or _sample_missing(course):
        return None
    found = gate_of(person, snapshot, now)
    if found is None or not _ARRANGED.issuperset(each.code for each in found.blockers):
        return None
    # Not before the day of the negative, nor before his history was said to be clean (3.7b).
    said = snapshot.restated.get(person.id)
    known = (waited_until(course.plan.tests, course.facts), snapshot.day_of(said) if said is not None else None)
    return max((each for each in known if each is not None), default=snapshot.day_of(now))


def _sample_missing(course: Course) -> bool:
    """Return True if the one test that somebody waits for has not been taken: no gate need be asked."""
    return any(test.stage == "single" and test.demanded and test.result is None for test in course.plan.tests)
