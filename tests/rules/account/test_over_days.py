"""Figures of each day of a period: those of the ledger, of the screening report and of the sites' daily reports."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dutyboard.rules.account.ledger import account, ledger
from dutyboard.rules.account.over_days import OF_ROOMS, OVERDUE, DayFigures, OverDays, over_days
from dutyboard.rules.duties.post.screening.counts import screening_counts
from dutyboard.rules.duties.site.daily_figures import site_day
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.people.rooms import occupancy
from dutyboard.rules.records.commands.person import Merge, StartTransfer, TakeReading
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.commands.site import SetSiteState
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.snapshot import Snapshot
from tests.rules.courses.course import worked
from tests.rules.desks import DAY, act, desk, person, site, t
from tests.rules.duties.test_daily_figures import lodger
from tests.shares import SHARES

SHARE = SHARES["rules"]["over_days"]
NEXT = DAY + timedelta(days=1)


def counted(snapshot: Snapshot, clock: str = "19:00", now_day: int = 7, number: int | None = None) -> OverDays:
    """Both days, of the whole desk or of one site."""
    return over_days(snapshot, DAY, NEXT, t(clock, now_day), snapshot.sites[number] if number else None)


def on(found: OverDays, day: date, *names: Any) -> tuple[Any, ...]:
    figures: DayFigures = found.figures[found.days.index(day)]
    return tuple(figures[name] for name in names)


def round_told(slot: str, number: int = 1, **fields: Any) -> Discharge:
    return Discharge(obligation=f"{slot}/site-{number}/{DAY}", **fields)


# ------------------------------------------------------------ what is not told is no zero


def test_before_the_desk_was_opened_and_before_a_site_was_known_nothing_is_counted() -> None:
    early = over_days(desk(site(), opened=t("00:00", 8)), DAY, NEXT, t("12:00", 8))
    assert set(early.figures[0].values()) == {None}
    assert early.figures[1]["came"] == 0
    late = desk(site(), site(2, registered=t("08:00", 8)))
    assert on(counted(late, "12:00", 8), DAY, "rooms", "used") == (10, 0), "the other site was not there, and lacks not"
    assert set(counted(late, "12:00", 8, 2).figures[0].values()) == {None}
    assert counted(late, "12:00", 8).sites[2][0] is None


def test_a_desk_without_sites_and_people_tells_of_no_rooms_and_no_temperatures() -> None:
    found = counted(desk())
    assert on(found, DAY, "came", *OF_ROOMS, "feverish", "highest", "median", "measured", "of") == (0, *(None,) * 9)


def test_where_the_log_does_not_tell_where_somebody_was_each_site_and_the_sum_is_open() -> None:
    snapshot = desk(site(), site(2), lodger(1, 1), lodger(2, 2, site_id=2))
    ride = StartTransfer(person_id=1, to="hospital", vehicle="湘K1", driver="周涛", text="腹痛")
    snapshot = act(snapshot, ride, t("12:00", 8))
    old = replace(snapshot.entries[max(snapshot.entries)], before=())
    found = counted(snapshot.applied(snapshot.seq + 1, [old]), "19:00", 8)
    assert on(found, DAY, *OF_ROOMS, "feverish", "of") == (None, None, None, 20, None, None)
    other = found.sites[2][0]
    assert other is not None and (other["used"], other["of"], other["rooms"]) == (None, None, 10), "he may be here"


def test_a_site_that_was_not_active_has_no_room_in_the_sum_of_that_day() -> None:
    snapshot = act(desk(site(), site(2)), SetSiteState(site_id=2, state="standby", reason="腾空"), t("10:00", 8))
    found = counted(snapshot, "12:00", 8)
    assert (on(found, DAY, "rooms"), on(found, NEXT, "rooms")) == ((20,), (10,))


def test_who_came_is_asked_of_the_day_as_it_stood() -> None:
    """A record of the eighth that took the older one of the seventh into it, on the ninth."""
    older, newer = person(2, registered_at=t("07:00")), person(1, registered_at=t("07:00", 8))
    apart = desk(site(), older, newer)
    one = act(apart, Merge(person_id=2, into_id=1, reason="同一人", agreed=True), t("09:00", 9))
    assert one.day_of(one.persons[1].registered_at) == DAY
    for day in (DAY, NEXT):
        assert on(counted(one, "12:00", 9), day, "came")[0] == screening_counts(one, None, day, t("12:00", 9))["new"]
    assert on(counted(apart, "12:00", 9), DAY, "came") == (1,)


# ------------------------------------------------------------ temperatures


def test_the_median_is_of_each_persons_highest_and_nobody_measured_is_no_zero() -> None:
    snapshot = desk(site(), lodger(1, 1), lodger(2, 2), lodger(3, 3))
    names = ("feverish", "highest", "median", "measured", "of")
    assert on(counted(snapshot), DAY, *names) == (None, None, None, 0, 3)
    snapshot = act(snapshot, TakeReading(person_id=1, temp_c=36.4), t("08:00"))
    snapshot = act(snapshot, TakeReading(person_id=1, temp_c=38.2), t("09:00"))
    snapshot = act(snapshot, TakeReading(person_id=1, temp_c=36.5), t("09:05"))
    snapshot = act(snapshot, TakeReading(person_id=2, temp_c=36.6), t("09:10"))
    assert on(counted(snapshot), DAY, *names) == (1, 38.2, 37.4, 2, 3)
    assert on(counted(snapshot, number=1), DAY, *names) == (1, 38.2, 37.4, 2, 3)
    assert on(counted(snapshot), NEXT, *names[:3]) == (None, None, None)


@pytest.mark.parametrize(
    ("rounds", "measured"),
    [
        ((("am", 3, 3),), 3),
        ((("am", 2, 3),), 2),
        ((("am", 2, 3), ("pm", 2, 3)), None),  # the same two, or all three
        ((("am", 2, 3), ("pm", 3, 3)), 3),
    ],
)
def test_rounds_told_as_totals_give_the_highest_and_no_median(
    rounds: tuple[tuple[str, int, int], ...], measured: int | None
) -> None:
    snapshot = desk(site(), lodger(1, 1), lodger(2, 2), lodger(3, 3))
    for half, some, of in rounds:
        heads = {"measured": some, "of": of, "highest": 36.9}
        snapshot = act(
            snapshot, round_told(f"temperature-{half}", figures=heads), t("08:00" if half == "am" else "17:00")
        )
    assert on(counted(snapshot), DAY, "highest", "median", "measured", "of") == (36.9, None, measured, 3)


# ------------------------------------------------------------ what was overdue, and a record that cannot be computed


def test_a_day_has_what_the_ledger_calls_late_and_missed() -> None:
    snapshot = act(desk(site()), round_told("disinfection-am"), t("11:30"))
    found = counted(snapshot, "17:45", 7, 1)
    assert on(found, DAY, *OVERDUE) == tally(snapshot, DAY, "17:45", subject_id(snapshot.sites[1]))
    assert on(found, DAY, "done_late") == (1,) and on(found, DAY, "missed")[0] > 0
    whole = on(counted(snapshot, "17:45"), DAY, *OVERDUE)
    assert whole == tally(snapshot, DAY, "17:45") and sum(whole) > sum(on(found, DAY, *OVERDUE)), "the desk owes some"


def tally(snapshot: Snapshot, day: date, clock: str, whose: Subject | None = None) -> tuple[int, ...]:
    found = account(snapshot, day, day, t(clock))
    rows = ledger(found.of(whose, snapshot) if whose is not None else found)
    return tuple(sum(row.counts[column] for row in rows) for column in OVERDUE)


def test_one_bad_record_costs_what_is_owed_about_him_and_says_so() -> None:
    bad = person(2, facts=Facts(contact="close", last_exposure_on=date.max, admitted_on=date.max), admitted_on=date.max)
    snapshot = desk(site(), lodger(1, 1), replace(bad, registered_at=t("07:00")))
    found = counted(snapshot)
    assert found.left_out == (2,)
    assert on(found, DAY, "came")[0] == screening_counts(snapshot, None, DAY, t("19:00"))["new"], "he came all the same"
    assert on(found, DAY, "used", "missed") == (1, on(counted(desk(site(), lodger(1, 1))), DAY, "missed")[0])


# ------------------------------------------------------------ whatever is drawn


@pytest.mark.parametrize("seed", range(SHARE["seeds"]))
def test_each_figure_of_a_day_is_that_of_the_ledger_and_of_the_days_reports(seed: int) -> None:
    """Desks worked at random: one walk over all days finds what each day's own report finds."""
    *_, night = worked(seed, SHARE["steps"])
    snapshot, now = night.snapshot, night.now
    first, last = snapshot.day_of(t("08:00")) - timedelta(days=1), night.today
    whole = over_days(snapshot, first, last, now)
    rows = account(snapshot, first, last, now).rows
    assert not whole.left_out
    assert set(whole.figures[0].values()) == {None}, "the desk was not open"
    told = 0
    for place, found in (
        (None, whole),
        *((each, over_days(snapshot, first, last, now, each)) for each in snapshot.sites.values()),
    ):
        for day, figures in zip(found.days[1:], found.figures[1:], strict=True):
            mine = [row for row in rows if row.day == day and (place is None or row.place == subject_id(place))]
            assert [figures[name] for name in OVERDUE] == [sum(row.column == name for row in mine) for name in OVERDUE]
            of_day = [
                site_day(snapshot, each, day, now).figures for each in snapshot.sites.values() if place in (None, each)
            ]
            for name in ("feverish", *(OF_ROOMS if place is not None else ())):
                parts = [each[name] for each in of_day]
                assert figures[name] == (None if None in parts else sum(parts)), (day, name)
            if place is None:
                assert figures["came"] == screening_counts(snapshot, None, day, now)["new"], day
                [of_sites] = zip(*([each[found.days.index(day)]] for each in found.sites.values()))
                assert [{n: each[n] for n in OF_ROOMS} for each in of_sites] == [
                    {n: one[n] for n in OF_ROOMS} for one in of_day
                ]
            else:
                assert figures["came"] == of_day[0]["new"]
            measured, of, highest = figures["measured"], figures["of"], figures["highest"]
            assert (of is None) == (of_day[0]["occupied"] is None) or place is None
            if measured is not None and of is not None:
                assert 0 <= measured <= of
                told += measured > 0
            if figures["median"] is not None:
                assert highest is not None and figures["median"] <= highest
            if figures["feverish"]:
                assert highest is not None and highest >= snapshot.daily_at(now).thresholds.fever_c
    today = occupancy(snapshot)
    assert (whole.figures[-1]["rooms"], (whole.figures[-1]["used"] or 0) + (whole.figures[-1]["kept"] or 0)) == (
        today.rooms,
        today.held,
    )
    assert told
