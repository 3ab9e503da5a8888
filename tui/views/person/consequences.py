"""The consequences of a positive result or a release: one row a person, and the change of his days."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from dutyboard.rules.duties.person.positive import Consequence, consequences
from dutyboard.rules.people.changes import Changed, changed_json
from dutyboard.rules.records.outcome import FoundPositive
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.terminal.cells import Line, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.entry.names import subject_name
from dutyboard.tui.views.entry.person import moved_text
from dutyboard.tui.views.times import clause


def consequence_lines(found: Sequence[Consequence], snapshot: Snapshot, words: Words, cells: int) -> list[Line]:
    """Return the rows. If the act does not carry a consequence out itself, its row says who does."""
    lines: list[Line] = []
    for each in found:
        person = snapshot.persons[each.person_id]
        text = words.people.consequences[each.kind].format(name=person.name, clause=clause(words.duties, each.clause))
        site = snapshot.sites.get(person.site_id or 0)
        if site is not None:
            text += f"  {site.label} {words.people.room.format(room=person.room)}"
        lines += [((f" {row}", "strong" if each.at_once else "soon"),) for row in wrap(f"- {text}", cells - 2)]
        for detail in _details(each, snapshot, words):
            lines += [((f"     {row}", "plain"),) for row in wrap(detail, cells - 7)]
    return lines


def consequence_json(each: Consequence) -> dict[str, Any]:
    """Return one consequence as the command line writes it."""
    return {
        "id": each.id,
        "kind": each.kind,
        "person": each.person_id,
        "clause": each.clause,
        "at_once": each.at_once,
        "waits_for": list(each.waits_for),
        "blockers": [block.code for block in each.blockers],
        "changes": changed_json(each.changes),
    }


def after_sheet(snapshot: Snapshot, answer: Accepted) -> Snapshot:
    """Return the picture with what a sheet brings, which a preview has not written."""
    told = answer.entries[0] if answer.entries else None
    if told is None or snapshot.entries.get(told.id) == told:
        return snapshot
    return snapshot.applied(snapshot.seq + 1, answer.changes, answer.removed)


def of_positives(
    found: Sequence[FoundPositive], snapshot: Snapshot, now: datetime
) -> list[tuple[FoundPositive, tuple[Consequence, ...]]]:
    """Return what each positive of a sheet brings, before it is written or after."""
    return [(each, consequences(snapshot, snapshot.persons[each.person_id], now, each.sampled_on)) for each in found]


def _details(each: Consequence, snapshot: Snapshot, words: Words) -> list[str]:
    comma, details = words.marks.comma, []
    # A day that is not known any more says nothing: in hospital none is.
    told = [change for change in each.changes if change.after is not None]
    if told:
        details.append("  ".join(change_text(change, words) for change in told))
    if each.waits_for:
        names = [subject_name(contact, snapshot) for contact in each.waits_for]
        details.append(words.course.waits_for.format(what=comma.join(names)))
    if each.blockers:
        what = comma.join(dict.fromkeys(words.assess.blockers[block.code] for block in each.blockers))
        details.append(f"{words.people.gate_blocked} {what}")
    if each.kind == "convert" and not each.at_once:
        details.append(words.people.left_in_queue)
    return details


def change_text(change: Changed, words: Words) -> str:
    """Return one change, `隔离至 06-14 -> 06-21`. Of tests it names those that fall away and those that are added."""
    name = words.people.parts[change.part]
    if change.part == "tests":
        gone, come = (_tests(told, words) for told in (change.before, change.after))
        return " ".join([name, *(f"-{each}" for each in gone), *(f"+{each}" for each in come)])
    if change.part == "samples":
        moved: Any = change.after
        return " ".join([name, *(moved_text(each, words) for each in moved)])
    return f"{name} {_told(change.part, change.before, words)} -> {_told(change.part, change.after, words)}"


def _tests(told: Any, words: Words) -> list[str]:
    return [f"{day:%m-%d}{words.course.test_types[kind]}" for kind, day in told]


def _told(part: str, told: Any, words: Words) -> str:
    if told is None:
        return words.people.open_end
    if isinstance(told, date):
        return f"{told:%m-%d}"
    if part in ("clause", "provisional"):
        return words.course.provisional.get(told) or clause(words.duties, told)
    named: dict[str, dict[str, str]] = {
        "decision": dict(words.course.decisions),
        "first_place": dict(words.course.places),
    }
    return named.get(part, {}).get(told, str(told))
