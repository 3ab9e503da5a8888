"""A watch for what others write: a thread looks at the published mark twice a second."""

from collections.abc import Callable
from threading import Event

from dutyboard.store.ledger import Ledger


def watch(ledger: Ledger, wake: Callable[[], None], stop: Event, period: float) -> None:
    """Call `wake` whenever the mark moved, until `stop` is set. `period` in seconds.

    One word of shared memory and the lock file's inode each time; applies nothing. A replaced lock file wakes once,
    so that the next refresh can say so.
    """
    seen = ledger.mark, False
    while not stop.wait(period):
        now = ledger.mark, ledger.lock_replaced()
        if now != seen:
            seen = now
            wake()
