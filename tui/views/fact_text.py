"""One fact of a person in the officer's words, from its value in the facts object."""

from collections.abc import Mapping, Sequence
from typing import Any

from dutyboard.rules.law.facts import NO_ARRIVAL
from dutyboard.rules.records.codes import Destination, Room
from dutyboard.rules.records.effects import HIDDEN
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.unlike import sample_of
from dutyboard.tui.person_fields import FIELDS, FieldId
from dutyboard.tui.terminal.masking import secret
from dutyboard.tui.text import Words
from dutyboard.tui.views.site.rooms import rooms_written

_FIELD_OF: Mapping[str, FieldId] = {field.fact: field.id for field in reversed(FIELDS) if field.fact}
"""The first field that asks for a fact."""


def fact_label(key: str, words: Words) -> str:
    """Return the name of a fact or of a field of the record."""
    if (named := sample_of(key)) is not None:
        return f"{words.course.test_types[named[0]]} {named[1].isoformat()}"
    if key in words.page.facts:
        return words.page.facts[key]
    field: str = _FIELD_OF.get(key, key)
    return words.person.fields.get(field) or words.trail.fields.get(key, key)  # type: ignore[call-overload]


def fact_text(key: str, value: Any, words: Words) -> str:
    """Return the value of a fact in words; "" if nobody was asked.

    `value` is the JSON value (`rules.law.facts.facts_json`).
    """
    if value is None:
        return words.person.answers["pcr"]["none"] if key in ("pcr", "arrival_pcr") else ""
    if key == "arrival_at" and value == NO_ARRIVAL:
        return words.person.resident
    if key == "stays":
        return _joined([_stay(each, words) for each in value], words) or words.page.nothing
    if key in ("pcr", "arrival_pcr"):
        return _sample(value, words)
    if key == "tests":
        return _joined([_sample(each, words) for each in value], words) or words.page.nothing
    if key == "linked":
        return _joined([str(each.get("id", "")) for each in value], words)
    if isinstance(value, bool):
        return words.conditions.answers["yes" if value else "no"]
    answers: Mapping[str, str] = words.person.answers.get(_FIELD_OF.get(key, key), {})  # type: ignore[call-overload]
    return answers.get(str(value), str(value).replace("T", " "))


def side_text(key: str, value: Any, words: Words) -> str:
    """Return one value of a field in words; `-`: nothing is known."""
    if key in HIDDEN:
        return secret(value or "") or "-"
    if sample_of(key) is not None:
        return words.course.results.get(value, value) or "-"
    if key == "rooms" and value:
        return rooms_written(value)
    if key == "level":
        return words.lists.levels.get(value, value)
    if key == "areas":
        return words.marks.comma.join(value) or "-"
    return fact_text(key, value, words) or "-"


def _stay(stay: Mapping[str, Any], words: Words) -> str:
    parts = [stay.get("place", ""), words.conditions.answers.get(stay.get("category", ""), ""), stay.get("left_on", "")]
    return " ".join(part for part in parts if part)


def _sample(sample: Mapping[str, Any], words: Words) -> str:
    kind, result = sample.get("type"), sample.get("result")
    parts = [
        words.course.test_types[kind] if kind else "",
        words.course.results[result] if result else words.page.nothing,
        str(sample.get("sampled_at") or sample.get("sampled_on") or "").replace("T", " "),
    ]
    return " ".join(part for part in parts if part)


def _joined(texts: Sequence[str], words: Words) -> str:
    return words.marks.semicolon.join(text for text in texts if text)


def destination_text(
    to: Destination, place: str, site_id: int | None, room: Room | None, snapshot: Snapshot, words: Words
) -> str:
    """Return where a ride goes: a site with its room, the other county, or the kind of place."""
    site = snapshot.sites.get(site_id or 0)
    if site is not None:
        return site.name if room is None else room_text(site_id, room, snapshot, words)
    return place or words.course.places[to]


def room_text(site_id: int | None, room: Room | None, snapshot: Snapshot, words: Words) -> str:
    """Return a room with the label of its site; "" where there is no site."""
    site = snapshot.sites.get(site_id or 0)
    return f"{site.label or site.name} {words.people.room.format(room=room)}" if site else ""
