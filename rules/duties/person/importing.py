"""Sheets into the desk: each row accepted, updated, a duplicate or rejected, and nothing at all when nothing is new.

Every `decide_import_*` answers with an `ImportTally`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from dutyboard.rules.duties.post.area_calls import touched_by
from dutyboard.rules.law.facts import PcrCert
from dutyboard.rules.people.identity import Known, merged, unit_of
from dutyboard.rules.records.codes import SheetKind, UnitKind
from dutyboard.rules.records.commands import (
    Actor,
    AreaData,
    ImportAreas,
    ImportArrivals,
    ImportRoster,
    ImportSites,
    PersonData,
    SiteData,
)
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Area, Officer, Person, Site, Unit
from dutyboard.rules.records.outcome import ImportRow, ImportTally, Level, RowCode
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told import Corrected, Imported
from dutyboard.rules.records.transaction import Accepted, Transaction

_KINDS: tuple[tuple[str, UnitKind], ...] = (
    ("镇", "town"),
    ("乡", "town"),
    ("街道", "street"),
    ("管理处", "management"),
    ("管理区", "management"),
)
LABEL = 4
"""Characters of a site's short label: eight cells stand before the strip of the board."""


class _Tally:
    """Counts the rows and keeps what is to be said of them."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(("accepted", "updated", "duplicates", "rejected"), 0)
        self.rows: list[ImportRow] = []

    def say(self, told: PersonData | SiteData | AreaData, column: str, code: RowCode, level: Level = "warning") -> None:
        self.rows.append(ImportRow(told.row, column, code, level, told.sheet))


def _accepted(transaction: Transaction, tally: _Tally, sheet: SheetKind, touched: int | None = None) -> Accepted:
    """Return what was gathered, with one entry in the log; without changes no entry either."""
    if transaction.changes:
        transaction.log(Imported(sheet=sheet, **tally.counts))
    return transaction.accepted(outcome=ImportTally(**tally.counts, rows=tuple(tally.rows), touched=touched))


def decide_import_arrivals(command: ImportArrivals, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted:
    """People from a register of arrivals. A row is rejected that has no name, or a date after `now`."""
    transaction = Transaction(snapshot, now, actor)
    tally = _Tally()
    wall = now.astimezone(snapshot.zone).replace(tzinfo=None)
    known = Known(snapshot.persons.values())
    settled = _corrected_fields(snapshot)
    current: dict[int, Person] = {}
    rows_of: dict[int, int] = {}
    # Rows that bring an ID come first: what they add to a person, his arrival above all, decides whether a row without
    # one is his, and must be known before it is asked, the first time as the second.
    for row in sorted(command.persons, key=lambda row: not row.id_no):
        wrong = _not_a_person(row, wall)
        if wrong:
            tally.counts["rejected"] += 1
            for column, code in wrong:
                tally.say(row, column, code, "error")
            continue
        unit_id = unit_of(row.address, snapshot.units.values())
        if unit_id is None:
            tally.say(row, "address", "unit_unknown")
        same = known.find(row)
        if same is None:
            person = _new_person(transaction.new_id("persons"), row, unit_id, now)
            tally.counts["accepted"] += 1
        else:
            before = current.get(same) or snapshot.persons[same]
            person = _taken_in(before, row, unit_id, settled.get(same, frozenset()), tally)
            if person == before:
                tally.counts["duplicates"] += 1
                continue
            rows_of[same] = rows_of.get(same, 0) + 1
        current[person.id] = person
        known.add(person)
    _write_changed(transaction, snapshot.persons, current, rows_of, tally)
    return _accepted(transaction, tally, "arrivals")


def _write_changed(
    transaction: Transaction,
    before: Mapping[int, Person],
    current: Mapping[int, Person],
    rows_of: Mapping[int, int],
    tally: _Tally,
) -> None:
    for person in current.values():
        # Two rows of one person that contradict each other end where they began when the sheet comes again.
        if before.get(person.id) == person:
            tally.counts["duplicates"] += rows_of[person.id]
        else:
            tally.counts["updated"] += rows_of.get(person.id, 0)
            transaction.put(person)


def _not_a_person(row: PersonData, wall: datetime) -> list[tuple[str, RowCode]]:
    """(column, code) of each reason to reject a row; `wall` is the desk's wall clock."""
    facts = row.facts
    wrong: list[tuple[str, RowCode]] = [] if row.name else [("name", "name_missing")]
    if facts.arrival_at is not None and facts.arrival_at > wall:
        wrong.append(("arrival_at", "future_date"))
    if any(stay.left_on is not None and stay.left_on > wall.date() for stay in facts.stays or ()):
        wrong.append(("left_on", "future_date"))
    if isinstance(facts.pcr, PcrCert) and facts.pcr.sampled_at is not None and facts.pcr.sampled_at > wall:
        wrong.append(("sampled_at", "future_date"))
    return wrong


