"""What is repainted: the row that changed and nothing else."""

from typing import Any

from textual.app import App, ComposeResult
from textual.geometry import Region

from dutyboard.tui.terminal.cells import Line, pad
from dutyboard.tui.widgets.live_table import LiveTable, Row
from tests.tui.screen_text import until


def row(key: str, state: str = "open") -> Row:
    line: Line = ((pad(f"  {key}", 20), "plain"), (pad(state, 10), "late"))
    return Row(key, line)


class Bench(App[None]):
    """One table of ten rows."""

    def __init__(self) -> None:
        super().__init__()
        self.table = Recorded()

    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        self.table.show(((" head", "dim"),), [row(f"k{i}") for i in range(10)])


class Recorded(LiveTable):
    """Keeps the regions that it asked to be repainted."""

    def __init__(self) -> None:
        super().__init__()
        self.regions: list[Region] = []
        self.whole = 0

    def refresh(self, *regions: Region, **more: Any) -> "Recorded":
        if regions:
            self.regions += regions
        elif self.is_mounted:
            self.whole += 1
        super().refresh(*regions, **more)
        return self


async def test_one_change_repaints_one_row() -> None:
    app = Bench()
    async with app.run_test(size=(60, 8)) as pilot:
        await until(pilot, lambda: app.table.size.height == 8, "the layout")
        await pilot.pause()
        table = app.table
        table.regions, table.whole = [], 0
        table.show(((" head", "dim"),), [row(f"k{i}", "done" if i == 2 else "open") for i in range(10)])
        assert table.whole == 0
        assert [(r.y, r.height) for r in table.regions] == [(3, 1)]
        table.regions = []
        table.show(((" head", "dim"),), [row(f"k{i}", "done" if i == 2 else "open") for i in range(10)])
        assert table.regions == []


async def test_the_cursor_stays_on_its_key_and_on_its_place_when_that_is_gone() -> None:
    app = Bench()
    async with app.run_test(size=(60, 8)) as pilot:
        await until(pilot, lambda: app.table.size.height == 8, "the layout")
        table = app.table
        table.action_to(4)
        assert table.selected == "k4"
        table.show((), [row(k) for k in ("k9", "k4", "k1")])
        assert table.selected == "k4"
        table.show((), [row(k) for k in ("k9", "k1", "k2")])
        assert table.selected == "k1"
        table.show((), [])
        assert table.selected is None


async def test_only_the_lines_on_the_screen_are_made() -> None:
    app = Bench()
    async with app.run_test(size=(60, 8)) as pilot:
        await until(pilot, lambda: app.table.size.height == 8, "the layout")
        made: list[int] = []

        def line(number: int) -> Line:
            made.append(number)
            return ((f" row {number}", "plain"),)

        app.table.show_keys((), [str(number) for number in range(10_000)], line)
        assert made == list(range(7))
        made.clear()
        app.table.action_to(-1)
        assert made == list(range(9_993, 10_000))
        assert app.table.selected == "9999"
        assert app.table.lines[-1] == ((">", "strong"), ("row 9999", "plain"))


async def test_a_row_aimed_at_is_selected_when_it_comes() -> None:
    app = Bench()
    async with app.run_test(size=(60, 8)) as pilot:
        await until(pilot, lambda: app.table.size.height == 8, "the layout")
        app.table.aim("k7")
        assert app.table.selected == "k7"
        app.table.aim("late")
        app.table.show((), [row(k) for k in ("k7", "k1", "late")])
        assert app.table.selected == "late"


async def test_pages_and_ends() -> None:
    app = Bench()
    async with app.run_test(size=(60, 5)) as pilot:
        await until(pilot, lambda: app.table.size.height == 5, "the layout")
        table = app.table
        table.focus()
        await pilot.press("end")
        assert table.selected == "k9"
        await pilot.press("pageup")
        assert table.selected == "k6"
        await pilot.press("home", "up")
        assert table.selected == "k0"


async def test_a_table_that_gets_lower_repaints_no_row_of_what_stands_below_it_now() -> None:
    """Textual cut that row at the width of the old one, through a Chinese character, which went blank."""
    app = Bench()
    async with app.run_test(size=(60, 8)) as pilot:
        await until(pilot, lambda: app.table.size.height == 8, "the layout")
        app.table.regions = []
        await pilot.resize_terminal(60, 5)
        await until(pilot, lambda: app.table.size.height == 5 and len(app.table.lines) == 5, "the lower table")
        assert [each for each in app.table.regions if each.bottom > 5] == []
