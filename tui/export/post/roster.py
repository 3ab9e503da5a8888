"""The roster of a unit's task force: the annex form of the notice."""

from dataclasses import replace
from datetime import datetime

from dutyboard.rules.duties.report_figures import report_figures
from dutyboard.rules.people.officers import serving
from dutyboard.rules.records.model import Officer, Unit, subject_id
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.tui.export.page import (
    Maker,
    NoPage,
    Page,
    PageAsked,
    PageColumn,
    PageTable,
    head_json,
    made_line,
    page_json,
)
from dutyboard.tui.text import Words

_KEYS = ("name", "title", "phone", "duty", "note")
_OF_FORM = ("unit", "figures", "first_responsible", "members")
"""Keys of one unit's form."""


def roster_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the roster of a unit as the annex form of the notice: who serves at that instant.

    Without a unit: the forms of all units, each a sheet of the workbook. Raises NoPage where there is no unit.
    """
    if asked.subject is not None:
        return _of_unit(snapshot.units[asked.subject.number], asked, snapshot, now, maker, words)
    desk = desk_of(snapshot).desk
    units = [unit for _, unit in sorted(snapshot.units.items())]
    if not units:
        nothing = words.pages.nothing
        raise NoPage(nothing.format(kind=words.pages.kinds["roster"], scope=desk, days=f"{now:%Y-%m-%d}"))
    pages = [_of_unit(unit, asked, snapshot, now, maker, words) for unit in units]
    rows = [{"unit": page.json["unit"], **row} for page in pages for row in page.json["rows"]]
    forms = [{key: page.json[key] for key in _OF_FORM} for page in pages]
    data = {
        **head_json(asked, desk, snapshot, now, maker),
        "rows": rows,
        "forms": forms,
        "totals": {"units": len(units), "members": len(rows)},
    }
    return replace(pages[0], more=tuple(pages[1:]), json=data)


def _of_unit(unit: Unit, asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    said = words.reports
    members = [officer for officer in serving(snapshot, now) if officer.unit_id == unit.id]
    columns = tuple(PageColumn(key, head) for key, head in zip(_KEYS, said.roster_columns, strict=True))
    table = PageTable(columns, tuple(_member(each, words.language) for each in members))
    counted = report_figures(snapshot, "roster", subject_id(unit), now.date(), now)
    data = page_json(asked, unit.name, snapshot, now, maker, (table,), counted)
    first = said.first_responsible.format(name=unit.first_responsible or said.not_named)
    return Page(
        title=said.titles["roster"],
        # one line, so that the form keeps its rows: what is below the members would be read as one more of them
        above=("  ".join((said.unit.format(name=unit.name), first, made_line(snapshot, now, maker, words))),),
        tables=(table,),
        name=unit.name,
        json={
            **data,
            "unit": unit.name,
            "figures": counted,
            "first_responsible": unit.first_responsible or None,
            "members": data["rows"],
        },
    )


def _member(officer: Officer, language: str) -> tuple[str, ...]:
    """Return an officer's row of the annex form. Who is director or part-time is said where his duty or note does not,
    so that the form comes in again as it went."""
    from dutyboard.tui.sheets.kinds.roster import with_marks  # no screen reads sheets

    return officer.name, officer.title, officer.phone, *with_marks(officer, language)
