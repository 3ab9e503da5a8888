"""Matters: findings and calls to be answered stay open, with an owner and an hour, until somebody closes them."""

from datetime import date
from typing import Any

import pytest

from dutyboard.rules.board import handover_items
from dutyboard.rules.closing import closed
from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.commands.post import (
    AssignMatter,
    CloseMatter,
    Discharge,
    OpenMatter,
    WriteLog,
)
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry, Matter
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import Called, HandedOver, MatterAssigned, MatterClosed, MatterOpened
from tests.rules.desks import LI, WANG, act, actor, desk, owed, person, refused, site, t, unit

FINDING = "finding/matter-1/2021-06-07"


def found(**fields: Any) -> Snapshot:
    """A desk with one site, one person and an open finding, written down at 19:00 by 王芳."""
    said = {"subject": "person-1", "text": "电话关机", **fields}
    return act(desk(site(), unit(), person(1)), OpenMatter(**said), t("19:00"), actor(WANG))


def matters(snapshot: Snapshot, clock: str = "19:01", day: int = 7) -> dict[str, Any]:
    return {key: each for key, each in owed(snapshot, t(clock, day)).items() if each.kind in ("finding", "call")}


def test_a_finding_is_owed_by_its_owner_until_the_next_change_of_shift() -> None:
    one = matters(found(owner="李建国"))[FINDING]
    assert (one.state, one.owed_by, one.opens, one.due, one.closes) == ("open", "李建国", t("19:00"), t("20:00"), None)
    assert (one.subject, one.text, one.people) == ("人员1", "电话关机", (Subject("person", 1),))
    assert one.names(Subject("person", 1)) and not one.names(Subject("person", 2))


def test_it_is_whose_who_wrote_it_down_and_late_after_its_own_hour() -> None:
    snapshot = found(due=t("19:30"))
    assert [each.owed_by for each in matters(snapshot).values()] == ["王芳"]
    one = matters(snapshot, "03:00", 9)[FINDING]
    assert (one.state, one.late_minutes) == ("late", 31 * 60 + 30)


def test_its_entry_stands_in_the_history_of_whom_it_is_about() -> None:
    (entry,) = found().entries.values()
    assert (entry.kind, entry.subject, entry.text, entry.abnormal) == ("finding", "person-1", "电话关机", True)
    assert entry.told == MatterOpened(matter=1, owner="王芳", due=t("20:00"))


def test_it_goes_over_at_the_handover() -> None:
    assert FINDING in handover_items(found(), t("19:30"))


def test_words_close_it_and_nothing_else_does() -> None:
    snapshot = found()
    assert refused(snapshot, CloseMatter(matter_id=1, outcome=" "), t("19:10")).code == "text_needed"
    snapshot = act(snapshot, CloseMatter(matter_id=1, outcome="在邻居家", told="村支书"), t("19:10"), actor(LI))
    assert matters(snapshot) == {}
    entry = snapshot.entries[2]
    assert (entry.told, entry.subject, entry.obligation) == (
        MatterClosed(matter=1, outcome="在邻居家", told="村支书"),
        "person-1",
        FINDING,
    )
    one = snapshot.matters[1]
    assert (one.closed_at, one.closed_by, one.outcome, one.told) == (t("19:10"), "李建国", "在邻居家", "村支书")


def test_closed_twice_is_refused_with_who_and_when() -> None:
    snapshot = act(found(), CloseMatter(matter_id=1, outcome="在家"), t("19:10"), actor(LI))
    again = refused(snapshot, CloseMatter(matter_id=1, outcome="在家"), t("19:20"))
    assert (again.code, again.fields) == ("already_done", {"subject": "人员1", "by": "李建国", "at": t("19:10")})
    moved = refused(snapshot, AssignMatter(matter_id=1, owner="刘敏", reason="x"), t("19:20"))
    assert moved.code == "already_done"


def test_another_owner_needs_a_reason_and_stays_in_the_log() -> None:
    snapshot = found(owner="李建国")
    assert refused(snapshot, AssignMatter(matter_id=1, owner="刘敏", reason=" "), t("19:10")).code == "reason_needed"
    snapshot = act(snapshot, AssignMatter(matter_id=1, owner="刘敏", reason="外出", due=t("21:00")), t("19:10"))
    assert [(each.owed_by, each.due) for each in matters(snapshot).values()] == [("刘敏", t("21:00"))]
    assert snapshot.entries[2].told == MatterAssigned(matter=1, from_="李建国", to="刘敏", due=t("21:00"))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (OpenMatter(subject="person-9", text="x"), "unknown_person"),
        (OpenMatter(subject="nonsense", text="x"), "unknown_site"),
        (OpenMatter(subject="post", text=" "), "text_needed"),
        (OpenMatter(subject="post", text="x", happened_at=t("19:31")), "in_future"),
        (OpenMatter(subject="post", text="x", due=t("19:29")), "ends_before_start"),
        (CloseMatter(matter_id=9, outcome="x"), "unknown_matter"),
        (CloseMatter(matter_id=1, outcome="x", happened_at=t("19:31")), "in_future"),
        (CloseMatter(matter_id=1, outcome="x", happened_at=t("18:59")), "ends_before_start"),
        (AssignMatter(matter_id=9, owner="x", reason="x"), "unknown_matter"),
        (AssignMatter(matter_id=1, owner=" ", reason="x"), "figures_needed"),
        (AssignMatter(matter_id=1, owner="x", reason="x", due=t("18:00")), "ends_before_start"),
    ],
)
def test_what_is_refused(command: Any, code: str) -> None:
    assert refused(found(), command, t("19:30")).code == code


