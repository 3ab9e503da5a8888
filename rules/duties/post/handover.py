"""Handing over the duty: what goes over item by item, and the act that both officers sign (一)."""

from datetime import datetime

from dutyboard.rules.board import board
from dutyboard.rules.duties.post.seats import handing_over, handover_id, handovers, officer_name
from dutyboard.rules.records.commands import Actor, HandOver
from dutyboard.rules.records.obligation import OWED, Obligation
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.timely import untimely
from dutyboard.rules.records.transaction import Accepted, Draft


def handover_items(snapshot: Snapshot, now: datetime) -> tuple[str, ...]:
    """The ids of what goes over, in the board's order: whatever can be done now (late, due, open, not yet reported)
    and whatever was missed and no handover has accepted.

    Not the handover itself, nor a seat that is held: nobody owes anything there. An item that grows late stays the
    same item, so that the list shown and the list signed differ only by what really happened between.
    """
    return tuple(owed.id for owed in board(snapshot, now).obligations if _goes_over(owed))


def _goes_over(owed: Obligation) -> bool:
    if owed.state == "missed":
        return not owed.accepted
    if owed.kind == "handover" or (owed.kind == "seat" and owed.state == "open"):
        return False
    return owed.state in OWED


def decide_hand_over(command: HandOver, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Sign a handover: within its window, to another officer, with exactly the items that stand open now."""
    shift = next((s for s in handing_over(snapshot) if handover_id(snapshot, s) == command.obligation), None)
    if shift is None:
        return Refusal("unknown_obligation", {"obligation": command.obligation})
    owed = next(o for o in handovers(snapshot, snapshot.day_of(shift.ends), now) if o.id == command.obligation)
    refused = untimely(snapshot, owed, now, now)
    if refused:
        return refused
    if command.incoming_id not in snapshot.officers:
        return Refusal("unknown_officer", {"officer": command.incoming_id})
    if command.incoming_id == shift.officer_id:
        return Refusal("same_officer")
    items = handover_items(snapshot, now)
    if set(items) != set(command.items):
        added = [item for item in items if item not in command.items]
        gone = [item for item in command.items if item not in items]
        return Refusal("items_changed", {"added": added, "gone": gone})
    draft = Draft(snapshot, now, actor)
    entry = draft.log(
        "handover",
        subject=owed.subject_id,
        obligation=owed.id,
        text=command.text.strip(),
        data={
            "items": list(items),
            "outgoing": shift.officer_id,
            "incoming": command.incoming_id,
            "head": command.head,
        },
        done_by=officer_name(snapshot, shift.officer_id),
    )
    return draft.accepted(entry=entry.id, items=len(items))
