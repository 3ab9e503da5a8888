"""Rooms by the names on their doors: a bare count means 1 to that number, and old numbers stay valid."""

from typing import Any

import pytest

from dutyboard.rules.people.rooms import (
    free_rooms,
    occupancy,
    room_count,
    room_named,
    room_names,
    room_order,
    room_refusal,
    taken,
)
from tests.rules.desks import desk, person, site

DOORS = ("8206", "8207", "A栋301")


def test_a_count_names_the_rooms_from_one_on() -> None:
    assert room_names(site(rooms=3)) == (1, 2, 3)
    assert (room_count(site(rooms=3)), room_count(site(rooms=DOORS))) == (3, 3)
    assert room_names(site(rooms=DOORS)) == DOORS


@pytest.mark.parametrize(
    ("rooms", "told", "found"),
    [
        (3, 2, 2),
        (3, "2", 2),
        (3, "２", 2),
        (3, "02", None),
        (3, 4, None),
        (3, 0, None),
        (DOORS, 8206, "8206"),
        (DOORS, "8206", "8206"),
        (DOORS, "ａ栋301", "A栋301"),
        (DOORS, 1, None),
        (DOORS, "", None),
    ],
)
def test_a_room_is_found_by_what_is_typed(rooms: Any, told: Any, found: Any) -> None:
    assert room_named(site(rooms=rooms), told) == found


def test_rooms_sort_as_people_count_them() -> None:
    rooms = ["A栋1201", "10", 9, "A栋301", None, "8206", 2]
    assert sorted(rooms, key=room_order) == [None, 2, 9, "10", "8206", "A栋301", "A栋1201"]


def test_a_named_room_is_free_until_somebody_has_it() -> None:
    snapshot = desk(site(rooms=DOORS), person(1, stage="site", site_id=1, room="8207"))
    assert free_rooms(snapshot, snapshot.sites[1]) == ["8206", "A栋301"]
    assert taken(snapshot, 1) == {"8207": snapshot.persons[1]}
    assert (occupancy(snapshot).rooms, occupancy(snapshot).held) == (3, 1)
    refusal = room_refusal(snapshot, 1, 8207, 2)
    assert refusal is not None and refusal.code == "room_taken"
    refusal = room_refusal(snapshot, 1, 9, 2)
    assert refusal is not None and (refusal.code, refusal.fields["rooms"]) == ("no_such_room", 3)


def test_somebody_in_a_numbered_room_keeps_it_when_the_doors_get_names() -> None:
    snapshot = desk(site(rooms=DOORS), person(1, stage="site", site_id=1, room=5))
    assert taken(snapshot, 1) == {5: snapshot.persons[1]}
    assert occupancy(snapshot).held == 1
