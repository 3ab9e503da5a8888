"""The one line for a PIN or a code, shown as dots; no draft keeps it. Every form asks by it, as the rules say."""

from collections.abc import Callable
from typing import Any

from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Input

from dutyboard.rules.people.officers import leaders_of
from dutyboard.rules.records.commands.post import GiveSignOnCode, ResetPin, SetPin
from dutyboard.rules.records.model import Officer
from dutyboard.rules.records.pins import pin_is_set
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.link.pins import new_code
from dutyboard.tui.screens.pick import PickChoice, PickScreen
from dutyboard.tui.screens.session_screen import SessionScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Tone
from dutyboard.tui.widgets.painted import Painted
from dutyboard.tui.widgets.text_input import TextInput


class PinScreen(SessionScreen):
    """The line, with whose PIN it is above it. Enter calls `typed(text, line)`; Escape or F10 calls `left`."""

    def __init__(
        self,
        session: Session,
        title: str,
        hint: str,
        typed: Callable[[str, Any], object],
        left: Callable[[], object],
        *,
        unlocks: bool = False,
    ) -> None:
        super().__init__(session)
        self._unlocks = unlocks
        self._typed = typed
        self._left = left
        self.entry = TextInput(password=True)
        self._heading = Painted([((f" {title}", "frame"),)], height=1, fill="frame")
        self.status.paint([((hint, "dim"),)])

    def compose(self) -> ComposeResult:
        """Yield heading, line and status."""
        yield self._heading
        yield self.entry
        yield self.status

    def on_mount(self) -> None:
        """Give the keys to the line."""
        self.entry.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give what was typed, once, and keep it nowhere."""
        event.stop()
        text, self.entry.value = self.entry.value.strip(), ""
        if text:
            self._typed(text, self)

    def on_key(self, event: Key) -> None:
        """Leave on Escape."""
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.leave()

    def takes_locked(self, key: str) -> bool:
        """Return True for every key of the line that unlocks the screen."""
        return self._unlocks or super().takes_locked(key)

    def refuse(self, sentence: str, tone: Tone = "late") -> None:
        """Say in one line why the PIN was not taken."""
        self.say(sentence, tone)

    def close(self) -> None:
        """Close the line: what was typed has been taken."""
        self.dismiss()

    def leave(self) -> None:
        """Leave without a PIN."""
        self.dismiss()
        self._left()


def pick_leader(
    session: Session,
    first: int | None,
    not_asked: Callable[[int], Refusal | None],
    picked: Callable[[int], object],
    left: Callable[[], object],
) -> None:
    """Open the list of the leaders who may sign, by number, name or initials.

    `first`: who sits on the leader's seat. `not_asked`: why an officer cannot sign now, which his row and a pick say.
    """
    words = session.words.pins
    leaders = leaders_of(session.snapshot, session.now())
    leaders.sort(key=lambda each: each.id != first)

    def row(number: int, leader: Officer) -> PickChoice:
        notes = [leader.title, words.leads_now if leader.id == first else ""]
        notes.append("" if pin_is_set(session.snapshot, leader.id) else words.no_pin)
        text = "  ".join(each for each in (f"{number} {leader.name}", *notes) if each)
        return (str(leader.id), f"{number} {leader.name}", ((f"  {text}", "plain"),))

    def chosen(screen: PickScreen, key: str) -> None:
        closed = not_asked(int(key))
        if closed is not None:
            screen.say(session.answer_sentence(closed) or "", "late")
            return
        screen.dismiss()
        picked(int(key))

    choices = [row(number, each) for number, each in enumerate(leaders, 1)]
    session.open(PickScreen(session, words.leader, words.leader_hint, choices, chosen, left))


def pin_form(session: Session, officer: Officer) -> None:
    """Set one's own PIN, asked twice; of another officer reset it, and show the code for him."""
    if session.me is not None and session.me.id == officer.id:
        _set_own(session)
    else:
        _reset(session, officer)


def _set_own(session: Session) -> None:
    words = session.words.pins

    def first(text: str, line: PinScreen) -> None:
        def again(second: str, other: PinScreen) -> None:
            other.close()
            if second != text:
                session.say(words.differ, "late")
                return
            session.submit(SetPin(new=second), lambda answer: _told(session, answer, words.is_set), waits=True)

        line.close()
        session.open(PinScreen(session, words.again, words.hint, again, lambda: None))

    session.open(PinScreen(session, words.new, words.hint, first, lambda: None))


def _reset(session: Session, officer: Officer) -> None:
    code = new_code()
    said = session.words.pins.code.format(officer=officer.name, code=code)
    session.submit(ResetPin(officer_id=officer.id, code=code), lambda answer: _told(session, answer, said), waits=True)


def give_code(session: Session, officer: Officer) -> None:
    """Give an officer a one-time code to sign on with, and show it."""
    code = new_code()
    said = session.words.pins.sign_on_code.format(officer=officer.name, code=code)
    given = GiveSignOnCode(officer_id=officer.id, code=code)
    session.submit(given, lambda answer: _told(session, answer, said), waits=True)


def _told(session: Session, answer: Answer, done: str) -> None:
    refused = session.answer_sentence(answer)
    session.say(refused or done, "late" if refused else "plain")
    assert refused is not None or isinstance(answer, Accepted)
