"""Entries of a period that are to be asked about, with the figures behind each question, and its proof."""

from datetime import datetime

from dutyboard.rules.account.marks import EntriesMarked, EntryMark, marks
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.tui.export.account.proof import place_cells, proof_json, proof_line
from dutyboard.tui.export.page import (
    Maker,
    Page,
    PageAsked,
    PageCell,
    PageColumn,
    PageTable,
    days_line,
    days_said,
    head_json,
    made_line,
    post_name,
)
from dutyboard.tui.text import Words
from dutyboard.tui.views.entry.line import entry_text
from dutyboard.tui.views.entry.names import entered_by


def marks_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the entries of a period that somebody should ask about. Where there is none it says so."""
    said, desk = words.account, desk_of(snapshot).desk
    found = marks(snapshot, asked.first, asked.last, now)
    proof = maker.prove(set(found)) if maker.prove is not None else None
    rows: list[tuple[PageCell, ...]] = []
    told, questions = [], {(mark.code, mark.entries) for _, mark in _each(found)}
    for number, mark in sorted(_each(found), key=lambda each: (each[1].entries, each[1].code, each[0])):
        entry = snapshot.entries[number]
        at = entry.entered_at.astimezone(snapshot.zone)
        _, line, digits = place_cells(entry, proof)
        question = said.questions[mark.code].format(**mark.figures)
        text = entry_text(entry, snapshot, words)
        rows.append((f"{at:%m-%d %H:%M:%S}", entered_by(entry, snapshot), question, text, number, line, digits))
        told.append(
            {
                "code": mark.code,
                "figures": dict(mark.figures),
                "entries": list(mark.entries),
                "entry": number,
                "line": line,
                "hash": digits,
                "entered_at": at.isoformat(timespec="seconds"),
                "entered_by": entered_by(entry, snapshot),
            }
        )
    return Page(
        title=said.marks_title,
        above=(
            words.reports.unit.format(name=post_name(snapshot, words)),
            days_line(asked, words),
            said.marks_note if found else said.nothing_to_ask.format(days=days_said(asked, words)),
            proof_line(proof, words),
        ),
        tables=(PageTable(tuple(PageColumn(key, head) for key, head in said.marks_columns.items()), tuple(rows)),),
        below=(said.marks_signed,),
        made=made_line(snapshot, now, maker, words),
        wide=True,
        json={
            **head_json(asked, desk, snapshot, now, maker),
            "rows": told,
            "totals": {"entries": len(found), "questions": len(questions)},
            "verify": proof_json(proof),
        },
    )


def _each(found: EntriesMarked) -> list[tuple[int, EntryMark]]:
    return [(number, mark) for number, of_entry in found.items() for mark in of_entry]
