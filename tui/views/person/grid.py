"""A person's form as rows of the screen: each field with label and text, three or more a row."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from dutyboard.rules.records.ids import Subject, number_typed
from dutyboard.tui.person_fields import BY_ID, FIELDS, LEAVES, FieldId, PersonField, Unread, Values
from dutyboard.tui.sheets.identity import read_id, read_phone
from dutyboard.tui.terminal.cells import CUT, Line, Piece, Tone, clip, line_width, pad, width
from dutyboard.tui.terminal.masking import SECRET, secret
from dutyboard.tui.text.person_form import PersonFormWords
from dutyboard.tui.views.person.form import contact_names, id_tells
from dutyboard.tui.views.typed_time import read_typed

_PHONES: Final[frozenset[FieldId]] = frozenset({"phone", "emergency_phone"})
_CELL: Final = 26
"""Cells that a field needs at least: a label, and a day with its hour."""
_STARS: Final = re.compile(r"\*+")
_ORDER: Final[Mapping[FieldId, int]] = {field.id: n for n, field in enumerate(FIELDS)}


def per_row(cells: int) -> int:
    """Return the number of fields side by side."""
    return max(1, cells // _CELL)


def leaf_of(field: FieldId) -> tuple[PersonField, ...]:
    """Return the fields of the leaf on which a field stands."""
    return next(leaf for leaf in LEAVES if BY_ID[field] in leaf)


def fields_shown(field: FieldId, cells: int, room: int) -> tuple[PersonField, ...]:
    """Return the fields that are shown with one: all where `room` has rows for them, else those of its leaf."""
    return FIELDS if -(-len(FIELDS) // per_row(cells)) <= room else leaf_of(field)


def turned(field: FieldId, by: int) -> FieldId:
    """Return the first field so many leaves on. It stops at the first and at the last leaf."""
    at = LEAVES.index(leaf_of(field)) + by
    return LEAVES[max(0, min(at, len(LEAVES) - 1))][0].id


def step(field: FieldId, by: int) -> FieldId:
    """Return the field so many places on. It stops at the first and at the last field."""
    return FIELDS[max(0, min(_ORDER[field] + by, len(FIELDS) - 1))].id


def fields_asking(keys: Collection[str]) -> frozenset[FieldId]:
    """Return the fields that answer these facts, by the facts' keys."""
    return frozenset(field.id for field in FIELDS if field.fact and (field.fact in keys))


