"""F8: the handover. The incoming officer is chosen and accepts item by item, none unseen; then both sign."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from textual.events import Key
from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.duties.post.handover import goes_over, handing_over, handover_id, next_on_rota
from dutyboard.rules.people.officers import officer_name, serving
from dutyboard.rules.records.commands.post import HandOver
from dutyboard.rules.records.obligation import OWED, Obligation
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Trouble
from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, pad
from dutyboard.tui.terminal.held_enter import HeldEnter
from dutyboard.tui.views.board import MARKS, TONES, state_text, title
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.journal.head import head_text
from dutyboard.tui.views.times import day_clock, near
from dutyboard.tui.widgets.live_table import LiveTable
from dutyboard.tui.widgets.painted import Painted

NAME_CELLS = 12
TITLE_CELLS = 40
MARK_CELLS = 10


def open_handover(session: Session, _: Obligation) -> None:
    """Show the handover."""
    session.show("handover")


class HandoverScreen(DutyScreen):
    """The handover. Accepted items are kept as a draft, so that a dropped line does not start it again."""

    screen_id = "handover"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.heading = Painted(height=3)
        self.table = LiveTable(id="items")
        self._incoming: int | None = None
        self._accepted: set[str] = set()
        self._draft_of: str | None = None
        self._head = ""
        self._head_of = -1
        self._enter = HeldEnter(self, self._act_on, lambda: self.say(self.words.screens.repeat_ignored, "soon"))

    def body(self) -> Iterable[Widget]:
        """Yield the two officers and the items."""
        yield self.heading
        yield self.table

    def on_mount(self) -> None:
        """Give the keys to the table."""
        self.table.focus()

    # Painting

    def show(self, board: Board, now: datetime) -> None:
        """Paint the handover that is due, or say when the next one is."""
        snapshot, words = self.session.snapshot, self.words.screens
        owed = self._due(board)
        if owed is None:
            coming = [o for o in board.obligations if o.kind == "handover" and o.state == "upcoming"]
            at = day_clock(min(o.opens for o in coming), snapshot.zone) if coming else "-"
            self.heading.paint(
                [((words.handover_title, "strong"),), ((words.handover_not_due.format(at=at), "plain"),)]
            )
            self.table.show((), [])
            return
        self._load(owed)
        self._look_up_head(snapshot.seq)
        items = self._items(board)
        self._accepted &= {item.id for item in items}
        left = len(items) - len(self._accepted)
        incoming = officer_name(snapshot, self._incoming) if self._incoming else words.handover_nobody
        who = f"{words.handover_from.format(name=owed.owed_by)}  {words.handover_to.format(name=incoming)}"
        head = words.handover_head.format(head=head_text(self._head) or "-", seq=snapshot.seq)
        self.heading.paint(
            [
                (
                    (f"{words.handover_title}  ", "strong"),
                    (f"{state_text(owed, now, snapshot.zone, self.words)}  ", "mark"),
                    (head, "dim"),
                ),
                ((who, "plain"),),
                ((self._next_step(left), "mark"),),
            ]
        )
        rows = [self.row(item.id, self._row, item, now) for item in items]
        header: Line = ((f"   {words.handover_items} ({len(items)})", "dim"),)
        self.table.show(header, rows, ((f" {words.handover_none}", "plain"),))

    def _next_step(self, left: int) -> str:
        words = self.words.screens
        if self._incoming is None:
            return words.handover_choose
        planned = self._planned
        if planned not in (None, self._incoming):
            return words.handover_not_next.format(planned=officer_name(self.session.snapshot, planned))
        return words.handover_left.format(n=left) if left else words.handover_sign

    def _row(self, item: Obligation, now: datetime) -> Line:
        words, zone = self.words.screens, self.session.snapshot.zone
        taken = item.id in self._accepted
        mark = words.handover_accepted if taken else words.handover_pending
        state = state_text(item, now, zone, self.words)
        return (
            (f" {MARKS[item.state]} ", TONES[item.state]),
            (pad(title(item, self.words), TITLE_CELLS) + " ", "dim" if taken else "plain"),
            (pad(mark, MARK_CELLS) + " ", "dim" if taken else "strong"),
            (pad(near(item.due, now, zone), 6) + " ", "plain"),
            (state, "dim" if taken else TONES[item.state]),
        )

    def _due(self, board: Board) -> Obligation | None:
        return next((o for o in board.obligations if o.kind == "handover" and o.state in OWED), None)

    def _items(self, board: Board) -> list[Obligation]:
        over = frozenset(goes_over(board.obligations))
        return [owed for owed in board.obligations if owed.id in over]

    @property
    def _planned(self) -> int | None:
        """The officer whose duty follows by the rota."""
        shifts = handing_over(self.session.snapshot)
        shift = next((s for s in shifts if handover_id(self.session.snapshot, s) == self._draft_of), None)
        return next_on_rota(self.session.snapshot, shift) if shift is not None else None

    # The draft

    def _load(self, owed: Obligation) -> None:
        if self._draft_of == owed.id:
            return
        self._draft_of, self._incoming, self._accepted = owed.id, None, set()
        key = draft_key("handover", owed.id)
        self.session.fetch(lambda gateway: gateway.load_drafts(key), self._loaded)

    def _loaded(self, drafts: Any) -> None:
        if isinstance(drafts, Trouble):
            return
        for _, draft in drafts[:1]:
            if not self._accepted and self._incoming is None:
                self._incoming = draft.get("incoming")
                self._accepted = set(draft.get("accepted", ()))
        self.repaint()

    def _look_up_head(self, seq: int) -> None:
        """Fetch the journal's head once for each line written: an old head beside a new number proves nothing."""
        if self._head_of == seq:
            return
        self._head_of = seq

        def came(head: Any) -> None:
            if not isinstance(head, Trouble) and head != self._head:
                self._head = head
                self.repaint()

        self.session.fetch(lambda gateway: gateway.head, came)

    def _keep(self) -> None:
        if self._draft_of is not None:
            key = draft_key("handover", self._draft_of)
            kept = {"incoming": self._incoming, "accepted": sorted(self._accepted)}
            self.session.fetch(lambda gateway: gateway.save_draft(key, kept), lambda _: None)

    # Keys

    def on_key(self, event: Key) -> None:
        """Choose who takes over, accept the item under the cursor, or sign, on Enter; choose again on Backspace.

        A held key accepts one item, not all.
        """
        if event.key != "enter":
            self._enter.other_key()
            board = self.session.board
            owed = self._due(board) if board is not None and event.key == "backspace" else None
            if owed is not None and self.session.me is not None:
                event.stop()
                self._choose(owed)
            return
        event.stop()
        self._enter.press(self.table.selected or "", event.time)

    def _act_on(self, key: str) -> None:
        board = self.session.board
        owed = self._due(board) if board is not None else None
        if board is None or owed is None:
            return
        if self.session.me is None:
            self.say(self.words.why_not.not_signed_on, "soon")
        elif self._incoming is None:
            self._choose(owed)
        elif any(item.id not in self._accepted for item in self._items(board)):
            self._accept(board, key)
        else:
            self.session.fetch(lambda gateway: gateway.head, lambda head: self._sign(owed, head))

    def _choose(self, owed: Obligation) -> None:
        snapshot, planned = self.session.snapshot, self._planned
        known = sorted(
            (o for o in serving(snapshot, self.session.now()) if o.name != owed.owed_by),
            key=lambda o: (o.id != planned, o.id),
        )
        choices: list[tuple[str, str, Line]] = [
            (str(o.id), o.name, ((f"  {pad(o.name, NAME_CELLS)}{o.title}", "plain"),)) for o in known
        ]

        def picked(screen: PickScreen, key: str) -> None:
            self._incoming = int(key)
            self._keep()
            screen.dismiss()

        words = self.words.screens
        self.session.open(PickScreen(self.session, words.handover_title, words.handover_choose, choices, picked))

    def _accept(self, board: Board, key: str) -> None:
        items: list[str] = [item.id for item in self._items(board)]
        if key not in items or key in self._accepted:
            key = next(item for item in items if item not in self._accepted)
            self.table.select(key)
            return
        self._accepted.add(key)
        self._keep()
        after = items[items.index(key) + 1 :] + items
        following = next((item for item in after if item not in self._accepted), None)
        self.repaint()
        if following is not None:
            self.table.select(following)

    def _sign(self, owed: Obligation, head: Any) -> None:
        if isinstance(head, Trouble):
            self.say(self.session.trouble_sentence(head), "late")
            return
        self._head = head
        words, snapshot, incoming = self.words.screens, self.session.snapshot, self._incoming
        assert incoming is not None
        items = tuple(sorted(self._accepted))
        names = {"out": owed.owed_by, "incoming": officer_name(snapshot, incoming)}
        facts: list[Line] = [
            ((f" {words.handover_from.format(name=names['out'])}", "strong"),),
            ((f" {words.handover_to.format(name=names['incoming'])}", "strong"),),
            ((f" {words.handover_items_accepted.format(n=len(items))}", "plain"),),
            ((f" {words.handover_head.format(head=head_text(head), seq=snapshot.seq)}", "dim"),),
        ]

        def make(values: Mapping[str, Any]) -> HandOver:
            text = values["text"] or ""
            return HandOver(obligation=owed.id, incoming_id=incoming, items=items, text=text, head=head)

        def done(_: Accepted) -> None:
            key = draft_key("handover", owed.id)
            self.session.fetch(lambda gateway: gateway.drop_draft(key), lambda _: None)
            self.session.say(words.handover_signed.format(**names))

        field = Field(id="text", label=words.handover_note)
        self.session.open(
            FormScreen(
                self.session, words.handover_title, facts, [field], make, draft_key("handover-sign", owed.id), done
            )
        )
