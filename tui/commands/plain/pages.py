"""The pages behind the words at the prompt: lines, rows of one line each, and their acts."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.duties.person.queue import Waiting, queue
from dutyboard.rules.records.model import Entry, Person, subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.commands.plain.asking import LINE_CELLS
from dutyboard.tui.commands.plain.enter import ENTERS
from dutyboard.tui.commands.plain.handing_over import hand_over, handover_lines
from dutyboard.tui.commands.plain.person import assess
from dutyboard.tui.commands.plain.talk import Talk
from dutyboard.tui.commands.plain.ways import do_act
from dutyboard.tui.link.trouble import StoreTrouble
from dutyboard.tui.terminal.cells import Line, plain
from dutyboard.tui.views.board import GROUP_FROM, grouped, in_group, listed, owed_about, owed_by, state_text, title
from dutyboard.tui.views.entry.line import entry_text
from dutyboard.tui.views.entry.names import entered_by
from dutyboard.tui.views.frame import counts_said, frame_line, own_text, seat_name
from dutyboard.tui.views.initials import Query
from dutyboard.tui.views.log import log_detail, log_entries
from dutyboard.tui.views.people import everybody, place_text, stage_text
from dutyboard.tui.views.person.course import result_name
from dutyboard.tui.views.person.find_texts import person_findable
from dutyboard.tui.views.person.page import aside_lines, heading, page_lines
from dutyboard.tui.views.reports import reports_owed
from dutyboard.tui.views.rounds.matrix import matrix
from dutyboard.tui.views.screening import asked
from dutyboard.tui.views.times import day_clock, near
from dutyboard.tui.views.who import who_line

PERSON_ACTS: Final = (
    *("correct", "confirm", "answer", "sample", "result", "reading", "suspect", "positive", "trace", "assign", "move"),
    *("transfer start", "transfer end", "transfer divert", "transfer cancel", "release", "stage", "breach", "settle"),
    *("finding open", "log", "handoff", "print", "reopen", "void"),
)
"""Acts that a person's page offers, each about him."""
_ABOUT: Final = frozenset({"finding open", "log"})


@frozen
class LineRow:
    """One line. `enter` is what its number does; `owed` is the duty that it is about, if it is about one."""

    text: str
    enter: Callable[[], object]
    owed: Obligation | None = None


@frozen
class LinePage:
    """Lines to be read, then rows to be chosen of."""

    name: str
    lines: Sequence[str]
    rows: Sequence[LineRow]


# The board and its kin


def board_page(talk: Talk) -> LinePage:
    """Return the board: desk and clock, seats, counts, then what is to be done."""
    shown, snapshot, words = talk.board(), talk.snapshot, talk.words
    now, zone = shown.now, snapshot.zone
    me = snapshot.officers.get(talk.gateway.actor.officer_id or 0)
    mine = next((each for each in shown.seats if me and each.state == "now" and each.officer == me.name), None)
    name, stopped = me.name if me else "", talk.gateway.stopped_at
    frame = frame_line(snapshot.desk, shown.emergency, now, name, mine, words, LINE_CELLS, stopped)
    lines = [" ".join(plain(frame).split())]
    for each in shown.seats:
        name, said = seat_name(words, each.seat), words.frame
        if each.state == "gap":
            lines.append(said.seat_gap.format(seat=name))
        elif each.state == "now":
            until = day_clock(each.ends, zone) if each.ends else "?"
            lines.append(said.seat_line.format(seat=name, name=each.officer, until=until))
    counts = counts_said(shown.counts, words, own_text(snapshot, words))
    lines.append(words.marks.comma.join(each.text.strip() for each in counts))
    rows = [_owed_row(talk, each) for each in grouped(listed(shown.obligations), GROUP_FROM)]
    return LinePage(name=words.screens.todo, lines=lines, rows=rows)


def _owed_row(talk: Talk, owed: Obligation) -> LineRow:
    """Return the row of a duty; of a kind that stands together its number shows each."""
    if owed.id.day.year == 1:  # the row of a group is of no day
        return LineRow(text=owed_line(talk, owed), enter=partial(_group, talk, owed))
    return LineRow(text=owed_line(talk, owed), enter=lambda: ENTERS[owed.kind](talk, owed), owed=owed)


def owed_line(talk: Talk, owed: Obligation) -> str:
    """Return a duty in one line: how it stands, what it is, whose, until when."""
    words, now, zone = talk.words, talk.now(), talk.snapshot.zone
    entry = talk.snapshot.entries.get(owed.entry or 0)
    state = state_text(owed, now, zone, words, entry)
    text = talk.lines.row.format(
        state=state,
        what=title(owed, words),
        who=owed_by(owed, words) or talk.lines.not_said,
        due=near(owed.due, now, zone),
    )
    return talk.lines.red + text if owed.grave else text


def _group(talk: Talk, owed: Obligation) -> LinePage:
    rows = [each for each in talk.board().obligations if in_group(each, owed.kind)]
    each_row = [_owed_row(talk, each) for each in sorted(rows, key=lambda each: each.due)]
    return LinePage(name=title(owed, talk.words), lines=(), rows=each_row)


def rounds_page(talk: Talk) -> LinePage:
    """Return today's duties of each site, one a line."""
    board = talk.board()
    shown = matrix(talk.snapshot, board.obligations, board.day)
    rows = [_owed_row(talk, owed) for row in shown.cells for owed in row if owed is not None]
    return LinePage(name=talk.lines.views["rounds"], lines=(), rows=rows)


def reports_page(talk: Talk) -> LinePage:
    """Return the reports of the day, the missing ones first."""
    rows = [_owed_row(talk, owed) for owed in reports_owed(talk.board())]
    return LinePage(name=talk.lines.views["reports"], lines=(), rows=rows)


