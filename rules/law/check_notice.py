"""Proof of a notice for whoever writes it: what it forgets, weakens, never uses, misplaces or leaves unsaid.

It reasons over all facts by the finite cells between the notice's thresholds (`proof/cells`), and shows each finding by
the smallest person. A finding that the notice accepts by a reading, in `[[accepted]]`, is told with its O-number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from dutyboard.rules.law.notice import NO_BASES, Notice, NoticeError, Tree, completed, parsed_notice
from dutyboard.rules.law.proof.cells import Cells
from dutyboard.rules.law.proof.findings import NoticeFinding
from dutyboard.rules.law.proof.reach import Reach
from dutyboard.rules.law.proof.texts import read_leniently, unreadable
from dutyboard.rules.law.proof.weaker import Weaker
from dutyboard.rules.law.section_three import Branch, Tests


class NoticeCheck(NamedTuple):
    """Findings of a check, the gravest kind first, and the notice as far as it could be read."""

    findings: tuple[NoticeFinding, ...]
    notice: Notice | None

    @property
    def ok(self) -> bool:
        """True if nothing was found that no reading explains."""
        return all(each.reading for each in self.findings)


def check_notice(text: str, name: str, bases: Mapping[str, Tree] = NO_BASES) -> NoticeCheck:
    """Check the text of a notice file. `name` is the file's name; `bases` are other files, parsed, by notice id."""
    try:
        tree = parsed_notice(text, name)
    except NoticeError as error:
        return NoticeCheck((NoticeFinding(kind="text", about=error.path, details=("not_toml",)),), None)
    notice, refused = read_leniently(tree, name, text, bases)
    if notice is None:
        return NoticeCheck(tuple(refused), None)
    refused += unreadable(completed(tree, name, bases), notice)
    cells = Cells(notice)
    reach = Reach(cells)
    found = [*reach.uncovered(), *Weaker(cells).pairs(), *reach.never(), *_test_days(cells, reach), *refused]
    return NoticeCheck(tuple(_explained(each, notice) for each in found), notice)


_EXPLAINED_BY_THEMSELVES = ("uncovered", "weaker")
"""Kinds whose proof looks at the conditions of an acceptance itself."""


def _explained(finding: NoticeFinding, notice: Notice) -> NoticeFinding:
    for each in notice.accepted:
        if (each.finding, each.about, each.details) == (finding.kind, finding.about, finding.details):
            return finding if finding.kind in _EXPLAINED_BY_THEMSELVES else replace(finding, reading=each.reading)
    return finding


def _test_days(cells: Cells, reach: Reach) -> Iterator[NoticeFinding]:
    """Return the test days that lie outside their stage, each with the person nearest to whom the clause applies."""
    first = cells.notice.section_three.settings.day_of_start
    for branch in cells.notice.section_three.branches:
        for stage, number in _outside(branch, first):
            choice = reach.nearest(branch)
            yield NoticeFinding(
                kind="test_day",
                about=branch.clause,
                details=(stage, str(number)),
                person=None if choice is None else cells.facts(choice),
                differs=() if choice is None else cells.differing(choice),
            )


def _outside(branch: Branch, first: int) -> Iterator[tuple[str, int]]:
    """Return the day numbers outside their stage, which runs from its day 1 to its last."""
    for stage, tests, there, last in (
        ("site", branch.site.tests, branch.site.until != "none", branch.site.days or branch.site.usual_days),
        ("home", branch.home.tests, branch.home.after != "none", branch.home.days or 0),
    ):
        for number in _days(tests):
            if not there or number < 1 or (last and number > last) or (stage == "home" and not last):
                yield stage, number
    for number in _days(branch.single):
        if number < first or (branch.home.days and number > branch.home.days):
            yield "single", number


def _days(tests: Tests) -> list[int]:
    return sorted({*tests.pcr_days, *tests.pcr_proposed, *tests.serum_proposed, *tests.suggested})
