"""Rooms of a site as a sheet writes them, as documents hold them, and as acts and forms name them."""

from typing import Any

import msgspec
import pytest

from dutyboard.rules.records.commands.person import Confirm
from dutyboard.rules.records.commands.sheets import ImportSites, SiteData
from dutyboard.tui.acts.reading import command_of, read_act
from dutyboard.tui.link.records import document, record
from dutyboard.tui.sheets.kinds.sites import read_rooms
from tests.rules.desks import desk, person, site


@pytest.mark.parametrize(
    ("text", "rooms"),
    [
        ("62", 62),
        ("62间", 62),
        ("0", 0),
        ("8206", 8206),  # a bare count, as ever
        ("8206、8207", ("8206", "8207")),
        ("8201-8203", ("8201", "8202", "8203")),
        ("A栋301-303,B栋101室", ("A栋301", "A栋302", "A栋303", "B栋101")),
        ("A栋301-A栋302", ("A栋301", "A栋302")),
        ("101,101", ("101",)),
        ("08-10", ("08", "09", "10")),
        ("2000000000", 0),
        ("9" * 5000 + "间", 0),
        ("8220-8201", 0),
        ("1-99999", 0),
        ("若干", 0),
        ("", 0),
    ],
)
def test_rooms_are_a_count_or_names(text: str, rooms: Any) -> None:
    assert read_rooms(text) == rooms


@pytest.mark.parametrize("rooms", [62, ("8206", "A栋301")])
def test_a_site_and_its_people_are_written_and_read_again(rooms: Any) -> None:
    place = site(rooms=rooms)
    assert record("sites", 1, msgspec.json.decode(msgspec.json.encode(document(place)))) == place
    who = person(1, stage="site", site_id=1, room=rooms if isinstance(rooms, int) else rooms[1])
    assert record("persons", 1, msgspec.json.decode(msgspec.json.encode(document(who)))) == who


@pytest.mark.parametrize("room", [6, "8206"])
def test_an_act_names_a_room_by_number_or_name(room: Any) -> None:
    act = read_act("confirm", {"person": 1, "clause": "3.5", "officer": "甲", "site": 1, "room": room})
    command = command_of(act, desk())
    assert isinstance(command, Confirm) and command.room == room


@pytest.mark.parametrize(("told", "rooms"), [(62, 62), (["8206", "A栋301"], ("8206", "A栋301"))])
def test_an_act_that_imports_sites_takes_a_count_or_names(told: Any, rooms: Any) -> None:
    row = {
        "name": "甲",
        "unit": "乙",
        "rooms": told,
        "state": "active",
        "areas": [],
        "keeper": "",
        "phone": "",
        "row": 2,
    }
    command = command_of(read_act("import sites", {"sites": [row]}), desk())
    assert isinstance(command, ImportSites)
    assert command.sites == (
        SiteData(name="甲", unit="乙", rooms=rooms, state="active", areas=(), keeper="", phone="", row=2),
    )
