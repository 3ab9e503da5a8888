"""The rota as a table. A row is a day, a column a turn of a seat, a cell who sits there.

Marks: `|` the turn of now, `!` nobody is planned, `X` nobody sat, `?` the same officer twice at once.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.duties.post.rota import RotaCell, rota, short_turns, sits_now, turn_of
from dutyboard.rules.people.officers import at_once, officer_name
from dutyboard.rules.records.codes import SEATS
from dutyboard.rules.records.model import Shift
from dutyboard.rules.records.obligation import minutes
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, Piece, Tone, clip, ends, pad, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.frame import seat_name
from dutyboard.tui.views.times import clock, day_clock, span

DAYS_SHOWN: Final = 14
NIGHTS_FORECAST: Final = 7
LABEL_CELLS: Final = 12
LEAST_CELLS: Final = 9
MOST_CELLS: Final = 26
"""The least and the most cells of a column."""


@frozen
class RotaTable:
    """The table. `cells[row][column]` is None where a day has fewer turns than others; `turns` is the most of a day.

    The columns are the turns of the leader's seat, then those of the officer's.
    """

    days: tuple[date, ...]
    turns: int
    cells: tuple[tuple[RotaCell | None, ...], ...]

    @property
    def columns(self) -> int:
        """The number of columns."""
        return self.turns * len(SEATS)


def rota_table(snapshot: Snapshot, now: datetime) -> RotaTable:
    """Return the rota from the day of the present turn on."""
    first = turn_of(snapshot, now).day
    found = {(each.turn.day, each.seat, each.turn.number): each for each in rota(snapshot, first, DAYS_SHOWN)}
    days = tuple(first + timedelta(days=each) for each in range(DAYS_SHOWN))
    most = max(number for _, _, number in found) + 1
    cells = tuple(tuple(found.get((day, seat, number)) for seat in SEATS for number in range(most)) for day in days)
    return RotaTable(days=days, turns=most, cells=cells)


def column_cells(table: RotaTable, cells: int) -> int:
    """Return the cells of each column in a table of so many."""
    return max(LEAST_CELLS, min(MOST_CELLS, (cells - LABEL_CELLS) // table.columns))


def rota_columns(table: RotaTable, chosen: int, cells: int) -> range:
    """Return the columns that fit into so many cells, moved to the right until the chosen one is among them."""
    room = max(1, (cells - LABEL_CELLS) // column_cells(table, cells))
    first = max(0, min(chosen, table.columns - 1) - room + 1)
    return range(first, min(first + room, table.columns))


def rota_title(table: RotaTable, snapshot: Snapshot, now: datetime, words: Words, cells: int) -> Line:
    """Return the days that are shown, and how many turns of the next nights are short."""
    said = words.rota
    days = said.title.format(first=f"{table.days[0]:%m-%d}", last=f"{table.days[-1]:%m-%d}")
    return ends(((f" {days}", "strong"),), forecast_text(snapshot, now, words), cells)


def forecast_text(snapshot: Snapshot, now: datetime, words: Words) -> Line:
    """Return how many turns of the next nights are short of an officer."""
    short = len(short_turns(snapshot, now, NIGHTS_FORECAST))
    said = words.rota
    if short:
        return ((said.short.format(nights=NIGHTS_FORECAST, n=short), "late"),)
    return ((said.none_short.format(nights=NIGHTS_FORECAST), "plain"),)


def rota_header(table: RotaTable, row: int, columns: range, words: Words, cells: int) -> Line:
    """Return seat and hours over each column, by the hours of one day."""
    width, parts = column_cells(table, cells), [" " * LABEL_CELLS]
    for column in columns:
        cell = table.cells[row][column]
        seat = seat_name(words, SEATS[column // table.turns])
        hours = f" {_hour(cell.turn.starts)}-{_hour(cell.turn.ends)}" if cell else ""
        parts.append(pad(f"  {seat}{hours}", width))
    return (("".join(parts), "dim"),)


def _hour(local: datetime) -> str:
    """Return an hour in two cells where it is a full one."""
    return f"{local:%H:%M}" if local.minute else f"{local:%H}"


def rota_row(
    table: RotaTable,
    row: int,
    columns: range,
    chosen: int | None,
    snapshot: Snapshot,
    now: datetime,
    words: Words,
    cells: int,
) -> Line:
    """Return the row of one day. The cell under the cursor stands in brackets."""
    day, width = table.days[row], column_cells(table, cells)
    today = day == snapshot.day_of(now)
    label = f" {day:%m-%d} {words.frame.weekdays[day.weekday()]}"
    spans: list[Piece] = [(pad(label, LABEL_CELLS), "strong" if today else "plain")]
    for column in columns:
        cell = table.cells[row][column]
        left, right = ("[", "]") if column == chosen else (" ", " ")
        mark, text, tone = cell_text(cell, snapshot, now, words) if cell is not None else (" ", "", "dim")
        spans += [(left, "strong"), (pad(f"{mark}{text}", width - 2), tone), (right, "strong")]
    return tuple(spans)


def cell_text(cell: RotaCell, snapshot: Snapshot, now: datetime, words: Words) -> tuple[str, str, Tone]:
    """Return mark, text and tone of a cell: who sits there, and for how long nobody does."""
    names = dict.fromkeys(officer_name(snapshot, each.officer_id) for each in cell.shifts)
    joined = "/".join(names)
    empty = sum(minutes(to - frm) for frm, to in cell.gaps)
    if cell.short(now):
        gap = words.rota.gap_of.format(span=span(words.frame, empty)) if joined else words.rota.gap
        return "!", f"{gap} {joined}".strip(), "gap"
    over: Tone = "dim" if cell.turn.ends <= now else "plain"
    if empty:
        return "X", f"{joined} {words.rota.gap_past}".strip(), over
    if any(at_once(snapshot, each) is not None for each in cell.shifts):
        return "?", joined, "soon"
    if sits_now(snapshot, cell, now):
        return "|", joined, "mark"
    return " ", joined, over


def cell_detail(cell: RotaCell, snapshot: Snapshot, now: datetime, words: Words, cells: int) -> Line:
    """Return the cell under the cursor in words: each shift with its hours and number, and each gap."""
    zone, said = snapshot.zone, words.rota
    parts = []
    for shift in cell.shifts:
        text = (
            f"{officer_name(snapshot, shift.officer_id)} {day_clock(shift.starts, zone)} - {clock(shift.until, zone)}"
        )
        other = at_once(snapshot, shift)
        twice = "" if other is None else said.twice.format(seat=seat_name(words, other.seat))
        parts.append(f"{text} {said.number.format(n=shift.id)}{twice}")
    for frm, to in cell.gaps:
        gap = said.gap if to > now else said.gap_past
        parts.append(f"{gap} {day_clock(frm, zone)} - {clock(to, zone)}")
    seat = seat_name(words, cell.seat)
    return ((clip(f" {seat}  {words.marks.semicolon.join(parts)}", cells), "strong"),)


def shift_text(shift: Shift, snapshot: Snapshot, words: Words) -> str:
    """Return a shift in one line: seat, officer, hours."""
    name, zone = officer_name(snapshot, shift.officer_id), snapshot.zone
    return f"{seat_name(words, shift.seat)} {name} {day_clock(shift.starts, zone)}-{clock(shift.until, zone)}"


def load_lines(table: RotaTable, snapshot: Snapshot, words: Words, cells: int, rows: int) -> list[Line]:
    """Return how many turns and nights each officer has in the table, in at most so many rows."""
    turns: Counter[int] = Counter()
    nights: Counter[int] = Counter()
    for cell in (each for row in table.cells for each in row if each is not None):
        for officer_id in dict.fromkeys(each.officer_id for each in cell.shifts):
            turns[officer_id] += 1
            nights[officer_id] += cell.turn.night
    each_has = (
        words.rota.load.format(name=officer_name(snapshot, officer), n=number, nights=nights[officer])
        for officer, number in sorted(turns.items(), key=lambda item: (-item[1], item[0]))
    )
    text = words.rota.loads.format(loads="  ".join(each_has))
    wrapped = wrap(text, cells - 2)
    if len(wrapped) > rows:
        wrapped = [*wrapped[: rows - 1], clip("".join(wrapped[rows - 1 :]), cells - 2)]
    return [((f" {row}", "dim"),) for row in wrapped]


def gap_lines(short: Sequence[RotaCell], snapshot: Snapshot, now: datetime, words: Words) -> list[str]:
    """Return a line for each stretch to come in which nobody is planned: seat, from, to."""
    zone = snapshot.zone
    return [
        words.rota.gap_line.format(
            seat=seat_name(words, each.seat), starts=day_clock(max(frm, now), zone), ends=clock(to, zone)
        )
        for each in short
        for frm, to in each.gaps
        if to > now
    ]
