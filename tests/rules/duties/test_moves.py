"""Moves from room to room and site to site, and other officers: old rooms free, days run on, nobody late for it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dutyboard.rules.people.rooms import occupancy, residents, taken
from dutyboard.rules.records.commands.person import Assign, Move, Transfer
from dutyboard.rules.records.commands.site import SetSiteState
from dutyboard.rules.records.model import Assessment
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Assigned, RoomChanged
from tests.rules.desks import act, desk, of_people, person, refused, site, t

DOORS = ("8206", "8207", "A栋301")
ASSESSED = Assessment(
    notice="lianyuan-2021-07",
    decision="decide",
    clause="3.5",
    also=(),
    first_place="site",
    provisional=None,
    refer_reason=None,
    by=1,
    at=t("08:00"),
)


def living(number: int, room: Any, **fields: Any) -> Any:
    given = {"stage": "site", "site_id": 1, "room": room, "admitted_on": date(2021, 6, 7), "assessment": ASSESSED}
    return person(number, **(given | fields))


def three() -> Snapshot:
    """A site with ten numbered rooms and one with three named ones; two people at the first, one at the second."""
    return desk(site(1), site(2, rooms=DOORS), living(1, 1), living(2, 2), living(3, "8207", site_id=2))


def move(number: int = 1, **fields: Any) -> Move:
    return Move(**({"person_id": number, "site_id": 1, "room": 5, "reason": "马桶坏"} | fields))


def test_a_room_in_the_same_site_is_changed_at_once_and_the_old_one_is_free() -> None:
    snapshot = act(three(), move(happened_at=t("13:00")), t("13:10"))
    assert (snapshot.persons[1].stage, snapshot.persons[1].room) == ("site", 5)
    assert set(taken(snapshot, 1)) == {5, 2}
    assert snapshot.persons[1].admitted_on == date(2021, 6, 7)
    entry = snapshot.entries[1]
    assert (entry.happened_at, entry.text, entry.subject) == (t("13:00"), "马桶坏", "person-1")
    assert entry.told == RoomChanged(was_site=1, was_room=1, site_id=1, room=5, stage="site")


def test_to_another_site_he_is_to_be_moved_and_is_late_only_from_then_on() -> None:
    now = t("12:00", 9)
    snapshot = act(three(), move(site_id=2, room="8206"), now)
    moved = snapshot.persons[1]
    assert (moved.stage, moved.site_id, moved.room) == ("transfer", 2, "8206")
    assert [each.id for each in residents(snapshot, 1)] == [1, 2]  # until he leaves
    (ride,) = [each for each in of_people(snapshot, now) if each.kind == "transfer"]
    assert (ride.subject_id, ride.state, ride.opens) == ("person-1", "open", now)
    ridden = Transfer(
        person_id=1,
        left_at=t("12:30", 9),
        vehicle="湘K1",
        driver="赵",
        arrived_at=t("13:00", 9),
        received_by="其他：周涛",
    )
    arrived = act(snapshot, ridden, t("13:00", 9))
    assert (arrived.persons[1].stage, arrived.persons[1].admitted_on) == ("site", date(2021, 6, 7))
    assert set(taken(arrived, 2)) == {"8206", "8207"}
    assert set(taken(arrived, 1)) == {2}


def test_without_a_room_he_gets_the_next_free_one() -> None:
    snapshot = act(three(), move(1, site_id=2, room=None), t("12:00"))
    snapshot = act(snapshot, move(2, site_id=2, room=None), t("12:00"))
    assert [snapshot.persons[number].room for number in (1, 2)] == ["8206", "A栋301"]
    full = replace(snapshot.persons[1], id=4, stage="site", site_id=1, room=3)
    assert refused(snapshot.applied(9, [full]), move(4, site_id=2, room=None), t("12:00")).code == "place_needed"


def test_the_room_of_somebody_still_to_be_moved_is_changed_before_the_ride() -> None:
    waiting = person(1, stage="transfer", site_id=1, room=1, assessment=ASSESSED)
    snapshot = act(desk(site(1), waiting), move(), t("09:00"))
    assert (snapshot.persons[1].stage, snapshot.persons[1].room) == ("transfer", 5)


def test_a_site_is_emptied_and_closed() -> None:
    snapshot, now = three(), t("12:00")
    close = SetSiteState(site_id=1, state="closed", reason="清零")
    assert refused(snapshot, close, now).code == "site_not_empty"
    for number, room in ((1, "8206"), (2, "A栋301")):
        snapshot = act(snapshot, move(number, site_id=2, room=room), now)
        ridden = Transfer(
            person_id=number,
            left_at=now,
            vehicle="湘K1",
            driver="赵",
            arrived_at=now,
            received_by="其他：周涛",
        )
        snapshot = act(snapshot, ridden, now)
    assert act(snapshot, close, now).sites[1].state == "closed"
    assert occupancy(snapshot).held == 3


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (move(9), "unknown_person"),
        (move(reason=" "), "reason_needed"),
        (move(room=2), "room_taken"),
        (move(room=1), "already_there"),
        (move(room=11), "no_such_room"),
        (move(site_id=9), "unknown_site"),
        (move(site_id=2, room=1), "no_such_room"),
        (move(happened_at=t("23:00", 6)), "before_desk"),
        (move(happened_at=t("12:01")), "in_future"),
    ],
)
def test_a_move_that_cannot_be(command: Move, code: str) -> None:
    assert refused(three(), command, t("12:00")).code == code


def test_two_share_a_room_only_with_a_reason() -> None:
    snapshot = act(three(), move(room=2, shared="母子"), t("12:00"))
    assert (snapshot.persons[1].room, snapshot.persons[2].room) == (2, 2)


@pytest.mark.parametrize("stage", ["pending", "home", "closed", "hospital"])
def test_only_somebody_in_a_room_is_moved(stage: Any) -> None:
    assert refused(desk(site(1), person(1, stage=stage)), move(), t("12:00")).code == "wrong_stage"


def test_an_officer_is_named_and_replaced_with_a_reason() -> None:
    snapshot, now = three(), t("12:00")
    first = act(snapshot, Assign(person_id=1, officer_name="王芳"), now)
    assert (first.persons[1].officer_name, first.persons[1].officer_id) == ("王芳", 4)
    assert refused(first, Assign(person_id=1, officer_name="王芳"), now).code == "already_assigned"
    assert refused(first, Assign(person_id=1, officer_name="刘敏"), now).code == "reason_needed"
    other = act(first, Assign(person_id=1, officer_name="刘敏", reason="王芳调离"), now)
    assert (other.persons[1].officer_id, other.entries[2].text) == (3, "王芳调离")
    assert other.entries[2].told == Assigned(officer="刘敏", was_officer="王芳")
    gone = first.applied(9, [replace(first.officers[3], until=now.date())])
    assert act(gone, Assign(person_id=1, officer_name="刘敏", reason="王芳调离"), now).persons[1].officer_id is None
    cadre = act(other, Assign(person_id=1, home_cadre="村支书"), now)
    assert (cadre.persons[1].home_cadre, cadre.persons[1].officer_name) == ("村支书", "刘敏")


def test_an_assignment_names_somebody_of_somebody_on_the_desk() -> None:
    snapshot = desk(person(1, stage="closed", closed_at=t("09:00")), person(2))
    assert refused(snapshot, Assign(person_id=1, officer_name="王芳"), t("12:00")).code == "wrong_stage"
    assert refused(snapshot, Assign(person_id=2), t("12:00")).code == "officer_needed"
    assert refused(snapshot, Assign(person_id=9, officer_name="王芳"), t("12:00")).code == "unknown_person"
