"""The grid of a temperature round on screen: its mark is where the keys go, and arrows go by rows."""

from dataclasses import replace

from textual.pilot import Pilot

from dutyboard.tui.screens.forms.site.temperature import TemperatureScreen
from tests.tui.night import FakeGateway, desk_at_night
from tests.tui.on_board import SIZE, opened, row_opened
from tests.tui.screen_text import app_of, text, until, until_shown

ROUND = "temperature-pm/site-1/2021-06-07"
MANY = 67


def crowded() -> FakeGateway:
    """The night's desk with a site so full that its grid is higher than the screen."""
    desk = desk_at_night()
    one = desk.snapshot.persons[1]
    more = [replace(one, id=100 + room, name=f"旅客{room}", room=room) for room in range(7, MANY + 3)]
    desk.snapshot = desk.snapshot.applied(desk.snapshot.seq + 1, more)
    return desk


def marked(pilot: Pilot[None]) -> str:
    """The one resident under the mark; nothing while the keys go to a field."""
    rows = text(pilot.app).splitlines()  # type: ignore[arg-type]
    cells = [row.split(">")[1].split() for row in rows if ">" in row and "[" not in row]
    found = [name for room, name, *_ in (cell for cell in cells if len(cell) > 1) if room.isdecimal()]
    assert len(found) <= 1, rows
    return found[0] if found else ""


async def test_the_mark_is_shown_where_the_keys_go() -> None:
    """At once, in every row, and not while a field below has the keys."""
    desk = crowded()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await row_opened(pilot, await opened(pilot), ROUND, "逐室输入")
        await until(pilot, lambda: marked(pilot) == "旅客1", "the mark on the first")
        await pilot.press("down", "right")
        await until(pilot, lambda: marked(pilot) == "旅客8", "the mark a row below")
        await pilot.press("up", "left", *["down"] * 16)
        await until(pilot, lambda: marked(pilot) == "旅客67", "the mark on the last row")
        await pilot.press("down")
        await until(pilot, lambda: marked(pilot) == "", "no mark")
        assert isinstance(pilot.app.screen, TemperatureScreen)
        assert pilot.app.screen.focused is pilot.app.screen.inputs["measured"]
        await pilot.press("up", "3", "6", "5")
        await until_shown(pilot, "67 旅客67 36.5")
