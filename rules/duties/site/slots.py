"""Slots of a site's day in the notice: those that a site owes, and each by its name."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dutyboard.rules.law.daily import Slot
from dutyboard.rules.people.periods import first_moment, on_duty, owes
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import Entry, Site, subject_id
from dutyboard.rules.records.obligation import Kind, Obligation, Window, obligation, slot_window, standing
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot


class SiteSlot(NamedTuple):
    """One slot of one site's day. `duty` is its name, `patrol-3/site-1/2021-06-07`; `kind` is that of the slot."""

    site: Site
    slot: Slot
    kind: Kind
    duty: DutyId
    window: Window


def slots_of(snapshot: Snapshot, day: date, kinds: Collection[Kind]) -> list[tuple[Slot, Kind]]:
    """Return the slots of these kinds in the notice of a day, in its order."""
    daily = snapshot.daily_at(midnight(day, snapshot.zone))
    return [(slot, kind) for slot in daily.slots for kind in kinds if slot.kind == kind]


def owed_slots(snapshot: Snapshot, day: date, kinds: Collection[Kind]) -> Iterator[SiteSlot]:
    """Yield the slots of these kinds that the sites owe on a day, in the order of sites and notice."""
    slots = [(slot, kind, slot_window(slot, day, snapshot.zone)) for slot, kind in slots_of(snapshot, day, kinds)]
    for site in snapshot.sites.values():
        since, until = on_duty(snapshot, site)
        for slot, kind, window in slots:
            if window.closes is not None and since < window.closes <= until:
                yield SiteSlot(site, slot, kind, DutyId(slot.id, subject_id(site), day), window)


def slot_named(snapshot: Snapshot, duty: DutyId, kinds: Collection[Kind]) -> SiteSlot | Refusal:
    """Return the slot of that name, or why it is not owed.

    One before the site was registered is found as well, from the desk's first day on: the entry that says it was done
    makes the site's duties begin there.
    """
    unknown = Refusal("unknown_obligation", {"obligation": duty})
    site = snapshot.sites.get(duty.subject.number) if duty.subject.kind == "site" else None
    found = next((each for each in slots_of(snapshot, duty.day, kinds) if each[0].id == duty.slot), None)
    if site is None or found is None:
        return unknown
    slot, kind = found
    window = slot_window(slot, duty.day, snapshot.zone)
    if not owes(snapshot, site, window):
        if site.state != "active":
            return Refusal("site_not_active", {"site": site.name})
        if site.opened_at is not None or (window.closes or window.due) <= first_moment(snapshot):
            return unknown
    return SiteSlot(site, slot, kind, duty, window)


def slot_obligation(
    each: SiteSlot, done: Entry | None, now: datetime, soon: timedelta, count: int = 0, total: int = 0
) -> Obligation:
    """Return the obligation of a slot as it stands at `now`; `done` is the entry that discharged it."""
    return obligation(
        each.kind,
        each.duty,
        subject_id(each.site),
        each.window,
        standing(each.window, done, now, soon),
        done,
        name=each.slot.name,
        subject=each.site.name,
        clause=each.slot.clause,
        owed_by=each.site.keeper,
        abnormal=done is not None and done.abnormal,
        count=count,
        total=total,
    )
