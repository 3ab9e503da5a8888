"""A site opened, put on standby or closed (四（二）)."""

from collections.abc import Callable, Mapping
from typing import Any

from dutyboard.rules.people.rooms import room_count, taken
from dutyboard.rules.records.codes import SiteState
from dutyboard.rules.records.commands.site import SetSiteState
from dutyboard.rules.records.model import Site, subject_id
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, pad
from dutyboard.tui.views.fields import Field

NAME_CELLS = 28


def choose_site(
    session: Session, first: int = 0, title: str = "", opens: Callable[[Session, Site], None] | None = None
) -> None:
    """Open the choice of a site, then a form of it, else that of its state. Number `first` stands on top."""
    said = session.words.desk_acts
    sites = sorted(session.snapshot.sites.values(), key=lambda site: (site.id != first, site.id))
    choices: list[tuple[str, str, Line]] = [
        (str(site.id), site.name, ((f"  {pad(site.name, NAME_CELLS)}{_state(session, site)}", "plain"),))
        for site in sites
    ]

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        (opens or site_state_form)(session, session.snapshot.sites[int(key)])

    session.open(PickScreen(session, title or said.site_to_state, said.site_pick, choices, picked))


def site_state_form(session: Session, site: Site, proposed: SiteState | None = None) -> None:
    """Open the form of a site's state: the new one, and why. `proposed` stands in the field already."""
    said = session.words.desk_acts
    states = said.site_states
    state = Field(
        id="state",
        label=said.site_state,
        choices=states,
        value=states[proposed] if proposed else "",
        needed=True,
    )
    fields = [state, Field(id="reason", label=said.reason, hint=said.reason_hint, needed=True)]

    def make(values: Mapping[str, Any]) -> SetSiteState:
        return SetSiteState(site_id=site.id, state=values["state"], reason=values["reason"])

    def done(_: Accepted) -> None:
        by_now = session.snapshot.sites[site.id]
        session.say(session.words.screens.saved.format(what=f"{site.name} {states[by_now.state]}"))

    facts: list[Line] = [((f" {site.name} {_state(session, site)}", "strong"),)]
    key = draft_key("site-state", subject_id(site))
    session.open(FormScreen(session, said.site_title.format(site=site.name), facts, fields, make, key, done))


def _state(session: Session, site: Site) -> str:
    said = session.words.desk_acts
    held, rooms = len(taken(session.snapshot, site.id)), room_count(site)
    return said.site_line.format(state=said.site_states[site.state], held=held, rooms=rooms, free=rooms - held)
