"""Every act from the command line alone: a person from the phone call to the end of his record, a site and the post."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest

from dutyboard.rules.records.codes import EntryKind
from dutyboard.tui.acts.names import ACTS
from tests.tui.callers import AREAS, MORNING, SI, SITES, WANG, ZHANG, sheet
from tests.tui.command_line import CommandLine

DATA = Path(__file__).parents[1] / "data"
RAISED = "区划代码,地区,等级,起始日期\n440103,广东省广州市荔湾区,高风险,2021-06-07\n"
EVENING = "2021-06-07T19:50"
POSITIVE = ["transfer_to_hospital/person-2", "trace_contacts/person-2"]


@dataclass(frozen=True)
class Said:
    """What an officer does at a moment: as words of the command line, and as acts of a batch."""

    at: str
    words: tuple[str, ...]
    acts: tuple[dict[str, Any], ...]
    typed: str = ""


def said(at: str, words: str, *acts: dict[str, Any], typed: Any = None) -> Said:
    return Said(at, tuple(words.split()), acts, json.dumps(typed, ensure_ascii=False) if typed else "")


def both(name: str, **told: Any) -> tuple[dict[str, Any], ...]:
    """One act of 张三 and one of 李四."""
    return tuple({"act": name, "person": number, **told} for number in (1, 2))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path / "desk", MORNING, monkeypatch)


NEW = {"act": "officer add", "phone": "19900008888"}


def next_days() -> Iterator[Said]:
    """Two shifts of the day after tomorrow: swapped, one given to another, and called off."""
    hours, day = "2021-06-09T08:00 2021-06-09T20:00", {"starts": "2021-06-09T08:00", "ends": "2021-06-09T20:00"}
    for seat, officer in (("leader", 2), ("officer", 3)):
        planned = {"act": "shift", "seat": seat, "officer": officer, **day, "reason": "代班"}
        yield said(MORNING, f"shift {seat} officer-{officer} {hours} --reason 代班", planned)
    swapped = {"act": "shift swap", "shift": 2, "other": 3, "reason": "家中有事"}
    yield said(MORNING, "shift swap 2 3 --reason 家中有事", swapped)
    given = {"act": "shift change", "shift": 2, "officer": 4, "reason": "病假"}
    yield said(MORNING, "shift change shift-2 --officer officer-4 --reason 病假", given)
    yield said(MORNING, "shift cancel 2 --reason 培训", {"act": "shift cancel", "shift": 2, "reason": "培训"})


def first_day() -> Iterator[Said]:
    """The post takes its seats, two people come in by phone and move to the site, and the site works."""
    day = {"starts": "2021-06-07T08:00", "ends": "2021-06-07T20:00"}
    yield said(MORNING, "shift officer officer-1 08:00 20:00", {"act": "shift", "seat": "officer", "officer": 1, **day})
    yield from next_days()
    leader = {"act": "officer add", "name": "李带班", "role": "leader"}
    yield said(MORNING, "officer add 李带班 --role leader", leader)
    yield said(MORNING, "sign-on officer-1", {"act": "sign-on", "officer": 1})
    call = {"caller": "村支书", "matter": "三人返乡", "told": ""}
    yield said(
        MORNING,
        "log 已记 --caller 村支书 --matter 三人返乡",
        {"act": "log", "text": "已记", "call": call},
    )
    for told in (ZHANG, SI, WANG):
        yield said(MORNING, "register -", {"act": "register", **told, "unit": 1}, typed={**told, "unit": "蓝田街道"})
    known = {"health_code": "green", "travel_card": "green", "pcr": None}
    words = "correct 张三 health_code=green travel_card=green pcr=null phone=19900000006"
    yield said(MORNING, words, {"act": "correct", "person": 1, **known, "phone": "19900000006"})
    for number, name in ((1, "张三"), (2, "person-2")):
        placed = {"person": number, "clause": "3.6", "officer": "王芳", "site": 1, "room": number + 2}
        yield said(MORNING, f"confirm {name} --officer 王芳 --room 涟源:{number + 2}", {"act": "confirm", **placed})
    words = "--left 08:05 --arrived 08:25 --vehicle 湘K1 --driver 赵 --received-by 周涛"
    moved = {"left": "2021-06-07T08:05", "arrived": "2021-06-07T08:25", "vehicle": "湘K1", "driver": "赵"}
    for each, name in zip(both("transfer", **moved, received_by="周涛"), ("张三", "李四")):
        yield said(MORNING, f"transfer {name} {words}", each)
    patrol = {"act": "check", "obligation": "patrol-1/site-1/2021-06-07"}
    yield said(MORNING, "check 涟源 patrol-1", patrol)
    yield said(MORNING, "amend 21 --reason 点错", {"act": "amend", "entry": 21, "reason": "点错"})
    yield said(MORNING, "check 涟源 patrol-1", patrol)
    yield said(MORNING, "undo entry-23", {"act": "undo", "entry": 23})
    yield said(MORNING, "reading 张三 36.6", {"act": "reading", "person": 1, "temp_c": 36.6})
    outcome = {"outcome": "已答复", "told": "村支书"}
    yield said(
        MORNING, "finding close 1 --outcome 已答复 --told 村支书", {"act": "finding close", "matter": 1, **outcome}
    )
    opened = {"act": "finding open", "subject": "unit-1", "text": "卡点无人", "owner": "村支书"}
    yield said(MORNING, "finding open unit-1 --text 卡点无人 --owner 村支书", opened)
    given = {"act": "finding assign", "matter": 2, "owner": "网格员", "reason": "就近"}
    yield said(MORNING, "finding assign 2 --owner 网格员 --reason 就近", given)
    empty = {"act": "presence", "subject": "unit-1", "found": "off_post", "text": "无人接听"}
    yield said(MORNING, "presence 蓝田 脱岗 --text 无人接听", empty)
    asked = {"seat": "officer", "asked_by": "娄底市指挥部", "answered_by": "管理员"}
    words = "presence post 在岗 --seat 坐班 --asked-by 娄底市指挥部 --answered-by 管理员"
    yield said(MORNING, words, {"act": "presence", "subject": "post", "found": "on_post", **asked})
    yield said(MORNING, "check patrol-1/site-1/2021-06-07 --done-by 周涛", {**patrol, "done_by": "周涛"})
    each = {"readings": {"person-1": 36.6, "person-2": 36.8}}
    measured = {"of": 2, "measured": 2, "highest": 36.8}
    yield said(
        MORNING,
        "check 涟源 temperature-am --set of=2 --set measured=2 --set highest=36.8 --reading 张三=36.6 --reading 2=36.8",
        {"act": "check", "obligation": "temperature-am/site-1/2021-06-07", "figures": measured, **each},
    )
    screening = {"kind": "screening", "subject": "unit-1", "day": "2021-06-07", "reporter": "刘"}
    words = "send-report screening --unit 蓝田 --reporter 刘"
    figures = {"figures": {"total": 3, "new": 3}, "zero": False}
    yield said(MORNING, f"{words} total=3 new=3", {"act": "send-report", **screening, **figures})
    site = {"kind": "site", "subject": "site-1", "day": "2021-06-07", "reporter": "周涛", "figures": {}, "zero": True}
    yield said(MORNING, "send-report site --site 涟源 --zero --reporter 周涛", {"act": "send-report", **site})
    yield said(
        MORNING,
        "site open 涟水 --reason 房间将满",
        {"act": "site", "site": 2, "state": "active", "reason": "房间将满", "leader": 122},
    )
    wider = {"act": "site change", "site": 2, "rooms": ["8201", "8202", "8203"], "reason": "挂门牌"}
    yield said(MORNING, "site change 涟水 --rooms 8201-8203 --reason 挂门牌", wider)
    yield said(MORNING, "officer add 欧阳新 --unit 蓝田 --phone 19900008888", {**NEW, "name": "欧阳新", "unit": 1})
    why = {"officer": 123, "reason": "电话有误"}
    words = "officer change 欧阳新 --phone 19900008889 --reason 电话有误"
    yield said(MORNING, words, {"act": "officer change", **why, "phone": "19900008889"})
    why = {"officer": 123, "reason": "换账号"}
    yield said(MORNING, "sign-on bind 欧阳新 oyx --reason 换账号", {"act": "sign-on bind", **why, "login": "oyx"})
    yield said(MORNING, "sign-on unbind oyx --reason 换账号", {"act": "sign-on unbind", **why})
    gone = {"act": "officer end", "officer": 123, "reason": "调离", "until": "2021-06-08"}
    yield said(MORNING, "officer end 欧阳新 --until 2021-06-08 --reason 调离", gone)
    secretary = {"act": "unit change", "unit": 1, "first_responsible": "张书记"}
    yield said(MORNING, "unit change 蓝田街道 --first-responsible 张书记", secretary)
    fever = {"name": "fever_c", "value": "37.2", "reason": "从严"}
    yield said(MORNING, "settings set fever_c 37.2 --reason 从严", {"act": "settings", **fever})
    yield from the_staff()
    words = "rescreen 王五 广东省广州市荔湾区 --answer not_there --text 未去"
    called = {"person": 3, "area": 2, "answer": "not_there", "text": "未去"}
    yield said("2021-06-07T10:00", words, {"act": "rescreen", **called})


def the_staff() -> Iterator[Said]:
    """Two on a site's register: one has a fever and is off duty, comes back, and is taken off with a day."""
    for name, post in (("何静", "护士"), ("谭勇", "保安")):
        new = {"act": "staff add", "site": 1, "name": name, "post": post, "from_on": "2021-06-07"}
        yield said(MORNING, f"staff add 涟源 {name} --post {post} --from-on 2021-06-07", new)
    corrected = {"act": "staff change", "staff": 2, "phone": "19900008890", "reason": "补电话"}
    yield said(MORNING, "staff change 谭勇 --phone 19900008890 --reason 补电话", corrected)
    check = {"act": "check", "obligation": "staff-check/site-1/2021-06-07", "seen": [1], "readings": {"staff-2": 37.6}}
    yield said(MORNING, "check 涟源 staff-check --seen 何静 --reading 谭勇=37.6", check)
    yield said(MORNING, "staff back staff-2 --reason 复测正常", {"act": "staff back", "staff": 2, "reason": "复测正常"})
    yield said(MORNING, "staff off 何静 --reason 家人发热", {"act": "staff off", "staff": 1, "reason": "家人发热"})
    yield said(MORNING, "staff sample 何静 谭勇", {"act": "staff sample", "staff": [1, 2]})
    result = {"act": "staff result", "staff": [1, 2], "result": "negative", "sampled_on": "2021-06-07"}
    yield said(MORNING, "staff result staff-1 谭勇 --result negative --sampled-on 2021-06-07", result)
    gone = {"act": "staff end", "staff": 2, "reason": "轮换", "until": "2021-06-09"}
    yield said(MORNING, "staff end 谭勇 --until 2021-06-09 --reason 轮换", gone)


