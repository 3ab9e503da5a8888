"""The cells that the terminal shows, so that a change of the screen sends only those that differ.

Textual 8.2.8 sends rows from their left edge, and every row when a widget comes or goes.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

SURE: Final = re.compile(
    r"[\x20-\x7e\u3000-\u3029\u3030-\u303e\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]*"
)
"""Signs that take as many cells on every terminal as they take here."""
NEAR: Final = 4
"""Cells that are sent again rather than passed over: a move takes as many bytes."""
RESET: Final = "\x1b[0m"


class Pen(NamedTuple):
    """The codes with which a cell is drawn."""

    attributes: str
    ink: str
    ground: str


ShownCell = tuple[str, Pen, bool]
"""A sign, its pen, and True in the second half of a wide one. Both halves bear the sign: they differ together."""
_NO_PEN: Final = Pen("", "", "")


class ScreenCopy:
    """The cells that the terminal shows. A cell is None where nobody can be sure what stands there."""

    def __init__(self) -> None:
        self._rows: list[list[ShownCell | None]] = []

    def forget(self) -> None:
        """Forget what the terminal shows: the next update of the whole screen sends every cell."""
        self._rows = []

    def changes(self, update: CompositorUpdate, console: Console) -> str:
        """Return the codes that make the terminal show an update, and keep its cells."""
        rows = self._rows
        self._rows = []  # should anything here raise, every cell is sent again
        colors = COLOR_SYSTEMS[console.color_system or "truecolor"]
        sent = _Sent()
        shape = (len(rows), len(rows[0]) if rows else 0)
        if isinstance(update, LayoutUpdate) and not update.region.offset:
            if shape != (update.region.height, update.region.width):
                rows = [[None] * update.region.width for _ in update.strips]
            for y, line in enumerate(update.strips):
                x = 0
                for strip in line:
                    _put(rows[y], x, y, strip, colors, console, sent)
                    x += strip.cell_length
        elif isinstance(update, ChopsUpdate) and shape == (len(update.chops), update.chop_ends[0][-1]):
            for y in dict.fromkeys(y for y, _, _ in update.spans):
                for x, piece in update.chops[y].items():
                    if piece is not None:
                        _put(rows[y], x, y, piece, colors, console, sent)
        else:
            return update.render_segments(console)
        self._rows = rows
        return sent.text()


class CellUpdate(CompositorUpdate):
    """An update of the screen that sends the cells that differ from what the terminal shows."""

    def __init__(self, update: CompositorUpdate, shown: ScreenCopy) -> None:
        self._update = update
        self._shown = shown

    def render_segments(self, console: Console) -> str:
        """Return the codes that are sent."""
        return self._shown.changes(self._update, console)


class _Sent:
    """The codes that are sent, with the pen and the cell at which they leave the terminal."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._pen = _NO_PEN
        self._at = (-1, -1)

    def put(self, x: int, y: int, cells: Iterable[ShownCell]) -> None:
        """Draw cells of a row from a place on."""
        self._move(x, y)
        for sign, pen, second in cells:
            if pen is not self._pen and pen != self._pen:
                self._pieces.append(_change(self._pen, pen))
                self._pen = pen
            if not second:
                self._pieces.append(sign)
            x += 1
        self._at = (x, y)

    def whole(self, x: int, y: int, strip: Strip, console: Console) -> None:
        """Draw a piece of a row as Textual does, up to its end."""
        self._lift()
        self._move(x, y)
        self._pieces.append(strip.render(console))
        self._at = (-1, -1)

    def text(self) -> str:
        """Return all of it. The terminal is left without a pen."""
        self._lift()
        return "".join(self._pieces)

    def _move(self, x: int, y: int) -> None:
        at, row = self._at
        if row != y:
            self._pieces.append(f"\x1b[{y + 1};{x + 1}H")
        elif x > at:
            self._pieces.append(f"\x1b[{x - at if x > at + 1 else ''}C")

    def _lift(self) -> None:
        if self._pen != _NO_PEN:
            self._pieces.append(RESET)
            self._pen = _NO_PEN


def _put(
    row: list[ShownCell | None], x: int, y: int, strip: Strip, colors: ColorSystem, console: Console, sent: _Sent
) -> None:
    """Send the cells of a piece of a row that differ from the row, and keep them in it."""
    cells = _cells(strip, colors)
    until = x + strip.cell_length
    if cells is None:
        sent.whole(x, y, strip, console)
        row[x:until] = [None] * strip.cell_length
        return
    if row[x:until] == cells:
        return
    for first, last in _runs(row[x:until], cells):
        sent.put(x + first, y, cells[first:last])
    row[x:until] = cells


def _cells(strip: Strip, colors: ColorSystem) -> list[ShownCell] | None:
    """Return the cells of a piece of a row; None if a terminal may show one of its signs wider."""
    cells: list[ShownCell] = []
    for text, style, _ in strip:
        if not SURE.fullmatch(text):
            return None
        pen = _pen(style, colors) if style is not None else _NO_PEN
        if text.isascii():
            cells += [(sign, pen, False) for sign in text]
            continue
        for sign in text:
            cells.append((sign, pen, False))
            if cell_len(sign) == 2:
                cells.append((sign, pen, True))
    return cells if len(cells) == strip.cell_length else None


def _runs(old: list[ShownCell | None], new: list[ShownCell]) -> Iterator[tuple[int, int]]:
    """Return the runs of cells that differ. Runs with few cells between them are one."""
    first = last = -1
    for at, (was, now) in enumerate(zip(old, new, strict=True)):
        if was == now:
            continue
        if first >= 0 and at - last > NEAR:
            yield first, last
            first = -1
        if first < 0:
            first = at
        last = at + 1
    if first >= 0:
        yield first, last


@lru_cache(maxsize=256)
def _pen(style: Style, colors: ColorSystem) -> Pen:
    """Return the codes of a style."""
    ink = ";".join(style.color.downgrade(colors).get_ansi_codes()) if style.color else ""
    ground = ";".join(style.bgcolor.downgrade(colors).get_ansi_codes(foreground=False)) if style.bgcolor else ""
    return Pen(Strip.render_ansi(style.without_color, colors), ink, ground)


def _change(pen: Pen, into: Pen) -> str:
    """Return the shortest code that takes one pen for another."""
    colours = [new for old, new in ((pen.ink, into.ink), (pen.ground, into.ground)) if new != old]
    if pen.attributes != into.attributes or "" in colours:
        parts = ["0" if pen != _NO_PEN else "", *into]
        return f"\x1b[{';'.join(part for part in parts if part)}m"
    return f"\x1b[{';'.join(colours)}m"
