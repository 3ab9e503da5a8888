"""F1: the keys, as they work on the screen that is shown."""

from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.screens.page import PageScreen
from dutyboard.tui.session import Session
from dutyboard.tui.views.help import help_lines


def show_help(session: Session, screen: DutyScreen) -> None:
    """Open the page of the keys."""
    context, words = screen.context(), session.words
    page = PageScreen(
        session,
        words.screens.help_title,
        lambda cells: help_lines(context, words, cells, session.why_not_sentence),
        words.screens.explain_close,
    )
    session.open(page)
