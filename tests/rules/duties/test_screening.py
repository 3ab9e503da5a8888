"""The screening report counted: pairs that add up, days that are past, tests, and whom nobody has found."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.board import board
from dutyboard.rules.duties.pairs import ORIGINS, PAIRED
from dutyboard.rules.duties.post.screening.counts import ScreeningCounts, screening_counts
from dutyboard.rules.law.daily import ScreeningFigure
from dutyboard.rules.law.facts import Facts, Stay
from dutyboard.rules.people.stage import stands
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.codes import FoundBy, Stage
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.post import CloseMatter, Discharge
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.obligation import OWED
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.stays import Ending
from tests.rules.courses.course import worked
from tests.rules.courses.night import Night
from tests.rules.desks import DAY, ZONE, act, desk, person, t, unit
from tests.rules.duties.test_care import sample
from tests.rules.duties.test_sampling import RELEASE, at_site

MEASURES: tuple[ScreeningFigure, ...] = ("pending", "at_site", "at_home", "in_hospital", "free")
FOUND = [name for name in get_args(ScreeningFigure) if name.startswith("found_")]
LAST = timedelta.resolution
STAYS = (
    Stay(place="广东省佛山市禅城区", code="440604", left_on=DAY),
    Stay(place="广东省东莞市虎门镇", code="441900", left_on=DAY),
    Stay(place="云南省瑞丽市", category="medium", left_on=DAY),
)
PEOPLE = st.builds(
    lambda **fields: fields,
    unit_id=st.sampled_from((None, 1, 2, 3)),
    registered_at=st.sampled_from((t("09:00", 5), t("09:00", 6), t("01:00"))),
    stage=st.sampled_from(get_args(Stage)),
    officer_name=st.sampled_from(("", "周涛")),
    found_by=st.sampled_from(get_args(FoundBy)),
    facts=st.builds(
        Facts,
        border=st.sampled_from(("none", "foreign", "macau")),
        sanfei=st.sampled_from(("no", "yes")),
        stays=st.lists(st.sampled_from(STAYS), max_size=2).map(tuple),
    ),
    end=st.none() | st.builds(Ending, how=st.sampled_from(("released", "voided", "merged")), at=st.just(t("02:00"))),
)


def summed(counts: ScreeningCounts, names: Any) -> int | None:
    """Return the sum of some figures; None if one of them is not known."""
    values = [counts[name] for name in names]
    return None if None in values else sum(value for value in values if value is not None)


def adds_up(counts: ScreeningCounts) -> None:
    """Assert that categories, measures and ways of being found each add up, and that no part is above its whole."""
    assert counts["total"] == summed(counts, ORIGINS) == summed(counts, FOUND)
    assert counts["new"] == summed(counts, [PAIRED[name] for name in ORIGINS])
    assert summed(counts, MEASURES) in (counts["total"], None)
    for whole, part in [*PAIRED.items(), ("tests_due", "tests_done")]:
        low, high = counts[part], counts[whole]  # type: ignore[index]
        assert low is None or (high is not None and 0 <= low <= high), (whole, low, high)


@given(drawn=st.lists(PEOPLE, max_size=9))
@settings(max_examples=60, deadline=None)
def test_categories_and_measures_add_up_and_units_make_the_city(drawn: list[dict[str, Any]]) -> None:
    people = [
        person(number, **(each if each["end"] is None else each | {"stage": "closed"}))
        for number, each in enumerate(drawn, 1)
    ]
    snapshot = desk(unit(1), unit(2), unit(3, kind="street"), *people)
    now, number_of_nobody = t("12:00"), 4
    nobody = [replace(each, unit_id=number_of_nobody) if each.unit_id is None else each for each in people]
    parted = desk(unit(1), unit(2), unit(3), unit(number_of_nobody), *nobody)
    for day in (DAY, DAY - timedelta(days=1)):
        city = screening_counts(snapshot, None, day, now)
        adds_up(city)
        of_units = [screening_counts(parted, number, day, now) for number in range(1, number_of_nobody + 1)]
        for counts in of_units:
            adds_up(counts)
        assert city == {name: summed_all(of_units, name) for name in city}


def summed_all(of_units: list[ScreeningCounts], name: ScreeningFigure) -> int | None:
    values = [each[name] for each in of_units]
    return None if None in values else sum(value for value in values if value is not None)


@cache
def nights(seed: int) -> tuple[Snapshot, Night, dict[date, ScreeningCounts]]:
    """Work a desk; return it with the figures of each day as they stood at its last looked-at instant."""
    then: dict[date, ScreeningCounts] = {}
    night = None
    for night in worked(seed, 70):
        counts = screening_counts(night.snapshot, None, night.today, night.now)
        then[night.today] = counts
        if len(then) % 3 == 0:
            equal_to_board(night, counts)
        adds_up(counts)
    assert night is not None
    return night.snapshot, night, then


def equal_to_board(night: Night, counts: ScreeningCounts) -> None:
    """Assert that the figures are the numbers and rows of the board of that instant."""
    shown = board(night.snapshot, night.now)
    assert (counts["at_site"], counts["at_home"]) == (shown.counts.in_quarantine, shown.counts.home)
    tests = [each for each in shown.obligations if each.kind == "test" and each.state in OWED]
    assert counts["tests_due"] is not None and counts["tests_done"] is not None and counts["tests_waiting"] is not None
    to_be_sampled = counts["tests_due"] - counts["tests_done"]
    assert to_be_sampled <= len(tests) <= to_be_sampled + counts["tests_waiting"], (counts, tests)


@pytest.mark.parametrize("seed", range(3))
def test_on_worked_desks_the_figures_add_up_and_are_those_of_the_board(seed: int) -> None:
    _, night, then = nights(seed)
    assert len(then) > 3 and night.done["Register"] > 2
    assert sum(counts["total"] or 0 for counts in then.values()) > 10


@pytest.mark.parametrize("seed", range(3))
def test_a_past_day_is_counted_as_it_stood_unless_it_was_told_otherwise_since(seed: int) -> None:
    snapshot, night, then = nights(seed)
    compared = 0
    for day in sorted(then)[:-1]:
        _, ends = bounds(day, ZONE)
        past = screening_counts(snapshot, None, day, night.now)
        adds_up(past)
        if any(told_since(entry, snapshot, ends) for entry in snapshot.entries.values()):
            continue
        mistaken = [("persons", each.id) for each in snapshot.persons.values() if not stands(each)]  # they never were
        known = desk_then(seed, ends)
        live = screening_counts(known.applied(known.seq, (), mistaken), None, day, ends - LAST)
        if past["at_site"] is None:  # a sheet has brought somebody back since, and nothing tells where he was before
            assert any(each.stays_before for each in snapshot.persons.values())
            continue
        assert {name: past[name] for name in MEASURES} == {name: live[name] for name in MEASURES}, day
        assert past["free_today"] in (live["free_today"], None)
        compared += 1
    assert compared > 0


def told_since(entry: Entry, snapshot: Snapshot, ends: Any) -> bool:
    """Return True for an entry after a day that changes what is known of it: a correction, or one told late."""
    late = entry.happened_at < ends <= entry.entered_at
    return late or (entry.amends is not None and snapshot.entries[entry.amends].happened_at < ends <= entry.entered_at)


def desk_then(seed: int, ends: Any) -> Snapshot:
    """Return the worked desk as it was before an instant."""
    last = None
    for night in worked(seed, 70):
        if night.now >= ends:
            break
        last = night.snapshot
    assert last is not None
    return last


# ---------------------------------------------------------------- one by one


def counted(snapshot: Snapshot, now: Any, day: date = DAY) -> ScreeningCounts:
    return screening_counts(snapshot, None, day, now)


def cleared() -> Snapshot:
    """A desk whose person 1 came on 7 June, and has both his samples."""
    return act(act(at_site(), sample(8), t("09:00", 8)), sample(14), t("09:00", 14))


def test_a_past_day_has_who_was_where_then_and_each_later_day_what_it_brought() -> None:
    snapshot = act(cleared(), RELEASE, t("10:00", 15))
    now = t("12:00", 16)
    names: tuple[ScreeningFigure, ...] = ("at_site", "at_site_today", "at_home", "at_home_today", "pending", "total")
    known = {day: [counted(snapshot, now, DAY.replace(day=day))[name] for name in names] for day in (6, 7, 8, 15, 16)}
    assert known == {
        6: [0, 0, 0, 0, 0, 0],
        7: [1, 1, 0, 0, 0, 1],
        8: [1, 0, 0, 0, 0, 1],
        15: [0, 0, 1, 1, 0, 1],
        16: [0, 0, 1, 0, 0, 1],
    }


def test_what_an_older_program_did_not_note_is_not_known_and_never_zero() -> None:
    snapshot = act(cleared(), RELEASE, t("10:00", 15))
    bare = [replace(each, before=()) for each in snapshot.entries.values()]
    old = snapshot.applied(snapshot.seq, bare)
    unknown = counted(old, t("12:00", 16), DAY.replace(day=14))
    assert (unknown["total"], unknown["new"], unknown["other"], unknown["other_today"]) == (1, 0, 1, 0)
    for name in (*MEASURES, "at_site_today", "free_today", "tests_due", "tests_waiting", "unassigned"):
        assert unknown[name] is None  # type: ignore[index]
    of_today = counted(old, t("12:00", 15), DAY.replace(day=15))
    assert (of_today["at_home"], of_today["at_home_today"]) == (1, None)


def test_tests_are_due_then_sampled_then_waiting_for_their_result() -> None:
    names: tuple[ScreeningFigure, ...] = ("tests_due", "tests_done", "tests_waiting")

    def tests(snapshot: Snapshot, now: Any, on: int) -> tuple[int | None, ...]:
        found = counted(snapshot, now, DAY.replace(day=on))
        return tuple(found[name] for name in names)

    snapshot = at_site()
    assert tests(snapshot, t("08:00", 8), 8) == (1, 0, 0)
    assert tests(snapshot, t("08:00", 9), 9) == (1, 0, 0)  # it may be taken late, and is due until then
    sampled = act(snapshot, sample(8, result="pending"), t("09:00", 8))
    assert tests(sampled, t("10:00", 8), 8) == (1, 1, 1)
    assert tests(sampled, t("08:00", 9), 9) == (0, 0, 1)
    told = act(sampled, sample(8), t("11:00", 9))
    assert tests(told, t("12:00", 9), 9) == (0, 0, 0)
    assert tests(told, t("12:00", 9), 8) == (1, 1, 1)  # as it stood at the end of that day


def test_lost_is_whom_a_check_has_not_found_until_somebody_has_met_him() -> None:
    home = [person(n, unit_id=1, stage="home", home_from=DAY, home_cadre="村干部") for n in (1, 2)]
    check = f"home-check/unit-1/{DAY}"
    snapshot = act(desk(unit(), *home), Discharge(obligation=check, seen=(1,), absent=(2,)), t("09:00"))
    assert counted(snapshot, t("10:00"))["lost"] == 1
    (matter,) = snapshot.matters.values()
    met = act(snapshot, CloseMatter(matter_id=matter.id, outcome="在田里，已回家"), t("11:00", 8))
    assert [counted(met, t("12:00", 8), DAY.replace(day=day))["lost"] for day in (6, 7, 8)] == [0, 1, 0]
    struck = act(snapshot, Amend(entry_id=snapshot.done[check].id, reason="记错"), t("10:00"))
    assert counted(struck, t("12:00"))["lost"] == 0
