"""The PCR plan of a site's staff: a setting of the desk, one row a site, a result for each sample (四（一）)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pytest

from dutyboard.rules.people.staff import off_duty
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.post import ChangeSetting, Discharge
from dutyboard.rules.records.commands.site import EndStaff, RecordStaffTest, ReturnToDuty, SendOffDuty, SetSiteState
from dutyboard.rules.records.model import Officer, SettingChange
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.staff import OffDuty, StaffMember, StaffSample
from dutyboard.rules.records.told.site import StaffTested
from tests.rules.desks import act, desk, owed, refused, site, t

NAMES = ("何静", "谭勇")


def sample(day: int, result: Any = "negative") -> StaffSample:
    return StaffSample(on=date(2021, 6, day), result=result)


def member(number: int, **fields: Any) -> StaffMember:
    given = {"id": number, "site_id": 1, "name": NAMES[number - 1], "registered_at": t("00:00")}
    return StaffMember(**(given | fields))


def every(days: int, start: datetime | None = None, number: int = 1) -> SettingChange:
    """The plan as the desk set it, from 2021-06-07 00:00 unless said."""
    return SettingChange(
        id=number,
        name="staff_pcr_days",
        value=str(days),
        effective_from=start or t("00:00"),
        reason="函",
        set_by=1,
        set_at=t("00:00"),
    )


def planned(*members: StaffMember, plan: Iterable[SettingChange] = (every(3),)) -> Snapshot:
    admin = Officer(id=1, name="管理员", role="admin", login="admin")
    return desk(admin, site(), *members, *plan)


def row(snapshot: Snapshot, at: str = "12:00", day: int = 7) -> Obligation | None:
    rows = [each for each in owed(snapshot, t(at, day)).values() if each.kind == "staff_test"]
    assert len(rows) <= 1
    return rows[0] if rows else None


def stands(snapshot: Snapshot, at: str = "12:00", day: int = 7) -> tuple[str, int, int, list[str]] | None:
    found = row(snapshot, at, day)
    return found and (found.state, found.count, found.total, [NAMES[each.number - 1] for each in found.left])


def swabbed(
    snapshot: Snapshot, day: int, *who: int, result: Any = "pending", at: str = "12:00", **said: Any
) -> Snapshot:
    return act(snapshot, RecordStaffTest(staff_ids=who, result=result, **said), t(at, day))


# ---------------------------------------------------------------- what is owed


def test_without_a_plan_no_sample_is_owed() -> None:
    assert row(planned(member(1), plan=())) is None


def test_who_never_had_one_owes_it_on_the_first_day_and_it_grows_late() -> None:
    snapshot = planned(member(1), member(2))
    found = row(snapshot)
    assert found is not None
    assert (found.id, found.clause, found.owed_by) == ("staff-test/site-1/2021-06-07", "4.1d", "负责人1")
    assert stands(snapshot) == ("open", 0, 2, list(NAMES))
    assert stands(snapshot, "00:00", 8) == ("late", 0, 2, list(NAMES))
    assert row(snapshot, "00:00", 8).late_minutes == 0  # type: ignore[union-attr]
    assert row(snapshot, "01:00", 9).late_minutes == 25 * 60  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("last", "day", "is_owed"),
    [(5, 7, False), (5, 8, True), (4, 7, True), (1, 7, True), (7, 9, False), (7, 10, True)],
)
def test_the_next_sample_is_due_so_many_days_after_the_last(last: int, day: int, is_owed: bool) -> None:
    found = stands(planned(member(1, samples=(sample(last),))), day=day)
    assert found == (("open", 0, 1, ["何静"]) if is_owed else None)


@pytest.mark.parametrize("result", ["indeterminate", "invalid"])
def test_one_that_must_be_taken_again_is_none(result: Any) -> None:
    assert stands(planned(member(1, samples=(sample(7, result),)))) == ("open", 0, 1, ["何静"])


def test_a_sample_told_by_name_leaves_the_others_owed_and_the_last_makes_it_done() -> None:
    snapshot = swabbed(planned(member(1), member(2)), 7, 1)
    assert stands(snapshot) == ("open", 1, 2, ["谭勇"])
    snapshot = swabbed(snapshot, 7, 2)
    assert stands(snapshot) == ("done", 2, 2, [])
    assert snapshot.entries[2].told == StaffTested(people=("staff-2",), sampled_on=date(2021, 6, 7), result="pending")
    assert snapshot.done["staff-test/site-1/2021-06-07"].id == 2


def test_a_result_that_nobody_told_is_owed_from_the_next_day_on_whoever_and_whatever_left() -> None:
    snapshot = swabbed(planned(member(1)), 7, 1)
    assert stands(snapshot, "00:01", 8) == ("open", 0, 1, ["何静"])
    assert stands(snapshot, "00:01", 9) == ("late", 0, 1, ["何静"])
    gone = act(snapshot, EndStaff(staff_id=1, reason="轮换"), t("13:00"))
    gone = act(gone, SetSiteState(site_id=1, state="closed", reason="清空"), t("13:00"))
    gone = act(gone, ChangeSetting(name="staff_pcr_days", value="0", reason="停"), t("13:00"))
    assert stands(gone, "12:00", 8) == ("open", 0, 1, ["何静"])
    told = swabbed(gone, 8, 1, result="negative")
    assert told.staff[1].samples == (sample(7),)
    assert row(told, "12:01", 8) is None


def test_who_is_off_duty_owes_no_sample_and_does_from_the_day_he_is_back() -> None:
    away = OffDuty(since=t("09:00"), cause="told")
    assert row(planned(member(1, off=(away,)))) is None
    back = OffDuty(since=t("09:00"), cause="told", back=t("15:00", 9))
    found = row(planned(member(1, off=(back,))), "16:00", 9)
    assert found is not None and found.state == "open"


def test_a_new_site_or_member_is_not_late_for_days_before() -> None:
    snapshot = planned(member(1, registered_at=t("10:00", 9)), member(2, from_on=date(2021, 6, 9)))
    assert row(snapshot, "23:00", 9).state == "due_soon" or row(snapshot, "12:00", 9).state == "open"  # type: ignore[union-attr]
    assert row(snapshot, "00:00", 10).state == "late"  # type: ignore[union-attr]
    standby = desk(site(state="standby"), member(1), every(3))
    assert row(standby, "12:00", 9) is None
    opened = act(standby, SetSiteState(site_id=1, state="active", reason="满"), t("12:00", 9))
    assert row(opened, "13:00", 9).state == "open"  # type: ignore[union-attr]


def test_another_number_of_days_makes_nobody_new() -> None:
    """What was late under the plan before is late under the next: only a pause begins anew."""
    changed = planned(member(1), plan=(every(3), every(2, t("00:00", 9), 2)))
    assert row(changed, "12:00", 9).state == "late"  # type: ignore[union-attr]
    paused = planned(member(1), plan=(every(3), every(0, t("00:00", 8), 2), every(2, t("00:00", 9), 3)))
    assert row(paused, "12:00", 8) is None
    assert row(paused, "12:00", 9).state == "open"  # type: ignore[union-attr]


def test_the_plan_is_a_setting_that_begins_at_midnight() -> None:
    snapshot = act(
        planned(member(1), plan=()), ChangeSetting(name="staff_pcr_days", value="3", reason="函"), t("12:00")
    )
    assert row(snapshot, "23:59") is None
    assert row(snapshot, "00:00", 8).state == "open"  # type: ignore[union-attr]
    too_many = ChangeSetting(name="staff_pcr_days", value="31", reason="函")
    assert refused(snapshot, too_many, t("12:00")).code == "bad_figure"


# ---------------------------------------------------------------- a sample, its result


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (RecordStaffTest(staff_ids=(), result="pending"), "people_needed"),
        (RecordStaffTest(staff_ids=(9,), result="pending"), "unknown_staff"),
        (RecordStaffTest(staff_ids=(1, 3), result="pending"), "not_on_row"),
        (RecordStaffTest(staff_ids=(2,), result="negative"), "figures_needed"),
        (RecordStaffTest(staff_ids=(1, 2), result="negative"), "figures_needed"),
        (RecordStaffTest(staff_ids=(1,), result="pending"), "already_done"),
        (RecordStaffTest(staff_ids=(2,), result="pending", sampled_on=date(2021, 6, 8)), "in_future"),
        (
            RecordStaffTest(
                staff_ids=(2,), result="negative", sampled_on=date(2021, 6, 7), happened_at=t("12:00", 6), reason="x"
            ),
            "result_before_sample",
        ),
        (RecordStaffTest(staff_ids=(2,), result="pending", sampled_on=date(2021, 6, 5)), "told_long_after"),
        (RecordStaffTest(staff_ids=(2,), result="pending", happened_at=t("13:01")), "in_future"),
    ],
)
def test_what_cannot_be_told_of_a_sample(command: RecordStaffTest, code: str) -> None:
    other = StaffMember(id=3, site_id=2, name="彭辉", registered_at=t("00:00"))
    snapshot = swabbed(desk(site(), site(2), member(1), member(2), other, every(3), opened=t("00:00", 6)), 7, 1)
    assert refused(snapshot, command, t("13:00")).code == code


def test_a_result_belongs_to_the_sample_that_is_out() -> None:
    snapshot = swabbed(swabbed(planned(member(1), member(2)), 7, 1, 2), 8, 1, 2, result="negative")
    assert [each.samples for each in snapshot.staff.values()] == [(sample(7),), (sample(7),)]
    assert refused(snapshot, RecordStaffTest(staff_ids=(1,), result="negative"), t("12:30", 8)).code == "figures_needed"
    same = RecordStaffTest(staff_ids=(1,), result="negative", sampled_on=date(2021, 6, 7))
    assert refused(snapshot, same, t("12:30", 8)).code == "already_done"
    other = RecordStaffTest(staff_ids=(1,), result="positive", sampled_on=date(2021, 6, 7))
    assert refused(snapshot, other, t("12:30", 8)).code == "reason_needed"


def test_an_invalid_one_is_taken_again_on_the_same_day() -> None:
    snapshot = swabbed(swabbed(planned(member(1)), 7, 1), 7, 1, result="invalid")
    assert stands(snapshot) == ("open", 0, 1, ["何静"])
    snapshot = swabbed(snapshot, 7, 1)
    assert snapshot.staff[1].samples == (sample(7, "invalid"), sample(7, "pending"))
    assert swabbed(snapshot, 7, 1, result="negative").staff[1].samples == (sample(7, "invalid"), sample(7))


def test_a_positive_one_is_off_duty_at_once_and_somebody_sees_to_it_in_red() -> None:
    snapshot = swabbed(swabbed(planned(member(1), member(2)), 7, 1, 2), 8, 1, result="positive")
    assert snapshot.staff[1].off == (OffDuty(since=t("12:00", 8), cause="positive"),)
    assert off_duty(snapshot.staff[2]) is None
    assert snapshot.entries[2].abnormal
    [finding] = [each for each in owed(snapshot, t("12:00", 8)).values() if each.kind == "finding"]
    assert (finding.slot, finding.subject, finding.owed_by) == ("staff_positive", "何静", "负责人1")
    assert finding.priority == "red"
    check = owed(snapshot, t("12:01", 8))["staff-check/site-1/2021-06-08"]
    assert [each.number for each in check.people] == [2]


def test_a_sample_or_result_is_corrected_and_what_it_brought_is_undone() -> None:
    snapshot = swabbed(swabbed(planned(member(1)), 7, 1), 8, 1, result="positive")
    instead = RecordStaffTest(staff_ids=(1,), result="negative", sampled_on=date(2021, 6, 7), happened_at=t("12:00", 8))
    snapshot = act(snapshot, Amend(entry_id=2, reason="报错人", instead=instead), t("12:30", 8))
    assert (snapshot.staff[1].samples, snapshot.staff[1].off) == ((sample(7),), ())
    back = act(snapshot, Amend(entry_id=1, reason="未采", agreed=True), t("12:40", 8))
    assert back.staff[1].samples == ()
    assert stands(back, "12:41", 8) == ("late", 0, 1, ["何静"])


# ---------------------------------------------------------------- back on duty


@pytest.mark.parametrize(
    ("samples", "may"),
    [
        ((), False),
        ((sample(7),), False),
        ((sample(8),), True),
        ((sample(8, "pending"),), False),
        ((sample(8), sample(9, "positive")), False),
        ((sample(8, "positive"), sample(9)), True),
    ],
)
def test_with_a_plan_nobody_comes_back_without_a_negative_sample_taken_since(
    samples: tuple[StaffSample, ...], may: bool
) -> None:
    away = OffDuty(since=t("09:00", 8), cause="unwell")
    snapshot = planned(member(1, off=(away,), samples=samples))
    command = ReturnToDuty(staff_id=1, reason="排除")
    if may:
        assert off_duty(act(snapshot, command, t("12:00", 9)).staff[1]) is None
    else:
        assert refused(snapshot, command, t("12:00", 9)).code == "staff_pcr_needed"


def test_without_a_plan_only_the_positive_needs_one() -> None:
    snapshot = planned(member(1), plan=())
    snapshot = act(snapshot, SendOffDuty(staff_id=1, reason="家人发热"), t("09:00"))
    assert off_duty(act(snapshot, ReturnToDuty(staff_id=1, reason="排除"), t("10:00")).staff[1]) is None
    positive = swabbed(snapshot, 7, 1, result="positive", sampled_on=date(2021, 6, 7))
    assert positive.staff[1].off == (OffDuty(since=t("09:00"), cause="told", why="家人发热"),)
    assert refused(positive, ReturnToDuty(staff_id=1, reason="排除"), t("13:00")).code == "staff_pcr_needed"


def test_a_discharge_is_no_way_to_tell_of_a_sample() -> None:
    snapshot = planned(member(1))
    command = Discharge(obligation="staff-test/site-1/2021-06-07")
    assert refused(snapshot, command, t("12:00")).code == "unknown_obligation"
