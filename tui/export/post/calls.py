"""The phone log: each call of some days once, with what came of it and who was told."""

from datetime import datetime
from typing import Final

from dutyboard.rules.account.day_book import CallLine, call_lines
from dutyboard.rules.records.snapshot import Snapshot, desk_of
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
from dutyboard.tui.terminal.masking import secret
from dutyboard.tui.text import Words
from dutyboard.tui.text.pages.post import PostColumn

_COLUMNS: Final[tuple[PostColumn, ...]] = (
    *("time", "caller", "unit", "phone", "matter", "text", "taken_by", "handler", "instruction", "outcome"),
    *("told", "told_at", "closed_at", "remark"),
)


def calls_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the phone calls of some days. Raises NoPage where nobody rang."""
    said, calls = words.post_pages, call_lines(snapshot, asked.first, asked.last)
    desk = desk_of(snapshot).desk
    if not calls:
        days = days_said(asked, words)
        raise NoPage(words.pages.nothing.format(kind=words.pages.kinds["calls"], scope=desk, days=days))
    table = PageTable(columns_of(_COLUMNS, words), tuple(_row(each, snapshot, words) for each in calls))
    totals = {
        "calls": sum(each.line.state != "taken_back" for each in calls),
        "open": sum(each.open for each in calls),
    }
    return Page(
        title=said.titles["calls"],
        above=(*about_lines(asked, snapshot, words), said.calls_sum.format(n=totals["calls"], open=totals["open"])),
        tables=(table,),
        below=(said.sign_calls,),
        made=made_line(snapshot, now, maker, words),
        name=said.titles["calls"],
        wide=True,
        json=page_json(asked, desk, snapshot, now, maker, (table,), totals),
    )


def _row(call: CallLine, snapshot: Snapshot, words: Words) -> tuple[PageCell, ...]:
    told, entry = call.call, call.line.entry
    matter = call.matter if call.line.state != "taken_back" else None
    handler = told.handler or (matter.owner if matter is not None else "")
    return (
        instant(entry.happened_at, snapshot),
        said_or_blank(told.caller),
        said_or_blank(told.unit),
        secret(told.phone) or None,
        said_or_blank(told.matter),
        said_or_blank(entry.text),
        entry.done_by or entry.login,
        said_or_blank(handler),
        said_or_blank(told.instruction),
        _outcome(call, words),
        said_or_blank(call.told),
        instant(call.told_at, snapshot),
        instant(matter.closed_at if matter is not None else None, snapshot),
        remark(call.line, snapshot, words),
    )


def _outcome(call: CallLine, words: Words) -> str | None:
    """Return what came of a call; of one without words that it is open, or that no answer is needed."""
    if call.outcome:
        return said_or_blank(call.outcome)
    if call.open:
        return words.post_pages.to_answer
    return words.post_pages.settled if call.call.answer_needed is False else None
