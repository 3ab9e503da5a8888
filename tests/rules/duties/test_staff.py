"""A site's staff: on its register by name, checked by name, off duty at once, and back with a reason (四（一）)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dutyboard.rules.people.staff import off_duty, staff_of
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.commands.site import AddStaff, ChangeStaff, EndStaff, ReturnToDuty, SendOffDuty
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.staff import OffDuty, StaffMember
from dutyboard.rules.records.told.site import OffDutySet, StaffChecked, StaffSet
from tests.rules.desks import act, desk, owed, refused, site, t

CHECK = "staff-check/site-1/2021-06-07"
NEXT = "staff-check/site-1/2021-06-08"
NAMES = ("何静", "谭勇", "彭辉")
NOON = t("12:00")


def member(number: int, **fields: Any) -> StaffMember:
    """One of the staff of site 1, on its register since 00:00 unless said."""
    return StaffMember(
        **({"id": number, "site_id": 1, "name": NAMES[number - 1], "registered_at": t("00:00")} | fields)
    )


def staffed(**third: Any) -> Snapshot:
    """Site 1 with three on its register, site 2 with none."""
    return desk(site(), site(2), member(1, post="护士"), member(2), member(3, **third))


def checked(snapshot: Snapshot, at: str = "12:00", **said: Any) -> Snapshot:
    return act(snapshot, Discharge(obligation=CHECK, **said), t(at))


def left(snapshot: Snapshot, at: str = "12:00", duty: str = CHECK, day: int = 7) -> tuple[str, int, int, list[str]]:
    found = owed(snapshot, t(at, day))[duty]
    return found.state, found.count, found.total, [NAMES[each.number - 1] for each in found.left]


def open_findings(snapshot: Snapshot) -> list[tuple[str, str, str, str | None]]:
    return [(m.subject, m.what, m.owner, m.cause) for m in snapshot.matters.values() if m.closed_at is None]


# ---------------------------------------------------------------- the register


def test_somebody_is_written_into_the_register_corrected_and_taken_off_with_a_day() -> None:
    snapshot = act(desk(site()), AddStaff(site_id=1, name=" 何静 ", post="护士", phone="19900000001"), NOON)
    assert snapshot.staff[1] == StaffMember(
        id=1, site_id=1, name="何静", post="护士", phone="19900000001", registered_at=NOON
    )
    snapshot = act(snapshot, ChangeStaff(staff_id=1, post="护士长", reason="任职"), NOON)
    snapshot = act(snapshot, EndStaff(staff_id=1, reason="轮换", until=date(2021, 6, 9)), NOON)
    assert [each.told for each in snapshot.entries.values()] == [
        StaffSet(site_id=1),
        StaffSet(site_id=1, changed=("post",)),
        StaffSet(site_id=1, until=date(2021, 6, 9)),
    ]
    assert {each.subject for each in snapshot.entries.values()} == {"staff-1"}
    assert [each.post for each in staff_of(snapshot, 1, t("23:59", 8))] == ["护士长"]
    assert staff_of(snapshot, 1, t("00:00", 9)) == []


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (AddStaff(site_id=9, name="甲"), "unknown_site"),
        (AddStaff(site_id=1, name=" "), "name_needed"),
        (AddStaff(site_id=1, name="何静"), "staff_there"),
        (ChangeStaff(staff_id=9, reason="x", post="y"), "unknown_staff"),
        (ChangeStaff(staff_id=1, reason=" ", post="y"), "reason_needed"),
        (ChangeStaff(staff_id=1, reason="x", post="护士"), "nothing_changed"),
        (ChangeStaff(staff_id=1, reason="x", name="谭勇"), "staff_there"),
        (ChangeStaff(staff_id=1, reason="x", name=""), "name_needed"),
        (EndStaff(staff_id=1, reason="x", until=date(2021, 6, 6)), "before_now"),
        (SendOffDuty(staff_id=1, reason=""), "reason_needed"),
        (SendOffDuty(staff_id=1, reason="x", happened_at=t("12:01")), "in_future"),
        (ReturnToDuty(staff_id=1, reason="x"), "not_off_duty"),
    ],
)
def test_what_the_register_does_not_take(command: Any, code: str) -> None:
    assert refused(staffed(), command, NOON).code == code


def test_the_same_name_may_stand_on_another_sites_register_and_after_he_left() -> None:
    snapshot = act(staffed(), AddStaff(site_id=2, name="何静"), NOON)
    snapshot = act(snapshot, EndStaff(staff_id=1, reason="轮换"), NOON)
    snapshot = act(snapshot, AddStaff(site_id=1, name="何静"), NOON)
    assert refused(snapshot, ChangeStaff(staff_id=1, reason="x", post="y"), NOON).code == "staff_left"


# ---------------------------------------------------------------- the check by name


def test_a_site_with_a_register_owes_a_check_of_each_by_name() -> None:
    assert left(staffed()) == ("open", 0, 3, list(NAMES))
    found = owed(staffed(), NOON)[CHECK]
    assert found.people == (Subject("staff", 1), Subject("staff", 2), Subject("staff", 3))


def test_one_word_says_that_all_on_the_row_were_seen_and_well() -> None:
    snapshot = checked(staffed(), seen=(1, 2, 3))
    assert left(snapshot) == ("done", 3, 3, [])
    assert snapshot.entries[1].told == StaffChecked(checked=3, abnormal=0, seen=("staff-1", "staff-2", "staff-3"))
    assert checked(staffed()).entries[1].told == snapshot.entries[1].told  # nobody named: all who are left
    figures = {"checked": 3, "abnormal": 0}
    assert checked(staffed(), figures=figures).entries[1].told == snapshot.entries[1].told


def test_a_part_is_not_the_whole() -> None:
    snapshot = checked(staffed(), seen=(1, 2))
    assert left(snapshot) == ("open", 2, 3, ["彭辉"])
    assert left(checked(snapshot, seen=(3,))) == ("done", 3, 3, [])


def test_who_is_added_later_stays_owed() -> None:
    snapshot = act(checked(staffed(), seen=(1, 2, 3)), AddStaff(site_id=1, name="新人"), t("12:30"))
    found = owed(snapshot, t("12:31"))[CHECK]
    assert (found.state, found.count, found.total, found.left) == ("open", 3, 4, (Subject("staff", 4),))


def test_who_comes_after_the_hour_is_seen_from_the_next_day_on() -> None:
    snapshot = act(checked(staffed(), seen=(1, 2, 3)), AddStaff(site_id=1, name="新人"), t("20:31"))
    assert owed(snapshot, t("20:32"))[CHECK].state == "done"
    assert owed(snapshot, t("06:30", 8))[NEXT].total == 4


@pytest.mark.parametrize(
    ("fields", "today", "tomorrow"),
    [
        ({"from_on": date(2021, 6, 8)}, 2, 3),
        ({"from_on": date(2021, 6, 1)}, 3, 3),
        ({"until": date(2021, 6, 8)}, 3, 2),
        ({"until": date(2021, 6, 7)}, 2, 2),
        ({"off": (OffDuty(since=t("09:00"), cause="told"),)}, 2, 2),
        ({"off": (OffDuty(since=t("09:00"), cause="told", back=t("11:00")),)}, 3, 3),
    ],
)
def test_only_who_is_on_duty_is_checked(fields: dict[str, Any], today: int, tomorrow: int) -> None:
    snapshot = staffed(**fields)
    assert owed(snapshot, NOON)[CHECK].total == today
    assert owed(snapshot, t("12:00", 8))[NEXT].total == tomorrow


def test_who_comes_back_after_the_hour_is_seen_from_the_next_day_on() -> None:
    away = OffDuty(since=t("09:00"), cause="told", back=t("20:31"))
    snapshot = staffed(off=(away,))
    assert owed(snapshot, t("20:32"))[CHECK].total == 2
    assert owed(snapshot, t("12:00", 8))[NEXT].total == 3


def test_who_is_sent_off_after_the_hour_was_to_be_checked_all_the_same() -> None:
    snapshot = checked(staffed(), seen=(1, 2))
    snapshot = act(snapshot, SendOffDuty(staff_id=3, reason="家人发热"), t("20:31"))
    assert left(snapshot, "20:32") == ("late", 2, 3, ["彭辉"])
    assert left(checked(snapshot, "20:33", absent=(3,), text="停岗"), "20:34") == ("done_late", 3, 3, [])


def test_a_missed_check_keeps_those_it_lacked_whatever_comes_later() -> None:
    snapshot = checked(staffed(), seen=(1, 2))
    late = act(snapshot, AddStaff(site_id=1, name="新人"), t("00:10", 8))
    late = act(late, EndStaff(staff_id=3, reason="轮换"), t("00:20", 8))
    assert left(late, "00:30", day=8) == ("missed", 2, 3, ["彭辉"])


def test_without_a_register_the_heads_are_counted_as_before() -> None:
    other = "staff-check/site-2/2021-06-07"
    assert owed(staffed(), NOON)[other].total == 0
    assert refused(staffed(), Discharge(obligation=other), NOON).code == "figures_needed"
    snapshot = act(staffed(), Discharge(obligation=other, figures={"checked": 9, "abnormal": 0}), NOON)
    assert owed(snapshot, NOON)[other].state == "done"
    assert refused(staffed(), Discharge(obligation=other, seen=(1,)), NOON).code == "not_on_row"


def test_heads_counted_before_the_register_stand_for_nobody_on_it() -> None:
    snapshot = act(desk(site()), Discharge(obligation=CHECK, figures={"checked": 9, "abnormal": 0}), NOON)
    snapshot = act(snapshot, AddStaff(site_id=1, name="何静"), t("12:30"))
    assert left(snapshot, "12:31") == ("open", 0, 1, ["何静"])


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"figures": {"checked": 9, "abnormal": 0}}, "people_needed"),
        ({"figures": {"checked": 3, "abnormal": 1}, "text": "咳嗽"}, "people_needed"),
        ({"figures": {"checked": 2, "abnormal": 0}, "seen": (1, 2)}, "figures_unknown"),
        ({"abnormal": True, "text": "有人咳嗽"}, "people_needed"),
        ({"seen": (9,)}, "not_on_row"),
        ({"readings": {"person-1": 36.5}}, "not_on_row"),
        ({"seen": (1,), "unwell": (1,), "text": "咳嗽"}, "said_twice"),
        ({"absent": (1,), "readings": {"staff-1": 36.5}, "text": "x"}, "said_twice"),
        ({"seen": (1,), "remarks": {"staff-2": "咳嗽"}}, "figures_unknown"),
        ({"unwell": (1,)}, "note_needed"),
        ({"absent": (1,)}, "note_needed"),
        ({"readings": {"staff-1": 29.0}}, "bad_figure"),
        ({"refused": (1,)}, "figures_unknown"),
    ],
)
def test_what_a_check_by_name_does_not_take(said: dict[str, Any], code: str) -> None:
    assert refused(staffed(), Discharge(obligation=CHECK, **said), NOON).code == code


def test_a_temperature_that_cannot_be_is_told_by_his_name() -> None:
    found = refused(staffed(), Discharge(obligation=CHECK, readings={"staff-2": 3.6}), NOON)
    assert (found.code, found.fields["name"]) == ("bad_figure", "谭勇")


def test_who_did_not_come_is_said_with_the_reason_and_is_nothing_abnormal() -> None:
    snapshot = checked(staffed(), seen=(1, 2), absent=(3,), remarks={"staff-3": "调休"})
    assert left(snapshot) == ("done", 3, 3, [])
    told = snapshot.entries[1].told
    assert isinstance(told, StaffChecked) and (told.checked, told.abnormal, told.absent) == (2, 0, ("staff-3",))
    assert not snapshot.entries[1].abnormal and off_duty(snapshot.staff[3]) is None


# ---------------------------------------------------------------- off duty at once


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"unwell": (2,), "remarks": {"staff-2": "咳嗽"}}, "咳嗽"),
        ({"unwell": (2,), "text": "发热门诊"}, "发热门诊"),
        ({"readings": {"staff-2": 37.3}}, "37.3"),
        ({"unwell": (2,), "readings": {"staff-2": 38}, "remarks": {"staff-2": "头痛"}}, "38.0 头痛"),
    ],
)
def test_who_is_not_well_is_off_duty_with_the_same_act_and_somebody_sees_to_it(said: dict[str, Any], why: str) -> None:
    snapshot = checked(staffed(), "12:10", seen=(1, 3), happened_at=NOON, **said)
    assert snapshot.staff[2].off == (OffDuty(since=NOON, cause="unwell", why=why),)
    assert open_findings(snapshot) == [("staff-2", why, "负责人1", "staff_unwell")]
    [finding] = [each for each in owed(snapshot, t("12:10")).values() if each.kind == "finding"]
    assert (finding.slot, finding.subject, finding.owed_by) == ("staff_unwell", "谭勇", "负责人1")
    assert left(snapshot) == ("done", 3, 3, [])
    assert owed(snapshot, NOON)[CHECK].abnormal
    assert left(snapshot, "12:00", NEXT, 8) == ("open", 0, 2, ["何静", "彭辉"])


@pytest.mark.parametrize(("reading", "off", "findings"), [(37.2, False, 0), (35.0, False, 0), (34.9, False, 1)])
def test_a_reading_that_is_no_fever_sends_nobody_off(reading: float, off: bool, findings: int) -> None:
    snapshot = checked(staffed(), readings={"staff-1": reading})
    assert (off_duty(snapshot.staff[1]) is not None, len(open_findings(snapshot))) == (off, findings)


def test_a_check_taken_back_puts_him_back_on_duty_and_shuts_the_finding() -> None:
    snapshot = checked(staffed(), seen=(1, 3), unwell=(2,), text="咳嗽")
    snapshot = act(snapshot, Amend(entry_id=1, reason="看错人"), t("12:05"))
    assert off_duty(snapshot.staff[2]) is None
    assert open_findings(snapshot) == []
    assert left(snapshot, "12:06") == ("open", 0, 3, list(NAMES))


def test_a_check_told_again_of_another_sends_that_one_off() -> None:
    snapshot = checked(staffed(), seen=(1, 3), unwell=(2,), text="咳嗽")
    instead = Discharge(obligation=CHECK, seen=(1, 2), unwell=(3,), text="咳嗽", happened_at=NOON)
    snapshot = act(snapshot, Amend(entry_id=1, reason="看错人", instead=instead), t("12:05"))
    assert [off_duty(each) is not None for each in snapshot.staff.values()] == [False, False, True]
    assert [each[0] for each in open_findings(snapshot)] == ["staff-3"]


def test_off_duty_by_an_officers_word_and_back_with_a_reason() -> None:
    snapshot = act(staffed(), SendOffDuty(staff_id=2, reason="家人发热"), NOON)
    assert refused(snapshot, SendOffDuty(staff_id=2, reason="x"), NOON).code == "off_duty_already"
    assert owed(snapshot, NOON)[CHECK].total == 2
    early = ReturnToDuty(staff_id=2, reason="排除", happened_at=t("11:00"))
    assert refused(snapshot, early, t("13:00")).code == "ends_before_start"
    assert refused(snapshot, ReturnToDuty(staff_id=2, reason=" "), t("13:00")).code == "reason_needed"
    snapshot = act(snapshot, ReturnToDuty(staff_id=2, reason="排除"), t("13:00"))
    assert snapshot.staff[2].off == (OffDuty(since=NOON, cause="told", why="家人发热", back=t("13:00")),)
    assert owed(snapshot, t("13:00"))[CHECK].total == 3
    assert [each.told for each in snapshot.entries.values()] == [OffDutySet(off=True), OffDutySet(off=False)]


def test_off_duty_taken_back_is_as_if_it_had_not_been_said() -> None:
    snapshot = act(staffed(), SendOffDuty(staff_id=2, reason="家人发热"), NOON)
    assert act(snapshot, Amend(entry_id=1, reason="说错"), NOON).staff[2] == replace(member(2))
