"""Words of one person's page."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPageWords:
    """Placeholders in braces are filled with `str.format`; `facts` names those that no field of the form asks."""

    facts: Mapping[str, str]
    sources: Mapping[str, str]
    links: Mapping[str, str]
    stages: Mapping[str, str]
    identity: str
    registered: str
    masked_hint: str
    standing: str
    admitted: str
    cadre: str
    released_early: str
    stopped: str
    assessed: str
    assessed_now: str
    not_assessed: str
    sentence: str
    demands: str
    demand_names: Mapping[str, str]
    used: str
    used_line: str
    unknown: str
    considered: str
    considered_no: str
    considered_open: str
    readings: str
    to_confirm: str
    plan: str
    stage_line: str
    test_window: str
    by_text: str
    proposed: str
    test_done: str
    test_missing: str
    test_today: str
    test_to_come: str
    test_extra: str
    gate: str
    gate_none: str
    blocker_day: str
    links_title: str
    linked_to: str
    contact_of: str
    history: str
    changed: str
    nothing: str
    owed: str


ZH = PersonPageWords(
    facts={
        "stays": "旅居",
        "tests": "检测",
        "admitted_on": "入点",
        "assessed_on": "首次研判",
        "macau_rebound": "澳门反弹",
    },
    sources={"import": "导入表", "phone": "电话登记"},
    links={
        "quarantined_negative": "隔离中，阴性",
        "positive": "阳性",
        "released": "已解除",
        "released_early": "提前解除",
        "unknown": "不明",
    },
    stages={
        "hospital": "医院",
        "transfer": "转运",
        "site": "隔离",
        "home": "居家",
        "waiting": "等结果",
        "done": "可解除",
    },
    identity="身份",
    registered="{at} 登记（{source}）",
    masked_hint="（m 显号）",
    standing="现状",
    admitted="{day} 入点",
    cadre="监管干部 {name}",
    released_early="[强行解除] 解除条件未齐时由带班领导决定",
    stopped="[暂停解除] 同室阳性：{who}",
    assessed="研判 {clause} {decision}，{who} {at} 定，依据《{notice}》",
    assessed_now="按现有情况",
    not_assessed="尚未研判",
    sentence="依据原文",
    demands="各项要求出自",
    demand_names={
        "place": "去向",
        "site_end": "隔离期满",
        "control_end": "管控期满",
        "closed_loop": "闭环转运",
        "pcr_quarantine": "隔离期核酸",
        "pcr_home": "居家核酸",
        "pcr_single": "一次核酸",
        "serum": "血清",
    },
    used="用到的情况（来源、时间）",
    used_line="{fact} {value}（{source} {at}）",
    unknown="尚不知道、会改变结论",
    considered="考虑过而不适用",
    considered_no="不符：{conditions}",
    considered_open="待查：{conditions}",
    readings="口径",
    to_confirm="待指挥部确认 {numbers}",
    plan="计划",
    stage_line="{stage} {first} 至 {last}",
    test_window="{day} 00:00-24:00",
    by_text="原文",
    proposed="建议日",
    test_done="已做",
    test_missing="!欠",
    test_today="今日应做",
    test_to_come="未到",
    test_extra="另加",
    gate="解除条件",
    gate_none="此阶段没有要解除的。",
    blocker_day="（{day}）",
    links_title="密接关系",
    linked_to="{name} 的次密接：该密接 {state}",
    contact_of="次密接 {name}（{stage}）",
    history="经过",
    changed="{field} {before} -> {after}",
    nothing="无",
    owed="应办",
)

EN = PersonPageWords(
    facts={
        "stays": "Stays",
        "tests": "Tests",
        "admitted_on": "Admitted",
        "assessed_on": "First assessed",
        "macau_rebound": "Macau rebound",
    },
    sources={"import": "sheet", "phone": "by phone"},
    links={
        "quarantined_negative": "in quarantine, negative",
        "positive": "positive",
        "released": "released",
        "released_early": "released early",
        "unknown": "unknown",
    },
    stages={
        "hospital": "hospital",
        "transfer": "transfer",
        "site": "site",
        "home": "home",
        "waiting": "waits for the result",
        "done": "free from",
    },
    identity="Identity",
    registered="registered {at} ({source})",
    masked_hint="(m reveals)",
    standing="Now",
    admitted="admitted {day}",
    cadre="home cadre {name}",
    released_early="[OVERRIDDEN] let out by a leader before the gate was empty",
    stopped="[STOPPED] no release: positive in the same room, {who}",
    assessed="Assessed {clause} {decision}, by {who} {at}, under {notice}",
    assessed_now="By the facts of now",
    not_assessed="Not assessed yet",
    sentence="The text relied on",
    demands="Each demand comes from",
    demand_names={
        "place": "place",
        "site_end": "end at the site",
        "control_end": "end of control",
        "closed_loop": "closed loop",
        "pcr_quarantine": "PCR at the site",
        "pcr_home": "PCR at home",
        "pcr_single": "single PCR",
        "serum": "serum",
    },
    used="Facts used (source, time)",
    used_line="{fact} {value} ({source} {at})",
    unknown="Not known, and could change it",
    considered="Considered and not taken",
    considered_no="fails: {conditions}",
    considered_open="open: {conditions}",
    readings="Readings",
    to_confirm="to be confirmed {numbers}",
    plan="Plan",
    stage_line="{stage} {first} to {last}",
    test_window="{day} 00:00-24:00",
    by_text="by the text",
    proposed="proposed",
    test_done="done",
    test_missing="!owed",
    test_today="due today",
    test_to_come="to come",
    test_extra="extra",
    gate="Gate",
    gate_none="Nothing to release in this stage.",
    blocker_day=" ({day})",
    links_title="Contacts",
    linked_to="secondary contact of {name}, who is: {state}",
    contact_of="secondary contact {name} ({stage})",
    history="History",
    changed="{field} {before} -> {after}",
    nothing="none",
    owed="Owed",
)
