"""One case each from the command line alone: names, findings, calls, a referral, a check at home, a ride."""

import json
from pathlib import Path

import pytest

from tests.tui.callers import AREAS, MORNING, SI, SITES, WANG, ZHANG, sheet
from tests.tui.command_line import CommandLine


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path / "desk", MORNING, monkeypatch)


def test_names_that_are_not_one_record(desk: CommandLine) -> None:
    sheet(desk, "sites", SITES)
    for told in (SI, {**SI, "phone": "19900000009"}):
        desk.done("register", "-", typed=json.dumps(told))
    assert "person-1、person-2" in desk.refused("confirm", "李四")
    assert "没有这个人员" in desk.refused("confirm", "赵六")
    assert "没有这个人员" in desk.refused("sample", "person-1", "person-9", "--type", "pcr")
    assert "花名册上没有此人" in desk.refused("release", "1", "--leader", "无名")
    assert "涟源宾馆隔离点、涟水酒店隔离点" in desk.refused("confirm", "1", "--room", "涟:3")
    desk.refused("confirm", "1", "--room", "涟源", code=2)
    desk.refused("check", "涟源", code=2)
    desk.refused("correct", "1", "name", code=2)
    desk.refused("correct", "1", "health_code=purple", code=2)
    desk.refused("correct", "1", "shoe_size=43", code=2)
    desk.refused("trace", "1", "--told", "市疾控", code=2)
    desk.refused("result", "1", "--result", "negative", "--sampled-on", "昨天", code=2)
    desk.refused("register", str(desk.folder / "none.json"))
    assert desk.call("register", "-", typed="[]").exit_code == 2
    assert len(desk.tables()["entries"]) == 4


def test_an_officer_is_named_until_his_last_day_and_told_of_after_it(desk: CommandLine) -> None:
    desk.done("officer", "add", "赵晓峰")
    desk.done("officer", "end", "赵晓峰", "--until", "2021-06-09", "--reason", "调离")
    desk.done("shift", "officer", "赵晓峰", "2021-06-08T08:00", "2021-06-08T20:00")
    assert "赵晓峰 自 2021-06-09 起已不在岗" in desk.refused(
        "shift", "officer", "赵晓峰", "2021-06-09T08:00", "2021-06-09T20:00"
    )
    desk.done("officer", "add", "赵晓峰", "--phone", "19900000077")  # a namesake who stays is the one that is meant
    desk.done("shift", "officer", "赵晓峰", "2021-06-09T08:00", "2021-06-09T20:00")
    assert [each["officer_id"] for each in desk.tables()["shifts"].values()][-2:] == [2, 3]


def test_of_several_people_each_is_answered_and_the_rest_go_on(desk: CommandLine) -> None:
    sheet(desk, "sites", SITES)
    sheet(desk, "areas", AREAS)
    for told in (SI, WANG):
        desk.done("register", "-", typed=json.dumps(told))
    desk.done("confirm", "李四", "--officer", "王芳", "--room", "涟源:3")
    words = ("--left", "08:05", "--arrived", "08:25", "--vehicle", "湘K1", "--driver", "赵", "--received-by", "周涛")
    desk.done("transfer", "李四", *words)
    desk.at("2021-06-08T09:00")
    told_of = desk.call("sample", "王五", "李四", "--json")
    assert told_of.exit_code == 1
    answers = [json.loads(line) for line in told_of.stdout.splitlines()]
    assert [answer.get("code") for answer in answers] == ["figures_needed", None]
    assert len(told_of.stderr.splitlines()) == 1
    assert desk.printed("person", "李四", "--json")["facts"]["tests"][0]["result"] == "pending"


def test_a_positive_and_a_handover_are_shown_before_they_are_carried_out(desk: CommandLine) -> None:
    sheet(desk, "sites", SITES)
    desk.done("register", "-", typed=json.dumps(SI))
    assert "没有待执行" in desk.refused("positive", "李四")
    desk.done("correct", "李四", 'arrival_pcr={"sampled_on":"2021-06-07","result":"positive","result_on":"2021-06-07"}')
    lines = desk.printed("verify", "--json")["lines"]
    shown = desk.printed("positive", "李四", "--json")
    assert [each["id"] for each in shown] == ["transfer_to_hospital/person-1", "trace_contacts/person-1"]
    assert "闭环转运" in desk.done("positive", "李四")
    assert "还没有排下一班" in desk.refused("handover")
    assert desk.printed("verify", "--json")["lines"] == lines
    desk.refused("positive", "李四", "--yes", "--shown", "convert/person-9")
    desk.refused("handover", "--yes", code=2)
    desk.done("positive", "李四", "--yes", "--officer", "王芳", *(f"--shown={each['id']}" for each in shown))
    assert desk.printed("person", "李四", "--json")["stage"] == "transfer"


