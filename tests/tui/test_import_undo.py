"""`import undo N`: an import taken back on the command line, and what was worked on since named."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.tui.installed import printed, refused, run
from tests.tui.test_import_command import HEADINGS, SHEETS, workbook

ROWS = [
    (
        "赵测甲",
        "110101199001010015",
        "13800000001",
        "广东省深圳市南山区",
        "2021-06-05",
        "2021-06-06",
        "蓝田街道新塘村1组",
    ),
    (
        "钱测乙",
        "110101199001010023",
        "13800000002",
        "广东省深圳市南山区",
        "2021-06-05",
        "2021-06-06",
        "蓝田街道新塘村2组",
    ),
]


@pytest.fixture
def desk(empty: Path, tmp_path: Path) -> Path:
    """A desk with one unit."""
    roster = workbook(
        tmp_path / "sites.xlsx",
        ("名称", "所在乡镇", "房间数", "状态"),
        ("测试宾馆", "蓝田街道", 10, "启用"),
    )
    assert run("import", "sites", roster, folder=empty).returncode == 0
    return empty


def stored(folder: Path) -> dict[str, Any]:
    """Every record but the log, with numbers; whoever was registered by mistake counts nowhere."""
    held: dict[str, Any] = json.loads(run("export", "--json", "--reveal", "核对", folder=folder).stdout)["tables"]
    held.pop("entries", None)
    gone = [number for number, each in held.get("persons", {}).items() if each.get("end", {}).get("how") == "voided"]
    for number in gone:
        del held["persons"][number]
    return {table: records for table, records in held.items() if records}


def newest(folder: Path) -> int:
    """The newest import."""
    held = json.loads(run("export", "--json", folder=folder).stdout)["tables"]["entries"]
    return max(int(number) for number, each in held.items() if each["kind"] == "import")


def test_an_import_goes_back_and_can_come_again(desk: Path, tmp_path: Path) -> None:
    before = stored(desk)
    people = workbook(tmp_path / "people.xlsx", HEADINGS, *ROWS)
    first = printed("import", "arrivals", people, "--json", folder=desk)
    after, act = stored(desk), newest(desk)
    assert after != before
    done = run("import", "undo", str(act), "--reason", "错表", folder=desk)
    assert (done.returncode, done.stderr) == (0, "")
    assert "恢复 0 收回 2" in done.stdout and "错表" in done.stdout
    assert stored(desk) == before
    assert printed("verify", "--json", folder=desk)["ok"]
    assert printed("board", "--json", folder=desk)["counts"]["pending_screening"] == 0
    again = printed("import", "arrivals", people, "--json", folder=desk)
    assert {key: again[key] for key in ("accepted", "updated")} == {key: first[key] for key in ("accepted", "updated")}


def test_what_an_import_changed_goes_back_with_numbers_and_all(desk: Path, tmp_path: Path) -> None:
    run("import", "arrivals", workbook(tmp_path / "one.xlsx", HEADINGS, *ROWS), folder=desk)
    before = stored(desk)
    changed = [(ROWS[0][0], ROWS[0][1], "13900000009", *ROWS[0][3:6], "蓝田街道新塘村9组")]
    run("import", "arrivals", workbook(tmp_path / "two.xlsx", HEADINGS, *changed), folder=desk)
    assert stored(desk) != before
    told = printed("import", "undo", str(newest(desk)), "--json", folder=desk)
    assert told["ok"] and told["left"] == []
    assert stored(desk) == before


def test_whoever_was_worked_on_is_left_and_named(desk: Path, tmp_path: Path) -> None:
    run("import", "arrivals", workbook(tmp_path / "one.xlsx", HEADINGS, *ROWS), folder=desk)
    act = newest(desk)
    assert run("correct", "person-1", "note=已联系", "--reason", "核实", folder=desk).returncode == 0
    done = run("import", "undo", str(act), "--json", folder=desk)
    assert done.returncode == 1
    assert json.loads(done.stdout)["left"] == ["person-1"]
    assert "person-1 赵测甲" in done.stderr
    assert list(stored(desk)["persons"]) == ["1"]
    assert f"第 {act} 条已由" in refused("import", "undo", str(act), folder=desk)


def test_what_cannot_be_undone_is_one_line(desk: Path) -> None:
    assert "没有这条记录" in refused("import", "undo", "999", folder=desk)
    run("log", "来电", folder=desk)
    held = json.loads(run("export", "--json", folder=desk).stdout)["tables"]["entries"]
    note = next(number for number, each in held.items() if each["kind"] == "note")
    assert f"第 {note} 条不是导入记录" in refused("import", "undo", note, folder=desk)
    refused("import", "undo", "x", folder=desk, code=2)
    assert run("import", "undo", str(newest(desk)), folder=desk).returncode == 0
    assert "更正" in refused("import", "undo", str(newest(desk) - 2), folder=desk)


@pytest.mark.parametrize("kind", ["roster", "sites", "areas", "arrivals"])
def test_every_sample_sheet_goes_back(empty: Path, kind: str) -> None:
    for first in ("roster", "sites"):
        if kind in ("areas", "arrivals"):
            run("import", first, str(SHEETS / f"{first}.xlsx"), folder=empty)
    file = SHEETS / ("risk_areas.csv" if kind == "areas" else f"{kind}.xlsx")
    before = stored(empty)
    assert run("import", kind, str(file), folder=empty).returncode == 0
    assert stored(empty) != before
    act = newest(empty)
    (answer,) = [
        json.loads(line)
        for line in run(
            "batch", "-", folder=empty, input=json.dumps({"act": "import undo", "entry": act})
        ).stdout.splitlines()
    ]
    assert answer["ok"] and answer["left"] == []
    assert stored(empty) == before
