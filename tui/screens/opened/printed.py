"""A page as it prints, on the screen: made by the worker, and read."""

from functools import partial

from dutyboard.rules.records.codes import PAPER_KINDS
from dutyboard.rules.records.ids import Subject
from dutyboard.tui.export.kinds import make_page, maker_of, read_for
from dutyboard.tui.export.page import NoPage, Page, PageAsked, PageKind
from dutyboard.tui.link.worker import GatewayPort
from dutyboard.tui.screens.opened.paper import PaperPage
from dutyboard.tui.screens.page import PageScreen, report_lines
from dutyboard.tui.session import Session
from dutyboard.tui.text import Words


def printed(gateway: GatewayPort, asked: PageAsked, words: Words) -> Page:
    """Return the page that somebody asks for, in the worker thread. Raises NoPage, StoreTrouble."""
    maker = maker_of(gateway)
    return make_page(asked, read_for(asked, gateway), gateway.now(), maker, words)


def open_printed(session: Session, kind: PageKind, subject: Subject | None) -> None:
    """Open today's page of a kind, once the worker has made it."""
    words = session.words
    if not session.may_read(f"report {kind}"):
        return

    def made(gateway: GatewayPort) -> Page | NoPage:
        day = gateway.snapshot.day_of(gateway.now())
        try:
            return printed(gateway, PageAsked(kind=kind, subject=subject, first=day, last=day), words)
        except NoPage as nothing:
            return nothing

    def opened(page: Page | NoPage) -> None:
        if isinstance(page, NoPage):
            session.say(page.why, "soon")
        else:
            session.open(_screen(page))

    def _screen(page: Page) -> PageScreen:
        if kind in PAPER_KINDS:
            day = session.snapshot.day_of(session.now())
            return PaperPage(session, PageAsked(kind=kind, subject=subject, first=day, last=day), page)
        return PageScreen(session, page.title, partial(report_lines, page), words.screens.explain_close)

    session.fetch_for(made, opened)
