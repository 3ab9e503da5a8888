"""An import taken back: the very same records as before, and whatever somebody has worked on since is left."""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.amending.references import references, table_of_field
from dutyboard.rules.people.stage import stands
from dutyboard.rules.records.commands import Command, SheetAct
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import Correct, PersonData, Register, TakeReading
from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.commands.sheets import (
    AreaData,
    ImportAreas,
    ImportArrivals,
    ImportContacts,
    ImportLayer,
    ImportResults,
    ImportRoster,
    ImportRounds,
    ImportSites,
    ImportTemperatures,
    RememberHeadings,
    RosterSheet,
    RoundRow,
    SiteData,
    SlotTold,
    UndoImport,
)
from dutyboard.rules.records.commands.site import ChangeSite
from dutyboard.rules.records.model import TABLES, Officer, Person
from dutyboard.rules.records.outcome import ImportTally
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, table_of
from dutyboard.rules.records.told import Telling
from dutyboard.rules.records.told.post import ImportUndone
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import ADMIN, LIU, ZHANG, act, actor, desk, person, refused, signed, site, t, unit
from tests.rules.duties import test_backlog as backlog
from tests.rules.duties import test_contact_lists as contact_lists
from tests.rules.duties import test_result_lists as lists
from tests.rules.duties.test_arrivals import DRAFT, DRAFTS
from tests.shares import SHARES

NOW = t("19:40")


def imported(before: Snapshot, command: Command, now: Any = NOW, who: Any = ADMIN) -> tuple[UndoImport, Snapshot]:
    """The undoing of an import as the journal fills it, and the desk after the import."""
    answer = signed(command, before, now, who)
    assert isinstance(answer, Accepted), answer
    below = [getattr(before, table_of(each)).get(each.id) for each in answer.changes]
    layer = ImportLayer(answer.changes, tuple(each for each in below if each is not None))
    after = before.applied(before.seq + 1, answer.changes, answer.removed)
    return UndoImport(entry_id=answer.entry.id, layer=layer), after


def undone(after: Snapshot, command: UndoImport, who: Any = ADMIN, now: Any = NOW) -> tuple[ImportUndone, Snapshot]:
    """What the undoing tells, and the desk after it."""
    answer = signed(command, after, now, who)
    assert isinstance(answer, Accepted), answer
    told = answer.entry.told
    assert isinstance(told, ImportUndone)
    assert answer.entry.amends == command.entry_id
    return told, after.applied(after.seq + 1, answer.changes, answer.removed)


def tables(picture: Snapshot) -> dict[str, Mapping[int, Any]]:
    """Every record but the entries. Somebody who does not stand counts nowhere."""
    found = {name: dict(getattr(picture, name)) for name in TABLES if name != "entries"}
    found["persons"] = {number: each for number, each in picture.persons.items() if stands(each)}
    return found


def derived(picture: Snapshot) -> dict[str, Any]:
    """What stands of the entries: what is done, the readings, the last reports."""
    names = ("done", "beside", "parts", "readings", "settled", "restated", "last_reports")
    return {name: {key: each for key, each in getattr(picture, name).items() if each} for name in names}


UNITS = ("蓝田街道", "金石镇", "白马镇")
OFFICERS = st.builds(
    Officer,
    id=st.just(0),
    name=st.sampled_from(["甲", "乙", "丙"]),
    phone=st.sampled_from(["", "13800000001", "13800000002"]),
    duty=st.sampled_from(["", "主任"]),
    director=st.booleans(),
)
FORMS = st.builds(
    lambda name, members, first: RosterSheet(
        unit=name, members=tuple(enumerate(members, start=3)), first_responsible=first
    ),
    st.sampled_from(UNITS),
    st.lists(OFFICERS, max_size=3),
    st.sampled_from(["", "甲"]),
)
SITES = st.builds(
    SiteData,
    name=st.sampled_from(["隔离点1", "宾馆", "学校"]),
    unit=st.sampled_from(UNITS),
    rooms=st.sampled_from([1, 20, 2_000_000]),
    state=st.sampled_from(["active", "standby"]),
    areas=st.sampled_from([(), ("大厅",)]),
    keeper=st.sampled_from(["", "甲"]),
    phone=st.sampled_from(["", "13800000003"]),
    row=st.integers(3, 9),
)
AREAS = st.builds(
    AreaData,
    code=st.sampled_from(["440103", "430100"]),
    name=st.just("某地"),
    level=st.sampled_from(["medium", "high"]),
    starts=st.sampled_from([date(2021, 6, 1), date(2021, 6, 2)]),
    ends=st.sampled_from([None, date(2021, 6, 9)]),
    source=st.sampled_from(["", "通告"]),
    row=st.integers(3, 9),
)


