"""The sites, from F9: rooms, how many are in use, the state of each. Enter chooses what is done with one."""

from collections.abc import Callable, Mapping

from dutyboard.rules.records.model import Site
from dutyboard.tui.screens.forms.site.move_out import move_out_form, staying
from dutyboard.tui.screens.forms.site.site_change import site_change_form
from dutyboard.tui.screens.forms.site.site_state import choose_site, site_state_form
from dutyboard.tui.screens.forms.site.staff import choose_member
from dutyboard.tui.screens.opened.site_desk import SiteDeskScreen
from dutyboard.tui.screens.pick import PickScreen, named_choices
from dutyboard.tui.session import Session


def choose_site_act(session: Session) -> None:
    """Open the sites, then what is done with the one that was chosen."""
    choose_site(session, title=session.words.desk_acts.site, opens=_choose_act)


def _choose_act(session: Session, site: Site) -> None:
    said = session.words.desk_acts
    opens: Mapping[str, Callable[[Session, Site], None]] = {
        said.site_to_state: site_state_form,
        said.site_change: site_change_form,
        session.words.staff.title: choose_member,
        said.site_desk: lambda session, site: session.open(SiteDeskScreen(session, site.id)),
        said.move_out: _move_out,
    }

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        opens[key](session, site)

    session.open(PickScreen(session, site.name, said.hint, named_choices(opens), picked))


def _move_out(session: Session, site: Site) -> None:
    """Open the form that empties a site; say so where nobody lives there."""
    if staying(session, site):
        move_out_form(session, site)
    else:
        session.say(session.words.desk_acts.nobody_there.format(site=site.name), "soon")
