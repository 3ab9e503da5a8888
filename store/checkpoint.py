"""Writing db.json, starting a new segment, and packing those before it, while officers work.

The lock is held only for single lines.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from errno import EFBIG
from hashlib import sha256

from dutyboard.store import dbfile
from dutyboard.store.commit import locked
from dutyboard.store.errors import Corrupt, ReadOnly, SaveFailed, StoreError
from dutyboard.store.files.folder import Folder
from dutyboard.store.files.lock import maintenance
from dutyboard.store.files.segments import pack, segment_name, segments
from dutyboard.store.journal import CONTAINER, SEGMENT_BYTES, ZERO, Flaw, LineRecord, decode, lines, parsed
from dutyboard.store.ledger import Ledger

LINES = 1000  # due after so many lines: some 10 ms of replay at the next opening
PACKED_AT_ONCE = 4  # segments at one checkpoint, some 0.1 s each: an officer who leaves waits for it


def due(ledger: Ledger) -> bool:
    """Return True where the next start would be long. The last checkpoint may lie in another mirror."""
    return ledger.writable and max(ledger.view.n - ledger.view.checkpoint_kept, ledger.replayed) >= LINES


def make(ledger: Ledger, seconds: float) -> None:
    """Bring db.json up to the newest line. `seconds` as in `maintenance`.

    tmp + fsync → `ckpt` line → rename + fsync of the folder → `kept` line. A crash between any two leaves a db.json
    that the journal vouches for. Raises Busy, SaveFailed (the old db.json stands), Locked, ReadOnly.
    """
    if not ledger.writable:
        raise ReadOnly("not_writable")
    try:
        with maintenance(ledger.folder, seconds, ledger.writer):
            ledger.refresh()
            if ledger.position.offset - ledger.position.start >= SEGMENT_BYTES:
                with locked(ledger) as append:
                    append({"seal": ledger.view.n + 2})  # the seal itself is n + 1
            n = ledger.view.n
            digest, size = sha256(), 0

            def blocks() -> Iterator[bytes]:
                nonlocal size
                for block in dbfile.render(ledger.view, ledger.position):
                    digest.update(block)
                    size += len(block)
                    if size > dbfile.MOST:
                        raise SaveFailed(EFBIG, "checkpoint")  # nobody would read it
                    yield block

            def announce() -> None:
                with locked(ledger) as append:
                    append({"ckpt": {"n": n, "sha256": digest.hexdigest()}})

            ledger.folder.replace(dbfile.FILE, blocks(), announce)
            with locked(ledger) as append:
                append({"kept": n})
            ledger.replayed = 0
            with suppress(OSError, StoreError):  # packing saves room and can wait
                _pack_sealed(ledger)
    except OSError as error:
        raise SaveFailed(error.errno or 0, "checkpoint") from error


def _pack_sealed(ledger: Ledger) -> None:
    """Put packed files in place of the oldest plain segments behind which the checkpoint stands.

    Held against the chain → packed file + fsync → read back → the plain one is removed. A kill between any two leaves
    the plain one, which counts, and the next call goes on. A damaged one stays as it is, to be examined.
    """
    journal, left = ledger.journal.folder, PACKED_AT_ONCE
    firsts = segments(journal)
    for before, first, following in zip([0, *firsts], firsts, firsts[1:]):
        if left and following <= ledger.position.first and journal.has(segment_name(first)):
            with suppress(Corrupt, Flaw):
                if ledger.view.container < CONTAINER:
                    with locked(ledger) as append:
                        append({"container": CONTAINER})
                if pack(journal, first, _proved(journal, before, first, following)):
                    journal.remove(segment_name(first))
                    journal.sync()
                    left -= 1


def _proved(journal: Folder, before: int, first: int, following: int) -> bytes:
    """Return the sha256 of a segment whose lines follow those of the one before, up to the next.

    `before` is 0 if there is none. Raises Corrupt, Flaw if they do not.
    """
    last = deque(lines(journal, before), 1) if before else None
    n, head, digest = first - 1, str(parsed(last.pop()).get("h")) if last else ZERO, sha256()
    record: LineRecord = {}
    for line in lines(journal, first):
        record, head = decode(line.removesuffix(b"\n"), n + 1, head)
        n = record["n"]
        digest.update(line)
    if record.get("seal") != following:
        raise Flaw("form")
    decode(next(lines(journal, following), b"").removesuffix(b"\n"), n + 1, head)
    return digest.digest()
