"""The lists behind the queue as rows: the calls about a risk area, and the certificates that expire."""

from datetime import datetime

from dutyboard.rules.duties.post.area_calls import Call, CallList
from dutyboard.rules.people.certificates import Expiring
from dutyboard.rules.records.model import Area, Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import CalledTouched
from dutyboard.tui.terminal.cells import Line, Tone, clip, clip_name, pad
from dutyboard.tui.text import Words
from dutyboard.tui.views.times import clause, day_clock, span

NAME_CELLS, TOUCH_CELLS, PLACE_CELLS, LEFT_CELLS = 8, 6, 26, 10
LEVEL_CELLS, DAYS_CELLS = 8, 15
CLAUSE_CELLS, UNTIL_CELLS, OVER_CELLS = 10, 11, 10


def calls_title(lists: tuple[CallList, ...], words: Words) -> str:
    """Return how many calls of all lists are done."""
    called, total = sum(each.called for each in lists), sum(each.total for each in lists)
    return words.lists.calls_title.format(called=called, total=total)


def area_text(listed: CallList, words: Words) -> str:
    """Return one area with its level, its first day, and the progress of its list."""
    return words.lists.calls_area.format(
        area=listed.area.name,
        level=words.lists.levels[listed.area.level],
        starts=f"{listed.area.starts:%m-%d}",
        called=listed.called,
        total=listed.total,
    )


def area_line(area: Area, listed: CallList | None, words: Words) -> Line:
    """Return one area: level, days, name, source, and the progress of its calls."""
    lists, said = words.lists, words.clauses
    days = f"{area.starts:%m-%d} - {f'{area.ends:%m-%d}' if area.ends else said.still}"
    calls = said.calls.format(called=listed.called, total=listed.total) if listed is not None else ""
    tone: Tone = "dim" if area.ends is not None else "plain"
    text = f"  {pad(lists.levels[area.level], LEVEL_CELLS)}{pad(days, DAYS_CELLS)}{area.name}  {area.source}"
    return ((text.rstrip(), tone), (f"  {calls}" if calls else "", "soon"))


def calls_header(words: Words) -> Line:
    """Return the heading row."""
    lists = words.lists
    columns = (
        (words.people.column_name, NAME_CELLS),
        ("", TOUCH_CELLS),
        (lists.column_place, PLACE_CELLS),
        (lists.column_left, LEFT_CELLS),
    )
    return ((" " + " ".join(pad(text, cells) for text, cells in columns) + f" {lists.column_state}", "dim"),)


def call_row(call: Call, snapshot: Snapshot, words: Words) -> Line:
    """Return the row of one person to call: the place he was at, and the state of the call."""
    entry = call.answered or call.tried
    left = call.stay.left_on
    parts = [
        pad(clip_name(call.person.name, NAME_CELLS), NAME_CELLS),
        pad(words.lists.touches[call.touch], TOUCH_CELLS),
        pad(clip(call.stay.place, PLACE_CELLS), PLACE_CELLS),
        pad(f"{left:%m-%d}" if left else words.person.no_answer, LEFT_CELLS),
    ]
    state, tone = words.lists.not_called, "soon"
    if entry is not None and isinstance(told := entry.told, CalledTouched):
        state = f"{words.log.answers[told.answer]} {day_clock(entry.happened_at, snapshot.zone)}"
        tone = "dim" if call.answered and not entry.abnormal else "late" if entry.abnormal else "soon"
    shown: Tone = "dim" if tone == "dim" else "late" if tone == "late" else "soon"
    return ((" " + " ".join(parts) + " ", "plain"), (state, shown))


def expiring_header(words: Words) -> Line:
    """Return the heading row."""
    lists = words.lists
    columns = (
        (words.people.column_name, NAME_CELLS),
        (lists.column_clause, CLAUSE_CELLS),
        (lists.column_until, UNTIL_CELLS),
        (lists.column_left_over, OVER_CELLS),
    )
    return ((" " + " ".join(pad(text, cells) for text, cells in columns) + f" {lists.column_decides}", "dim"),)


def expiring_row(each: Expiring, person: Person, snapshot: Snapshot, now: datetime, words: Words) -> Line:
    """Return the row of one certificate: its clause, its end, and whether it still decides anything."""
    left = max(0, int((each.valid_until - now).total_seconds() // 60))
    parts = [
        pad(clip_name(person.name, NAME_CELLS), NAME_CELLS),
        pad(clause(words.duties, each.clause), CLAUSE_CELLS),
        pad(day_clock(each.valid_until, snapshot.zone), UNTIL_CELLS),
        pad(span(words.frame, left), OVER_CELLS),
    ]
    matters = words.lists.decides if each.decides else words.lists.settled
    return ((" " + " ".join(parts) + " ", "plain"), (matters, "soon" if each.decides else "dim"))
