"""JSON objects of section three's results, as the facts format has them."""

from dataclasses import asdict
from datetime import date
from typing import Any

from dutyboard.rules.law.explain import considered, facts_used, sentences, would_change
from dutyboard.rules.law.gate import Gate
from dutyboard.rules.law.plan import Plan, plan
from dutyboard.rules.law.result import Dates, Result
from dutyboard.tui.text import Words, words
from dutyboard.tui.views.person.course import refer_reason


def result_json(result: Result, own: Words) -> dict[str, Any]:
    """Returns the result object of the facts format. `hold` is in the language of `own`, a referral in both."""
    return {
        "notice": result.notice.id,
        "decision": result.decision,
        "clause": result.clause,
        "also": list(result.also),
        "first_place": result.first_place,
        "closed_loop": result.closed_loop,
        "closed_loop_default": result.closed_loop_default,
        "quarantine_days": result.quarantine_days,
        "home_days": result.home_days,
        "pcr_quarantine": result.pcr_quarantine,
        "pcr_home": result.pcr_home,
        "pcr_single": result.pcr_single,
        "serum": result.serum,
        "pcr_days_text": list(result.pcr_days_text) if result.pcr_days_text else None,
        "pcr_dates_text": [each.isoformat() for each in result.pcr_dates_text] if result.pcr_dates_text else None,
        "dates": _dates(result.dates),
        "hold": own.assess.holds[result.hold] if result.hold else None,
        "refer_reason": refer_reason(result.reasons, words("en")) or None,
        "refer_reason_zh": refer_reason(result.reasons, words("zh")) or None,
        "provisional": result.provisional,
        "ask": [
            {"code": each.code, "desk": each.office, "facts": list(each.facts)}
            for each in (*result.reasons, *result.asks)
        ],
        "screening_scope": result.screening_scope,
        "quotes": [{"clause": each.clause, "text": each.text.zh} for each in sentences(result)],
        "facts_used": facts_used(result),
        "would_change": list(would_change(result)),
        "readings": list(result.readings),
        "to_confirm": list(result.flags),
        "demands": asdict(result.demands),
        "considered": [
            {"clause": each.clause, "row": each.branch, "unknown": each.unknown, "failing": list(each.failing)}
            for each in considered(result)
        ],
        "plan": plan_json(plan(result)),
    }


def plan_json(planned: Plan) -> dict[str, Any]:
    """Returns the dated stages and tests of a plan, with the results that are in."""
    return {
        "stages": [
            {"kind": each.kind, "first": _day(each.first), "last": _day(each.last), "clause": each.clause}
            for each in planned.stages
        ],
        "tests": [
            {
                "type": each.type,
                "stage": each.stage,
                "day": each.number,
                "on": each.day.isoformat(),
                "proposed": each.proposed,
                "demanded": each.demanded,
                "clause": each.clause,
                "result": each.result,
            }
            for each in planned.tests
        ],
        "waits_for": list(planned.waits_for),
    }


def gate_json(found: Gate | None) -> dict[str, Any] | None:
    """Returns the blockers of a release; None if no stage is to end."""
    if found is None:
        return None
    blockers = [
        {
            "code": each.code,
            "test": each.test and f"{each.test.type} {each.test.day}",
            "day": _day(each.day),
            "about": each.about,
        }
        for each in found.blockers
    ]
    return {"may_release": found.may_release, "blockers": blockers}


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _dates(dates: Dates) -> dict[str, str]:
    return {name: value.isoformat() for name, value in asdict(dates).items() if value}
