"""The forecast of rooms. Its answer is a standby site that opens, or a note that says why none does."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.people.rooms import room_count
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.form_parts import draft_key, on_day_of, open_duty_form, time_fields
from dutyboard.tui.screens.forms.site.site_state import site_state_form
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field

_NONE = "none"


def rooms_form(session: Session, owed: Obligation) -> None:
    """Open the choice of a standby site; where there is none, the note at once."""
    said = session.words.desk_acts
    standby = [site for site in session.snapshot.sites.values() if site.state == "standby"]
    if not standby:
        _note_form(session, owed)
        return
    names = {str(site.id): said.rooms_open.format(site=site.name, rooms=room_count(site)) for site in standby}
    names[_NONE] = said.rooms_none
    choices: list[tuple[str, str, Line]] = [(key, name, ((f"  {name}", "plain"),)) for key, name in names.items()]

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        if key == _NONE:
            _note_form(session, owed)
        else:
            site_state_form(session, session.snapshot.sites[int(key)], "active")

    session.open(PickScreen(session, session.words.duties.kinds["rooms"], said.rooms_pick, choices, picked))


def _note_form(session: Session, owed: Obligation) -> None:
    fields = [Field(id="text", label=session.words.forms.text, needed=True), *time_fields(session, owed)]

    def make(values: Mapping[str, Any]) -> Discharge:
        return Discharge(
            obligation=owed.id,
            text=values["text"],
            done_by=values["done_by"] or "",
            happened_at=on_day_of(owed, values["time"]),
        )

    name = session.words.duties.kinds["rooms"]
    open_duty_form(session, name, owed, fields, make, draft_key("late", owed.id))
