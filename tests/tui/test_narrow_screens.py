"""Every screen on small terminals: no sentence is cut at 80x24, and nothing that is painted faults below that."""

import pytest

from tests.tui.cut_sentences import cut_sentences
from tests.tui.monkey import NOW, STARTS, Fell, press, sample
from tests.tui.night import FakeGateway
from tests.tui.screen_text import app_of, text, until

SIZES = tuple(zip((30, 20, 14, 10, 7, 5, 3, 2, 1), (24, 12, 2, 1) * 4, strict=False))


@pytest.mark.parametrize(("start", "language"), zip(STARTS, ("zh", "en") * len(STARTS), strict=False))
async def test_a_screen_stands_however_narrow(start: str, language: str) -> None:
    """A desk without anything wrong, where every count gives way, is tried by the view's own test."""
    app = app_of(FakeGateway(list(sample()), NOW), language)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.session.board is not None, "the board")
        await pilot.pause()
        await press(pilot, app, list(STARTS[start]), [])
        await pilot.pause()
        assert cut_sentences(text(app), language) == []
        for cells, rows in SIZES:
            await pilot.resize_terminal(cells, rows)
            assert app.size == (cells, rows)
            if app.session.faults.known or not app.is_running:
                raise Fell(f"{sorted(map(str, app.session.faults.known))} at {cells}x{rows}")
