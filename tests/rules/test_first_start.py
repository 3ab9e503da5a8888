"""Who made the desk is its administrator, and nobody of the roster until he says who of it he is."""

from dataclasses import replace
from datetime import date

from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import ChangeOfficer, OpenDesk, PlanShift, SignOn
from dutyboard.rules.records.model import Officer, Shift
from dutyboard.rules.records.secrets import Secret
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import SignedOn
from tests.rules.desks import act, notice, refused, t

MAKER = Actor(login="root", officer_id=1)
WANG, LI = 2, 3


def made(*more: Officer) -> Snapshot:
    """A desk just made by root, with two people on the roster."""
    empty = Snapshot(notices_known={notice().id: notice()})
    command = OpenDesk(desk="涟源", admin_name="管理员", notice=notice().id)
    opened = act(empty, command, t("08:00"), Actor(login="root", officer_id=None))
    people = [Officer(id=WANG, name="王芳", unit_id=7), Officer(id=LI, name="李建国", role="leader"), *more]
    return opened.applied(opened.seq, people)


def test_who_made_the_desk_becomes_the_one_whom_he_picks_without_a_code() -> None:
    """On a server, too, and where others are bound already: nobody could give him a code."""
    snapshot = made(Officer(id=4, name="刘敏", login="liumin"))
    assert snapshot.officers[1].nameless
    by_now = act(snapshot, SignOn(officer_id=WANG), t("08:05"), replace(MAKER, address="10.0.0.1"))
    wang, before = by_now.officers[WANG], by_now.officers[1]
    assert (wang.login, wang.role, wang.unit_id, wang.nameless) == ("root", "admin", 7, False)
    assert (before.login, before.until, before.nameless) == (None, date(2021, 6, 7), False)
    entry = by_now.entries[2]
    assert (entry.done_by, entry.told) == ("王芳", SignedOn(officer_id=WANG))
    again = refused(by_now, SignOn(officer_id=4), t("08:06"), replace(MAKER, officer_id=WANG))
    assert again.code == "officer_bound"
    other = refused(by_now, SignOn(officer_id=LI), t("08:06"), replace(MAKER, officer_id=WANG))
    assert other.code == "login_bound"


def test_a_shift_leader_cannot_be_the_administrator_too() -> None:
    assert refused(made(), SignOn(officer_id=LI), t("08:05"), MAKER).code == "leader_no_admin"


def test_what_was_planned_and_set_for_the_record_without_a_name_is_his() -> None:
    plan = PlanShift(seat="officer", officer_id=1, starts=t("20:00"), ends=t("08:00", 8))
    snapshot = act(made(), plan, t("08:01"), MAKER)
    past = Shift(id=9, seat="leader", officer_id=1, starts=t("06:00"), ends=t("08:00"))
    pin = Secret(id=1, officer_id=1, use="pin", set_at=t("08:01"))
    by_now = act(snapshot.applied(snapshot.seq, [past, pin]), SignOn(officer_id=WANG), t("08:05"), MAKER)
    assert [by_now.shifts[each].officer_id for each in (1, 9)] == [WANG, 1]
    assert by_now.secrets[1].officer_id == WANG


def test_whoever_is_not_on_the_roster_writes_himself_down() -> None:
    """A record of an older desk that is named as its login is nobody of the roster either."""
    own = ChangeOfficer(officer_id=1, reason="首次签到", name="赵晓峰", title="科员")
    for snapshot in (made(), made().applied(1, [Officer(id=1, name="root", login="root", role="admin")])):
        assert snapshot.officers[1].nameless
        by_now = act(snapshot, own, t("08:05"), MAKER).officers[1]
        assert (by_now.name, by_now.role, by_now.login, by_now.nameless) == ("赵晓峰", "admin", "root", False)
    same = act(made(), ChangeOfficer(officer_id=1, reason="r", title="科员"), t("08:05"), MAKER)
    assert same.officers[1].nameless
