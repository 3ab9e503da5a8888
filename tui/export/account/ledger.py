"""The ledger of a period: counts by the four duties, and each thing owed with its proof."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from dutyboard.frozen import frozen
from dutyboard.rules.account.ledger import COLUMNS, AccountRow, LedgerRow, account, ledger
from dutyboard.rules.account.marks import EntriesMarked, marks
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.tui.export.account.proof import place_cells, proof_json, proof_line
from dutyboard.tui.export.page import (
    Maker,
    NoPage,
    Page,
    PageAsked,
    PageCell,
    PageColumn,
    PageTable,
    days_line,
    days_said,
    head_json,
    made_line,
    post_name,
)
from dutyboard.tui.link.care import JournalProof
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import office_or_name
from dutyboard.tui.views.entry.names import entered_by, subject_name
from dutyboard.tui.views.times import clause


def ledger_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the ledger of a period: of the whole desk, a unit, a site, an officer or a person.

    Raises NoPage for a day before the desk of which no sheet has told, and where nothing was owed.
    """
    said, subject = words.account, asked.subject
    found = account(snapshot, asked.first, asked.last, now)
    opened = snapshot.day_of(desk_of(snapshot).opened_at)
    if asked.last < opened and not found.rows:
        raise NoPage(words.reports.no_ledger.format(day=asked.last.isoformat()))
    found = found.of(subject, snapshot) if subject is not None else found
    scope = subject_name(subject, snapshot) if subject is not None else desk_of(snapshot).desk
    if not (found.rows or found.carried):
        raise NoPage(said.nothing_owed.format(scope=scope, days=days_said(asked, words)))
    rows = (*found.rows, *found.carried)
    proof = maker.prove(_entries(rows)) if maker.prove is not None else None
    marked = marks(snapshot, min(row.day for row in rows), now.date(), now) if maker.asks else None
    writing = _Writing(snapshot=snapshot, now=now, words=words, proof=proof, marked=marked)
    counted = ledger(found)
    sums = _sums(counted)
    notice = snapshot.notice_at(midnight(asked.last, snapshot.zone))
    based_on = notice.daily.four_duties.clause
    sentence = notice.quote(based_on)
    above = (
        words.reports.unit.format(name=scope if subject is not None else post_name(snapshot, words)),
        days_line(asked, words),
        *((f"{clause(words.duties, based_on)} {sentence.said_in(words.language)}",) if sentence else ()),
        said.note,
        *((said.told_after_note.format(n=n),) if (n := sum(row.told_after for row in counted)) else ()),
        *((words.reports.ledger_before.format(day=opened),) if asked.first < opened else ()),
        proof_line(proof, words),
    )
    tables = [_summary(counted, sums, words), writing.table(found.rows, said.things)]
    tables += [writing.table(found.carried, said.carried)] if found.carried else []
    data = {
        **head_json(asked, scope, snapshot, now, maker),
        "clause": based_on,
        "rows": [writing.json(row) for row in found.rows],
        "carried": [writing.json(row) for row in found.carried],
        "summary": [_counted_json(row) for row in counted],
        "totals": sums,
        "verify": proof_json(proof),
    }
    return Page(
        title=words.reports.titles["ledger"],
        above=above,
        tables=tuple(tables),
        below=(said.signed,),
        made=made_line(snapshot, now, maker, words),
        wide=True,
        json=data,
    )


def _entries(rows: Sequence[AccountRow]) -> set[int]:
    """Return the numbers of the entries that prove how things stand."""
    return {each.id for row in rows for each in (row.done, row.beside, row.accepted) if each is not None}


# ------------------------------------------------------------ counts


def _sums(counted: Sequence[LedgerRow]) -> dict[str, dict[str, int]]:
    """Return the sums of each side, and of all."""
    sums = {side: _sum(list(rows)) for side, rows in groupby(counted, key=lambda row: row.side)}
    return {**sums, "all": _sum(counted)}


def _sum(rows: Sequence[LedgerRow]) -> dict[str, int]:
    counts: dict[str, int] = {each: sum(row.counts[each] for row in rows) for each in COLUMNS}
    counts["told_after"] = sum(row.told_after for row in rows)
    counts["carried"] = sum(row.carried for row in rows)
    counts["carried_open"] = sum(row.carried_open for row in rows)
    return counts


def _counted_json(row: LedgerRow) -> dict[str, Any]:
    return {"side": row.side, "kind": row.kind, **_sum([row])}


