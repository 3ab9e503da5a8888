"""The rounds of a quarantine site: patrols, temperature rounds and disinfections (四（一）)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, cast, get_args

from dutyboard.rules.duties.duty import Check, Finding, ToSee, misstated, not_on_row, said_twice
from dutyboard.rules.duties.site import temperatures
from dutyboard.rules.duties.site.progress import here, progress
from dutyboard.rules.duties.site.slots import SiteSlot, owed_slots, slot_named, slot_obligation
from dutyboard.rules.duties.site.symptoms import not_there, other_remarks, told_symptoms
from dutyboard.rules.records.codes import DisinfectionMethod
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import DutyId, Subject
from dutyboard.rules.records.model import Entry, Site, subject_id
from dutyboard.rules.records.obligation import Kind, Obligation
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.site import Disinfected, RoundDone

KINDS: Final[tuple[Kind, ...]] = ("patrol", "temperature", "disinfection")
_TAKES: Final[dict[str, frozenset[str]]] = {
    "patrol": frozenset({"seen", "unwell", "absent", "remarks"}),
    "temperature": frozenset({"measured", "of", "highest", "readings", "first", "unwell", "remarks", "absent"}),
    "disinfection": frozenset({*Disinfected.TEXTS, *Disinfected.NUMBERS, "started_at"}),
}
_MOST_MG_L = 100_000
_MOST_MINUTES = 24 * 60
_LONGEST = timedelta(hours=24)
"""Longest that a disinfection may go on: beyond it a day was mistyped."""


def owed_at(site: Site, snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
    """Yield every round that a site owes on one day, in the order of the notice's slots."""
    soon, inside = snapshot.daily_at(now).duty.due_soon, here(snapshot, site.id)
    for each in owed_slots(site, snapshot, day, KINDS):
        yield _round(snapshot, each, now, soon, inside)


def _round(snapshot: Snapshot, each: SiteSlot, now: datetime, soon: timedelta, inside: Sequence[Subject]) -> Obligation:
    """Return a round with its people. One of temperatures counts heads: those measured, of those there."""
    stands = progress(snapshot, each, inside, now)
    return slot_obligation(
        each,
        stands.done,
        now,
        soon,
        count=stands.count,
        total=stands.total,
        people=stands.people,
        left=stands.left,
        repeats=last_disinfection(snapshot, subject_id(each.site)) if each.kind == "disinfection" else None,
    )


def find(snapshot: Snapshot, duty: DutyId, now: datetime) -> Obligation | Refusal:
    """Return the round of that name, or why it is not owed."""
    found = slot_named(snapshot, duty, KINDS)
    if isinstance(found, Refusal):
        return found
    return _round(snapshot, found, now, snapshot.daily_at(now).duty.due_soon, here(snapshot, found.site.id))


def read(command: Discharge, duty: Obligation, snapshot: Snapshot, happened_at: datetime) -> Finding | Refusal:
    """Return what a round found."""
    if duty.kind == "disinfection":
        return _disinfected(command, happened_at)
    if duty.kind == "patrol":
        return _patrolled(command, duty, snapshot, happened_at)
    return temperatures.read(command, duty, snapshot, happened_at)


CHECK: Final = Check(find, read, _TAKES)


def _patrolled(command: Discharge, duty: Obligation, snapshot: Snapshot, happened_at: datetime) -> Finding | Refusal:
    """Return a patrol of the people named, or of all for whom it is still owed. Who tells of a symptom was seen too.

    Who was not there is no word about the others.
    """
    named = {Subject("person", each) for each in (*command.seen, *command.unwell)}
    absent = {Subject("person", each) for each in command.absent}
    by_name = bool(command.seen or command.absent)
    met = named if by_name else duty.left
    symptoms = told_symptoms(command, duty, snapshot, met, happened_at)
    if isinstance(symptoms, Refusal):
        return symptoms
    away = not_there(command, duty, snapshot, happened_at)
    if isinstance(away, Refusal):
        return away
    refused = not_on_row(sorted(named | absent), duty, snapshot) or said_twice((named, absent), snapshot)
    if refused is not None:
        return refused
    parts = snapshot.parts.get(duty.id, ())
    missed = {each for part in parts if isinstance(part.told, RoundDone) for each in part.told.absent}
    asked = tuple(each for each in duty.people if each in duty.left or each in missed)
    seen = tuple(each for each in asked if each in named) if by_name else duty.left
    left = tuple(each for each in duty.left if each not in seen and each not in absent)
    told = RoundDone(
        symptoms=symptoms,
        people=seen,
        absent=tuple(each for each in duty.people if each in absent),
        left=left,
        after=len(parts),
        remarks=other_remarks(command, symptoms),
    )
    found: tuple[ToSee, ...] | None = () if symptoms and not command.abnormal else None
    if away:
        # The words of the round are of those who were not there, unless each of them has his own.
        of_site = ToSee(subject=duty.subject_id, what=command.text.strip(), owner=duty.owed_by)
        found = (*away, of_site) if command.abnormal and absent <= command.remarks.keys() else away
    return Finding(told, abnormal=command.abnormal or bool(symptoms or away), found=found, part=told.part)


def _disinfected(command: Discharge, ended_at: datetime) -> Finding | Refusal:
    limits = {"mg_l": (1, _MOST_MG_L), "minutes": (1, _MOST_MINUTES)}
    stated = {name: limits[name] for name in command.figures}
    refused = misstated(command.figures, stated)
    if refused:
        return refused
    started_at = command.started_at
    if started_at is not None and not timedelta() < ended_at - started_at <= _LONGEST:
        hours = _LONGEST // timedelta(hours=1)
        return Refusal("start_out_of_reach", {"opens": started_at, "at": ended_at, "hours": hours})
    details = {name: command.details.get(name, "").strip() or None for name in Disinfected.TEXTS}
    method = details["method"]
    if method is not None and method not in get_args(DisinfectionMethod):
        return Refusal("unknown_method", {"value": method})
    figures = {name: int(command.figures[name]) if name in command.figures else None for name in limits}
    return Finding(
        Disinfected(
            area=details["area"],
            agent=details["agent"],
            mg_l=figures["mg_l"],
            minutes=figures["minutes"],
            checked_by=details["checked_by"],
            method=cast("DisinfectionMethod | None", method),
            started_at=started_at,
        ),
        abnormal=command.abnormal,
    )


def last_disinfection(snapshot: Snapshot, site: Subject) -> Disinfected | None:
    """Return what was last stated of a disinfection of a site; None: nobody has stated its agent yet."""
    last = snapshot.memo.made(_last_stated, snapshot.entries, snapshot.amended).get(site)
    return last.told if last is not None and isinstance(last.told, Disinfected) else None


def _last_stated(entries: Mapping[int, Entry], amended: Mapping[int, int]) -> dict[str, Entry]:
    """Return the last entry with an agent of each site, by the site's name (`site-1`)."""
    last: dict[str, Entry] = {}
    for entry in entries.values():
        if not isinstance(entry.told, Disinfected) or entry.told.agent is None or entry.id in amended:
            continue
        known = last.get(entry.subject)
        if known is None or (known.happened_at, known.id) < (entry.happened_at, entry.id):
            last[entry.subject] = entry
    return last
