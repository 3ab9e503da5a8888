"""The sheet of checks of presence: who asked whom when, who answered, and what was found."""

from collections import Counter
from datetime import datetime
from typing import Final, get_args

from dutyboard.rules.account.day_book import DayLine, presence_lines
from dutyboard.rules.records.codes import PresenceAnswer
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.post import PresenceFound
from dutyboard.tui.export.page import (
    Maker,
    NoPage,
    Page,
    PageAsked,
    PageCell,
    PageTable,
    days_said,
    made_line,
    page_json,
)
from dutyboard.tui.export.post.lines import about_lines, columns_of, instant, remark, said_or_blank
from dutyboard.tui.text import Words
from dutyboard.tui.text.pages.post import PostColumn
from dutyboard.tui.views.entry.names import entered_by, subject_name
from dutyboard.tui.views.frame import seat_name

_COLUMNS: Final[tuple[PostColumn, ...]] = (
    *("time", "asked_by", "post", "whom", "answered_by", "found", "stand_in", "reason", "entered_by", "remark"),
)


def presence_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the checks of presence of some days. Raises NoPage where there was none."""
    said, found = words.post_pages, presence_lines(snapshot, asked.first, asked.last)
    desk = desk_of(snapshot).desk
    if not found:
        days = days_said(asked, words)
        raise NoPage(words.pages.nothing.format(kind=words.pages.kinds["presence"], scope=desk, days=days))
    rows = tuple(_row(line, told, snapshot, words) for line, told in found)
    table = PageTable(columns_of(_COLUMNS, words), rows)
    counts = Counter(told.found for line, told in found if line.state != "taken_back")
    totals = {"checks": counts.total(), **{each: counts[each] for each in get_args(PresenceAnswer)}}
    return Page(
        title=said.titles["presence"],
        above=(*about_lines(asked, snapshot, words), said.presence_sum.format(n=totals["checks"], **totals)),
        tables=(table,),
        below=(said.sign_presence,),
        made=made_line(snapshot, now, maker, words),
        name=said.titles["presence"],
        wide=True,
        json=page_json(asked, desk, snapshot, now, maker, (table,), totals),
    )


def _row(line: DayLine, told: PresenceFound, snapshot: Snapshot, words: Words) -> tuple[PageCell, ...]:
    entry = line.entry
    post = seat_name(words, told.seat) if told.seat is not None else subject_name(entry.subject, snapshot)
    return (
        instant(entry.happened_at, snapshot),
        said_or_blank(told.asked_by),
        post,
        said_or_blank(told.whom),
        said_or_blank(told.answered_by),
        words.log.presence[told.found],
        said_or_blank(told.stand_in),
        said_or_blank(entry.text),
        entered_by(entry, snapshot),
        remark(line, snapshot, words),
    )
