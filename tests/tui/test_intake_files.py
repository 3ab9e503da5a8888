"""The sample files as they are: every row accounted for, and the same file twice adds nothing."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dutyboard.rules.duties.sheets.areas import decide_import_areas
from dutyboard.rules.duties.sheets.arrivals import decide_import_arrivals
from dutyboard.rules.duties.sheets.roster import decide_import_roster
from dutyboard.rules.duties.sheets.sites import decide_import_sites
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.sheets import ImportAreas, ImportArrivals, ImportRoster, ImportSites
from dutyboard.rules.records.model import Area, Contradiction, Entry, NoticeInForce, Person, Site, Unit
from dutyboard.rules.records.outcome import ImportTally
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import Imported
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.sheets.kinds.areas import read_areas
from dutyboard.tui.sheets.kinds.arrivals import read_arrivals
from dutyboard.tui.sheets.kinds.roster import read_roster
from dutyboard.tui.sheets.kinds.sites import read_sites
from dutyboard.tui.sheets.notes import row_report
from tests.rules.desks import notice

DATA = Path(__file__).parent.parent / "data"
ACTOR = Actor(login="duty", officer_id=1)
EVENING = datetime(2021, 6, 7, 19, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
NIGHT = datetime(2021, 6, 8, 2, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
IN_FORCE = NoticeInForce(id=1, notice=notice().id, effective_from=EVENING)
ID_CODES = ("id_missing", "id_length", "id_check_digit", "id_date")


def after(snapshot: Snapshot, accepted: Accepted) -> Snapshot:
    return snapshot.applied(snapshot.seq + 1, accepted.changes)


@pytest.fixture(scope="module")
def with_units() -> Snapshot:
    roster = read_roster(DATA / "roster.xlsx")
    empty = replace(Snapshot(notices_known={notice().id: notice()}), notices={1: IN_FORCE})
    return after(empty, decide_import_roster(ImportRoster(sheets=roster.records), empty, EVENING, ACTOR))


def counts(accepted: Accepted) -> tuple[int, int, int, int]:
    tally = accepted.outcome
    assert isinstance(tally, ImportTally)
    return tally.accepted, tally.updated, tally.duplicates, tally.rejected


def test_roster_has_120_officers_in_20_units(with_units: Snapshot) -> None:
    assert len(with_units.officers) == 120
    assert Counter(unit.kind for unit in with_units.units.values()) == {"town": 18, "street": 2}
    of_unit = {
        u.name: [o for o in with_units.officers.values() if o.unit_id == u.id] for u in with_units.units.values()
    }
    assert len(of_unit["枫坪镇"]) == 4
    assert [name for name, staff in of_unit.items() if not any(o.director for o in staff)] == ["水洞底镇"]
    assert [len(staff) for staff in of_unit.values() if len(staff) < 5] == [4]
    entry = next(iter(with_units.entries.values()))
    assert entry.told == Imported(sheet="roster", accepted=120, updated=0, duplicates=0, rejected=0)


def test_sites_have_214_rooms_in_the_four_active(with_units: Snapshot) -> None:
    sites = read_sites(DATA / "sites.xlsx")
    accepted = decide_import_sites(ImportSites(sites=sites.records), with_units, EVENING, ACTOR)
    assert counts(accepted) == (6, 0, 0, 0)
    made = [record for record in accepted.changes if isinstance(record, Site)]
    assert sum(site.rooms for site in made if site.state == "active") == 214
    assert [site.label for site in made] == ["涟源宾馆", "桥头河集", "人民公园", "杨市卫生", "七星街学", "湄江度假"]
    assert made[0].areas == ("走廊", "电梯", "污物间", "卫生间", "转运车辆")
    assert isinstance(accepted.outcome, ImportTally) and accepted.outcome.rows == ()
    assert not any(isinstance(record, Unit) for record in accepted.changes)


def test_eight_areas_from_utf8_with_a_mark() -> None:
    areas = read_areas(DATA / "risk_areas.csv")
    empty = Snapshot(notices_known={})
    accepted = decide_import_areas(ImportAreas(areas=areas.records), empty, EVENING, ACTOR)
    assert counts(accepted) == (8, 0, 0, 0)
    made = [record for record in accepted.changes if isinstance(record, Area)]
    assert Counter(area.level for area in made) == {"high": 2, "medium": 3, "named": 3}
    assert made[0] == Area(
        id=1,
        code="440103",
        name="广东省广州市荔湾区白鹤洞街道",
        level="high",
        starts=date(2021, 6, 5),
        source="公开通报",
    )


def test_arrivals_have_600_people_9_duplicates_and_24_id_warnings(with_units: Snapshot) -> None:
    arrivals = read_arrivals(DATA / "arrivals.xlsx")
    assert len(arrivals.records) == 609
    accepted = decide_import_arrivals(ImportArrivals(persons=arrivals.records), with_units, EVENING, ACTOR)
    assert counts(accepted) == (600, 0, 9, 0)
    report = row_report(arrivals, accepted)
    told = Counter(row.code for row in report.rows if row.code in ID_CODES)
    assert told == {"id_missing": 6, "id_length": 7, "id_check_digit": 11}
    assert {row.level for row in report.rows} == {"warning"}
    assert {row.column for row in report.rows if row.code in ID_CODES} == {"身份证号"}
    people = [record for record in accepted.changes if isinstance(record, Person)]
    assert all(person.unit_id is not None for person in people)
    assert all(person.registered_at == EVENING and person.stage == "pending" for person in people)
    assert sum(bool(set(person.warnings) & set(ID_CODES)) for person in people) == 24


def test_every_row_that_is_named_is_a_row_of_the_sheet() -> None:
    arrivals = read_arrivals(DATA / "arrivals.xlsx")
    rows = {person.row for person in arrivals.records}
    assert (min(rows), max(rows)) == (3, 611)  # a title and the headings above, 合计 in 612
    by_row = {person.row: person for person in arrivals.records}
    missing = [note.row for note in arrivals.notes if note.code == "id_missing"]
    assert len(missing) == 6 and all(by_row[row].id_no == "" for row in missing)
    short = [note.row for note in arrivals.notes if note.code == "id_length"]
    assert {len(by_row[row].id_no) for row in short} == {17}


def test_nothing_unknown_becomes_a_no() -> None:
    facts = [person.facts for person in read_arrivals(DATA / "arrivals.xlsx").records]
    assert Counter(each.release_cert for each in facts) == {"no": 296, "yes": 168, "unknown": 145}
    assert Counter(each.symptoms for each in facts) == {"none": 406, None: 150, "present": 53}
    assert sum(each.pcr is None for each in facts) == 143
    assert not any(each.pcr == "none" for each in facts)
    assert Counter(each.border for each in facts) == {
        "none": 529,
        "foreign": 28,
        "macau": 27,
        "hongkong": 22,
        "taiwan": 3,
    }
    assert Counter(each.travel_card for each in facts) == {
        "green": 546,
        "yellow": 29,
        "none": 28,
        "orange": 4,
        "red": 2,
    }
    assert all(each.stays is None for each in facts if each.border != "none")
    assert all(len(each.stays or ()) == 1 for each in facts if each.border == "none")
    assert sum(each.arrival_hour_unknown for each in facts) == 81


def test_a_formula_without_a_result_is_blank_and_told() -> None:
    arrivals = read_arrivals(DATA / "arrivals.xlsx")
    told = [note for note in arrivals.notes if note.code == "formula_unread"]
    assert (len(told), told[0].column, told[0].place, told[0].text) == (53, "备注", "S20", "=1+1")
    assert not any("=" in person.note for person in arrivals.records)


def test_night_sheet_at_two_in_the_morning_is_taken_whole(with_units: Snapshot) -> None:
    night = read_arrivals(DATA / "arrivals_night.csv")
    accepted = decide_import_arrivals(ImportArrivals(persons=night.records), with_units, NIGHT, ACTOR)
    assert counts(accepted) == (40, 0, 0, 0)


def test_night_sheet_before_its_time_loses_the_rows_that_lie_in_the_future(with_units: Snapshot) -> None:
    night = read_arrivals(DATA / "arrivals_night.csv")
    noon = datetime(2021, 6, 7, 12, 48, tzinfo=ZoneInfo("Asia/Shanghai"))
    report = row_report(night, decide_import_arrivals(ImportArrivals(persons=night.records), with_units, noon, ACTOR))
    errors = [(row.row, row.column, row.code) for row in report.rows if row.level == "error"]
    assert (25, "到涟时间", "future_date") in errors  # 冯荣娟, arrived 12:49
    assert (25, "离开日期", "future_date") not in errors  # the day is known, and it is today
    assert report.counts["rejected"] == len({row for row, _, _ in errors})
    assert report.counts["accepted"] + report.counts["rejected"] == 40


def test_the_same_files_twice_add_nothing(with_units: Snapshot) -> None:
    arrivals = read_arrivals(DATA / "arrivals.xlsx").records
    night = read_arrivals(DATA / "arrivals_night.csv").records
    sites = read_sites(DATA / "sites.xlsx").records
    areas = read_areas(DATA / "risk_areas.csv").records
    roster = read_roster(DATA / "roster.xlsx").records
    desk = with_units
    imports = [
        lambda: decide_import_arrivals(ImportArrivals(persons=arrivals), desk, NIGHT, ACTOR),
        lambda: decide_import_arrivals(ImportArrivals(persons=night), desk, NIGHT, ACTOR),
        lambda: decide_import_sites(ImportSites(sites=sites), desk, NIGHT, ACTOR),
        lambda: decide_import_areas(ImportAreas(areas=areas), desk, NIGHT, ACTOR),
        lambda: decide_import_roster(ImportRoster(sheets=roster), desk, NIGHT, ACTOR),
    ]
    for each in imports:
        desk = after(desk, each())
    assert len(desk.persons) == 640
    again = [each() for each in imports]
    assert [accepted.changes for accepted in again] == [()] * 5
    assert [counts(accepted)[2] for accepted in again] == [609, 40, 6, 8, 120]


def test_one_entry_for_a_sheet_that_says_something_new(with_units: Snapshot) -> None:
    data = read_arrivals(DATA / "arrivals_night.csv").records
    desk = after(with_units, decide_import_arrivals(ImportArrivals(persons=data), with_units, NIGHT, ACTOR))
    newer = tuple(
        replace(person, facts=replace(person.facts, symptoms="present")) if person.row == 2 else person
        for person in data
    )
    accepted = decide_import_arrivals(ImportArrivals(persons=newer), desk, NIGHT, ACTOR)
    assert counts(accepted) == (0, 1, 39, 0)
    # What stood before the newer word is remembered, settled: yesterday's sheet opens no item.
    before = [record for record in accepted.changes if isinstance(record, Contradiction)]
    assert [(each.field, each.other, each.settled_at) for each in before] == [("symptoms", "none", NIGHT)]
    assert [type(record) for record in accepted.changes if record not in before] == [Person, Entry]
