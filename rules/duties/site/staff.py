"""The symptom check of a quarantine site's staff, by name where the site has a register (四（一）).

It is done when everybody on duty was named. Whoever has a symptom or a fever is off duty with the same act.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from dutyboard.rules.duties.duty import Check, Finding, ToSee, misstated, not_on_row, said_twice
from dutyboard.rules.duties.site.slots import SiteSlot, owed_slots, slot_named, slot_obligation
from dutyboard.rules.people.staff import began, by_site, sent_off, to_be_seen
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import DutyId, Subject
from dutyboard.rules.records.model import Entry, Site, subject_id
from dutyboard.rules.records.obligation import Kind, Obligation
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.staff import StaffMember
from dutyboard.rules.records.told.site import StaffChecked

KINDS: Final[tuple[Kind, ...]] = ("staff_check",)
_MOST_STAFF = 100_000
_GROUPS: Final = ("seen", "absent", "unwell")


def owed_at(site: Site, snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
    """Yield the staff checks that a site owes on a day."""
    members = by_site(snapshot).get(site.id, ())
    for each in owed_slots(site, snapshot, day, KINDS):
        yield _check(snapshot, each, members, now)


def find(snapshot: Snapshot, duty: DutyId, now: datetime) -> Obligation | Refusal:
    """Return the staff check of that name, or why it is not owed."""
    found = slot_named(snapshot, duty, KINDS)
    if isinstance(found, Refusal):
        return found
    return _check(snapshot, found, by_site(snapshot).get(found.site.id, ()), now)


def is_staff_check(snapshot: Snapshot, duty: DutyId) -> bool:
    """Return True if a duty is a check of staff, by its slot in the notice of its day."""
    slot = snapshot.daily_at(midnight(duty.day, snapshot.zone)).find_slot(duty.slot)
    return slot is not None and slot.kind in KINDS and duty.subject.kind == "site"


def _check(snapshot: Snapshot, each: SiteSlot, members: Sequence[StaffMember], now: datetime) -> Obligation:
    """Return a check with the staff for whom it is made. A site without a register only counts them."""
    soon = snapshot.daily_at(now).duty.due_soon
    told = snapshot.parts.get(each.duty, ())
    expected = to_be_seen(snapshot, members, each.window, now)
    named = {name for entry in told if isinstance(entry.told, StaffChecked) for name in entry.told.named}
    people = tuple(subject_id(one) for one in members if one in expected or subject_id(one) in named)
    if not people:
        return slot_obligation(each, snapshot.done.get(each.duty), now, soon)
    left = tuple(subject_id(one) for one in expected if not _settled(one, told, snapshot))
    done = told[-1] if told and not left else None
    count, total = len(people) - len(left), len(people)
    check = slot_obligation(each, done, now, soon, count=count, total=total, people=people, left=left)
    return replace(check, abnormal=any(entry.abnormal for entry in told))


def _settled(member: StaffMember, told: Sequence[Entry], snapshot: Snapshot) -> bool:
    """Return True if a check named somebody. One that only counts was of whoever was on the register by then."""
    for entry in told:
        found = entry.told
        if not isinstance(found, StaffChecked):
            continue
        if subject_id(member) in found.named or (not found.named and began(member, snapshot) <= entry.happened_at):
            return True
    return False


def read(command: Discharge, duty: Obligation, snapshot: Snapshot, happened_at: datetime) -> Finding | Refusal:
    """Return whom a check saw, by name; where there is no register, how many and how many with a symptom.

    Without a name it says that all who are left were seen and well.
    """
    said = {name: tuple(Subject("staff", each) for each in dict.fromkeys(getattr(command, name))) for name in _GROUPS}
    named = (*(each for group in said.values() for each in group), *command.readings)
    if not duty.people and not named:
        return _counted(command)
    measured = [each for each in said["absent"] if each in command.readings]
    refused = _misnamed(named, command, duty, snapshot) or said_twice((*said.values(), measured), snapshot)
    if refused is not None:
        return refused
    if not named:
        if (
            command.abnormal
            or command.remarks
            or command.figures not in ({}, {"checked": len(duty.left), "abnormal": 0})
        ):
            return Refusal("people_needed")
        said["seen"] = duty.left
    elif command.figures:
        return Refusal("figures_unknown", {"names": sorted(command.figures)})
    return _by_name(said, command, duty, snapshot, happened_at)


def _counted(command: Discharge) -> Finding | Refusal:
    figures = command.figures
    refused = misstated(figures, {"checked": (1, _MOST_STAFF), "abnormal": (0, figures.get("checked", 0))})
    if refused:
        return refused
    if command.remarks:
        return Refusal("figures_unknown", {"names": ["remarks"]})
    told = StaffChecked(checked=int(figures["checked"]), abnormal=int(figures["abnormal"]))
    ill = command.abnormal or told.abnormal > 0
    return Finding(told, abnormal=ill, note_needed=ill)


def _misnamed(named: Sequence[str], command: Discharge, duty: Obligation, snapshot: Snapshot) -> Refusal | None:
    """Return the refusal of somebody who is not on the row, or of words about nobody who was named."""
    refused = not_on_row((*named, *command.remarks), duty, snapshot)
    if refused is not None:
        return refused
    if named and set(command.remarks) - set(named):
        return Refusal("figures_unknown", {"names": ["remarks"]})
    return None


def _by_name(
    said: dict[str, tuple[Subject, ...]],
    command: Discharge,
    duty: Obligation,
    snapshot: Snapshot,
    happened_at: datetime,
) -> Finding | Refusal:
    """Return what was found of each. Who has a symptom or a fever is off duty from that instant on."""
    limits = snapshot.daily_at(happened_at).thresholds
    for whose, reading in command.readings.items():
        if not limits.least_c <= reading <= limits.most_c:
            [member] = (snapshot.staff[each.number] for each in _numbers([whose]))
            low, high = limits.least_c, limits.most_c
            return Refusal("bad_figure", {"name": NameOf(member), "value": reading, "low": low, "high": high})
    feverish = {whose for whose, reading in command.readings.items() if reading >= limits.fever_c}
    remarks = {whose: text for whose, words in command.remarks.items() if (text := words.strip())}
    unsaid = (*said["absent"], *(each for each in said["unwell"] if each not in feverish))
    if any(each not in remarks for each in unsaid) and not command.text.strip():
        return Refusal("note_needed")
    ill = tuple(each for each in _numbers((*said["unwell"], *command.readings)) if each in {*said["unwell"], *feverish})
    low_ones = tuple(each for each in _numbers(command.readings) if command.readings[each] < limits.low_c)
    met = {*said["seen"], *said["unwell"], *command.readings}
    told = StaffChecked(
        checked=len(met),
        abnormal=len(ill),
        seen=said["seen"],
        absent=said["absent"],
        unwell=said["unwell"],
        remarks=remarks,
        readings=dict(command.readings),
    )

    def what(each: Subject) -> str:
        measured = f"{command.readings[each]:.1f}" if each in command.readings else ""
        return " ".join(part for part in (measured, remarks.get(each, command.text.strip())) if part)

    found = tuple(
        ToSee(subject=each, what=what(each), owner=duty.owed_by, cause="staff_unwell", within=limits.suspected)
        for each in dict.fromkeys((*ill, *low_ones))
    )
    off = (sent_off(snapshot.staff[each.number], happened_at, "unwell", what(each)) for each in ill)
    abnormal = bool(found) or command.abnormal
    return Finding(
        told,
        abnormal=abnormal,
        found=found if found or not abnormal else None,
        part=any(each not in told.named for each in duty.left),
        changes=tuple(off),
    )


def _numbers(people: Iterable[str]) -> tuple[Subject, ...]:
    """Return names as subjects, each once."""
    return tuple(each for text in dict.fromkeys(people) if (each := Subject.parse(text)) is not None)


_TAKES: Final = frozenset({"checked", "abnormal", "seen", "absent", "unwell", "remarks", "readings"})
CHECK: Final = Check(find, read, {"staff_check": _TAKES})
