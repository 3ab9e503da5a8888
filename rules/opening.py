"""The desk itself: opening it, signing on, its log, and which sites it runs."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dutyboard.rules.duties.post.spare_rooms import owed_today
from dutyboard.rules.people.rooms import taken
from dutyboard.rules.records.commands import Actor, OpenDesk, SetSiteState, SignOn, TakeBack, WriteLog
from dutyboard.rules.records.model import (
    POST,
    SUBJECT_TABLES,
    Entry,
    NoticeInForce,
    Officer,
    Settings,
    Site,
    SiteState,
    subject_id,
)
from dutyboard.rules.records.refusals import Code, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted, Draft

_UNKNOWN: dict[str, Code] = {
    "unit": "unknown_unit",
    "officer": "unknown_officer",
    "site": "unknown_site",
    "person": "unknown_person",
}


def desk_of(snapshot: Snapshot) -> Settings:
    """The desk's settings. Raises LookupError where there is no desk, on which nothing is owed."""
    if snapshot.desk is None:
        raise LookupError("no desk")
    return snapshot.desk


def decide_open_desk(command: OpenDesk, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Make an empty desk: its settings, the notice in force from the day of its date, and the administrator.

    `command.notice` is a key of `snapshot.notices_known`; KeyError otherwise.
    """
    if snapshot.desk is not None:
        return Refusal("desk_exists")
    notice = snapshot.notices_known[command.notice]
    zone = ZoneInfo(command.timezone)
    draft = Draft(snapshot, now, actor)
    draft.put(
        Settings(
            desk=command.desk,
            timezone=command.timezone,
            opened_at=now,
            practice_starts=command.practice_starts,
            practice_since=command.practice_since,
        )
    )
    effective_from = notice.effective_from.replace(tzinfo=zone)
    draft.put(NoticeInForce(id=draft.new_id("notices"), notice=command.notice, effective_from=effective_from))
    admin = Officer(id=draft.new_id("officers"), name=command.admin_name, role="admin", login=actor.login)
    draft.put(admin)
    entry = draft.log("sign_on", subject=subject_id(admin), done_by=admin.name, data={"officer_id": admin.id})
    return draft.accepted(officer=admin.id, entry=entry.id)


def decide_sign_on(command: SignOn, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Bind the actor's login to an officer, once: neither of the two may be bound to another."""
    officer = snapshot.officers.get(command.officer_id)
    if officer is None:
        return Refusal("unknown_officer", {"officer": command.officer_id})
    draft = Draft(snapshot, now, actor)
    if officer.login == actor.login:
        return draft.accepted(officer=officer.id)
    if officer.login is not None:
        return Refusal("officer_bound", {"officer": officer.name, "login": officer.login})
    bound = next((o for o in snapshot.officers.values() if o.login == actor.login), None)
    if bound is not None:
        return Refusal("login_bound", {"login": actor.login, "officer": bound.name})
    draft.put(replace(officer, login=actor.login))
    entry = draft.log("sign_on", subject=subject_id(officer), done_by=officer.name, data={"officer_id": officer.id})
    return draft.accepted(officer=officer.id, entry=entry.id)


def decide_write_log(command: WriteLog, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write a note or a phone call. A call names who called and about what; who was told may be nobody."""
    happened_at = command.happened_at or now
    if happened_at > now:
        return Refusal("in_future", {"at": happened_at})
    refused = unknown_subject(snapshot, command.subject)
    if refused:
        return refused
    if command.kind == "call":
        missing = [name for name in ("caller", "matter") if not str(command.data.get(name, "")).strip()]
        if missing:
            return Refusal("figures_needed", {"names": missing})
    elif not command.text.strip():
        return Refusal("text_needed")
    draft = Draft(snapshot, now, actor)
    entry = draft.log(
        command.kind,
        happened_at=happened_at,
        subject=command.subject,
        text=command.text.strip(),
        data=dict(command.data),
    )
    return draft.accepted(entry=entry.id, state="done")


def unknown_subject(snapshot: Snapshot, subject: str) -> Refusal | None:
    """A refusal when `subject` (`post`, `site-1`, `unit-3`, ...) names no record of the desk."""
    if subject == POST:
        return None
    kind, _, number = subject.partition("-")
    table = SUBJECT_TABLES.get(kind)
    if table and number.isdecimal() and int(number) in getattr(snapshot, table):
        return None
    return Refusal(_UNKNOWN.get(kind, "unknown_site"), {kind if table else "site": subject})


def decide_take_back(command: TakeBack, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Take back one's own last check within the notice's minutes, as an entry that names it; what it discharged is
    owed again."""
    entry = snapshot.entries.get(command.entry_id)
    if entry is None or entry.id in snapshot.amended:
        return Refusal("unknown_entry", {"entry": command.entry_id})
    within = snapshot.daily_at(now).duty.take_back
    last = _last_check_of(snapshot, actor)
    if last is None or last.id != entry.id:
        return Refusal("not_yours", {"entry": entry.id})
    if now - entry.entered_at > within:
        return Refusal("too_late_to_take_back", {"minutes": within // timedelta(minutes=1)})
    draft = Draft(snapshot, now, actor)
    retracted = draft.log("retract", subject=entry.subject, obligation=entry.obligation, amends=entry.id)
    return draft.accepted(entry=retracted.id, amends=entry.id)


def _last_check_of(snapshot: Snapshot, actor: Actor) -> Entry | None:
    """The newest check that an officer entered and nobody amended."""
    mine = (e for e in snapshot.entries.values() if e.entered_by == actor.officer_id and e.kind == "check")
    return max((e for e in mine if e.id not in snapshot.amended), key=lambda e: e.id, default=None)


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
    draft = Draft(snapshot, now, actor)
    draft.put(in_state(site, command.state, now))
    entry = draft.log(
        "site",
        subject=subject_id(site),
        obligation=owed_today(snapshot, now) if command.state == "active" and site.state != "active" else None,
        text=command.reason.strip(),
        data={"from": site.state, "to": command.state},
    )
    return draft.accepted(entry=entry.id)


def in_state(site: Site, state: SiteState, now: datetime) -> Site:
    """The site opened, put on standby or closed at an instant; unchanged where it stands so already."""
    if state == site.state:
        return site
    if state == "active":
        return replace(site, state=state, opened_at=now, closed_at=None)
    return replace(site, state=state, closed_at=now if site.state == "active" else site.closed_at)
