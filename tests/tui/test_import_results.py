"""`import results`: a laboratory's list on the command line, from the headings of real registers to what is owed."""

import json
from pathlib import Path

import pytest

from dutyboard.rules.records.commands.sheets import ResultData
from dutyboard.tui.sheets.kinds.results import read_results
from dutyboard.tui.sheets.notes import Intake
from tests.tui.installed import printed, run

ARRIVALS = (
    "姓名,性别,身份证号,联系电话,来源地,到涟时间,人员类别\n"
    "测甲,男,431302199003038014,19900000001,广州市荔湾区,2021-06-06,密接\n"
    "测乙,,110105194912310038,19900000002,广州市荔湾区,2021-06-06,\n"
    "测丙,,,19900000003,广州市荔湾区,2021-06-06,\n"
)


def read(folder: Path, *lines: str) -> Intake[ResultData]:
    file = folder / "results.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return read_results(file)


def notes(intake: Intake[ResultData]) -> list[tuple[int, str, str, str]]:
    return [(each.row, each.column, each.code, each.level) for each in intake.notes]


@pytest.mark.parametrize(
    ("headings", "cells", "said"),
    [
        (
            "样本编号,姓名,身份证号,采样时间,检测时间,检测结果,N基因Ct值,ORF1ab基因Ct值,送检单位",
            "TJ001,测甲,431302199003038014,2021-06-07 09:00,2021-06-07 20:00,阳性,32.1,33,市疾控",
            ("pcr", "positive", "2021-06-07", "TJ001", "N基因Ct值 32.1; ORF1ab基因Ct值 33; 送检单位 市疾控"),
        ),
        ("标本条码,核酸检测结果,采集日期", "0012,阴,6月7日", ("pcr", "negative", "2021-06-07", "0012", "")),
        (
            "姓 名,证件号码,样本类型,采样日期,结果",
            "测甲,x,血清,2021.6.7,(-)",
            ("serum", "negative", "2021-06-07", "", ""),
        ),
        (
            "姓名,检测项目,取样日期,检验结果",
            "测甲,新冠病毒核酸,20210607,单阳",
            ("pcr", "indeterminate", "2021-06-07", "", ""),
        ),
        ("姓名,核酸结果,采样时间", "测甲,样本不合格,2021-06-07", ("pcr", "invalid", "2021-06-07", "", "")),
        ("姓名,血清抗体结果,采血时间", "测甲,阳性,2021-06-07", ("serum", "positive", "2021-06-07", "", "")),
        ("姓名,采样时间", "测甲,2021-06-07", ("pcr", "pending", "2021-06-07", "", "")),
    ],
)
def test_lists_of_laboratories_are_read(
    tmp_path: Path, headings: str, cells: str, said: tuple[str, str, str, str, str]
) -> None:
    file = tmp_path / "results.csv"
    file.write_text(f"{headings}\n{cells}\n", encoding="utf-8")
    (found,) = read_results(file, 2021).records
    on = found.sampled_on.isoformat() if found.sampled_on else ""
    assert (found.type, found.result, on, found.sample_code, found.text) == said


def test_a_title_tells_the_day_of_sampling_and_the_site(tmp_path: Path) -> None:
    intake = read(
        tmp_path,
        "蓝田宾馆隔离人员核酸检测结果,,",
        "采样日期：2021年6月7日,,",
        "房号,姓名,检测结果",
        "201,测甲,阴性",
        "202,,阴性",
    )
    assert [str(each.sampled_on) for each in intake.records] == ["2021-06-07"] * 2
    assert [each.whom.room for each in intake.records] == ["201", "202"]
    assert all("蓝田宾馆" in each.whom.titles[0] for each in intake.records)
    assert {code for _, _, code, _ in notes(intake)} == {"day_of_title"}


