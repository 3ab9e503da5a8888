"""The fields of an act as questions: named in the officer's language, read as the command line reads them."""

from collections.abc import Mapping
from dataclasses import MISSING, Field
from datetime import date, datetime
from functools import partial
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import click

from dutyboard.rules.law.facts import Facts
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.ids import POST, Subject
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.told.post import Called
from dutyboard.tui.acts.names import ACTS, act_fields
from dutyboard.tui.acts.pairs import fact_pairs
from dutyboard.tui.acts.signing import UNKEPT
from dutyboard.tui.commands.act_command import as_typed, field_typed, names_typed
from dutyboard.tui.commands.invocation import Failure
from dutyboard.tui.commands.lookup import person_named, site_named, staff_named, unit_named
from dutyboard.tui.commands.plain.form import LineQuestion
from dutyboard.tui.commands.plain.talk import Talk
from dutyboard.tui.sheets.values import read_degrees
from dutyboard.tui.text import Words
from dutyboard.tui.views.fields import fold
from dutyboard.tui.views.typed_time import read_typed

CALL: Final = "call."
"""First part of the keys of a phone call's questions, whose answers are one field of a log line."""
_MET: Final = frozenset({"seen", "absent", "refused", "unwell"})
_YES, _NO = frozenset({"1", "y", "yes", "是"}), frozenset({"0", "n", "no", "否"})


def questions_of(talk: Talk, name: str, told: Mapping[str, Any]) -> list[LineQuestion]:
    """Return a question for each field of an act that is not told yet, in the order of its dataclass."""
    hints = get_type_hints(ACTS[name].command)
    asked: list[LineQuestion] = []
    for key, of in act_fields(name).items():
        hint = hints[of.name]
        if key in told:
            continue
        if Called in get_args(hint):
            called = get_type_hints(Called)
            asked += [
                LineQuestion(
                    key=CALL + each,
                    label=f"{label(talk.words, key)} {label(talk.words, each)}",
                    **_way(talk, each, each, of_call),
                )
                for each, of_call in called.items()
                if each != "entry_kind"
            ]
            continue
        asked.append(
            LineQuestion(
                key=key,
                label=label(talk.words, key),
                needed=_needed(of),
                **_way(talk, key, of.name, hint, ACTS[name].command),
            )
        )
    return asked


def label(words: Words, key: str) -> str:
    """Return what a field of an act is called."""
    return words.lines.fields.get(key) or words.amending.fields.get(key) or key


