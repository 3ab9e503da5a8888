"""F9, villages of a unit: the page with the last finding and the last zero of each."""

from dataclasses import replace

from dutyboard.rules.belonging import belongs
from dutyboard.rules.records.model import subject_id
from dutyboard.tui.export.kinds import asked_today
from dutyboard.tui.screens.pick import PickScreen, named_choices
from dutyboard.tui.screens.printing.page import open_page
from dutyboard.tui.session import Session


def choose_villages(session: Session) -> None:
    """Open the units, to choose the one whose villages are looked at."""
    snapshot = session.snapshot
    if not session.may_read("report villages"):
        return
    seen = (unit for unit in snapshot.units.values() if snapshot.own is None or belongs(unit, snapshot.own, snapshot))
    units = {unit.name: unit for unit in seen}

    def picked(screen: PickScreen, name: str) -> None:
        screen.dismiss()
        open_page(session, replace(asked_today("villages", session.now()), subject=subject_id(units[name])))

    said = session.words.desk_acts
    session.open(PickScreen(session, said.villages, said.hint, named_choices(units), picked))
