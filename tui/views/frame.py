"""The two lines at the top: the desk, the time, the seats, and the counts that matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol
from zoneinfo import ZoneInfo

from dutyboard.frozen import frozen
from dutyboard.tui.terminal.cells import CUT, Line, Piece, Tone, clip, ends, line_width, pad, width
from dutyboard.tui.text import Words
from dutyboard.tui.views.times import clock, near, span

if TYPE_CHECKING:
    from dutyboard.rules.board import CountCode
    from dutyboard.rules.duties.post.seats import Sitting
    from dutyboard.rules.duties.post.settings import StandingSetting
    from dutyboard.rules.records.codes import Seat
    from dutyboard.rules.records.model import DeskSettings
    from dutyboard.rules.records.snapshot import Snapshot

_BLANKS = 3
"""Cells between title, day, state and officer."""


class Counted(Protocol):
    """The board's counts, as whole numbers."""

    @property
    def late(self) -> int: ...
    @property
    def due_soon(self) -> int: ...
    @property
    def pending_screening(self) -> int: ...
    @property
    def in_quarantine(self) -> int: ...
    @property
    def rooms(self) -> int: ...
    @property
    def home(self) -> int: ...
    @property
    def unreported(self) -> int: ...
    @property
    def referrals(self) -> int: ...
    @property
    def on_road(self) -> int: ...
    @property
    def positives(self) -> int: ...
    @property
    def fevers(self) -> int: ...
    @property
    def shelved(self) -> int: ...


def seat_name(words: Words, seat: Seat) -> str:
    """Return 带班 or 坐班."""
    return words.frame.seat_leader if seat == "leader" else words.frame.seat_officer


def frame_line(
    desk: DeskSettings | None,
    emergency: StandingSetting,
    now: datetime,
    me: str,
    sitting: Sitting | None,
    words: Words,
    cells: int,
    stopped_at: datetime | None = None,
) -> Line:
    """Return the line with the desk's name, the day and the time, the state, and the officer `me`.

    The state is the emergency, or 演练 on a practice desk. Since when and by whom is told where there is room for it.
    `me` is empty if nobody is signed on. `sitting` is the seat that `me` holds now, or None. `stopped_at`: the picture
    is old, and of that instant; the words behind the desk's name give way to that.
    """
    frame = words.frame
    name = desk.desk if desk else ""
    practice = desk is not None and desk.practice_starts is not None
    today = f"{now:%m-%d} {frame.weekdays[now.weekday()]} {now:%H:%M}"
    if not me:
        who = frame.not_signed_on
    elif sitting is not None and sitting.ends is not None:
        who = frame.on_duty_until.format(name=me, seat=seat_name(words, sitting.seat), until=f"{sitting.ends:%H:%M}")
    else:
        who = frame.off_duty.format(name=me)
    right: Line = ((who, "frame"),)
    title = (name if stopped_at else f"{name} {frame.board_name}").strip()
    old = stopped_text(stopped_at, now, words)
    told = (frame.practice,) if practice else _states(emergency, now, words)
    room = cells - width(title) - width(today) - width(old) - line_width(right) - _BLANKS
    state = next((each for each in told if width(each) <= room), told[-1])
    middle: Line = ((f" {today} ", "frame"), (state, "soon" if practice else "frame"), (" ", "frame"), (old, "late"))
    title = clip(title, max(0, cells - line_width(middle) - line_width(right)))
    line = ((title, "frame"), *middle)
    return (*line, (" " * max(0, cells - line_width(line) - line_width(right)), "frame"), *right)


def stopped_text(stopped_at: datetime | None, now: datetime, words: Words) -> str:
    """Return of when an old picture is, with its day where that is not today; "" for the newest picture."""
    if stopped_at is None:
        return ""
    at = stopped_at.astimezone(now.tzinfo)
    return words.frame.stopped.format(at=f"{at:%H:%M}" if at.date() == now.date() else f"{at:%m-%d %H:%M}")


