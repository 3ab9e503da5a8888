"""The two ways between a record and its JSON document. Each field is checked before the rules see it.

A document holds only the values that differ from the record's defaults, so that jq shows what was stated. Instants are
ISO 8601 with their offset. A person's facts are the facts object of `dutyboard assess`, so that they can be fed to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, field, fields, make_dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import Any, Final, get_args

import msgspec
import orjson

from dutyboard import store
from dutyboard.frozen import values_held
from dutyboard.rules.law.facts import Facts, FactsError, facts_json, read_facts
from dutyboard.rules.records.codes import EntryKind
from dutyboard.rules.records.model import TABLES, Entry, Person, Record
from dutyboard.rules.records.snapshot import table_of
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.earlier import earlier_json, read_earlier
from dutyboard.tui.link.told import data_json, read_told
from dutyboard.tui.link.trouble import StoreTrouble

_NO_DEFAULT: Final = object()


class RecordError(ValueError):
    """A document that is no record of its table.

    `path` names the field and `problem` the fault. Neither holds the value, which may be personal data.
    """

    def __init__(self, table: str, record_id: int, path: str, problem: str) -> None:
        super().__init__(f"{table}/{record_id} {path}: {problem}")
        self.table = table
        self.record_id = record_id
        self.path = path
        self.problem = problem


def _default(of: Field[Any]) -> Any:
    if of.default_factory is not MISSING:
        return of.default_factory()
    return _NO_DEFAULT if of.default is MISSING else of.default


def _again(of: Field[Any]) -> Any:
    return field(default=of.default, default_factory=of.default_factory)


_DEFAULTS: Final = {record: {each.name: _default(each) for each in fields(record)} for record in TABLES.values()}


_READ_APART: Final = ("told", "more", "before")
_EntryDocument: Final = make_dataclass(
    "_EntryDocument",
    [
        ("kind", EntryKind),
        ("data", Mapping[str, Any], field(default_factory=dict)),
        *((each.name, each.type, _again(each)) for each in fields(Entry) if each.name not in _READ_APART),
        ("before", tuple[Mapping[str, Any], ...], field(default=())),
    ],
    kw_only=True,
)
"""An entry as its document has it. msgspec tells no two dataclasses of a union apart: `data` is read by itself."""
_ENTRY_NAMES: Final = tuple(each.name for each in fields(_EntryDocument))
_entry_values: Final = attrgetter(*_ENTRY_NAMES)
_NAMES: Final = {kind: {each.name for each in fields(_EntryDocument if kind is Entry else kind)} for kind in _DEFAULTS}


def _text(name: Any) -> str:
    """The text of a name (`rules.records.ids`). Raises NotImplementedError for whatever else JSON has no type for."""
    if isinstance(name, str):
        return str(name)
    raise NotImplementedError(type(name))


def _holds_instant(of: Any) -> bool:
    return of is datetime or datetime in get_args(of)


_INSTANTS: Final = {
    record: tuple(each.name for each in fields(record) if _holds_instant(each.type)) for record in TABLES.values()
}


def document(record: Record) -> dict[str, Any]:
    """Return the JSON object of a record, without its id, which is the key in the table.

    Raises RecordError for an instant without offset, which no reader could place.
    """
    kind: Any = type(record)
    table = next(name for name, held in TABLES.items() if held is kind)
    _check_instants(table, record)
    out: dict[str, Any] = {"kind": record.kind} if isinstance(record, Entry) else {}
    _, held = values_held(kind)
    for value, (name, default) in zip(held(record), _DEFAULTS[kind].items()):
        if value is default or name == "id" or (default is not _NO_DEFAULT and value == default):
            continue
        if name == "told" and isinstance(record, Entry):
            out |= {"data": data} if (data := data_json(record)) else {}
            continue
        if name == "more":
            continue
        if name == "before" and isinstance(record, Entry):
            out[name] = [earlier_json(each) for each in value]
            continue
        if type(value) is str:  # as most are that an officer or a sheet has told
            out[name] = value
        elif isinstance(value, Facts):
            out[name] = facts_json(value)
        else:
            said = msgspec.to_builtins(value, enc_hook=_text)
            out[name] = list(said) if isinstance(said, tuple) else said  # as JSON gives it back
    return out


def record(table: str, record_id: int, held: Mapping[str, Any]) -> Record:
    """Return the record of a document.

    Raises RecordError for an unknown table or key, a value of the wrong type or outside its list, an instant without
    offset, and facts that `assess` would not read.
    """
    kind = TABLES.get(table)
    if kind is None:
        raise RecordError(table, record_id, table, "unknown table")
    plain = _with_referral(held) if kind is Person else dict(held)
    facts = plain.pop("facts", None) if kind is Person else None
    for name in plain:
        if name not in _NAMES[kind]:
            raise RecordError(table, record_id, name, "unknown field")
    plain["id"] = record_id
    try:
        made: Record = _entry(plain) if kind is Entry else msgspec.convert(plain, kind, strict=True)
    except msgspec.ValidationError as error:
        problem, _, path = str(error).partition(" - at `$")
        if problem.startswith("Invalid enum value"):  # msgspec repeats the value here, and only here
            problem = "value outside its list"
        raise RecordError(table, record_id, path.strip(".`") or table, problem) from None
    _check_instants(table, made)
    if facts is not None and isinstance(made, Person):
        try:
            made = replace(made, facts=read_facts(facts, "facts"))
        except FactsError as error:
            raise RecordError(table, record_id, error.path, error.code) from None
    return made


def _entry(plain: dict[str, Any]) -> Entry:
    """Return the entry of a document. Raises msgspec.ValidationError."""
    made: Any = msgspec.convert(plain, _EntryDocument, strict=True)
    held = dict(zip(_ENTRY_NAMES, _entry_values(made), strict=True))
    told, more = read_told(held.pop("kind"), held.pop("data"))
    before = tuple(map(read_earlier, held.pop("before")))
    return Entry(**held, told=told, more=more, before=before)


def _check_instants(table: str, made: Record) -> None:
    for name in _INSTANTS[type(made)]:
        value = getattr(made, name)
        if value is not None and value.tzinfo is None:
            raise RecordError(table, made.id, name, "instant without offset")


def kept_number(table: str, key: str) -> int:
    """Return the number of a record as the store keeps it. Raises StoreTrouble(`bad_record`)."""
    if store.is_number(key):
        return int(key)
    raise StoreTrouble("bad_record", {"table": table, "id": "?", "path": "id", "problem": "no number"})


def kept_record(table: str, number: int, held: Mapping[str, Any]) -> Record:
    """Return the record of a document that the store keeps. Raises StoreTrouble(`bad_record`)."""
    try:
        return record(table, number, held)
    except RecordError as error:
        fields = {"table": error.table, "id": error.record_id, "path": error.path, "problem": error.problem}
        raise StoreTrouble("bad_record", fields) from None


def kept_text(table: str, number: int, text: bytes) -> Record:
    """Return the record of a text that the store keeps. Raises as `kept_record`."""
    quick = None
    if table == "persons":
        from dutyboard.tui.link.person_text import person_read  # by need: many calls read no person

        quick = person_read(number, text)
    return quick if quick is not None else kept_record(table, number, orjson.loads(text))


def changes_of(answers: Sequence[Accepted]) -> list[store.Put | store.Gone]:
    """Return what several acts write and take away, as the store takes it."""
    gone = [store.Gone(table, number) for answer in answers for table, number in answer.removed]
    return [*puts_of(each for answer in answers for each in answer.changes), *gone]


def puts_of(records: Iterable[Record]) -> list[store.Put]:
    """Return records as the store takes them."""
    return [store.Put(table_of(each), each.id, document(each)) for each in records]


def _with_referral(held: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document of a person with its open referral, and the stage of somebody held in a room meanwhile.

    Documents written before a referral stood beside the stage hold it as an assessment that decides nothing, and the
    stage as `referred`. Any other is returned as it is. The office was not written down: the command post answers.
    """
    plain = dict(held)
    assessment = plain.get("assessment")
    if "referral" in plain or not isinstance(assessment, Mapping) or plain.get("stage") == "closed":
        return plain
    if assessment.get("decision") != "refer" or assessment.get("at") is None:
        return plain
    reason, provisional = assessment.get("refer_reason"), assessment.get("provisional")
    plain["referral"] = {
        "since": assessment["at"],
        "reasons": [reason] if reason else [],
        "provisional": provisional or "",
    }
    if plain.get("stage") == "referred" and plain.get("site_id") is not None:
        plain["stage"] = "site" if plain.get("admitted_on") is not None else "transfer"
    return plain


def saved_act(commit: store.Commit | None, seq: int) -> Accepted:
    """Return the act of line `seq`. What was lost of it since is missing."""
    changes = [kept_record(put.table, put.doc_id, put.doc) for put in commit.puts] if commit else []
    before = [each for entry in changes if isinstance(entry, Entry) for each in entry.before]
    made = {(each.table, each.id) for each in before if each.made}
    created = (each for each in changes if isinstance(each, Entry) or (table_of(each), each.id) in made)
    return Accepted(tuple(changes), tuple(created), again=seq)
