"""Reports: strictly before their hour, zero said aloud, revisions that never change whether it was in time."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.board import board
from dutyboard.rules.decide import decide
from dutyboard.rules.duties.post.figures import screening_counts
from dutyboard.rules.law.facts import Facts, Stay
from dutyboard.rules.records.commands.post import SendReport
from dutyboard.rules.records.model import Officer
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import ReportSent
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import ADMIN, DAY, act, desk, owed, person, refused, site, t, unit

UNIT = "screening-report/unit-1/2021-06-07"
TOTAL = "screening-report/post/2021-06-07"
SITE = "report/site-1/2021-06-07"
ROSTER = "roster/unit-1/2021-06-07"


def screening(**fields: Any) -> SendReport:
    given: dict[str, Any] = {
        "kind": "screening",
        "subject": "unit-1",
        "day": DAY,
        "figures": {"new": 3, "total": 12},
        "zero": False,
        "reporter": "李倩",
    }
    return SendReport(**(given | fields))


def members(count: int, director: bool = True, unit_id: int = 1) -> list[Officer]:
    return [
        Officer(id=100 + n, name=f"专班{n}", unit_id=unit_id, director=director and n == 0, phone="1")
        for n in range(count)
    ]


def test_each_unit_that_reports_owes_one_and_the_post_the_total() -> None:
    units = [unit(1), unit(2, kind="street"), unit(3, kind="management"), unit(4, kind="city_office")]
    found = {key for key, each in owed(desk(*units), t("12:00")).items() if each.kind == "screening_report"}
    assert found == {f"screening-report/{who}/2021-06-07" for who in ("unit-1", "unit-2", "unit-3", "post")}
    assert not any(each.kind == "screening_report" for each in owed(desk(), t("12:00")).values())


@pytest.mark.parametrize(
    ("now", "day", "state", "late"),
    [
        ("00:00", 7, "open", 0),
        ("16:29:59", 7, "open", 0),
        ("16:30", 7, "due_soon", 0),
        ("16:59:59", 7, "due_soon", 0),
        ("17:00", 7, "late", 0),
        ("19:42", 7, "late", 162),
        ("00:00", 8, "missed", 0),
    ],
)
def test_the_screening_report_is_late_at_seventeen_exactly(now: str, day: int, state: str, late: int) -> None:
    found = owed(desk(unit()), t(now, day))[UNIT]
    assert (found.state, found.late_minutes, found.clause) == (state, late, "2.8")


def test_the_site_report_at_its_target_hour_is_in_time() -> None:
    assert owed(desk(site()), t("17:00"))[SITE].state == "due_soon"
    sent = screening(kind="site", subject="site-1", sent_at=t("17:00"))
    assert owed(act(desk(site()), sent, t("18:00")), t("18:00"))[SITE].state == "done"


@pytest.mark.parametrize(
    ("sent", "state", "late"), [("16:59:59", "done", 0), ("17:00", "done_late", 0), ("18:15", "done_late", 75)]
)
def test_when_it_was_sent_says_whether_it_was_in_time(sent: str, state: str, late: int) -> None:
    command = screening(sent_at=t(sent))
    snapshot = act(desk(unit()), command, t("19:00"))
    found = owed(snapshot, t("19:00"))[UNIT]
    assert (found.state, found.late_minutes) == (state, late)
    answer = decide(command, desk(unit()), t("19:00"), ADMIN)
    assert isinstance(answer, Accepted)
    assert (answer.state, answer.entry.told) == (state, ReportSent(report=1, kind="screening", day=DAY, revision=1))


def test_a_later_revision_never_changes_whether_the_first_was_in_time() -> None:
    snapshot = act(desk(unit()), screening(), t("16:50"))
    snapshot = act(snapshot, screening(figures={"new": 4, "total": 13}), t("18:00"))
    found = owed(snapshot, t("18:00"))[UNIT]
    assert (found.state, found.entry) == ("done", 1)
    assert [(r.revision, dict(r.figures)["new"]) for r in snapshot.reports.values()] == [(1, 3), (2, 4)]
    late = act(desk(unit()), screening(), t("18:00"))
    back_dated = act(late, screening(sent_at=t("16:00")), t("18:05"))
    assert owed(back_dated, t("18:05"))[UNIT].state == "done_late"


def test_a_report_that_comes_after_its_day_is_kept_but_the_day_stays_missed() -> None:
    snapshot = act(desk(unit()), screening(text="电话不通"), t("07:00", 8))
    assert owed(snapshot, t("07:30", 8))[UNIT].state == "missed"
    assert snapshot.last_reports["screening", "unit-1", DAY].sent_at == t("07:00", 8)
    entered_late = act(snapshot, screening(sent_at=t("16:00"), text="电话不通"), t("07:10", 8))
    found = owed(entered_late, t("07:30", 8))[UNIT]
    assert (found.state, found.entered_late) == ("done", True)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"figures": {"new": 0, "total": 0}}, "zero_not_stated"),
        ({"figures": {}}, "figures_needed"),
        ({"figures": {"new": 1}, "zero": True}, "zero_contradicted"),
        ({"figures": {"new": -1}}, "bad_figure"),
        ({"figures": {"new": True}}, "bad_figure"),
        ({"figures": {"new": 1.5}}, "bad_figure"),
        ({"figures": {"new": None}}, "bad_figure"),
        ({"reporter": " "}, "figures_needed"),
        ({"sent_at": t("18:01")}, "in_future"),
        ({"sent_at": t("23:59", 6)}, "before_desk"),
        ({"day": date(2021, 6, 8)}, "not_open_yet"),
        ({"subject": "unit-9"}, "unknown_obligation"),
        ({"subject": "site-1"}, "unknown_obligation"),
        ({"day": date(2021, 6, 6)}, "unknown_obligation"),
    ],
)
def test_what_no_report_may_say(fields: dict[str, Any], code: str) -> None:
    assert refused(desk(unit(), site(), opened=t("08:00")), screening(**fields), t("18:00")).code == code


@pytest.mark.parametrize("figures", [{}, {"new": 0, "total": 0}])
def test_a_stated_zero_is_a_report(figures: dict[str, int]) -> None:
    snapshot = act(desk(unit()), screening(figures=figures, zero=True), t("16:00"))
    assert owed(snapshot, t("16:00"))[UNIT].state == "done"
    assert snapshot.reports[1].zero


def test_unreported_counts_the_units_and_not_the_total() -> None:
    snapshot = desk(unit(1), unit(2))
    assert board(snapshot, t("12:00")).counts.unreported == 2
    snapshot = act(snapshot, screening(), t("16:00"))
    snapshot = act(snapshot, screening(subject="post"), t("16:00"))
    assert board(snapshot, t("18:00")).counts.unreported == 1
    assert board(snapshot, t("00:00", 8)).counts.unreported == 2


@pytest.mark.parametrize(
    ("now", "day", "state"),
    [("20:59", 7, "open"), ("21:00", 7, "due_soon"), ("21:30", 7, "late"), ("12:00", 12, "late")],
)
def test_the_roster_stays_late_until_it_is_in(now: str, day: int, state: str) -> None:
    assert owed(desk(unit()), t(now, day))[ROSTER].state == state


@pytest.mark.parametrize(
    ("roster", "name", "value"), [(members(4), "members", 4), (members(5, director=False), "directors", 0)]
)
def test_a_roster_too_small_or_without_director_is_not_one(roster: list[Officer], name: str, value: int) -> None:
    command = screening(kind="roster", figures={"members": 9})
    refusal = refused(desk(unit(), *roster), command, t("20:00"))
    assert (refusal.code, refusal.fields["name"], refusal.fields["value"]) == ("bad_figure", name, value)


def test_a_roster_of_five_with_a_director_is_done_once_and_for_all() -> None:
    snapshot = act(desk(unit(), *members(5)), screening(kind="roster", figures={"members": 5}), t("21:00"))
    assert owed(snapshot, t("21:00"))[ROSTER].state == "done"
    assert ROSTER not in owed(snapshot, t("12:00", 9))
    late = act(desk(unit(), *members(5)), screening(kind="roster", figures={"members": 5}), t("12:00", 9))
    assert ROSTER not in owed(late, t("12:00", 9))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["unit-1", "unit-2", "unit-9", "post"]),
            st.integers(0, 72 * 60),
            st.integers(-30 * 60, 60),
            st.dictionaries(st.sampled_from(["new", "total"]), st.integers(-1, 3)),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_one_report_a_unit_and_day_whatever_is_sent_and_sent_again(
    sent: list[tuple[str, int, int, dict[str, int], bool]],
) -> None:
    """Never more than 100 %: an obligation is discharged by one entry and stays so; revisions count 1, 2, 3."""
    snapshot: Snapshot = desk(unit(1), unit(2))
    discharged: dict[str, int | None] = {}
    for subject, minutes, back, figures, zero in sorted(sent, key=lambda each: each[1]):
        now = t("00:00") + timedelta(minutes=minutes)
        command = screening(subject=subject, day=DAY, figures=figures, zero=zero, sent_at=now + timedelta(minutes=back))
        answer = decide(command, snapshot, now, ADMIN)
        if isinstance(answer, Accepted):
            snapshot = snapshot.applied(snapshot.seq + 1, answer.changes)
        for key, each in snapshot.done.items():
            assert discharged.setdefault(key, each.id) == each.id
    for subject in ("unit-1", "unit-2", "post"):
        revisions = [r.revision for r in snapshot.reports.values() if r.subject == subject]
        assert revisions == list(range(1, len(revisions) + 1))
        entries = [e for e in snapshot.entries.values() if e.obligation == f"screening-report/{subject}/2021-06-07"]
        assert len(entries) <= 1
    done = [o for o in board(snapshot, t("23:59")).obligations if o.id in (UNIT, UNIT.replace("1/", "2/"), TOTAL)]
    assert len(done) == 3


def arrived(number: int, registered: datetime, **fields: Any) -> Any:
    return person(number, unit_id=1, registered_at=registered, **fields)


def test_the_proposed_lines_count_each_person_once_by_origin_and_by_measure() -> None:
    def stay(place: str, category: Any = None) -> Facts:
        return Facts(stays=(Stay(place=place, category=category),))

    people = [
        arrived(1, t("10:00", 6), facts=Facts(border="foreign"), stage="site", found_by="other_county"),
        arrived(2, t("10:00"), facts=Facts(sanfei="yes"), found_by="himself"),
        arrived(3, t("10:00"), facts=stay("广东省广州市荔湾区白鹤洞街道", "high"), stage="site", officer_name="王芳"),
        arrived(4, t("10:00"), facts=stay("广东省广州市番禺区", "risk_county_other"), stage="home"),
        arrived(5, t("10:00"), facts=stay("广东省深圳市南山区", "risk_city_province_other"), stage="closed"),
        arrived(6, t("10:00"), facts=stay("云南省瑞丽市", "medium"), stage="referred"),
        arrived(7, t("10:00"), facts=stay("湖北省武汉市", "low")),
        arrived(8, t("10:00"), facts=Facts()),
        arrived(9, t("10:00", 8), facts=Facts()),
        person(10, unit_id=2),
    ]
    figures = screening_counts(desk(unit(1), unit(2), *people), 1, DAY, t("12:00"))
    assert figures == {
        "abroad": 1,
        "sanfei": 1,
        "province_named": 1,
        "province_risk": 1,
        "province_other": 1,
        "risk_elsewhere": 1,
        "other": 2,
        "pending": 4,
        "at_site": 2,
        "at_home": 1,
        "in_hospital": 0,
        "free": 1,
        "unassigned": 6,
        "new": 7,
        "total": 8,
        "abroad_today": 0,
        "sanfei_today": 1,
        "province_named_today": 1,
        "province_risk_today": 1,
        "province_other_today": 1,
        "risk_elsewhere_today": 1,
        "other_today": 2,
        "at_site_today": 1,
        "at_home_today": 1,
        "in_hospital_today": 0,
        "free_today": 1,
        "tests_due": 0,
        "tests_done": 0,
        "tests_waiting": 0,
        "lost": 0,
        "found_himself": 1,
        "found_grid": 0,
        "found_hospital": 0,
        "found_police": 0,
        "found_other_county": 1,
        "found_other": 0,
        "found_not_said": 6,
    }
    assert screening_counts(desk(unit(1), unit(2), *people), None, DAY, t("12:00"))["total"] == 9