def page_heading(title: str, stopped_at: datetime | None, now: datetime, words: Words, cells: int) -> Line:
    """Return the first line of a page to read: its title, and the instant of an old picture."""
    old = stopped_text(stopped_at, now, words)
    if not old:
        return ((f" {title}", "frame"),)
    return ((pad(clip(f" {title}", cells - width(old)), cells - width(old)), "frame"), (old, "late"))


def _states(emergency: StandingSetting, now: datetime, words: Words) -> tuple[str, ...]:
    """Return the state of emergency or the normal one, the longest text first. Nobody set it: as the notice has it."""
    frame = words.frame
    state = frame.emergency if emergency.value == "on" else frame.normal
    if emergency.change is None:
        return (state,)
    since = emergency.since.astimezone(now.tzinfo)
    on_day, at = f"{since:%m-%d}", f"{since:%m-%d %H:%M}"
    return (
        f"{frame.state_since.format(state=state, since=at)} {emergency.by}",
        frame.state_since.format(state=state, since=at),
        frame.state_since.format(state=state, since=on_day),
        state,
    )


def seats_line(
    seats: Sequence[Sitting], now: datetime, zone: ZoneInfo, words: Words, cells: int, unsigned: str = ""
) -> Line:
    """Return the leader on duty with the end of the shift, and the next one. A gap is red.

    Where `cells` do not hold it, the next one goes first and then the end: the strip shows both. `unsigned` says
    that the duty officer of the rota has not signed for the duty.
    """
    whole = _seats(seats, now, zone, words, unsigned)
    alone = tuple(piece for piece in whole if piece[1] != "plain")
    name = next((s.officer for s in seats if s.seat == "leader" and s.state == "now"), None)
    gaps = tuple(piece for piece in whole if piece[1] == "gap")
    short: Line = ((f"{words.frame.seat_leader} {name}", "strong"), *gaps) if name else alone
    lines = [_apart(pieces) for pieces in (whole, alone, short)]
    return next((line for line in lines if line_width(line) <= cells), lines[-1])


def _apart(pieces: Line) -> Line:
    """Return the pieces with a blank between each two."""
    return tuple(each for piece in pieces for each in ((" ", "plain"), piece))[1:]


def _seats(seats: Sequence[Sitting], now: datetime, zone: ZoneInfo, words: Words, unsigned: str) -> Line:
    frame = words.frame
    leading = [s for s in seats if s.seat == "leader"]
    spans: list[Piece] = []
    for sitting in leading:
        if sitting.state == "gap":
            spans.append((frame.seat_gap.format(seat=frame.seat_leader), "gap"))
        elif sitting.state == "now" and sitting.ends is not None:
            until = near(sitting.ends, now, zone) if sitting.ends.date() == now.date() else clock(sitting.ends, zone)
            spans.append((frame.seat_line.format(seat=frame.seat_leader, name=sitting.officer, until=until), "strong"))
        elif sitting.state == "next":
            spans.append((frame.seat_next.format(name=sitting.officer), "plain"))
    spans += [(frame.seat_gap.format(seat=frame.seat_officer), "gap")] if _officer_gap(seats, now) else []
    spans += [(unsigned, "gap")] if unsigned else []
    return tuple(spans)


def _officer_gap(seats: Sequence[Sitting], now: datetime) -> bool:
    return any(s.seat == "officer" and s.state == "gap" and s.starts <= now for s in seats)


def own_text(snapshot: Snapshot, words: Words) -> str:
    """Return the town or site to which the picture is limited; "" for the whole desk."""
    if snapshot.own is None:
        return ""
    units = [unit.name for each in snapshot.own if (unit := snapshot.units.get(each.number)) and each.kind == "unit"]
    sites = [site.label for each in snapshot.own if (site := snapshot.sites.get(each.number)) and each.kind == "site"]
    named = words.marks.comma.join((*units, *sites))
    return words.frame.own.format(name=named) if named else words.frame.own_nobody


