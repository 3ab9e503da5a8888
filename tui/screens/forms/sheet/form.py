"""The first step of an import: its kind, and a file of this machine or rows pasted from a table."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from threading import Event
from typing import Any

from textual.events import Key
from textual.message import Message
from textual.widgets import Input

from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Trouble
from dutyboard.tui.link.worker import GatewayPort
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.forms.sheet.columns import ColumnsScreen
from dutyboard.tui.screens.forms.sheet.look import (
    PastedRows,
    Previewed,
    Unknown,
    completions,
    opened,
    previewed,
    unknown_columns,
)
from dutyboard.tui.screens.forms.sheet.preview import open_preview, worded
from dutyboard.tui.screens.pick import PickScreen, named_choices
from dutyboard.tui.screens.session_screen import SessionScreen
from dutyboard.tui.session import Session
from dutyboard.tui.sheets.mapping import own_fields
from dutyboard.tui.sheets.notes import Progress
from dutyboard.tui.sheets.reader.files import OpenedFile
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.terminal.cells import Line, wrap
from dutyboard.tui.views.fields import Field, Problem, answers_of
from dutyboard.tui.widgets.choice_input import ChoiceInput
from dutyboard.tui.widgets.rows_input import RowsInput
from dutyboard.tui.widgets.text_input import TextInput

_ANSWERS = "answers"
"""Name in a draft of the fields given to headings. No field of the form is called so."""
_STEPS = 50
"""Parts of a sheet after each of which the progress is told."""


class _Stopped(Exception):
    """The officer has left while the sheet was read."""


class RowsChoice(ChoiceInput, RowsInput):
    """The field of the kind, into which rows may be pasted too."""


class SheetForm(FormScreen):
    """The form. Rows that are pasted into any of its fields are the sheet; Tab completes a path.

    `answers` are the fields that were given to unknown headings; a draft keeps them, and never the rows.
    """

    class Reading(Message):
        """Message of the worker: rows done, of all."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done = done
            self.total = total

    def __init__(self, session: Session, facts: Sequence[Line], fields: Sequence[Field]) -> None:
        said = session.words.desk_acts
        super().__init__(session, said.sheet_title, facts, fields, self._look, draft_key("sheet"))
        self.confirm_label = session.words.intake.look
        self.answers: dict[str, str] = {}
        self._rows: PastedRows | None = None
        self._late = ""
        self._columns: ColumnsScreen | None = None
        self._reading: Event | None = None
        """Set once the officer has left; None: nothing is being read."""

    @property
    def keys_line(self) -> str:
        """The keys that work in the form."""
        return self.words.intake.form_keys

    def entry_of(self, field: Field, text: str, behind: str) -> TextInput:
        """Return the input of a field: one that takes rows, and completes the path of a file."""
        more: dict[str, Any] = {"id": f"field-{field.id}", "placeholder": behind}
        if field.choices:
            return RowsChoice(text, answers=answers_of(field), **more)
        return RowsInput(text, completes=field.id == "file", **more)

    # What was pasted or typed

    def on_rows_input_pasted(self, event: RowsInput.Pasted) -> None:
        """Take pasted rows for the sheet."""
        said = self.words.intake
        self._rows = PastedRows(event.text, said.pasted_name)
        self.inputs["file"].value = said.pasted.format(n=self._rows.rows)
        self.say(said.pasted_hint)
        self.focus_first()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Forget pasted rows once another file is typed in their place."""
        if self._rows is not None and event.input is self.inputs["file"] and event.value != self._marker:
            self._rows = None

    @property
    def _marker(self) -> str:
        return self.words.intake.pasted.format(n=self._rows.rows) if self._rows is not None else ""

    @property
    def kept_texts(self) -> Mapping[str, str]:
        """The kind, the path and the answers; of pasted rows nothing."""
        texts = {name: text for name, text in self.typed.items() if not (self._rows is not None and name == "file")}
        return {**texts, _ANSWERS: json.dumps(self.answers, ensure_ascii=False)} if self.answers else texts

    def restore(self, draft: Mapping[str, str]) -> None:
        """Put a draft back into the fields, and the answers into their place."""
        super().restore(draft)
        self.answers = json.loads(draft.get(_ANSWERS, "{}"))

    def on_rows_input_completes(self, _: RowsInput.Completes) -> None:
        """Complete the path as far as it is clear, or open the list of what may be meant."""
        typed = self.inputs["file"].value
        self.session.fetch_for(lambda gateway: completions(gateway, typed), lambda found: self._completed(typed, found))

    def _completed(self, typed: str, found: Sequence[str]) -> None:
        entry = self.inputs["file"]
        if not found:
            self.say(self.words.intake.no_such_path, "soon")
            return
        alike = takewhile(lambda pair: pair[0] == pair[1], zip(found[0], found[-1]))  # they are in order
        common = "".join(sign for sign, _ in alike)
        if len(found) == 1 or len(common) > len(str(Path(typed).expanduser())):
            entry.value = common
            entry.cursor_position = len(common)
            return
        self._pick_file(found)

    def _pick_file(self, found: Sequence[str]) -> None:
        names = {Path(each).name + ("/" if each.endswith("/") else ""): each for each in found}
        said = self.words.intake

        def picked(screen: PickScreen, name: str) -> None:
            screen.dismiss()
            entry = self.inputs["file"]
            entry.value = names[name]
            entry.cursor_position = len(entry.value)
            entry.focus()

        self.session.open(PickScreen(self.session, said.pick_file, said.pick_file_hint, named_choices(names), picked))

    # Reading

    def _look(self, values: Mapping[str, Any]) -> Problem | None:
        if self._reading is None:
            source = self._rows or Path(values["file"].strip("'\"")).expanduser()
            self._late = values["late"] or ""
            self._read(values["kind"], values["year"], source, {})
        return None

    def _read(
        self,
        kind: SheetKind,
        year: int | None,
        source: Path | PastedRows | OpenedFile,
        answers: Mapping[str, str],
    ) -> None:
        """Read in the worker thread. A file that is opened already has been asked about."""
        left = Event()
        progress, words, cells, late = self._progress(left), self.words, self.session.cells, self._late
        self._reading = left

        def work(gateway: GatewayPort) -> Previewed | Unknown | Sequence[str] | IntakeError | None:
            try:
                if isinstance(source, Path) and not gateway.actor.address and source.is_dir():
                    return completions(gateway, f"{source}/")
                file = source if isinstance(source, OpenedFile) else opened(gateway, source)
                columns = () if isinstance(source, OpenedFile) else unknown_columns(gateway, kind, file, {})
                if columns:
                    return Unknown(file, columns)
                found = previewed(gateway, kind, file, year, answers, progress, late)
                return replace(found, lines=worded(found, words, cells))
            except IntakeError as error:
                return error
            except _Stopped:
                return None

        self._step.say_working(self.words.intake.reading)
        self.session.fetch(work, lambda found: self._looked(kind, year, found, left))

    @property
    def _step(self) -> SessionScreen:
        """The step that waits for the reading: the one that asks about columns, or the form."""
        columns = self._columns
        return columns if columns is not None and columns.is_attached else self

    def _progress(self, left: Event) -> Progress:
        """Return what the worker calls with each row: it tells the form, and ends where the officer has left."""

        def told(done: int, total: int) -> None:
            if left.is_set():
                raise _Stopped
            if done == total or done % max(1, total // _STEPS) == 0:
                self.post_message(self.Reading(done, total))

        return told

    def on_sheet_form_reading(self, event: Reading) -> None:
        """Say how far the reading is."""
        if self._reading is not None:
            said = self.words.intake
            rows = said.reading_rows.format(done=event.done, total=event.total)
            self._step.say_working(rows if event.done < event.total else said.deciding)

    def _looked(self, kind: SheetKind, year: int | None, found: Any, left: Event) -> None:
        """Go on with what was found, unless the officer has left meanwhile."""
        if left.is_set() or not self.is_attached:
            return
        self._reading = None
        if isinstance(found, Trouble):
            self._step.say(self.session.trouble_sentence(found), "late")
        elif isinstance(found, IntakeError):
            self._step.say(self._why(found), "late")
        elif isinstance(found, Unknown):
            self._ask(kind, year, found)
        elif isinstance(found, Previewed):
            self._step.say("")
            if isinstance(found.answer, Refusal):
                self._step.say(self.session.answer_sentence(found.answer) or "", "late")
            else:
                open_preview(self.session, found, self._close)
        elif found:
            self._pick_file(found)
        else:
            self._step.say(self.words.intake.no_such_path, "soon")

    def _why(self, error: IntakeError) -> str:
        said = self.words.sheets
        return (said.files_on_screen.get(error.code) or said.files[error.code]).format(**error.fields)

    def _ask(self, kind: SheetKind, year: int | None, found: Unknown) -> None:
        """Open the step that asks what unknown columns tell. The answers given to this sheet before stand in it."""
        said = self.words.intake
        self._step.say("")
        title = said.columns.format(kind=self.words.log.sheets[kind], file=found.file.name)
        asked = {each.heading for each in found.columns}
        self.answers = {each: field for each, field in own_fields(self.answers, kind).items() if each in asked}

        def go_on() -> None:
            if self._reading is None:
                self._read(kind, year, found.file, dict(self.answers))

        self._columns = ColumnsScreen(
            self.session, title, kind, found.columns, self.answers, self._keep_draft, go_on, self.stopped
        )
        self.session.open(self._columns)

    def _close(self, answer: Accepted) -> None:
        """Leave the steps of an import that is done, and drop its draft."""
        if self._columns is not None and self._columns.is_attached:
            self._columns.dismiss()
        self.answered(answer)

    def on_key(self, event: Key) -> None:
        """Leave on Escape: what is read is given up, and the form is kept as a draft."""
        if event.key != "escape":
            return
        event.stop()
        event.prevent_default()
        self.leave()

    def leave(self) -> None:
        """Leave the form, unless a reading was to be stopped."""
        if not self.stopped():
            super().leave()

    def stopped(self) -> bool:
        """Stop the reading, and say so; return False where nothing is being read."""
        if self._reading is None:
            return False
        self._reading.set()
        self._reading = None
        self._step.say(self.words.intake.reading_left)
        return True


def sheet_form(session: Session) -> None:
    """Open the form; at the door it says that rows are pasted, for there are no files."""
    session.fetch_for(lambda gateway: bool(gateway.actor.address), lambda at_door: _open(session, at_door=at_door))


def _open(session: Session, *, at_door: bool) -> None:
    said, intake = session.words.desk_acts, session.words.intake
    kinds, file_hint = said.sheet_kinds, intake.paste_here if at_door else said.sheet_file_hint
    fields = [
        Field(id="kind", label=said.sheet_kind, choices=kinds, needed=True),
        Field(id="file", label=said.sheet_file, hint=file_hint, needed=True),
        Field(id="year", label=said.sheet_year, kind="number", hint=said.sheet_year_hint, low=1900, high=2200),
        Field(id="late", label=said.sheet_late, hint=said.sheet_late_hint),
    ]
    told = (intake.at_door, intake.how_to_paste) if at_door else (intake.how_to_paste,)
    facts: list[Line] = [((f" {row}", "dim"),) for text in told for row in wrap(text, session.cells - 2)]
    session.open(SheetForm(session, facts, fields))
