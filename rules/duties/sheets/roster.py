"""The annex form of a unit, read into the desk's units and officers (一)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from dutyboard.rules.duties.sheets.records_told import RecordsTold
from dutyboard.rules.duties.sheets.tally import Tally
from dutyboard.rules.people.officers import serving
from dutyboard.rules.people.units import Units
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.sheets import ImportRoster
from dutyboard.rules.records.model import Officer
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_import_roster(command: ImportRoster, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted:
    """Units and their officers. The same officer = the same unit and name; where two share a name, the phone tells.

    A unit's form is its whole task force: who stood on the roster and is not on the form has left it, from that day
    on. An officer who signs on here is kept, for a sheet takes nobody's desk from him; so is one who sits now or on a
    coming shift, for no row would say that the seat is empty.
    """
    transaction = Transaction(snapshot, now, actor)
    tally = Tally()
    units = Units(transaction, snapshot.units.values())
    told = RecordsTold(tally, units)
    # Keyed by name, so that a sheet that names somebody twice is told from two people of one name by their phones.
    staff: dict[tuple[int, str], list[Officer]] = {}
    for officer in serving(snapshot, now):
        if officer.unit_id is not None:
            staff.setdefault((officer.unit_id, officer.name), []).append(officer)
    on_rota = {shift.officer_id for shift in snapshot.shifts.values() if shift.covers and shift.until > now}
    changed: dict[int, Officer] = {}
    for sheet in command.sheets:
        unit = units.named(sheet.unit)
        top = sheet.members[0][0] if sheet.members else 0
        named_first = told.taken(unit, {"first_responsible": sheet.first_responsible}, top, sheet.sheet)
        if named_first != unit:
            tally.counts["updated"] += 1
            units.put(named_first)
        named: set[int] = set()
        for row, member in sheet.members:
            namesakes = staff.setdefault((unit.id, member.name), [])
            old = _same_officer(namesakes, member, named)
            if old is None:
                officer = _of_the_form(member, transaction.new_id("officers"), unit.id)
                tally.counts["accepted"] += 1
            else:
                said = {name: getattr(member, name) for name in ("title", "phone", "duty", "note", "full_time")}
                said |= {"director": member.director} if member.duty else {}
                officer = told.taken(old, said, row, sheet.sheet)
                tally.counts["duplicates" if officer == old else "updated"] += 1
                namesakes.remove(old)
            namesakes.append(officer)
            named.add(officer.id)
            if officer != old:
                changed[officer.id] = officer
        if named:
            for left in (each for own in staff.values() for each in own if each.unit_id == unit.id):
                if left.id not in named and left.login is None and left.id not in on_rota:
                    changed[left.id] = told.taken(left, {"until": snapshot.day_of(now)}, top, sheet.sheet)
                    tally.counts["updated"] += 1
    for officer in changed.values():
        transaction.put(officer)
    return tally.accepted(transaction, "roster")


def _of_the_form(member: Officer, number: int, unit_id: int) -> Officer:
    """Return a new officer of a form: town staff. No sheet gives a right or a login."""
    return replace(member, id=number, unit_id=unit_id, role="town", site_id=None, login=None, until=None)


def _same_officer(namesakes: Iterable[Officer], member: Officer, named: set[int]) -> Officer | None:
    """Return the officer of that phone; else the only one of that name whom this sheet has not named yet.

    His phone is then a new one. Where the form has none, a namesake of the same title and duty is the same one.
    """
    alike = list(namesakes)
    by_phone = next((officer for officer in alike if officer.phone == member.phone), None)
    left = [officer for officer in alike if officer.id not in named]
    if len(left) > 1 and not member.phone:
        left = [each for each in left if (each.title, each.duty) == (member.title, member.duty)][:1]
    return by_phone or (left[0] if len(left) == 1 else None)
