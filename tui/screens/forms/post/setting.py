"""The form of one setting: its new value, from when on, and why."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.duties.post.settings import StandingSetting
from dutyboard.rules.records.commands.post import ChangeSetting
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, saved_entry
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.settings import setting_detail, setting_texts, typed_value, value_hint


def setting_form(session: Session, standing: StandingSetting) -> None:
    """Open the form of a setting. Its present value and what is planned stand above the fields."""
    words, setting, now = session.words, standing.setting, session.board_now
    said, forms = words.settings, words.forms
    fields = [
        Field(
            id="value",
            label=said.new_value,
            hint=value_hint(setting, session.snapshot.notice_at(now), words),
            needed=True,
        ),
        Field(
            id="starts",
            label=said.starts,
            kind="time",
            hint=said.hint_midnight if setting.from_midnight else said.hint_starts,
        ),
        Field(id="reason", label=forms.reason, hint=forms.hint_reason, needed=True),
    ]

    def make(values: Mapping[str, Any]) -> ChangeSetting:
        value = typed_value(setting, values["value"], words)
        return ChangeSetting(name=setting.name, value=value, reason=values["reason"], effective_from=values["starts"])

    texts = setting_texts(standing, session.snapshot, now, words)
    facts = setting_detail(standing, session.snapshot, now, words, session.cells)
    key = draft_key("setting", setting.name)
    session.open(FormScreen(session, f"{texts.name}: {texts.value}", facts, fields, make, key, saved_entry(session)))
