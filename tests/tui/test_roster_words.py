"""Look-alikes of a roster: who is a director, which words are names, which names are two officers or a unit."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from dutyboard.rules.decide import decide
from dutyboard.rules.records.commands.sheets import ImportRoster, RosterSheet
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.sheets.kinds.roster import read_roster
from tests.rules.desks import ADMIN, desk, t

HEADINGS = ("姓名", "职务", "联系电话", "职责分工")
UNIT = "填报单位：金石镇人民政府"


def written(path: Path, *rows: Sequence[str], above: str = UNIT, sheet: str = "花名册") -> Path:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in ((above,), HEADINGS, *rows):
        page.append(list(row))
    book.save(path)
    return path


def officers(path: Path) -> list[tuple[str, str]]:
    """Return (unit, name) of each officer that a roster lists."""
    return [(form.unit, member.name) for form in read_roster(path).records for _, member in form.members]


@pytest.mark.parametrize(
    ("title", "duty", "director"),
    [
        ("科员", "办公室主任", True),
        ("科员", "专班办公室主任", True),
        ("科员", "疫情防控办公室主任", True),
        ("科员", "专班主任，负责全面", True),
        ("科员", "办公室主任：全面负责", True),
        ("科员", "办公室主任（兼）", True),
        ("科员", "办公室 主任", True),
        ("镇长", "兼任办公室主任", True),
        ("镇长", "总协调、办公室主任", True),
        ("专班办公室主任", "", True),
        ("科员", "主任", True),
        ("科员", "协助主任", False),
        ("科员", "协助主任开展工作", False),
        ("科员", "协助办公室主任", False),
        ("科员", "协助：办公室主任", False),
        ("科员", "协助李四（办公室主任）", False),
        ("科员", "联系办公室主任", False),
        ("科员", "对接办公室主任", False),
        ("科员", "负责办公室主任交办事项", False),
        ("科员", "办公室主任助理", False),
        ("科员", "原办公室主任", False),
        ("科员", "办公室副主任", False),
        ("副主任", "专班办公室副主任", False),
        ("主任科员", "流调", False),
        ("一级主任科员", "", False),
        ("村主任", "流调", False),
        ("社区主任", "", False),
        ("卫生院办公室主任", "", False),
        ("党政办主任", "", False),
        ("主任", "流调", False),
    ],
)
def test_the_director_is_who_is_called_so_and_nobody_who_works_for_him(
    title: str, duty: str, director: bool, tmp_path: Path
) -> None:
    (form,) = read_roster(written(tmp_path / "a.xlsx", ("张三", title, "19900001111", duty))).records
    assert [member.director for _, member in form.members] == [director]


@pytest.mark.parametrize("phone", ["", "19900004444"])
@pytest.mark.parametrize(
    "word",
    [
        "组长",
        "组长：",
        "副组长：",
        "常务副组长：",
        "成员：",
        "成员",
        "组员",
        "（组长）",
        "组长（1人）",
        "成员：（3人）",
        "组　长：",
        "副 组 长",
        *(
            "主任：",
            "队长",
            "联络员",
            "联系人",
            "成员单位",
            "综合协调组：",
            "流调组",
            "第一组",
            "一、领导小组",
            "办公室",
        ),
    ],
)
def test_a_word_that_opens_a_group_is_no_officer_and_is_named(word: str, phone: str, tmp_path: Path) -> None:
    one, two = ("李一", "科员", "19900002222", "流调"), ("王二", "科员", "19900003333", "消杀")
    path = written(tmp_path / "a.xlsx", one, (word, "科员" if phone else "", phone, ""), two)
    assert [name for _, name in officers(path)] == ["李一", "王二"]
    assert [note.code for note in read_roster(path).notes if note.row == 4]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("组长：张三", ["张三"]),
        ("副组长 张三", ["张三"]),
        ("成员：张三、李四", ["张三", "李四"]),
        ("组长：王五 成员：赵六", ["王五", "赵六"]),
        ("成伟", ["成伟"]),
        ("顾问天", ["顾问天"]),
    ],
)
def test_a_name_behind_such_a_word_is_an_officer(cell: str, names: list[str], tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", (cell, "科员", "19900001111", "流调"))
    assert [name for _, name in officers(path)] == names


@pytest.mark.parametrize(
    "name", ["Sheet1", "Sheet 1", "sheet2", "Sheet1 (2)", "工作表1", "工作表", "Table1", "花名册", "1", "新建", "汇总"]
)
def test_a_sheet_named_by_its_program_is_no_unit(name: str, tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", ("张三", "科员", "19900001111", ""), above="专班花名册", sheet=name)
    assert officers(path) == []
    assert [note.code for note in read_roster(path).notes if note.level == "error"] == ["unit_missing"]


@pytest.mark.parametrize(
    "above", ["", "/", "无", "待定", "____", "123", "（盖章）", "Sheet1", "工作表1", "XX镇", "某镇", "×××镇"]
)
def test_a_unit_of_no_name_is_refused(above: str, tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", ("张三", "科员", "19900001111", ""), above=f"填报单位：{above}", sheet="Sheet1")
    assert officers(path) == []
    assert [note.code for note in read_roster(path).notes if note.level == "error"] == ["unit_missing"]


def desk_after(*paths: Path) -> list[tuple[str, str, str]]:
    """Return (unit, name, phone) of each officer on a desk that has taken some rosters in."""
    snapshot = desk()
    forms: tuple[RosterSheet, ...] = tuple(form for path in paths for form in read_roster(path).records)
    answer = decide(ImportRoster(sheets=forms), snapshot, t("10:00"), ADMIN)
    assert isinstance(answer, Accepted)
    after = snapshot.applied(snapshot.seq + 1, answer.changes)
    listed = (each for each in after.officers.values() if each.unit_id is not None)
    return sorted((after.units[each.unit_id or 0].name, each.name, each.phone) for each in listed)


def test_namesakes_of_two_units_are_two_officers(tmp_path: Path) -> None:
    one = written(tmp_path / "a.xlsx", ("张三", "科员", "19900001111", ""))
    other = written(tmp_path / "b.xlsx", ("张三", "科员", "19900001111", ""), above="填报单位：蓝田街道")
    assert [(unit, name) for unit, name, _ in desk_after(one, other)] == [("蓝田街道", "张三"), ("金石镇", "张三")]


def test_namesakes_of_one_unit_are_told_apart_by_their_phones(tmp_path: Path) -> None:
    two = (("张三", "科员", "19900001111", ""), ("张三", "科员", "19900002222", ""))
    path = written(tmp_path / "a.xlsx", *two)
    assert [phone for _, _, phone in desk_after(path)] == ["19900001111", "19900002222"]
    twice = written(tmp_path / "b.xlsx", two[0], two[0])
    assert [phone for _, _, phone in desk_after(twice)] == ["19900001111"]


TWO_ROWS = (("基本情况", "", "", "职责分工"), ("姓名", "职务", "联系电话", ""))


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        *(
            (title, headings)
            for title in (
                "附件1",
                "附表二",
                "附件1：专班名单",
                "新冠肺炎疫情防控工作专班花名册",
                "防控专班名单（第2版）",
                "关于调整防控专班成员的通知",
            )
            for headings in ((HEADINGS,), TWO_ROWS, ())
        ),
        ("专班成员调整", (HEADINGS,)),  # words of any title, known by the headings below
        ("专班成员调整", TWO_ROWS),
    ],
)
def test_a_title_over_a_further_unit_is_no_officer(
    title: str, headings: tuple[Sequence[str], ...], tmp_path: Path
) -> None:
    first, second = ("张三", "科员", "19900000001", "流调"), ("李四", "科员", "19900000002", "测温")
    rows = [",".join(each) for each in ((UNIT,), HEADINGS, first, (title,), ("填报单位：伏口镇",), *headings, second)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(rows), "utf-8")
    assert officers(path) == [("金石镇", "张三"), ("伏口镇", "李四")]
    assert (4, title) in [(note.row, note.text) for note in read_roster(path).notes if note.code == "row_left"]
