"""A list of risk areas, read into the desk's areas (二)."""

from collections.abc import Iterable
from datetime import date, datetime

from dutyboard.rules.duties.post.area_calls import touched_by
from dutyboard.rules.duties.sheets.records_told import RecordsTold
from dutyboard.rules.duties.sheets.tally import Tally
from dutyboard.rules.duties.worse_records import standing_in
from dutyboard.rules.law.impossible import EARLIEST
from dutyboard.rules.people.units import Units
from dutyboard.rules.records.bounds import out_of_years
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.sheets import AreaData, ImportAreas
from dutyboard.rules.records.model import Area
from dutyboard.rules.records.outcome import RowCode
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_import_areas(command: ImportAreas, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted:
    """Risk areas. The same area = equal code, name, level and first day: a raised level is one more row, so that the
    desk still knows what held on an earlier day. `touched`: how many people already registered are to be called.

    The end of an area that is listed still is news and is taken; no end that was told is brought forward, and no level
    is lowered: that is an officer's to decide.
    """
    transaction = Transaction(snapshot, now, actor)
    tally = Tally()
    told = RecordsTold(snapshot, tally, Units(transaction, ()))
    areas = {(area.code, area.name, area.level, area.starts): area for area in snapshot.areas.values()}
    changed: dict[int, Area] = {}
    today = snapshot.day_of(now)
    for row in command.areas:
        wrong = _out_of_years(row, now)
        if wrong:
            tally.counts["rejected"] += 1
            for column, code, day in wrong:
                tally.say(row, column, code, "error", day.isoformat())
            continue
        if row.starts > today:
            tally.say(row, "starts", "future_date", text=row.starts.isoformat())
        if row.ends is None:
            tally.say_far(row, "starts", row.starts, today)
        key = (row.code, row.name, row.level, row.starts)
        old, higher = areas.get(key), _higher(row, areas.values())
        if old is None and higher is not None and higher.starts == row.starts:
            told.taken(higher, {"level": row.level}, row)
            continue
        if old is None:
            area = Area(
                id=transaction.new_id("areas"),
                code=row.code,
                name=row.name,
                level=row.level,
                starts=row.starts,
                ends=row.ends,
                source=row.source,
                listed_at=now if snapshot.persons else None,  # on a desk without people there is nobody to call
            )
            tally.counts["accepted"] += 1
        else:
            area = told.taken(old, {"ends": row.ends, "source": row.source}, row)
        if higher is not None:
            tally.say(row, "level", "level_stands", text=higher.starts.isoformat())
        if area != old:
            areas[key] = changed[area.id] = area
    for record in changed.values():
        transaction.put(record)
    new = [area for area in changed.values() if area.listed_at == now]
    return tally.accepted(transaction, "areas", touched_by(new, snapshot, now))


def _out_of_years(row: AreaData, now: datetime) -> list[tuple[str, RowCode, date]]:
    """Return (column, code, day) of each day of a row that no list of now can mean."""
    days = (("starts", row.starts), ("ends", row.ends))
    out = [(column, day) for column, day in days if day is not None and out_of_years(day, now)]
    return [(column, "early_date" if day < EARLIEST else "future_date", day) for column, day in out]


def _higher(row: AreaData, areas: Iterable[Area]) -> Area | None:
    """Return the area of a row that is listed at a higher level on its first day. None: it is not."""
    return next(
        (
            each
            for each in areas
            if (each.code, each.name) == (row.code, row.name)
            and each.level != row.level
            and not standing_in("level", each.level, row.level)[1]
            and each.starts <= row.starts
            and (each.ends is None or each.ends >= row.starts)
        ),
        None,
    )
