"""The day on which a site or unit comes to the desk, or a site opens again (O51): nobody is late before he existed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.board import board, handover_items
from dutyboard.rules.duties.post.reports import report_owed
from dutyboard.rules.records.clock import at
from dutyboard.rules.records.codes import SiteState
from dutyboard.rules.records.commands.post import Discharge, SendReport, WriteLog
from dutyboard.rules.records.commands.site import SetSiteState
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import DutyPeriod
from dutyboard.rules.records.obligation import OWED, Obligation
from dutyboard.rules.records.snapshot import Snapshot
from tests.rules.desks import DAY, ZONE, act, desk, notice, owed, refused, site, states, t, unit

SLOTS = tuple(notice().daily.site_slots)
SOON = timedelta(minutes=30)
UNIT = "screening-report/unit-1/2021-06-07"
ROSTER = "roster/unit-1/2021-06-07"


def of_site(snapshot: Snapshot, now: datetime, day: str = "2021-06-07") -> dict[str, Obligation]:
    """The site's obligations of a day by their slot."""
    return {key.split("/")[0]: each for key, each in owed(snapshot, now).items() if key.endswith(f"/site-1/{day}")}


def switched(snapshot: Snapshot, state: SiteState, now: datetime) -> Snapshot:
    """The desk after its site was opened or closed."""
    return act(snapshot, SetSiteState(site_id=1, state=state, reason="调整"), now)


def expected(began: datetime, now: datetime) -> dict[str, str]:
    """How each slot stands that nobody has done, where the site began at an instant of the day."""
    found = {}
    for slot in SLOTS:
        opens, due, closes = (at(DAY, each, ZONE) for each in (slot.opens, slot.due, slot.closes))
        if closes <= began:
            found[slot.id] = "waived"
        elif now < opens:
            found[slot.id] = "upcoming"
        elif now >= closes:
            found[slot.id] = "missed"
        elif due <= began or now < due - SOON:
            found[slot.id] = "open"
        else:
            found[slot.id] = "due_soon" if now <= due else "late"
    return found


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("begun", ["registered", "opened"])
def test_every_slot_exists_from_the_first_minute_and_none_is_late(hour: int, begun: str) -> None:
    for minute in range(60):
        began = t(f"{hour}:{minute}")
        if begun == "registered":
            snapshot = desk(site(registered=began))
        else:
            snapshot = switched(desk(site(state="standby")), "active", began)
        for now in (began, began + timedelta(minutes=7), began + timedelta(hours=3)):
            if now < t("23:59"):
                assert states(of_site(snapshot, now).values()) == {
                    f"{slot}/site-1/2021-06-07": state for slot, state in expected(began, now).items()
                }
        found = of_site(snapshot, began).values()
        reason = {"registered": "before_registration", "opened": "before_opening"}[begun]
        assert {each.reason for each in found if each.state == "waived"} <= {reason}
        assert all(each.reason is None and each.state not in ("late", "missed") for each in found if not each.reason)


def test_the_day_after_all_is_as_usual() -> None:
    snapshot = desk(site(registered=t("19:40")))
    assert of_site(snapshot, t("09:30", 8), "2021-06-08")["patrol-1"].state == "late"
    assert of_site(snapshot, t("11:30", 8), "2021-06-08")["patrol-1"].state == "missed"
    assert of_site(snapshot, t("11:30", 8), "2021-06-07")["patrol-3"].state == "missed"


def test_what_is_waived_is_in_no_count_no_list_and_no_handover() -> None:
    snapshot = desk(site(registered=t("19:40")), unit(registered=t("19:40")), opened=t("19:40"))
    shown = board(snapshot, t("19:40"))
    waived = {each.id for each in shown.obligations if each.state == "waived"}
    assert {each.split("/")[0] for each in waived} == {
        "patrol-1",
        "patrol-2",
        "temperature-am",
        "disinfection-am",
    }
    assert shown.counts.late == sum(each.kind == "seat" for each in shown.obligations)
    assert not waived & set(handover_items(snapshot, t("19:40")))
    assert all(each.state not in OWED for each in shown.obligations if each.id in waived)
    next_day = owed(snapshot, t("12:00", 8))  # after the morning's change of shift: missed ones stay, waived ones go
    assert not waived & set(next_day)


