"""The 24 hours as a strip: an 8-cell label and 72 cells of 20 minutes, in ASCII marks.

Box-drawing and bullet glyphs are two cells wide on some officers' terminals, so none is used. Marks: `.` upcoming, `o`
open, `!` late, `X` missed, `v` done, `V` done late, `+` entered late, `-` waived, `|` now. Of two in one cell the
worse is shown.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dutyboard.frozen import frozen
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.obligation import Kind, Obligation, State
from dutyboard.tui.terminal.cells import Line, Tone, clip, pad, width

LABEL_CELLS = 8
CELLS = 72
CELL = timedelta(minutes=20)
KINDS: frozenset[Kind] = frozenset({"patrol", "temperature", "disinfection", "site_report"})
NOW = "|"

MARK: dict[State, tuple[str, Tone]] = {
    "missed": ("X", "late"),
    "late": ("!", "late"),
    "gap": ("!", "late"),
    "due_soon": ("o", "soon"),
    "open": ("o", "strong"),
    "upcoming": (".", "plain"),
    "done_late": ("V", "plain"),
    "done": ("v", "dim"),
    "waived": ("-", "dim"),
}
ENTERED_LATE: tuple[str, Tone] = ("+", "plain")
"""The mark of what was done in its window and written down after that."""
_WORSE: tuple[State, ...] = ("missed", "late", "gap", "due_soon", "open", "done_late", "upcoming", "done", "waived")


@frozen(kw_only=False)
class Watch:
    """A stretch of a seat to be drawn. `officer` is None for a gap; `ends` is None for one without end."""

    officer: str | None
    starts: datetime
    ends: datetime | None


def cell_of(instant: datetime, starts: datetime) -> int:
    """Return the cell of an instant in the day that starts at `starts`; 24:00 belongs to the last cell."""
    return max(0, min(CELLS - 1, (instant - starts) // CELL))


def hours() -> Line:
    """Return every second hour of the day, over its cell."""
    return ((" " * LABEL_CELLS + "".join(f"{hour:<6}" for hour in range(0, 24, 2)), "dim"),)


def site_row(label: str, obligations: Iterable[Obligation], day: date, now: datetime, zone: ZoneInfo) -> Line:
    """Return one site's day: a mark at the due time of each patrol, round, disinfection and report."""
    starts, ends = bounds(day, zone)
    worst: dict[int, Obligation] = {}
    for owed in obligations:
        if owed.kind in KINDS and starts <= owed.due <= ends:
            at = cell_of(owed.due, starts)
            if at not in worst or _rank(owed) < _rank(worst[at]):
                worst[at] = owed
    cells: list[tuple[str, Tone]] = [(" ", "plain")] * CELLS
    if starts <= now < ends:
        cells[cell_of(now, starts)] = (NOW, "mark")
    for at, owed in worst.items():
        cells[at] = ENTERED_LATE if owed.entered_late else MARK[owed.state]
    return _joined([(pad(label, LABEL_CELLS), "plain"), *cells])


def _rank(owed: Obligation) -> tuple[int, bool]:
    """Return the place of an obligation in a cell that several share: the worst comes first."""
    return _WORSE.index(owed.state), not owed.entered_late


def seat_row(
    label: str,
    watches: Sequence[Watch],
    gap_texts: Callable[[timedelta], Sequence[str]],
    day: date,
    now: datetime,
    zone: ZoneInfo,
) -> Line:
    """Return one seat's day: `===name===` from end to end of each stretch, `<` and `>` at a change.

    A gap is red and shows its length: the first of `gap_texts` that fits.
    """
    starts, ends = bounds(day, zone)
    cells: list[tuple[str, Tone]] = [(" ", "plain")] * CELLS
    for watch in sorted(watches, key=lambda each: each.officer is None):  # a gap of minutes lies over its neighbours
        frm, to = max(watch.starts, starts), min(watch.ends or ends, ends)
        if frm >= to:
            continue
        first, last = cell_of(frm, starts), cell_of(to - timedelta(microseconds=1), starts)
        length = last - first + 1
        tone: Tone = "plain"
        if watch.officer is None:
            fitting = (each for each in gap_texts(to - frm) if width(each) <= length)
            text, tone = _centred(next(fitting, ""), length, "!", room=0), "gap"
        else:
            left = "<" if watch.starts > starts and length > 1 else ""
            right = ">" if watch.ends is not None and watch.ends < ends and length > 2 else ""
            text = left + _centred(watch.officer, length - len(left) - len(right), "=") + right
        cells = _overlaid(cells, first, text, tone)
    if starts <= now < ends:
        cells = _now_marked(cells, cell_of(now, starts))
    return _joined([(pad(label, LABEL_CELLS), "plain"), *cells])


def _centred(text: str, cells: int, fill: str, room: int = 2) -> str:
    if cells < width(text) + room:
        text = clip(text, cells) if cells >= 5 else ""
    left = (cells - width(text)) // 2
    return fill * left + text + fill * (cells - width(text) - left)


def _overlaid(cells: list[tuple[str, Tone]], first: int, text: str, tone: Tone) -> list[tuple[str, Tone]]:
    """Return the cells with a text laid over them. The second half of a wide character is an empty cell."""
    laid = list(cells)
    at, behind = first, first + width(text)
    if laid[first][0] == "" and first > 0:  # half a character is left on either side
        laid[first - 1] = (" ", laid[first - 1][1])
    if behind < len(laid) and laid[behind][0] == "":
        laid[behind] = (" ", laid[behind][1])
    for character in text:
        laid[at] = (character, tone)
        for half in range(at + 1, at + width(character)):
            laid[half] = ("", tone)
        at += width(character)
    return laid


def _now_marked(cells: list[tuple[str, Tone]], at: int) -> list[tuple[str, Tone]]:
    """Return the cells with the present marked, unless a name or a gap stands there."""
    text, tone = cells[at]
    if text in ("=", " ", "<", ">") and tone != "gap":
        cells = [*cells[:at], (NOW, "mark"), *cells[at + 1 :]]
    return cells


def _joined(cells: Iterable[tuple[str, Tone]]) -> Line:
    """Return the cells as spans; neighbours of one tone are joined."""
    spans: list[tuple[str, Tone]] = []
    for text, tone in cells:
        if spans and spans[-1][1] == tone:
            spans[-1] = (spans[-1][0] + text, tone)
        elif text:
            spans.append((text, tone))
    return tuple(spans)
