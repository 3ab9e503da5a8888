"""Chinese sentences of `TrendWords`."""

from dutyboard.tui.text.pages.trends import TrendWords

WORDS = TrendWords(
    title="逐日趋势图",
    note="数字同当日的日报告、台账。空档、空白是没有记录，不是 0。今天只算到制表时。",
    sum_note="房间只计当日启用的隔离点；体温是各隔离点之和，有一处没有记录，当日合计就空着。",
    left_out="{who} 的记录无法计算，与其有关的事项不在「超时」之内。",
    charts={
        "intake": ("新增人员", "人"),
        "rooms": ("隔离房间", "间"),
        "overdue": ("超时事项", "项"),
        "fevers": ("发热人员", "人"),
        "temperatures": ("体温", "度"),
        "measured": ("测温人数", "人"),
    },
    groups={
        "rooms": "房间",
        "overdue": "超时",
        "temperatures": "体温",
        "measured": "测温",
    },
    figures={
        "came": "新登记",
        "used": "在用",
        "kept": "预留",
        "vacant": "空余",
        "rooms": "全部",
        "done_late": "迟办",
        "late": "逾期未办",
        "missed": "漏办",
        "feverish": "发热",
        "highest": "最高",
        "median": "中位",
        "measured": "已测",
        "of": "应测",
    },
    came_here="新入住",
    day="日期",
    site="隔离点",
    days_heading="逐日",
    sites_heading="各隔离点",
    unknown="没有记录",
    same_place="重合",
)
