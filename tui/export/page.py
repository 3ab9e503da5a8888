"""A page of paper as data: title, lines, tables, sign lines. Every writer takes it: text, workbook, PDF, the screen."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from typing import Any, Literal

from dutyboard.frozen import frozen
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.tui.link.care import JournalProof
from dutyboard.tui.terminal.masking import revealed
from dutyboard.tui.text import Words
from dutyboard.tui.text.pages.frame import PageKind as PageKind
from dutyboard.tui.views.journal.head import head_text

PageCell = str | int | float | None
"""A text, a figure, or None where nothing was stated: blank on paper, null in JSON."""


@frozen(kw_only=False)
class PageColumn:
    """A column: its key in JSON, its heading, and the heading above it and its neighbours of one group."""

    key: str
    head: str
    group: str = ""


@frozen(kw_only=False)
class PageTable:
    """A table of a page. `heading` is the line above it where a page has several."""

    columns: tuple[PageColumn, ...]
    rows: tuple[tuple[PageCell, ...], ...]
    heading: str = ""

    @property
    def grouped(self) -> bool:
        """True if a heading stands above several columns."""
        return any(each.group for each in self.columns)


@frozen(kw_only=False)
class PageSeries:
    """One line of a chart: its key in JSON, its name, its value of each day. None: that is not told."""

    key: str
    name: str
    values: tuple[int | float | None, ...]


@frozen
class PageChart:
    """A chart of a page: its series over the same days, in one unit. `from_zero`: its axis begins at zero.

    `unknown` says what a gap in it means, `same` what a sign means where two values stand in one place. The first table
    of the page has a row for each of the days, and in it a column for each series, by its key.
    """

    key: str
    heading: str
    unit: str
    days: tuple[date, ...]
    series: tuple[PageSeries, ...]
    unknown: str
    same: str
    from_zero: bool = True

    @property
    def title(self) -> str:
        """Return its heading and its unit, as they stand above it."""
        return f"{self.heading} ({self.unit})"


@frozen
class Page:
    """A page as it is printed. `json` is the same for programs. `charts` stand above its tables.

    `below` are the sign lines, `made` the line that says by whom, when and from which line it was made. `name` is the
    tab of its sheet in a workbook, `more` are further sheets of it. A `wide` page lies across.
    """

    title: str
    above: tuple[str, ...] = ()
    charts: tuple[PageChart, ...] = ()
    tables: tuple[PageTable, ...] = ()
    below: tuple[str, ...] = ()
    made: str = ""
    name: str = ""
    wide: bool = False
    more: tuple["Page", ...] = ()
    json: Mapping[str, Any] = field(default_factory=dict)


@frozen(kw_only=False)
class Maker:
    """Maker of a page, by login, and the journal's head at that moment.

    `prove` checks the journal and finds the lines of entries by their numbers (None: there is none to be checked).
    `asks`: he may see what is to be asked about.
    """

    by: str
    head: str
    prove: Callable[[Collection[int]], JournalProof | None] | None = None
    asks: bool = False


@frozen
class PageAsked:
    """A page that somebody asks for. `subject` is whom it is about, None the whole desk.

    `said_days`: he named the days. Else they are today, or as many back as the kind tells.
    """

    kind: PageKind
    subject: Subject | None = None
    first: date
    last: date
    said_days: bool = False


class NoPage(Exception):
    """There is nothing to print. `why` is a sentence for the officer."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NoWriter(Exception):
    """A page cannot be written in the format that was asked for: this machine lacks `what`.

    `package` is the one that is lacking, as it is installed.
    """

    def __init__(self, what: Literal["package", "font"], package: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.package = package

    def said_in(self, words: Words) -> str:
        """Return what is lacking and the remedy in one line."""
        said = words.papers
        return said.absent.format(package=self.package) if self.what == "package" else said.no_font


def head_json(asked: PageAsked, scope: str, snapshot: Snapshot, now: datetime, maker: Maker) -> dict[str, Any]:
    """Return the keys that begin a page as JSON. `scope` names whom it is about."""
    return {
        "kind": asked.kind,
        "scope": scope,
        "from": asked.first.isoformat(),
        "to": asked.last.isoformat(),
        "made_at": now.isoformat(timespec="seconds"),
        "made_by": maker.by,
        "seq": snapshot.seq,
        "head": maker.head,
    }


def rows_of(tables: Sequence[PageTable]) -> list[dict[str, PageCell]]:
    """Return the rows of tables for JSON, each by the keys of its columns."""
    return [
        {column.key: cell for column, cell in zip(table.columns, row, strict=True)}
        for table in tables
        for row in table.rows
    ]


def charts_json(charts: Sequence[PageChart]) -> list[dict[str, Any]]:
    """Return charts for JSON; what the records do not tell is null."""
    return [
        {
            "key": each.key,
            "heading": each.heading,
            "unit": each.unit,
            "days": [day.isoformat() for day in each.days],
            "series": [{"key": one.key, "name": one.name, "values": list(one.values)} for one in each.series],
        }
        for each in charts
    ]


def page_json(
    asked: PageAsked,
    scope: str,
    snapshot: Snapshot,
    now: datetime,
    maker: Maker,
    tables: Sequence[PageTable],
    totals: Mapping[str, Any],
) -> dict[str, Any]:
    """Return a page as JSON: its head, the rows of its tables, its totals."""
    return {**head_json(asked, scope, snapshot, now, maker), "rows": rows_of(tables), "totals": dict(totals)}


def post_name(snapshot: Snapshot, words: Words) -> str:
    """Return the command post as it signs a paper."""
    return words.reports.post.format(desk=desk_of(snapshot).desk)


def days_said(asked: PageAsked, words: Words) -> str:
    """Return the day or the days of a page, as they stand in a sentence."""
    if asked.first == asked.last:
        return asked.last.isoformat()
    return words.pages.period.format(first=asked.first, last=asked.last)


def days_line(asked: PageAsked, words: Words) -> str:
    """Return the line above a table that tells of which days it is."""
    return words.reports.date.format(day=days_said(asked, words))


def made_line(snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> str:
    """Return the line that tells of the making: by whom, when, from which line, with masked numbers or not."""
    said = words.pages
    numbers = said.numbers_shown if revealed() else said.numbers_masked
    head = head_text(maker.head) or "-"
    return said.made.format(by=maker.by, at=f"{now:%Y-%m-%d %H:%M}", seq=snapshot.seq, head=head, numbers=numbers)
