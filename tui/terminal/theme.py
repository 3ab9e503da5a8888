"""Colours of the desk: a grey base, and a colour only where something is wrong.

No colour stands alone: each has a mark. The colours are explicit, so that a test can compute every contrast, in 256
colours too.
"""

from typing import Final

from rich.style import Style
from textual.theme import Theme

from dutyboard.tui.terminal.cells import Tone

GROUND: Final = "#121212"
SELECTED: Final = "#3a3a3a"
FIELD: Final = "#262626"

INK: Final[dict[Tone, str]] = {
    "plain": "#d0d0d0",
    "dim": "#b2b2b2",
    "strong": "#ffffff",
    "soon": "#ffd75f",
    "late": "#ff8787",
    "gap": "#ffffff",
    "mark": "#87d7ff",
    "key": "#d7d7af",
    "frame": "#ffffff",
}
PAPER: Final[dict[Tone, str]] = {"gap": "#af0000", "frame": "#3a3a3a"}
"""Tones with a background of their own."""
BOLD: Final[frozenset[Tone]] = frozenset({"strong", "late", "gap"})

DUTY: Final = Theme(
    name="duty",
    primary="#87afd7",
    secondary="#5f87af",
    warning=INK["soon"],
    error=INK["late"],
    success="#87af87",
    accent=INK["mark"],
    foreground=INK["plain"],
    background=GROUND,
    surface=GROUND,
    panel=FIELD,
    dark=True,
    variables={
        "input-cursor-background": INK["strong"],
        "input-cursor-foreground": GROUND,
        "input-selection-background": SELECTED,
    },
)


def style(tone: Tone, *, selected: bool = False) -> Style:
    """Return the rich style of a tone, on the ground or on the selected row."""
    paper = PAPER.get(tone, SELECTED if selected else GROUND)
    return Style(color=INK[tone], bgcolor=paper, bold=tone in BOLD)


STYLES: Final[dict[tuple[Tone, bool], Style]] = {
    (tone, selected): style(tone, selected=selected) for tone in INK for selected in (False, True)
}
