"""Checks of presence in both directions: the desk asks towns and sites, the city asks the desk."""

from dataclasses import replace
from typing import Any

import pytest

from dutyboard.rules.amending.ways import way_of
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.post import CheckPresence, CloseMatter
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import PresenceFound
from tests.rules.desks import LI, LIU, WANG, ZHANG, act, actor, desk, owed, person, refused, shift, site, t, unit

NIGHT = (shift(1, "leader", LI, t("08:00"), t("20:00")), shift(2, "officer", ZHANG, t("08:00"), t("20:00")))
AWAY = {"subject": "site-1", "found": "off_post", "text": "无人接听"}


def place() -> Snapshot:
    return desk(site(), unit(), person(1), *NIGHT)


def checked(**said: Any) -> Snapshot:
    return act(place(), CheckPresence(**{"subject": "unit-1", "found": "on_post", **said}), t("10:00"), actor(WANG))


def findings(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    return [
        (each.slot, each.owed_by, each.text) for each in owed(snapshot, t("10:01")).values() if each.kind == "finding"
    ]


def test_the_desk_asks_a_town_and_the_entry_says_who_answered() -> None:
    snapshot = checked(answered_by=" 刘勇 ", whom="刘勇")
    (entry,) = snapshot.entries.values()
    assert (entry.kind, entry.subject, entry.happened_at, entry.abnormal) == ("presence", "unit-1", t("10:00"), False)
    assert entry.told == PresenceFound(found="on_post", asked_by="王芳", whom="刘勇", answered_by="刘勇")
    assert findings(snapshot) == []


def test_the_city_asks_a_seat_of_the_desk_and_the_rota_says_whom() -> None:
    said = {"subject": "post", "seat": "officer", "asked_by": "娄底市指挥部", "answered_by": "张强"}
    (entry,) = checked(**said).entries.values()
    assert entry.told == PresenceFound(
        found="on_post", asked_by="娄底市指挥部", seat="officer", whom="张强", answered_by="张强"
    )


def test_a_stand_in_is_named_and_is_no_finding() -> None:
    snapshot = checked(found="stood_in", answered_by="刘敏", whom="张强", stand_in="刘敏", text="张强下村")
    (entry,) = snapshot.entries.values()
    assert (entry.told.stand_in, entry.text, entry.abnormal) == ("刘敏", "张强下村", False)  # type: ignore[union-attr]
    assert findings(snapshot) == []


@pytest.mark.parametrize("subject", ["unit-1", "site-1"])
def test_an_empty_post_is_a_finding_for_the_leader_who_sits(subject: str) -> None:
    snapshot = checked(**AWAY | {"subject": subject, "whom": "刘勇"})
    assert findings(snapshot) == [("off_post", "李建国", "刘勇 无人接听")]
    (matter,) = snapshot.matters.values()
    assert (matter.subject, matter.due, matter.entry) == (subject, t("20:00"), 1)


def test_an_empty_seat_of_the_desk_is_the_leaders_too() -> None:
    snapshot = checked(subject="post", found="off_post", seat="officer", asked_by="市指", text="外出就餐")
    assert findings(snapshot) == [("off_post", "李建国", "张强 外出就餐")]


def test_a_leader_who_is_away_is_not_the_one_who_hears_of_it_where_another_serves() -> None:
    said = CheckPresence(subject="post", found="off_post", seat="leader", asked_by="市指", text="不在")
    assert findings(act(place(), said, t("10:00"))) == [("off_post", "李建国", "李建国 不在")]
    second = place()
    second = second.applied(2, [replace(second.officers[LIU], role="leader")])
    assert findings(act(second, said, t("10:00"))) == [("off_post", "刘敏", "李建国 不在")]


def test_each_time_that_it_is_found_empty_is_a_finding_of_its_own() -> None:
    snapshot = act(checked(**AWAY), CheckPresence(**AWAY), t("10:30"), actor(WANG))
    assert len(findings(snapshot)) == 2
    snapshot = act(snapshot, CloseMatter(matter_id=1, outcome="已通报"), t("10:40"))
    assert len(findings(snapshot)) == 1


@pytest.mark.parametrize(
    ("said", "code", "names"),
    [
        ({"subject": "unit-9"}, "unknown_unit", None),
        ({"subject": "person-1", "answered_by": "x"}, "no_post_there", None),
        ({"subject": "nonsense", "answered_by": "x"}, "unknown_site", None),
        ({}, "figures_needed", ["answered_by"]),
        ({"found": "stood_in"}, "figures_needed", ["answered_by", "stand_in"]),
        ({"subject": "post", "answered_by": "x"}, "figures_needed", ["seat"]),
        ({"seat": "leader", "answered_by": "x"}, "figures_unknown", ["seat"]),
        ({"stand_in": "x", "answered_by": "x"}, "figures_unknown", ["stand_in"]),
        ({"found": "off_post"}, "text_needed", None),
        ({"answered_by": "x", "happened_at": t("10:31")}, "in_future", None),
        ({"answered_by": "x", "happened_at": t("23:00", 6)}, "before_desk", None),
    ],
)
def test_what_is_not_told_whole_is_refused(said: dict[str, Any], code: str, names: list[str] | None) -> None:
    answer = refused(place(), CheckPresence(**{"subject": "unit-1", "found": "on_post", **said}), t("10:30"))
    assert (answer.code, answer.fields.get("names")) == (code, names)


def test_a_check_told_again_moves_its_finding_and_taken_back_takes_it_away() -> None:
    snapshot = checked(**AWAY)
    way = way_of(snapshot.entries[1], snapshot)
    assert way == CheckPresence(**AWAY, asked_by="王芳", happened_at=t("10:00"))
    again = replace(way, found="stood_in", answered_by="刘敏", stand_in="刘敏")  # type: ignore[type-var]
    amended = act(snapshot, Amend(entry_id=1, reason="听错", instead=again), t("10:05"))
    assert findings(amended) == []
    assert amended.amended == {1: 2} and amended.entries[2].happened_at == t("10:00")
    gone = act(snapshot, Amend(entry_id=1, reason="打错单位"), t("10:05"))
    assert findings(gone) == []
