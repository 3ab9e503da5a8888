"""Headings of sheets that a unit's officers were asked about once: the field of each, kept for the next sheet."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.sheets import RememberHeadings
from dutyboard.rules.records.ids import POST, Subject
from dutyboard.rules.records.model import UnitHeadings, subject_id
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import HeadingsRemembered
from dutyboard.rules.records.transaction import Accepted, Transaction

MOST_HEADINGS: Final = 500
"""Headings that are kept for one unit and kind of sheet."""


def unit_asked(snapshot: Snapshot, officer_id: int | None, told: int | None = None) -> int | None:
    """Return the unit for whose sheet an officer answers: the one told by it, else his own.

    None: he is of no unit. An officer of a town answers for his own town alone.
    """
    officer = snapshot.officers.get(officer_id or 0)
    own = officer.unit_id if officer is not None else None
    limited = officer is not None and officer.role not in ("officer", "leader", "admin")
    return told if told in snapshot.units and not limited else own


def units_answered(snapshot: Snapshot, officer_id: int | None) -> list[int | None]:
    """Return the units for whose sheets an officer answers, his own first."""
    return list(dict.fromkeys(unit_asked(snapshot, officer_id, each) for each in (None, *snapshot.units)))


def remembered(
    snapshot: Snapshot, sheet: SheetKind, officer_id: int | None, told: int | None = None
) -> Mapping[str, str]:
    """Return the field of each heading that a unit has answered for a kind of sheet."""
    held = _held(snapshot, sheet, unit_asked(snapshot, officer_id, told))
    return held.fields if held is not None else {}


def decide_remember_headings(
    command: RememberHeadings, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted | Refusal:
    """Keep the fields of headings for a unit, of whoever says so where none is named; "" forgets the heading."""
    if command.unit_id is not None and command.unit_id not in snapshot.units:
        return Refusal("unknown_unit", {"unit": str(Subject("unit", command.unit_id))})
    unit_id = unit_asked(snapshot, actor.officer_id, command.unit_id)
    held = _held(snapshot, command.sheet, unit_id)
    before = dict(held.fields) if held is not None else {}
    told = {heading: field for heading, field in command.headings.items() if before.get(heading, "") != field}
    if not told:
        return Refusal("nothing_changed")
    after = {heading: field for heading, field in {**before, **told}.items() if field}
    if len(after) > MOST_HEADINGS:
        return Refusal("bad_figure", {"name": "headings", "value": len(after), "low": 0, "high": MOST_HEADINGS})
    transaction = Transaction(snapshot, now, actor)
    if held is None:
        held = UnitHeadings(id=transaction.new_id("headings"), sheet=command.sheet, unit_id=unit_id, fields={})
    transaction.put(replace(held, fields=after))
    subject = subject_id(snapshot.units[unit_id]) if unit_id is not None else POST
    transaction.log(HeadingsRemembered(sheet=command.sheet, headings=told), subject=subject)
    return transaction.accepted()


def _held(snapshot: Snapshot, sheet: SheetKind, unit_id: int | None) -> UnitHeadings | None:
    return next((each for each in snapshot.headings.values() if (each.sheet, each.unit_id) == (sheet, unit_id)), None)
