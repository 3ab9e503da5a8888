"""Rounds of a site as they stand on paper: each check once, each missed slot, each person of a day."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.commands.post import CloseMatter, Discharge
from dutyboard.rules.records.obligation import Kind
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.site_rounds import health_sheet, rows_of_rounds, temperature_day
from dutyboard.rules.slots_on_day import slots_on_day
from tests.rules.desks import DAY, act, desk, person, site, t
from tests.rules.duties.test_care import at_site

INSIDE = [person(n, stage="site", site_id=1, room=n, admitted_on=date(2021, 6, 6)) for n in range(1, 4)]
MORNING, EVENING = "temperature-am/site-1/2021-06-07", "temperature-pm/site-1/2021-06-07"
NIGHT = t("23:00")
KINDS: tuple[Kind, ...] = ("patrol", "temperature", "disinfection")


def a_desk() -> Snapshot:
    return desk(site(), *INSIDE, opened=t("00:00"))


def rows(snapshot: Snapshot, kind: Kind, day: date = DAY) -> list[tuple[str, int | None]]:
    found = rows_of_rounds(snapshot, snapshot.sites[1], kind, (day, day), NIGHT)
    return [(row.owed.slot, row.entry.id if row.entry is not None else None) for row in found]


def test_a_slot_that_was_missed_has_a_row_and_what_was_done_afterwards_another() -> None:
    late = Discharge(obligation="patrol-1/site-1/2021-06-07", happened_at=t("15:00"), reason="漏了")
    snapshot = act(act(a_desk(), late, t("16:00")), Discharge(obligation="patrol-3/site-1/2021-06-07"), t("18:30"))
    assert rows(snapshot, "patrol") == [("patrol-1", None), ("patrol-1", 1), ("patrol-2", None), ("patrol-3", 2)]
    found = rows_of_rounds(snapshot, snapshot.sites[1], "patrol", (DAY, DAY), NIGHT)
    assert [(row.owed.state, row.afterwards) for row in found] == [
        ("missed", False),
        ("missed", True),
        ("missed", False),
        ("done", False),
    ]


def test_a_corrected_check_stands_once_as_it_was_told_last() -> None:
    duty = "disinfection-pm/site-1/2021-06-07"
    first = act(a_desk(), Discharge(obligation=duty, details={"agent": "84"}), t("18:30"))
    again = Discharge(obligation=duty, details={"agent": "过氧乙酸"}, happened_at=t("18:30"))
    snapshot = act(first, Amend(entry_id=1, reason="看错", instead=again), t("19:00"))
    assert rows(snapshot, "disinfection") == [("disinfection-am", None), ("disinfection-pm", 2)]
    (row,) = [each for each in rows_of_rounds(snapshot, site(), "disinfection", (DAY, DAY), NIGHT) if each.entry]
    assert (row.entry is not None, row.entered_late, row.late) == (True, False, False)


def test_a_finding_stands_beside_the_check_with_what_came_of_it() -> None:
    told = Discharge(obligation="patrol-3/site-1/2021-06-07", abnormal=True, text="门锁坏")
    snapshot = act(a_desk(), told, t("18:30"))
    (matter,) = snapshot.matters.values()
    closed = act(snapshot, CloseMatter(matter_id=matter.id, outcome="已修"), t("19:00"))
    found = [each.findings for each in rows_of_rounds(closed, closed.sites[1], "patrol", (DAY, DAY), NIGHT)][-1]
    assert [(each.what, each.outcome) for each in found] == [("门锁坏", "已修")]


def test_each_person_of_a_site_has_a_row_with_both_rounds() -> None:
    snapshot = a_desk()
    read, before = {"person-1": 36.5, "person-2": 37.6}, {"person-2": 38.0}
    am = Discharge(obligation=MORNING, readings=read, first=before, absent=(3,), text="3室外出")
    snapshot = act(snapshot, am, t("08:05"))
    snapshot = act(snapshot, TakeReading(person_id=3, temp_c=36.6, done_by="王芳"), t("09:00"))
    day = temperature_day(snapshot, snapshot.sites[1], DAY, NIGHT)
    assert [(each.person, each.rooms, each.conclusion) for each in day.people] == [
        (1, (1,), None),
        (2, (2,), "fever"),
        (3, (3,), None),
    ]
    second, third = day.people[1].told["temperature-am"], day.people[2].told["temperature-am"]
    assert [(each.temp_c, each.first, each.at) for each in second] == [(37.6, 38.0, t("08:05"))]
    assert [(each.absent, each.temp_c, each.by) for each in third] == [(True, None, "负责人1"), (False, 36.6, "王芳")]
    assert all(not each.told["temperature-pm"] for each in day.people)
    usual = {f"person-{n}": 36.4 for n in (1, 2, 3)}
    evening = act(snapshot, Discharge(obligation=EVENING, readings=usual), t("18:00"))
    words = [each.conclusion for each in temperature_day(evening, evening.sites[1], DAY, NIGHT).people]
    assert words == ["normal", "fever", "normal"]


def test_a_person_has_a_row_for_each_day_of_his_isolation_and_none_is_made_up() -> None:
    snapshot = act(at_site(), TakeReading(person_id=1, temp_c=36.7), t("10:00", 9))
    sheet = health_sheet(snapshot, snapshot.persons[1], t("12:00", 9))
    assert sheet is not None
    days = [each.day for each in sheet.days]
    assert days == [sheet.stage.first + timedelta(days=n) for n in range(len(days))]  # type: ignore[operator]
    assert days[-1] == sheet.stage.last and len(days) == 14
    told = {each.day: [len(found) for found in each.told.values()] for each in sheet.days if any(each.told.values())}
    assert told == {date(2021, 6, 9): [1, 0]}
    assert health_sheet(desk(person(8)), person(8), NIGHT) is None


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["patrol-1", "patrol-2", "patrol-3", "disinfection-am", "disinfection-pm", "temperature-am"]),
        st.integers(1, 3),
        st.booleans(),
    ),
    max_size=8,
)
HOURS = {"patrol-1": 8, "patrol-2": 12, "patrol-3": 18, "disinfection-am": 9, "disinfection-pm": 18}


@given(ACTS)
def test_every_check_stands_in_one_row_and_the_slots_are_those_of_the_board(acts: list[tuple[str, int, bool]]) -> None:
    snapshot = a_desk()
    for at, (slot, who, corrected) in enumerate(acts):
        snapshot = _told(snapshot, slot, who, at, corrected=corrected)
    standing = [each for each in snapshot.entries.values() if each.kind == "check" and each.id not in snapshot.amended]
    stand = {each.id for each in slots_on_day(snapshot, DAY, NIGHT)}
    every: list[int] = []
    states: Counter[str] = Counter()
    for kind in KINDS:
        found = rows_of_rounds(snapshot, snapshot.sites[1], kind, (DAY, DAY), NIGHT)
        every += [row.entry.id for row in found if row.entry is not None]
        states.update({row.owed.id: row.owed.state for row in found}.values())
        assert {row.owed.id for row in found} <= stand
        open_ = [row.owed.id for row in found if row.entry is None]
        assert len(open_) == len(set(open_))
    assert sorted(every) == sorted(each.id for each in standing)
    board = Counter(each.state for each in slots_on_day(snapshot, DAY, NIGHT) if each.kind in KINDS)
    assert states == board
    people = temperature_day(snapshot, snapshot.sites[1], DAY, NIGHT).people
    pairs = [(each.entry, of.person) for of in people for told in of.told.values() for each in told]
    assert len(pairs) == len(set(pairs))
    taken = {each.id for each in standing if (each.obligation or "").startswith("temperature")}
    assert {entry for entry, _ in pairs} == taken


def _told(snapshot: Snapshot, slot: str, who: int, at: int, *, corrected: bool) -> Snapshot:
    """Return the desk after one check, if it is still owed, and its correction."""
    duty, when = f"{slot}/site-1/2021-06-07", t(f"{HOURS.get(slot, 8)}:{10 + at}")
    if any(each.entry is not None for each in slots_on_day(snapshot, DAY, NIGHT) if each.id == duty):
        return snapshot
    told = {"temperature-am": {"readings": {f"person-{who}": 36.5}}, "patrol-1": {"seen": (who,)}}.get(slot, {})
    parts = snapshot.parts.get(duty, ())
    if any(f"person-{who}" in getattr(each.told, name, ()) for each in parts for name in ("readings", "people")):
        return snapshot
    command = Discharge(obligation=duty, happened_at=when, **told)  # type: ignore[arg-type]
    snapshot = act(snapshot, command, when)
    if not corrected:
        return snapshot
    number = max(snapshot.entries)
    again = Discharge(obligation=duty, happened_at=when, text="更正", **told)  # type: ignore[arg-type]
    return act(snapshot, Amend(entry_id=number, reason="错", instead=again, agreed=True), when)
