"""The sign-on: an officer picks himself from the roster once, and his login is bound to him."""

from dutyboard.rules.people.officers import officer_name, serving
from dutyboard.rules.records.commands.post import SignOn
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, pad

NAME_CELLS = 12
TITLE_CELLS = 30


def sign_on(session: Session, _: DutyScreen) -> None:
    """Open the roster. An officer who is bound to another login is shown too; the rules refuse him."""
    snapshot, words = session.snapshot, session.words.screens
    choices: list[tuple[str, str, Line]] = []
    for officer in serving(snapshot, session.now()):
        unit = snapshot.units.get(officer.unit_id or 0)
        bound = words.sign_on_bound if officer.login else ""
        text = f"  {pad(officer.name, NAME_CELLS)}{pad(officer.title, TITLE_CELLS)}{unit.name if unit else ''} {bound}"
        choices.append((str(officer.id), f"{officer.name} {unit.name if unit else ''}", ((text, "plain"),)))

    def picked(screen: PickScreen, key: str) -> None:
        def answered(answer: Answer) -> None:
            refused = session.answer_sentence(answer)
            if refused is not None:
                screen.say(refused, "late")
                return
            screen.dismiss()
            session.say(words.signed_on.format(name=officer_name(session.snapshot, int(key))))

        session.submit(SignOn(officer_id=int(key)), answered, waits=True)

    session.open(PickScreen(session, words.sign_on_title, words.sign_on_hint, choices, picked))
