"""Words of what is owed: kinds, slots, states, and the clause sentences of the notice they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dutyboard.rules.records.obligation import Kind, State


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyWords:
    """`kinds` names every kind, `slots` the slots of a site's day, `heads` the same in 6 cells; `clauses` quotes the
    notice by dotted clause."""

    kinds: Mapping[Kind, str]
    slots: Mapping[str, str]
    heads: Mapping[str, str]
    states: Mapping[State, str]
    late_by: str
    unreported_by: str
    unreported: str
    due_in: str
    opens_at: str
    done_by: str
    done_late_by: str
    late_entry: str
    abnormal: str
    gap_of: str
    title: str
    title_count: str
    title_number: str
    clause: str
    sections: tuple[str, ...]
    clauses: Mapping[str, str]


ZH = DutyWords(
    kinds={
        "seat": "值守",
        "handover": "交接班",
        "roster": "专班花名册",
        "screening_report": "排查日报告",
        "site_report": "管控日报告",
        "patrol": "巡查",
        "temperature": "测温",
        "disinfection": "消毒",
        "staff_check": "人员症状检测",
        "assess": "待排查研判",
        "history": "旅居史核查",
        "transfer": "闭环转运",
        "test": "检测",
        "trace": "密接追踪移交",
        "rescreen": "风险区回访",
        "home_check": "居家监测核查",
        "release": "解除隔离",
        "rooms": "房间预测",
    },
    slots={
        "patrol-1": "早餐巡查",
        "patrol-2": "午餐巡查",
        "patrol-3": "晚餐巡查",
        "temperature-am": "早间测温",
        "temperature-pm": "晚间测温",
        "disinfection-am": "早间消毒",
        "disinfection-pm": "晚间消毒",
        "report": "管控日报告",
        "seat-leader": "带班值守",
        "seat-officer": "坐班值守",
        "test-pcr": "核酸检测",
        "test-serum": "血清检测",
        "referral": "请示待答复",
        "reassess": "重新研判",
    },
    heads={
        "patrol-1": "早巡查",
        "patrol-2": "午巡查",
        "patrol-3": "晚巡查",
        "temperature-am": "早测温",
        "temperature-pm": "晚测温",
        "disinfection-am": "早消毒",
        "disinfection-pm": "晚消毒",
        "staff-check": "症状",
        "report": "日报告",
    },
    states={
        "upcoming": "未到",
        "open": "进行中",
        "due_soon": "将到期",
        "late": "逾期",
        "missed": "已错过",
        "done": "已完成",
        "done_late": "迟完成",
        "waived": "已豁免",
        "gap": "缺岗",
    },
    late_by="逾期{span}",
    unreported_by="未报{span}",
    unreported="未报",
    due_in="还剩{span}",
    opens_at="{time}起",
    done_by="已完成 {who}",
    done_late_by="迟{span} {who}",
    late_entry="补录",
    abnormal="异常",
    gap_of="缺岗{span}",
    title="{subject} {what}",
    title_count="{subject} {what} {count}/{total}",
    title_number="{subject} {what} {count}",
    clause="{section}（{item}）",
    sections=("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"),
    clauses={
        "1": "要保持 24 小时应急状态，加强值班值守，严格执行领导在岗带班、值班人员坐班值班制度。",
        "1.8": "至少安排 5 名以上的干部力量专职开展疫情防控工作，人员名单及联系方式须于 6 月 7 日 21：30 前"
        "上报至市疫情防控工作指挥部网格化工作组。",
        "2": "对上述人员要做到全面排查、专人对接、精准管控，坚决杜绝出现“漏管失控”的现象。"
        "排查情况实行“日报告”“零报告”制度，须于每天下午 5:00 前上报至市疫情防控工作指挥部网格化工作组。",
        "3": "切实加强重点人员管控。",
        "3.12": "进入居家健康监测环节的人员，不能外出，不得流动，由镇、村干部专人监管到位。",
        "4.1": "现有集中隔离医学观察场所要严格落实“三巡查、两监测、两消毒、日报告”制度。",
        "4.1a": "做到每天进餐时间巡查隔离人员健康状况。",
        "4.1b": "每天早晚对隔离人员进行两次体温监测。",
        "4.1c": "每天对重点区域早晚进行两次消毒。",
        "4.1d": "对工作人员和隔离对象开展新冠肺炎相关症状检测和核酸检测。",
        "4.1e": "每日将管控情况汇总上报至市疫情防控工作指挥部办公室。",
        "4.2": "按照现集中隔离医学观察场所的承载情况和疫情发展形势，适时启用备用的集中隔离医学观察场所，"
        "确保重点人员及时集中隔离观察到位。",
    },
)

EN = DutyWords(
    kinds={
        "seat": "seat",
        "handover": "handover",
        "roster": "task force roster",
        "screening_report": "screening report",
        "site_report": "site report",
        "patrol": "patrol",
        "temperature": "temperatures",
        "disinfection": "disinfection",
        "staff_check": "symptom check",
        "assess": "to be assessed",
        "history": "history check",
        "transfer": "closed-loop transfer",
        "test": "test",
        "trace": "contact tracing",
        "rescreen": "risk area calls",
        "home_check": "home check",
        "release": "release",
        "rooms": "room forecast",
    },
    slots={
        "patrol-1": "breakfast patrol",
        "patrol-2": "lunch patrol",
        "patrol-3": "supper patrol",
        "temperature-am": "morning temp.",
        "temperature-pm": "evening temp.",
        "disinfection-am": "morning disinf.",
        "disinfection-pm": "evening disinf.",
        "report": "site report",
        "seat-leader": "leader's seat",
        "seat-officer": "officer's seat",
        "test-pcr": "PCR",
        "test-serum": "serum test",
        "referral": "referral to be answered",
        "reassess": "assess again",
    },
    heads={
        "patrol-1": "Patr.1",
        "patrol-2": "Patr.2",
        "patrol-3": "Patr.3",
        "temperature-am": "TempAM",
        "temperature-pm": "TempPM",
        "disinfection-am": "DisiAM",
        "disinfection-pm": "DisiPM",
        "staff-check": "Sympt.",
        "report": "Report",
    },
    states={
        "upcoming": "upcoming",
        "open": "open",
        "due_soon": "due soon",
        "late": "late",
        "missed": "missed",
        "done": "done",
        "done_late": "done late",
        "waived": "waived",
        "gap": "nobody",
    },
    late_by="late {span}",
    unreported_by="unrep {span}",
    unreported="unreported",
    due_in="{span} left",
    opens_at="from {time}",
    done_by="done {who}",
    done_late_by="+{span} {who}",
    late_entry="late entry",
    abnormal="abnormal",
    gap_of="nobody {span}",
    title="{subject}: {what}",
    title_count="{subject}: {what} {count}/{total}",
    title_number="{subject}: {what} {count}",
    clause="{section}({item})",
    sections=("", "I", "II", "III", "IV", "V", "6", "7", "8", "9", "10", "11", "12"),
    clauses={
        "1": "Keep the state of emergency around the clock; a leader leads on the spot and duty officers stay seated.",
        "1.8": "At least 5 cadres work full time on epidemic control; their names and contacts reach the grid working "
        "group before 21:30 on 7 June.",
        "2": "Screen everyone, name one officer for each person, let nobody be lost to control. Report daily, zero "
        "included, to the grid working group before 5 pm.",
        "3": "Manage the people of concern firmly.",
        "3.12": "Who is in home health monitoring may not go out or travel; named town and village cadres see to it.",
        "4.1": "Quarantine sites keep three patrols, two temperature rounds, two disinfections and a daily report.",
        "4.1a": "Look after the health of the quarantined at every meal, every day.",
        "4.1b": "Take the temperature of the quarantined every morning and evening.",
        "4.1c": "Disinfect the key areas every morning and evening.",
        "4.1d": "Check staff and quarantined people for symptoms, and test them by PCR.",
        "4.1e": "Report the day's state to the office of the command post every day.",
        "4.2": "Open a standby site in good time, by occupancy and by the course of the epidemic.",
    },
)
