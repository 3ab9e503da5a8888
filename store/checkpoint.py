"""Writing db.json, and starting a new segment, while officers work. The lock is held only for single lines."""

from collections.abc import Iterator
from hashlib import sha256

from dutyboard.store import dbfile
from dutyboard.store.commit import locked
from dutyboard.store.errors import ReadOnly, SaveFailed
from dutyboard.store.files.lock import maintenance
from dutyboard.store.journal import SEGMENT_BYTES
from dutyboard.store.ledger import Ledger

LINES = 1000  # due after so many lines: some 10 ms of replay at the next opening


def due(ledger: Ledger) -> bool:
    return ledger.writable and ledger.view.n - ledger.view.checkpoint_kept >= LINES


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
            digest = sha256()

            def blocks() -> Iterator[bytes]:
                for block in dbfile.render(ledger.view, ledger.position):
                    digest.update(block)
                    yield block

            def announce() -> None:
                with locked(ledger) as append:
                    append({"ckpt": {"n": n, "sha256": digest.hexdigest()}})

            ledger.folder.replace(dbfile.FILE, blocks(), announce)
            with locked(ledger) as append:
                append({"kept": n})
    except OSError as error:
        raise SaveFailed(error.errno or 0, "checkpoint") from error
