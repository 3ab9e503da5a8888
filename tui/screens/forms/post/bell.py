"""The bell of an officer's own screens, switched on F9 and remembered for the next time he signs in."""

from typing import Any

from dutyboard.tui.link.messages import Trouble
from dutyboard.tui.screens.pick import PickChoice, PickScreen
from dutyboard.tui.session import KEPT_BELL, Session


def choose_bell(session: Session) -> None:
    """Open the choice: the red lane rings, or the screen is quiet."""
    said = session.words.desk_acts
    choices: list[PickChoice] = [(key, name, ((f"  {name}", "plain"),)) for key, name in said.bells.items()]

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        session.quiet = key == "quiet"
        session.fetch(lambda gateway: gateway.save_draft(KEPT_BELL, {KEPT_BELL: key}), kept)

    def kept(answer: Any) -> None:
        if isinstance(answer, Trouble):
            session.say(session.trouble_sentence(answer), "late")

    session.open(PickScreen(session, said.bell, said.hint, choices, picked))
