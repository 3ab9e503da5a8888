"""Facts that a sheet changed or tells unlike a record, with both values, in words and as JSON."""

from collections.abc import Iterator
from typing import Any

from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.outcome import FieldChange, LeftToSee, ToldUnlike
from dutyboard.tui.sheets.notes import SheetReport
from dutyboard.tui.terminal.masking import SECRET, secret
from dutyboard.tui.text import Words
from dutyboard.tui.views.fact_text import fact_label, side_text


def change_texts(report: SheetReport, words: Words) -> Iterator[str]:
    """Yield a line for each fact that a row changed, then one for each that is left to an officer."""
    said = words.sheets
    for change in report.changes:
        old, new = (side_text(change.field, value, words) for value in (change.old, change.new))
        label = fact_label(change.field, words)
        yield said.changed.format(row=_row(change, report), about=_about(change), field=label, old=old, new=new)
    for each in report.contradictions:
        own, other = (side_text(each.field, value, words) for value in (each.stands, each.other))
        label = fact_label(each.field, words)
        yield said.unlike.format(row=_row(each, report), about=_about(each), field=label, own=own, other=other)


def left_texts(report: SheetReport, words: Words) -> Iterator[str]:
    """Yield a line for each finding that a row leaves which is not taken."""
    for each in report.left_to_see:
        kind = words.duties.slots[each.cause]
        yield words.sheets.left_to_see.format(row=_row(each, report), kind=kind, text=each.text)


def left_json(report: SheetReport) -> list[dict[str, Any]]:
    """Return the findings that rows leave which are not taken: `{row, about, cause, text}`."""
    several = len(report.sheets) > 1
    return [
        {
            "row": each.row,
            **({"sheet": each.sheet} if several else {}),
            "about": each.about,
            "cause": each.cause,
            "text": each.text,
        }
        for each in report.left_to_see
    ]


def changes_json(report: SheetReport) -> list[dict[str, Any]]:
    """Return the facts that rows changed: `{row, person, field, old, new}`; `person` null: `about` names the record."""
    return [
        {**_of(each, report), "old": _shown(each.field, each.old), "new": _shown(each.field, each.new)}
        for each in report.changes
    ]


def contradictions_json(report: SheetReport) -> list[dict[str, Any]]:
    """Return what rows tell unlike: `{row, person, field, stands, other}`."""
    return [
        {**_of(each, report), "stands": _shown(each.field, each.stands), "other": _shown(each.field, each.other)}
        for each in report.contradictions
    ]


def _of(each: FieldChange | ToldUnlike, report: SheetReport) -> dict[str, Any]:
    about = Subject.parse(each.about)
    person = about.number if about is not None and about.kind == "person" else None
    sheet = {"sheet": each.sheet} if len(report.sheets) > 1 else {}
    return {"row": each.row, **sheet, "person": person, "about": each.about, "field": each.field}


def _about(each: FieldChange | ToldUnlike) -> str:
    return f"{each.about} {each.name}".rstrip()


def _row(each: FieldChange | ToldUnlike | LeftToSee, report: SheetReport) -> str:
    return f"{each.sheet} {each.row}" if len(report.sheets) > 1 and each.sheet else str(each.row)


def _shown(field: str, value: Any) -> Any:
    """Return a value of a field; a number of a person is masked unless numbers are revealed here."""
    return secret(value) if field in SECRET and isinstance(value, str) else value
