"""A commit, step by step: lock, catch up, decide, check, append, sync, apply, publish, unlock.

Acknowledged means below the mark, and survives kill -9 and power loss (invariant I1); numbers have no gaps (I3); at
most one act is not yet durable (I8); a failed transaction leaves memory and disk as they were (I10).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from errno import ESTALE
from functools import partial
from time import monotonic, sleep
from typing import Any, Final, Protocol, TypeVar

import orjson

from dutyboard.store.document import flaw
from dutyboard.store.engine.port import Engine, NewLine
from dutyboard.store.errors import BadDocument, Locked, Overtaken, ReadOnly, SaveFailed, StoreError, Unsure
from dutyboard.store.files.lock import SYNC_SECONDS
from dutyboard.store.journal import CONTAINER, MAX_PARTS, META, ZERO, LineRecord, encode, fits, head_of, whole
from dutyboard.store.ledger import Ledger
from dutyboard.store.recovery import recover

_LEAST_SECONDS: Final = 0.05
"""Seconds that a claim on an engine waits at least, though the time for the lock has passed."""
_FAR_ACT_SECONDS: Final = 0.01
"""Seconds for which an act on an engine holds the lock of its mirror. It asks twice, and the server syncs."""
_T = TypeVar("_T")


class Append(Protocol):
    """The writer of acts, as long as the lock is held."""

    def __call__(self, fields: Mapping[str, Any], *, in_parts: bool = False) -> int:
        """Write one act as one line, and return its number.

        Fields: put {table: {id: document}}, del {table: [ids]}, drop [tables], rid, and the store's own keys
        (journal.py). With `in_parts`, puts that are larger than a line become several lines. Raises BadDocument,
        SaveFailed: then nothing was saved; Unsure.
        """


def in_turn(ledger: Ledger, act: Callable[[Append], _T]) -> _T:
    """Return what an act does under the lock. It is done again, on fresh data, where an engine rolled it back.

    All tries together have the time for the lock. Raises Locked after it, and as `locked` and the act.
    """
    deadline = monotonic() + ledger.lock_seconds
    while True:
        try:
            with locked(ledger, deadline=deadline) as append:
                return act(append)
        except Overtaken:
            if monotonic() > deadline:
                raise


@contextmanager
def locked(ledger: Ledger, *, heal: bool = False, deadline: float = 0.0) -> Iterator[Append]:
    """Hold the lock, caught up with everybody, and give the `Append` that writes lines.

    `heal` comes in although a sync failed. `deadline`: when it is waited for no more; 0: after the time for the lock.
    Raises Locked, ReadOnly, Corrupt, TooNew, SaveFailed, Away.
    """
    deadline = deadline or monotonic() + ledger.lock_seconds
    if ledger.holding:
        raise RuntimeError("a commit inside a commit")
    if ledger.trouble:
        raise ledger.trouble
    lock = ledger.lock
    if lock is None or not ledger.writable:
        raise ReadOnly("not_writable")
    with lock.taken(max(deadline - monotonic(), 0.0), SYNC_SECONDS if ledger.engine is None else _FAR_ACT_SECONDS):
        if lock.replaced():
            raise ReadOnly("lock_replaced")
        if lock.poisoned and not heal:
            raise ReadOnly("poisoned")
        ledger.name_session()
        if not lock.mark == ledger.journal.offset == ledger.journal.end():
            with ledger.stopping_at_trouble():
                if cut := recover(ledger):
                    _append(ledger, cut)
        with _turn(ledger, deadline):
            ledger.holding = True
            try:
                yield partial(_append, ledger)
            finally:
                ledger.holding = False


@contextmanager
def _turn(ledger: Ledger, deadline: float) -> Iterator[None]:
    """Hold the turn to write where the lines are on an engine, caught up with its other mirrors.

    Raises Locked, Away, Corrupt, SaveFailed.
    """
    engine = ledger.engine
    if engine is None:
        yield
        return
    while True:
        try:
            engine.claim(ledger.journal.n + 1, ledger.writer, max(deadline - monotonic(), _LEAST_SECONDS))
            break
        except Overtaken:
            stood = ledger.journal.n
            with ledger.stopping_at_trouble():
                ledger.pull()
            if ledger.journal.n == stood:  # claimed, and no line came of it: docs/postgres.md has the remedy
                sleep(_LEAST_SECONDS)
        if monotonic() > deadline:
            raise Locked(None)
    try:
        yield
    finally:
        engine.release()


def heal(ledger: Ledger) -> int:
    """Read the tail again from the disk after a failed sync, set a torn line aside, and allow commits again.

    An operator asks for it. Writes an audit line (`recover`) and returns its number. Raises SaveFailed if the disk
    still refuses.
    """
    ledger.journal.forget()
    with locked(ledger, heal=True) as append:
        seq = append({"recover": {"position": ledger.journal.offset}})
        assert ledger.lock is not None
        ledger.lock.heal()
    return seq


def _append(ledger: Ledger, fields: Mapping[str, Any], *, in_parts: bool = False) -> int:
    journal, lock = ledger.journal, ledger.lock
    assert lock is not None
    _check_tables(ledger, fields)
    try:
        lines, head, record = _line(ledger, fields, journal.n + 1, journal.head)
    except BadDocument as error:
        if not in_parts or error.what != "too_large":
            raise
        lines, head, record = _parts(ledger, fields)
    try:
        journal.append(lines, durable=ledger.engine is None)
    except (SaveFailed, Unsure) as error:
        if error.where == "sync":
            with suppress(ReadOnly):
                lock.poison()  # the page cache proves nothing any more: never retry, never acknowledge
        raise
    if ledger.engine is not None:
        _append_to(ledger.engine, ledger, lines)
    try:
        journal.advance(record, head, len(lines))
    except OSError as error:
        raise SaveFailed(error.errno or 0, "segment") from error  # a seal stands, and whoever locks next goes on there
    try:
        lock.publish(journal.offset)
    except ReadOnly as error:
        raise Unsure(ESTALE, "lock") from error
    ledger.apply(record)
    return ledger.view.n


def _append_to(engine: Engine, ledger: Ledger, lines: bytes) -> None:
    """Append an act to the engine. Its copy stands at the end of the mirror already: a full disk is met before.

    If the engine does not take it, the copy is cut off again. Raises Overtaken, Locked, SaveFailed, Away: nothing is
    saved; Unsure.
    """
    journal, previous, new = ledger.journal, ledger.journal.head, list[NewLine]()
    for n, line in enumerate(lines.splitlines(), start=journal.n + 1):
        head = head_of(line)
        new.append(NewLine(n=n, head=head, previous=previous, line=line))
        previous = head
    try:
        if engine.claimed != journal.n + 1:  # a second act under one lock
            engine.claim(journal.n + 1, ledger.writer, _LEAST_SECONDS)
        engine.append(new, ledger.writer)
    except StoreError:
        with suppress(OSError):  # who locks next cuts it off
            journal.cut()
        raise


def _check_tables(ledger: Ledger, fields: Mapping[str, Any]) -> None:
    """Refuse the reserved table, and changes of append-only tables. Raises BadDocument."""
    puts = fields.get("put", {})
    if META in puts:
        raise BadDocument(META, "reserved")
    for name in ledger.append_only:
        fixed = ledger.view.tables[name]
        for doc_id in puts.get(name, ()):
            if doc_id in fixed:
                raise BadDocument(f"{name}/{doc_id}", "append_only")
        if "arch" not in fields and (name in fields.get("del", ()) or name in fields.get("drop", ())):
            raise BadDocument(name, "append_only")


def _parts(ledger: Ledger, fields: Mapping[str, Any]) -> tuple[bytes, str, LineRecord]:
    """Return the lines of an act in parts, the hash of the last, and the whole record. Raises BadDocument."""
    puts: list[dict[str, dict[str, Any]]] = [{}]
    kept = {key: value for key, value in fields.items() if key != "put"}
    if ledger.view.container < CONTAINER:
        kept["container"] = CONTAINER
    longest = {"n": ledger.journal.n + MAX_PARTS, "part": [MAX_PARTS] * 2, "t": ledger.clock(), "w": ledger.writer}
    room = left = ledger.line_bytes - len(encode({**longest, **kept, "put": {}}, ZERO)[0])
    for table, documents in fields["put"].items():
        for doc_id, document in documents.items():
            need = len(orjson.dumps({table: {doc_id: document}})) + 1
            if need > room:
                raise BadDocument(f"{table}/{doc_id}", "too_large")
            if need > left:
                puts.append({})
                left = room
            puts[-1].setdefault(table, {})[doc_id] = document
            left -= need
    if len(puts) > MAX_PARTS:
        raise BadDocument("line", "too_large")
    head, n = ledger.journal.head, ledger.journal.n
    lines, records = [], []
    for number, put in enumerate(puts, start=1):
        part = {"part": [number, len(puts)], **kept, "put": put}
        line, head, record = _line(ledger, part, n + number, head)
        lines.append(line)
        records.append(record)
    return b"".join(lines), head, whole(records)


def _line(ledger: Ledger, fields: Mapping[str, Any], n: int, previous: str) -> tuple[bytes, str, LineRecord]:
    """Return a line, its hash, and the record that it reads back as. Raises BadDocument if that is not what went
    in."""
    part = {"part": fields["part"]} if "part" in fields else {}  # stands in front: what is left of a line tells it
    try:
        line, head = encode({"n": n, **part, "t": ledger.clock(), "w": ledger.writer, **fields}, previous)
    except TypeError as error:
        _name_the_flaw(fields)
        raise BadDocument("line", "not_json") from error  # a lone surrogate, a number over 64 bits: no telling where
    if len(line) > ledger.line_bytes:
        raise BadDocument("line", "too_large")
    record: LineRecord = orjson.loads(line)
    if record.get("put") != fields.get("put"):
        _name_the_flaw(fields)
    if not fits(record):
        raise BadDocument("line", "form")  # nobody could read it back
    return line + b"\n", head, record


def _name_the_flaw(fields: Mapping[str, Any]) -> None:
    """Raise BadDocument at the first value that JSON cannot hold or would change. A tuple that turned list is none."""
    for name, docs in fields.get("put", {}).items():
        for doc_id, doc in docs.items():
            if found := flaw(doc):
                raise BadDocument(f"{name}/{doc_id}{found[0]}", found[1])
