"""The desk's clock: the real one, or that of a practice desk."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from dutyboard.rules.records.model import Settings

RealClock = Callable[[], datetime]
"""Gives the real instant, with an offset."""
DEFAULT_ZONE: Final = ZoneInfo("Asia/Shanghai")
"""The zone of a desk that does not exist yet."""


def real_clock() -> datetime:
    """The real instant."""
    return datetime.now(DEFAULT_ZONE)


def desk_now(desk: Settings | None, zone: ZoneInfo, real: datetime) -> datetime:
    """The desk's instant in its own zone, in whole seconds.

    A practice desk's clock stood at `practice_starts` when the real one stood at `practice_since`, and runs on."""
    if desk is not None and desk.practice_starts is not None and desk.practice_since is not None:
        real = desk.practice_starts + (real - desk.practice_since)
    return real.astimezone(zone).replace(microsecond=0)
