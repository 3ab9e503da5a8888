"""Colours of the desk: a grey base, and a colour only where something is wrong.

No colour stands alone: each has a mark. The colours are explicit, so that a test can compute every contrast, in 256
colours too; those of `ansi` are the 16 of every terminal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rich.style import Style
from textual.theme import Theme

from dutyboard.frozen import frozen
from dutyboard.tui.terminal.cells import Tone
from dutyboard.tui.terminal.theme_name import ThemeId


@frozen(kw_only=False)
class Palette:
    """The colours of one theme. `paper` are the tones with a ground of their own; `chosen` those of the selected row.

    `chosen` None: the selected row keeps its tones.
    """

    ground: str
    selected: str
    field: str
    ink: Mapping[Tone, str]
    paper: Mapping[Tone, str]
    chosen: str | None = None
    dark: bool = True


PALETTES: Final[Mapping[ThemeId, Palette]] = {
    "night": Palette(
        ground="#121212",
        selected="#3a3a3a",
        field="#262626",
        ink={
            "plain": "#d0d0d0",
            "dim": "#b2b2b2",
            "strong": "#ffffff",
            "soon": "#ffd75f",
            "late": "#ff8787",
            "gap": "#ffffff",
            "mark": "#87d7ff",
            "key": "#d7d7af",
            "frame": "#ffffff",
        },
        paper={"gap": "#af0000", "frame": "#3a3a3a"},
    ),
    "light": Palette(
        ground="#ffffff",
        selected="#e4e4e4",
        field="#eeeeee",
        ink={
            "plain": "#1c1c1c",
            "dim": "#4e4e4e",
            "strong": "#000000",
            "soon": "#5f5f00",
            "late": "#af0000",
            "gap": "#ffffff",
            "mark": "#005f87",
            "key": "#5f005f",
            "frame": "#000000",
        },
        paper={"gap": "#af0000", "frame": "#d0d0d0"},
        dark=False,
    ),
    "contrast": Palette(
        ground="#000000",
        selected="#00005f",
        field="#1c1c1c",
        ink={
            "plain": "#ffffff",
            "dim": "#e4e4e4",
            "strong": "#ffffff",
            "soon": "#ffff00",
            "late": "#ffafaf",
            "gap": "#000000",
            "mark": "#00ffff",
            "key": "#ffffaf",
            "frame": "#000000",
        },
        paper={"gap": "#ffafaf", "frame": "#e4e4e4"},
    ),
    "ansi": Palette(
        ground="#000000",
        selected="#0000aa",
        field="#000000",
        ink={
            "plain": "#aaaaaa",
            "dim": "#aaaaaa",
            "strong": "#ffffff",
            "soon": "#ffff55",
            "late": "#ff5555",
            "gap": "#ffffff",
            "mark": "#55ffff",
            "key": "#ffff55",
            "frame": "#ffffff",
        },
        paper={"gap": "#aa0000", "frame": "#0000aa"},
        chosen="#ffffff",
    ),
}
BOLD: Final[frozenset[Tone]] = frozenset({"strong", "late", "gap"})


def textual_theme(theme: ThemeId) -> Theme:
    """Return a theme as Textual's own widgets take it."""
    palette = PALETTES[theme]
    ink = palette.ink
    return Theme(
        name=f"duty-{theme}",
        primary=ink["mark"],
        secondary=ink["key"],
        warning=ink["soon"],
        error=ink["late"],
        success=ink["plain"],
        accent=ink["mark"],
        foreground=ink["plain"],
        background=palette.ground,
        surface=palette.ground,
        panel=palette.field,
        dark=palette.dark,
        variables={
            "input-cursor-background": ink["strong"],
            "input-cursor-foreground": palette.ground,
            "input-selection-background": palette.selected,
        },
    )


def style(palette: Palette, tone: Tone, *, selected: bool = False) -> Style:
    """Return the rich style of a tone, on the ground or on the selected row."""
    own = palette.paper.get(tone)
    ink = palette.chosen if selected and own is None and palette.chosen is not None else palette.ink[tone]
    return Style(color=ink, bgcolor=own or (palette.selected if selected else palette.ground), bold=tone in BOLD)


def _styles(theme: ThemeId) -> dict[tuple[Tone, bool], Style]:
    palette = PALETTES[theme]
    return {(tone, chosen): style(palette, tone, selected=chosen) for tone in palette.ink for chosen in (False, True)}


STYLES: Final[dict[tuple[Tone, bool], Style]] = _styles("night")
"""The styles of the theme that is worn: a process has one screen."""


def wear(theme: ThemeId) -> None:
    """Paint in the colours of a theme from now on."""
    STYLES.update(_styles(theme))
