"""The one thread that talks to the gateway and computes boards. No lock, file or count of people stops the screen.

It is a daemon thread: the process may end in the middle of a job. That is safe, since a commit is atomic. One that is
under way is waited for all the same, so that nobody is left in doubt.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from dutyboard.tui.link.messages import (
    Answer,
    Answered,
    BoardAt,
    Faulted,
    Fetched,
    Loaded,
    News,
    Opened,
    Reply,
    Trouble,
    Troubled,
)
from dutyboard.tui.link.stops import await_commit, hold_stops

if TYPE_CHECKING:
    from dutyboard.rules.records.commands import Actor, Command
    from dutyboard.rules.records.model import Person, Record
    from dutyboard.rules.records.refusals import Refusal
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.rules.records.transaction import Accepted
    from dutyboard.tui.link.board.boards import Boards
    from dutyboard.tui.link.board.kept_board import KeptBoard
    from dutyboard.tui.link.looks import Look, LookAct
    from dutyboard.tui.link.pins import Given
    from dutyboard.tui.link.trail import RecordChange

T = TypeVar("T")
PAUSE_SECONDS: Final = 0.02
"""Seconds between two portions of work that nobody waits for."""
SPREAD_SECONDS: Final = 0.3
"""The most seconds that a session waits with a commit of another."""
WATCH_AGAIN_SECONDS: Final = 5.0
"""Seconds after a fault until the watch of other officers' commits begins again."""


class GatewayPort(Protocol):
    """The part of `link.gateway.Gateway` that a session uses.

    Every call but `now`, `actor`, `snapshot` and `may_not_read` may block. It may raise an exception with `code` and
    `fields`.
    """

    @property
    def snapshot(self) -> Snapshot: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def head(self) -> str: ...
    @property
    def folder(self) -> Path: ...
    @property
    def stopped_at(self) -> datetime | None: ...
    def now(self) -> datetime: ...
    def kept_board(self) -> KeptBoard | None: ...
    def may_not_read(self, what: str) -> Refusal | None: ...
    def submit(
        self, command: Command, rid: str = "", given: Sequence[Given] = (), over: Sequence[Record] = ()
    ) -> Accepted | Refusal: ...
    def submit_all(
        self, acts: Sequence[Callable[[Snapshot], Command | Refusal]], rid: str = "", *, together: bool = False
    ) -> tuple[list[Accepted], Refusal | None]: ...
    def foresee(self, ask: Callable[[Snapshot, datetime, Actor], T]) -> T: ...
    def heard(self, answer: Accepted | Refusal) -> Accepted | Refusal: ...
    def saved_as(self, rid: str) -> Accepted | None: ...
    def preview(self, command: Command) -> Accepted | Refusal: ...
    def refresh(self) -> Snapshot: ...
    def with_archived(self, *tables: str) -> Snapshot: ...
    def trail(self, table: str, number: int) -> list[RecordChange]: ...
    def found(self) -> Sequence[Exception]: ...
    def look(self, act: LookAct, about: str = "", reason: str = "", *, revealed: bool = False) -> None: ...
    def looks(self, about: str = "", officer: int | None = None, most: int | None = None) -> list[Look]: ...
    def watch(self, wake: Callable[[], None], stop: threading.Event) -> None: ...
    def save_draft(self, key: str, values: Mapping[str, Any]) -> None: ...
    def load_drafts(self, key: str) -> Sequence[tuple[str, Mapping[str, Any]]]: ...
    def drop_draft(self, key: str) -> None: ...
    def close(self) -> None: ...


