"""The 17:00 board in rules: the city total forming, supplements as deltas, and the calls about a report."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.duties.post.reports import report_owed
from dutyboard.rules.duties.post.screening.city import CitySheet, city_sheet
from dutyboard.rules.duties.post.screening.supplements import statements, supplements
from dutyboard.rules.duties.post.urging import times_urged, to_call, urgings
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.post import SendReport, WriteLog
from dutyboard.rules.records.ids import POST, Subject
from dutyboard.rules.records.model import Officer
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import Called
from tests.rules.desks import DAY, act, desk, refused, t, unit

UNITS = (unit(1), unit(2, kind="street"), unit(3, kind="management"), unit(4, kind="city_office"))
UNIT = Subject("unit", 1)
NOON, EVENING = t("12:00"), t("20:00")


def stated(number: int = 1, at: Any = NOON, figures: dict[str, int] | None = None, **more: Any) -> SendReport:
    told = {"new": 1, "total": 3} if figures is None else figures
    subject = Subject("unit", number) if number else POST
    given: dict[str, Any] = {"zero": not any(told.values()), "reporter": "李倩", "sent_at": at}
    return SendReport(kind="screening", subject=subject, day=DAY, figures=told, **(given | more))


def sent(*reports: SendReport, now: Any = EVENING) -> Snapshot:
    snapshot = desk(*UNITS)
    for each in reports:
        snapshot = act(snapshot, each, now)
    return snapshot


def sheet(snapshot: Snapshot, now: Any = EVENING) -> CitySheet:
    return city_sheet(snapshot, DAY, now)


def test_the_total_sums_who_has_stated_and_names_who_has_not() -> None:
    found = sheet(sent(stated(1), stated(2, figures={"new": 0, "total": 0}), stated(0, figures={"total": 99})))
    assert (found.sums, found.stated) == ({"new": 1, "total": 3}, {"new": 2, "total": 2})
    assert (found.reported, found.owing, found.missing) == (2, 3, ("乡镇3",))
    assert [(row.mark, row.late, row.corrected) for row in found.rows] == [
        ("stated", False, False),
        ("zero", False, False),
        ("missing", True, False),
    ]


@pytest.mark.parametrize(("clock", "late"), [("16:59:59", False), ("17:00:00", True)])
def test_seventeen_sharp_is_late_and_a_supplement_never_changes_that(clock: str, late: bool) -> None:
    snapshot = sent(stated(at=t(clock)), stated(at=t("18:00"), figures={"new": 2, "total": 4}))
    (row, *_) = sheet(snapshot).rows
    assert (row.late, row.corrected, row.report and row.report.figures["total"]) == (late, True, 4)


def test_a_figure_that_a_unit_does_not_state_is_not_summed_as_zero() -> None:
    found = sheet(sent(stated(1, figures={"total": 3}), stated(2, figures={"total": 4, "lost": 1})))
    assert (found.sums["lost"], found.stated["lost"], found.stated["total"]) == (1, 1, 2)
    assert sheet(sent()).sums == {}


@given(
    st.lists(st.tuples(st.integers(1, 3), st.integers(0, 5), st.sampled_from(("09:00", "17:00", "19:59"))), max_size=9)
)
@settings(max_examples=40, deadline=None)
def test_never_above_all_however_often_a_unit_sends(drawn: list[tuple[int, int, str]]) -> None:
    snapshot = sent(*(stated(number, at=t(clock), figures={"total": total}) for number, total, clock in drawn))
    found, last = sheet(snapshot), {number: total for number, total, _ in drawn}
    assert found.reported == len(last) <= found.owing == 3
    assert found.reported + len(found.missing) == found.owing
    assert found.sums.get("total", 0) == sum(last.values())
    for number in last:
        told = statements(snapshot, "screening", Subject("unit", number), DAY)
        values = [each.figures["total"] for each in told]
        deltas = [change.delta for each in supplements(told) for change in each.changes]
        assert all(delta for delta in deltas)
        assert values[0] + sum(delta or 0 for delta in deltas) == values[-1] == last[number]


def test_supplements_are_numbered_and_say_what_changed_against_the_one_before() -> None:
    snapshot = sent(
        stated(figures={"new": 1, "total": 3}),
        stated(at=t("17:30"), figures={"new": 2, "total": 4, "lost": 1}, checked_by=" 周涛 "),
        stated(at=t("18:00"), figures={"new": 2, "total": 4, "lost": 1}),
    )
    told = statements(snapshot, "screening", UNIT, DAY)
    first, second = supplements(told)
    assert [(each.figure, each.before, each.after, each.delta) for each in first.changes] == [
        ("new", 1, 2, 1),
        ("total", 3, 4, 1),
        ("lost", None, 1, None),
    ]
    assert (first.number, first.report.checked_by, second.number, second.changes) == (1, "周涛", 2, ())
    struck = act(snapshot, Amend(entry_id=max(snapshot.entries), reason="重复"), t("20:01"))
    assert len(supplements(statements(struck, "screening", UNIT, DAY))) == 1


def test_a_part_of_today_above_its_total_is_refused() -> None:
    for figures in ({"new": 4, "total": 3}, {"abroad_today": 1, "abroad": 0, "total": 2}):
        answer = refused(desk(*UNITS), stated(figures=figures), t("20:00"))
        assert (answer.code, answer.fields["high"]) == ("bad_figure", figures.get("abroad", 3))


# ---------------------------------------------------------------- calls


def call(at: Any, **more: Any) -> WriteLog:
    given: dict[str, Any] = {"caller": "王芳", "matter": "催报", "told": "周涛", "answered": True}
    given["urges"] = f"screening-report/unit-1/{DAY}"
    return WriteLog(text="", subject=UNIT, call=Called(**(given | more)), happened_at=at)


def test_calls_about_a_report_are_counted_for_it_alone_by_their_hour() -> None:
    director = Officer(id=30, name="周涛", unit_id=1, director=True, phone="19900000001")
    snapshot = desk(*UNITS, director, Officer(id=31, name="陈晨", unit_id=2, director=True, phone="19900000002"))
    for at in (t("16:40"), t("16:20")):
        snapshot = act(snapshot, call(at, answered=at.minute == 40), t("16:50"))
    plain = Called(caller="王芳", matter="催报表", told="周涛", answer_needed=False)
    snapshot = act(snapshot, WriteLog(text="", call=plain, happened_at=t("16:45")), t("16:50"))
    one, other = (report_owed(snapshot, "screening", Subject("unit", number), DAY, t("16:50")) for number in (1, 2))
    assert one is not None and other is not None
    assert [each.happened_at for each in urgings(one, snapshot)] == [t("16:20"), t("16:40"), t("16:45")]
    assert (times_urged(other, snapshot), len(snapshot.matters)) == (0, 0)
    struck = act(snapshot, Amend(entry_id=1, reason="打错电话"), t("16:55"))
    assert times_urged(one, struck) == 2


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"told": " "}, ["told"]),
        ({"answered": None}, ["answered"]),
        ({"told": None, "answered": None}, ["told", "answered"]),
    ],
)
def test_a_call_says_who_was_called_and_whether_he_was_reached(fields: dict[str, Any], names: list[str]) -> None:
    answer = refused(desk(*UNITS), call(t("16:40"), **fields), t("16:50"))
    assert (answer.code, answer.fields) == ("figures_needed", {"names": names})


@pytest.mark.parametrize("urges", ["排查", "screening-report/unit-9/2021-06-07", "screening-report/unit-1"])
def test_a_call_about_nothing_on_the_desk_is_refused(urges: str) -> None:
    assert refused(desk(*UNITS), call(t("16:40"), urges=urges), t("16:50")).code == "unknown_obligation"


def test_the_director_is_called_first_then_those_with_a_phone_and_nobody_who_has_left() -> None:
    officers = [
        Officer(id=30, name="无话", unit_id=1),
        Officer(id=31, name="有话", unit_id=1, phone="19900000001"),
        Officer(id=32, name="主任", unit_id=1, director=True, full_time=False, phone="19900000002"),
        Officer(id=33, name="兼职", unit_id=1, full_time=False, phone="19900000003"),
        Officer(id=34, name="走了", unit_id=1, phone="19900000004", until=date(2021, 6, 1)),
    ]
    snapshot = desk(*UNITS, *officers)
    owed = report_owed(snapshot, "screening", UNIT, DAY, NOON)
    total = report_owed(snapshot, "screening", POST, DAY, NOON)
    assert owed is not None and total is not None
    assert [each.name for each in to_call(owed, snapshot, NOON)] == ["主任", "有话", "无话"]
    assert to_call(total, snapshot, NOON) == ()
