"""Temperatures and symptoms of people, as the entries of the log tell them.

Nothing is stored beside the log: an entry that is corrected or taken back takes its readings with it. They stay as long
as the live entries do, which is longer than any stay; the archives have the rest.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from dutyboard.frozen import frozen
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.told.person import Arrived, HomeChecked, ReadingTaken, Transferred
from dutyboard.rules.records.told.site import RoundDone, TemperatureTaken


@frozen
class Reading:
    """One temperature of a person in °C, or None where only a symptom was told; "" where none was.

    `by` took it. `entry` is the id of the entry that tells it; `retake_of` that of the reading that it checks.
    """

    at: datetime
    temp_c: float | None
    by: str = ""
    device: str = ""
    symptom: str = ""
    entry: int = 0
    retake_of: int | None = None


def readings_told(entry: Entry) -> Iterator[tuple[int, Reading]]:
    """Yield each person's number and reading that an entry tells, the first of two before the second."""
    match entry.told:
        case ReadingTaken() as told:
            subject = Subject.parse(entry.subject)
            if subject is not None:
                yield (
                    subject.number,
                    _reading(entry, told.temp_c, device=told.device, symptom=told.symptom, retake_of=told.retake_of),
                )
        case Arrived(temp_c=temp_c) | Transferred(temp_c=temp_c):
            subject = Subject.parse(entry.subject)
            if subject is not None and temp_c is not None:
                yield subject.number, _reading(entry, temp_c)
        case TemperatureTaken(readings=readings, first=first, symptoms=symptoms):
            yield from _in_round(entry, first, readings, symptoms)
        case RoundDone(symptoms=symptoms):
            yield from _in_round(entry, {}, {}, symptoms)
        case HomeChecked(readings=readings, unwell=unwell, remarks=remarks):
            yield from _in_round(entry, {}, readings, {each: remarks.get(each, entry.text) for each in unwell})
        case _:
            return


def _in_round(
    entry: Entry, first: Mapping[str, int | float], readings: Mapping[str, int | float], symptoms: Mapping[str, str]
) -> Iterator[tuple[int, Reading]]:
    for whose in dict.fromkeys((*first, *readings, *symptoms)):
        subject = Subject.parse(whose)
        if subject is None:
            continue
        if whose in first:
            yield subject.number, _reading(entry, first[whose])
        if whose in readings or whose in symptoms:
            retake_of = entry.id if whose in first else None
            told = _reading(entry, readings.get(whose), symptom=symptoms.get(whose, ""), retake_of=retake_of)
            yield subject.number, told


def _reading(
    entry: Entry, temp_c: float | None, *, device: str = "", symptom: str = "", retake_of: int | None = None
) -> Reading:
    return Reading(
        at=entry.happened_at,
        temp_c=temp_c,
        by=entry.done_by,
        device=device,
        symptom=symptom,
        entry=entry.id,
        retake_of=retake_of,
    )
