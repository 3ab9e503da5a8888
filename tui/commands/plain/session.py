"""The session by numbered lines: the board once, then one prompt after the other until the officer leaves."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import click

from dutyboard.rules.permissions import NO_READS
from dutyboard.tui.acts.names import ACTS
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.commands.plain.asking import LINE_CELLS
from dutyboard.tui.commands.plain.enter import ABNORMAL
from dutyboard.tui.commands.plain.line_input import InputEnded
from dutyboard.tui.commands.plain.pages import (
    LinePage,
    LineRow,
    acts_page,
    board_page,
    handover_page,
    log_page,
    people_page,
    queue_page,
    reports_page,
    rounds_page,
)
from dutyboard.tui.commands.plain.talk import PutAside, Talk
from dutyboard.tui.commands.plain.ways import do_act, take_back
from dutyboard.tui.commands.server.door_commands import DoorRefused, checked, taken_apart
from dutyboard.tui.link.gateway import Refused
from dutyboard.tui.link.trouble import StoreTrouble
from dutyboard.tui.terminal.cells import plain
from dutyboard.tui.text.lines import PlainView
from dutyboard.tui.views.explain import explain_lines
from dutyboard.tui.views.fields import fold

ROWS_AT_ONCE: Final = 20
"""Rows that are said before it waits."""
_READS: Final[Mapping[PlainView, str]] = {
    "rounds": "rounds",
    "queue": "screening",
    "log": "log",
    "handover": "handover",
}
"""The read that each view needs, where it is not its own name."""


class PlainSession:
    """One officer's session. `rows` are those said last, which a number means."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self._page: LinePage | None = None
        self._said = 0
        self._marks = {"x": self._abnormal, "e": self._explain, "a": self._acknowledge, "s": self._shelve}
        self._views: dict[PlainView, Callable[[str], LinePage | None]] = {
            "board": lambda _: board_page(talk),
            "rounds": lambda _: rounds_page(talk),
            "queue": lambda _: queue_page(talk),
            "person": self._people,
            "log": lambda _: log_page(talk),
            "handover": lambda _: handover_page(talk),
            "reports": lambda _: reports_page(talk),
            "undo": lambda _: take_back(talk),
            "acts": self._act,
            "help": self._help,
        }
        talk.listed_id = self._listed_id

    def run(self) -> None:
        """Say the board, then carry out line after line. The end of the input ends it quietly."""
        talk = self.talk
        self._show(board_page(talk))
        talk.came_red()
        try:
            if talk.gateway.actor.officer_id is None:
                talk.say(talk.lines.not_signed_on)
                self._safely(lambda: do_act(talk, "sign-on"))
            while True:
                line = talk.line(talk.lines.prompt)
                talk.came_red()
                if self._named(line)[0] == "quit":
                    return
                self._safely(lambda line=line: self._carry_out(line))  # type: ignore[misc]
        except InputEnded:
            click.echo()

    def _safely(self, work: Callable[[], object]) -> None:
        """Do something; what is wrong is one line, and the session goes on."""
        talk = self.talk
        try:
            work()
        except InputEnded:
            raise
        except PutAside:
            talk.say(talk.lines.kept)
        except click.exceptions.Exit:
            return
        except click.ClickException as wrong:
            talk.say(wrong.format_message())
        except (StoreTrouble, Refused) as trouble:
            talk.say(talk.refused(trouble.code, trouble.fields))
        except Exception as error:
            talk.say(talk.call.fault(error))

    # Lines

    def _named(self, line: str) -> tuple[PlainView | None, str]:
        """Return the view that a line asks for, and what stands behind its name."""
        for view, names in self.talk.lines.asked.items():
            for name in names:
                first, _, rest = line.partition(" ")
                if fold(first).casefold() == name:
                    return view, rest.strip()
        return None, line

    def _carry_out(self, line: str) -> None:
        number, mark = fold(line[:-1]), fold(line[-1:]).casefold()
        if fold(line).isdecimal():
            self._enter(int(fold(line)))
        elif number.isdecimal() and mark in self._marks:
            self._marks[mark](int(number))
        elif not line:
            return
        elif " --" in line:  # only the command line has options
            self._command(line)
        elif (view := self._named(line))[0] == "more":
            self._say_rows()
        elif view[0] is not None:
            self._may_read(view[0])
            shown = self._views[view[0]](view[1])
            if shown is not None:
                self._show(shown)
        else:
            self._command(line)

    def _may_read(self, view: PlainView) -> None:
        """Raise Refused where this login may not read what a view shows."""
        what = _READS.get(view, view)
        refused = self.talk.gateway.may_not_read(what) if what in _ASKED and what not in NO_READS else None
        if refused is not None:
            raise Refused(refused)

    def _row(self, number: int) -> LineRow:
        rows = self._page.rows[: self._said] if self._page is not None else ()
        if not 0 < number <= len(rows):
            raise click.ClickException(self.talk.lines.no_number.format(n=number))
        return rows[number - 1]

    def _enter(self, number: int) -> None:
        """Do what Enter does on a row; of a row that stands for more show them."""
        row = self._row(number)
        self.talk.say(row.text)
        shown = row.enter()
        if isinstance(shown, LinePage):
            self._show(shown)

    def _abnormal(self, number: int) -> None:
        owed = self._row(number).owed
        if owed is None or owed.kind not in ABNORMAL:
            self.talk.say(self.talk.lines.abnormal_none)
        else:
            ABNORMAL[owed.kind](self.talk, owed)

    def _acknowledge(self, number: int) -> None:
        if (owed := self._row(number).owed) is not None:
            do_act(self.talk, "ack", {"obligations": [owed.id]})

    def _shelve(self, number: int) -> None:
        if (owed := self._row(number).owed) is not None:
            do_act(self.talk, "shelve", {"obligation": owed.id})

    def _explain(self, number: int) -> None:
        talk, owed = self.talk, self._row(number).owed
        if owed is None or talk.gateway.may_not_read("explain") is not None:
            talk.say(talk.lines.nothing)
            return
        for line in explain_lines(owed, talk.snapshot, talk.now(), talk.words, LINE_CELLS):
            if text := plain(line).strip():
                talk.say(text)

    def _listed_id(self, text: str) -> str:
        """Return the duty that a number of the rows means; any other text is an id."""
        if not fold(text).isdecimal():
            return text
        owed = self._row(int(fold(text))).owed
        return str(owed.id) if owed is not None else text

    # Views

    def _show(self, page: LinePage) -> None:
        self._page, self._said = page, 0
        self.talk.say(page.name)
        for line in page.lines:
            self.talk.say(line)
        self._say_rows()

    def _say_rows(self) -> None:
        """Say the next rows, each behind its number."""
        rows = self._page.rows if self._page is not None else ()
        if self._said == len(rows):
            self.talk.say(self.talk.lines.nothing)
        for number, row in enumerate(rows[self._said : self._said + ROWS_AT_ONCE], self._said + 1):
            self.talk.say(f"{number}. {row.text}")
        self._said = min(len(rows), self._said + ROWS_AT_ONCE)
        if self._said < len(rows):
            self.talk.say(self.talk.lines.left.format(n=len(rows) - self._said))

    def _people(self, text: str) -> LinePage | None:
        if not text:
            self.talk.say(self.talk.lines.name_needed)
            return None
        return people_page(self.talk, text)

    def _act(self, name: str) -> LinePage | None:
        known = {fold(each).casefold(): each for each in ACTS}
        found = known.get(" ".join(fold(name).casefold().split()))
        if found is None:
            return acts_page(self.talk, ACTS)
        do_act(self.talk, found)
        return None

    def _help(self, _: str) -> None:
        for line in self.talk.lines.help:
            self.talk.say(line)

    # The command line

    def _command(self, line: str) -> None:
        """Carry out a line of the command line, as the door would."""
        talk = self.talk
        try:
            words = taken_apart(line)
        except DoorRefused:
            words = (line,)
        program = click.get_current_context().find_root().command
        if not isinstance(program, click.Group) or words[0] not in program.list_commands(click.get_current_context()):
            talk.say(talk.lines.unknown.format(text=line))
            return
        talk.command(words)


_ASKED: Final = frozenset({"board", "rounds", "screening", "people", "person", "log", "reports", "handover"})


def run_command(call: Invocation, words: Sequence[str]) -> None:
    """Carry out words of the command line as a call of its own, under the same identity."""
    told: Any = call.words.door
    try:
        line = checked(words)
    except DoorRefused as refused:
        raise click.ClickException(told[refused.fault].format(**refused.fields)) from None
    own = Invocation(data=call.folder, lang=call.language, acting_as=call.acting_as, identity=call.identity)
    program = click.get_current_context().find_root().command
    program.main(args=list(line), prog_name="dutyboard", standalone_mode=False, obj=own)


def standard_input() -> int:
    """Return the file descriptor whose lines are read."""
    return sys.stdin.fileno()


def work_in_lines(call: Invocation) -> None:
    """Work a shift at the desk of a call by lines on standard input, until the officer leaves."""
    with call.desk("board", by_need=False) as gateway:
        talk = Talk(call, gateway, standard_input())
        talk.command = lambda words: run_command(call, words)
        PlainSession(talk).run()
