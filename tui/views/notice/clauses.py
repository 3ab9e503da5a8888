"""The notice by its clauses: the sentence of each, the people it governs now, the duties it makes now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.board import Board
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.phrase import Phrase
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.obligation import OWED, Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, clip, pad, pad_left, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import owed_by, state_text, title
from dutyboard.tui.views.people import people_under_control
from dutyboard.tui.views.person.slices import by_number, clause_of
from dutyboard.tui.views.times import clause, day_clock

CLAUSE_CELLS: Final = 12
COUNT_CELLS: Final = 6
DETAIL_ROWS: Final = 4


@frozen
class ClauseNow:
    """A clause with its sentences, the people under control whom it governs, and its open duties."""

    clause: str
    sentences: tuple[Phrase, ...]
    people: tuple[Person, ...]
    duties: tuple[Obligation, ...]


def clauses_now(snapshot: Snapshot, board: Board, now: datetime) -> list[ClauseNow]:
    """Return every clause of the notice in force, and any other that a duty rests on."""
    notice = snapshot.notice_at(now)
    section = notice.section_three
    named = {*notice.sentences, *(each.clause for each in section.branches), section.home_clause}
    people: dict[str, list[Person]] = {}
    for person in people_under_control(snapshot):
        people.setdefault(clause_of(person), []).append(person)
    duties: dict[str, list[Obligation]] = {}
    for owed in board.obligations:
        if owed.state in OWED:
            duties.setdefault(owed.clause, []).append(owed)
    found: list[ClauseNow] = []
    for each in sorted((named | {*people, *duties}) - {""}, key=by_number):
        now_so = ClauseNow(
            clause=each,
            sentences=_sentences(notice, each),
            people=tuple(people.get(each, ())),
            duties=tuple(duties.get(each, ())),
        )
        before = found[-1] if found else None
        if before is not None and not now_so.people and before.sentences == now_so.sentences:
            found[-1] = replace(before, duties=(*before.duties, *now_so.duties))  # one sentence asks several things
        else:
            found.append(now_so)
    return found


def clauses_title(snapshot: Snapshot, now: datetime, words: Words, cells: int) -> Line:
    """Return the notice in force, and since when it is."""
    notice = snapshot.notice_at(now)
    begun = [each for each in snapshot.notices.values() if each.notice == notice.id and each.effective_from <= now]
    since = max((each.effective_from for each in begun), default=notice.effective_from.replace(tzinfo=snapshot.zone))
    text = words.clauses.since.format(at=day_clock(since, snapshot.zone), title=notice.title.said_in(words.language))
    return ((clip(f" {text}", cells), "strong"),)


def clauses_header(words: Words) -> Line:
    """Return the heading row."""
    said = words.clauses
    counts = f"{pad_left(said.people, COUNT_CELLS)} {pad_left(said.duties, COUNT_CELLS)}"
    return ((f" {pad(said.clause, CLAUSE_CELLS)}{counts}  {said.sentence}", "dim"),)


def clause_row(each: ClauseNow, words: Words, cells: int) -> Line:
    """Return one clause with its two numbers, and the beginning of its sentence. Zero is a number too."""
    numbers = " ".join(pad_left(str(len(counted)), COUNT_CELLS) for counted in (each.people, each.duties))
    named = pad(clause(words.duties, each.clause), CLAUSE_CELLS)
    late = any(owed.state == "late" for owed in each.duties)
    head = f" {named}{numbers}"
    return (
        (head, "late" if late else "plain" if each.people or each.duties else "dim"),
        (clip(f"  {_said(each, words)}", max(0, cells - CLAUSE_CELLS - 2 * COUNT_CELLS - 2)), "dim"),
    )


def clause_detail(each: ClauseNow, words: Words, cells: int) -> list[Line]:
    """Return the sentence of a clause in a few rows; of a longer one the beginning."""
    rows = wrap(_said(each, words), cells - 2)
    if len(rows) > DETAIL_ROWS:
        rows = [*rows[: DETAIL_ROWS - 1], clip("".join(rows[DETAIL_ROWS - 1 :]), cells - 2)]
    return [((f" {row}", "plain"),) for row in rows]


def clause_page(each: ClauseNow, snapshot: Snapshot, now: datetime, words: Words, cells: int) -> list[Line]:
    """Return the whole sentence of a clause, and each duty that it makes now, with its state."""
    said = words.clauses
    lines: list[Line] = [((clause(words.duties, each.clause), "mark"),)]
    lines += [((f"  {row}", "plain"),) for row in wrap(_said(each, words), cells - 4)]
    lines += [(), ((said.governs.format(n=len(each.people)), "mark"),)]
    lines += [(), ((said.owes.format(n=len(each.duties)), "mark"),)]
    for owed in _by_due(each.duties):
        state = state_text(owed, now, snapshot.zone, words)
        text = f"{title(owed, words)}  {owed_by(owed, words)}  {day_clock(owed.due, snapshot.zone)}  {state}"
        lines += [((f"  {row}", "late" if owed.state == "late" else "plain"),) for row in wrap(text, cells - 4)]
    return lines


def _by_due(duties: Sequence[Obligation]) -> list[Obligation]:
    return sorted(duties, key=lambda owed: (owed.due, owed.id))


def _said(each: ClauseNow, words: Words) -> str:
    """Return the sentence without line ends."""
    return " ".join(" ".join(said.said_in(words.language).split()) for said in each.sentences)


def _sentences(notice: Notice, dotted: str) -> tuple[Phrase, ...]:
    """Return the sentences of a clause: of section three those of all its branches, else what the notice quotes."""
    branches = (each.sentence for each in notice.section_three.branches if each.clause == dotted)
    quoted = notice.quote(dotted)
    return tuple(dict.fromkeys(branches)) or ((quoted,) if quoted is not None else ())
