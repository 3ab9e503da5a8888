"""Slices of the lists of people, such as those who can be confirmed, of my town, or of one clause."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from dutyboard.frozen import frozen
from dutyboard.rules.board import CountCode
from dutyboard.rules.duties.person.queue import Waiting
from dutyboard.rules.duties.person.release import ends_on
from dutyboard.rules.law.ruling import NO_CLAUSE
from dutyboard.rules.people.course import course_of, tests_now
from dutyboard.rules.people.fever import open_doubt
from dutyboard.rules.people.stage import awaits_answer
from dutyboard.rules.records.model import Officer, Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, Piece, clip, line_width, pad, width
from dutyboard.tui.text import Words
from dutyboard.tui.text.lists import SliceCode
from dutyboard.tui.views.frame import count_name
from dutyboard.tui.views.times import clause


@frozen(kw_only=False)
class Slice:
    """One slice of a list: by its code, by a clause, or whom a number of the status line counts."""

    code: SliceCode | None = None
    clause: str = ""
    count: CountCode | None = None

    def name(self, words: Words) -> str:
        """Return its name in words."""
        if self.count is not None:
            return count_name(self.count, words)
        if self.code is not None:
            return words.slices.names[self.code]
        return words.course.clause_none if self.clause == NO_CLAUSE else clause(words.duties, self.clause)


@frozen(kw_only=False)
class SeenBy:
    """Things that a slice rests on beside the person."""

    snapshot: Snapshot
    now: datetime
    me: Officer | None


IN_QUEUE: tuple[SliceCode, ...] = ("ready", "waits_for_answer", "own_town", "fever")
UNDER_CONTROL: tuple[SliceCode, ...] = (
    *("result_out", "test_due", "released_tomorrow", "fever", "waits_for_answer", "own_town"),
)


def _ready(waiting: Waiting, _: SeenBy) -> bool:
    return waiting.ready


def _own_town(person: Person, reader: SeenBy) -> bool:
    return reader.me is not None and reader.me.unit_id is not None and person.unit_id == reader.me.unit_id


def _feverish(person: Person, reader: SeenBy) -> bool:
    """Return True for an open fever or symptom, or one that he told of himself."""
    facts = person.facts
    fever_c = reader.snapshot.daily_at(reader.now).thresholds.fever_c
    told = facts.symptoms == "present" or (facts.temp_c is not None and facts.temp_c >= fever_c)
    return told or facts.case_status == "suspected" or open_doubt(person, reader.snapshot) is not None


def _result_out(person: Person, reader: SeenBy) -> bool:
    return bool(course_of(person, reader.snapshot, reader.now).results_out)


def _test_due(person: Person, reader: SeenBy) -> bool:
    today = reader.snapshot.day_of(reader.now)
    due = tests_now(person, course_of(person, reader.snapshot, reader.now))
    return any(test.day <= today and test.result is None and not test.missed_by(today) for test in due)


def _released_tomorrow(person: Person, reader: SeenBy) -> bool:
    return ends_on(person, reader.snapshot, reader.now) == reader.snapshot.day_of(reader.now) + timedelta(days=1)


_OF_PERSON: Mapping[SliceCode, Callable[[Person, SeenBy], bool]] = {
    "waits_for_answer": lambda person, _: awaits_answer(person),
    "own_town": _own_town,
    "fever": _feverish,
    "result_out": _result_out,
    "test_due": _test_due,
    "released_tomorrow": _released_tomorrow,
}


def clause_of(item: Person | Waiting) -> str:
    """Return the clause by which somebody is sliced: the confirmed one, in the queue the one of his facts."""
    if isinstance(item, Waiting):
        return item.course.result.clause or ""
    return item.assessment.clause or "" if item.assessment is not None else ""


def clauses_of(items: Iterable[Person | Waiting]) -> list[Slice]:
    """Return a slice for each clause of a list, in the order of the notice."""
    found = {clause_of(item) for item in items} - {""}
    return [Slice(clause=each) for each in sorted(found, key=by_number)]


def by_number(named: str) -> tuple[tuple[int, str], ...]:
    """Return the key that puts 3.9 before 3.10."""
    return tuple((int("".join(filter(str.isdecimal, part)) or 0), part) for part in named.split("."))


def is_in(item: Person | Waiting, chosen: Slice, reader: SeenBy) -> bool:
    """Return True if somebody of a list is in a slice of it."""
    if chosen.code is None:
        return clause_of(item) == chosen.clause
    if chosen.code == "ready":
        return isinstance(item, Waiting) and _ready(item, reader)
    return _OF_PERSON[chosen.code](item.person if isinstance(item, Waiting) else item, reader)


def slices_line(every: Sequence[Slice], chosen: Slice | None, order: str, words: Words, cells: int) -> Line:
    """Return the row of the slices around the chosen one, with the order of the rows at its right end."""
    right = f"{words.slices.order.format(order=order)} "
    names = [words.slices.everybody, *(each.name(words) for each in every)]
    at = every.index(chosen) + 1 if chosen in every else 0
    room = max(cells - width(right) - 2, 10)
    first = 0
    while first < at and sum(width(name) + 3 for name in names[first : at + 1]) > room:
        first += 1
    line: list[Piece] = [(" <" if first else "  ", "key")]
    for number, name in enumerate(names[first:], first):
        said = f"[{name}]" if number == at else f" {name} "
        if line_width(tuple(line)) + width(said) + 1 > room:
            line.append((">", "key"))
            break
        line.append((said, "strong" if number == at else "dim"))
    left = line_width(tuple(line))
    return (*line, (pad("", max(0, cells - left - width(right))) + clip(right, max(0, cells - left)), "dim"))
