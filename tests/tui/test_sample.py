"""The sample desk is alive at any hour, and what it claims of its people is what the rules say of them."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import get_args

import pytest

from dutyboard.rules.board import Board, board
from dutyboard.rules.duties.post.seats import gaps
from dutyboard.rules.law.assess import assess
from dutyboard.rules.people.areas import AreaList
from dutyboard.rules.people.leaving import gate_of
from dutyboard.rules.people.officers import holder, leaders_of
from dutyboard.rules.people.stage import first_place
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import OpenDesk
from dutyboard.rules.records.commands.site import SetSiteState
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.obligation import Kind
from dutyboard.rules.records.snapshot import Snapshot, table_of
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.link.records import document, record
from dutyboard.tui.sample import busy_desk
from dutyboard.tui.sample.day import signed_by_all
from tests.shares import SHARES

ENTER: frozenset[Kind] = frozenset({"patrol", "disinfection", "home_check"})
EVERY_DAY = frozenset(get_args(Kind)) - {"roster", "follow_up"}
"""Kinds that the sample shows on any day. The rosters are owed on one day of the notice alone, and it asks no calls."""
TURNS: frozenset[Kind] = frozenset({"release", "transfer", "history", "trace", "rescreen"})
"""Kinds that one person of the sample brings, or one area."""
DAYS = timedelta(days=1)
DAY = datetime.fromisoformat("2026-11-24T00:00:00+08:00")
MOMENTS = [DAY + timedelta(hours=hour, minutes=10) for hour in range(0, 24, SHARES["tui"]["sample"]["every"])]
MOMENTS += [DAY, DAY + timedelta(hours=23, minutes=59), DAY + timedelta(hours=8), DAY + timedelta(hours=20)]
MOMENTS += [datetime.fromisoformat("2021-06-07T19:40:00+08:00"), datetime.fromisoformat("2024-02-29T23:59:00+08:00")]


@cache
def sample(now: datetime) -> Snapshot:
    notices = known_notices()
    command = OpenDesk(desk="疫情防控", admin_name="", notice="lianyuan-2021-07")
    records = busy_desk(command, now, "root", notices)
    return Snapshot(notices_known=notices).applied(1, records)


def shown(now: datetime) -> Board:
    return board(sample(now), now)


def both_seats_are_held_and_nothing_old_stands_open(now: datetime) -> None:
    seen = shown(now)
    seated = {sitting.seat for sitting in seen.seats if sitting.state == "now" and sitting.officer}
    assert seated == {"leader", "officer"}
    assert not [owed.id for owed in seen.obligations if owed.state in ("late", "missed") and now - owed.due > 2 * DAYS]


def every_past_duty_was_done_but_two_that_were_missed_and_at_most_three_late(now: datetime) -> None:
    snapshot = replace(sample(now), handed_over_at=None)  # what a handover accepted is looked at as well
    states = Counter(owed.state for owed in board(snapshot, now).obligations)
    assert states["missed"] == 2
    assert states["late"] <= 3


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_it_is_alive_at_every_hour(now: datetime) -> None:
    """Three claims of one sample: it takes seconds to make."""
    both_seats_are_held_and_nothing_old_stands_open(now)
    every_past_duty_was_done_but_two_that_were_missed_and_at_most_three_late(now)
    seen = shown(now)
    assert seen.counts.late == 3
    assert seen.counts.due_soon >= 1
    can = [owed for owed in seen.obligations if owed.kind in ENTER and owed.state in ("open", "due_soon", "late")]
    assert len(can) >= 3
    assert {owed.kind for owed in seen.obligations} >= EVERY_DAY


@pytest.mark.parametrize("now", MOMENTS[::6], ids=str)
def test_it_is_as_busy_as_promised(now: datetime) -> None:
    snapshot, counts = sample(now), shown(now).counts
    assert (counts.in_quarantine, counts.rooms, counts.home, counts.pending_screening) == (180, 214, 70, 12)
    assert (counts.on_road, counts.referrals) == (1, 1)
    assert len(snapshot.units) == 20
    assert Counter(site.state for site in snapshot.sites.values()) == {"active": 4, "standby": 2}
    rooms = [(person.site_id, person.room) for person in snapshot.persons.values() if person.stage == "site"]
    assert len(set(rooms)) == 180
    (driven,) = [person for person in snapshot.persons.values() if person.stage == "transfer"]
    rooms.append((driven.site_id, driven.room))
    assert len(set(rooms)) == 181
    for site_id, room in rooms:
        assert room is not None and site_id is not None
        assert 1 <= room <= snapshot.sites[site_id].rooms
    back, ahead = now - 3 * DAYS, now + 6 * DAYS
    assert [len(gaps(snapshot, seat, back, ahead)) for seat in ("leader", "officer")] == [0, 1]


def judged(snapshot: Snapshot, person: Person) -> Person:
    areas = AreaList(snapshot.areas.values())
    today = DAY.date()
    stays = tuple(areas.judged(stay, today) for stay in person.facts.stays or ())
    return replace(person, facts=replace(person.facts, stays=stays))


def test_everybody_is_where_section_three_puts_them() -> None:
    now = DAY + timedelta(hours=19)
    snapshot = sample(now)
    notice = snapshot.notice_at(now)
    for person in snapshot.persons.values():
        if person.assessment is None:
            continue
        result = assess(judged(snapshot, person).facts, notice)
        assert (result.decision, result.clause) == (person.assessment.decision, person.assessment.clause)
        place = {"transfer": "site", "closed": "free_after_negative"}.get(person.stage, person.stage)
        assert place == first_place(result) or (person.stage, person.room) == ("home", None)


def test_the_arrivals_cover_the_clauses_and_three_are_referred() -> None:
    now = DAY + timedelta(hours=19)
    snapshot = sample(now)
    waiting = [judged(snapshot, person) for person in snapshot.persons.values() if person.stage == "pending"]
    results = [assess(person.facts, snapshot.notice_at(now)) for person in waiting]
    assert Counter(result.decision == "refer" for result in results) == {True: 3, False: 9}
    assert {result.clause for result in results} - {None} == {"3.5", "3.6", "3.7a", "3.7b", "3.8b", "3.9", "3.10"}
    for person in waiting:
        assert person.facts.arrival_at is not None
        assert timedelta() < now.replace(tzinfo=None) - person.facts.arrival_at <= timedelta(hours=36)


def test_each_turn_of_a_course_is_one_person_for_whom_the_next_act_is_ready() -> None:
    now = DAY + timedelta(hours=19)
    snapshot = sample(now)
    turns = [each for each in shown(now).obligations if each.kind in TURNS]
    assert Counter(each.slot for each in turns) == dict.fromkeys((TURNS - {"transfer"}) | {"arrival", "hospital"}, 1)
    owed = {each.slot: each for each in turns}
    assert {each.state for each in owed.values()} == {"open"}
    assert (owed["rescreen"].count, owed["rescreen"].total) == (0, 1)
    people = {slot: snapshot.persons[owed[slot].subject_id.number] for slot in owed.keys() - {"rescreen"}}
    stages = {slot: person.stage for slot, person in people.items()}
    assert stages == {
        "release": "site",
        "arrival": "transfer",
        "history": "site",
        "trace": "hospital",
        "hospital": "hospital",
    }
    gate = gate_of(people["release"], snapshot, now, ("张三", "李四"), "湘K00000")
    assert gate is not None and gate.may_release
    assert people["history"].assessment is not None and people["history"].assessment.clause == "3.7b"


def test_the_officer_who_sits_now_is_the_user() -> None:
    now = DAY + timedelta(hours=19)
    snapshot = sample(now)
    bound = [officer for officer in snapshot.officers.values() if officer.login == "root"]
    seated = [sitting.officer for sitting in shown(now).seats if (sitting.seat, sitting.state) == ("officer", "now")]
    assert [officer.name for officer in bound] == seated
    assert bound[0].role == "admin"


def test_the_same_minute_gives_the_same_desk_and_every_record_can_be_stored() -> None:
    command = OpenDesk(desk="疫情防控", admin_name="", notice="lianyuan-2021-07")
    one, other = (busy_desk(command, DAY, "root", known_notices()) for _ in range(2))
    assert one == other
    assert [record(table_of(made), made.id, document(made)) for made in one] == list(one)


@pytest.mark.parametrize("seated", [True, False])
def test_an_act_of_its_past_is_signed_by_whoever_must(seated: bool) -> None:
    """A site is opened by a leader: the one on the seat, and of several without one the first."""
    now = MOMENTS[-2]
    snapshot = sample(now)
    if not seated:
        rest = {number: each for number, each in snapshot.shifts.items() if each.seat != "leader"}
        snapshot = replace(snapshot, shifts=rest)
    site = replace(next(iter(snapshot.sites.values())), state="standby")
    snapshot = snapshot.applied(snapshot.seq + 1, [site])
    leaders = [each.id for each in leaders_of(snapshot, now)]
    sits = holder(snapshot, "leader", now)
    opens = SetSiteState(site_id=site.id, state="active", reason="快满了")
    officer = next(each for each in snapshot.officers.values() if each.role == "officer")
    answer = signed_by_all(opens, snapshot, now, Actor(login="officer", officer_id=officer.id))
    assert len(leaders) > 1 and isinstance(answer, Accepted)
    assert answer.entry.signed == ((sits.officer_id if sits else leaders[0]),) and (sits is not None) == seated
