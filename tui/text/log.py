"""Words of the log: what each kind of entry is called, and how it is told in one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dutyboard.rules.records.commands import CallAnswer
    from dutyboard.rules.records.model import EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LogWords:
    """`kinds` names every kind of entry; the other fields are formats for what an entry carries."""

    kinds: Mapping[EntryKind, str]
    abnormal: str
    measured: str
    checked: str
    abnormal_count: str
    call: str
    told: str
    handed_over: str
    report: str
    done_by: str
    received_by: str
    led_by: str
    overridden: str
    traced: str
    carried_out: str
    answers: Mapping[CallAnswer, str]


ZH = LogWords(
    kinds={
        "note": "记事",
        "call": "电话",
        "check": "完成",
        "report": "上报",
        "seat": "排班",
        "takeover": "顶班",
        "handover": "交接",
        "sign_on": "签到",
        "register": "登记",
        "correct": "更正",
        "assess": "研判",
        "transfer": "转运",
        "test": "检测",
        "release": "解除",
        "positive": "阳性处置",
        "trace": "密接追踪",
        "rescreen": "风险区回访",
        "hand_off": "移交",
        "site": "场所",
        "notice": "规则切换",
        "import": "导入",
        "retract": "撤回",
    },
    abnormal="异常",
    measured="测 {measured}/{of} 最高 {highest}",
    checked="查 {checked} 人",
    abnormal_count="异常 {abnormal}",
    call="{caller}：{matter}",
    told="已告知 {told}",
    handed_over="{n} 项 -> {incoming}",
    report="{day} 第{revision}版",
    done_by="{who}",
    received_by="{who}接收",
    led_by="带班 {who}",
    overridden="[强行解除] {what}",
    traced="密接 {n} 人",
    carried_out="已办 {done} 项，留待排查 {queued} 项",
    answers={"not_there": "未到过", "was_there": "到过", "unsure": "说不清", "no_answer": "无人接听"},
)

EN = LogWords(
    kinds={
        "note": "note",
        "call": "call",
        "check": "done",
        "report": "report",
        "seat": "seat",
        "takeover": "takeover",
        "handover": "handover",
        "sign_on": "sign-on",
        "register": "register",
        "correct": "correct",
        "assess": "assess",
        "transfer": "transfer",
        "test": "test",
        "release": "release",
        "positive": "positive",
        "trace": "tracing",
        "rescreen": "area call",
        "hand_off": "handed on",
        "site": "site",
        "notice": "notice",
        "import": "import",
        "retract": "undone",
    },
    abnormal="abnormal",
    measured="{measured}/{of} measured, highest {highest}",
    checked="{checked} checked",
    abnormal_count="{abnormal} abnormal",
    call="{caller}: {matter}",
    told="told {told}",
    handed_over="{n} items -> {incoming}",
    report="{day} rev. {revision}",
    done_by="{who}",
    received_by="received by {who}",
    led_by="leader {who}",
    overridden="[OVERRIDDEN] {what}",
    traced="{n} contacts",
    carried_out="{done} carried out, {queued} left in the queue",
    answers={"not_there": "was not there", "was_there": "was there", "unsure": "unsure", "no_answer": "no answer"},
)
