"""The session: all that a screen works with, so that no screen needs the app.

It holds the picture, the clock and the words, and offers the ways to act. Data flows one way: key -> command -> gateway
(worker thread) -> news -> `snapshot` -> pure view -> rows that differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from dutyboard.tui.actions import ModeId, WhyNot
from dutyboard.tui.faults import Faults
from dutyboard.tui.idle import IdleLock
from dutyboard.tui.link.messages import Answer, BoardAt, Reply, Trouble
from dutyboard.tui.link.worker import GatewayPort, GatewayThread
from dutyboard.tui.terminal.cells import Tone
from dutyboard.tui.terminal.theme_name import ThemeId, theme_named
from dutyboard.tui.text import Words

if TYPE_CHECKING:
    from dutyboard.rules.board import Board, BrokenPart
    from dutyboard.rules.duties.post.ringing import LastRung
    from dutyboard.rules.records.commands import Command
    from dutyboard.rules.records.model import Entry, Officer, Person, Record
    from dutyboard.rules.records.obligation import Obligation
    from dutyboard.rules.records.refusals import Refusal
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.tui.link.pins import Given

T = TypeVar("T")
KEPT_THEME = "theme"
"""Key under which an officer's colours are kept beside his drafts."""
KEPT_BELL = "bell"
"""The same of his choice whether alarms ring on his screens."""


class PinLine(Protocol):
    """The line on which a PIN was typed."""

    def refuse(self, sentence: str) -> None: ...
    def close(self) -> None: ...


class Front(Protocol):
    """The program that shows a session's screens on the terminal."""

    @property
    def cells(self) -> int: ...
    def push_screen(self, screen: Any) -> Any: ...
    def show(self, screen_id: ModeId, aim: str) -> None: ...
    def say(self, text: str, tone: Tone) -> None: ...
    def hold_keys(self) -> None: ...
    def release_keys(self) -> None: ...
    def leave_desk(self) -> None: ...
    def wear(self, theme: ThemeId) -> None: ...
    def ring(self, text: str) -> None: ...
    def ask_pin(
        self, title: str, hint: str, typed: Any, left: Callable[[], object], *, unlocks: bool = False
    ) -> None: ...
    def unlocked(self) -> None: ...
    def pick_leader(
        self,
        first: int | None,
        not_asked: Callable[[int], Refusal | None],
        picked: Callable[[int], object],
        left: Callable[[], object],
    ) -> None: ...
    def ask_reveal(self, about: str, shown: Callable[[], object]) -> None: ...


