"""`dutyboard assess` as another program calls it: facts in, results out, in order, and no desk."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

DUTYBOARD = str(Path(sys.executable).with_name("dutyboard"))
CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "rules/data/cases.json").read_text("utf-8"))[
    "cases"
]


def assess(text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([DUTYBOARD, "assess", "-"], input=text, capture_output=True, text=True, check=False)


def test_every_worked_case_comes_out_in_order() -> None:
    done = assess(json.dumps([case["facts"] for case in CASES]))
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    told = [(result["decision"], result["clause"], result["first_place"]) for result in results]
    expected = [case["expected"] for case in CASES]
    assert told == [(each["decision"], each["clause"], each.get("first_place")) for each in expected]
    assert all(result["refer_reason"] for result in results if result["decision"] == "refer")


def test_one_object_gives_one_result(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({"health_code": "red"}), "utf-8")
    done = subprocess.run([DUTYBOARD, "assess", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads(done.stdout), dict)


@pytest.mark.parametrize(
    ("text", "named"),
    [
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
