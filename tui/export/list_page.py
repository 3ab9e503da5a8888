"""A printed list of people: title, whom it is about, its days, one table, the sign line."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dutyboard.rules.belonging import record_named
from dutyboard.rules.records.model import Site, Unit
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.page import (
    Maker,
    NoPage,
    Page,
    PageAsked,
    PageCell,
    PageColumn,
    PageTable,
    days_line,
    days_said,
    made_line,
    page_json,
)
from dutyboard.tui.text import Words


def list_page(
    asked: PageAsked,
    columns: Sequence[PageColumn],
    rows: Sequence[tuple[PageCell, ...]],
    snapshot: Snapshot,
    now: datetime,
    maker: Maker,
    words: Words,
    *,
    dated: bool = True,
    totals: Mapping[str, Any] | None = None,
) -> Page:
    """Return a list as a page that lies across. `dated`: its days stand above it. Raises NoPage where it is empty."""
    said, scope = words.people_pages, scope_of(asked, snapshot, words)
    if not rows:
        days = days_said(asked, words) if dated else ""
        raise NoPage(words.pages.nothing.format(kind=words.pages.kinds[asked.kind], scope=scope, days=days))
    tables = (PageTable(tuple(columns), tuple(rows)),)
    counted = {"rows": len(rows), **(totals or {})}
    return Page(
        title=said.titles[asked.kind],
        above=(scope, *((days_line(asked, words),) if dated else ())),
        tables=tables,
        below=(said.signs[asked.kind],),
        made=made_line(snapshot, now, maker, words),
        wide=True,
        json=page_json(asked, scope, snapshot, now, maker, tables, counted),
    )


def scope_of(asked: PageAsked, snapshot: Snapshot, words: Words) -> str:
    """Return whom a list is about: a site, a unit, or all of them."""
    said, about = words.people_pages, record_named(asked.subject, snapshot)
    if isinstance(about, Site):
        return said.of_site.format(name=about.name)
    if isinstance(about, Unit):
        return said.of_unit.format(name=about.name)
    if asked.kind == "tests":
        return said.of_everybody
    return said.of_all_units if asked.kind in ("home-checks", "follow-ups") else said.of_all_sites


def headed(words: Words, *keys: str) -> tuple[PageColumn, ...]:
    """Return columns by their keys. `am.temp` is the column `temp` in the group `am`."""
    said, found = words.people_pages, []
    for key in keys:
        group, _, own = key.rpartition(".")
        found.append(PageColumn(key.replace(".", "_"), said.columns[own], said.groups[group] if group else ""))
    return tuple(found)