def _new_person(person_id: int, row: PersonData, unit_id: int | None, now: datetime) -> Person:
    return Person(
        id=person_id,
        name=row.name,
        sex=row.sex,
        id_no=row.id_no,
        phone=row.phone,
        address=row.address,
        unit_id=unit_id,
        origin=row.origin,
        travel=row.travel,
        note=row.note,
        officer_name=row.officer_name,
        facts=row.facts,
        warnings=row.warnings,
        source="import",
        registered_at=now,
    )


def _taken_in(person: Person, row: PersonData, unit_id: int | None, settled: frozenset[str], tally: _Tally) -> Person:
    told = merged(person, row)
    if told.unit_id is None:
        told = replace(told, unit_id=unit_id)
    if told == person:
        return person
    if person.assessment is not None:
        tally.say(row, "", "already_assessed")
        return person
    if told.name != person.name:
        tally.say(row, "name", "name_differs")
    allowed = replace(merged(person, row, settled), unit_id=told.unit_id)
    if allowed != told:
        tally.say(row, "", "corrected_by_officer")
    return replace(allowed, name=person.name)


def _corrected_fields(snapshot: Snapshot) -> dict[int, frozenset[str]]:
    """The fields of each person that an officer has corrected (`changed` of his entries)."""
    corrected: dict[int, frozenset[str]] = {}
    for entry in snapshot.entries.values():
        if isinstance(entry.told, Corrected) and (person := Subject.parse(entry.subject)) is not None:
            person_id = person.number
            corrected[person_id] = corrected.get(person_id, frozenset()) | frozenset(entry.told.changed)
    return corrected


