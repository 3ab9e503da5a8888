"""What the log says of an act on a person: where he was placed, how he was moved, what a test found, who let him go."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.text import Words
from dutyboard.tui.views.fact_text import fact_label
from dutyboard.tui.views.times import clause


def care_texts(entry: Entry, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """The parts of one line; nothing for an entry of another kind."""
    data: dict[str, Any] = dict(entry.data)
    log, stages = words.log, words.course.stages
    if entry.kind == "assess" and "stage" in data:
        yield clause(words.duties, data["clause"]) if data.get("clause") else words.course.clause_refer
        yield stages[data["stage"]]
        yield from _room(data, snapshot, words)
    elif entry.kind == "transfer" and "vehicle" in data:
        left, arrived = (
            datetime.fromisoformat(data[name]).astimezone(snapshot.zone) for name in ("left_at", "arrived_at")
        )
        yield f"{left:%H:%M}-{arrived:%H:%M} {data['vehicle']} {data['driver']}"
        yield from _room(data, snapshot, words)
        yield log.received_by.format(who=data["received_by"])
    elif entry.kind == "test" and "result" in data:
        if not entry.obligation:  # else the slot has named the kind
            yield words.course.test_types[data["type"]]
        yield f"{data['sampled_on'][5:]} {words.course.results[data['result']]}"
    elif entry.kind == "release" and "to" in data:
        yield f"{stages[data['from']]} -> {stages[data['to']]}"
        yield log.led_by.format(who=entry.done_by)
        if data.get("overridden"):
            yield log.overridden.format(what=" ".join(words.assess.blockers[code] for code in data["overridden"]))
    elif entry.kind == "correct" and "changed" in data:
        yield " ".join(fact_label(key, words) for key in data["changed"])
    elif entry.kind == "positive" and "carried_out" in data:
        yield log.carried_out.format(done=len(data["carried_out"]), queued=len(data.get("queued", ())))
    elif entry.kind == "trace" and "contacts" in data:
        yield log.traced.format(n=data["contacts"])
        yield log.told.format(told=data.get("told", ""))


def _room(data: dict[str, Any], snapshot: Snapshot, words: Words) -> Iterator[str]:
    site = snapshot.sites.get(data.get("site_id") or 0)
    if site is not None:
        yield f"{site.label} {words.people.room.format(room=data.get('room'))}"
