"""F9, ledger: what was owed today and how it stands, by the four duties."""

from functools import partial

from dutyboard.tui.export.report import Maker, Page, ledger_page
from dutyboard.tui.screens.page import PageScreen, report_lines
from dutyboard.tui.session import Session


def open_ledger(session: Session) -> None:
    """Open the page of today's ledger."""
    words = session.words
    if not session.may_read("report ledger"):
        return

    def opened(page: Page) -> None:
        session.open(PageScreen(session, page.title, partial(report_lines, page), words.screens.explain_close))

    session.fetch_for(
        lambda gateway: ledger_page(
            gateway.snapshot,
            gateway.snapshot.day_of(gateway.now()),
            gateway.now(),
            Maker(gateway.actor.login, gateway.head),
            words,
        ),
        opened,
    )
