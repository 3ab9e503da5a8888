"""The settings of the desk and the switches of the command post. Enter opens the form of the selected one."""

from collections.abc import Iterable
from datetime import datetime

from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.duties.post.settings import StandingSetting, standing_settings
from dutyboard.tui.screens.base import Acts
from dutyboard.tui.screens.filtered import FilteredScreen
from dutyboard.tui.screens.forms.post.setting import setting_form
from dutyboard.tui.session import Session
from dutyboard.tui.views.settings import setting_detail, setting_row, setting_texts, settings_header
from dutyboard.tui.widgets.painted import Painted


class SettingsScreen(FilteredScreen):
    """Every setting in one row: its name, its value, whose it is, since when, by whom and why."""

    screen_id = "settings"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._heading = Painted([((f" {self.words.settings.title}", "strong"),)], height=1)
        self.detail = Painted(height=2)
        self._standing: dict[str, StandingSetting] = {}

    def body(self) -> Iterable[Widget]:
        """Yield the heading and the rows."""
        yield self._heading
        yield from super().body()

    def below(self) -> Iterable[Widget]:
        """Return how the setting under the cursor is written, and what is planned."""
        return (self.detail,)

    def show(self, board: Board, now: datetime) -> None:  # noqa: ARG002 - computed from the snapshot
        """Paint the list."""
        snapshot, cells = self.session.snapshot, self.size.width
        kept = self.kept(
            standing_settings(snapshot, now), lambda each: setting_texts(each, snapshot, now, self.words).name
        )
        self._standing = {each.setting.name: each for each in kept}
        rows = [self.row(each.setting.name, setting_row, each, snapshot, now, self.words, cells) for each in kept]
        self.table.show(self.heading(settings_header(self.words)), rows, self.empty(""))
        self._paint_detail()

    def _paint_detail(self) -> None:
        found = self._standing.get(self.table.selected or "")
        snapshot, now, cells = self.session.snapshot, self.session.board_now, self.size.width
        self.detail.paint(self.lines(setting_detail, found, snapshot, now, self.words, cells) if found else [])

    def on_live_table_moved(self) -> None:
        """Paint the detail of another setting."""
        self._paint_detail()

    def leave(self) -> None:
        """Go back to the screen it was opened from."""
        self.dismiss()

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        return {**super().acts(), "open": self.open_row}

    def open_row(self) -> None:
        """Open the form of the setting under the cursor."""
        found = self._standing.get(self.table.selected or "")
        if found is None:
            return
        if self.session.me is None:
            self.say(self.words.why_not.not_signed_on, "soon")
        else:
            setting_form(self.session, found)


def open_settings(session: Session) -> None:
    """Open the list of settings."""
    session.open(SettingsScreen(session))
