"""Tally of a sheet: each row accepted, updated, a duplicate or rejected; nothing is written when nothing is new."""

from datetime import date
from typing import Any, Final, NamedTuple, Protocol

from dutyboard.rules.duties.post.matters import open_finding
from dutyboard.rules.duties.sheets.bad_news import BadNews
from dutyboard.rules.records.codes import MatterCause, SheetKind
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry, FieldJson, Record
from dutyboard.rules.records.outcome import (
    FieldChange,
    FoundPositive,
    ImportRow,
    ImportTally,
    LeftToSee,
    Level,
    RowCode,
    ToldUnlike,
)
from dutyboard.rules.records.told import Telling
from dutyboard.rules.records.told.post import Imported
from dutyboard.rules.records.transaction import Accepted, Transaction
from dutyboard.rules.records.unlike import keep

_LONG_AGO: Final = 60
"""Days. Nobody tells of two months ago without a question."""


class OfRow(Protocol):
    """A row of any kind of sheet, as it tells where it stands."""

    @property
    def row(self) -> int: ...
    @property
    def sheet(self) -> str: ...


class RowPlace(NamedTuple):
    """Place of a row that tells it nowhere itself."""

    row: int
    sheet: str


class Tally:
    """Counts the rows of a sheet and keeps what is to be said of them.

    `changes` are facts that rows changed, `unlike` what they tell otherwise than a record, which an officer decides;
    `given_way` are those of the changes whose old value a sheet may tell again: it is known and no news.
    """

    def __init__(self) -> None:
        self.counts = dict.fromkeys(("accepted", "updated", "duplicates", "rejected"), 0)
        self.rows: list[ImportRow] = []
        self.changes: list[FieldChange] = []
        self.unlike: list[ToldUnlike] = []
        self.given_way: list[FieldChange] = []
        self.parts: list[Record] = []
        """Records of acts that the sheet tells, each decided by itself. They follow the sheet's own entry."""
        self.told: list[tuple[Telling, Subject, dict[str, Any]]] = []
        self.positives: list[FoundPositive] = []
        self.left_to_see: list[LeftToSee] = []
        self.linked: int | None = None
        self.unlinked: int | None = None

    def say(
        self,
        told: OfRow,
        column: str,
        code: RowCode,
        level: Level = "warning",
        text: str = "",
    ) -> None:
        """Keep a statement about a row; `column` is a field's name, "" for all of the row."""
        self.rows.append(ImportRow(told.row, column, code, level, told.sheet, text))

    def say_far(self, told: OfRow, column: str, day: date | None, today: date) -> None:
        """Say of a day that it lies long before the sheet: its year may be wrong."""
        if day is not None and (today - day).days > _LONG_AGO:
            self.say(told, column, "date_far", text=day.isoformat())

    def tell(self, told: Telling, subject: Subject, **more: Any) -> None:
        """Keep an entry about one record, to be written beside the sheet's own. `more` is what the log keeps of it."""
        self.told.append((told, subject, more))

    def leave_to_see(self, told: OfRow, news: BadNews | None, about: str) -> None:
        """Keep the bad news of a row that is not taken. None: it has none."""
        if news is not None:
            left = LeftToSee(row=told.row, sheet=told.sheet, about=about, cause=news.cause, text=news.words)
            self.left_to_see.append(left)

    def accepted(self, transaction: Transaction, sheet: SheetKind, touched: int | None = None) -> Accepted:
        """Return what was gathered, with one entry in the log; without changes no entry either."""
        left = self._fresh(transaction)
        if transaction.changes or self.unlike or self.parts or left:
            entry = transaction.log(Imported(sheet=sheet, **self.counts))
            transaction.take_over(self.parts)
            for told, subject, more in self.told:
                transaction.log(told, subject=subject, **more)
            for each in self.unlike:
                _keep(transaction, each, each.other, entry, settled=False)
            for change in self.given_way:
                _keep(transaction, change, change.old, entry, settled=True)
            for see in left:
                open_finding(transaction, see.about, see.text, cause=see.cause, sheet=see.sheet, row=see.row)
        tally = ImportTally(
            accepted=self.counts["accepted"],
            updated=self.counts["updated"],
            duplicates=self.counts["duplicates"],
            rejected=self.counts["rejected"],
            rows=tuple(self.rows),
            touched=touched,
            changes=tuple(self.changes),
            contradictions=tuple(self.unlike),
            positives=tuple(self.positives),
            linked=self.linked,
            unlinked=self.unlinked,
            left_to_see=tuple(left),
        )
        return transaction.accepted(outcome=tally)

    def _fresh(self, transaction: Transaction) -> list[LeftToSee]:
        """Return what is left to see to and was not told before. A sheet sent again opens nothing a second time."""
        known = {_key(each.subject, each.cause, each.what) for each in transaction.snapshot.matters.values()}
        found: dict[tuple[str, str | None, str], LeftToSee] = {}
        for each in self.left_to_see:
            found.setdefault(_key(each.about, each.cause, each.text), each)
        return [each for key, each in found.items() if key not in known]


def _key(about: str, cause: MatterCause | None, text: str) -> tuple[str, str | None, str]:
    """Return by what bad news is known again. The words name the person; the same row may find him later, or not."""
    subject = Subject.parse(about)
    return about if subject is not None and subject.kind == "site" else "", cause, text


def _keep(
    transaction: Transaction, told: FieldChange | ToldUnlike, other: FieldJson, entry: Entry, *, settled: bool
) -> None:
    about = Subject.parse(told.about)
    if about is not None:
        keep(transaction, about, told.field, other, entry.id, settled=settled, sheet=told.sheet, row=told.row)
