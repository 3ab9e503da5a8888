"""F9: the acts on the desk itself, to choose one from."""

from collections.abc import Callable, Mapping

from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.screens.forms.post.notice import choose_notice
from dutyboard.tui.screens.forms.post.officer import choose_officer
from dutyboard.tui.screens.forms.post.sheet import sheet_form
from dutyboard.tui.screens.forms.post.shift import choose_shift, shift_form
from dutyboard.tui.screens.forms.site.move_out import choose_full_site
from dutyboard.tui.screens.forms.site.site_state import choose_site
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.screens.settings import open_settings
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line


def desk_acts(session: Session, _: DutyScreen) -> None:
    """Open the choice of the acts."""
    said = session.words.desk_acts
    acts: Mapping[str, tuple[str, Callable[[Session], None]]] = {
        "site": (said.site, choose_site),
        "shift": (said.shift, shift_form),
        "setting": (said.setting, open_settings),
        "notice": (said.notice, choose_notice),
        "sheet": (said.sheet, sheet_form),
        "officer": (said.officer, choose_officer),
        "shift-change": (said.shift_change, choose_shift),
        "move-out": (said.move_out, choose_full_site),
    }
    choices: list[tuple[str, str, Line]] = [(key, name, ((f"  {name}", "plain"),)) for key, (name, _) in acts.items()]

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        acts[key][1](session)

    session.open(PickScreen(session, said.title, said.hint, choices, picked))
