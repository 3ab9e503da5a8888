"""Calls after a release, on the days that a notice names: owed until somebody answers, and what was found leads on."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest

from dutyboard.rules.closing import closed
from dutyboard.rules.duties.person.let_go.follow_up import awaits_call
from dutyboard.rules.law.notice import Notice, read_notices
from dutyboard.rules.records.codes import EndKind
from dutyboard.rules.records.commands.amending import Amend, TakeBack
from dutyboard.rules.records.commands.person import Reopen
from dutyboard.rules.records.commands.post import CloseMatter, Discharge
from dutyboard.rules.records.model import Ending, NoticeInForce, Person
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import FollowedUp
from tests.rules.desks import act, desk, notice, owed, person, refused, states, t

SECOND = """
[notice]
id = "{id}"
base = "lianyuan-2021-07"
title = {{ zh = "随访", en = "calls" }}
effective_from = 2021-06-07T00:00:00
[follow_up]
days = {days}
clause = "3.12"
"""
RELEASED = t("09:00", 10)
FIRST_CALL = "follow-up/person-1/2021-06-13"
SECOND_CALL = "follow-up/person-1/2021-06-17"


@cache
def calling(days: str = "[3, 7]", name: str = "calling") -> Notice:
    """A notice that asks calls on these days after a release."""
    texts = {"first.toml": notice().text, "second.toml": SECOND.format(id=name, days=days)}
    return read_notices(texts)[name]


def on_desk(*people: Person, begins: datetime | None = None, days: str = "[3, 7]") -> Snapshot:
    """A desk on which the calling notice is in force: from the first day on, unless said."""
    asked = calling(days)
    known = replace(desk(*people), notices_known={notice().id: notice(), asked.id: asked})
    return known.applied(2, [NoticeInForce(id=2, notice=asked.id, effective_from=begins or t("00:00"))])


def let_go(number: int = 1, how: EndKind = "released", at: datetime = RELEASED, **fields: Any) -> Person:
    given = {"stage": "closed", "closed_at": at, "officer_name": "李干部", "end": Ending(how=how, at=at, entry=9)}
    return person(number, **(given | fields))


def calls(snapshot: Snapshot, now: datetime) -> dict[str, Obligation]:
    return {key: each for key, each in owed(snapshot, now).items() if each.kind == "follow_up"}


def said(duty: str = FIRST_CALL, **fields: Any) -> Discharge:
    return Discharge(obligation=duty, **fields)


# ---------------------------------------------------------------- who is called, and when


def test_somebody_released_is_called_on_each_day_that_the_notice_names() -> None:
    snapshot = on_desk(let_go())
    assert calls(snapshot, t("23:59", 12)) == {}
    assert states(calls(snapshot, t("00:00", 13)).values()) == {FIRST_CALL: "open"}
    assert states(calls(snapshot, t("23:45", 13)).values()) == {FIRST_CALL: "due_soon"}
    assert states(calls(snapshot, t("00:00", 14)).values()) == {FIRST_CALL: "late"}
    assert states(calls(snapshot, t("09:00", 30)).values()) == {FIRST_CALL: "late", SECOND_CALL: "late"}
    call = calls(snapshot, t("08:00", 13))[FIRST_CALL]
    assert (call.subject, call.clause, call.owed_by, call.closes) == ("人员1", "3.12", "李干部", None)
    assert (call.opens, call.due) == (t("00:00", 13), t("00:00", 14))


def test_the_notices_of_the_program_ask_no_call() -> None:
    assert calls(desk(let_go()), t("12:00", 13)) == {}


@pytest.mark.parametrize(
    ("how", "called"),
    [
        *(("released", True), ("overridden", True)),
        *((how, False) for how in ("free", "died", "handed_over", "voided", "merged")),
    ],
)
def test_only_a_release_is_followed_up(how: EndKind, called: bool) -> None:
    snapshot = on_desk(let_go(how=how))
    assert bool(calls(snapshot, t("12:00", 13))) is called
    if not called:
        assert refused(snapshot, said(seen=(1,)), t("12:00", 13)).code == "unknown_obligation"


def test_who_looked_after_him_at_home_calls() -> None:
    (call,) = calls(on_desk(let_go(home_cadre="村干部")), t("12:00", 13)).values()
    assert call.owed_by == "村干部"


def test_the_notice_in_force_on_the_day_decides() -> None:
    later = on_desk(let_go(), begins=t("12:00", 13))
    assert calls(later, t("13:00", 13)) == {}  # nobody could know it at 00:00
    assert set(calls(later, t("12:00", 18))) == {SECOND_CALL}
    back = NoticeInForce(id=3, notice=notice().id, effective_from=t("00:00", 15))
    assert set(calls(on_desk(let_go()).applied(3, [back]), t("12:00", 18))) == {FIRST_CALL}


def test_a_list_without_days_takes_the_calls_of_the_base_away() -> None:
    assert calling("[]", "none").daily.follow_up is None
    assert calls(on_desk(let_go(), days="[1]"), t("12:00", 11)).keys() == {"follow-up/person-1/2021-06-11"}


# ---------------------------------------------------------------- what came of it


def test_who_is_well_is_done_with() -> None:
    snapshot = act(on_desk(let_go()), said(seen=(1,), text="无不适"), t("10:00", 13))
    (call,) = calls(snapshot, t("11:00", 13)).values()
    entry = snapshot.entries[call.entry or 0]
    assert (call.state, entry.told, entry.done_by) == ("done", FollowedUp(answer="well"), "李干部")
    assert (entry.kind, entry.subject, entry.text) == ("check", "person-1", "无不适")
    again = refused(snapshot, said(seen=(1,)), t("12:00", 13))
    assert (again.code, again.fields["by"]) == ("already_done", "李干部")
    assert calls(snapshot, t("12:00", 15)) == {}


def test_one_that_nobody_answered_stays_owed() -> None:
    snapshot = act(on_desk(let_go()), said(absent=(1,)), t("10:00", 13))
    assert states(calls(snapshot, t("11:00", 13)).values()) == {FIRST_CALL: "open"}
    snapshot = act(snapshot, said(absent=(1,)), t("12:00", 13))
    assert states(calls(snapshot, t("12:00", 14)).values()) == {FIRST_CALL: "late"}
    snapshot = act(snapshot, said(seen=(1,)), t("12:01", 14))
    assert states(calls(snapshot, t("12:02", 14)).values()) == {FIRST_CALL: "done_late"}
    told = [each.told for each in snapshot.entries.values()]
    assert told == [FollowedUp(answer=each) for each in ("no_answer", "no_answer", "well")]


@pytest.mark.parametrize(
    "command",
    [
        said(abnormal=True, text="发热38度"),
        said(unwell=(1,), remarks={"person-1": "发热38度"}),
        said(seen=(1,), abnormal=True, text="发热38度"),
    ],
)
def test_who_is_not_well_opens_a_finding_that_stays_until_it_is_closed(command: Discharge) -> None:
    snapshot = act(on_desk(let_go()), command, t("10:00", 13))
    assert calls(snapshot, t("10:01", 13))[FIRST_CALL].state == "done"
    assert [each.abnormal for each in snapshot.entries.values()] == [True]
    (found,) = [each for each in owed(snapshot, t("10:01", 13)).values() if each.kind == "finding"]
    assert (found.slot, found.text, found.owed_by, found.people) == (
        "unwell_after",
        "发热38度",
        "李干部",
        ("person-1",),
    )
    snapshot = act(snapshot, Reopen(person_id=1, reason="随访发热"), t("10:05", 13))
    assert snapshot.persons[1].stage == "pending"
    snapshot = act(snapshot, CloseMatter(matter_id=1, outcome="已送发热门诊"), t("11:00", 13))
    assert [each.kind for each in owed(snapshot, t("11:01", 13)).values() if each.names(found.people[0])] == ["assess"]


def test_a_second_call_about_the_same_illness_opens_no_second_finding() -> None:
    snapshot = act(on_desk(let_go()), said(abnormal=True, text="发热"), t("10:00", 13))
    snapshot = act(snapshot, said(SECOND_CALL, abnormal=True, text="仍发热"), t("10:00", 17))
    assert len(snapshot.matters) == 1


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (said(), "answer_needed"),
        (said(text="打过电话"), "answer_needed"),
        (said(abnormal=True), "note_needed"),
        (said(unwell=(1,)), "note_needed"),
        (said(seen=(1,), absent=(1,)), "said_twice"),
        (said(abnormal=True, absent=(1,), text="发热"), "said_twice"),
        (said(seen=(2,)), "not_on_row"),
        (said(seen=(7,)), "not_on_row"),
        (said(seen=(1,), remarks={"person-2": "好"}), "not_on_row"),
        (said(seen=(1,), readings={"person-1": 36.5}), "figures_unknown"),
        (said(seen=(1,), happened_at=t("23:00", 12)), "not_open_yet"),
        (said("follow-up/person-1/2021-06-14", seen=(1,)), "unknown_obligation"),
        (said("follow-up/person-3/2021-06-13", seen=(3,)), "unknown_obligation"),
        (said("follow-up/site-1/2021-06-13", seen=(1,)), "unknown_obligation"),
    ],
)
def test_what_cannot_be_said(command: Discharge, code: str) -> None:
    snapshot = on_desk(let_go(), let_go(2))
    assert refused(snapshot, command, t("12:00", 13)).code == code


def test_a_call_of_long_ago_needs_a_reason() -> None:
    late = said(seen=(1,), happened_at=t("10:00", 13))
    snapshot = on_desk(let_go())
    assert refused(snapshot, late, t("11:00", 14)).code == "told_long_after"
    told = act(snapshot, replace(late, reason="漏记"), t("11:00", 14))
    assert calls(told, t("11:00", 14))[FIRST_CALL].state == "done"


# ---------------------------------------------------------------- later stays, corrections, archives


def test_a_record_that_opens_again_takes_its_calls_with_it() -> None:
    snapshot = act(on_desk(let_go()), Reopen(person_id=1, reason="密接"), t("12:00", 14))
    assert calls(snapshot, t("12:01", 14)) == {}
    assert refused(snapshot, said(SECOND_CALL, seen=(1,)), t("12:00", 17)).code == "unknown_obligation"
    before = said(seen=(1,), happened_at=t("11:00", 14))
    assert refused(snapshot, before, t("12:05", 14)).code == "told_late"
    told = act(snapshot, replace(before, reason="漏记"), t("12:05", 14))
    assert told.done[FIRST_CALL].happened_at == t("11:00", 14)  # type: ignore[index]
    ended = replace(told.persons[1], stage="closed", end=Ending(how="released", at=t("12:00", 20), entry=9))
    assert set(calls(told.applied(told.seq + 1, [ended]), t("12:00", 28))) == {
        "follow-up/person-1/2021-06-23",
        "follow-up/person-1/2021-06-27",
    }


def test_an_answer_is_corrected_and_taken_back() -> None:
    snapshot = act(on_desk(let_go()), said(seen=(1,), text="良好"), t("10:00", 13))
    sick = said(seen=(1,), abnormal=True, text="发热", happened_at=t("10:00", 13))
    mended = act(snapshot, Amend(entry_id=1, reason="听错", instead=sick), t("10:30", 13))
    assert mended.done[FIRST_CALL].told == FollowedUp(answer="unwell")  # type: ignore[index]
    assert len(mended.matters) == 1
    missed = said(absent=(1,), happened_at=t("10:00", 13))
    again = act(snapshot, Amend(entry_id=1, reason="打错人", instead=missed), t("10:30", 13))
    assert states(calls(again, t("10:31", 13)).values()) == {FIRST_CALL: "open"}
    back = act(snapshot, TakeBack(entry_id=1), t("10:01", 13))
    assert states(calls(back, t("10:02", 13)).values()) == {FIRST_CALL: "open"}


def test_a_call_that_nobody_answered_is_corrected_after_one_that_somebody_did() -> None:
    snapshot = act(on_desk(let_go()), said(absent=(1,), text="关机"), t("10:00", 13))
    snapshot = act(snapshot, said(seen=(1,)), t("12:00", 13))
    other = said(absent=(1,), text="停机", happened_at=t("10:00", 13))
    mended = act(snapshot, Amend(entry_id=1, reason="听错", instead=other), t("12:30", 13))
    assert [(each.told.answer, each.text) for each in mended.parts[FIRST_CALL]] == [("no_answer", "停机"), ("well", "")]  # type: ignore[index,union-attr]
    assert states(calls(mended, t("12:31", 13)).values()) == {FIRST_CALL: "done"}


def test_a_finding_taken_back_with_its_call_is_shut() -> None:
    snapshot = act(on_desk(let_go()), said(abnormal=True, text="发热"), t("10:00", 13))
    back = act(snapshot, Amend(entry_id=1, reason="打错人"), t("10:30", 13))
    assert "finding" not in {each.kind for each in owed(back, t("10:31", 13)).values()}
    assert states(calls(back, t("10:31", 13)).values()) == {FIRST_CALL: "open"}


def test_nobody_leaves_for_the_archives_before_his_last_call_is_answered() -> None:
    long_after = t("12:00", date(2022, 6, 1))
    snapshot = replace(on_desk(let_go(), let_go(2, how="handed_over")), handed_over_at=long_after)
    assert closed(snapshot, long_after).get("2021-06", {}).get("persons") == [2]
    for duty, day in ((FIRST_CALL, 13), (SECOND_CALL, 17)):
        assert awaits_call(snapshot.persons[1], snapshot)
        snapshot = act(snapshot, said(duty, seen=(1,)), t("12:00", day))
    assert not awaits_call(snapshot.persons[1], snapshot)
    assert closed(snapshot, long_after)["2021-06"]["persons"] == [1, 2]
