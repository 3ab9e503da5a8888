"""A form in lines: it asks its questions in turn, says what it writes, and is signed.

Its answers outlive a refusal, a form that was put aside, and a dropped line: they are kept as they are given.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

import click

from dutyboard.frozen import frozen
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.model import Record
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.timely import LATE_CODES, with_reason
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.commands.plain.talk import PutAside, Talk
from dutyboard.tui.link.trouble import StoreTrouble
from dutyboard.tui.terminal.masking import masked_field
from dutyboard.tui.views.fields import fold

TAKES_AWAY: Final = frozenset({"-", "－", "—"})
"""Lines that take away the answer that stood there."""


@frozen
class LineQuestion:
    """One line to be asked. `read` makes its value or raises click.ClickException; an empty line is not stated.

    `value` is proposed: an empty line keeps it.
    """

    key: str
    label: str
    read: Callable[[str], Any] = str
    hint: str = ""
    value: str = ""
    needed: bool = False
    unseen: bool = False


class WrongAnswer(Exception):
    """An answer that does not do, with the key of its question and the sentence."""

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(key)
        self.key = key
        self.sentence = sentence


MakesCommand = Callable[[Mapping[str, Any]], Command]
"""Makes the command from what was stated. Raises WrongAnswer, click.ClickException."""


class LineForm:
    """The form. `field_of` names the question that a refusal is about; `brings` says what the act brings.

    `about` returns the records that the answers name, as they stand. One that a colleague changes after it was named is
    told before anything is written.
    """

    def __init__(
        self,
        talk: Talk,
        questions: Sequence[LineQuestion],
        make: MakesCommand,
        draft: str,
        *,
        field_of: Callable[[Refusal], str | None] = lambda _: None,
        brings: Callable[[Command], Sequence[str]] = lambda _: (),
        about: Callable[[Mapping[str, Any]], Sequence[Record]] = lambda _: (),
    ) -> None:
        self.talk = talk
        self.questions = tuple(questions)
        self._make = make
        self._draft = draft
        self._field_of = field_of
        self._brings = brings
        self._about = about
        self._over: tuple[Record, ...] = ()
        self.typed: dict[str, str] = {}
        self._reason = ""
        self._agreed = False

    def carry_out(self) -> Accepted | None:
        """Ask, show, sign and write. None: it was put aside."""
        try:
            self._take_up()
            self.look_anew()
            while (question := self.next_question()) is not None:
                self.ask(question)
            return self._sign()
        except PutAside:
            self.talk.say(self.talk.lines.kept if any(self.typed.values()) else self.talk.lines.nothing_new)
            return None

    def look_anew(self) -> None:
        """Take the records that it is about as they stand now."""
        self._over = tuple(self._about(self.stated()))

    def _named(self) -> None:
        """Take the records that are named by now; one that was named before stays as it stood then."""
        held = {(type(each), each.id): each for each in self._over}
        self._over = tuple(held.get((type(each), each.id), each) for each in self._about(self.stated()))

    # Asking

    def next_question(self) -> LineQuestion | None:
        """Return what is to be asked next; None: everything was."""
        return next((each for each in self.questions if each.key not in self.typed), None)

    def listed(self) -> Sequence[LineQuestion]:
        """Return the questions that may be changed."""
        return self.questions

    def ask(self, question: LineQuestion) -> None:
        """Ask until the answer can be read."""
        talk, said = self.talk, self.talk.lines
        held = self.typed.get(question.key, question.value)
        hint = question.hint
        if held:
            hint += said.proposed.format(value=masked_field(held, question.key))
        prompt = said.question.format(label=question.label, mark=said.needed_mark if question.needed else "", hint=hint)
        while True:
            typed = talk.input.unseen(prompt) if question.unseen else talk.ask(prompt)
            text = "" if typed in TAKES_AWAY and held else typed or held
            if not text and question.needed:
                talk.say(self.words_needed(question))
                continue
            if text:
                try:
                    question.read(text)
                except click.ClickException as wrong:
                    talk.say(wrong.format_message())
                    continue
            self.typed[question.key] = text
            self.keep()
            self._named()
            return

    def words_needed(self, question: LineQuestion) -> str:
        """Return the sentence for a line that may not be empty."""
        return self.talk.words.forms.needed.format(name=question.label)

    def _change(self) -> None:
        """Ask which line is to be changed, and ask it again."""
        talk, said = self.talk, self.talk.lines
        listed = self.listed()
        for number, each in enumerate(listed, 1):
            value = masked_field(self.typed.get(each.key, ""), each.key) if not each.unseen else ""
            talk.say(said.which.format(n=number, label=each.label, value=value or said.not_said))
        typed = fold(talk.ask(said.change_which))
        named = [each for number, each in enumerate(listed, 1) if typed == str(number)]
        named += [each for each in self.questions if typed == each.label]
        for each in named[:1]:
            self.ask(each)

    def _again(self, key: str | None) -> None:
        """Ask the question of a key again; without one, whichever the officer names."""
        question = next((each for each in self.questions if each.key == key), None)
        if question is not None:
            self.ask(question)
        elif self.questions:
            self._change()
        else:
            raise PutAside

    # Showing and signing

    def _sign(self) -> Accepted:
        talk = self.talk
        while True:
            command = self._command()
            if command is None:
                continue
            answer = talk.foreseen(command)
            if isinstance(answer, Refusal):
                self._met(answer, command)
                continue
            for line in (*self._brings(command), *talk.preview_lines(answer)):
                talk.say(line)
            typed = fold(talk.ask(talk.lines.signs)).casefold()
            if typed in ("n", "no", "否", "改"):
                self._again(None)
            if typed not in ("", "y", "yes", "是"):
                continue
            written = talk.written(command, self._over)
            if isinstance(written, Accepted):
                self._drop()
                return written
            self._met(written, command)

    def _command(self) -> Command | None:
        """Return the command of the answers. None: one did not do, and was asked again."""
        try:
            command = self.made()
        except WrongAnswer as wrong:
            self.talk.say(wrong.sentence)
            self._again(wrong.key)
            return None
        except click.ClickException as wrong:
            self.talk.say(wrong.format_message())
            self._again(None)
            return None
        command = with_reason(command, self._reason) if self._reason else command
        return _agreed_to(command) if self._agreed else command

    def made(self) -> Command:
        """Return the command as it is stated. Raises WrongAnswer, click.ClickException."""
        return self._make(self.stated())

    def stated(self) -> dict[str, Any]:
        """Return the value of every line that says something. Raises click.ClickException."""
        return {each.key: each.read(text) for each in self.questions if (text := self.typed.get(each.key))}

    def _met(self, refusal: Refusal, command: Command) -> None:
        """Say why not, and ask for what would mend it."""
        talk, forms = self.talk, self.talk.words.forms
        sentence = talk.refused(refusal.code, refusal.fields)
        if refusal.code == "asks_first":
            for line in self._brings(command):
                talk.say(line)
            if not talk.agreed(talk.lines.signs_with.format(text=sentence)):
                raise PutAside
            self._agreed = True
            return
        talk.say(sentence)
        if refusal.code == "changed_meanwhile":
            self.look_anew()
            return
        if refusal.code in LATE_CODES and not self._reason:
            self._reason = talk.ask(talk.lines.question.format(label=forms.late_reason, mark="", hint=""))
            if not self._reason:
                raise PutAside
            return
        self._again(self._field_of(refusal))

    # The draft

    def _take_up(self) -> None:
        """Go on with the answers of a form that was put aside, and say which they are.

        Of a form without a subject they may be another caller's: it is asked first, and what is typed anew is kept
        beside them.
        """
        talk = self.talk
        with suppress(StoreTrouble):
            drafts = list(talk.gateway.load_drafts(self._draft))
            for key, kept in drafts[:1]:
                typed = {each.key: str(kept[each.key]) for each in self.questions if kept.get(each.key)}
                names = talk.words.marks.comma.join(each.label for each in self.questions if each.key in typed)
                if not typed or (
                    "." not in self._draft and not talk.agreed(talk.lines.draft_offered.format(names=names))
                ):
                    continue
                self._draft, self.typed = key, typed
                talk.say(talk.lines.draft_back.format(names=names))
                return
            taken = {key for key, _ in drafts}
            numbered = (f"{self._draft}.{number}" for number in range(2, len(taken) + 3))
            self._draft = next(key for key in (self._draft, *numbered) if key not in taken)

    def keep(self) -> None:
        """Keep the answers at once, as a dropped line asks nobody first."""
        kept = {each.key: self.typed[each.key] for each in self.questions if each.key in self.typed and not each.unseen}
        with suppress(StoreTrouble):  # it is said when the act is written
            self.talk.gateway.save_draft(self._draft, kept)

    def _drop(self) -> None:
        with suppress(StoreTrouble):
            self.talk.gateway.drop_draft(self._draft)


def _agreed_to(command: Command) -> Command:
    """Return a command whose officer has seen what goes with it, and agrees."""
    told: Any = command
    agreed: Command = replace(told, agreed=True)
    return agreed
