"""The advice to watch his own health: Enter says that he was told."""

from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.form_parts import tick
from dutyboard.tui.session import Session


def tick_off_advice(session: Session, owed: Obligation) -> bool:
    """Record that he was told, and return True."""
    tick(session, owed, Discharge(obligation=owed.id))
    return True
