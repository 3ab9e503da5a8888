"""Every pair of colours can be read: WCAG 4.5:1."""

import itertools
from typing import Any, get_args

import pytest
from rich._palettes import STANDARD_PALETTE
from rich.color import Color, ColorSystem
from textual.pilot import Pilot

from dutyboard.tui.terminal.cells import Tone
from dutyboard.tui.terminal.theme import PALETTES, STYLES, style, wear
from dutyboard.tui.terminal.theme_name import ThemeId, theme_named
from tests.tui.night import desk_at_night
from tests.tui.on_board import opened
from tests.tui.screen_text import app_of, until, until_shown

LEAST = 4.5


def luminance(color: Color) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [channel / 255 for channel in color.get_truecolor()]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Color, other: Color) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def sent(color: Color | None, depth: ColorSystem) -> Color:
    """The colour as rich sends it to a terminal of so many colours."""
    assert color is not None
    return color.downgrade(depth)


@pytest.mark.parametrize("depth", [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT])
@pytest.mark.parametrize(
    ("theme", "tone", "selected"), list(itertools.product(PALETTES, PALETTES["night"].ink, (False, True)))
)
def test_every_tone_can_be_read(theme: ThemeId, tone: Tone, selected: bool, depth: ColorSystem) -> None:
    """As written, and as rich sends it to a terminal of 256 colours."""
    found = style(PALETTES[theme], tone, selected=selected)
    assert contrast(sent(found.color, depth), sent(found.bgcolor, depth)) >= LEAST


@pytest.mark.parametrize(("tone", "selected"), list(itertools.product(PALETTES["ansi"].ink, (False, True))))
def test_sixteen_colours_are_those_of_every_terminal_and_can_be_read(tone: Tone, selected: bool) -> None:
    found = style(PALETTES["ansi"], tone, selected=selected)
    wanted = [color for color in (found.color, found.bgcolor) if color is not None]
    inks = [sent(color, ColorSystem.STANDARD) for color in wanted]
    assert [STANDARD_PALETTE[ink.number or 0] for ink in inks] == [each.get_truecolor() for each in wanted]
    assert contrast(*inks) >= LEAST, "in the colours of xterm"
    assert contrast(*wanted) >= LEAST, "in those of the Linux console"


@pytest.mark.parametrize("theme", PALETTES)
def test_what_is_typed_can_be_read(theme: ThemeId) -> None:
    palette = PALETTES[theme]
    for tone in ("plain", "dim"):
        assert contrast(Color.parse(palette.ink[tone]), Color.parse(palette.field)) >= LEAST  # type: ignore[index]


def test_each_theme_has_every_tone_and_a_ground_of_its_own() -> None:
    assert {frozenset(palette.ink) for palette in PALETTES.values()} == {frozenset(get_args(Tone))}
    for palette in PALETTES.values():
        assert len({palette.ground, palette.selected, palette.paper["gap"]}) == 3


def test_a_theme_that_is_worn_changes_what_is_painted_and_an_unknown_name_is_the_night() -> None:
    night = dict(STYLES)
    try:
        wear("light")
        assert STYLES["plain", False] == style(PALETTES["light"], "plain") != night["plain", False]
    finally:
        wear("night")
    assert night == STYLES
    assert [theme_named(name) for name in ("light", "ansi", "", None, "x")] == ["light", "ansi", *["night"] * 3]


async def test_the_colours_are_chosen_on_f9_and_worn_again_at_the_next_start() -> None:
    desk = desk_at_night()
    try:
        async with app_of(desk).run_test(size=(80, 24)) as pilot:
            await opened(pilot)
            await pilot.press("f9")
            await until_shown(pilot, "空白表")
            await pilot.press(*"配色", "enter")
            await until_shown(pilot, "高对比")
            await pilot.press(*"浅色", "enter")
            await until(pilot, lambda: desk.drafts.get("theme") == {"theme": "light"}, "the choice kept")
            assert ground(pilot) == "#ffffff"
        wear("night")
        async with app_of(desk).run_test(size=(80, 24)) as pilot:
            await opened(pilot)
            await until(pilot, lambda: ground(pilot) == "#ffffff", "the light")
    finally:
        wear("night")


def ground(pilot: Pilot[Any]) -> str:
    """The ground of the last row's end but one: nothing is written there."""
    strip = pilot.app.screen._compositor.render_strips()[-2]
    style_ = list(strip)[-1].style
    assert style_ is not None and style_.bgcolor is not None
    return style_.bgcolor.get_truecolor().hex


def test_what_is_not_in_order_does_not_rest_on_colour_alone() -> None:
    from dutyboard.tui.views.board import MARKS, TONES

    for palette in PALETTES.values():
        assert palette.paper["gap"] != palette.ground
    for state in ("late", "missed", "due_soon", "gap"):
        assert MARKS[state] not in (MARKS["done"], MARKS["upcoming"])
        assert TONES[state] not in ("plain", "dim")
