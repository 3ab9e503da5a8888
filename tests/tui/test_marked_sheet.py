"""`import --report FILE`: the rows as they stood with marks and reasons, ready to correct and send again."""

import csv
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dutyboard.tui.export import marked_sheet as marked
from dutyboard.tui.export.marked_sheet import MOST_PLACES, ReportRefused, marked_sheet
from dutyboard.tui.sheets.notes import RowNote, SheetReport
from dutyboard.tui.sheets.reader.files import OpenedFile
from dutyboard.tui.sheets.reader.grids import Cell, Grid, GridRow
from dutyboard.tui.text import words
from tests.tui.installed import printed, refused, run
from tests.tui.test_import_command import HEADINGS, SHEETS, workbook

COUNTS = ("accepted", "updated", "duplicates", "rejected")
KILLED = """
import os, signal, sys
from dutyboard.tui.commands import sheets
sheets.keep_headings = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from dutyboard.tui.cli import main
sys.exit(main())
"""
"""The program, killed as soon as the act is written."""
ROWS: tuple[tuple[Any, ...], ...] = (
    ("赵测甲", "110101199001010015", "13800000001", "广东省深圳市南山区", "2021-06-05", "2021-06-06", "蓝田街道1组"),
    ("", "110101199001010023", "13800000002", "广东省深圳市南山区", "2021-06-05", "2021-06-06", "蓝田街道2组"),
    ("@丙测", "", "13800000003", "广东省深圳市南山区", "某日", "2021-06-06", "蓝田街道3组"),
)


def told(file: Path) -> list[list[str]]:
    """The cells of a report as texts."""
    if file.suffix == ".csv":
        return list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    rows = openpyxl.load_workbook(file).active.iter_rows(values_only=True)
    return [["" if each is None else str(each) for each in row] for row in rows]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_each_row_has_its_mark_and_its_reasons(empty: Path, tmp_path: Path, suffix: str) -> None:
    sheet, report = workbook(tmp_path / "people.xlsx", HEADINGS, *ROWS), tmp_path / f"report{suffix}"
    done = printed("--reveal", "更正", "import", "arrivals", sheet, "--report", str(report), "--json", folder=empty)
    head, first, second, third = told(report)
    assert head == [*HEADINGS, "核对结果", "核对原因"]
    assert [row[-2] for row in (first, second, third)] == ["存疑", "拒收", "存疑"]
    assert "没有姓名" in second[-1] or "姓名" in second[-1]
    assert "离开日期" in third[-1] and "某日" in third[-1]
    assert first[:7] == list(ROWS[0])
    assert third[0] == ("'@丙测" if suffix == ".csv" else "@丙测")
    again = printed("import", "arrivals", str(report), "--json", folder=empty)
    assert (again["accepted"], again["updated"], again["rejected"]) == (0, 0, done["rejected"])
    assert [each["text"] for each in again["unread"]] == [each["text"] for each in done["unread"]] == ["某日"]


def test_marked_rows_are_coloured_and_no_cell_is_a_formula(empty: Path, tmp_path: Path) -> None:
    sheet, report = workbook(tmp_path / "people.xlsx", HEADINGS, *ROWS), tmp_path / "report.xlsx"
    run("import", "arrivals", sheet, "--report", str(report), "--dry-run", folder=empty)
    book = openpyxl.load_workbook(report)
    cells = list(book.active.iter_rows())
    assert all(cell.data_type != "f" for row in cells for cell in row)
    assert [row[0].fill.fgColor.rgb for row in cells[1:]] == ["FFFFF2CC", "FFF4CCCC", "FFFFF2CC"]


@pytest.mark.parametrize("kind", ["roster", "sites", "arrivals"])
def test_the_report_of_a_sample_sheet_comes_in_again_unchanged(empty: Path, tmp_path: Path, kind: str) -> None:
    sheet, report = str(SHEETS / f"{kind}.xlsx"), tmp_path / "report.xlsx"
    first = printed("--reveal", "更正", "import", kind, sheet, "--report", str(report), "--json", folder=empty)
    direct = printed("import", kind, sheet, "--json", "--dry-run", folder=empty)
    again = printed("import", kind, str(report), "--json", "--dry-run", folder=empty)
    assert [again[key] for key in COUNTS] == [direct[key] for key in COUNTS]
    # A formula without a result was read as blank, and is blank in the report.
    blank = [row for row in direct["rows"] if row["code"] == "formula_unread"]
    assert again["rows"] == [row for row in direct["rows"] if row not in blank]
    assert first["accepted"] > 0 and again["accepted"] == 0


def test_numbers_are_whole_in_it_for_a_reason_alone(empty: Path, tmp_path: Path) -> None:
    sheet, report = workbook(tmp_path / "people.xlsx", HEADINGS, ROWS[0]), tmp_path / "report.csv"
    run("import", "arrivals", sheet, "--report", str(report), folder=empty)
    assert ROWS[0][1] not in report.read_text("utf-8")