ROUNDS = st.builds(
    lambda name, day, abnormal: RoundRow(
        slot=SlotTold(site="隔离点1", day=date(2021, 6, day), slot=name, reason="纸质登记", row=day),
        abnormal=abnormal,
        text="漏水" if abnormal else "",
    ),
    st.sampled_from(["patrol-1", "patrol-2", "disinfection-am"]),
    st.sampled_from([5, 7]),
    st.booleans(),
)


def many(one: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=6).map(tuple)


SHEETS: st.SearchStrategy[Any] = st.one_of(
    st.builds(ImportArrivals, persons=many(DRAFTS)),
    st.builds(ImportRoster, sheets=many(FORMS)),
    st.builds(ImportSites, sites=many(SITES)),
    st.builds(ImportAreas, areas=many(AREAS)),
    st.builds(ImportRounds, rounds=many(ROUNDS)),
    st.builds(ImportContacts, contacts=many(contact_lists.rows())),
)


def unnumbered(outcome: Any) -> Any:
    """An outcome without the numbers of the records: whoever is registered once more has another."""
    if not isinstance(outcome, ImportTally):
        return outcome
    positives = tuple(replace(each, person_id=0) for each in outcome.positives)
    return re.sub(r"'(person|officer|unit|site|area)-\d+", r"'\1-", repr(replace(outcome, positives=positives)))


def test_every_kind_of_sheet_is_drawn() -> None:
    """A kind that comes is to be drawn here, or proved to be undone beside its own tests."""
    drawn = {ImportArrivals, ImportContacts, ImportRoster, ImportSites, ImportAreas, ImportRounds}
    # They need people in rooms, and samples: tests/tui/test_import_rounds.py, and below.
    elsewhere = {ImportTemperatures, ImportResults}
    assert set(get_args(SheetAct)) - {UndoImport, RememberHeadings} == drawn | elsewhere


