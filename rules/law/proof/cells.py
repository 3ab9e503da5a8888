"""Finite cells of all facts under a notice: the values between its thresholds, and both sides of each.

A *dimension* is one fact, or one stay or sample that a list may hold. A *choice* names one cell in each dimension; the
cell 0 is that of the base person, about whom everything is known and nothing is wrong. What the conditions of a notice
answer over the choices, they answer over all facts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import Any, get_args

from dutyboard.frozen import frozen
from dutyboard.rules.law.conditions import Condition, Truth
from dutyboard.rules.law.facts import ArrivalPcr, Facts, Linked, PcrCert, Stay, StayCategory, Test, words_of
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.subjects import SUBJECTS, NumberSubject

CellChoice = tuple[int, ...]
_DAY = timedelta(days=1)
_AT = time(10, 30)
_WORDS = (
    *("case_status", "contact", "border", "foreign_14d", "isolation_proof", "sanfei", "release_cert", "investigation"),
    *("health_code", "travel_card", "symptoms"),
)
WITHOUT_CELLS: Mapping[str, str] = {
    "vaccinated": "no condition reads it",
    "temp_c": "a fever is a symptom",
}
"""The facts that have no cells of their own, and why."""


@frozen
class Dimension:
    """One fact with its cells. `member`: the cell 1 adds an item to the list of that key, and the cell 0 does not."""

    key: str
    cells: tuple[Any, ...]
    member: bool = False


class Cells:
    """The cells of one notice, and what its conditions answer in each. An answer is looked up once."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        self.base = base_person(notice)
        self.dimensions = tuple(_dimensions(notice, self.base))
        self.start: CellChoice = (0,) * len(self.dimensions)
        self._reads: dict[str, tuple[int, ...]] = {}
        self._answers: dict[str, tuple[itemgetter[Any], dict[Any, Truth]]] = {}
        self._facts: dict[CellChoice, Facts] = {}

    def facts(self, choice: CellChoice) -> Facts:
        """Return the facts of the person in these cells."""
        if choice not in self._facts:
            self._facts[choice] = self._built(enumerate(choice))
        return self._facts[choice]

    def _built(self, cells: Iterable[tuple[int, int]]) -> Facts:
        told: dict[str, Any] = {}
        items: dict[str, list[Any]] = {}
        for at, cell in cells:
            each = self.dimensions[at]
            if cell and each.member:
                items.setdefault(each.key, []).append(each.cells[cell])
            elif cell:
                told |= each.cells[cell]
        told |= {key: tuple(added) for key, added in items.items() if told.get(key, ()) is not None}
        return replace(self.base, **told)

    def reads(self, condition: Condition) -> tuple[int, ...]:
        """Return the numbers of the dimensions that a condition reads."""
        read = self._reads.get(condition.text)
        if read is None:
            keys = set(condition.facts)
            read = self._reads[condition.text] = tuple(
                at for at, each in enumerate(self.dimensions) if each.key in keys
            )
        return read

    def answer(self, condition: Condition, choice: CellChoice) -> Truth:
        """Return what a condition answers about the person in these cells."""
        known = self._answers.get(condition.text)
        if known is None:
            known = self._answers[condition.text] = itemgetter(*self.reads(condition)), {}
        read, answers = known
        key = read(choice)
        if key not in answers:
            facts = self._built((at, choice[at]) for at in self.reads(condition))
            answers[key] = condition.holds(facts, self.notice.section_three.settings)
        return answers[key]

    def holds(self, way: Iterable[Condition], choice: CellChoice) -> bool:
        """Return whether every condition of one list is surely met."""
        return all(self.answer(condition, choice) is True for condition in way)

    def alone(self) -> Iterator[tuple[int, CellChoice]]:
        """Return every choice that differs from the base person in one cell, with the number of its dimension."""
        for at, dimension in enumerate(self.dimensions):
            for cell in range(1, len(dimension.cells)):
                yield at, (*self.start[:at], cell, *self.start[at + 1 :])

    def differing(self, choice: CellChoice) -> tuple[str, ...]:
        """Return the facts in which the person differs from the base person, each once."""
        return tuple(dict.fromkeys(each.key for each, cell in zip(self.dimensions, choice) if cell))


def base_person(notice: Notice) -> Facts:
    """Return a person of whom everything is known and nothing is wrong. He arrives on the first day of the notice."""
    return Facts(
        arrival_at=datetime.combine(notice.effective_from.date(), _AT),
        border="none",
        stays=(),
        pcr="none",
        health_code="green",
        travel_card="green",
        symptoms="none",
    )


