"""Papers of one person by kind: the texts of each, and its preview."""

from collections.abc import Callable, Mapping
from datetime import datetime
from string import Formatter
from types import MappingProxyType
from typing import Any, Final, cast

from dutyboard.rules.duties.person.papers import paper_about
from dutyboard.rules.records.codes import PaperKind
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.papers.issued import PaperNumber
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.page import Maker, NoPage, Page, PageAsked, PageColumn, PageTable, head_json, made_line
from dutyboard.tui.export.person.notices import home, isolation, release
from dutyboard.tui.export.person.paper_case import PaperCase, PaperFields, PaperRows
from dutyboard.tui.export.person.record_sheet import record
from dutyboard.tui.export.person.ride_sheet import transfer
from dutyboard.tui.text import Words
from dutyboard.tui.text.pages.papers import PaperTable
from dutyboard.tui.views.entry.paper_number import copy_text, number_text

FILLED_BY: Final[Mapping[PaperKind, Callable[[PaperCase], PaperFields]]] = MappingProxyType(
    {
        "notice-isolation": isolation,
        "notice-release": release,
        "notice-home": home,
        "transfer": transfer,
        "record": record,
    }
)


def paper_person(asked: PageAsked, snapshot: Snapshot, now: datetime, words: Words) -> Person:
    """Return whom a paper is about. Raises NoPage where there is none of that kind for him."""
    assert asked.subject is not None
    person, kind = snapshot.persons[asked.subject.number], cast(PaperKind, asked.kind)
    if paper_about(kind, person, snapshot, now) is None:
        raise NoPage(words.papers.none[kind].format(name=person.name))
    return person


def paper_fields(kind: PaperKind, case: PaperCase, made: str, number: PaperNumber | None = None) -> PaperFields:
    """Return all texts of a paper. Without a number it is a preview, and says so."""
    said = case.words.papers
    return {
        "title": said.titles[kind],
        "number": number_text(kind, number, case.snapshot, case.words) if number is not None else said.preview,
        "year": str(number.year) if number is not None else "",
        "serial": str(number.serial) if number is not None else "",
        "copy": copy_text(number.copy, case.words) if number is not None else "",
        "made": made,
        **FILLED_BY[kind](case),
    }


def paper_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return a paper as it is looked at before it is printed: a preview without a number. Raises NoPage."""
    kind, person = cast(PaperKind, asked.kind), paper_person(asked, snapshot, now, words)
    made, said = made_line(snapshot, now, maker, words), words.papers
    fields = paper_fields(kind, PaperCase(person, snapshot, now, words), made)
    tables = tuple(_table(each, fields) for each in said.tables[kind])
    head = {**head_json(asked, person.name, snapshot, now, maker), "person": str(asked.subject), "preview": True}
    plain = FILLED_BY[kind](PaperCase(person, snapshot, now, words, plain=True))
    return Page(
        title=said.titles[kind],
        above=tuple(_lines(said.lines[kind], fields)),
        tables=tuple(each for each in tables if each.rows),
        below=tuple(_lines(said.below[kind], fields)),
        made=made,
        json={**head, **_plain_json(kind, plain, words)},
    )


def _plain_json(kind: PaperKind, plain: PaperFields, words: Words) -> dict[str, Any]:
    """Return the texts of a paper for programs, null for what nobody has told; each row names its part."""
    told: dict[str, Any] = {name: value or None for name, value in plain.items() if isinstance(value, str)}
    rows = [
        {"part": part.rows, **{key: row[key] or None for key in part.columns}}
        for part in words.papers.tables[kind]
        for row in cast(PaperRows, plain[part.rows])
    ]
    return {**told, "rows": rows, "totals": {}}


def _lines(templates: tuple[str, ...], fields: PaperFields) -> list[str]:
    """Return the lines of which at least one place is filled, without the gaps that empty places leave."""
    found = []
    for template in templates:
        names = [name for _, name, _, _ in Formatter().parse(template) if name]
        if not names or any(fields[name] for name in names):
            found.append(template.format_map(fields).strip())
    return found


def _table(part: PaperTable, fields: PaperFields) -> PageTable:
    rows = cast(PaperRows, fields[part.rows])
    columns = tuple(PageColumn(key, head) for key, head in part.columns.items())
    return PageTable(columns, tuple(tuple(row[each.key] for each in columns) for row in rows), part.heading)