@settings(max_examples=SHARES["rules"]["importing"]["examples"] // 2, deadline=None)
@given(st.lists(SHEETS, max_size=3), SHEETS)
def test_an_import_undone_leaves_the_very_same_records(earlier: list[Command], sheet: Command) -> None:
    before = desk(unit(name=UNITS[0]), site())
    for each in earlier:
        answer = signed(each, before, t("18:00"), ADMIN)
        assert isinstance(answer, Accepted)
        before = before.applied(before.seq + 1, answer.changes)
    answer = signed(sheet, before, NOW, ADMIN)
    if not isinstance(answer, Accepted) or not answer.changes:
        return
    command, after = imported(before, sheet)
    told, again = undone(after, command)
    assert told.left == ()
    assert tables(again) == tables(before)
    assert derived(again) == derived(before)
    assert {each.id for each in answer.entries} <= set(again.amended)
    refusal = refused(again, command, NOW)
    assert refusal.code == "already_amended"
    # The same sheet is taken in once more as it was the first time.
    second = signed(sheet, again, NOW, ADMIN)
    assert isinstance(second, Accepted)
    assert unnumbered(second.outcome) == unnumbered(answer.outcome)


@settings(max_examples=SHARES["rules"]["importing"]["examples"] // 4, deadline=None)
@given(st.lists(DRAFTS, min_size=2, max_size=8), st.integers(0, 7), st.integers(0, 3))
def test_whoever_was_worked_on_since_is_left_and_named(drafts: list[PersonData], chosen: int, how: int) -> None:
    before = desk(unit(name=UNITS[0]))
    sheet = ImportArrivals(persons=tuple(drafts))
    answer = signed(sheet, before, NOW, ADMIN)
    made = [each for each in answer.created if isinstance(each, Person)] if isinstance(answer, Accepted) else []
    if len(made) < 2:
        return
    command, after = imported(before, sheet)
    him = made[chosen % len(made)]
    works: tuple[Command, ...] = (
        Correct(person_id=him.id, person=replace(DRAFT, name=him.name, id_no="", note="改"), reason="核实"),
        WriteLog(text="来电", subject=f"person-{him.id}"),
        TakeReading(person_id=him.id, temp_c=36.5, device="", symptom="", happened_at=NOW),
        WriteLog(text="去电", subject=f"person-{him.id}"),
    )
    tried = signed(works[how], after, NOW + timedelta(minutes=5), ADMIN)
    how = 1 if isinstance(tried, Refusal) else how
    worked = act(after, works[how], NOW + timedelta(minutes=5))
    told, again = undone(worked, command)
    assert f"person-{him.id}" in told.left
    assert again.persons[him.id] == worked.persons[him.id]
    assert not any(stands(again.persons[each.id]) for each in made if f"person-{each.id}" not in told.left)
    assert told.taken_away == len(made) - len([key for key in told.left if key.startswith("person-")])


TWO = ImportArrivals(
    persons=(DRAFT, replace(DRAFT, name="李四", id_no="110105194912310038", phone="13800001543", row=4))
)


def test_nothing_is_written_where_all_was_worked_on() -> None:
    command, after = imported(desk(unit()), replace(TWO, persons=TWO.persons[:1]))
    after = act(after, WriteLog(text="来电", subject="person-1"), NOW)
    refusal = refused(after, command, NOW)
    assert (refusal.code, [str(each) for each in refusal.fields["names"]]) == ("import_worked_on", ["张三"])


def test_work_that_was_taken_back_again_keeps_nothing() -> None:
    command, after = imported(desk(unit()), TWO)
    after = act(after, WriteLog(text="来电", subject="person-1"), NOW)
    note = max(after.entries)
    assert undone(after, command)[0].left == ("person-1",)
    after = act(after, Amend(entry_id=note, reason="记错"), NOW)
    assert undone(after, command)[0].left == ()


def test_what_a_record_that_stays_names_stays_too() -> None:
    """A unit of the sheet in which somebody was registered since; a sheet of sites makes both."""
    row = SiteData(name="宾馆", unit="金石镇", rooms=5, state="active", areas=(), keeper="", phone="", row=3)
    command, after = imported(desk(), ImportSites(sites=(row, replace(row, name="学校", unit="白马镇", row=4))))
    unit_id = next(each.id for each in after.units.values() if each.name == "金石镇")
    after = act(after, Register(person=replace(DRAFT, unit_id=unit_id, address="")), NOW)
    told, again = undone(after, command)
    assert told.left == (f"unit-{unit_id}",)
    assert [each.name for each in again.units.values()] == ["金石镇"]
    assert not again.sites


def test_a_site_of_the_sheet_where_a_patrol_went_stays_with_its_unit() -> None:
    row = SiteData(name="宾馆", unit="金石镇", rooms=5, state="active", areas=(), keeper="", phone="", row=3)
    command, after = imported(desk(), ImportSites(sites=(row,)), t("06:00"))
    site_id = next(iter(after.sites))
    after = act(after, WriteLog(text="电话不通", subject=f"site-{site_id}"), t("08:10"))
    assert refused(after, command, NOW).code == "import_worked_on"


def test_who_was_registered_by_mistake_holds_nothing_back() -> None:
    row = SiteData(name="宾馆", unit="蓝田街道", rooms=5, state="active", areas=(), keeper="", phone="", row=3)
    sites, after = imported(desk(), ImportSites(sites=(row,)))
    people, after = imported(after, TWO)
    assert after.persons[1].unit_id in after.units
    assert undone(after, sites)[0].left == tuple(f"unit-{each}" for each in after.units)
    _, after = undone(after, people)
    told, after = undone(after, sites)
    assert told.left == () and not after.units and not after.sites


def test_an_older_import_goes_back_once_the_newer_one_is_undone() -> None:
    first, after = imported(desk(unit()), TWO)
    later = replace(TWO, persons=(replace(DRAFT, address="蓝田街道2号"),))
    second, after = imported(after, later)
    assert undone(after, first)[0].left == ("person-1",)
    _, after = undone(after, second)
    assert undone(after, first)[0].left == ()


def test_a_phone_number_goes_back_that_no_entry_holds() -> None:
    _, after = imported(desk(unit()), TWO)
    was = after.persons[1]
    command, after = imported(after, replace(TWO, persons=(replace(DRAFT, phone="13900000009"),)))
    entry = after.entries[command.entry_id]
    told, again = undone(after, command)
    assert again.persons[1] == was and told.put_back == (after.persons[1] != was)
    assert "1390000" not in repr(entry) and "1380000" not in repr(again.entries)


def test_what_is_no_import_is_refused() -> None:
    command, after = imported(desk(unit()), TWO)
    after = act(after, WriteLog(text="来电"), NOW)
    assert refused(after, UndoImport(entry_id=999), NOW).code == "unknown_entry"
    assert refused(after, replace(command, entry_id=max(after.entries)), NOW).code == "not_an_import"
    assert refused(after, replace(command, layer=None), NOW).code == "import_lost"
    by_amending = refused(after, Amend(entry_id=command.entry_id, reason="错表"), NOW)
    assert (by_amending.code, by_amending.fields["name"]) == ("amend_by_own_act", "import undo")


def test_a_town_takes_back_its_own_import_and_no_other() -> None:
    before = desk(
        unit(name="蓝田街道"),
        Officer(id=8, name="镇干部", role="town", unit_id=1),
        Officer(id=9, name="驻点", role="site", site_id=1),
        site(),
    )
    before = before.applied(2, [replace(before.officers[LIU], role="officer")])
    town = actor(8)
    theirs, after = imported(before, TWO)
    assert refused(after, theirs, NOW, town).code == "not_permitted"
    assert refused(after, theirs, NOW, actor(9)).code == "not_permitted"
    own, after = imported(before, TWO, who=town)
    assert undone(after, own, town)[0].left == ()
    assert undone(after, own, actor(ZHANG))[0].left == ()


def test_a_reason_may_be_given_and_stands_in_the_log_and_at_the_end_of_whom_the_sheet_made() -> None:
    command, after = imported(desk(unit()), TWO)
    _, again = undone(after, replace(command, reason=" 导错文件 "))
    own = again.entries[again.amended[command.entry_id]]
    end = again.persons[1].end
    assert own.reason == "导错文件"
    assert end is not None and (end.how, end.reason, end.entry) == ("voided", "导错文件", own.id)


@pytest.mark.parametrize(
    ("named", "found"),
    [
        (person(3, unit_id=2, officer_id=5, still_in=None), {("units", 2), ("officers", 5)}),
        (replace(person(3), stopped_by="person-8"), {("persons", 8)}),
        (site(4), {("units", 1)}),
    ],
)
def test_a_record_names_others(named: Any, found: set[tuple[str, int]]) -> None:
    assert set(references(named)) == found


def test_every_number_of_another_record_names_its_table() -> None:
    """A field of a record or of what is told that ends in `_id` holds a record of a known table."""
    for table, kind in TABLES.items():
        for each in fields(kind):
            if each.name.endswith("_id"):
                assert table_of_field(each.name) in TABLES, f"{table}.{each.name}"
    for telling in get_args(Telling):
        for each in fields(telling):
            if each.name.endswith("_id"):
                assert table_of_field(each.name) in TABLES, f"{telling.__name__}.{each.name}"


@pytest.mark.parametrize(
    "sheet",
    [
        backlog.temperatures(backlog.reading("甲", 36.5), backlog.reading("乙", 38.4, row=2)),
        ImportRounds(rounds=(backlog.patrol(), backlog.patrol("patrol-2", row=2))),
    ],
    ids=["temperatures", "rounds"],
)
def test_rounds_of_paper_are_owed_again_and_what_was_told_since_stays(sheet: Command) -> None:
    before = backlog.a_desk(backlog.resident(1, name="甲"), backlog.resident(2, name="乙"))
    command, after = imported(before, sheet, backlog.NOW)
    told, again = undone(after, command, now=backlog.NOW)
    assert told.left == () and derived(again) == derived(before) and tables(again) == tables(before)
    checks = [each for each in after.entries.values() if each.kind == "check" and each.part_of == command.entry_id]
    corrected = act(after, Amend(entry_id=checks[0].id, reason="记错", agreed=True), backlog.NOW)
    answer = signed(command, corrected, backlog.NOW, ADMIN)
    if isinstance(answer, Refusal):
        assert len(checks) == 1 and answer.code == "import_worked_on"
    else:
        assert f"entry-{checks[0].id}" in undone(corrected, command, now=backlog.NOW)[0].left


@pytest.mark.parametrize("work", ["told of", "corrected"])
def test_a_person_whom_the_sheet_changed_is_left_once_somebody_worked_on_him(work: str) -> None:
    _, before = imported(desk(unit()), TWO)
    command, after = imported(before, replace(TWO, persons=(replace(DRAFT, note="新"),)))
    assert after.persons[1] != before.persons[1]
    works: dict[str, Command] = {
        "told of": WriteLog(text="来电", subject="person-1"),
        "corrected": Correct(person_id=1, person=replace(DRAFT, note="改"), reason="核实"),
    }
    worked = act(after, works[work], NOW)
    assert refused(worked, command, NOW).code == "import_worked_on"
    assert undone(after, command)[1].persons[1] == before.persons[1]


def test_a_site_that_the_sheet_changed_is_left_once_it_was_changed_again_and_not_by_a_patrol() -> None:
    row = SiteData(name="宾馆", unit="金石镇", rooms=5, state="active", areas=(), keeper="甲", phone="", row=3)
    _, before = imported(desk(), ImportSites(sites=(row,)))
    command, after = imported(before, ImportSites(sites=(replace(row, keeper="乙"),)))
    number = next(iter(after.sites))
    noted = act(after, WriteLog(text="已巡查", subject=f"site-{number}"), NOW)
    assert undone(noted, command)[1].sites[number] == before.sites[number]
    changed = act(noted, ChangeSite(site_id=number, keeper="丙", reason="换人"), NOW)
    assert refused(changed, command, NOW).code == "import_worked_on"


def test_results_of_a_laboratory_go_back_and_what_rested_on_one_stays() -> None:
    sheet = ImportResults(results=(lists.row(lists.CLOSE), lists.row(lists.MATE, "positive", 3)))
    command, after = imported(lists.DESK, sheet, lists.NOW)
    assert tables(after) != tables(lists.DESK)
    told, again = undone(after, command, now=lists.NOW)
    assert told.left == () and tables(again) == tables(lists.DESK)
    # That facts were said anew stays known, as after a single positive result that is taken back.
    assert derived(again) | {"restated": {}} == derived(lists.DESK) | {"restated": {}}
    noted = act(after, WriteLog(text="已告知", subject="person-2"), lists.NOW)
    told, again = undone(noted, command, now=lists.NOW)
    assert "person-2" in told.left and again.persons[2] == after.persons[2]
    assert again.persons[1] == lists.DESK.persons[1]