def the_positive_one() -> Iterator[Said]:
    """李四 is positive: all that follows is shown and carried out, and another place takes him over."""
    at = "2021-06-08T09:00"
    moved = {"act": "move", "person": 1, "site": 1, "room": 9, "reason": "马桶坏"}
    yield said(at, "move 张三 涟源:9 --reason 马桶坏", moved)
    other = {"act": "assign", "person": 1, "officer": "刘敏", "reason": "王芳调休"}
    yield said(at, "assign 张三 --officer 刘敏 --reason 王芳调休", other)
    yield said(at, "sample 张三 李四 --type pcr", *both("sample", type="pcr"))
    yield said(at, "result 张三 --result negative", {"act": "result", "person": 1, "result": "negative"})
    yield said(at, "result 李四 --result positive", {"act": "result", "person": 2, "result": "positive"})
    yield said(at, "positive 李四 --yes", {"act": "positive", "person": 2, "shown": POSITIVE})
    left = {
        "left": "2021-06-08T09:00",
        "arrived": "2021-06-08T09:00",
        "vehicle": "120",
        "driver": "钱",
        "received_by": "其他：孙",
    }
    words = "transfer 李四 --left 09:00 --arrived 09:00 --vehicle 120 --driver 钱 --received-by 其他：孙"
    yield said(at, words, {"act": "transfer", "person": 2, **left})
    alarm = "trace/person-2/2021-06-08"
    aside = {"act": "shelve", "obligation": alarm, "until": "2021-06-08T09:20", "reason": "等疾控回电"}
    yield said(at, f"shelve {alarm} --until 09:20 --reason 等疾控回电", aside)
    yield said(at, f"ack {alarm}", {"act": "ack", "obligations": [alarm]})
    traced = {"contacts": 0, "told": "市疾控", "at": at}
    yield said(at, "trace 李四 --contacts 0 --told 市疾控 --at 09:00", {"act": "trace", "person": 2, **traced})
    yield said(at, "take-seat officer", {"act": "take-seat", "seat": "officer"})
    letter = {"letter": "疫防函3号", "to": "娄底市"}
    words = "handoff 李四 --leader 李带班 --letter 疫防函3号 --to 娄底市"
    yield said(at, words, {"act": "handoff", "person": 2, "leader": 122, **letter})
    yield said(at, "reopen 李四 --reason 退回", {"act": "reopen", "person": 2, "reason": "退回"})
    letter = {"letter": "疫防函4号", "to": "娄底市"}
    words = "handoff 李四 --leader 李带班 --letter 疫防函4号 --to 娄底市"
    yield said(at, words, {"act": "handoff", "person": 2, "leader": 122, **letter})


