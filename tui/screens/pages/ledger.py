"""F9, ledger: what was owed today and how it stands, by the four duties."""

from dutyboard.tui.export.report import Maker, Page, as_text, ledger_page
from dutyboard.tui.screens.page import PageScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line


def open_ledger(session: Session) -> None:
    """Open the page of today's ledger."""
    words = session.words
    if not session.may_read("report ledger"):
        return

    def opened(page: Page) -> None:
        lines: list[Line] = [((line, "plain"),) for line in as_text(page)[1:]]
        session.open(PageScreen(session, page.title, lambda _: lines, words.screens.explain_close))

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
