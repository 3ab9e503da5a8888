"""One notice after another for somebody on the desk: from which day the new one rules him, and what then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from dutyboard.frozen import frozen
from dutyboard.rules.law.plan import Plan
from dutyboard.rules.law.sampling.planned_tests import PlannedTest, in_order
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot


@frozen
class Succession:
    """The notice that ruled a person `before`, and the first day on which his notice rules him."""

    before: str
    ruled_from: date


def succession(person: Person, notice_id: str, snapshot: Snapshot, now: datetime) -> Succession | None:
    """Return how a person came under his notice after another; None: he was never under another."""
    begun = [each for each in snapshot.notices.values() if each.effective_from <= now]
    begun.sort(key=lambda each: (each.effective_from, each.id))
    at = max((number for number, each in enumerate(begun) if each.notice == notice_id), default=0)
    if at == 0 or person.assessment is None:
        return None
    first, ruled = person.facts.assessed_on, snapshot.day_of(begun[at].effective_from)
    if (first or snapshot.day_of(person.assessment.at)) >= ruled:
        return None
    return Succession(before=begun[at - 1].notice, ruled_from=ruled)


def carried_over(new: Plan, first: date, former: Callable[[], Plan]) -> Plan:
    """Return a plan without the tests of days before `first` that the former plan did not ask too.

    Nobody can have owed them then. The last one of a stage is not lost with them: it is owed on `first`.
    """
    missed = [test for test in new.tests if test.demanded and test.day < first and test.result is None]
    if not missed:
        return new
    owed_then = {_named(test) for test in former().tests if test.demanded}
    lost = [test for test in missed if _named(test) not in owed_then]
    moved = [test._replace(day=first, proposed=True) for test in lost if test is _last_of_its_stage(new, test)]
    kept = [test for test in new.tests if test not in lost]
    return replace(new, tests=in_order((*kept, *moved)))


def _named(test: PlannedTest) -> tuple[str, str, date]:
    return test.type, test.stage, test.day


def _last_of_its_stage(planned: Plan, test: PlannedTest) -> PlannedTest:
    alike = [each for each in planned.tests if each.demanded and (each.type, each.stage) == (test.type, test.stage)]
    return max(alike, key=lambda each: each.day)
