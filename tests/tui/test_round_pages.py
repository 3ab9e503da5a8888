"""Sheets of a site's rounds as they are printed: temperatures of a day and of a person, patrols, disinfections."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.commands.post import CloseMatter, Discharge
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.formats import FORMATS
from dutyboard.tui.export.kinds import KINDS, make_page
from dutyboard.tui.export.page import Maker, NoPage, Page, PageAsked, PageKind
from dutyboard.tui.export.page_text import as_text
from dutyboard.tui.text import words
from tests.rules.desks import DAY, act, desk, person, site, t
from tests.rules.duties.test_care import at_site
from tests.tui.goldens import assert_golden

SITE, PERSON = Subject("site", 1), Subject("person", 1)
NOW = t("20:45")
ROUNDS: tuple[PageKind, ...] = ("patrols", "disinfections")


def a_day() -> Snapshot:
    """A site of three on 06-07: a fever read twice, one who was out, a lock that was broken, a patrol missed."""
    inside = [person(n, stage="site", site_id=1, room=n, admitted_on=date(2021, 6, 6)) for n in range(1, 4)]
    snapshot = desk(site(areas=("走廊",)), *inside)
    words_of_3 = {"person-3": "外出就医"}
    patrol = Discharge(obligation="patrol-1/site-1/2021-06-07", seen=(1, 2), absent=(3,), text="三室不在")
    stated = {"agent": "84", "area": "走廊、电梯", "method": "spray", "checked_by": "杨敏"}
    told: list[tuple[str, Any]] = [
        (
            "08:05",
            Discharge(
                obligation="temperature-am/site-1/2021-06-07",
                readings={"person-1": 36.5, "person-2": 37.6},
                first={"person-2": 38.0},
                absent=(3,),
                remarks=words_of_3,
                text="一人外出",
            ),
        ),
        ("08:40", replace(patrol, remarks=words_of_3, done_by="其他：两名护士")),
        ("09:30", TakeReading(person_id=3, temp_c=36.6, symptom="咳嗽", done_by="王芳")),
        (
            "10:10",
            Discharge(
                obligation="disinfection-am/site-1/2021-06-07",
                figures={"mg_l": 500, "minutes": 30},
                details=stated,
                started_at=t("09:40"),
            ),
        ),
        ("18:30", Discharge(obligation="patrol-3/site-1/2021-06-07", abnormal=True, text="门锁坏")),
        ("18:40", Discharge(obligation="disinfection-pm/site-1/2021-06-07")),
    ]
    for at, command in told:
        snapshot = act(snapshot, command, t(at))
    lock = next(each for each in snapshot.matters.values() if each.what == "门锁坏")
    return act(snapshot, CloseMatter(matter_id=lock.id, outcome="已换锁"), t("19:00"))


def page(snapshot: Snapshot, kind: PageKind, about: Subject = SITE, language: str = "zh", now: datetime = NOW) -> Page:
    asked = PageAsked(kind=kind, subject=about, first=DAY, last=DAY)
    return make_page(asked, snapshot, now, Maker("wangfang", "0f3a"), words(language))


@pytest.mark.parametrize(
    ("kind", "language"),
    [("temperatures", "zh"), ("patrols", "zh"), ("disinfections", "zh"), ("disinfections", "en")],
)
def test_a_sheet_of_a_day_is_as_it_was_read_once(kind: PageKind, language: str) -> None:
    assert_golden(f"page_{kind}_{language}", as_text(page(a_day(), kind, language=language)))


def test_the_sheet_of_a_person_goes_from_day_1_to_his_last_day() -> None:
    snapshot = act(at_site(), TakeReading(person_id=1, temp_c=36.7), t("10:00", 8))
    found = page(snapshot, "temperatures", PERSON, now=t("12:00", 8))
    assert_golden("page_temperatures_person_zh", as_text(found))
    rows = found.json["rows"]
    assert len(rows) == found.json["totals"]["days"] == 14
    measured = [each["day"] for each in rows if each["temperature_am_temp_c"] is not None]
    assert measured == ["2021-06-08"] and rows[0]["number"] == 1


def test_who_is_in_no_isolation_has_no_sheet() -> None:
    with pytest.raises(NoPage) as nothing:
        page(desk(site(), person(1)), "temperatures", PERSON)
    assert "人员1" in nothing.value.why


@pytest.mark.parametrize("kind", ROUNDS)
def test_the_totals_are_those_of_the_slots(kind: PageKind) -> None:
    found = page(a_day(), kind).json
    assert sum(found["totals"].values()) == len({row["slot"] for row in found["rows"]})
    assert found["totals"]["done"] == {"patrols": 2, "disinfections": 2}[kind]


def test_figures_are_numbers_and_what_nobody_stated_is_null() -> None:
    morning, evening = page(a_day(), "disinfections").json["rows"]
    assert (morning["started"], morning["ended"], morning["mg_l"], morning["minutes"]) == ("09:40", "10:10", 500, 30)
    assert (morning["method"], morning["checked_by"]) == ("喷洒", "杨敏")
    unsaid = ("started", "area", "agent", "mg_l", "minutes", "method", "checked_by")
    assert [evening[key] for key in unsaid] == [None] * 7
    second = page(a_day(), "temperatures").json["rows"][1]
    assert (second["temperature_am_temp_c"], second["retake"]) == (37.6, "早间测温 38.0")


def test_a_kind_of_the_rounds_reads_what_its_maker_needs() -> None:
    assert "entries" in {*KINDS["temperatures"].always}
    assert all({"entries", "matters"} <= {*KINDS[kind].past} for kind in ROUNDS)


def test_a_sheet_with_grouped_headings_is_a_workbook_too(tmp_path: Path) -> None:
    file = tmp_path / "sheet.xlsx"
    with file.open("wb") as opened:
        FORMATS["xlsx"].write(page(a_day(), "temperatures"), opened)
    sheet = load_workbook(file).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(number for number, row in enumerate(rows) if row[0] == "房间")
    assert rows[at][2:6] == ["早间测温", None, None, "晚间测温"] and rows[at + 1][:4] == [None, None, "时间", "体温"]
    assert rows[at + 2][:4] == ["1", "人员1", "08:05", 36.5]
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert {f"A{at + 1}:A{at + 2}", f"C{at + 1}:E{at + 1}"} <= merged
