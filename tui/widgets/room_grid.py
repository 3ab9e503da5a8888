"""A grid of rooms for a temperature round, three digits a person.

`365` means 36.5, and the cursor goes on to the next room.
"""

import unicodedata
from collections.abc import Sequence
from typing import Final

from textual.binding import Binding
from textual.events import Key, Resize
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import Room
from dutyboard.tui.terminal.cells import Line, Piece, clip, clip_name, pad, pad_left, width
from dutyboard.tui.widgets.painted import Painted

MOST_ROOM_CELLS: Final = 8
"""The most of a room's name that is shown: `A栋1201`."""
NAME_CELLS: Final = 6
OTHER_CELLS: Final = 1 + 1 + NAME_CELLS + 1 + 4 + 2
"""The cells of a resident beside the room's name: the mark, the name, the reading, and the blanks between."""
DIGITS: Final = 3
_ROWS: Final = {"up": -1, "down": 1}


@frozen
class Limits:
    """Readings in °C. Outside `least` to `most` none is accepted; outside `low` to `fever` it must be typed twice."""

    least: float
    low: float
    fever: float
    most: float


@frozen(kw_only=False)
class Resident:
    """The person of a cell. Two may share a room, and one may have none yet."""

    key: str
    room: Room | None
    name: str


class RoomGrid(Painted, can_focus=True):
    """The grid, one cell for each resident. `readings` holds the readings by the resident's key, as they are typed;
    `first` what was typed of one before, and was another; `doubts` an odd one that nobody has typed again yet.

    It posts `Read` for a change, `Doubted` to have a reading typed again, and `Passed` when the cursor leaves the grid.
    Only Enter or an arrow leaves it, never a digit, so that a digit too many falls into no other field.
    """

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("enter", "step(1)", show=False),
        Binding("backspace,delete", "clear", show=False),
    ]

    class Read(Message):
        """A reading was stored or cleared."""

    class Doubted(Message):
        """A reading that must be typed again, or that is not possible."""

        def __init__(self, resident: Resident, reading: float, possible: bool) -> None:
            super().__init__()
            self.resident = resident
            self.reading = reading
            self.possible = possible

    class Passed(Message):
        """The cursor goes on below (`down`) or above the grid."""

        def __init__(self, down: bool) -> None:
            super().__init__()
            self.down = down

    def __init__(self, residents: Sequence[Resident], limits: Limits) -> None:
        super().__init__(id="rooms")
        self.readings: dict[str, float] = {}
        self.first: dict[str, float] = {}
        self.doubts: dict[str, float] = {}
        self._residents = tuple(residents)
        longest = max((width(str(each.room or "-")) for each in residents), default=0)
        self._room_cells = max(3, min(MOST_ROOM_CELLS, longest))
        self._limits = limits
        self._cursor = 0
        self._buffer = ""

    def on_mount(self) -> None:
        """Show the empty grid."""
        self.show()

    def on_resize(self, _: Resize) -> None:
        """Paint the columns that fit the new width."""
        self.show()

    def on_focus(self) -> None:
        """Paint the cursor, once the focus is here and Textual has scrolled to the grid as a whole."""
        self.call_after_refresh(self.show)

    def on_blur(self) -> None:
        """Drop a half-typed reading and paint the grid without the cursor."""
        self._buffer = ""
        self.call_after_refresh(self.show)

    @property
    def told(self) -> dict[str, float]:
        """The readings, and the odd ones that nobody has typed again: what was typed is never lost."""
        return {**self.doubts, **self.readings}

    @property
    def draft(self) -> str:
        """Everything typed, as text: `person-1:36.5`, `person-2:37.5>36.9` for two, `person-3:37.5?` for a doubt."""
        parts = []
        for key, value in self.told.items():
            before = f"{self.first[key]:.1f}>" if key in self.first else ""
            parts.append(f"{key}:{before}{value:.1f}{'?' if key in self.doubts else ''}")
        return " ".join(parts)

    def restore(self, draft: str) -> None:
        """Restore what was typed from its text."""
        known = {resident.key for resident in self._residents}
        for part in draft.split():
            key, _, value = part.partition(":")
            before, _, last = value.rpartition(">")
            if key not in known:
                continue
            if before:
                self.first[key] = float(before)
            held = self.doubts if last.endswith("?") else self.readings
            held[key] = float(last.removesuffix("?"))
        self.show()

    @property
    def _columns(self) -> int:
        return max(1, (self.size.width or 80) // (self._room_cells + OTHER_CELLS))

    def show(self) -> None:
        """Paint the grid; only rows that changed are sent."""
        columns = self._columns
        cells = [self._cell(i) for i in range(len(self._residents))]
        lines: list[Line] = [
            tuple(span for cell in cells[at : at + columns] for span in cell) for at in range(0, len(cells), columns)
        ]
        self.paint(lines)
        if self.has_focus and isinstance(self.parent, Widget):
            row = Region(0, self.virtual_region.y + self._cursor // columns, 1, 1)
            self.parent.scroll_to_region(row, animate=False)

    def _cell(self, index: int) -> tuple[Piece, ...]:
        resident = self._residents[index]
        here = index == self._cursor and self.has_focus
        reading = self.readings.get(resident.key, self.doubts.get(resident.key))
        text = self._buffer if here and self._buffer else "--.-" if reading is None else f"{reading:.1f}"
        odd = reading is not None and not self._limits.low <= reading < self._limits.fever
        mark = ">" if here else "?" if resident.key in self.doubts else "!" if odd else " "
        room = pad_left(clip(str(resident.room or "-"), self._room_cells), self._room_cells)
        label: Piece = (f"{mark}{room} {pad(clip_name(resident.name, NAME_CELLS), NAME_CELLS)} ", "plain")
        value: Piece = (
            pad(text, 4) + "  ",
            "mark" if here else "late" if odd else "dim" if reading is None else "strong",
        )
        return label, value

    def action_step(self, by: int) -> None:
        """Move to another room. Past the last one the cursor leaves the grid."""
        self._go(self._cursor + by)

    def action_clear(self) -> None:
        """Delete the last digit, or the reading if no digit was typed."""
        if self._buffer:
            self._buffer = self._buffer[:-1]
        else:
            key = self._residents[self._cursor].key
            held = self.doubts.pop(key, self.readings.pop(key, None))
            if held is not None:
                self.first.pop(key, None)
                self.post_message(self.Read())
        self.show()

    def _go(self, index: int) -> None:
        self._buffer = ""
        if 0 <= index < len(self._residents):
            self._cursor = index
        else:
            self.post_message(self.Passed(down=index >= len(self._residents)))
        self.show()

    def on_key(self, event: Key) -> None:
        """Take a digit, full-width ones too: the third completes a reading. Up and Down go a row, before the form."""
        if event.key in _ROWS:
            event.stop()
            event.prevent_default()
            self._go(self._cursor + _ROWS[event.key] * self._columns)
            return
        digit = unicodedata.normalize("NFKC", event.character or "")
        if len(digit) != 1 or not digit.isascii() or not digit.isdecimal():
            return
        event.stop()
        event.prevent_default()
        self._buffer += digit
        if len(self._buffer) == DIGITS:
            self._take(int(self._buffer) / 10)
        self.show()

    def _take(self, reading: float) -> None:
        self._buffer = ""
        resident = self._residents[self._cursor]
        if not self._limits.least <= reading <= self._limits.most:
            self.post_message(self.Doubted(resident, reading, possible=False))
            return
        key, usual = resident.key, self._limits.low <= reading < self._limits.fever
        before = self.doubts.pop(key, self.readings.get(key))
        if before is not None and before != reading and not self._limits.low <= before < self._limits.fever:
            self.first.setdefault(key, before)
        if not usual and before != reading:
            self.readings.pop(key, None)
            self.doubts[key] = reading
            self.post_message(self.Doubted(resident, reading, possible=True))
            return
        self.readings[key] = reading
        self.post_message(self.Read())
        self._go(min(self._cursor + 1, len(self._residents) - 1))
