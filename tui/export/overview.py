"""Overview of several desks as a page: what is counted at each, and the sums of what is known.

The rows stand in the order in which the desks were named, as a prefecture lists its counties. A desk that was not read
has blanks for figures, and a sum says of how many desks it is.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from operator import attrgetter
from typing import Any, Final

import msgspec

from dutyboard.frozen import frozen
from dutyboard.rules.board import CountCode
from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.obligation import Kind, State
from dutyboard.tui.export.page import Page, PageCell, PageColumn, PageTable
from dutyboard.tui.export.summary import COUNTED, PRESSING, DeskSummary
from dutyboard.tui.link.clock import DEFAULT_ZONE
from dutyboard.tui.terminal.masking import revealed
from dutyboard.tui.text import Words
from dutyboard.tui.views.times import clock, day_clock, span

_NOW: Final[tuple[CountCode, ...]] = (
    "late",
    "due_soon",
    "positives",
    "fevers",
    "on_road",
    "referrals",
    "pending_screening",
    "in_quarantine",
    "home",
    "unreported",
)
"""Numbers of the board in the order of the first table."""
ROOMS: Final = ("of", "used", "free")
REPORTS: Final = ("owing", "reported", "zero", "late", "missing")
_AHEAD: Final = timedelta(minutes=1)
"""The lead of another machine's clock that is not worth a word."""
DeskNumber = Callable[[DeskSummary], int | None]
"""A number of a desk; None: it states none."""


@frozen
class OverviewRow:
    """A desk of an overview: as it was `given`, and its summary; without one `code` and `why` say why.

    `name` is what it is called. `folder`: where it can be opened ("": not from here). `since`: the instant from which
    it cannot be read, or of the last that could be. `notes` are faults of a desk that can be read. `same_as` is the
    name of an earlier row about the same desk.
    """

    given: str
    name: str
    folder: str = ""
    summary: DeskSummary | None = None
    code: str = ""
    why: str = ""
    since: datetime | None = None
    notes: tuple[str, ...] = ()
    same_as: str = ""


@frozen
class Overview:
    """The rows of an overview, and the summaries that its sums are made of.

    `counted` are those of desks that were read, each once; where some are real, not those of practice desks. `day` is
    the newest day of theirs: what is told of another day is added to no sum.
    """

    rows: tuple[OverviewRow, ...]
    counted: tuple[DeskSummary, ...]
    day: date | None

    @classmethod
    def of(cls, rows: Sequence[OverviewRow]) -> "Overview":
        """Return the overview of some rows."""
        read = tuple(each.summary for each in rows if each.summary is not None and not each.same_as)
        counted = tuple(each for each in read if not each.practice) or read
        return cls(rows=tuple(rows), counted=counted, day=max((each.day for each in counted), default=None))

    @property
    def desks(self) -> int:
        """The number of desks: one that was named twice is one."""
        return sum(not each.same_as for each in self.rows)

    def of_day(self, number: DeskNumber) -> DeskNumber:
        """Return a number that is one of the day only, as what a report states."""
        return lambda told: number(told) if told.day == self.day else None

    def stated(self, number: DeskNumber) -> list[int]:
        """Return a number of each desk that states it."""
        return [n for each in self.counted if (n := number(each)) is not None]

    def sum(self, number: DeskNumber) -> int | None:
        """Return the sum of a number over the desks that state it; None: none of them does."""
        return sum(stated) if (stated := self.stated(number)) else None


def overview_page(rows: Sequence[OverviewRow], now: datetime, made_by: str, words: Words) -> Page:
    """Return the page of some desks at an instant."""
    own, whole = words.overview, Overview.of(rows)
    made = own.made.format(
        by=made_by,
        at=f"{now:%Y-%m-%d %H:%M}",
        numbers=words.pages.numbers_shown if revealed() else words.pages.numbers_masked,
    )
    return Page(
        title=own.title,
        above=tuple(_above(whole, now, words)),
        tables=(
            _now_table(whole, now, words),
            _post_table(whole, words),
            *(each for each in (_pressing_table(whole, words), _figures_table(whole, words)) if each is not None),
        ),
        below=tuple(_below(whole, words)),
        made=made,
        name=own.title,
        wide=True,
        json=_json(whole, now, made_by),
    )


# ---------------------------------------------------------------- what is said above


def _above(whole: Overview, now: datetime, words: Words) -> Iterable[str]:
    own = words.overview
    yield own.read.format(n=len(whole.counted), m=whole.desks)
    if any(each.practice for each in whole.counted):
        yield own.all_practice
    for row in whole.rows:
        for each in _said_of(row, whole, now, words):
            yield own.about.format(name=row.name, said=each)


