"""Gate of a release: everything that still blocks it. A named leader releases; the program only says that he may.

The gate is "all results negative and the days full", never the calendar alone (O10). An override is the leader's act
and stays visible; it is not decided here.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from dutyboard.frozen import frozen
from dutyboard.rules.law.conditions import any_of_all
from dutyboard.rules.law.plan import Plan
from dutyboard.rules.law.result import Hold, Result
from dutyboard.rules.law.sampling.planned_tests import PlannedTest
from dutyboard.rules.law.sampling.samples import open_results
from dutyboard.rules.law.section_three import BlockerCode, Place

_OPEN_ENDS: Final[frozenset[Hold]] = frozenset({"discharge_unknown", "negative_missing"})
"""Holds that leave the end of a site stage open, and that no other blocker names."""
SETTLED_BY_WORD: Final[frozenset[BlockerCode]] = frozenset({"late_sample", "missed_sample"})
"""Blockers that a leader settles by confirming them by name (O11)."""
Leaving = Literal["site", "home", "single"]
NEVER_OVERRIDDEN: Final[frozenset[BlockerCode]] = frozenset({"reading_open", "mate_reading_open"})
"""Blockers that no leader's reason sets aside: a reading is taken again first, or answered."""
_LEFT: Final[Mapping[Leaving, Place]] = {"site": "site", "home": "home", "single": "free_after_negative"}
"""The place that each stage is spent at. A clause's own condition holds where the clause puts somebody: the green code
of 三（八）, which lets him pass freely, keeps nobody at a site from going on to home monitoring."""


@frozen
class Blocker:
    """One thing in the way: its code, and the test, day, contact or condition that it is about."""

    code: BlockerCode
    test: PlannedTest | None = None
    day: date | None = None
    about: str = ""


@frozen
class Arranged:
    """Arrangements by people for the move home: both home cadres, a vehicle, a leader's word on late samples.

    `room_stopped`: releases of his room are stopped because of a room-mate. `reading_open`: a reading or symptom of his
    is not settled. `doubtful_mates` are the room-mates of whom one is not (`person-3`). `unanswered`: the questions, by
    code, that an office has still to answer about him.
    """

    home_cadres: bool
    vehicle: bool
    late_confirmed: bool = False
    room_stopped: bool = False
    reading_open: bool = False
    doubtful_mates: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()


@frozen
class Gate:
    """The blockers, the gravest first."""

    blockers: tuple[Blocker, ...]

    @property
    def may_release(self) -> bool:
        """True if nothing is in the way of a leader's confirmation."""
        return not self.blockers

    @property
    def never_overridden(self) -> bool:
        """True if one of the blockers stands against every leader's reason."""
        return any(each.code in NEVER_OVERRIDDEN for each in self.blockers)


def gate(result: Result, planned: Plan, leaving: Leaving, today: date, arranged: Arranged) -> Gate:
    """Return everything that blocks the end of this stage today, a local calendar day.

    `leaving` is the stage that ends; `single` is the wait for the one PCR.
    """
    blockers: list[Blocker] = [Blocker(code="reading_open")] if arranged.reading_open else []
    blockers += [Blocker(code="mate_reading_open", about=mate) for mate in arranged.doubtful_mates]
    asked = (*(reason.code for reason in result.reasons), *arranged.unanswered)
    blockers += [Blocker(code="referral_open", about=code) for code in dict.fromkeys(asked)]
    if result.first_place == "hospital":
        blockers.append(Blocker(code="positive"))
    blockers += _days(result, leaving, today)
    if leaving == "site":
        blockers += [Blocker(code="waits_for", about=contact) for contact in (*planned.waits_for, *_kept_by(result))]
    for test in planned.tests:
        if test.demanded and test.stage in (leaving, "single"):
            blockers += _test(test, arranged, today)
    blockers += _open_results(result, planned)
    section = result.notice.section_three
    for branch in (section.branch(name) for name in result.branches):
        if branch.place != _LEFT[leaving] or not branch.release_when:
            continue
        if any_of_all(branch.release_when, result.facts, section.settings) is not True:
            blockers.append(Blocker(code="condition_open", about=branch.clause))
    if leaving == "site" and result.home_days:
        if not arranged.home_cadres:
            blockers.append(Blocker(code="no_home_cadre"))
        if not arranged.vehicle:
            blockers.append(Blocker(code="no_vehicle"))
    if arranged.room_stopped and leaving == "site":
        blockers.append(Blocker(code="room_stopped"))
    return Gate(blockers=tuple(dict.fromkeys(blockers)))


def _kept_by(result: Result) -> list[str]:
    """Return the close contacts who are not released: until they are, no day frees a secondary contact (O13, O16).

    His own last day is that of their calendar. A result that is out keeps them longer, and him with them.
    """
    if not any(each.branch.site.until == "linked" for each in result.spans):
        return []
    return [each.id for each in result.facts.linked or () if each.state not in ("released", "released_early")]


def _days(result: Result, leaving: Leaving, today: date) -> list[Blocker]:
    """A stage that ends on day N is full at 24:00 of it: nobody leaves before the day after."""
    if leaving == "single" or result.decision == "refer" or result.first_place == "none":
        return []
    last = result.dates.site_last if leaving == "site" else result.dates.home_last
    if last is None or (leaving == "site" and result.hold in _OPEN_ENDS):
        return [] if result.waits_for else [Blocker(code="end_unknown")]
    open_ended = leaving == "site" and result.dates.site_first is None
    return [Blocker(code="day_not_full", day=last)] if today <= last and not open_ended else []


def _test(test: PlannedTest, arranged: Arranged, today: date) -> list[Blocker]:
    """Return what a demanded test still needs: its sample, or a leader's word if that is late or missed (O11)."""
    if test.result == "positive":
        return [Blocker(code="positive", test=test)]
    if test.done:
        return [Blocker(code="late_sample", test=test)] if test.late and not arranged.late_confirmed else []
    if test.waits:
        return []
    if test.missed_by(today):
        return [] if arranged.late_confirmed else [Blocker(code="missed_sample", test=test)]
    return [Blocker(code="test_missing", test=test)]


def _open_results(result: Result, planned: Plan) -> list[Blocker]:
    """Return the results that are out or unclear, of extra samples as well (O10)."""
    tests = {(test.type, test.sampled_on): test for test in planned.tests if test.waits}
    return [
        Blocker(
            code="result_unclear" if sample.result in ("indeterminate", "invalid") else "result_pending",
            test=tests.get((sample.type, sample.sampled_on)),
            day=sample.sampled_on,
        )
        for sample in open_results(result.facts)
    ]
