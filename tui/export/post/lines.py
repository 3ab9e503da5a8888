"""Parts that the pages of the command post share: lines above, columns by key, cells, the mark of a line."""

from collections.abc import Sequence
from datetime import datetime

from dutyboard.rules.account.day_book import DayLine
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.page import PageAsked, PageColumn, days_line, post_name
from dutyboard.tui.terminal.masking import shown
from dutyboard.tui.text import Words
from dutyboard.tui.text.pages.post import PostColumn
from dutyboard.tui.views.times import day_clock


def about_lines(asked: PageAsked, snapshot: Snapshot, words: Words) -> tuple[str, ...]:
    """Return the lines above a table: whose it is, and of which days."""
    return words.reports.unit.format(name=post_name(snapshot, words)), days_line(asked, words)


def columns_of(keys: Sequence[PostColumn], words: Words) -> tuple[PageColumn, ...]:
    """Return columns by their keys, each with its heading."""
    return tuple(PageColumn(key, words.post_pages.columns[key]) for key in keys)


def said_or_blank(text: str | None) -> str | None:
    """Return a text with the numbers of people masked; None for one that nobody said."""
    return shown(text) if text else None


def instant(at: datetime | None, snapshot: Snapshot) -> str | None:
    """Return day and clock of an instant; None for none."""
    return day_clock(at, snapshot.zone) if at is not None else None


def state_said(line: DayLine, words: Words) -> str:
    """Return what became of a line; "" of one that stands as it was told."""
    return words.post_pages.states[line.state] if line.state is not None else ""


def remark(line: DayLine, snapshot: Snapshot, words: Words) -> str | None:
    """Return what became of a line: corrected, taken back, written down late; None: nothing."""
    entry = line.entry
    said = [state_said(line, words)]
    if entry.late_reason:
        said.append(words.log.late.format(at=day_clock(entry.entered_at, snapshot.zone), reason=entry.late_reason))
    return said_or_blank(" ".join(part for part in said if part))
