"""Temperature or symptom told of one person, and the retake that an odd reading asks for (四（一）)."""

from datetime import datetime
from typing import Final

from dutyboard.rules.law.daily import Thresholds
from dutyboard.rules.people.fever import Doubt, in_our_care, is_suspected, last_doubt, on_time, open_doubt
from dutyboard.rules.people.officers import officer_of
from dutyboard.rules.people.stage import at_home, on_desk, site_of
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Obligation, Window, obligation, standing
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import ReadingTaken
from dutyboard.rules.records.transaction import Accepted, Transaction

RETAKE: Final = "retake"


def owed_for(person: Person, snapshot: Snapshot, now: datetime) -> Obligation | None:
    """Return the retake of one person's last odd reading; None: there was none, or he is a suspected case."""
    last = last_doubt(person, snapshot)
    if last is None or last.suspected is not None or is_suspected(person) or not in_our_care(person):
        return None
    window = Window(last.first.at, on_time(last, snapshot))
    done = snapshot.entries.get(last.closed.entry) if last.closed is not None else None
    site = snapshot.sites.get(person.site_id or 0)
    return obligation(
        "retake",
        _retake_id(person, last, snapshot),
        subject_id(person),
        window,
        standing(window, done, now, snapshot.daily_at(now).duty.due_soon),
        done,
        subject=person.name,
        clause=_clause(snapshot, now),
        owed_by=site.keeper if site else person.home_cadre or officer_of(snapshot, person),
        priority="red",
    )


def _retake_id(person: Person, doubt: Doubt, snapshot: Snapshot) -> DutyId:
    return DutyId(RETAKE, subject_id(person), snapshot.day_of(doubt.first.at))


def _clause(snapshot: Snapshot, now: datetime) -> str:
    """Return the clause that asks for temperatures."""
    return next(slot.clause for slot in snapshot.daily_at(now).slots if slot.kind == "temperature")


def decide_take_reading(command: TakeReading, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write down a temperature of one person, or a symptom that he tells. It says itself which one it takes again."""
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    if not on_desk(person):
        return Refusal("wrong_stage", {"person": NameOf(person), "stage": person.stage})
    happened_at = command.happened_at or now
    if happened_at > now:
        return Refusal("in_future", {"at": happened_at})
    symptom = command.symptom.strip()
    if command.temp_c is None and not symptom:
        return Refusal("figures_needed", {"names": ["temp_c"]})
    if command.temp_c is not None:
        refused = unlikely("temp_c", command.temp_c, snapshot.daily_at(happened_at).thresholds)
        if refused is not None:
            return refused
    doubt = open_doubt(person, snapshot)
    checks = doubt if doubt is not None and doubt.first.at <= happened_at else None
    told = ReadingTaken(
        temp_c=command.temp_c,
        device=command.device.strip(),
        symptom=symptom,
        retake_of=checks.first.entry if checks else None,
    )
    limits = snapshot.daily_at(happened_at).thresholds
    transaction = Transaction(snapshot, now, actor)
    transaction.log(
        told,
        happened_at=happened_at,
        subject=subject_id(person),
        obligation=_retake_id(person, checks, snapshot) if checks and checks.suspected is None else None,
        abnormal=is_odd(command.temp_c, limits) or bool(symptom),
        text=command.text.strip(),
        done_by=command.done_by.strip() or measured_by(person, snapshot),
    )
    return transaction.accepted()


def measured_by(person: Person, snapshot: Snapshot) -> str:
    """Return who measures a person where nobody says it: his site's keeper, or his cadre at home.

    It is told by phone. The officer who writes it down was not in the room. Empty: he lives at neither place.
    """
    site = snapshot.sites.get(site_of(person) or 0)
    return site.keeper if site is not None else person.home_cadre if at_home(person) else ""


def is_odd(temp_c: float | None, limits: Thresholds) -> bool:
    """Return True for a fever or a low temperature; None: nobody measured."""
    return temp_c is not None and not limits.low_c <= temp_c < limits.fever_c


def unlikely(name: str, temp_c: object, limits: Thresholds) -> Refusal | None:
    """Return why a temperature cannot be one: no number, out of range, or finer than a tenth of a degree."""
    number = temp_c if isinstance(temp_c, int | float) and not isinstance(temp_c, bool) else float("nan")
    if limits.least_c <= number <= limits.most_c and round(number, 1) == number:
        return None
    return Refusal("bad_figure", {"name": name, "value": temp_c, "low": limits.least_c, "high": limits.most_c})
