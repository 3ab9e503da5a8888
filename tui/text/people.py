"""Words of the people's screens: fields of a person's form, their answers, what is asked next, stages and blockers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.views.person_fields import FieldId, Problem

if TYPE_CHECKING:
    from rules.model import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleWords:
    """`fields` label the form in 8 cells (Chinese) or 11; `answers` word each choice; `asks` is the question to put for
    a fact that is not known, by its key. Placeholders in braces are filled with `str.format`."""

    fields: Mapping[FieldId, str]
    answers: Mapping[FieldId, Mapping[str, str]]
    asks: Mapping[str, str]
    hints: Mapping[FieldId, str]
    hint_time: str
    hint_day: str
    weekdays: tuple[str, ...]
    problems: Mapping[Problem, str]
    id_warnings: Mapping[str, str]
    stages: Mapping[Stage, str]
    decisions: Mapping[str, str]
    places: Mapping[str, str]
    provisional: Mapping[str, str]
    test_types: Mapping[str, str]
    results: Mapping[str, str]
    # the queue
    queue_title: str
    queue_empty: str
    column_name: str
    column_origin: str
    column_arrived: str
    column_waiting: str
    column_clause: str
    column_missing: str
    column_phone: str
    column_unit: str
    column_officer: str
    risk_lost: str
    officer_missing: str
    nothing_missing: str
    clause_refer: str
    clause_none: str
    clause_unknown: str
    # the form and its panel
    form_new: str
    form_person: str
    form_correct: str
    form_keys: str
    form_keys_new: str
    form_keys_correct: str
    no_answer: str
    born: str
    clause_line: str
    also: str
    flag: str
    refer: str
    refer_desk: str
    provisional_line: str
    place_line: str
    closed_loop: str
    site_days: str
    home_days: str
    tests_line: str
    free_from: str
    waits_for: str
    missing_line: str
    needs_nothing: str
    quote: str
    readings: str
    hold: str
    not_computed: str
    before: str
    after: str
    # confirming
    confirm_title: str
    confirm_officer: str
    confirm_site: str
    confirm_room: str
    confirm_home: str
    confirm_refer: str
    confirm_hint: str
    confirm_keys: str
    confirmed_site: str
    confirmed_home: str
    confirmed_free: str
    referred: str
    registered: str
    corrected: str
    no_free_room: str
    rooms_free: str
    # people under control
    persons_title: str
    persons_empty: str
    nothing_owed: str
    column_stage: str
    column_place: str
    column_day: str
    column_next_test: str
    column_free: str
    filtered: str
    unplaced: str
    room: str
    day_of: str
    open_end: str
    tests_owed: str
    # one person's page
    record: str
    masked_hint: str
    assessment: str
    assessed_by: str
    plan: str
    plan_none: str
    test_done: str
    test_due: str
    test_owed: str
    test_planned: str
    proposed: str
    late_mark: str
    gate: str
    gate_open: str
    gate_blocked: str
    history: str
    history_empty: str
    page_keys: str
    # acts
    transfer_title: str
    transfer_left: str
    transfer_vehicle: str
    transfer_driver: str
    transfer_arrived: str
    transfer_received: str
    transferred: str
    test_title: str
    test_type: str
    test_day: str
    test_sampled: str
    test_result: str
    test_saved: str
    release_title: str
    release_leader: str
    release_cadre: str
    release_override: str
    release_home: str
    release_free: str
    released: str
    home_cadre_title: str
    reason: str
    reason_hint: str
    discard_hint: str


ZH = PeopleWords(
    fields={
        "name": "姓名",
        "id_no": "证件号",
        "phone": "电话",
        "origin": "来源地",
        "left_on": "离开",
        "arrival_at": "到涟",
        "health_code": "健康码",
        "travel_card": "行程卡",
        "pcr": "核酸证明",
        "pcr_sampled_at": "采样时间",
        "release_cert": "放行证明",
        "symptoms": "症状",
        "temp_c": "体温",
        "contact": "密接",
        "last_exposure_on": "末次接触",
        "linked": "关联密接",
        "border": "境外",
        "isolation_days_done": "已隔离天",
        "isolation_proof": "隔离证明",
        "foreign_14d": "外国旅居",
        "home7_done_elsewhere": "外地居家",
        "case_status": "病例",
        "discharged_on": "出院日期",
        "sanfei": "三非",
        "other_stays": "其他旅居",
        "investigation": "旅居核查",
        "arrival_pcr": "入涟核酸",
        "arrival_pcr_sampled_on": "采样日期",
        "arrival_pcr_result_on": "结果日期",
        "vaccinated": "接种疫苗",
        "sex": "性别",
        "address": "现住址",
        "travel": "交通",
        "officer_name": "专人",
        "note": "备注",
    },
    answers={
        "health_code": {"green": "绿", "yellow": "黄", "red": "红", "none": "无", "unknown": "不详"},
        "travel_card": {"green": "绿", "yellow": "黄", "red": "红", "none": "无", "orange": "橙", "unknown": "不详"},
        "pcr": {"negative": "阴", "positive": "阳", "pending": "待出", "indeterminate": "可疑", "none": "没有"},
        "release_cert": {"yes": "有", "no": "无", "na": "不需", "unknown": "不详"},
        "symptoms": {"none": "无", "present": "有", "unknown": "不详"},
        "contact": {
            "none": "不是",
            "close": "密接",
            "secondary": "次密",
            "unspecified": "未分",
            "unknown": "不详",
        },
        "border": {
            "none": "否",
            "foreign": "外国",
            "hongkong": "香港",
            "taiwan": "台湾",
            "macau": "澳门",
            "unknown": "不详",
        },
        "isolation_proof": {"yes": "有", "no": "无", "unknown": "不详"},
        "foreign_14d": {"yes": "有", "no": "无", "unknown": "不详"},
        "home7_done_elsewhere": {"yes": "已满7天", "no": "未做"},
        "case_status": {
            "none": "不是",
            "suspected": "疑似",
            "confirmed": "确诊",
            "asymptomatic": "无症",
            "discharged": "出院",
            "unknown": "不详",
        },
        "sanfei": {"yes": "是", "no": "否", "unknown": "不详"},
        "investigation": {
            "clean": "排除",
            "pending": "核查",
            "found_high": "高",
            "found_medium": "中",
            "found_unknown": "不明",
        },
        "arrival_pcr": {"negative": "阴", "positive": "阳", "pending": "待出", "indeterminate": "可疑", "none": "未做"},
        "vaccinated": {"yes": "有", "no": "无", "unknown": "不详"},
        "sex": {"男": "男", "女": "女"},
    },
    asks={
        "arrival_at": "几时到涟",
        "stays": "14天内到过哪里",
        "stays.left_on": "几时离开",
        "stays.place": "具体哪个区县街道",
        "stays.category": "旅居地属何等级",
        "health_code": "健康码颜色",
        "travel_card": "行程卡颜色",
        "pcr": "有无核酸证明",
        "pcr.sampled_at": "核酸几时采样",
        "pcr.result": "核酸结果",
        "release_cert": "有无放行证明",
        "symptoms": "有无症状",
        "temp_c": "体温",
        "contact": "是否密接",
        "last_exposure_on": "末次接触日期",
        "linked": "关联哪位密接",
        "border": "是否境外来",
        "isolation_days_done": "已隔离几天",
        "isolation_proof": "有无隔离证明",
        "foreign_14d": "14天内到过外国否",
        "case_status": "是否病例",
        "discharged_on": "几时出院",
        "sanfei": "是否三非",
        "investigation": "旅居史核查结果",
        "arrival_pcr": "入涟核酸结果",
        "arrival_pcr.result": "入涟核酸结果",
        "arrival_pcr.sampled_on": "入涟核酸采样日",
        "arrival_pcr.result_on": "入涟核酸结果日",
        "vaccinated": "何时接种疫苗",
        "admitted_on": "几时入点",
    },
    hints={
        "origin": "省市区县街道；14天内没离开本地填「无」",
        "linked": "密接的姓名或人员号，多人用逗号",
        "other_stays": "地点 离开日期；地点 离开日期",
        "temp_c": "如 365 即 36.5",
        "isolation_days_done": "在外地已隔离的整天数",
        "address": "乡镇（街道）村组",
        "id_no": "18位；填后自动得出性别、出生日期、籍贯",
        "officer_name": "负责对接的专人姓名",
    },
    hint_time="如 6-7 14:30、0607 1430、今1430、昨 9:05；只知道日期也可",
    hint_day="如 6-7、0607、今天、昨天",
    weekdays=("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    problems={
        "unread_time": "时间读不懂：如 6-7 14:30、0607 1430、今1430、昨 9:05",
        "unread_day": "日期读不懂：如 6-7、0607、今天、昨天",
        "unread_number": "应为数字",
        "unread_choice": "请按数字键选择",
    },
    id_warnings={
        "id_missing": "未填证件号",
        "id_length": "证件号不是18位",
        "id_date": "证件号中的出生日期不对",
        "id_check_digit": "证件号校验位不符",
        "phone_missing": "未填电话",
        "phone_unusual": "电话号码不寻常",
    },
    stages={
        "pending": "待研判",
        "referred": "待答复",
        "waiting": "待结果",
        "transfer": "待转运",
        "site": "隔离点",
        "home": "居家",
        "hospital": "医院",
        "closed": "已解除",
    },
    decisions={"decide": "按条款", "decide_flag": "按条款（口径待指挥部确认）", "refer": "请示指挥部"},
    places={
        "hospital": "定点医疗机构",
        "site": "集中隔离点",
        "home": "居家监测",
        "free_after_negative": "原地等核酸，阴性后通行",
        "none": "不需管控",
    },
    provisional={
        "hospital": "先送定点医疗机构",
        "fever clinic": "先闭环送发热门诊",
        "ask": "先问清再定，不得放行",
        "site + PCR": "先入隔离点并做核酸",
    },
    test_types={"pcr": "核酸", "serum": "血清"},
    results={
        "negative": "阴性",
        "positive": "阳性",
        "indeterminate": "可疑",
        "pending": "待出",
        "invalid": "无效",
    },
    queue_title="待排查研判 {n} 人",
    queue_empty="没有待研判人员。电话报来的人按 + 新增。",
    column_name="姓名",
    column_origin="来源地",
    column_arrived="到涟",
    column_waiting="已等",
    column_clause="可能",
    column_missing="还缺，先问",
    column_phone="电话",
    column_unit="单位",
    column_officer="专人",
    risk_lost="!漏管",
    officer_missing="专人",
    nothing_missing="可确认",
    clause_refer="须请示",
    clause_none="无条款",
    clause_unknown="待定",
    form_new="新增来（返）涟人员",
    form_person="研判 {name}",
    form_correct="更正 {name}",
    form_keys="F9 确认去向  F10 离开（草稿保留）",
    form_keys_new="F9 登记  F10 离开（草稿保留）",
    form_keys_correct="F9 保存更正  F10 离开（草稿保留）",
    no_answer="未问",
    born="{born} 生，{county}",
    clause_line="条款 {clause} {decision}",
    also="并 {clauses}",
    flag="口径待确认",
    refer="须请示：{reason}",
    refer_desk="请示 {desk}",
    provisional_line="答复前：{place}",
    place_line="去向 {place}",
    closed_loop="点对点闭环转运",
    site_days="隔离 {first} 至 {last}（{days} 天）",
    home_days="居家 {first} 至 {last}（{days} 天）",
    tests_line="检测 {tests}",
    free_from="{day} 零时起可解除",
    waits_for="期满日待定：等 {what}",
    missing_line="问清会变：{asks}",
    needs_nothing="无须再问",
    quote="依据 {sentence}",
    readings="口径 {numbers}",
    hold="期满不等于解除：{why}",
    not_computed="情况不足，尚不能研判",
    before="原",
    after="改为",
    confirm_title="确认 {name} 去向",
    confirm_officer="专人",
    confirm_site="隔离点",
    confirm_room="房间",
    confirm_home="监管干部",
    confirm_refer="暂住（可空）",
    confirm_hint="须指定专人；房间已建议，可改",
    confirm_keys="F9 确认  F10 返回",
    confirmed_site="{name} 按{clause} 入{site} {room} 号房，专人 {officer}",
    confirmed_home="{name} 按{clause} 居家监测，专人 {officer}",
    confirmed_free="{name} 按{clause}：{place}，专人 {officer}",
    referred="{name} 已请示{desk}，{place}",
    registered="已登记：{name}",
    corrected="已更正：{name}",
    no_free_room="启用的隔离点没有空房：请在 F5 考虑启用备用点",
    rooms_free="空 {free}/{rooms}",
    persons_title="在管 {n} 人：隔离 {site} 居家 {home} 医院 {hospital} 待转 {transfer} 待结果 {waiting}",
    persons_empty="没有在管人员。",
    nothing_owed="此人现在没有要登记的转运、检测或解除。",
    column_stage="阶段",
    column_place="所在",
    column_day="天数",
    column_next_test="下次检测",
    column_free="解除",
    filtered="只看「{text}」：{n} 人（/ 再按回车清除）",
    unplaced="未安置",
    room="{room}室",
    day_of="{day}/{days}",
    open_end="待定",
    tests_owed="欠{what}",
    record="登记",
    masked_hint="（m 显号）",
    assessment="研判",
    assessed_by="{who} {at} 定",
    plan="计划",
    plan_none="没有计划。",
    test_done="已做",
    test_due="今日",
    test_owed="欠",
    test_planned="未到",
    proposed="建议日",
    late_mark="迟",
    gate="解除条件",
    gate_open="条件已齐，可由带班领导解除",
    gate_blocked="还不能解除：",
    history="经过",
    history_empty="没有记录。",
    page_keys="1 研判 2 检测 3 转运 4 解除 5 更正  m 显号",
    transfer_title="闭环转运 {name}",
    transfer_left="出发时间",
    transfer_vehicle="车牌",
    transfer_driver="司机",
    transfer_arrived="到达时间",
    transfer_received="接收人",
    transferred="{name} 已由 {driver} 送达，{receiver} 接收",
    test_title="检测登记 {name}",
    test_type="种类",
    test_day="计划日",
    test_sampled="采样日期",
    test_result="结果",
    test_saved="{name} {day} {type}：{result}",
    release_title="解除 {name}",
    release_leader="带班领导",
    release_cadre="监管干部",
    release_override="强行理由",
    release_home="转居家监测",
    release_free="解除管控",
    released="{name} 已由 {leader} {what}",
    home_cadre_title="居家监管干部",
    reason="理由",
    reason_hint="已研判的人，更正须写理由",
    discard_hint="请先填完或按 F10 离开，草稿保留",
)

EN = PeopleWords(
    fields={
        "name": "Name",
        "id_no": "ID number",
        "phone": "Phone",
        "origin": "From",
        "left_on": "Left on",
        "arrival_at": "Arrived",
        "health_code": "Health code",
        "travel_card": "Travel card",
        "pcr": "PCR held",
        "pcr_sampled_at": "Sampled at",
        "release_cert": "Release pap",
        "symptoms": "Symptoms",
        "temp_c": "Temp. C",
        "contact": "Contact",
        "last_exposure_on": "Exposed on",
        "linked": "Linked to",
        "border": "Abroad",
        "isolation_days_done": "Days done",
        "isolation_proof": "Proof",
        "foreign_14d": "Foreign 14d",
        "home7_done_elsewhere": "Home 7 done",
        "case_status": "Case",
        "discharged_on": "Discharged",
        "sanfei": "Sanfei",
        "other_stays": "Other stays",
        "investigation": "Checked",
        "arrival_pcr": "PCR here",
        "arrival_pcr_sampled_on": "Sampled on",
        "arrival_pcr_result_on": "Result on",
        "vaccinated": "Vaccinated",
        "sex": "Sex",
        "address": "Address",
        "travel": "Travel",
        "officer_name": "Officer",
        "note": "Note",
    },
    answers={
        "health_code": {"green": "green", "yellow": "yell", "red": "red", "none": "none", "unknown": "?"},
        "travel_card": {
            "green": "green",
            "yellow": "yell",
            "red": "red",
            "none": "none",
            "orange": "orng",
            "unknown": "?",
        },
        "pcr": {"negative": "neg", "positive": "pos", "pending": "pend", "indeterminate": "indet", "none": "none"},
        "release_cert": {"yes": "yes", "no": "no", "na": "n/a", "unknown": "?"},
        "symptoms": {"none": "none", "present": "yes", "unknown": "?"},
        "contact": {"none": "no", "close": "close", "secondary": "sec", "unspecified": "ungr", "unknown": "?"},
        "border": {
            "none": "no",
            "foreign": "for",
            "hongkong": "HK",
            "taiwan": "TW",
            "macau": "MO",
            "unknown": "?",
        },
        "isolation_proof": {"yes": "yes", "no": "no", "unknown": "?"},
        "foreign_14d": {"yes": "yes", "no": "no", "unknown": "?"},
        "home7_done_elsewhere": {"yes": "yes", "no": "no"},
        "case_status": {
            "none": "no",
            "suspected": "susp",
            "confirmed": "conf",
            "asymptomatic": "asym",
            "discharged": "disc",
            "unknown": "?",
        },
        "sanfei": {"yes": "yes", "no": "no", "unknown": "?"},
        "investigation": {
            "clean": "clean",
            "pending": "pend",
            "found_high": "high",
            "found_medium": "med",
            "found_unknown": "?",
        },
        "arrival_pcr": {
            "negative": "neg",
            "positive": "pos",
            "pending": "pend",
            "indeterminate": "indet",
            "none": "none",
        },
        "vaccinated": {"yes": "yes", "no": "no", "unknown": "?"},
        "sex": {"男": "M", "女": "F"},
    },
    asks={
        "arrival_at": "when did they arrive",
        "stays": "where in the last 14 days",
        "stays.left_on": "when did they leave there",
        "stays.place": "which county and street",
        "stays.category": "what level is that place",
        "health_code": "colour of the health code",
        "travel_card": "colour of the travel card",
        "pcr": "a PCR certificate?",
        "pcr.sampled_at": "when was the PCR sampled",
        "pcr.result": "what did the PCR say",
        "release_cert": "a release paper?",
        "symptoms": "any symptoms",
        "temp_c": "temperature",
        "contact": "on a contact list?",
        "last_exposure_on": "last exposure",
        "linked": "contact of whom",
        "border": "from abroad?",
        "isolation_days_done": "days of isolation done",
        "isolation_proof": "proof of isolation",
        "foreign_14d": "a foreign stay in 14 days?",
        "case_status": "a case?",
        "discharged_on": "when discharged",
        "sanfei": "sanfei?",
        "investigation": "outcome of the check",
        "arrival_pcr": "the PCR after arrival",
        "arrival_pcr.result": "the PCR after arrival",
        "arrival_pcr.sampled_on": "when sampled here",
        "arrival_pcr.result_on": "when the result came",
        "vaccinated": "when vaccinated",
        "admitted_on": "when admitted",
    },
    hints={
        "origin": "province, city, county, street; 'none' if they never left in 14 days",
        "linked": "names or numbers of the close contacts, with commas",
        "other_stays": "place day left; place day left",
        "temp_c": "365 is 36.5",
        "isolation_days_done": "whole days of isolation done elsewhere",
        "address": "town (street), village, group",
        "id_no": "18 characters; fills sex, birth date and native county",
        "officer_name": "the officer responsible for this person",
    },
    hint_time="such as 6-7 14:30, 0607 1430, t1430, y 9:05; a date alone will do",
    hint_day="such as 6-7, 0607, today, yesterday",
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    problems={
        "unread_time": "not a time: say 6-7 14:30, 0607 1430, t1430, y 9:05",
        "unread_day": "not a date: say 6-7, 0607, today, yesterday",
        "unread_number": "not a number",
        "unread_choice": "press one of the digits",
    },
    id_warnings={
        "id_missing": "no ID number",
        "id_length": "the ID has not 18 characters",
        "id_date": "the ID's birth date is no date",
        "id_check_digit": "the ID's check digit is wrong",
        "phone_missing": "no phone",
        "phone_unusual": "an unusual phone number",
    },
    stages={
        "pending": "to assess",
        "referred": "referred",
        "waiting": "waits",
        "transfer": "to move",
        "site": "site",
        "home": "home",
        "hospital": "hospital",
        "closed": "released",
    },
    decisions={"decide": "by the text", "decide_flag": "by a reading to be confirmed", "refer": "refer"},
    places={
        "hospital": "designated hospital",
        "site": "quarantine site",
        "home": "home monitoring",
        "free_after_negative": "stays put until a negative PCR",
        "none": "no measures",
    },
    provisional={
        "hospital": "to the designated hospital first",
        "fever clinic": "to the fever clinic by closed loop first",
        "ask": "ask first, do not let go",
        "site + PCR": "to a site with a PCR first",
    },
    test_types={"pcr": "PCR", "serum": "serum"},
    results={
        "negative": "negative",
        "positive": "positive",
        "indeterminate": "indeterminate",
        "pending": "pending",
        "invalid": "invalid",
    },
    queue_title="{n} to be assessed",
    queue_empty="Nobody is waiting. Press + for somebody who phones in.",
    column_name="Name",
    column_origin="From",
    column_arrived="Arrived",
    column_waiting="Waits",
    column_clause="Likely",
    column_missing="Missing, ask next",
    column_phone="Phone",
    column_unit="Unit",
    column_officer="Officer",
    risk_lost="!LOST",
    officer_missing="officer",
    nothing_missing="ready",
    clause_refer="refer",
    clause_none="none",
    clause_unknown="open",
    form_new="New arrival",
    form_person="Assess {name}",
    form_correct="Correct {name}",
    form_keys="F9 place  F10 leave (draft kept)",
    form_keys_new="F9 register  F10 leave (draft kept)",
    form_keys_correct="F9 save  F10 leave (draft kept)",
    no_answer="not asked",
    born="born {born}, {county}",
    clause_line="Clause {clause} {decision}",
    also="and {clauses}",
    flag="reading to confirm",
    refer="Refer: {reason}",
    refer_desk="ask {desk}",
    provisional_line="Until answered: {place}",
    place_line="To {place}",
    closed_loop="by closed loop",
    site_days="Site {first} to {last} ({days} d)",
    home_days="Home {first} to {last} ({days} d)",
    tests_line="Tests {tests}",
    free_from="may be released from {day} 00:00",
    waits_for="end not known: waits for {what}",
    missing_line="Would change it: {asks}",
    needs_nothing="nothing more to ask",
    quote="Text: {sentence}",
    readings="readings {numbers}",
    hold="the end is no release: {why}",
    not_computed="not enough is known to assess",
    before="was",
    after="becomes",
    confirm_title="Place {name}",
    confirm_officer="Officer",
    confirm_site="Site",
    confirm_room="Room",
    confirm_home="Cadre",
    confirm_refer="Held at",
    confirm_hint="name the officer; the room is proposed, change it if you like",
    confirm_keys="F9 confirm  F10 back",
    confirmed_site="{name}, clause {clause}: {site} room {room}, officer {officer}",
    confirmed_home="{name}, clause {clause}: home monitoring, officer {officer}",
    confirmed_free="{name}, clause {clause}: {place}, officer {officer}",
    referred="{name} referred to {desk}; {place}",
    registered="Registered: {name}",
    corrected="Corrected: {name}",
    no_free_room="No room is free at any active site: consider opening a standby site (F5)",
    rooms_free="{free}/{rooms} free",
    persons_title="{n} people: site {site} home {home} hospital {hospital} to move {transfer} waiting {waiting}",
    persons_empty="Nobody is under control.",
    nothing_owed="No transfer, test or release is owed for this person now.",
    column_stage="Stage",
    column_place="Where",
    column_day="Day",
    column_next_test="Next test",
    column_free="Free from",
    filtered="Only '{text}': {n} people (/ then Enter shows all)",
    unplaced="not placed",
    room="room {room}",
    day_of="{day}/{days}",
    open_end="open",
    tests_owed="owed {what}",
    record="Record",
    masked_hint="(m reveals)",
    assessment="Assessment",
    assessed_by="by {who} {at}",
    plan="Plan",
    plan_none="No plan.",
    test_done="done",
    test_due="today",
    test_owed="owed",
    test_planned="planned",
    proposed="proposed",
    late_mark="late",
    gate="Gate",
    gate_open="Everything is met; a shift leader may release",
    gate_blocked="Not yet to be released:",
    history="History",
    history_empty="No entries.",
    page_keys="1 assess 2 test 3 transfer 4 release 5 correct  m reveal",
    transfer_title="Closed-loop transfer of {name}",
    transfer_left="Left at",
    transfer_vehicle="Vehicle",
    transfer_driver="Driver",
    transfer_arrived="Arrived at",
    transfer_received="Received by",
    transferred="{name} brought by {driver}, received by {receiver}",
    test_title="Test of {name}",
    test_type="Kind",
    test_day="Planned day",
    test_sampled="Sampled on",
    test_result="Result",
    test_saved="{name} {day} {type}: {result}",
    release_title="Release {name}",
    release_leader="Leader",
    release_cadre="Cadre",
    release_override="Override",
    release_home="moved to home monitoring",
    release_free="released",
    released="{name} {what} by {leader}",
    home_cadre_title="Home cadre",
    reason="Reason",
    reason_hint="a person who was assessed needs a reason",
    discard_hint="Finish the form, or F10 leaves and keeps the draft",
)
