"""Copies that can be trusted: backup while officers work, restore after checking, export of everything as JSON."""

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import orjson

from dutyboard.store import archive, dbfile, disk
from dutyboard.store.atomic import write_new
from dutyboard.store.commit import locked
from dutyboard.store.errors import BadBackup, Busy, SaveFailed
from dutyboard.store.journal import Position, segment_path, segments
from dutyboard.store.ledger import Ledger
from dutyboard.store.lock import maintenance
from dutyboard.store.opening import open_ledger
from dutyboard.store.verify import Verification, verify
from dutyboard.store.view import Tables

_BLOCK = 1 << 20
NOTE = "backup.json"


def backup(ledger: Ledger, dest: Path) -> Position:
    """Copy the desk to a new folder; return the position in the chain where the copy ends.

    The copy is a plain desk folder with one more file, `backup.json`: the number and the hash of its last line. They
    are compared with the handover sheets. Commits go on meanwhile; checkpoints and archives wait. Raises Busy,
    FileExistsError, SaveFailed.
    """
    if dest.exists():
        raise FileExistsError(dest)
    with maintenance(ledger.folder) as mine:
        if not mine:
            raise Busy
        ledger.refresh()
        position = ledger.position
        note = orjson.dumps({"n": position.n, "head": position.head})
        try:
            size = position.offset - position.start
            _copy(ledger.folder, dest, position.first, size, list(ledger.view.archives), note)
        except OSError as error:
            rmtree(dest, ignore_errors=True)
            raise SaveFailed(error.errno or 0, "backup") from error
    return position


def _copy(source: Path, dest: Path, last: int, size: int, archives: list[str], note: bytes) -> None:
    """Copy whole segments up to `last`, and `size` bytes of that one."""
    for name in ("journal", "archive", "torn"):
        disk.mkdir(dest / name)
    for first in segments(source):
        if first <= last:
            limit = size if first == last else None
            write_new(segment_path(dest, first), _blocks(segment_path(source, first), limit))
    for name in archives:
        write_new(dest / "archive" / name, _blocks(source / "archive" / name))
    if (source / dbfile.FILE).exists():
        write_new(dest / dbfile.FILE, _blocks(source / dbfile.FILE))
    write_new(dest / NOTE, [note])
    for folder in (dest / "journal", dest / "archive", dest, dest.parent):
        disk.fsync_dir(folder)


def _blocks(path: Path, limit: int | None = None) -> Iterator[bytes]:
    """Yield the first `limit` bytes of a file (None: all) in blocks."""
    left = path.stat().st_size if limit is None else limit
    with path.open("rb") as file:
        while left and (block := file.read(min(left, _BLOCK))):
            left -= len(block)
            yield block


def restore(source: Path, dest: Path, *, writer: str) -> Verification:
    """Make the desk `dest` (which must not exist) from a backup, after checking every byte of it.

    The new desk's next line records the act (`restored`), so that two desks grown from one backup can be told apart.
    Raises BadBackup at the first problem, naming file and line; FileExistsError; SaveFailed.
    """
    if dest.exists():
        raise FileExistsError(dest)
    if not (source / NOTE).is_file():
        raise BadBackup(NOTE, 0, "missing")
    report = verify(source)
    if not report.ok:
        first = report.problems[0]
        raise BadBackup(first.file, first.line, first.what)
    if orjson.loads((source / NOTE).read_bytes()) != {"n": report.lines, "head": report.head}:
        raise BadBackup(NOTE, 0, "not_in_journal")
    last = segments(source)[-1]
    archives = [path.name for path in (source / "archive").iterdir()]
    try:
        _copy(source, dest, last, segment_path(source, last).stat().st_size, archives, (source / NOTE).read_bytes())
        disk.unlink(dest / NOTE)
    except OSError as error:
        rmtree(dest, ignore_errors=True)
        raise SaveFailed(error.errno or 0, "restore") from error
    ledger = open_ledger(dest, writer=writer)
    try:
        with locked(ledger) as append:
            append({"restored": {"n": report.lines, "head": report.head}})
    finally:
        ledger.close()
    return report


def export(ledger: Ledger) -> Iterator[bytes]:
    """Everything as one JSON text, in blocks: {"n", "head", "tables": {table: {id: doc}}, "archives": {file: {…}}}.

    Raises Corrupt if an archive is not the one the journal recorded.
    """
    ledger.refresh()
    view = ledger.view
    yield b'{\n"n": %d,\n"head": "%s",\n"tables": ' % (view.n, view.head.encode())
    yield _tables(view.tables)
    yield b',\n"archives": {\n'
    for number, (file, record) in enumerate(view.archives.items()):
        yield b",\n" if number else b""
        text = archive.read_archive(ledger.folder, file, record["sha256"])
        yield orjson.dumps(file) + b": " + text
    yield b"}\n}\n"


def _tables(tables: Tables) -> bytes:
    return b"{\n" + b",\n".join(dbfile.table_text(name, table) for name, table in tables.items()) + b"\n}"
