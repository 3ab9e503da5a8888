"""The risk areas, from F9: level, days, source, and the calls that each asks for. Enter opens the calls."""

from dutyboard.rules.duties.post.area_calls import call_lists
from dutyboard.tui.screens.opened.calls import CallsScreen
from dutyboard.tui.screens.pick import PickChoice, PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.views.lists import area_line


def choose_area(session: Session) -> None:
    """Open the list of the areas, those listed last first."""
    said, snapshot = session.words.clauses, session.snapshot
    if not session.may_read("calls"):
        return
    lists = {each.area.id: each for each in call_lists(session.readable, session.now())}
    areas = sorted(snapshot.areas.values(), key=lambda area: (area.ends is not None, -area.starts.toordinal(), area.id))
    choices: list[PickChoice] = [
        (str(area.id), area.name, area_line(area, lists.get(area.id), session.words)) for area in areas
    ]

    def picked(screen: PickScreen, key: str) -> None:
        if int(key) in lists:
            screen.dismiss()
            session.open(CallsScreen(session))
        else:
            screen.say(said.no_calls, "soon")

    session.open(PickScreen(session, said.areas_title.format(n=len(areas)), said.areas_hint, choices, picked))
