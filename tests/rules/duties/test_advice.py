"""The advice of 三（八） to watch his own health: owed to whom it lets pass, until somebody has told him so."""

from dataclasses import replace
from datetime import date

import pytest

from dutyboard.rules.closing import closed
from dutyboard.rules.law.facts import ArrivalPcr
from dutyboard.rules.records.codes import EndKind
from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.commands.person import Confirm, RecordTest, Release, Reopen
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.model import Ending, Officer
from dutyboard.rules.records.obligation import OWED, Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Advised
from tests.rules.desks import act, owed, refused, t
from tests.rules.duties.test_queue import facts_of, someone, the_desk

ADVICE = "advice/person-1/2021-06-07"
LEADER = Officer(id=2, name="李带班", role="leader")


def confirmed(clause: str = "3.8b") -> Snapshot:
    """A desk on the evening of 06-07 that has placed somebody of a clause."""
    snapshot = the_desk(someone(1, clause)).applied(2, [LEADER])
    return act(snapshot, Confirm(person_id=1, clause=clause, officer_name="王芳", cadres=("甲", "乙")), t("19:40"))


def negative(snapshot: Snapshot) -> Snapshot:
    """The same once his sample of 06-07 is negative, on the morning after."""
    sampled = act(snapshot, RecordTest(person_id=1, type="pcr", result="pending"), t("20:00"))
    told = RecordTest(person_id=1, type="pcr", sampled_on=date(2021, 6, 7), result="negative")
    return act(sampled, told, t("09:00", 8))


def advice(snapshot: Snapshot, hour: str, day: int = 8) -> Obligation | None:
    return next((each for each in owed(snapshot, t(hour, day)).values() if each.kind == "advice"), None)


def test_who_passes_under_three_eight_is_owed_the_advice_until_he_was_told() -> None:
    snapshot = confirmed()
    assert advice(snapshot, "21:00", 7) is None
    snapshot = negative(snapshot)
    row = advice(snapshot, "09:01")
    assert row is not None
    assert (row.id, row.clause, row.state, row.owed_by, row.due) == (ADVICE, "3.8b", "open", "王芳", t("00:00", 9))
    told = act(snapshot, Discharge(obligation=ADVICE), t("09:10", 8))
    done = advice(told, "09:11")
    assert done is not None and done.state == "done"
    assert told.entries[max(told.entries)].told == Advised(clause="3.8b")
    assert advice(told, "09:00", 12) is None
    assert refused(told, Discharge(obligation=ADVICE), t("09:12", 8)).code == "already_done"


def test_it_stays_owed_after_he_was_let_go_and_becomes_late() -> None:
    snapshot = act(negative(confirmed()), Release(person_id=1, leader_id=2), t("10:00", 8))
    assert snapshot.persons[1].stage == "closed"
    row = advice(snapshot, "10:01")
    assert row is not None and row.state == "open"
    late = advice(snapshot, "08:00", 20)
    assert late is not None and late.state == "late"
    told = act(snapshot, Discharge(obligation=ADVICE), t("08:10", 20))
    assert advice(told, "08:20", 20) is None
    assert told.done[ADVICE].happened_at == t("08:10", 20)


def test_who_was_let_go_before_his_result_is_owed_it_from_the_release_on() -> None:
    snapshot = act(confirmed(), Release(person_id=1, leader_id=2, override="指挥部同意"), t("22:00", 7))
    row = advice(snapshot, "22:01", 7)
    assert row is not None and (row.opens, row.state) == (t("22:00", 7), "open")


@pytest.mark.parametrize("clause", ["3.5", "3.7a", "none"])
def test_no_other_clause_asks_it(clause: str) -> None:
    tested = ArrivalPcr(sampled_on=date(2021, 6, 7), result="negative", result_on=date(2021, 6, 7))
    who = replace(
        someone(1, clause, facts=facts_of(clause, arrival_pcr=tested)),
        stage="closed",
        end=Ending(how="released", at=t("20:00"), entry=9),
        assessment=replace(confirmed().persons[1].assessment, clause=clause),  # type: ignore[type-var]
    )
    assert advice(the_desk(who), "21:00", 7) is None


@pytest.mark.parametrize("how", ["died", "handed_over", "voided", "free"])
def test_who_was_not_let_go_by_a_release_is_owed_none(how: EndKind) -> None:
    person = negative(confirmed()).persons[1]
    gone = replace(person, stage="closed", closed_at=t("12:00", 8), end=Ending(how=how, at=t("12:00", 8), entry=9))
    assert advice(the_desk(gone), "12:01") is None


def test_it_is_taken_back_and_owed_again() -> None:
    snapshot = act(negative(confirmed()), Discharge(obligation=ADVICE), t("09:10", 8))
    back = act(snapshot, TakeBack(entry_id=max(snapshot.entries)), t("09:11", 8))
    row = advice(back, "09:12")
    assert row is not None and row.state in OWED


def test_a_record_that_opens_again_asks_it_anew() -> None:
    snapshot = act(negative(confirmed()), Discharge(obligation=ADVICE), t("09:10", 8))
    snapshot = act(snapshot, Release(person_id=1, leader_id=2), t("10:00", 8))
    again = act(snapshot, Reopen(person_id=1, reason="又来"), t("10:00", 12))
    assert advice(again, "10:01", 12) is None
    again = act(again, Confirm(person_id=1, clause="3.8b", officer_name="王芳"), t("10:10", 12))
    row = advice(again, "10:11", 12)
    assert row is not None and (row.id, row.state) == ("advice/person-1/2021-06-12", "open")


def test_what_is_no_advice_owed_is_refused() -> None:
    snapshot = confirmed()
    for named in (ADVICE, "advice/person-9/2021-06-07", "advice/site-1/2021-06-07"):
        assert refused(snapshot, Discharge(obligation=named), t("20:00")).code == "unknown_obligation"
    snapshot = negative(snapshot)
    told = Discharge(obligation=ADVICE, figures={"checked": 1})
    assert refused(snapshot, told, t("09:10", 8)).code == "figures_unknown"


def test_nobody_leaves_for_the_archives_before_he_was_told() -> None:
    long_after = t("12:00", date(2022, 6, 1))
    snapshot = act(negative(confirmed()), Release(person_id=1, leader_id=2), t("10:00", 8))
    snapshot = replace(snapshot, handed_over_at=long_after)
    assert "persons" not in closed(snapshot, long_after).get("2021-06", {})
    told = act(snapshot, Discharge(obligation=ADVICE), t("10:10", 8))
    assert closed(told, long_after)["2021-06"]["persons"] == [1]