def decide_import_roster(command: ImportRoster, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted:
    """Units and their officers. The same officer = the same unit and name; where two share a name, the phone tells."""
    transaction = Transaction(snapshot, now, actor)
    tally = _Tally()
    units = _Units(transaction, snapshot.units.values())
    # Keyed by name, so that a sheet that names somebody twice is told from two people of one name by their phones.
    staff: dict[tuple[int, str], list[Officer]] = {}
    for officer in snapshot.officers.values():
        if officer.unit_id is not None:
            staff.setdefault((officer.unit_id, officer.name), []).append(officer)
    changed: dict[int, Officer] = {}
    for sheet in command.sheets:
        unit = units.named(sheet.unit)
        named: set[int] = set()
        for _, member in sheet.members:
            namesakes = staff.setdefault((unit.id, member.name), [])
            old = _same_officer(namesakes, member, named)
            if old is None:
                officer = replace(member, id=transaction.new_id("officers"), unit_id=unit.id)
                tally.counts["accepted"] += 1
            else:
                officer = replace(
                    old,
                    title=member.title or old.title,
                    phone=member.phone or old.phone,
                    duty=member.duty or old.duty,
                    note=member.note or old.note,
                    director=member.director if member.duty else old.director,
                )
                tally.counts["duplicates" if officer == old else "updated"] += 1
                namesakes.remove(old)
            namesakes.append(officer)
            named.add(officer.id)
            if officer != old:
                changed[officer.id] = officer
    for officer in changed.values():
        transaction.put(officer)
    return _accepted(transaction, tally, "roster")


def _same_officer(namesakes: Iterable[Officer], member: Officer, named: set[int]) -> Officer | None:
    """The officer of that phone; else the only one of that name whom this sheet has not named yet: his phone is new."""
    alike = list(namesakes)
    by_phone = next((officer for officer in alike if officer.phone == member.phone), None)
    left = [officer for officer in alike if officer.id not in named]
    return by_phone or (left[0] if len(left) == 1 else None)


class _Units:
    """Units by name; one that the desk does not have is made."""

    def __init__(self, transaction: Transaction, units: Iterable[Unit]) -> None:
        self._transaction = transaction
        self._by_name = {unit.name: unit for unit in units}

    def has(self, name: str) -> bool:
        return name in self._by_name

    def named(self, name: str) -> Unit:
        unit = self._by_name.get(name)
        if unit is None:
            unit = Unit(
                id=self._transaction.new_id("units"),
                name=name,
                kind=unit_kind(name),
                registered_at=self._transaction.now,
            )
            self._by_name[name] = unit
            self._transaction.put(unit)
        return unit


def unit_kind(name: str) -> UnitKind:
    """What a unit is, by the end of its name: 镇 乡, 街道, 管理处; everything else is a city office (市直单位)."""
    return next((kind for suffix, kind in _KINDS if name.endswith(suffix)), "city_office")


def decide_import_sites(command: ImportSites, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted:
    """Quarantine sites, told apart by name. No sheet opens or closes a site that the desk knows: that is an act with a
    reason (四（二）)."""
    transaction = Transaction(snapshot, now, actor)
    tally = _Tally()
    units = _Units(transaction, snapshot.units.values())
    sites = {site.name: site for site in snapshot.sites.values()}
    changed: dict[int, Site] = {}
    for row in command.sites:
        if not units.has(row.unit):
            tally.say(row, "unit", "unit_added")
        unit = units.named(row.unit)
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
            site = replace(
                old,
                unit_id=unit.id,
                rooms=row.rooms,
                areas=row.areas or old.areas,
                keeper=row.keeper or old.keeper,
                phone=row.phone or old.phone,
            )
            if row.state != old.state:
                tally.say(row, "state", "state_kept")
            tally.counts["duplicates" if site == old else "updated"] += 1
        if site != old:
            sites[site.name] = changed[site.id] = site
    for record in changed.values():
        transaction.put(record)
    return _accepted(transaction, tally, "sites")


def site_label(name: str, taken: Iterable[str]) -> str:
    """A short label of up to four characters: the name's first, or, where another site has that label, its first two
    with the first two that come after; at last with a number."""
    others = set(taken)
    candidates = [
        name[:LABEL],
        *(name[: LABEL // 2] + name[at : at + LABEL // 2] for at in range(LABEL, len(name) - 1)),
    ]
    numbered = (f"{name[: LABEL - 1]}{number}" for number in range(2, 10))
    return next((label for label in (*candidates, *numbered) if label not in others), name[:LABEL])


def decide_import_areas(command: ImportAreas, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted:
    """Risk areas. The same area = equal code, name, level and first day: a raised level is one more row, so that the
    desk still knows what held on an earlier day. `touched`: how many people already registered are to be called."""
    transaction = Transaction(snapshot, now, actor)
    tally = _Tally()
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
            area = replace(old, ends=row.ends, source=row.source or old.source)
            tally.counts["duplicates" if area == old else "updated"] += 1
        if area != old:
            areas[key] = changed[area.id] = area
    for record in changed.values():
        transaction.put(record)
    new = [area for area in changed.values() if area.listed_at == now]
    return _accepted(transaction, tally, "areas", touched_by(new, snapshot, now))
