"""Readings of a person: the rows of his page, and the line about one that is not settled."""

from collections.abc import Iterator
from typing import Final

from dutyboard.rules.people.fever import Doubt, on_time
from dutyboard.rules.records.readings import Reading
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Tone, width
from dutyboard.tui.text import Words
from dutyboard.tui.views.times import day_clock, near

SHOWN = 12
"""Readings of a page, the newest first; the log has the rest."""
LEVELS: Final = "_.-'"
"""Signs of a trend from the lowest reading to the highest; of one cell on every terminal."""
LEAST_SPAN: Final = 1.0
"""Degrees that all levels together stand for at least: the usual ups and downs draw no mountains."""


def doubt_text(doubt: Doubt, snapshot: Snapshot, words: Words) -> str:
    """Return the odd reading, and from when until when it is taken again."""
    zone = snapshot.zone
    after = doubt.first.at + snapshot.daily_at(doubt.first.at).thresholds.retake_after
    return words.page.reading_doubt.format(
        first=reading_text(doubt.first, snapshot, words),
        after=near(after, doubt.first.at, zone),
        due=near(on_time(doubt, snapshot), doubt.first.at, zone),
    )


def trend_text(readings: tuple[Reading, ...], words: Words, cells: int) -> str:
    """Return the temperatures as a line of signs, oldest first, with the highest in figures; "" for fewer than two.

    Where not all have room, the newest are drawn.
    """
    taken = [each.temp_c for each in readings if each.temp_c is not None]
    if len(taken) < 2:
        return ""
    highest = words.page.reading_highest.format(temp=f"{max(taken):.1f}")
    drawn = taken[-max(1, cells - width(highest) - 2) :]
    lowest, span = min(drawn), max(LEAST_SPAN, max(drawn) - min(drawn))
    top = len(LEVELS) - 1
    return "".join(LEVELS[round((each - lowest) / span * top)] for each in drawn) + f"  {highest}"


def reading_rows(readings: tuple[Reading, ...], snapshot: Snapshot, words: Words) -> Iterator[tuple[str, Tone]]:
    """Yield the newest readings, one a row; odd ones in the tone of what is wrong."""
    for each in reversed(readings[-SHOWN:]):
        limits = snapshot.daily_at(each.at).thresholds
        odd = each.symptom or (each.temp_c is not None and not limits.low_c <= each.temp_c < limits.fever_c)
        yield reading_text(each, snapshot, words), "late" if odd else "plain"


def reading_text(reading: Reading, snapshot: Snapshot, words: Words) -> str:
    """Return one reading: when, degrees, symptom, device, who took it, and that it was taken again."""
    page = words.page
    parts = [
        day_clock(reading.at, snapshot.zone),
        f"{reading.temp_c:.1f}" if reading.temp_c is not None else page.reading_none,
        page.reading_symptom.format(text=reading.symptom) if reading.symptom else "",
        page.reading_retake if reading.retake_of is not None else "",
        reading.device,
        reading.by,
    ]
    return " ".join(part for part in parts if part)
