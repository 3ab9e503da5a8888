"""Explanation of a row of the board: the clauses and their sentences, the facts, and its history."""

from collections.abc import Iterator
from datetime import datetime

from dutyboard.rules.duties.post.reports import REPORT_KINDS, office_of
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.people.course import course_of
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.obligation import Kind, Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, Tone, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import owed_by, state_text, title
from dutyboard.tui.views.entry.line import entry_text
from dutyboard.tui.views.entry.names import entered_by
from dutyboard.tui.views.times import clause, day_clock


def explain_lines(owed: Obligation, snapshot: Snapshot, now: datetime, words: Words, cells: int) -> list[Line]:
    """Return the whole page, in rows of at most `cells` cells."""
    screens = words.screens
    notice = _notice_behind(owed, snapshot, now)
    lines: list[Line] = [((title(owed, words), "strong"),), ()]
    for each in dict.fromkeys(filter(None, (owed.clause, *_further_clauses(owed.kind, notice)))):
        quoted = notice.quote(each)
        lines.append(((f"{screens.explain_title}: {clause(words.duties, each)}", "mark"),))
        lines += _rows(quoted.said_in(words.language) if quoted else "", cells)
    lines += [(), ((screens.explain_facts, "mark"),)]
    for fact in (*_standing_facts(owed, snapshot, now, words), *_notice_facts(owed, notice, words)):
        lines += _rows(fact, cells)
    lines += [(), ((screens.explain_history, "mark"),)]
    for entry in snapshot.entries.values():
        if entry.obligation == owed.id:
            at = day_clock(entry.happened_at, snapshot.zone)
            lines += _rows(f"{at} {entered_by(entry, snapshot)} {entry_text(entry, snapshot, words)}", cells)
    if lines[-1] == ((screens.explain_history, "mark"),):
        lines += _rows(screens.explain_none, cells, "dim")
    return lines


def _rows(text: str, cells: int, tone: Tone = "plain") -> list[Line]:
    return [((f"  {row}", tone),) for row in wrap(text, cells - 4)]


def _notice_behind(owed: Obligation, snapshot: Snapshot, now: datetime) -> Notice:
    """Return the notice behind a duty: the person's own one, else the one in force when the duty opened."""
    person = next((each for each in snapshot.persons.values() if subject_id(each) == owed.subject_id), None)
    if person is not None:
        return course_of(person, snapshot, now).result.notice
    return snapshot.notice_at(owed.opens)


def _further_clauses(kind: Kind, notice: Notice) -> tuple[str, ...]:
    """Return the clauses that say more of a duty: who belongs into a roster, and who is screened."""
    daily = notice.daily
    if kind == "roster":
        return daily.roster_report.minimum.clause, daily.roster_report.director_clause
    if kind == "screening_report":
        return daily.screening.clause, daily.screening.named_clause
    return ()


def _standing_facts(owed: Obligation, snapshot: Snapshot, now: datetime, words: Words) -> Iterator[str]:
    """Yield who owes it, its window, and how it stands."""
    screens, zone = words.screens, snapshot.zone
    if owed.owed_by:
        yield screens.fact_owed_by.format(who=owed_by(owed, words))
    yield screens.fact_window.format(opens=day_clock(owed.opens, zone), due=day_clock(owed.due, zone))
    if owed.closes is not None:
        yield screens.fact_closes.format(closes=day_clock(owed.closes, zone))
    entry = snapshot.entries.get(owed.entry or 0)
    yield screens.fact_state.format(state=state_text(owed, now, zone, words, entry))


def _notice_facts(owed: Obligation, notice: Notice, words: Words) -> Iterator[str]:
    """Yield how often the notice asks for it, whose the hours are, and who gets the report."""
    screens, daily = words.screens, notice.daily
    slot = daily.find_slot(owed.slot)
    if slot is not None:
        count = daily.counts.get(slot.kind)
        if count is not None:
            yield screens.fact_count.format(n=count.value, clause=clause(words.duties, count.clause))
        yield screens.fact_hours_setting if slot.source == "setting" else screens.fact_hours_notice
    if owed.kind in REPORT_KINDS:
        office = office_of(REPORT_KINDS[owed.kind], daily)
        yield words.reports.office.format(office=office.said_in(words.language))
