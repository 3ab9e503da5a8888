"""Cause of a red row about a person: where he is, and what was found."""

from collections.abc import Iterator
from datetime import datetime

from dutyboard.rules.people.contacts import is_positive
from dutyboard.rules.people.fever import open_doubt
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.text import Words
from dutyboard.tui.views.people import place_text


def cause_text(owed: Obligation, snapshot: Snapshot, now: datetime, words: Words) -> str:
    """Return place and finding of a person of a red row, `涟源宾馆 1室 37.6`; "" for any other row.

    A person who is not placed is found by his town.
    """
    person = snapshot.persons.get(owed.subject_id.number) if owed.grave and owed.subject_id.kind == "person" else None
    if person is None:
        return ""
    return " ".join((place_text(person, snapshot, words), *_findings(person, snapshot, now, words))).strip()


def _findings(person: Person, snapshot: Snapshot, now: datetime, words: Words) -> Iterator[str]:
    """Yield what makes it grave; a reading that is not settled stands for the temperature asked at first."""
    facts, doubt = person.facts, open_doubt(person, snapshot)
    if is_positive(facts):
        yield words.course.results["positive"]
    if doubt is not None:
        odd = doubt.suspected or doubt.first
        if odd.temp_c is not None:
            yield f"{odd.temp_c:.1f}"
        if odd.symptom:
            yield odd.symptom
        return
    if facts.temp_c is not None and facts.temp_c >= snapshot.daily_at(now).thresholds.fever_c:
        yield f"{facts.temp_c:.1f}"
    if facts.symptoms == "present":
        yield words.page.cause_symptoms
