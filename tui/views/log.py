"""The log, newest first: one row an entry, and the whole text of the one under the cursor."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from dutyboard.rules.records.model import POST, SUBJECT_TABLES, Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, Tone, clip, pad, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.care_entries import care_texts
from dutyboard.tui.views.masking import masked
from dutyboard.tui.views.settings import changed_text
from dutyboard.tui.views.times import day_clock

_NUMBER = re.compile(r"(?<![0-9a-f])(?:\d{17}[\dXx]|\d{15}|\d{11})(?![0-9a-f])")
"""A phone or an ID number in a text."""
TIME_CELLS, WHO_CELLS, KIND_CELLS = 11, 8, 8


def log_entries(snapshot: Snapshot, limit: int = 2000) -> list[Entry]:
    """The newest entries by when they were entered; at most `limit`."""
    newest = sorted(snapshot.entries, reverse=True)[:limit]
    return [snapshot.entries[entry_id] for entry_id in newest]


def log_header(words: Words, cells: int, shown: int) -> Line:
    """The heading row."""
    screens = words.screens
    rest = cells - TIME_CELLS - WHO_CELLS - KIND_CELLS - 4
    parts = [pad(screens.log_time, TIME_CELLS), pad(screens.log_who, WHO_CELLS), pad(screens.log_what, KIND_CELLS)]
    return ((" " + " ".join([*parts, pad(f"{screens.log_text} ({shown})", rest)]), "dim"),)


def log_row(entry: Entry, snapshot: Snapshot, words: Words, cells: int) -> Line:
    """One entry; an amended one is dim and says where its correction is."""
    rest = cells - TIME_CELLS - WHO_CELLS - KIND_CELLS - 4
    amended = entry.id in snapshot.amended
    tone: Tone = "dim" if amended else "late" if entry.abnormal else "plain"
    text = entry_text(entry, snapshot, words, kind=False)
    if amended:
        text = f"{words.screens.log_amended.format(id=snapshot.amended[entry.id])} {text}"
    parts = [
        " " + pad(day_clock(entry.happened_at, snapshot.zone), TIME_CELLS),
        pad(clip(entered_by(entry, snapshot), WHO_CELLS), WHO_CELLS),
        pad(words.log.kinds[entry.kind], KIND_CELLS),
        pad(text, rest),
    ]
    return ((" ".join(parts), tone),)


def log_detail(entry: Entry, snapshot: Snapshot, words: Words, cells: int) -> list[Line]:
    """The whole text of one entry, wrapped."""
    screens, zone = words.screens, snapshot.zone
    head = f"{entry.id} {day_clock(entry.happened_at, zone)} {entered_by(entry, snapshot)} ({entry.login})"
    if entry.entered_at.replace(second=0, microsecond=0) > entry.happened_at:
        head += " " + screens.log_entered_late.format(at=day_clock(entry.entered_at, zone))
    if entry.amends is not None:
        head += " " + screens.log_amends.format(id=entry.amends)
    if entry.id in snapshot.amended:
        head += " " + screens.log_amended.format(id=snapshot.amended[entry.id])
    body = wrap(entry_text(entry, snapshot, words), cells - 2)
    return [((" " + clip(head, cells - 1), "dim"),), *(((" " + row, "plain"),) for row in body)]


def masked_line(line: Line) -> Line:
    """The line with every phone and ID number in it masked."""
    return tuple((_NUMBER.sub(lambda found: masked(found[0]), text), tone) for text, tone in line)


def entered_by(entry: Entry, snapshot: Snapshot) -> str:
    """The name of who wrote it down; the login where the desk does not know."""
    officer = snapshot.officers.get(entry.entered_by or 0)
    return officer.name if officer else entry.login


def subject_name(subject: str, snapshot: Snapshot) -> str:
    """The name of `site-1`, `unit-3`, `person-12`; "" for the command post itself."""
    if subject == POST:
        return ""
    kind, _, number = subject.partition("-")
    table = SUBJECT_TABLES.get(kind)
    record = getattr(snapshot, table).get(int(number)) if table and number.isdecimal() else None
    return record.name if record else subject


def entry_text(entry: Entry, snapshot: Snapshot, words: Words, *, kind: bool = True, subject: bool = True) -> str:
    """An entry in one line: kind, subject, slot, who did it, what was found, what was written."""
    parts = [words.log.kinds[entry.kind]] if kind else []
    parts += [subject_name(entry.subject, snapshot)] if subject else []
    parts.append(_slot_name(entry, snapshot, words))
    if entry.abnormal:
        parts.append(f"[{words.log.abnormal}]")
    parts += _data(entry, snapshot, words)
    parts.append(entry.text)
    if entry.kind == "check" and entry.done_by != entered_by(entry, snapshot):
        parts.append(words.log.done_by.format(who=entry.done_by))
    return " ".join(part for part in parts if part)


def _slot_name(entry: Entry, snapshot: Snapshot, words: Words) -> str:
    """Return the name of the slot that an entry discharges, from the notice of its day; "" where it has none."""
    slot_id = (entry.obligation or "").partition("/")[0]
    slot = snapshot.daily_at(entry.happened_at).find_slot(slot_id)
    return slot.name.said_in(words.language) if slot else words.duties.slots.get(slot_id, "")


def _data(entry: Entry, snapshot: Snapshot, words: Words) -> Iterable[str]:
    data: dict[str, Any] = dict(entry.data)
    log = words.log
    if "measured" in data:
        highest = data.get("highest")
        yield log.measured.format(
            measured=data["measured"], of=data.get("of"), highest="-" if highest is None else highest
        )
        fever = snapshot.daily_at(entry.happened_at).thresholds.fever_c
        for whose, reading in data.get("readings", {}).items():
            if reading >= fever:
                yield f"{subject_name(whose, snapshot)} {reading:.1f}"
    elif "checked" in data:
        yield log.checked.format(checked=data["checked"])
        if data.get("abnormal") is not None:
            yield log.abnormal_count.format(abnormal=data["abnormal"])
    elif entry.kind == "call":
        yield log.call.format(caller=data.get("caller", ""), matter=data.get("matter", ""))
        if data.get("told"):
            yield log.told.format(told=data["told"])
    elif entry.kind == "rescreen" and data.get("answer") in log.answers:
        area = snapshot.areas.get(data.get("area_id", 0))
        yield f"{area.name if area else ''} {log.answers[data['answer']]}"
    elif entry.kind == "report" and "revision" in data:
        yield log.report.format(day=short_day(str(data.get("day", ""))), revision=data["revision"])
    elif entry.kind in ("seat", "takeover") and "seat" in data:
        yield words.frame.seat_leader if data["seat"] == "leader" else words.frame.seat_officer
    elif entry.kind == "handover" and "incoming" in data:
        officer = snapshot.officers.get(data["incoming"])
        yield log.handed_over.format(n=len(data.get("items", ())), incoming=officer.name if officer else "?")
    elif entry.kind == "setting":
        yield changed_text(data, snapshot, words)
    else:
        yield from care_texts(entry, snapshot, words)


def short_day(text: str) -> str:
    """`2021-06-07` as `06-07`; anything else as it is."""
    try:
        return date.fromisoformat(text).strftime("%m-%d")
    except ValueError:
        return text