def the_asked_one() -> Iterator[Said]:
    """王五 has a fever: the hospital is asked, and answers."""
    at = "2021-06-08T09:10"
    yield said(at, "correct 王五 symptoms=present", {"act": "correct", "person": 3, "symptoms": "present"})
    referred: dict[str, Any] = {"person": 3, "clause": None, "officer": "王芳"}
    yield said(at, "confirm 王五 --officer 王芳", {"act": "confirm", **referred})
    measures = ("stay_in_room", "see_doctor", "tell_office", "fever_clinic", "extra_pcr", "stop_release")
    suspect = {
        "person": 3,
        "shown": [f"{each}/person-3" for each in measures],
        "told": "办公室刘",
        "reason": "医生判断",
    }
    yield said(at, "suspect 王五 --yes --told 办公室刘 --reason 医生判断", {"act": "suspect", **suspect})
    ride = {"act": "transfer start", "person": 3, "vehicle": "120", "driver": "钱"}
    words = "transfer start 王五 --vehicle 120 --driver 钱"
    yield said(at, f"{words} --to fever-clinic", {**ride, "to": "fever-clinic"})
    yield said(at, "transfer cancel 王五 --reason 车坏", {"act": "transfer cancel", "person": 3, "reason": "车坏"})
    yield said(at, words, ride)
    elsewhere = {"act": "transfer divert", "person": 3, "to": "hospital", "reason": "门诊停电"}
    yield said(at, "transfer divert 王五 --to hospital --reason 门诊停电", elsewhere)
    back = {**elsewhere, "to": "fever-clinic", "reason": "恢复"}
    yield said(at, "transfer divert 王五 --to fever-clinic --reason 恢复", back)
    end = {"act": "transfer end", "person": 3, "received_by": "其他：孙"}
    yield said(at, "transfer end 王五 --received-by 其他：孙", end)
    told = {"decision": "排除", "authority": "市人民医院", "class": "3.5", "facts": {"symptoms": "none"}}
    words = "answer 王五 --decision 排除 --authority 市人民医院 symptoms=none class=3.5 --at 09:10"
    yield said(at, words, {"act": "answer", "person": 3, **told, "at": at, "leader": 122})


