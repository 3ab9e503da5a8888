"""A register of arrivals, read into the desk's people (二)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from dutyboard.rules.duties.person.registration import cannot_be
from dutyboard.rules.duties.sheets.tally import Tally
from dutyboard.rules.law.facts import ArrivalPcr, PcrCert
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.impossible import Impossible, ImpossibleCode
from dutyboard.rules.people.changes import correction_of, with_samples_put
from dutyboard.rules.people.contacts import Bearers, companions_told
from dutyboard.rules.people.ending import never_reopened
from dutyboard.rules.people.identity import (
    BETWEEN,
    Known,
    merged,
    name_key,
    new_person,
    tells_little,
    with_birth_doubted,
    with_care_added,
    with_written,
    without_masks,
)
from dutyboard.rules.people.returning import asking_more, comes_again, concerns, of_this_stay, reopened, returned
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.people.units import unit_of
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.commands.sheets import ImportArrivals
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import AsWritten, Person, subject_id
from dutyboard.rules.records.outcome import RowCode
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Corrected, ReferralAnswered, Reopened
from dutyboard.rules.records.told.post import Imported
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_import_arrivals(command: ImportArrivals, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted:
    """People from a register of arrivals. A row is rejected that has no name, or a date after `now`."""
    transaction = Transaction(snapshot, now, actor)
    tally = Tally()
    known = Known(snapshot.persons.values())
    settled = _corrected_fields(snapshot)
    home = snapshot.daily_at(now).screening.home
    current: dict[int, Person] = {}
    rows_of: dict[int, int] = {}
    # Rows whose number tells most come first: what they add to a person, his arrival above all, decides whether a row
    # without one is his, and must be known before it is asked, the first time as the second.
    for told in sorted(command.persons, key=tells_little):
        found = cannot_be(told.facts, snapshot, now)
        if wrong := _not_a_person(told, found):
            tally.counts["rejected"] += 1
            for column, code in wrong:
                tally.say(told, column, code, "error")
            continue
        row = with_birth_doubted(_without(told, found, tally), now)
        if row.warnings != told.warnings:
            tally.say(row, "id_no", "id_date")
        unit_id = unit_of(row.address, snapshot.units.values(), home)
        if unit_id is None:
            tally.say(row, "address", "unit_unknown")
        _say_far(row, now, snapshot, tally)
        found_in = known.find(row)
        if found_in is None and (ended := known.ended(row)) is not None:
            found_in = ended if _arrives_after(snapshot.persons[ended.id], row, snapshot) else None
        if found_in is None:
            if known.has_namesake(row):
                tally.say(row, "name", "namesake", text=row.name)
            person = new_person(transaction.new_id("persons"), row, unit_id, None, "import", now)
            if tells_little(row) == 2 and not row.phone:
                known.stands_alone(person.id)
            tally.counts["accepted"] += 1
        else:
            same = found_in.id
            if found_in.by != "number":
                tally.say(row, "name", "same_by_traits", text=row.name)
            before = current.get(same) or snapshot.persons[same]
            row = without_masks(of_this_stay(before, row), before)
            kept = settled.get(same, frozenset())
            person = _come_back(before, row, kept, snapshot, now, tally) or _taken_in(
                before, row, unit_id, kept, snapshot, now, tally
            )
            if person == before:
                tally.counts["duplicates"] += 1
                continue
            rows_of[same] = rows_of.get(same, 0) + 1
        current[person.id] = person
        known.add(person)
    _write_changed(transaction, snapshot, current, rows_of, tally, now)
    _say_companions(command.persons, {**snapshot.persons, **current}, tally)
    return tally.accepted(transaction, "arrivals")


def _say_companions(rows: Iterable[PersonData], persons: Mapping[int, Person], tally: Tally) -> None:
    """Say of each row which of its companions the desk does not know: somebody may have to ask for them."""
    told = [row for row in rows if row.companions and row.name]
    among = Bearers(persons.values() if told else ())
    for row in told:
        missing = [each.name for each in companions_told(row.companions, among) if not each.known]
        if missing:
            tally.say(row, "companions", "companion_unknown", text=BETWEEN.join(missing))


def _write_changed(
    transaction: Transaction,
    snapshot: Snapshot,
    current: Mapping[int, Person],
    rows_of: Mapping[int, int],
    tally: Tally,
    now: datetime,
) -> None:
    for person in current.values():
        old = snapshot.persons.get(person.id)
        # Two rows of one person that contradict each other end where they began when the sheet comes again.
        if old == person:
            tally.counts["duplicates"] += rows_of[person.id]
        else:
            tally.counts["updated"] += rows_of.get(person.id, 0)
            transaction.put(person)
            if old is not None and (old.assessment is not None or not on_desk(old)):
                for told in _told_anew(old, person, snapshot, now):
                    tally.tell(told, subject_id(person))


def _told_anew(old: Person, new: Person, snapshot: Snapshot, now: datetime) -> Iterator[Reopened | Corrected]:
    """Yield what a sheet says anew of somebody assessed or closed, for his log and his page."""
    if len(new.stays_before) > len(old.stays_before):
        came = _arrives_after(old, new, snapshot)
        yield Reopened(stays=len(new.stays_before), came=came)
        if came:
            return
        old = reopened(old, snapshot, now)
    yield correction_of(old, new, snapshot, now)


def _not_a_person(row: PersonData, found: tuple[Impossible, ...]) -> list[tuple[str, RowCode]]:
    """Return (column, code) of each reason to reject a row: no name, a date to come, a date before 2019."""
    wrong: list[tuple[str, RowCode]] = [] if row.name else [("name", "name_missing")]
    columns = dict.fromkeys(each.field.removeprefix("pcr_") for each in found if each.code == "in_future")
    early = dict.fromkeys(each.field.removeprefix("pcr_") for each in found if each.code == "out_of_years")
    dates: list[tuple[str, RowCode]] = [(column, "future_date") for column in columns]
    return [*wrong, *dates, *((column, "early_date") for column in early)]


def _without(row: PersonData, found: tuple[Impossible, ...], tally: Tally) -> PersonData:
    """Return a row without what cannot be true of him. He is taken all the same, and asked for it (2.7)."""
    codes = {each.code: each for each in found if each.code in _DOUBTS}
    for code, each in codes.items():
        tally.say(row, each.field, _DOUBTS[code], text=str(each.value))
    left_out = (
        AsWritten(sheet=row.sheet, row=row.row, field=each.field, text=str(each.value))
        for each in found
        if each.code in _DOUBTS
    )
    row = replace(row, as_written=tuple(dict.fromkeys((*row.as_written, *left_out))))
    facts = row.facts
    if "left_after_arrival" in codes:
        late = {each.value for each in found if each.code == "left_after_arrival"}
        stays = tuple(replace(each, left_on=None) if each.left_on in late else each for each in facts.stays or ())
        facts = replace(facts, stays=stays)
    if "out_of_range" in codes:
        facts = replace(facts, temp_c=None)
    if "too_many_days" in codes:
        facts = replace(facts, isolation_days_done=None)
    if "result_before_sample" in codes:
        one = facts.arrival_pcr
        tests = tuple(replace(each, result_on=None) if _backwards(each) else each for each in facts.tests)
        single = replace(one, result_on=None) if isinstance(one, ArrivalPcr) and _backwards(one) else one
        facts = replace(facts, tests=tests, arrival_pcr=single)
    return replace(row, facts=facts)


def _backwards(sample: ArrivalPcr | Sample) -> bool:
    return sample.sampled_on is not None and sample.result_on is not None and sample.result_on < sample.sampled_on


_DOUBTS: Final[Mapping[ImpossibleCode, RowCode]] = {
    "left_after_arrival": "left_after_arrival",
    "out_of_range": "temperature_unlikely",
    "too_many_days": "days_unlikely",
    "result_before_sample": "result_before_sample",
}
"""Codes said of a row for each kind of fact that is left out of it."""


def _come_back(
    person: Person, row: PersonData, settled: frozenset[str], snapshot: Snapshot, now: datetime, tally: Tally
) -> Person | None:
    """Return the record of somebody closed as the row opens it: he came again, or something new concerns him (O50).

    None: he is on the desk or dead, or the row says nothing that is owed.
    """
    if on_desk(person) or person.closed_at is None or never_reopened(person):
        return None
    if _arrives_after(person, row, snapshot):
        tally.say(row, "", "came_again")
        return returned(person, row, snapshot, now)
    said = merged(person, row, settled)
    if concerns(person, said.facts, snapshot, now):
        tally.say(row, "", "reopened")
        if said != merged(person, row):
            tally.say(row, "", "corrected_by_officer")
        return merged(reopened(person, snapshot, now), row, settled)
    return None


def _arrives_after(person: Person, told: Person | PersonData, snapshot: Snapshot) -> bool:
    return person.closed_at is not None and comes_again(person, told.facts, snapshot.day_of(person.closed_at))


def _taken_in(
    person: Person,
    row: PersonData,
    unit_id: int | None,
    settled: frozenset[str],
    snapshot: Snapshot,
    now: datetime,
    tally: Tally,
) -> Person:
    """Return the record with what a row says.

    Of somebody assessed only what would be assessed as more is taken, of a record that stays closed nothing.
    """
    row, unlike = _as_known(person, row)
    told = merged(person, row)
    if told.unit_id is None:
        told = replace(told, unit_id=unit_id)
    for column, text in unlike.items():
        tally.say(row, column, _UNLIKE[column], text=text)
    if told == person:
        return person
    if person.assessment is not None or not on_desk(person):
        # What nobody understood is kept for whoever looks again, and what care needs is added; nothing else is changed.
        kept = replace(person, as_written=with_written(person.as_written, row.as_written))
        kept = with_care_added(kept, row, settled) if on_desk(person) else kept
        said = merged(person, row, settled).facts
        news = asking_more(person, said, snapshot, now) if on_desk(person) else None
        if news is not None:
            tally.say(row, "", "concerns_assessed")
            return with_samples_put(replace(kept, facts=news), snapshot, now)
        if told != kept:
            tally.say(row, "", "already_assessed")
        return kept
    allowed = replace(merged(person, row, settled), unit_id=told.unit_id)
    if allowed != told:
        tally.say(row, "", "corrected_by_officer")
    return allowed


_UNLIKE: Final[Mapping[str, RowCode]] = {"name": "name_differs", "sex": "sex_differs"}
"""Codes for what a row tells unlike the record of the same person."""


def _as_known(person: Person, row: PersonData) -> tuple[PersonData, dict[str, str]]:
    """Return a row with name and sex as they stand on the record, and both values where they are unlike.

    What the row wrote in their place is kept as written.
    """
    unlike: dict[str, str] = {}
    if name_key(row.name) != name_key(person.name):
        unlike["name"] = f"{person.name} / {row.name}"
    if row.sex and person.sex and row.sex != person.sex:
        unlike["sex"] = f"{person.sex} / {row.sex}"
    written = [AsWritten(sheet=row.sheet, row=row.row, field=name, text=getattr(row, name)) for name in unlike]
    known = replace(row, name=person.name, sex=person.sex or row.sex)
    return replace(known, as_written=with_written(row.as_written, written)), unlike


def _say_far(row: PersonData, now: datetime, snapshot: Snapshot, tally: Tally) -> None:
    """Say of an arrival, and of a sample, that it lies long before the sheet: its year may be wrong."""
    today, pcr = snapshot.day_of(now), row.facts.pcr
    sampled = pcr.sampled_at if isinstance(pcr, PcrCert) else None
    for column, at in (("arrival_at", row.facts.arrival_at), ("sampled_at", sampled)):
        if at is not None and (today - at.date()).days > _LONG_AGO:
            tally.say(row, column, "date_far", text=at.date().isoformat())


_LONG_AGO: Final = 60
"""Days. Nobody registers an arrival of two months ago without a question."""


def _corrected_fields(snapshot: Snapshot) -> dict[int, frozenset[str]]:
    """Return the fields of each person that an officer has corrected or an office answered, in his present stay.

    A correction that was taken back counts no more.
    """
    standing = [each for each in snapshot.entries.values() if each.id not in snapshot.amended]
    came: dict[str, datetime] = {}
    for entry in standing:
        if isinstance(entry.told, Reopened) and entry.told.came:
            came[entry.subject] = max(came.get(entry.subject, entry.entered_at), entry.entered_at)
    corrected: dict[int, frozenset[str]] = {}
    for entry in standing:
        own = snapshot.entries.get(entry.part_of or 0)
        if own is not None and isinstance(own.told, Imported):
            continue  # an older sheet said so
        since, told_at = came.get(entry.subject), entry.first_entered_at or entry.entered_at
        if since is not None and told_at < since:
            continue  # said of a stay that has ended
        if isinstance(entry.told, Corrected | ReferralAnswered) and (person := Subject.parse(entry.subject)):
            person_id = person.number
            corrected[person_id] = corrected.get(person_id, frozenset()) | frozenset(entry.told.changed)
    return corrected
