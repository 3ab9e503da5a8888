"""The first responsible person of a unit: a unit chosen, and the name typed."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.records.commands.post import ChangeUnit
from dutyboard.rules.records.model import Unit, subject_id
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, pad
from dutyboard.tui.views.fields import Field

NAME_CELLS = 22


def choose_unit(session: Session) -> None:
    """Open the units, each with the name of its first responsible person, or that none is named."""
    nobody = session.words.reports.not_named
    choices: list[tuple[str, str, Line]] = [
        (
            str(unit.id),
            unit.name,
            ((f"  {pad(unit.name, NAME_CELLS)}{unit.first_responsible or nobody}", "plain"),),
        )
        for unit in session.snapshot.units.values()
    ]

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        _form(session, session.snapshot.units[int(key)])

    said = session.words.desk_acts
    session.open(PickScreen(session, said.unit, said.hint, choices, picked))


def _form(session: Session, unit: Unit) -> None:
    said = session.words.desk_acts
    fields = [
        Field(id="name", label=said.unit_name, value=unit.first_responsible),
        Field(id="reason", label=said.reason, hint=said.reason_hint, needed=bool(unit.first_responsible)),
    ]

    def make(values: Mapping[str, Any]) -> ChangeUnit:
        return ChangeUnit(unit_id=unit.id, first_responsible=values["name"] or "", reason=values["reason"] or "")

    title = f"{unit.name} {said.unit_name}"
    key = draft_key("unit", subject_id(unit))
    saved = session.words.screens.saved.format(what=title)
    session.open(FormScreen(session, title, [], fields, make, key, lambda _: session.say(saved)))
