"""A page as it prints, on the screen. Keys show other days, copy it, write it into a file."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from textual.binding import Binding

from dutyboard.rules.records.codes import PAPER_KINDS
from dutyboard.tui.actions import BY_ID
from dutyboard.tui.export.kinds import KINDS, look_at, make_page, maker_of, not_his, read_for
from dutyboard.tui.export.page import NoPage, Page, PageAsked
from dutyboard.tui.export.page_text import as_text
from dutyboard.tui.link.worker import GatewayPort
from dutyboard.tui.screens.page import PageScreen
from dutyboard.tui.screens.printing.days import days_form
from dutyboard.tui.screens.printing.paper import print_paper
from dutyboard.tui.screens.printing.save import save_page
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, behind, width
from dutyboard.tui.terminal.masking import revealing
from dutyboard.tui.terminal.visible import visible_rows
from dutyboard.tui.text import Words

_MOST_COPIED: Final = 74_994
"""Bytes in base64 that terminals take at most (OSC 52)."""


class PrintedPage(PageScreen):
    """A page. `on` is where Enter goes on to: the form that states it. Without it the page may show other days."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding(",".join(BY_ID["save_report"].keys), "save", show=False),
        Binding(",".join(BY_ID["copy_page"].keys), "copy", show=False),
        Binding(",".join(BY_ID["page_before"].keys), "shift(-1)", show=False),
        Binding(",".join(BY_ID["page_after"].keys), "shift(1)", show=False),
        Binding(",".join(BY_ID["page_days"].keys), "days", show=False),
        Binding("left", "sideways(-1)", show=False, priority=True),
        Binding("right", "sideways(1)", show=False, priority=True),
    ]

    def __init__(self, session: Session, asked: PageAsked, page: Page, on: Callable[[], None] | None = None) -> None:
        self.asked, self.page = asked, page
        self._has_days = on is None and KINDS[asked.kind].days != "none"
        said = session.words.pages
        footer = said.keys_state if on is not None else said.keys_days if self._has_days else said.keys
        if asked.kind in PAPER_KINDS:
            footer = session.words.papers.page_keys
        self._aside = 0
        super().__init__(session, page.title, self._seen, footer, on)

    def _seen(self, cells: int) -> list[Line]:
        """Return the lines of the page; those that are wider than the screen without what was scrolled away."""
        rows = as_text(self.page, cells)[1:]
        return [((behind(row, self._aside) if width(row) > cells else row, "plain"),) for row in rows]

    def action_sideways(self, steps: int) -> None:
        """Show what stands further to the right, or to the left again."""
        cells = self.size.width - 2
        widest = max(map(width, as_text(self.page, cells)), default=0)
        self._aside = min(max(0, self._aside + steps * cells // 2), max(0, widest - cells))
        self.on_resize()

    def action_save(self) -> None:
        """Ask for a file, and write the page into it."""
        if self.asked.kind in PAPER_KINDS:
            with revealing(self._revealed):
                print_paper(self.session, self.asked)
        else:
            save_page(self.session, self.asked, printed)

    def action_copy(self) -> None:
        """Hand the page to the clipboard of the officer's own terminal, as it stands on the screen."""
        said = self.words.pages
        with revealing(self._revealed):
            text = visible_rows("\n".join(as_text(self.page)) + "\n")
        if len(b64encode(text.encode())) > _MOST_COPIED:
            self.say(said.copy_too_long, "soon")
            return
        self.app.copy_to_clipboard(text)
        self.say(said.copied)

    def action_shift(self, periods: int) -> None:
        """Show the period before, or the one after."""
        if self._has_days:
            by = (self.asked.last - self.asked.first + timedelta(days=1)) * periods
            self._show(replace(self.asked, first=self.asked.first + by, last=self.asked.last + by, said_days=True))

    def action_days(self) -> None:
        """Ask for the days, and show them."""
        if self._has_days:
            days_form(self.session, self.asked, self._show)

    def _show(self, asked: PageAsked) -> None:
        """Show the same page of other days in the place of this one."""
        if asked.last > self.session.now().date() and not KINDS[asked.kind].ahead:
            self.say(self.words.pages.in_future, "soon")
            return
        open_page(self.session, asked, instead_of=self)


def printed(gateway: GatewayPort, asked: PageAsked, words: Words) -> Page | NoPage:
    """Return the page that somebody asks for, in the worker thread, or why there is none. The view log says so."""
    snapshot = read_for(asked, gateway)
    if not_his(asked, snapshot) is not None:
        return NoPage(words.pages.not_his)
    try:
        page = make_page(asked, snapshot, gateway.now(), maker_of(gateway), words)
    except NoPage as nothing:
        return nothing
    gateway.look("report", look_at(asked, gateway.snapshot))
    return page


def open_page(
    session: Session,
    asked: PageAsked,
    on: Callable[[], None] | None = None,
    instead_of: PrintedPage | None = None,
) -> None:
    """Open the page that somebody asks for, once the worker has made it."""
    if not session.may_read(f"report {asked.kind}"):
        return
    words = session.words

    def opened(page: Page | NoPage) -> None:
        if isinstance(page, NoPage):
            session.say(page.why, "soon")
            return
        if instead_of is not None:
            instead_of.dismiss()
        session.open(PrintedPage(session, asked, page, on))

    session.fetch_for(lambda gateway: printed(gateway, asked, words), opened)
