"""The colours of an officer's screens, chosen on F9 and remembered for the next time he signs in."""

from typing import Any

from dutyboard.tui.link.messages import Trouble
from dutyboard.tui.screens.pick import PickChoice, PickScreen
from dutyboard.tui.session import KEPT_THEME, Session
from dutyboard.tui.terminal.theme_name import theme_named


def choose_theme(session: Session) -> None:
    """Open the choice of the colours."""
    said = session.words.desk_acts
    choices: list[PickChoice] = [(theme, name, ((f"  {name}", "plain"),)) for theme, name in said.themes.items()]

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        session.wear(theme_named(key))
        session.fetch(lambda gateway: gateway.save_draft(KEPT_THEME, {KEPT_THEME: key}), kept)

    def kept(answer: Any) -> None:
        if isinstance(answer, Trouble):
            session.say(session.trouble_sentence(answer), "late")

    session.open(PickScreen(session, said.theme, said.hint, choices, picked))
