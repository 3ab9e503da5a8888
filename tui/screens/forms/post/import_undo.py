"""Import taken back: what would go back and what stays is shown, then it is confirmed."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.records.commands.sheets import UndoImport
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.told.post import ImportUndone
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, clip
from dutyboard.tui.views.entry.names import subject_name
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.log import log_detail

_SHOWN = 12
"""Records left that are named; the log and the command line name more."""


def import_undo_form(session: Session, entry: Entry) -> None:
    """Open the question whether an import is taken back, with what it would do; say why where it cannot be."""
    command = UndoImport(entry_id=entry.id)
    session.fetch_for(lambda gateway: gateway.preview(command), lambda answer: _ask(session, entry, answer))


def _ask(session: Session, entry: Entry, answer: Accepted | Refusal) -> None:
    if isinstance(answer, Refusal):
        session.say(session.answer_sentence(answer) or "", "soon")
        return
    said, told = session.words.amending, answer.entry.told
    assert isinstance(told, ImportUndone)
    counts = said.import_counts.format(put_back=told.put_back, taken_away=told.taken_away, left=len(told.left))
    facts: list[Line] = log_detail(entry, session.snapshot, session.words, session.cells)
    facts.append(((f" {counts}", "strong"),))
    for each in told.left[:_SHOWN]:
        text = f"   {said.import_left} {each} {subject_name(each, session.snapshot)}"
        facts.append(((clip(text, session.cells), "soon"),))
    if len(told.left) > _SHOWN:
        facts.append(((f"   +{len(told.left) - _SHOWN}", "dim"),))
    why = Field(id="why", label=said.import_reason, hint=said.import_reason_hint)

    def make(values: Mapping[str, Any]) -> UndoImport:
        return UndoImport(entry_id=entry.id, reason=values["why"] or "")

    def done(_: Accepted) -> None:
        session.say(said.import_undone.format(entry=entry.id))

    title = said.import_title.format(entry=entry.id)
    session.open(FormScreen(session, title, facts, [why], make, draft_key("import-undo", str(entry.id)), done))
