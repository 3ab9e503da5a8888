"""A person's form as rows of the screen: every field with its label and what stands in it, two or more to a row."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from tui.cells import Line, Span, Tone, clip, line_width, pad, width
from tui.text.people import PeopleWords
from tui.views.masking import masked
from tui.views.person_fields import BY_ID, FIELDS, FieldId, Problem, Values
from tui.views.person_form import id_tells
from tui.views.typed_time import read_typed

SECRET: Final[frozenset[FieldId]] = frozenset({"id_no", "phone"})
_CELL: Final = 30
"""Cells that a field wants at least: a label, and an ID number of 18 characters."""


def per_row(cells: int) -> int:
    """How many fields stand side by side."""
    return max(1, cells // _CELL)


def row_of(field: FieldId, columns: int) -> int:
    """The row in which a field stands."""
    return _ORDER[field] // columns


def step(field: FieldId, by: int) -> FieldId:
    """The field so many places on, stopping at the first and the last."""
    return FIELDS[max(0, min(_ORDER[field] + by, len(FIELDS) - 1))].id


_ORDER: Final[Mapping[FieldId, int]] = {field.id: n for n, field in enumerate(FIELDS)}


def grid_lines(
    values: Values,
    current: FieldId,
    problems: Mapping[FieldId, Problem],
    asked: Collection[FieldId],
    words: PeopleWords,
    cells: int,
    shown: bool = False,
) -> list[Line]:
    """The rows. `asked` are the fields whose answer could change the result (`?`); `!` marks what cannot be read.

    ID and phone are masked but where they are being typed, or all of them `shown`.
    """
    columns = per_row(cells)
    lines: list[Line] = []
    for start in range(0, len(FIELDS), columns):
        spans: list[Span] = []
        for field in FIELDS[start : start + columns]:
            spans += _cell(field.id, values, current, problems, asked, words, cells // columns, shown)
        lines.append(tuple(spans))
    return lines


def _cell(
    field: FieldId,
    values: Values,
    current: FieldId,
    problems: Mapping[FieldId, Problem],
    asked: Collection[FieldId],
    words: PeopleWords,
    cells: int,
    shown: bool,
) -> list[Span]:
    label_cells = max(width(label) for label in words.fields.values())
    here = field == current
    mark = "!" if field in problems else "?" if field in asked else " "
    text = value_text(field, values, words, masks=not (here or shown))
    tone: Tone = "late" if field in problems else "strong" if here or values.get(field) else "dim"
    room = max(1, cells - label_cells - 3)
    return [
        (">" if here else " ", "strong"),
        (mark, "late" if mark == "!" else "soon"),
        (pad(words.fields[field], label_cells) + " ", "key" if here else "dim"),
        (pad(text, room), tone),
    ]


def value_text(field: FieldId, values: Values, words: PeopleWords, *, masks: bool) -> str:
    """What stands in a field: the word of a choice, the text as typed, `-` where nobody was asked."""
    value = values.get(field, "")
    if not value:
        return "-"
    if BY_ID[field].kind == "choice":
        return words.answers[field].get(value, value)
    return masked(value) if masks and field in SECRET else value


def hint_line(
    field: FieldId, values: Values, problems: Mapping[FieldId, Problem], words: PeopleWords, now: datetime, cells: int
) -> Line:
    """Beside the line one types into: the digits of a choice, or what was understood of a time or an ID.

    `now` is the desk's wall clock, naive.
    """
    problem = problems.get(field)
    if problem is not None:
        return ((clip(words.problems[problem], cells), "late"),)
    kind, value = BY_ID[field].kind, values.get(field, "")
    if kind == "choice":
        return _choices(field, value, words, cells)
    if kind in ("time", "day") and value:
        typed = read_typed(value, now, day_only=kind == "day")
        if typed is not None:
            weekday = words.weekdays[typed.at.weekday()]
            clock = f" {typed.at:%H:%M}" if typed.hour_known else ""
            return ((f"= {typed.day.isoformat()} {weekday}{clock}", "mark"),)
    if kind in ("time", "day"):
        return ((clip(words.hint_time if kind == "time" else words.hint_day, cells), "dim"),)
    if field == "id_no" and value:
        born, county, warning = id_tells(value)
        if warning is not None:
            return ((clip(words.id_warnings[warning], cells), "soon"),)
        return ((clip(words.born.format(born=born, county=county), cells), "mark"),)
    hint = words.hints.get(field, "")
    return ((clip(hint, cells), "dim"),)


def _choices(field: FieldId, value: str, words: PeopleWords, cells: int) -> Line:
    spans: list[Span] = []
    for key, answer in BY_ID[field].keys.items():
        spans += [(key, "key"), (words.answers[field][answer] + " ", "strong" if answer == value else "plain")]
    while line_width(tuple(spans)) > cells and spans:
        spans.pop()
    return tuple(spans)
