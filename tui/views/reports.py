"""The reports of the day: reported, zero, late or missing, and the time left until the hour."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from dutyboard.rules.board import Board
from dutyboard.rules.duties.post.reports import REPORT_KINDS, ROSTER
from dutyboard.rules.duties.post.screening.city import CitySheet
from dutyboard.rules.duties.post.urging import to_call, urgings
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.model import Report
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import Called
from dutyboard.tui.terminal.cells import Line, Piece, Tone, pad
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import TONES, mark_of, report_subject
from dutyboard.tui.views.times import clock, near, span

FORMING: Final = ("new", "total", "at_site", "at_home", "free_today", "lost")
"""Figures of the city total that stand above the list, while they come in."""
NAME_CELLS, WHAT_CELLS, STATE_CELLS, TIME_CELLS = 18, 12, 18, 6


def reports_owed(board: Board) -> list[Obligation]:
    """Return the reports that the board lists, in its order: the missing ones first."""
    return [owed for owed in board.obligations if owed.kind in REPORT_KINDS]


def countdown(board: Board, now: datetime, snapshot: Snapshot, words: Words) -> Line:
    """Return the time left until the screening report is due, or the time since, and the number missing."""
    screens = words.screens
    of_day = [o for o in board.obligations if o.kind == "screening_report" and o.id.day == board.day]
    heading: Piece = (f"{screens.reports_title}  ", "strong")
    if not of_day:
        return (heading, (screens.reports_empty, "dim"))
    due = of_day[0].due
    minutes = int(abs((due - now).total_seconds()) // 60)
    template, tone = (screens.reports_countdown, "mark") if now < due else (screens.reports_past, "late")
    text = template.format(due=clock(due, snapshot.zone), span=span(words.frame, minutes))
    return (heading, (text, "mark" if tone == "mark" else "late"))


def tally(sheet: CitySheet, words: Words) -> Line:
    """Return how many units have reported, and how many of them state zero, were late, or stated again."""
    if not sheet.rows:
        return ()
    counts = {"zero": sheet.zero, "late": sheet.late, "corrected": sheet.corrected}
    return (("  " + words.screens.report_tally.format(n=sheet.reported, m=sheet.owing, **counts), "plain"),)


def reports_counts(owed: Iterable[Obligation], day: date, words: Words) -> Line:
    """Return the line with how many of the rows of each kind are unreported; the city's total is counted apart.

    It counts the day that is owed. After midnight the list holds the day before too, which is said beside it.
    """
    screens, rows = words.screens, [each for each in owed if each.state != "waived"]
    before = [each for each in rows if each.kind != ROSTER and each.id.day != day]
    pieces: list[Piece] = [(f"{screens.report_unreported} ", "dim")]
    for name, of_kind in screens.report_counts.items():
        found = [each for each in rows if _counted_as(each) == name and each not in before]
        pieces += [(f" {of_kind} {_unreported(found)} ", _tone(found))] if found else []
    for other in sorted({each.id.day for each in before}):
        found = [each for each in before if each.id.day == other]
        pieces.append((f"  {other:%m-%d} {screens.report_unreported} {_unreported(found)}", _tone(found)))
    return tuple(pieces)


def _missing(found: Iterable[Obligation]) -> list[Obligation]:
    return [each for each in found if each.state not in ("done", "done_late")]


def _unreported(found: Sequence[Obligation]) -> str:
    return f"{len(_missing(found))}/{len(found)}"


def _tone(found: Iterable[Obligation]) -> Tone:
    missing = _missing(found)
    late = any(each.state in ("late", "missed") for each in missing)
    return "late" if late else "plain" if missing else "dim"


def forming(sheet: CitySheet, words: Words) -> list[Line]:
    """Return the city total as it forms: the sums of those who have reported, and who has not.

    A figure that not all of them have stated says how many have. Where nobody has reported there is no sum.
    """
    screens, names = words.screens, words.reports.figures
    if not sheet.rows:
        return []
    heading: Piece = (screens.report_forming, "strong") if sheet.reported else (screens.report_no_sum, "dim")
    pieces = [heading]
    for name in FORMING:
        if name in sheet.sums:
            of = "" if sheet.stated[name] == sheet.reported else f"({sheet.stated[name]}/{sheet.reported})"
            pieces.append((f" {names.get(name, name)} {sheet.sums[name]}{of} ", "plain"))
    missing = sheet.missing
    named = screens.report_named.format(n=len(missing), names=words.marks.comma.join(missing))
    return [tuple(pieces), ((named, "soon"),) if missing else ((screens.report_all, "dim"),)]


def _counted_as(owed: Obligation) -> str:
    return "city" if owed.subject_id == POST else owed.kind


def reports_header(words: Words) -> Line:
    """Return the heading row."""
    screens = words.screens
    parts = [pad(screens.reports_unit, NAME_CELLS), pad("", WHAT_CELLS), pad(screens.state, STATE_CELLS)]
    return (("   " + " ".join([*parts, pad(screens.due, TIME_CELLS), screens.by]), "dim"),)


def report_row(owed: Obligation, now: datetime, snapshot: Snapshot, words: Words) -> Line:
    """Return the row of one report: who owes it, its state, its due time, and who sent which revision."""
    tone = TONES[owed.state]
    sent = last_report(owed, snapshot)
    who = " ".join(filter(None, (urged_said(owed, now, snapshot, words), owed.owed_by)))
    if sent is not None:
        revision = words.screens.report_revision.format(n=sent.revision)
        who = f"{sent.reporter} {near(sent.sent_at, now, snapshot.zone)} {revision}"
    return (
        (f" {mark_of(owed)} ", tone),
        (pad(report_subject(owed, words), NAME_CELLS) + " ", "dim" if tone == "dim" else "plain"),
        (pad(words.duties.kinds[owed.kind], WHAT_CELLS) + " ", "dim"),
        (pad(report_state(owed, sent, words), STATE_CELLS) + " ", tone),
        (pad(near(owed.due, now, snapshot.zone), TIME_CELLS) + " ", "plain"),
        (who, "dim"),
    )


def report_state(owed: Obligation, sent: Report | None, words: Words) -> str:
    """Return reported, zero, late or missing, in words. Silence is never shown as a zero."""
    screens = words.screens
    late = span(words.frame, owed.late_minutes)
    if owed.state == "missed" or (sent is None and owed.state != "late"):
        return screens.report_unreported
    if owed.state == "late":
        return screens.report_missing.format(span=late)
    text = screens.report_zero if sent is not None and sent.zero else screens.report_sent
    if sent is not None and sent.revision > 1:
        text += screens.report_corrected.format(n=sent.revision - 1)
    return f"{text} {screens.report_late.format(span=late)}" if owed.state == "done_late" else text


def urged_said(owed: Obligation, now: datetime, snapshot: Snapshot, words: Words) -> str:
    """Return how often somebody was called about a report and when last; "" where nobody was."""
    calls = urgings(owed, snapshot)
    if not calls:
        return ""
    last = calls[-1]
    vain = isinstance(last.told, Called) and last.told.answered is False
    said = f"{words.handover.urged.format(n=len(calls))} {near(last.happened_at, now, snapshot.zone)}"
    return f"{said} {words.screens.report_in_vain}" if vain else said


def call_line(owed: Obligation | None, now: datetime, snapshot: Snapshot, words: Words) -> Line:
    """Return whom to call about the report under the cursor, with the phones as they may be seen."""
    screens = words.screens
    if owed is None or owed.subject_id == POST:
        return ()
    people = [(each.name, each.title, each.phone) for each in to_call(owed, snapshot, now)]
    site = snapshot.sites.get(owed.subject_id.number) if owed.subject_id.kind == "site" else None
    if site is not None and site.phone not in [phone for *_, phone in people]:
        people.append((site.keeper, "", site.phone))
    found = (" ".join(filter(None, each)) for each in people)
    told = "  ".join(each for each in found if each)
    return ((f" {screens.report_call}{told or screens.report_nobody}", "dim"),)


def last_report(owed: Obligation, snapshot: Snapshot) -> Report | None:
    """Return the newest revision of the report that an obligation asks for; None if none was sent."""
    kind = REPORT_KINDS.get(owed.kind)
    return snapshot.last_reports.get((kind, owed.subject_id, owed.id.day)) if kind else None
