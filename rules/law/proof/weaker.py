"""Pairs of people of whom the one with more risk gets less: place, ends or tests.

Only a branch that is lost with the raised risk can make him lighter, and only where nothing that applies then asks as
much. So each lost branch starts one search: meet it, lose it, and keep away from whatever would ask as much.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple, get_args

from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.notice import Acceptance
from dutyboard.rules.law.proof.cells import CellChoice, Cells
from dutyboard.rules.law.proof.findings import NoticeFinding
from dutyboard.rules.law.proof.raises import Raise, raises
from dutyboard.rules.law.proof.search import Aim, Obstacle, Way, broken, search
from dutyboard.rules.law.result import Result
from dutyboard.rules.law.section_three import PLACES, Branch, SectionThree
from dutyboard.rules.law.spans import Span, day

LessenedPart = Literal["place", "site_end", "control_end", "serum", "pcr", "last_test"]
PARTS: tuple[LessenedPart, ...] = get_args(LessenedPart)
"""The parts in which one may get less than another, as `measure` orders them."""
_TESTS = PARTS.index("serum")
_HOSPITAL = PLACES.index("hospital")
_SITE = PLACES.index("site")


def measure(span: Span, section: SectionThree) -> tuple[Any, ...]:
    """Return what a branch asks of one person, in the order of PARTS."""
    place, site_end, control_end, _, serum, pcr = span.strictness
    return place, site_end, control_end, serum, pcr, _last_test(span, section)


def _asked_by(branch: Branch) -> Iterator[LessenedPart]:
    """Return the parts that a branch asks at all: with the others, nobody gets less by its loss."""
    yield "place"
    if branch.place in ("site", "hospital"):
        yield "site_end"
    if branch.place in ("home", "site", "hospital"):
        yield "control_end"
    if branch.site.tests.serum:
        yield "serum"
    if branch.site.tests.pcr or branch.home.tests.pcr or branch.single.pcr:
        yield "pcr"
        yield "last_test"


def _governing(result: Result) -> str:
    """Return the clause that governs a person, or that by which he is held."""
    return result.clause or result.provisional or ""


def _last_test(span: Span, section: SectionThree) -> date:
    settings, branch = section.settings, span.branch
    days = [date.min]
    for tests, start in ((branch.site.tests, span.start), (branch.single, span.start)):
        for number in (*tests.pcr_days, *tests.pcr_proposed):
            days += [day(start, number, settings)] if start else []
    for number in (*branch.home.tests.pcr_days, *branch.home.tests.pcr_proposed):
        days += [span.home_first + timedelta(days=number - 1)] if span.home_first else []
    return max(days)


def held_place(result: Result) -> float:
    """Return how strictly a person is held until his referral is answered."""
    if result.provisional in ("hospital", "fever clinic"):
        return _HOSPITAL
    places = [float(PLACES.index(span.branch.place)) for span in result.spans]
    # "ask" and "site + PCR" keep him where a site would
    held = result.provisional if any(span.branch.clause == result.provisional for span in result.spans) else None
    return max([*places, *([] if held else [_SITE])])


class _Lost(NamedTuple):
    """A branch that a raised risk may close, by one way into it. `taken` is a way into another that takes him over."""

    branch: Branch
    way: Way
    taken: Way


class Weaker:
    """The search for such pairs under one notice."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._section = cells.notice.section_three
        self._results: dict[CellChoice, Result] = {}

    def pairs(self) -> Iterator[NoticeFinding]:
        """Return the smallest pair for each branch that is lost, fact that is raised, and clause that is left."""
        seen: set[tuple[str, str, str]] = set()
        found: dict[tuple[str, str, str, str], NoticeFinding] = {}
        for step in raises(self._cells):
            for lost in self._lost(step):
                for part in _asked_by(lost.branch):
                    if (lost.branch.clause, step.key, part) in seen:
                        continue
                    for one in self._of_part(step, lost, part):
                        group = (one.about, step.key, one.details[0], one.reading)
                        known = found.setdefault(group, one)
                        found[group] = replace(known, details=tuple(dict.fromkeys((*known.details, part))))
                        if not one.reading:
                            seen.add((lost.branch.clause, step.key, part))
        yield from found.values()

    def _of_part(self, step: Raise, lost: _Lost, part: LessenedPart) -> Iterator[NoticeFinding]:
        """Return the pairs that readings explain, and behind them the first that none does."""
        avoided: list[Acceptance] = []
        start = step.start(self._cells)

        def obstacle(choice: CellChoice) -> Obstacle | None:
            found = self._obstacle(choice, step, lost, PARTS.index(part))
            if found is None and (accepted := self._accepted(choice, step, lost, part, avoided)):
                return self._elsewhere(choice, step.over(choice), accepted)
            return found

        while (choice := search(self._cells, [start], obstacle, step.over)) is not None:
            accepted = self._accepted(choice, step, lost, part, self._cells.notice.accepted)
            yield self._finding(choice, step, lost.branch, part, accepted.reading if accepted else "")
            if accepted is None:
                return
            avoided.append(accepted)

    def _accepted(
        self, choice: CellChoice, step: Raise, lost: _Lost, part: LessenedPart, among: Iterable[Acceptance]
    ) -> Acceptance | None:
        """Return what accepts that a pair gets less in one part; None: nothing does."""
        now = _governing(self._result(step.over(choice)))
        for each in among:
            named = (each.finding, each.about, each.details[0]) == ("weaker", lost.branch.clause, now)
            if named and part in each.details and (not each.when or self._holding(each.when, choice)):
                return each
        return None

    def _elsewhere(self, choice: CellChoice, raised: CellChoice, accepted: Acceptance) -> Obstacle:
        """Return the obstacle of a pair that is accepted: not its conditions, or not the clause that is left."""
        held = self._holding(accepted.when, choice)
        left = self._holding(self._section.ways_into(accepted.details[:1]), raised)
        return (*broken(held or ()), *broken(left or (), raised=True))

    def _lost(self, step: Raise) -> Iterator[_Lost]:
        """Return each way into a branch that a raised risk may close."""
        for branch in self._section.branches:
            if branch.hands_over:
                continue
            over = self._section.ways_into(branch.yields_to)
            for way in branch.when:
                if self._reading(way, step):
                    yield _Lost(branch, way, ())
                for other in over:
                    if self._reading(other, step):
                        yield _Lost(branch, way, other)

    def _reading(self, way: Way, step: Raise) -> Way:
        return tuple(each for each in way if not set(step.before).isdisjoint(self._cells.reads(each)))

    def _obstacle(self, choice: CellChoice, step: Raise, lost: _Lost, part: int) -> Obstacle | None:
        """Return the next thing in the way of a pair.

        The branch is not met, or not lost; one of the two is referred; or that part does not get less.
        """
        raised = step.over(choice)
        unmet = next((each for each in lost.way if self._cells.answer(each, choice) is not True), None)
        if unmet is not None:
            return (Aim(unmet, True),)
        held = self._holding(self._section.ways_into(lost.branch.yields_to), choice)
        if held is not None:
            return broken(held)
        unlost = self._not_lost(raised, step, lost)
        if unlost is not None:
            return unlost
        before, after = self._result(choice), self._result(raised)
        if before.decision == "refer":
            return self._asking(before, choice, raised=False)
        if after.decision == "refer":
            freer = held_place(after) < PLACES.index(before.first_place or "none")
            return None if freer and not part else self._asking(after, raised, raised=True)
        return self._not_less(before, after, raised, part)

    def _not_lost(self, raised: CellChoice, step: Raise, lost: _Lost) -> Obstacle | None:
        if lost.taken:
            unmet = next((each for each in lost.taken if self._cells.answer(each, raised) is not True), None)
            return None if unmet is None else (Aim(unmet, True, raised=True),)
        if self._cells.holds(lost.way, raised):
            reading = self._reading(lost.way, step)
            return tuple(Aim(each, False, raised=True, lost=True) for each in reading)
        held = self._holding(lost.branch.when, raised)
        return None if held is None else broken(held, raised=True)

    def _not_less(self, before: Result, after: Result, raised: CellChoice, part: int) -> Obstacle | None:
        if part >= _TESTS and after.first_place == "hospital":
            return ()
        asked = max((measure(span, self._section)[part] for span in before.spans), default=None)
        for span in after.spans:
            if asked is None or measure(span, self._section)[part] >= asked:
                held = self._holding(span.branch.when, raised)
                return () if held is None else broken(held, raised=True)
        return () if asked is None else None

    def _asking(self, result: Result, choice: CellChoice, raised: bool) -> Obstacle:
        """Return the obstacle of the gravest question that is asked; none can be met where it is about the unlisted."""
        ways = [way for each in self._section.questions if each.code == result.reasons[0].code for way in each.when]
        held = self._holding(ways, choice)
        return () if held is None else broken(held, raised)

    def _holding(self, ways: Iterable[Way], choice: CellChoice) -> Way | None:
        return next((way for way in ways if self._cells.holds(way, choice)), None)

    def _result(self, choice: CellChoice) -> Result:
        if choice not in self._results:
            self._results[choice] = assess(self._cells.facts(choice), self._cells.notice)
        return self._results[choice]

    def _finding(
        self, found: CellChoice, step: Raise, branch: Branch, part: LessenedPart, reading: str
    ) -> NoticeFinding:
        raised = step.over(found)
        now = _governing(self._result(raised))
        return NoticeFinding(
            kind="weaker",
            about=branch.clause,
            details=(now, part),
            person=self._cells.facts(found),
            raised=self._cells.facts(raised),
            differs=tuple(dict.fromkeys((*self._cells.differing(found), step.key))),
            reading=reading,
        )
