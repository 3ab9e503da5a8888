"""The screens of the desk, each imported when it is first opened.

To add one:
1. Name its id in `tui.actions.ScreenId` and give it an `Action` there (the id is also the action's), with words in
   `tui/text/actions.py`.
2. Write `tui/screens/<id>.py` with a subclass of `tui.screens.base.DutyScreen`: `screen_id`, `body()` yields its
   widgets, `show(board, now)` paints them from `self.app.snapshot`, `do_<action>()` does an action of the registry,
   `selected()` names the obligation under the cursor. Never edit what is shown: `self.app.submit(command, reply)`.
3. Add it to `SCREENS` below.
A form is a `tui.screens.form.FormScreen`: give it rows, a command made of the values, and push it.
"""

from collections.abc import Mapping

from dutyboard.tui.actions import ScreenId

SCREENS: Mapping[ScreenId, str] = {
    "board": "dutyboard.tui.screens.board:BoardScreen",
    "rounds": "dutyboard.tui.screens.rounds:RoundsScreen",
    "screening": "dutyboard.tui.screens.screening:ScreeningScreen",
    "people": "dutyboard.tui.screens.people:PeopleScreen",
    "log": "dutyboard.tui.screens.log:LogScreen",
    "reports": "dutyboard.tui.screens.reports:ReportsScreen",
    "handover": "dutyboard.tui.screens.handover:HandoverScreen",
}
"""Screen id to `module:class`."""
