"""Fields of an act that is told again, with a row for each thing that was told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from types import NoneType
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from dutyboard.frozen import frozen
from dutyboard.rules.amending.ways import with_fresh_remarks
from dutyboard.rules.duties.doer import place_of_doer
from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.records.commands.amending import Restated
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import number_typed
from dutyboard.rules.records.told.post import Called
from dutyboard.tui.acts.names import act_fields, act_name
from dutyboard.tui.screens.filling.names import doers_offered
from dutyboard.tui.screens.form_parts import leader_named, officer_named
from dutyboard.tui.screens.forms.places import site_typed
from dutyboard.tui.session import Session
from dutyboard.tui.views.entry.names import subject_name
from dutyboard.tui.views.entry.ways import ways_of
from dutyboard.tui.views.fields import Field, InputKind, Problem

_ABOUT: Final = frozenset(
    {
        "person_id",
        "obligation",
        "subject",
        "kind",
        "clause",
        "area_id",
        "linked",
        "matter_id",
        "staff_id",
        "seat",
        "agreed",
    }
)
"""Fields that say what the act was about, and not what was told of it."""
_SHOWN: Final = frozenset({"items", "by_name", "alone", "for_handover", "head", "facts"})
"""Fields that the program filled, or that have a form of their own."""
_HOLDS: Final = frozenset({"figures", "readings", "first", "details", "remarks", "call"})
"""Fields that hold several things by name; those that were not told have no row."""
_NUMBERS: Final = frozenset({"figures", "readings", "first"})
"""Those that hold numbers; the others hold texts."""
_DOERS: Final = frozenset({"done_by", "received_by"})
"""Fields that name who did a thing."""
_DEGREES: Final = frozenset({"temp_c", "readings", "first", "highest"})
"""Temperatures: fields, and the part of the figures that is one."""


@frozen(kw_only=False)
class ToldRow:
    """A row of the form. `part` is one thing of a field that holds several ("": it holds one)."""

    name: str
    part: str
    field: Field


def rows_of(way: Restated, session: Session) -> Iterator[ToldRow]:
    """Yield a row for each thing that an act tells, with what was told."""
    labels, hints = session.words.amending.fields, get_type_hints(type(way))
    for key, member in act_fields(act_name(way)).items():
        value = getattr(way, member.name)
        if member.name in _ABOUT | _SHOWN or (member.name == "site_id" and not hasattr(way, "room")):
            continue
        if isinstance(way, Discharge) and member.name == "started_at" and "method" not in way.details:
            continue
        if member.name in _HOLDS:
            for part, told in _parts(value).items():
                label, kind = _part_label(part, session), _kind_of(member.name, part)
                coded = ways_of(part, session.words)
                value = coded.get(told, "") if coded else _plain(told, session)
                field = Field(id=f"{key}.{part}", label=label, kind=kind, choices=coded, value=value)
                yield ToldRow(member.name, part, field)
        else:
            field = _row(key, labels[key], member.name, hints[member.name], value, session)
            yield ToldRow(member.name, "", _by_name(field, way, session) if member.name in _DOERS else field)


def act_again(
    way: Restated, rows: Iterable[ToldRow], values: Mapping[str, Any], session: Session
) -> Restated | Problem:
    """Return the act with the values of these rows, or the field that cannot be read."""
    told: dict[str, Any] = {}
    hints = get_type_hints(type(way))
    for row in rows:
        value, was = values[row.field.id], told.get(row.name, getattr(way, row.name))
        if not row.part:
            read = _read(row, hints[row.name], value, session)
        elif row.name == "call":
            read = _call_with(was, row.part, value or "")
        else:
            part = _number(row.field, value) if row.name in _NUMBERS else value or ""
            read = part if isinstance(part, Problem) else {**was, row.part: part}
        if isinstance(read, Problem):
            return read
        told[row.name] = read
    again = replace(way, **told)
    return with_fresh_remarks(way, again) if isinstance(way, Discharge) and isinstance(again, Discharge) else again


# ---------------------------------------------------------------- what was told


def _parts(value: Any) -> Mapping[str, Any]:
    """Return what a field holds, by name; {}: nothing."""
    if isinstance(value, Called):
        texts = (each.name for each in fields(Called) if _is_text(each.type) and each.name != "urges")
        return {name: getattr(value, name) or "" for name in texts}  # which duty it is about is no word to mend
    return value or {}


def _is_text(hint: Any) -> bool:
    return str in _kinds(hint)


def _part_label(part: str, session: Session) -> str:
    words = session.words
    names = {**words.reports.figures, **words.refusal_names.names, **words.amending.fields}
    return names.get(part) or subject_name(part, session.snapshot)


def _kind_of(name: str, part: str = "") -> InputKind:
    """Return how a number is typed: of a temperature 365 is 36.5, as in the form that told it first."""
    return "temperature" if name in _DEGREES or part in _DEGREES else "text"


def _kind_typed(name: str, hint: Any) -> InputKind:
    """Return how a field is typed, by the type of what it holds."""
    if hint is bool:
        return "yes_no"
    kinds = _kinds(hint)
    return "time" if datetime in kinds else "day" if date in kinds else _kind_of(name)


def _row(key: str, label: str, name: str, hint: Any, value: Any, session: Session) -> Field:
    coded = _codes(name, hint, session)
    return Field(
        id=key,
        label=label,
        kind=_kind_typed(name, hint),
        choices=coded,
        value=coded.get(value, "") if coded else _plain(value, session, name),
    )


def _by_name(field: Field, way: Restated, session: Session) -> Field:
    """Return the field of a doer with the names that the first form offered."""
    place = place_of_doer(way, session.snapshot)
    return field if place is None else replace(field, kind="officer", names=doers_offered(session, place))


def _kinds(hint: Any) -> set[Any]:
    return {hint, *get_args(hint)}


def _codes(name: str, hint: Any, session: Session) -> Mapping[Any, str]:
    """Return the words of a field of codes, by code; {} where it is text."""
    words = session.words
    known: Mapping[str, Mapping[Any, str]] = {
        "type": words.course.test_types,
        "result": words.course.results,
        "answer": words.log.answers,
        "found": words.log.presence,
        "to": words.course.places,
        "state": words.log.site_states,
    }
    literal = next((each for each in _kinds(hint) if get_origin(each) is Literal), None)
    if literal is None:
        return {}
    return {code: known[name][code] for code in get_args(literal)}


def _plain(value: Any, session: Session, name: str = "") -> str:
    """Return a value as the officer would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return f"{value.astimezone(session.snapshot.zone):%m-%d %H:%M}"
    if isinstance(value, tuple):
        return session.words.marks.comma.join(map(str, value))
    if name in ("leader_id", "incoming_id"):
        return officer_name(session.snapshot, value)
    if name == "site_id":
        site = session.snapshot.sites.get(value)
        return (site.label or site.name) if site is not None else ""
    return str(value)


