"""The one thread that talks to the gateway, so that no lock, file or slow link ever holds up the screen.

A daemon thread: after a hang-up the process may end in the middle of it, which is safe since a commit is atomic.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol

from textual.message import Message

from dutyboard.tui.link.messages import Answer, Answered, Fetched, Loaded, Opened, Reply, Trouble, Troubled

if TYPE_CHECKING:
    from dutyboard.rules.records.commands import Actor, Command
    from dutyboard.rules.records.refusals import Refusal
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.rules.records.transaction import Accepted


class Desk(Protocol):
    """What the screens need of `link.gateway.Gateway`. Every call but `now`, `actor` and `snapshot` may block, and may
    raise an exception with `code` and `fields`."""

    @property
    def snapshot(self) -> Snapshot: ...
    @property
    def actor(self) -> Actor: ...
    def now(self) -> datetime: ...
    def submit(self, command: Command) -> Accepted | Refusal: ...
    def refresh(self) -> Snapshot: ...
    def found(self) -> Sequence[Exception]: ...
    def watch(self, wake: Callable[[], None], stop: threading.Event) -> None: ...
    def save_draft(self, key: str, values: Mapping[str, Any]) -> None: ...
    def load_draft(self, key: str) -> Mapping[str, Any] | None: ...
    def drop_draft(self, key: str) -> None: ...
    def close(self) -> None: ...


class DeskThread:
    """Opens the desk, then does one job after another and posts what came of each. `desk` is None until it is open."""

    def __init__(self, opener: Callable[[], Desk], post: Callable[[Message], object]) -> None:
        self.desk: Desk | None = None
        self._opener = opener
        self._post = post
        self._jobs: SimpleQueue[Callable[[Desk], None] | None] = SimpleQueue()
        self._stop = threading.Event()
        self._refresh_asked = threading.Event()
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)

    def start(self) -> None:
        """Begin to open the desk."""
        self._thread.start()

    def stop(self, seconds: float = 2.0) -> None:
        """End after the jobs at hand, waiting at most so long."""
        self._stop.set()
        self._jobs.put(None)
        if self._thread.is_alive():
            self._thread.join(seconds)

    def submit(self, command: Command, reply: Reply) -> None:
        """Have a command decided and saved; `reply` gets the answer on the UI loop."""

        def job(desk: Desk) -> None:
            answer: Answer
            try:
                answer = desk.submit(command)
            except Exception as error:
                answer = trouble_of(error)
            self._post(Answered(answer, desk.snapshot, reply))

        self._jobs.put(job)

    def fetch(self, work: Callable[[Any], Any], reply: Callable[[Any], None]) -> None:
        """Have something done with the gateway; `reply` gets its value, or a Trouble, on the UI loop."""

        def job(desk: Desk) -> None:
            try:
                value = work(desk)
            except Exception as error:
                value = trouble_of(error)
            self._post(Fetched(value, reply))

        self._jobs.put(job)

    def _run(self) -> None:
        try:
            desk = self._opener()
        except Exception as error:
            self._post(Troubled(trouble_of(error)))
            return
        self.desk = desk
        self._post(Opened())
        self._post(Loaded(desk.snapshot))
        for trouble in desk.found():
            self._post(Troubled(trouble_of(trouble)))
        threading.Thread(target=desk.watch, args=(self._wake, self._stop), name="watch", daemon=True).start()
        while (job := self._jobs.get()) is not None:
            job(desk)
        desk.close()

    def _wake(self) -> None:
        """Somebody else wrote: catch up once, however often this is called meanwhile."""
        if not self._refresh_asked.is_set():
            self._refresh_asked.set()
            self._jobs.put(self._refresh)

    def _refresh(self, desk: Desk) -> None:
        self._refresh_asked.clear()
        try:
            self._post(Loaded(desk.refresh()))
        except Exception as error:
            self._post(Troubled(trouble_of(error)))


def trouble_of(error: Exception) -> Trouble:
    """A gateway's error as a code. One that carries no code is a fault of the program: it is named by its type, and
    never by its text, which may hold what was typed."""
    code = getattr(error, "code", None)
    if isinstance(code, str):
        return Trouble(code, getattr(error, "fields", {}))
    return Trouble(type(error).__name__, {})
