"""The ordered changes of the desk's document format, one for each format after the first.

`tui/link/records` reads the newest format only. A change that old documents do not fit adds a step here. The store
takes each step once, as one line, and brings archives up as they are read (store/schema.py, store/migrate.py).

Format 2: the roles of `records/codes`. Administrator, shift leader and duty officer stay; a member becomes
town staff of his unit, or a duty officer where he has none. Nobody gains a right.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, cast

from dutyboard.rules.records.model import DeskSettings, Entry
from dutyboard.rules.records.told.post import RolesRenewed
from dutyboard.store import Docs, Put, Stamp, Step
from dutyboard.tui.link.clock import DEFAULT_ZONE, desk_now
from dutyboard.tui.link.records import document, record


def _officers_of_the_post(tables: Docs) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the members who had no unit. They sat at the command post and could do all that a duty officer may.

    The role of a member was never written, for it was the default.
    """
    for number, held in tables["officers"].items():
        if "role" not in held and held.get("unit_id") is None:
            yield int(number), held


def _renew(tables: Docs) -> Sequence[Put]:
    """Return the officers of the command post as duty officers. Whoever has a unit is read as its town staff."""
    return [Put("officers", number, {**held, "role": "officer"}) for number, held in _officers_of_the_post(tables)]


def _tell_renewed(tables: Docs, stamp: Stamp) -> Sequence[Put]:
    """Return the entry that says how many became what. A folder without a desk has none."""
    held = tables["settings"].get("1")
    if held is None:
        return ()
    desk = cast(DeskSettings, record("settings", 1, held))
    now = desk_now(desk, DEFAULT_ZONE, datetime.fromisoformat(stamp.at))
    members = sum("role" not in each for each in tables["officers"].values())
    post = sum(1 for _ in _officers_of_the_post(tables))
    entry = Entry(
        id=stamp.next_id("entries"),
        happened_at=now,
        entered_at=now,
        entered_by=None,
        login=stamp.writer.rpartition("@")[0],
        told=RolesRenewed(town=members - post, officer=post),
    )
    return [Put("entries", entry.id, document(entry))]


STEPS: Final[tuple[Step, ...]] = (Step(2, _renew, _tell_renewed),)
