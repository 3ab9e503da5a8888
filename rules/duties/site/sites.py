"""The desk's quarantine sites: opened, put on standby, closed or changed (四（二）)."""

from dataclasses import fields, replace
from datetime import datetime

from dutyboard.rules.duties.post.spare_rooms import owed_today
from dutyboard.rules.people.periods import periods_of
from dutyboard.rules.people.rooms import room_named, taken
from dutyboard.rules.records.codes import Room, SiteState
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.site import ChangeSite, SetSiteState
from dutyboard.rules.records.effects import HIDDEN
from dutyboard.rules.records.model import DutyPeriod, Person, Site, subject_id
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.site import SiteChanged, SiteStateSet
from dutyboard.rules.records.transaction import Accepted, Transaction
from dutyboard.rules.records.unlike import keep_numbers, settle

MOST_ROOMS = 9999
"""The most rooms that a site may have: more is a slip of a key."""


def decide_set_site_state(command: SetSiteState, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Open a standby site or close one (四（二）). One that still holds people stays open. Opening one answers the look
    at the rooms that is owed today."""
    site = snapshot.sites.get(command.site_id)
    if site is None:
        return Refusal("unknown_site", {"site": command.site_id})
    if not command.reason.strip():
        return Refusal("reason_needed")
    inside = next(iter(taken(snapshot, site.id).values()), None)
    if command.state != "active" and inside is not None:
        return Refusal("site_not_empty", {"site": site.name, "person": NameOf(inside)})
    transaction = Transaction(snapshot, now, actor)
    transaction.put(in_state(site, command.state, now))
    transaction.log(
        SiteStateSet(from_=site.state, to=command.state),
        subject=subject_id(site),
        obligation=owed_today(snapshot, now) if command.state == "active" and site.state != "active" else None,
        text=command.reason.strip(),
    )
    return transaction.accepted()


def decide_change_site(command: ChangeSite, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Change the rooms of a site, its keeper, phone or areas. A room that somebody holds stays (四（二）)."""
    site = snapshot.sites.get(command.site_id)
    if site is None:
        return Refusal("unknown_site", {"site": command.site_id})
    if not command.reason.strip():
        return Refusal("reason_needed")
    rooms = site.rooms if command.rooms is None else rooms_told(command.rooms)
    if rooms is None:
        return Refusal("bad_figure", {"name": "rooms", "value": command.rooms, "low": 1, "high": MOST_ROOMS})
    keeper = site.keeper if command.keeper is None else command.keeper.strip()
    phone = site.phone if command.phone is None else command.phone.strip()
    new = replace(site, rooms=rooms, areas=command.areas or site.areas, keeper=keeper, phone=phone)
    changed = tuple(each.name for each in fields(Site) if getattr(site, each.name) != getattr(new, each.name))
    if not changed:
        return Refusal("nothing_changed")
    if held := held_and_gone(new, snapshot):
        room, person = held
        return Refusal("room_held", {"site": site.name, "room": room, "person": NameOf(person)})
    transaction = Transaction(snapshot, now, actor)
    put_site(transaction, new, snapshot)
    shown = [name for name in changed if name not in HIDDEN]
    before, after = ({name: getattr(each, name) for name in shown} for each in (site, new))
    told_of = SiteChanged(changed=changed, before=before, after=after)
    settle(transaction, site, changed, snapshot, now)
    entry = transaction.log(told_of, subject=subject_id(site), text=command.reason.strip())
    keep_numbers(transaction, site, changed, entry)
    return transaction.accepted()


def rooms_told(told: int | tuple[str, ...]) -> int | tuple[str, ...] | None:
    """Return the rooms of a site as they were told, each name once; None: they cannot be."""
    if isinstance(told, int):
        return told if 1 <= told <= MOST_ROOMS else None
    names = tuple(dict.fromkeys(name for each in told if (name := each.strip())))
    return names if 1 <= len(names) <= MOST_ROOMS else None


def held_and_gone(site: Site, snapshot: Snapshot) -> tuple[Room, Person] | None:
    """Return a room that somebody holds and that the site has no more. None: each is there."""
    return next((each for each in taken(snapshot, site.id).items() if room_named(site, each[0]) is None), None)


def put_site(transaction: Transaction, site: Site, snapshot: Snapshot) -> None:
    """Write a site, and the rooms of its people as its doors are called now."""
    transaction.put(site)
    for person in snapshot.persons.values():
        if (named := _named_anew(person, site)) != person:
            transaction.put(named)


def _named_anew(person: Person, site: Site) -> Person:
    """Return a person whose room there is written as its door says: 5 may be `5` by now."""
    if person.site_id == site.id and person.room is not None:
        person = replace(person, room=room_named(site, person.room) or person.room)
    held = person.still_in
    if held is not None and held.site_id == site.id and held.room is not None:
        person = replace(person, still_in=replace(held, room=room_named(site, held.room) or held.room))
    return person


def in_state(site: Site, state: SiteState, now: datetime) -> Site:
    """Return the site opened, put on standby or closed at an instant; unchanged where it stands so already.

    What it was on duty before is kept, so that opening it again forgets nothing that was missed.
    """
    if state == site.state:
        return site
    periods = periods_of(site)
    if state == "active":
        periods = (*periods, DutyPeriod(starts=now))
    elif site.state == "active":
        periods = (*periods[:-1], replace(periods[-1], ends=now))
    return replace(site, state=state, periods=periods, opened_at=None, closed_at=None)
