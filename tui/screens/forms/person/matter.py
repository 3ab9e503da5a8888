"""A finding or a call about somebody whose record is closed: opening the record again is offered beside its answer."""

from dutyboard.rules.people.ending import never_reopened
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.forms.person.moves import reopen_form
from dutyboard.tui.screens.forms.post.matter import matter_form
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.board import title

_CLOSE, _REOPEN = "close", "reopen"


def matter_or_reopening(session: Session, owed: Obligation) -> None:
    """Open the choice between the two; where there is nothing to open again, the form of the matter at once."""
    person, words = _closed_person(session, owed), session.words
    if person is None:
        matter_form(session, owed)
        return
    closes = words.forms.matter_title.format(what=words.duties.kinds[owed.kind])
    names = {_CLOSE: closes, _REOPEN: words.people.reopen_title}
    choices: list[tuple[str, str, Line]] = [(key, name, ((f"  {name}", "plain"),)) for key, name in names.items()]

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        if key == _REOPEN:
            reopen_form(session, person)
        else:
            matter_form(session, owed)

    session.open(PickScreen(session, title(owed, words), words.people.more_hint, choices, picked))


def _closed_person(session: Session, owed: Obligation) -> Person | None:
    """Return the person of a matter whose record is closed and may be opened again; None: there is none."""
    for each in owed.people:
        person = session.snapshot.persons.get(each.number)
        if person is not None and not on_desk(person) and not never_reopened(person):
            return person
    return None
