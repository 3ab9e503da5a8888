"""A suspected case: all that it brings, carried out as one previewed act, and its extra PCR.

docs/reading.md, rounds at the site, (d): a second high reading, or a symptom.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final, Literal

from dutyboard.frozen import frozen
from dutyboard.rules.law.sampling.samples import FINAL, samples_of
from dutyboard.rules.people.fever import doubtful_since, in_our_care, is_suspected, open_doubt
from dutyboard.rules.people.officers import officer_of
from dutyboard.rules.people.rooms import room_mates
from dutyboard.rules.people.rulings import answer_of
from dutyboard.rules.people.stage import awaits_answer, site_of
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import ActOnSuspicion
from dutyboard.rules.records.ids import ConsequenceId, DutyId, Subject
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Obligation, Window, obligation, standing
from dutyboard.rules.records.referral import SUSPECTED, Referral
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import SuspicionActed
from dutyboard.rules.records.transaction import Accepted, Transaction

Measure = Literal[
    "stay_in_room", "see_doctor", "tell_office", "fever_clinic", "extra_pcr", "stop_release", "list_entered"
]
EXTRA_PCR: Final = "suspected-pcr"


@frozen
class Precaution:
    """One thing that a suspected case brings to one person. `names` are those whom it is about besides."""

    measure: Measure
    person_id: int
    names: tuple[str, ...] = ()

    @property
    def id(self) -> ConsequenceId:
        """`stop_release/person-2`: what a screen shows and hands back."""
        return ConsequenceId(self.measure, self.person_id)


def precautions(snapshot: Snapshot, person: Person, now: datetime) -> tuple[Precaution, ...]:
    """Return all that a suspected case brings; () once it is carried out, or where he is not with us."""
    if is_suspected(person) or not in_our_care(person):
        return ()
    at_once: tuple[Measure, ...] = ("stay_in_room", "see_doctor", "tell_office", "fever_clinic", "extra_pcr")
    entered = _entered(snapshot, person, now)
    return (
        *(Precaution(measure=each, person_id=person.id) for each in at_once),
        *(Precaution(measure="stop_release", person_id=each.id) for each in (person, *room_mates(person, snapshot))),
        *((Precaution(measure="list_entered", person_id=person.id, names=entered),) if entered else ()),
    )


def _entered(snapshot: Snapshot, person: Person, now: datetime) -> tuple[str, ...]:
    """Return who came to his site, town or himself since his last normal reading, by the entries of the log.

    A test names nobody: its entry says who wrote it down at the desk, not who took the sample.
    """
    since = doubtful_since(person, snapshot)
    places = {subject_id(person)}
    if (site := site_of(person)) is not None:
        places.add(Subject("site", site))
    elif person.unit_id is not None:
        places.add(Subject("unit", person.unit_id))
    came = (
        entry.done_by
        for entry in snapshot.entries.values()
        if entry.subject in places and entry.kind in ("check", "reading") and entry.id not in snapshot.amended
        if (since is None or entry.happened_at > since) and entry.happened_at <= now
    )
    return tuple(dict.fromkeys(name for name in came if name))


def owed_for(person: Person, snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """Yield what a suspected case owes about one person."""
    if is_suspected(person) and person.referral is not None:
        yield _extra_pcr(person, person.referral.since, snapshot, now)
        return
    doubt = open_doubt(person, snapshot)
    if doubt is None or doubt.suspected is None:
        return
    opens = doubt.suspected.at
    window = Window(opens, opens + snapshot.daily_at(opens).thresholds.suspected)
    yield _owed(person, "suspected", window, snapshot, now)


def _extra_pcr(person: Person, since: datetime, snapshot: Snapshot, now: datetime) -> Obligation:
    day = snapshot.day_of(since)
    owed = _owed(person, EXTRA_PCR, Window(since, bounds(day, snapshot.zone)[1]), snapshot, now)
    since_then = [
        each for each in samples_of(person.facts) if each.type == "pcr" and (each.sampled_on or date.min) >= day
    ]
    done = any(each.result in FINAL for each in since_then)
    return replace(owed, state="done", late_minutes=0) if done else owed


def _owed(person: Person, slot: str, window: Window, snapshot: Snapshot, now: datetime) -> Obligation:
    daily = snapshot.daily_at(now)
    site = snapshot.sites.get(site_of(person) or 0)
    return obligation(
        "suspected",
        DutyId(slot, subject_id(person), snapshot.day_of(window.opens)),
        subject_id(person),
        window,
        standing(window, None, now, daily.duty.due_soon),
        None,
        subject=person.name,
        clause=next(each.clause for each in daily.slots if each.kind == "temperature"),
        owed_by=site.keeper if site else officer_of(snapshot, person),
        priority="red",
    )


def decide_act_on_suspicion(
    command: ActOnSuspicion, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted | Refusal:
    """Carry out what was previewed, in one transaction; refused if another list has come up.

    He is referred to the fever clinic beside his stage, and the releases of his room stop. Without an odd reading the
    officer says why.
    """
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    found = precautions(snapshot, person, now)
    if not found:
        return Refusal("nothing_follows", {"person": NameOf(person)})
    ids = [each.id for each in found]
    if set(ids) != set(command.shown):
        added = [each for each in ids if each not in command.shown]
        return Refusal("items_changed", {"added": added, "gone": [each for each in command.shown if each not in ids]})
    if not command.told.strip():
        return Refusal("figures_needed", {"names": ["told"]})
    doubt = open_doubt(person, snapshot)
    if doubt is None and not command.text.strip():
        return Refusal("reason_needed")
    transaction = Transaction(snapshot, now, actor)
    for each in room_mates(person, snapshot):
        transaction.put(replace(each, stopped_by=subject_id(person)))
    transaction.put(replace(person, referral=_referred(person, now)))
    owed = next((each.id for each in owed_for(person, snapshot, now) if each.slot == "suspected"), None)
    transaction.log(
        SuspicionActed(
            told=command.told.strip(),
            carried_out=tuple(ids),
            entered=next((each.names for each in found if each.measure == "list_entered"), ()),
        ),
        subject=subject_id(person),
        obligation=owed,
        abnormal=True,
        text=command.text.strip(),
    )
    return transaction.accepted()


def _referred(person: Person, now: datetime) -> Referral:
    """Return his referral to the fever clinic. Questions that are put to an office already stay put."""
    held = person.referral if awaits_answer(person) else None
    reasons = (SUSPECTED, *(held.reasons if held is not None else ()))
    since = held.since if held is not None else now
    return Referral(
        since=since, reasons=reasons, owed_to="medical", provisional="fever clinic", former=answer_of(person)
    )
