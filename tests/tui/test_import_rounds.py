"""`import temperatures` and `import rounds`: the paper of past days, told late with the sheet for a reason."""

from pathlib import Path

import pytest

from tests.tui.command_line import CommandLine
from tests.tui.test_readings_acts import desk

__all__ = ["desk"]

WIDE = """涟源宾馆2021年6月体温登记表,,,,,
房号,姓名,6月7日,6月8日,,备注
,,下午,上午,下午,
1室,张三,36.5,36.6,36.7,
2室,李四,36.8,37.5/36.9,外出就医,
3室,王五,36.4,36.5,,
,填表人：周涛,,,,
"""
ROUNDS = """日期,隔离点,轮次,时间,巡查人,情况,说明,消毒剂
2021-06-08,涟源宾馆,早餐巡查,8:05,周涛,正常,,
2021-06-08,涟源宾馆,午餐巡查,12:10,周涛,异常,2室漏水,
2021-06-08,涟源宾馆,上午消毒,10:00,李娟,,,含氯消毒液
2021-06-05,涟源宾馆,早餐巡查,8:00,周涛,正常,,
2021-06-19,涟源宾馆,早餐巡查,8:00,周涛,正常,,
"""


def sheet(folder: Path, text: str, name: str = "登记.csv") -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def last_import(desk: CommandLine) -> str:
    """The number of the newest import of the desk."""
    return max((n for n, each in desk.tables()["entries"].items() if each["kind"] == "import"), key=int)


def test_a_paper_month_with_days_across_becomes_the_rounds_of_those_days(desk: CommandLine, tmp_path: Path) -> None:
    desk.at("2021-06-09T07:00")
    file = sheet(tmp_path, WIDE)
    dry = desk.printed("import", "temperatures", file, "--json", "--dry-run")
    told = desk.printed("import", "temperatures", file, "--json")
    counts = {key: told[key] for key in ("accepted", "updated", "duplicates", "rejected")}
    assert counts == {"accepted": 8, "updated": 0, "duplicates": 0, "rejected": 0}
    assert {key: dry[key] for key in counts} == counts
    [part] = [row for row in told["rows"] if row["code"] == "round_part"]
    assert part["text"] == "temperature-pm/site-1/2021-06-08: 王五"
    rows = {each["id"]: each for each in desk.printed("board", "--json")["obligations"]}
    states = [
        (
            rows[f"temperature-{half}/site-1/2021-06-08"]["state"],
            rows[f"temperature-{half}/site-1/2021-06-08"]["entered_late"],
        )
        for half in ("am", "pm")
    ]
    assert states == [("done", True), ("missed", False)]
    readings = desk.printed("person", "2", "--json")["readings"]
    assert [each["temp_c"] for each in readings] == [36.8, 37.5, 36.9]
    assert "登记.csv" in desk.done("export", "--json")
    again = desk.printed("import", "temperatures", file, "--json")
    assert {key: again[key] for key in counts} == {"accepted": 0, "updated": 0, "duplicates": 8, "rejected": 0}


def test_a_register_of_rounds_is_told_late_and_days_before_the_desk_are_history(
    desk: CommandLine, tmp_path: Path
) -> None:
    desk.at("2021-06-09T07:00")
    before = {each["id"] for each in desk.printed("board", "--json")["obligations"]}
    told = desk.printed("import", "rounds", sheet(tmp_path, ROUNDS), "--json")
    assert (told["accepted"], told["duplicates"], told["rejected"]) == (4, 0, 1)
    assert [(row["row"], row["code"]) for row in told["rows"] if row["level"] == "error"] == [(6, "future_date")]
    rows = {each["id"]: each for each in desk.printed("board", "--json")["obligations"]}
    assert rows["patrol-1/site-1/2021-06-08"]["entered_late"]
    assert rows["disinfection-am/site-1/2021-06-08"]["state"] == "done"
    assert {each for each in rows if each.endswith("06-05")} == set()
    assert {each for each in set(rows) - before if not each.startswith("finding/")} == set()
    ledger = desk.done("report", "ledger", "--date", "2021-06-05")
    assert "巡查" in ledger and "此前的日子只有补录的登记" in ledger and "其中 1 项" in ledger
    desk.refused("report", "ledger", "--date", "2021-06-04")
    again = desk.printed("import", "rounds", sheet(tmp_path, ROUNDS), "--json")
    assert (again["accepted"], again["duplicates"], again["rejected"]) == (0, 4, 1)


