"""Names of what an entry is about, and of who made it."""

from collections.abc import Iterator, Mapping

from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.records.ids import POST, Subject
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot


def subject_name(subject: str, snapshot: Snapshot) -> str:
    """Return the name of `site-1`, `unit-3`, `person-12`; "" for the command post itself."""
    if subject == POST:
        return ""
    named = Subject.parse(subject)
    if named is None:
        return subject
    table, number = named.record
    return getattr(getattr(snapshot, table).get(number), "name", subject)


def remarks_said(told: Mapping[str, str], snapshot: Snapshot) -> Iterator[str]:
    """Yield the words that an entry keeps about each person it names."""
    for whose, text in told.items():
        yield f"{subject_name(whose, snapshot)} {text}"


def entered_by(entry: Entry, snapshot: Snapshot) -> str:
    """Return the name of the officer who made the entry, or the login if the desk does not know him."""
    return officer_name(snapshot, entry.entered_by) or entry.login


def officer_said(officer_id: int, snapshot: Snapshot) -> str:
    """Return the name of an officer; `?` if the desk does not know him."""
    return officer_name(snapshot, officer_id) or "?"