# ---------------------------------------------------------------- what is told instead


def _call_with(call: Called, part: str, text: str) -> Called:
    """Return a call with other words in one of its parts."""
    changed: dict[str, Any] = {part: text}
    return replace(call, **changed)


def _read(row: ToldRow, hint: Any, value: Any, session: Session) -> Any:
    name, field = row.name, row.field
    if value is None and not (_kinds(hint) & {NoneType, str} or hint is bool or get_origin(hint) is tuple):
        return Problem(field, "needed")
    match name:
        case "leader_id":
            return leader_named(session, field, value or "")
        case "incoming_id":
            return officer_named(session, field, value or "")
        case "site_id":
            found = site_typed(session, value) if value else None
            return Problem(field, "not_a_choice", value) if value and found is None else found
        case "room":
            return int(value) if value and value.isdecimal() else value
    coded = _codes(name, hint, session)
    if coded:
        return Problem(field, "not_a_choice") if value is None else value
    if get_origin(hint) is tuple:
        return _several(field, hint, value or "")
    if value is None:
        if NoneType in _kinds(hint):
            return None
        return False if hint is bool else ""
    if float in _kinds(hint) or (int in _kinds(hint) and not isinstance(value, bool)):
        return _number(field, value)
    return value


def _several(field: Field, hint: Any, text: str) -> Any:
    """Return the names in `A、B`, or the numbers of people in `3、person-12`; else a Problem."""
    texts = [each.strip() for each in text.replace("，", ",").replace("、", ",").split(",") if each.strip()]
    if str in _kinds(hint):
        return tuple(texts)
    numbers = [number_typed("person", each) for each in texts]
    return Problem(field, "not_a_number") if None in numbers else tuple(numbers)


def _number(field: Field, value: Any) -> Any:
    """Return a figure, or a Problem."""
    try:
        return float(value) if "." in str(value) else int(value)
    except (TypeError, ValueError):
        return Problem(field, "not_a_number")
