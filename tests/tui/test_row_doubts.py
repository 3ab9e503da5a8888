"""Cells that cannot well be meant, in every kind of sheet: each is named, and only its own row is kept out (rule 8)."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from dutyboard.rules.decide import decide
from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.sheets import (
    ImportAreas,
    ImportContacts,
    ImportResults,
    ImportRoster,
    ImportRounds,
    ImportSites,
    ImportTemperatures,
)
from dutyboard.rules.records.outcome import ImportTally
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.sheets.dates import Reckoning
from dutyboard.tui.sheets.headings import Headings, own_headings
from dutyboard.tui.sheets.kinds.areas import read_areas
from dutyboard.tui.sheets.kinds.contacts import read_contacts
from dutyboard.tui.sheets.kinds.results import read_results
from dutyboard.tui.sheets.kinds.roster import read_roster
from dutyboard.tui.sheets.kinds.rounds import read_rounds
from dutyboard.tui.sheets.kinds.sites import read_sites
from dutyboard.tui.sheets.kinds.temperatures import read_temperatures
from tests.rules.desks import ADMIN, desk, person, site, t

NOW: Final = t("10:00", 10)
BY: Final = Reckoning(today=date(2021, 6, 10))
ID: Final = "431302198805127014"

READERS: Final[dict[SheetKind, tuple[Callable[[Path], Any], Callable[[Any], Command]]]] = {
    "areas": (read_areas, lambda records: ImportAreas(areas=records)),
    "sites": (read_sites, lambda records: ImportSites(sites=records)),
    "roster": (read_roster, lambda records: ImportRoster(sheets=records)),
    "temperatures": (
        lambda path: read_temperatures(path, reckoning=BY),
        lambda records: ImportTemperatures(readings=records),
    ),
    "rounds": (lambda path: read_rounds(path, reckoning=BY), lambda records: ImportRounds(rounds=records)),
    "results": (lambda path: read_results(path, reckoning=BY), lambda records: ImportResults(results=records)),
    "contacts": (lambda path: read_contacts(path, reckoning=BY), lambda records: ImportContacts(contacts=records)),
}
SOUND: Final[dict[SheetKind, tuple[str, dict[str, str]]]] = {
    "areas": (
        "中高风险地区",
        {
            "区划代码": "440103",
            "地区名称": "广东省广州市荔湾区",
            "风险等级": "高风险",
            "起始日期": "2021-06-01",
            "终止日期": "",
        },
    ),
    "sites": (
        "集中隔离点",
        {
            "名称": "甲酒店",
            "所属乡镇": "金石镇",
            "房间数": "62",
            "状态": "启用",
            "责任人": "张三",
            "电话": "19900001111",
        },
    ),
    "roster": (
        "填报单位：金石镇人民政府",
        {"姓名": "张三", "职务": "科员", "联系电话": "19900001111", "职责分工": "流调"},
    ),
    "temperatures": (
        "隔离点1体温登记表",
        {"日期": "2021-06-08", "时间": "8:00", "房号": "101", "姓名": "测甲", "体温": "36.5", "测量人": "张三"},
    ),
    "rounds": (
        "隔离点1巡查登记表",
        {"日期": "2021-06-08", "时间": "8:00", "巡查时段": "早", "情况": "正常", "巡查人": "张三"},
    ),
    "results": (
        "核酸检测结果",
        {
            "姓名": "测甲",
            "身份证号": ID,
            "联系电话": "19900001111",
            "采样日期": "2021-06-08",
            "结果时间": "2021-06-09 08:00",
            "结果": "阴性",
        },
    ),
    "contacts": (
        "密切接触者名单",
        {
            "姓名": "测甲",
            "性别": "男",
            "身份证号": ID,
            "联系电话": "19900001111",
            "末次接触时间": "2021-06-05",
            "病例姓名": "李四",
        },
    ),
}
"""A title and a row of each kind in which nothing is odd."""


def a_desk() -> Snapshot:
    there = {"stage": "site", "site_id": 1, "admitted_on": date(2021, 6, 7)}
    one = person(1, name="测甲", room="101", id_no=ID, phone="19900001111", **there)
    return desk(site(1, rooms=("101", "102")), one, person(2, name="测乙", room="102", **there))


def said_of(kind: SheetKind, folder: Path, *rows: dict[str, str]) -> tuple[set[tuple[str, str]], int]:
    """Return (heading, code) of all that is said of some rows, and how many of them are taken."""
    title, sound = SOUND[kind]
    heads = dict.fromkeys([*sound, *(heading for each in rows for heading in each)], "")
    lines = [title, ",".join(heads)]
    lines += [",".join(f'"{cell}"' for cell in {**heads, **sound, **each}.values()) for each in rows]
    path = folder / "登记.csv"
    path.write_text("\n".join(lines), "utf-8")
    read, command = READERS[kind]
    intake = read(path)
    answer = decide(command(intake.records), a_desk(), NOW, ADMIN)
    assert isinstance(answer, Accepted), answer
    tally = answer.outcome
    assert isinstance(tally, ImportTally)
    said = {(note.column, str(note.code)) for note in intake.notes}
    said |= {(intake.headings.get(each.column, each.column), str(each.code)) for each in tally.rows}
    return said, tally.accepted + tally.updated + tally.duplicates


USUAL: Final = {
    "doer_other",
    "unit_added",
    "unit_unknown",
    "round_part",
    "name_differs",
    "sex_differs",
    "grade_of_title",
}


@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_row_raises_no_doubt(kind: SheetKind, tmp_path: Path) -> None:
    said, taken = said_of(kind, tmp_path, {})
    assert ({code for _, code in said} - USUAL, taken) == (set(), 1)


@pytest.mark.parametrize(
    ("kind", "heading", "cell", "code", "taken"),
    [
        # areas
        ("areas", "起始日期", "2012-06-01", "date_unread", 0),
        ("areas", "起始日期", "2031-06-01", "future_date", 0),
        ("areas", "起始日期", "2021-07-01", "future_date", 1),
        ("areas", "起始日期", "2020-06-01", "date_far", 1),
        ("areas", "起始日期", "2021-06-01 周一", "weekday_differs", 1),
        ("areas", "起始日期", "2021年6月1日（星期日）", "weekday_differs", 1),
        ("areas", "终止日期", "2021-05-01", "ends_before_starts", 0),
        ("areas", "终止日期", "2051-06-05", "future_date", 0),
        ("areas", "终止日期", "2021-06-15 礼拜天", "weekday_differs", 1),
        ("areas", "区划代码", "19900001111", "code_unread", 0),
        ("areas", "区划代码", "430100", "code_against_name", 1),
        ("areas", "地区名称", "440103", "name_unusual", 1),
        # sites
        ("sites", "房间数", "2000000000", "rooms_unread", 0),
        ("sites", "房间数", "19900001111", "rooms_unread", 0),
        ("sites", "房间数", "10000", "rooms_unlikely", 0),
        ("sites", "房间数", "0", "rooms_unread", 0),
        ("sites", "房间数", "-5", "rooms_unread", 0),
        ("sites", "房间数", "62.5", "rooms_unread", 0),
        ("sites", "电话", ID, "phone_is_id", 1),
        ("sites", "电话", "123", "phone_unusual", 1),
        ("sites", "责任人", "19900001111", "value_unread", 1),
        ("sites", "责任人", "张三、李四", "several_people", 1),
        ("sites", "名称", "123", "name_unusual", 1),
        ("sites", "所属乡镇", "123", "unit_missing", 0),
        # roster
        ("roster", "联系电话", ID, "phone_is_id", 1),
        ("roster", "联系电话", "123", "phone_unusual", 1),
        ("roster", "姓名", "19900001111", "name_missing", 0),
        ("roster", "姓名", "张三、李四", "several_people", 2),
        # temperatures
        ("temperatures", "体温", "365", "point_assumed", 1),
        ("temperatures", "体温", "3.65", "temperature_unlikely", 0),
        ("temperatures", "体温", "42.6", "temperature_unlikely", 0),
        ("temperatures", "体温", "-36.5", "value_unread", 0),
        ("temperatures", "日期", "2012-06-08", "date_unread", 0),
        ("temperatures", "日期", "2031-06-08", "future_date", 0),
        ("temperatures", "日期", "2021-06-11", "future_date", 0),
        ("temperatures", "日期", "2021-06-08 周一", "weekday_differs", 1),
        ("temperatures", "日期", "6月8日 周一", "weekday_differs", 1),
        ("temperatures", "时间", "3:00", "slot_unknown", 0),
        ("temperatures", "姓名", "测甲、测乙", "several_people", 0),
        ("temperatures", "姓名", "123", "person_unknown", 0),
        ("temperatures", "房号", "2000000000", "room_differs", 1),
        ("temperatures", "测量人", "19900001111", "name_unusual", 1),
        # rounds
        ("rounds", "日期", "2012-06-08", "date_unread", 0),
        ("rounds", "日期", "2031-06-08", "future_date", 0),
        ("rounds", "日期", "2021-06-11", "future_date", 0),
        ("rounds", "日期", "2021-06-08 周一", "weekday_differs", 1),
        ("rounds", "巡查人", "19900001111", "name_unusual", 1),
        # results
        ("results", "采样日期", "2012-06-08", "date_unread", 0),
        ("results", "采样日期", "2031-06-08", "future_date", 0),
        ("results", "采样日期", "2021-01-08", "date_far", 1),
        ("results", "采样日期", "2021-06-08 周一", "weekday_differs", 1),
        ("results", "结果时间", "2021-06-07", "result_before_sample", 0),
        ("results", "结果时间", "2021-06-11", "future_date", 0),
        ("results", "结果时间", "2021-06-09 周一", "weekday_differs", 1),
        ("results", "姓名", "123", "value_unread", 1),
        ("results", "姓名", "测甲、测乙", "several_people", 0),
        ("results", "联系电话", ID, "phone_is_id", 1),
        ("results", "身份证号", "19900001111", "id_is_phone", 1),
        # contacts
        ("contacts", "末次接触时间", "2012-06-05", "date_unread", 1),
        ("contacts", "末次接触时间", "2031-06-05", "future_date", 0),
        ("contacts", "末次接触时间", "2021-06-11", "future_date", 0),
        ("contacts", "末次接触时间", "2021-01-05", "date_far", 1),
        ("contacts", "末次接触时间", "2021-06-05 周一", "weekday_differs", 1),
        ("contacts", "姓名", "测甲、测丙", "several_people", 2),
        ("contacts", "姓名", "123", "name_missing", 0),
        ("contacts", "联系电话", ID, "phone_is_id", 1),
        ("contacts", "身份证号", "19900001111", "id_is_phone", 1),
        ("contacts", "性别", "女", "sex_against_id", 1),
        ("contacts", "病例姓名", "123", "partly_read", 1),
    ],
)
def test_an_odd_cell_is_named_by_its_column(
    kind: SheetKind, heading: str, cell: str, code: str, taken: int, tmp_path: Path
) -> None:
    said, accepted = said_of(kind, tmp_path, {heading: cell})
    assert code in {each for column, each in said if column in (heading, "")}, said
    assert accepted == taken


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("areas", "起始日期"),
        ("temperatures", "日期"),
        ("rounds", "日期"),
        ("results", "采样日期"),
        ("contacts", "末次接触时间"),
    ],
)
def test_a_slip_of_a_year_keeps_only_its_own_row_out(kind: SheetKind, heading: str, tmp_path: Path) -> None:
    said, taken = said_of(kind, tmp_path, {}, {heading: "2051-06-08"})
    assert ("future_date" in {code for _, code in said}, taken) == (True, 1)


NINES: Final = tuple("9" * digits for digits in (4, 7, 8, 9, 10, 18, 24))


def every_heading() -> Iterator[tuple[SheetKind, str]]:
    """Yield the headings of the sound rows, and the usual one of each field that those leave out."""
    for kind, (_, sound) in SOUND.items():
        fields = {meaning.field for each in sound if (meaning := Headings(kind).meaning(each)) is not None}
        own = [each for field, each in own_headings(kind).items() if field not in fields]
        yield from ((kind, each) for each in (*sound, *own))


@pytest.mark.parametrize(("kind", "heading"), every_heading())
def test_no_number_keeps_more_out_than_its_own_row(kind: SheetKind, heading: str, tmp_path: Path) -> None:
    """The act as a whole is refused for a number beyond its bounds: a sheet never comes to that."""
    before = {"日期": "2021-06-07"} if kind == "rounds" else {}  # another round than that of the odd rows
    cells = [cell for each in NINES for cell in (each, f"-{each}", f"{each}.5", f"{each}/36.5", f"36.{each}")]
    assert said_of(kind, tmp_path, before, *({heading: cell} for cell in cells))[1] >= 1


@pytest.mark.parametrize("cell", ["2021-06-08 周二", "2021年6月8日（星期二）", "6月8日 礼拜二", "2021-06-08"])
def test_a_weekday_that_fits_says_nothing(cell: str, tmp_path: Path) -> None:
    said, taken = said_of("rounds", tmp_path, {"日期": cell})
    assert ("weekday_differs" in {code for _, code in said}, taken) == (False, 1)


def test_the_highest_temperature_that_anybody_has_is_a_fever_and_no_slip(tmp_path: Path) -> None:
    said, taken = said_of("temperatures", tmp_path, {"体温": "42.5"})
    assert ({code for _, code in said} - USUAL, taken) == (set(), 1)
