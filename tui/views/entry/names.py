"""Names of what an entry is about, and of who made it."""

from collections.abc import Iterator, Mapping

from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.records.ids import POST, Subject
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot


def subject_name(subject: str, snapshot: Snapshot) -> str:
    """Return the name of `site-1`, `unit-3`, `person-12`; of a matter whom it is about, and what it is.

    "" for the command post itself.
    """
    if subject == POST:
        return ""
    named = Subject.parse(subject)
    if named is None:
        return subject
    table, number = named.record
    matter = snapshot.matters.get(number) if named.kind == "matter" else None
    if matter is not None:
        return " ".join(part for part in (subject_name(matter.subject, snapshot), matter.what) if part)
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
