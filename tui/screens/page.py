"""A page to read: the explanation of a row (`e`), or the keys (F1)."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from dutyboard.tui.export.page import Page
from dutyboard.tui.export.page_text import as_text
from dutyboard.tui.screens.session_screen import SessionScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.terminal.masking import revealed, revealing
from dutyboard.tui.widgets.painted import Painted


def report_lines(page: Page, cells: int) -> list[Line]:
    """Return a page of a report without its title, its sentences wrapped to a width."""
    return [((line, "plain"),) for line in as_text(page, cells)[1:]]


class PageScreen(SessionScreen):
    """A page of lines. `lines` makes it for a width in cells. Escape or F10 goes back; Enter too, and then `on`."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("enter", "go_on", show=False),
        Binding("escape,e,space", "leave_page", show=False),
    ]
    DEFAULT_CSS = """
    PageScreen VerticalScroll { height: 1fr; padding: 0 1; }
    """

    def __init__(
        self,
        session: Session,
        title: str,
        lines: Callable[[int], Sequence[Line]],
        footer: str,
        on: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(session)
        self._on = on
        self._title = title
        self._lines = lines
        self._revealed = revealed()
        self._page = Painted()
        self._footer = Painted([((footer, "dim"),)], height=1)

    def compose(self) -> ComposeResult:
        """Yield the heading, the page, the status line, the key that goes back."""
        yield self.titled(self._title)
        with VerticalScroll():
            yield self._page
        yield self.status
        yield self._footer

    def on_mount(self) -> None:
        """Give the keys to the page, so that the arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def mask(self) -> None:
        """Mask the numbers that were shown for a reason."""
        super().mask()
        self._revealed = False
        self.on_resize()

    def on_resize(self) -> None:
        """Wrap the page to the new width."""
        with revealing(self._revealed):
            self._page.paint(self._lines(self.size.width - 2))

    def action_go_on(self) -> None:
        """Go back, and on to what the page was read for."""
        self.leave()
        if self._on is not None:
            self._on()

    def action_key(self, key: str) -> None:
        """Show another screen. The key of the help, which opens a page, closes one."""
        if key == "f1":
            self.leave()
        else:
            self.hand_on(key)

    def action_leave_page(self) -> None:
        """Go back to the screen it was opened from."""
        self.leave()
