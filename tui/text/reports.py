"""Words of the printed reports: their titles, the lines of their figures, the columns of their tables."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWords:
    """`titles` by kind of report; `figures` by name of a figure; one that is not listed shows as its name."""

    titles: Mapping[str, str]
    figures: Mapping[str, str]
    roster_columns: tuple[str, str, str, str, str]
    handover_columns: tuple[str, str, str, str]
    unit: str
    date: str
    sent: str
    not_sent: str
    late: str
    zero: str
    revision: str
    head: str
    whole: str


ZH = ReportWords(
    titles={
        "screening": "重点人员排查日报告",
        "site": "集中隔离医学观察场所管控日报告",
        "roster": "乡镇（街道）新冠肺炎疫情防控工作专班花名册",
        "handover": "值班交接清单",
    },
    figures={
        "abroad": "境外（含港澳台）",
        "sanfei": "三非人员",
        "province_named": "广东：通知点名的县市区",
        "province_risk": "广东：其他中高风险地区所在县市区",
        "province_other": "广东：其余",
        "risk_elsewhere": "其他中高风险地区",
        "other": "其他",
        "pending": "待研判",
        "at_site": "集中隔离",
        "at_home": "居家",
        "in_hospital": "住院",
        "free": "已解除",
        "unassigned": "未定专人",
        "new": "今日新增",
        "total": "合计",
        "members": "专班人数",
        "directors": "办公室主任",
        "phones": "有电话",
        "rooms": "房间",
        "occupied": "在隔离",
        "abnormal": "异常",
    },
    roster_columns=("姓 名", "职 务", "联系电话", "职责分工", "备 注"),
    handover_columns=("事项", "责任", "期限", "状态"),
    unit="填报单位（盖章）：{name}",
    date="日期：{day}",
    sent="第 {revision} 版，{reporter} 于 {at} 报",
    not_sent="未报（以下为值班台现有数，不作为报告）",
    late="迟报",
    zero="零报告",
    revision="第 {revision} 版",
    head="日志第 {seq} 行，链头 {head}",
    whole="全市",
)

EN = ReportWords(
    titles={
        "screening": "Daily screening report",
        "site": "Daily report of a quarantine site",
        "roster": "Task force roster",
        "handover": "Handover list",
    },
    figures={
        "abroad": "from abroad, Hong Kong, Macau, Taiwan",
        "sanfei": "illegal entry, stay or work",
        "province_named": "Guangdong: counties named by the notice",
        "province_risk": "Guangdong: other counties with risk areas",
        "province_other": "Guangdong: the rest",
        "risk_elsewhere": "risk areas elsewhere",
        "other": "other",
        "pending": "to be assessed",
        "at_site": "at a site",
        "at_home": "at home",
        "in_hospital": "in hospital",
        "free": "released",
        "unassigned": "nobody responsible",
        "new": "new today",
        "total": "total",
        "members": "members",
        "directors": "directors",
        "phones": "with a phone",
        "rooms": "rooms",
        "occupied": "occupied",
        "abnormal": "abnormal",
    },
    roster_columns=("name", "title", "phone", "duty", "note"),
    handover_columns=("item", "owed by", "due", "state"),
    unit="Unit: {name}",
    date="Day: {day}",
    sent="revision {revision}, sent by {reporter} at {at}",
    not_sent="not sent (the desk's own figures, no report)",
    late="late",
    zero="zero report",
    revision="revision {revision}",
    head="journal line {seq}, head {head}",
    whole="the whole city",
)


def report_words(language: str) -> ReportWords:
    """The words in a language, `zh` or `en`."""
    return EN if language == "en" else ZH
