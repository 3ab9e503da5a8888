"""A laboratory's list of results, put down row by row as one result is (三). Nobody is guessed behind a result."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal, NamedTuple

from dutyboard.frozen import frozen
from dutyboard.rules.duties.person.tests import Recorded, recorded
from dutyboard.rules.duties.sheets.bad_news import of_result, of_untaken
from dutyboard.rules.duties.sheets.named import ByEvidence, RowUnnamed
from dutyboard.rules.duties.sheets.tally import Tally
from dutyboard.rules.duties.worse import RESULTS
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.facts import TestResult, TestType
from dutyboard.rules.law.impossible import EARLIEST
from dutyboard.rules.law.sampling.samples import FINAL, samples_of
from dutyboard.rules.people.identity import with_written
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import RecordTest
from dutyboard.rules.records.commands.sheets import ImportResults, ResultData
from dutyboard.rules.records.ids import POST, Subject
from dutyboard.rules.records.model import Entry, Person, subject_id
from dutyboard.rules.records.outcome import FoundPositive, RowCode, ToldUnlike
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.person import SampleRecorded
from dutyboard.rules.records.told.post import ImportUndone
from dutyboard.rules.records.transaction import Accepted, Transaction
from dutyboard.rules.records.unlike import sample_key, sample_of

_REFUSED: Final[dict[str, tuple[str, RowCode]]] = {
    "wrong_stage": ("", "not_tested_now"),
    "in_future": ("sampled_at", "future_date"),
    "result_before_sample": ("result_at", "result_before_sample"),
    "sample_before_arrival": ("sampled_at", "sample_before_arrival"),
    "samples_too_close": ("sampled_at", "samples_too_close"),
    "figures_needed": ("sampled_at", "sample_day_missing"),
}
"""Column and code of a row for each refusal of one result."""


class _Key(NamedTuple):
    """One telling of a sample."""

    person: int
    type: TestType
    on: date
    result: TestResult


def decide_import_results(command: ImportResults, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted:
    """Results of samples, and samples whose result is awaited. Each row is decided as one result is.

    A row that names nobody, several people or two different ones is rejected. Of one sample the worst word stands,
    whatever the order of the rows; what was told of it before changes nothing.
    """
    return _Results(snapshot, now).taken(command, actor)


@dataclass(slots=True)
class _Told:
    """Samples as the log tells of them: `standing` are tellings that stand, `amended` those that were taken back.

    `at` are results by the instant at which they came in; `of_code` are the samples of each tube's code.
    """

    standing: set[_Key]
    amended: set[_Key]
    at: set[tuple[int, TestType, TestResult, datetime]]
    of_code: dict[str, set[tuple[int, TestType, date]]]


_Counted = Literal["updated", "duplicates"]
"""The count of a row whose sample is known."""
_Rejection = tuple[str, RowCode, str]
"""Column, code and text of a row that is not taken."""


@frozen(kw_only=False)
class _Found:
    """A row with its person and the day of its sample (None: not told), or `why` it is not taken."""

    row: ResultData
    on: date | None
    person_id: int = 0
    doubts: tuple[tuple[str, RowCode], ...] = ()
    why: _Rejection | None = None


class _Results:
    def __init__(self, snapshot: Snapshot, now: datetime) -> None:
        self.snapshot = snapshot
        self.now = now
        self.known = ByEvidence(snapshot)
        self.told = _told(snapshot)
        self.codes_before = {code: {each[0] for each in samples} for code, samples in self.told.of_code.items()}
        self.codes_now = {code: set(owners) for code, owners in self.codes_before.items()}
        self.unwritten: list[tuple[ResultData, int, _Counted]] = []
        self.tally = Tally()
        self.unlike = {
            (each.person_id, each.field, each.other)
            for each in snapshot.contradictions.values()
            if each.entry not in snapshot.amended and sample_of(each.field) is not None
        }
        self.current: dict[int, Person] = {}

    def taken(self, command: ImportResults, actor: Actor) -> Accepted:
        transaction = Transaction(self.snapshot, self.now, actor)
        for each in sorted(map(self.dated, [*self.named(command.results)]), key=_order):
            row = each.row
            rejected = each.why or self.put(row, self.person(each.person_id), each.on)
            if rejected is not None:
                self.reject(row, rejected, each.person_id)
                continue
            for column, code in each.doubts:
                self.tally.say(row, column, code, text=self.person(each.person_id).name if column == "name" else "")
        self.look_at_codes()
        fever_c = self.snapshot.daily_at(self.now).thresholds.fever_c
        for untaken in command.untaken:
            self.tally.leave_to_see(untaken, of_untaken(untaken, fever_c), POST)
        for person in self.current.values():
            if person != self.snapshot.persons[person.id]:
                transaction.put(person)
        return self.tally.accepted(transaction, "results")

    def named(self, rows: Sequence[ResultData]) -> Iterator[_Found]:
        """Yield each row with the person it names.

        Whose the rows say each code is, is gathered first, so that their order decides nothing. A row that is not taken
        since its code is another's says it too: else the same list, sent again, would be read otherwise.
        """
        for _ in range(2):  # whom a code alone names, tells a day of that code too
            told = [(row.sample_code, sample) for row in rows if (sample := self.sample_told(row)) is not None]
            for code, sample in told:
                self.told.of_code.setdefault(code, set()).add(sample)
        yield from map(self.find, rows)

    def sample_told(self, row: ResultData) -> tuple[int, TestType, date] | None:
        """Return the sample of which a row tells a code. None: it tells no code or no day, or names nobody."""
        if not row.sample_code or row.sampled_on is None:
            return None
        plain = self.known.find(row.whom, row.sampled_on)
        person_id = self.find(row).person_id if isinstance(plain, RowUnnamed) else plain.person_id
        return (person_id, row.type, row.sampled_on) if person_id else None

    def find(self, row: ResultData) -> _Found:
        samples = [each for each in self.told.of_code.get(row.sample_code, ()) if row.sampled_on in (None, each[2])]
        whose = {each[0] for each in samples} or None
        found = self.known.find(row.whom, row.sampled_on, whose, self.codes_before.get(row.sample_code))
        if isinstance(found, RowUnnamed):
            return _Found(row, row.sampled_on, why=(found.column, found.code, found.text))
        return _Found(row, row.sampled_on, found.person_id, found.doubts)

    def dated(self, found: _Found) -> _Found:
        """Return a row with the day of the one sample that its code names, where it tells none itself."""
        samples = self.told.of_code.get(found.row.sample_code, ()) if found.on is None and found.why is None else ()
        days = {on for number, kind, on in samples if (number, kind) == (found.person_id, found.row.type)}
        if len(days) > 1:
            return replace(found, why=("sample_code", "several_fit", ""))
        return replace(found, on=next(iter(days), found.on))

    def look_at_codes(self) -> None:
        """Leave each row to see whose sample was known and whose code the log tells of others alone by now.

        Nobody wrote that code down with his sample: the same list, sent again, would be met by it as another's.
        """
        for row, person_id, counted in self.unwritten:
            owners = self.codes_now.get(row.sample_code, set())
            named = self.known.find(row.whom, row.sampled_on, {person_id}, owners or None)
            if owners and person_id not in owners and isinstance(named, RowUnnamed):
                self.tally.counts[counted] -= 1
                self.reject(row, (named.column, named.code, named.text), 0)

    def person(self, number: int) -> Person:
        """Return the newest record of a person."""
        return self.current.get(number) or self.snapshot.persons[number]

    def reject(self, row: ResultData, why: _Rejection, person_id: int) -> None:
        column, code, text = why
        self.tally.leave_to_see(row, of_result(row), Subject("person", person_id) if person_id else POST)
        self.tally.counts["rejected"] += 1
        self.tally.say(row, column, code, "error", text)

    def put(self, row: ResultData, person: Person, on: date | None) -> _Rejection | None:
        """Put a row's sample down with its person; return why it cannot be."""
        if on is not None and on < EARLIEST:
            return "sampled_at", "early_date", ""
        if row.result_at is not None and self.snapshot.day_of(row.result_at) < EARLIEST:
            return "result_at", "early_date", ""
        if row.result_at is not None and row.result_at > self.now:
            return "result_at", "future_date", ""
        if on is None and (row.result == "pending" or row.result_at is None or row.result_at < self.opened_at):
            # Sent again, such a row would be put to whatever sample is out by then.
            return "sampled_at", "sample_day_missing", ""
        self.tally.say_far(row, "sampled_at", on, self.snapshot.day_of(self.now))
        known = _sample_of(person, row.type, on)
        if self.stood_before(row, person, on, known):
            self.keep(row, person)
            return None
        lower = known is not None and known.result in FINAL and RESULTS.index(row.result) < RESULTS.index(known.result)
        if lower and known is not None and on is not None:
            self.leave(row, person, on, known)
            return None
        command = RecordTest(
            person_id=person.id,
            type=row.type,
            sampled_on=on,
            result=row.result,
            sample_code=row.sample_code,
            happened_at=row.result_at if row.result != "pending" else None,
            reason=row.text or row.result,
        )
        answer = recorded(command, person, self.snapshot, self.now)
        if isinstance(answer, Refusal):
            if answer.code != "already_done":
                return (*_REFUSED[answer.code], "")
            self.keep(row, person)
            return None
        self.write(row, person, answer)
        return None

    def leave(self, row: ResultData, person: Person, on: date, known: Sample) -> None:
        """Keep a result milder than the recorded one of the same sample, for an officer to decide, once."""
        key = sample_key(row.type, on)
        if (person.id, key, row.result) in self.unlike:
            self.tally.say(row, "result", "told_before", text=f"{known.result} / {row.result}")
            self.keep(row, person)
            return
        self.unlike.add((person.id, key, row.result))
        self.tally.say(row, "result", "result_lower", text=f"{known.result} / {row.result}")
        self.tally.unlike.append(
            ToldUnlike(
                row=row.row,
                sheet=row.sheet,
                about=subject_id(person),
                field=key,
                stands=known.result,
                other=row.result,
            )
        )
        self.tally.counts["updated"] += 1
        self.unwritten.append((row, person.id, "updated"))
        self.current[person.id] = _with_cells(person, row)

    @property
    def opened_at(self) -> datetime:
        return desk_of(self.snapshot).opened_at

    def stood_before(self, row: ResultData, person: Person, on: date | None, known: Sample | None) -> bool:
        """Return True if a row says nothing new. It was told before, or it awaits a result that is there.

        What an officer took back or corrected stays as he left it.
        """
        if on is None:
            return row.result_at is not None and (person.id, row.type, row.result, row.result_at) in self.told.at
        key = _Key(person.id, row.type, on, row.result)
        if key in self.told.standing:
            return True
        if key in self.told.amended:
            self.tally.say(row, "result", "corrected_by_officer")
            return True
        return known is not None and row.result in ("pending", known.result)

    def write(self, row: ResultData, person: Person, found: Recorded) -> None:
        """Keep what a row has changed, and the entry that tells of it."""
        told = found.told
        at = row.result_at if told.result != "pending" else None
        self.tally.tell(
            told,
            subject_id(person),
            happened_at=at if at is not None and at >= self.opened_at else None,
            obligation=found.duty,
            abnormal=told.result == "positive",
            text=row.text,
        )
        self.tally.counts["accepted" if found.known is None else "updated"] += 1
        if told.sample_code:
            self.codes_now.setdefault(told.sample_code, set()).add(person.id)
        self.told.standing.add(_Key(person.id, told.type, told.sampled_on, told.result))
        if at is not None:
            self.told.at.add((person.id, told.type, told.result, at))
        if found.known is not None and found.known.result in FINAL:
            self.tally.say(row, "result", "result_raised", text=f"{found.known.result} / {told.result}")
        if on_desk(found.person) and not on_desk(person):
            self.tally.say(row, "", "reopened")
        if (told.type, told.result) == ("pcr", "positive"):
            self.tally.say(row, "result", "result_positive")
            self.tally.positives.append(
                FoundPositive(row=row.row, sheet=row.sheet, person_id=person.id, sampled_on=told.sampled_on)
            )
        self.current[person.id] = _with_cells(found.person, row)

    def keep(self, row: ResultData, person: Person) -> None:
        """Count a row of a sample that is known; keep its cells that nobody understood."""
        with_cells = _with_cells(person, row)
        self.tally.counts["duplicates" if with_cells == person else "updated"] += 1
        self.unwritten.append((row, person.id, "duplicates" if with_cells == person else "updated"))
        if with_cells != person:
            self.current[person.id] = with_cells


