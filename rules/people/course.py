"""A person's course: the facts as judged today, what section three makes of them, and the dated plan."""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, datetime
from typing import Final, NamedTuple

from dutyboard.frozen import frozen
from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.facts import Facts, TestStage
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.plan import Plan, plan_with
from dutyboard.rules.law.result import Result
from dutyboard.rules.law.sampling.planned_tests import PlannedTest
from dutyboard.rules.law.sampling.samples import open_results
from dutyboard.rules.law.section_three import Place
from dutyboard.rules.people.areas import AreaList
from dutyboard.rules.people.contacts import followed, linked_people
from dutyboard.rules.people.last_days import set_days_of
from dutyboard.rules.people.rulings import going_on, ruled
from dutyboard.rules.people.stage import dwelling, first_place, in_hospital
from dutyboard.rules.people.succession import carried_over, succession
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.model import Area, Assessment, Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.timeline import Period

TESTED: Final[Mapping[Stage, frozenset[TestStage]]] = {
    "site": frozenset({"site", "single"}),
    "home": frozenset({"home", "single"}),
    "waiting": frozenset({"single"}),
}
"""Tests that are owed in each stage of a person; on the way to a site none is."""


@frozen(eq=False)
class Course:
    """`facts` are the person's, with each stay's category of today, his admission, and the day of assessing.

    `ruled_from` is the first day of this notice for somebody whom another one ruled before; None: none did.
    `result` is section three's answer, or the answer of the office that was asked. `plan` is that of the stage he is
    in: while a referral about somebody placed is open, his days and tests run on. `results_out` are his samples whose
    result nobody has told: a board asks for them of everybody.
    """

    facts: Facts
    result: Result
    plan: Plan
    ruled_from: date | None = None
    results_out: tuple[Sample, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "results_out", open_results(self.facts))

    @property
    def free_from(self) -> date | None:
        """The first free day; the earliest of all days where nothing is asked. None: the end is open."""
        if self.result.first_place == "none":
            return date.min
        done = self.plan.stage("done")
        return done.first if done is not None else None


@frozen(eq=False)
class _Moment:
    """Things that every course of an instant rests on."""

    snapshot: Snapshot
    now: datetime
    areas: AreaList
    period: Period
    everyone_since: datetime | None
    today: date


class Outlook(NamedTuple):
    """Part of a course that is asked of everybody at once: the last day at a site, and the place."""

    site_last: date | None
    place: Place


class _Held(NamedTuple):
    """A course, what it was asked by, and what it rests on, which may be the same on another day."""

    asked: tuple[object, ...]
    rests: tuple[object, ...]
    course: Course


