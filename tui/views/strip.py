"""The hours around now as a strip: an 8-cell label and cells of 20 minutes, in ASCII marks.

Box-drawing and bullet glyphs are two cells wide on some officers' terminals, so none is used. Marks: `.` upcoming, `o`
open, `!` late, `X` missed, `v` done, `V` done late, `+` entered late, `-` waived, `|` now. Of two in one cell the
worse is shown.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dutyboard.frozen import frozen
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.obligation import Kind, Obligation, State
from dutyboard.tui.terminal.cells import Line, Tone, clip, pad, width

LABEL_CELLS = 8
CELL = timedelta(minutes=20)
KINDS: frozenset[Kind] = frozenset({"patrol", "temperature", "disinfection", "site_report"})
NOW = "|"
_STEP: Final = timedelta(hours=2)
"""The strip begins at an even hour and moves on by two. Between them only the marks are painted again."""

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
class HoursShown:
    """The stretch of time that a strip shows: so many cells from an instant on."""

    starts: datetime
    cells: int

    @property
    def ends(self) -> datetime:
        """The first instant that is not shown."""
        return self.starts + self.cells * CELL

    def cell_of(self, instant: datetime) -> int:
        """Return the cell of an instant, the first or the last if it is outside."""
        return max(0, min(self.cells - 1, (instant - self.starts) // CELL))

    def holds(self, instant: datetime) -> bool:
        """Return True if an instant is shown."""
        return self.starts <= instant < self.ends

    def days(self, zone: ZoneInfo) -> Iterator[date]:
        """Yield the local days of which some hour is shown."""
        day = self.starts.astimezone(zone).date()
        while bounds(day, zone)[0] < self.ends:
            yield day
            day += timedelta(days=1)


@frozen(kw_only=False)
class Watch:
    """A stretch of a seat to be drawn. `officer` is None for a gap; `ends` is None for one without end.

    `unsigned`: what is told of an officer who sits there by the plan alone, as nobody has signed for the duty.
    """

    officer: str | None
    starts: datetime
    ends: datetime | None
    unsigned: str = ""


def hours_around(now: datetime, first: date, zone: ZoneInfo, cells: int) -> HoursShown:
    """Return the hours that fit into a row of so many cells, a third of them past. None is before the day `first`."""
    room = max(1, cells - LABEL_CELLS)
    past = room * CELL // 3 // _STEP * _STEP
    midnight = bounds(now.astimezone(zone).date(), zone)[0]
    begun = midnight + (now - midnight) // _STEP * _STEP
    return HoursShown(max(bounds(first, zone)[0], begun - past), room)


def hour_marks(shown: HoursShown, zone: ZoneInfo) -> Line:
    """Return every second hour over its cell, and at midnight the day that begins."""
    instants = [shown.starts + n * _STEP for n in range(-(-shown.cells * CELL // _STEP))]
    local = [each.astimezone(zone) for each in instants]
    marks = "".join(f"{f'{each:%m-%d}' if each.hour == 0 else each.hour:<6}" for each in local)
    return ((" " * LABEL_CELLS + marks[: shown.cells], "dim"),)


def site_row(
    label: str, obligations: Iterable[Obligation], coming: Iterable[datetime], now: datetime, shown: HoursShown
) -> Line:
    """Return a row of sites: a mark at the due time of each patrol, round, disinfection and report.

    `coming` are the due times of the days of which the board has no rows yet.
    """
    worst: dict[int, Obligation] = {}
    for owed in obligations:
        if owed.kind in KINDS and shown.holds(owed.due):
            at = shown.cell_of(owed.due)
            if at not in worst or _rank(owed) < _rank(worst[at]):
                worst[at] = owed
    cells: list[tuple[str, Tone]] = [(" ", "plain")] * shown.cells
    cells[shown.cell_of(now)] = (NOW, "mark")
    for due in coming:
        if shown.holds(due):
            cells[shown.cell_of(due)] = MARK["upcoming"]
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
    now: datetime,
    shown: HoursShown,
) -> Line:
    """Return one seat's hours: `===name===` from end to end of each stretch, `<` and `>` at a change.

    A gap is red and shows its length if that is known: the first of `gap_texts` that fits.
    """
    cells: list[tuple[str, Tone]] = [(" ", "plain")] * shown.cells
    for watch in sorted(watches, key=lambda each: each.officer is None):  # a gap of minutes lies over its neighbours
        frm, to = max(watch.starts, shown.starts), min(watch.ends or shown.ends, shown.ends)
        if frm >= to:
            continue
        first, last = shown.cell_of(frm), shown.cell_of(to - timedelta(microseconds=1))
        length = last - first + 1
        tone: Tone = "plain"
        if watch.officer is None:
            texts = gap_texts(watch.ends - watch.starts) if watch.ends is not None else ()
            fitting = (each for each in texts if width(each) <= length)
            text, tone = _centred(next(fitting, ""), length, "!", room=0), "gap"
        else:
            left = "<" if watch.starts > shown.starts and length > 1 else ""
            right = ">" if watch.ends is not None and watch.ends < shown.ends and length > 2 else ""
            room = length - len(left) - len(right)
            text = left + _centred(watch.unsigned or watch.officer, room, "!" if watch.unsigned else "=") + right
            tone = "late" if watch.unsigned else tone
        cells = _overlaid(cells, first, text, tone)
    cells = _now_marked(cells, shown.cell_of(now))
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
