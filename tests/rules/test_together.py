"""Acts said at once of many people: each on what those before it leave, and taken back as they were said."""

from dataclasses import replace
from datetime import timedelta

from dutyboard.rules.amending.amend import last_check_or_import_of
from dutyboard.rules.duties.meanwhile import changed_since
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.commands.person import Assign
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.together import (
    assigned,
    checked_at_home,
    confirmed,
    foreseen_together,
    moved,
    result_told,
    taken_back_together,
)
from tests.rules.desks import LIU, WANG, actor, desk, person, refused, signed, site, t, unit

ME = actor(WANG)
NOW = t("19:40")


def in_room(number: int, room: int, **more: object) -> Person:
    return person(number, stage="site", site_id=1, room=room, admitted_on=t("09:00").date(), unit_id=1, **more)


def small(*people: Person, rooms: int = 10) -> Snapshot:
    return desk(unit(1), site(1, rooms=rooms), site(2, rooms=2), *people)


def written(snapshot: Snapshot, *commands: Command) -> Snapshot:
    """The desk after acts said at once, as the gateway writes them."""
    first = None
    for command in commands:
        answer = signed(command, snapshot, NOW, ME)
        assert isinstance(answer, Accepted), answer
        answer = answer.said_together(first)
        first = first or answer.entry.id
        snapshot = answer.on(snapshot)
    return snapshot


def test_each_act_stands_on_what_those_before_it_leave() -> None:
    """Two rooms are free: the third of three has none, and is named while the others are foreseen."""
    known = small(*(in_room(number, number) for number in (1, 2, 3)))
    found = foreseen_together(moved([1, 2, 3], 2, "腾房"), known, NOW, ME)
    assert [each.can_be_done for each in found] == [True, True, False]
    rooms = [each.answer.on(known).persons[each.people[0].id].room for each in found[:2]]  # type: ignore[union-attr]
    assert rooms == [1, 2]
    left_out = found[2].answer
    assert isinstance(left_out, Refusal) and left_out.code == "no_free_room"
    assert found[2].command is None and [each.id for each in found[2].people] == [3]
    assert known.persons[1].site_id == 1  # nothing is written


def test_who_cannot_be_done_leaves_the_others() -> None:
    known = small(in_room(1, 1, officer_name="张强"), in_room(2, 2))
    found = foreseen_together(assigned([1, 2, 99], "张强", ""), known, NOW, ME)
    assert [getattr(each.answer, "code", "") for each in found] == ["already_assigned", "", "unknown_person"]


def test_whoever_changed_meanwhile_is_named_with_who_changed_him() -> None:
    before = small(in_room(1, 1), in_room(2, 2))
    people = (before.persons[1], before.persons[2])
    assert changed_since(people, before) is None
    answer = signed(Assign(person_id=2, officer_name="张强"), before, NOW, actor(LIU))
    assert isinstance(answer, Accepted)
    changed = changed_since(people, answer.on(before))
    assert changed is not None
    assert (changed.code, changed.fields["subject"], changed.fields["by"]) == ("changed_meanwhile", "人员2", "刘敏")


def test_no_result_is_guessed_behind_a_sample_and_nobody_is_confirmed_whom_an_office_must_judge() -> None:
    known = small(in_room(1, 1), person(2, unit_id=1))
    (result,) = foreseen_together(result_told([1], "negative", None, None), known, NOW, ME)
    assert isinstance(result.answer, Refusal) and result.answer.code == "figures_needed"
    (confirm,) = foreseen_together(confirmed([2], "王芳", ("", "")), known, NOW, ME)
    assert isinstance(confirm.answer, Refusal) and confirm.answer.code == "not_ready"
    (check,) = foreseen_together(checked_at_home([1], ()), known, NOW, ME)
    assert isinstance(check.answer, Refusal) and check.answer.code == "no_check_open"


ASSIGNED = (Assign(person_id=1, officer_name="张强"), Assign(person_id=2, officer_name="张强"))


def test_what_was_said_at_once_is_taken_back_at_once() -> None:
    before = small(in_room(1, 1), in_room(2, 2))
    after = written(before, *ASSIGNED)
    assert {after.persons[1].officer_name, after.persons[2].officer_name} == {"张强"}
    last = last_check_or_import_of(after, WANG)
    assert last is not None and last.together is not None
    numbers = list(taken_back_together(last, after))
    assert len(numbers) == 2 and numbers == sorted(numbers, reverse=True)
    back = written(after, *(TakeBack(entry_id=number) for number in numbers))
    assert back.persons == before.persons
    assert last_check_or_import_of(back, WANG) is None  # what takes back is not taken back by the same key


def test_only_the_last_acts_of_the_same_officer_are_taken_back_and_only_in_time() -> None:
    after = written(small(in_room(1, 1), in_room(2, 2)), *ASSIGNED)
    last = last_check_or_import_of(after, WANG)
    assert last is not None
    back = TakeBack(entry_id=last.id)
    assert refused(after, back, NOW, actor(LIU)).code == "not_yours"
    assert refused(after, back, NOW + timedelta(minutes=3), ME).code == "too_late_to_take_back"
    later = written(after, Assign(person_id=1, officer_name="李建国", reason="轮休"))
    assert refused(later, back, NOW, ME).code == "not_yours"
    alone = replace(last, together=None)
    assert refused(after.applied(9, [alone]), TakeBack(entry_id=last.id), NOW, ME).code == "not_yours"
