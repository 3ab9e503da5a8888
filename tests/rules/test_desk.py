"""Opening a desk, signing on, the log, taking back, and which sites run."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from dutyboard.rules.decide import decide
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.commands.post import BindLogin, Discharge, OpenDesk, SignOn, WriteLog
from dutyboard.rules.records.commands.site import SetSiteState
from dutyboard.rules.records.model import DutyPeriod, Officer
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.post import Called
from dutyboard.rules.records.told.site import SiteStateSet
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import (
    ADMIN,
    DAY,
    LI,
    LIU,
    WANG,
    ZONE,
    act,
    actor,
    desk,
    notice,
    owed,
    person,
    refused,
    site,
    t,
    unit,
)

NOBODY = Actor(login="newcomer", officer_id=None)
PATROL = "patrol-3/site-1/2021-06-07"
DISINFECTION = "disinfection-pm/site-1/2021-06-07"


def empty() -> Snapshot:
    return Snapshot(notices_known={notice().id: notice()})


def test_an_opened_desk_has_settings_a_notice_and_an_administrator_who_can_act_at_once() -> None:
    command = OpenDesk(desk="涟源市疫情防控", admin_name="王芳", notice=notice().id)
    snapshot = act(empty(), command, t("19:40"), NOBODY)
    assert snapshot.desk is not None
    assert (snapshot.desk.desk, snapshot.desk.opened_at, snapshot.zone) == ("涟源市疫情防控", t("19:40"), ZONE)
    assert snapshot.notices[1].effective_from == t("00:00")
    admin = snapshot.officers[1]
    assert (admin.name, admin.role, admin.login) == ("王芳", "admin", "newcomer")
    note = WriteLog(text="开班")
    assert act(snapshot, note, t("19:41"), Actor(login="newcomer", officer_id=admin.id)).entries[2].text == "开班"


def test_a_practice_desk_keeps_when_its_clock_started() -> None:
    command = OpenDesk(
        desk="演练",
        admin_name="王芳",
        notice=notice().id,
        practice_starts=t("19:40"),
        practice_since=datetime(2026, 1, 1, tzinfo=ZONE),
    )
    made = act(empty(), command, t("19:40"), NOBODY).desk
    assert made is not None
    assert (made.practice_starts, made.practice_since) == (t("19:40"), datetime(2026, 1, 1, tzinfo=ZONE))


def test_a_desk_is_opened_once() -> None:
    again = OpenDesk(desk="x", admin_name="x", notice=notice().id)
    assert refused(desk(), again, t("19:40")).code == "desk_exists"


def test_signing_on_binds_login_and_officer_for_good() -> None:
    snapshot = act(desk(), SignOn(officer_id=WANG), t("08:00"), NOBODY)
    assert snapshot.officers[WANG].login == "newcomer"
    assert [(e.kind, e.subject, e.login) for e in snapshot.entries.values()] == [("sign_on", "officer-4", "newcomer")]
    other = refused(snapshot, SignOn(officer_id=WANG), t("08:01"), Actor(login="other", officer_id=None))
    assert (other.code, other.fields) == ("officer_bound", {"officer": "王芳", "login": "newcomer"})
    third = refused(snapshot, SignOn(officer_id=LIU), t("08:01"), Actor(login="third", officer_id=None))
    assert (third.code, third.fields) == ("bound_by_admin", {"officer": "刘敏"})
    second = refused(snapshot, SignOn(officer_id=LIU), t("08:01"), NOBODY)
    assert (second.code, second.fields) == ("login_bound", {"login": "newcomer", "officer": "王芳"})
    assert refused(snapshot, SignOn(officer_id=99), t("08:01"), NOBODY).code == "unknown_officer"


def test_nobody_becomes_the_leader_by_being_first_to_pick_him() -> None:
    """Once somebody is bound, an administrator binds; on a practice desk everybody may try."""
    snapshot = act(desk(), SignOn(officer_id=1), t("08:00"), NOBODY)
    thief = Actor(login="sec_li", officer_id=None)
    assert refused(snapshot, SignOn(officer_id=LI), t("08:01"), thief).code == "bound_by_admin"
    bound = act(snapshot, BindLogin(officer_id=LI, login="lijg", reason="本人到场"), t("08:01"), actor(1))
    assert refused(bound, SignOn(officer_id=LI), t("08:02"), thief).code == "officer_bound"
    act(bound, SignOn(officer_id=LI), t("08:02"), Actor(login="lijg", officer_id=None))
    settings = replace(desk_of(snapshot), practice_starts=t("08:00"), practice_since=t("08:00"))
    act(snapshot.applied(snapshot.seq, [settings]), SignOn(officer_id=LI), t("08:01"), thief)


def test_signing_on_again_as_oneself_writes_nothing() -> None:
    snapshot = act(desk(), SignOn(officer_id=WANG), t("08:00"), NOBODY)
    again = decide(SignOn(officer_id=WANG), snapshot, t("09:00"), Actor(login="newcomer", officer_id=WANG))
    assert isinstance(again, Accepted)
    assert again.changes == ()


def test_a_note_and_a_call_stand_in_the_log_as_told() -> None:
    call = Called(caller="石马山镇 刘", matter="返涟一人", told="李建国")
    snapshot = act(desk(), WriteLog(text=" 断电 10 分钟 ", happened_at=t("18:00")), t("19:00"), actor(WANG))
    snapshot = act(snapshot, WriteLog(text="", call=call), t("19:01"), actor(WANG))
    note, phoned = snapshot.entries.values()
    assert (note.text, note.happened_at, note.entered_at, note.done_by) == (
        "断电 10 分钟",
        t("18:00"),
        t("19:00"),
        "王芳",
    )
    assert (phoned.kind, phoned.happened_at, phoned.told) == ("call", t("19:01"), call)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": "  "}, "text_needed"),
        ({"text": "x", "happened_at": t("19:00:01")}, "in_future"),
        ({"text": "x", "call": Called(caller="", matter="x")}, "figures_needed"),
        ({"text": "x", "call": Called(caller="x", matter=" ")}, "figures_needed"),
        ({"text": "x", "subject": "site-9"}, "unknown_site"),
        ({"text": "x", "subject": "unit-9"}, "unknown_unit"),
        ({"text": "x", "subject": "person-9"}, "unknown_person"),
        ({"text": "x", "subject": "officer-99"}, "unknown_officer"),
        ({"text": "x", "subject": "nonsense"}, "unknown_site"),
        ({"text": "x", "subject": "site-x"}, "unknown_site"),
    ],
)
def test_what_the_log_refuses(fields: dict[str, Any], code: str) -> None:
    assert refused(desk(site()), WriteLog(**fields), t("19:00")).code == code


@pytest.mark.parametrize("subject", ["post", "site-1", "unit-1", "person-1", "officer-1"])
def test_a_note_may_be_about_any_record_of_the_desk(subject: str) -> None:
    snapshot = desk(site(), unit(), person(1))
    assert act(snapshot, WriteLog(text="x", subject=subject), t("19:00")).entries[1].subject == subject


@pytest.mark.parametrize(("after", "accepted"), [(0, True), (120, True), (121, False)])
def test_a_tick_is_taken_back_within_two_minutes_of_its_entry(after: int, accepted: bool) -> None:
    """The two minutes run from the entry, not from when the round happened."""
    snapshot = act(desk(site()), Discharge(obligation=PATROL, happened_at=t("18:00")), t("19:00"), actor(WANG))
    now = t("19:00") + timedelta(seconds=after)
    answer = decide(TakeBack(entry_id=1), snapshot, now, actor(WANG))
    assert isinstance(answer, Accepted) == accepted
    if not isinstance(answer, Accepted):
        assert (answer.code, answer.fields) == ("too_late_to_take_back", {"minutes": 2, "entry": 1})


def test_only_ones_own_last_tick_is_taken_back_and_only_once() -> None:
    snapshot = act(desk(site()), Discharge(obligation=PATROL), t("18:00"), actor(WANG))
    assert refused(snapshot, TakeBack(entry_id=1), t("18:01"), actor(LIU)).code == "not_yours"
    assert refused(snapshot, TakeBack(entry_id=9), t("18:01"), actor(WANG)).code == "unknown_entry"
    snapshot = act(snapshot, Discharge(obligation=DISINFECTION), t("18:01"), actor(WANG))
    assert refused(snapshot, TakeBack(entry_id=1), t("18:01"), actor(WANG)).code == "not_yours"
    snapshot = act(snapshot, TakeBack(entry_id=2), t("18:01"), actor(WANG))
    assert refused(snapshot, TakeBack(entry_id=2), t("18:01"), actor(WANG)).code == "already_amended"
    snapshot = act(snapshot, TakeBack(entry_id=1), t("18:02"), actor(WANG))
    assert [owed(snapshot, t("18:02"))[each].state for each in (PATROL, DISINFECTION)] == ["open", "open"]
    assert [e.amends for e in snapshot.entries.values()] == [None, None, 2, 1]


def test_a_note_is_no_tick() -> None:
    snapshot = act(desk(), WriteLog(text="x"), t("18:00"), actor(WANG))
    assert refused(snapshot, TakeBack(entry_id=1), t("18:00"), actor(WANG)).code == "not_yours"


def test_opening_and_closing_a_site_is_an_act_with_a_reason() -> None:
    snapshot = desk(site(state="standby"))
    assert refused(snapshot, SetSiteState(site_id=1, state="active", reason=" "), t("10:00")).code == "reason_needed"
    assert refused(snapshot, SetSiteState(site_id=9, state="active", reason="x"), t("10:00")).code == "unknown_site"
    opened = act(snapshot, SetSiteState(site_id=1, state="active", reason="房间不足"), t("10:00"))
    assert (opened.sites[1].state, opened.sites[1].periods) == ("active", (DutyPeriod(starts=t("10:00")),))
    assert (opened.entries[1].subject, opened.entries[1].told) == ("site-1", SiteStateSet(from_="standby", to="active"))
    closed = act(opened, SetSiteState(site_id=1, state="closed", reason="清零"), t("12:00"))
    period = DutyPeriod(starts=t("10:00"), ends=t("12:00"))
    assert (closed.sites[1].state, closed.sites[1].periods) == ("closed", (period,))


@pytest.mark.parametrize("stage", ["site", "transfer"])
def test_a_site_that_still_holds_people_is_not_closed(stage: Any) -> None:
    snapshot = desk(site(), person(1, stage=stage, site_id=1, room=3))
    refusal = refused(snapshot, SetSiteState(site_id=1, state="closed", reason="清零"), t("12:00"))
    assert (refusal.code, refusal.fields["site"]) == ("site_not_empty", "隔离点1")
    gone = desk(site(), person(1, stage="home", site_id=1, room=3))
    assert act(gone, SetSiteState(site_id=1, state="closed", reason="清零"), t("12:00")).sites[1].state == "closed"


def test_an_act_by_somebody_not_signed_on_is_refused() -> None:
    snapshot = desk(site()).applied(2, [Officer(id=9, name="x")])
    assert refused(snapshot, Discharge(obligation=PATROL), t("18:00"), NOBODY).fields == {"login": "newcomer"}
    assert refused(snapshot, WriteLog(text="x"), t("18:00"), Actor(login="x", officer_id=77)).code == ("not_signed_on")
    assert refused(empty(), Discharge(obligation=PATROL), t("18:00"), ADMIN).code == "no_desk"
    assert snapshot.day_of(t("18:00")) == DAY
