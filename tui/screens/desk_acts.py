"""F9: the acts on the desk itself, to choose one from."""

from collections.abc import Callable, Mapping

from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.screens.forms.post.bell import choose_bell
from dutyboard.tui.screens.forms.post.notice import choose_notice
from dutyboard.tui.screens.forms.post.officer import choose_officer
from dutyboard.tui.screens.forms.post.presence import choose_post
from dutyboard.tui.screens.forms.post.theme import choose_theme
from dutyboard.tui.screens.forms.post.unit import choose_unit
from dutyboard.tui.screens.forms.sheet.form import sheet_form
from dutyboard.tui.screens.forms.sheet.headings import open_headings
from dutyboard.tui.screens.opened.areas import choose_area
from dutyboard.tui.screens.opened.clauses import open_clauses
from dutyboard.tui.screens.opened.sites import choose_site_act
from dutyboard.tui.screens.pages.ledger import open_ledger
from dutyboard.tui.screens.pages.templates import open_templates
from dutyboard.tui.screens.pages.villages import choose_villages
from dutyboard.tui.screens.pick import PickScreen, named_choices
from dutyboard.tui.screens.rota.table import open_rota
from dutyboard.tui.screens.settings import open_settings
from dutyboard.tui.session import Session


def desk_acts(session: Session, _: DutyScreen) -> None:
    """Open the choice of the acts."""
    said = session.words.desk_acts
    acts: Mapping[str, Callable[[Session], None]] = {
        session.words.rota.name: open_rota,
        said.presence: choose_post,
        said.officer: choose_officer,
        said.site: choose_site_act,
        session.words.clauses.areas: choose_area,
        said.setting: open_settings,
        session.words.clauses.name: open_clauses,
        said.notice: choose_notice,
        said.sheet: sheet_form,
        session.words.intake.known: open_headings,
        said.template: open_templates,
        said.ledger: open_ledger,
        said.villages: choose_villages,
        said.unit: choose_unit,
        said.theme: choose_theme,
        said.bell: choose_bell,
    }

    def picked(screen: PickScreen, name: str) -> None:
        screen.dismiss()
        acts[name](session)

    session.open(PickScreen(session, said.title, said.hint, named_choices(acts), picked))
