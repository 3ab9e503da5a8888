"""The notice behind F9: its clauses, the people and the duties under each now, and the lists behind both numbers."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from textual.pilot import Pilot

from dutyboard.rules.board import board
from dutyboard.rules.records.model import Area, Assessment, Person, Record
from dutyboard.rules.records.obligation import OWED
from dutyboard.tui.screens.opened.clauses import ClausesScreen
from dutyboard.tui.views.notice.clauses import clauses_now
from dutyboard.tui.views.people import people_under_control
from dutyboard.tui.views.person.slices import clause_of
from tests.tui.goldens import assert_golden
from tests.tui.night import NIGHT, NOTICE, FakeGateway, at, night
from tests.tui.screen_text import app_of, shown, until, until_shown

AREAS = [
    Area(id=1, code="440103", name="广东省广州市荔湾区", level="high", starts=date(2021, 5, 30), source="国务院客户端"),
    Area(id=2, code="350521", name="福建省泉州市", level="medium", starts=date(2021, 5, 1), ends=date(2021, 6, 1)),
]


def assessed() -> list[Record]:
    """The night, four of its people confirmed under 三（六）, one under 三（七）."""
    by = {"notice": NOTICE, "decision": "decide", "also": (), "by": 2, "at": at(2)}
    by |= {"first_place": "site", "provisional": None, "refer_reason": None}
    clauses = {1: "3.6", 2: "3.6", 3: "3.6", 4: "3.6", 5: "3.7"}
    return [
        replace(each, assessment=Assessment(clause=clauses[each.id], **by))  # type: ignore[arg-type]
        if isinstance(each, Person) and each.id in clauses
        else each
        for each in night()
    ]


async def to_clauses(pilot: Pilot[None]) -> ClausesScreen:
    await until_shown(pilot, "现在要做的事")
    await pilot.press("f9", *["down"] * 6, "enter")
    await until_shown(pilot, "起适用：")
    screen = pilot.app.screen
    assert isinstance(screen, ClausesScreen)
    return screen


def test_every_person_and_every_duty_stands_under_one_clause() -> None:
    """Nobody who is under control and confirmed, and nothing that is owed now, is left out of the numbers."""
    snapshot = FakeGateway(assessed()).snapshot
    shown_board = board(snapshot, NIGHT)
    found = clauses_now(snapshot, shown_board, NIGHT)
    assert [each.clause for each in found] == list(dict.fromkeys(each.clause for each in found))
    confirmed = [each for each in people_under_control(snapshot) if clause_of(each)]
    assert sum(len(each.people) for each in found) == len(confirmed) == 5
    owed = [each for each in shown_board.obligations if each.state in OWED]
    assert sum(len(each.duties) for each in found) == len(owed) > 0
    notice = snapshot.notice_at(NIGHT)
    quoted = {*notice.sentences.values(), *(each.sentence for each in notice.section_three.branches)}
    assert quoted <= {said for each in found for said in each.sentences}
    assert all(one.sentences != other.sentences or other.people for one, other in pairwise(found))


@pytest.mark.parametrize("cells", [80, 120])
async def test_the_notice_as_it_is_painted(cells: int) -> None:
    async with app_of(FakeGateway(assessed())).run_test(size=(cells, 24 if cells == 80 else 40)) as pilot:
        screen = await to_clauses(pilot)
        screen.table.select("3.6")
        await pilot.pause()
        assert_golden(f"clauses_zh_{cells}", shown(pilot.app)[1:])  # type: ignore[arg-type]


async def test_enter_shows_the_people_of_a_clause_else_its_duties() -> None:
    async with app_of(FakeGateway(assessed())).run_test(size=(80, 24)) as pilot:
        screen = await to_clauses(pilot)
        screen.table.select("3.6")
        await pilot.press("enter")
        await until_shown(pilot, "4/6 只看「三（六）」")
        await pilot.press("f2")
        screen = await to_clauses(pilot)
        screen.table.select("4.1a")
        await pilot.press("enter")
        await until_shown(pilot, "现应办 2 项")
        await until_shown(pilot, "涟源宾馆隔离点 晚餐巡查")
        await pilot.press("escape", "slash", *"消毒", "enter")
        await until_shown(pilot, "只看「消毒」")
        await pilot.press("e")
        await until_shown(pilot, "现管 0 人")


async def test_the_risk_areas_stand_with_level_days_and_source() -> None:
    async with app_of(FakeGateway([*night(), *AREAS])).run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f9", *"风险区：", "enter")
        await until_shown(pilot, "风险区 2 处")
        await until_shown(pilot, "高风险  05-30 - 今     广东省广州市荔湾区  国务院客户端")
        await until_shown(pilot, "中风险  05-01 - 06-01  福建省泉州市")
        await pilot.press("enter")
        await until_shown(pilot, "此处没有要回访的人")
        await pilot.press("f6")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 1, "the log")
