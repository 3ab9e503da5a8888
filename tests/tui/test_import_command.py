"""`import` of a sheet: every row is accounted for, and what is on the desk is said."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.sheets.notes import SheetReport
from dutyboard.tui.text import words as words_of
from tests.homes import begun
from tests.tui.installed import printed, refused, run

SHEETS = Path(__file__).parents[1] / "data"
HEADINGS = ("姓名", "身份证号", "联系电话", "来源地", "离开日期", "到涟时间", "现住址")


def test_import_accounts_for_every_row(empty: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "arrivals.csv"
    sheet.write_text(
        "重点人员排查登记表\n序号,姓名,身份证号,联系电话,来源地,离开日期,到涟时间,现住址\n"
        "1,甲,43130219951230987X,19900000001,广东省深圳市南山区,2021-06-05,2021-06-06,蓝田街道新塘村1组\n"
        "2,,431302199512309871,19900000002,广东省深圳市南山区,2021-06-05,2021-06-06,蓝田街道新塘村2组\n"
        "3,丙,,19900000003,广东省深圳市南山区,2021-06-05,2021-06-16,蓝田街道新塘村3组\n",
        encoding="gb18030",
    )
    before = printed("verify", "--json", folder=empty)["lines"]
    dry = printed("import", "arrivals", str(sheet), "--json", "--dry-run", folder=empty)
    assert printed("verify", "--json", folder=empty)["lines"] == before
    report = printed("import", "arrivals", str(sheet), "--json", folder=empty)
    assert report == {**dry, "act": 2} and dry["act"] is None
    assert (report["accepted"], report["updated"], report["duplicates"], report["rejected"]) == (1, 0, 0, 2)
    errors = {(row["row"], row["code"]) for row in report["rows"] if row["level"] == "error"}
    assert errors == {(4, "name_missing"), (5, "future_date")}
    assert all({"row", "column", "code", "level", "message"} <= set(row) for row in report["rows"])
    lines = printed("verify", "--json", folder=empty)["lines"]
    again = printed("import", "arrivals", str(sheet), "--json", folder=empty)
    assert (again["accepted"], again["duplicates"]) == (0, 1)
    assert printed("verify", "--json", folder=empty)["lines"] == lines
    refused("import", "arrivals", str(tmp_path / "none.xlsx"), folder=empty)
    told = run("import", "arrivals", str(sheet), folder=empty)
    assert (told.returncode, told.stdout.splitlines()[-1]) == (0, "接收 0，更新 0，重复 1，拒收 2")
    assert [line.split()[0] for line in told.stderr.splitlines()] == ["第4行", "第5行"]


def workbook(path: Path, *rows: tuple[object, ...]) -> str:
    """A workbook of one sheet, with its headings in the first row."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return str(path)


def two_names(path: Path) -> tuple[str, str]:
    """A register in which one sound ID number stands under two spellings of a name."""
    told = ("110101199001010015", "13800000001", "广东省深圳市南山区", "2021-06-05", "2021-06-06", "蓝田街道新塘村1组")
    return "arrivals", workbook(path / "names.xlsx", HEADINGS, ("赵测甲", *told), ("赵测佳", *told))


def no_town(path: Path) -> tuple[str, str]:
    """A list of sites in which one site has no town."""
    headings = ("名称", "所在乡镇", "房间数", "状态", "负责人", "联系电话")
    one, other = (
        ("测试宾馆", "蓝田街道", 10, "启用", "赵测甲", "13800000001"),
        ("测试旅馆", None, 8, "启用", None, None),
    )
    return "sites", workbook(path / "sites.xlsx", headings, one, other)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("sheet", "counts", "row"),
    [
        (two_names, (1, 1, 0, 0), (3, "姓名", "name_differs")),
        (no_town, (1, 0, 0, 1), (3, "所在乡镇", "unit_missing")),
    ],
)
def test_a_sheet_that_contradicts_the_desk_is_taken_in_and_says_so(
    empty: Path, tmp_path: Path, language: str, sheet: Any, counts: tuple[int, ...], row: tuple[int, str, str]
) -> None:
    kind, file = sheet(tmp_path)
    if kind == "arrivals":
        assert run("import", "sites", no_town(tmp_path)[1], folder=empty).returncode == 0  # makes 蓝田街道
    lines = printed("verify", "--json", folder=empty)["lines"]
    dry = run("--lang", language, "import", kind, file, "--json", "--dry-run", folder=empty)
    assert printed("verify", "--json", folder=empty)["lines"] == lines
    done = run("--lang", language, "import", kind, file, "--json", folder=empty)
    assert printed("verify", "--json", folder=empty)["lines"] > lines
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert {**report, "act": None} == json.loads(dry.stdout) and report["act"]
    assert tuple(report[key] for key in ("accepted", "updated", "duplicates", "rejected")) == counts
    (said,) = [each for each in report["rows"] if (each["row"], each["column"], each["code"]) == row]
    assert said["message"] == words_of(language).sheets.rows[said["code"]]
    assert (
        said in printed("--lang", language, "import", kind, file, "--json", folder=empty)["rows"]
    )  # and says it again