def test_what_goes_with_a_correction_is_shown_and_asked_once(desk: CommandLine) -> None:
    sheet(desk, "sites", SITES)
    desk.done("register", "-", typed=json.dumps(ZHANG))
    placed = desk.printed("confirm", "张三", "--room", "涟源宾馆:1", "--officer", "王芳", "--json")["entries"][0]
    desk.done("transfer", "start", "张三", "--vehicle", "湘K1", "--driver", "赵")
    told = desk.call("amend", str(placed), "--reason", "认错人")
    assert told.exit_code == 1 and "--yes" in told.stderr
    assert "一并撤回" in told.stdout and "张三：在途" in told.stdout
    desk.done("amend", str(placed), "--reason", "认错人", "--yes")
    assert desk.printed("person", "张三", "--json")["stage"] == "pending"


def test_a_ride_told_wrongly_is_told_again(desk: CommandLine) -> None:
    sheet(desk, "sites", SITES)
    desk.done("register", "-", typed=json.dumps(ZHANG))
    desk.done("confirm", "张三", "--room", "涟源宾馆:1", "--officer", "王芳")
    left = desk.printed("transfer", "start", "张三", "--vehicle", "湘K1", "--driver", "赵", "--json")["entries"][0]
    desk.done("amend", str(left), "--reason", "抄错", "vehicle=湘K2")
    assert desk.printed("person", "张三", "--json")["road"]["vehicle"] == "湘K2"
    there = desk.printed("transfer", "end", "张三", "--received-by", "周涛", "--json")["entries"][0]
    desk.done("amend", str(there), "--reason", "抄错", "received_by=其他：杨敏")
    told = desk.printed("person", "张三", "--json")
    assert (told["stage"], [each["done_by"] for each in told["history"] if each.get("amends") == there]) == (
        "site",
        ["其他：杨敏"],
    )
    moved = desk.printed("move", "张三", "涟源宾馆:5", "--reason", "漏水", "--json")["entries"][0]
    desk.done("amend", str(moved), "--reason", "抄错", "room=6")
    assert desk.printed("person", "张三", "--json")["room"] == 6


def test_a_finding_is_opened_given_on_and_closed_once(desk: CommandLine) -> None:
    desk.done("register", "-", typed=json.dumps(SI))
    desk.done("finding", "open", "person-1", "--text", "电话关机", "--owner", "王芳", "--due", "23:00")
    (owed,) = [each for each in desk.printed("board", "--json")["obligations"] if each["kind"] == "finding"]
    assert (owed["subject"], owed["text"], owed["owed_by"], owed["people"]) == (
        "李四",
        "电话关机",
        "王芳",
        ["person-1"],
    )
    assert "请写明理由" in desk.refused("finding", "assign", "1", "--owner", "刘敏", "--reason", " ")
    desk.done("finding", "assign", "matter-1", "--owner", "刘敏", "--reason", "王芳下班")
    assert "已办结：在邻居家" in desk.done("finding", "close", "1", "--outcome", "在邻居家", "--told", "村支书")
    assert "已由" in desk.refused("finding", "close", "1", "--outcome", "在邻居家")
    assert "没有这个待办：9" in desk.refused("finding", "close", "9", "--outcome", "x")
    assert not [each for each in desk.printed("board", "--json")["obligations"] if each["kind"] == "finding"]
    history = desk.printed("person", "1", "--json")["history"]
    assert [each["kind"] for each in history] == ["register", "finding", "finding", "finding"]


def test_a_call_is_open_until_it_is_answered(desk: CommandLine) -> None:
    rang = ("--caller", "杨某", "--matter", "是否隔离", "--phone", "0738-4420000", "--unit", "安平镇")
    desk.done("log", "", *rang, "--answer-needed", "no")
    desk.done("log", "", *rang, "--outcome", "已答复")
    assert not [each for each in desk.printed("board", "--json")["obligations"] if each["kind"] == "call"]
    desk.done("log", "", *rang, "--handler", "王芳", "--due", "23:00", "--instruction", "从快")
    (owed,) = [each for each in desk.printed("board", "--json")["obligations"] if each["kind"] == "call"]
    assert (owed["subject"], owed["text"], owed["owed_by"]) == ("杨某", "是否隔离", "王芳")
    desk.done("finding", "close", "1", "--outcome", "已回电")
    assert not [each for each in desk.printed("board", "--json")["obligations"] if each["kind"] == "call"]


