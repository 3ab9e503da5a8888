"""A list of quarantine sites, read into the desk's sites (四（二）)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from dutyboard.rules.duties.sheets.records_told import RecordsTold
from dutyboard.rules.duties.sheets.tally import Tally
from dutyboard.rules.duties.site.sites import held_and_gone, put_site, rooms_told
from dutyboard.rules.people.units import Units, unit_of
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.sheets import ImportSites
from dutyboard.rules.records.model import Site
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted, Transaction

LABEL = 4
"""Characters of a site's short label: eight cells stand before the strip of the board."""


def decide_import_sites(command: ImportSites, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted:
    """Take in quarantine sites, told apart by name. No sheet opens or closes a site that the desk knows: that is an act
    with a reason (四（二）). Nor does it take rooms or areas away: fewer of them are an officer's to decide."""
    transaction = Transaction(snapshot, now, actor)
    tally = Tally()
    units = Units(transaction, snapshot.units.values())
    told = RecordsTold(snapshot, tally, units)
    home = snapshot.daily_at(now).screening.home
    sites = {site.name: site for site in snapshot.sites.values()}
    changed: dict[int, Site] = {}
    for row in command.sites:
        rooms = rooms_told(row.rooms)
        if rooms is None:
            tally.counts["rejected"] += 1
            tally.say(row, "rooms", "rooms_unlikely", "error")
            continue
        row = replace(row, rooms=rooms)
        # 金石 and 蓝田办事处 are units that the desk has under their whole names.
        known = None if units.has(row.unit) else unit_of(row.unit, snapshot.units.values(), home)
        if known is None and not units.has(row.unit):
            tally.say(row, "unit", "unit_added")
        unit = units.named(row.unit) if known is None else snapshot.units[known]
        old = sites.get(row.name)
        if old is None:
            site = Site(
                id=transaction.new_id("sites"),
                name=row.name,
                label=site_label(row.name, [other.label for other in sites.values()]),
                unit_id=unit.id,
                rooms=row.rooms,
                state=row.state,
                areas=row.areas,
                keeper=row.keeper,
                phone=row.phone,
                registered_at=now,
            )
            tally.counts["accepted"] += 1
        else:
            rooms = row.rooms
            if held_and_gone(replace(old, rooms=rooms), snapshot):
                rooms = old.rooms
                tally.say(row, "rooms", "rooms_held")
            said = {"rooms": rooms, "unit_id": unit.id}
            said |= {name: getattr(row, name) for name in ("areas", "keeper", "phone")}
            site = told.taken(old, said, row)
            if row.state != old.state:
                tally.say(row, "state", "state_kept")
        if site != old:
            sites[site.name] = changed[site.id] = site
    for record in changed.values():
        put_site(transaction, record, snapshot)
    return tally.accepted(transaction, "sites")


def site_label(name: str, taken: Iterable[str]) -> str:
    """Return a short label of up to four characters that no other site has.

    It is the name's first four; else its first two with the first two that come after; at last one with a number.
    """
    others = set(taken)
    candidates = [
        name[:LABEL],
        *(name[: LABEL // 2] + name[at : at + LABEL // 2] for at in range(LABEL, len(name) - 1)),
    ]
    numbered = (f"{name[: LABEL - 1]}{number}" for number in range(2, 10))
    return next((label for label in (*candidates, *numbered) if label not in others), name[:LABEL])
