"""Tally of a sheet: each row accepted, updated, a duplicate or rejected; nothing is written when nothing is new."""

from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.commands.sheets import AreaData, SiteData
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.outcome import ImportRow, ImportTally, Level, RowCode
from dutyboard.rules.records.told import Telling
from dutyboard.rules.records.told.post import Imported
from dutyboard.rules.records.transaction import Accepted, Transaction


class Tally:
    """Counts the rows of a sheet and keeps what is to be said of them."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(("accepted", "updated", "duplicates", "rejected"), 0)
        self.rows: list[ImportRow] = []
        self.told: list[tuple[Telling, Subject]] = []

    def say(
        self,
        told: PersonData | SiteData | AreaData,
        column: str,
        code: RowCode,
        level: Level = "warning",
        text: str = "",
    ) -> None:
        """Keep a statement about a row; `column` is a field's name, "" for all of the row."""
        self.rows.append(ImportRow(told.row, column, code, level, told.sheet, text))

    def tell(self, told: Telling, subject: Subject) -> None:
        """Keep an entry about one record, to be written beside the sheet's own."""
        self.told.append((told, subject))

    def accepted(self, transaction: Transaction, sheet: SheetKind, touched: int | None = None) -> Accepted:
        """Return what was gathered, with one entry in the log; without changes no entry either."""
        if transaction.changes:
            transaction.log(Imported(sheet=sheet, **self.counts))
            for told, subject in self.told:
                transaction.log(told, subject=subject)
        return transaction.accepted(outcome=ImportTally(**self.counts, rows=tuple(self.rows), touched=touched))
