"""One person from the phone call to his return, by the command line alone: a fever, a correction, the end, a new stay.

What the board owes of him is said at each step, so that nobody has to know what comes next.
"""

import json
from pathlib import Path

import pytest

from tests.tui.callers import AREAS, MORNING, SITES, sheet
from tests.tui.command_line import CommandLine
from tests.tui.test_command_acts import DATA

NAMED = {"name": "陈小明", "id_no": "431302199512309871", "phone": "19900000003", "unit": "蓝田街道"}
ASKED = ("border=none", "sanfei=no", "contact=none", "case_status=none", "symptoms=none", "pcr=null")
GREEN = ("health_code=green", "travel_card=green")
RIDE = ("--vehicle", "湘K1", "--driver", "赵")
PM = "temperature-pm/site-1/2021-06-07"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path / "desk", MORNING, monkeypatch)
    line.done("import", "roster", str(DATA / "roster.xlsx"))
    sheet(line, "sites", SITES)
    sheet(line, "areas", AREAS)
    return line


def stays(left_on: str) -> str:
    return "stays=" + json.dumps([{"place": "广东省深圳市南山区", "left_on": left_on}], ensure_ascii=False)


def own(desk: CommandLine) -> set[str]:
    """The slots owed of him alone: the rounds of his site and town hold him beside these."""
    rows = desk.printed("person", "陈小明", "--json")["owed"]
    mine = [each for each in rows if "/person-1/" in each["id"] or "/matter-" in each["id"]]
    return {each["id"].partition("/")[0] for each in mine if each["state"] not in ("upcoming", "missed")}


def stage(desk: CommandLine) -> tuple[str, str | None]:
    told = desk.printed("person", "陈小明", "--json")
    return told["stage"], told["result"]["clause"]


def by_phone(desk: CommandLine) -> None:
    """The call, the name, what he is asked, his class, and the ride to his room."""
    call = (
        "--caller",
        "村支书",
        "--matter",
        "一人返乡",
        "--phone",
        "0738-4420000",
        "--handler",
        "王芳",
        "--due",
        "09:30",
    )
    desk.done("log", "", *call)
    desk.done("register", "-", typed=json.dumps(NAMED))
    assert own(desk) == {"assess"}
    desk.done("correct", "陈小明", "arrival_at=2021-06-07T08:00", stays("2021-06-06"), *ASKED, *GREEN)
    desk.done("finding", "close", "1", "--outcome", "已登记", "--told", "村支书")
    desk.done("confirm", "陈小明", "--officer", "王芳", "--room", "涟源:3")
    assert own(desk) == {"transfer"}
    desk.done("transfer", "start", "陈小明", *RIDE)
    assert (own(desk), desk.printed("board", "--json")["counts"]["on_road"]) == ({"arrival"}, 1)
    desk.at("2021-06-07T09:00")
    desk.done("transfer", "end", "陈小明", "--received-by", "周涛")
    assert (own(desk), stage(desk)) == (set(), ("site", "3.6"))


def with_a_fever(desk: CommandLine) -> None:
    """38.5 on the round, taken again, the suspected case, the fever clinic, its answer, and the room again."""
    desk.at("2021-06-07T09:10")
    desk.done("check", "涟源", "temperature-am", "--reading", "陈小明=38.5")
    assert own(desk) == {"retake"}
    desk.at("2021-06-07T09:28")
    desk.done("reading", "陈小明", "38.4")
    assert own(desk) == {"suspected"}
    desk.done("suspect", "陈小明", "--yes", "--told", "办公室刘")
    assert own(desk) == {"referral", "transfer", "suspected-pcr"}
    desk.done("transfer", "start", "陈小明", "--vehicle", "120", "--driver", "钱")
    desk.at("2021-06-07T10:00")
    assert "发热门诊" in desk.done("transfer", "end", "陈小明", "--received-by", "其他：孙护士")
    desk.done("sample", "陈小明", "--type", "pcr")
    assert own(desk) == {"referral", "suspected-pcr", "hospital"}
    desk.at("2021-06-07T15:00")
    desk.done("result", "陈小明", "--result", "negative")
    desk.leader()
    desk.done("answer", "陈小明", "--decision", "普通感冒", "--authority", "市人民医院", "symptoms=none")
    assert own(desk) == {"reassess", "hospital"}
    desk.done("confirm", "陈小明", "--officer", "王芳", "--room", "涟源:4")
    desk.done("transfer", "start", "陈小明", *RIDE)
    desk.at("2021-06-07T15:40")
    desk.done("transfer", "end", "陈小明", "--received-by", "周涛")
    assert (own(desk), stage(desk)) == (set(), ("site", "3.6"))


