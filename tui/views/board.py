"""The table of the things to do now: one row for each obligation, with more columns on a wider screen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from dutyboard.frozen import frozen
from dutyboard.rules.duties.post.alarms import AlarmGroup
from dutyboard.rules.duties.post.matters import KINDS as MATTERS
from dutyboard.rules.duties.post.reports import REPORT_KINDS
from dutyboard.rules.records.ids import POST, DutyId, Subject
from dutyboard.rules.records.model import Entry, Person, subject_id
from dutyboard.rules.records.obligation import OWED, Kind, Obligation, minutes
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, Piece, Tone, clip, pad, ruled, width
from dutyboard.tui.text import Words
from dutyboard.tui.views.fact_text import fact_label
from dutyboard.tui.views.frame import stopped_text
from dutyboard.tui.views.site.disinfection import disinfection_text
from dutyboard.tui.views.times import clause, clock, day_clock, near, span

WIDE = 100
"""Cells from which the table shows clause, opening time and the officer who did it."""
GROUPED: Final[tuple[Kind, ...]] = (
    *("assess", "test", "release", "advice", "history"),
    *("roster", "screening_report", "home_check"),
)
"""Kinds with a row for each of many people or units."""
GROUP_FROM: Final = 6
"""Rows of one such kind that stand as a single row on the board, which Enter opens."""
FLOOD_FROM: Final = 30
"""The same on paper, where nothing can be opened. A flood of arrivals must not bury the rounds (ISA-18.2)."""

TONES: Mapping[str, Tone] = {
    "missed": "late",
    "late": "late",
    "gap": "gap",
    "due_soon": "soon",
    "open": "plain",
    "upcoming": "dim",
    "done": "dim",
    "done_late": "dim",
    "waived": "dim",
}
MARKS: Mapping[str, str] = {
    "missed": "X",
    "late": "!",
    "gap": "!",
    "due_soon": "o",
    "open": "o",
    "upcoming": ".",
    "done": "v",
    "done_late": "V",
    "waived": "-",
}


GRAVE: Final = "!!"
"""The mark of what is of top priority and owed: a positive, a fever, an empty seat."""
SEEN: Final = "!:"
"""The mark of the same once an officer has acknowledged it: it is owed all the same."""
SHELVED: Final = "::"
"""The mark of what was put aside."""


def mark_of(owed: Obligation) -> str:
    """Return the mark of how a duty stands: `+` where it was done in its window and entered after that."""
    return "+" if owed.entered_late else MARKS[owed.state]


def row_mark(owed: Obligation) -> tuple[str, Tone]:
    """Return the mark at the front of a row, of one or two cells, and its tone."""
    if owed.shelved:
        return SHELVED, "soon"
    if owed.grave:
        return (SEEN if owed.acknowledged else GRAVE), "late"
    return mark_of(owed), TONES[owed.state]


def attention_text(owed: Obligation, overlooked: int, now: datetime, zone: ZoneInfo, words: Words) -> str:
    """Return who has seen an alarm; why and until when a duty is shelved; that nobody looked.

    `overlooked`: the minutes for which nobody has looked at it; 0: not for long.
    """
    said, duties = owed.attention, words.duties
    if said is not None and owed.shelved and said.until is not None:
        return duties.shelved_until.format(time=near(said.until, now, zone), who=said.by, reason=said.reason)
    if said is not None and owed.acknowledged:
        return duties.seen_by.format(who=said.by)
    texts = [duties.shelf_over] if said is not None and said.over else []
    texts += [duties.overlooked.format(span=span(words.frame, overlooked))] if overlooked else []
    return " ".join(texts)


def attended_title(
    owed: Obligation, cause: str, overlooked: int, now: datetime, zone: ZoneInfo, words: Words, cells: int
) -> str:
    """Return title and cause of a duty in so many cells, with what was said of it behind.

    Where there is no room for both, who has seen it gives way: the mark of the row says that somebody has. Why it is
    shelved never does.
    """
    named, said = f"{title(owed, words)}  {cause}".rstrip(), attention_text(owed, overlooked, now, zone, words)
    if not said or (width(named) + width(said) >= cells and not owed.shelved):
        return pad(named, cells)
    if width(named) + width(said) >= cells:
        named = title(owed, words)
    end = clip(said, cells - min(cells // 2, width(named)) - 1)
    return pad(f"{clip(named, cells - width(end) - 1)} {end}", cells)


@frozen(kw_only=False)
class Columns:
    """Widths in cells; 0 means: not shown. The mark, the cursor and the blanks between take the rest."""

    title: int
    owed_by: int
    opens: int
    due: int
    clause: int
    state: int
    by: int


def columns(cells: int) -> Columns:
    """Return the widths for a screen of so many cells."""
    if cells < WIDE:
        return Columns(title=cells - 37, owed_by=8, opens=0, due=6, clause=0, state=16, by=0)
    return Columns(title=cells - 78, owed_by=10, opens=6, due=12, clause=10, state=18, by=12)


def table_header(words: Words, cells: int, shown: int, shelved: int = 0) -> Line:
    """Return the heading row, a rule between what is above it and the rows.

    `shown` is the number of duties, `shelved` of those that were put aside.
    """
    wide, screens = columns(cells), words.screens
    number = screens.todo_shelved.format(n=shown, shelved=shelved) if shelved else str(shown)
    parts = [(f"{screens.todo} ({number})", wide.title), (screens.owed_by, wide.owed_by)]
    parts += [(screens.opens, wide.opens), (screens.due, wide.due), (screens.clause, wide.clause)]
    parts += [(screens.state, wide.state), (screens.by, wide.by)]
    return (("--- " + "-".join(ruled(text, size) for text, size in parts if size), "dim"),)


def table_row(
    owed: Obligation,
    now: datetime,
    zone: ZoneInfo,
    words: Words,
    cells: int,
    entry: Entry | None = None,
    changed: bool = False,
    cause: str = "",
    overlooked: int = 0,
) -> Line:
    """Return the row of one obligation.

    The first cell is the cursor's, the next two the mark. `changed`: the row changed since the last key; it is marked
    `*`. `cause` says why it is of top priority, `overlooked` is as in `attention_text`.
    """
    wide = columns(cells)
    tone = TONES[owed.state]
    body: Tone = "dim" if tone == "dim" else "plain"
    mark, ink = row_mark(owed)
    alarming: Tone | None = "late" if mark == GRAVE else None
    due = near(owed.due, now, zone) if wide.due <= 6 else _far(owed.due, now, zone)
    spans: list[Piece] = [
        (" ", "plain"),
        (pad(mark, 2) + " ", ink),
        (attended_title(owed, cause, overlooked, now, zone, words, wide.title) + " ", alarming or body),
        (pad(clip(owed_by(owed, words), wide.owed_by), wide.owed_by) + " ", body),
    ]
    if wide.opens:
        spans.append((pad(near(owed.opens, now, zone), wide.opens) + " ", body))
    spans.append((pad(due, wide.due) + " ", body))
    if wide.clause:
        spans.append((pad(clause(words.duties, owed.clause), wide.clause) + " ", "dim"))
    spans.append((pad(("*" if changed else "") + state_text(owed, now, zone, words, entry), wide.state), tone))
    if wide.by:
        spans.append((" " + pad(entry.done_by if entry else "", wide.by), body))
    return tuple(spans)


def report_subject(owed: Obligation, words: Words) -> str:
    """Return the name of who owes a report. Of the city's total it is the whole city, and not the desk."""
    return words.reports.whole if owed.subject_id == POST else owed.subject


