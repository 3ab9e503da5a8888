"""The past as the journal tells it: the changes of a record, and what an import wrote over what stood."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from dutyboard import store
from dutyboard.frozen import frozen
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.sheets import ImportLayer, UndoImport
from dutyboard.rules.records.model import TABLES
from dutyboard.tui.link.records import kept_record
from dutyboard.tui.link.trouble import StoreTrouble


@frozen(kw_only=False)
class ValueChange:
    """One value that a commit changed, as JSON, before and after. None: there was none."""

    field: str
    old: Any
    new: Any


@frozen
class RecordChange:
    """One commit that changed a record.

    `seq` is its line in the journal, `at` the time by the server's clock, `login` the writer. `fields` names the
    changed fields; for the first commit, all stated ones. `values` are the plain values changed, and the facts of a
    person one by one; the first commit has none. `archived` is True if the commit moved the record to an
    archive, `removed` if it removed it, which only another program does.
    """

    seq: int
    at: datetime
    login: str
    fields: tuple[str, ...]
    values: tuple[ValueChange, ...] = ()
    archived: bool = False
    removed: bool = False


def record_changes(
    commits: Iterable[store.Commit], table: str, number: int, clock: Callable[[datetime], datetime]
) -> list[RecordChange]:
    """Return the changes of a record, oldest first, from the commits that put or deleted it.

    `clock` makes the desk's time of the real one: a practice desk lives on another day.

    Raises StoreTrouble for a commit whose time is no instant.
    """
    changes: list[RecordChange] = []
    before: Mapping[str, Any] = {}
    for commit in commits:
        now = next((put.doc for put in commit.puts if (put.table, put.doc_id) == (table, number)), None)
        after = before if now is None else now
        fields = tuple(key for key in {**before, **after} if before.get(key) != after.get(key))
        try:
            at = clock(datetime.fromisoformat(commit.at))
        except (ValueError, OverflowError):
            where = {"table": table, "id": number, "path": "t", "problem": "no instant"}
            raise StoreTrouble("bad_record", where) from None
        login = commit.writer.rpartition("@")[0]
        gone, removed = now is None, table in commit.anew
        changes.append(
            RecordChange(
                seq=commit.seq,
                at=at,
                login=login,
                fields=fields,
                values=tuple(_values(table, before, after, fields)) if before else (),
                archived=gone and not removed,
                removed=gone and removed,
            )
        )
        before = after
    return changes


_NO_VALUES = frozenset({"entries", "settings", "secrets", "setting_changes", "headings"})
"""Tables whose records are told by their fields alone: what an entry says is in the log, a secret nowhere."""


def _values(
    table: str, before: Mapping[str, Any], after: Mapping[str, Any], fields: Iterable[str]
) -> Iterator[ValueChange]:
    """Yield the plain values that changed; of the facts of a person each fact is one."""
    for name in () if table in _NO_VALUES else fields:
        old, new = before.get(name), after.get(name)
        if name == "facts":
            olds, news = (each if isinstance(each, Mapping) else {} for each in (old, new))
            changed = [key for key in {**olds, **news} if olds.get(key) != news.get(key)]
            yield from (ValueChange(key, olds.get(key), news.get(key)) for key in changed)
        elif isinstance(old, str | int | float | None) and isinstance(new, str | int | float | None):
            yield ValueChange(name, old, new)


def with_layer(command: Command, opened: store.Store) -> Command:
    """Return the undoing of an import with the layer that it takes off; any other command as it is.

    Walks the journal from its beginning. Raises StoreTrouble.
    """
    if not isinstance(command, UndoImport) or command.layer is not None:
        return command
    first = next(opened.trail("entries", command.entry_id), None)
    wrote = opened.line(first.seq) if first is not None else None
    if wrote is None:
        return command
    puts = [put for put in wrote.puts if put.table in TABLES]
    wanted: dict[str, Collection[int]] = {}
    for put in puts:
        if put.table != "entries":
            wanted[put.table] = {*wanted.get(put.table, ()), put.doc_id}
    stood = opened.stood(wrote.seq, wanted)
    if stood is None:
        return command
    above = tuple(kept_record(put.table, put.doc_id, put.doc) for put in puts)
    below = tuple(kept_record(table, number, doc) for (table, number), doc in stood.items())
    return replace(command, layer=ImportLayer(above, below))
