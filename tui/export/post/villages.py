"""The villages of a unit that its people or its reports name."""

from datetime import date, datetime

from dutyboard.rules.duties.post.villages import villages
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.page import Maker, Page, PageAsked, PageColumn, PageTable, head_json, made_line
from dutyboard.tui.text import Words

_KEYS = ("village", "people", "found_on", "zero_on")


def villages_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the villages of a unit that its people or reports name: last finding and last zero."""
    assert asked.subject is not None
    said, unit = words.reports, snapshot.units[asked.subject.number]
    found = villages(snapshot, unit)
    columns = tuple(PageColumn(key, head) for key, head in zip(_KEYS, said.village_columns, strict=True))
    rows = tuple(
        (row.name or said.village_unknown, row.people, _day(row.found_on), _day(row.zero_on)) for row in found.rows
    )
    data = {
        **head_json(asked, unit.name, snapshot, now, maker),
        "rows": [
            {
                "village": row.name or None,
                "people": row.people,
                "found_on": row.found_on.isoformat() if row.found_on else None,
                "zero_on": row.zero_on.isoformat() if row.zero_on else None,
            }
            for row in found.rows
        ],
        "totals": {
            "villages": sum(bool(row.name) for row in found.rows),
            "people": sum(row.people for row in found.rows),
            "zero_on": found.zero_on.isoformat() if found.zero_on else None,
        },
    }
    return Page(
        title=said.titles["villages"],
        above=(said.unit.format(name=unit.name), said.unit_zero.format(day=_day(found.zero_on)), said.village_note),
        tables=(PageTable(columns, rows),),
        made=made_line(snapshot, now, maker, words),
        name=unit.name,
        json=data,
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else "-"
