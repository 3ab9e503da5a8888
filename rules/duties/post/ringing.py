"""Ringing of alarms: once as each comes, again while nobody sees it, once for a group (EEMUA 191)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from dutyboard.rules.duties.post.alarms import began, flood_groups
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot

LastRung = Mapping[str, datetime]
"""The instant at which each alarm was last rung for, by its id or that of its group."""


def rung(
    heard: LastRung | None, rows: Iterable[Obligation], snapshot: Snapshot, now: datetime
) -> tuple[LastRung, tuple[Obligation, ...]]:
    """Return what was heard by now, and the alarms for which the bell rings, once for all.

    `heard` None: the officer has only just come in. What was seen, shelved or done is forgotten, so that it rings anew
    when it comes back.
    """
    rows = tuple(rows)
    groups = {row.id: group.id for group in flood_groups(rows, snapshot) for row in group.rows}
    unseen = [row for row in rows if row.grave and not row.acknowledged and not row.shelved]
    again, before = snapshot.daily_at(now).duty.alarm_again, heard or {}
    kept: dict[str, datetime] = {}
    ringing: list[Obligation] = []
    for row in unseen:
        group = groups.get(row.id)
        keys = (row.id,) if group is None else (row.id, group)
        last = max((before[key] for key in keys if key in before), default=None)
        if last is None or now - last >= again or (group is None and began(row, snapshot) > last):
            ringing.append(row)
            last = now
        kept[row.id] = last
        if group is not None:
            kept[group] = max(last, kept.get(group, last))
    return kept, tuple(ringing)
