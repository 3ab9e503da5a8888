"""Rounds of paper: each slot of a sheet is one check as a single act writes it, and what is told already stays."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dutyboard.rules.account.ledger import account
from dutyboard.rules.board import board
from dutyboard.rules.decide import decide
from dutyboard.rules.records.commands import Actor, Command
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.commands.sheets import ImportRounds, ImportTemperatures, ReadingRow, RoundRow, SlotTold
from dutyboard.rules.records.model import Entry, Officer, Person
from dutyboard.rules.records.outcome import ImportTally
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import RoomChanged
from dutyboard.rules.records.told.post import Imported
from dutyboard.rules.records.told.site import Disinfected, RoundDone, TemperatureTaken
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import ADMIN, act, actor, desk, owed, person, site, t

FIRST = date(2021, 6, 7)
NOW = t("10:00", 10)
AM, PM = "temperature-am/site-1/2021-06-08", "temperature-pm/site-1/2021-06-08"
SITE_STAFF = Actor(login="site", officer_id=9)


def resident(number: int, **fields: Any) -> Person:
    given_ = {"stage": "site", "site_id": 1, "room": 100 + number, "admitted_on": date(2021, 6, 7)}
    return person(number, **(given_ | fields))


def a_desk(*people: Person) -> Snapshot:
    """A desk opened on 06-07 with one site of three people, and a second site."""
    rooms = tuple(str(100 + n) for n in range(1, 9))
    lodged = people or tuple(resident(n, room=str(100 + n)) for n in (1, 2, 3))
    staff = Officer(id=9, name="站点员", role="site", site_id=1)
    return desk(site(1, rooms=rooms), site(2, rooms=rooms), staff, *lodged)


def slot(name: str = "temperature-am", day: int = 8, row: int = 1, **fields: Any) -> SlotTold:
    given_: dict[str, Any] = {"site": "隔离点1", "day": date(2021, 6, day), "reason": "纸质登记", "row": row}
    return SlotTold(**(given_ | {"slot": name} | fields))


def reading(name: str, temp_c: float | None = None, row: int = 1, **fields: Any) -> ReadingRow:
    own = {each: fields.pop(each) for each in ("room", "id_no", "first", "symptom", "absent") if each in fields}
    return ReadingRow(slot=slot(row=row, **fields), name=name, temp_c=temp_c, **own)


def patrol(name: str = "patrol-1", row: int = 1, **fields: Any) -> RoundRow:
    own = {
        each: fields.pop(each)
        for each in ("abnormal", "text", "absent", "figures", "details", "started")
        if each in fields
    }
    return RoundRow(slot=slot(name, row=row, **fields), **own)


def told(command: Command, snapshot: Snapshot, who: Actor = ADMIN) -> tuple[Snapshot, ImportTally]:
    """Return the desk after a sheet, and what was said of it."""
    answer = decide(command, snapshot, NOW, who)
    assert isinstance(answer, Accepted), answer
    assert isinstance(answer.outcome, ImportTally)
    return snapshot.applied(snapshot.seq + 1, answer.changes), answer.outcome


def temperatures(*rows: ReadingRow) -> ImportTemperatures:
    return ImportTemperatures(readings=rows)


def counts(tally: ImportTally) -> tuple[int, int, int]:
    return tally.accepted, tally.duplicates, tally.rejected


def codes(tally: ImportTally) -> list[tuple[int, str]]:
    return [(row.row, row.code) for row in tally.rows]


def known(snapshot: Snapshot) -> dict[str, Any]:
    """Return what a desk tells of its rounds, without the numbers of entries."""
    return {
        duty: [(each.told, each.happened_at, each.done_by, each.text, each.late_reason) for each in parts]
        for duty, parts in snapshot.parts.items()
    }


# ------------------------------------------------------------ temperatures

WHOLE = (reading("人员1", 36.5, 1), reading("人员2", 36.6, 2), reading("人员3", 36.7, 3))


def test_the_readings_of_a_slot_are_one_check_entered_late_with_the_reason_of_the_sheet() -> None:
    after, tally = told(temperatures(*WHOLE), a_desk())
    assert counts(tally) == (3, 0, 0)
    of_sheet, check = after.entries.values()
    assert of_sheet.told == Imported(sheet="temperatures", accepted=3, updated=0, duplicates=0, rejected=0)
    assert (check.part_of, check.obligation, check.late_reason) == (of_sheet.id, AM, "纸质登记")
    assert check.told == TemperatureTaken(
        of=3, measured=3, highest=36.7, readings={"person-1": 36.5, "person-2": 36.6, "person-3": 36.7}
    )
    found = owed(after, t("07:00", 9))[AM]
    assert (found.state, found.entered_late) == ("done", True)


def test_the_check_is_the_one_that_a_single_act_writes() -> None:
    after, _ = told(temperatures(*WHOLE), a_desk())
    single = act(
        a_desk(),
        Discharge(
            obligation=AM,
            readings={"person-1": 36.5, "person-2": 36.6, "person-3": 36.7},
            happened_at=t("09:30", 8),
            reason="纸质登记",
        ),
        NOW,
    )
    assert known(after) == known(single)


def test_a_sheet_sent_again_changes_nothing() -> None:
    after, _ = told(temperatures(*WHOLE), a_desk())
    again = decide(temperatures(*WHOLE), after, NOW, ADMIN)
    assert isinstance(again, Accepted)
    assert (again.changes, again.outcome) == ((), ImportTally(accepted=0, updated=0, duplicates=3, rejected=0))


def test_another_reading_than_the_desk_has_is_named_and_never_taken() -> None:
    before, _ = told(temperatures(*WHOLE), a_desk())
    after, tally = told(temperatures(reading("人员1", 36.2, 7)), before)
    assert (counts(tally), codes(tally)) == ((0, 0, 1), [(7, "told_otherwise")])
    assert (tally.rows[0].level, tally.rows[0].text) == ("error", "36.5 / 36.2")
    assert known(after) == known(before)


@pytest.mark.parametrize("worse", [{"temp_c": 38.2}, {"temp_c": 36.5, "symptom": "咳嗽"}, {"symptom": "咳嗽"}])
def test_a_fever_or_a_symptom_of_a_slot_that_is_down_as_normal_reaches_the_board(worse: dict[str, Any]) -> None:
    before, _ = told(temperatures(*WHOLE), a_desk())
    sheet = temperatures(reading("人员1", row=7, **worse))
    after, tally = told(sheet, before)
    assert (counts(tally), codes(tally)) == ((1, 0, 0), [(7, "told_worse")])
    assert known(after) == known(before)
    one = after.readings[1][-1]
    assert (one.temp_c, one.symptom, one.at) == (worse.get("temp_c"), worse.get("symptom", ""), t("09:30", 8))
    of_board = [{each.id for each in board(desk_, NOW).obligations} for desk_ in (before, after)]
    assert any("person-1" in each for each in of_board[1] - of_board[0])
    again, twice = told(sheet, after)
    assert (counts(twice), again.entries) == ((0, 1, 0), after.entries)


def test_a_fever_of_a_round_that_is_told_as_totals_reaches_the_board() -> None:
    totals = patrol("temperature-am", figures={"of": 3, "measured": 3, "highest": 36.9})
    before, _ = told(ImportRounds(rounds=(totals,)), a_desk())
    after, tally = told(temperatures(reading("人员2", 38.0, 5)), before)
    assert (counts(tally), codes(tally)) == ((1, 0, 0), [(5, "told_worse")])
    assert any(each.id.startswith("retake/person-2") for each in board(after, NOW).obligations)


def test_who_was_not_measured_is_named_and_his_round_stays_missed_until_a_later_sheet_tells_of_him() -> None:
    part, tally = told(temperatures(*WHOLE[:2]), a_desk())
    assert (counts(tally), codes(tally)[0]) == ((2, 0, 0), (1, "round_part"))
    assert tally.rows[0].text == f"{AM}: 人员3"
    assert owed(part, t("07:00", 9))[AM].state == "missed"
    whole, tally = told(temperatures(*WHOLE), part)
    assert counts(tally) == (1, 2, 0)
    assert owed(whole, t("07:00", 9))[AM].state == "done"


def test_somebody_who_was_not_there_is_told_with_the_words_about_him() -> None:
    after, tally = told(temperatures(*WHOLE[:2], reading("人员3", None, 3, absent="外出就医")), a_desk())
    assert (counts(tally), "round_part" in dict(codes(tally)).values()) == ((3, 0, 0), False)
    [check] = after.parts[AM]
    assert isinstance(check.told, TemperatureTaken)
    assert (check.told.absent, check.abnormal) == (("person-3",), True)
    assert [(each.subject, each.what) for each in after.matters.values()] == [("person-3", "外出就医")]


def test_a_fever_of_paper_has_the_consequences_of_a_single_round() -> None:
    after, _ = told(temperatures(*WHOLE[:2], reading("人员3", 37.3, 3)), a_desk())
    fever = Discharge(
        obligation=AM,
        readings={"person-1": 36.5, "person-2": 36.6, "person-3": 37.3},
        happened_at=t("09:30", 8),
        reason="纸质登记",
    )
    single = act(a_desk(), fever, NOW)
    of_person = {each.id for each in board(after, NOW).obligations if "person-3" in each.id}
    assert of_person == {each.id for each in board(single, NOW).obligations if "person-3" in each.id}
    assert any(each.startswith("retake/") for each in of_person)


@pytest.mark.parametrize(
    ("minutes", "kept"),
    [((500, 520), (36.8, 37.5)), ((520, 500), (37.5, 36.8)), ((None, None), (37.5, 36.8)), ((500, 500), (37.5, 36.8))],
)
def test_of_two_readings_the_later_one_stands_and_without_hours_the_higher(minutes: Any, kept: Any) -> None:
    rows = (reading("人员1", 37.5, 1, minute=minutes[0]), reading("人员1", 36.8, 2, minute=minutes[1]))
    after, tally = told(temperatures(*rows), a_desk())
    [check] = after.parts[AM]
    assert isinstance(check.told, TemperatureTaken)
    assert (check.told.readings["person-1"], check.told.first["person-1"]) == kept
    sure = minutes[0] != minutes[1]
    assert ("order_unsure" in [code for _, code in codes(tally)]) is not sure
    assert counts(told(temperatures(*rows), after)[1]) == (0, 2, 0)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (reading("人员1", 36.5, site="无此点"), "site_unknown"),
        (reading("人员1", 36.5, site=""), "site_unknown"),
        (reading("人员1", 36.5, slot="temperature"), "slot_unknown"),
        (reading("人员1", 36.5, slot="temperature-night"), "slot_unknown"),
        (reading("人员1", 36.5, day=11), "future_date"),
        (reading("人员1", 36.5, day=10, slot="temperature-pm"), "future_date"),
        (reading("人员1", 36.5, day=10, minute=601), "future_date"),
        (reading("人员1", 36.5, minute=300), "hour_outside"),
        (reading("无此人", 36.5), "person_unknown"),
        (reading("", 36.5, room="199"), "person_unknown"),
        (reading("人员1", 50.0), "temperature_unlikely"),
        (reading("人员1", 3.65), "temperature_unlikely"),
    ],
)
def test_a_row_that_cannot_be_is_rejected_by_itself(row: ReadingRow, code: str) -> None:
    after, tally = told(temperatures(row, reading("人员2", 36.6, 2)), a_desk())
    assert counts(tally) == (1, 0, 1)
    assert (1, code) in codes(tally)
    assert list(after.parts) == [AM]


def test_an_hour_tells_which_slot_of_a_kind_and_one_after_the_window_is_kept_beside_it() -> None:
    rows = (
        reading("人员1", 36.5, 1, slot="temperature", minute=8 * 60),
        reading("人员2", 36.6, 2, slot="temperature-am", minute=13 * 60),
    )
    after, tally = told(temperatures(*rows), a_desk())
    assert [each.happened_at for each in after.parts[AM]] == [t("08:00", 8)]
    assert after.beside[AM].happened_at == t("13:00", 8)
    assert (2, "after_window") in codes(tally)
    assert counts(told(temperatures(*rows), after)[1]) == (0, 2, 0)


def test_without_an_hour_the_round_is_taken_for_its_due_hour_and_says_so() -> None:
    after, tally = told(temperatures(WHOLE[0]), a_desk())
    assert after.parts[AM][0].happened_at == t("09:30", 8)
    assert (1, "hour_of_slot") in codes(tally)


# ------------------------------------------------------------ whose reading it is


def moved(number: int, from_room: str, to_room: str, day: int) -> Entry:
    at = t("15:00", day)
    change = RoomChanged(was_site=1, was_room=from_room, site_id=1, room=to_room, stage="site")
    return Entry(
        id=50 + number, happened_at=at, entered_at=at, entered_by=1, login="a", subject=f"person-{number}", told=change
    )


def test_a_room_is_that_of_who_lived_in_it_on_that_day() -> None:
    snapshot = a_desk(resident(1, room="105"), resident(2, room="101", admitted_on=date(2021, 6, 9)))
    came = Entry(
        id=40,
        happened_at=t("08:00", 7),
        entered_at=t("08:00", 7),
        entered_by=1,
        login="a",
        subject="person-1",
        told=RoomChanged(was_site=None, was_room=None, site_id=1, room="101", stage="site"),
    )
    snapshot = snapshot.applied(2, [came, moved(1, "101", "105", 8)])
    after, tally = told(temperatures(reading("", 36.5, room="101"), reading("", 36.9, 2, room="101", day=9)), snapshot)
    assert counts(tally) == (2, 0, 0)
    assert [dict(each.told.readings) for each in after.parts[AM] if isinstance(each.told, TemperatureTaken)] == [
        {"person-1": 36.5}
    ]
    [later] = after.parts["temperature-am/site-1/2021-06-09"]
    assert isinstance(later.told, TemperatureTaken)
    assert later.told.readings == {"person-2": 36.9}


def test_a_room_whose_guest_came_later_is_nobodys_and_a_name_of_the_site_is_taken_with_a_doubt() -> None:
    snapshot = a_desk(resident(1, room="101", admitted_on=date(2021, 6, 9)))
    assert codes(told(temperatures(reading("", 36.5, room="101")), snapshot)[1]) == [(1, "person_unknown")]
    _, tally = told(temperatures(reading("人员1", 36.5, room="101")), snapshot)
    assert (counts(tally), (1, "not_then") in codes(tally)) == ((1, 0, 0), True)


def test_namesakes_are_told_apart_by_their_rooms_and_never_guessed() -> None:
    snapshot = a_desk(resident(1, name="李丽", room="101"), resident(2, name="李丽", room="102"))
    assert codes(told(temperatures(reading("李丽", 36.5)), snapshot)[1]) == [(1, "person_several")]
    after, tally = told(temperatures(reading("李丽", 36.5, room="102")), snapshot)
    assert counts(tally) == (1, 0, 0)
    assert after.readings.keys() == {2}


def test_a_number_of_another_name_is_rejected_and_another_room_is_said() -> None:
    one, two = resident(1, id_no="430000199001010014", room="101"), resident(2, room="102")
    wrong = reading("人员2", 36.5, id_no="430000199001010014")
    assert codes(told(temperatures(wrong), a_desk(one, two))[1]) == [(1, "person_unlike")]
    elsewhere = reading("人员2", 36.5, room="101")
    after, tally = told(temperatures(elsewhere), a_desk(one, two))
    assert (1, "room_differs") in codes(tally)
    assert after.readings.keys() == {2}


def test_somebody_of_another_site_is_nobody_here_by_his_name() -> None:
    snapshot = a_desk(resident(1, room="101"), resident(2, name="王五", site_id=2, room="101"))
    assert codes(told(temperatures(reading("王五", 36.5)), snapshot)[1]) == [(1, "person_unknown")]


def test_a_single_reading_of_the_window_that_tells_the_same_is_a_duplicate() -> None:
    single = TakeReading(person_id=1, temp_c=36.5, happened_at=t("08:00", 8), text="补记")
    snapshot = act(a_desk(), single, NOW)
    assert counts(told(temperatures(WHOLE[0]), snapshot)[1]) == (0, 1, 0)


def test_a_symptom_of_somebody_who_is_not_on_the_rounds_list_is_kept_with_him_and_named() -> None:
    snapshot = a_desk(resident(1, admitted_on=date(2021, 6, 9), room="101"), resident(2, room="102"))
    after, tally = told(temperatures(reading("人员1", 36.5, symptom="咳嗽")), snapshot)
    assert (counts(tally), (1, "told_worse") in codes(tally)) == ((1, 0, 0), True)
    assert [(each.temp_c, each.symptom) for each in after.readings[1]] == [(36.5, "咳嗽")]


# ------------------------------------------------------------ patrols and disinfections


def test_a_patrol_of_paper_is_one_check_by_who_made_it() -> None:
    after, tally = told(ImportRounds(rounds=(patrol(done_by="杨敏", minute=8 * 60 + 5),)), a_desk())
    [check] = after.parts["patrol-1/site-1/2021-06-08"]
    assert (counts(tally), check.done_by, check.happened_at) == ((1, 0, 0), "其他：杨敏", t("08:05", 8))
    assert check.told == RoundDone(people=("person-1", "person-2", "person-3"))
    assert counts(told(ImportRounds(rounds=(patrol(done_by="杨敏", minute=485),)), after)[1]) == (0, 1, 0)


def test_who_was_absent_in_a_patrol_is_named_and_the_others_were_seen() -> None:
    row = patrol(absent=(("人员2", "外出就医"),), text="一人外出", abnormal=True)
    after, tally = told(ImportRounds(rounds=(row,)), a_desk())
    [check] = after.parts["patrol-1/site-1/2021-06-08"]
    assert isinstance(check.told, RoundDone)
    assert (check.told.people, check.told.absent, check.abnormal) == (("person-1", "person-3"), ("person-2",), True)
    assert counts(tally) == (1, 0, 0)
    assert counts(told(ImportRounds(rounds=(row,)), after)[1]) == (0, 1, 0)


def test_a_disinfection_keeps_what_was_stated_and_no_more() -> None:
    row = patrol("disinfection-pm", figures={"mg_l": 500}, details={"agent": "含氯"}, done_by="李娟")
    after, _ = told(ImportRounds(rounds=(row,)), a_desk())
    entry = after.done["disinfection-pm/site-1/2021-06-08"]
    assert entry.told == Disinfected(area=None, agent="含氯", mg_l=500, minutes=None, checked_by=None)
    assert counts(told(ImportRounds(rounds=(row,)), after)[1]) == (0, 1, 0)
    other = replace(row, details={"agent": "过氧乙酸"})
    assert codes(told(ImportRounds(rounds=(other,)), after)[1]) == [(1, "told_otherwise")]


def test_a_disinfection_of_paper_keeps_its_method_and_its_start() -> None:
    row = patrol("disinfection-pm", minute=19 * 60, details={"agent": "84", "method": "wipe"}, started=18 * 60 + 20)
    after, _ = told(ImportRounds(rounds=(row,)), a_desk())
    entry = after.done["disinfection-pm/site-1/2021-06-08"]
    assert isinstance(entry.told, Disinfected)
    assert (entry.told.method, entry.told.started_at) == ("wipe", t("18:20", 8))
    assert counts(told(ImportRounds(rounds=(row,)), after)[1]) == (0, 1, 0)
    other = replace(row, started=18 * 60)
    assert codes(told(ImportRounds(rounds=(other,)), after)[1]) == [(1, "told_otherwise")]
    assert codes(told(ImportRounds(rounds=(replace(row, started=19 * 60),)), a_desk())[1]) == [(1, "start_unlikely")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (patrol(abnormal=True), "note_needed"),
        (patrol("temperature-am"), "figures_needed"),
        (patrol("patrol-9"), "slot_unknown"),
        (patrol("staff-check"), "slot_unknown"),
        (patrol(day=10, name="patrol-3"), "future_date"),
        (patrol(absent=(("无此人", ""),)), "person_unknown"),
    ],
)
def test_a_round_that_cannot_be_is_rejected_by_itself(row: RoundRow, code: str) -> None:
    _, tally = told(ImportRounds(rounds=(row, patrol("patrol-2", 2))), a_desk())
    assert counts(tally) == (1, 0, 1)
    assert (1, code) in codes(tally)


def test_rows_that_tell_one_round_unlike_are_both_named_and_none_is_taken() -> None:
    rows = (patrol(row=1), patrol(row=2, abnormal=True, text="203 漏水"), patrol("patrol-2", 3), patrol("patrol-2", 4))
    after, tally = told(ImportRounds(rounds=rows), a_desk())
    assert counts(tally) == (1, 1, 2)
    assert [each for each in codes(tally) if each[1] == "rows_differ"] == [(1, "rows_differ"), (2, "rows_differ")]
    assert list(after.parts) == ["patrol-2/site-1/2021-06-08"]


def test_a_round_that_the_desk_has_otherwise_is_named_and_stays() -> None:
    before = act(a_desk(), Discharge(obligation="patrol-1/site-1/2021-06-08"), t("08:00", 8))
    after, tally = told(ImportRounds(rounds=(patrol(abnormal=True, text="漏水"),)), before)
    assert codes(tally) == [(1, "told_otherwise")]
    assert known(after) == known(before)


def test_totals_of_a_temperature_round_are_taken_as_in_a_single_act() -> None:
    row = patrol("temperature-am", figures={"of": 3, "measured": 3, "highest": 36.9})
    after, _ = told(ImportRounds(rounds=(row,)), a_desk())
    assert owed(after, t("07:00", 9))[AM].state == "done"
    assert counts(told(ImportRounds(rounds=(row,)), after)[1]) == (0, 1, 0)
    _, tally = told(temperatures(WHOLE[0]), after)
    assert codes(tally) == [(1, "round_told")]


# ------------------------------------------------------------ before the desk


def test_a_day_before_the_desk_is_history_that_owes_nothing() -> None:
    rows = [replace(each, slot=replace(each.slot, day=date(2021, 6, 1))) for each in WHOLE]
    before = a_desk()
    after, tally = told(temperatures(*rows), before)
    assert counts(tally) == (3, 0, 0)
    assert {each.id for each in board(after, NOW).obligations} == {each.id for each in board(before, NOW).obligations}
    assert not after.matters
    assert [(row.kind, row.state) for row in account(after, date(2021, 6, 1), date(2021, 6, 1), NOW).rows] == [
        ("temperature", "done")
    ]
    assert account(before, date(2021, 6, 1), date(2021, 6, 1), NOW).rows == ()


def test_an_absence_before_the_desk_opens_no_finding_and_a_fever_is_still_to_be_seen_to() -> None:
    long_here = resident(1, room="101", admitted_on=date(2021, 5, 30))
    day = {"day": 1}
    absent, fever = reading("人员1", None, absent="外出", **day), reading("人员1", 38.1, slot="temperature-pm", **day)
    after, tally = told(temperatures(absent, fever), a_desk(long_here))
    assert (counts(tally), dict(after.matters)) == ((2, 0, 0), {})
    assert all(each.before == () for each in after.entries.values())
    assert any(each.id.startswith("retake/person-1") for each in board(after, NOW).obligations)


def test_by_a_single_act_no_day_before_the_desk_is_told() -> None:
    early = Discharge(obligation="patrol-1/site-1/2021-06-01", happened_at=t("08:00", 1), reason="补记")
    answer = decide(early, a_desk(), NOW, ADMIN)
    assert not isinstance(answer, Accepted)
    assert answer.code == "before_desk"


@pytest.mark.parametrize("day", [1, 8])
def test_a_check_of_a_sheet_is_taken_back_and_corrected_as_any_other(day: int) -> None:
    rows = temperatures(*(replace(each, slot=replace(each.slot, day=date(2021, 6, day))) for each in WHOLE))
    after, _ = told(rows, a_desk())
    [(duty, (check,))] = after.parts.items()
    back = act(after, Amend(entry_id=check.id, reason="抄错日期", agreed=True), NOW)
    assert not back.parts[duty]
    assert not any(back.readings.values())
    assert counts(told(rows, back)[1]) == (3, 0, 0)
    if day == 1:
        return  # no single act tells of a day before the desk: it is taken back, and a right sheet sent
    other = Discharge(obligation=duty, readings={"person-1": 36.1}, happened_at=check.happened_at, reason="抄错")
    corrected = act(after, Amend(entry_id=check.id, reason="抄错体温", instead=other, agreed=True), NOW)
    assert [each.temp_c for each in corrected.readings[1]] == [36.1]


# ------------------------------------------------------------ who may


def test_a_sites_staff_may_tell_of_their_own_site_and_of_no_other() -> None:
    own = ImportTemperatures(readings=(WHOLE[0],))
    assert counts(told(own, a_desk(), SITE_STAFF)[1]) == (1, 0, 0)
    unnamed = temperatures(replace(WHOLE[0], slot=replace(WHOLE[0].slot, site="")))
    assert counts(told(unnamed, a_desk(), SITE_STAFF)[1]) == (1, 0, 0)
    other = temperatures(WHOLE[0], replace(WHOLE[1], slot=replace(WHOLE[1].slot, site="隔离点2")))
    for command in (other, ImportRounds(rounds=(patrol(site="隔离点2"),))):
        answer = decide(command, a_desk(), NOW, SITE_STAFF)
        assert not isinstance(answer, Accepted)
        assert answer.code == "not_permitted"


def test_a_sites_staff_tell_of_nobody_who_is_of_another_site() -> None:
    away = resident(4, site_id=2, room="101", id_no="430000199001010014")
    row = reading("", 36.5, id_no="430000199001010014")
    _, tally = told(temperatures(row), a_desk(resident(1, room="101"), away), SITE_STAFF)
    assert codes(tally) == [(1, "person_unknown")]
    assert counts(told(temperatures(row), a_desk(resident(1, room="101"), away), actor(2))[1]) == (1, 0, 0)


# ------------------------------------------------------------ any order, and twice

ROWS = st.lists(
    st.builds(
        reading,
        st.sampled_from(["人员1", "人员2", "人员3", "无此人"]),
        st.sampled_from([None, 36.5, 36.9, 37.3, 38.2]),
        day=st.sampled_from([1, 7, 8, 9]),
        slot=st.sampled_from(["temperature-am", "temperature-pm", "temperature"]),
        minute=st.sampled_from([None, 480, 500, 13 * 60, 1200]),
        symptom=st.sampled_from(["", "", "咳嗽"]),
        absent=st.sampled_from(["", "", "外出"]),
    ),
    max_size=12,
)
PATROLS = st.lists(
    st.builds(
        patrol,
        st.sampled_from(["patrol-1", "patrol-2", "disinfection-am", "temperature-am"]),
        day=st.sampled_from([1, 7, 8, 10]),
        minute=st.sampled_from([None, 480, 700]),
        abnormal=st.booleans(),
        text=st.sampled_from(["", "漏水"]),
        absent=st.sampled_from([(), (("人员1", "外出"),)]),
        figures=st.sampled_from([{}, {"of": 3, "measured": 2, "highest": 36.9}]),
    ),
    max_size=10,
)


def numbered(rows: list[Any]) -> list[Any]:
    return [replace(each, slot=replace(each.slot, row=at)) for at, each in enumerate(rows, start=1)]


@settings(max_examples=150, deadline=timedelta(seconds=5))
@example(  # of a day before the desk: two readings and a symptom, which become a single reading of the higher
    [
        reading("人员1", 36.5, day=1, slot="temperature-am"),
        reading("人员1", 36.9, day=1, slot="temperature-am", symptom="咳嗽"),
    ],
    [],
    Random(1),
)
@given(ROWS, PATROLS, st.randoms(use_true_random=False))
def test_any_order_of_rows_gives_the_same_desk_and_any_sheet_twice_changes_nothing(
    rows: list[ReadingRow], patrols: list[RoundRow], random: Any
) -> None:
    for kind, sheet in ((ImportTemperatures, numbered(rows)), (ImportRounds, numbered(patrols))):
        field = "readings" if kind is ImportTemperatures else "rounds"
        mixed = [*sheet]
        random.shuffle(mixed)
        straight, tally = told(kind(**{field: tuple(sheet)}), a_desk())
        shuffled, other = told(kind(**{field: tuple(mixed)}), a_desk())
        assert known(straight) == known(shuffled)
        assert {number: each.told for number, each in straight.entries.items()} == {
            number: each.told for number, each in shuffled.entries.items()
        }
        assert sorted(codes(tally)) == sorted(codes(other))
        assert sum(counts(tally)) == len(sheet)
        again, twice = told(kind(**{field: tuple(mixed)}), straight)
        assert again.entries == straight.entries
        assert (twice.accepted, twice.duplicates) == (0, tally.accepted + tally.duplicates)
