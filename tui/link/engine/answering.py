"""The memory of a session of whether the engine of its desk answers, and of when its picture stopped."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from dutyboard import store
from dutyboard.tui.link.trouble import ENGINE_AWAY, StoreTrouble, trouble_of, troubles


class Answering:
    """The last answer of an engine, or none. A desk that is all in files needs no engine."""

    def __init__(
        self, opened: store.Store, now: Callable[[], datetime], on_desk: Callable[[datetime], datetime]
    ) -> None:
        self.stopped_at: datetime | None = None
        """The instant of which the picture is, as long as the engine is away; None: it is the newest."""
        self.trouble: StoreTrouble | None = None
        """The reason for which the engine is away."""
        self._store = opened
        self._now = now
        self._answered = now()
        if opened.away is not None:
            newest = opened.line(opened.seq)
            at = on_desk(datetime.fromisoformat(newest.at)) if newest is not None else self._answered
            self._gone(trouble_of(opened.away), at)

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Note whether the engine answers to the block. Raises what it raises, errors of the store as troubles."""
        try:
            with troubles():
                yield
        except StoreTrouble as trouble:
            if trouble.code in ENGINE_AWAY:
                self._gone(trouble, self.stopped_at or self._answered)
            raise
        self._answered, self.stopped_at, self.trouble = self._now(), None, None

    def found(self) -> list[StoreTrouble]:
        """Return why the engine is away, if it is. One that answered last is asked again."""
        if self._store.mirrors and self.trouble is None:
            try:
                with self.asked():
                    self._store.refresh()
            except StoreTrouble as trouble:
                return [trouble]
        return [] if self.trouble is None else [self.trouble]

    def _gone(self, trouble: StoreTrouble, at: datetime) -> None:
        self.trouble, self.stopped_at = trouble, at
