"""The end of the program when the line drops or somebody ends it: in order within two seconds, or forced.

What was typed is kept first, and a commit under way is waited for longer: a line that is written and not published yet
would stay unseen by all others.

Signals are blocked before any thread starts, and one thread of their own waits for them. The event loop of a stalled
link may be stuck in a write and never see a handler (measured: it hangs at 99 % CPU), and the worker may be busy with
a board or a slow disk. So neither is asked to keep what was typed. Ending by force is then safe: a commit is atomic.
"""

import os
import signal
import threading
import time
from collections.abc import Callable

SIGNALS = frozenset({signal.SIGHUP, signal.SIGTERM, signal.SIGINT})
GRACE_SECONDS = 2.0
KEEP_SECONDS = 10.0
"""Seconds for which the end waits until the drafts are on the disk. A disk that takes longer is failing."""


def block() -> None:
    """Block the signals in this thread and in all threads that it starts. Call it before any other thread exists."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)


def watch(keep: Callable[[], object], leave: Callable[[], object], await_commit: Callable[[], object]) -> None:
    """Start the thread that waits for a hang-up. None of the three is called on the UI loop.

    `keep` writes what was typed; it may block, and must not raise. `leave` asks the program to end and must not block.
    `await_commit` blocks while a commit is under way, up to a limit of its own.
    """

    def wait() -> None:
        number = signal.sigwait(SIGNALS)
        keeping = threading.Thread(target=keep, name="drafts", daemon=True)
        keeping.start()
        keeping.join(KEEP_SECONDS)
        try:
            leave()
        finally:
            time.sleep(GRACE_SECONDS)
            await_commit()
            os._exit(128 + number)

    threading.Thread(target=wait, name="hangup", daemon=True).start()
