"""A risk area added or raised: who is called about it, what is written down, and how far the list is (二)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dutyboard.rules.decide import decide
from dutyboard.rules.duties.post.area_calls import call_lists
from dutyboard.rules.duties.post.area_calls import owed as lists_owed
from dutyboard.rules.law.facts import Stay
from dutyboard.rules.records.commands.post import CallTouched
from dutyboard.rules.records.commands.sheets import AreaData, ImportAreas
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.outcome import CallsMade, ImportTally
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import CalledTouched
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import ADMIN, act, refused, t
from tests.rules.duties.test_queue import PLAIN, someone, the_desk

NOW = t("19:40")
AREA = AreaData(
    code="440305",
    name="广东省深圳市南山区粤海街道",
    level="medium",
    starts=date(2021, 6, 7),
    ends=None,
    source="虚构",
    row=2,
)


def stayed(number: int, place: str, left_on: date | None = date(2021, 6, 5), **fields: Any) -> Person:
    code = "440305" if "南山" in place else "440307"
    facts = replace(PLAIN, stays=(Stay(place=place, code=code, left_on=left_on),))
    return someone(number, "none", **({"facts": facts} | fields))


def found() -> Snapshot:
    """1 inside the area, 2 elsewhere in its county, 3 in another county, 4 too long ago, 5 on an unknown day, 6 free
    already, 7 registered after the area came in."""
    return the_desk(
        stayed(1, "广东省深圳市南山区粤海街道科苑路"),
        stayed(2, "深圳南山"),
        stayed(3, "广东省深圳市龙岗区"),
        stayed(4, "广东省深圳市南山区粤海街道", date(2021, 5, 23)),
        stayed(5, "广东省深圳市南山区粤海街道", None),
        stayed(6, "广东省深圳市南山区粤海街道", date(2021, 5, 24), stage="closed", closed_at=t("12:00")),
        stayed(7, "广东省深圳市南山区粤海街道", registered_at=t("20:00")),
    )


def listed() -> Snapshot:
    return act(found(), ImportAreas(areas=(AREA,)), NOW)


def test_areas_that_came_before_the_people_make_no_list() -> None:
    """A desk is set up by a script: areas and arrivals come within one second of its clock."""
    snapshot = act(the_desk(), ImportAreas(areas=(AREA,)), NOW)
    snapshot = snapshot.applied(snapshot.seq + 1, [stayed(1, "广东省深圳市南山区粤海街道", registered_at=NOW)])
    assert call_lists(snapshot, NOW) == ()


def test_importing_an_area_says_how_many_it_touches() -> None:
    answer = decide(ImportAreas(areas=(AREA,)), found(), NOW, ADMIN)
    assert isinstance(answer, Accepted)
    assert isinstance(answer.outcome, ImportTally) and answer.outcome.touched == 4
    named = replace(AREA, level="named")
    answer = decide(ImportAreas(areas=(named,)), found(), NOW, ADMIN)
    assert isinstance(answer, Accepted) and isinstance(answer.outcome, ImportTally)
    assert answer.outcome.touched == 0
    again = decide(ImportAreas(areas=(AREA,)), listed(), t("20:00"), ADMIN)
    assert isinstance(again, Accepted) and isinstance(again.outcome, ImportTally)
    assert (again.changes, again.outcome.touched) == ((), 0)


def test_the_list_names_who_was_inside_before_who_was_in_the_county() -> None:
    (only,) = call_lists(listed(), t("20:10"))
    assert [(call.person.id, call.touch) for call in only.calls] == [
        (1, "inside"),
        (5, "inside"),
        (6, "inside"),
        (2, "county"),
    ]
    assert (only.called, only.total) == (0, 4)


def test_a_raised_level_calls_them_again() -> None:
    snapshot = act(listed(), CallTouched(person_id=1, area_id=3, answer="not_there"), t("20:00"))
    raised = replace(AREA, level="high", starts=date(2021, 6, 9))
    snapshot = act(snapshot, ImportAreas(areas=(raised,)), t("10:00", 9))
    newest, older = call_lists(snapshot, t("10:00", 9))
    assert (newest.area.level, newest.called, newest.total) == ("high", 0, 4)  # now 7 is registered, 6 left too early
    assert (older.area.level, older.called, older.total) == ("medium", 1, 4)
    assert {call.person.id for call in newest.calls} == {1, 2, 5, 7}


def test_each_answer_is_an_entry_and_moves_the_list_on() -> None:
    snapshot = listed()
    tried = decide(CallTouched(person_id=1, area_id=3, answer="no_answer"), snapshot, t("20:00"), ADMIN)
    assert isinstance(tried, Accepted) and tried.outcome == CallsMade(called=0, total=4)
    snapshot = snapshot.applied(9, tried.changes)
    (row,) = call_lists(snapshot, t("20:00"))
    assert row.calls[0].answered is None
    assert row.calls[0].tried is not None and row.calls[0].tried.happened_at == t("20:00")
    there = CallTouched(person_id=1, area_id=3, answer="was_there", text="6 月 3 日在科苑路用餐")
    assert refused(snapshot, replace(there, text=""), t("20:05")).code == "note_needed"
    snapshot = act(snapshot, there, t("20:05"))
    assert refused(snapshot, there, t("20:06")).code == "already_done"
    (row,) = call_lists(snapshot, t("20:06"))
    assert (row.called, row.total) == (1, 4)
    (entry,) = [each for each in snapshot.entries.values() if each.told == CalledTouched(area_id=3, answer="was_there")]
    assert (entry.subject, entry.abnormal, entry.text) == ("person-1", True, "6 月 3 日在科苑路用餐")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (CallTouched(person_id=77, area_id=3, answer="not_there"), "unknown_person"),
        (CallTouched(person_id=3, area_id=3, answer="not_there"), "unknown_obligation"),
        (CallTouched(person_id=1, area_id=77, answer="not_there"), "unknown_obligation"),
        (CallTouched(person_id=1, area_id=3, answer="unsure"), "note_needed"),
        (CallTouched(person_id=1, area_id=3, answer="not_there", happened_at=t("20:11")), "in_future"),
        (CallTouched(person_id=1, area_id=3, answer="not_there", happened_at=t("19:39")), "not_open_yet"),
    ],
)
def test_a_call_that_cannot_be(command: CallTouched, code: str) -> None:
    assert refused(listed(), command, t("20:10")).code == code


def test_the_board_owes_the_list_until_all_have_answered() -> None:
    snapshot = listed()
    (owed,) = lists_owed(snapshot, t("20:10"))
    assert (owed.id, owed.kind, owed.state, owed.count, owed.total) == (
        "rescreen/area-3/2021-06-07",
        "rescreen",
        "open",
        0,
        4,
    )
    assert owed.due == NOW + timedelta(hours=12)
    assert [each.state for each in lists_owed(snapshot, t("07:41", 8))] == ["late"]
    for number in (1, 2, 5, 6):
        snapshot = act(snapshot, CallTouched(person_id=number, area_id=3, answer="not_there"), t("21:00"))
    assert [(each.state, each.count) for each in lists_owed(snapshot, t("21:01"))] == [("done", 4)]
    assert list(lists_owed(snapshot, t("00:00", 8))) == []  # done, and no longer tonight's
