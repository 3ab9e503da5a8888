"""Effects of an act on the records, kept with its entry: what stood before, and how it is put back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from dutyboard.rules.law.facts import Facts
from dutyboard.rules.records.model import TABLES, DeskSettings, Earlier, Entry, Person, Record
from dutyboard.rules.records.secrets import Secret
from dutyboard.rules.records.snapshot import Snapshot, table_of
from dutyboard.rules.records.told.person import Corrected, SampleRecorded
from dutyboard.rules.records.told.post import TakenBack

FACTS: Final = "facts."
"""Start of the names of a person's facts among the fields of his record."""
HIDDEN: Final = frozenset({"id_no", "phone", "emergency_phone", "as_written"})
"""Fields whose values no entry holds: only that they changed, and that one was empty. Cells as written hold numbers."""
_WHEREABOUTS: Final = frozenset({"stage", "site_id", "room", "still_in", "road", "bound_since"})
"""Fields of a person that say together where he is. Who leaves a room rests on the act that gave it."""
_IN_TIME: Final = {"last_days": attrgetter("at"), "stays_before": attrgetter("registered_at")}
"""Fields whose things stand in the order in which they came, with the time of each."""


def earlier(snapshot: Snapshot, changes: Iterable[Record]) -> tuple[Earlier, ...]:
    """Return what an act changes, record by record. `changes` are its records; the last of each counts.

    No entry holds what stood in a secret: it would outlive its change.
    """
    last = {(table_of(each), each.id): each for each in changes if not isinstance(each, Entry | DeskSettings | Secret)}
    return tuple(_earlier(table, getattr(snapshot, table).get(number), new) for (table, number), new in last.items())


def _earlier(table: str, old: Record | None, new: Record) -> Earlier:
    if old is None:
        return Earlier(table=table, id=new.id, made=True)
    values: dict[str, Any] = {}
    gone: dict[str, tuple[Any, ...]] = {}
    come: dict[str, tuple[Any, ...]] = {}
    after = dict(held(new))
    for name, before in held(old):
        now = after[name]
        if before == now or (name in HIDDEN and before):
            continue
        if name in HIDDEN or not (isinstance(before, tuple) and isinstance(now, tuple)):
            values[name] = before
            continue
        if out := tuple(each for each in before if each not in now):
            gone[name] = out
        if into := tuple(each for each in now if each not in before):
            come[name] = into
    return Earlier(table=table, id=new.id, values=values, gone=gone, come=come)


def held(record: Record) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a record with their values; of a person's facts each one by itself."""
    for each in fields(record):
        value = getattr(record, each.name)
        if isinstance(value, Facts):
            yield from ((f"{FACTS}{fact.name}", getattr(value, fact.name)) for fact in fields(value))
        else:
            yield each.name, value


def with_values(record: Record, values: Mapping[str, Any]) -> Record:
    """Return the record with these values of its fields, named as `held` names them."""
    ordered = {name: tuple(sorted(values[name], key=key)) for name, key in _IN_TIME.items() if name in values}
    values = {**values, **ordered}
    facts = {name.removeprefix(FACTS): value for name, value in values.items() if name.startswith(FACTS)}
    own = {name: value for name, value in values.items() if not name.startswith(FACTS)}
    made: Record = replace(record, **own)
    if facts and isinstance(made, Person):
        made = replace(made, facts=replace(made.facts, **facts))
    return made


def put_back(record: Record, before: Earlier) -> Record:
    """Return the record with what an act changed in it as it was before."""
    several = {
        name: (
            *(each for each in _value(record, name) or () if each not in before.come.get(name, ())),
            *before.gone.get(name, ()),
        )
        for name in (*before.gone, *before.come)
    }
    return with_values(record, {**before.values, **several})


def _value(record: Record, name: str) -> Any:
    """Return the value of a field, named as `held` names it."""
    of = record.facts if isinstance(record, Person) and name.startswith(FACTS) else record
    return getattr(of, name.removeprefix(FACTS))


def touched(before: Iterable[Earlier]) -> set[tuple[str, int, str]]:
    """Return (table, id, field) of each field with one value that an act changed. A person's whereabouts are one."""
    return {
        (each.table, each.id, "whereabouts" if each.table == "persons" and name in _WHEREABOUTS else name)
        for each in before
        for name in each.values
    }


def field_names(table: str) -> dict[str, Any]:
    """Return the types of a table's fields, by the names that `held` gives them."""
    own = {each.name: each.type for each in fields(TABLES[table])}
    if TABLES[table] is Person:
        own |= {f"{FACTS}{each.name}": each.type for each in fields(Facts)}
    return own


def decides(act: Entry) -> bool:
    """Return True for a sample's correction that decided between two values (`as_decided`)."""
    settled = any(each.table == "contradictions" and "settled_at" in each.values for each in act.before)
    return settled and act.amends is not None and isinstance(act.told, SampleRecorded)


def first_told(act: Entry, snapshot: Snapshot) -> int:
    """Return the id under which an act was told first: told again, it keeps its place among the others.

    What takes an act back, or decides between two values, changes the records when it is written: its place is its own.
    """
    while act.amends is not None and not isinstance(act.told, TakenBack) and not decides(act):
        old = snapshot.entries.get(act.amends)
        if old is not None and decides(old):
            old = snapshot.entries.get(old.amends or 0)  # the decision was taken back: the one before it stands again
        if old is None or isinstance(old.told, TakenBack):
            break
        act = old
    return act.id


def acts_since(snapshot: Snapshot, instant: datetime) -> list[Entry]:
    """Return the entries since an instant that stand, in the order in which they are taken back: the newest first.

    What was taken back since then never was, so that neither it nor the taking back is among them. The log must reach
    back to the instant.
    """
    stand = [
        each
        for each in snapshot.entries.values()
        if each.happened_at >= instant and each.id not in snapshot.amended and not isinstance(each.told, TakenBack)
    ]
    return sorted(stand, key=lambda each: (first_told(each, snapshot), each.id), reverse=True)


def unnoted(act: Entry) -> bool:
    """Return True if an act of an older program changed a record and did not note what stood before."""
    return not act.before and (
        act.kind in ("assess", "transfer", "release", "hand_off", "positive", "site") or isinstance(act.told, Corrected)
    )
