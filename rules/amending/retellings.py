"""Acts as their entries tell them: rides, rooms, answers, last days, matters, handovers and sites, to be told again."""

from typing import assert_never

from dutyboard.rules.law.facts import Facts, facts_json, read_facts
from dutyboard.rules.records.commands.amending import Restated
from dutyboard.rules.records.commands.person import (
    AnswerReferral,
    Assign,
    CancelTransfer,
    DivertTransfer,
    EndTransfer,
    Move,
    SetLastDay,
    StartTransfer,
)
from dutyboard.rules.records.commands.post import AssignMatter, CheckPresence, CloseMatter, HandOver, OpenMatter
from dutyboard.rules.records.commands.site import SetSiteState
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import (
    Arrived,
    Assigned,
    Departed,
    Diverted,
    LastDaySet,
    ReferralAnswered,
    RoomChanged,
    TurnedBack,
)
from dutyboard.rules.records.told.post import HandedOver, MatterAssigned, MatterClosed, MatterOpened, PresenceFound
from dutyboard.rules.records.told.site import SiteStateSet

RidePart = Departed | Arrived | TurnedBack | Diverted
Placing = RoomChanged | Assigned | ReferralAnswered | LastDaySet
AtThePost = MatterOpened | MatterAssigned | MatterClosed | PresenceFound | HandedOver | SiteStateSet


def ride_again(told: RidePart, entry: Entry, person: int) -> Restated:
    """Return a part of a ride as it was told: left, arrived, back, or taken elsewhere."""
    match told:
        case Departed():
            return StartTransfer(
                person_id=person,
                vehicle=told.vehicle,
                driver=told.driver,
                phone=told.phone,
                to=told.to,
                site_id=told.site_id,
                room=told.room,
                place=told.place,
                left_at=entry.happened_at,
                escort=told.escort,
                escort_phone=told.escort_phone,
                handed_by=told.handed_by,
                announced_at=told.announced_at,
                announced_by=told.announced_by,
                text=entry.text,
            )
        case Arrived():
            return EndTransfer(
                person_id=person,
                received_by=told.received_by,
                arrived_at=entry.happened_at,
                temp_c=told.temp_c,
                announced_at=told.announced_at,
                announced_by=told.announced_by,
                text=entry.text,
            )
        case TurnedBack():
            return CancelTransfer(person_id=person, reason=entry.text, happened_at=entry.happened_at)
        case Diverted():
            return DivertTransfer(
                person_id=person,
                to=told.to,
                reason=entry.text,
                site_id=told.site_id,
                room=told.room,
                place=told.place,
                happened_at=entry.happened_at,
            )
        case _:
            assert_never(told)


def placing_again(told: Placing, entry: Entry, person: int, snapshot: Snapshot) -> Restated:
    """Return a change of room, officer or last day, or an office's answer, as it was told."""
    match told:
        case RoomChanged():
            return Move(
                person_id=person,
                site_id=told.site_id,
                room=told.room,
                shared=told.shared,
                reason=entry.text,
                happened_at=entry.happened_at,
            )
        case Assigned():
            return Assign(
                person_id=person,
                officer_name=told.officer,
                home_cadre=told.cadre,
                cadre_phone=told.cadre_phone,
                town_cadre=told.town_cadre,
                reason=entry.text,
            )
        case ReferralAnswered():
            return AnswerReferral(
                person_id=person,
                decision=told.decision,
                authority=told.authority,
                clause=told.clause,
                facts=_facts_set(told, person, snapshot),
                text=entry.text,
                happened_at=entry.happened_at,
            )
        case LastDaySet():
            return SetLastDay(person_id=person, last=told.last, leader_id=told.leader_id, reason=entry.text)
        case _:
            assert_never(told)


def _facts_set(told: ReferralAnswered, person: int, snapshot: Snapshot) -> Facts | None:
    """Return a person's facts with those that an answer set; None: it set none."""
    held = snapshot.persons.get(person)
    return read_facts({**facts_json(held.facts), **told.after}) if held is not None and told.after else None


def post_again(told: AtThePost, entry: Entry) -> Restated:
    """Return an act on a matter, a handover or a site's state as it was told."""
    match told:
        case MatterOpened():
            return OpenMatter(
                subject=entry.subject,
                text=entry.text,
                owner=told.owner,
                due=told.due,
                happened_at=entry.happened_at,
                reason=entry.late_reason,
            )
        case MatterAssigned():
            return AssignMatter(matter_id=told.matter, owner=told.to, due=told.due, reason=entry.text)
        case MatterClosed():
            return CloseMatter(
                matter_id=told.matter,
                outcome=told.outcome,
                told=told.told,
                happened_at=entry.happened_at,
                reason=entry.late_reason,
            )
        case PresenceFound():
            return CheckPresence(
                subject=entry.subject,
                found=told.found,
                seat=told.seat,
                asked_by=told.asked_by,
                whom=told.whom,
                answered_by=told.answered_by,
                stand_in=told.stand_in,
                text=entry.text,
                happened_at=entry.happened_at,
                reason=entry.late_reason,
            )
        case HandedOver():
            return HandOver(
                obligation=entry.obligation or "",
                incoming_id=told.incoming,
                items=told.items,
                by_name=told.by_name,
                text=entry.text,
                head=told.head,
                reason=told.reason,
                alone=told.alone,
            )
        case SiteStateSet():
            site = Subject.parse(entry.subject)
            return SetSiteState(site_id=site.number if site is not None else 0, state=told.to, reason=entry.text)
        case _:
            assert_never(told)
