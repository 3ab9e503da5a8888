"""The pane beside a list at 120 cells: it follows the cursor, and shows nothing that this login may not read."""

from dataclasses import replace
from typing import Any, Literal

import pytest
from textual.app import App

from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.refusals import Refusal
from dutyboard.tui.text import words
from dutyboard.tui.views.board import GROUP_FROM, group_id
from dutyboard.tui.widgets.side_pane import PANE_CELLS, SidePane
from tests.tui.night import desk_at_night
from tests.tui.on_board import PATROL, opened, select
from tests.tui.screen_text import app_of, shown, until, until_shown

LARGE = (120, 40)
ZH = words("zh")


def beside(app: App[Any]) -> str:
    """What the pane shows, its rows joined."""
    pane = app.screen.query_one("#beside")
    if not pane.display:
        return ""
    left = pane.region.x
    return "".join(row.split("| ", 1)[-1].strip() for row in cut(app, left))


def cut(app: App[Any], left: int) -> list[str]:
    """The part of each row of the screen from a column on."""
    return [strip.crop(left).text for strip in app.screen._compositor.render_strips()]


async def test_it_shows_clause_facts_and_history_of_the_row_under_the_cursor() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=LARGE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PATROL)
        await until(pilot, lambda: "晚餐巡查" in beside(pilot.app) and "周涛" in beside(pilot.app), "the patrol beside")
        assert {strip.cell_length for strip in pilot.app.screen._compositor.render_strips()} == {120}
        await pilot.press("end")
        await until(pilot, lambda: "晚餐巡查" not in beside(pilot.app), "the last row beside")


async def test_what_has_no_room_is_said_with_the_number_of_its_rows() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=(120, 24)) as pilot:
        await opened(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: "另有" in beside(pilot.app), "the rows that have no room")
        pane = pilot.app.screen.query_one(SidePane)
        every = pane._lines(PANE_CELLS - 2)
        rows = pilot.app.screen.query_one("#beside").size.height
        assert f"~ 另有 {len(every) - rows + 1} 行" in beside(pilot.app)
        await pilot.resize_terminal(120, 60)
        await until(pilot, lambda: "另有" not in beside(pilot.app), "all of them")


async def test_there_is_none_on_a_narrower_screen_and_it_comes_with_the_room() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=(119, 40)) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PATROL)
        await pilot.pause(0.3)
        assert beside(pilot.app) == ""
        await pilot.resize_terminal(*LARGE)
        await until(pilot, lambda: "晚餐巡查" in beside(pilot.app), "the patrol beside")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: beside(pilot.app) == "", "the whole width for the list")
        assert all(len(row) <= 80 for row in shown(pilot.app))  # type: ignore[arg-type]


async def test_a_row_of_many_shows_each_of_them_but_no_grave_one() -> None:
    desk = desk_at_night()
    first = desk.snapshot.persons[min(desk.snapshot.persons)]
    people = [waiting(first, number) for number in range(901, 901 + GROUP_FROM)]
    grave = waiting(first, 999, symptoms="present")
    desk.snapshot = desk.snapshot.applied(desk.snapshot.seq, [*people, grave])
    async with app_of(desk).run_test(size=LARGE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, group_id("assess"))
        await until(pilot, lambda: all(each.name in beside(pilot.app) for each in people), "all of the group")
        assert grave.name not in beside(pilot.app)


def waiting(model: Person, number: int, symptoms: Literal["present", "none"] = "none") -> Person:
    """Somebody who waits to be assessed."""
    facts = replace(model.facts, symptoms=symptoms)
    return replace(
        model, id=number, name=f"待{number}", stage="pending", assessment=None, site_id=None, room=None, facts=facts
    )


async def test_beside_the_people_it_says_what_one_is_owed_and_nothing_of_his_page_alone() -> None:
    """His page stands in the view log, each time it is opened. The pane follows the cursor and does not."""
    desk = desk_at_night()
    desk.submit(TakeReading(person_id=2, temp_c=38.4, device="额温枪", done_by="周涛"))
    async with app_of(desk).run_test(size=LARGE) as pilot:
        await opened(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: "应办" in beside(pilot.app) and "旅客" in beside(pilot.app), "somebody beside")
        pilot.app.screen.table.select("2")  # type: ignore[attr-defined]
        await until(pilot, lambda: "旅客2" in beside(pilot.app) and "复测体温" in beside(pilot.app), "what he is owed")
        shown_of_him = beside(pilot.app)
        assert not any(heading in shown_of_him for heading in (ZH.page.identity, ZH.page.used, ZH.page.history))
        await pilot.press("f4")
        await until_shown(pilot, "排序")
        assert {strip.cell_length for strip in pilot.app.screen._compositor.render_strips()} == {120}


@pytest.mark.parametrize("may", [True, False])
async def test_a_login_that_may_not_read_the_reasons_sees_an_empty_pane(
    monkeypatch: pytest.MonkeyPatch, *, may: bool
) -> None:
    desk = desk_at_night()
    if not may:
        monkeypatch.setattr(desk, "may_not_read", lambda what: Refusal("not_permitted", {"what": what}))
    async with app_of(desk).run_test(size=LARGE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PATROL)
        await pilot.pause(0.4)
        assert ("晚餐巡查" in beside(pilot.app)) == may
