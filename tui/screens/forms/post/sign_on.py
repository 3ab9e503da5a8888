"""The sign-on: an officer picks himself from the roster once, and his login is bound to him.

Who made the desk is asked first who of the roster he is. Until he has said so, he acts as nobody.
"""

from collections.abc import Mapping
from typing import Any, Final

from dutyboard.rules.people.officers import officer_name, serving
from dutyboard.rules.records.commands.post import ChangeOfficer, SignOn
from dutyboard.rules.records.model import Officer
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.pick import PickChoice, PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import pad
from dutyboard.tui.views.fields import Field

NAME_CELLS = 12
TITLE_CELLS = 30
_NEW: Final = "new"


def sign_on(session: Session, _: DutyScreen) -> None:
    """Open the roster. An officer who is bound to another login is shown too; the rules refuse him.

    Where nobody stands on it yet, who made the desk writes himself down.
    """
    snapshot, words, maker = session.snapshot, session.words.screens, session.maker
    choices: list[PickChoice] = []
    for officer in serving(snapshot, session.now()):
        if officer.nameless:
            continue
        unit = snapshot.units.get(officer.unit_id or 0)
        bound = words.sign_on_bound if officer.login else ""
        text = f"  {pad(officer.name, NAME_CELLS)}{pad(officer.title, TITLE_CELLS)}{unit.name if unit else ''} {bound}"
        choices.append((str(officer.id), f"{officer.name} {unit.name if unit else ''}", ((text, "plain"),)))
    if maker is not None and not choices:
        _own_form(session, maker)
        return
    if maker is not None:
        choices.append((_NEW, words.first_new, ((f"  {words.first_new}", "mark"),)))

    def picked(screen: PickScreen, key: str) -> None:
        if key == _NEW:
            assert maker is not None
            screen.dismiss()
            _own_form(session, maker)
            return

        def answered(answer: Answer) -> None:
            refused = session.answer_sentence(answer)
            if refused is not None:
                screen.say(refused, "late")
                return
            screen.dismiss()
            _said(session, int(key))

        session.submit(SignOn(officer_id=int(key)), answered, waits=True)

    title, hint = (words.first_title, words.first_hint) if maker else (words.sign_on_title, words.sign_on_hint)
    session.open(PickScreen(session, title, hint, choices, picked))


def _own_form(session: Session, maker: Officer) -> None:
    """Open the form in which who made the desk writes himself into the roster."""
    said, named = session.words.screens, session.words.log.officer_fields
    texts = ("name", "title", "phone")
    fields = [Field(id=key, label=named[key], needed=key == "name") for key in texts]

    def make(values: Mapping[str, Any]) -> ChangeOfficer:
        typed: dict[str, Any] = {key: values[key] or "" for key in texts}
        return ChangeOfficer(officer_id=maker.id, reason=said.first_reason, **typed)

    def done(_: Accepted) -> None:
        _said(session, maker.id)

    session.open(FormScreen(session, said.first_form, [], fields, make, draft_key("first-start"), done))


def _said(session: Session, officer_id: int) -> None:
    """Say as whom the login signs on from now on."""
    session.say(session.words.screens.signed_on.format(name=officer_name(session.snapshot, officer_id)))