def test_it_is_there_though_the_program_is_killed_behind_the_act(empty: Path, tmp_path: Path) -> None:
    sheet, report = workbook(tmp_path / "people.xlsx", HEADINGS, *ROWS), tmp_path / "report.csv"
    words = ["--data", str(empty), "import", "arrivals", sheet, "--report", str(report)]
    done = subprocess.run([sys.executable, "-c", KILLED, *words], capture_output=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    assert [row[-2] for row in told(report)] == ["核对结果", "存疑", "拒收", "存疑"]
    assert printed("import", "arrivals", sheet, "--json", folder=empty)["duplicates"] == 2
    assert [each.name for each in tmp_path.glob("*.part")] == []


def test_another_name_is_refused_and_nothing_written(empty: Path, tmp_path: Path) -> None:
    sheet = workbook(tmp_path / "people.xlsx", HEADINGS, *ROWS)
    refused("import", "arrivals", sheet, "--report", str(tmp_path / "report.doc"), folder=empty, code=2)
    assert '"persons"' not in run("export", "--json", folder=empty).stdout


def test_it_goes_to_standard_output_and_what_is_said_beside_it(empty: Path, tmp_path: Path) -> None:
    sheet = workbook(tmp_path / "people.xlsx", HEADINGS, *ROWS)
    done = run("import", "arrivals", sheet, "--report", "-", folder=empty)
    assert done.returncode == 0, done.stderr
    rows = list(csv.reader(done.stdout.removeprefix("\ufeff").splitlines()))
    assert [row[-2] for row in rows] == ["核对结果", "存疑", "拒收", "存疑"]
    assert "接收 2" in done.stderr and "import undo" in done.stderr
    (tmp_path / "report.csv").write_text(done.stdout, "utf-8")
    again = printed("import", "arrivals", str(tmp_path / "report.csv"), "--json", folder=empty)
    assert (again["accepted"], again["updated"]) == (0, 0)


def test_two_cannot_have_standard_output(empty: Path, tmp_path: Path) -> None:
    sheet = workbook(tmp_path / "people.xlsx", HEADINGS, *ROWS)
    said = refused("import", "arrivals", sheet, "--report", "-", "--json", folder=empty, code=2)
    assert "--report" in said and "--json" in said
    assert '"persons"' not in run("export", "--json", folder=empty).stdout


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_hidden_numbers_of_it_touch_nobody_when_it_comes_in_corrected(empty: Path, tmp_path: Path, suffix: str) -> None:
    sheet, report = workbook(tmp_path / "people.xlsx", HEADINGS, *ROWS), tmp_path / f"report{suffix}"
    run("import", "arrivals", sheet, "--report", str(report), folder=empty)
    before = printed("--reveal", "核对", "export", "--json", folder=empty)["tables"]["persons"]
    rows = told(report)
    assert "*" in rows[1][1] and "*" in rows[2][1] and rows[2][-1].endswith("请填全")
    assert "请填全" not in rows[1][-1]  # the desk has his number
    rows[2][0] = "钱测乙"  # the name that was missing
    rows[3][4] = "2021-06-05"  # the day that nobody could read
    again = workbook(tmp_path / "again.xlsx", *rows)
    done = printed("import", "arrivals", again, "--json", folder=empty)
    assert (done["accepted"], done["updated"], done["duplicates"], done["rejected"]) == (1, 1, 1, 0)
    after = printed("--reveal", "核对", "export", "--json", folder=empty)["tables"]["persons"]
    for number, person in before.items():
        kept = after[number]
        assert (kept["name"], kept.get("id_no"), kept.get("phone")) == (
            person["name"],
            person.get("id_no"),
            person.get("phone"),
        )
        assert kept.get("warnings") == person.get("warnings")
    new = next(each for number, each in after.items() if number not in before)
    assert new["name"] == "钱测乙" and "id_masked" in new["warnings"]
    assert [each["text"] for each in new["as_written"]] == ["1101**********0023", "138****0002"]


def _wide(columns: int, rows: int) -> OpenedFile:
    """A sheet with its heading row, and one far cell in each row."""
    head = tuple(Cell(at, "text", heading) for at, heading in enumerate(HEADINGS, start=1))
    far = (Cell(1, "text", "测甲"), Cell(columns, "text", "远"))
    lines = [GridRow(1, head), *(GridRow(line, far) for line in range(2, rows + 2))]
    return OpenedFile("wide", (Grid("表", tuple(lines), merges=((1, 1, 1_048_576, 16_384),)),))


def test_a_far_cell_makes_no_large_report() -> None:
    report = SheetReport({}, tuple(RowNote(line, "", "name_missing", sheet="表") for line in range(2, 300)))
    made = marked_sheet("arrivals", _wide(16_384, 300), {}, report, words("zh"), as_text=False)
    assert len(made) < 100_000
    with pytest.raises(ReportRefused) as refused:
        marked_sheet("arrivals", _wide(16_384, 700), {}, report, words("zh"), as_text=True)
    assert (refused.value.code, refused.value.fields["most"]) == ("report_large", MOST_PLACES)


def test_a_report_of_too_many_cells_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked, "MOST_CELLS", 20)
    with pytest.raises(ReportRefused) as refused:
        marked_sheet("arrivals", _wide(9, 10), {}, SheetReport({}, ()), words("zh"), as_text=False)
    assert refused.value.fields == {"cells": 11 * (9 + 2) + 11, "most": 20}
