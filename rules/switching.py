"""One notice against another: who would change, how, and what that does to rooms and tests, before anyone switches."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dutyboard.frozen import frozen
from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.plan import Plan, plan_with
from dutyboard.rules.law.section_three import Place
from dutyboard.rules.law.set_days import SetDays
from dutyboard.rules.people.changes import Changed, before_after
from dutyboard.rules.people.course import Course, course_of, was_kept
from dutyboard.rules.people.last_days import set_days_of
from dutyboard.rules.people.stage import on_desk as still_on_desk
from dutyboard.rules.people.succession import carried_over
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import SwitchNotice
from dutyboard.rules.records.model import NoticeInForce, subject_id
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import NoticeSwitched
from dutyboard.rules.records.transaction import Accepted, Transaction

DAYS = 14
"""Days ahead for which a switch is looked at: the longest stage of section three begins and ends within it."""


class Asked(NamedTuple):
    """A person: his name (`person-12`), facts as judged today, the day of his real move home.

    `kept` as the plan takes it, `set_days` as a leader has said.
    """

    person: str
    facts: Facts
    home_from: date | None
    kept: bool = False
    set_days: SetDays = SetDays()


@frozen
class Difference:
    """One person for whom the two notices do not say the same, and the parts in which they differ."""

    person: str
    before: Course
    after: Course
    changes: tuple[Changed, ...]


@frozen
class Load:
    """Rooms needed and samples due on one day, under the old notice and under the new."""

    day: date
    rooms_before: int
    rooms_after: int
    tests_before: int
    tests_after: int


@frozen
class Switch:
    """Effects of a switch of notices. The calls are the days after a release on which somebody is called; (): none."""

    changes: tuple[Difference, ...]
    unchanged: int
    loads: tuple[Load, ...]
    calls_before: tuple[int, ...]
    calls_after: tuple[int, ...]


@frozen
class SwitchSummary:
    """A switch in a few figures: people freed earlier and held longer, those who would move, rooms and tests.

    `moves` counts people by the place before and after; None: referred, without a place. Rooms are the most of one day.
    """

    freed_earlier: int
    held_longer: int
    moves: Mapping[tuple[Place | None, Place | None], int]
    rooms_before: int
    rooms_after: int
    tests_before: int
    tests_after: int


def summary(found: Switch) -> SwitchSummary:
    """Return the figures of a switch. Who has no end on either side, or is referred, is neither earlier nor longer."""
    ends = [(each.before.free_from, each.after.free_from) for each in found.changes]
    places = [(each.before.result.first_place, each.after.result.first_place) for each in found.changes]
    return SwitchSummary(
        freed_earlier=sum(was is not None and now is not None and now < was for was, now in ends),
        held_longer=sum(was is not None and now is not None and now > was for was, now in ends),
        moves=dict(Counter(pair for pair in places if pair[0] != pair[1])),
        rooms_before=max((each.rooms_before for each in found.loads), default=0),
        rooms_after=max((each.rooms_after for each in found.loads), default=0),
        tests_before=sum(each.tests_before for each in found.loads),
        tests_after=sum(each.tests_after for each in found.loads),
    )


def on_desk(snapshot: Snapshot, old: Notice, new: Notice, now: datetime, days: int = DAYS) -> Switch:
    """Put both notices, with the desk's settings of `now`, to everybody who is not free yet, assessed or not."""
    period = snapshot.period_at(now)
    old, new = period.ruled_by(old.id), period.ruled_by(new.id)
    people = [
        Asked(
            subject_id(person),
            course_of(person, snapshot, now).facts,
            person.home_from,
            was_kept(person, snapshot),
            set_days_of(person),
        )
        for person in snapshot.persons.values()
        if still_on_desk(person)
    ]
    return compare(old, new, people, snapshot.day_of(now), days)


def compare(old: Notice, new: Notice, people: Iterable[Asked], today: date, days: int) -> Switch:
    """Put both notices to every person, and count rooms and samples over the next `days` calendar days."""
    changes: list[Difference] = []
    unchanged = 0
    counts: list[Counter[date]] = [Counter(), Counter(), Counter(), Counter()]
    horizon = [today + timedelta(days=number) for number in range(days)]
    for each in people:
        before, after = _course(each, old), _course(each, new)
        if each.facts.assessed_on is not None and each.facts.assessed_on < today:
            after = _taking_over(before, after, today)
        parts = before_after(before, after)
        if parts:
            changes.append(Difference(person=each.person, before=before, after=after, changes=parts))
        else:
            unchanged += 1
        for offset, course in ((0, before), (1, after)):
            counts[offset].update(day for day in horizon if _in_room(course.plan, day))
            counts[offset + 2].update(test.day for test in course.plan.tests if test.demanded and test.result is None)
    return Switch(
        changes=tuple(changes),
        unchanged=unchanged,
        loads=tuple(
            Load(
                day=each,
                rooms_before=counts[0][each],
                rooms_after=counts[1][each],
                tests_before=counts[2][each],
                tests_after=counts[3][each],
            )
            for each in horizon
        ),
        calls_before=_calls(old),
        calls_after=_calls(new),
    )


def _calls(notice: Notice) -> tuple[int, ...]:
    follow_up = notice.daily.follow_up
    return follow_up.days if follow_up is not None else ()


def _course(asked: Asked, notice: Notice) -> Course:
    result, planned = plan_with(asked.set_days, assess(asked.facts, notice), asked.home_from, kept=asked.kept)
    return Course(facts=asked.facts, result=result, plan=planned)


def _taking_over(before: Course, after: Course, today: date) -> Course:
    """Return the course under the new notice from today on: nobody can have owed its days until then."""
    return replace(after, plan=carried_over(after.plan, today, lambda: before.plan))


def _in_room(planned: Plan, day: date) -> bool:
    """Return True if a room is needed that night: from the day before day 1 until the last day.

    A stage with an open end needs it on.
    """
    stage = planned.stage("site")
    if stage is None:
        return False
    first = stage.first - timedelta(days=1) if stage.first else None
    return (first is None or first <= day) and (stage.last is None or day <= stage.last)


def decide_switch_notice(command: SwitchNotice, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Confirm that another notice applies from an instant: a leader's or the administrator's act, with its reason.

    It never reaches back before the notice that it follows, nor before the day on which its own text is in force.
    """
    notice = snapshot.notices_known.get(command.notice)
    if notice is None:
        return Refusal("unknown_notice", {"notice": command.notice})
    if not command.reason.strip():
        return Refusal("reason_needed")
    last = max(snapshot.notices.values(), key=lambda each: (each.effective_from, each.id))
    begins = notice.effective_from.replace(tzinfo=snapshot.zone)
    if command.effective_from < begins:
        return Refusal("notice_not_begun", {"notice": command.notice, "day": notice.effective_from.date().isoformat()})
    if command.effective_from <= last.effective_from:
        return Refusal("notice_before_last", {"notice": last.notice, "at": last.effective_from})
    if command.notice == last.notice:
        return Refusal("notice_in_force", {"notice": last.notice, "at": last.effective_from})
    transaction = Transaction(snapshot, now, actor)
    transaction.put(
        NoticeInForce(
            id=transaction.new_id("notices"),
            notice=command.notice,
            effective_from=command.effective_from,
            for_everyone=command.for_everyone,
        )
    )
    transaction.log(
        NoticeSwitched(
            from_=last.notice,
            to=command.notice,
            effective_from=command.effective_from,
            for_everyone=command.for_everyone,
        ),
        text=command.reason.strip(),
    )
    return transaction.accepted()
