"""A person's course drawn: days, stages as bars, tests as marks, and the highest temperature of each day.

A day takes five cells, or four where that is the room for all days. Where not all have room, those around today are
shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.plan import Plan
from dutyboard.rules.law.sampling.planned_tests import PlannedTest
from dutyboard.rules.records.readings import Reading
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, Piece, clip, pad, width
from dutyboard.tui.text import Words

WIDE, NARROW = 5, 4
"""Cells of a day: a temperature with its point and the mark of a fever, or as it is typed."""
MARGIN: Final = 6
_DAY: Final = timedelta(days=1)
_LETTERS: Final = {"pcr": "P", "serum": "S"}
"""Letters of the types of tests: PCR and serum."""


def time_line(
    plan: Plan, readings: Sequence[Reading], snapshot: Snapshot, now: datetime, words: Words, cells: int
) -> list[Line]:
    """Return the course in four rows at most; none where no stage has a first and a last day."""
    today = snapshot.day_of(now)
    room = cells - MARGIN
    days = _days_shown(plan, today, room // NARROW)
    if not days:
        return []
    size = WIDE if _days_shown(plan, today, room // WIDE) == days else NARROW
    lines = [_day_row(days, today, size), _stage_row(plan, days, size, words)]
    tests = {day: [test for test in plan.tests if test.day == day] for day in days}
    extras = {day: [sample for sample in plan.extras if sample.sampled_on == day] for day in days}
    if any(tests.values()) or any(extras.values()):
        marks = [_tests_cell(tests[day], extras[day], today, words) for day in days]
        lines.append(_row(marks, size, words.page.line_tests))
    highest = _highest(readings, snapshot)
    if any(day in highest for day in days):
        fever = snapshot.daily_at(now).thresholds.fever_c
        cells_of = [_temperature_cell(highest.get(day), fever, size) for day in days]
        lines.append(_row(cells_of, size, words.page.line_temperatures))
    return lines


def _days_shown(plan: Plan, today: date, room: int) -> list[date]:
    """Return the days of the stages whose days are known, as many as have room, those around today."""
    known = [(each.first, each.last) for each in plan.stages if each.first is not None and each.last is not None]
    if not known or room < 1:
        return []
    first, last = min(each for each, _ in known), max(each for _, each in known)
    every = (last - first).days + 1
    if every > room:
        first = max(first, min(today - room // 3 * _DAY, last - (room - 1) * _DAY))
    return [first + number * _DAY for number in range(min(every, room))]


def _row(cells: Sequence[Piece], size: int, label: str) -> Line:
    return ((" " + pad(label, MARGIN - 1), "dim"), *((pad(text, size), tone) for text, tone in cells))


def _day_row(days: Sequence[date], today: date, size: int) -> Line:
    """Return the days of the month, today's in brackets; the month stands first and where a new one begins."""
    pieces: list[Piece] = []
    for number, day in enumerate(days):
        if day == today:
            pieces.append((pad(f"[{day:%d}]", size), "strong"))
        elif number and day.day == 1:
            pieces.append((pad(f"{day.month}.1", size), "dim"))
        else:
            pieces.append((pad(f" {day:%d}", size), "dim"))
    return ((f"  {days[0]:%m}- ", "dim"), *pieces)


def _stage_row(plan: Plan, days: Sequence[date], size: int, words: Words) -> Line:
    """Return a bar for each stage, with its name. `<` and `>` stand where it begins and ends; an open side has none."""
    bars: list[Piece] = []
    at = 0
    for stage in plan.stages:
        if stage.first is None or stage.last is None or stage.kind == "done":
            continue
        first, last = max(stage.first, days[0]), min(stage.last, days[-1])
        begin, length = (first - days[0]).days * size, ((last - first).days + 1) * size
        overlap = max(0, at - begin)  # the day of a move is the last of one stage and the first of the next
        begin, length = begin + overlap, length - overlap
        if length < size:
            continue
        begins, ends = stage.first >= days[0], stage.last <= days[-1]
        bars += [(" " * (begin - at), "plain"), (_bar(words.page.stages[stage.kind], length, begins, ends), "plain")]
        at = begin + length
    return ((" " * MARGIN, "dim"), *bars)


def _bar(name: str, length: int, begins: bool, ends: bool) -> str:
    """Return a bar of so many cells with a name in it; a short one is the name alone."""
    if width(name) + 2 > length:
        short = clip(name, length)
        return short + "=" * (length - width(short))
    room = length - 2 - width(name)
    body = "=" * (room // 2) + name + "=" * (room - room // 2)
    return ("<" if begins else "=") + body + (">" if ends else "=")


def _tests_cell(tests: Sequence[PlannedTest], extras: Sequence[Sample], today: date, words: Words) -> Piece:
    """Return the letters of a day's tests and how the worst stands: `P阴`, `PS!` if one was missed, `P?`."""
    types = [*(test.type for test in tests), *(sample.type for sample in extras)]
    letters = "".join(_LETTERS[kind] for kind in dict.fromkeys(types))
    results = {*(test.result for test in tests), *(sample.result for sample in extras)}
    if "positive" in results:
        return f"{letters}{words.course.results['positive'][:1]}", "late"
    if any(each.missed_by(today) or (each.demanded and each.result is None and each.day < today) for each in tests):
        return f"{letters}!", "late"
    if results <= {"negative"}:
        return (f"{letters}{words.course.results['negative'][:1]}" if letters else ""), "dim"
    if results - {None, "negative"}:
        return f"{letters}?", "soon"
    return letters, "soon" if any(test.day == today and test.result is None for test in tests) else "plain"


def _highest(readings: Sequence[Reading], snapshot: Snapshot) -> Mapping[date, float]:
    """Return the highest temperature of each day."""
    highest: dict[date, float] = {}
    for each in readings:
        if each.temp_c is not None:
            day = snapshot.day_of(each.at)
            highest[day] = max(each.temp_c, highest.get(day, each.temp_c))
    return highest


def _temperature_cell(highest: float | None, fever: float, size: int) -> Piece:
    """Return a temperature, `36.5`, with `!` for a fever; without its point where a day has no room for it."""
    if highest is None:
        return "", "plain"
    high = highest >= fever
    text = f"{highest:.1f}" if size == WIDE else f"{round(highest * 10)}"
    return text + ("!" if high else ""), "late" if high else "dim"