@pytest.mark.parametrize("as_json", [True, False])
def test_a_fault_of_the_report_does_not_say_that_the_sheet_was_refused(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Any, as_json: bool
) -> None:
    """What is on the desk is on the desk: exit 0 and the counts, whatever the wording of the rows comes to."""
    monkeypatch.setattr(words_of("zh"), "sheets", replace(words_of("zh").sheets, rows={}))
    kind, file = no_town(tmp_path)
    arguments = ["--data", str(empty), "import", kind, file, *(["--json"] if as_json else [])]
    assert program.main(arguments, standalone_mode=False, obj=Invocation(), prog_name="dutyboard") is None
    out, err = (stream.decode() for stream in capfdbinary.readouterr())
    assert err.startswith("dutyboard: 程序出错（KeyError，tui/commands/sheets.py:")
    counts = {"accepted": 1, "updated": 0, "duplicates": 0, "rejected": 1}
    if as_json:
        assert json.loads(out) == {
            **counts,
            "act": 2,
            "rows": [],
            "unread": [],
            "changes": [],
            "contradictions": [],
            "left_to_see": [],
        }
    else:
        assert out == "已导入，日志 2；撤销：dutyboard import undo 2\n接收 1，更新 0，重复 0，拒收 1\n"
    assert "测试宾馆" in run("export", "--json", "--reveal", "测试", folder=empty).stdout
    with pytest.raises(KeyError):  # nothing was written: a fault is a fault
        program.main([*arguments, "--dry-run"], standalone_mode=False, obj=Invocation(), prog_name="dutyboard")


def test_a_desk_takes_the_sample_sheets_as_they_are(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    assert run("init", str(begun(desk)), "--practice", "2021-06-08T02:00").returncode == 0
    counts = {}
    for kind, name in (
        ("roster", "roster.xlsx"),
        ("sites", "sites.xlsx"),
        ("areas", "risk_areas.csv"),
        ("arrivals", "arrivals.xlsx"),
        ("arrivals", "arrivals_night.csv"),
    ):
        report = printed("import", kind, str(SHEETS / name), "--json", folder=desk)
        counts[name] = tuple(report[each] for each in ("accepted", "updated", "duplicates", "rejected"))
    assert counts == {
        "roster.xlsx": (120, 0, 0, 0),
        "sites.xlsx": (6, 0, 0, 0),
        "risk_areas.csv": (8, 0, 0, 0),
        "arrivals.xlsx": (600, 0, 9, 0),
        "arrivals_night.csv": (40, 0, 0, 0),
    }
    board = printed("board", "--json", folder=desk)
    assert board["counts"]["pending_screening"] == 640
    assert board["counts"]["rooms"] == 214
    assert printed("verify", "--json", folder=desk)["ok"]
    raised = tmp_path / "raised.csv"
    raised.write_text("区划代码,地区,等级,起始日期\n440305,广东省深圳市南山区,高风险,2021-06-08\n", encoding="utf-8")
    touched = printed("import", "areas", str(raised), "--json", folder=desk)["touched"]
    listed = printed("rescreen", "--json", folder=desk)[0]
    assert listed["area"]["name"] == "广东省深圳市南山区"
    assert touched > 0
    assert (listed["called"], listed["total"], len(listed["calls"])) == (0, touched, touched)
    assert all("phone" not in call and call["answered"] is None for call in listed["calls"])
    told = run("rescreen", folder=desk).stdout.splitlines()
    assert len(told) > touched
    assert told[0] == f"广东省深圳市南山区（高风险，2021-06-08 起）：已回访 0/{touched}"


def test_the_report_of_many_rows_asks_once_for_the_sheets(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look at all rows for each of them made minutes of ten thousand people."""
    asked: list[int] = []

    def sheets(report: SheetReport) -> tuple[str, ...]:
        asked.append(1)
        return tuple(dict.fromkeys(row.sheet for row in report.rows))

    monkeypatch.setattr(SheetReport, "sheets", property(sheets))
    file = tmp_path / "a.csv"
    file.write_text("姓名,来源地\n" + "".join(f"测{chr(0x4E00 + n)},火星\n" for n in range(40)), "utf-8")
    told = CliRunner().invoke(
        program, ["--data", str(empty), "import", "arrivals", str(file), "--json"], obj=Invocation()
    )
    assert len(json.loads(told.stdout)["rows"]) > 40
    assert len(asked) < 5


def test_a_form_says_each_fact_that_it_changes_with_both_values(empty: Path, tmp_path: Path) -> None:
    """Phones are masked, and the row of a report sheet tells the same."""
    headings = ("姓名", "职务", "联系电话", "职责分工")
    title = ("填报单位：蓝田街道",)
    first = workbook(tmp_path / "a.xlsx", title, headings, ("赵测甲", "主任", "19900000001", "统筹"))
    second = workbook(tmp_path / "b.xlsx", title, headings, ("赵测甲", "副主任", "19900000077", "统筹"))
    assert run("import", "roster", first, folder=empty).returncode == 0
    marked = tmp_path / "marked.csv"
    told = run("import", "roster", second, "--report", str(marked), "--dry-run", folder=empty).stdout.splitlines()
    assert told[:2] == [
        "第3行 officer-2 赵测甲 职务：原 主任，现 副主任",
        "第3行 officer-2 赵测甲 电话：原 199****0001，现 199****0077",
    ]
    assert "职务：原 主任，现 副主任" in marked.read_text("utf-8-sig") and "0077" not in " ".join(told[2:])
    report = printed("import", "roster", second, "--json", folder=empty)
    assert report["changes"] == [
        {"row": 3, "person": None, "about": "officer-2", "field": "title", "old": "主任", "new": "副主任"},
        {
            "row": 3,
            "person": None,
            "about": "officer-2",
            "field": "phone",
            "old": "199****0001",
            "new": "199****0077",
        },
    ]
    assert printed("import", "roster", second, "--json", folder=empty)["changes"] == []
