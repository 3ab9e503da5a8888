"""The form of one person: every field in a grid, one line that asks them in turn, and a panel.

At every key the panel says what section three decides, until when, and what to ask next.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Key

from dutyboard.rules.duties.meanwhile import changed_since
from dutyboard.rules.law.explain import open_facts
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.people.course import Course, course_of, fresh_course
from dutyboard.rules.people.identity import IDENTITY
from dutyboard.rules.people.units import unit_of
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.person import Correct, PersonData, Register
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.person_fields import BY_ID, FIELDS, FieldId
from dutyboard.tui.screens.filling.names import officer_names, usual_name
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import CUT, Line, Tone, clip, width
from dutyboard.tui.terminal.masking import masked_field, revealing
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.initials import matches, name_meant
from dutyboard.tui.views.person.companions import companions_text
from dutyboard.tui.views.person.course import compared_lines, course_lines
from dutyboard.tui.views.person.form import Typing, follow, typing, values_of
from dutyboard.tui.views.person.grid import contacts_line, fields_asking, grid_lines, hint_line, per_row, step, turned
from dutyboard.tui.widgets.entry_line import EntryLine
from dutyboard.tui.widgets.name_input import OFFERED
from dutyboard.tui.widgets.painted import Painted

ROWS_AROUND: Final = 4
"""Rows that are neither grid nor panel: heading, line, status, keys."""
PANEL_ROWS: Final = 8
"""Rows that the panel needs beside the grid of all fields; on a lower screen the grid shows one leaf."""

_TURNS: Final[Mapping[str, int]] = {"pagedown": 1, "pageup": -1}
"""Keys that turn to the other leaf of the grid."""

_OFFICERS: Final[frozenset[FieldId]] = frozenset({"officer_name"})
"""Fields of an officer, for whose name its initials do."""
_NAMED: Final[frozenset[FieldId]] = _OFFICERS | {"address"}
"""Fields in which initials stand for a name; at the address for that of a town."""
LEAST_NAME = 2
"""Characters of a name; a shorter one with nothing beside it is asked about before it is registered."""


class PersonFormScreen(FormScreen):
    """The form. `person` is None for a new one. `done` is called once the facts are written, or if none was changed."""

    thin_asked = False

    DEFAULT_CSS = """
    PersonFormScreen #entry { height: 1; }
    PersonFormScreen #panel { height: 1fr; margin-top: 0; }
    """

    def __init__(
        self, session: Session, title: str, keys: str, person: Person | None, done: Callable[[Accepted], None]
    ) -> None:
        key = draft_key("person", subject_id(person) if person else "")
        super().__init__(session, title, [], [], self._command, key, done)
        self._person_id = person.id if person else None
        self._keys = keys
        self._done_with = done
        self._said = False
        self._judged: Course | None = None
        self._followed: dict[FieldId, str] = {}
        self.known = values_of(person) if person else dict.fromkeys(BY_ID, "")
        self.values = dict(self.known)
        self.current: FieldId = FIELDS[0].id
        self.grid = Painted(id="grid")
        self.line = EntryLine(self._takes, self._typed)
        self.panel = Painted(id="panel", height=0)
        self.panel.styles.height = "1fr"
        self._label = Painted(height=1)

    @property
    def keys_line(self) -> str:
        """The keys, and the act of F9 for this person."""
        return self._keys

    def compose(self) -> ComposeResult:
        """Yield heading, grid, the line, its hint, the panel, keys."""
        yield self._heading
        yield self.grid
        yield Horizontal(self._label, self.line, id="entry")
        yield self.status
        yield self.panel
        yield self._footer

    def on_mount(self) -> None:
        """Load the register of places meanwhile, in which an origin is looked up."""
        self.run_worker(_warm, thread=True)

    def focus_first(self) -> None:
        """Put the cursor into the first empty field that could change the result, else the first empty one."""
        self.line.focus()
        empty = [field.id for field in FIELDS if not self.values[field.id]]
        read = self.read().data
        asking = fields_asking(open_facts(self._course(read).result, read.id_no, read.asked)) if self._person_id else ()
        self._go(next((field for field in empty if field in asking), empty[0] if empty else FIELDS[0].id))

    def on_resize(self) -> None:
        """Paint the columns that fit the new width."""
        self.call_after_refresh(self._paint)

    # What was typed

    @property
    def person(self) -> Person | None:
        """The record as it is now, for a colleague may have changed it; None for a new person."""
        return None if self._person_id is None else self.session.snapshot.persons[self._person_id]

    @property
    def changed(self) -> dict[FieldId, str]:
        """The fields whose text has changed."""
        return {field: text for field, text in self.values.items() if text != self.known[field]}

    @property
    def typed(self) -> dict[str, str]:
        """The texts that a draft keeps: those that have changed, and nothing else of the record."""
        return {str(field): text for field, text in self.changed.items()}

    @property
    def dirty(self) -> bool:
        """True if anything was typed."""
        return bool(self.changed)

    def restore(self, draft: Mapping[str, str]) -> None:
        """Restore a draft, with the fields that another field has filled."""
        self.values.update({field: draft[field] for field in BY_ID if field in draft})
        self._go(self.current)

    def read(self) -> Typing:
        """Return the form as it can be read: the changed fields over the record of now."""
        person = self.person
        known = values_of(person) if person else self.known
        now = self.session.board_now.replace(tzinfo=None)
        return typing({**known, **self.changed}, person, now, self._contacts())

    def _contacts(self) -> Mapping[str, str]:
        """Return the ids of the desk's people by name. A name that two people bear is left out."""
        persons = self.session.snapshot.persons.values()
        times = Counter(each.name for each in persons)
        return {each.name: subject_id(each) for each in persons if times[each.name] == 1}

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Show one line to the officer until the next key. Then the field's hint returns."""
        self._said = True
        super().say(text, tone)

    def _typed(self, text: str) -> None:
        self._said = False
        field = self.current
        if BY_ID[field].kind == "choice":
            text = self._choice(field, text) or text
        elif not text and self._is_hidden(field):
            text = self.known[field]
        self._set(field, text)

    def _choice(self, field: FieldId, text: str) -> str | None:
        """Return the code of an answer typed as its digit or its word; None if it is neither."""
        folded = unicodedata.normalize("NFKC", text).strip()
        words = {word: code for code, word in self.words.person.answers[field].items()}
        return BY_ID[field].keys.get(folded) or words.get(folded)

    def _set(self, field: FieldId, text: str) -> None:
        self.values[field] = text
        for other in ("sex", "border"):
            self._follow(other, field)
        if field == "foreign_14d" and text == "yes" and self.values["border"] in ("", "none"):
            self.values["border"] = "unknown"  # from where is to be asked before anything is decided
        self.typing()
        self._paint()

    def _follow(self, other: FieldId, changed: FieldId) -> None:
        """Fill a field from a valid ID or a known place, unless the officer has filled it."""
        if {"id_no": "sex", "origin": "border"}.get(changed) != other:
            return
        if self.values[other] in ("", self._followed.get(other)):
            told = follow(self.values, changed).get(other, "")
            self._followed[other] = self.values[other] = told

    # Keys

    def _takes(self, event: Key) -> bool:
        """Handle moves and the digit of a choice, which needs no Enter. Return True if the key was used."""
        self._said = False
        row = per_row(self.size.width)
        moves = {"enter": 1, "tab": 1, "shift+tab": -1, "down": row, "up": -row}
        if event.key in moves:
            self._go(step(self.current, moves[event.key]))
            return True
        if event.key == "right" and not self.line.value and (usual := self._usual(self.read().data)):
            self._set(self.current, usual)
            self._go(self.current)
            return True
        if event.key == "end" and not self.line.value:
            self._go("address")  # the first field behind the facts
            return True
        if event.key in _TURNS:
            self._go(turned(self.current, _TURNS[event.key]))
            return True
        spec = BY_ID[self.current]
        if spec.kind != "choice" or self.line.value:
            return False
        if event.key in ("backspace", "delete"):
            self._set(self.current, "")
            return True
        answer = spec.keys.get(unicodedata.normalize("NFKC", event.character or ""))
        if answer is None:
            return False
        self._set(self.current, answer)
        # No certificate has no hour of sampling.
        self._go(step(self.current, 2 if (self.current, answer) == ("pcr", "none") else 1))
        return True

    def _names(self) -> tuple[str, ...]:
        """Return the names that initials in the current field may mean."""
        if self.current in _OFFICERS:
            return officer_names(self.session)
        return tuple(each.name for each in self.session.snapshot.units.values()) if self.current in _NAMED else ()

    def _usual(self, data: PersonData) -> str:
        """Return whom the typed address's town usually names, while nobody is named in the current field."""
        if self.current not in _OFFICERS or self.values[self.current]:
            return ""
        snapshot, person = self.session.snapshot, self.person
        unit = unit_of(data.address, snapshot.units.values(), snapshot.daily_at(self.session.now()).screening.home)
        return usual_name(snapshot, unit or (person.unit_id if person is not None else None), "officer_name")

    def _name_meant(self) -> None:
        """Put the name into the field that its initials stand for."""
        typed = self.values[self.current]
        if typed and (meant := name_meant(typed, self._names())) != typed:
            self._set(self.current, meant)

    def _go(self, field: FieldId) -> None:
        self._name_meant()
        self.current = field
        value, placeholder = self.values[field], ""
        if BY_ID[field].kind == "choice" and value in BY_ID[field].choices:
            value, placeholder = "", self.words.person.answers[field][value]
        elif self._is_hidden(field) and value == self.known[field]:
            value, placeholder = "", self.words.person.hidden.format(masked=masked_field(value, field))
        self.line.load(value, placeholder)
        self._paint()

    def _is_hidden(self, field: FieldId) -> bool:
        """Return True for a number of the record that is masked. If nothing is typed, it stays as it is."""
        known = self.known[field]
        return not self._revealed and masked_field(known, field) != known

    @property
    def masks(self) -> bool:
        """True: what was typed is masked too, in the grid."""
        return True

    def unmask(self, shown: bool) -> None:
        """Show or mask the numbers in grid and line. The line of a masked one is empty again."""
        self._revealed = shown
        self._go(self.current)

    def empty(self) -> None:
        """Drop what was typed, for the next caller is another person."""
        self.values = dict(self.known)
        self._followed = {}
        self._go(FIELDS[0].id)

    # Painting

    def _paint(self) -> None:
        if not self.is_mounted or self.session.snapshot is None:
            return
        words, cells = self.words, self.size.width
        now = self.session.board_now.replace(tzinfo=None)
        read = self.read()
        # What is half typed and cannot be read yet is no answer: the panel waits for the rest, it does not flicker.
        course = self._judged if self.current in read.problems and self._judged else self._course(read.data)
        self._judged = course
        asks = open_facts(course.result, read.data.id_no, read.data.asked)
        label = f" {words.person.fields[self.current]} "
        rows = self.size.height - ROWS_AROUND - PANEL_ROWS
        elsewhere = {field: problem for field, problem in read.problems.items() if field != self.current}
        with revealing(self._revealed):
            self.grid.paint(
                grid_lines(self.values, self.current, elsewhere, fields_asking(asks), words.person, now, cells, rows)
            )
        self._label.styles.width = width(label)
        self._label.paint([((label, "key"),)])
        if not self._said:
            hint = hint_line(self.current, self.values, read.problems, words.person, now, cells)
            if self.current == "linked" and self.values["linked"]:
                hint = contacts_line(self.values["linked"], self._contacts(), words.person, cells)
            if self.current == "companions" and self.values["companions"]:
                named = companions_text(self.values["companions"], self._person_id, self.session.snapshot, self.words)
                hint = ((clip(f" {named}", cells), "mark"),)
            if self.current in _NAMED:
                hint = self._names_hint(read.data) or hint
            self.status.paint([hint])
        room = self.size.height - ROWS_AROUND - len(self.grid.lines) - (len(self.status.lines) - 1)
        self.panel.paint(_fitted(self._panel(course, asks), room))

    def _names_hint(self, data: PersonData) -> Line:
        """Return the names that fit what is typed, or whom the town usually names; () for neither."""
        typed, forms = self.values[self.current], self.words.forms
        fitting = [name for name in self._names() if matches(typed, name)] if typed else []
        if fitting and typed not in fitting:
            names = self.words.marks.comma.join(fitting[:OFFERED])
            return ((clip(f" {forms.names_fit.format(names=names)}", self.size.width), "mark"),)
        usual = self._usual(data)
        return ((f" {forms.offered.format(name=usual)}", "mark"),) if usual else ()

    def _panel(self, course: Course, asks: Sequence[str]) -> list[Line]:
        """Return section three's answer for the typed facts, and for somebody assessed the old one too."""
        person, before = self.person, None
        if person is not None and person.assessment is not None and self.dirty:
            before = course_of(person, self.session.snapshot, self.session.now())
        return course_lines(course, self.words, self.size.width, asks, before)

    def _course(self, data: PersonData) -> Course:
        snapshot, now = self.session.snapshot, self.session.now()
        person = self.person or Person(id=0, name=data.name, registered_at=now)
        return fresh_course(replace(person, facts=data.facts), snapshot, now)

    # Saving

    def action_save(self) -> None:
        """Save on F9, after the keys that were typed before it."""
        self.line.call_later(self.save)

    def save(self) -> None:
        """Say what cannot be read or what a colleague has changed meanwhile; else send the command."""
        self._name_meant()
        person = self.person
        if person is not None and not self.dirty:
            self.dismiss()
            self._done_with(Accepted(()))
            return
        problems = self.read().problems
        if problems:
            self._go(next(iter(problems)))
            self.line.action_select_all()  # the next key types it anew
            field, words = self.current, self.words.person
            self.say(f" {words.fields[field]}: {words.problems[problems[field]]}", "late")
        elif not self._met_a_colleague():
            if person is not None and person.assessment is not None:
                self._ask_reason(person)
            else:
                super().save()

    def _ask_reason(self, person: Person) -> None:
        """Show how the change moves clause and dates of somebody assessed, and ask for the reason."""
        command, words = self._command({}), self.words.person
        if isinstance(command, Problem):
            self._complain(command)
            return
        assert isinstance(command, Correct)
        snapshot, now, cells = self.session.snapshot, self.session.now(), self.size.width
        before = course_of(person, snapshot, now)
        lines = compared_lines(before, self._course(command.person), self.words, cells)
        reason = Field(id="reason", label=words.reason, hint=words.reason_hint, needed=True)
        title = words.form_correct.format(name=person.name)
        self.session.open(
            FormScreen(
                self.session,
                title,
                lines,
                [reason],
                lambda values: replace(command, reason=values["reason"]),
                draft_key("correct", subject_id(person)),
                self.answered,
            )
        )

    def _met_a_colleague(self) -> bool:
        """Return True if the record was changed elsewhere: who did what, and when, is told once before it is signed.

        A field that was typed here too is named. The next save takes the officer's text.
        """
        told = changed_since(self._over, self.session.snapshot)
        if told is None or self.person is None:
            return False
        self._over = self._records()
        by_now = values_of(self.person)
        both = [field for field in self.changed if by_now[field] != self.known[field] != self.values[field]]
        self.values = {**by_now, **self.changed}
        self.known = by_now
        if both:
            self._go(both[0])
        names = " ".join(self.words.person.fields[field] for field in both)
        rows = [self.session.answer_sentence(told) or "", self.words.person.conflict.format(fields=names)]
        self.say("\n".join(rows if both else rows[:1]), "late")
        return True

    def _command(self, _: Mapping[str, Any]) -> Command | Problem | None:
        data = self.read().data
        if not data.name:
            self._go("name")
            return Problem(Field(id="name", label=self.words.person.fields["name"]), "needed")
        if self._person_id is None:
            others = any(getattr(data, name) for name in IDENTITY if name != "name") or data.facts != Facts()
            if len(data.name.strip()) < LEAST_NAME and not others and not self.thin_asked:
                self.thin_asked = True
                self.say(self.words.person.thin, "soon")
                return None
            return Register(person=data)
        return Correct(person_id=self._person_id, person=data, seen=self.person)


def _fitted(lines: Sequence[Line], room: int) -> list[Line]:
    """Return as many lines as there is room for. The last one is marked if there were more."""
    if len(lines) <= room or room < 1:
        return list(lines)
    (text, tone), *_ = lines[room - 1]
    return [*lines[: room - 1], ((text[:-1] + CUT, tone),)]


def _warm() -> None:
    from dutyboard.tui.sheets.counties import read_place

    read_place("涟源")
