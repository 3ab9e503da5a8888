"""Rosters, site lists and lists of areas: each field that a row changes is a row of the report with both values."""

from dataclasses import replace
from datetime import date
from typing import Any

from dutyboard.rules.decide import decide
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.sheets import (
    AreaData,
    ImportAreas,
    ImportRoster,
    ImportSites,
    RosterSheet,
    SiteData,
)
from dutyboard.rules.records.model import Officer
from dutyboard.rules.records.outcome import ImportTally
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import ADMIN, desk, t

NOW = t("19:42")
LI = Officer(id=0, name="李四", title="副主任", phone="19900000001", duty="办公室主任", director=True)
QIAN = Officer(id=0, name="钱七", title="科员", phone="19900000002", duty="摸排")
HOTEL = SiteData(
    name="宾馆", unit="金石镇", rooms=20, state="active", areas=("大厅",), keeper="毛", phone="19900000003", row=3
)
AREA = AreaData(
    code="440103", name="荔湾区白鹤洞街道", level="high", starts=date(2021, 6, 3), ends=None, source="", row=4
)


def form(*members: Officer, first: str = "", sheet: str = "花名册", **more: Any) -> ImportRoster:
    one = RosterSheet(
        unit="金石镇", members=tuple(enumerate(members, start=4)), first_responsible=first, sheet=sheet, **more
    )
    return ImportRoster(sheets=(one,))


def sent(before: Snapshot, command: Command, now: Any = NOW) -> tuple[ImportTally, Snapshot]:
    answer = decide(command, before, now, ADMIN)
    assert isinstance(answer, Accepted), answer
    assert isinstance(answer.outcome, ImportTally)
    return answer.outcome, before.applied(before.seq + 1, answer.changes)


def after(*commands: Command) -> Snapshot:
    picture = desk()
    for each in commands:
        _, picture = sent(picture, each)
    return picture


def changes(tally: ImportTally) -> list[tuple[int, str, str, Any, Any]]:
    return [(each.row, each.name, each.field, each.old, each.new) for each in tally.changes]


def test_each_field_of_an_officer_that_a_form_changes_is_told_with_both_values() -> None:
    before = after(form(LI, QIAN, first="张书记"))
    told = (replace(LI, title="主任", phone="19900000009"), replace(QIAN, duty="核查", full_time=False))
    tally, _ = sent(before, form(*told, first="王书记"))
    assert changes(tally) == [
        (4, "金石镇", "first_responsible", "张书记", "王书记"),
        (4, "李四", "title", "副主任", "主任"),
        (4, "李四", "phone", "19900000001", "19900000009"),
        (5, "钱七", "duty", "摸排", "核查"),
        (5, "钱七", "full_time", True, False),
    ]
    number = next(each.id for each in before.officers.values() if each.name == "李四")
    assert {each.about for each in tally.changes} == {"unit-1", f"officer-{number}", f"officer-{number + 1}"}
    assert {each.sheet for each in tally.changes} == {"花名册"}


def test_each_field_of_a_site_that_a_list_changes_is_told_with_both_values() -> None:
    before = after(ImportSites(sites=(HOTEL,)))
    row = replace(HOTEL, rooms=("8201", "8202", "8203"), unit="白马镇", areas=("大厅", "走廊"), keeper="石", row=7)
    row = replace(row, phone="19900000008", rooms=30)
    tally, _ = sent(before, ImportSites(sites=(row,)))
    assert changes(tally) == [
        (7, "宾馆", "rooms", 20, 30),
        (7, "宾馆", "unit_id", "金石镇", "白马镇"),
        (7, "宾馆", "areas", ("大厅",), ("大厅", "走廊")),
        (7, "宾馆", "keeper", "毛", "石"),
        (7, "宾馆", "phone", "19900000003", "19900000008"),
    ]
    assert {each.about for each in tally.changes} == {"site-1"}


def test_each_field_of_an_area_that_a_list_changes_is_told_with_both_values() -> None:
    before = after(ImportAreas(areas=(AREA,)))
    tally, _ = sent(before, ImportAreas(areas=(replace(AREA, ends=date(2021, 6, 20), source="通告"),)))
    assert changes(tally) == [
        (4, AREA.name, "ends", None, "2021-06-20"),
        (4, AREA.name, "source", "", "通告"),
    ]


def test_a_sheet_sent_again_changes_nothing_and_tells_nothing() -> None:
    for command in (form(LI, QIAN, first="张书记"), ImportSites(sites=(HOTEL,)), ImportAreas(areas=(AREA,))):
        tally, again = sent(after(command), command)
        assert (tally.changes, tally.contradictions, tally.updated, tally.accepted) == ((), (), 0, 0)
        assert again.entries == after(command).entries
