"""`w`: who changed the records under the cursor, and when, read back from the journal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dutyboard.tui.screens.page import PageScreen
from dutyboard.tui.views.trail import RecordKey, trail_lines

if TYPE_CHECKING:
    from dutyboard.tui.app import DutyApp


def show_trail(desk: "DutyApp", records: Sequence[RecordKey]) -> None:
    """Open the page of these records, once the worker has walked the journal."""

    def found(told: Any) -> None:
        snapshot, words = desk.the_snapshot, desk.words
        page = PageScreen(
            words.trail.title, lambda cells: trail_lines(told, snapshot, words, cells), words.screens.explain_close
        )
        desk.push_screen(page)

    desk.open_form(lambda gateway: [(record, gateway.trail(*record)) for record in records], found)
