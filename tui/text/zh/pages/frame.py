"""Chinese sentences of `PageWords`."""

from dutyboard.tui.text.pages.frame import PageWords

WORDS = PageWords(
    kinds={
        "screening": "排查日报告",
        "site": "隔离点管控日报告",
        "roster": "专班花名册",
        "handover": "值班交接清单",
        "ledger": "「四方」责任台账",
        "statistics": "值班运行统计",
        "marks": "待核实清单",
        "villages": "村组排查情况",
        "notice-isolation": "集中隔离告知书",
        "notice-release": "解除告知书",
        "notice-home": "居家健康监测告知书",
        "transfer": "转运交接单",
        "record": "人员全程记录",
        "presence": "查岗登记表",
        "calls": "电话记录",
        "daybook": "值班记录",
        "rota": "值班表",
        "temperatures": "体温监测登记表",
        "patrols": "巡查记录表",
        "disinfections": "消毒记录表",
    },
    made="制表：{by}  {at}  依据日志第 {seq} 行（链头 {head}）  {numbers}",
    numbers_masked="号码已遮盖",
    numbers_shown="含完整号码，理由已记入查看记录",
    nothing="{kind}：{scope} {days} 没有可打印的内容",
    subject_needed="请用 {options} 写明是谁的{kind}",
    either=" 或 ",
    one_subject="{options} 只能写一个",
    subjects={"unit": "单位", "site": "隔离点", "person": "人员", "officer": "值班人员"},
    days_twice="--date 和 --from、--to 只能用一种",
)
