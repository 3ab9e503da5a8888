"""The talk with one officer at a desk: lines said and asked, and acts shown, signed and written."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from dutyboard.rules.board import Board
from dutyboard.rules.board_rows import BoardRows
from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.post import SignOn
from dutyboard.rules.records.pins import not_to_be_tried, pin_is_set, shares_pin, use_of
from dutyboard.rules.records.refusals import NOT_TAKEN, Code, Refusal, signer_asked
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.commands.lookup import officer_named
from dutyboard.tui.commands.plain.line_input import LineInput
from dutyboard.tui.idle import IdleLock
from dutyboard.tui.link.pins import Given
from dutyboard.tui.text import words as words_of
from dutyboard.tui.views.board import title
from dutyboard.tui.views.entry.line import entry_named, entry_text
from dutyboard.tui.views.fields import fold
from dutyboard.tui.views.refusals import sentence

if TYPE_CHECKING:
    from datetime import datetime

    from dutyboard.rules.records.model import Record
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.tui.link.gateway import Gateway

LEAVES = frozenset({".", "。", "．"})
"""Lines that put a form aside."""
_YES = frozenset({"y", "yes", "是", "1", "好"})


class PutAside(Exception):
    """The officer has left a form."""


class Talk:
    """One officer and one desk. Everything said is computed from the newest picture and the clock."""

    def __init__(self, call: Invocation, gateway: "Gateway", number: int) -> None:
        self.call = call
        self.gateway = gateway
        self.words = words_of(call.language)
        self.lines = self.words.lines
        self.input = LineInput(number, self.came_red)
        self.idle = IdleLock()
        self.listed_id: Callable[[str], str] = str
        """Returns the duty that a number of the rows said last means."""
        self.command: Callable[[Sequence[str]], None] = lambda _: None
        """Carries out words of the command line."""
        self._rows = BoardRows()
        self._red: frozenset[str] | None = None

    @property
    def snapshot(self) -> "Snapshot":
        """The picture that this login may see."""
        return self.gateway.snapshot

    def now(self) -> "datetime":
        """The instant of the desk's clock."""
        return self.gateway.now()

    def board(self) -> Board:
        """Return the board of now. Somebody who cannot be computed is said, and left out."""
        from dutyboard.rules.board import board

        now, whole = self.now(), self.snapshot
        return self.call.despite_faults(
            self.gateway, whole, lambda seen: board(seen, now, self._rows if seen is whole else None)
        )

    # Saying and asking

    def say(self, text: str) -> None:
        """Say one line."""
        click.echo(text)

    def ask(self, prompt: str) -> str:
        """Return what is typed at a prompt. Raises PutAside, InputEnded."""
        typed = self.line(prompt)
        if typed in LEAVES:
            raise PutAside
        return typed

    def line(self, prompt: str) -> str:
        """Return what is typed at a prompt, whatever it is. Raises InputEnded."""
        typed = self.input.line(prompt).strip()
        self._guard()
        return typed

    def agreed(self, prompt: str) -> bool:
        """Return True if the answer is yes."""
        return fold(self.ask(prompt)).casefold() in _YES

    def refused(self, code: str, fields: Mapping[str, Any]) -> str:
        """Return the sentence of a refusal."""
        if code == "changed_meanwhile":
            fields = {**fields, "entry": entry_named(int(fields["entry"]), self.snapshot, self.words)}
        return sentence(self.words, code, fields, self.snapshot.zone)

    def came_red(self) -> bool:
        """Say what has come new and red since the last look. True: something was said."""
        with suppress(Exception):  # a look that fails says nothing; the next act says what is wrong
            self.gateway.refresh()
            grave = [each for each in self.board().obligations if each.grave]
            before, self._red = self._red, frozenset(each.id for each in grave)
            new = [each for each in grave if before is not None and each.id not in before]
            if new:
                self.say("")
            for each in new:
                self.say(self.lines.came_red.format(what=title(each, self.words)))
            return bool(new)
        return False

    # Acting

    def foreseen(self, command: Command) -> Accepted | Refusal:
        """Return the answer that a command would get now, and write nothing."""
        return self.gateway.preview(command)

    def written(self, command: Command, over: "Sequence[Record]" = ()) -> Accepted | Refusal:
        """Write a command, signed by whoever the rules name, and say what stands in the log now.

        `over` are the records as they stood when it was begun: another one by now refuses it.
        """
        if self.idle.locked:
            self.say(self.words.troubles.screen_locked)
            raise PutAside
        answer = self._signed(command, over)
        if isinstance(answer, Refusal):
            return answer
        for entry in answer.entries:
            text = entry_text(entry, self.snapshot, self.words)
            self.say(self.lines.saved.format(text=text, entry=entry.id))
        if not answer.entries:
            self.say(self.lines.nothing_new)
        self.came_red()
        return answer

    def _signed(self, command: Command, over: "Sequence[Record]") -> Accepted | Refusal:
        """Send a command until the rules ask for no other PIN. A wrong one is asked for again."""
        given: list[Given] = []
        why: Code = "pin_needed"
        while True:
            answer = self.gateway.submit(command, given=given, over=over)
            if not isinstance(answer, Refusal):
                return answer
            if answer.code in NOT_TAKEN and given:
                self.say(self.refused(answer.code, answer.fields))
                asked = given.pop().officer_id
            else:
                why, asked = answer.code, signer_asked(answer, [each.officer_id for each in given])
            if answer.code == "leader_needed":
                asked = self._leader(asked)
            more = self._pin_of(command, asked, why) if asked is not None else None
            if more is None:
                return answer
            given.append(more)

    def _leader(self, seated: int | None) -> int | None:
        """Ask which leader signs; an empty line is the one on the seat."""
        named = officer_name(self.snapshot, seated) if seated is not None else ""
        hint = self.lines.proposed.format(value=named) if named else ""
        label = self.words.amending.fields["leader"]
        typed = self.ask(self.lines.question.format(label=label, mark="", hint=hint))
        return officer_named(self.snapshot, typed, self.call).id if typed else seated

    def preview_lines(self, answer: Accepted) -> list[str]:
        """Return a line for each entry that an act would write."""
        after = answer.on(self.snapshot)
        return [self.lines.writes.format(text=entry_text(each, after, self.words)) for each in answer.entries]

    def _pin_of(self, command: Command, officer_id: int, why: Code) -> Given | None:
        """Ask an officer for his PIN or his code. None: he is not asked now, or does not say it."""
        snapshot, words = self.snapshot, self.call.words
        use = use_of(command, officer_id, snapshot, self.now())
        closed = not_to_be_tried(snapshot, officer_id, use, self.now(), self.gateway.actor)
        if closed is not None:
            self.say(self.refused(closed.code, closed.fields))
            return None
        pin = words.ask_shared_pin if shares_pin(snapshot) else words.ask_pin
        asked = words.ask_code if why == "code_needed" else pin
        text = self.input.unseen(asked.format(officer=officer_name(snapshot, officer_id)))
        return Given(text=text, officer_id=officer_id) if text and text not in LEAVES else None

    # Nobody types for long

    def _guard(self) -> None:
        """Lock after the minutes that the desk has set, and ask for the PIN of who is signed on."""
        now, snapshot = self.now(), self.snapshot
        me = snapshot.officers.get(self.gateway.actor.officer_id or 0)
        if me is None:
            return
        self.idle.locks(now, snapshot.daily_at(now).duty)
        if not self.idle.locked:
            self.idle.keyed(now)
            return
        if not pin_is_set(snapshot, me.id):
            self.say(self.words.pins.locked_without_pin.format(officer=me.name))
            return
        text = self.input.unseen(self.call.words.ask_pin.format(officer=me.name))
        answer = self.gateway.submit(SignOn(officer_id=me.id), given=[Given(text=text, officer_id=me.id)])
        if isinstance(answer, Refusal):
            self.say(self.refused(answer.code, answer.fields))
        else:
            self.idle.unlock(self.now())
            self.say(self.words.pins.unlocked)