def test_another_telling_of_a_round_is_named_in_the_users_language(desk: CommandLine, tmp_path: Path) -> None:
    desk.at("2021-06-09T07:00")
    desk.done("import", "temperatures", sheet(tmp_path, WIDE))
    other = sheet(tmp_path, WIDE.replace("36.6,36.7", "36.4,36.7"), "另一份.csv")
    told = desk.call("import", "temperatures", other)
    assert told.exit_code == 0
    assert "第4行 6月8日 上午 拒收：已登记过而且不同，未改；请核对后更正（原文：36.6 / 36.4）" in told.stderr
    english = desk.call("--lang", "en", "import", "temperatures", other)
    assert "told already, and otherwise" in english.stderr


def test_a_fever_of_a_told_round_is_named_stands_on_the_board_and_goes_with_its_import(
    desk: CommandLine, tmp_path: Path
) -> None:
    desk.at("2021-06-09T07:00")
    desk.done("import", "temperatures", sheet(tmp_path, WIDE))
    told = desk.call("import", "temperatures", sheet(tmp_path, WIDE.replace("36.6,36.7", "38.4,36.7"), "另一份.csv"))
    assert told.exit_code == 0
    said = told.stdout + told.stderr
    assert "发热或症状，该轮次没有登记" in said and "36.6 / 38.4" in said, said
    assert "retake/person-1" in desk.call("board", "--json").stdout
    desk.done("import", "undo", last_import(desk), "--reason", "抄错")
    assert "retake/person-1" not in desk.call("board", "--json").stdout


def test_an_import_of_rounds_is_taken_back_whole_and_a_check_that_was_corrected_since_is_left(
    desk: CommandLine, tmp_path: Path
) -> None:
    desk.at("2021-06-09T07:00")
    file = sheet(tmp_path, WIDE)
    desk.done("import", "temperatures", file)
    number = last_import(desk)
    assert desk.printed("person", "2", "--json")["readings"]
    desk.done("import", "undo", number, "--reason", "抄错表")
    assert desk.printed("person", "2", "--json")["readings"] == []
    rows = {each["id"]: each for each in desk.printed("board", "--json")["obligations"]}
    assert rows["temperature-am/site-1/2021-06-08"]["state"] == "missed"
    assert not any(each.startswith("retake/") for each in rows)
    assert desk.printed("import", "temperatures", file, "--json")["accepted"] == 8
    check = next(
        number
        for number, each in desk.tables()["entries"].items()
        if each.get("obligation") == "temperature-am/site-1/2021-06-08"
        and each.get("part_of") == int(last_import(desk))
    )
    desk.done("amend", check, "--reason", "这一轮抄错")
    left = desk.call("import", "undo", last_import(desk), "--reason", "抄错表")
    assert (left.exit_code, f"entry-{check}" in left.output) == (1, True), left.output
    assert [each["temp_c"] for each in desk.printed("person", "2", "--json")["readings"]] == []


@pytest.mark.parametrize("kind", ["temperatures", "rounds"])
def test_a_list_of_something_else_is_refused_with_the_headings_that_are_wanted(
    desk: CommandLine, tmp_path: Path, kind: str
) -> None:
    file = sheet(tmp_path, "菜名,价格\n豆腐,3\n")
    assert "找不到表头" in desk.refused("import", kind, file)


def test_why_a_sheet_is_told_late_is_said_once_and_stands_with_every_round(desk: CommandLine, tmp_path: Path) -> None:
    desk.at("2021-06-09T07:00")
    file = sheet(tmp_path, ROUNDS)
    desk.printed("import", "rounds", file, "--reason", "停电三天", "--json")
    told = [each for each in desk.tables()["entries"].values() if "登记.csv" in each.get("late_reason", "")]
    assert told and all(each["late_reason"] == "登记.csv 停电三天" for each in told)
    assert "rounds" in desk.refused("import", "sites", file, "--reason", "停电三天", code=2)