def grid_lines(
    values: Values,
    current: FieldId,
    problems: Mapping[FieldId, Unread],
    asked: Collection[FieldId],
    words: PersonFormWords,
    now: datetime,
    cells: int,
    room: int,
) -> list[Line]:
    """Return the rows of the form. Where `room` rows are too few for all, it is one leaf and a row about the other.

    `asked`: the fields whose answer could change the result; they are marked `?`. `!` marks a field that cannot be
    read. `now` is the desk's wall clock, naive.
    """
    columns, fields = per_row(cells), fields_shown(current, cells, room)
    lines: list[Line] = []
    for start in range(0, len(fields), columns):
        spans: list[Piece] = []
        for field in fields[start : start + columns]:
            text = value_text(field.id, values, words, now)
            doubted = field.id in problems or (_is_secret(field.id) and _odd(field.id, values))
            mark = "!" if doubted else "?" if field.id in asked else " "
            spans += _cell(field.id, text, mark, field.id == current, words, cells // columns)
        lines.append(tuple(spans))
    if fields == LEAVES[0]:
        lines.append(_rest_line(values, words, cells))
    elif fields == LEAVES[1]:
        lines.insert(0, ((clip(f" {words.leaf_before.format(name=values['name'])}", cells), "dim"),))
    return lines


def _rest_line(values: Values, words: PersonFormWords, cells: int) -> Line:
    """Return the row that names the fields of the second leaf, those with an answer bright."""
    spans: list[Piece] = [(f" {words.leaf_after}", "key")]
    for field in LEAVES[1]:
        spans.append((f" {words.fields[field.id]}", "strong" if values.get(field.id) else "dim"))
    while line_width(tuple(spans)) > cells - 1 and len(spans) > 1:
        spans[-2:] = [(f" {CUT}", "dim")]
    return tuple(spans)


def _is_secret(field: FieldId) -> bool:
    return field in SECRET


def _odd(field: FieldId, values: Values) -> bool:
    """Return True if the number in a field cannot be right. The form says so and never blocks it."""
    value = values.get(field, "")
    return bool(value) and (read_id(value).warning if field == "id_no" else read_phone(value)[1]) is not None


def _cell(field: FieldId, text: str, mark: str, here: bool, words: PersonFormWords, cells: int) -> list[Piece]:
    label_cells = max(width(label) for label in words.fields.values())
    tone: Tone = "late" if mark == "!" else "strong" if here or text else "dim"
    return [
        (">" if here else " ", "strong"),
        (mark, "late" if mark == "!" else "soon"),
        (pad(words.fields[field], label_cells) + " ", "key" if here else "dim"),
        (pad(text or "-", max(1, cells - label_cells - 3)), tone),
    ]


def value_text(field: FieldId, values: Values, words: PersonFormWords, now: datetime) -> str:
    """Return the text of a field as the screen shows it; "" means: nobody was asked.

    A choice shows its word, a time shows as it was understood, and all else as it was typed.
    """
    value, kind = values.get(field, ""), BY_ID[field].kind
    if field == "sex" and value:
        born = id_tells(values.get("id_no", ""))[0]
        return f"{words.answers['sex'].get(value, value)} {born or ''}".rstrip()
    if kind == "choice":
        return words.answers[field].get(value, value)
    if kind in ("time", "day") and (typed := read_typed(value, now, day_only=kind == "day")):
        day = f"{typed.day:%m-%d}" if typed.day.year == now.year else typed.day.isoformat()
        return f"{day} {typed.at:%H:%M}" if typed.hour_known else day
    return _STARS.sub("****", secret(value)) if _is_secret(field) else value


def hint_line(
    field: FieldId,
    values: Values,
    problems: Mapping[FieldId, Unread],
    words: PersonFormWords,
    now: datetime,
    cells: int,
) -> Line:
    """Return the line below the input.

    It shows the digits of a choice, or a time or an ID as it was understood. `now` is the desk's wall clock, naive.
    """
    kind, value = BY_ID[field].kind, values.get(field, "")
    if kind == "choice":
        return _choices(field, value, words, cells)
    problem = problems.get(field)
    if problem is not None:
        return ((clip(f" {words.problems[problem]}", cells), "late"),)
    if kind in ("time", "day") and (typed := read_typed(value, now, day_only=kind == "day")):
        weekday = words.weekdays[typed.at.weekday()]
        clock = f" {typed.at:%H:%M}" if typed.hour_known else ""
        return ((f" = {typed.day.isoformat()} {weekday}{clock}", "mark"),)
    if kind in ("time", "day"):
        return ((clip(f" {words.hint_time if kind == 'time' else words.hint_day}", cells), "dim"),)
    if field in _PHONES and _odd(field, values):
        return ((clip(f" {words.id_warnings['phone_unusual']}", cells), "soon"),)
    if field == "id_no" and value:
        born, county, warning = id_tells(value)
        if warning is not None:
            return ((clip(f" {words.id_warnings[warning]}", cells), "soon"),)
        return ((clip(f" {words.born.format(born=born, county=county)}", cells), "mark"),)
    return ((clip(f" {words.hints.get(field, '')}", cells), "dim"),)


def contacts_line(value: str, contacts: Mapping[str, str], words: PersonFormWords, cells: int) -> Line:
    """Return the people of the desk whom the typed names stand for.

    For an unknown name the line says that nobody follows that person.
    """
    names, by_id = contact_names(value), {each: name for name, each in contacts.items()}
    told = []
    for name in names:
        number = number_typed("person", name) if name.isdecimal() else None
        each = contacts.get(name) or (name if number is None else Subject("person", number))
        told.append(f"{by_id[each]}={each}" if each in by_id else words.contact_unknown.format(name=name))
    tone: Tone = "mark" if all("=" in each for each in told) else "soon"
    return ((clip(" " + "  ".join(told), cells), tone),)


def _choices(field: FieldId, value: str, words: PersonFormWords, cells: int) -> Line:
    """Return each digit with its answer. If the typed value is none of them, the line begins with that problem."""
    spans: list[Piece] = [(" ", "plain")]
    if value and value not in BY_ID[field].choices:
        spans.append((words.problems["unread_choice"] + " ", "late"))
    for key, answer in BY_ID[field].keys.items():
        spans += [(key, "key"), (words.answers[field][answer] + " ", "strong" if answer == value else "plain")]
    while line_width(tuple(spans)) > cells:
        spans.pop()
    return tuple(spans)
