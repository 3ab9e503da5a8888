"""`rules check FILE`: the proof of a notice, as whoever writes one reads it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dutyboard.rules.law.facts import read_facts
from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.terminal.cells import width
from tests.rules.fact_sets import FILE
from tests.rules.law.test_check_notice import BROKEN, broken_text

NATIONAL = FILE.with_name("national-9-2022.toml")


def check(file: Path, *options: str) -> Result:
    return CliRunner().invoke(program, ["rules", "check", str(file), *options], obj=Invocation())


def broken(tmp_path: Path, what: str) -> Path:
    (each,) = [each for each in BROKEN if what in each["what"]]
    file = tmp_path / each["notice"]
    file.write_text(broken_text(each), encoding="utf-8")
    return file


def test_what_a_reading_explains_is_one_line_and_no_fault() -> None:
    told = check(NATIONAL)
    assert told.exit_code == 0
    assert told.stdout.splitlines() == [
        "[O4 已说明] 加重反轻  加上一项风险，不再按 9.8，只按 9.7：末次采样日变轻",
        "[O4 已说明] 加重反轻  加上一项风险，不再按 9.8，只按 9.6：末次采样日变轻",
    ]
    told = check(NATIONAL, "--json")
    assert (told.exit_code, {each["reading"] for each in json.loads(told.stdout)["findings"]}) == (0, {"O4"})


def test_a_file_on_standard_input_is_checked_as_any() -> None:
    typed = NATIONAL.read_bytes()
    told = CliRunner().invoke(program, ["rules", "check", "-"], obj=Invocation(), input=typed)
    assert (told.exit_code, told.stdout) == (0, check(NATIONAL).stdout)
    again = CliRunner().invoke(program, ["rules", "check", "-", "--reveal", "-"], obj=Invocation(), input=typed)
    assert again.exit_code == 2, "standard input is one thing"


def test_a_pair_is_told_in_words_and_as_facts(tmp_path: Path) -> None:
    told = check(broken(tmp_path, "high-risk area frees earlier"))
    assert told.exit_code == 1
    lines = [line for line in told.stdout.splitlines() if not line.startswith("[")]
    assert lines[:5] == [
        "加重反轻  加上一项风险，不再按 9.7，只按 9.6：管控期满、末次采样日变轻",
        "  人员：旅居核查 中",
        '  {"investigation": "found_medium"}',
        "  加上：旅居核查 高",
        '  {"investigation": "found_high"}',
    ]
    assert all(width(line) <= 80 for line in told.stdout.splitlines())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_not_listed_is_told_in_eighty_cells(tmp_path: Path, language: str) -> None:
    told = check(broken(tmp_path, "nothing is said"), "--lang", language)
    assert told.exit_code == 1
    lines = told.stdout.splitlines()
    assert {"zh": "无条款  旅居地 高风险", "en": "not covered"}[language] in told.stdout
    assert '  {"health_code": "red"}' in lines
    assert all(width(line) <= 80 for line in lines)


def test_the_json_holds_facts_that_can_be_assessed(tmp_path: Path) -> None:
    told = check(broken(tmp_path, "nothing is said"), "--json")
    assert told.exit_code == 1
    printed = json.loads(told.stdout)
    assert (printed["notice"], printed["ok"]) == ("national-9-2022", False)
    for finding in (each for each in printed["findings"] if not each["reading"]):
        assert finding["kind"] == "uncovered"
        assert len(finding["differs"]) <= 4
        read_facts(finding["facts"])
        assert all(
            finding["facts"].get(key, "absent") != printed["base"].get(key, "absent") for key in finding["differs"]
        )


def test_a_missing_number_and_a_missing_file_are_one_line_each(tmp_path: Path) -> None:
    told = check(broken(tmp_path, "the days of a stage"))
    assert (told.exit_code, told.stdout) == (1, "缺字缺数  branches[11].site.days 缺少\n")
    nowhere = check(tmp_path / "nowhere.toml")
    assert (nowhere.exit_code, nowhere.stdout) == (1, "")
    assert "nowhere.toml" in nowhere.stderr


def test_two_files_at_once_are_told_the_usage_and_no_missing_notice(tmp_path: Path) -> None:
    told = check(tmp_path / "one.toml", str(tmp_path / "two.toml"))
    assert told.exit_code == 2
    assert "check 文件" in told.stderr
    assert "one.toml" not in told.stderr