def handover_page(talk: Talk) -> LinePage:
    """Return what would go over now, and the row that begins it."""
    begin = LineRow(text=talk.words.handover.title, enter=lambda: hand_over(talk))
    return LinePage(name=talk.lines.views["handover"], lines=handover_lines(talk), rows=[begin])


# People


def queue_page(talk: Talk) -> LinePage:
    """Return who is to be assessed, and what is to be asked next."""
    rows = [_waiting_row(talk, each) for each in queue(talk.snapshot, talk.now())]
    return LinePage(name=talk.lines.views["queue"], lines=(), rows=rows)


def _waiting_row(talk: Talk, waiting: Waiting) -> LineRow:
    clause = result_name(waiting.course.result, talk.words)
    text = talk.lines.waits.format(name=waiting.person.name, clause=clause, asks=asked(waiting, talk.words))
    return LineRow(text=text, enter=partial(assess, talk, waiting.person.id))


def people_page(talk: Talk, text: str) -> LinePage:
    """Return the people whom a text finds, by name, initials, place, or the end of a number."""
    snapshot, now, words, query = talk.snapshot, talk.now(), talk.words, Query(text)
    found = [each for each in everybody(snapshot) if query.finds(person_findable(each, snapshot, now, words))]
    rows = [LineRow(text=_person_line(talk, each), enter=partial(person_page, talk, each)) for each in found]
    if len(found) == 1:
        return person_page(talk, found[0])
    said = talk.lines.several.format(n=len(found)) if found else talk.lines.nobody.format(text=text)
    return LinePage(name=said, lines=(), rows=rows)


def _person_line(talk: Talk, person: Person) -> str:
    place, stage = place_text(person, talk.snapshot, talk.words), stage_text(person, talk.snapshot, talk.words)
    return " ".join(talk.lines.page_person.format(name=person.name, stage=stage, place=place).split())


def person_page(talk: Talk, person: Person) -> LinePage:
    """Return a person's page, what he is owed, and the acts about him. The view log holds who looked."""
    snapshot, now, words = talk.snapshot, talk.now(), talk.words
    person = snapshot.persons.get(person.id, person)
    try:
        talk.gateway.look("person", subject_id(person))
    except StoreTrouble as trouble:
        talk.say(talk.refused(trouble.code, trouble.fields))
    owed = owed_about(talk.board().obligations, person)
    lines = [
        who_line(person, snapshot, words, LINE_CELLS),
        *aside_lines(person, owed, snapshot, now, words, LINE_CELLS),
    ]
    whole = LineRow(text=talk.lines.whole_page, enter=partial(_whole_page, talk, person, owed))
    acts = [LineRow(text=_act_line(talk, name), enter=partial(_about, talk, name, person)) for name in PERSON_ACTS]
    rows = [*(_owed_row(talk, each) for each in owed), whole, *acts]
    return LinePage(name=heading(person, snapshot, words), lines=_texts(lines), rows=rows)


def _whole_page(talk: Talk, person: Person, owed: Sequence[Obligation]) -> LinePage:
    snapshot, words = talk.snapshot, talk.words
    lines = page_lines(person, owed, snapshot, talk.now(), words, LINE_CELLS)
    return LinePage(name=heading(person, snapshot, words), lines=_texts(lines), rows=())


def _texts(lines: Iterable[Line]) -> list[str]:
    """Return the lines that say something, as text."""
    return [text for line in lines if (text := " ".join(plain(line).split()))]


def _about(talk: Talk, name: str, person: Person) -> None:
    do_act(talk, name, {"subject": subject_id(person)} if name in _ABOUT else {"person": person.id})


def _act_line(talk: Talk, name: str) -> str:
    commands = talk.call.words.commands
    told = commands.get(name) or commands.get(name.partition(" ")[0], "")
    told = _BEHIND.split(told.splitlines()[0])[0] if told else ""
    return f"{name}  {told}".strip()


_BEHIND: Final = re.compile(r"[；;（(：:。]")
"""The signs before what only the command line needs to know of an act."""


def acts_page(talk: Talk, names: Iterable[str]) -> LinePage:
    """Return every act by its name."""
    rows = [LineRow(text=_act_line(talk, name), enter=partial(do_act, talk, name)) for name in names]
    return LinePage(name=talk.lines.acts_title, lines=(), rows=rows)


# The log


def log_page(talk: Talk) -> LinePage:
    """Return the log, newest first."""
    rows = [_log_row(talk, each) for each in log_entries(talk.snapshot.entries.values())]
    return LinePage(name=talk.lines.views["log"], lines=(), rows=rows)


def _log_row(talk: Talk, entry: Entry) -> LineRow:
    snapshot, words = talk.snapshot, talk.words
    text = entry_text(entry, snapshot, words)
    if entry.id in snapshot.amended:
        text = f"{words.screens.log_amended.format(id=snapshot.amended[entry.id])} {text}"
    at = day_clock(entry.happened_at, snapshot.zone)
    return LineRow(text=f"{at} {entered_by(entry, snapshot)} {text}", enter=partial(_entry_page, talk, entry))


def _entry_page(talk: Talk, entry: Entry) -> LinePage:
    """Return an entry whole, and the acts on it."""
    lines = _texts(log_detail(entry, talk.snapshot, talk.words, LINE_CELLS))
    told = {"entry": entry.id}
    rows = [LineRow(text=_act_line(talk, name), enter=partial(do_act, talk, name, told)) for name in ("amend", "undo")]
    return LinePage(name=str(entry.id), lines=lines, rows=rows)
