"""The one rule for telling late, as every door meets it: in `decide`."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from datetime import date, datetime, timedelta
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.decide import decide
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.commands.person import RecordTest
from dutyboard.rules.records.commands.post import Discharge, SendReport
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.timely import TELLS, long_after, reason_field, with_reason
from tests.rules.desks import ADMIN, DAY, act, actor, desk, owed, refused, site, t, unit

NOW = t("20:00", 8)
A_DAY = timedelta(hours=24)
LUNCH = "patrol-2/site-1/2021-06-07"


def told(kind: type[Any], ago: timedelta) -> Command:
    """A command that tells when something happened, with no reason, and with anything in its other fields."""
    hints = get_type_hints(kind)
    needed = {each.name: hints[each.name] for each in fields(kind) if each.default is each.default_factory is MISSING}
    made = {name: "" if name == reason_field_of(kind) else _anything(hint) for name, hint in needed.items()}
    command: Command = kind(**(made | {TELLS[kind]: NOW - ago}))
    return command


def reason_field_of(kind: type[Any]) -> str:
    return "reason" if any(each.name == "reason" for each in fields(kind)) else "text"


def _anything(hint: Any) -> Any:
    """A value of a type; of several the first."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return parts[0]
    if origin in (UnionType, Union):
        return _anything(parts[0])
    plain = {str: "x", int: 1, float: 1.0, bool: False, datetime: NOW, date: DAY}
    return plain.get(hint, {} if origin is Mapping else ())


@pytest.mark.parametrize("kind", TELLS)
def test_more_than_a_day_ago_needs_a_reason(kind: type[Any]) -> None:
    snapshot = desk()
    older, younger = told(kind, A_DAY + timedelta(seconds=1)), told(kind, A_DAY)
    refusal = long_after(older, snapshot, NOW)
    assert refusal is not None and (refusal.code, refusal.fields["hours"]) == ("told_long_after", 24)
    assert decide(older, snapshot, NOW, ADMIN) == refusal
    assert long_after(with_reason(older, "  "), snapshot, NOW) == refusal
    assert long_after(with_reason(older, "停电，补录"), snapshot, NOW) is None
    assert long_after(younger, snapshot, NOW) is None
    ahead = replace(younger, **{TELLS[kind]: NOW + timedelta(seconds=1)})  # type: ignore[type-var]
    assert refused(snapshot, ahead, NOW).code == "in_future"


@pytest.mark.parametrize(
    ("day", "result", "code"),
    [(7, "pending", None), (6, "pending", "told_long_after"), (6, "negative", None), (8, "pending", None)],
)
def test_a_sample_of_the_day_before_yesterday_needs_a_reason_and_a_result_does_not(
    day: int, result: Any, code: str | None
) -> None:
    command = RecordTest(person_id=1, sampled_on=DAY.replace(day=day), result=result)
    refusal = long_after(command, desk(), NOW)
    assert (refusal.code if refusal else None) == code
    assert long_after(replace(command, reason="漏报"), desk(), NOW) is None


def test_what_happens_now_or_tells_no_time_needs_none() -> None:
    now = Discharge(obligation="patrol-1/site-1/2021-06-08")
    assert (long_after(now, desk(), NOW), reason_field(now)) == (None, "reason")
    back = TakeBack(entry_id=1)
    assert (long_after(back, desk(), NOW), reason_field(back), with_reason(back, "x")) == (None, "", back)


# ---------------------------------------------------------------- windows


def lunch(happened_at: datetime, reason: str = "") -> Discharge:
    return Discharge(obligation=LUNCH, happened_at=happened_at, reason=reason)


def test_done_in_its_window_and_told_after_it_is_done_entered_late_with_a_reason() -> None:
    snapshot = desk(site())
    assert refused(snapshot, lunch(t("13:00")), t("19:40")).code == "told_late"
    assert refused(snapshot, lunch(t("13:00"), " "), t("19:40")).code == "told_late"
    assert owed(snapshot, t("19:40"))[LUNCH].state == "missed"
    snapshot = act(snapshot, lunch(t("13:00"), "值班电话占线"), t("19:40"))
    found = owed(snapshot, t("19:40"))[LUNCH]
    assert (found.state, found.entered_late, found.entry, found.beside) == ("done", True, 1, None)
    assert (snapshot.entries[1].late_reason, snapshot.entries[1].text) == ("值班电话占线", "")


