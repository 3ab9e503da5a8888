"""`dutyboard assess` as another program calls it: facts in, results out, in order, and no desk."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation
from tests.shares import SHARES
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


DOUBLED = '{"contact": "none", "contact": "close"}'


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (DOUBLED, "contact"),
        (f"[{{}}, {DOUBLED}]", "[1].contact"),
        (f"{{}}\n{DOUBLED}\n", "[1].contact"),
        ('{"stays": [{}, {"place": "a", "place": "b"}]}', "stays[1].place"),
        ('{"temp_c": NaN}', "temp_c"),
        ('{"temp_c": -Infinity}', "temp_c"),
        ('[{"temp_c": 1e400}]', "[0].temp_c"),
        ('{"isolation_days_done": 99999999999999999999999999}', "isolation_days_done"),
        ('{"isolation_days_done": 1000}', "isolation_days_done"),
        ('{"isolation_days_done": ' + "9" * 5000 + "}", "isolation_days_done"),
        ('{"stays": ' + "[" * 100 + "]" * 100 + "}", "stays[0]"),
        ("[" * 200_000, "过多"),
        ('{"a":' * 200_000, "过多"),
        ('{"stays": [{"place": "\\ud800"}]}', "stays[0].place"),
        ('{"stays": [{"place": "' + "a" * 2_000_000 + '"}]}', "太长"),
        ('[{"stays": [{"place": "' + "a" * 2_000_000, "[0]"),
        ('{"arrival_at": "0001-01-01"}', "arrival_at"),
        ('{"arrival_at": "2018-12-31"}', "arrival_at"),
        ('{"arrival_at": "9999-12-31"}', "arrival_at"),
        ("[{}, {}", "[2]"),
        ("[{} {}]", "[1]"),
        ("[{}]]", "JSON"),
        ("", "JSON"),
        ("7", "not_an_object"),
    ],
)
def test_json_is_read_strictly(text: str, named: str) -> None:
    done = CliRunner().invoke(program, ["assess", "-"], obj=Invocation(), input=text)
    assert (done.exit_code, done.stdout) == (2, "")
    assert named in done.stderr.splitlines()[-1] and "程序" not in done.stderr and len(done.stderr) < 1000


def test_a_line_each_gives_a_line_each() -> None:
    told = [case["facts"] for case in CASES[:5]]
    listed = json.loads(assess(json.dumps(told)).stdout)
    lines = assess("\n".join(json.dumps(each) for each in told)).stdout
    assert [json.loads(line) for line in lines.splitlines()] == listed
    assert json.loads(assess("[]").stdout) == []


PEAK = """
import sys
sys.argv = ["dutyboard", "assess", sys.argv[1]]
try:
    from dutyboard.tui.cli import main
    main()
finally:
    with open("/proc/self/status") as told:
        print(next(line for line in told if line.startswith("VmHWM")).split()[1], file=sys.stderr)
"""
"""Most memory that the program held, in KB. What `getrusage` gives begins with that of the process that started it."""


@pytest.mark.parametrize("form", ["list", "lines"])
def test_a_long_list_stands_never_in_memory(form: str, tmp_path: Path, ran: Callable[[str], None]) -> None:
    """Resident memory does not grow with the list. Of one held as a whole each object takes about 10 KB."""
    peaks = []
    more = SHARES["tui"]["assess"]["objects"]
    for objects in (50, more):
        file, each = tmp_path / "facts.json", json.dumps(CASES[0]["facts"] | {"stays": [{"place": "某" * 900}]})
        file.write_text(f"[{','.join([each] * objects)}]" if form == "list" else f"{each}\n" * objects, "utf-8")
        done = subprocess.run([sys.executable, "-c", PEAK, str(file)], capture_output=True, check=True)
        assert len(json.loads(done.stdout) if form == "list" else done.stdout.splitlines()) == objects
        peaks.append(int(done.stderr.split()[-1]))
    assert peaks[1] - peaks[0] < 2_000 + more, peaks
    ran(f"assess: {more} objects as {form}, {peaks[1] - peaks[0]} KB more")