# ---------------------------------------------------------------- an abnormal check


@pytest.mark.parametrize(
    "check",
    [
        Discharge(obligation="patrol-3/site-1/2021-06-07", abnormal=True, text="5 室一人头晕"),
        Discharge(obligation="disinfection-pm/site-1/2021-06-07", abnormal=True, text="药已用完"),
        Discharge(
            obligation="temperature-pm/site-1/2021-06-07",
            text="两遍",
            figures={"of": 3, "measured": 3, "highest": 38.1},
        ),
        Discharge(obligation="staff-check/site-1/2021-06-07", text="保洁发热", figures={"checked": 9, "abnormal": 1}),
    ],
)
def test_an_abnormal_check_opens_a_finding_at_the_sites_keeper(check: Discharge) -> None:
    snapshot = act(desk(site()), check, t("19:00"))
    (one,) = matters(snapshot).values()
    assert (one.kind, one.subject, one.text, one.owed_by) == ("finding", "隔离点1", check.text, "负责人1")
    assert snapshot.matters[1].entry == 1 and len(snapshot.entries) == 1  # the check itself tells of it


def test_a_normal_check_opens_nothing() -> None:
    assert matters(act(desk(site()), Discharge(obligation="patrol-3/site-1/2021-06-07"), t("19:00"))) == {}


def test_a_check_taken_back_takes_its_finding_with_it() -> None:
    check = Discharge(obligation="patrol-3/site-1/2021-06-07", abnormal=True, text="看错了")
    snapshot = act(act(desk(site()), check, t("19:00")), TakeBack(entry_id=1), t("19:01"))
    assert matters(snapshot) == {} and snapshot.matters[1].outcome == ""


# ---------------------------------------------------------------- calls

ASKED = Called(caller="杨某", matter="从浏阳返乡是否隔离")


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ({}, True),
        ({"answer_needed": True}, True),
        ({"answer_needed": False}, False),
        ({"outcome": "已答复"}, False),
        ({"answer_needed": True, "outcome": "已答复"}, False),
        ({"outcome": "  "}, True),
    ],
)
def test_a_call_stays_open_unless_somebody_says_that_it_is_settled(said: dict[str, Any], stays: bool) -> None:
    call = Called(caller="杨某", matter="从浏阳返乡是否隔离", **said)
    snapshot = act(desk(), WriteLog(text="", call=call), t("19:00"), actor(WANG))
    assert bool(matters(snapshot)) is stays


def test_an_open_call_is_its_handlers_and_due_when_he_said() -> None:
    call = Called(caller="杨某", unit="安平镇", phone="0738-4420000", matter="是否隔离", handler="刘敏", due=t("22:00"))
    snapshot = act(desk(), WriteLog(text="", call=call), t("19:00"), actor(WANG))
    one = matters(snapshot)["call/matter-1/2021-06-07"]
    assert (one.subject, one.text, one.owed_by, one.due) == ("杨某", "是否隔离", "刘敏", t("22:00"))
    assert "call/matter-1/2021-06-07" in handover_items(snapshot, t("19:30"))
    snapshot = act(snapshot, CloseMatter(matter_id=1, outcome="须隔离，已回电", told="杨某"), t("21:00"))
    assert matters(snapshot) == {}


def test_a_call_is_not_due_before_it_came() -> None:
    call = Called(caller="杨某", matter="是否隔离", due=t("18:00"))
    assert refused(desk(), WriteLog(text="", call=call), t("19:00")).code == "ends_before_start"


# ---------------------------------------------------------------- the archive


def test_closed_matters_go_with_their_month_and_open_ones_keep_whom_they_are_about() -> None:
    about = {
        number: person(number, stage="closed", closed_at=t("12:00"), registered_at=t("08:00")) for number in (1, 2)
    }
    said = {"kind": "finding", "what": "x", "opened_at": t("10:00"), "due": t("20:00")}
    signed = Entry(
        id=1,
        happened_at=t("08:00", date(2021, 7, 2)),
        entered_at=t("08:00", date(2021, 7, 2)),
        entered_by=1,
        login="admin",
        told=HandedOver(items=(), outgoing=1, incoming=2, head=""),
    )
    snapshot = desk(
        *about.values(),
        Matter(id=1, subject="person-1", **said),
        Matter(id=2, subject="person-2", closed_at=t("11:00"), outcome="在家", **said),
        signed,
    )
    gone = closed(snapshot, t("09:00").replace(month=9))
    assert gone["2021-06"] == {"persons": [2], "matters": [2]}
