"""The page of `e` on a row: clause, facts and history of an obligation. A person's row opens his own page."""

from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.page import PageScreen
from dutyboard.tui.screens.person import PersonScreen
from dutyboard.tui.session import Session
from dutyboard.tui.views.explain import explain_lines


def explain(session: Session, owed: Obligation) -> None:
    """Open the page that explains an obligation."""
    if owed.subject_id.kind == "person":
        session.open(PersonScreen(session, owed.subject_id.number))
        return
    snapshot, words, now = session.snapshot, session.words, session.board_now
    page = PageScreen(
        session,
        words.screens.explain_title,
        lambda cells: explain_lines(owed, snapshot, now, words, cells),
        words.screens.explain_close,
    )
    session.open(page)
