"""`db.json`: the view at one sequence number, as a plain TinyDB file that TinyDB and jq open at any moment.

One document a line, so that it can be read without parsing and compared with diff. The reserved table `_meta` says
where in the journal it stands. A checkpoint saves time and proves nothing: the journal carries its hash, written
before the file is put in place (`ckpt`) and confirmed after (`kept`).
"""

import re
from collections import OrderedDict
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

import orjson

from dutyboard.frozen import frozen
from dutyboard.store.errors import Unsafe
from dutyboard.store.files.folder import Folder
from dutyboard.store.journal import META, Position
from dutyboard.store.view import Table, Tables, View

FILE = "db.json"
MOST: Final = 512 << 20
"""Bytes of db.json, and of an archive: each is held in memory as it stands, and neither is written longer."""
ARCHIVE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[0-9]+)?\.json")
"""Name of an archive. One read back from a journal, an engine, a backup or a folder is held against it."""
_DOC = re.compile(rb'\n("(?:[^"\\]++|\\.)*+"):')  # beginning with a plain byte, so that the search skips to it
_TABLE = re.compile(rb'\n("(?:[^"\\]++|\\.)*+"): \{\n')


@frozen(kw_only=False)
class Checkpoint:
    view: View
    position: Position
    sha256: str


def render(view: View, position: Position) -> Iterator[bytes]:
    """Yield the blocks of the file."""
    meta = {
        "fmt": view.fmt,
        "container": view.container,
        "views": list(view.views),
        "n": position.n,
        "head": position.head,
        "first": position.first,
        "start": position.start,
        "position": position.offset,
        "next": view.next,
        "rids": list(view.rids.items()),
        "archives": view.archives,
        "checkpoint": list(view.checkpoint),
        "kept": view.checkpoint_kept,
    }
    yield b'{\n"%s": {\n"1":%s\n}' % (META.encode(), orjson.dumps(meta))
    for name, table in view.tables.items():
        yield b",\n" + table_text(name, table)
    yield b"\n}\n"


def table_text(name: str, table: Table) -> bytes:
    """One table as it stands in the file: a line for its name, one for each document, one to close."""
    lines = b",\n".join(orjson.dumps(doc_id) + b":" + table.raw(doc_id) for doc_id in table)
    return orjson.dumps(name) + b": {\n" + lines + (b"\n}" if lines else b"}")


def read_tables(text: bytes) -> tuple[Tables, dict[str, Any]]:
    """Return the undecoded tables of a file that `render` or an archive wrote, and its `_meta` document ({} if none).

    Raises ValueError if the text is not in that form.
    """
    tables, meta = Tables(), {}
    if not (text.startswith(b"{\n") and text.endswith(b"}\n")):
        raise ValueError("form")
    headers = list(_TABLE.finditer(text))
    for header, following in zip(headers, [*headers[1:], None]):
        name = orjson.loads(header[1])
        end = following.start() if following else len(text)
        spans: dict[str, bytes | int] = {_id(m[1]): m.end() for m in _DOC.finditer(text, header.end() - 1, end)}
        tables[name] = Table(text, spans)
    if META in tables:
        meta = tables.pop(META)["1"]
    return tables, meta


def lines(text: bytes, name: str, needle: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield id and JSON of the documents of one table whose line holds the needle, in order. Others are not looked
    at."""
    header = b"\n" + orjson.dumps(name) + b": {\n"
    start = text.find(header) + len(header)
    if start < len(header):
        return
    end = text.index(b"\n}", start - 1)
    while (at := text.find(needle, start, end)) >= 0:
        begin = text.rfind(b"\n", start - 1, at) + 1
        stop = text.find(b"\n", at, end)
        stop = end if stop < 0 else stop
        doc_id, _, raw = text[begin:stop].removesuffix(b",").partition(b'":')
        yield int(doc_id[1:]), raw
        start = stop + 1


def _id(quoted: bytes) -> str:
    """An id from its JSON string; nearly all are plain digits."""
    found: str = orjson.loads(quoted) if b"\\" in quoted else quoted[1:-1].decode()
    return found


def load(folder: Folder, name: str = FILE) -> Checkpoint | None:
    """Return the checkpoint in the folder, or None if there is none that we may read.

    Raises ValueError if it is not one of ours.
    """
    try:
        text = folder.read(name, MOST)
    except (FileNotFoundError, PermissionError):
        return None  # the journal holds everything
    except Unsafe as error:
        raise ValueError(error.reason) from error
    try:
        tables, meta = read_tables(text)
        view = View()
        view.tables = tables
        view.n, view.head, view.fmt = meta["n"], meta["head"], meta["fmt"]
        view.container = meta.get("container", 1)
        view.views = tuple(meta.get("views", view.views))
        view.next, view.archives = meta["next"], meta["archives"]
        view.rids = OrderedDict(meta["rids"])
        view.checkpoint = meta["checkpoint"][0], meta["checkpoint"][1]
        view.checkpoint_kept = meta["kept"]
        position = Position(meta["n"], meta["head"], meta["first"], meta["start"], meta["position"])
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError("meta") from error
    return Checkpoint(view, position, sha256(text).hexdigest())