class GatewayThread:
    """The thread: it opens the desk, then does one job after another and posts the result of each.

    `gateway` is None until the desk is open. An exception never ends the thread. One without a code is posted as a
    fault of the program.
    """

    def __init__(self, opener: Callable[[], GatewayPort], post: Callable[[News], object]) -> None:
        self.gateway: GatewayPort | None = None
        self._opener = opener
        self._post = post
        self._jobs: SimpleQueue[Callable[[GatewayPort], None] | None] = SimpleQueue()
        self._stop = threading.Event()
        self._refresh_asked = threading.Event()
        self._said: Sequence[str] = ()
        self._boards: Boards | None = None  # imported with the first board, not before the first frame
        self._thread = threading.Thread(target=self._run, name="gateway", daemon=True)

    def start(self) -> None:
        """Begin to open the desk. From the main thread: the handler of a stop is set there."""
        hold_stops()
        self._thread.start()

    def stop(self, seconds: float = 2.0) -> None:
        """End after the jobs at hand; wait at most so many seconds, and longer only for a commit."""
        self._stop.set()
        self._jobs.put(None)
        if self._thread.is_alive():
            self._thread.join(seconds)
            await_commit()

    def submit(
        self,
        command: Command,
        reply: Reply,
        given: Sequence[Given] = (),
        rid: str = "",
        over: Sequence[Record] = (),
    ) -> None:
        """Queue a command to be decided and saved under a name, with the PINs typed for it.

        `over` are the records as they stood when it was begun. `reply` gets the answer on the UI loop.
        """
        self._write(lambda gateway: gateway.submit(command, rid, given, over), reply)

    def submit_together(self, commands: Sequence[Command], people: Sequence[Person], reply: Reply, rid: str) -> None:
        """Queue acts said at once of people, to be saved as one commit. `reply` gets the answer on the UI loop."""

        def submit(gateway: GatewayPort) -> Answer:
            from dutyboard.tui.link.together import submit_together  # by need: it rests on many duties

            return submit_together(gateway, commands, people, rid)

        self._write(submit, reply)

    def _write(self, submit: Callable[[GatewayPort], Answer], reply: Reply) -> None:
        def job(gateway: GatewayPort) -> None:
            answer: Answer
            try:
                answer = submit(gateway)
            except Exception as error:
                answer = self._trouble(error)
            self._post(Answered(answer, self._shown(gateway), reply))

        self._jobs.put(job)

    def fetch(self, work: Callable[[GatewayPort], Any], reply: Callable[[Any], object]) -> None:
        """Queue work with the gateway. `reply` gets its value, or a Trouble, on the UI loop."""

        def job(gateway: GatewayPort) -> None:
            try:
                value = work(gateway)
            except Exception as error:
                value = self._trouble(error)
            self._post(Fetched(value, reply))

        self._jobs.put(job)

    def look_again(self) -> None:
        """Queue a look for faults of the desk: a disk fills up while a board stands open. A new one is posted."""
        self._jobs.put(self._say_found)

    def look_at_clock(self) -> None:
        """Queue a board of this instant: the clock moves it. It is posted as a new picture."""
        self._jobs.put(self._show)

    def _run(self) -> None:
        try:
            gateway = self._opener()
        except Exception as error:
            self._post(Troubled(self._trouble(error)))
            return
        self.gateway = gateway
        self._post(Opened())
        self._show(gateway)
        self._say_found(gateway)
        threading.Thread(target=self._watch, args=(gateway,), name="watch", daemon=True).start()
        while (job := self._next_job(gateway)) is not None:
            job(gateway)
        gateway.close()

    def _next_job(self, gateway: GatewayPort) -> Callable[[GatewayPort], None] | None:
        """Wait for a job; before a turn of the board make parts of the next one meanwhile. None: the thread ends."""
        if self._boards is not None and self._jobs.empty():
            self._boards.leave(gateway)
        while self._boards is not None and self._boards.prepare(gateway):
            with suppress(Empty):
                return self._jobs.get(timeout=PAUSE_SECONDS)
        return self._jobs.get()

    def _say_found(self, gateway: GatewayPort) -> None:
        """Post the faults of the desk that the last look did not find, and the picture if it has stopped."""
        stopped_at = gateway.stopped_at
        try:
            found = [trouble_of(each) for each in gateway.found()]
        except Exception as error:
            found = [self._trouble(error)]
        for trouble in found:
            if trouble.code not in self._said:
                self._post(Troubled(trouble))
        self._said = [trouble.code for trouble in found]
        if gateway.stopped_at != stopped_at:
            self._show(gateway)

    def _watch(self, gateway: GatewayPort) -> None:
        """Follow other officers' commits until the program ends, whatever the watch raises."""
        while not self._stop.is_set():
            try:
                gateway.watch(self._wake, self._stop)
            except Exception as error:
                self._post(Troubled(self._trouble(error)))
                self._stop.wait(WATCH_AGAIN_SECONDS)

    def _wake(self) -> None:
        """Queue one refresh after another's commit, however often this is called before it runs.

        Each session waits a while of its own first: thirty boards made at one instant would keep every key waiting.
        """
        self._stop.wait(random.uniform(0, SPREAD_SECONDS))
        if not self._refresh_asked.is_set():
            self._refresh_asked.set()
            self._jobs.put(self._refresh)

    def _refresh(self, gateway: GatewayPort) -> None:
        self._refresh_asked.clear()
        try:
            gateway.refresh()
        except Exception as error:
            self._post(Troubled(self._trouble(error)))
            if gateway.stopped_at is None:
                return
        self._show(gateway)

    def _show(self, gateway: GatewayPort) -> None:
        self._post(Loaded(self._shown(gateway)))

    def _shown(self, gateway: GatewayPort) -> BoardAt:
        """Compute the board of this instant."""
        from dutyboard.tui.link.board.boards import Boards

        self._boards = self._boards or Boards()
        return replace(self._boards.of(gateway), stopped_at=gateway.stopped_at)

    def _trouble(self, error: Exception) -> Trouble:
        """Return the trouble of an exception. One without a code is posted as a fault too."""
        if not isinstance(getattr(error, "code", None), str):
            self._post(Faulted(error))
        return trouble_of(error)


def trouble_of(error: Exception) -> Trouble:
    """Return a gateway's error as a code.

    One that carries no code is a fault of the program. It is named by its type, and never by its text, which may hold
    what was typed.
    """
    code = getattr(error, "code", None)
    if isinstance(code, str):
        return Trouble(code, getattr(error, "fields", {}))
    return Trouble(type(error).__name__, {})
