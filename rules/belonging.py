"""Belonging of a record: to one town, to one site, or to the whole county."""

from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Matter, Officer, Person, Record, Report, Site, Unit
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.staff import StaffMember

Own = tuple[Subject, ...]
"""The town or the site whose records are somebody's own; (): none are."""


def own_of(officer: Officer) -> Own:
    """Return the town or the site whose records are an officer's own. Of a viewer it is his site, where he has one."""
    of_site = officer.role == "site" or (officer.role == "viewer" and officer.site_id is not None)
    number = officer.site_id if of_site else officer.unit_id
    return (Subject("site" if of_site else "unit", number),) if number is not None else ()


def belongs(record: Record, own: Own, snapshot: Snapshot) -> bool:
    """Return True if a record belongs to what is somebody's own."""
    return any((_site_of if each.kind == "site" else _unit_of)(record, snapshot) == each.number for each in own)


def in_sight(owed: Obligation, snapshot: Snapshot) -> bool:
    """Return True unless the picture is limited to a town or site, and the duty is about another one."""
    if snapshot.own is None:
        return True
    about = record_named(owed.subject_id, snapshot)
    return about is not None and belongs(about, snapshot.own, snapshot)


def record_named(subject: Subject | None, snapshot: Snapshot) -> Record | None:
    """Return the record of a name; None: it names none, or the command post."""
    if subject is None or subject.kind == "post":
        return None
    table, number = subject.record
    found: Record | None = getattr(snapshot, table).get(number)
    return found


def _site_of(record: Record, snapshot: Snapshot) -> int | None:
    """Return the site that a record belongs to; None: to no site. A person belongs where he lives, or will."""
    match record:
        case Site():
            return record.id
        case StaffMember():
            return record.site_id
        case Person():
            return record.still_in.site_id if record.still_in is not None else record.site_id
        case Matter() | Report():
            about = record_named(Subject.parse(record.subject), snapshot)
            return _site_of(about, snapshot) if about is not None else None
        case _:
            return None


def _unit_of(record: Record, snapshot: Snapshot) -> int | None:
    """Return the town that a record belongs to; None: to no town. A site is the command post's."""
    match record:
        case Unit():
            return record.id
        case Person() | Officer():
            return record.unit_id
        case Matter() | Report():
            about = record_named(Subject.parse(record.subject), snapshot)
            return _unit_of(about, snapshot) if about is not None else None
        case _:
            return None