def to_the_end() -> Iterator[Said]:
    """张三 has his last sample, goes home under two cadres, is visited, and is free."""
    at = "2021-06-14T09:00"
    yield said(at, "sample 张三", {"act": "sample", "person": 1})
    at = "2021-06-15T09:00"
    words = "result 张三 --result negative --sampled-on 2021-06-14"
    yield said(at, words, {"act": "result", "person": 1, "result": "negative", "sampled_on": "2021-06-14"})
    home = {"leader": 122, "cadres": ["镇干部", "村干部"], "vehicle": "湘K1"}
    words = "release 张三 --leader 李带班 --cadres 镇干部,村干部 --vehicle 湘K1"
    yield said(at, words, {"act": "release", "person": 1, **home})
    at = "2021-06-16T09:00"
    longer = {"act": "stage", "person": 1, "last": "2021-06-22", "leader": 122, "reason": "邻居阳性"}
    yield said(at, "stage 张三 --last 2021-06-22 --leader 李带班 --reason 邻居阳性", longer)
    yield said(
        at,
        "stage 张三 --last 2021-06-21 --leader 李带班 --reason 已排除",
        {**longer, "last": "2021-06-21", "reason": "已排除"},
    )
    yield said(at, "check-home 蓝田街道", {"act": "check", "obligation": "home-check/unit-1/2021-06-16"})
    yield said(at, "breach 张三 --text 外出", {"act": "breach", "person": 1, "text": "外出"})
    yield said(at, "print 张三 notice-home", {"act": "print", "person": 1, "paper": "notice-home"})
    at = "2021-06-22T09:00"
    yield said(at, "release 张三 --leader 李带班", {"act": "release", "person": 1, "leader": 122})
    for name in ("赵六", "赵六六", "误登"):
        told = {"name": name, "phone": "19900000016"}
        yield said(at, "register -", {"act": "register", **told, "unit": 1}, typed={**told, "unit": "蓝田街道"})
    one = {"act": "merge", "person": 5, "into": 4, "reason": "同一人", "yes": True}
    yield said(at, "merge 5 person-4 --reason 同一人 --yes", one)
    stands = {"act": "settle", "person": 4, "field": "name", "reason": "证件如此"}
    yield said(at, "settle person-4 name --reason 证件如此", stands)
    yield said(at, "void 误登 --reason 重名", {"act": "void", "person": 6, "reason": "重名"})
    notice = {"notice": "national-9-2022", "effective_from": "2022-06-28T00:00", "reason": "新函"}
    yield said(
        at,
        "rules switch national-9-2022 --from 2022-06-28T00:00 --reason 新函",
        {"act": "rules switch", **notice, "leader": 122},
    )


