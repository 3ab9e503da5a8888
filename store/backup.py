"""Copies that can be trusted: backup while officers work, restore after checking, export of everything as JSON."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from typing import Final

import orjson

from dutyboard.store import archive, dbfile
from dutyboard.store.commit import locked
from dutyboard.store.engine.address import Address, write_address
from dutyboard.store.errors import BadBackup, Corrupt, SaveFailed, TooNew, Unsafe
from dutyboard.store.files.folder import Folder
from dutyboard.store.files.lock import maintenance, published
from dutyboard.store.files.segments import blocks, segment_name, segments, standing_name, unpacked_size
from dutyboard.store.journal import Position
from dutyboard.store.ledger import Ledger
from dutyboard.store.migrate import migrate
from dutyboard.store.opening import open_ledger
from dutyboard.store.schema import Step, newest
from dutyboard.store.verify import Verification, verify
from dutyboard.store.view import Tables
from dutyboard.store.views import FOLDER as VIEWS

NOTE: Final = "backup.json"
_NOTE_MOST: Final = 4096


def backup(ledger: Ledger, dest: Path, seconds: float) -> Position:
    """Copy the desk to a new folder, and check the copy; return the position in the chain where it ends.

    The copy is a plain desk folder with one more file, `backup.json`: the number and the hash of its last line. They
    are compared with the handover sheets. Commits go on meanwhile; checkpoints and archives wait. A copy that would
    not restore is taken away again. `seconds` as in `maintenance`. Raises Busy, FileExistsError, SaveFailed, BadBackup.
    """
    if dest.exists():
        raise FileExistsError(dest)
    with maintenance(ledger.folder, seconds, ledger.writer if ledger.writable else ""):
        ledger.refresh()
        position = ledger.position
        note = orjson.dumps({"n": position.n, "head": position.head})
        try:
            size = position.offset - position.start
            _copy(ledger.folder, dest, position.first, size, list(ledger.view.archives), note)
            _checked(dest)
        except BaseException as error:
            rmtree(dest, ignore_errors=True)
            if isinstance(error, OSError):
                raise SaveFailed(error.errno or 0, "backup") from error
            raise
    return position


def _copy(source: Folder, dest: Path, last: int, size: int, archives: Sequence[str], note: bytes) -> None:
    """Copy whole segments up to `last`, and `size` bytes of that one."""
    with Folder.made(dest) as copy:
        journal, kept = source.inner("journal"), copy.make("journal")
        for first in segments(journal):
            if first <= last:
                name = standing_name(journal, first)
                kept.write_new(name, _blocks(journal, name, size if first == last else None))
        copy.make("torn")
        if archives:
            archived = source.inner("archive")
            for name in archives:
                copy.make("archive").write_new(name, _blocks(archived, name))
        copy.make("archive").sync()
        if source.has(dbfile.FILE):
            copy.write_new(dbfile.FILE, _blocks(source, dbfile.FILE))
        if source.has(VIEWS):
            _copy_views(source.inner(VIEWS), copy)
        copy.write_new(NOTE, [note])
        kept.sync()
        copy.sync()


def _copy_views(source: Folder, dest: Folder) -> None:
    """Copy the view log, up to what was acknowledged, and its checkpoint. Raises Busy, OSError."""
    with maintenance(source, 30.0):
        left = published(source) or None
        if not source.has("journal") or not segments(source.inner("journal")):
            return
        journal, copy = source.inner("journal"), dest.make(VIEWS)
        kept = copy.make("journal")
        for first in segments(journal):
            name, length = standing_name(journal, first), unpacked_size(journal, first)
            part = length if left is None else min(left, length)
            kept.write_new(name, _blocks(journal, name, part if name == segment_name(first) else None))
            left = None if left is None else max(0, left - length)
        if source.has(dbfile.FILE):
            copy.write_new(dbfile.FILE, _blocks(source, dbfile.FILE))
        kept.sync()
        copy.sync()


def _blocks(folder: Folder, name: str, limit: int | None = None) -> Iterator[bytes]:
    """Yield the first `limit` bytes of a file (None: all) in blocks."""
    with folder.reader(name) as file:
        yield from blocks(file, limit)


def _checked(source: Path) -> Verification:
    """Return the check of a backup, every byte of it. Raises BadBackup at the first problem, naming file and line."""
    with Folder.top(source) as folder:
        if not folder.has(NOTE):
            raise BadBackup(NOTE, 0, "missing")
        note = folder.read(NOTE, _NOTE_MOST)
    report = verify(source)
    if not report.ok:
        first = report.problems[0]
        raise BadBackup(first.file, first.line, first.what)
    if note != orjson.dumps({"n": report.lines, "head": report.head}):
        raise BadBackup(NOTE, 0, "not_in_journal")
    return report


def restore(
    source: Path,
    dest: Path,
    *,
    writer: str,
    steps: Sequence[Step] = (),
    address: Address | None = None,
    service: str = "",
) -> Verification:
    """Make the desk `dest` from a backup, after checking every byte of it.

    `dest` is missing, or an empty folder that was prepared: it keeps its owner and its mode. The new desk's next line
    records the act (`restored`), so that two desks grown from one backup can be told apart; then the documents are
    brought up by `steps`, as at any opening. With an `address` the desk is made there, with tables for the role
    `service`, and `dest` becomes its mirror. Raises BadBackup, TooNew, FileExistsError, Unsafe, SaveFailed, Away.
    """
    if dest.exists() and (not dest.is_dir() or any(dest.iterdir())):
        raise FileExistsError(dest)
    report = _checked(source)
    if report.fmt > newest(steps):
        raise TooNew("schema", report.fmt, newest(steps))
    prepared = dest.exists()
    try:
        with Folder.top(source) as folder:
            journal = folder.inner("journal")
            last = segments(journal)[-1]
            end = journal.status(segment_name(last))
            archives = folder.inner("archive").names() if folder.has("archive") else []
            _copy(folder, dest, last, end.st_size if end else 0, archives, folder.read(NOTE, _NOTE_MOST))
        with Folder.top(dest) as made:
            made.remove(NOTE)
            if address is not None:
                from dutyboard.store.engine.filling import fill  # by need: it takes the driver

                fill(address, service, writer, made, made.inner(VIEWS) if made.has(VIEWS) else None)
                write_address(made, address)
    except BaseException as error:
        _take_away(dest, prepared)
        if isinstance(error, OSError) and not isinstance(error, FileExistsError):
            raise SaveFailed(error.errno or 0, "restore") from error
        raise
    ledger = open_ledger(dest, writer=writer, steps=steps)
    try:
        with locked(ledger) as append:
            append({"restored": {"n": report.lines, "head": report.head}})
        migrate(ledger)
    finally:
        ledger.close()
    return report


def _take_away(dest: Path, prepared: bool) -> None:
    """Remove what was written into a folder, and the folder itself unless somebody had prepared it."""
    for each in list(dest.iterdir()) if prepared else [dest]:
        with suppress(OSError):
            rmtree(each) if each.is_dir() else each.unlink()


def export(ledger: Ledger, without: frozenset[str] = frozenset()) -> Iterator[bytes]:
    """Everything that can be read as one JSON text, in blocks, but the tables that are left out.

    {"n", "head", "tables": {table: {id: doc}}, "archives": {file: {…}}, "unread": [{"file", "what"}]}. A damaged desk
    gives what stands before the damage, and says what it could not read.
    """
    unread: list[dict[str, str]] = []
    try:
        ledger.refresh()
    except Corrupt as damage:
        unread.append({"file": damage.file, "what": damage.what})
    view = ledger.view
    yield b'{\n"n": %d,\n"head": "%s",\n"tables": ' % (view.n, view.head.encode())
    yield _tables(view.tables, without)
    yield b',\n"archives": {\n'
    separator = b""
    for file, record in view.archives.items():
        try:
            text = archive.read_archive(ledger.folder, file, record["sha256"])
        except Corrupt as damage:
            unread.append({"file": damage.file, "what": damage.what})
            continue
        except Unsafe as unsafe:
            unread.append({"file": unsafe.file, "what": unsafe.reason})
            continue
        yield separator + orjson.dumps(file) + b": " + text
        separator = b",\n"
    yield b'},\n"unread": ' + orjson.dumps(unread) + b"\n}\n"


def _tables(tables: Tables, without: frozenset[str]) -> bytes:
    texts = (dbfile.table_text(name, table) for name, table in tables.items() if name not in without)
    return b"{\n" + b",\n".join(texts) + b"\n}"
