"""Words of a record's trail: what kinds of record there are, and what their fields are called."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailWords:
    """`tables` and `fields` are the names of the records (rules/records/model.py); the others are `str.format`."""

    title: str
    tables: Mapping[str, str]
    fields: Mapping[str, str]
    change: str
    made: str
    changed: str
    archived: str
    nothing: str


ZH = TrailWords(
    title="改动记录：谁、何时、改了哪些项",
    tables={
        "units": "单位",
        "officers": "值班人员",
        "shifts": "班次",
        "sites": "隔离点",
        "areas": "风险地区",
        "persons": "人员",
        "entries": "日志",
        "reports": "报告",
        "notices": "通知",
        "settings": "本台设置",
    },
    fields={
        "name": "名称",
        "kind": "类别",
        "registered_at": "登记时间",
        "title": "职务",
        "phone": "电话",
        "duty": "职责分工",
        "note": "备注",
        "unit_id": "单位",
        "director": "主任",
        "role": "角色",
        "login": "登录名",
        "seat": "岗位",
        "officer_id": "值班人员",
        "starts": "起",
        "ends": "止",
        "relieved_at": "被接替时间",
        "relieved_by": "接替人",
        "reason": "理由",
        "label": "简称",
        "rooms": "房间数",
        "state": "状态",
        "areas": "分区",
        "keeper": "负责人",
        "opened_at": "启用时间",
        "closed_at": "结束时间",
        "code": "代码",
        "level": "等级",
        "source": "来源",
        "listed_at": "列入时间",
        "sex": "性别",
        "id_no": "证件号",
        "address": "住址",
        "origin": "来源地",
        "travel": "行程",
        "officer_name": "专人",
        "facts": "情况",
        "warnings": "提醒",
        "asked": "问过的项",
        "stage": "阶段",
        "assessment": "研判",
        "site_id": "隔离点",
        "room": "房间",
        "admitted_on": "入住日",
        "home_from": "居家起日",
        "home_cadre": "监管干部",
        "released_early": "提前解除",
        "stopped_by": "暂停解除",
        "happened_at": "发生时间",
        "entered_at": "登记时间",
        "entered_by": "登记人",
        "done_by": "完成人",
        "subject": "对象",
        "obligation": "事项",
        "abnormal": "异常",
        "text": "文字",
        "data": "内容",
        "amends": "更正的记录",
        "day": "日期",
        "revision": "版次",
        "figures": "数字",
        "zero": "零报告",
        "reporter": "报告人",
        "sent_at": "报送时间",
        "notice": "通知",
        "effective_from": "起用时间",
        "for_everyone": "适用于全部人员",
        "desk": "名称",
        "timezone": "时区",
        "practice_starts": "演练起点",
        "practice_since": "演练开始",
    },
    change="{at:%Y-%m-%d %H:%M:%S} {name}（{login}）第 {seq} 行：{what}",
    made="新建",
    changed="改了 {fields}",
    archived="移入归档",
    nothing="日志中没有此记录的改动。",
)

EN = TrailWords(
    title="Who changed it, when, and which fields",
    tables={
        "units": "unit",
        "officers": "officer",
        "shifts": "shift",
        "sites": "site",
        "areas": "risk area",
        "persons": "person",
        "entries": "entry",
        "reports": "report",
        "notices": "notice",
        "settings": "settings of the desk",
    },
    fields={name: name.replace("_", " ") for name in ZH.fields},
    change="{at:%Y-%m-%d %H:%M:%S} {name} ({login}) line {seq}: {what}",
    made="made",
    changed="changed {fields}",
    archived="moved to an archive",
    nothing="The journal holds no change of this record.",
)
