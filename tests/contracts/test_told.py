"""Every kind of entry has its class of `rules/records/told/`, and every class its sentence in each language.

Entries told of by key once read the same for a death and for a transfer: the key that nobody looked for said nothing.
"""

import json
from datetime import date
from typing import Any, get_args

import orjson
import pytest

from dutyboard.rules.records.codes import EntryKind
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Area, Entry
from dutyboard.rules.records.staff import StaffMember
from dutyboard.rules.records.told import Telling, Told, Unreadable, telling
from dutyboard.rules.records.told.person import (
    Advised,
    Arrived,
    Assessed,
    Assigned,
    Breached,
    ConfirmedTest,
    ContradictionSettled,
    Corrected,
    Departed,
    Diverted,
    FollowedUp,
    HandedOff,
    HomeChecked,
    LastDaySet,
    Merged,
    PositiveActed,
    Printed,
    ReadingTaken,
    ReferralAnswered,
    Referred,
    Registered,
    Released,
    Reopened,
    RoomChanged,
    SampleMoved,
    SampleRecorded,
    SuspicionActed,
    Traced,
    Transferred,
    TurnedBack,
    Voided,
)
from dutyboard.rules.records.told.post import (
    Acknowledged,
    Called,
    CalledTouched,
    HandedOver,
    HeadingsRemembered,
    Imported,
    ImportUndone,
    KeyAdded,
    KeyRemoved,
    LoginUnbound,
    MatterAssigned,
    MatterClosed,
    MatterOpened,
    Noted,
    NoticeSwitched,
    OfficerSet,
    PinSet,
    PresenceFound,
    ReportSent,
    RolesRenewed,
    RoomsConsidered,
    SeatPlanned,
    SeatTaken,
    SeatTakenOver,
    SettingSet,
    Shelved,
    ShiftCancelled,
    ShiftChanged,
    ShiftsSwapped,
    ShiftToldAfterwards,
    SignedOn,
    SignOnCodeGiven,
    TakenBack,
    UnitChanged,
    WrongPin,
)
from dutyboard.rules.records.told.site import (
    Disinfected,
    OffDutySet,
    RoundDone,
    SiteChanged,
    SiteStateSet,
    StaffChecked,
    StaffSet,
    StaffTested,
    TemperatureTaken,
)
from dutyboard.tui.link.told import data_json, read_told
from dutyboard.tui.text import words
from dutyboard.tui.views.entry.line import entry_text, told_text
from tests.tui.night import FakeGateway, at, night

