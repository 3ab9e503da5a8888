"""Words of the forms: their titles, the names of their fields, and what is asked of each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWords:
    """`hint_` fields stand beside an empty field."""

    confirm: str
    footer: str
    saving: str
    kept: str
    dirty_escape: str
    draft_back: str
    draft_lost: str
    needed: str
    not_a_number: str
    not_a_time: str
    not_a_choice: str
    out_of_range: str
    late_needs_reason: str
    temperature: str
    staff_check: str
    note: str
    call: str
    abnormal: str
    late_entry: str
    takeover: str
    measured: str
    of: str
    highest: str
    checked: str
    abnormal_count: str
    text: str
    reason: str
    time: str
    done_by: str
    caller: str
    matter: str
    told: str
    reporter: str
    zero: str
    hint_time: str
    hint_temperature: str
    hint_zero: str
    hint_note: str
    hint_reason: str
    hint_late: str
    grid_hint: str
    grid_left: str
    grid_fever: str
    grid_impossible: str
    hint_odd: str


ZH = FormWords(
    confirm="确认保存",
    footer="Enter 下一项  上下键 移动  F9 保存  F10 离开（草稿保留）",
    saving="正在保存 ...",
    kept="{why} 所填内容还在。",
    dirty_escape="已输入的内容还在：F10 离开此表，草稿保留。",
    draft_back="已恢复上次未提交的草稿。",
    draft_lost="草稿未能保存：{why} 按 F10 放弃所填并离开，Enter 继续填写。",
    needed="「{name}」必须填写。",
    not_a_number="「{name}」应为数字。",
    not_a_time="「{name}」应为时刻，如 19:30 或 1930。",
    not_a_choice="「{name}」没有「{value}」这一项：照提示填。",
    out_of_range="「{name}」{value} 不在 {low} 至 {high} 之间。",
    late_needs_reason="已过去 {value} 小时以上：在「{name}」写明补录原因。",
    temperature="测温登记",
    staff_check="人员症状检测",
    note="记事",
    call="电话记录",
    abnormal="异常登记",
    late_entry="补录",
    takeover="临时顶班",
    measured="已测人数",
    of="应测人数",
    highest="最高体温",
    checked="检查人数",
    abnormal_count="异常人数",
    text="内容",
    reason="理由",
    time="时间",
    done_by="实施人",
    caller="来电人",
    matter="事由",
    told="告知何人",
    reporter="报告人",
    zero="零报告",
    hint_time="空白为现在",
    hint_temperature="如 365 即 36.5",
    hint_zero="全部为零时填「是」",
    hint_note="须写明情况",
    hint_reason="须写明理由",
    hint_late="实际完成的时刻，须在时段内",
    grid_hint="逐室输入，365 即 36.5；回车跳过；完毕按 F9 保存",
    grid_left="已测 {n}/{of} 最高 {highest}",
    grid_fever="{room} 室 {value} 度：再输一遍确认，或改正。",
    grid_impossible="{room} 室 {value} 度不可能，请重量重输。",
    hint_odd="发热或有人未测须写明",
)

EN = FormWords(
    confirm="Save",
    footer="Enter next  up/down move  F9 saves  F10 leaves (the draft is kept)",
    saving="Saving ...",
    kept="{why} What you typed is still here.",
    dirty_escape="What you typed is still here: F10 leaves this form and keeps the draft.",
    draft_back="Your unsent draft is back.",
    draft_lost="The draft was not kept: {why} F10 drops what you typed, Enter goes on.",
    needed="'{name}' is needed.",
    not_a_number="'{name}' should be a number.",
    not_a_time="'{name}' should be a time such as 19:30 or 1930.",
    not_a_choice="'{name}' has no answer '{value}': see its hint.",
    out_of_range="'{name}' {value} is not between {low} and {high}.",
    late_needs_reason="More than {value} hours ago: say under '{name}' why it is written down so late.",
    temperature="Temperatures",
    staff_check="Symptom check",
    note="Note",
    call="Phone call",
    abnormal="Abnormal",
    late_entry="Late entry",
    takeover="Takeover",
    measured="Measured",
    of="Of",
    highest="Highest",
    checked="Checked",
    abnormal_count="Abnormal",
    text="Text",
    reason="Reason",
    time="Time",
    done_by="Done by",
    caller="Caller",
    matter="Matter",
    told="Who was told",
    reporter="Reporter",
    zero="Zero report",
    hint_time="empty: now",
    hint_temperature="365 is 36.5",
    hint_zero="say yes when all are zero",
    hint_note="say what is wrong",
    hint_reason="say why",
    hint_late="when it was really done, inside its window",
    grid_hint="type each room, 365 is 36.5; Enter skips; F9 saves",
    grid_left="{n} of {of} measured, highest {highest}",
    grid_fever="room {room}: {value}: type it again to confirm, or correct it.",
    grid_impossible="room {room}: {value} is not possible; measure and type it again.",
    hint_odd="needed for a fever, or if somebody was left out",
)
