"""The pace of one login: the acts and bytes that all its processes may write in a minute."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot

_SPAN: Final = timedelta(minutes=1)


@frozen(kw_only=False)
class Pace:
    """The bounds of one minute. The act that reaches one is saved; the next has to wait."""

    acts: int
    size: int


PACE: Final = Pace(acts=200, size=1_000_000)
"""Acts and bytes a minute of one login. An import is one act, and so is what is said of many at once; bytes count."""


def too_fast(
    picture: Snapshot, login: str, now: datetime, pace: Pace, size: Callable[[str, int], int]
) -> Refusal | None:
    """Return `too_many_acts` if a login at the terminal was faster than its pace in the minute before `now`.

    `size` tells the bytes of a record by table and id: those of an entry and of all that it changed count.
    """
    acts = written = 0
    for entry in _newest(picture, now):
        if (entry.by_login or entry.login) != login:
            continue
        acts += entry.part_of is None and entry.together in (None, entry.id)
        written += size("entries", entry.id) + sum(size(each.table, each.id) for each in entry.before)
        if acts >= pace.acts or written >= pace.size:
            left = entry.entered_at + _SPAN - now
            return Refusal("too_many_acts", {"seconds": ceil(left.total_seconds())})
    return None


def _newest(picture: Snapshot, now: datetime) -> Iterator[Entry]:
    """Yield the entries of the last minute, the newest first. One of a clock that was ahead is passed over."""
    for number in range(picture.next_ids.get("entries", 1) - 1, 0, -1):
        entry = picture.entries.get(number)
        if entry is None or entry.entered_at <= now - _SPAN:
            return
        if entry.entered_at <= now:
            yield entry
