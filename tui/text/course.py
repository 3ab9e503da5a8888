"""Words of a person's course: what section three makes of him, where it puts him, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dutyboard.rules.law.section_three import AnswerDesk
    from dutyboard.rules.records.model import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseWords:
    """Placeholders in braces are filled with `str.format`."""

    stages: Mapping[Stage, str]
    decisions: Mapping[str, str]
    places: Mapping[str, str]
    provisional: Mapping[str, str]
    desks: Mapping[AnswerDesk, str]
    test_types: Mapping[str, str]
    results: Mapping[str, str]
    clause_refer: str
    clause_none: str
    clause_line: str
    also: str
    refer: str
    refer_desk: str
    provisional_line: str
    place_line: str
    closed_loop: str
    days: str
    site_days: str
    home_days: str
    tests_line: str
    free_from: str
    waits_for: str
    ask_line: str
    missing_line: str
    needs_nothing: str
    needs_answer: str
    quote: str
    hold: str
    proposed: str
    before: str
    after: str


ZH = CourseWords(
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
    decisions={"decide": "按条款", "decide_flag": "按条款（口径待指挥部确认）", "refer": "请示"},
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
    desks={
        "command_post": "指挥部",
        "medical": "定点医疗机构",
        "cdc": "疾控中心",
        "public_security": "公安",
        "person": "本人",
    },
    results={
        "negative": "阴性",
        "positive": "阳性",
        "indeterminate": "可疑",
        "pending": "待出",
        "invalid": "无效",
    },
    clause_refer="须请示",
    clause_none="无条款",
    clause_line="{clause} {decision}",
    also="并 {clauses}",
    refer="须请示：{reason}",
    refer_desk="请{desk}答复",
    provisional_line="答复前：{place}",
    place_line="去向 {place}",
    closed_loop="点对点闭环转运",
    days="{days}天",
    site_days="隔离 {first} 至 {last}",
    home_days="居家 {first} 至 {last}",
    tests_line="检测 {tests}",
    free_from="{day} 零时起可解除",
    waits_for="期满日待定：等 {what}",
    ask_line="先问：{asks}",
    missing_line="问清会变：{asks}",
    needs_nothing="无须再问",
    needs_answer="本人无须再问，等答复",
    quote="依据 {sentence}",
    hold="期满不等于解除：{why}",
    proposed="议",
    before="原为",
    after="改为",
)

EN = CourseWords(
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
    desks={
        "command_post": "the command post",
        "medical": "the designated hospital",
        "cdc": "the CDC",
        "public_security": "public security",
        "person": "the person",
    },
    results={
        "negative": "negative",
        "positive": "positive",
        "indeterminate": "indeterminate",
        "pending": "pending",
        "invalid": "invalid",
    },
    clause_refer="refer",
    clause_none="none",
    clause_line="{clause} {decision}",
    also="and {clauses}",
    refer="Refer: {reason}",
    refer_desk="awaits {desk}",
    provisional_line="Until answered: {place}",
    place_line="To {place}",
    closed_loop="by closed loop",
    days="{days} d",
    site_days="Site {first} to {last}",
    home_days="Home {first} to {last}",
    tests_line="Tests {tests}",
    free_from="free from {day} 00:00",
    waits_for="end not known: waits for {what}",
    ask_line="Ask: {asks}",
    missing_line="Would change it: {asks}",
    needs_nothing="nothing more to ask",
    needs_answer="nothing more to ask of the person; an answer is awaited",
    quote="Text: {sentence}",
    hold="the end is no release: {why}",
    proposed="p",
    before="was",
    after="now",
)
