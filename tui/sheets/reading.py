"""Reading of one cell: its value, and what was doubtful in it."""

from typing import Generic, TypeVar

from dutyboard.frozen import frozen
from dutyboard.tui.sheets.notes import NoteCode

T = TypeVar("T")


@frozen(kw_only=False)
class Read(Generic[T]):
    """The value of a cell. With `notes` a part of it was not understood: its text is kept beside the value."""

    value: T
    notes: tuple[NoteCode, ...] = ()

    @property
    def understood(self) -> bool:
        """Return True if the value says all that stood in the cell."""
        return not self.notes
