"""Words of the people's screens: the queue, everybody under control, one person's page, and the acts on him."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleWords:
    """Placeholders in braces are filled with `str.format`."""

    queue_empty: str
    column_name: str
    column_origin: str
    column_arrived: str
    column_waiting: str
    column_clause: str
    column_missing: str
    column_officer: str
    officer_missing: str
    nothing_missing: str
    confirm_title: str
    confirm_officer: str
    confirm_room: str
    registered: str
    persons_empty: str
    nothing_owed: str
    column_stage: str
    column_place: str
    column_day: str
    column_next_test: str
    column_free: str
    unplaced: str
    room: str
    open_end: str
    gate_open: str
    gate_blocked: str
    transfer_title: str
    transfer_left: str
    transfer_vehicle: str
    transfer_driver: str
    transfer_arrived: str
    transfer_received: str
    test_title: str
    test_day: str
    test_sampled: str
    test_result: str
    release_title: str
    release_leader: str
    release_cadre: str
    release_override: str


ZH = PeopleWords(
    queue_empty="没有待研判人员。电话报来的人按 + 新增。",
    column_name="姓名",
    column_origin="来源地",
    column_arrived="到涟",
    column_waiting="已等",
    column_clause="可能",
    column_missing="还缺，先问",
    column_officer="专人",
    officer_missing="专人",
    nothing_missing="可确认",
    confirm_title="确认 {name} 去向",
    confirm_officer="专人",
    confirm_room="房间",
    registered="已登记：{name}",
    persons_empty="没有在管人员。",
    nothing_owed="此人现在没有要登记的转运、检测或解除。",
    column_stage="阶段",
    column_place="所在",
    column_day="天数",
    column_next_test="下次检测",
    column_free="解除",
    unplaced="未安置",
    room="{room}室",
    open_end="待定",
    gate_open="条件已齐，可由带班领导解除",
    gate_blocked="还不能解除：",
    transfer_title="闭环转运 {name}",
    transfer_left="出发时间",
    transfer_vehicle="车牌",
    transfer_driver="司机",
    transfer_arrived="到达时间",
    transfer_received="接收人",
    test_title="检测登记 {name}",
    test_day="计划日",
    test_sampled="采样日期",
    test_result="结果",
    release_title="解除 {name}",
    release_leader="带班领导",
    release_cadre="监管干部",
    release_override="强行理由",
)

EN = PeopleWords(
    queue_empty="Nobody is waiting. Press + for somebody who phones in.",
    column_name="Name",
    column_origin="From",
    column_arrived="Arrived",
    column_waiting="Waits",
    column_clause="Likely",
    column_missing="Missing, ask next",
    column_officer="Officer",
    officer_missing="officer",
    nothing_missing="ready",
    confirm_title="Place {name}",
    confirm_officer="Officer",
    confirm_room="Room",
    registered="Registered: {name}",
    persons_empty="Nobody is under control.",
    nothing_owed="No transfer, test or release is owed for this person now.",
    column_stage="Stage",
    column_place="Where",
    column_day="Day",
    column_next_test="Next test",
    column_free="Free from",
    unplaced="not placed",
    room="room {room}",
    open_end="open",
    gate_open="Everything is met; a shift leader may release",
    gate_blocked="Not yet to be released:",
    transfer_title="Closed-loop transfer of {name}",
    transfer_left="Left at",
    transfer_vehicle="Vehicle",
    transfer_driver="Driver",
    transfer_arrived="Arrived at",
    transfer_received="Received by",
    test_title="Test of {name}",
    test_day="Planned day",
    test_sampled="Sampled on",
    test_result="Result",
    release_title="Release {name}",
    release_leader="Leader",
    release_cadre="Cadre",
    release_override="Override",
)
