"""Names of duties by their ids: day, subject and slot, owed now or long ago."""

from collections.abc import Mapping
from datetime import datetime

from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.text import Words
from dutyboard.tui.views.entry.names import subject_name


def duty_name(obligation: str, snapshot: Snapshot, words: Words) -> str:
    """Return day, subject and name of a duty by its id; it need not be owed any more."""
    duty = DutyId.parse(obligation)
    if duty is None:
        return obligation
    parts = (f"{duty.day:%m-%d}", subject_name(duty.subject, snapshot), duty_name_alone(duty, snapshot, words))
    return " ".join(part for part in parts if part)


def duty_name_alone(obligation: str, snapshot: Snapshot, words: Words) -> str:
    """Return the name of a duty by its id, without day and subject."""
    duty = DutyId.parse(obligation)
    if duty is None:
        return obligation
    named = slot_said(duty.slot, midnight(duty.day, snapshot.zone), snapshot, words)
    return named or _of_kind(duty.slot, words)


def _of_kind(slot_id: str, words: Words) -> str:
    """Return the name of the kind that a slot is called after; without one, its code."""
    kinds: Mapping[str, str] = dict(words.duties.kinds.items())
    code = slot_id.replace("-", "_")
    if slot_id.startswith("handover-"):  # its hour stands behind it
        return f"{kinds['handover']} {slot_id[-4:-2]}:{slot_id[-2:]}"
    return kinds.get(code) or kinds.get(f"{code}_report", slot_id)


def duty_said(obligation: str, about: str, snapshot: Snapshot, words: Words) -> str:
    """Return the name of a duty by its id, with its subject unless that is what is spoken of already."""
    duty = DutyId.parse(obligation)
    alone = duty_name_alone(obligation, snapshot, words)
    named = subject_name(duty.subject, snapshot) if duty is not None and duty.subject != about else ""
    return f"{named} {alone}".strip()


def slot_said(slot_id: str, on: datetime, snapshot: Snapshot, words: Words) -> str:
    """Return the name of a slot in the notice of an instant; "" where it has none."""
    slot = snapshot.daily_at(on).find_slot(slot_id)
    return slot.name.said_in(words.language) if slot else words.duties.slots.get(slot_id, "")
