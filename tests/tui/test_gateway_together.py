"""Acts said at once through the real store: one line of the journal, all or none, known again by their name."""

from pathlib import Path

from dutyboard.rules.records.commands.person import Assign, PersonData, Register
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.together import assigned
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.rid import new_rid
from dutyboard.tui.link.together import preview_together, submit_together
from tests.tui.test_gateway import accepted, desk

NAMED = [Assign(person_id=number, officer_name="张强") for number in (1, 2, 3)]


def peopled(folder: Path) -> Gateway:
    gateway = desk(folder)
    for name in ("甲", "乙", "丙"):
        accepted(gateway, Register(person=PersonData(name=name)))
    return gateway


def test_all_are_one_line_and_each_is_an_act_of_its_own(tmp_path: Path) -> None:
    gateway = peopled(tmp_path / "desk")
    found = preview_together(gateway, assigned([1, 2, 3], "张强", ""))
    assert [each.command for each in found] == NAMED
    seq, people, rid = gateway.snapshot.seq, [each.people[0] for each in found], new_rid()
    answer = submit_together(gateway, NAMED, people, rid)
    assert isinstance(answer, Accepted)
    assert gateway.snapshot.seq == seq + 1
    told = [gateway.snapshot.entries[each.id] for each in answer.entries]
    assert [each.subject for each in told] == ["person-1", "person-2", "person-3"]
    assert {(each.together, each.part_of) for each in told} == {(told[0].id, None)}
    again = submit_together(gateway, NAMED, people, rid)
    assert isinstance(again, Accepted) and again.again == seq + 1  # sent again after a trouble: written once
    assert gateway.snapshot.seq == seq + 1


def test_one_refusal_or_one_change_leaves_nothing_written(tmp_path: Path) -> None:
    gateway = peopled(tmp_path / "desk")
    people = [gateway.snapshot.persons[number] for number in (1, 2, 3)]
    seq = gateway.snapshot.seq
    refused = submit_together(gateway, [*NAMED, Assign(person_id=99, officer_name="张强")], people)
    assert isinstance(refused, Refusal) and refused.code == "unknown_person"
    assert gateway.snapshot.seq == seq
    accepted(gateway, Assign(person_id=2, officer_name="刘敏"))
    changed = submit_together(gateway, NAMED, people)
    assert isinstance(changed, Refusal) and changed.code == "changed_meanwhile"
    assert gateway.snapshot.persons[1].officer_name == ""
    assert gateway.snapshot.seq == seq + 1
