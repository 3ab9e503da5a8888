"""Section three's results in words, Chinese and English, and as the JSON object of the facts format."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from dutyboard.rules.law.explain import considered, facts_used, sentences, would_change
from dutyboard.rules.law.gate import Gate
from dutyboard.rules.law.plan import Plan, plan
from dutyboard.rules.law.result import Dates, Reason, Result

Language = Literal["zh", "en"]

REFER_REASONS: Mapping[str, tuple[str, str]] = {
    "suspected_case": (
        "疑似病例，三（一）只写确诊和无症状感染者",
        "suspected: 3.1 names only confirmed and asymptomatic",
    ),
    "positive_after_discharge": ("出院后复阳，通知未写", "positive again after discharge: the notice is silent"),
    "symptoms_present": ("有症状，先闭环送发热门诊", "symptoms present: closed loop to the fever clinic first"),
    "serum_positive": (
        "血清阳性、核酸未阳性，须结合接种史判断",
        "serum positive, PCR not: see vaccination",
    ),
    "case_status_unknown": ("是否确诊病例不明", "not known whether he is a case"),
    "arrival_unknown": ("到涟时间不明", "time of arrival not known"),
    "symptoms_unknown": ("症状未问", "symptoms not asked"),
    "border_unknown": ("入境情况不明", "entry from outside the mainland not known"),
    "sanfei": ("“三非”人员，第三部分未列", "illegal entry, stay or work: section three gives no class"),
    "sanfei_unknown": ("是否“三非”人员不明", "not known whether he is of the three illegals"),
    "macau_foreign_unknown": ("澳门入境，14天内境外史不明", "from Macau: other stays abroad in 14 days not known"),
    "macau_without_certificate": ("澳门入境，无7天内有效核酸证明", "from Macau without a valid PCR of 7 days"),
    "isolation_days_unknown": ("入境人员已隔离天数不明", "entrant: days of isolation done not known"),
    "isolation_part_done": (
        "入境隔离未满，通知只写14天、21天",
        "part of the isolation done: text has 14 and 21 days",
    ),
    "isolation_unproved": ("口岸隔离14天无证明", "14 days done but not proved"),
    "released_abroad_unproved": ("已满21天，缺证明或72小时核酸", "21 days done, but proof or 72 h PCR is missing"),
    "orange_card": ("橙卡通知未列", "orange travel card: the notice names red, yellow and green only"),
    "contact_ungraded": ("接触者等级未定", "a contact, but close or secondary is not said"),
    "no_linked_contact": ("次密接，所对应密接不明", "secondary contact: his close contact is not known"),
    "linked_contact_unknown": ("次密接，密接情况不明", "secondary contact: the close contact's state is not known"),
    "linked_contact_released_early": (
        "密接提前解除，本人未满第7天采样",
        "the close contact was released before this person's day-7 sample",
    ),
    "stays_unknown": ("旅居史未问", "stays not asked"),
    "stay_of_unknown_level": ("旅居地风险等级不明", "a place of unknown risk level"),
    "old_high_stay": ("高风险地区旅居史超过14天，追溯期未写", "high-risk stay over 14 days ago: no look-back given"),
    "old_medium_stay": (
        "中风险地区旅居史超过14天，追溯期未写",
        "medium-risk stay over 14 days ago: no look-back given",
    ),
    "stay_undated": ("离开风险地区的日期不明", "day of leaving a risk area not known"),
    "code_or_card_missing": (
        "健康码或行程卡缺失，不能排除九至十一款",
        "code or card missing: 3.9-3.11 not excluded",
    ),
    "release_cert_without_pcr": ("有放行证明，无48小时内有效核酸", "release certificate, but no PCR within 48 h"),
    "arrived_long_ago": ("到涟已超过14天，通知未写", "arrived more than 14 days before assessing: no rule given"),
}
HOLDS: Mapping[str, tuple[str, str]] = {
    "result_pending": ("检测结果未出，期满不得解除", "result pending: the end of the period is no release"),
    "result_unclear": ("检测结果不明，须复检", "result unclear: test again, no release"),
    "history_not_checked": ("旅居史尚未排查完毕", "the check of recent risk history is not finished"),
}
BLOCKERS: Mapping[str, tuple[str, str]] = {
    "test_missing": ("缺检测", "a test is missing"),
    "result_pending": ("结果未出", "a result is pending"),
    "result_unclear": ("结果不明", "a result is unclear"),
    "positive": ("检测阳性", "a test is positive"),
    "late_sample": ("补采须由带班领导确认", "a late sample needs a leader's confirmation"),
    "day_not_full": ("期限未满", "the period is not full"),
    "end_unknown": ("期满日未知", "the end is not known"),
    "waits_for": ("等待密接解除", "waits for the close contact's release"),
    "condition_open": ("解除条件未满足", "a condition of the release is not met"),
    "no_home_cadre": ("未落实镇、村监管干部", "no home cadre named"),
    "no_vehicle": ("未安排闭环车辆", "no vehicle arranged"),
    "referral_open": ("尚待指挥部答复", "the referral is not answered"),
    "room_stopped": ("同室有异常，暂停解除", "releases of this room are stopped"),
}


def refer_reason(reasons: tuple[Reason, ...], language: Language) -> str | None:
    """The reasons of a referral in one line, the gravest first; None where nothing is referred."""
    pick = 0 if language == "zh" else 1
    return ("；" if language == "zh" else "; ").join(REFER_REASONS[each.code][pick] for each in reasons) or None


def result_json(result: Result, language: str = "zh") -> dict[str, Any]:
    """The result object of the facts format, both wordings of a referral included; `hold` in the language asked."""
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
        "hold": HOLDS[result.hold][language == "en"] if result.hold else None,
        "refer_reason": refer_reason(result.reasons, "en"),
        "refer_reason_zh": refer_reason(result.reasons, "zh"),
        "provisional": result.provisional,
        "ask": [{"code": each.code, "desk": each.desk, "facts": list(each.facts)} for each in result.reasons],
        "screening_scope": result.screening_scope,
        "quotes": [{"clause": each.clause, "text": each.text} for each in sentences(result)],
        "facts_used": facts_used(result),
        "would_change": list(would_change(result)),
        "readings": list(result.readings),
        "to_confirm": list(result.flags),
        "demands": {name: getattr(result.demands, name) for name in result.demands.__slots__},
        "considered": [
            {"clause": each.clause, "row": each.row, "unknown": each.unknown, "failing": list(each.failing)}
            for each in considered(result)
        ],
        "plan": plan_json(plan(result)),
    }


def plan_json(planned: Plan) -> dict[str, Any]:
    """Dated stages and tests of a plan, with the results that are in."""
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
    """What blocks a release, as design.md section 7 fixes it; None: no stage to end."""
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
    known = {name: getattr(dates, name) for name in dates.__slots__}
    return {name: value.isoformat() for name, value in known.items() if value}