@frozen(kw_only=False)
class CountSaid:
    """A count in words. Of two that do not fit the one of the lower `weight` is left out; `_WRONG` never is."""

    code: CountCode
    text: str
    tone: Tone
    weight: int
    number: int = 0


_WRONG: Final = 9


def counts_said(counts: Counted, words: Words, own: str) -> list[CountSaid]:
    """Return the counts in their order. Only a count of something wrong has a colour.

    `own`: the text of what they are limited to. Rooms are the county's, and stand beside the county's count alone.
    """
    frame = words.frame
    rooms = (frame.in_quarantine_own if own else frame.in_quarantine).format(n=counts.in_quarantine, rooms=counts.rooms)
    wrong = [
        _count("positives", counts.positives, frame.positives, "late", _WRONG),
        _count("fevers", counts.fevers, frame.fevers, "late", _WRONG),
        _count("referrals", counts.referrals, frame.referrals, "soon", 7),
        _count("on_road", counts.on_road, frame.on_road, "soon", 6),
        _count("shelved", counts.shelved, frame.shelved, "soon", _WRONG),
    ]
    return [
        *(each for each in wrong if each.number),
        _count("late", counts.late, frame.late, "late", _WRONG),
        _count("due_soon", counts.due_soon, frame.due_soon, "soon", 4),
        _count("pending_screening", counts.pending_screening, frame.pending, "strong", 5),
        CountSaid("in_quarantine", rooms, "plain", 3, counts.in_quarantine),
        CountSaid("home", frame.home.format(n=counts.home), "plain", 2, counts.home),
        _count("unreported", counts.unreported, frame.unreported, "late", _WRONG),
    ]


def _count(code: CountCode, number: int, text: str, tone: Tone, weight: int) -> CountSaid:
    """Return a count in words; a zero is dim and gives way before all others."""
    return CountSaid(code, text.format(n=number), tone if number else "dim", weight if number else 1, number)


def second_line(
    seats: Sequence[Sitting],
    counts: Counted,
    now: datetime,
    zone: ZoneInfo,
    words: Words,
    cells: int,
    own: str = "",
    unsigned: str = "",
) -> Line:
    """Return seats on the left and counts on the right.

    On a narrow screen the seats keep the leader's name. After that counts give way: zeros from the right, then those
    of the least weight, then the text `own`. `CUT` at the end tells that a count was left out that is not zero.
    """
    shown, hidden = counts_said(counts, words, own), False
    while True:
        right = _counted(shown, own, hidden)
        seated = seats_line(seats, now, zone, words, cells - line_width(right) - 1, unsigned)
        least = min(reversed(shown), key=lambda each: each.weight, default=None)
        over = line_width(seated) + line_width(right) + 1 - cells
        if over <= 0 or least is None or least.weight == _WRONG:
            return ends(seated, _counted(shown, clip(own, width(own) - max(0, over)), hidden), cells)
        shown.remove(least)
        hidden = hidden or least.number > 0


def count_name(code: CountCode, words: Words) -> str:
    """Return what a number of the status line counts, without the number."""
    return words.frame.count_names[code]


def _counted(shown: Sequence[CountSaid], own: str, hidden: bool) -> Line:
    """Return the counts in a line, behind what they are limited to."""
    pieces: list[Piece] = [(own, "soon")] if own else []
    pieces += [(each.text, each.tone) for each in shown]
    return (("|", "dim"), *_apart(tuple(pieces)), *(((CUT, "dim"),) if hidden else ()))


def gap_texts(words: Words, minutes: int) -> tuple[str, str]:
    """Return two texts for the length of a gap, the longer one first: `缺岗2时0分`, `120分`."""
    frame = words.frame
    return frame.seat_gap_minutes.format(span=span(frame, minutes)), frame.minutes.format(m=minutes)
