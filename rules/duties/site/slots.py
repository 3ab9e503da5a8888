"""Slots of a site's day in the notice: those that a site owes, and each by its name."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dutyboard.rules.law.daily import Slot
from dutyboard.rules.people.periods import held_to
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.ids import DutyId, Subject
from dutyboard.rules.records.model import Entry, Site, subject_id
from dutyboard.rules.records.obligation import Beginning, Kind, Obligation, Window, obligation, slot_window, standing
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.site import Disinfected


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


def owed_slots(site: Site, snapshot: Snapshot, day: date, kinds: Collection[Kind]) -> Iterator[SiteSlot]:
    """Yield the slots of these kinds that a site owes on a day, in the order of the notice.

    Those waived on the day on which it begins are among them (O51); of an earlier day only those that were done.
    """
    slots = slots_of(snapshot, day, kinds)
    windows = [slot_window(slot, day, snapshot.zone) for slot, _ in slots]
    for (slot, kind), window in zip(slots, _held(snapshot, site, day, windows)):
        if window is None:
            continue
        duty = DutyId(slot.id, subject_id(site), day)
        if window.since is None or snapshot.day_of(window.since.at) == day or duty in snapshot.done:
            yield SiteSlot(site, slot, kind, duty, window)


def _held(snapshot: Snapshot, site: Site, day: date, windows: list[Window]) -> list[Window | None]:
    """Return each window as the site is held to it; None: it is not owed.

    Nothing is owed of a day before the desk's first. What a sheet tells of it is history, as of a slot that is waived.
    """
    opened = desk_of(snapshot).opened_at
    if day >= snapshot.day_of(opened):
        return held_to(snapshot, site, day, windows)
    return [window._replace(since=Beginning(opened, "before_registration")) for window in windows]


def slot_named(snapshot: Snapshot, duty: DutyId, kinds: Collection[Kind]) -> SiteSlot | Refusal:
    """Return the slot of that name, or why it is not owed. One that is waived is found: it may still be entered."""
    unknown = Refusal("unknown_obligation", {"obligation": duty})
    site = snapshot.sites.get(duty.subject.number) if duty.subject.kind == "site" else None
    found = next((each for each in slots_of(snapshot, duty.day, kinds) if each[0].id == duty.slot), None)
    if site is None or found is None:
        return unknown
    slot, kind = found
    [window] = _held(snapshot, site, duty.day, [slot_window(slot, duty.day, snapshot.zone)])
    if window is None:
        return unknown if site.state == "active" else Refusal("site_not_active", {"site": site.name})
    return SiteSlot(site, slot, kind, duty, window)


def slot_obligation(
    each: SiteSlot,
    done: Entry | None,
    now: datetime,
    soon: timedelta,
    *,
    count: int = 0,
    total: int = 0,
    people: tuple[Subject, ...] = (),
    left: tuple[Subject, ...] = (),
    repeats: Disinfected | None = None,
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
        people=people,
        left=left,
        repeats=repeats,
    )
