"""What a desk remembers between two looks is what it would compute anew, whatever has happened meanwhile."""

from collections.abc import Mapping
from dataclasses import replace

from dutyboard.rules.board import board
from dutyboard.rules.people.rooms import residents, room_mates, room_order, rooms_held, taken
from dutyboard.rules.people.stage import lodging, site_of
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Memo, Snapshot
from tests.rules.courses.course import worked
from tests.rules.desks import desk, person


def test_a_table_is_worked_on_once_until_it_is_another() -> None:
    seen: list[tuple[int, ...]] = []

    def numbers(persons: Mapping[int, Person]) -> tuple[int, ...]:
        seen.append(tuple(persons))
        return seen[-1]

    before = desk(person(1))
    after = before.applied(before.seq + 1, [person(2)])
    assert before.memo is after.memo
    assert [each.memo.made(numbers, each.persons) for each in (before, before, after, after)] == [(1,)] * 2 + [
        (1, 2)
    ] * 2
    assert seen == [(1,), (1, 2)]


def test_one_that_rests_on_two_things_is_worked_on_again_when_either_changes() -> None:
    memo, first, second, other = Memo(), [1], [2], [2]

    def both(one: list[int], two: list[int]) -> list[int]:
        return [*one, *two]

    made = memo.made(both, first, second)
    assert memo.made(both, first, second) is made
    assert memo.made(both, first, other) is not made
    assert memo.made(both, other, other) == [2, 2]


def test_a_worked_desk_shows_the_board_that_a_forgetful_one_shows() -> None:
    for number, night in enumerate(worked(seed=7, steps=150)):
        if number % 3:
            board(night.snapshot, night.now)
            continue
        remembered = board(night.snapshot, night.now)
        anew = board(replace(night.snapshot, memo=Memo()), night.now)
        assert remembered.obligations == anew.obligations
        assert remembered.counts == anew.counts
        rooms_as_counted(night.snapshot)


def rooms_as_counted(snapshot: Snapshot) -> None:
    """Compare the rooms with a plain count of the people."""
    people = [*snapshot.persons.values()]
    for number in snapshot.sites:
        inside = [each for each in people if site_of(each) == number]
        inside.sort(key=lambda each: (room_order((lodging(each) or each).room), each.id))
        assert list(residents(snapshot, number)) == inside
        held = {room.room: each for each in people for room in rooms_held(each) if room.site_id == number}
        assert taken(snapshot, number) == held
    for each in people:
        rooms = set(rooms_held(each))
        mates = [other for other in people if other.id != each.id and rooms & set(rooms_held(other))]
        assert list(room_mates(each, snapshot)) == mates
