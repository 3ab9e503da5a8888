"""A correction of what is known of a person, with its reason (二)."""

from dataclasses import replace
from datetime import date, datetime

from dutyboard.rules.duties.meanwhile import changed_meanwhile
from dutyboard.rules.duties.person.registration import nobody, untrue
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.sampling.samples import samples_of
from dutyboard.rules.people.changes import changed_fields, correction_of, with_samples_put
from dutyboard.rules.people.identity import IDENTITY, is_sound, officer_named, with_birth_doubted
from dutyboard.rules.people.officers import serving
from dutyboard.rules.people.stage import on_desk, stands
from dutyboard.rules.people.units import unit_of
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import Correct, PersonData
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import SampleRecorded
from dutyboard.rules.records.transaction import Accepted, Transaction
from dutyboard.rules.records.unlike import keep_numbers, settle


def decide_correct(command: Correct, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Replace what is known of a person. The entry keeps what each changed field was and is, of ID and phone only that
    they changed; the outcome shows what that does to clause and dates. Once assessed, it takes a reason."""
    old = snapshot.persons.get(command.person_id)
    if old is None:
        return Refusal("unknown_person", {"person": command.person_id})
    if command.seen is not None and changed_fields(command.seen, old):
        return changed_meanwhile(old, snapshot)
    told = with_birth_doubted(command.person, now)
    refused = (
        nobody(told, snapshot) or untrue(told.facts, old.facts, snapshot, now) or _entered(told.facts, old, snapshot)
    )
    if refused:
        return refused
    twin = next(
        (
            each
            for each in snapshot.persons.values()
            if is_sound(told) and each.id_no == told.id_no and is_sound(each) and each.id != old.id and stands(each)
        ),
        None,
    )
    if twin is not None:
        return Refusal("duplicate_person", {"person": NameOf(twin), "id": twin.id})
    new = corrected(old, told, snapshot, now)
    changed = changed_fields(old, new)
    if not changed:
        return Transaction(snapshot, now, actor).accepted()
    if not on_desk(old) and new.facts != old.facts:
        return Refusal("record_closed", {"person": NameOf(old)})
    if old.assessment is not None and not command.reason.strip():
        return Refusal("reason_needed")
    transaction = Transaction(snapshot, now, actor)
    transaction.put(new)
    settle(transaction, old, changed, snapshot, now)
    what = correction_of(old, new, snapshot, now)
    entry = transaction.log(what, subject=subject_id(new), text=command.reason.strip())
    keep_numbers(transaction, old, changed, entry)
    return transaction.accepted()


def _entered(told: Facts, old: Person, snapshot: Snapshot) -> Refusal | None:
    """Return why facts cannot be said so: a sample of his has its own entry, and is corrected there."""
    kept = {(each.type, each.sampled_on, each.result) for each in samples_of(told)}
    gone = {(each.type, each.sampled_on, each.result) for each in samples_of(old.facts)} - kept
    for entry in snapshot.entries.values() if gone else ():
        sample = entry.told
        if entry.subject != subject_id(old) or not isinstance(sample, SampleRecorded) or entry.id in snapshot.amended:
            continue
        if (sample.type, sample.sampled_on, sample.result) in gone:
            return Refusal("sample_entered", {"day": sample.sampled_on.isoformat(), "entry": entry.id})
    return None


def corrected(old: Person, told: PersonData, snapshot: Snapshot, now: datetime) -> Person:
    """The record as a correction would leave it: with `before_after` of both courses a form shows what it does."""
    unit_id = told.unit_id or unit_of(told.address, snapshot.units.values(), snapshot.daily_at(now).screening.home)
    officer_id = old.officer_id
    if told.officer_name != old.officer_name:
        officer_id = officer_named(told.officer_name, unit_id, serving(snapshot, now))
    new = replace(
        old,
        **{name: getattr(told, name) for name in IDENTITY},
        unit_id=unit_id or old.unit_id,
        officer_id=officer_id,
        facts=told.facts,
        admitted_on=_admitted(old, told.facts),
        warnings=told.warnings,
        asked=told.asked,
    )
    return with_samples_put(new, snapshot, now) if new.facts.tests else new


def _admitted(old: Person, told: Facts) -> date | None:
    """Return the day of admission: of somebody placed the corrected one, for his days count from it (O46)."""
    if old.admitted_on is None or told.admitted_on in (None, old.facts.admitted_on):
        return old.admitted_on
    return told.admitted_on