def test_bad_news_of_rejected_rows_is_named_first_and_stays_on_the_board(desk: CommandLine, tmp_path: Path) -> None:
    desk.at("2021-06-09T07:00")
    desk.done("import", "rounds", sheet(tmp_path, ROUNDS))
    heads, breakfast, noon, *_ = ROUNDS.splitlines()
    worse = [breakfast.replace("正常,,", "正常,,,赵无名（外出）"), noon.replace("异常,2室漏水", "正常,")]
    rows = [f"{heads},不在人员", breakfast.replace("正常,,", "异常,有人翻窗,") + ",", *worse]
    other = sheet(tmp_path, "\n".join([rows[0], rows[1], rows[3] + ","]) + "\n", "另一份.csv")
    unknown = sheet(tmp_path, "\n".join([rows[0], rows[2].replace("06-08", "06-07")]) + "\n", "又一份.csv")
    told = desk.printed("import", "rounds", other, "--json", "--dry-run")
    assert [(each["row"], each["about"], each["cause"]) for each in told["left_to_see"]] == [
        (2, "site-1", "sheet_abnormal"),
        (3, "site-1", "sheet_otherwise"),
    ]
    assert "有人翻窗" in told["left_to_see"][0]["text"] and "2室漏水" in told["left_to_see"][1]["text"]
    said = desk.call("import", "rounds", other).stderr.splitlines()
    assert said[0].startswith("第2行 表中异常待落实：2021-06-08 早餐巡查 08:05 有人翻窗"), said
    desk.done("import", "rounds", unknown)
    board = desk.printed("board", "--json")["obligations"]
    found = {each["slot"]: each["text"] for each in board if each["id"].startswith("sheet_")}
    assert set(found) == {"sheet_abnormal", "sheet_otherwise", "sheet_absent"}
    assert "赵无名 (外出)" in found["sheet_absent"] and "#2" in found["sheet_absent"]
    again = desk.printed("import", "rounds", other, "--json")
    assert (again["left_to_see"], again["act"]) == ([], None)


@pytest.mark.parametrize(
    ("kind", "heads", "line", "cause", "said"),
    [
        ("temperatures", "日期,时段,房号,姓名,体温,症状", "上个月底,上午,1室,张三,38.6,", "sheet_fever", "38.6"),
        ("temperatures", "日期,时段,房号,姓名,体温,症状", "2021-06-08,中间,1室,张三,38.6,", "sheet_fever", "38.6"),
        (
            "temperatures",
            "日期,时段,房号,姓名,体温,症状",
            "2021-06-08,上午,1室,张三,38.6服药2片,",
            "sheet_fever",
            "38.6",
        ),
        ("temperatures", "日期,时段,房号,姓名,体温,症状", "上个月底,上午,1室,张三,,咳嗽", "sheet_fever", "咳嗽"),
        ("temperatures", "日期,时段,房号,姓名,体温,症状", "上个月底,上午,1室,张三,外出,", "sheet_absent", "外出"),
        (
            "temperatures",
            "日期,时段,姓名,体温,症状,去向",
            "2021-06-08,上午,#N/A,,,外出就医",
            "sheet_absent",
            "外出就医",
        ),
        ("temperatures", "日期,时段,房号,体温,症状", "2021-06-08,上午,#REF!,,咳嗽", "sheet_fever", "咳嗽"),
        ("temperatures", "日期,时段,身份证号,体温,症状", "2021-06-08,上午,#REF!,38.6,", "sheet_fever", "38.6"),
        ("rounds", "日期,轮次,时间,情况,说明,不在人员", "上个月底,早餐巡查,8:05,异常,漏水,", "sheet_abnormal", "漏水"),
        ("rounds", "日期,轮次,时间,情况,说明,不在人员", "2021-06-08,半夜看看,,正常,,赵无名", "sheet_absent", "赵无名"),
    ],
)
def test_bad_news_of_a_row_that_nobody_can_read_stays_on_the_board(
    kind: str, heads: str, line: str, cause: str, said: str, desk: CommandLine, tmp_path: Path
) -> None:
    desk.at("2021-06-09T07:00")
    file = sheet(tmp_path, f"{heads},隔离点\n{line},涟源宾馆\n")
    told = desk.printed("import", kind, file, "--json")
    assert (told["accepted"], told["rejected"]) == (0, 1)
    [left] = told["left_to_see"]
    assert (left["row"], left["about"], left["cause"]) == (2, "site-1", cause)
    assert said in left["text"]
    [found] = [each for each in desk.printed("board", "--json")["obligations"] if each["id"].startswith("sheet_")]
    assert found["text"] == f"{left['text']} (#2)" or found["text"].endswith(" #2)")
    assert desk.printed("import", kind, file, "--json")["left_to_see"] == []
    well = sheet(tmp_path, f"{heads},隔离点\n{line.replace('38.6', '36.5')},涟源宾馆\n")
    if "38.6" in line:
        assert desk.printed("import", kind, well, "--json", "--dry-run")["left_to_see"] == []
