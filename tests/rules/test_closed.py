"""What is closed leaves; the board of every later instant is the same without it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.board import board, handover_items
from dutyboard.rules.closing import Closed, closed
from dutyboard.rules.duties.post.handover import closed_before, handing_over, handover_id
from dutyboard.rules.law.facts import Facts, Linked
from dutyboard.rules.people.course import course_of
from dutyboard.rules.records.commands.post import Discharge, HandOver, SendReport, WriteLog
from dutyboard.rules.records.model import TABLES, Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told import Unreadable
from tests.rules.desks import ADMIN, WANG, ZHANG, act, desk, notice, person, refused, shift, site, t, unit

FIRST = date(2021, 6, 7)


def days(count: int) -> list[date]:
    return [FIRST + timedelta(days=k) for k in range(count)]


def worked(count: int, skipped: frozenset[int] = frozenset(), *records: Any) -> Snapshot:
    """A desk worked for so many days: a patrol, a report and a note a day and a handover each morning, but for the
    days skipped, on which only the seats were held."""
    shifts = [
        shift(2 * k + n + 1, "officer", (ZHANG, WANG)[n], t("08:00", day) + n * h12, t("20:00", day) + n * h12)
        for k, day in enumerate(days(count + 1))
        for n in (0, 1)
        for h12 in [timedelta(hours=12)]
    ]
    seen = desk(*shifts, site(), unit(), *records)
    for k, day in enumerate(days(count)):
        if k in skipped:
            continue
        if k:
            seen = hand_over(seen, t("08:05", day))
        seen = act(seen, Discharge(obligation=f"patrol-1/site-1/{day}"), t("08:30", day))
        report = SendReport(kind="screening", subject="unit-1", day=day, zero=True, figures={}, reporter="王干部")
        seen = act(seen, report, t("16:00", day))
        seen = act(seen, WriteLog(text="接电话", subject="unit-1"), t("17:00", day))
    return seen


def hand_over(seen: Snapshot, now: datetime) -> Snapshot:
    ended = next(s for s in handing_over(seen) if s.ends == now - timedelta(minutes=5))
    command = HandOver(obligation=handover_id(seen, ended), incoming_id=ZHANG, items=handover_items(seen, now))
    return act(seen, command, now)


def without(seen: Snapshot, gone: Closed) -> tuple[Snapshot, Snapshot]:
    """The desk after archiving, as a process sees it that was open, and as one does that opens it now."""
    removed = [(table, i) for tables in gone.values() for table, ids in tables.items() for i in ids]
    left = [
        record
        for table in TABLES
        for record_id, record in getattr(seen, table).items()
        if (table, record_id) not in set(removed)
    ]
    anew = Snapshot(notices_known=seen.notices_known).applied(seen.seq, left)
    return seen.applied(seen.seq + 1, (), removed), replace(anew, next_ids=seen.next_ids)


def shown(seen: Snapshot, now: datetime) -> dict[str, Any]:
    return asdict(board(seen, now))


def entries_of(seen: Snapshot, gone: Closed) -> list[Entry]:
    return [seen.entries[i] for tables in gone.values() for i in tables.get("entries", [])]


@settings(max_examples=5, deadline=None)
@given(skipped=st.frozensets(st.integers(0, 79), max_size=40), later=st.integers(0, 60), hour=st.integers(0, 23))
def test_the_board_is_the_same_without_what_is_closed(skipped: frozenset[int], later: int, hour: int) -> None:
    seen = worked(80, skipped - {79})
    now = t("18:00", days(80)[-1])
    gone = closed(seen, now)
    at = now + timedelta(days=later, hours=hour)
    for after in without(seen, gone):
        assert shown(after, at) == shown(seen, at)


def test_closed_months_leave_each_for_its_own_archive() -> None:
    seen = worked(80)  # to 08-25: June and the days of July up to 25 are more than 31 days behind
    gone = closed(seen, t("18:00", days(80)[-1]))
    assert list(gone) == ["2021-06"]
    june = [day for day in days(80) if day.month == 6]
    assert {seen.reports[i].day for i in gone["2021-06"]["reports"]} == set(june)
    assert {seen.day_of(entry.entered_at) for entry in entries_of(seen, gone)} == set(june)
    assert len(gone["2021-06"]["shifts"]) == 2 * len(june) - 2, "one ends on 07-01, and the last before it stays"


def test_nothing_is_closed_before_a_handover_accepted_it() -> None:
    seen = worked(80, frozenset(range(1, 80)))
    assert closed(seen, t("18:00", days(80)[-1])) == {}
    assert closed_before(seen, t("18:00", days(80)[-1])) == t("00:00", date(2021, 6, 1))


def test_a_roster_that_was_sent_is_not_owed_again() -> None:
    seen = worked(80)
    roster = Entry(
        id=9000,
        told=Unreadable(entry_kind="report"),
        subject="unit-1",
        obligation="roster/unit-1/2021-06-07",
        happened_at=t("20:00"),
        entered_at=t("20:00"),
        entered_by=1,
        login="admin",
    )
    seen = seen.applied(seen.seq + 1, [roster])
    now = t("18:00", days(80)[-1])
    for after in without(seen, closed(seen, now)):
        assert not [o for o in board(after, now).obligations if o.kind == "roster" and o.state != "done"]


def people(**stays: Any) -> list[Any]:
    """Three closed in June: one alone, one linked from a fourth who is at home, and one linked only from the second."""
    let_go: Mapping[str, Any] = {"stage": "closed", "closed_at": t("10:00", 20), "admitted_on": FIRST}
    second = Facts(linked=(Linked(id="person-3", state="released"),))
    fourth = Facts(contact="secondary", linked=(Linked(id="person-2", state="released"),))
    return [
        person(1, **let_go),
        person(2, facts=second, **let_go),
        person(3, **let_go),
        person(4, stage="home", facts=fourth, home_from=date(2021, 8, 20), **stays),
    ]


def test_people_let_go_leave_with_their_entries_unless_somebody_depends_on_them() -> None:
    seen = worked(80, frozenset(), *people())
    seen = seen.applied(
        seen.seq + 1,
        [
            Entry(
                id=9000 + k,
                told=Unreadable(entry_kind="correct"),
                subject=f"person-{k}",
                happened_at=t("10:00", 10),
                entered_at=t("10:00", 10),
                entered_by=1,
                login="admin",
            )
            for k in (1, 2, 3, 4)
        ],
    )
    now = t("18:00", days(80)[-1])
    gone = closed(seen, now)
    assert gone["2021-06"]["persons"] == [1]
    assert [entry.subject for entry in entries_of(seen, gone) if entry.id >= 9000] == ["person-1"]
    for after in without(seen, gone):
        assert shown(after, now) == shown(seen, now)
        assert course_of(after.persons[4], after, now).plan == course_of(seen.persons[4], seen, now).plan


def test_who_was_written_about_since_stays() -> None:
    seen = worked(80, frozenset(), *people())
    now = t("18:00", days(80)[-1])
    seen = act(seen, WriteLog(text="家属来电", subject="person-1"), now, ADMIN)
    assert "persons" not in closed(seen, now)["2021-06"]


def test_a_report_for_a_day_of_a_closed_month_is_refused_for_its_revisions_may_be_archived() -> None:
    seen, now = worked(80), t("18:00", days(80)[-1])
    for day, code in ((date(2021, 6, 30), "window_closed"), (date(2021, 7, 1), None)):
        report = SendReport(
            kind="screening", subject="unit-1", day=day, zero=True, figures={}, reporter="王干部", text="补报"
        )
        if code:
            assert refused(seen, report, now).code == code
        else:
            act(seen, report, now)


def test_the_days_kept_are_a_setting_of_the_desk() -> None:
    assert notice().daily is not None
    assert notice().daily.duty.archive_after == timedelta(days=31)


def test_a_fever_that_nobody_has_settled_stays_with_the_round_that_tells_it() -> None:
    seen = worked(
        75, frozenset(), person(1, stage="site", site_id=1, room=1), person(2, stage="site", site_id=1, room=2)
    )
    told = Discharge(
        obligation=f"temperature-am/site-1/{FIRST}",
        readings={"person-1": 38.0, "person-2": 36.5},
        happened_at=t("08:00"),
        reason="补记",
    )
    later = t("12:00", days(75)[-1])
    fever = act(seen, told, later)
    entry = replace(max(fever.entries.values(), key=lambda each: each.id), entered_at=t("08:10"))
    fever = fever.applied(fever.seq + 1, [entry])
    gone = closed(fever, later)
    assert any(ids.get("entries") for ids in gone.values())
    assert all(entry.id not in ids.get("entries", []) for ids in gone.values())