def test_the_title_of_a_list_further_up_tells_no_day_of_this_one(tmp_path: Path) -> None:
    first = ("蓝田宾馆检测结果,,", "采样日期：2021年6月6日,,", "房号,姓名,核酸结果", "201,测甲,阴性")
    second = ("涟源宾馆检测结果,,", "采样日期：2021年6月7日,,", "房号,姓名,核酸结果", "301,测乙,阴性")
    intake = read(tmp_path, *first, ",,", *second)
    told = [(str(each.sampled_on), each.whom.titles[0][-8:-4]) for each in intake.records]
    assert told == [("2021-06-06", "蓝田宾馆"), ("2021-06-07", "涟源宾馆")]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("测甲,2021-06-07,-,", "value_unread"),  # a dash is a negative to one and a blank to another
        ("测甲,2021-06-07,待核实,", "value_unread"),
        ("测甲,2021-06-07,未采样,", "not_sampled"),
        ("测甲,六月底,阴性,", "date_unread"),
        ("测甲,#N/A,阴性,", "date_unread"),
        ("测甲,6月7日,阴性,", "year_unknown"),
        ("测甲,2021-06-07,,2021-06-08", "no_result"),
        ("测甲、测乙,2021-06-07,阴性,", "several_people"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(tmp_path: Path, cells: str, code: str) -> None:
    intake = read(tmp_path, "姓名,采样时间,核酸结果,检测时间", cells)
    assert intake.records == ()
    assert [(each, level) for _, _, each, level in notes(intake) if level == "error"] == [(code, "error")]


def test_an_antigen_is_no_test_of_the_notice(tmp_path: Path) -> None:
    intake = read(tmp_path, "姓名,采样时间,检测项目,检测结果", "测甲,2021-06-07,抗原检测,阴性")
    assert (intake.records, notes(intake)[0][2]) == ((), "examined_otherwise")


def test_what_was_examined_is_assumed_aloud_and_two_tests_of_a_row_are_two(tmp_path: Path) -> None:
    assumed = read(tmp_path, "姓名,采样时间,结果", "测甲,2021-06-07,阴性")
    assert notes(assumed) == [(0, "结果", "taken_as_pcr", "warning")]
    both = read(tmp_path, "姓名,采样时间,核酸结果,抗体结果", "测甲,2021-06-07,阴性,阳性")
    assert [(each.type, each.result) for each in both.records] == [("pcr", "negative"), ("serum", "positive")]
    twice = read(tmp_path, "姓名,采样时间,核酸初检结果,核酸结果", "测甲,2021-06-07,阳性,阴性")
    assert [each.result for each in twice.records] == ["positive"]
    assert notes(twice) == [(2, "核酸结果", "field_twice", "warning")]


def results(folder: Path, *rows: str) -> str:
    file = folder / "results.csv"
    heads = "姓名,身份证号,联系电话,样本编号,采样时间,检测时间,核酸检测结果,N基因Ct值"
    file.write_text("\n".join((heads, *rows)), encoding="utf-8")
    return str(file)


@pytest.fixture
def tested(empty: Path, tmp_path: Path) -> Path:
    """A desk with three people who have arrived."""
    sheet = tmp_path / "arrivals.csv"
    sheet.write_text(ARRIVALS, encoding="utf-8")
    assert printed("import", "arrivals", str(sheet), "--json", folder=empty)["accepted"] == 3
    return empty


def test_results_are_put_down_and_a_positive_says_what_it_brings(tested: Path, tmp_path: Path) -> None:
    sheet = results(
        tmp_path,
        "测甲,431302199003038014,,TJ1,2021-06-07,,阳性,30.5",
        "测乙,110105194912310038,,TJ2,2021-06-07,,阴性,",
        "测丙,,19900000003,TJ3,2021-06-07,,,",
        "测丁,,,TJ4,2021-06-07,,阴性,",
        "测乙,431302199003038014,,TJ5,2021-06-07,,阴性,",
    )
    lines = printed("verify", "--json", folder=tested)["lines"]
    dry = printed("import", "results", sheet, "--json", "--dry-run", folder=tested)
    assert printed("verify", "--json", folder=tested)["lines"] == lines
    report = printed("import", "results", sheet, "--json", folder=tested)
    assert report["positives"] == dry["positives"] and report["rows"] == dry["rows"]
    assert [report[key] for key in ("accepted", "updated", "duplicates", "rejected")] == [3, 0, 0, 2]
    (positive,) = report["positives"]
    assert (positive["row"], positive["sampled_on"]) == (2, "2021-06-07")
    assert {each["kind"] for each in positive["follows"]} == {"transfer_to_hospital", "trace_contacts"}
    assert positive["follows"] == printed("positive", str(positive["person"]), "--json", folder=tested)
    errors = {(row["row"], row["code"]) for row in report["rows"] if row["level"] == "error"}
    assert errors == {(5, "nobody_fits"), (6, "contradicts")}
    lines = printed("verify", "--json", folder=tested)["lines"]
    again = printed("import", "results", sheet, "--json", folder=tested)
    assert (again["duplicates"], again["rejected"], again["positives"]) == (3, 2, [])
    assert printed("verify", "--json", folder=tested)["lines"] == lines
    later = tmp_path / "later.csv"
    later.write_text("样本编号,核酸检测结果\nTJ3,阴性\n", encoding="utf-8")
    by_code = printed("import", "results", str(later), "--json", folder=tested)
    assert (by_code["updated"], by_code["rejected"]) == (1, 0)
    assert "negative" in json.dumps(printed("person", "测丙", "--json", folder=tested)["facts"])


def test_a_list_that_was_undone_is_taken_in_again(tested: Path, tmp_path: Path) -> None:
    sheet = results(tmp_path, "测甲,431302199003038014,,TJ1,2021-06-07,,阳性,30.5")
    first = printed("import", "results", sheet, "--json", folder=tested)
    assert first["accepted"] == 1
    assert run("import", "undo", str(first["act"]), folder=tested).returncode == 0
    assert "positive" not in json.dumps(printed("person", "测甲", "--json", folder=tested)["facts"])
    again = printed("import", "results", sheet, "--json", folder=tested)
    assert (again["accepted"], len(again["positives"])) == (1, 1)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_text_names_what_a_positive_brings(tested: Path, tmp_path: Path, language: str) -> None:
    sheet = results(tmp_path, "测甲,431302199003038014,,TJ1,2021-06-07,,阳性,30.5")
    told = run("--lang", language, "import", "results", sheet, "--dry-run", folder=tested)
    shown = run("--lang", language, "import", "results", sheet, folder=tested)
    brings = [line for line in run("--lang", language, "positive", "测甲", folder=tested).stdout.splitlines() if line]
    assert (told.returncode, shown.returncode) == (0, 0)
    assert len(brings) >= 2
    for text in (told.stdout, shown.stdout):
        assert text.splitlines()[-len(brings) :] == brings


@pytest.mark.parametrize(
    ("line", "cause", "said"),
    [
        ("甲乙、丙丁,,2021-06-08,阳性,咽拭子", "sheet_positive", "阳性"),
        ("甲乙,,上个月底,阳性,咽拭子", "sheet_positive", "阳性"),
        ("甲乙,,2021-06-08,阳性,抗原", "sheet_positive", "阳性"),
        ("甲乙,,上个月底,阳性(待复核),咽拭子", "sheet_unclear", "阳性"),
        ("甲乙,,上个月底,灰区,咽拭子", "sheet_unclear", "灰区"),
        ("甲乙,,上个月底,无法判断,咽拭子", "sheet_unclear", "无法判断"),
        ("甲乙,,上个月底,可疑,咽拭子", "sheet_unclear", "可疑"),
    ],
)
def test_a_result_of_a_row_that_is_no_sample_is_kept_for_an_officer(
    line: str, cause: str, said: str, tmp_path: Path
) -> None:
    intake = read(tmp_path, "姓名,身份证号,采样日期,核酸结果,检测项目", line, "戊己,,上个月底,阴性,咽拭子")
    assert intake.records == ()
    [left] = intake.untaken
    assert (left.row, left.cause) == (2, cause)
    assert said in left.text and "甲乙" in left.text
