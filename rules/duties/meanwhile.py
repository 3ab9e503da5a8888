"""Two officers at one record: what an act rests on, held against the newest records under the lock.

A form is filled over a record as it stood when it was opened. If a colleague has changed it since then, the act is
refused once, with who changed it, when and by which entry.
"""

from collections.abc import Iterable

from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.records.model import Entry, Named, Person, Record, subject_id
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot, table_of
from dutyboard.rules.records.staff import StaffMember


def changed_since(records: Iterable[Record], snapshot: Snapshot) -> Refusal | None:
    """Return the refusal that names which record is no more as it was, and who changed it. None: none is."""
    other = (each for each in records if getattr(snapshot, table_of(each)).get(each.id) != each)
    return next((changed_meanwhile(each, snapshot) for each in other), None)


def changed_meanwhile(record: Record, snapshot: Snapshot) -> Refusal:
    """Return the refusal that says who changed a record last, when, and by which entry."""
    subject = NameOf(record) if isinstance(record, Person | StaffMember) else getattr(record, "name", "") or "-"
    entry = _newest_of(record, snapshot)
    if entry is None:
        return Refusal("changed_meanwhile", {"subject": subject, "by": "nobody", "at": None, "entry": 0})
    by = officer_name(snapshot, entry.entered_by) or entry.done_by or "nobody"
    return Refusal("changed_meanwhile", {"subject": subject, "by": by, "at": entry.entered_at, "entry": entry.id})


def _newest_of(record: Record, snapshot: Snapshot) -> Entry | None:
    """Return the newest entry that is about a record, or that tells how it stood before."""
    about, place = subject_id(record) if isinstance(record, Named) else None, (table_of(record), record.id)
    newest_first = sorted(snapshot.entries.values(), key=lambda each: each.id, reverse=True)
    return next((e for e in newest_first if e.subject == about or place in [(b.table, b.id) for b in e.before]), None)
