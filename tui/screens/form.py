"""The one form: labelled rows, Enter from one to the next, a last row that saves.

The text survives a refusal, a conflict, a dropped line and leaving. It is kept as a draft until it is saved.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input

from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Record
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.drafts import Attempt
from dutyboard.tui.link.messages import Answer, Trouble
from dutyboard.tui.screens.filling.drafted import DraftedScreen
from dutyboard.tui.screens.filling.names import NAMES_OF
from dutyboard.tui.screens.filling.refused_field import field_refused
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, width
from dutyboard.tui.terminal.masking import masked_field, revealed, revealing
from dutyboard.tui.views.board import form_heading
from dutyboard.tui.views.fields import NO, YES, Field, Problem, answers_of, choices_hint, chosen, read_all
from dutyboard.tui.widgets.choice_input import ChoiceInput
from dutyboard.tui.widgets.confirm_row import ConfirmRow
from dutyboard.tui.widgets.field_row import FieldRow
from dutyboard.tui.widgets.name_input import NameInput
from dutyboard.tui.widgets.painted import Painted
from dutyboard.tui.widgets.text_input import TextInput

Make = Callable[[Mapping[str, Any]], Command | Problem | None]
"""Makes the command of a form from its values, or names the wrong field. None: the form goes on by itself."""
LABEL_CELLS: Final = 16
"""The least width of the labels."""
LATE: Final = "late-reason"
"""The field that is asked once the rules say that something is told late."""


class FormScreen(DraftedScreen):
    """A form. `fields` are asked from top to bottom; `make` turns their values into a command or a Problem.

    `done` is called on success. `draft_key` names the draft: form and subject, never anything typed. A draft about the
    same subject comes back by itself. One of a form without a subject may be another caller's: it is offered first.
    A first text that holds a number of somebody is masked: its row is empty, and left so it stays as it is.
    """

    confirm_label = ""
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("f9,ctrl+w", "save", show=False, priority=True),
        Binding("f12", "clear", show=False, priority=True),
        Binding("ctrl+u", "unmask", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    FormScreen VerticalScroll { height: 1fr; }
    FormScreen #facts { height: auto; margin-bottom: 1; }
    FormScreen ConfirmRow { margin-top: 1; }
    """

    def __init__(
        self,
        session: Session,
        title: str,
        facts: Sequence[Line],
        fields: Sequence[Field],
        make: Make,
        draft_key: str,
        done: Callable[[Accepted], None] | None = None,
    ) -> None:
        super().__init__(session, draft_key)
        self.fields = tuple(_begun(each) for each in fields)
        self._facts = tuple(facts)
        self._below: tuple[Line, ...] = ()
        self._revealed = revealed()
        self._make = make
        self._done = done
        self._over = self._records()
        self._clear_asked = False
        self._title = title
        self._heading = Painted([((f" {title}", "frame"),)], height=1, fill="frame")
        self._footer = Painted(height=1)
        self.inputs: dict[str, TextInput] = {}
        self.labels: dict[str, FieldRow] = {}
        self._masks = {each.id: mask for each in self.fields if (mask := _mask(each)) != each.value}
        self._hidden: set[str] = set()

    @property
    def keys_line(self) -> str:
        """The keys that work in the form."""
        unmask = f"  ^U {self.words.actions.unmask.short}" if self.masks else ""
        return self.words.forms.footer + unmask

    def compose(self) -> ComposeResult:
        """Yield heading, facts, rows, the saving row, status, keys."""
        with revealing(self._revealed):
            facts = Painted(self._facts, id="facts")
        yield self._heading
        with VerticalScroll(can_focus=False):
            yield facts
            yield from self.rows()
            yield ConfirmRow(self.confirm_label or self.words.forms.confirm)
        yield self.status
        yield self._footer

    def show_more(self, lines: Sequence[Line]) -> None:
        """Show lines below the facts, as what an act would bring with it."""
        self._below = tuple(lines)
        self._paint_facts()

    def _paint_facts(self) -> None:
        with revealing(self._revealed):
            for facts in self.query("#facts").results(Painted):
                facts.paint([*self._facts, *self._below])

    def rows(self) -> Sequence[Widget]:
        """Return one row for each field."""
        return [self._row(field) for field in self.fields]

    def _row(self, field: Field) -> Widget:
        cells = max(LABEL_CELLS, *(width(each.label) + 3 for each in self.fields))
        first, behind = self._begins_with(field)
        entry = self.inputs[field.id] = self.entry_of(field, first, behind)
        row = self.labels[field.id] = FieldRow(field, entry, cells, self._behind(field))
        return row

    def _behind(self, field: Field) -> str:
        """Return what stands in the empty field: the answers by their digits, whom its town usually names, the hint."""
        offered = self.words.forms.offered.format(name=field.offer) if field.offer else ""
        return " ".join(part for part in (choices_hint(field.choices), offered, field.hint) if part)

    def entry_of(self, field: Field, text: str, behind: str) -> TextInput:
        """Return the input of a field with its first text, and what stands in it while it is empty."""
        more: dict[str, Any] = {"id": f"field-{field.id}".replace(".", "-"), "placeholder": behind}
        if field.choices:
            return ChoiceInput(text, answers=answers_of(field), **more)
        if field.kind == "yes_no":
            answers = dict(zip("10", self.words.desk_acts.yes_no, strict=True))
            spoken = dict.fromkeys(YES, "1") | dict.fromkeys(NO, "0")
            return ChoiceInput(text, answers=answers, spoken=spoken, **more)
        of_kind = NAMES_OF.get(field.kind)
        names = field.names or (of_kind(self.session) if of_kind is not None else ())
        return NameInput(text, names=names, offer=field.offer, **more)

    def on_mount(self) -> None:
        """Put the cursor into the first empty field, and load a draft that was left."""
        self._footer.paint([((self.keys_line, "dim"),)])
        self.repaint()
        self.focus_first()

    def repaint(self) -> None:
        """Paint the clock and what is of top priority beside the title: whoever fills a form is not blind meanwhile."""
        board, zone = self.session.board, self.session.snapshot.zone
        owed = board.obligations if board is not None else ()
        now, cells = self.session.board_now, self.session.cells
        stopped = self.session.stopped_at
        self._heading.paint([form_heading(self._title, owed, now, zone, self.words, cells, stopped)])

    # The record that the form is about

    @property
    def about(self) -> Subject | None:
        """The record that the form is about. None: none, or one that is made by it."""
        return next((found for part in self._drafts.key.split(".") if (found := Subject.parse(part))), None)

    def _records(self) -> tuple[Record, ...]:
        """Return the record as it stands now. Another one by the time of saving is told before it is overwritten."""
        if self.about is None or not self.session.loaded:
            return ()
        table, number = self.about.record
        record: Record | None = getattr(self.session.snapshot, table).get(number)
        return (record,) if record is not None else ()

    def focus_first(self) -> None:
        """Put the cursor into the first empty field, else on the saving row."""
        typed = self.typed
        for field in self.fields:
            if not typed[field.id]:
                self.inputs[field.id].focus()
                return
        self.query_one(ConfirmRow).focus()

    # What was typed

    @property
    def typed(self) -> dict[str, str]:
        """The text of every field. A masked one that nothing was typed into holds its first text."""
        first = {field.id: field.value for field in self.fields if field.id in self._hidden}
        return {name: entry.told or first.get(name, "") for name, entry in self.inputs.items()}

    @property
    def dirty(self) -> bool:
        """True if a field no longer holds its first text."""
        return bool(self.changed_fields)

    @property
    def changed_fields(self) -> set[str]:
        """The fields that no longer hold their first text."""
        typed = self.typed
        return {field.id for field in self.fields if typed[field.id] != field.value}

    @property
    def masks(self) -> bool:
        """True if the form was opened with a number of somebody, which it masks."""
        return bool(self._masks)

    @property
    def kept_texts(self) -> Mapping[str, str]:
        """The texts that a draft keeps: no number of a record that was not typed here."""
        first = {field.id: field.value for field in self.fields if field.id in self._masks}
        return {name: text for name, text in self.typed.items() if text != first.get(name)}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return True where a key of the form acts: Ctrl+U where something is masked."""
        return self.masks if action == "unmask" else super().check_action(action, parameters)

    def action_clear(self) -> None:
        """Empty the form and drop its draft on the second key; the first one only asks."""
        if not self.dirty:
            return
        if not self._clear_asked:
            self._clear_asked = True
            self.say(self.words.forms.clear_asked, "soon")
            return
        self._clear_asked = False
        self.empty()
        self.session.fetch(lambda gateway: gateway.drop_draft(self._drafts.key), lambda _: None)
        self.say(self.words.forms.cleared)

    def empty(self) -> None:
        """Put the first text back into every field."""
        self._attempt = None
        for field in self.fields:
            self._put_first(field)
        self.focus_first()

    # Numbers of people

    def _begins_with(self, field: Field) -> tuple[str, str]:
        """Return the first text of a row, and what stands in an empty one: the masked text or the hint."""
        if field.id not in self._masks or self._revealed:
            self._hidden.discard(field.id)
            return field.value, self._behind(field)
        self._hidden.add(field.id)
        return "", self.words.person.hidden.format(masked=self._masks[field.id])

    def _put_first(self, field: Field) -> None:
        entry = self.inputs[field.id]
        entry.value, entry.placeholder = self._begins_with(field)

    @property
    def _viewed(self) -> str:
        """Name in the view log of what is shown here: the subject that the form is about, else the form."""
        return self.about or self._drafts.key

    def action_unmask(self) -> None:
        """Mask the numbers at once; show them once a reason stands in the view log."""
        if self._revealed:
            self.unmask(False)
        else:
            self.session.reveal(self._viewed, lambda: self.unmask(True))

    def unmask(self, shown: bool) -> None:
        """Show or mask the numbers that the form was opened with. What was typed anew stays as it is."""
        typed, self._revealed = self.typed, shown
        for field in self.fields:
            if field.id in self._masks and typed[field.id] == field.value:
                self._put_first(field)
            else:
                self._hidden.discard(field.id)

    def mask(self) -> None:
        """Mask the numbers that were shown for a reason. What was typed stays."""
        super().mask()
        if self._revealed:
            self.unmask(False)
            self._paint_facts()

    def restore(self, draft: Mapping[str, str]) -> None:
        """Put a draft back into its fields."""
        for name, text in draft.items():
            if name in self.inputs:
                self.inputs[name].value = text

    def on_input_changed(self, _: Input.Changed) -> None:
        """Note that a key was typed."""
        self.typing()

    def typing(self) -> None:
        """Take the question of clearing back, and keep a draft."""
        self._clear_asked = False
        super().typing()

    # Moving

    def on_key(self, event: Key) -> None:
        """Move on Up and Down, save on Enter in the last row. Escape never drops typed text."""
        if event.key == "down":
            self.focus_next()
        elif event.key == "up":
            self.focus_previous()
        elif event.key == "enter" and isinstance(self.focused, ConfirmRow):
            self.save()
        elif event.key == "escape":
            if self.dirty:
                self.say(self.words.forms.dirty_escape, "soon")
            else:
                self.dismiss()
        else:
            return
        event.stop()
        event.prevent_default()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the next row on Enter."""
        event.stop()
        self.focus_next()

    # Saving and leaving

    def action_save(self) -> None:
        """Save from any row (F9)."""
        self.save()

    def save(self) -> None:
        """Check the fields and send the command. The answer closes the form or says what is wrong."""
        if self._saving:
            return
        values = read_all(self.fields, self.typed, self.session.board_now.date(), self.session.snapshot.zone)
        command = values if isinstance(values, Problem) else self._make(values)
        if command is not None and not isinstance(command, Problem):
            command = self._with_reason(command)
        if isinstance(command, Problem):
            self._complain(command)
        elif command is not None:
            self.send(command)

    def send(self, command: Command) -> None:
        """Send the command to be saved. If other texts were sent before, find out first what became of them."""
        self._saving = True
        self.say_working(self.words.forms.saving)
        before = self._attempt
        if before is None or before.was_of(command):
            self._send(command)
        else:
            self.session.hold_keys()
            self.session.fetch(
                lambda gateway: gateway.saved_as(before.rid), lambda saved: self._send_other(command, saved)
            )

    def _send_other(self, command: Command, saved: Any) -> None:
        """Send texts that differ from those sent before. If those are saved, say so and wait for a second key."""
        self.session.release_keys()
        if isinstance(saved, Trouble):
            self.answered(saved)
            return
        self._attempt = None
        if saved is not None:
            self._saving = False
            self.say(self._when(self.words.forms.saved_other, saved), "soon")
        else:
            self._send(command)

    def _send(self, command: Command) -> None:
        """Send the command under a name that its draft keeps, should the program end before the answer."""
        self._attempt = self._attempt or Attempt.of(command)
        self.session.keep_draft(self._drafts.key, self._draft)
        self.session.submit(command, self.answered, waits=True, rid=self._attempt.rid, over=self._over)

    def on_saved(self, done: Callable[[Accepted], None]) -> None:
        """Set the function that is called once it is saved."""
        self._done = done

    def _with_reason(self, command: Command) -> Command:
        """Return the command with the reason that was typed for telling it late."""
        from dutyboard.rules.records.timely import with_reason

        typed = self.inputs[LATE].value.strip() if LATE in self.inputs else ""
        return with_reason(command, typed) if typed else command

    def ask_reason(self) -> None:
        """Add the row that asks why it is told late, where no field of the form can say it."""
        if LATE not in self.inputs:
            forms = self.words.forms
            row = self._row(Field(id=LATE, label=forms.late_reason, hint=forms.hint_reason, needed=True))
            self.session.hold_keys()
            self.mount(row, before=self.query_one(ConfirmRow))
            self.call_after_refresh(self._reason_asked)
        else:
            self.inputs[LATE].focus()

    def _reason_asked(self) -> None:
        """Give the new row the keys, and those that were typed meanwhile."""
        self.inputs[LATE].focus()
        self.session.release_keys()

    def _complain(self, problem: Problem) -> None:
        field = problem.field
        template: str = getattr(self.words.forms, problem.code)
        said = template.format(name=field.label, value=problem.value, low=f"{field.low:g}", high=f"{field.high:g}")
        self.say(said, "late")
        if field.id in self.inputs:
            self.inputs[field.id].focus()

    def answered(self, answer: Answer) -> None:
        """Close the form once it is saved, or say why it is not."""
        self._saving = False
        if isinstance(answer, Accepted):
            if self._draft_timer is not None:
                self._draft_timer.stop()
            self.session.fetch(lambda gateway: gateway.drop_draft(self._drafts.key), lambda _: None)
            self.dismiss()
            if self._done is not None:
                self._done(answer)
            if answer.again:
                self.session.say(self._when(self.words.forms.saved_again, answer))
            return
        if isinstance(answer, Refusal):
            self._attempt = None
            self._refused(answer)
        said = self.session.answer_sentence(answer) or ""
        self.say(self.words.forms.kept.format(why=said) if isinstance(answer, Trouble) else said, "late")

    def _refused(self, refusal: Refusal) -> None:
        """Go to the wrong field, ask for a missing reason, or take the record as a colleague has left it."""
        from dutyboard.rules.records.timely import LATE_CODES

        if refusal.code in LATE_CODES:
            self.ask_reason()
        elif refusal.code == "changed_meanwhile":
            self._over = self._records()  # it has just been told; the next F9 is signed over it
        elif (wrong := field_refused(refusal, self.inputs)) is not None:
            self.inputs[wrong].focus()


def _mask(field: Field) -> str:
    """Return the first text of a field, with the numbers in it masked."""
    return masked_field(field.value, field.id.rpartition(".")[2])


def _begun(field: Field) -> Field:
    """Return a field whose first text is told as its input tells it: an answer by its digit."""
    if field.kind == "yes_no" and field.value:
        return replace(field, value="1" if field.value.casefold() in YES else "0")
    code = chosen(field.value, field.choices) if field.choices and field.value else None
    return field if code is None else replace(field, value=str([*field.choices].index(code) + 1))