def corrected(desk: CommandLine) -> None:
    """A reading is told again in another's place; both stay in the log, and the page shows the one that holds."""
    desk.at("2021-06-07T17:30")
    wrong = str(desk.printed("check", "涟源", "temperature-pm", "--reading", "陈小明=36.5")["entry"])
    told = ("--reading", "陈小明=36.8", "--amend", wrong, "--reason", "记错一位")
    desk.done("check", "涟源", "temperature-pm", *told)
    readings = [each["temp_c"] for each in desk.printed("person", "陈小明", "--json")["readings"]]
    assert readings == [38.5, 38.4, 36.8]
    (row,) = [each for each in desk.printed("board", "--json")["obligations"] if each["id"] == PM]
    assert (row["state"], row["count"]) == ("done", 1)
    assert desk.tables()["entries"][wrong]["data"]["readings"] == {"person-1": 36.5}
    single = desk.printed("reading", "陈小明", "36.9", "--json")["entries"][0]
    desk.done("amend", str(single), "temp_c=367", "--reason", "记错一位")
    assert desk.printed("person", "陈小明", "--json")["readings"][-1]["temp_c"] == 36.7


def released(desk: CommandLine) -> None:
    """Two samples, home under two cadres, the daily check, and the end."""
    for day in ("2021-06-08", "2021-06-14"):
        desk.at(f"{day}T09:00")
        assert own(desk) == {"test-pcr"}
        desk.done("sample", "陈小明")
        desk.at(f"{day}T18:00")
        desk.done("result", "陈小明", "--result", "negative")
    desk.at("2021-06-15T09:00")
    assert own(desk) == {"release"}
    assert "只有带班领导" in desk.refused("release", "陈小明", "--leader", "officer-1")
    leader = "李带班"
    assert "村" in desk.refused("release", "陈小明", "--leader", leader)
    assert "没有解除告知书" in desk.refused("report", "notice-release", "--person", "陈小明")
    desk.done("release", "陈小明", "--leader", leader, "--cadres", "镇干部,村干部", *RIDE[:2])
    letter = desk.done("report", "notice-release", "--person", "陈小明")
    assert "李带班 批准，自 2021-06-15 09:00 起由「隔离点」转为「居家」" in letter and "镇干部" in letter
    assert letter.count("  阴性\n") == 3
    assert NAMED["id_no"] not in letter
    desk.at("2021-06-16T09:00")
    desk.done("check-home", "蓝田街道", "--absent", "陈小明:不在家")
    assert own(desk) == {"absent"}
    desk.done("finding", "close", "2", "--outcome", "在田里", "--told", "村支书")
    assert desk.printed("check-home", "蓝田街道", "--seen", "陈小明")["state"] == "done"
    desk.at("2021-06-22T09:00")
    assert own(desk) == {"release"}
    desk.done("release", "陈小明", "--leader", leader)
    assert (own(desk), stage(desk)[0]) == (set(), "closed")
    assert "由「居家」转为「已解除」" in desk.done("report", "notice-release", "--person", "陈小明")


def come_again(desk: CommandLine) -> None:
    """He comes back: the record opens again, his first stay is kept, nothing of it is owed in the second."""
    desk.at("2021-06-25T09:00")
    desk.done("register", "-", typed=json.dumps({**NAMED, "arrival_at": "2021-06-25T08:00"}))
    assert own(desk) == {"assess"}
    desk.done("correct", "陈小明", stays("2021-06-24"), *ASKED, *GREEN)
    desk.done("confirm", "陈小明", "--officer", "王芳", "--room", "涟源:7")
    desk.done("transfer", "start", "陈小明", *RIDE)
    desk.at("2021-06-25T09:40")
    desk.done("transfer", "end", "陈小明", "--received-by", "周涛")
    told = desk.printed("person", "陈小明", "--json")
    (stay,) = told["stays_before"]
    assert (stay["clause"], stay["end"]["how"], stay["closed_at"][:10]) == ("3.6", "released", "2021-06-22")
    assert (stay["site_id"], stay["room"]) == (1, 4)
    assert "涟源宾馆 4室" in desk.done("person", "陈小明")
    assert (told["room"], told["next"]) == (7, {"day": "2021-06-26", "step": "pcr", "clause": "3.6"})
    assert {each["id"][-10:] for each in told["owed"]} == {"2021-06-25"}
    assert [each["code"] for each in told["gate"]["blockers"]].count("test_missing") == 2
    assert desk.printed("verify", "--json")["ok"]


def test_from_the_call_to_the_return_by_the_command_line_alone(desk: CommandLine) -> None:
    for part in (by_phone, with_a_fever, corrected, released, come_again):
        part(desk)
