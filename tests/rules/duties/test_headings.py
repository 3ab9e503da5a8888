"""Headings that a unit's officers were asked about: kept for their unit, told in the log, forgotten again."""

from dutyboard.rules.duties.sheets.headings import MOST_HEADINGS, remembered, units_answered
from dutyboard.rules.records.commands.sheets import RememberHeadings
from dutyboard.rules.records.model import Officer
from dutyboard.rules.records.told.post import HeadingsRemembered
from tests.rules.desks import ADMIN, act, actor, desk, refused, t, unit

NOW = t("12:00")
HEAD = Officer(id=1, name="管理员", role="admin")
TOWN = Officer(id=2, name="镇员", role="town", unit_id=1)
OTHER = Officer(id=3, name="邻镇", role="town", unit_id=2)
SITE = Officer(id=4, name="点员", role="site", site_id=1)


def said(**headings: str) -> RememberHeadings:
    return RememberHeadings(sheet="arrivals", headings=headings)


def test_a_heading_is_kept_for_the_unit_of_whoever_answered() -> None:
    snapshot = act(desk(unit(1), unit(2), HEAD, TOWN, OTHER), said(去向="origin", 标段="-"), NOW, actor(TOWN.id))
    assert remembered(snapshot, "arrivals", TOWN.id) == {"去向": "origin", "标段": "-"}
    assert all(remembered(snapshot, "arrivals", each) == {} for each in (HEAD.id, OTHER.id, None))
    assert remembered(snapshot, "roster", TOWN.id) == {}
    entry = snapshot.entries[max(snapshot.entries)]
    told = HeadingsRemembered(sheet="arrivals", headings={"去向": "origin", "标段": "-"})
    assert (entry.told, entry.subject) == (told, "unit-1")
    snapshot = act(snapshot, said(去向="address"), NOW, ADMIN)  # of no unit: the command post's own
    assert remembered(snapshot, "arrivals", HEAD.id) == {"去向": "address"}
    assert remembered(snapshot, "arrivals", TOWN.id)["去向"] == "origin"


def test_it_is_said_again_or_forgotten_and_nothing_new_is_no_act() -> None:
    town = actor(TOWN.id)
    snapshot = act(desk(unit(1), HEAD, TOWN), said(去向="origin", 标段="-"), NOW, town)
    assert refused(snapshot, said(标段="-"), NOW, town).code == "nothing_changed"
    assert refused(snapshot, said(没有="", 去向="origin"), NOW, town).code == "nothing_changed"
    snapshot = act(snapshot, said(去向="address", 标段="-"), NOW, town)
    told = snapshot.entries[max(snapshot.entries)].told
    assert isinstance(told, HeadingsRemembered) and told.headings == {"去向": "address"}
    snapshot = act(snapshot, said(去向="", 标段=""), NOW, town)
    assert remembered(snapshot, "arrivals", TOWN.id) == {}
    assert len(snapshot.headings) == 1


def test_it_is_bounded_and_no_matter_of_a_site() -> None:
    many = {str(number): "origin" for number in range(MOST_HEADINGS)}
    snapshot = act(desk(unit(1), HEAD, TOWN, SITE), said(**many), NOW, actor(TOWN.id))
    assert refused(snapshot, said(一个="origin"), NOW, actor(TOWN.id)).code == "bad_figure"
    assert refused(snapshot, said(一个="origin"), NOW, actor(SITE.id)).code == "not_permitted"


def test_the_sheet_of_a_known_unit_has_the_answers_of_that_unit() -> None:
    snapshot = desk(unit(1), unit(2), HEAD, TOWN, OTHER)
    of_one = RememberHeadings(sheet="arrivals", headings={"去向": "origin"}, unit_id=1)
    snapshot = act(snapshot, of_one, NOW, ADMIN)
    assert remembered(snapshot, "arrivals", HEAD.id, 1) == {"去向": "origin"}
    assert remembered(snapshot, "arrivals", TOWN.id) == {"去向": "origin"}
    assert remembered(snapshot, "arrivals", HEAD.id, 2) == remembered(snapshot, "arrivals", HEAD.id) == {}
    assert snapshot.entries[max(snapshot.entries)].subject == "unit-1"
    assert units_answered(snapshot, HEAD.id) == [None, 1, 2] and units_answered(snapshot, TOWN.id) == [1]
    assert remembered(snapshot, "arrivals", OTHER.id, 1) == {}  # a town finds what it answered itself
    assert refused(snapshot, of_one, NOW, actor(OTHER.id)).code == "not_permitted"
    nobody = RememberHeadings(sheet="arrivals", headings={"去向": "origin"}, unit_id=9)
    assert refused(snapshot, nobody, NOW, ADMIN).code == "unknown_unit"
