"""The queue of people to be assessed, as rows: the waiting time, the likely clause, and the first questions."""

from datetime import datetime

from dutyboard.rules.duties.person.queue import Waiting
from dutyboard.rules.law.explain import deciding_facts
from dutyboard.rules.people.stage import awaits_answer
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, clip, clip_name, pad
from dutyboard.tui.text import Words
from dutyboard.tui.views.person.course import answer_awaited, questions, refer_reason, result_name
from dutyboard.tui.views.times import span
from dutyboard.tui.views.who import who_line

NAME_CELLS, ARRIVED_CELLS, WAITING_CELLS, CLAUSE_CELLS, OFFICER_CELLS = 8, 11, 9, 8, 10
WIDE = 100
DETAIL_ROWS = 2
ORIGIN_CELLS = {False: 13, True: 26}
"""Width by whether the screen is wide."""
ASKED = 3
"""The most questions that a line names."""


def queue_header(words: Words, cells: int, count: int) -> Line:
    """Return the heading row, with the number of people who wait."""
    people = words.people
    parts = [
        pad(people.column_name, NAME_CELLS),
        pad(people.column_origin, ORIGIN_CELLS[cells >= WIDE]),
        pad(people.column_arrived, ARRIVED_CELLS),
        pad(people.column_waiting, WAITING_CELLS),
        pad(people.column_clause, CLAUSE_CELLS),
    ]
    if cells >= WIDE:
        parts.append(pad(people.column_officer, OFFICER_CELLS))
    return ((" " + " ".join([*parts, people.column_missing]), "dim"), (f" ({count})", "strong"))


def queue_row(waiting: Waiting, now: datetime, words: Words, cells: int) -> Line:
    """Return the row of one person: the arrival, the waiting time, the likely clause, and the first questions."""
    person, result = waiting.person, waiting.course.result
    arrival, origin = person.facts.arrival_at, ORIGIN_CELLS[cells >= WIDE]
    came = words.person.resident if person.facts.no_arrival else words.person.no_answer
    stays = person.facts.stays or ()
    came_from = person.origin or next((stay.place for stay in stays if stay.place), "")
    waited = f"!{waited_text(waiting, now, words)}" if waiting.overdue else waited_text(waiting, now, words)
    parts = [
        pad(clip_name(person.name, NAME_CELLS), NAME_CELLS),
        pad(clip(came_from or words.person.no_answer, origin), origin),
        pad(f"{arrival:%m-%d %H:%M}" if arrival else came, ARRIVED_CELLS),
    ]
    likely = words.course.stages["referred"] if awaits_answer(person) else result_name(result, words)
    rest = [pad(likely, CLAUSE_CELLS)]
    if cells >= WIDE:
        rest.append(pad(clip(person.officer_name or words.person.no_answer, OFFICER_CELLS), OFFICER_CELLS))
    return (
        (" " + " ".join(parts) + " ", "plain"),
        (pad(waited, WAITING_CELLS) + " ", "late" if waiting.overdue else "plain"),
        (" ".join(rest) + " ", "strong"),
        (asked(waiting, words), "soon" if waiting.missing else "dim"),
    )


def waited_text(waiting: Waiting, now: datetime, words: Words) -> str:
    """Return how long somebody waits; of one who was here days before anybody found him, those days."""
    arrival = waiting.person.facts.arrival_at
    here = (now.date() - arrival.date()).days if arrival is not None else 0
    found = (waiting.since.astimezone(now.tzinfo).date() - arrival.date()).days if arrival is not None else 0
    if found > 1:
        return words.people.here_days.format(d=here)
    return span(words.frame, int((now - waiting.since).total_seconds() // 60))


def queue_detail(waiting: Waiting, snapshot: Snapshot, words: Words, cells: int) -> list[Line]:
    """Return the lines about the person under the cursor, with every question that is still open."""
    everything = questions(waiting.missing, waiting.course.result, words, most=len(waiting.missing))
    text = words.course.ask_line.format(asks=everything) if everything else asked(waiting, words)
    return [
        who_line(waiting.person, snapshot, words, cells),
        ((clip(f" {text}", cells), "soon" if everything else "dim"),),
    ]


def asked(waiting: Waiting, words: Words) -> str:
    """Return the next questions, and a note if no 专人 is named."""
    people = words.people
    result = waiting.course.result
    texts = [people.to_reassess] if waiting.changed else []
    if result.decision == "refer" and not deciding_facts(result):
        # Nothing that the person could tell: what is waited for is an answer, or a paper that he has not.
        texts.append(answer_awaited(result, words) or refer_reason(result.reasons, words))
    if waiting.missing:
        texts.append(questions(waiting.missing, result, words, ASKED))
    if waiting.officer_missing:
        texts.append(people.officer_missing)
    return words.marks.comma.join(texts) or people.nothing_missing
