"""F9, ledger: what was owed today and how it stands, by the four duties."""

from dutyboard.tui.export.kinds import asked_today
from dutyboard.tui.screens.printing.page import open_page
from dutyboard.tui.session import Session


def open_ledger(session: Session) -> None:
    """Open the page of today's ledger."""
    open_page(session, asked_today("ledger", session.now()))