def conditions_of(notice: Notice) -> Iterator[Condition]:
    """Return every condition of branches, questions and flags."""
    section = notice.section_three
    for when in (each.when for table in (section.branches, section.questions, section.flags) for each in table):
        for way in when:
            yield from way


def _limits(notice: Notice, fact: str) -> list[int]:
    """Return the numbers with which conditions on a fact compare, in the subject's own unit."""
    found = set()
    for condition in conditions_of(notice):
        subject = SUBJECTS[condition.subject]
        if condition.limit is not None and isinstance(subject, NumberSubject) and subject.facts[0] == fact:
            found.add(condition.limit * subject.unit)
    return sorted(found)


def _dimensions(notice: Notice, base: Facts) -> Iterator[Dimension]:
    arrival = base.arrival_at
    assert arrival is not None
    today = arrival.date()
    by_day = {"arrival_at": datetime.combine(today, time()), "arrival_hour_unknown": True}
    yield _of("arrival_at", by_day, None, {"arrival_at": None, "no_arrival": True})
    ages = {number for limit in _limits(notice, "arrival_at") for number in (limit, limit + 1)}
    yield _of("assessed_on", *(today + number * _DAY for number in sorted(ages - {0})))
    yield _of("admitted_on", today + 2 * _DAY)
    for key in _WORDS:
        yield _of(key, *(word for word in words_of(key) if word != getattr(base, key)))
    gone = {number for limit in _limits(notice, "discharged_on") for number in (limit, limit + 1)}
    yield _of("discharged_on", *(today - number * _DAY for number in sorted({-3, 0, 3, *gone})))
    yield _of("last_exposure_on", today - 3 * _DAY, today + 3 * _DAY)
    yield _of("linked", *((each,) for each in _links(notice, today)))
    done = {number for limit in _limits(notice, "isolation_days_done") for number in (limit - 1, limit, limit + 1)}
    yield _of("isolation_days_done", *sorted(number for number in {0, *done} if number >= 0))
    yield _of("home7_done_elsewhere", True)
    yield _of("macau_rebound", True)
    yield _of("pcr", *_certificates(notice, arrival))
    yield _of("arrival_pcr", "none", ArrivalPcr(sampled_on=today, result="negative", result_on=today))
    yield _of("stays", None)
    for stay in _stays(notice, today):
        yield Dimension(key="stays", cells=(None, stay), member=True)
    for test in _tests(today):
        yield Dimension(key="tests", cells=(None, test), member=True)


def _of(key: str, *values: Any) -> Dimension:
    cells = tuple(value if isinstance(value, dict) else {key: value} for value in values)
    return Dimension(key=key, cells=({}, *cells))


def _links(notice: Notice, today: date) -> Iterator[Linked]:
    least = today + notice.section_three.settings.secondary_least_days * _DAY
    yield Linked(id="C1", state="quarantined_negative", admitted_on=today)
    yield Linked(id="C1", state="quarantined_negative")
    yield Linked(id="C1", state="positive", positive_on=today)
    for left in (least - _DAY, least):
        yield Linked(id="C1", state="released", released_on=left)
        yield Linked(id="C1", state="released_early", released_on=left)
    yield Linked(id="C1", state="unknown")


def _certificates(notice: Notice, arrival: datetime) -> Iterator[PcrCert | None]:
    """Return the certificates that may be carried: a negative at and just over each age, and the rest.

    To carry none is the cell of the base person.
    """
    hours = [timedelta(seconds=limit) for limit in _limits(notice, "pcr")]
    for age in (timedelta(hours=1), *hours, *(each + timedelta(minutes=1) for each in hours)):
        yield PcrCert(result="negative", sampled_at=arrival - age)
    yield PcrCert(result="negative")
    yield PcrCert(result="pending", sampled_at=arrival - timedelta(hours=1))
    yield PcrCert(sampled_at=arrival - timedelta(hours=1))
    yield None


def _stays(notice: Notice, today: date) -> Iterator[Stay]:
    """Return stays of each category, left on the last day that counts, the day before, or nobody knows when."""
    oldest = today - notice.section_three.settings.look_back_days * _DAY
    for category in get_args(StayCategory):
        for left in (oldest, oldest - _DAY, None):
            yield Stay(category=category, left_on=left)
    yield Stay(category="risk_county_other", left_on=oldest, basis="named_in_section_two")
    yield Stay(category="high", left_on=oldest, level_raised_after_leaving=True)


def _tests(today: date) -> Iterator[Test]:
    yield Test(type="pcr", day=1, result="positive", sampled_on=today + _DAY)
    yield Test(type="serum", day=1, result="positive", sampled_on=today + _DAY)
    yield Test(type="pcr", day=1, result="negative", sampled_on=today + 2 * _DAY, late=True)
