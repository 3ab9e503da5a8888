"""Explanation of a row of the board: the clause and its sentence, the facts, and what happened to it."""

from datetime import datetime

from dutyboard.rules.law.notice import Notice
from dutyboard.rules.people.course import course_of
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import state_text, title
from dutyboard.tui.views.entry_text import entered_by, entry_text
from dutyboard.tui.views.times import clause, day_clock


def explain_lines(owed: Obligation, snapshot: Snapshot, now: datetime, words: Words, cells: int) -> list[Line]:
    """Return the whole page, in rows of at most `cells` cells."""
    screens, zone = words.screens, snapshot.zone
    quoted = _notice_behind(owed, snapshot, now).quote(owed.clause)
    sentence = quoted.said_in(words.language) if quoted else ""
    closes = day_clock(owed.closes, zone) if owed.closes else "-"
    entry = snapshot.entries.get(owed.entry or 0)
    lines: list[Line] = [((title(owed, words), "strong"),), ()]
    lines.append(((f"{screens.explain_title}: {clause(words.duties, owed.clause)}", "mark"),))
    lines += [((f"  {row}", "plain"),) for row in wrap(sentence, cells - 4)]
    lines += [(), ((screens.explain_facts, "mark"),)]
    facts = [
        screens.fact_window.format(opens=day_clock(owed.opens, zone), due=day_clock(owed.due, zone), closes=closes),
        screens.fact_state.format(state=state_text(owed, now, zone, words, entry)),
    ]
    if owed.owed_by:
        facts.insert(0, screens.fact_owed_by.format(who=owed.owed_by))
    lines += [((f"  {row}", "plain"),) for fact in facts for row in wrap(fact, cells - 4)]
    lines += [(), ((screens.explain_history, "mark"),)]
    told = [e for e in snapshot.entries.values() if e.obligation == owed.id]
    for each in told:
        text = f"{day_clock(each.happened_at, zone)} {entered_by(each, snapshot)} {entry_text(each, snapshot, words)}"
        lines += [((f"  {row}", "plain"),) for row in wrap(text, cells - 4)]
    if not told:
        lines.append(((f"  {screens.explain_none}", "dim"),))
    return lines


def _notice_behind(owed: Obligation, snapshot: Snapshot, now: datetime) -> Notice:
    """Return the notice that a duty rests on: a person's own one, else the one in force when the duty opened."""
    person = next((each for each in snapshot.persons.values() if subject_id(each) == owed.subject_id), None)
    if person is not None:
        return course_of(person, snapshot, now).result.notice
    return snapshot.notice_at(owed.opens)