def _order(found: _Found) -> tuple[object, ...]:
    """Return the place of a row. Of one sample the worst word comes first, one with a code before one without.

    A row of no known day comes last. Where two say the same, their places in the sheet decide nothing but the notes.
    """
    row, on = found.row, found.on or date.max
    worst_first = -RESULTS.index(row.result)
    at = row.result_at.isoformat() if row.result_at is not None else ""
    return (
        found.on is None,
        on,
        worst_first,
        not row.sample_code,
        row.sample_code,
        at,
        row.sheet,
        row.row,
    )


def _told(snapshot: Snapshot) -> _Told:
    found = _Told(set(), set(), set(), {})
    for entry in snapshot.entries.values():
        told, subject = entry.told, Subject.parse(entry.subject)
        if not isinstance(told, SampleRecorded) or subject is None:
            continue
        key = _Key(subject.number, told.type, told.sampled_on, told.result)
        if entry.id in snapshot.amended:
            if not _undone(entry, snapshot):
                found.amended.add(key)
            continue
        found.standing.add(key)
        found.at.add((subject.number, told.type, told.result, entry.happened_at))
        if told.sample_code:
            found.of_code.setdefault(told.sample_code, set()).add((subject.number, told.type, told.sampled_on))
    return found


def _undone(entry: Entry, snapshot: Snapshot) -> bool:
    """Return True for an entry that went with its whole import. The list may be sent again once it is mended."""
    by = snapshot.entries.get(snapshot.amended[entry.id])
    whole = snapshot.entries.get(by.part_of or 0) if by is not None else None
    return whole is not None and isinstance(whole.told, ImportUndone)


def _sample_of(person: Person, kind: TestType, on: date | None) -> Sample | None:
    """Return the newest sample of a person, of a type and day; None: there is none."""
    of_day = [
        each for each in samples_of(person.facts) if on is not None and (each.type, each.sampled_on) == (kind, on)
    ]
    return of_day[-1] if of_day else None


def _with_cells(person: Person, row: ResultData) -> Person:
    return replace(person, as_written=with_written(person.as_written, row.as_written))
