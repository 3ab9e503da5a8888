"""Screening report of a unit or the city as it prints: each figure of today beside its total."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from dutyboard.rules.duties.pairs import ORIGINS, PAIRED
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.page import Maker, Page, PageAsked, PageColumn, PageTable
from dutyboard.tui.export.stated import Stated, stated_page
from dutyboard.tui.text import Words


def screening_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the screening report of a day, as it was stated last. Without a subject: the whole city's."""
    page = stated_page(asked, "screening", snapshot, now, maker, words)
    stated: Stated = page.json["figures"]
    table = PageTable(_columns(words), tuple(_rows(stated, words)))
    return replace(
        page,
        above=(*page.above, *_not_added_up(stated, words)),
        tables=(table, *page.tables),
        json={**page.json, "rows": _json_rows(stated)},
    )


def pairs_of(stated: Iterable[str]) -> dict[str, str | None]:
    """Return the lines of a report in their order: each figure, with the name of its part of today.

    None: it has none.
    """
    names = dict.fromkeys(stated)
    today: dict[str, str] = {total: part for total, part in PAIRED.items() if total in names and part in names}
    parts = set(today.values())
    return {name: today.get(name) for name in names if name not in parts}


def _columns(words: Words) -> tuple[PageColumn, ...]:
    heads = words.screening_pages.columns
    return tuple(PageColumn(key, head) for key, head in zip(("figure", "today", "total"), heads, strict=True))


def _rows(stated: Stated, words: Words) -> list[tuple[str, int | None, int | None]]:
    names = words.reports.figures
    return [
        (names.get(name, name), stated[part] if part else None, stated[name]) for name, part in pairs_of(stated).items()
    ]


def _json_rows(stated: Stated) -> list[dict[str, Any]]:
    return [
        {"figure": name, "today": stated[part] if part else None, "total": stated[name]}
        for name, part in pairs_of(stated).items()
    ]


def _not_added_up(stated: Stated, words: Words) -> list[str]:
    """Return a line where all categories are stated and do not make the total."""
    parts = [stated.get(name) for name in ORIGINS]
    total = stated.get("total")
    known = [each for each in parts if each is not None]
    if total is None or len(known) < len(parts) or sum(known) == total:
        return []
    return [words.screening_pages.not_added_up.format(sum=sum(known), total=total)]
