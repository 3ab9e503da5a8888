"""The submission of acts, and the answer to each as one line of JSON: the result, or the refusal."""

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import msgspec
import orjson

from dutyboard.rules.law.facts import FACT_KEYS
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.model import DeskSettings, Entry, NoticeInForce, Record, SettingChange
from dutyboard.rules.records.refusals import ASKS, Refusal
from dutyboard.rules.records.secrets import Secret
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import ImportUndone
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.acts.problems import ActError
from dutyboard.tui.acts.reading import command_of
from dutyboard.tui.acts.signing import ABOUT_PIN, UNKEPT, Signing, signing_of
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.pins import Given
from dutyboard.tui.link.rid import new_rid, rid_of
from dutyboard.tui.terminal.visible import visible_json
from dutyboard.tui.text import Words
from dutyboard.tui.views.refusals import sentence

AnswerLine = dict[str, Any]
_NAME_A_FIELD: Final = frozenset({"fact_in_future", "left_after_arrival", "result_before_sample", "bad_figure"})
"""Refusals whose `name` is that of a field: of a form, a fact, a round's figure or a person measured."""
_NAME_FIELDS: Final = frozenset({"figures_needed", "figures_unknown"})
_WRITTEN_IN: Final = {"left_on": "stays"}
"""Fields of a form that an act says within another one."""


def submit_acts(
    gateway: Gateway, acts: Sequence[msgspec.Struct], words: Words, signing: Sequence[Signing] = ()
) -> list[AnswerLine]:
    """Write acts as one commit, all or none, and return the answer to each. Raises StoreTrouble.

    `signing`: how each act is signed; without it by the PINs that it carries.
    """
    signing = list(signing or map(signing_of, acts))
    while True:
        answers, refused = _submitted(gateway, acts, words, [each.given for each in signing])
        more = signing[refused[0]].more(refused[1]) if refused is not None else None
        if refused is None or more is None:
            return answers
        signing = [more if number == refused[0] else each for number, each in enumerate(signing)]


def _submitted(
    gateway: Gateway, acts: Sequence[msgspec.Struct], words: Words, given: Sequence[Sequence[Given]]
) -> tuple[list[AnswerLine], tuple[int, Refusal] | None]:
    """Submit acts once. Return the answers, and the number of the act that was refused with why."""
    reached = 0

    def decided(number: int, picture: Snapshot) -> Command:
        nonlocal reached
        reached = number
        return command_of(acts[number], picture)

    refused: AnswerLine | None = None
    try:
        made = [partial(decided, number) for number in range(len(acts))]
        accepted, refusal = gateway.submit_all(made, _rid(acts, gateway), given)
    except ActError as error:
        refused, refusal = unread_answer(error, words), None
    else:
        if refusal is None:
            found = accepted * len(acts) if accepted and accepted[0].again else accepted
            return [accepted_answer(each, gateway.snapshot.seq) for each in found], None
        refused = refused_answer(refusal.code, refusal.fields, acts[reached], words)
    others = unread_answer(ActError("not_written", ""), words)
    answers = [refused if number == reached else others for number in range(len(acts))]
    return answers, (reached, refusal) if refusal is not None else None


def _rid(acts: Sequence[msgspec.Struct], gateway: Gateway) -> str:
    """Return the name of the acts of one commit: of those that say one, or one that is new."""
    told = [msgspec.to_builtins(act, enc_hook=str) for act in acts]
    named = "+".join(each.pop("rid", "") for each in told)
    plain = [{key: value for key, value in each.items() if key not in UNKEPT} for each in told]
    text = orjson.dumps(plain, option=orjson.OPT_SORT_KEYS).decode()
    return rid_of(named if named.strip("+") else new_rid(), gateway.identity.login, text)


def accepted_answer(accepted: Accepted, seq: int) -> AnswerLine:
    """Return the answer to an act that was written as line `seq`.

    `created` holds the number of each new record by its kind, or a list if several of a kind are new. Entries stand in
    `entries`, and secrets nowhere. `again`: the act had been written before, as line `seq`.
    """
    created: dict[str, list[int]] = {}
    for record in accepted.created:
        if not isinstance(record, Entry | Secret):
            created.setdefault(_kind(record), []).append(record.id)
    return {
        "ok": True,
        "entries": [entry.id for entry in accepted.entries],
        "seq": accepted.again or seq,
        "created": {kind: ids[0] if len(ids) == 1 else ids for kind, ids in created.items()},
        "state": accepted.state,
        **({"again": True} if accepted.again else {}),
        **_left(accepted),
    }


def _left(accepted: Accepted) -> dict[str, list[str]]:
    """Return the records on which an import that was undone is left as it is."""
    told = accepted.entries[0].told if accepted.entries else None
    return {"left": list(told.left)} if isinstance(told, ImportUndone) else {}


def refused_answer(code: str, fields: Mapping[str, Any], act: msgspec.Struct, words: Words) -> AnswerLine:
    """Return the answer to an act that was refused. `field` is the field of the act that the reason names.

    Where a PIN is asked for, `officer` is the number of the one whose it is.
    """
    officer = next((fields.get(key) for each, key in ASKS.items() if each == code), None)
    asked = {"officer": officer} if officer is not None else {}
    message = sentence(words, code, fields)
    return {"ok": False, "code": code, "field": _field(code, fields, act), "message": message, **asked}


def _field(code: str, fields: Mapping[str, Any], act: msgspec.Struct) -> str | None:
    """Return the field of an act that a refusal names. None: it names none."""
    if code in ABOUT_PIN:
        return "pin"
    if code in _NAME_A_FIELD and fields["name"] != getattr(act, "name", None):  # of a setting it is the field itself
        name = str(fields["name"])
        parts = (key for key in FACT_KEYS if name.startswith(f"{key}_") and name not in FACT_KEYS)
        return _WRITTEN_IN.get(name) or next(parts, name)
    if code in _NAME_FIELDS:
        return next((str(name) for name in fields["names"]), None)
    return next((name for name in fields if name in act.__struct_fields__), None)


def unread_answer(error: ActError, words: Words) -> AnswerLine:
    """Return the answer to a line that is no act."""
    return {"ok": False, "code": error.code, "field": error.field or None, "message": problem_text(error, words)}


def problem_text(error: ActError, words: Words) -> str:
    """Return the sentence for a line that is no act. If it has a field, the field comes first."""
    problem = words.cli.act_problems[error.code]
    return words.cli.act_problem.format(field=error.field, problem=problem) if error.field else problem


def print_answer(answer: AnswerLine) -> None:
    """Write one answer as a line on standard output, at once, for the reader may wait for it."""
    sys.stdout.flush()
    sys.stdout.buffer.write(visible_json(answer, orjson.OPT_APPEND_NEWLINE))
    sys.stdout.buffer.flush()


def _kind(record: Record) -> str:
    kinds = {NoticeInForce: "notice", DeskSettings: "settings", SettingChange: "setting_change"}
    return kinds.get(type(record), type(record).__name__.lower())
