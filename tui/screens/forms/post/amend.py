"""Correction of an entry of the log: its reason, and the fields of its act, each with what was told."""

from collections.abc import Iterator, Mapping
from dataclasses import Field as Member
from dataclasses import replace
from datetime import date, datetime
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from dutyboard.rules.amending.ways import ByOwnAct, OnlyBack, Remedy, way_of
from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.records.commands.amending import Amend, Restated
from dutyboard.rules.records.commands.post import Discharge, SendReport, WriteLog
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.told.post import Called
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.acts.names import act_fields, act_name
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import choices_hint, chosen, draft_key, leader_named
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.entry.line import entry_text
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.log import log_detail

_ABOUT = frozenset({"person_id", "obligation", "subject", "kind", "clause", "area_id", "site_id", "linked"})
"""Fields that say what the act was about, and not what was told of it."""


class AmendForm(FormScreen):
    """The form. Where the rules ask first, a second F9 agrees to what they have said."""

    def answered(self, answer: Answer) -> None:
        """Remember that the officer has seen what goes with it."""
        if isinstance(answer, Refusal) and answer.code == "asks_first":
            self.agreed = True
        super().answered(answer)

    agreed = False
    back_asked = False


def amend_form(session: Session, entry: Entry) -> None:
    """Open the form of an entry; say why where another act changes it."""
    said, snapshot = session.words.amending, session.snapshot
    way = way_of(entry, snapshot)
    if isinstance(way, ByOwnAct):
        session.say(session.answer_sentence(_by_own_act(entry, way)) or "", "soon")
        return
    reason = Field(id="why", label=said.reason, hint=said.reason_hint, needed=True)
    asked = [] if isinstance(way, OnlyBack) or entry.part_of is not None else list(_fields(way, session))

    def make(values: Mapping[str, Any]) -> Amend | Problem | None:
        changed = {field.id for _, field in asked if form.typed[field.id] != field.value}
        if not changed and not form.back_asked:
            form.back_asked = True
            form.say(said.back_asked, "soon")
            return None
        instead = _instead(way, asked, changed, values, session) if changed else None
        if isinstance(instead, Problem):
            return instead
        return Amend(entry_id=entry.id, reason=values["why"], instead=instead, agreed=form.agreed)

    def done(_: Accepted) -> None:
        session.say(said.saved.format(entry=entry.id))

    facts: list[Line] = [*log_detail(entry, snapshot, session.words, session.cells), ((f" {said.unchanged}", "dim"),)]
    title = said.title.format(entry=entry.id)
    fields = [reason, *(field for _, field in asked)]
    form = AmendForm(session, title, facts, fields, make, draft_key("amend", str(entry.id)), done)
    session.open(form)


def choose_entry(session: Session, entries: list[Entry], name: str) -> None:
    """Open the choice among the entries of a person, then the form of the chosen one."""
    said, snapshot = session.words.amending, session.snapshot
    standing = [each for each in entries if each.id not in snapshot.amended]
    if not standing:
        session.say(said.nothing, "soon")
        return
    texts = {str(each.id): f"{each.id} {entry_text(each, snapshot, session.words, subject=False)}" for each in standing}
    choices: list[tuple[str, str, Line]] = [(key, text, ((f"  {text}", "plain"),)) for key, text in texts.items()]

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        amend_form(session, snapshot.entries[int(key)])

    session.open(PickScreen(session, said.pick.format(name=name), said.pick_hint, choices, picked))


def _by_own_act(entry: Entry, way: ByOwnAct) -> Refusal:
    return Refusal("amend_by_own_act", {"entry": entry.id, "name": way.act})


# ---------------------------------------------------------------- the fields of an act


