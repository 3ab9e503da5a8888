"""Looks at an engine for lines of other machines, over a connection of their own."""

from time import monotonic

from dutyboard.store.engine.port import Engine
from dutyboard.store.errors import StoreError


class Looks:
    """Looks at an engine's newest line, one each `period` seconds. Without an engine nothing is ever seen."""

    def __init__(self, engine: Engine | None, period: float) -> None:
        self._engine = engine.again() if engine is not None else None
        self._period = period
        self._next = monotonic()
        self._away = False

    def news(self, n: int) -> bool:
        """Return True if the engine has a line behind line `n`, if it went away, or if it came back."""
        if self._engine is None or monotonic() < self._next:
            return False
        was_away, newest = self._away, n
        try:
            newest, _ = self._engine.newest()
            self._away = False
        except StoreError:
            self._away = True
        self._next = monotonic() + self._period
        return newest > n or self._away != was_away

    def close(self) -> None:
        if self._engine is not None:
            self._engine.close()
