"""A list of people: found while one types, cut into slices by the arrows left and right, and marked."""

import time
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import ClassVar, Final, TypeVar

from textual.timer import Timer
from textual.widget import Widget

from dutyboard.rules.board import counted_people
from dutyboard.rules.duties.person.queue import Waiting
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.screens import imported
from dutyboard.tui.screens.base import Acts
from dutyboard.tui.screens.filtered import FilteredScreen
from dutyboard.tui.screens.many.aside import beside_person
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.text.lists import BulkAct, SliceCode
from dutyboard.tui.views.person.find_texts import FindTexts
from dutyboard.tui.views.person.slices import SeenBy, Slice, clauses_of, is_in, slices_line
from dutyboard.tui.widgets.find_bar import FindBar
from dutyboard.tui.widgets.painted import Painted
from dutyboard.tui.widgets.side_pane import SidePane, list_cells

Shown = TypeVar("Shown", Person, Waiting)
READ_SECONDS: Final = 0.005
"""Seconds for which texts are read at once, and after which they are read on."""
TYPED_SECONDS: Final = 0.12
"""Seconds without a letter after which the rows that pass are shown."""


class PeopleList(FilteredScreen):
    """A list of people. `slices` are those it offers, beside one for each clause in it."""

    slices: ClassVar[tuple[SliceCode, ...]]
    bulk: ClassVar[tuple[BulkAct, ...]]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.slices_row = Painted(id="slices", height=1)
        self.pane = SidePane(self.table, self._beside, self.words.screens.pane_more)
        self.slice: Slice | None = None
        self._every_slice: list[Slice] = []
        self._clauses: tuple[Snapshot | None, list[Slice]] = None, []
        self.marks: dict[str, str] = {}
        self._texts = FindTexts(self.words)
        self._ahead: Iterator[Person] | None = None
        self._typed: str | None = None
        self._touched = False
        self._before: tuple[str, str | None] = ("", None)
        self._typing: Timer | None = None
        self._cut: tuple[Snapshot, object, Slice, list[object]] | None = None

    @abstractmethod
    def everyone(self) -> Iterable[Person]:
        """Return the people who can be found here."""

    @property
    def order(self) -> str:
        """The order of the rows, in words."""
        return self.words.slices.order_people

    def body(self) -> Iterable[Widget]:
        """Yield the slices, the rows with the pane beside them, and what stands below."""
        yield self.slices_row
        yield self.pane
        yield from self.below()
        yield from self.find_bar()

    @property
    def find_hint(self) -> str:
        """The hint in the empty line of the filter."""
        return self.words.screens.find_people_hint

    # The pane

    @property
    def cells(self) -> int:
        """The cells of a row."""
        return list_cells(self.size.width)

    def on_live_table_moved(self) -> None:
        """Paint the lines about the row that the cursor has come to."""
        super().on_live_table_moved()
        self.pane.follow()

    def _beside(self, cells: int) -> list[Line]:
        """Return what the person under the cursor is owed, his days and tests, and what his release still lacks."""
        return beside_person(self, self.person(), cells)

    # Slices

    def cut(self, items: Sequence[Shown], of: Callable[[Shown], Person]) -> list[Shown]:
        """Return the items in the slice that pass the filter, and paint the row of the slices."""
        snapshot, now, me = self.session.snapshot, self.session.board_now, self.session.me
        in_town = me is not None and me.unit_id is not None
        codes: list[SliceCode] = [code for code in self.slices if code != "own_town" or in_town]
        if self._clauses[0] is not snapshot:
            self._clauses = snapshot, clauses_of(items)
        self._every_slice = [*(Slice(code) for code in codes), *self._clauses[1]]
        if self.slice is not None and self.slice not in self._every_slice:
            self._every_slice.append(self.slice)
        row = self.line(slices_line, self._every_slice, self.slice, self.order, self.words, self.size.width)
        self.slices_row.paint([row])
        inside = list(items) if self.slice is None else self._sliced(items, self.slice)
        found = self.found(inside, lambda item: self._texts.of(of(item), snapshot, now))
        self._of = len(items)
        self._keep_marks(items)
        return found

    def _sliced(self, items: Sequence[Shown], chosen: Slice) -> list[Shown]:
        """Return the items of a slice. They are looked through again where the picture, the day or the list changed."""
        snapshot, now = self.session.snapshot, self.session.board_now
        reader, rests = SeenBy(snapshot, now, self.session.me), (snapshot.day_of(now), len(items))
        kept = self._cut
        if kept is None or kept[0] is not snapshot or kept[1] != rests or kept[2] != chosen:
            count = chosen.count
            ids: list[object] = (
                [_person_of(item).id for item in items if self._is_in(item, chosen, reader)]
                if count is None
                else list(counted_people(count, snapshot))
            )
            kept = self._cut = snapshot, rests, chosen, ids
        inside = frozenset(kept[3])
        return [item for item in items if _person_of(item).id in inside]

    def _is_in(self, item: Person | Waiting, chosen: Slice, reader: SeenBy) -> bool:
        """Return True if somebody is in the slice. Of whom that cannot be computed is shown: his row says so."""
        try:
            return is_in(item, chosen, reader)
        except Exception as error:
            self.session.faults.take(error)
            return True

    @property
    def standing(self) -> list[str]:
        """The slice and the text that rows pass, in words."""
        return [*([self.slice.name(self.words)] if self.slice is not None else []), *super().standing]

    def _step_slice(self, by: int) -> None:
        every: list[Slice | None] = [None, *self._every_slice]
        at = every.index(self.slice) if self.slice in every else 0
        self.show_slice(every[(at + by) % len(every)])

    def show_slice(self, chosen: Slice | None) -> None:
        """Show the rows of a slice, with the cursor on the first; None: everybody."""
        self.slice = chosen
        self.repaint()
        self.table.action_to(0)
        self.say("")

    def show_all(self) -> None:
        """Show everybody again: no slice and no filter."""
        self.slice = None
        super().show_all()

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        return {
            **super().acts(),
            "next_slice": lambda: self._step_slice(1),
            "last_slice": lambda: self._step_slice(-1),
            "mark": self.mark,
            "mark_all": self.mark_all,
            "act_on_marked": self.act_on_marked,
        }

    # Marks

    def _keep_marks(self, items: Sequence[Person | Waiting]) -> None:
        """Drop the marks of whoever is no longer in the list, and say so. One whom a filter hides keeps his."""
        if not self.marks:
            return
        there = {str(_person_of(item).id) for item in items}
        gone = [self.marks.pop(key) for key in [*self.marks] if key not in there]
        if gone:
            self.say(self.words.bulk.gone.format(names=self.words.marks.comma.join(gone)), "soon")
        self.table.mark(self.marks.keys())

    def heading(self, header: Line, cells: int | None = None) -> Line:
        """Return the heading row, one cell narrower where the signs of the marks take one."""
        return super().heading(header, (cells or self.size.width) - bool(self.marks))

    @property
    def said_at_end(self) -> Line:
        """The pieces at the right end of the heading row, with the number of those who are marked."""
        if not self.marks:
            return super().said_at_end
        return (*super().said_at_end, (f" {self.words.bulk.in_heading.format(n=len(self.marks))}", "mark"))

    def _set_marks(self, marks: dict[str, str]) -> None:
        self.marks = marks
        self.table.mark(marks.keys())
        self.repaint()
        self.say(self.words.bulk.marked.format(n=len(marks)) if marks else "", "mark")

    def mark(self) -> None:
        """Mark the row under the cursor, or take its mark away, and go on to the next."""
        key, person = self.table.selected, self.person()
        if key is None or person is None:
            return
        left = {each: name for each, name in self.marks.items() if each != key}
        self._set_marks(left if key in self.marks else {**left, key: person.name})
        self.table.action_step(1)

    def mark_all(self) -> None:
        """Mark every row that is shown; if all of them are, take their marks away."""
        persons, keys = self.session.snapshot.persons, [key for key in self.table.keys if key.isdecimal()]
        if all(key in self.marks for key in keys):
            self._set_marks({key: name for key, name in self.marks.items() if key not in set(keys)})
        else:
            self._set_marks({**self.marks, **{key: persons[int(key)].name for key in keys}})

    def act_on_marked(self) -> None:
        """Open the choice of acts on everybody who is marked."""
        if not self.marks:
            self.say(self.words.bulk.none_marked, "soon")
            return
        choose = imported("dutyboard.tui.screens.many.bulk:choose_act")
        choose(self.session, [int(key) for key in self.marks], self.bulk, self._done)

    def _done(self, people: Sequence[int]) -> None:
        """Take the marks of those away of whom an act was written."""
        done = {str(number) for number in people}
        self.marks = {key: name for key, name in self.marks.items() if key not in done}
        self.table.mark(self.marks.keys())

    # Finding

    def ask_filter(self) -> None:
        """Open the line for the filter. While somebody types into it, the texts to be searched are read."""
        super().ask_filter()
        self._typed, self._touched = None, False
        self._before = self.filter_text, self.table.selected
        self._ahead = iter(self.everyone())
        self._read_ahead()

    def _read_ahead(self) -> None:
        """Read texts for a moment that no key has to wait for, and go on later."""
        if self._ahead is None:
            return
        until = time.monotonic() + READ_SECONDS
        snapshot, now = self.session.snapshot, self.session.board_now
        for person in self._ahead:
            with suppress(Exception):  # the search asks again, and shows the row
                self._texts.of(person, snapshot, now)
            if time.monotonic() > until:
                self.set_timer(READ_SECONDS, self._read_ahead)
                return
        self._ahead = None
        self._show_typed()

    def on_find_bar_typed(self, event: FindBar.Typed) -> None:
        """Show the rows that pass so far, once nobody types and the texts are read."""
        self._touched |= bool(event.text)
        if not self._touched:
            return  # the line has only been emptied as it opened
        self._typed = event.text
        if self._typing is None:
            self._typing = self.set_timer(TYPED_SECONDS, self._show_typed)
        else:
            self._typing.reset()

    def _show_typed(self) -> None:
        self._typing = None
        if self._typed is not None and self._ahead is None and self.query_one(FindBar).is_open:
            if self._typed != self.filter_text:
                self.filter_text = self._typed
                self.repaint()
                self.table.action_to(0)
            self._typed = None

    def on_find_bar_found(self, event: FindBar.Found) -> None:
        """Filter by the text. Where nothing is looked for, the cursor goes back to where it stood."""
        self._ahead = self._typed = None
        before, key = self._before
        super().on_find_bar_found(event)
        if not event.text and not before and key is not None:
            self.table.select(key)

    def leave(self) -> None:
        """Leave what is on top: of the line for the filter, also what was typed into it."""
        typing, (before, _) = self.query_one(FindBar).is_open, self._before
        super().leave()
        if typing and self.filter_text != before:
            self.filter_by(before)

    def filter_by(self, text: str) -> None:
        """Show the rows that pass. What is shown already, for it was typed, is not searched again."""
        self._ahead = self._typed = None
        if text and text == self.filter_text:
            self.table.action_to(0)
            self.say_found()
            return
        super().filter_by(text)
        if not text:
            self._texts.forget()


def _person_of(item: Person | Waiting) -> Person:
    return item.person if isinstance(item, Waiting) else item