def _below(whole: Overview, words: Words) -> Iterable[str]:
    """Yield how many figures no desk states, and how to open each desk that lies on this machine."""
    own = words.overview
    blank = [name for name in _figures(whole) if not whole.stated(_figure(whole, name))]
    if blank:
        yield own.blank.format(n=len(blank), day=whole.day)
    yield from (
        own.open.format(name=each.name, folder=each.folder) for each in whole.rows if each.folder and each.summary
    )


def _said_of(row: OverviewRow, whole: Overview, now: datetime, words: Words) -> Iterable[str]:
    own, summary = words.overview, row.summary
    if summary is None:
        since = own.since.format(at=day_clock(row.since, DEFAULT_ZONE)) if row.since is not None else ""
        yield row.why + since
        return
    if row.same_as:
        yield own.twice.format(name=row.same_as)
        return
    if summary not in whole.counted:
        yield own.practice
    elif summary.day != whole.day:
        yield own.another_day.format(day=summary.day.isoformat())
    if summary.made_at - now > _AHEAD:
        yield own.ahead.format(span=span(words.frame, _minutes(summary.made_at - now)))
    if summary.left_out:
        yield own.left_out.format(n=summary.left_out)
    yield from row.notes


def _age(row: OverviewRow, now: datetime, words: Words) -> str:
    """Return the age of the figures of a row, or that there are none."""
    own = words.overview
    if row.summary is None:
        return own.unread
    minutes = _minutes(now - row.summary.made_at)
    return own.ago.format(span=span(words.frame, minutes)) if minutes > 0 else own.just_now


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


def _sum_name(whole: Overview, words: Words) -> str:
    return words.overview.sum.format(n=len(whole.counted), m=whole.desks)


# ---------------------------------------------------------------- numbers


def _counted(code: str) -> DeskNumber:
    return attrgetter(f"counts.{code}")


def _rooms(key: str) -> DeskNumber:
    return attrgetter(f"rooms.{key}")


def _reports(whole: Overview, key: str) -> DeskNumber:
    return whole.of_day(attrgetter(f"reports.{key}"))


def _owed(state: State, kind: Kind | None = None) -> DeskNumber:
    """Return how many things of a state there are, of one kind or of all."""

    def number(told: DeskSummary) -> int:
        held = told.owed.get(state, {})
        return sum(held.values()) if kind is None else held.get(kind, 0)

    return number


def _figure(whole: Overview, name: str) -> DeskNumber:
    return whole.of_day(lambda told: told.figures.get(name))


def _figures(whole: Overview) -> tuple[str, ...]:
    """Return the names of the figures that the city sheets of the day have."""
    return tuple(dict.fromkeys(name for each in whole.counted if each.day == whole.day for name in each.figures))


# ---------------------------------------------------------------- tables


def _now_table(whole: Overview, now: datetime, words: Words) -> PageTable:
    own, numbers = words.overview, [_counted(code) for code in _NOW]
    columns = [PageColumn("name", own.desk), PageColumn("age", own.age)]
    columns += [PageColumn(code, own.counts[code]) for code in _NOW]
    rows = [(each.name, _age(each, now, words), *_cells(each, numbers)) for each in whole.rows]
    sums = (_sum_name(whole, words), None, *map(whole.sum, numbers))
    return PageTable(tuple(columns), (*rows, sums))


def _cells(row: OverviewRow, numbers: Iterable[Callable[[DeskSummary], PageCell]]) -> tuple[PageCell, ...]:
    """Return cells of a row; blank where the desk was not read, or stands in another row."""
    told = None if row.same_as else row.summary
    return tuple(number(told) if told is not None else None for number in numbers)


def _post_table(whole: Overview, words: Words) -> PageTable:
    """Return the table of the seats, the rooms and the screening reports."""
    own = words.overview
    numbers = [*map(_rooms, ROOMS), *(_reports(whole, key) for key in REPORTS)]
    columns = [
        PageColumn("name", own.desk),
        *(PageColumn(seat, own.seats[seat]) for seat in SEATS),
        *(PageColumn(f"rooms_{key}", own.rooms[key]) for key in ROOMS),
        *(PageColumn(f"reports_{key}", own.reports[key]) for key in REPORTS),
        PageColumn("sent_at", own.total_sent),
    ]
    seats = [partial(_seat, seat=seat, words=words) for seat in SEATS]
    rows = [
        (each.name, *_cells(each, [*seats, *numbers, partial(_sent, whole=whole, words=words)])) for each in whole.rows
    ]
    sums = (_sum_name(whole, words), None, None, *map(whole.sum, numbers), None)
    return PageTable(tuple(columns), (*rows, sums), own.post)