class Session:
    """One officer's work at the desk. Everything shown is computed from `snapshot` and `board_now`."""

    def __init__(self, front: Front, thread: GatewayThread, words: Words) -> None:
        self.words = words
        self.board: Board | None = None
        self.board_now = datetime.now(UTC)
        self.hung_up = False
        """True once the line has dropped: what was typed is kept by the thread that heard it."""
        self.stopped_at: datetime | None = None
        """The instant of which the picture is, as long as the desk's engine is away."""
        self.failures: tuple[BrokenPart, ...] = ()
        self.faults = Faults()
        self.idle = IdleLock()
        self.unanswered: Entry | None = None
        """The entry whose taking back was sent and got no answer."""
        self.quiet: bool | None = None
        """True: no alarm rings here, by this officer's choice. None: it is not known yet."""
        self._heard: LastRung | None = None
        self._front = front
        self._thread = thread
        self._snapshot: Snapshot | None = None

    # The picture

    @property
    def loaded(self) -> bool:
        """True once the desk is open and its first picture is here."""
        return self._snapshot is not None

    @property
    def snapshot(self) -> Snapshot:
        """The newest picture of the desk. It must be loaded."""
        assert self._snapshot is not None
        return self._snapshot

    @property
    def readable(self) -> Snapshot:
        """The picture without the people for whom the board could not be computed."""
        from dutyboard.rules.board import without

        return without(self.snapshot, self.failures)

    @property
    def me(self) -> Officer | None:
        """The officer who is signed on, or None."""
        officer = self._acting
        return officer if officer is not None and not officer.nameless else None

    @property
    def maker(self) -> Officer | None:
        """The administrator who made the desk, until he has said who of the roster he is; else None."""
        officer = self._acting
        return officer if officer is not None and officer.nameless else None

    @property
    def _acting(self) -> Officer | None:
        gateway = self._thread.gateway
        if gateway is None or self._snapshot is None:
            return None
        return self._snapshot.officers.get(gateway.actor.officer_id or 0)

    @property
    def cells(self) -> int:
        """The width of the terminal in cells."""
        return self._front.cells

    def now(self) -> datetime:
        """Return the time of the desk's clock, in the desk's zone. The desk must be open."""
        gateway = self._thread.gateway
        assert gateway is not None
        return gateway.now()

    def take(self, shown: BoardAt) -> None:
        """Take a picture and its board. Where no board could be computed, the one before stays."""
        self._snapshot, self.board_now, self.stopped_at = shown.snapshot, shown.now, shown.stopped_at
        if shown.board is not None:
            self.board, self.failures = shown.board, shown.failures
        if shown.fault is not None:
            self.fault(shown.fault)
        for each in shown.failures:
            self.faults.take(each.error)

    def look_at_clock(self) -> None:
        """Have the worker thread compute the board of this instant."""
        self._thread.look_at_clock()

    def owed(self, obligation_id: str) -> Obligation | None:
        """Return an obligation of the board by its id, or None."""
        rows = self.board.obligations if self.board is not None else ()
        return next((each for each in rows if each.id == obligation_id), None)

    # Acting

    def submit(
        self, command: Command, reply: Reply, *, waits: bool = False, rid: str = "", over: Sequence[Record] = ()
    ) -> None:
        """Send a command to be decided and saved. `reply` gets the answer once the new picture is in place.

        `waits`: the answer may close the open screen, so the keys typed behind it wait for the answer. `rid`: the name
        under which the form finds the act again. `over`: the records as they stood when the act was begun; if one of
        them is another by now, the act is refused with who changed it.
        """
        if self.idle.locked:
            reply(Trouble("screen_locked", {}))
            return
        if waits:
            self.hold_keys()

        def answered(answer: Answer) -> None:
            self._signed(command, (), answer, reply, rid, over)

        self._thread.submit(command, answered, rid=rid, over=over)

    def submit_together(self, commands: Sequence[Command], people: Sequence[Person], reply: Reply, *, rid: str) -> None:
        """Send acts said at once of people, to be saved as one commit or not at all.

        The answer may close the open screen, so the keys typed behind wait for it.
        """
        if self.idle.locked:
            reply(Trouble("screen_locked", {}))
            return
        self.hold_keys()
        self._thread.submit_together(commands, people, reply, rid)

    def _signed(
        self,
        command: Command,
        given: tuple[Given, ...],
        answer: Answer,
        reply: Reply,
        rid: str,
        over: Sequence[Record],
    ) -> None:
        """Hand on the answer to a command. Where it asks for a PIN, ask for it and send the command again."""
        from dutyboard.rules.records.refusals import Refusal, signer_asked

        asked = signer_asked(answer, [each.officer_id for each in given])
        if isinstance(answer, Refusal) and answer.code == "leader_needed":
            self._front.pick_leader(
                asked,
                lambda officer_id: self._not_asked(command, officer_id),
                lambda officer_id: self._ask_signer(command, given, answer, officer_id, reply, rid, over),
                lambda: reply(answer),
            )
        elif not isinstance(answer, Refusal) or asked is None:
            reply(answer)
        elif closed := self._not_asked(command, asked):
            reply(closed)
        else:
            self._ask_signer(command, given, answer, asked, reply, rid, over)

    def _not_asked(self, command: Command, officer_id: int) -> Refusal | None:
        """Return why an officer is not asked now: he has no PIN or code, or wrong ones came before."""
        from dutyboard.rules.records.pins import not_to_be_tried, use_of

        now, gateway = self.now(), self._thread.gateway
        assert gateway is not None
        use = use_of(command, officer_id, self.snapshot, now)
        return not_to_be_tried(self.snapshot, officer_id, use, now, gateway.actor)

    def _ask_signer(
        self,
        command: Command,
        given: tuple[Given, ...],
        refusal: Refusal,
        asked: int,
        reply: Reply,
        rid: str,
        over: Sequence[Record],
    ) -> None:
        """Ask an officer for his PIN or his code, and send the command again with it."""
        from dutyboard.rules.people.officers import officer_name
        from dutyboard.rules.records.refusals import NOT_TAKEN, Refusal
        from dutyboard.tui.link.pins import Given

        def typed(text: str, line: PinLine) -> None:
            tried = (*given, Given(text=text, officer_id=asked))

            def answered(answer: Answer) -> None:
                if isinstance(answer, Refusal) and answer.code in NOT_TAKEN:
                    line.refuse(self._sentence(answer.code, answer.fields))
                else:
                    line.close()
                    self._signed(command, tried, answer, reply, rid, over)

            self.hold_keys()
            self._thread.submit(command, answered, tried, rid, over)

        if refusal.code == "code_needed":
            title = self._sentence(refusal.code, refusal.fields)
        else:
            title = self.words.pins.signs.format(officer=officer_name(self.snapshot, asked))
        self._front.ask_pin(title, self._pin_hint(), typed, lambda: reply(refusal))

    def _pin_hint(self) -> str:
        from dutyboard.rules.records.pins import shares_pin

        pins = self.words.pins
        return pins.shared if shares_pin(self.snapshot) else pins.hint

    def keep_draft(
        self, key: str, kept: Mapping[str, Any], reply: Callable[[Trouble | None], object] = lambda _: None
    ) -> None:
        """Queue a draft to be kept. One that still waits as the line drops is older than what is kept then."""
        self.fetch(lambda gateway: None if self.hung_up else gateway.save_draft(key, kept), reply)

    def fetch(self, work: Callable[[GatewayPort], T], reply: Callable[[T | Trouble], object]) -> None:
        """Have work done with the gateway in the worker thread. `reply` gets its value, or a Trouble."""
        self._thread.fetch(work, reply)

    def may_read(self, what: str) -> bool:
        """Return True if this login may read what a screen or page shows; else say in one line who may."""
        refused = self.refused_read(what)
        if refused is not None:
            self.say(self._sentence(refused.code, refused.fields), "soon")
        return refused is None

    def refused_read(self, what: str) -> Refusal | None:
        """Return why this login may not read what a screen or page shows; None: it may."""
        gateway = self._thread.gateway
        return gateway.may_not_read(what) if gateway is not None else None

    def look_again(self) -> None:
        """Have the worker thread look for faults of the desk that came up since the last look."""
        self._thread.look_again()

    def fetch_for(self, work: Callable[[GatewayPort], T], open_it: Callable[[T], object]) -> None:
        """Fetch data that a form needs, then call `open_it` with it. The keys typed behind wait for that."""

        def fetched(value: T | Trouble) -> None:
            if isinstance(value, Trouble):
                self.say(self.trouble_sentence(value), "late")
            else:
                open_it(value)
            self.release_keys()

        self.hold_keys()
        self._thread.fetch(work, fetched)

    def open(self, screen: Any) -> None:
        """Open a form or a page above the screen that is shown."""
        self._front.push_screen(screen)

    def show(self, screen_id: ModeId, aim: str = "") -> None:
        """Show one of the screens of the F-keys. `aim` is the key of the row for its cursor."""
        self._front.show(screen_id, aim)

    def wear(self, theme: ThemeId) -> None:
        """Paint in the colours of a theme."""
        self._front.wear(theme)

    def wear_kept(self) -> None:
        """Paint in the colours that this officer has chosen, if he has."""

        def loaded(drafts: Sequence[tuple[str, Mapping[str, Any]]] | Trouble) -> None:
            if not isinstance(drafts, Trouble):
                for _, draft in drafts[:1]:
                    self.wear(theme_named(draft.get(KEPT_THEME)))

        self.fetch(lambda gateway: gateway.load_drafts(KEPT_THEME), loaded)

    def hear_kept(self) -> None:
        """Learn whether this officer wants to hear alarms, and ring once for those that he finds."""

        def loaded(drafts: Sequence[tuple[str, Mapping[str, Any]]] | Trouble) -> None:
            kept = [] if isinstance(drafts, Trouble) else [draft.get(KEPT_BELL) for _, draft in drafts[:1]]
            self.quiet = kept == ["quiet"]
            self.ring()

        self.fetch(lambda gateway: gateway.load_drafts(KEPT_BELL), loaded)

    def ring(self) -> None:
        """Ring for the alarms that have come, or that nobody has seen for too long, for whoever may acknowledge them.

        What comes while the screen is quiet is not made up for later.
        """
        from dutyboard.rules.duties.post.ringing import rung
        from dutyboard.rules.permissions import OFFICE

        if self.quiet is None or self.board is None or self.me is None or self.me.role not in OFFICE:
            return
        board = self.board
        self._heard, ringing = rung(self._heard, board.obligations, self.snapshot, board.now)
        if ringing and not self.quiet:
            self._front.ring(self.words.frame.alarm_rings.format(n=len(ringing)))

    def hold_keys(self) -> None:
        """Hold the keys typed from now on until `release_keys`: they are meant for the screen that will open."""
        self._front.hold_keys()

    def release_keys(self) -> None:
        """Hand on the keys that were held."""
        self._front.release_keys()

    def leave_desk(self) -> None:
        """End the program."""
        self._front.leave_desk()

    def reveal(self, about: str, shown: Callable[[], object]) -> None:
        """Ask why numbers are to be seen. Once the view log holds it, call `shown`, which shows them.

        `about` is a subject (`person-12`), or the name of a screen or a form.
        """
        if self.idle.locked:
            self.say(self.trouble_sentence(Trouble("screen_locked", {})), "late")
            return
        self._front.ask_reveal(about, shown)

    # A screen that nobody types at

    def locks(self) -> bool:
        """Return True if the screen locks with this look, since nobody typed for so long as the desk has set."""
        if self._snapshot is None or self.me is None:
            return False
        now = self.now()
        return self.idle.locks(now, self._snapshot.daily_at(now).duty)

    def ask_unlock(self) -> None:
        """Ask for the PIN of the officer who is signed on. Where he has none, say how he gets one."""
        from dutyboard.rules.records.commands.post import SignOn
        from dutyboard.rules.records.pins import pin_is_set
        from dutyboard.rules.records.transaction import Accepted
        from dutyboard.tui.link.pins import Given

        me, pins = self.me, self.words.pins
        if me is None:  # nobody's acts are left to guard
            self.idle.unlock(self.now())
            self._front.unlocked()
            return
        if not pin_is_set(self.snapshot, me.id):
            self.say(pins.locked_without_pin.format(officer=me.name), "late")
            return

        def typed(text: str, line: PinLine) -> None:
            def answered(answer: Answer) -> None:
                if isinstance(answer, Accepted):
                    self.idle.unlock(self.now())
                    line.close()
                    self._front.unlocked()
                else:
                    line.refuse(self.answer_sentence(answer) or "")

            self.hold_keys()
            self._thread.submit(SignOn(officer_id=me.id), answered, (Given(text=text, officer_id=me.id),))

        self._front.ask_pin(pins.locked.format(officer=me.name), self._pin_hint(), typed, lambda: None, unlocks=True)

    # Words

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Say one line in the status line of the screen on top."""
        self._front.say(text, tone)

    def fault(self, error: BaseException) -> None:
        """Write type and place of an exception into the file of faults, and say them in one line."""
        fault = self.faults.take(error)
        with suppress(Exception):  # nothing stands behind this line: what fails here must not end the program
            self.say(self.words.frame.fault.format(kind=fault.kind, place=fault.place), "late")

    def answer_sentence(self, answer: Answer) -> str | None:
        """Return in one line why a command was not done; None if it was done."""
        from dutyboard.rules.records.refusals import Refusal
        from dutyboard.rules.records.transaction import Accepted

        if isinstance(answer, Accepted):
            return None
        if not isinstance(answer, Refusal):
            return self.trouble_sentence(answer)
        if answer.code == "changed_meanwhile":
            from dutyboard.tui.views.entry.line import entry_named

            entry = entry_named(int(answer.fields["entry"]), self.snapshot, self.words)
            return self._sentence(answer.code, {**answer.fields, "entry": entry})
        return self._sentence(answer.code, answer.fields)

    def trouble_sentence(self, trouble: Trouble) -> str:
        """Return a trouble of the store in one line."""
        return self._sentence(trouble.code, trouble.fields)

    def _sentence(self, code: str, fields: Any) -> str:
        from dutyboard.tui.views.refusals import sentence

        return sentence(self.words, code, fields, self._snapshot.zone if self._snapshot else None)

    def why_not_sentence(self, refused: WhyNot) -> str:
        """Return in one line why an action is not possible now."""
        template: str = getattr(self.words.why_not, refused.code)
        fields: dict[str, Any] = dict(refused.fields)
        if self._snapshot is not None:
            if "opens" in fields:
                fields["opens"] = f"{fields['opens'].astimezone(self._snapshot.zone):%H:%M}"
            entry = self._snapshot.entries.get(fields.pop("entry", None) or 0)
            fields.setdefault("by", entry.done_by if entry else "?")
        return template.format(**fields)
