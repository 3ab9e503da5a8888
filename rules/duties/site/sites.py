"""Sites opened, put on standby or closed (四（二）)."""

from dataclasses import replace
from datetime import datetime

from dutyboard.rules.duties.post.spare_rooms import owed_today
from dutyboard.rules.people.rooms import taken
from dutyboard.rules.records.codes import SiteState
from dutyboard.rules.records.commands import Actor, SetSiteState
from dutyboard.rules.records.model import Site, subject_id
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told import SiteStateSet
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_set_site_state(command: SetSiteState, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Open a standby site or close one (四（二）). One that still holds people stays open. Opening one answers the look
    at the rooms that is owed today."""
    site = snapshot.sites.get(command.site_id)
    if site is None:
        return Refusal("unknown_site", {"site": command.site_id})
    if not command.reason.strip():
        return Refusal("reason_needed")
    inside = next(iter(taken(snapshot.persons.values(), site.id).values()), None)
    if command.state != "active" and inside is not None:
        return Refusal("site_not_empty", {"site": site.name, "person": inside.name})
    transaction = Transaction(snapshot, now, actor)
    transaction.put(in_state(site, command.state, now))
    transaction.log(
        SiteStateSet(from_=site.state, to=command.state),
        subject=subject_id(site),
        obligation=owed_today(snapshot, now) if command.state == "active" and site.state != "active" else None,
        text=command.reason.strip(),
    )
    return transaction.accepted()


def in_state(site: Site, state: SiteState, now: datetime) -> Site:
    """The site opened, put on standby or closed at an instant; unchanged where it stands so already."""
    if state == site.state:
        return site
    if state == "active":
        return replace(site, state=state, opened_at=now, closed_at=None)
    return replace(site, state=state, closed_at=now if site.state == "active" else site.closed_at)
