"""Effect of another notice on the people of a desk, in lines: a summary first, the days, then each person."""

from collections.abc import Iterator, Mapping
from typing import Any

from dutyboard.rules.people.changes import changed_json
from dutyboard.rules.switching import Difference, Switch, summary
from dutyboard.tui.terminal.cells import width, wrap
from dutyboard.tui.text import Words

_INDENT = "    "


def effect_lines(found: Switch, names: Mapping[str, str], rooms: int, words: Words, cells: int) -> list[str]:
    """Return the lines, none wider than `cells`. `names` are those of the people by `person-12`; `rooms` there are."""
    said = words.desk_acts
    lines = [*summary_lines(found, rooms, words), "", said.notice_days]
    lines += [
        said.notice_day.format(
            day=f"{each.day:%m-%d}",
            rooms_before=each.rooms_before,
            rooms_after=each.rooms_after,
            tests_before=each.tests_before,
            tests_after=each.tests_after,
        )
        for each in found.loads
    ]
    lines += ["", said.notice_people] if found.changes else []
    rows = [row for line in lines for row in wrap(line, cells)]
    return [*rows, *(row for each in found.changes for row in _person(each, names, words, cells))]


def summary_lines(found: Switch, rooms: int, words: Words) -> Iterator[str]:
    """Return the figures of a switch: who changes, ends, places, calls after a release, rooms, tests."""
    said, figures = words.desk_acts, summary(found)
    yield said.notice_effect.format(changed=len(found.changes), unchanged=found.unchanged)
    yield said.notice_ends.format(earlier=figures.freed_earlier, longer=figures.held_longer)
    for (before, after), people in sorted(figures.moves.items(), key=lambda each: -each[1]):
        places = [words.course.places[each] if each else said.notice_referred for each in (before, after)]
        yield said.notice_move.format(before=places[0], after=places[1], people=people)
    if found.calls_before != found.calls_after:
        days = [_days(each, words) for each in (found.calls_before, found.calls_after)]
        yield said.notice_calls.format(before=days[0], after=days[1])
    yield said.notice_rooms.format(before=figures.rooms_before, after=figures.rooms_after, rooms=rooms)
    yield said.notice_tests.format(before=figures.tests_before, after=figures.tests_after)


def _days(days: tuple[int, ...], words: Words) -> str:
    said = words.desk_acts
    numbers = words.marks.comma.join(map(str, days))
    return said.notice_call_days.format(days=numbers) if days else said.notice_no_calls


def _person(each: Difference, names: Mapping[str, str], words: Words, cells: int) -> list[str]:
    """Return one person with all that changes for him; a change is not broken where it fits on a row."""
    rows = [f"{each.person} {names[each.person]}"]
    for changed in changed_json(each.changes):
        part = _part(changed, words)
        if width(f"{rows[-1]}  {part}") <= cells:
            rows[-1] += f"  {part}"
        else:
            rows.append(_INDENT + part)
    return [row for line in rows for row in wrap(line, cells)]


def _part(changed: Mapping[str, Any], words: Words) -> str:
    """Return one change, `解除 2021-06-29 → 2021-06-18`; for tests, the numbers that fall away and are added."""
    name = words.cli.parts[changed["part"]]
    if changed["part"] == "tests":
        return f"{name} -{len(changed['before'])} +{len(changed['after'])}"
    if changed["part"] == "samples":
        return f"{name} {len(changed['after'])}"
    was, now = (_said(changed["part"], changed[side], words) for side in ("before", "after"))
    return f"{name} {was} → {now}"


def _said(part: str, value: Any, words: Words) -> str:
    said: Mapping[str, str] = {}
    if part == "decision":
        said = dict(words.course.decisions)
    elif part in ("first_place", "provisional"):
        said = {**words.course.provisional, **words.course.places}
    return "-" if value is None else said.get(value, str(value))
