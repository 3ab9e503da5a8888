"""The verdict on each record and cell of a drawn register: right, named, or wrong without a word."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from tests.tui.command_line import CommandLine
from tests.tui.drawn_sheets.paper import Cell, as_text
from tests.tui.drawn_sheets.registers import UNSAID, DrawnRegister, DrawnRow, Plan
from tests.tui.drawn_sheets.verdicts import Verdicts, plain
from tests.tui.intake_checks import Imported

NOBODY: Final = ("", None, (), [], "unknown")
"""What the record says where nobody has said anything."""

Found = Mapping[str, Any]
"""What the desk holds of one record, by column."""
Keep = Callable[[Imported, Plan], list[Found]]


class RegisterVerdict:
    """What came of one register, beside what is true of it."""

    def __init__(self, desk: CommandLine, register: DrawnRegister, file: Path, verdicts: Verdicts) -> None:
        file.write_bytes(register.raw)
        self.register = register
        self.verdicts = verdicts
        self.plan = register.plan
        self.seen = Imported(desk, register.plan.kind, file)
        self.told: list[dict[str, Any]] = self.seen.told.get("rows", [])
        self.unread: list[dict[str, Any]] = self.seen.told.get("unread", [])

    def judge(self, found: list[Found]) -> None:
        """Hold the desk's records against the register's, each by its key."""
        self.verdicts.counts["sheets"] += 1
        if not self.seen.told:
            self.verdicts.fault("lost", f"the sheet: {self.seen.answer.stderr.strip()[:300]}")
            return
        left = [*found]
        for row in self.register.rows:
            self.verdicts.counts["people"] += 1
            own = self.best(left, row)
            if own is None:
                self.judge_absent(row)
                continue
            if not row.truth.get("twice"):
                left.remove(own)
            for column in self.plan.columns:
                self.judge_cell(row, column, own)
            for column in self.more(row):
                self.judge_value(row, column, own[column])
        twice = [row for row in self.register.rows if row.truth.get("twice")]
        for each in left:
            if not any(self.fits(each, row) for row in twice):
                self.verdicts.fault("invented", f"{dict(each)}")

    def more(self, row: DrawnRow) -> list[str]:
        """Return what is true of a record beyond its own columns."""
        return [each for each in row.truth if each not in self.plan.columns and each != "twice"]

    def best(self, found: list[Found], row: DrawnRow) -> Found | None:
        """Return the record of a row: by its key, and of several the one that is most like it."""
        fits = [each for each in found if self.fits(each, row)]
        alike = lambda each: sum(each.get(column) == row.truth.get(column) for column in each)  # noqa: E731
        return max(fits, key=alike, default=None)

    def fits(self, each: Found, row: DrawnRow) -> bool:
        """Return True if a record of the desk has the key of a row."""
        return all(each[column] == row.truth.get(column) for column in self.plan.key)

    def judge_absent(self, row: DrawnRow) -> None:
        """A record that is not on the desk was refused aloud, and for a reason that lies in its own cells.

        So was one of whose needed cells none says anything, each of them by itself.
        """
        errors = [note for note in self.notes(row) if note["level"] == "error" or note["code"] == "row_left"]
        needed = [column for column in self.plan.needed if row.truth.get(column) not in NOBODY]
        unsaid = all(row.truth[column] == UNSAID and self.is_named(row, column) for column in needed)
        if not errors and not (needed and unsaid):
            self.verdicts.fault("lost", f"{self.where(row)}: {row.cells!r}; {self.notes(row)}")
        elif row.sure and not any(row.truth.get(column) in (UNSAID, *NOBODY) for column in self.plan.needed):
            self.verdicts.fault("turned away", f"{self.where(row)}: {row.cells!r}; {errors}")
        else:
            self.verdicts.counts["named"] += 1

    def judge_cell(self, row: DrawnRow, column: str, own: Found) -> None:
        if column in own:
            self.judge_value(row, column, own[column])
        elif row.truth.get(column) == UNSAID:
            self.judge_named(row, column, "nowhere")

    def judge_value(self, row: DrawnRow, column: str, found: Any) -> None:
        true = row.truth.get(column)
        inside = column in self.plan.within and true not in (None, UNSAID) and plain(true) in plain(found)
        if found == true or inside or (found in NOBODY and true in NOBODY):
            self.verdicts.counts["right"] += 1
        elif true == UNSAID or found in NOBODY:
            self.judge_named(row, column, found)
        else:
            self.fault(row, column, found)

    def judge_named(self, row: DrawnRow, column: str, found: Any) -> None:
        if self.is_named(row, column):
            self.verdicts.counts["named"] += 1
        else:
            self.fault(row, column, found)

    def is_named(self, row: DrawnRow, column: str) -> bool:
        """Return True if the report leads to a cell, by its heading or its text."""
        written = plain(self.cell(row, column))
        for note in self.notes(row):
            own = any(plain(each) in plain(note["column"]) for each in self.register.written.get(column, ()))
            if own or (written and written in plain(note.get("text", ""))):
                return True
        return bool(written) and any(written in plain(each["text"]) for each in self.of_lines(row))

    def of_lines(self, row: DrawnRow) -> list[dict[str, Any]]:
        """Return the unread cells of a row."""
        lines = {str(line) for line in row.lines}
        return [
            each
            for each in self.unread
            if re.sub(r"\D", "", each["cell"]) in lines
            and each["sheet"] in ("", row.sheet, *([] if row.sheet else [each["sheet"]]))
        ]

    def notes(self, row: DrawnRow) -> list[dict[str, Any]]:
        """Return the notes on a row."""
        return [each for each in self.told if each["row"] in row.lines and each.get("sheet", row.sheet) == row.sheet]

    def cell(self, row: DrawnRow, column: str) -> Cell:
        written = row.cells.get(column)
        return written if self.register.suffix == "xlsx" else as_text(written)

    def where(self, row: DrawnRow) -> str:
        return f"{row.sheet} line {row.lines}"

    def fault(self, row: DrawnRow, column: str, found: Any) -> None:
        cell, true = self.cell(row, column), row.truth.get(column)
        self.verdicts.fault("wrong", f"{self.where(row)} {column} {cell!r}: {found!r} for {true!r}; {self.notes(row)}")
