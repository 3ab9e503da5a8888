"""Every pair of colours can be read: WCAG 4.5:1."""

import itertools

import pytest
from rich.color import Color, ColorSystem

from dutyboard.tui.terminal.theme import FIELD, GROUND, INK, PAPER, STYLES

LEAST = 4.5


def luminance(color: Color) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [channel / 255 for channel in color.get_truecolor()]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Color, other: Color) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("depth", [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT])
@pytest.mark.parametrize(("tone", "selected"), list(itertools.product(INK, (False, True))))
def test_every_tone_can_be_read(tone: str, selected: bool, depth: ColorSystem) -> None:
    """As written, and as rich sends it to a terminal of 256 colours."""
    style = STYLES[tone, selected]  # type: ignore[index]
    assert style.color is not None
    assert style.bgcolor is not None
    assert contrast(style.color.downgrade(depth), style.bgcolor.downgrade(depth)) >= LEAST


def test_what_is_typed_can_be_read() -> None:
    assert contrast(Color.parse(INK["plain"]), Color.parse(FIELD)) >= LEAST
    assert contrast(Color.parse(INK["dim"]), Color.parse(FIELD)) >= LEAST


def test_what_is_not_in_order_does_not_rest_on_colour_alone() -> None:
    from dutyboard.tui.views.board import MARKS, TONES

    assert PAPER["gap"] != GROUND
    for state in ("late", "missed", "due_soon", "gap"):
        assert MARKS[state] not in (MARKS["done"], MARKS["upcoming"])
        assert TONES[state] not in ("plain", "dim")