def decided() -> Iterator[Said]:
    """What a list of sites tells otherwise than the desk."""
    told = {"act": "settle record", "subject": "site-1", "field": "rooms", "reason": "现场核过"}
    yield said("2021-06-22T09:00", "settle record site-1 rooms --reason 现场核过", told)


def by_words(desk: CommandLine, step: Said) -> None:
    """Say a step on the command line."""
    desk.done(*step.words, typed=step.typed)


def by_batch(desk: CommandLine, step: Said) -> None:
    """Say a step as acts, each a line."""
    assert all(answer["ok"] for answer in desk.batch(*step.acts)), step


def walk(desk: CommandLine, say: Callable[[CommandLine, Said], None]) -> None:
    """Everything that is said, on its day."""
    desk.done("import", "roster", str(DATA / "roster.xlsx"))
    sheet(desk, "sites", SITES)
    sheet(desk, "areas", AREAS)
    *begun, call_back = first_day()
    for step in begun:
        say(desk, step)
    desk.at(call_back.at)
    sheet(desk, "areas", RAISED)
    say(desk, call_back)
    desk.at(EVENING)
    shown = desk.printed("handover", "--json")
    act = {"act": "handover", "incoming": 2, "obligation": shown["obligation"], "items": shown["items"]}
    say(desk, said(EVENING, "handover --incoming officer-2 --yes", act))
    for step in (*the_positive_one(), *the_asked_one(), *to_the_end()):
        desk.at(step.at)
        say(desk, step)
    sheet(desk, "sites", SITES.replace("蓝田街道,62", "蓝田街道,60"))
    for step in decided():
        say(desk, step)


def test_a_person_is_brought_to_the_end_of_his_record(desk: CommandLine) -> None:
    walk(desk, by_words)
    tables = desk.tables()
    zhang, si = tables["persons"]["1"], tables["persons"]["2"]
    assert (zhang["stage"], zhang["closed_at"]) == ("closed", "2021-06-22T09:00:00+08:00")
    assert (zhang["phone"], zhang["home_from"], zhang["home_cadre"]) == ("19900000006", "2021-06-15", "村干部")
    assert [(test["day"], test["result"]) for test in zhang["facts"]["tests"]] == [(1, "negative"), (7, "negative")]
    assert (si["stage"], [stay["clause"] for stay in si["stays_before"]]) == ("closed", ["3.1"])
    kinds = {entry["kind"] for entry in tables["entries"].values()}
    elsewhere = {"note", "takeover", "roles", "key", "pin", "wrong_pin", "headings"}
    assert kinds == set(get_args(EntryKind)) - elsewhere
    assert desk.printed("verify", "--json")["ok"]
    assert owed_for(desk, 1) == []


def owed_for(desk: CommandLine, number: int) -> list[str]:
    """What is owed for a person."""
    rows = desk.printed("board", "--json")["obligations"]
    return [row["id"] for row in rows if row["subject_id"] == f"person-{number}" and row["state"] != "done"]


def test_the_same_acts_in_a_batch_leave_the_same_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = []
    for name, say in (("words", by_words), ("batch", by_batch)):
        desk = CommandLine(tmp_path / name / "desk", MORNING, monkeypatch)
        walk(desk, say)
        tables = desk.tables()
        for entry in tables["entries"].values():
            entry.get("data", {}).pop("head", None)  # of the journal, whose lines hold the instant of the real clock
        records.append(tables)
    assert records[0] == records[1]
    done = {
        act["act"]
        for step in (*first_day(), *the_positive_one(), *the_asked_one(), *to_the_end(), *decided())
        for act in step.acts
    }
    assert set(ACTS) - done == {
        "init",
        "handover",
        "keys add",
        "keys remove",
        "headings",
        "pin set",
        "pin reset",
        "sign-on code",
    } | {name for name in ACTS if name.startswith("import ")}