DAY = date(2021, 6, 7)
SEAT: dict[str, Any] = {"seat": "leader", "officer_id": 2, "from_": at(20), "to": at(32)}
PLACED: dict[str, Any] = {"clause": "3.5", "decision": "decide", "also": (), "stage": "transfer", "site_id": 1}
SAID: list[tuple[Telling, str, str]] = [
    (Noted(), "记事", "note"),
    (
        Called(caller="石马山镇", matter="返涟一人", told="李建国"),
        "电话 石马山镇：返涟一人 已告知 李建国",
        "call 石马山镇: 返涟一人 told 李建国",
    ),
    (
        Called(
            caller="杨某",
            unit="安平镇",
            phone="07384420000",
            matter="是否隔离",
            answer_needed=True,
            handler="刘敏",
            due=at(22),
            instruction="从快",
        ),
        "电话 杨某 安平镇 07384420000：是否隔离 承办 刘敏 06-07 22:00 前 领导批示：从快 须答复",
        "call 杨某 安平镇 07384420000: 是否隔离 handled by 刘敏 by 06-07 22:00 leader's word: 从快 to be answered",
    ),
    (
        Called(caller="杨某", matter="要车", outcome="已派"),
        "电话 杨某：要车 办理结果：已派",
        "call 杨某: 要车 outcome: 已派",
    ),
    (
        PresenceFound(found="on_post", asked_by="市指挥部", seat="leader", whom="李建国", answered_by="李建国"),
        "查岗 带班 李建国 在岗 市指挥部 查 李建国 接听",
        "presence Leader 李建国 at the post asked by 市指挥部 李建国 answered",
    ),
    (
        PresenceFound(found="stood_in", asked_by="王芳", whom="刘勇", answered_by="刘敏", stand_in="刘敏"),
        "查岗 刘勇 代班 刘敏 代 王芳 查 刘敏 接听",
        "presence 刘勇 stand-in 刘敏 stood in asked by 王芳 刘敏 answered",
    ),
    (
        PresenceFound(found="off_post", asked_by="王芳"),
        "查岗 脱岗 王芳 查",
        "presence not at the post asked by 王芳",
    ),
    (
        MatterOpened(matter=1, owner="周涛", due=at(22)),
        "待办 由 周涛 办，06-07 22:00 前",
        "finding 周涛 sees to it by 06-07 22:00",
    ),
    (
        MatterAssigned(matter=1, from_="周涛", to="刘敏", due=at(22)),
        "待办 周涛 -> 刘敏，06-07 22:00 前",
        "finding 周涛 -> 刘敏 by 06-07 22:00",
    ),
    (
        MatterClosed(matter=1, outcome="已修好", told="王芳"),
        "待办 已办结：已修好 已告知 王芳",
        "finding closed: 已修好 told 王芳",
    ),
    (
        Acknowledged(alarms=("patrol-3/site-1/2021-06-07",), taken_up=("retake/person-1/2021-06-07",)),
        "已看 涟源宾馆隔离点 晚餐巡查 取消搁置 旅客1 复测体温",
        "seen 涟源宾馆隔离点 supper patrol taken up again 旅客1 retake temp.",
    ),
    (
        Shelved(duty="patrol-3/site-1/2021-06-07", until=at(20), alarm=True),
        "搁置 涟源宾馆隔离点 晚餐巡查 至 06-07 20:00：",
        "shelved 涟源宾馆隔离点 supper patrol until 06-07 20:00:",
    ),
    (TakenBack(), "撤回", "undone"),
    (RoundDone(), "完成", "done"),
    (
        RoundDone(people=("person-1",), left=tuple(f"person-{n}" for n in range(1, 7))),
        "完成 尚有 6 人",
        "done 6 still to do",
    ),
    (RoundDone(absent=("person-1",)), "完成 不在：旅客1", "done absent: 旅客1"),
    (RoundDone(symptoms={"person-1": "头晕"}), "完成 旅客1 症状 头晕", "done 旅客1 symptom: 头晕"),
    (RoundDone(remarks={"person-1": "回来了"}), "完成 旅客1 回来了", "done 旅客1 回来了"),
    (
        TemperatureTaken(of=4, measured=3, highest=38.1, readings={"person-1": 38.1, "person-2": 36.5}),
        "完成 测 3/4 最高 38.1 旅客1 38.1",
        "done 3/4 measured, highest 38.1 旅客1 38.1",
    ),
    (
        TemperatureTaken(of=1, measured=1, highest=36.9, readings={"person-1": 36.9}, first={"person-1": 37.5}),
        "完成 测 1/1 最高 36.9 旅客1 36.9 首测 37.5",
        "done 1/1 measured, highest 36.9 旅客1 36.9 first 37.5",
    ),
    (
        TemperatureTaken(
            of=3, measured=1, readings={"person-1": 36.5}, absent=("person-3",), part=True, left=("person-2",)
        ),
        "完成 测 1/3 最高 - 不在：旅客3 未完：旅客2",
        "done 1/3 measured, highest - absent: 旅客3 still to do: 旅客2",
    ),
    (
        Disinfected(area="走廊", agent="84", mg_l=500, minutes=30, checked_by="周涛"),
        "完成 走廊 84 500mg/L 30 分钟 周涛 复核",
        "done 走廊 84 500mg/L 30 min checked by 周涛",
    ),
    (
        Disinfected(
            area="走廊",
            agent="84",
            mg_l=500,
            minutes=30,
            checked_by=None,
            method="spray",
            started_at=at(18, 5),
        ),
        "完成 走廊 84 500mg/L 30 分钟 喷洒 18:05 开始",
        "done 走廊 84 500mg/L 30 min sprayed began 18:05",
    ),
    (
        Disinfected(area=None, agent=None, mg_l=None, minutes=None, checked_by=None),
        "完成",
        "done",
    ),
    (TemperatureTaken(of=0, measured=0), "完成 测 0/0 最高 -", "done 0/0 measured, highest -"),
    (StaffChecked(checked=9, abnormal=1), "完成 查 9 人 异常 1", "done 9 checked, 1 abnormal"),
    (
        StaffChecked(
            checked=2,
            abnormal=1,
            seen=("staff-1",),
            absent=("staff-2",),
            unwell=("staff-3",),
            readings={"staff-3": 38},
            remarks={"staff-2": "调休", "staff-3": "咳嗽"},
        ),
        "完成 查 2 人 异常 1 彭辉 38.0 咳嗽 未到岗：谭勇 调休",
        "done 2 checked, 1 abnormal 彭辉 38.0 咳嗽 did not come: 谭勇 调休",
    ),
    (HomeChecked(checked=5, of=6), "完成 查 5/6 人", "done 5/6 checked"),
    (
        HomeChecked(
            checked=2,
            of=4,
            seen=("person-1",),
            unwell=("person-2",),
            absent=("person-3",),
            refused=("person-4",),
            remarks={"person-2": "头晕", "person-3": "电话关机"},
            readings={"person-1": 36.5},
            how="video",
        ),
        "完成 查 2/4 人 视频 未见到 旅客3 电话关机 旅客4 拒绝核查 旅客2 异常 头晕 旅客1 36.5",
        "done 2/4 checked by video not seen: 旅客3 电话关机 旅客4 refused 旅客2 unwell 头晕 旅客1 36.5",
    ),
    (
        RoomsConsidered(held=180, rooms=214),
        "完成 占用 180/214 间，不启用备用点",
        "done 180/214 rooms held, no standby site opened",
    ),
    (
        ReportSent(report=1, kind="site", day=DAY, revision=2),
        "上报 集中隔离医学观察场所管控日报告 06-07 第2版",
        "report Daily report of a quarantine site 06-07 rev. 2",
    ),
    (
        SeatPlanned(**SEAT, days=2),
        "排班 带班 李建国 06-07 20:00 至 06-08 08:00 连排 2 天",
        "seat Leader 李建国 06-07 20:00 to 06-08 08:00 2 days in a row",
    ),
    (
        ShiftToldAfterwards(**SEAT, days=2),
        "换班 事后补记 带班 李建国 06-07 20:00 至 06-08 08:00，缺岗仍记 连排 2 天",
        "shift told afterwards Leader 李建国 06-07 20:00 to 06-08 08:00, the gap stays 2 days in a row",
    ),
    (
        ShiftChanged(**SEAT, shift=1, was_officer=3, was_from=at(20), was_to=at(32)),
        "换班 带班 陈卫东 06-07 20:00 至 06-08 08:00 改为 带班 李建国 06-07 20:00 至 06-08 08:00",
        "shift Leader 陈卫东 06-07 20:00 to 06-08 08:00 changed to Leader 李建国 06-07 20:00 to 06-08 08:00",
    ),
    (
        ShiftsSwapped(
            **SEAT, shift=1, other=2, other_seat="officer", other_officer=3, other_from=at(32), other_to=at(44)
        ),
        "换班 对调 带班 李建国 06-07 20:00 至 06-08 08:00，坐班 陈卫东 06-08 08:00 至 06-08 20:00",
        "shift swapped Leader 李建国 06-07 20:00 to 06-08 08:00, Officer 陈卫东 06-08 08:00 to 06-08 20:00",
    ),
    (
        ShiftCancelled(**SEAT, shift=1),
        "换班 取消 带班 李建国 06-07 20:00 至 06-08 08:00",
        "shift called off Leader 李建国 06-07 20:00 to 06-08 08:00",
    ),
    (SeatTaken(**SEAT), "排班 带班 李建国 至 06-08 08:00", "seat Leader 李建国 until 06-08 08:00"),
    (
        SeatTakenOver(**SEAT, relieved=3),
        "顶班 带班 李建国 接 陈卫东 至 06-08 08:00",
        "takeover Leader 李建国 takes over from 陈卫东 until 06-08 08:00",
    ),
    (
        HandedOver(items=("a", "b"), outgoing=1, incoming=5, head="0f3a"),
        "交接 2 项 王芳 -> 张强",
        "handover 2 items 王芳 -> 张强",
    ),
    (
        HandedOver(items=("a",), outgoing=1, incoming=2, head="0f3a", by_name=("a",), reason="张强请假"),
        "交接 1 项 王芳 -> 李建国 原因：张强请假",
        "handover 1 items 王芳 -> 李建国 reason: 张强请假",
    ),
    (
        HandedOver(items=(), outgoing=1, incoming=2, head="0f3a", by_name=(), reason="张强失联", alone=True),
        "交接 0 项 王芳 -> 李建国 带班代接，一人签字：张强失联",
        "handover 0 items 王芳 -> 李建国 the leader alone signed: 张强失联",
    ),
    (Noted(for_handover=True), "记事 交接说明", "note Handover note"),
    (Reopened(stays=1), "重新打开 重新打开，此前 1 段已了结", "reopened opened again, 1 stay(s) before"),
    (Reopened(stays=2, came=True), "重新打开 又来涟，此前 2 段已了结", "reopened came again, 2 stay(s) before"),
    (SignedOn(officer_id=1), "签到 登录名 wangfang", "sign-on login wangfang"),
    (
        SignedOn(officer_id=1, bound="wf", instead_of="wangf"),
        "签到 登录名 wf 原登录名 wangf",
        "sign-on login wf before: wangf",
    ),
    (
        SignedOn(officer_id=2, code_from=1),
        "签到 登录名 wangfang 凭王芳给的一次性代码",
        "sign-on login wangfang by the one-time code that 王芳 gave",
    ),
    (
        SignOnCodeGiven(officer_id=2, code_until=at(32)),
        "签到 给一次性代码，06-08 08:00 前用一次",
        "sign-on one-time code given, once until 06-08 08:00",
    ),
    (LoginUnbound(officer_id=1, unbound="wf"), "签到 解除登录 wf", "sign-on login wf unbound"),
    (KeyAdded(login="wf", added="SHA256:Kq"), "密钥 登录名 wf 加密钥 SHA256:Kq", "key login wf gets key SHA256:Kq"),
    (
        KeyRemoved(login="wf", removed="SHA256:Kq"),
        "密钥 登录名 wf 去密钥 SHA256:Kq",
        "key login wf loses key SHA256:Kq",
    ),
    (PinSet(officer_id=1), "PIN 本人已设", "PIN set by its officer"),
    (
        PinSet(officer_id=1, reset=True),
        "PIN 已重置，发一次性代码",
        "PIN reset, with a one-time code for another",
    ),
    (WrongPin(officer_id=1, use="pin", tries=2), "PIN 输错 连续第 2 次", "bad PIN 2 in a row"),
    (
        WrongPin(officer_id=1, use="sign_on_code", tries=1),
        "PIN 输错 一次性代码，连续第 1 次",
        "bad PIN one-time code, 1 in a row",
    ),
    (
        RolesRenewed(town=3, officer=1),
        "角色 旧角色换新：3 人为乡镇工作人员，1 人为值班员",
        "roles roles of before brought over: 3 town staff, 1 duty officers",
    ),
    (
        UnitChanged(first_responsible="张书记", was="李书记"),
        "单位 第一责任人 张书记 原 李书记",
        "unit first responsible: 张书记 was 李书记",
    ),
    (
        RolesRenewed(town=3, officer=1),
        "角色 旧角色换新：3 人为乡镇工作人员，1 人为值班员",
        "roles roles of before brought over: 3 town staff, 1 duty officers",
    ),
    (
        UnitChanged(first_responsible="", was="李书记"),
        "单位 第一责任人 未定 原 李书记",
        "unit first responsible: not named was 李书记",
    ),
    (OfficerSet(officer_id=1), "花名册 列入花名册", "roster added to the roster"),
    (OfficerSet(officer_id=1, changed=("phone", "director")), "花名册 更改 电话 主任", "roster changed phone director"),
    (OfficerSet(officer_id=1, until=DAY), "花名册 自 06-07 起离岗", "roster left from 06-07"),
    (StaffSet(site_id=1), "工作人员 列入涟源宾馆隔离点名册", "staff on the register of 涟源宾馆隔离点"),
    (StaffSet(site_id=1, changed=("post", "phone")), "工作人员 更改 岗位 电话", "staff changed Post Phone"),
    (StaffSet(site_id=1, until=DAY), "工作人员 自 06-07 起离开涟源宾馆隔离点", "staff left 涟源宾馆隔离点 from 06-07"),
    (OffDutySet(off=True), "工作人员 停岗", "staff off duty"),
    (OffDutySet(off=False), "工作人员 返岗", "staff back on duty"),
    (
        SiteChanged(
            changed=("rooms", "keeper", "phone"),
            before={"rooms": 3, "keeper": ""},
            after={"rooms": ["8201", "8202", "8203", "8204"], "keeper": "杨敏"},
        ),
        "场所 房间数 3 -> 8201-8204 负责人 - -> 杨敏 电话",
        "site rooms 3 -> 8201-8204 keeper - -> 杨敏 phone",
    ),
    (
        StaffTested(people=("staff-1", "staff-2"), sampled_on=DAY, result="pending"),
        "检测 工作人员核酸 06-07 待出 何静、谭勇",
        "test staff PCR 06-07 pending 何静, 谭勇",
    ),
    (SiteStateSet(from_="standby", to="active"), "场所 备用 -> 启用", "site standby -> active"),
    (
        NoticeSwitched(from_="lianyuan-2021-07", to="national-9-2022", effective_from=at(24), for_everyone=True),
        "规则切换 lianyuan-2021-07 -> national-9-2022 自 06-08 00:00 起 适用于全部人员",
        "notice lianyuan-2021-07 -> national-9-2022 from 06-08 00:00 for everyone",
    ),
    (
        SettingSet(name="fever_c", from_="37.3", to="37.5", effective_from=at(24)),
        "设置 发热界限 度：37.3 -> 37.5，06-08 00:00 起",
        "setting fever from, C: 37.3 -> 37.5 from 06-08 00:00",
    ),
    (
        HeadingsRemembered(sheet="arrivals", headings={"去哪了": "origin", "甲乙丙": "-", "旧": ""}),
        "表头 来涟人员 「去哪了」作来源地、「甲乙丙」不读、「旧」不再记",
        "headings arrivals 「去哪了」 is 来源地, 「甲乙丙」 is left out, 「旧」 is forgotten",
    ),
    (
        Imported(sheet="arrivals", accepted=5, updated=4, duplicates=3, rejected=2),
        "导入 来涟人员 新增 5 更新 4 重复 3 退回 2",
        "import arrivals: 5 new, 4 updated, 3 duplicates, 2 rejected",
    ),
    (
        ImportUndone(sheet="arrivals", put_back=2, taken_away=5, left=("person-9",)),
        "导入 撤销来涟人员导入：恢复 2 收回 5 之后已有人处理、未动 1：person-9",
        "import arrivals import undone: 2 put back, 5 taken away 1 worked on since and left: person-9",
    ),
    (CalledTouched(area_id=1, answer="was_there"), "区域回访 科苑路 到过", "rescreen 科苑路 was there"),
    (
        ReadingTaken(temp_c=38.1, device="额温枪", symptom="咳嗽", retake_of=3),
        "体温 38.1 症状 咳嗽 复测 额温枪",
        "reading 38.1 symptom: 咳嗽 taken again 额温枪",
    ),
    (Advised(clause="3.8b"), "完成 已嘱其注意自我健康监测", "done told to watch his own health"),
    (FollowedUp(answer="unwell", remark="发热"), "完成 异常 发热", "done not well 发热"),
    (Breached(), "违规", "breach"),
    (
        Printed(paper="notice-home", year=2021, serial=3, copy=2),
        "打印 居家健康监测告知书 涟源市疫情防控居告〔2021〕3号 第 2 次打印",
        "printing Notice of home monitoring 涟源市疫情防控 home [2021] No. 3 printed for the 2. time",
    ),
    (
        SuspicionActed(told="值班室张主任", carried_out=("stay_in_room/person-1",), entered=("周涛", "刘敏")),
        "疑似处置 已告知 值班室张主任 其间到过：周涛、刘敏",
        "suspect told 值班室张主任 had come: 周涛, 刘敏",
    ),
    (Registered(), "登记", "register"),
    (
        Corrected(changed=("phone", "health_code"), before={}, after={}),
        "更正 电话 健康码",
        "correct Phone Health code",
    ),
    (
        Corrected(
            changed=("last_exposure_on",),
            before={},
            after={},
            samples=(
                SampleMoved(type="pcr", sampled_on=DAY, before=DAY, after=None),
                SampleMoved(type="serum", sampled_on=DAY, before=None, after=DAY),
            ),
        ),
        "更正 末次接触 核酸 06-07 06-07->计划外 血清 06-07 计划外->06-07",
        "correct Exposed on PCR 06-07 06-07->extra serum 06-07 extra->06-07",
    ),
    (
        Assessed(**PLACED, room=6, shared="母子"),
        "研判 三（五） 待转运 涟宾 6室 同住：母子",
        "assess III(5) to move 涟宾 rm 6 shares the room: 母子",
    ),
    (
        Referred(**{**PLACED, "clause": None}, room=6, reasons=("orange_card",), provisional="3.2a"),
        "研判 须请示 待转运 涟宾 6室 橙卡通知未列 答复前：三（二）",
        "assess refer to move 涟宾 rm 6 orange travel card: "
        "the notice names red, yellow and green only Until answered: III(2)",
    ),
    (
        Transferred(
            vehicle="湘K1", driver="赵", received_by="周涛", left_at=at(19), arrived_at=at(20), site_id=1, room=6
        ),
        "转运 19:00-20:00 湘K1 赵 涟宾 6室 周涛接收",
        "transfer 19:00-20:00 湘K1 赵 涟宾 rm 6 received by 周涛",
    ),
    (
        Transferred(
            vehicle="湘K1", driver="赵", received_by="周涛", left_at=at(19), arrived_at=at(20), site_id=None, room=None
        ),
        "转运 19:00-20:00 湘K1 赵 送医院 周涛接收",
        "transfer 19:00-20:00 湘K1 赵 to the hospital received by 周涛",
    ),
    (
        Transferred(
            vehicle="湘K1",
            driver="赵",
            received_by="周涛",
            left_at=at(19),
            arrived_at=at(20),
            site_id=1,
            room=6,
            escort="孙护士",
            handed_by="刘敏",
            temp_c=36.5,
        ),
        "转运 19:00-20:00 湘K1 赵 随车 孙护士 刘敏移交 涟宾 6室 周涛接收 交接时 36.5",
        "transfer 19:00-20:00 湘K1 赵 escort 孙护士 handed over by 刘敏 涟宾 rm 6 received by 周涛 "
        "36.5 at the hand-over",
    ),
    (
        RoomChanged(was_site=1, was_room=1, site_id=1, room=6, stage="site", shared="母子"),
        "换房 涟宾 1室 换到 涟宾 6室 同住：母子",
        "room 涟宾 rm 1 to 涟宾 rm 6 shares the room: 母子",
    ),
    (
        RoomChanged(was_site=1, was_room=1, site_id=2, room="8206", stage="transfer"),
        "换房 涟宾 1室 换到 桥头 8206室 待转运",
        "room 涟宾 rm 1 to 桥头 rm 8206 to move",
    ),
    (
        Assigned(officer="周涛", cadre="刘干部", was_cadre="王干部", town_cadre="周干部"),
        "指定 专人 - -> 周涛 村监管 王干部 -> 刘干部 镇监管 - -> 周干部",
        "assign officer - -> 周涛 village cadre 王干部 -> 刘干部 town cadre - -> 周干部",
    ),
    (
        Assigned(officer="", cadre_phone="19900000007"),
        "指定 村监管电话 19900000007",
        "assign village cadre's phone 19900000007",
    ),
    (
        SampleRecorded(type="pcr", day=DAY, sampled_on=DAY, result="negative"),
        "检测 核酸 06-07 阴性",
        "test PCR 06-07 negative",
    ),
    (
        Released(
            from_="site",
            to="home",
            leader_id=2,
            home_cadre="刘干部",
            town_cadre="周干部",
            vehicle="湘K2",
            late_confirmed=True,
            confirmed=(
                ConfirmedTest(type="pcr", stage="site", day=DAY, missed=True),
                ConfirmedTest(type="serum", stage="site", day=DAY, missed=False),
            ),
            overridden=("day_not_full",),
        ),
        "解除 隔离点 -> 居家 带班 李建国 （王芳代录） "
        "监管 周干部、刘干部 湘K2 已确认补采 核酸 06-07 !漏采 血清 06-07 补采 "
        "[强行解除] 期限未满",
        "release site -> home leader 李建国 (entered by 王芳) cadre 周干部, 刘干部 湘K2 late sample confirmed "
        "PCR 06-07 !missed serum 06-07 late "
        "[OVERRIDDEN] the period is not full",
    ),
    (
        Released(from_="site", to="closed", leader_id=2, linked_to="person-1"),
        "解除 隔离点 -> 已解除 带班 李建国 （王芳代录） 随密接 旅客1 解除",
        "release site -> released leader 李建国 (entered by 王芳) with close contact 旅客1",
    ),
    (
        ReferralAnswered(
            decision="按三（五）管理",
            authority="指挥部周主任",
            reasons=("orange_card",),
            referred_at=at(19),
            clause="3.5",
            changed=("symptoms",),
            before={"symptoms": None},
            after={"symptoms": "none"},
        ),
        "答复 指挥部周主任：按三（五）管理 定为三（五） 症状",
        "answer 指挥部周主任: 按三（五）管理 class III(5) Symptoms",
    ),
    (
        Departed(to="fever-clinic", vehicle="湘K1", driver="周涛", phone="19900000009"),
        "转运 出发往 发热门诊 湘K1 周涛 19900000009",
        "transfer left for fever clinic 湘K1 周涛 19900000009",
    ),
    (
        Departed(
            to="county",
            place="娄底市",
            vehicle="湘K1",
            driver="周涛",
            escort="孙护士",
            escort_phone="19900000008",
            announced_at=at(19),
            announced_by="刘敏",
        ),
        "转运 出发往 娄底市 湘K1 周涛 随车 孙护士 19900000008 已告知目的地指挥部 06-07 19:00 刘敏",
        "transfer left for 娄底市 湘K1 周涛 escort 孙护士 19900000008 command post there told 06-07 19:00 刘敏",
    ),
    (
        Arrived(to="county", received_by="李建国", left_at=at(19), place="娄底市", temp_c=38, announced_by="刘敏"),
        "转运 19:00 出发，到达 娄底市 李建国接收 交接时 38.0 已告知目的地指挥部 刘敏",
        "transfer left 19:00, arrived at 娄底市 received by 李建国 38.0 at the hand-over command post there told 刘敏",
    ),
    (
        Arrived(to="site", received_by="李建国", left_at=at(19), site_id=1, room=6),
        "转运 19:00 出发，到达 涟宾 6室 李建国接收",
        "transfer left 19:00, arrived at 涟宾 rm 6 received by 李建国",
    ),
    (
        TurnedBack(bound="hospital"),
        "转运 未到 定点医疗机构，返回原处",
        "transfer back from the way to hospital",
    ),
    (
        Diverted(from_="hospital", to="county", place="娄底市"),
        "转运 定点医疗机构 改送 娄底市",
        "transfer hospital: diverted to 娄底市",
    ),
    (
        HandedOff(from_="home", leader_id=2, died=False, letter="娄指函〔2021〕12号", to="娄底市"),
        "移交 居家 -> 娄底市 凭 娄指函〔2021〕12号 带班 李建国 （王芳代录）",
        "hand-off home -> 娄底市 by letter 娄指函〔2021〕12号 leader 李建国 (entered by 王芳)",
    ),
    (
        HandedOff(from_="hospital", leader_id=2, died=True, letter="医函 3 号"),
        "死亡 医院 凭 医函 3 号 带班 李建国 （王芳代录）",
        "death hospital by letter 医函 3 号 leader 李建国 (entered by 王芳)",
    ),
    (
        LastDaySet(stage="site", was=date(2021, 6, 21), last=date(2021, 6, 24), leader_id=2),
        "改期 隔离点末日 06-21 -> 06-24 带班 李建国",
        "last day site 06-21 -> 06-24 leader 李建国",
    ),
    (Voided(from_="pending"), "作废 待研判", "void pending"),
    (
        Merged(gone="person-9", unlike=("phone", "health_code")),
        "合并 并入 9 号记录 不一致：电话 健康码",
        "merge with record 9 unlike: Phone Health code",
    ),
    (
        ContradictionSettled(settled="health_code"),
        "定夺 照现有：健康码",
        "settled as it stands: Health code",
    ),
    (
        ContradictionSettled(settled="ends", other=True),
        "定夺 取另一说：止",
        "settled the other taken: ends",
    ),
    (
        PositiveActed(carried_out=("convert/person-2",), queued=("convert/person-3", "convert/person-4")),
        "阳性处置 已办 1 项，留待排查 2 项",
        "positive 1 carried out, 2 left in the queue",
    ),
    (Traced(contacts=7, told="市疾控"), "密接追踪 密接 7 人 已告知 市疾控", "tracing 7 contacts told 市疾控"),
]
STAFF = [
    StaffMember(id=number, site_id=1, name=name, registered_at=at(1))
    for number, name in enumerate(("何静", "谭勇", "彭辉"), 1)
]
DESK = FakeGateway([*night(), Area(id=1, code="440305", name="科苑路", level="medium", starts=DAY), *STAFF]).snapshot


