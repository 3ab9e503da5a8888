"""F8: the handover, to be looked at during the whole shift. Row by row the incoming officer accepts it; both sign."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from textual.events import Key
from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.duties.post.handed_over import carried
from dutyboard.rules.duties.post.handover import HandoverAt, nearest_handover
from dutyboard.rules.duties.post.handover_rows import HandoverRow, TakenOver, handover_rows
from dutyboard.rules.duties.post.urging import times_urged
from dutyboard.rules.people.officers import officer_name, serving
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.link.messages import Trouble
from dutyboard.tui.screens.base import Acts, DutyScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.forms.post.hand_over import note_form, sign_form
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, pad
from dutyboard.tui.terminal.held_enter import HeldEnter
from dutyboard.tui.views.board import group_lines
from dutyboard.tui.views.handover.heading import HEADING_ROWS, HandoverSigning, heading_lines
from dutyboard.tui.views.handover.rows import HandoverShown, counted_heading, item_line, named_heading, row_line
from dutyboard.tui.views.person.beside import beside_lines
from dutyboard.tui.widgets.live_table import LiveTable
from dutyboard.tui.widgets.painted import Painted
from dutyboard.tui.widgets.side_pane import SidePane, list_cells

NAME_CELLS = 12
COUNTED = "counted"
"""Key of the row that heads the kinds told by their count."""


def open_handover(session: Session, _: Obligation) -> None:
    """Show the handover."""
    session.show("handover")


class HandoverScreen(DutyScreen):
    """The handover. What is accepted is kept as a draft, so that a dropped line does not start it again."""

    screen_id = "handover"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.heading = Painted(height=HEADING_ROWS)
        self.table = LiveTable(id="items")
        self.pane = SidePane(self.table, self._beside, self.words.screens.pane_more)
        self._at: HandoverAt | None = None
        self._chosen: int | None = None
        self._taken = TakenOver()
        self._opened: set[str] = set()
        self._painted: dict[str, HandoverRow] = {}
        self._rows: tuple[HandoverRow, ...] = ()
        self._pressed: HandoverRow | None = None
        self._draft_of: str | None = None
        self._begins = True
        self._head = ""
        self._head_of = -1
        self._enter = HeldEnter(self, self._act_on, lambda: self.say(self.words.screens.repeat_ignored, "soon"))

    def body(self) -> Iterable[Widget]:
        """Yield the heading, and the rows with what is known of one beside them."""
        yield self.heading
        yield self.pane

    def on_mount(self) -> None:
        """Give the keys to the table."""
        self.table.focus()

    @property
    def signing(self) -> HandoverSigning:
        """The handover as it has come along here. Unless another one is chosen, who follows by the rota takes over."""
        planned = self._at.planned if self._at is not None else None
        return HandoverSigning(at=self._at, incoming=self._chosen or planned, taken=self._taken, head=self._head)

    # Painting

    def show(self, board: Board, now: datetime) -> None:
        """Paint the handover that can be signed, or the one to come as it would be now."""
        snapshot, words = self.session.snapshot, self.words
        self._at, self._rows = nearest_handover(snapshot, now), handover_rows(board.obligations)
        self._load()
        self._look_up_head(snapshot.seq)
        self._taken = self._taken.still(self._rows)
        signing = self.signing
        cells = self.size.width or 80
        self.heading.paint(
            self.lines(heading_lines, signing, self._rows, board.obligations, snapshot, now, words, cells)
        )
        shown = HandoverShown(
            taken=self._taken,
            carried=carried(snapshot),
            urged=lambda item: times_urged(item, snapshot),
            signing=signing.open,
            now=now,
            snapshot=snapshot,
            words=words,
            cells=list_cells(cells),
        )
        self._paint_rows(shown)
        self.pane.follow()

    def _paint_rows(self, shown: HandoverShown) -> None:
        rows = [self.row(row.key, row_line, row, shown) for row in self._rows if row.by_name]
        self._painted = {row.key: row for row in self._rows}
        counted = [row for row in self._rows if not row.by_name]
        if counted:
            rows.append(self.row(COUNTED, counted_heading, counted, self.words))
        for row in counted:
            opened = row.key in self._opened and len(row.items) > 1
            rows.append(self.row(row.key, row_line, row, shown, opened=opened))
            for item in row.items if opened else ():
                self._painted[item.id] = replace(row, key=item.id, items=(item,))
                rows.append(self.row(item.id, item_line, row, item, shown, inner=True))
        if self._begins:
            self._begins = False
            self._aim_at_left()
        header = named_heading(self._rows, self.words)
        self.table.show(header, rows, ((f" {self.words.handover.none}", "plain"),))

    def _aim_at_left(self) -> None:
        """Put the cursor on the first row that is not accepted."""
        left = next((row.key for row in self._rows if self._taken.left(row)), None)
        if left is not None:
            self.table.aim(left)

    def _beside(self, cells: int) -> list[Line]:
        """Return the lines of the pane: each item of a kind, else clause, facts and history of the one item."""
        row, session = self._painted.get(self.table.selected or ""), self.session
        if row is None or session.board is None or session.refused_read("explain") is not None:
            return []
        now, snapshot = session.board_now, session.snapshot
        if len(row.items) > 1:
            return self.lines(group_lines, row.items, now, snapshot.zone, self.words, cells)
        return self.lines(beside_lines, row.items[0], session.board.obligations, snapshot, now, self.words, cells)

    def on_live_table_moved(self) -> None:
        """Paint what is known of the new row into the pane."""
        self.pane.follow()

    # The draft

    def _load(self) -> None:
        """Begin anew with another handover, with what was accepted of it on this login before."""
        of = self._at.owed.id if self._at is not None else None
        if self._draft_of == of:
            return
        self._draft_of, self._chosen, self._taken, self._begins = of, None, TakenOver(), True
        if of is None:
            return
        key = draft_key("handover", of)

        def loaded(drafts: Any) -> None:
            if isinstance(drafts, Trouble) or self._draft_of != of or self._taken != TakenOver() or self._chosen:
                return
            for _, draft in drafts[:1]:
                self._chosen = draft.get("incoming")
                self._taken = TakenOver(
                    named=frozenset(draft.get("named", ())), counted=frozenset(draft.get("counted", ()))
                )
                self._begins = True
                self.repaint()

        self.session.fetch(lambda gateway: gateway.load_drafts(key), loaded)

    def _keep(self) -> None:
        if self._draft is not None:
            self.session.keep_draft(*self._draft)

    @property
    def _draft(self) -> tuple[str, Mapping[str, Any]] | None:
        """The officer who comes and what he has accepted, under the key of the handover; None: none is near."""
        if self._draft_of is None:
            return None
        kept = {"incoming": self._chosen, "named": sorted(self._taken.named), "counted": sorted(self._taken.counted)}
        return draft_key("handover", self._draft_of), kept

    @property
    def unkept(self) -> tuple[str, Mapping[str, Any]] | None:
        """The draft of what was accepted, where anything was."""
        return self._draft if self._chosen is not None or self._taken != TakenOver() else None

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

    # Keys

    def on_key(self, event: Key) -> None:
        """Accept the row under the cursor on Enter, exactly as it was painted when the key came, or sign.

        A held key accepts one row, not all.
        """
        if event.key != "enter":
            self._enter.other_key()
            return
        event.stop()
        self._pressed = self._painted.get(self.table.selected or "")
        self._enter.press(self.table.selected or "", event.time)

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        own: Acts = {"accept": self.accept, "unfold": self.unfold, "incoming": self.choose, "note": self.note}
        return {**super().acts(), **own}

    def note(self) -> None:
        """Open the form of a line of the running note."""
        note_form(self.session)

    def accept(self) -> None:
        """Accept the row under the cursor, or sign if all are accepted."""
        self._pressed = self._painted.get(self.table.selected or "")
        self._act_on(self.table.selected or "")

    def unfold(self) -> None:
        """Open the kind under the cursor, so that each item of it can be read, or close it again."""
        key = self.table.selected or ""
        row = next((row for row in self._rows if not row.by_name and key in (row.key, *row.ids)), None)
        if row is None or len(row.items) == 1:
            self.say(self.words.handover.nothing_to_open, "soon")
            return
        self._opened ^= {row.key}
        self.repaint()
        self.table.select(row.key)

    def _act_on(self, _: str) -> None:
        signing = self.signing
        if signing.at is None:
            return
        if not signing.open:
            at = f"{signing.at.owed.opens.astimezone(self.session.snapshot.zone):%H:%M}"
            self.say(self.words.why_not.not_open_yet.format(opens=at), "soon")
        elif self.session.me is None:
            self.say(self.words.why_not.not_signed_on, "soon")
        elif signing.incoming is None:
            self.choose()
        elif signing.left(self._rows):
            self._accept()
        else:
            self.session.fetch(lambda gateway: gateway.head, self._sign)

    def choose(self) -> None:
        """Choose who takes over. Another one accepts everything anew: he has seen nothing of it."""
        if self._at is None:
            self.say(self.words.handover.not_planned, "soon")
            return
        snapshot, at, words = self.session.snapshot, self._at, self.words.handover
        known = sorted(
            (o for o in serving(snapshot, self.session.now()) if o.id != at.shift.officer_id),
            key=lambda o: (o.id != at.planned, o.id),
        )
        choices: list[tuple[str, str, Line]] = [
            (str(o.id), o.name, ((f"  {pad(o.name, NAME_CELLS)}{o.title}", "plain"),)) for o in known
        ]

        def picked(screen: PickScreen, key: str) -> None:
            before = self.signing.incoming
            self._chosen = int(key)
            screen.dismiss()
            if before not in (None, self._chosen):
                self._taken = TakenOver()
                self.say(words.changed.format(name=officer_name(snapshot, self._chosen)), "soon")
            self._keep()
            self.repaint()

        self.session.open(PickScreen(self.session, words.title, words.choose, choices, picked))

    def _accept(self) -> None:
        """Accept the row that was pressed, and go to the next one that is left."""
        row = self._pressed
        if row is not None and self._taken.left(row):
            self._taken = self._taken.took(row).still(self._rows)
            self._keep()
            self.repaint()
            self._go_on(row.key)
        else:
            self._go_on(self.table.selected or "")

    def _go_on(self, key: str) -> None:
        keys: Sequence[str] = self.table.keys
        at = keys.index(key) + 1 if key in keys else 0
        left = (each for each in (*keys[at:], *keys) if each in self._painted)
        following = next((each for each in left if self._taken.left(self._painted[each])), None)
        if following is not None:
            self.table.select(following)

    def _sign(self, head: Any) -> None:
        """Open the form that both sign, over the list as it stands."""
        if isinstance(head, Trouble):
            self.say(self.session.trouble_sentence(head), "late")
            return
        self._head = head
        signing = self.signing
        if signing.open and not signing.left(self._rows):
            sign_form(self.session, signing, self._rows)
