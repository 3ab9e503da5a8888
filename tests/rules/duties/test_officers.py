"""Officers on the roster: who is there, who left, who may sign on as whom, and how many full-time there are (一)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dutyboard.rules.decide import decide
from dutyboard.rules.people.officers import roster_counts, serving
from dutyboard.rules.records.commands import Actor, Command
from dutyboard.rules.records.commands.post import (
    AddOfficer,
    BindLogin,
    CancelShift,
    ChangeOfficer,
    ChangeSetting,
    EndOfficer,
    SendReport,
    SignOn,
    UnbindLogin,
    WriteLog,
)
from dutyboard.rules.records.commands.sheets import ImportRoster, RosterSheet
from dutyboard.rules.records.model import Officer
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import OfficerSet, SignedOn
from tests.rules.desks import ADMIN, LIU, WANG, ZHANG, act, actor, desk, owed, person, refused, shift, t, unit

NOW = t("10:00")
ROSTER = "roster/unit-1/2021-06-07"


def office() -> Snapshot:
    """The administrator with his role, five on the roster of unit 1, the first their director."""
    rows = [
        Officer(id=20 + n, name=f"干部{n}", phone=f"1990000000{n}", duty="专班", unit_id=1, director=n == 1)
        for n in range(1, 6)
    ]
    return desk(Officer(id=1, name="管理员", role="admin", login="admin"), unit(), *rows)


def names(snapshot: Snapshot, day: int = 7) -> set[str]:
    return {each.name for each in serving(snapshot, t("12:00", day))}


def test_who_left_is_off_the_counts_from_his_day_on_and_stays_in_the_records() -> None:
    left = act(office(), EndOfficer(officer_id=25, reason="调离", until=date(2021, 6, 9)), NOW)
    assert "干部5" in names(left, 8)
    assert "干部5" not in names(left, 9)
    assert roster_counts(left, 1, t("12:00", 8))["members"] == 5
    assert roster_counts(left, 1, t("12:00", 9))["members"] == 4
    assert left.officers[25].name == "干部5"
    assert left.entries[1].told == OfficerSet(officer_id=25, until=date(2021, 6, 9))
    again = refused(left, ChangeOfficer(officer_id=25, reason="x", title="y"), t("12:00", 9))
    assert again.code == "officer_left"


def test_a_shift_that_ends_with_the_last_day_of_an_officer_keeps_nobody_from_leaving() -> None:
    for until, code in ((9, ""), (8, "still_on_rota")):
        planned = office().applied(2, [shift(1, "officer", ZHANG, t("20:00", 8), t("24:00", 8))])
        command = EndOfficer(officer_id=ZHANG, reason="调离", until=date(2021, 6, until))
        answer = decide(command, planned, NOW, ADMIN)
        assert (answer.code if isinstance(answer, Refusal) else "") == code


def test_whoever_takes_an_officer_off_is_told_whose_officer_he_is() -> None:
    """At 3 a.m. nobody looked for the people whom he looked after."""
    his = [person(1, officer_id=25), person(2, officer_id=24), person(3, officer_id=25, stage="closed")]
    linked = office().applied(2, his)
    refusal = refused(linked, EndOfficer(officer_id=25, reason="调离"), NOW)
    assert (refusal.code, refusal.fields) == ("still_their_officer", {"officer": "干部5", "names": ["人员1"]})
    left = act(linked, EndOfficer(officer_id=25, reason="调离", agreed=True), NOW)
    assert left.officers[25].until == date(2021, 6, 7)
    assert act(linked, EndOfficer(officer_id=23, reason="调离"), NOW).officers[23].until == date(2021, 6, 7)


def test_who_leaves_loses_his_login_with_the_same_act() -> None:
    signed = act(office(), BindLogin(officer_id=25, login="gb5", reason="本人到场"), NOW)
    left = act(signed, EndOfficer(officer_id=25, reason="调离"), NOW)
    assert left.officers[25].login is None


def test_who_has_left_acts_no_more_also_by_a_login_that_he_was_given_again() -> None:
    left = act(office(), EndOfficer(officer_id=25, reason="调离", until=date(2021, 6, 9)), NOW)
    bound = act(left, BindLogin(officer_id=25, login="gb5", reason="到岗至9日"), NOW)
    bound = bound.applied(9, [replace(bound.officers[25], role="officer")])
    log = WriteLog(text="交接")
    assert act(bound, log, t("23:59", 8), actor(25)).entries
    refusal = refused(bound, log, t("00:00", 9), actor(25))
    assert (refusal.code, refusal.fields) == ("officer_left", {"officer": "干部5", "day": "2021-06-09"})


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (EndOfficer(officer_id=ZHANG, reason="病假"), "still_on_rota"),
        (EndOfficer(officer_id=1, reason="退休"), "own_end"),
        (EndOfficer(officer_id=25, reason=" "), "reason_needed"),
        (EndOfficer(officer_id=99, reason="x"), "unknown_officer"),
        (ChangeOfficer(officer_id=25, reason="x"), "nothing_changed"),
        (ChangeOfficer(officer_id=25, reason="x", phone="19900000005"), "nothing_changed"),
        (ChangeOfficer(officer_id=25, reason="x", name=" "), "name_needed"),
        (AddOfficer(name=" "), "name_needed"),
        (AddOfficer(name="干部1", phone="19900000001", unit_id=1), "officer_there"),
        (AddOfficer(name="新人", unit_id=9), "unknown_unit"),
        (UnbindLogin(officer_id=25, reason="认错人"), "no_login"),
        (UnbindLogin(officer_id=1, reason="x"), "own_login"),
        (BindLogin(officer_id=25, login="admin", reason="x"), "login_bound"),
    ],
)
def test_what_is_refused(command: Command, code: str) -> None:
    planned = office().applied(2, [shift(1, "officer", ZHANG, t("08:00", 9), t("20:00", 9))])
    assert refused(planned, command, NOW).code == code


@pytest.mark.parametrize(
    "command",
    [
        AddOfficer(name="新人"),
        EndOfficer(officer_id=LIU, reason="x"),
        BindLogin(officer_id=LIU, login="x", reason="x"),
        UnbindLogin(officer_id=LIU, reason="x"),
    ],
)
def test_only_the_administrator_touches_roster_and_logins(command: Command) -> None:
    assert refused(office(), command, NOW, actor(WANG)).code == "not_permitted"


def test_a_wrong_sign_on_is_taken_back_and_the_right_one_made() -> None:
    wrong = act(office(), BindLogin(officer_id=LIU, login="zhangq", reason="本人到场"), NOW)
    assert refused(wrong, SignOn(officer_id=ZHANG), NOW, Actor(login="zhangq", officer_id=LIU)).code == "login_bound"
    free = act(wrong, UnbindLogin(officer_id=LIU, reason="认错了人"), NOW)
    right = act(free, BindLogin(officer_id=ZHANG, login="zhangq", reason="本人到场"), NOW)
    assert (right.officers[LIU].login, right.officers[ZHANG].login) == (None, "zhangq")
    bound = act(right, BindLogin(officer_id=ZHANG, login="zq2", reason="换账号"), NOW)
    assert bound.entries[max(bound.entries)].told == SignedOn(officer_id=ZHANG, bound="zq2", instead_of="zhangq")


@pytest.mark.parametrize(
    ("changes", "counts", "members", "beside", "directors"),
    [
        ({}, True, 5, 4, 1),
        ({}, False, 4, 4, 1),
        ({22: {"full_time": False}}, True, 4, 3, 1),
        ({21: {"full_time": False}}, True, 5, 4, 1),
        ({21: {"full_time": False}}, False, 4, 4, 1),
        ({21: {"director": False}}, True, 5, 5, 0),
    ],
)
def test_the_five_are_counted_by_the_setting_and_the_other_count_stands_beside(
    changes: Mapping[int, Mapping[str, Any]], counts: bool, members: int, beside: int, directors: int
) -> None:
    snapshot = office()
    for number, fields in changes.items():
        snapshot = snapshot.applied(2, [replace(snapshot.officers[number], **fields)])
    if not counts:
        leading = [replace(snapshot.officers[1], role="leader")]
        change = ChangeSetting(name="director_counts", value="off", reason="市里口径")
        snapshot = act(snapshot.applied(3, leading), change, NOW)
    counted = roster_counts(snapshot, 1, t("10:01"))
    assert (counted["members"], counted["without_director"], counted["directors"]) == (members, beside, directors)


def test_the_row_says_how_many_there_are_before_anybody_sends() -> None:
    short = act(office(), EndOfficer(officer_id=21, reason="调离"), NOW)
    row = owed(short, t("10:01"))[ROSTER]
    assert (row.count, row.total, row.owed_by) == (4, 5, "")
    command = SendReport(
        kind="roster", subject="unit-1", day=date(2021, 6, 7), figures={"members": 5}, zero=False, reporter="王"
    )
    assert refused(short, command, t("10:02")).code == "bad_figure"


def test_a_roster_sent_again_takes_nobody_off_a_coming_shift() -> None:
    """Taken off with the form, he left the seat of his night to nobody, and no row said so."""
    tonight = [shift(1, "officer", 24, t("20:00"), t("08:00", 8)), shift(2, "officer", 25, t("08:00"), t("10:30"))]
    planned = office().applied(2, [*tonight, shift(3, "officer", 23, t("00:00"), t("08:00"))])
    members = [replace(planned.officers[number], id=0, unit_id=None) for number in (21, 22)]
    members[0] = replace(members[0], note="新")  # a form that tells nothing new ends nobody
    form = RosterSheet(unit="乡镇1", members=tuple(enumerate(members)))
    sent = act(planned, ImportRoster(sheets=(form,)), t("11:00"))
    there = {each.name for each in serving(sent, t("11:00")) if each.unit_id == 1}
    assert there == {"干部1", "干部2", "干部4"}
    gone = act(sent, CancelShift(shift_id=1, reason="调离"), t("11:01"))
    assert act(gone, EndOfficer(officer_id=24, reason="调离"), t("11:02")).officers[24].until == date(2021, 6, 7)


def test_a_roster_sent_again_takes_off_who_is_not_on_it_but_nobodys_login() -> None:
    bound = act(office(), BindLogin(officer_id=24, login="gb4", reason="本人到场"), NOW)
    members = [replace(bound.officers[number], id=0, unit_id=None) for number in (21, 22, 23)]
    new = Officer(id=0, name="欧阳新", phone="19900008888", duty="数据上报", note="兼职", full_time=False)
    sheet = RosterSheet(unit="乡镇1", members=tuple(enumerate([*members, new], start=4)))
    sent = act(bound, ImportRoster(sheets=(sheet,)), t("11:00"), ADMIN)
    there = {each.name for each in serving(sent, t("11:00")) if each.unit_id == 1}
    assert there == {"干部1", "干部2", "干部3", "干部4", "欧阳新"}
    assert sent.officers[25].until == date(2021, 6, 7)
    assert roster_counts(sent, 1, t("11:00"))["members"] == 4
