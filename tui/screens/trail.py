"""`w`: the trail of the records under the cursor, read from the journal: who changed them, and when."""

from collections.abc import Sequence

from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.screens.page import PageScreen
from dutyboard.tui.session import Session
from dutyboard.tui.views.journal.trail import RecordKey, trail_lines


def trail(session: Session, screen: DutyScreen) -> None:
    """Open the page of the records under the cursor."""
    open_trail(session, screen.records())


def open_trail(session: Session, records: Sequence[RecordKey]) -> None:
    """Open the page of these records, once the worker has walked the journal."""
    if not records:
        session.say(session.words.why_not.nothing_selected, "soon")
        return
    words = session.words
    session.fetch_for(
        lambda gateway: [(record, gateway.trail(*record)) for record in records],
        lambda told: session.open(
            PageScreen(
                session,
                words.trail.title,
                lambda cells: trail_lines(told, session.snapshot, words, cells),
                words.screens.explain_close,
            )
        ),
    )
