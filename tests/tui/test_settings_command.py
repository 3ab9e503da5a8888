"""The settings on the command line: listed with whose they are, set from a time on, refused in one line."""

from pathlib import Path

import pytest

from tests.tui.command_line import CommandLine

REASON = "指挥部电话通知"


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path / "desk", "2021-06-07T10:00", monkeypatch)


def listed(line: CommandLine) -> dict[str, dict[str, object]]:
    return {each["name"]: each for each in line.printed("settings", "list", "--json")}


def test_a_value_is_set_from_a_time_on_and_both_are_listed(line: CommandLine) -> None:
    told = line.done("settings", "set", "fever_c", "37.5", "--from", "2021-06-08T00:00", "--reason", REASON)
    assert told == f"设置 发热界限 度：37.3 -> 37.5，06-08 00:00 起 {REASON}\n"
    before = listed(line)["fever_c"]
    assert (before["value"], before["source"], before["by"], before["reason"]) == ("37.3", "notice", None, None)
    planned = {"value": "37.5", "from": "2021-06-08T00:00+08:00", "by": listed_officer(line), "reason": REASON}
    assert before["planned"] == [planned]
    comes = f"37.3  通知  06-07 00:00 起  06-08 00:00 起改为 37.5（{listed_officer(line)}：{REASON}）"
    assert comes in line.done("settings", "list")
    line.at("2021-06-08T00:00")
    after = listed(line)["fever_c"]
    assert (after["value"], after["source"], after["since"]) == ("37.5", "desk", "2021-06-08T00:00+08:00")
    assert f"37.5  本台  06-08 00:00 起 {listed_officer(line)} {REASON}" in line.done("settings", "list")
    in_english = line.done("--lang", "en", "settings", "set", "fever_c", "37.4", "--reason", "again")
    assert in_english == "setting fever from, C: 37.5 -> 37.4 from 06-08 00:00 again\n"


def listed_officer(line: CommandLine) -> str:
    (officer,) = line.tables()["officers"].values()
    return str(officer["name"])


def test_what_an_officer_types_in_full_width_or_as_shown_is_read(line: CommandLine) -> None:
    line.done("settings", "set", "fever_c", "３７．５", "--reason", REASON)
    line.done("settings", "set", "shift_ends", "07:30", "19:30", "--reason", REASON)
    answer = line.printed("settings", "set", "patrol-3", "18：00/20：00/23：00", "--reason", REASON, "--json")
    assert (answer["value"], answer["effective_from"]) == ("18:00/20:00/23:00", "2021-06-08T00:00:00+08:00")
    values = listed(line)
    assert (values["fever_c"]["value"], values["shift_ends"]["value"]) == ("37.5", "07:30 19:30")
    assert (values["patrol-3"]["clause"], values["look_back_days"]["reading"]) == ("4.1a", "O28")


def test_a_switch_is_set_by_who_leads_alone(line: CommandLine) -> None:
    switch = ("settings", "set", "macau_rebound", "开", "--reason", REASON)
    assert line.refused(*switch) == "dutyboard: 您的岗位不能这样做：可由带班领导办理。"
    (seat,) = line.batch({"act": "take-seat", "seat": "leader"})
    assert seat["code"] == "not_permitted"
    line.done("sign-on", "bind", line.leader(), "lidb", "--reason", REASON)
    assert "澳门疫情反弹：关 -> 开" in line.done("--as", "lidb", *switch)
    assert line.refused("--as", "lidb", *switch) == "dutyboard: 澳门疫情反弹那时已是开。"
    assert "口径 O2" in line.done("--as", "lidb", "settings", "set", "reading-O2", "已确认", "--reason", REASON)
    assert listed(line)["reading-O2"]["value"] == "on"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("fever", "37.5", "没有这个设置：fever（用 dutyboard settings list 查看）。"),
        ("fever_c", "高", "发热界限 度的值「高」写法不对：如 37.3。"),
        ("fever_c", "34.5", "发热界限 度不合次序：须最低 < 偏低 < 发热 < 最高（06-07 10:00 起）。"),
        ("occupancy_percent", "101", "备用点提醒：入住 %的数 101 不对，应在 1 至 100 之间。"),
        ("patrol-1", "07:00/09:00/12:00", "patrol-1：patrol-2的时间与前一次重叠（06-08 00:00 起）。"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_one_line(line: CommandLine, name: str, value: str, said: str) -> None:
    assert line.refused("settings", "set", name, value, "--reason", REASON) == f"dutyboard: {said}"


def test_a_change_needs_a_reason_and_never_begins_in_the_past(line: CommandLine) -> None:
    line.refused("settings", "set", "fever_c", "37.5", code=2)
    line.refused("settings", "set", "fever_c", code=2)
    line.refused("settings", "list", "fever_c", code=2)
    said = line.refused("settings", "set", "fever_c", "37.5", "--from", "09:59", "--reason", REASON)
    assert said == "dutyboard: 不能从过去的时间 06-07 09:59 起改。"


def test_a_script_sets_it_as_an_act(line: CommandLine) -> None:
    act = {"act": "settings", "name": "take_back_minutes", "value": "5", "reason": REASON}
    (answer,) = line.batch({**act, "effective_from": "2021-06-08T00:00"})
    assert (answer["ok"], answer["created"]) == (True, {"setting_change": 1})
    (refused,) = line.batch({**act, "value": "90"})
    assert (refused["code"], refused["field"]) == ("bad_figure", "name")
