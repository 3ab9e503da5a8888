"""Who may be named as the one who did a thing: whom the desk knows there, or another with a word."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.duties.doer import doer_as_written, doer_names, known_doers, place_of_doer
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import EndTransfer, StartTransfer, TakeReading
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.staff import StaffMember
from tests.rules.desks import OFFICERS, act, desk, person, refused, site, t, unit

PATROL = "patrol-3/site-1/2021-06-07"
HOME = "home-check/unit-1/2021-06-07"
STAFF = ("杨敏", "李娟")
HERE = Subject("site", 1)


def a_desk() -> Snapshot:
    inside = person(1, stage="site", site_id=1, room=1, admitted_on=date(2021, 6, 6))
    at_home = person(2, stage="home", unit_id=1, home_from=date(2021, 6, 6), town_cadre="镇干部", home_cadre="村干部")
    staff = [StaffMember(id=n, site_id=1, name=name, registered_at=t("00:00")) for n, name in enumerate(STAFF, 1)]
    left = StaffMember(id=9, site_id=1, name="走了的人", registered_at=t("00:00"), until=date(2021, 6, 7))
    return desk(site(), site(2), unit(), inside, at_home, *staff, left)


@pytest.mark.parametrize(
    "name",
    [
        "王芳",
        "杨敏",
        "负责人1",
        "杨敏、王芳",
        "杨 敏",
        "其他：张护士",
        "其他:张护士",
        "Other: a nurse",
        "杨敏、其他：两名志愿者",
    ],
)
def test_a_doer_is_of_the_roster_or_the_site_or_another_with_a_word(name: str) -> None:
    snapshot = act(a_desk(), Discharge(obligation=PATROL, done_by=name), t("18:40"))
    assert snapshot.entries[1].done_by == name


@pytest.mark.parametrize(
    ("name", "stranger"),
    [
        ("不在册的人", "不在册的人"),
        ("走了的人", "走了的人"),
        ("负责人2", "负责人2"),
        ("村干部", "村干部"),
        ("王芳、张护士", "张护士"),
        ("张护士、其他：李护士", "张护士"),
        ("其他：", "其他："),
        ("其他", "其他"),
    ],
)
def test_a_name_that_nobody_knows_there_is_refused(name: str, stranger: str) -> None:
    answer = refused(a_desk(), Discharge(obligation=PATROL, done_by=name), t("18:40"))
    assert (answer.code, answer.fields["name"]) == ("unknown_doer", stranger)


def test_a_cadre_is_known_where_he_looks_after_somebody() -> None:
    for name in ("村干部", "镇干部", "乡镇1"):
        told = Discharge(obligation=HOME, seen=(2,), done_by=name)
        if name == "乡镇1":
            assert refused(a_desk(), told, t("10:00")).code == "unknown_doer"
        else:
            assert act(a_desk(), told, t("10:00")).entries[1].done_by == name
    assert act(a_desk(), TakeReading(person_id=2, temp_c=36.5, done_by="村干部"), t("10:00")).entries[1].done_by
    assert refused(a_desk(), TakeReading(person_id=1, temp_c=36.5, done_by="村干部"), t("10:00")).code == "unknown_doer"


def test_whoever_owes_a_check_may_be_named() -> None:
    bare = desk(site(keeper="老关"))
    assert act(bare, Discharge(obligation=PATROL), t("18:40")).entries[1].done_by == "老关"
    assert act(bare, Discharge(obligation=PATROL, done_by="老关"), t("18:40")).entries[1].done_by == "老关"


@pytest.mark.parametrize(("to", "code"), [("site", "unknown_doer"), ("hospital", None)])
def test_who_receives_somebody_at_a_site_is_of_the_site(to: Any, code: str | None) -> None:
    coming = person(3, stage="transfer", site_id=1, room=3, assessment=None, bound_since=t("08:00"))
    room = {"site_id": 1, "room": 3} if to == "site" else {}
    start = StartTransfer(person_id=3, vehicle="湘K1", driver="赵", to=to, **room)
    on_road = act(desk(site(), coming), start, t("19:00"))
    end = EndTransfer(person_id=3, received_by="孙护士")
    if code is None:
        assert act(on_road, end, t("19:30")).entries[2].done_by == "孙护士"
    else:
        assert refused(on_road, end, t("19:30")).code == code
        other = EndTransfer(person_id=3, received_by="其他：孙护士")
        there = act(on_road, other, t("19:30"))
        assert there.entries[2].done_by == "其他：孙护士"
        assert place_of_doer(end, on_road) == place_of_doer(end, there) == Subject("site", 1)


def test_a_correction_asks_only_about_a_doer_that_it_changes() -> None:
    """An entry of before this rule stays as it is, and is corrected in all else."""
    snapshot = act(a_desk(), Discharge(obligation=PATROL, done_by="其他：刘护士"), t("18:40"))
    old = snapshot.entries[1]
    free = a_desk().applied(2, [replace(old, done_by="刘护士")])
    told = Discharge(obligation=PATROL, done_by="刘护士", text="补记", happened_at=t("18:40"))
    again = act(free, Amend(entry_id=1, reason="补", instead=told), t("18:50"))
    assert (again.entries[2].done_by, again.entries[2].text) == ("刘护士", "补记")
    other = Discharge(obligation=PATROL, done_by="赵护士", happened_at=t("18:40"))
    assert refused(free, Amend(entry_id=1, reason="错", instead=other), t("18:50")).code == "unknown_doer"


@given(st.lists(st.sampled_from([*OFFICERS.values(), *STAFF, "张护士", "刘大爷", "负责人1"]), min_size=1, unique=True))
def test_names_of_a_sheet_are_written_so_that_the_door_takes_them(names: list[str]) -> None:
    snapshot = a_desk()
    known = known_doers(snapshot, HERE, t("18:40"), t("18:40"))
    written = doer_as_written(names, known)
    assert doer_names(written) == set(names)
    assert ("其他：" in written) == any(name not in known for name in names)
    assert act(snapshot, Discharge(obligation=PATROL, done_by=written), t("18:40")).entries[1].done_by == written
