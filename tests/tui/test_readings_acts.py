"""Temperatures from the command line: by person, as a list, with the retake and the suspected case that follow."""

from pathlib import Path
from typing import Any

import pytest

from tests.tui.command_line import CommandLine

EVENING = "2021-06-07T19:00"
SITES = "名称,所在乡镇,房间数,状态,重点区域,负责人,电话\n涟源宾馆,蓝田街道,30,启用,走廊,周涛,\n"
PEOPLE = ("张三", "李四", "王五")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A site with three people in it, at 19:00."""
    desk = CommandLine(tmp_path / "desk", "2021-06-07T08:00", monkeypatch)
    sheet = tmp_path / "sites.csv"
    sheet.write_text(SITES, encoding="utf-8")
    desk.done("import", "sites", str(sheet))
    for number, name in enumerate(PEOPLE, 1):
        facts = {
            "name": name,
            "contact": "close",
            "border": "none",
            "last_exposure_on": "2021-06-06",
            "arrival_at": "2021-06-07T06:00",
        }
        desk.batch({"act": "register", "name": name, "arrival_at": "2021-06-07T06:00", **facts})
        shown = desk.printed("person", str(number), "--json")["result"]["clause"]
        desk.done("confirm", str(number), "--clause", shown, "--officer", "王芳", "--room", f"涟源宾馆:{number}")
        ride = ("--vehicle", "湘K1", "--driver", "赵", "--received-by", "周涛")
        desk.done("transfer", str(number), "--left", "08:00", "--arrived", "08:00", *ride)
    desk.at(EVENING)
    return desk


def row(desk: CommandLine, start: str) -> dict[str, Any]:
    """The obligation whose id begins so."""
    rows = desk.printed("board", "--json")["obligations"]
    return next(each for each in rows if each["id"].startswith(start))


def test_a_list_is_read_in_parts_and_names_who_is_left(desk: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "round.csv"
    file.write_text("房号,体温,症状\n1,36.5,无\n2,37.5,\n2,36.9,\n", encoding="utf-8")
    answer = desk.printed("check", "涟源宾馆", "temperature-pm", "--readings", str(file))
    assert answer["state"] == "open"
    owed = row(desk, "temperature-pm/site-1")
    assert (owed["count"], owed["total"], owed["left"]) == (2, 3, ["person-3"])
    readings = desk.printed("person", "2", "--json")["readings"]
    assert [(each["temp_c"], each["by"]) for each in readings] == [(37.5, "周涛"), (36.9, "周涛")]
    assert readings[1]["retake_of"] == readings[0]["entry"]
    assert row(desk, "retake/person-2")["priority"] == "red"
    rest = desk.call("check", "涟源宾馆", "temperature-pm", "--readings", "-", typed="王五,不在,\n")
    assert rest.exit_code == 0 and '"done"' in rest.stdout, rest.output
    assert row(desk, "absent/")["people"] == ["person-3"]


def test_a_cell_loses_what_no_text_may_hold_and_the_row_is_named(desk: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "round.csv"
    rows = '姓名,体温,症状,量者\n"张\u200b三",36.5,"咽痛\x9b2J\n两天",周涛\n'
    rows += '李四,37.0\u202e,,周\u200b涛\n王五,36.6,"无\n",\n'  # nobody reads who took them
    file.write_text(rows, encoding="utf-8")
    told = desk.call("check", "涟源宾馆", "temperature-pm", "--readings", str(file))
    assert told.exit_code == 0, told.output
    assert told.stderr.splitlines() == [
        f"第{row}行 {column} 提醒：含有不能保存的字符，已去掉"
        for row, column in ((2, "姓名"), (2, "症状"), (4, "体温"))  # lines as an editor numbers them
    ]
    readings = [desk.printed("person", str(number), "--json")["readings"][0] for number in (1, 2, 3)]
    assert [each["temp_c"] for each in readings] == [36.5, 37.0, 36.6]
    assert "咽痛2J 两天" in desk.done("export", "--json")


@pytest.mark.parametrize(
    ("line", "said"), [("9,36.5", "第 1 行：9"), ("1,热", "第 1 行：看不懂的体温 热"), ("赵六,36.5", "第 1 行：赵六")]
)
def test_a_row_that_cannot_be_read_is_named(desk: CommandLine, tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "round.csv"
    file.write_text(f"{line}\n", encoding="utf-8")
    assert said in desk.refused("check", "涟源宾馆", "temperature-pm", "--readings", str(file))


def test_a_name_that_a_slot_does_not_ask_is_refused(desk: CommandLine) -> None:
    assert "浓度" in desk.refused("check", "涟源宾馆", "patrol-3", "--set", "mg_l=500")
    assert "核查方式" in desk.refused("check", "涟源宾馆", "patrol-3", "--set", "how=电话")
    desk.refused("check", "涟源宾馆", "patrol-3", "--reading", "张三=36.5")


def test_a_disinfection_is_told_with_its_method_and_its_start_and_corrected(desk: CommandLine) -> None:
    stated = ("area=走廊", "agent=84", "mg_l=500", "method=喷洒", "started=18:10")
    sets = [word for each in stated for word in ("--set", each)]
    desk.done("check", "涟源宾馆", "disinfection-pm", *sets, "--at", "18:40")
    entry = max(map(int, desk.tables()["entries"]))
    held = desk.tables()["entries"][str(entry)]["data"]
    assert (held["method"], held["started_at"]) == ("spray", "2021-06-07T18:10:00+08:00")
    corrected = ("method=擦拭", "checked_by=杨敏", "minutes=30", "started=18:20", "--reason", "看错")
    assert "擦拭" in desk.done("amend", str(entry), *corrected)
    again = desk.tables()["entries"][str(max(map(int, desk.tables()["entries"])))]["data"]
    assert (again["method"], again["checked_by"], again["minutes"]) == ("wipe", "杨敏", 30)
    assert (again["agent"], again["started_at"]) == ("84", "2021-06-07T18:20:00+08:00")


@pytest.mark.parametrize(("told", "said"), [("method=蒸", "没有「蒸」"), ("started=19:30", "开始须早于结束")])
def test_a_disinfection_that_cannot_be_is_refused_in_one_line(desk: CommandLine, told: str, said: str) -> None:
    line = desk.refused("check", "涟源宾馆", "disinfection-pm", "--set", told)
    assert said in line and "\n" not in line.strip()


def test_a_fever_is_walked_to_the_answer(desk: CommandLine) -> None:
    desk.done("reading", "张三", "38.2", "--device", "额温枪")
    assert row(desk, "retake/person-1")["state"] == "due_soon"
    assert desk.printed("board", "--json")["counts"]["fevers"] == 1
    desk.later(minutes=20)
    desk.done("reading", "张三", "38.0")
    assert row(desk, "suspected/person-1")["priority"] == "red"
    shown = desk.done("suspect", "张三")
    assert "发热门诊" in shown and "暂停解除" in shown
    desk.refused("suspect", "张三", "--yes")
    desk.done("suspect", "张三", "--yes", "--told", "办公室刘")
    assert row(desk, "suspected-pcr/person-1")["priority"] == "red"
    assert row(desk, "referral/person-1")["priority"] == "red"
    told = desk.printed("person", "1", "--json")
    assert told["referral"]["reasons"] == ["suspected"]
    assert "reading_open" in [each["code"] for each in told["gate"]["blockers"]]
    assert "没有待执行" in desk.refused("suspect", "张三")
    desk.leader()
    desk.done("answer", "张三", "--decision", "排除", "--authority", "市人民医院")
    told = desk.printed("person", "1", "--json")
    assert "reading_open" not in [each["code"] for each in told["gate"]["blockers"]]
    assert desk.printed("board", "--json")["counts"]["fevers"] == 0


@pytest.mark.parametrize("typed", ["36.55", "33.9", "42.6", "999"])
def test_an_impossible_temperature_is_refused_in_one_line(desk: CommandLine, typed: str) -> None:
    assert desk.refused("reading", "张三", typed).count("\n") == 0


def test_a_symptom_alone_is_told_with_a_dash(desk: CommandLine) -> None:
    desk.done("reading", "张三", "-", "--symptom", "腹泻")
    assert row(desk, "suspected/person-1")["state"] == "due_soon"
    assert "腹泻" in desk.done("person", "1")


def test_a_suspected_case_of_another_person_is_taken_back(desk: CommandLine) -> None:
    desk.done("suspect", "张三", "--yes", "--told", "办公室刘", "--reason", "看错人")
    entry = max(map(int, desk.tables()["entries"]))
    desk.done("amend", str(entry), "--reason", "看错人")
    assert desk.printed("person", "1", "--json")["referral"] is None
    assert not [each for each in desk.printed("board", "--json")["obligations"] if "suspected" in each["id"]]


def test_a_check_tells_of_people_by_number_or_by_name_and_of_nobody_else(desk: CommandLine) -> None:
    check = {"act": "check", "obligation": "temperature-pm/site-1/2021-06-07"}
    figures = {"of": 3, "measured": 1, "highest": 36.5}
    for whose in ("张三", "post", "site-1", "9", "person-9"):
        (answer,) = desk.batch({**check, "figures": figures, "readings": {whose: 36.5}})
        assert (answer["ok"], answer.get("code")) == (False, "unknown_person")
    (first,) = desk.batch({**check, "figures": figures, "readings": {"1": 36.5}})
    assert first["state"] == "open"
    assert row(desk, "temperature-pm/site-1")["left"] == ["person-2", "person-3"]
    patrol = {"act": "check", "obligation": "patrol-3/site-1/2021-06-07", "unwell": [2], "seen": [1, 3]}
    (answer,) = desk.batch({**patrol, "abnormal": True, "note": "咳", "remarks": {"2": "咳嗽"}})
    assert answer["ok"] and row(desk, "suspected/person-2")["priority"] == "red"
