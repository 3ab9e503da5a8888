"""The numbers of the board's second line as doors. Each opens the rows or people that it counts."""

from dutyboard.rules.board import OF_ROWS, CountCode
from dutyboard.tui.screens.board import BoardScreen
from dutyboard.tui.screens.many.people_list import PeopleList
from dutyboard.tui.screens.pick import PickChoice, PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.views.frame import count_name, counts_said
from dutyboard.tui.views.person.slices import Slice


def choose_count(session: Session, board: BoardScreen) -> None:
    """Open the choice of a number that is not zero."""
    if session.board is None:
        return
    words = session.words
    said = [each for each in counts_said(session.board.counts, words, "") if each.number]
    choices: list[PickChoice] = [
        (each.code, f"{place}", ((f"  {place} {count_name(each.code, words)} {each.number}", each.tone),))
        for place, each in enumerate(said, 1)
    ]
    codes = {str(each.code): each.code for each in said}

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        _open(session, board, codes[key])

    session.open(PickScreen(session, words.screens.counts_title, words.screens.counts_hint, choices, picked))


def _open(session: Session, board: BoardScreen, code: CountCode) -> None:
    """Show what a number counts: rows on the board itself, people on F5, those to be assessed on F4."""
    if code in OF_ROWS:
        board.show_counted(code)
        return
    of_queue = code == "pending_screening"
    if not session.may_read("screening" if of_queue else "people"):
        return
    session.show("screening" if of_queue else "people")
    shown = board.app.screen
    if isinstance(shown, PeopleList):
        shown.show_slice(None if of_queue else Slice(count=code))
