"""The ledger of a day by the four duties: how what was owed on it stands."""

from datetime import datetime
from itertools import groupby

from dutyboard.rules.account.ledger import COLUMNS, account, ledger
from dutyboard.rules.account.ledger import Column as Standing
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.tui.export.page import (
    Maker,
    NoPage,
    Page,
    PageAsked,
    PageCell,
    PageColumn,
    PageTable,
    head_json,
    made_line,
)
from dutyboard.tui.text import Words
from dutyboard.tui.views.times import clause


def ledger_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the ledger of a day: each kind of duty under its side, with a sum for each side.

    Raises NoPage for a day before the desk of which no sheet has told.
    """
    said, day = words.reports, asked.last
    of_day = account(snapshot, day, day, now)
    rows, sums = ledger(of_day), dict[str, dict[Standing, int]]()
    opened = snapshot.day_of(desk_of(snapshot).opened_at)
    if day < opened and not of_day.rows:
        raise NoPage(said.no_ledger.format(day=day.isoformat()))
    table: list[tuple[PageCell, ...]] = []
    for side, kinds in groupby(rows, key=lambda row: row.side):
        held = list(kinds)
        sums[side] = {each: sum(row.counts[each] for row in held) for each in COLUMNS}
        table += [
            (said.sides[side], words.duties.kinds[row.kind], *(row.counts[each] for each in COLUMNS), row.carried_open)
            for row in held
        ]
        carried = sum(row.carried_open for row in held)
        table.append((said.sides[side], said.ledger_sum, *(sums[side][each] for each in COLUMNS), carried))
    sums["all"] = {each: sum(held[each] for held in sums.values()) for each in COLUMNS}
    desk, notice = desk_of(snapshot).desk, snapshot.notice_at(midnight(day, snapshot.zone))
    based_on = notice.daily.four_duties.clause
    data = {
        **head_json(asked, desk, snapshot, now, maker),
        "clause": based_on,
        "rows": [
            {
                "side": row.side,
                "kind": row.kind,
                **row.counts,
                "told_after": row.told_after,
                "carried": row.carried,
                "carried_open": row.carried_open,
            }
            for row in rows
        ],
        "totals": sums,
    }
    sentence = notice.quote(based_on)
    late = sum(row.told_after for row in rows)
    above = (
        said.unit.format(name=desk),
        said.date.format(day=day),
        *((f"{clause(words.duties, based_on)} {sentence.said_in(words.language)}",) if sentence else ()),
        said.ledger_note,
        *((said.ledger_late.format(n=late),) if late else ()),
        *((said.ledger_before.format(day=opened),) if day < opened else ()),
    )
    keys = ("side", "kind", *COLUMNS, "carried_open")
    columns = tuple(PageColumn(key, head) for key, head in zip(keys, said.ledger_columns, strict=True))
    return Page(
        title=said.titles["ledger"],
        above=above,
        tables=(PageTable(columns, tuple(table)),),
        made=made_line(snapshot, now, maker, words),
        json=data,
    )