def title(owed: Obligation, words: Words) -> str:
    """Return place and duty, `桥头河集中隔离点 晚餐巡查`, with `n/m` or `n` if one row stands for several."""
    duties = words.duties
    what = owed.name.said_in(words.language) if owed.name else duties.slots.get(owed.slot) or duties.kinds[owed.kind]
    if owed.kind == "roster" and owed.entry is None and not owed.owed_by and owed.subject:
        what = duties.no_director.format(what=what)
    subject = report_subject(owed, words) if owed.kind in REPORT_KINDS else owed.subject
    if owed.repeats is not None and owed.state in OWED:
        what = f"{what} {disinfection_text(owed.repeats, words, area=False)}"
    if owed.unlike:
        fields = words.marks.comma.join(fact_label(key, words) for key in owed.unlike)
        return duties.title_text.format(subject=subject, what=what, text=fields)
    if owed.text:
        return duties.title_text.format(subject=subject, what=what, text=owed.text)
    if owed.total:
        return duties.title_count.format(subject=subject, what=what, count=owed.count, total=owed.total).strip(" :")
    if owed.count:
        return duties.title_number.format(subject=subject, what=what, count=owed.count).strip(" :")
    return duties.title.format(subject=subject, what=what).strip(" :")


def owed_by(owed: Obligation, words: Words) -> str:
    """Return the name of whoever owes an obligation; an office of the notice in words."""
    return office_or_name(owed.owed_by, words)


