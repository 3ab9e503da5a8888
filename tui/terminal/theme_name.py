"""Names of the themes. Whoever only names one need not load what paints it."""

from typing import Literal, get_args

ThemeId = Literal["night", "light", "contrast", "ansi"]


def theme_named(name: str | None) -> ThemeId:
    """Return the theme of a name; the night for a name that is none."""
    themes: tuple[ThemeId, ...] = get_args(ThemeId)
    return next((theme for theme in themes if theme == name), "night")
