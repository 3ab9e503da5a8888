"""The annex form of a unit, read into the desk's units and officers (一)."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from dutyboard.rules.duties.sheets.records_told import RecordsTold
from dutyboard.rules.duties.sheets.tally import RowPlace, Tally
from dutyboard.rules.people.officers import serves
from dutyboard.rules.people.units import Units
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.sheets import ImportRoster, RosterSheet
from dutyboard.rules.records.model import Officer, Unit
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted, Transaction

_TOLD = ("title", "phone", "duty", "note", "full_time")


def decide_import_roster(command: ImportRoster, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted:
    """Units and their officers. The same officer = the same unit and name; where two share a name, the phone tells.

    A unit's form is its whole task force: who stood on the roster and is not on a newer form has left it, from that
    day on. A form is newer by its day, or where no day is told because it tells something new and nothing that gave
    way. One that tells both is in doubt, and who is not on it is an officer's to decide, as are those whom an
    officer's own act put there. An older form ends nobody and brings nobody back. An officer who signs on here is
    kept, for a sheet takes nobody's desk from him; so is one who sits now or on a coming shift, for no row would say
    that the seat is empty.
    """
    return _Forms(snapshot, now, actor).taken(command.sheets)


class _Forms:
    def __init__(self, snapshot: Snapshot, now: datetime, actor: Actor) -> None:
        self.snapshot = snapshot
        self.today = snapshot.day_of(now)
        self.transaction = Transaction(snapshot, now, actor)
        self.tally = Tally()
        self.units = Units(self.transaction, snapshot.units.values())
        self.told = RecordsTold(snapshot, self.tally, self.units)
        self.officers = dict(snapshot.officers)
        self.kept = {shift.officer_id for shift in snapshot.shifts.values() if shift.covers and shift.until > now}
        self.kept |= {each.id for each in snapshot.officers.values() if each.login is not None}

    def taken(self, forms: Iterable[RosterSheet]) -> Accepted:
        for form in _by_unit(forms):
            self.take(form)
        for number, officer in self.officers.items():
            if officer != self.snapshot.officers.get(number):
                self.transaction.put(officer)
        return self.tally.accepted(self.transaction, "roster")

    def take(self, form: RosterSheet) -> None:
        unit = self.units.named(form.unit)
        on = form.told_on if form.told_on is not None and form.told_on <= self.today else None
        if on is not None and unit.form_on is not None and on < unit.form_on:
            for row, member in form.members:
                self.tally.counts["rejected"] += 1
                place = RowPlace(row, form.sheet)
                self.tally.say(place, "name", "form_older", "error", f"{member.name} {on} / {unit.form_on}")
            return
        newer = on is not None and unit.form_on is not None and on > unit.form_on
        said, changed = len(self.tally.rows), self.news
        top = RowPlace(form.members[0][0] if form.members else 0, form.sheet)
        counts = dict(self.tally.counts)
        first = self.told.taken(unit, {"first_responsible": form.first_responsible}, top)
        self.tally.counts["duplicates"] = counts["duplicates"]  # it is no row of the form
        if first != unit:
            self.units.put(first)
        named: set[int] = set()
        lifted: list[tuple[int, RowPlace, bool]] = []
        for row, member in form.members:
            named.add(self.member(member, unit, RowPlace(row, form.sheet), named, lifted, on if newer else None))
        fresh = self.news != changed
        stale = any(row.code == "told_before" for row in self.tally.rows[said:])
        for number, place, was_news in lifted:
            before = self.news
            self.lift(number, place, named, plain=newer or (fresh and not stale))
            if self.news != before and not was_news:
                self.tally.counts["duplicates"] -= 1
                self.tally.counts["updated"] += 1
        if named:
            self.absent(unit, named, top, fresh=fresh and not stale, doubtful=fresh and stale, newer=newer)
        if on is not None and on != unit.form_on and self.news != changed:
            self.units.put(replace(self.units.named(form.unit), form_on=on))

    @property
    def news(self) -> int:
        return len(self.tally.changes) + len(self.tally.unlike) + self.tally.counts["accepted"]

    def of_unit(self, unit: Unit, *, there: bool) -> list[Officer]:
        mine = (each for each in self.officers.values() if each.unit_id == unit.id)
        return [each for each in mine if serves(each, self.today) == there]

    def member(
        self,
        member: Officer,
        unit: Unit,
        place: RowPlace,
        named: Collection[int],
        lifted: list[tuple[int, RowPlace, bool]],
        newer_of: date | None,
    ) -> int:
        """Take a row of a form, and return the number of its officer."""
        old = self.same_officer(member, unit, named)
        if old is None:
            number = self.transaction.new_id("officers")
            self.officers[number] = _of_the_form(member, number, unit.id)
            self.tally.counts["accepted"] += 1
            return number
        if not serves(old, self.today):
            returns = newer_of is not None and old.until is not None and newer_of > old.until
            plain = ("until",) if returns and not self.told.set_by_hand(old, "until") else ()
            self.officers[old.id] = self.told.taken(old, {"until": None}, place, plain)
            return old.id
        said = {name: getattr(member, name) for name in _TOLD}
        lifts = bool(member.duty) and member.director < old.director
        if member.duty and not lifts:
            said["director"] = member.director
        before = self.news
        self.officers[old.id] = self.told.taken(old, said, place)
        if lifts:
            lifted.append((old.id, place, self.news != before))
        return old.id

    def lift(self, number: int, place: RowPlace, named: Collection[int], *, plain: bool) -> None:
        """Take the mark of the director from an officer whom a newer form calls otherwise, if it names another one."""
        officer, counts = self.officers[number], dict(self.tally.counts)
        others = (self.officers[each] for each in named if each != number)
        passed = plain and any(each.director and serves(each, self.today) for each in others)
        known = self.told.knows(officer, "director", value=False) or self.told.set_by_hand(officer, "director")
        self.officers[number] = self.told.taken(
            officer, {"director": False}, place, ("director",) if passed and not known else ()
        )
        self.tally.counts.update(counts)  # his row is counted already

    def same_officer(self, member: Officer, unit: Unit, named: Collection[int]) -> Officer | None:
        """Return the officer of a row, be it one who has left: by its phone, else by title and duty.

        Else it is the only one there of that name whom this form has not named yet: his phone is then a new one.
        """
        there = [each for each in self.of_unit(unit, there=True) if each.name == member.name]
        gone = [each for each in self.of_unit(unit, there=False) if each.name == member.name]
        by_phone = next((each for each in self.told.bearers((*there, *gone), member.phone)), None)
        if by_phone is not None:
            return by_phone
        left = [each for each in there if each.id not in named]
        if not member.phone:
            fit = [each for each in (*there, *gone) if self.says_nothing_new(member, each)]
            if fit:
                # Of two of one name the director is the one who is called so, be it that he has left.
                return min(
                    fit, key=lambda each: (bool(member.duty) and member.director != each.director, *self.place_of(each))
                )
        if len(left) == 1:
            return left[0]
        without = [each for each in gone if each.id not in named and not (each.phone and member.phone)]
        return without[-1] if without and not left else None

    def place_of(self, officer: Officer) -> tuple[bool, bool, int]:
        return not serves(officer, self.today), officer.phone != "", officer.id

    def says_nothing_new(self, member: Officer, officer: Officer) -> bool:
        """Return True if title and duty of a row are those of an officer, or were told of him before."""
        told = ((key, getattr(member, key)) for key in ("title", "duty"))
        return all(text in ("", getattr(officer, key)) or self.told.knows(officer, key, text) for key, text in told)

    def absent(
        self, unit: Unit, named: Collection[int], top: RowPlace, *, fresh: bool, doubtful: bool, newer: bool
    ) -> None:
        """End those of a unit who are not on its form, or leave them to an officer."""
        left = [each for each in self.of_unit(unit, there=True) if each.id not in {*named, *self.kept}]
        stay: list[str] = []
        for officer in left:
            by_hand = self.told.set_by_hand(officer, "until")
            if newer or fresh:
                plain = () if by_hand else ("until",)
                self.officers[officer.id] = self.told.taken(officer, {"until": self.today}, top, plain)
            elif doubtful:
                self.told.leave(officer, "until", self.today, top)
            else:
                stay.append(officer.name)
        if stay:
            self.tally.say(top, "name", "not_on_form", text="、".join(stay))


def _of_the_form(member: Officer, number: int, unit_id: int) -> Officer:
    """Return a new officer of a form: town staff. No sheet gives a right or a login."""
    return replace(member, id=number, unit_id=unit_id, role="town", site_id=None, login=None, until=None)


def _by_unit(forms: Iterable[RosterSheet]) -> Iterable[RosterSheet]:
    """Return one form for each unit. Whoever is on none of its tables has left it."""
    whole: dict[str, RosterSheet] = {}
    for form in forms:
        held = whole.get(form.unit)
        whole[form.unit] = form if held is None else _joined(held, form)
    return whole.values()


def _joined(one: RosterSheet, more: RosterSheet) -> RosterSheet:
    return replace(
        one,
        members=(*one.members, *more.members),
        first_responsible=one.first_responsible or more.first_responsible,
        told_on=max((day for day in (one.told_on, more.told_on) if day is not None), default=None),
    )
