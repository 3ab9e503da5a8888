"""Branches, questions and flags that nobody can meet, and people whom nothing in a notice speaks of."""

from collections.abc import Iterator

from dutyboard.rules.law.conditions import AnyOfAll
from dutyboard.rules.law.proof.cells import CellChoice, Cells
from dutyboard.rules.law.proof.findings import NoticeFinding
from dutyboard.rules.law.proof.search import Aim, Obstacle, Way, broken, search
from dutyboard.rules.law.risks import risks
from dutyboard.rules.law.section_three import Branch, Flag, SectionThree

_NOTHING_MORE: Obstacle = ()


class Reach:
    """Search for the people whom each way of a notice reaches."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._section: SectionThree = cells.notice.section_three

    def nearest(self, branch: Branch) -> CellChoice | None:
        """Return the person nearest to the base person to whom a branch applies and whom it hands to no other."""
        found = [choice for way in branch.when if (choice := self._meeting(way, branch)) is not None]
        return min(found, key=lambda choice: len(self._cells.differing(choice)), default=None)

    def _meeting(self, way: Way, branch: Branch | None = None, besides: Way = ()) -> CellChoice | None:
        yields_to = self._section.ways_into(branch.yields_to) if branch else ()

        def obstacle(choice: CellChoice) -> Obstacle | None:
            unmet = next((each for each in (*way, *besides) if self._cells.answer(each, choice) is not True), None)
            if unmet is not None:
                return (Aim(unmet, True),)
            held = next((other for other in yields_to if self._cells.holds(other, choice)), None)
            return None if held is None else broken(held)

        return search(self._cells, [(self._cells.start, frozenset())], obstacle)

    def never(self) -> Iterator[NoticeFinding]:
        """Return each way of a branch, question or flag that nobody can meet."""
        for branch in self._section.branches:
            missed = [at for at, way in enumerate(branch.when) if self._meeting(way, branch) is None]
            yield from _unmet(branch.clause, branch.name, missed, len(branch.when))
        for question in self._section.questions:
            missed = [at for at, way in enumerate(question.when) if self._meeting(way) is None]
            yield from _unmet(question.code, question.code, missed, len(question.when))
        for flag in self._section.flags:
            missed = [at for at, way in enumerate(flag.when) if not self._flagged(way, flag)]
            yield from _unmet(flag.reading, flag.reading, missed, len(flag.when))

    def _flagged(self, way: Way, flag: Flag) -> bool:
        branches = [branch for clause in flag.clauses for branch in self._section.of_clause(clause)]
        return any(
            self._meeting(into, branch, way) is not None
            for branch in branches
            if not branch.hands_over
            for into in branch.when
        )

    def uncovered(self) -> Iterator[NoticeFinding]:
        """Return each risk with which a person can be left free: no branch applies, and no question is raised."""
        section, cells = self._section, self._cells
        if section.unlisted is not None:
            return
        ways = [way for table in (section.branches, section.questions) for each in table for way in each.when]
        for (subject, word), starts in self._risky().items():
            avoided: list[Way] = []

            def obstacle(
                choice: CellChoice, subject: str = subject, word: str = word, avoided: list[Way] = avoided
            ) -> Obstacle | None:
                if word not in risks(cells.facts(choice), section.settings).get(subject, ()):
                    return _NOTHING_MORE
                held = next((way for way in (*ways, *avoided) if cells.holds(way, choice)), None)
                return None if held is None else broken(held)

            while (found := search(cells, starts, obstacle)) is not None:
                reading, accepted = self._accepted(subject, word, found)
                yield NoticeFinding(
                    kind="uncovered",
                    about=subject,
                    details=(word,),
                    person=cells.facts(found),
                    differs=cells.differing(found),
                    reading=reading,
                )
                if not accepted:
                    break
                avoided += accepted

    def _accepted(self, subject: str, word: str, choice: CellChoice) -> tuple[str, AnyOfAll]:
        """Return the reading by which the notice leaves a person free, and the conditions on which it does."""
        for each in self._cells.notice.accepted:
            named = (each.finding, each.about, each.details) == ("uncovered", subject, (word,))
            if named and (not each.when or any(self._cells.holds(way, choice) for way in each.when)):
                return each.reading, each.when
        return "", ()

    def _risky(self) -> dict[tuple[str, str], list[tuple[CellChoice, frozenset[int]]]]:
        """Return the choices of one cell that are a risk, by subject and word."""
        found: dict[tuple[str, str], list[tuple[CellChoice, frozenset[int]]]] = {}
        for at, choice in self._cells.alone():
            for subject, words in risks(self._cells.facts(choice), self._section.settings).items():
                for word in words:
                    found.setdefault((subject, word), []).append((choice, frozenset({at})))
        return found


def _unmet(about: str, name: str, missed: list[int], ways: int) -> Iterator[NoticeFinding]:
    if ways and len(missed) == ways:
        yield NoticeFinding(kind="never", about=about, details=(name,))
        return
    for at in missed:
        yield NoticeFinding(kind="never", about=about, details=(name, str(at + 1)))
