"""F9, villages of a unit: the page with the last finding and the last zero of each."""

from functools import partial

from dutyboard.rules.belonging import belongs
from dutyboard.rules.records.model import Unit
from dutyboard.tui.export.report import Maker, Page, villages_page
from dutyboard.tui.screens.page import PageScreen, report_lines
from dutyboard.tui.screens.pick import PickScreen, named_choices
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
        _open(session, units[name])

    said = session.words.desk_acts
    session.open(PickScreen(session, said.villages, said.hint, named_choices(units), picked))


def _open(session: Session, unit: Unit) -> None:
    words = session.words

    def opened(page: Page) -> None:
        session.open(PageScreen(session, page.title, partial(report_lines, page), words.screens.explain_close))

    session.fetch_for(
        lambda gateway: villages_page(
            gateway.with_archived("persons", "reports"),
            unit,
            gateway.now(),
            Maker(gateway.actor.login, gateway.head),
            words,
        ),
        opened,
    )
