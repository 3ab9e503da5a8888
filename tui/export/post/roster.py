"""The roster of a unit's task force: the annex form of the notice."""

from datetime import datetime

from dutyboard.rules.duties.report_figures import report_figures
from dutyboard.rules.people.officers import serving
from dutyboard.rules.records.model import Officer, subject_id
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.page import Maker, Page, PageAsked, PageColumn, PageTable, made_line, page_json
from dutyboard.tui.text import Words

_KEYS = ("name", "title", "phone", "duty", "note")


def roster_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the roster of a unit as the annex form of the notice: who serves at that instant."""
    assert asked.subject is not None
    said, unit = words.reports, snapshot.units[asked.subject.number]
    members = [officer for officer in serving(snapshot, now) if officer.unit_id == unit.id]
    columns = tuple(PageColumn(key, head) for key, head in zip(_KEYS, said.roster_columns, strict=True))
    table = PageTable(columns, tuple(_member(each, words.language) for each in members))
    counted = report_figures(snapshot, "roster", subject_id(unit), now.date(), now)
    data = page_json(asked, unit.name, snapshot, now, maker, (table,), counted)
    first = said.first_responsible.format(name=unit.first_responsible or said.not_named)
    return Page(
        title=said.titles["roster"],
        above=(f"{said.unit.format(name=unit.name)}  {first}",),  # one line, so that the form keeps its rows
        tables=(table,),
        made=made_line(snapshot, now, maker, words),
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
