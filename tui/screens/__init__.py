"""The screens of the desk, each imported when it is first opened.

To add one:

1. Name its id in `tui.actions.ScreenId` and give it an `Action` there (the id is also the action's), with words in
   `tui/text/*/actions.py`.
2. Write `tui/screens/<id>.py` with a subclass of `tui.screens.base.DutyScreen`: `screen_id`, `body()` yields its
   widgets, `show(board, now)` paints them from `self.session.snapshot`, `acts()` names its own actions, `selected()`
   names the obligation under the cursor. Never edit what is shown: `self.session.submit(...)`.
3. Add it to `SCREENS` below.

A form is a `tui.screens.form.FormScreen`: give it rows and a command made of the values, and open it.
"""

import importlib
from collections.abc import Mapping
from typing import Any, Final, TypeGuard

from dutyboard.tui.actions import ActionId, ModeId

SCREENS: Final[Mapping[ModeId, str]] = {
    "board": "dutyboard.tui.screens.board:BoardScreen",
    "rounds": "dutyboard.tui.screens.rounds:RoundsScreen",
    "screening": "dutyboard.tui.screens.screening:ScreeningScreen",
    "people": "dutyboard.tui.screens.people:PeopleScreen",
    "log": "dutyboard.tui.screens.log:LogScreen",
    "reports": "dutyboard.tui.screens.reports:ReportsScreen",
    "handover": "dutyboard.tui.screens.handover:HandoverScreen",
}
"""Place of a screen by its id, as `module:class`."""
GLOBAL: Final[Mapping[ActionId, str]] = {
    "help": "dutyboard.tui.screens.help:show_help",
    "new_person": "dutyboard.tui.screens.forms.person.facts:register_form",
    "note": "dutyboard.tui.screens.forms.post.entries:note_form",
    "call": "dutyboard.tui.screens.forms.post.call:call_form",
    "take_back": "dutyboard.tui.screens.forms.post.entries:take_back",
    "seat": "dutyboard.tui.screens.forms.post.seat:seat",
    "sign_on": "dutyboard.tui.screens.forms.post.sign_on:sign_on",
    "trail": "dutyboard.tui.screens.trail:trail",
    "desk_acts": "dutyboard.tui.screens.desk_acts:desk_acts",
}
"""Actions that are the same on every screen, as `module:function` of the session and the current screen."""
EXPLAIN: Final = "dutyboard.tui.screens.explain:explain"
"""The page of `e`, as `module:function` of the session and an obligation. It brings every form about a person."""


ROTA: Final = "dutyboard.tui.screens.rota.table:open_rota"
"""The rota, as `module:function` of the session."""


def is_mode(action_id: str) -> TypeGuard[ModeId]:
    """Return True if an action or a screen is one of the screens of the F-keys."""
    return action_id in SCREENS


def imported(place: str) -> Any:
    """Import the object that `module:name` names, and return it."""
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(module), name)