def _fields(way: Restated, session: Session) -> Iterator[tuple[Member[Any], Field]]:
    """Yield each field of an act that can be told again, with its row; figures each by itself."""
    labels, hints = session.words.amending.fields, get_type_hints(type(way))
    for key, member in act_fields(act_name(way)).items():
        value = getattr(way, member.name)
        if member.name in ("figures", "call"):
            parts = value if isinstance(value, Mapping) else {} if value is None else _call(value)
            names = {**session.words.reports.figures, **session.words.refusal_names.names, **labels}
            for name, told in parts.items():
                yield member, Field(id=f"{key}.{name}", label=names.get(name, name), value=_plain(told, session))
        elif member.name not in _ABOUT and key in labels:
            hint = hints[member.name]
            coded = _codes(member.name, hint, session)
            yield (
                member,
                Field(
                    id=key,
                    label=labels[key],
                    kind="time" if datetime in _kinds(hint) else "yes_no" if hint is bool else "text",
                    hint=choices_hint(coded) if coded else "",
                    value=coded.get(value, "") if coded else _plain(value, session, member.name),
                ),
            )


def _call(call: Any) -> dict[str, str]:
    return {"caller": call.caller, "matter": call.matter, "told": call.told or ""}


def _kinds(hint: Any) -> set[Any]:
    return {hint, *get_args(hint)}


def _codes(name: str, hint: Any, session: Session) -> Mapping[Any, str]:
    """Return the words of a field of codes, by code; {} where it is text."""
    words = session.words
    known: Mapping[str, Mapping[Any, str]] = {
        "type": words.course.test_types,
        "result": words.course.results,
        "answer": words.log.answers,
    }
    literal = next((each for each in _kinds(hint) if get_origin(each) is Literal), None)
    return {code: word for code, word in known.get(name, {}).items() if code in get_args(literal)} if literal else {}


def _plain(value: Any, session: Session, name: str = "") -> str:
    """Return a value as the officer would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return f"{value.astimezone(session.snapshot.zone):%m-%d %H:%M}"
    if name == "leader_id":
        return officer_name(session.snapshot, value)
    return str(value)


def _instead(
    way: Remedy,
    asked: list[tuple[Member[Any], Field]],
    changed: set[str],
    values: Mapping[str, Any],
    session: Session,
) -> Restated | Problem | None:
    """Return the act with the fields that the officer has changed, or the field that cannot be read."""
    if isinstance(way, ByOwnAct | OnlyBack):
        return None
    told: dict[str, Any] = {}
    hints = get_type_hints(type(way))
    for member, field in asked:
        if field.id not in changed:
            continue
        _, _, part = field.id.partition(".")
        if isinstance(way, WriteLog) and way.call is not None and part:
            call: Called = told.get("call", way.call)
            told["call"] = _with_words(call, part, values[field.id] or "")
            continue
        value = _number(field, values[field.id]) if part else _read(member.name, hints, field, values, session)
        if isinstance(value, Problem):
            return value
        if isinstance(way, Discharge | SendReport) and part:
            told["figures"] = {**told.get("figures", way.figures), part: value}
        else:
            told[member.name] = value
    return replace(way, **told)


def _with_words(call: Called, part: str, text: str) -> Called:
    """Return a call with other words in one of its parts."""
    match part:
        case "caller":
            return replace(call, caller=text)
        case "matter":
            return replace(call, matter=text)
        case _:
            return replace(call, told=text or None)


def _read(name: str, hints: Mapping[str, Any], field: Field, values: Mapping[str, Any], session: Session) -> Any:
    value, hint = values[field.id], hints[name]
    if name == "leader_id":
        return leader_named(session, field, value or "")
    coded = _codes(name, hint, session)
    if coded:
        code = chosen(value or "", coded)
        return Problem(field, "not_a_choice", value or "") if code is None else code
    if value is None:
        return None if NoneType in _kinds(hint) else False if hint is bool else ""
    if float in _kinds(hint) or (int in _kinds(hint) and not isinstance(value, bool)):
        return _number(field, value)
    if date in _kinds(hint) and datetime not in _kinds(hint):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return Problem(field, "not_a_time")
    return value


def _number(field: Field, value: Any) -> Any:
    """Return a figure, or a Problem."""
    try:
        return float(value) if "." in str(value) else int(value)
    except (TypeError, ValueError):
        return Problem(field, "not_a_number")
