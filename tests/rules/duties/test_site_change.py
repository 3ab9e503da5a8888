"""What is known of a site, changed by an act: its rooms under the people in them, its keeper, its areas."""

from dataclasses import replace
from typing import Any

import pytest

from dutyboard.rules.decide import decide
from dutyboard.rules.people.rooms import free_rooms, room_count, taken
from dutyboard.rules.records.commands.sheets import ImportSites, SiteData
from dutyboard.rules.records.commands.site import ChangeSite
from dutyboard.rules.records.outcome import ImportTally
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.site import SiteChanged
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import ADMIN, act, desk, refused, site, t
from tests.rules.duties.test_queue import someone

NOW = t("20:00")
DOORS = ("5", "8201", "A栋301")


def held(**fields: Any) -> Snapshot:
    """A site of ten rooms; person 1 lives in room 5."""
    return desk(site(1, **fields), someone(1, "3.5", stage="site", site_id=1, room=5))


def change(**fields: Any) -> ChangeSite:
    return ChangeSite(site_id=1, reason="改造", **fields)


def test_rooms_get_the_names_on_their_doors_and_whoever_is_inside_keeps_his() -> None:
    snapshot = act(held(), change(rooms=DOORS), NOW)
    one = snapshot.sites[1]
    assert (one.rooms, room_count(one)) == (DOORS, 3)
    assert taken(snapshot, 1) == {"5": snapshot.persons[1]}
    assert free_rooms(snapshot, one) == ["8201", "A栋301"]
    entry = snapshot.entries[1]
    assert entry.told == SiteChanged(changed=("rooms",), before={"rooms": 10}, after={"rooms": DOORS})
    assert (entry.subject, entry.text) == ("site-1", "改造")
    counted = act(snapshot, change(rooms=12), NOW)
    assert taken(counted, 1) == {5: counted.persons[1]}


@pytest.mark.parametrize("rooms", [4, ("8201", "8202")])
def test_a_room_that_somebody_holds_cannot_go(rooms: Any) -> None:
    answer = refused(held(), change(rooms=rooms), NOW)
    assert (answer.code, answer.fields["room"], answer.fields["person"]) == ("room_held", 5, "人员1")


@pytest.mark.parametrize("rooms", [0, -1, 10_000, (), ("", " ")])
def test_rooms_that_cannot_be_are_refused(rooms: Any) -> None:
    assert refused(held(), change(rooms=rooms), NOW).code == "bad_figure"


def test_keeper_areas_and_phone_are_changed_and_no_entry_holds_the_phone() -> None:
    snapshot = act(held(), change(keeper=" 杨敏 ", phone="19900000001", areas=("走廊", "电梯")), NOW)
    one = snapshot.sites[1]
    assert (one.keeper, one.phone, one.areas, one.rooms) == ("杨敏", "19900000001", ("走廊", "电梯"), 10)
    told = snapshot.entries[1].told
    assert isinstance(told, SiteChanged) and "phone" in told.changed and "19900000001" not in str(told)


def test_it_takes_a_reason_and_a_change() -> None:
    assert refused(held(), replace(change(rooms=12), reason=" "), NOW).code == "reason_needed"
    assert refused(held(), change(rooms=10), NOW).code == "nothing_changed"
    assert refused(held(), replace(change(rooms=12), site_id=7), NOW).code == "unknown_site"


@pytest.mark.parametrize("rooms", [4, ("8201", "8202")])
def test_no_sheet_takes_away_a_room_that_somebody_holds(rooms: Any) -> None:
    snapshot = held()
    told = SiteData(
        name=snapshot.sites[1].name, unit="甲镇", rooms=rooms, state="active", areas=(), keeper="新", phone="", row=3
    )
    answer = decide(ImportSites(sites=(told,)), snapshot, NOW, ADMIN)
    assert isinstance(answer, Accepted) and isinstance(answer.outcome, ImportTally)
    after = snapshot.applied(snapshot.seq + 1, answer.changes)
    assert (after.sites[1].rooms, after.sites[1].keeper) == (10, "新")
    assert ("rooms", "rooms_held") in [(row.column, row.code) for row in answer.outcome.rows]
    doors = tuple(str(number) for number in range(1, 11))
    named = act(snapshot, ImportSites(sites=(replace(told, rooms=doors),)), NOW)
    assert taken(named, 1) == {"5": named.persons[1]}, "his door is called so now"
