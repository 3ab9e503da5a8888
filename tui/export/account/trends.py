"""Pictures of a period: intake, rooms, what was overdue and temperatures of each day, of a site or of all."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from dutyboard.rules.account.over_days import DayFigure, DayFigures, OverDays, over_days
from dutyboard.rules.belonging import record_named
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Site
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.tui.export.page import (
    Maker,
    Page,
    PageAsked,
    PageCell,
    PageChart,
    PageColumn,
    PageSeries,
    PageTable,
    charts_json,
    days_line,
    head_json,
    made_line,
    post_name,
    rows_of,
)
from dutyboard.tui.text import Words
from dutyboard.tui.text.pages.trends import ChartCode, GroupCode
from dutyboard.tui.views.entry.names import subject_name

_CHARTS: Final[dict[ChartCode, tuple[DayFigure, ...]]] = {
    "intake": ("came",),
    "rooms": ("used", "vacant", "rooms"),
    "overdue": ("done_late", "late", "missed"),
    "fevers": ("feverish",),
    "temperatures": ("highest", "median"),
    "measured": ("measured", "of"),
}
_Columns = tuple[tuple[GroupCode | None, tuple[DayFigure, ...]], ...]
_COLUMNS: Final[_Columns] = (
    (None, ("came",)),
    ("rooms", ("used", "kept", "vacant", "rooms")),
    ("overdue", ("done_late", "late", "missed")),
    (None, ("feverish",)),
    ("temperatures", ("highest", "median")),
    ("measured", ("measured", "of")),
)
_OF_EACH_SITE: Final[_Columns] = (_COLUMNS[1], *_COLUMNS[3:])


def trends_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the charts of a period with a table of its days. The whole desk has one of its sites too."""
    said, about = words.trends, record_named(asked.subject, snapshot)
    site = about if isinstance(about, Site) else None
    found = over_days(snapshot, asked.first, asked.last, now, site)
    scope = site.name if site is not None else desk_of(snapshot).desk
    of_site, of_post = words.people_pages.of_site, words.reports.unit
    whose = of_site.format(name=scope) if site is not None else of_post.format(name=post_name(snapshot, words))
    names: dict[DayFigure, str] = {**said.figures}
    if site is not None:
        names["came"] = said.came_here
    charts = tuple(_charts(found, names, words))
    days, sites = _days(found, names, words), _sites(found, snapshot, words)
    left_out = [str(Subject("person", each)) for each in found.left_out]
    above = [whose, days_line(asked, words), said.note]
    above += [said.sum_note] if site is None else []
    if left_out:
        who = words.marks.comma.join(subject_name(each, snapshot) for each in left_out)
        above.append(said.left_out.format(who=who))
    return Page(
        title=said.title,
        above=tuple(above),
        charts=charts,
        tables=(days, *((sites,) if sites.rows else ())),
        made=made_line(snapshot, now, maker, words),
        name=said.days_heading,
        wide=True,
        json={
            **head_json(asked, scope, snapshot, now, maker),
            "rows": rows_of([days]),
            "totals": {"days": len(found.days)},
            "sites": rows_of([sites]),
            "charts": charts_json(charts),
            "left_out": left_out,
        },
    )


def _charts(found: OverDays, names: Mapping[DayFigure, str], words: Words) -> Iterator[PageChart]:
    for code, figures in _CHARTS.items():
        heading, unit = words.trends.charts[code]
        yield PageChart(
            key=code,
            heading=heading,
            unit=unit,
            days=found.days,
            series=tuple(
                PageSeries(name, names[name], tuple(each[name] for each in found.figures)) for name in figures
            ),
            unknown=words.trends.unknown,
            same=words.trends.same_place,
            from_zero=code != "temperatures",
        )


def _days(found: OverDays, names: Mapping[DayFigure, str], words: Words) -> PageTable:
    said = words.trends
    columns = (PageColumn("day", said.day), *_columns(_COLUMNS, names, words))
    rows = [
        (day.isoformat(), *_cells(_COLUMNS, figures)) for day, figures in zip(found.days, found.figures, strict=True)
    ]
    return PageTable(columns, tuple(rows), said.days_heading)


def _sites(found: OverDays, snapshot: Snapshot, words: Words) -> PageTable:
    """Return a row for each site and day. Of a day on which the desk did not know a site it has none."""
    said = words.trends
    columns = (PageColumn("site", said.site), PageColumn("day", said.day))
    rows = [
        (snapshot.sites[number].name, day.isoformat(), *_cells(_OF_EACH_SITE, figures))
        for number, told in found.sites.items()
        for day, figures in zip(found.days, told, strict=True)
        if figures is not None
    ]
    return PageTable((*columns, *_columns(_OF_EACH_SITE, said.figures, words)), tuple(rows), said.sites_heading)


def _columns(columns: _Columns, names: Mapping[DayFigure, str], words: Words) -> Iterator[PageColumn]:
    for group, figures in columns:
        above = words.trends.groups[group] if group is not None else ""
        yield from (PageColumn(name, names[name], above) for name in figures)


def _cells(columns: _Columns, figures: DayFigures) -> Iterator[PageCell]:
    yield from (figures[name] for _, names in columns for name in names)
