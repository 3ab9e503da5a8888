"""Record of one person as JSON, with course, blockers of the release and history (`person --json`)."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from dutyboard.rules.board import board
from dutyboard.rules.duties.person.positive import earlier_release
from dutyboard.rules.law.explain import facts_used
from dutyboard.rules.people.contacts import Bearers, companions_told
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.ending import ends_told
from dutyboard.rules.people.fever import readings_of
from dutyboard.rules.people.leaving import gate_of
from dutyboard.rules.people.next_step import NextStep, next_step
from dutyboard.rules.people.provenance import told_in
from dutyboard.rules.people.stage import on_desk, stage_of
from dutyboard.rules.records.model import Entry, Person, subject_id
from dutyboard.rules.records.obligation import OWED
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.unlike import contradictions_of, standing_value
from dutyboard.tui.export.result_json import gate_json, plan_json, result_json
from dutyboard.tui.link.records import document
from dutyboard.tui.link.trail import RecordChange
from dutyboard.tui.text import LANGUAGES, words


def person_json(
    snapshot: Snapshot, person: Person, now: datetime, entries: Iterable[Entry], changes: Iterable[RecordChange]
) -> dict[str, Any]:
    """Returns the record and all that is known of it at `now`.

    `assessment`: as confirmed. `result`, `plan`: from the facts at `now`. `gate`: of the present stage, None if it has
    no end. `earlier_release`: when national practice would let a secondary contact go (O13). `told`: when each used
    fact was stated, and in which entry (None: at registration). `readings`: temperatures and symptoms, oldest
    first. `owed`: what names him on the board. `next`: the next dated step of his plan. `history`: entries of the log.
    `contradictions`: fields told unlike that nobody has decided.
    `companions_known`: each companion as told, with the desk's people of that name.
    `changes`: who changed which field, and when.
    """
    course = course_of(person, snapshot, now)
    history = tuple(entries)
    told = {key: told_in(key, history) for key in facts_used(course.result)}
    end = person.end or ends_told(history).get(subject_id(person))
    held = document(person if on_desk(person) else replace(person, end=end))
    earlier = earlier_release(snapshot, person, now)
    return {
        "id": person.id,
        **held,
        "assessment": held.get("assessment"),
        "end": held.get("end"),
        "stage": stage_of(person),
        "found_by": person.found_by,
        "companions_known": [
            {"name": each.name, "persons": [subject_id(one) for one in each.known]}
            for each in companions_told(person.companions, Bearers(snapshot.persons.values()), person.id)
        ],
        "owed": _owed(snapshot, person, now),
        "next": _next(next_step(person, course, snapshot.day_of(now))),
        "referral": _referral(held.get("referral")),
        "contradictions": _unlike(person, snapshot),
        "result": result_json(course.result, words(LANGUAGES[0])),
        "plan": plan_json(course.plan),
        "gate": gate_json(gate_of(person, snapshot, now)),
        "readings": [
            {
                "at": each.at.astimezone(snapshot.zone).isoformat(timespec="seconds"),
                "temp_c": each.temp_c,
                "by": each.by,
                "device": each.device,
                "symptom": each.symptom,
                "entry": each.entry,
                "retake_of": each.retake_of,
            }
            for each in readings_of(person, snapshot)
        ],
        "earlier_release": earlier.isoformat() if earlier else None,
        "told": {
            key: {
                "entry": entry.id if entry else None,
                "at": (entry.entered_at if entry else person.registered_at).isoformat(),
            }
            for key, entry in told.items()
        },
        "history": [{"id": entry.id, **document(entry)} for entry in history],
        "changes": [{**asdict(change), "at": change.at.isoformat()} for change in changes],
    }


def _unlike(person: Person, snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return the fields told unlike, each with the entry that brought it and its place in a sheet."""
    return [
        {
            "field": each.field,
            "stands": standing_value(person, each.field),
            "other": each.other,
            "entry": each.entry,
            "sheet": each.sheet or None,
            "row": each.row or None,
            "since": each.found_at.astimezone(snapshot.zone).isoformat(timespec="seconds"),
        }
        for each in contradictions_of(person, snapshot)
    ]


def _owed(snapshot: Snapshot, person: Person, now: datetime) -> list[dict[str, Any]]:
    """Return what is owed of a person now or later today, also inside a round, a check or a row.

    Of somebody whose record is closed it is what is about him alone: the round that he was in is owed without him.
    """
    if snapshot.desk is None:
        return []
    mine = [
        each
        for each in board(snapshot, now).obligations
        if each.names(subject_id(person)) and (on_desk(person) or len(each.people) <= 1)
    ]
    return [
        {
            "id": each.id,
            "kind": each.kind,
            "clause": each.clause,
            "state": each.state,
            "due": each.due.astimezone(snapshot.zone).isoformat(timespec="seconds"),
            "priority": each.priority,
        }
        for each in mine
        if each.state in OWED or each.state in ("upcoming", "missed")
    ]


def _next(step: NextStep | None) -> dict[str, Any] | None:
    """Return the next dated step of a plan: its day, a test's type or a stage's kind, and the clause."""
    return {"day": step.day.isoformat(), "step": step.kind, "clause": step.clause} if step is not None else None


def _referral(held: Any) -> dict[str, Any] | None:
    """Return the last referral of a person: since when, why, who answers, and the answer (None: it is open)."""
    return {"owed_to": "command_post", "answer": None, **held} if held is not None else None
