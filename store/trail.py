"""The commits that changed a record, read back from the journal itself."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from dutyboard.store.errors import Corrupt
from dutyboard.store.files.folder import Folder
from dutyboard.store.files.segments import segments, standing_name
from dutyboard.store.journal import LOST, Flaw, LineRecord, lines, parsed, whole
from dutyboard.store.ledger import Ledger
from dutyboard.store.view import Commit, as_commit, is_number


def trail(ledger: Ledger, table: str, doc_id: int) -> Iterator[Commit]:
    """Yield every commit that put, deleted or dropped the document, oldest first, up to the newest in the view.

    Lazy: it walks the whole journal (some 0.5 s a million lines) and decodes only lines that name the id. Raises
    Corrupt.
    """
    needles = b'"%d"' % doc_id, b'"drop":'  # ids stand in quotes, as keys of `put` and in the lists of `del`
    journal, stands = ledger.journal.folder, False
    for first in segments(journal):
        for text in lines(journal, first):
            if not any(needle in text for needle in needles) or not text.endswith(b"\n"):
                continue
            record = _record(journal, first, text)
            commit = as_commit(record)
            if commit.seq > ledger.view.n:
                return
            put = any((put.table, put.doc_id) == (table, doc_id) for put in commit.puts)
            dropped = stands and table in record.get("drop", ())
            if put or dropped or (table, doc_id) in commit.deletes:
                stands = put
                yield commit


def stood(
    ledger: Ledger, seq: int, wanted: Mapping[str, Collection[int]]
) -> dict[tuple[str, int], dict[str, Any]] | None:
    """Return documents as they stood before the act that ends with line `seq`; one that was not there is missing.

    None: lines before it are lost, and nobody knows. Decodes each line that names a table of `wanted`. Raises Corrupt.
    """
    needles = [b'"%s":' % table.encode() for table in wanted] + [b'"drop":']
    journal, found = ledger.journal.folder, dict[tuple[str, int], dict[str, Any]]()
    for first in segments(journal):
        if first > seq:
            break
        for text in lines(journal, first):
            if text.startswith(LOST):
                return None
            if not any(needle in text for needle in needles) or not text.endswith(b"\n"):
                continue
            record = _record(journal, first, text)
            commit = as_commit(record)
            if commit.seq >= seq:
                return found
            dropped = record.get("drop", ())
            found = {key: doc for key, doc in found.items() if key[0] not in dropped} if dropped else found
            for key in commit.deletes:
                found.pop(key, None)
            found |= {
                (put.table, put.doc_id): put.doc for put in commit.puts if put.doc_id in wanted.get(put.table, ())
            }
    return found


def line(ledger: Ledger, seq: int) -> Commit | None:
    """Return the commit with this number, of all its lines; None if it is not there or was lost. Raises Corrupt."""
    journal = ledger.journal.folder
    first = max((first for first in segments(journal) if first <= seq), default=0)
    if not first:
        return None
    found = _numbered(journal, first, [seq])
    if found and "part" in found[0]:
        number, of = found[0]["part"]
        found = _numbered(journal, first, range(seq - number + 1, seq - number + of + 1))
    return as_commit(whole(found)) if found else None


def places(path: Path, table: str, doc_ids: Collection[int]) -> dict[int, tuple[int, str]]:
    """Return number and hash of the line that first put each of some documents of the desk in a folder.

    One whose line was lost is missing. Walks the journal until all are found. Raises Corrupt, Unsafe, OSError.
    """
    needle, wanted, found = b'"%s":' % table.encode(), set(doc_ids), dict[int, tuple[int, str]]()
    with Folder.top(path) as folder:
        journal = folder.inner("journal")
        for first in segments(journal):
            for text in lines(journal, first):
                if not wanted:
                    return found
                if needle not in text or not text.endswith(b"\n"):
                    continue
                record = _record(journal, first, text)
                for key in record.get("put", {}).get(table, ()):
                    if is_number(key) and int(key) in wanted:
                        wanted.discard(int(key))
                        found[int(key)] = record["n"], record["h"]
    return found


def named(ledger: Ledger, rid: str) -> int | None:
    """Return the number of the act saved under a name, however long ago; None: the view has none. Raises Corrupt."""
    if rid in ledger.view.rids:
        return ledger.view.rids[rid]
    journal, needle = ledger.journal.folder, b'"rid":' + orjson.dumps(rid)
    for first in reversed(segments(journal)):
        for text in lines(journal, first):
            if needle not in text or not text.endswith(b"\n"):
                continue
            record = _record(journal, first, text)
            if record.get("rid") == rid and (seq := as_commit(record).seq) <= ledger.view.n:
                return seq
    return None


def _numbered(journal: Folder, first: int, numbers: Sequence[int]) -> list[LineRecord]:
    """Return the records of a segment with these numbers. Raises Corrupt."""
    begin = tuple(b'{"n":%d,' % number for number in numbers)
    texts = (text for text in lines(journal, first) if text.startswith(begin))
    return [_record(journal, first, text) for text in islice(texts, len(begin))]


def knows(ledger: Ledger, seq: int, head: str) -> bool:
    """Return True if the line with this number has this hash, or stands for lost ones. Raises Corrupt."""
    if seq == ledger.view.n:
        return head == ledger.view.head
    journal = ledger.journal.folder
    first = max((first for first in segments(journal) if first <= seq), default=0)
    if not first or seq > ledger.view.n:
        return False
    for text in lines(journal, first):
        if text.startswith(b'{"n":%d,' % seq):
            return bool(head == _record(journal, first, text).get("h"))
        if text.startswith(LOST) and (lost := _record(journal, first, text))["lost"]["from"] <= seq <= lost["n"]:
            return bool(seq < lost["n"] or head == lost.get("h"))
    return False


def _record(journal: Folder, first: int, text: bytes) -> LineRecord:
    """Return the record of a line of a segment. Before a checkpoint nobody has read it yet. Raises Corrupt."""
    try:
        return parsed(text)
    except Flaw as flaw:
        raise Corrupt(journal.place(standing_name(journal, first)), 0, flaw.what) from None