def test_a_fever_is_referred_and_answered_once(desk: CommandLine) -> None:
    """请示、答复 from the command line alone: owed, counted, answered, refused a second time."""
    sheet(desk, "sites", SITES)
    desk.done("register", "-", typed=json.dumps({**SI, "symptoms": "present", "temp_c": 38.2}))
    assert "没有待答复的请示" in desk.refused("answer", "李四", "--decision", "x", "--authority", "y")
    desk.done("confirm", "李四", "--officer", "王芳")
    shown = desk.printed("board", "--json")
    owed = {each["kind"]: each for each in shown["obligations"] if each["subject_id"] == "person-1"}
    assert (owed.keys(), owed["referral"]["owed_by"]) == ({"referral", "transfer"}, "medical")
    assert (shown["counts"]["referrals"], shown["counts"]["on_road"]) == (1, 0)
    told = desk.printed("person", "李四", "--json")
    assert (told["stage"], told["referral"]["reasons"], told["referral"]["answer"]) == (
        "referred",
        ["symptoms_present"],
        None,
    )
    desk.leader()
    said_no = ("--decision", "排除，按密接管理", "--authority", "市人民医院")
    assert "可用：3.1" in desk.refused("answer", "李四", *said_no, "class=3.99")
    desk.refused("answer", "李四", *said_no, "symptoms=purple", code=2)
    answer = desk.printed("answer", "李四", *said_no, "class=3.2a", "--json")
    assert answer["ok"]
    assert "已答复：市人民医院" in desk.refused("answer", "李四", *said_no)
    told = desk.printed("person", "李四", "--json")
    assert (told["stage"], told["result"]["clause"], told["referral"]["answer"]["clause"]) == (
        "pending",
        "3.2a",
        "3.2a",
    )
    assert desk.printed("board", "--json")["counts"]["referrals"] == 0
    assert "定为三（二）" in desk.done("person", "李四")


def test_a_home_check_names_who_was_seen_and_who_was_not(desk: CommandLine) -> None:
    home = {**WANG, "health_code": "green", "travel_card": "yellow", "stays": []}  # 3.11b
    for told in (home, {**home, "name": "赵六", "phone": "19900000077"}):
        desk.done("register", "-", typed=json.dumps(told))
        assert "镇、村" in desk.refused("confirm", told["name"], "--officer", "王芳")
        desk.done("confirm", told["name"], "--officer", "王芳", "--cadres", "镇干部，村干部")
    (row,) = [each for each in desk.printed("board", "--json")["obligations"] if each["kind"] == "home_check"]
    assert (row["count"], row["total"], row["people"]) == (0, 2, ["person-1", "person-2"])
    unit = row["subject_id"]
    assert "请写明见到了谁" in desk.refused("check-home", unit, "--note", "一人没开门")
    said = desk.printed("check-home", unit, "--seen", "1", "--absent", "赵六:电话关机")
    assert said["state"] == "open"
    (row,) = [each for each in desk.printed("board", "--json")["obligations"] if each["kind"] == "home_check"]
    assert (row["state"], row["count"], row["left"]) == ("open", 1, ["person-2"])
    (found,) = [each for each in desk.printed("board", "--json")["obligations"] if each["kind"] == "finding"]
    assert (found["subject"], found["text"]) == ("赵六", "电话关机")
    desk.done("check-home", unit)
    (row,) = [each for each in desk.printed("board", "--json")["obligations"] if each["kind"] == "home_check"]
    assert (row["state"], row["count"]) == ("done", 2)


