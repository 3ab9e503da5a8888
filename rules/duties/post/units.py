"""First responsible person of a unit (五: 切实履行第一责任人责任), named and changed by hand."""

from dataclasses import replace
from datetime import datetime

from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import ChangeUnit
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import UnitChanged
from dutyboard.rules.records.transaction import Accepted, Transaction
from dutyboard.rules.records.unlike import settle


def decide_change_unit(command: ChangeUnit, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Name the first responsible person of a unit. In the place of somebody, or for nobody, it takes a reason."""
    unit = snapshot.units.get(command.unit_id)
    if unit is None:
        return Refusal("unknown_unit", {"unit": command.unit_id})
    name, was = " ".join(command.first_responsible.split()), unit.first_responsible
    if name == was:
        return Refusal("nothing_changed")
    if was and not command.reason.strip():
        return Refusal("reason_needed")
    transaction = Transaction(snapshot, now, actor)
    transaction.put(replace(unit, first_responsible=name))
    settle(transaction, unit, ("first_responsible",), snapshot, now)
    told = UnitChanged(first_responsible=name, was=was)
    transaction.log(told, subject=subject_id(unit), text=command.reason.strip())
    return transaction.accepted()
