"""Registration of a person who phoned in (二)."""

from dataclasses import replace
from datetime import date, datetime

from dutyboard.rules.duties.worse import worsened
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.impossible import MOST_DAYS, Impossible, impossible
from dutyboard.rules.people.changes import correction_of, with_samples_put
from dutyboard.rules.people.ending import never_reopened
from dutyboard.rules.people.identity import Known, new_person, officer_named, with_birth_doubted
from dutyboard.rules.people.officers import serving
from dutyboard.rules.people.returning import asking_more, returned
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.people.units import unit_of
from dutyboard.rules.records.bounds import years_refused
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import PersonData, Register
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Registered, Reopened
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_register(command: Register, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write down somebody who phoned in. Only a name is needed.

    Who is on the desk already is named instead, unless what is told asks more than he does: then it is taken in.
    Somebody whose record is closed begins a new stay under his old number (O50).
    """
    told = with_birth_doubted(command.person, now)
    refused = nobody(told, snapshot) or untrue(told.facts, Facts(), snapshot, now)
    if refused:
        return refused
    known_people = Known(snapshot.persons.values())
    same = known_people.find(told) if told.id_no or told.phone else None
    same = same or known_people.ended(told)
    transaction = Transaction(snapshot, now, actor)
    if same is not None:
        known = snapshot.persons[same.id]
        if on_desk(known):
            return _of_one_known(known, told, snapshot, now, actor)
        if never_reopened(known):
            # The dead do not come again: one entry is wrong.
            return Refusal("never_reopened", {"person": NameOf(known)})
        back = returned(known, told, snapshot, now)
        transaction.put(back)
        transaction.log(Reopened(stays=len(back.stays_before), came=True), subject=subject_id(back))
        return transaction.accepted()
    unit_id = told.unit_id or unit_of(told.address, snapshot.units.values(), snapshot.daily_at(now).screening.home)
    officer_id = officer_named(told.officer_name, None, serving(snapshot, now))
    person = new_person(transaction.new_id("persons"), told, unit_id, officer_id, "phone", now)
    transaction.put(person)
    transaction.log(Registered(), subject=subject_id(person))
    return transaction.accepted()


def _of_one_known(
    known: Person, told: PersonData, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted | Refusal:
    """Take in what is told of somebody on the desk where it asks more than he does; else name him."""
    said = worsened(known, told, snapshot.daily_at(now).thresholds.fever_c, over=True)
    news = asking_more(known, said.facts, snapshot, now)
    if news is None:
        return Refusal("duplicate_person", {"person": NameOf(known), "id": known.id})
    new = with_samples_put(replace(known, facts=news), snapshot, now)
    transaction = Transaction(snapshot, now, actor)
    transaction.put(new)
    transaction.log(correction_of(known, new, snapshot, now), subject=subject_id(new))
    return transaction.accepted()


def nobody(told: PersonData, snapshot: Snapshot) -> Refusal | None:
    """Return why nobody can be written down so: no name, or no such unit."""
    if not told.name.strip():
        return Refusal("name_needed")
    if told.unit_id is not None and told.unit_id not in snapshot.units:
        return Refusal("unknown_unit", {"unit": told.unit_id})
    return None


def untrue(told: Facts, known: Facts, snapshot: Snapshot, now: datetime) -> Refusal | None:
    """Return why facts cannot be true. What was written down before is left to whoever corrects it."""
    before = cannot_be(known, snapshot, now)
    found = next((each for each in cannot_be(told, snapshot, now) if each not in before), None)
    return _refused(found, snapshot, now) if found else None


def cannot_be(facts: Facts, snapshot: Snapshot, now: datetime) -> tuple[Impossible, ...]:
    """Return the facts that cannot be true now, by the desk's clock and the temperatures that it takes."""
    return impossible(facts, now.astimezone(snapshot.zone).replace(tzinfo=None), snapshot.daily_at(now).thresholds)


def _refused(found: Impossible, snapshot: Snapshot, now: datetime) -> Refusal:
    if found.code == "out_of_range":
        limits = snapshot.daily_at(now).thresholds
        return Refusal(
            "bad_figure",
            {"name": found.field, "value": found.value, "low": limits.least_c, "high": limits.most_c},
        )
    if found.code == "too_many_days":
        return Refusal("bad_figure", {"name": found.field, "value": found.value, "low": 0, "high": MOST_DAYS})
    day = f"{found.value:%Y-%m-%d}"
    if found.code == "out_of_years" and isinstance(found.value, date):
        return years_refused(found.field, found.value, now)
    if found.code == "in_future":
        return Refusal("fact_in_future", {"name": found.field, "day": day})
    if found.code == "left_after_arrival":
        return Refusal("left_after_arrival", {"name": found.field, "day": day})
    return Refusal("result_before_sample", {"name": found.field, "day": day})