def test_one_that_is_waived_may_be_entered_and_starts_nothing_else() -> None:
    snapshot = desk(site(registered=t("19:40")))
    before = states(of_site(snapshot, t("19:45")).values())
    told = Discharge(obligation="patrol-1/site-1/2021-06-07", happened_at=t("09:40"), reason="登记前已做")
    snapshot = act(snapshot, told, t("19:45"))
    after = of_site(snapshot, t("19:45"))
    assert (after["patrol-1"].state, after["patrol-1"].entered_late, after["patrol-1"].reason) == ("done", True, None)
    assert states(after.values()) == before | {"patrol-1/site-1/2021-06-07": "done"}


def test_a_round_of_an_earlier_evening_may_be_entered_and_starts_nothing_else() -> None:
    """The evening of 06-07 on paper, the site typed in at 02:00."""
    snapshot = desk(site(registered=t("02:00", 8)))
    assert of_site(snapshot, t("02:00", 8)) == {}
    dinner = "patrol-3/site-1/2021-06-07"
    snapshot = act(snapshot, Discharge(obligation=dinner, happened_at=t("18:00"), reason="纸上记录"), t("02:10", 8))
    assert states(of_site(snapshot, t("02:10", 8)).values()) == {dinner: "done"}
    older = Discharge(obligation="patrol-3/site-1/2021-06-06", happened_at=t("18:00", 6), reason="纸上记录")
    assert refused(snapshot, older, t("02:10", 8)).code == "before_desk"


def test_a_note_of_a_mistyped_year_owes_nothing() -> None:
    snapshot = desk(site(registered=t("12:00")), opened=t("09:00"))
    note = WriteLog(text="交接", subject="site-1", happened_at=t("00:00"), reason="补记")
    snapshot = act(snapshot, note, t("12:30"))
    assert {key[-10:] for key in owed(snapshot, t("13:00"))} == {"2021-06-07"}


def test_nobody_owes_anything_before_the_desk_was_opened() -> None:
    snapshot = desk(site(registered=t("06:00")), unit(registered=t("06:00")), opened=t("18:00"))
    found = owed(snapshot, t("18:00"))
    assert {each.state for each in found.values() if each.kind not in ("seat", "handover")} <= {
        "waived",
        "open",
        "due_soon",
        "upcoming",
    }
    assert found["screening-report/post/2021-06-07"].state == "open"


# ---------------------------------------------------------------- reports


@pytest.mark.parametrize(
    ("registered", "now", "state"),
    [
        ("16:59", "17:00", "late"),
        ("17:00", "17:00", "open"),
        ("18:00", "18:00", "open"),
        ("18:00", "23:59", "open"),
        ("18:00", "24:00", "missed"),
        ("23:59", "23:59", "open"),
    ],
)
def test_a_unit_that_came_after_the_hour_of_its_report_is_not_late(registered: str, now: str, state: str) -> None:
    snapshot = desk(unit(registered=t(registered)))
    assert owed(snapshot, t(now))[UNIT].state == state
    total = owed(snapshot, t(now))["screening-report/post/2021-06-07"]
    assert total.state == state  # the city's total is owed since there is a unit


def test_a_report_sent_after_registration_is_in_time_and_says_so() -> None:
    snapshot = desk(unit(registered=t("18:00")))
    told = SendReport(
        kind="screening",
        subject="unit-1",
        day=DAY,
        figures={"new": 1},
        zero=False,
        reporter="报送人",
        sent_at=t("19:00"),
    )
    snapshot = act(snapshot, told, t("19:00"))
    sent = report_owed(snapshot, "screening", Subject.parse("unit-1") or Subject("unit", 1), DAY, t("19:30"))
    assert sent is not None and (sent.state, sent.late_minutes) == ("done", 0)
    assert not sent.window.past_due(t("19:00"))


@pytest.mark.parametrize(
    ("registered", "now", "state"),
    [
        ("21:29", "23:00", "late"),
        ("21:30", "23:00", "open"),
        ("22:00", "23:59", "open"),
        ("22:00", "24:00", None),
        ("24:00", "24:00", None),
    ],
)
def test_a_roster_is_owed_by_a_unit_of_that_day_and_late_only_if_it_was_there(
    registered: str, now: str, state: str | None
) -> None:
    found = owed(desk(unit(registered=t(registered))), t(now))
    assert (found[ROSTER].state if ROSTER in found else None) == state


