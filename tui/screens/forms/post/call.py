"""The form of a phone call. Without an outcome the call stays open, unless no answer is needed."""

from collections.abc import Mapping
from typing import Any, Final

from textual.widgets import Input

from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.told.post import Called
from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field

COLONS: Final = (":", "：")


class CallForm(FormScreen):
    """Form in which caller and matter may be typed as one line, `茅塘镇：要车`: a colon goes on."""

    def __init__(self, session: Session) -> None:
        forms = session.words.forms
        fields = [
            Field(id="caller", label=forms.caller, needed=True, hint=forms.hint_caller),
            Field(id="matter", label=forms.matter, needed=True),
            Field(id="told", label=forms.told),
            Field(id="text", label=forms.text),
            Field(id="time", label=forms.time, kind="time", hint=forms.hint_time),
            Field(id="phone", label=forms.phone),
            Field(id="unit", label=forms.caller_unit),
            Field(id="answer", label=forms.answer, kind="yes_no", hint=forms.hint_answer),
            Field(id="handler", label=forms.handler, kind="officer"),
            Field(id="due", label=forms.due, kind="time", hint=forms.hint_due),
            Field(id="instruction", label=forms.instruction),
            Field(id="outcome", label=forms.outcome),
        ]
        super().__init__(session, forms.call, [], fields, _call, draft_key("call"))
        self.on_saved(lambda _: session.say(session.words.screens.saved_form))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Go on to the matter at a colon behind the caller."""
        caller, matter = self.inputs["caller"], self.inputs["matter"]
        if caller.has_focus and not matter.value and caller.value.strip()[:-1] and caller.value.endswith(COLONS):
            caller.value = caller.value[:-1].rstrip()
            matter.focus()
        super().on_input_changed(event)


def _call(values: Mapping[str, Any]) -> WriteLog:
    """Return the command of the values."""
    told = Called(
        caller=values["caller"],
        matter=values["matter"],
        told=values["told"] or None,
        unit=values["unit"] or "",
        phone=values["phone"] or "",
        answer_needed=values["answer"],
        handler=values["handler"] or "",
        due=values["due"],
        instruction=values["instruction"] or "",
        outcome=values["outcome"] or "",
    )
    return WriteLog(text=values["text"] or "", call=told, happened_at=values["time"])


def call_form(session: Session, _: DutyScreen) -> None:
    """Open the form of a phone call."""
    session.open(CallForm(session))