class Courses:
    """Memo of each person's course, shared by the snapshots of a desk.

    A look by the same records on the same day costs one comparison. On another day, or after other areas, the course
    stands if what it rests on does: few people are assessed at midnight. The last two days are held, for tomorrow's
    rows are made in the evening.
    """

    def __init__(self) -> None:
        self._days: dict[date, dict[int, _Held]] = {}
        self._moment: _Moment | None = None
        self._outlooks: dict[int, tuple[tuple[object, ...], Outlook]] = {}

    def of(self, person: Person, snapshot: Snapshot, now: datetime) -> Course:
        """The course of a person as it stands at an instant.

        Who has been assessed is judged by the notice and the day of his assessment (O40: days since his arrival count
        to that day), who has not by those of `now`. Stays are judged to the day of `now` in both cases: an area that
        rises later makes a longer course, never a shorter one.
        """
        moment = self._at(snapshot, now)
        asked = _asked(person, moment)
        of_day = self._of_day(moment.today)
        held = of_day.get(person.id)
        if held is None or held.asked != asked:
            held = of_day[person.id] = self._stands(asked, person, moment) or self._new(asked, person, moment)
        return held.course

    def outlook(self, person: Person, snapshot: Snapshot, now: datetime) -> Outlook:
        """Return the outlook of a person at an instant.

        It is the one that was taken over, while that stands, else that of his course.
        """
        if person.id in self._outlooks:
            moment = self._at(snapshot, now)
            asked, outlook = self._outlooks[person.id]
            if asked == (moment.today, *_asked(person, moment)):
                return outlook
            del self._outlooks[person.id]
        result = self.of(person, snapshot, now).result
        return Outlook(result.dates.site_last, first_place(result))

    def take_over(self, person: Person, snapshot: Snapshot, now: datetime, outlook: Outlook) -> None:
        """Take an outlook that another process found of these records on this day."""
        moment = self._at(snapshot, now)
        self._outlooks[person.id] = (moment.today, *_asked(person, moment)), outlook

    def _at(self, snapshot: Snapshot, now: datetime) -> _Moment:
        moment = self._moment
        if moment is None or moment.snapshot is not snapshot or moment.now is not now:
            moment = self._moment = _moment_of(snapshot, now)
        return moment

    def _of_day(self, today: date) -> dict[int, _Held]:
        """Return what is held of a day. It drops all days but the last one looked at besides."""
        found = self._days.get(today)
        if found is None:
            found, last = {}, [*self._days.items()][-1:]
            self._days = {**dict(last), today: found}
        return found

    def _stands(self, asked: tuple[object, ...], person: Person, moment: _Moment) -> _Held | None:
        """Return the course held of any day, if it rests on the same things today."""
        held = [found for of_day in self._days.values() if (found := of_day.get(person.id)) is not None]
        rests = _rests(asked, person, moment) if held else ()
        return next((_Held(asked, rests, each.course) for each in held if each.rests == rests), None)

    def _new(self, asked: tuple[object, ...], person: Person, moment: _Moment) -> _Held:
        return _Held(asked, _rests(asked, person, moment), self._made(person, moment.snapshot, moment))

    def fresh(self, person: Person, snapshot: Snapshot, now: datetime) -> Course:
        """The course of a record that need not be on the desk, made anew and not remembered."""
        return self._made(person, snapshot, _moment_of(snapshot, now))

    def _made(self, person: Person, snapshot: Snapshot, moment: _Moment) -> Course:
        facts = judged(person.facts, moment.areas, moment.today)
        facts = replace(
            facts,
            tests=tuple(replace(each, late=False) if each.late else each for each in facts.tests),
            linked=followed(facts.linked, snapshot.persons, snapshot.zone),
            assessed_on=_assessed_on(person, snapshot, moment.today),
            admitted_on=_leaves_hospital_on(person, moment.today) or person.admitted_on or facts.admitted_on,
        )
        notice, period = notice_of(person, moment.period, moment.everyone_since), moment.period
        result = ruled(person, assess(facts, notice))
        kept = was_kept(person, snapshot)
        said, planned = _planned(person, result, kept=kept)
        if any(test.late for test in planned.tests):
            facts = with_lateness(facts, planned)
            said, planned = _planned(person, ruled(person, assess(facts, notice)), kept=kept)
        after = succession(person, notice.id, snapshot, moment.now)
        if after is None:
            return Course(facts=facts, result=said, plan=planned)

        def former() -> Plan:
            if not period.carries(after.before):
                return replace(planned, tests=())
            before = ruled(person, assess(facts, period.ruled_by(after.before)))
            return _planned(person, before, kept=kept)[1]

        planned = carried_over(planned, after.ruled_from, former)
        return Course(facts=facts, result=said, plan=planned, ruled_from=after.ruled_from)


def _asked(person: Person, moment: _Moment) -> tuple[object, ...]:
    """Return the records, areas and notice by which a person's course is asked."""
    snapshot = moment.snapshot
    notice = notice_of(person, moment.period, moment.everyone_since)
    linked = linked_people(person, snapshot.persons) if person.facts.linked else ()
    return (person, moment.areas, moment.period, notice, *linked)


def _rests(asked: tuple[object, ...], person: Person, moment: _Moment) -> tuple[object, ...]:
    """Return everything that a course rests on: the stays as judged today in place of the areas.

    The day itself counts for who waits to be assessed, and for who leaves a hospital; nobody else's course has it.
    """
    of, _, *others = asked
    stays = judged(person.facts, moment.areas, moment.today).stays
    day = moment.today if person.assessment is None or _leaves_hospital_on(person, moment.today) else None
    return of, stays, day, *others


def _moment_of(snapshot: Snapshot, now: datetime) -> _Moment:
    return _Moment(
        snapshot=snapshot,
        now=now,
        areas=snapshot.memo.made(_listed, snapshot.areas),
        period=snapshot.period_at(now),
        everyone_since=snapshot.everyone_since(now),
        today=snapshot.day_of(now),
    )