def test_told_in_its_window_it_needs_none() -> None:
    found = owed(act(desk(site()), lunch(t("13:00")), t("17:29")), t("17:29"))[LUNCH]
    assert (found.state, found.entered_late) == ("done", False)


def test_done_after_its_window_it_stays_missed_and_the_act_is_kept_beside_it() -> None:
    snapshot = desk(site())
    assert refused(snapshot, lunch(t("17:30")), t("19:40")).code == "told_late"
    answer = decide(lunch(t("18:00"), "人手不足"), snapshot, t("19:40"), actor(2))
    assert not isinstance(answer, Refusal) and answer.state == "missed"
    snapshot = snapshot.applied(2, answer.changes)
    found = owed(snapshot, t("19:40"))[LUNCH]
    assert (found.state, found.entry, found.beside) == ("missed", None, 1)
    assert (snapshot.entries[1].obligation, snapshot.entries[1].beside) == (None, LUNCH)
    again = refused(snapshot, lunch(t("18:30"), "人手不足"), t("19:41"))
    assert (again.code, again.fields["at"]) == ("already_done", t("18:00"))
    inside = act(snapshot, lunch(t("13:00"), "原来做过"), t("19:41"))
    assert owed(inside, t("19:41"))[LUNCH].state == "done"
    back = act(snapshot, TakeBack(entry_id=1), t("19:41"), actor(2))
    assert owed(back, t("19:41"))[LUNCH].beside is None


@given(st.integers(0, 24 * 60), st.integers(0, 24 * 60), st.booleans())
def test_a_missed_round_never_becomes_done_in_silence(happened: int, entered: int, reasoned: bool) -> None:
    """Whatever is told whenever: done only if it was done in the window, and after the window only with a reason."""
    base = t("00:00")
    happened_at, now = base + timedelta(minutes=happened), base + timedelta(minutes=entered)
    snapshot = desk(site())
    answer = decide(lunch(happened_at, "停电" if reasoned else ""), snapshot, now, ADMIN)
    opens, closes = t("11:30"), t("17:30")
    allowed = opens <= happened_at <= now and (now < closes or reasoned)
    assert isinstance(answer, Refusal) == (not allowed)
    if not isinstance(answer, Refusal):
        found = owed(snapshot.applied(2, answer.changes), now)[LUNCH]
        assert (found.state in ("done", "done_late")) == (happened_at < closes)
        assert found.entered_late == (now >= closes and happened_at < closes)
        assert (found.state == "missed") == (happened_at >= closes)


def report(sent_at: datetime, text: str = "") -> SendReport:
    return SendReport(
        kind="screening",
        subject="unit-1",
        day=DAY,
        figures={"new": 1},
        zero=False,
        reporter="报送人",
        sent_at=sent_at,
        text=text,
    )


def test_a_report_goes_by_the_same_rule() -> None:
    snapshot, duty = desk(unit()), "screening-report/unit-1/2021-06-07"
    assert refused(snapshot, report(t("16:00")), t("07:10", 8)).code == "told_late"
    inside = owed(act(snapshot, report(t("16:00"), "电话不通"), t("07:10", 8)), t("07:10", 8))[duty]
    assert (inside.state, inside.entered_late) == ("done", True)
    after = owed(act(snapshot, report(t("01:00", 8), "电话不通"), t("07:10", 8)), t("07:10", 8))[duty]
    assert (after.state, after.entry, after.beside) == ("missed", None, 1)


def test_a_report_is_not_ticked_off_and_says_who_sent_it() -> None:
    snapshot, duty = desk(site()), "report/site-1/2021-06-07"
    tick = Discharge(obligation=duty)
    assert refused(snapshot, tick, t("16:00")).code == "sent_as_report"
    sent = SendReport(kind="site", subject="site-1", day=DAY, figures={}, zero=True, reporter="周涛")
    refusal = refused(act(snapshot, sent, t("15:50")), tick, t("16:00"))
    assert (refusal.code, refusal.fields["by"], refusal.fields["at"]) == ("already_done", "周涛", t("15:50"))
