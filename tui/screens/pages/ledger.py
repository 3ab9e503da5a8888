"""F9, ledger: what was owed today and how it stands, by the four duties."""

from dutyboard.tui.screens.opened.printed import open_printed
from dutyboard.tui.session import Session


def open_ledger(session: Session) -> None:
    """Open the page of today's ledger."""
    open_printed(session, "ledger", None)
