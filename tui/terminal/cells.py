"""Text measured in terminal cells, never in characters: a Chinese character takes two.

A `Line` is one row of the screen: pieces of text, each with a tone. The theme paints the tone; plain text drops it.
What a terminal would obey is a visible mark in everything that is measured here.
"""

from collections.abc import Iterable
from typing import Literal

from rich.cells import cell_len, chop_cells

from dutyboard.tui.terminal.visible import visible

Tone = Literal["plain", "dim", "strong", "soon", "late", "gap", "mark", "key", "frame"]
Piece = tuple[str, Tone]
Line = tuple[Piece, ...]

CUT = "~"
"""The sign at the end of a cut text. It is ASCII, since an ellipsis is two cells wide on some terminals."""


def width(text: str) -> int:
    """Return the number of cells that a text takes."""
    return cell_len(visible(text))


def clip(text: str, cells: int) -> str:
    """Return the text in at most so many cells. A cut text ends in `CUT`, never in half a character."""
    text = visible(text)
    if cell_len(text) <= cells:
        return text
    if cells <= 0:
        return ""
    room = cells - cell_len(CUT)
    return (chop_cells(text, room)[0] if room > 0 else "") + CUT


def clip_name(name: str, cells: int) -> str:
    """Return a name in at most so many cells. A cut one keeps its last sign, by which two that begin alike differ."""
    name = visible(name)
    if cell_len(name) <= cells:
        return name
    last = name[-1:]
    room = cells - cell_len(CUT) - cell_len(last)
    return (chop_cells(name, room)[0] if room > 1 else "") + CUT + last if room >= 0 else clip(name, cells)


def pad(text: str, cells: int) -> str:
    """Return the text at the left of exactly so many cells, clipped if it is longer."""
    clipped = clip(text, cells)
    return clipped + " " * (cells - cell_len(clipped))


def ruled(text: str, cells: int) -> str:
    """Return the text at the left of exactly so many cells of a rule of `-`."""
    clipped = clip(f"{text} ", cells)
    return clipped + "-" * (cells - cell_len(clipped))


def pad_left(text: str, cells: int) -> str:
    """Return the text at the right of exactly so many cells, clipped if it is longer."""
    clipped = clip(text, cells)
    return " " * (cells - cell_len(clipped)) + clipped


def behind(text: str, cells: int) -> str:
    """Return the text without what stands in its first cells. Of a character that is cut in half a blank is left."""
    text, passed = visible(text), 0
    for at, character in enumerate(text):
        if passed >= cells:
            return " " * (passed - cells) + text[at:]
        passed += cell_len(character)
    return " " * max(passed - cells, 0)


def wrap(text: str, cells: int) -> list[str]:
    """Return the text in rows of at most so many cells, and of no fewer than a Chinese character takes.

    Rows break at the text's own line ends, then at spaces, then anywhere.
    """
    cells = max(cells, 2)
    rows: list[str] = []
    for paragraph in text.splitlines() or [""]:
        row = ""
        for word in _words(visible(paragraph)):
            if cell_len(row) + cell_len(word.rstrip()) <= cells:
                row += word
                continue
            if row:
                rows.append(row.rstrip())
            *full, row = chop_cells(word.lstrip(), cells) or [""]
            rows.extend(full)
        rows.append(row.rstrip())
    return rows


def _words(paragraph: str) -> Iterable[str]:
    """Yield runs of ASCII with the space behind them, and each other character alone, for Chinese breaks anywhere."""
    word = ""
    for character in paragraph:
        if character == " ":
            yield word + " "
            word = ""
        elif character.isascii():
            word += character
        else:
            if word:
                yield word
            word = ""
            yield character
    if word:
        yield word


def line_width(line: Line) -> int:
    """Return the number of cells that a line takes."""
    return sum(width(text) for text, _ in line)


def fit(line: Line, cells: int, fill: Tone = "plain") -> Line:
    """Return the line in exactly so many cells: cut with a mark, or filled with blanks."""
    spans: list[Piece] = []
    left = cells
    for raw, tone in line:
        text = visible(raw)
        taken = cell_len(text)
        if taken > left:
            spans.append((clip(text, left), tone))
            left -= cell_len(spans[-1][0])
            break
        spans.append((text, tone))
        left -= taken
    if left > 0:
        spans.append((" " * left, fill))
    return tuple(span for span in spans if span[0])


def ends(left: Line, right: Line, cells: int) -> Line:
    """Return a row with one line at each end. If both do not fit, the left one is cut."""
    room = max(0, cells - line_width(right))
    return fit((*fit(left, room), *right), cells)


def plain(line: Line) -> str:
    """Return the line as text without tones and without its trailing blanks."""
    return "".join(visible(text) for text, _ in line).rstrip()
