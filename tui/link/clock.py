"""The desk's clock: the real one, or that of a practice desk."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from dutyboard.rules.records.model import DeskSettings

RealClock = Callable[[], datetime]
"""A function that returns the real instant, with its offset."""
DEFAULT_ZONE: Final = ZoneInfo("Asia/Shanghai")
"""The zone of a desk that does not exist yet."""


def real_clock() -> datetime:
    """Return the real instant, with its offset."""
    return datetime.now(DEFAULT_ZONE)


def desk_now(desk: DeskSettings | None, zone: ZoneInfo, real: datetime) -> datetime:
    """Return the desk's instant in its own zone, in whole seconds.

    `desk` is None before the desk exists. The clock of a practice desk stood at `practice_starts` when the real one
    stood at `practice_since`. It runs on from there.
    """
    if desk is not None and desk.practice_starts is not None and desk.practice_since is not None:
        real = desk.practice_starts + (real - desk.practice_since)
    return real.astimezone(zone).replace(microsecond=0)
