"""The idle lock: after some minutes without a key the acts of a screen wait for the officer's PIN.

The minutes are a setting of the desk. The lock is one screen's: no file holds it, and another terminal knows nothing
of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dutyboard.rules.law.daily import DutyHours


class IdleLock:
    """Keeps when the last key came, and if the screen is locked."""

    def __init__(self) -> None:
        self.locked = False
        self._keyed_at: datetime | None = None

    def locks(self, now: datetime, hours: DutyHours) -> bool:
        """Lock if no key came for so long as the desk has set. True: it locks with this look.

        A clock that was put back as far counts too.
        """
        after = hours.lock_after
        if self.locked or not after or self._keyed_at is None:
            self._keyed_at = self._keyed_at or now
            return False
        self.locked = abs(now - self._keyed_at) >= after
        return self.locked

    def keyed(self, now: datetime) -> None:
        """Note a key. Of a locked screen it changes nothing."""
        if not self.locked:
            self._keyed_at = now

    def unlock(self, now: datetime) -> None:
        """Unlock the screen: the PIN was right, or nobody is signed on any more."""
        self.locked = False
        self._keyed_at = now