def _summary(counted: Sequence[LedgerRow], sums: Mapping[str, Mapping[str, int]], words: Words) -> PageTable:
    """Return the first table: each kind under its side, a sum for each side, and the sum of all."""
    said, reports = words.account, words.reports
    keys = tuple(said.counts)
    columns = (
        PageColumn("side", said.side),
        PageColumn("kind", said.thing),
        *(PageColumn(key, head) for key, head in said.counts.items()),
    )
    rows: list[tuple[PageCell, ...]] = []
    for side, kinds in groupby(counted, key=lambda row: row.side):
        for row in kinds:
            own = _sum([row])
            rows.append((reports.sides[side], words.duties.kinds[row.kind], *(own[key] for key in keys)))
        rows.append((reports.sides[side], reports.ledger_sum, *(sums[side][key] for key in keys)))
    rows.append((said.everything, reports.ledger_sum, *(sums["all"][key] for key in keys)))
    return PageTable(columns=columns, rows=tuple(rows), heading=said.summary)


# ------------------------------------------------------------ things


@frozen(eq=False)
class _Writing:
    """Things that rows are written with. `marked` None: the reader is not shown what is to be asked about."""

    snapshot: Snapshot
    now: datetime
    words: Words
    proof: JournalProof | None
    marked: EntriesMarked | None

    def table(self, rows: Sequence[AccountRow], heading: str) -> PageTable:
        """Return a table of things, one a row."""
        said = self.words.account
        columns = [PageColumn(key, head) for key, head in said.columns.items()]
        columns += [PageColumn("ask", said.ask)] if self.marked is not None else []
        return PageTable(columns=tuple(columns), rows=tuple(map(self._cells, rows)), heading=heading)

    def _cells(self, row: AccountRow) -> tuple[PageCell, ...]:
        said = self.words.account
        entry = row.done or row.beside
        number, line, digits = place_cells(entry, self.proof)
        cells: tuple[PageCell, ...] = (
            row.day.isoformat(),
            self._name(row),
            row.subject,
            self.words.marks.comma.join(office_or_name(each, self.words) for each in row.owed_by) or None,
            self._state(row),
            self._at(row.due),
            row.late_minutes or None,
            self._at(entry.happened_at if entry is not None else None),
            entry.done_by or None if entry is not None else None,
            self._at(entry.entered_at if entry is not None else None),
            entered_by(entry, self.snapshot) if entry is not None else None,
            number,
            line,
            digits,
            row.explanation or None,
        )
        if self.marked is None:
            return cells
        asked = [said.questions[each.code].format(**each.figures) for each in self._asked(row)]
        return *cells, self.words.marks.comma.join(asked) or None

    def _asked(self, row: AccountRow) -> list[Any]:
        entries = [each for each in (row.done, row.beside) if each is not None]
        return [mark for each in entries for mark in (self.marked or {}).get(each.id, ())]

    def _name(self, row: AccountRow) -> str:
        if row.name is not None:
            return row.name.said_in(self.words.language)
        slots = self.words.duties.slots
        return slots.get(row.slot, self.words.duties.kinds[row.kind])

    def _state(self, row: AccountRow) -> str:
        """Return how a thing stands: its column, and what else was told of it."""
        said = self.words.account
        part = [said.part.format(count=row.count, total=row.total)] if row.total and row.count < row.total else []
        if row.entered_late:
            part.append(said.entered_late)
        elif row.beside is not None and row.beside.beside is not None:
            part.append(said.told_beside)
        if row.accepted is not None:
            part.append(said.accepted.format(entry=row.accepted.id))
        return " ".join((said.counts[row.column], *part))

    def _at(self, instant: datetime | None) -> str | None:
        return f"{instant.astimezone(self.snapshot.zone):%m-%d %H:%M}" if instant is not None else None

    def json(self, row: AccountRow) -> dict[str, Any]:
        """Return a thing for programs."""
        told: dict[str, Any] = {
            "id": row.id,
            "kind": row.kind,
            "day": row.day.isoformat(),
            "side": row.side,
            "clause": row.clause or None,
            "subject": row.subject,
            "subject_id": row.about,
            "place": row.place,
            "owed_by": list(row.owed_by),
            "due": self._iso(row.due),
            "state": row.state,
            "late_minutes": row.late_minutes,
            "told_after": row.told_after,
            "done": self._entry_json(row.done),
            "told_beside": self._entry_json(row.beside),
            "accepted": self._entry_json(row.accepted),
            "explanation": row.explanation or None,
        }
        if self.marked is not None:
            told["ask"] = [{"code": each.code, **each.figures} for each in self._asked(row)]
        return told

    def _entry_json(self, entry: Entry | None) -> dict[str, Any] | None:
        if entry is None:
            return None
        number, line, digits = place_cells(entry, self.proof)
        return {
            "entry": number,
            "line": line,
            "hash": digits,
            "at": self._iso(entry.happened_at),
            "by": entry.done_by or None,
            "entered_at": self._iso(entry.entered_at),
            "entered_by": entered_by(entry, self.snapshot),
        }

    def _iso(self, instant: datetime | None) -> str | None:
        return instant.astimezone(self.snapshot.zone).isoformat(timespec="seconds") if instant is not None else None
