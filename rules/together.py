"""One act for many people: what is said of each, and what becomes of it.

Each is decided on the desk that those before it leave, and nothing is written here. The acts that can be done are one
commit later, all or none.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from dutyboard.frozen import frozen
from dutyboard.rules.decide import decide
from dutyboard.rules.duties.person.queue import waiting_of
from dutyboard.rules.duties.post.rota import RotaPattern, pattern_turns
from dutyboard.rules.law.facts import TestResult, TestType
from dutyboard.rules.people.cadres import cadres_of, two_cadres
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.rooms import free_rooms, proposed_room
from dutyboard.rules.people.stage import first_place
from dutyboard.rules.records.commands import Actor, Command
from dutyboard.rules.records.commands.person import Assign, Confirm, Move, RecordTest
from dutyboard.rules.records.commands.post import Discharge, PlanShift
from dutyboard.rules.records.model import Entry, Person
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted

Say = Callable[[Snapshot, datetime], Command | Refusal]
"""Makes the act from the picture that the acts before it leave, or says why there is none."""


@frozen(kw_only=False, eq=False)
class SaidOfMany:
    """An act of several, with the people whom it is about, by number."""

    people: tuple[int, ...]
    say: Say


@frozen(kw_only=False, eq=False)
class OneOfMany:
    """An act of several as it was foreseen. `people` are the records that it was foreseen over.

    `command` None: nothing can be said of them, and the `answer` says why.
    """

    people: tuple[Person, ...]
    command: Command | None
    answer: Accepted | Refusal

    @property
    def can_be_done(self) -> bool:
        """True if it goes into the commit."""
        return self.command is not None and isinstance(self.answer, Accepted)


def foreseen_together(
    acts: Iterable[SaidOfMany], snapshot: Snapshot, now: datetime, actor: Actor
) -> tuple[OneOfMany, ...]:
    """Return what becomes of each act. One that cannot be done leaves the others as they are."""
    picture, found = snapshot, []
    for act in acts:
        people = tuple(snapshot.persons[number] for number in act.people if number in snapshot.persons)
        said = act.say(picture, now)
        if isinstance(said, Refusal):
            found.append(OneOfMany(people, None, said))
            continue
        answer = decide(said, picture, now, actor)
        found.append(OneOfMany(people, said, answer))
        if isinstance(answer, Accepted):
            picture = answer.on(picture)
    return tuple(found)


def one_of_all(accepted: Sequence[Accepted]) -> Accepted:
    """Return the acts of one commit as one, for whoever asks what was written."""
    changes = tuple(record for each in accepted for record in each.changes)
    return replace(accepted[0], changes=changes, created=tuple(record for each in accepted for record in each.created))


# ---------------------------------------------------------------- what is said


def _of_each(people: Iterable[int], say: Callable[[Person, Snapshot, datetime], Command | Refusal]) -> list[SaidOfMany]:
    def of(number: int) -> Say:
        def said(picture: Snapshot, now: datetime) -> Command | Refusal:
            person = picture.persons.get(number)
            return Refusal("unknown_person", {"person": number}) if person is None else say(person, picture, now)

        return said

    return [SaidOfMany((number,), of(number)) for number in people]


def result_told(people: Iterable[int], result: TestResult, on: date | None, kind: TestType | None) -> list[SaidOfMany]:
    """Return a result for each: of the sample that is out, else of one taken on a day. `pending`: it was taken."""

    def say(person: Person, picture: Snapshot, now: datetime) -> Command:
        out = [each for each in course_of(person, picture, now).results_out if kind in (None, each.type)]
        if result != "pending" and out:
            same = len({each.type for each in out}) == 1
            return RecordTest(person_id=person.id, type=out[0].type if same else kind, result=result)
        return RecordTest(person_id=person.id, type=kind, sampled_on=on, result=result)

    return _of_each(people, say)


def assigned(people: Iterable[int], officer_name: str, reason: str) -> list[SaidOfMany]:
    """Return the naming of one 专人 for each."""
    return _of_each(people, lambda person, _, __: Assign(person_id=person.id, officer_name=officer_name, reason=reason))


def confirmed(people: Iterable[int], officer_name: str, cadres: tuple[str, str]) -> list[SaidOfMany]:
    """Return the confirmation of each by his facts, into the room that is proposed for him.

    A name that is given is for those who have none. Who is asked about still is confirmed by himself alone.
    """

    def say(person: Person, picture: Snapshot, now: datetime) -> Command | Refusal:
        waiting = waiting_of(person, picture, now)
        result = waiting.course.result
        if waiting.missing or waiting.changed or result.decision == "refer":
            return Refusal("not_ready", {"person": NameOf(person)})
        place = (person.site_id, person.room) if person.site_id is not None else None
        if place is None and first_place(result) == "site":
            proposed = proposed_room(person, picture)
            if proposed is None:
                return Refusal("place_needed")
            place = proposed[0].id, proposed[1]
        at_home = first_place(result) == "home"
        return Confirm(
            person_id=person.id,
            clause=result.clause,
            officer_name=person.officer_name or officer_name,
            site_id=place[0] if place is not None else None,
            room=place[1] if place is not None else None,
            cadres=(two_cadres(cadres_of(person)) or two_cadres(cadres) or ()) if at_home else (),
        )

    return _of_each(people, say)


def moved(people: Iterable[int], site_id: int, reason: str) -> list[SaidOfMany]:
    """Return the move of each into the next free room of a site."""

    def say(person: Person, picture: Snapshot, _: datetime) -> Command | Refusal:
        free = free_rooms(picture, picture.sites[site_id])
        if not free:
            return Refusal("no_free_room", {"site": picture.sites[site_id].name})
        return Move(person_id=person.id, site_id=site_id, room=free[0], reason=reason)

    return _of_each(people, say)


def checked_at_home(people: Iterable[int], owed: Iterable[Obligation]) -> list[SaidOfMany]:
    """Return one act a town: those of its check who were seen and well. Who stands in no open check is named."""
    left = dict.fromkeys(people)
    acts: list[SaidOfMany] = []
    for row in owed:
        seen = tuple(each.number for each in row.left if each.kind == "person" and each.number in left)
        if row.kind == "home_check" and row.state != "upcoming" and seen:
            acts.append(SaidOfMany(seen, _discharge(row.id, seen)))
            for number in seen:
                del left[number]
    return [*acts, *_of_each(left, lambda person, _, __: Refusal("no_check_open", {"person": NameOf(person)}))]


def _discharge(duty: str, seen: tuple[int, ...]) -> Say:
    return lambda _, __: Discharge(obligation=duty, seen=seen)


def planned_in_turn(pattern: RotaPattern, snapshot: Snapshot) -> list[SaidOfMany]:
    """Return the planning of each shift of a pattern.

    No reason is given, so that a seat that is taken, an officer twice at once and a leader's seat held by no leader are
    refused.
    """

    def planned(plan: PlanShift) -> Say:
        return lambda _, __: plan

    return [
        SaidOfMany((), planned(PlanShift(seat=pattern.seat, officer_id=officer, starts=turn.starts, ends=turn.ends)))
        for turn, officer in pattern_turns(pattern, snapshot)
    ]


def taken_back_together(entry: Entry, snapshot: Snapshot) -> Iterator[int]:
    """Yield the entries that one commit wrote for many people and that still stand, the newest first."""
    same = (each.id for each in snapshot.entries.values() if each.together == entry.together and each.part_of is None)
    yield from sorted((each for each in same if each not in snapshot.amended), reverse=True)
