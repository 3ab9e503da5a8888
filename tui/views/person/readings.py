"""Readings of a person: the rows of his page, and the line about one that is not settled."""

from collections.abc import Iterator

from dutyboard.rules.people.fever import Doubt, on_time
from dutyboard.rules.records.readings import Reading
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Tone
from dutyboard.tui.text import Words
from dutyboard.tui.views.times import day_clock, near

SHOWN = 12
"""Readings of a page, the newest first; the log has the rest."""


def doubt_text(doubt: Doubt, snapshot: Snapshot, words: Words) -> str:
    """Return the odd reading, and from when until when it is taken again."""
    zone = snapshot.zone
    after = doubt.first.at + snapshot.daily_at(doubt.first.at).thresholds.retake_after
    return words.page.reading_doubt.format(
        first=reading_text(doubt.first, snapshot, words),
        after=near(after, doubt.first.at, zone),
        due=near(on_time(doubt, snapshot), doubt.first.at, zone),
    )


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
