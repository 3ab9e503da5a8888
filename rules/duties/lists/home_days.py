"""People at home day by day, as the daily checks and single readings tell (三（十二）)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Literal

from dutyboard.frozen import frozen
from dutyboard.rules.duties.lists.halves import Half, half_of
from dutyboard.rules.duties.person import home_checks
from dutyboard.rules.people.fever import readings_of
from dutyboard.rules.records.codes import HomeWay
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry, Person
from dutyboard.rules.records.readings import Reading
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import HomeChecked

HomeFound = Literal["home", "absent", "refused", "counted"]
"""Words of a check about somebody at home. `counted`: it told of all together, and named nobody."""


@frozen
class HomeDay:
    """Somebody at home on a day. `am` and `pm` are his last temperatures in °C of each half.

    None: nobody has measured, or looked for him. `by` made the check, `at` is when.
    `how`: None where nobody has said.
    """

    person: Person
    day: date
    unit: str
    am: float | None
    pm: float | None
    symptoms: tuple[str, ...]
    found: HomeFound | None
    by: str = ""
    at: datetime | None = None
    remark: str = ""
    how: HomeWay | None = None


def home_days(snapshot: Snapshot, unit_id: int | None, first: date, last: date, now: datetime) -> Iterator[HomeDay]:
    """Yield each person who was to be seen at home on each day, unit by unit (None: of all units)."""
    for ordinal in range(first.toordinal(), min(last, snapshot.day_of(now)).toordinal() + 1):
        day = date.fromordinal(ordinal)
        for owed in home_checks.owed(snapshot, day, now):
            if unit_id is not None and owed.subject_id != Subject("unit", unit_id):
                continue
            checks = snapshot.parts.get(owed.id, ())
            for subject in owed.people:
                person = snapshot.persons.get(subject.number)
                if person is not None:
                    yield _day(person, day, owed.subject, checks, subject in owed.left, snapshot)


def _day(person: Person, day: date, unit: str, checks: Sequence[Entry], left: bool, snapshot: Snapshot) -> HomeDay:
    name = Subject("person", person.id)
    found: HomeFound | None = None
    by, at, remark, how = "", None, "", None
    for entry in checks:
        told = entry.told
        if not isinstance(told, HomeChecked) or not (told.names(name) or (told.names_nobody and not left)):
            continue
        found = _found(told, name)
        by, at, remark, how = entry.done_by, entry.happened_at, told.remarks.get(name, ""), told.how
    readings = [each for each in readings_of(person, snapshot) if snapshot.day_of(each.at) == day]
    return HomeDay(
        person=person,
        day=day,
        unit=unit,
        am=_last(readings, "am", snapshot),
        pm=_last(readings, "pm", snapshot),
        symptoms=tuple(dict.fromkeys(each.symptom for each in readings if each.symptom)),
        found=found,
        by=by,
        at=at,
        remark=remark,
        how=how,
    )


def _found(told: HomeChecked, name: Subject) -> HomeFound:
    """Return what a check says of somebody whom it names, or of all."""
    if name in told.absent:
        return "absent"
    if name in told.refused:
        return "refused"
    return "home" if name in told.met else "counted"


def _last(readings: Sequence[Reading], half: Half, snapshot: Snapshot) -> float | None:
    """Return the last temperature of one half of a day."""
    of_half = (each for each in reversed(readings) if half_of(each.at, snapshot) == half and each.temp_c is not None)
    return next((each.temp_c for each in of_half), None)