def entry(told: Told, **more: Any) -> Entry:
    instant = at(19)
    return Entry(
        id=1, happened_at=instant, entered_at=instant, entered_by=1, login="wangfang", done_by="王芳", told=told, **more
    )


def test_every_kind_of_entry_has_its_classes() -> None:
    assert {each.entry_kind for each in get_args(Telling)} == set(get_args(EntryKind))


def test_every_class_has_its_example() -> None:
    assert {type(told) for told, _, _ in SAID} == set(get_args(Telling))


@pytest.mark.parametrize("told", [told for told, _, _ in SAID], ids=lambda told: type(told).__name__)
def test_every_class_is_found_again_by_kind_and_keys(told: Telling) -> None:
    data = json.loads(json.dumps(data_json(entry(told))))  # JSON alone: a record inside is no value of a line
    assert telling(told.entry_kind, data) is type(told)
    assert read_told(told.entry_kind, data) == (told, {})


@pytest.mark.parametrize(("told", "zh", "en"), SAID, ids=lambda value: type(value).__name__)
def test_every_class_has_its_sentence_in_each_language(told: Telling, zh: str, en: str) -> None:
    said = [entry_text(entry(told), DESK, words(language)) for language in ("zh", "en")]
    assert said == [zh, en]
    assert bool([*told_text(entry(told), DESK, words("zh"))]) == bool(data_json(entry(told)))


def test_a_hand_off_is_no_abnormal_finding() -> None:
    died = HandedOff(from_="hospital", leader_id=2, died=True, letter="医函 3 号")
    assert "[异常]" not in entry_text(entry(died, abnormal=True), DESK, words("zh"))


def test_what_this_version_cannot_read_is_said_to_be_there() -> None:
    unread = entry(Unreadable(entry_kind="transfer"), more={"seal": "A1"})
    assert entry_text(unread, DESK, words("zh")) == "转运 （另有本版读不出的内容）"


def test_names_are_written_as_plain_text_as_keys_too() -> None:
    """A form hands over names of people as they are; a line of the journal takes none as a key."""
    whom = Subject("person", 12)
    told = TemperatureTaken(of=1, measured=1, readings={whom: 36.5}, left=(whom,))
    assert orjson.loads(orjson.dumps(data_json(entry(told))))["readings"] == {"person-12": 36.5}