def office_or_name(who: str, words: Words) -> str:
    """Return a name as it is, the code of an office of the notice in words."""
    return next((name for office, name in words.course.offices.items() if office == who), who)


def state_text(owed: Obligation, now: datetime, zone: ZoneInfo, words: Words, entry: Entry | None = None) -> str:
    """Return the state in words with the time that matters: minutes late, minutes left, the opening, or the officer."""
    duties = words.duties
    length = span(words.frame, owed.late_minutes)
    who = entry.done_by if entry else ""
    if owed.kind == "seat" and owed.state == "missed":
        return duties.gap_of.format(span=length)
    if owed.state == "late":
        if owed.kind == "seat":
            return duties.gap_of.format(span=length)
        return (duties.unreported_by if owed.kind in REPORT_KINDS else duties.late_by).format(span=length)
    if owed.state == "missed" and owed.kind in REPORT_KINDS:
        return duties.unreported
    if owed.state == "due_soon":
        left = max(0, int((owed.due - now).total_seconds() + 59) // 60)
        return duties.due_in.format(span=span(words.frame, left))
    if owed.state == "upcoming":
        return duties.opens_at.format(time=near(owed.opens, now, zone))
    if owed.state == "open" and owed.kind in MATTERS:  # its age counts, not its window
        return duties.since.format(span=span(words.frame, minutes(now - owed.opens)))
    text = duties.waivers[owed.reason] if owed.reason else duties.states[owed.state]
    if owed.state == "done":
        text = duties.done_by.format(who=who).strip()
    elif owed.state == "done_late":
        text = duties.done_late_by.format(span=length, who=who).strip()
    elif owed.state == "missed" and owed.beside is not None:
        text = f"{text} {duties.told_afterwards}"
    if owed.entered_late:
        when = near(entry.entered_at, now, zone) if entry else ""
        text = f"{duties.late_entry.format(time=when)} {who if owed.state == 'done' else text}".strip()
    return f"{duties.abnormal} {text}" if owed.abnormal else text


def form_heading(
    name: str,
    obligations: Iterable[Obligation],
    now: datetime,
    zone: ZoneInfo,
    words: Words,
    cells: int,
    stopped_at: datetime | None = None,
) -> Line:
    """Return the first line of a form: its name, the most urgent row of top priority, and the clock.

    Where there are several, their number stands before it. Of an old picture it tells of when that is, in place of the
    clock.
    """
    alarms = (each for each in obligations if each.grave and not each.shelved)
    grave = sorted(alarms, key=lambda each: (each.acknowledged, each.due))
    told = f"{row_mark(grave[0])[0]}{len(grave) if len(grave) > 1 else ''} {title(grave[0], words)} " if grave else ""
    old = stopped_text(stopped_at, now.astimezone(zone), words)
    right = f" {old or clock(now, zone)} "
    room = cells - width(right) - min(width(name) + 2, cells // 2)
    alarm = clip(told, max(0, room))
    left = pad(f" {name}", max(0, cells - width(alarm) - width(right)))
    return ((left, "frame"), (alarm, "late"), (right, "late" if old else "frame"))


def listed(obligations: Iterable[Obligation], *, shelved: bool = False) -> list[Obligation]:
    """Return the obligations that the table lists, in the order given; `shelved`: those too that were put aside.

    They are owed now, missed and not yet accepted, or still to come. A seat that is held is nothing to do and is left
    out.
    """
    return [owed for owed in obligations if _is_listed(owed) and (shelved or not owed.shelved)]


def owed_about(obligations: Iterable[Obligation], person: Person) -> list[Obligation]:
    """Return what is owed about a person now, alone or among others, by due time."""
    owed = (each for each in obligations if each.names(subject_id(person)) and each.state in OWED)
    return sorted(owed, key=lambda each: each.due)


def alike_but_later(before: Obligation, now: Obligation) -> bool:
    """Return True if nothing differs but the minutes by which it is late: the passing of time marks no row."""
    return before == now or (now.entry is None and before == replace(now, late_minutes=before.late_minutes))


def grouped(rows: list[Obligation], least: int = GROUP_FROM) -> list[Obligation]:
    """Return the rows, with one row in place of all of a kind that has at least so many.

    That row takes the place and the state of the most urgent one, and counts them all. A row of top priority stands by
    itself.
    """
    for kind in GROUPED:
        of_kind = [owed for owed in rows if in_group(owed, kind)]
        if len(of_kind) >= least:
            first, others = of_kind[0], {owed.id for owed in of_kind[1:]}
            one = replace(
                first,
                id=group_id(kind),
                subject="",
                subject_id=POST,
                owed_by="",
                clause=first.clause if all(owed.clause == first.clause for owed in of_kind) else "",
                text="",
                count=len(of_kind),
                total=0,
            )
            rows = [one if owed is first else owed for owed in rows if owed.id not in others]
    return rows


def in_group(owed: Obligation, kind: Kind) -> bool:
    """Return True if a row may stand in the group of a kind. One of top priority stands by itself."""
    shown = _is_listed(owed) and not owed.shelved
    return owed.kind == kind and owed.id != group_id(kind) and shown and not owed.grave


def alarms_grouped(rows: list[Obligation], groups: Iterable[AlarmGroup], snapshot: Snapshot) -> list[Obligation]:
    """Return the rows, with one row in place of the alarms of each group of a flood.

    It takes the place of the first one that nobody has seen, or else of the first.
    """
    for group in groups:
        first = next(iter(group.unseen or group.rows))
        others = {row.id for row in group.rows if row is not first}
        one = replace(
            first,
            id=group.id,
            subject=_place_name(group.place, snapshot),
            subject_id=group.place,
            owed_by="",
            text="",
            count=len(group.rows),
            total=0,
            attention=None if group.unseen else first.attention,
        )
        rows = [one if row is first else row for row in rows if row.id not in others]
    return rows


def _place_name(place: Subject, snapshot: Snapshot) -> str:
    table, number = place.record
    found = getattr(snapshot, table).get(number)
    return getattr(found, "name", "")


def group_lines(rows: Iterable[Obligation], now: datetime, zone: ZoneInfo, words: Words, cells: int) -> Iterator[Line]:
    """Yield a line for each duty of a group, the most urgent first: subject, due time, and whose it is."""
    for owed in sorted(rows, key=lambda each: each.due):
        left = cells - 17
        tone = TONES[owed.state]
        yield (
            (f"{mark_of(owed)} ", tone),
            (pad(owed.subject, left) + " ", "plain"),
            (pad(near(owed.due, now, zone), 6) + " ", tone),
            (clip(owed_by(owed, words), 7), "plain"),
        )


def group_id(kind: Kind) -> DutyId:
    """Return the name of the row of a group. It is of no day: it stays the same row, whichever of them is first."""
    return DutyId(kind, POST, date.min)


def _is_listed(owed: Obligation) -> bool:
    if owed.state == "missed":
        return not owed.accepted
    if owed.kind == "seat" and owed.state == "open":
        return False
    return owed.state in OWED or owed.state in ("gap", "upcoming")


def _far(instant: datetime, now: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    return clock(instant, zone) if local.date() == now.astimezone(zone).date() else day_clock(instant, zone)