def stated(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers as fields of the act: those of a phone call together."""
    call = {key.removeprefix(CALL): value for key, value in told.items() if key.startswith(CALL)}
    others = {key: value for key, value in told.items() if not key.startswith(CALL)}
    return {**others, "call": {"caller": "", "matter": "", **call}} if call else others


def choice_words(words: Words) -> dict[str, str]:
    """Return the word of each code that an act's field may hold."""
    frame = words.frame
    tables = (
        words.course.results,
        words.course.test_types,
        words.course.places,
        words.refusal_names.roles,
        words.log.presence,
        words.papers.titles,
    )
    found = {code: word for table in tables for code, word in table.items()}
    return {**found, "leader": frame.seat_leader, "officer": frame.seat_officer, **words.lines.choices}


def _needed(of: Field[Any]) -> bool:
    return of.default is MISSING and of.default_factory is MISSING


def _way(talk: Talk, key: str, name: str, hint: Any, command: type[Any] | None = None) -> dict[str, Any]:
    """Return how a field is typed and read."""
    said, parts = talk.lines, [each for each in (hint, *get_args(hint)) if each is not type(None)]
    codes = next((get_args(each) for each in parts if get_origin(each) is Literal), ())
    if codes:
        worded = choice_words(talk.words)
        choices = {code: worded.get(code, code) for code in codes}
        shown = " ".join(f"{number} {word}" for number, word in enumerate(choices.values(), 1))
        return {"read": partial(_choice, talk, key, choices), "hint": said.choice_hint.format(choices=shown)}
    if command is Amend and name == "instead":
        return {"read": partial(_pairs, talk), "hint": said.pairs_hint}
    if Facts in parts:
        return {"read": partial(_facts, talk), "hint": said.pairs_hint}
    if bool in parts:
        return {"read": partial(_yes_no, talk, key), "hint": said.yes_no}
    if any(
        get_origin(each) is not None and issubclass(get_origin(each), Mapping)
        for each in parts
        if isinstance(get_origin(each), type)
    ):
        numbers = any(
            float in get_args(of_value) or of_value in (int, float) for each in parts for of_value in get_args(each)
        )
        return {"read": partial(_pairs, talk, numbers=numbers), "hint": said.pairs_hint}
    several = next((each for each in parts if get_origin(each) is tuple), None)
    if several is not None and (int not in parts or name in _MET):
        return {"read": partial(_several, talk, name, get_args(several)[0]), "hint": said.several_hint}
    if name in ("subject", "obligation"):
        return {"read": partial(_about, talk) if name == "subject" else talk.listed_id}
    unseen = key in UNKEPT
    return {
        "read": partial(_one, talk, name, hint),
        "unseen": unseen,
        "hint": said.hint.format(text=talk.words.forms.hint_time) if datetime in parts and _is_now(hint) else "",
    }


def _is_now(hint: Any) -> bool:
    return type(None) in get_args(hint)


def _one(talk: Talk, name: str, hint: Any, text: str) -> Any:
    kinds = {hint, *get_args(hint)}
    if datetime in kinds or date in kinds:
        return _when(talk, name, hint, text, day_only=datetime not in kinds)
    if name == "temp_c" and (degrees := read_degrees(text)) is not None:
        return degrees
    return field_typed(talk.call, talk.gateway, name, hint, as_typed(text, hint))


def _when(talk: Talk, name: str, hint: Any, text: str, *, day_only: bool) -> Any:
    """Return a time as the forms take it, `1930`, `今1930`, `6-7 1930`, or as the command line does; or a day."""
    read = read_typed(text, talk.now().replace(tzinfo=None), day_only=day_only)
    if read is not None and day_only:
        return read.day.isoformat()
    if read is not None and read.hour_known and read.at is not None:
        return read.at.replace(tzinfo=talk.snapshot.zone).isoformat()
    return field_typed(talk.call, talk.gateway, name, hint, text)


def _several(talk: Talk, name: str, hint: Any, text: str) -> Any:
    if name in _MET:
        return [_met(talk, each) for each in names_typed(text)]
    if name == "obligations":
        return [talk.listed_id(each) for each in names_typed(text)]
    return field_typed(talk.call, talk.gateway, name, hint, tuple(names_typed(text)))


def _met(talk: Talk, text: str) -> int:
    """Return the number of somebody who was met or not, of the people of the desk or a site's staff. Raises Failure."""
    try:
        return person_named(talk.snapshot, text, talk.call).id
    except Failure:
        return staff_named(talk.snapshot, text, talk.call).id


def _choice(talk: Talk, key: str, choices: Mapping[str, str], text: str) -> str:
    """Return the code of an answer, typed as its digit, its word or itself."""
    folded = fold(text)
    known = {
        **{str(number): code for number, code in enumerate(choices, 1)},
        **{word: code for code, word in choices.items()},
    }
    found = known.get(folded, folded)
    if found not in choices:
        raise Failure(talk.lines.not_a_choice.format(label=label(talk.words, key), text=text))
    return found


def _yes_no(talk: Talk, key: str, text: str) -> bool:
    folded = fold(text).casefold()
    if folded not in _YES | _NO:
        raise Failure(talk.lines.not_a_choice.format(label=label(talk.words, key), text=text))
    return folded in _YES


def _pairs(talk: Talk, text: str, *, numbers: bool = False) -> dict[str, Any]:
    """Return `NAME=VALUE；NAME=VALUE` by name. People may be named."""
    found: dict[str, Any] = {}
    for part in filter(None, (each.strip() for each in text.replace("；", ";").split(";"))):
        name, equals, value = fold(part).partition("=")
        if not equals:
            raise Failure(talk.lines.bad_pair.format(text=part))
        if numbers:
            try:
                found[name.strip()] = float(value) if "." in value else int(value)
            except ValueError:
                raise Failure(talk.call.words.bad_figure.format(text=part)) from None
        else:
            found[name.strip()] = value.strip()
    return found


def _facts(talk: Talk, text: str) -> dict[str, Any]:
    try:
        return fact_pairs(text.replace("；", " ").replace(";", " ").split())
    except ValueError:
        raise Failure(talk.lines.bad_pair.format(text=text)) from None


def _about(talk: Talk, text: str) -> str:
    """Return the record that a text names: an id, or the name of a person, a site or a unit. Raises Failure."""
    if text == POST or Subject.parse(text) is not None:
        return text
    for named in (person_named, site_named, unit_named):
        try:
            return subject_id(named(talk.snapshot, text, talk.call))
        except click.ClickException:
            continue
    raise Failure(talk.lines.nobody.format(text=text))
