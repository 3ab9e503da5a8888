"""Checks of presence: somebody phones a town, a site or a seat of the command post (一)."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from dutyboard.rules.duties.post.matters import open_finding
from dutyboard.rules.people.officers import holder, leaders_of, officer_name
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import CheckPresence
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, unknown_subject
from dutyboard.rules.records.told.post import PresenceFound
from dutyboard.rules.records.transaction import Accepted, Transaction

_WITH_A_POST: Final = ("post", "unit", "site")


def decide_check_presence(
    command: CheckPresence, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted | Refusal:
    """Write down a check of presence. An empty post becomes a finding for the leader, each time that it is found so."""
    asked = _stripped(command)
    refused = _not_told(asked, snapshot)
    if refused is not None:
        return refused
    at = asked.happened_at or now
    transaction = Transaction(snapshot, now, actor)
    whom = asked.whom
    if asked.seat is not None and not whom:
        sitting = holder(snapshot, asked.seat, at)
        whom = officer_name(snapshot, sitting.officer_id) if sitting is not None else ""
    empty = asked.found == "off_post"
    told = PresenceFound(
        found=asked.found,
        asked_by=asked.asked_by or transaction.writer,
        seat=asked.seat,
        whom=whom,
        answered_by=asked.answered_by,
        stand_in=asked.stand_in,
    )
    entry = transaction.log(
        told,
        happened_at=asked.happened_at,
        subject=asked.subject,
        abnormal=empty,
        text=asked.text,
        late_reason=asked.reason,
    )
    if empty:
        what = " ".join(filter(None, (whom, asked.text)))
        owner = leader_to_tell(snapshot, at, away=whom)
        open_finding(transaction, asked.subject, what, owner=owner, cause="off_post", entry=entry)
    return transaction.accepted()


def leader_to_tell(snapshot: Snapshot, at: datetime, away: str = "") -> str:
    """Return the leader who hears of an empty post: who sits then, else the first who leads. "": nobody does.

    He who is away himself is not told of it, unless no other leader serves.
    """
    sitting = holder(snapshot, "leader", at)
    names = [officer_name(snapshot, sitting.officer_id)] if sitting is not None else []
    names += [each.name for each in leaders_of(snapshot, at)]
    return next((each for each in names if each != away), names[0] if names else "")


def _stripped(command: CheckPresence) -> CheckPresence:
    texts = ("asked_by", "whom", "answered_by", "stand_in", "text", "reason")
    return replace(command, **{name: getattr(command, name).strip() for name in texts})


def _not_told(asked: CheckPresence, snapshot: Snapshot) -> Refusal | None:
    """Return why a check cannot be written down as it is told; None: it can."""
    refused = unknown_subject(snapshot, asked.subject)
    if refused is not None:
        return refused
    subject = Subject.parse(asked.subject)
    if subject is None or subject.kind not in _WITH_A_POST:
        return Refusal("no_post_there")
    needed = {
        "seat": subject.kind == "post" and asked.seat is None,
        "answered_by": asked.found != "off_post" and not asked.answered_by,
        "stand_in": asked.found == "stood_in" and not asked.stand_in,
    }
    missing = [name for name, lacks in needed.items() if lacks]
    if missing:
        return Refusal("figures_needed", {"names": missing})
    unasked = {
        "seat": subject.kind != "post" and asked.seat is not None,
        "stand_in": asked.found != "stood_in" and bool(asked.stand_in),
    }
    unknown = [name for name, stands in unasked.items() if stands]
    if unknown:
        return Refusal("figures_unknown", {"names": unknown})
    if asked.found == "off_post" and not asked.text:
        return Refusal("text_needed")
    return None
