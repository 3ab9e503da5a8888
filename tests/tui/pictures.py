"""The pictures of docs/pictures: screens of the sample desk as the program paints them.

`python -m tests.tui.pictures` writes them. CI fails where the words of a picture are not those of its screen.
"""

import asyncio
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from textual.pilot import Pilot

from dutyboard.tui.app import DutyApp
from tests.tui.monkey import NOW, sample
from tests.tui.night import FakeGateway
from tests.tui.screen_text import app_of, text, until, until_open, until_shown

FOLDER: Final = Path(__file__).parents[2] / "docs" / "pictures"
SMALL, LARGE = (80, 24), (120, 40)
GROUND, INK = "#101418", "#c9ced4"
"""Colours of what the program leaves to the terminal."""
CELL, ROW, SIZE = 10, 23, 19
"""Width and height of a cell, and the size of the letters; a wide character takes two cells."""
FONTS: Final = "Sarasa Mono SC, Noto Sans Mono CJK SC, WenQuanYi Zen Hei Mono, monospace"


class Picture(NamedTuple):
    """One picture: its file, the size in cells, the keys from the board, and words that it must show."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...]
    shows: str


PICTURES: Final = (
    Picture("board", SMALL, (), "现在要做的事"),
    Picture("board-wide", LARGE, ("down", "down"), "现在要做的事"),
    Picture("site-desk", SMALL, ("f3", "r"), "房间"),
    Picture("screening", SMALL, ("f4",), "先问"),
    Picture("people", LARGE, ("f5", "space", "down", "space"), "已标"),
    Picture("person", SMALL, ("f5", "down", "enter"), "日程"),
    Picture(
        "arrival",
        SMALL,
        ("plus", *"邓小北", *["enter"] * 3, *"荔湾区白鹤洞街", "enter", *"0606", "enter", *"t1430", "enter", "1", "1"),
        "三（五）",
    ),
    Picture("handover", LARGE, ("f8", "enter"), "交接"),
)


async def drawn(picture: Picture) -> str:
    """Return the SVG text of a picture, painted from the desk of the sample at `NOW`."""
    app = app_of(FakeGateway(list(sample()), NOW))
    async with app.run_test(size=picture.size) as pilot:
        await until_open(pilot)
        await _standing(pilot)
        for key in picture.keys:
            await pilot.press(key)
            await _standing(pilot)
        await until_shown(pilot, picture.shows)
        await _standing(pilot)
        return _svg(app)


async def _standing(pilot: Pilot[None]) -> None:
    """Wait until nothing is painted any more."""
    before = ""
    quiet = 0

    def stands() -> bool:
        nonlocal before, quiet
        now = text(pilot.app)  # type: ignore[arg-type]
        quiet, before = (quiet + 1 if now == before else 0), now
        return quiet > 20

    await until(pilot, stands, "a screen that stands")


def _svg(app: DutyApp) -> str:
    """Return what stands on the screen, each run of one colour and one width a text of its own.

    The terminal gives a wide character two cells whatever the font says; so does each run, by its length.
    """
    width, height = app.size.width * CELL, app.size.height * ROW
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="{FONTS}"'
    rows = [f'{head} font-size="{SIZE}">', f'<rect width="{width}" height="{height}" fill="{GROUND}"/>']
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            style, cells = segment.style or Style(), cell_len(segment.text)
            if style.bgcolor is not None and _colour(style.bgcolor, GROUND) != GROUND:
                rows.append(
                    f'<rect x="{x * CELL}" y="{y * ROW}" width="{cells * CELL}" height="{ROW}" '
                    f'fill="{_colour(style.bgcolor, GROUND)}"/>'
                )
            look = f' fill="{_colour(style.color, INK)}"' + (' font-weight="bold"' if style.bold else "")
            for wide, signs in groupby(segment.text, lambda sign: cell_len(sign)):
                run = "".join(signs)
                if run.strip():
                    rows.append(
                        f'<text xml:space="preserve" x="{x * CELL}" y="{y * ROW + SIZE - 2}" '
                        f'textLength="{cell_len(run) * CELL}"{look}>{escape(run)}</text>'
                    )
                x += wide * len(run)
    return "\n".join([*rows, "</svg>", ""])


def _colour(colour: Color | None, default: str) -> str:
    return default if colour is None or colour.is_default else colour.get_truecolor().hex


def main() -> None:
    """Write all pictures."""
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        (FOLDER / f"{picture.name}.svg").write_text(asyncio.run(drawn(picture)), encoding="utf-8")


if __name__ == "__main__":
    main()
