"""Effects of a correction in words, before it is agreed to: acts that go too, and who changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from dutyboard.rules.amending.following import Following, PersonFollowing, following
from dutyboard.rules.decide import foreseen
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.text import Words
from dutyboard.tui.views.entry.line import entry_text
from dutyboard.tui.views.fact_text import room_text
from dutyboard.tui.views.people import stage_text
from dutyboard.tui.views.person.consequences import change_text


def following_texts(command: Amend, snapshot: Snapshot, now: datetime, actor: Actor, words: Words) -> list[str]:
    """Return a line for each act and each person; none where the rules do not ask first."""
    asked = foreseen(replace(command, agreed=False), snapshot, now, actor)
    accepted = foreseen(replace(command, agreed=True), snapshot, now, actor)
    if isinstance(accepted, Refusal) or not isinstance(asked, Refusal) or asked.code != "asks_first":
        return []
    return [*_texts(following(accepted, command.entry_id, snapshot, now), snapshot, words)]


def _texts(found: Following, snapshot: Snapshot, words: Words) -> Iterator[str]:
    said = words.amending
    for each in found.entries:
        yield said.goes_too.format(entry=each.id, text=entry_text(each, snapshot, words))
    for person in found.people:
        yield said.changes.format(name=person.after.name, what="  ".join(_changes(person, snapshot, words)))


def _changes(person: PersonFollowing, snapshot: Snapshot, words: Words) -> Iterator[str]:
    before, after = (_standing(each, snapshot, words) for each in (person.before, person.after))
    if before != after:
        yield words.log.change.format(before=before, after=after)
    if bool(person.before.stopped_by) != bool(person.after.stopped_by):
        yield words.amending.stop_ends if person.before.stopped_by else words.amending.stop_begins
    yield from (change_text(each, words) for each in person.course)


def _standing(person: Person, snapshot: Snapshot, words: Words) -> str:
    room = room_text(person.site_id, person.room, snapshot, words) if person.room is not None else ""
    return f"{stage_text(person, snapshot, words)} {room}".strip()
