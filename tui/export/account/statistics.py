"""Statistics of a period: lateness by place, how long things took, alarms, and the standards' lines beside them."""

from datetime import datetime, timedelta
from typing import Any

from dutyboard.rules.account.ledger import account
from dutyboard.rules.account.statistics import (
    AlarmLoad,
    Lateness,
    SpanTaken,
    Spread,
    alarm_load,
    lateness,
    spans_taken,
)
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.tui.export.page import (
    Maker,
    Page,
    PageAsked,
    PageCell,
    PageColumn,
    PageTable,
    days_line,
    head_json,
    made_line,
    post_name,
)
from dutyboard.tui.text import Words
from dutyboard.tui.views.entry.names import subject_name


def statistics_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the statistics of a period of the whole desk."""
    said, desk = words.account, desk_of(snapshot).desk
    found = account(snapshot, asked.first, asked.last, now)
    late = lateness(found)
    spans = spans_taken(snapshot, asked.first, asked.last, now)
    load = alarm_load(found, snapshot, asked.first, asked.last, now)
    return Page(
        title=said.statistics_title,
        above=(
            words.reports.unit.format(name=post_name(snapshot, words)),
            days_line(asked, words),
            said.statistics_note,
        ),
        tables=(
            _late_table(late, snapshot, words),
            _span_table(spans, snapshot, now, words),
            _alarm_table(load, words),
        ),
        below=(said.lines_note,),
        made=made_line(snapshot, now, maker, words),
        wide=True,
        json={
            **head_json(asked, desk, snapshot, now, maker),
            "rows": [_late_json(each, snapshot) for each in late],
            "totals": {
                "spans": [
                    {"code": each.code, "took": _spread_json(each.took), "waiting": _spread_json(each.waiting)}
                    for each in spans
                ],
                "alarms": {
                    "alarms": load.alarms,
                    "hours": load.hours,
                    "per_hour": load.per_hour,
                    "worst_ten_minutes": load.worst,
                    "flooded_percent": load.flooded,
                },
            },
        },
    )


def _place_name(each: Lateness, snapshot: Snapshot) -> str:
    return desk_of(snapshot).desk if each.place == POST else subject_name(each.place, snapshot)


def _spread_cells(spread: Spread) -> tuple[PageCell, ...]:
    """Return a spread as cells. Of nothing there is no figure: the count alone says that it is none."""
    return spread.n, spread.median, spread.ninety, spread.longest


def _spread_json(spread: Spread) -> dict[str, Any]:
    return {"n": spread.n, "median": spread.median, "ninety": spread.ninety, "longest": spread.longest}


def _late_table(late: tuple[Lateness, ...], snapshot: Snapshot, words: Words) -> PageTable:
    said = words.account
    columns = (
        PageColumn("place", said.place),
        PageColumn("fell_due", said.fell_due),
        *(PageColumn(key, said.counts[key]) for key in ("done", "done_late", "late", "missed", "told_after")),
        PageColumn("percent", said.percent),
        *(PageColumn(f"late_{key}", head, said.late_minutes) for key, head in said.spread.items()),
    )
    rows = tuple(
        (
            _place_name(each, snapshot),
            each.fell_due,
            *(each.counts[column] for column in ("done", "done_late", "late", "missed")),
            each.told_after,
            each.percent,
            *_spread_cells(each.late),
        )
        for each in late
    )
    return PageTable(columns=columns, rows=rows, heading=said.lateness)


def _late_json(each: Lateness, snapshot: Snapshot) -> dict[str, Any]:
    return {
        "place": each.place,
        "name": _place_name(each, snapshot),
        **{str(column): n for column, n in each.counts.items()},
        "told_after": each.told_after,
        "fell_due": each.fell_due,
        "late_percent": each.percent,
        "late_minutes": _spread_json(each.late),
    }


def _span_table(spans: tuple[SpanTaken, ...], snapshot: Snapshot, now: datetime, words: Words) -> PageTable:
    """Return how long things took. Beside each stands the desk's own limit, where it has one, or a standard's line."""
    said, daily = words.account, snapshot.daily_at(now)
    hours = {
        "unassessed": daily.thresholds.unassessed // timedelta(hours=1),
        "transfer": daily.duty.transfer // timedelta(hours=1),
        "trace": daily.duty.trace // timedelta(hours=1),
    }
    lines = {code: (line.format(**hours), source) for code, (line, source) in said.span_lines.items()}
    columns = (
        PageColumn("span", said.span),
        *(PageColumn(f"took_{key}", head, said.took) for key, head in said.spread.items()),
        *(PageColumn(f"waiting_{key}", head, said.waiting) for key, head in said.spread.items()),
        PageColumn("line", said.line),
        PageColumn("source", said.source),
    )
    rows = tuple(
        (said.spans[each.code], *_spread_cells(each.took), *_spread_cells(each.waiting), *lines[each.code])
        for each in spans
    )
    return PageTable(columns=columns, rows=rows, heading=said.took_heading)


def _alarm_table(load: AlarmLoad, words: Words) -> PageTable:
    said = words.account
    values: dict[str, PageCell] = {
        "alarms": load.alarms,
        "per_hour": load.per_hour,
        "worst": load.worst,
        "flooded": load.flooded,
    }
    columns = (
        PageColumn("measure", said.measure),
        PageColumn("value", said.value),
        PageColumn("line", said.line),
        PageColumn("source", said.source),
    )
    named = {key: said.alarms[key].format(hours=load.hours) for key in values}
    rows = tuple((named[key], value, *said.alarm_lines[key]) for key, value in values.items())
    return PageTable(columns=columns, rows=rows, heading=said.alarms_heading)