def test_from_the_call_over_the_fever_clinic_to_the_room(desk: CommandLine) -> None:
    """A fever told by phone: referred, taken to the fever clinic by closed loop, answered, and taken to his room."""
    sheet(desk, "sites", SITES)
    desk.done("register", "-", typed=json.dumps({**SI, "symptoms": "present", "temp_c": 38.2}))
    assert "阶段" in desk.refused("transfer", "start", "李四", "--vehicle", "120", "--driver", "钱")
    desk.done("confirm", "李四", "--officer", "王芳")
    assert "不在途中" in desk.refused("transfer", "end", "李四", "--received-by", "其他：孙")
    desk.done("transfer", "start", "李四", "--to", "fever-clinic", "--vehicle", "120", "--driver", "钱", "--phone", "1")
    assert "在途" in desk.refused("transfer", "start", "李四", "--vehicle", "120", "--driver", "钱")
    shown = desk.printed("board", "--json")
    assert (shown["counts"]["on_road"], shown["counts"]["referrals"]) == (1, 1)
    desk.at("2021-06-07T09:31")
    (ride,) = [each for each in desk.printed("board", "--json")["obligations"] if each["kind"] == "transfer"]
    assert (ride["id"], ride["state"], ride["priority"]) == ("arrival/person-1/2021-06-07", "late", "red")
    desk.done("transfer", "end", "李四", "--received-by", "其他：孙护士", "--at", "09:20")
    assert "09:20" in desk.refused("transfer", "end", "李四", "--received-by", "其他：孙护士")
    assert desk.printed("person", "李四", "--json")["stage"] == "clinic"
    desk.leader()
    desk.done("answer", "李四", "--decision", "排除", "--authority", "市人民医院", "class=3.5")
    desk.done("confirm", "李四", "--officer", "王芳", "--room", "涟源:3")
    ride = ("--vehicle", "湘K1", "--driver", "赵")
    assert "没有这个" in desk.refused("transfer", "start", "李四", "--to", "无名", *ride)
    desk.done("transfer", "start", "李四", "--to", "涟源:3", *ride)
    desk.done("transfer", "end", "李四", "--received-by", "周涛")
    told = desk.printed("person", "李四", "--json")
    assert (told["stage"], told["room"], told["result"]["clause"]) == ("site", 3, "3.5")
    assert told["next"] == {"day": "2021-06-08", "step": "pcr", "clause": "3.5"}
    assert {"temperature", "patrol"} <= {each["kind"] for each in told["owed"]}
    assert desk.printed("board", "--json")["counts"]["on_road"] == 0
    assert "李四" in desk.done("person", "李四")


def test_a_check_of_staff_by_name_and_the_register_it_is_made_from(desk: CommandLine) -> None:
    sheet(desk, "sites", SITES)
    for site in ("涟源", "涟水"):
        desk.done("staff", "add", site, "何静", "--post", "护士", "--phone", "19900000001")
    desk.done("staff", "add", "涟源", "谭勇")
    assert "staff-1" in desk.refused("staff", "add", "涟源", "何静")
    names = desk.refused("staff", "off", "何静", "--reason", "家人发热")
    assert "涟源宾馆隔离点 staff-1" in names and "涟水酒店隔离点 staff-2" in names
    desk.at("2021-06-07T12:00")
    duty = "staff-check/site-1/2021-06-07"
    assert "名册上没有此人" in desk.refused("check", "涟源", "staff-check", "--seen", "李四")
    assert desk.printed("check", "涟源", "staff-check", "--seen", "谭勇")["state"] == "open"
    (row,) = [each for each in desk.printed("board", "--json")["obligations"] if each["id"] == duty]
    assert (row["count"], row["total"], row["left"]) == (1, 2, ["staff-1"])
    said = desk.printed("check", "涟源", "staff-check", "--symptom", "何静:咳嗽", "--reading", "何静=37.9")
    assert said["state"] == "done"
    (finding,) = [each for each in desk.printed("board", "--json")["obligations"] if each["kind"] == "finding"]
    assert (finding["slot"], finding["subject"], finding["text"]) == ("staff_unwell", "何静", "37.9 咳嗽")
    listed = desk.printed("staff", "list", "涟源", "--json")
    assert [(each["name"], each["on_duty"]) for each in listed] == [("何静", False), ("谭勇", True)]
    assert listed[0]["phone"] == "199****0001"
    lines = desk.done("staff", "list")
    assert "停岗（06-07 12:00 起）检测异常 37.9 咳嗽" in lines and "19900000001" not in lines
    assert "已停岗" in desk.refused("staff", "off", "1", "--reason", "x")
    desk.done("finding", "close", finding["subject_id"].removeprefix("matter-"), "--outcome", "已送诊")
    desk.done("amend", str(said["entry"]), "--reason", "量错", "--yes")
    assert desk.tables()["staff"]["1"].get("off") is None


def test_no_register_is_said_so(desk: CommandLine) -> None:
    sheet(desk, "sites", SITES)
    assert desk.done("staff", "list").strip() == "没有工作人员名册。"
    assert desk.printed("staff", "list", "--json") == []