def _seat(told: DeskSummary, seat: Seat, words: Words) -> str | None:
    held = told.seated(seat)
    if held is None:
        return None
    return words.duties.states["gap"] if held.state == "gap" else held.officer


def _sent(told: DeskSummary, whole: Overview, words: Words) -> str | None:
    """Return when the total of the day was sent; None: what the desk tells is of another day."""
    if told.day != whole.day:
        return None
    sent_at = told.reports.sent_at
    return clock(sent_at, DEFAULT_ZONE) if sent_at is not None else words.overview.not_sent


def _pressing_table(whole: Overview, words: Words) -> PageTable | None:
    """Return what is late, due soon and missed by kind, a column a desk; None: nothing is."""
    held = {(state, kind) for each in whole.counted for state in PRESSING for kind in each.owed.get(state, {})}
    own, said = words.overview, words.duties
    rows = [
        (own.owed.format(state=said.states[state], kind=said.kinds[kind]), *_across(whole, _owed(state, kind)))
        for state in PRESSING
        for kind in said.kinds
        if (state, kind) in held
    ]
    return PageTable(_columns(whole, own.thing, words), tuple(rows), own.pressing) if rows else None


def _figures_table(whole: Overview, words: Words) -> PageTable | None:
    """Return the figures of the city sheets, a column a desk. None: no desk states any."""
    own, labels = words.overview, words.reports.figures
    numbers = {name: _figure(whole, name) for name in _figures(whole)}
    rows = [
        (labels.get(name, name), *_across(whole, number), n)
        for name, number in numbers.items()
        if (n := len(whole.stated(number)))
    ]
    columns = (*_columns(whole, own.figure, words), PageColumn("desks", own.stated))
    return PageTable(columns, tuple(rows), own.figures.format(day=whole.day)) if rows else None


def _columns(whole: Overview, first: str, words: Words) -> tuple[PageColumn, ...]:
    """Return the columns of a table that has one for each desk."""
    desks = (PageColumn(each.given, each.name) for each in whole.rows)
    return (PageColumn("name", first), *desks, PageColumn("sum", words.overview.total))


def _across(whole: Overview, number: DeskNumber) -> tuple[PageCell, ...]:
    """Return a number of each desk, and the sum."""
    return (*(cell for each in whole.rows for cell in _cells(each, (number,))), whole.sum(number))


# ---------------------------------------------------------------- JSON


def _json(whole: Overview, now: datetime, made_by: str) -> dict[str, Any]:
    return {
        "kind": "overview",
        "made_at": now.isoformat(timespec="seconds"),
        "made_by": made_by,
        "desks": whole.desks,
        "read": len(whole.counted),
        "day": whole.day.isoformat() if whole.day else None,
        "rows": [_json_row(each, whole, now) for each in whole.rows],
        "totals": _totals(whole),
    }


def _json_row(row: OverviewRow, whole: Overview, now: datetime) -> dict[str, Any]:
    told = row.summary
    return {
        "given": row.given,
        "name": row.name,
        "folder": row.folder or None,
        "read": told is not None,
        "counted": told is not None and not row.same_as and told in whole.counted,
        "same_as": row.same_as or None,
        "code": row.code or None,
        "why": row.why or None,
        "since": row.since.isoformat(timespec="seconds") if row.since else None,
        "age_minutes": _minutes(now - told.made_at) if told is not None else None,
        "notes": list(row.notes),
        "summary": msgspec.to_builtins(told) if told is not None else None,
    }


def _totals(whole: Overview) -> dict[str, Any]:
    """Return the sums, and of how many desks each figure is. None: no desk states it."""
    figures = {name: _figure(whole, name) for name in _figures(whole)}
    return {
        "counts": {code: whole.sum(_counted(code)) for code in COUNTED},
        "rooms": {key: whole.sum(_rooms(key)) for key in ROOMS},
        "owed": {state: whole.sum(_owed(state)) for state in PRESSING},
        "reports": {key: whole.sum(_reports(whole, key)) for key in REPORTS},
        "figures": {name: whole.sum(number) for name, number in figures.items()},
        "figures_stated_by": {name: len(whole.stated(number)) for name, number in figures.items()},
    }
