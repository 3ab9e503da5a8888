"""`dutyboard assess` as another program calls it: facts in, results out, in order, and no desk."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.tui.installed import DUTYBOARD

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "rules/data/cases.json").read_text("utf-8"))[
    "cases"
]


def assess(text: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([DUTYBOARD, "assess", "-", *options], input=text, capture_output=True, text=True, check=False)


def test_every_worked_case_comes_out_in_order() -> None:
    done = assess(json.dumps([case["facts"] for case in CASES]))
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    told = [(result["clause"], result["first_place"]) for result in results]
    expected = [case["expected"] for case in CASES]
    assert told == [(each["clause"], each.get("first_place")) for each in expected]
    assert all(result["decision"] in each["decision"] for result, each in zip(results, expected, strict=True))
    assert all(result["refer_reason"] for result in results if result["decision"] == "refer")


def test_one_object_gives_one_result(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({"health_code": "red"}), "utf-8")
    done = subprocess.run([DUTYBOARD, "assess", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads(done.stdout), dict)


def test_another_notice_is_asked_by_its_id() -> None:
    facts = {
        "arrival_at": "2022-07-01T10:30",
        "border": "none",
        "travel_card": "green",
        "symptoms": "none",
        "stays": [{"category": "medium", "left_on": "2022-07-01"}],
        "health_code": "green",
        "pcr": None,
    }
    by_letter, by_second = assess(json.dumps(facts)), assess(json.dumps(facts), "--notice", "national-9-2022")
    assert [json.loads(each.stdout)["clause"] for each in (by_letter, by_second)] == ["3.6", "9.7"]
    older = {**facts, "stays": [{"category": "high", "left_on": "2022-06-23"}]}
    result = json.loads(assess(json.dumps(older), "--notice", "national-9-2022").stdout)
    assert (result["decision"], result["refer_reason_zh"]) == ("refer", "此文本未列的情形，由指挥部研判")
    nobody = assess("{}", "--notice", "tenth")
    assert (nobody.returncode, nobody.stdout, "tenth" in nobody.stderr) == (1, "", True)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[{}, {"temp_c": 20}]', "[1].temp_c"),
        ('{"arrival_at": "2021-06-07T10:30", "stays": [{"left_on": "2021-06-08"}]}', "stays[0].left_on"),
        ('{"last_exposure_on": "2099-01-01"}', "last_exposure_on"),
        ('{"tests": [{"sampled_on": "2099-01-01"}]}', "tests[0].sampled_on"),
        ('{"arrival_pcr": {"sampled_on": "2021-06-08", "result_on": "2021-06-07"}}', "arrival_pcr.result_on"),
        ('[{}, {"colour": "red"}]', "[1].colour"),
        ('{"health_code": "blue"}', "health_code"),
        ("[{", "JSON"),
    ],
)
def test_what_cannot_be_read_is_named_and_exits_2(text: str, named: str) -> None:
    done = assess(text)
    assert done.returncode == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout
