"""Summary that a desk hands to whoever looks at several: counts, and no names but those of the two seats.

It is one JSON object. What is counted comes from the board and from the city sheet, and is not counted here.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

import msgspec

from dutyboard.frozen import frozen
from dutyboard.rules.board import Board, Counts
from dutyboard.rules.duties.post.screening.city import CitySheet
from dutyboard.rules.people.rooms import occupancy
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.codes import Seat
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.obligation import Kind, State
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.tui.export.board import board_head

FORM: Final = 1
"""The form of a summary. One of another form is not read."""
PRESSING: Final[tuple[State, ...]] = ("late", "due_soon", "missed")
"""States whose rows are counted by kind."""

SummedCount = Annotated[int, msgspec.Meta(ge=0, le=100_000_000)]
RowText = Annotated[str, msgspec.Meta(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*\Z")]
"""A text of one row."""
SummaryInstant = Annotated[datetime, msgspec.Meta(tz=True)]


@frozen
class SeatSummary:
    """A seat as the board shows it: held now or next, or a gap without an officer."""

    seat: Seat
    officer: RowText | None
    state: Literal["now", "next", "gap"]


@frozen
class RoomSummary:
    """Rooms of the active sites: all, those that are held, those that are free (below zero: too few)."""

    of: SummedCount
    used: SummedCount
    free: int


@frozen
class ReportSummary:
    """Screening reports of the day: units that owe one, and how they stand. `sent_at` is when the total was sent."""

    owing: SummedCount
    reported: SummedCount
    zero: SummedCount
    late: SummedCount
    missing: SummedCount
    sent_at: SummaryInstant | None


@frozen
class DeskSummary:
    """Counts of one desk at an instant.

    `made_at` is the real instant, `now` that of the desk's clock. `origin` is the same in every copy of the desk.
    `figures` are the sums of the city sheet of `day` (None: no unit states it), `stated_by` says how many units state
    each. `left_out` are people who could not be computed, and are in no count. `practice`: people in it are invented.
    """

    overview: int
    desk: RowText
    place: RowText
    origin: RowText
    practice: bool
    made_at: SummaryInstant
    made_by: RowText
    seq: SummedCount
    head: RowText
    now: SummaryInstant
    day: date
    notice: RowText
    seats: tuple[SeatSummary, ...]
    counts: Counts
    rooms: RoomSummary
    owed: Mapping[State, Mapping[Kind, SummedCount]]
    reports: ReportSummary
    figures: Mapping[RowText, SummedCount | None]
    stated_by: Mapping[RowText, SummedCount]
    left_out: SummedCount

    def seated(self, seat: Seat) -> SeatSummary | None:
        """Return who sits on a seat now; None: nothing was said of it."""
        return next((each for each in self.seats if each.seat == seat and each.state != "next"), None)


class OtherForm(Exception):
    """A summary is of another form than this program reads. `form` is as it says."""

    def __init__(self, form: int) -> None:
        super().__init__(form)
        self.form = form


def summary_json(
    snapshot: Snapshot,
    shown: Board,
    sheet: CitySheet,
    *,
    left_out: int,
    origin: str,
    head: str,
    made_at: datetime,
    made_by: str,
) -> dict[str, Any]:
    """Return the summary of a desk as JSON types, of its board and of the city sheet of that day."""
    desk, above, rooms = desk_of(snapshot), board_head(shown), occupancy(snapshot)
    daily = snapshot.daily_at(midnight(sheet.day, snapshot.zone))
    total = snapshot.last_reports.get(("screening", POST, sheet.day))
    states = Counter((each.state, each.kind) for each in shown.obligations)
    names = dict.fromkeys((*daily.screening_report.figures, *sheet.sums))
    sent_at = total.sent_at.astimezone(snapshot.zone).isoformat(timespec="seconds") if total is not None else None
    return {
        "overview": FORM,
        "desk": desk.desk,
        "place": "".join(daily.screening.home[-1:]),
        "origin": origin,
        "practice": desk.sample or desk.practice_starts is not None,
        "made_at": made_at.isoformat(timespec="seconds"),
        "made_by": made_by,
        "seq": snapshot.seq,
        "head": head,
        **{key: above[key] for key in ("now", "day", "notice", "seats", "counts")},
        "rooms": {"of": rooms.rooms, "used": rooms.held, "free": rooms.free},
        "owed": {state: {kind: n for (held, kind), n in states.items() if held == state} for state in PRESSING},
        "reports": {
            "owing": sheet.owing,
            "reported": sheet.reported,
            "zero": sheet.zero,
            "late": sheet.late,
            "missing": len(sheet.missing),
            "sent_at": sent_at,
        },
        "figures": {name: sheet.sums.get(name) for name in names},
        "stated_by": dict(sheet.stated),
        "left_out": left_out,
    }


def read_summary(told: Any) -> DeskSummary:
    """Return the summary that JSON types tell. Raises OtherForm, and ValueError for what is none."""
    form = told.get("overview") if isinstance(told, dict) else None
    if type(form) is not int:
        raise ValueError("overview")
    if form != FORM:
        raise OtherForm(form)
    try:
        read = msgspec.convert(told, DeskSummary, strict=True)
    except msgspec.ValidationError as error:
        raise ValueError("overview") from error
    if any(type(n) is not int or n < 0 for n in _numbers(read.counts)):
        raise ValueError("counts")
    return read


def _numbers(counts: Counts) -> list[int]:
    return [getattr(counts, name) for name in COUNTED]


COUNTED: Final = tuple(Counts.__annotations__)
"""The names of the numbers of a board."""
