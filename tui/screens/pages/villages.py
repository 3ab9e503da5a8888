"""F9, villages of a unit: the page with the last finding and the last zero of each."""

from dutyboard.rules.belonging import belongs
from dutyboard.rules.records.model import Unit
from dutyboard.tui.export.report import Maker, Page, as_text, villages_page
from dutyboard.tui.screens.page import PageScreen
from dutyboard.tui.screens.pick import PickScreen, named_choices
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line


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
        lines: list[Line] = [((line, "plain"),) for line in as_text(page)[1:]]
        session.open(PageScreen(session, page.title, lambda _: lines, words.screens.explain_close))

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