def _listed(areas: Mapping[int, Area]) -> AreaList:
    return AreaList(areas.values())


def _planned(person: Person, result: Result, *, kept: bool) -> tuple[Result, Plan]:
    """Return a person's result and the plan that goes on, both on the days that a leader has set.

    A referral beside his stage stays as it is: the words are laid over what goes on beside it.
    """
    going = going_on(person, result)
    said, planned = plan_with(set_days_of(person), going, person.home_from, kept=kept)
    return said if going is result else result, planned


def with_lateness(facts: Facts, planned: Plan) -> Facts:
    """Return the facts with each sample marked late that was taken after the planned day it is put to (O46)."""
    late = {(test.type, test.sampled_on) for test in planned.tests if test.late}
    return replace(facts, tests=tuple(replace(each, late=(each.type, each.sampled_on) in late) for each in facts.tests))


def course_of(person: Person, snapshot: Snapshot, now: datetime) -> Course:
    """Return the course of a person of the desk at an instant; remembered until something it rests on changes."""
    return snapshot.memo.of(Courses).of(person, snapshot, now)


def outlook_of(person: Person, snapshot: Snapshot, now: datetime) -> Outlook:
    """Return the outlook of a person of the desk at an instant."""
    return snapshot.memo.of(Courses).outlook(person, snapshot, now)


def fresh_course(person: Person, snapshot: Snapshot, now: datetime) -> Course:
    """Return the course of a record that need not be on the desk; computed anew and not remembered."""
    return snapshot.memo.of(Courses).fresh(person, snapshot, now)


def _assessed_on(person: Person, snapshot: Snapshot, today: date) -> date:
    """The day of the first assessment; a second one, of more or of other facts, does not move it."""
    if person.assessment is None:
        return today
    return person.facts.assessed_on or snapshot.day_of(person.assessment.at)


def was_kept(person: Person, snapshot: Snapshot) -> bool:
    """Return True if counted days at a site, as he was assessed then, kept a person until he moved home.

    What came up afterwards kept nobody: the days that it asks were not why he stayed.
    """
    assessment = person.assessment
    if assessment is None or person.home_from is None or snapshot.day_of(assessment.at) >= person.home_from:
        return False
    notice = snapshot.notices_known.get(assessment.notice)
    if notice is None:
        return False
    rows = (
        row for clause in (assessment.clause, *assessment.also) for row in notice.section_three.of_clause(clause or "")
    )
    return any(row.place == "site" and row.site.until in ("days", "linked") for row in rows)


def _leaves_hospital_on(person: Person, today: date) -> date | None:
    """Return the first day on which a site may admit a cured patient. None: he is in no hospital."""
    return today if person.facts.case_status == "discharged" and in_hospital(person) else None


def notice_of(person: Person, period: Period, everyone_since: datetime | None) -> Notice:
    """Return the notice that a person is judged by, with the desk's settings of the period.

    It is that of his assessment, else the one in force. Assessed before a switch for everyone: the one in force too.
    """
    assessment = person.assessment
    if assessment is None or not period.carries(assessment.notice):
        return period.notice
    if everyone_since is not None and assessment.at < everyone_since:
        return period.notice
    return period.ruled_by(assessment.notice)


def judged(facts: Facts, areas: AreaList, today: date) -> Facts:
    """The facts with the category of every stay from the day it ended to today."""
    if facts.stays is None:
        return facts
    return replace(facts, stays=tuple(areas.judged(stay, today) for stay in facts.stays))


def assessment_of(result: Result, by: int, at: datetime) -> Assessment:
    """Return the record of a result that officer `by` confirmed at an instant."""
    return Assessment(
        notice=result.notice.id,
        decision=result.decision,
        clause=result.clause,
        also=result.also,
        first_place=result.first_place,
        provisional=result.provisional,
        refer_reason=result.reasons[0].code if result.reasons else None,
        by=by,
        at=at,
    )


def tests_now(person: Person, course: Course) -> tuple[PlannedTest, ...]:
    """The demanded tests of the stage that a person is in."""
    stages = TESTED.get(dwelling(person), frozenset())
    return tuple(test for test in course.plan.tests if test.demanded and test.stage in stages)
