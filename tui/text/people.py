"""Words of the people's screens: the queue, everybody under control, one person's page, and the acts on him."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dutyboard.rules.law.contacts import ProposalKind


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
    to_reassess: str
    confirm_title: str
    confirm_officer: str
    confirm_room: str
    confirm_shared: str
    confirm_shared_hint: str
    registered: str
    corrected: str
    persons_empty: str
    nothing_owed: str
    column_stage: str
    column_place: str
    column_day: str
    column_next_test: str
    column_free: str
    unplaced: str
    no_address: str
    mark_overridden: str
    mark_stopped: str
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
    test_kind: str
    test_extra: str
    test_reason: str
    test_reason_hint: str
    test_sampled: str
    test_result: str
    release_title: str
    release_leader: str
    release_cadre: str
    release_override: str
    release_override_hint: str
    release_late: str
    release_late_hint: str
    positive_title: str
    positive_done: str
    left_in_queue: str
    consequences: Mapping[ProposalKind, str]
    parts: Mapping[str, str]
    trace_title: str
    trace_contacts: str
    trace_hint: str
    trace_told: str


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
    to_reassess="!已安置，情况有变",
    confirm_title="确认 {name} 去向",
    confirm_officer="专人",
    confirm_room="房间",
    confirm_shared="同住缘由",
    confirm_shared_hint="房间已有人时须写明，如母子同住",
    corrected="已更正：{name}",
    registered="已登记：{name}",
    persons_empty="没有在管人员。",
    nothing_owed="此人现在没有要登记的转运、检测或解除。",
    column_stage="阶段",
    column_place="所在",
    column_day="天数",
    column_next_test="下次检测",
    column_free="解除",
    unplaced="未安置",
    no_address="现住址未填",
    mark_overridden="[强解]",
    mark_stopped="[停解]",
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
    test_kind="种类",
    test_extra="计划外的检测",
    test_reason="更正理由",
    test_reason_hint="只在改动已定结果时填写",
    test_sampled="采样日期",
    test_result="结果",
    release_title="解除 {name}",
    release_leader="带班领导",
    release_cadre="监管干部",
    release_override="强行理由",
    release_override_hint="条件未齐：带班领导为何仍要解除（一直可见）",
    release_late="补采已核",
    release_late_hint="是/否：带班领导已知有补采",
    positive_title="阳性处置 {name}：以下一次办妥",
    positive_done="{name} 阳性：已办 {done} 项，留待排查 {queued} 项",
    left_in_queue="尚未入点：留在排查（F4）安置",
    consequences={
        "transfer_to_hospital": "{name} 闭环转运至定点医疗机构 {clause}",
        "trace_contacts": "{name} 的密切接触者：排查并移交疾控 {clause}",
        "convert": "{name} 由次密接按密接执行 {clause}",
        "stop_releases": "{name} 同室，暂停解除",
        "release_linked": "{name} 次密接，随同解除 {clause}",
        "waits": "{name} 次密接，继续等待",
        "ask": "{name} 次密接，须请示 {clause}",
    },
    parts={
        "decision": "研判",
        "clause": "条款",
        "first_place": "去向",
        "provisional": "答复前",
        "site_first": "隔离自",
        "site_last": "隔离至",
        "home_first": "居家自",
        "home_last": "居家至",
        "free_from": "解除",
        "tests": "检测",
    },
    trace_title="密接追踪移交 {name}",
    trace_contacts="密接人数",
    trace_hint="没有也要写 0",
    trace_told="移交何人",
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
    to_reassess="!placed, facts changed",
    confirm_title="Place {name}",
    confirm_officer="Officer",
    confirm_room="Room",
    confirm_shared="Shared why",
    confirm_shared_hint="where somebody is in the room already: why they share it",
    corrected="Corrected: {name}",
    registered="Registered: {name}",
    persons_empty="Nobody is under control.",
    nothing_owed="No transfer, test or release is owed for this person now.",
    column_stage="Stage",
    column_place="Where",
    column_day="Day",
    column_next_test="Next test",
    column_free="Free",
    unplaced="not placed",
    no_address="no address",
    mark_overridden="[OVR]",
    mark_stopped="[STOP]",
    room="rm {room}",
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
    test_kind="Kind",
    test_extra="A test beside the plan",
    test_reason="Reason",
    test_reason_hint="only where a final result is changed",
    test_sampled="Sampled on",
    test_result="Result",
    release_title="Release {name}",
    release_leader="Leader",
    release_cadre="Home cadre",
    release_override="Override",
    release_override_hint="why a leader releases all the same (stays visible)",
    release_late="Late sample",
    release_late_hint="yes/no: the leader has seen that a sample was late",
    positive_title="Positive: {name}. All of this in one act",
    positive_done="{name} positive: {done} carried out, {queued} left in the queue",
    left_in_queue="not at a site yet: left in the queue (F4)",
    consequences={
        "transfer_to_hospital": "{name}: closed loop to the designated hospital {clause}",
        "trace_contacts": "{name}: trace the contacts, hand them to the CDC {clause}",
        "convert": "{name}: from secondary to close contact {clause}",
        "stop_releases": "{name}: same room, no release",
        "release_linked": "{name}: secondary contact, released too {clause}",
        "waits": "{name}: secondary contact, goes on waiting",
        "ask": "{name}: secondary contact, to be referred {clause}",
    },
    parts={
        "decision": "decision",
        "clause": "clause",
        "first_place": "place",
        "provisional": "until answered",
        "site_first": "site from",
        "site_last": "site until",
        "home_first": "home from",
        "home_last": "home until",
        "free_from": "free",
        "tests": "tests",
    },
    trace_title="Contacts of {name}",
    trace_contacts="Contacts",
    trace_hint="0 is stated too",
    trace_told="Handed to",
)
