"""Slices of the log by kind, by unit or site, by officer and by day, which combine."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, Literal

from dutyboard.rules.duties.post.matters import about_whom
from dutyboard.rules.people.stage import lodging
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.ids import POST, Subject
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, pad
from dutyboard.tui.text import Words
from dutyboard.tui.views.entry.names import entered_by, subject_name

SliceBy = Literal["kind", "place", "who", "day"]
SLICES: Final[tuple[SliceBy, ...]] = ("kind", "place", "who", "day")
Sliced = Mapping[SliceBy, str]
"""The values that entries must have: a kind, `site-1` or `unit-3`, a name, a day as `2021-06-07`."""

_BY_CELLS, _NAME_CELLS = 10, 26


def slice_values(entry: Entry, by: SliceBy, snapshot: Snapshot) -> frozenset[str]:
    """Return the values by which an entry is found in the slices of one sort."""
    if by == "kind":
        return frozenset({entry.kind})
    if by == "place":
        return frozenset(_places(entry.subject, snapshot))
    if by == "who":
        return frozenset({entered_by(entry, snapshot), entry.done_by} - {""})
    return frozenset({snapshot.day_of(entry.happened_at).isoformat()})


def _places(subject: str, snapshot: Snapshot) -> set[str]:
    """Return the unit and the site that a subject is, or belongs to."""
    told = Subject.parse(subject)
    if told is None or told == POST:
        return set()
    named = about_whom(told, snapshot)
    if named.kind in ("site", "unit"):
        return {named}
    if named.kind == "staff":
        member = snapshot.staff.get(named.number)
        return {Subject("site", member.site_id)} if member is not None else set()
    person = snapshot.persons.get(named.number) if named.kind == "person" else None
    if person is None:
        return set()
    held = lodging(person)
    return {
        *({Subject("unit", person.unit_id)} if person.unit_id is not None else ()),
        *({Subject("site", held.site_id)} if held is not None and held.site_id is not None else ()),
    }


def in_slices(chosen: Sliced, snapshot: Snapshot) -> Callable[[Entry], bool]:
    """Return the test that an entry passes if it has every value that was chosen."""
    others = {by: value for by, value in chosen.items() if by != "day"}
    day = bounds(date.fromisoformat(chosen["day"]), snapshot.zone) if "day" in chosen else None

    def passes(entry: Entry) -> bool:
        if day is not None and not day[0] <= entry.happened_at < day[1]:
            return False
        return all(value in slice_values(entry, by, snapshot) for by, value in others.items())

    return passes


def slice_name(by: SliceBy, value: str, snapshot: Snapshot, words: Words) -> str:
    """Return a value in words: the kind's name, a unit or site, an officer, month and day."""
    if by == "kind":
        names: Mapping[str, str] = dict(words.log.kinds.items())
        return names.get(value, value)
    if by == "place":
        return subject_name(value, snapshot)
    return value[5:] if by == "day" else value


def slice_choices(
    entries: Iterable[Entry], chosen: Sliced, snapshot: Snapshot, words: Words
) -> list[tuple[SliceBy, str, str, Line]]:
    """Return every value that can be chosen: its sort, itself, the text that finds it, and its row.

    The row counts the entries that have it beside what is chosen of the other sorts.
    """
    told, found = list(entries), list[tuple[SliceBy, str, str, Line]]()
    for by in SLICES:
        passes = in_slices({key: value for key, value in chosen.items() if key != by}, snapshot)
        counts = Counter(value for entry in told if passes(entry) for value in slice_values(entry, by, snapshot))
        label = words.screens.log_slices[by]
        order = sorted(counts, reverse=True) if by == "day" else sorted(counts, key=lambda each: (-counts[each], each))
        for value in order:
            name = slice_name(by, value, snapshot, words)
            mark = "v" if chosen.get(by) == value else " "
            row = f"  {mark} {pad(label, _BY_CELLS)}{pad(name, _NAME_CELLS)}{counts[value]:>6}"
            found.append((by, value, f"{label} {name}", ((row, "strong" if mark == "v" else "plain"),)))
    return found
