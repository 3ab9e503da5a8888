"""Rosters, site lists and lists of areas add and worsen: an older sheet takes nothing away, and asks nobody again."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.post import AddOfficer, ChangeOfficer, ChangeUnit, EndOfficer, SettleRecord
from dutyboard.rules.records.commands.sheets import ImportAreas, ImportRoster, ImportSites
from dutyboard.rules.records.commands.site import ChangeSite
from dutyboard.rules.records.model import Officer
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import ContradictionSettled
from tests.rules.amending.test_imports import AREAS, FORMS, SITES, many
from tests.rules.desks import act, owed, refused, t
from tests.rules.duties.test_records_told import AREA, HOTEL, LI, QIAN, after, changes, form, sent
from tests.shares import SHARES

LATER = t("20:00")
ZHAO = Officer(id=0, name="赵六", title="科员", phone="19900000004", duty="转运")


def unlike(tally: Any) -> list[tuple[str, str, Any, Any]]:
    return [(each.name, each.field, each.stands, each.other) for each in tally.contradictions]


def codes(tally: Any) -> list[tuple[str, str, str]]:
    return [(each.column, each.code, each.text) for each in tally.rows]


def named(picture: Snapshot, name: str) -> Officer:
    return next(each for each in picture.officers.values() if each.name == name)


def rows(picture: Snapshot) -> list[Obligation]:
    return [each for each in owed(picture, LATER).values() if each.kind == "contradiction"]


# ---------------------------------------------------------------- rosters


def test_who_is_not_on_a_newer_form_has_left_and_a_row_says_so() -> None:
    before = after(form(LI, QIAN))
    tally, picture = sent(before, form(LI, ZHAO))
    assert changes(tally) == [(4, "钱七", "until", None, "2021-06-07")]
    assert named(picture, "钱七").until == date(2021, 6, 7)
    assert (tally.accepted, tally.updated) == (1, 1)


def test_the_older_form_sent_again_ends_nobody_and_brings_nobody_back() -> None:
    older, newer = form(LI, QIAN), form(replace(LI, phone="19900000009"), ZHAO)
    before = after(older, newer)
    tally, picture = sent(before, older)
    assert picture.officers == before.officers
    assert (tally.changes, tally.contradictions, tally.accepted, tally.updated) == ((), (), 0, 0)
    assert ("phone", "told_before", "") in codes(tally) and ("until", "told_before", "") in codes(tally)
    assert ("name", "not_on_form", "赵六") in codes(tally)
    assert picture.entries == before.entries


def test_the_day_of_a_form_says_which_is_older() -> None:
    before = after(form(LI, QIAN, told_on=date(2021, 6, 6)))
    tally, picture = sent(before, form(LI, ZHAO, told_on=date(2021, 6, 5)))
    assert picture.officers == before.officers
    assert [code for _, code, _ in codes(tally)] == ["form_older", "form_older"] and tally.rejected == 2
    # Nothing in it is new, and by its day it is the newer one all the same.
    tally, picture = sent(before, form(LI, told_on=date(2021, 6, 7)))
    assert changes(tally) == [(4, "钱七", "until", None, "2021-06-07")]
    tally, picture = sent(picture, form(LI, QIAN, told_on=date(2021, 6, 7)), t("09:00", 8))
    assert changes(tally) == [] and named(picture, "钱七").until == date(2021, 6, 7)
    _, picture = sent(picture, form(LI, QIAN, told_on=date(2021, 6, 8)), t("09:00", 8))
    assert named(picture, "钱七").until is None
    # A day that has not come says nothing of a form.
    assert sent(before, form(LI, QIAN, told_on=date(2022, 6, 7)))[1].units == before.units


def test_whom_an_officers_act_put_there_or_took_off_is_left_to_an_officer() -> None:
    before = act(after(form(LI)), AddOfficer(name="孙八", unit_id=1), LATER)
    tally, picture = sent(before, form(LI))
    assert tally.contradictions == () and codes(tally) == [("name", "not_on_form", "孙八")]
    tally, picture = sent(before, form(LI, ZHAO))
    assert unlike(tally) == [("孙八", "until", None, "2021-06-07")]
    assert named(picture, "孙八").until is None
    picture = after(form(LI, QIAN))
    ended = act(picture, EndOfficer(officer_id=named(picture, "钱七").id, reason="调走"), LATER)
    tally, picture = sent(ended, form(LI, QIAN))
    assert picture.officers == ended.officers and tally.contradictions == ()


def test_a_form_that_tells_new_and_old_words_is_in_doubt() -> None:
    before = after(form(LI, QIAN), form(replace(LI, phone="19900000009"), QIAN, ZHAO))
    tally, picture = sent(before, form(LI, replace(QIAN, title="科长")))
    assert changes(tally) == [(5, "钱七", "title", "科员", "科长")]
    assert unlike(tally) == [("赵六", "until", None, "2021-06-07")]
    assert named(picture, "李四").phone == "19900000009" and named(picture, "赵六").until is None


def test_a_director_is_lifted_by_a_form_that_names_another_and_by_no_other() -> None:
    before = after(form(LI, QIAN))
    tally, picture = sent(before, form(replace(LI, director=False), QIAN))
    assert unlike(tally) == [("李四", "director", True, False)] and named(picture, "李四").director
    assert (tally.updated, tally.duplicates) == (1, 1)  # what is left to an officer is news of its row
    tally, picture = sent(before, form(replace(LI, director=False), replace(QIAN, director=True)))
    assert sorted(changes(tally)) == [(4, "李四", "director", True, False), (5, "钱七", "director", False, True)]
    assert (tally.updated, tally.duplicates) == (2, 0)
    tally, again = sent(picture, form(LI, QIAN))
    assert again.officers == picture.officers and tally.contradictions == ()


def test_what_an_officer_corrected_stands_and_another_word_is_left_to_an_officer() -> None:
    picture = after(form(LI))
    number = named(picture, "李四").id
    before = act(picture, ChangeOfficer(officer_id=number, reason="来电", phone="19900000005"), LATER)
    tally, picture = sent(before, form(LI))
    assert codes(tally) == [("phone", "corrected_by_officer", "")] and picture.officers == before.officers
    tally, picture = sent(before, form(replace(LI, phone="19900000006")))
    assert unlike(tally) == [("李四", "phone", "19900000005", "19900000006")]
    named_by_hand = act(
        after(form(LI, first="张书记")), ChangeUnit(unit_id=1, first_responsible="王书记", reason="调任"), LATER
    )
    tally, picture = sent(named_by_hand, form(LI, first="张书记"))
    assert picture.units[1].first_responsible == "王书记" and tally.contradictions == ()


# ---------------------------------------------------------------- sites and areas


def test_a_list_of_sites_takes_no_rooms_and_no_areas_away() -> None:
    before = after(ImportSites(sites=(HOTEL,)))
    tally, picture = sent(before, ImportSites(sites=(replace(HOTEL, rooms=12, areas=("走廊",)),)))
    assert unlike(tally) == [("宾馆", "rooms", 20, 12), ("宾馆", "areas", ("大厅", "走廊"), ("走廊",))]
    assert (picture.sites[1].rooms, picture.sites[1].areas) == (20, ("大厅", "走廊"))
    doors = after(ImportSites(sites=(replace(HOTEL, rooms=("8201", "8202")),)))
    assert sent(doors, ImportSites(sites=(replace(HOTEL, rooms=2),)))[0].contradictions == ()
    assert sent(doors, ImportSites(sites=(replace(HOTEL, rooms=9),)))[1].sites[1].rooms == ("8201", "8202")


def test_a_keeper_whom_an_officer_named_is_not_replaced_by_a_list() -> None:
    before = act(
        after(ImportSites(sites=(HOTEL,))),
        ChangeSite(site_id=1, keeper="石", phone="19900000007", reason="换人"),
        LATER,
    )
    tally, picture = sent(before, ImportSites(sites=(HOTEL,)))
    assert picture.sites == before.sites and tally.contradictions == ()
    assert {code for _, code, _ in codes(tally)} == {"corrected_by_officer"}


def test_an_area_is_neither_shortened_nor_opened_again_nor_lowered() -> None:
    ended = replace(AREA, ends=date(2021, 6, 20))
    before = after(ImportAreas(areas=(AREA,)), ImportAreas(areas=(ended,)))
    assert before.areas[1].ends == date(2021, 6, 20)
    assert sent(before, ImportAreas(areas=(AREA,)))[1].areas == before.areas
    tally, picture = sent(before, ImportAreas(areas=(replace(AREA, ends=date(2021, 6, 18)),)))
    assert unlike(tally) == [(AREA.name, "ends", "2021-06-20", "2021-06-18")]
    tally, picture = sent(before, ImportAreas(areas=(replace(AREA, level="medium"),)))
    assert unlike(tally) == [(AREA.name, "level", "high", "medium")] and len(picture.areas) == 1
    tally, picture = sent(before, ImportAreas(areas=(replace(AREA, level="medium", starts=date(2021, 6, 6)),)))
    assert codes(tally) == [("level", "level_stands", "2021-06-03")] and len(picture.areas) == 2
    longer = after(ImportAreas(areas=(ended,)), ImportAreas(areas=(replace(AREA, ends=date(2021, 6, 25)),)))
    tally, picture = sent(longer, ImportAreas(areas=(ended,)))
    assert picture.areas == longer.areas and tally.contradictions == ()


# ---------------------------------------------------------------- on the board, decided once


def test_what_is_left_to_an_officer_stands_on_the_board_until_he_decides() -> None:
    shorter = ImportAreas(areas=(replace(AREA, ends=date(2021, 6, 18)),))
    _, picture = sent(after(ImportAreas(areas=(replace(AREA, ends=date(2021, 6, 20)),))), shorter)
    (row,) = rows(picture)
    assert (row.subject_id, row.subject, row.unlike) == ("area-1", AREA.name, ("ends",))
    (item,) = picture.contradictions.values()
    assert (item.sheet, item.row, item.other) == ("", 4, "2021-06-18")
    settle = SettleRecord(subject="area-1", field="ends", reason="省级通告", other=True)
    assert refused(picture, replace(settle, reason=" "), LATER).code == "reason_needed"
    assert refused(picture, replace(settle, field="level"), LATER).code == "record_not_unlike"
    assert refused(picture, replace(settle, subject="person-1"), LATER).code == "unknown_record"
    decided = act(picture, settle, LATER)
    assert decided.areas[1].ends == date(2021, 6, 18) and rows(decided) == []
    entry = decided.entries[max(decided.entries)]
    assert entry.told == ContradictionSettled(settled="ends", other=True) and entry.subject == "area-1"
    assert sent(decided, shorter)[0].changes == () and sent(decided, shorter)[1].areas == decided.areas
    back = act(decided, Amend(entry_id=entry.id, reason="看错"), LATER)
    assert back.areas == picture.areas and len(rows(back)) == 1
    stands = act(picture, replace(settle, other=False), LATER)
    assert stands.areas == picture.areas and rows(stands) == []
    assert sent(stands, shorter)[0].contradictions == ()


@pytest.mark.parametrize(
    ("first", "second", "field", "taken"),
    [
        (form(LI, QIAN), form(replace(LI, director=False), QIAN), "director", False),
        (ImportSites(sites=(HOTEL,)), ImportSites(sites=(replace(HOTEL, rooms=12),)), "rooms", 12),
    ],
)
def test_the_other_value_is_taken_as_the_act_that_changes_it(
    first: Command, second: Command, field: str, taken: Any
) -> None:
    _, picture = sent(after(first), second)
    (row,) = rows(picture)
    decided = act(picture, SettleRecord(subject=row.subject_id, field=field, reason="已核实", other=True), LATER)
    record = named(decided, "李四") if field == "director" else decided.sites[1]
    assert getattr(record, field) == taken and rows(decided) == []
    assert sent(decided, second)[1].contradictions == decided.contradictions


def test_who_is_not_on_a_form_is_taken_off_by_the_officer_who_decides() -> None:
    picture = act(after(form(LI)), AddOfficer(name="孙八", unit_id=1), LATER)
    _, picture = sent(picture, form(LI, ZHAO))
    (row,) = rows(picture)
    settle = SettleRecord(subject=row.subject_id, field="until", reason="已调走", other=True)
    decided = act(picture, settle, LATER)
    assert named(decided, "孙八").until == date(2021, 6, 7) and rows(decided) == []
    stays = act(picture, replace(settle, other=False), LATER)
    assert rows(stays) == [] and sent(stays, form(LI, ZHAO))[0].contradictions == ()


def test_a_director_who_has_left_is_not_made_of_a_namesake_who_came_since() -> None:
    plain = Officer(id=0, name="甲", title="", phone="", duty="", role="town")
    director = replace(plain, duty="主任", director=True)
    newcomer = replace(plain, duty="主任", phone="13800000001")
    picture = after(form(plain, director), form(newcomer))
    assert [each.until is None for each in picture.officers.values() if each.name == "甲"] == [False, False, True]
    tally, again = sent(picture, form(plain, director))
    assert (again.officers, tally.changes) == (picture.officers, ())


# ---------------------------------------------------------------- any two sheets


def standing(picture: Snapshot) -> tuple[Any, ...]:
    units = {number: replace(each, form_on=None) for number, each in picture.units.items()}
    return units, picture.officers, picture.sites, picture.areas


KINDS: Any = st.sampled_from(
    [
        st.builds(ImportRoster, sheets=many(FORMS)),
        st.builds(ImportSites, sites=many(SITES)),
        st.builds(ImportAreas, areas=many(AREAS)),
    ]
).flatmap(lambda kind: st.tuples(kind, kind))


@settings(max_examples=SHARES["rules"]["importing"]["examples"], deadline=None)
@given(KINDS)
def test_of_any_two_sheets_the_older_sent_again_changes_nothing(pair: tuple[Command, Command]) -> None:
    older, newer = pair
    picture = after(older, newer)
    tally, again = sent(picture, older)
    assert standing(again) == standing(picture)
    assert tally.changes == ()


@settings(max_examples=SHARES["rules"]["importing"]["examples"], deadline=None)
@given(KINDS)
def test_any_sheet_sent_twice_changes_nothing_and_says_nothing_new(pair: tuple[Command, Command]) -> None:
    picture = after(*pair)
    tally, again = sent(picture, pair[1])
    assert again.entries == picture.entries and (tally.accepted, tally.updated) == (0, 0)