# ---------------------------------------------------------------- closed and opened again


def test_what_was_missed_stays_missed_when_a_site_opens_again() -> None:
    snapshot = switched(desk(site()), "closed", t("15:00"))
    missed = {slot for slot, each in of_site(snapshot, t("15:30")).items() if each.state == "missed"}
    assert missed == {"patrol-1", "temperature-am", "disinfection-am"}
    snapshot = switched(snapshot, "active", t("18:00"))
    after = of_site(snapshot, t("18:30"))
    assert {slot for slot, each in after.items() if each.state == "missed"} == missed
    assert (after["patrol-2"].state, after["patrol-2"].reason) == ("waived", "before_opening")
    assert after["report"].state == "open"  # due at 17:00, when the site was closed
    assert missed <= {each.split("/")[0] for each in handover_items(snapshot, t("18:30"))}


def test_a_due_time_that_lay_in_an_earlier_period_is_not_forgiven() -> None:
    snapshot = switched(desk(site()), "closed", t("15:00"))
    snapshot = switched(snapshot, "active", t("16:00"))
    assert of_site(snapshot, t("16:00"))["patrol-2"].state == "late"  # due at 13:30, when the site was on duty


def test_an_older_desks_opening_and_closing_are_its_period() -> None:
    old = site(state="closed", opened_at=t("12:30"), closed_at=t("17:45"))
    assert states(of_site(desk(old), t("18:00")).values()) == {
        **{f"{slot}/site-1/2021-06-07": "waived" for slot in ("patrol-1", "temperature-am", "disinfection-am")},
        "patrol-2/site-1/2021-06-07": "missed",
    }
    reopened = switched(desk(old), "active", t("18:00")).sites[1]
    first = DutyPeriod(starts=t("12:30"), ends=t("17:45"))
    assert reopened.periods == (first, DutyPeriod(starts=t("18:00")))
    assert (reopened.opened_at, reopened.closed_at) == (None, None)


@given(
    registered=st.integers(0, 1439),
    active=st.booleans(),
    turns=st.lists(st.integers(1, 600), max_size=6),
    looks=st.lists(st.integers(0, 2880), min_size=2, max_size=4),
    opened=st.integers(0, 1439),
)
def test_nothing_is_late_before_its_existence_and_no_miss_is_lost(
    registered: int, active: bool, turns: list[int], looks: list[int], opened: int
) -> None:
    """Whenever a site is registered, opened and closed: late only after a due time on duty, and a miss stays one."""
    base = t("00:00")
    began = base + timedelta(minutes=max(registered, opened))
    state: SiteState = "active" if active else "standby"
    snapshot = desk(site(registered=began, state=state), opened=base + timedelta(minutes=opened))
    spans: list[list[Any]] = [[began, None]] if active else []
    acts = [(began, snapshot)]
    now = began
    for turn in turns:
        now += timedelta(minutes=turn)
        state = "closed" if state == "active" else "active"
        snapshot = switched(snapshot, state, now)
        if state == "active":
            spans.append([now, None])
        else:
            spans[-1][1] = now
        acts.append((now, snapshot))
    missed: set[str] = set()
    for look in sorted(looks):
        instant = base + timedelta(minutes=look)
        known = [made for when, made in acts if when <= instant]
        if not known:
            continue
        found = {key: each for key, each in owed(known[-1], instant).items() if each.subject_id == "site-1"}
        for each in found.values():
            if each.state in ("late", "done_late"):
                assert any(frm < each.due and (to is None or each.due <= to) for frm, to in spans), each
            if each.state == "missed":
                closes = each.closes
                assert closes and any(frm < closes and (to is None or closes <= to) for frm, to in spans), each
            if each.state == "waived":
                assert each.closes and each.window.since and each.closes <= each.window.since.at
        by_now = {key for key, each in found.items() if each.state == "missed"}
        assert missed <= by_now  # nothing was handed over, so that nothing may leave the list
        missed = by_now