def test_how_a_person_was_found_is_told_corrected_and_counted(desk: CommandLine) -> None:
    desk.done("register", "-", typed=json.dumps(SI))
    desk.done("register", "-", typed=json.dumps({**WANG, "found_by": "himself"}))
    assert [desk.printed("person", str(n), "--json")["found_by"] for n in (1, 2)] == ["", "himself"]
    desk.done("correct", "1", "found_by=police")
    desk.refused("correct", "1", "found_by=rumour", code=2)
    assert "发现方式 公安" in desk.done("person", "1")
    stated = desk.printed("report", "screening", "--format", "json")["figures"]
    assert {name: n for name, n in stated.items() if name.startswith("found_") and n} == {
        "found_himself": 1,
        "found_police": 1,
    }
    assert "发现：本人主动报告" in desk.done("report", "screening")


def test_a_page_says_what_names_him_and_what_nobody_had_asked(desk: CommandLine) -> None:
    """As the screen does: the round of his site is owed of him too; an answer is no change from another answer."""
    sheet(desk, "sites", SITES)
    sheet(desk, "areas", AREAS)
    desk.done("register", "-", typed=json.dumps({key: told for key, told in SI.items() if key != "pcr"}))
    desk.done("correct", "李四", "pcr=null")
    assert "核酸证明 - -> 没有" in desk.done("person", "李四")
    desk.done("confirm", "李四", "--officer", "王芳", "--room", "涟源:3")
    words = ("--vehicle", "湘K1", "--driver", "赵")
    desk.done("transfer", "start", "李四", *words)
    assert "李四 在途" in desk.done("person", "李四")
    desk.done("transfer", "end", "李四", "--received-by", "周涛")
    page = desk.done("person", "李四")
    assert "涟源宾馆隔离点 早餐巡查" in page and "转运 08:30 出发，到达 涟源宾馆 3室" in page


def test_the_ledger_groups_the_day_by_the_four_duties(desk: CommandLine) -> None:
    sheet(desk, "sites", SITES)
    desk.done("check", "涟源", "patrol-1", "--at", "08:10")
    told = desk.printed("report", "ledger", "--format", "json")
    assert (told["kind"], told["from"], told["to"], told["made_by"]) == ("ledger", "2021-06-07", "2021-06-07", "root")
    patrol = next(each for each in told["summary"] if each["kind"] == "patrol")
    assert (patrol["side"], patrol["done"], patrol["open"]) == ("employer", 1, 2)
    assert told["totals"]["all"]["done"] == sum(each["done"] for each in told["summary"])
    page = desk.done("report", "ledger")
    assert "「四方」责任台账" in page and "单位主体" in page
    assert "没有台账" in desk.refused("report", "ledger", "--date", "2021-06-06")
    desk.refused("report", "ledger", "--date", "2021-06-08")


def test_the_plan_of_staff_pcr_is_a_setting_and_its_row_names_who_is_due(desk: CommandLine) -> None:
    sheet(desk, "sites", SITES)
    for name in ("何静", "谭勇"):
        desk.done("staff", "add", "涟源", name)
    assert not [each for each in desk.printed("board", "--json")["obligations"] if each["kind"] == "staff_test"]
    assert "带班领导" in desk.refused("take-seat", "leader", "--reason", "一人值守")
    said = desk.done("settings", "set", "staff_pcr_days", "3", "--reason", "指挥部要求")
    assert "通知未定" in said
    desk.at("2021-06-08T09:00")
    assert "工作人员核酸 0/2" in desk.done("board")
    desk.done("staff", "sample", "何静", "谭勇")
    assert desk.done("staff", "list", "涟源").count("核酸 06-08 待出") == 2
    desk.at("2021-06-09T09:00")
    desk.done("staff", "result", "何静", "--result", "negative")
    (row,) = [each for each in desk.printed("board", "--json")["obligations"] if each["kind"] == "staff_test"]
    assert (row["id"], row["count"], row["total"]) == ("staff-test/site-1/2021-06-09", 0, 1)
    told = desk.printed("staff", "result", "谭勇", "--result", "positive", "--json")
    assert told["state"] == "done"
    board = desk.printed("board", "--json")["obligations"]
    (red,) = [each for each in board if each["slot"] == "staff_positive"]
    assert (red["subject"], red["priority"]) == ("谭勇", "red")
    assert "核酸阴性" in desk.refused("staff", "back", "谭勇", "--reason", "无症状")
    desk.done("amend", str(told["entries"][0]), "result=negative", "--reason", "报错人", "--yes")
    assert "停岗" not in desk.done("staff", "list", "涟源")
