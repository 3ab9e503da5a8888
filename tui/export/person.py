"""`person`: one record with its course under the notice, what blocks its release, and all that the log holds of it."""

from datetime import datetime
from typing import Any

from rules.model import Person, subject_id
from rules.moving import gate_of
from rules.snapshot import Snapshot
from tui.records import document
from tui.text.assess_words import gate_json, plan_json, result_json


def person_json(snapshot: Snapshot, person: Person, now: datetime) -> dict[str, Any]:
    """The record and its confirmed `assessment`; the `result` and `plan` that its facts give at `now`; the `gate` of
    the stage it is in (None: none to end); its `history`, oldest first."""
    course = snapshot.courses.of(person, snapshot, now)
    subject = subject_id(person)
    held = document(person)
    return {
        "id": person.id,
        **held,
        "assessment": held.get("assessment"),
        "result": result_json(course.result),
        "plan": plan_json(course.plan),
        "gate": gate_json(gate_of(person, snapshot, now)),
        "history": [
            {"id": entry.id, **document(entry)} for entry in snapshot.entries.values() if entry.subject == subject
        ],
    }
