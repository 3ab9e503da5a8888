"""One of the desk's settings given another value: a threshold, a window, or a word of the command post."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.duties.post.settings import StandingSetting, standing_settings
from dutyboard.rules.records.commands import ChangeSetting
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, pad
from dutyboard.tui.views.entry_text import entry_text
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.settings import setting_texts, typed_value

NAME_CELLS = 40


def choose_setting(session: Session) -> None:
    """Open the choice of a setting, each with the value that stands."""
    said = session.words.desk_acts
    snapshot, now, words = session.snapshot, session.now(), session.words
    standing = {each.setting.name: each for each in standing_settings(snapshot, now)}
    choices: list[tuple[str, str, Line]] = []
    for key, each in standing.items():
        name, value, source, _ = setting_texts(each, snapshot, now, words)
        choices.append((key, name, ((f"  {pad(name, NAME_CELLS)}{value}", "plain"), (f"  {source}", "dim"))))

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        setting_form(session, standing[key])

    session.open(PickScreen(session, said.setting, said.setting_pick, choices, picked))


def setting_form(session: Session, standing: StandingSetting) -> None:
    """Open the form of a setting: its new value, from when, and why."""
    said, words = session.words.desk_acts, session.words
    name, value, source, more = setting_texts(standing, session.snapshot, session.now(), words)
    fields = [
        Field(id="value", label=said.setting_value, hint=said.setting_value_hint, needed=True),
        Field(id="from", label=said.setting_from, kind="time", hint=said.setting_from_hint),
        Field(id="reason", label=said.reason, hint=said.reason_hint, needed=True),
    ]

    def make(values: Mapping[str, Any]) -> ChangeSetting:
        return ChangeSetting(
            name=standing.setting.name,
            value=typed_value(values["value"], words),
            reason=values["reason"],
            effective_from=values["from"],
        )

    def done(answer: Accepted) -> None:
        session.say(words.screens.saved.format(what=entry_text(answer.entry, session.snapshot, words)))

    facts: list[Line] = [((f" {name}  {value}", "strong"), (f"  {source} {more}", "dim"))]
    key = draft_key("setting", standing.setting.name)
    session.open(FormScreen(session, name, facts, fields, make, key, done))
