"""`person`: one record with what section three says of it today, and everything that the log holds about it."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import msgspec

from rules.areas import AreaList
from rules.assess import assess
from rules.model import Person, subject_id
from rules.snapshot import Snapshot
from tui.records import document


def person_json(snapshot: Snapshot, person: Person, now: datetime) -> dict[str, Any]:
    """The record, its confirmed `assessment`, the result that its facts give at `now`, its history (oldest first)."""
    areas = AreaList(snapshot.areas.values())
    today = snapshot.day_of(now)
    stays = person.facts.stays
    judged = None if stays is None else tuple(areas.judged(stay, today) for stay in stays)
    result = assess(replace(person.facts, stays=judged), snapshot.notice_at(now))
    subject = subject_id(person)
    held = document(person)
    return {
        "id": person.id,
        **held,
        "assessment": held.get("assessment"),
        "result": {
            "decision": result.decision,
            "clause": result.clause,
            "also": result.also,
            "first_place": result.first_place,
            "provisional": result.provisional,
            "reasons": [reason.code for reason in result.reasons],
            "dates": msgspec.to_builtins(asdict(result.dates)),
        },
        "history": [
            {"id": entry.id, **document(entry)} for entry in snapshot.entries.values() if entry.subject == subject
        ],
    }
