"""A list of risk areas, read into the desk's areas (二)."""

from datetime import datetime

from dutyboard.rules.duties.post.area_calls import touched_by
from dutyboard.rules.duties.sheets.records_told import RecordsTold
from dutyboard.rules.duties.sheets.tally import Tally
from dutyboard.rules.people.units import Units
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.sheets import ImportAreas
from dutyboard.rules.records.model import Area
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_import_areas(command: ImportAreas, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted:
    """Risk areas. The same area = equal code, name, level and first day: a raised level is one more row, so that the
    desk still knows what held on an earlier day. `touched`: how many people already registered are to be called."""
    transaction = Transaction(snapshot, now, actor)
    tally = Tally()
    told = RecordsTold(tally, Units(transaction, ()))
    areas = {(area.code, area.name, area.level, area.starts): area for area in snapshot.areas.values()}
    changed: dict[int, Area] = {}
    for row in command.areas:
        key = (row.code, row.name, row.level, row.starts)
        old = areas.get(key)
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
            area = told.taken(old, {"ends": row.ends, "source": row.source}, row.row, row.sheet)
            tally.counts["duplicates" if area == old else "updated"] += 1
        if area != old:
            areas[key] = changed[area.id] = area
    for record in changed.values():
        transaction.put(record)
    new = [area for area in changed.values() if area.listed_at == now]
    return tally.accepted(transaction, "areas", touched_by(new, snapshot, now))
