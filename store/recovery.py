"""Repair of the journal's end after a crash or a power cut, by the next process that holds the lock.

Whole lines behind the published mark that nobody acknowledged are adopted. A torn last one is kept in torn/ and cut off
(rules R2, R3).
"""

import time
from typing import Any

from dutyboard.store.errors import SaveFailed
from dutyboard.store.ledger import Ledger


def recover(ledger: Ledger) -> dict[str, Any] | None:
    """Catch up to the very end, holding the lock; return the field that tells what was cut off, or None.

    Raises Corrupt, TooNew, SaveFailed.
    """
    journal, lock = ledger.journal, ledger.lock
    assert lock is not None
    ledger.follow(lock.mark)
    if lock.mark == journal.offset == journal.end():
        return None
    if ledger.engine is not None:  # it has what was acknowledged, and only that
        if journal.goes_on():
            raise journal.corrupt("beyond_mark")  # the mark was lost: no crash leaves a segment behind it
        try:
            journal.cut()
        except OSError as error:
            raise SaveFailed(error.errno or 0, "torn") from error
        return None
    try:
        journal.sync()  # first, so that nothing is shown that a power cut could still take away
    except OSError as error:
        lock.poison()
        raise SaveFailed(error.errno or 0, "sync") from error
    try:
        ledger.follow_to_end()
    except OSError as error:
        raise SaveFailed(error.errno or 0, "segment") from error
    torn = journal.remaining()
    cut = _cut(ledger, torn) if torn else None
    lock.publish(journal.offset)
    return cut


def _cut(ledger: Ledger, torn: bytes) -> dict[str, Any]:
    """Copy a torn tail to torn/, then cut it off."""
    if not ledger.confirmed:
        raise ledger.journal.corrupt("torn")
    name = f"{ledger.journal.n + 1:012d}.{time.time_ns()}"
    try:
        ledger.folder.inner("torn").replace(name, [torn])
        ledger.journal.cut()
    except OSError as error:
        raise SaveFailed(error.errno or 0, "torn") from error
    return {"cut": {"file": name, "bytes": len(torn)}}
