"""Tables as people lay them out: where the headings stand, which rows are records, and that the rest is named."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.signs import cleaned
from dutyboard.tui.sheets.blocks import shape_of
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.headings import Headings, own_headings
from dutyboard.tui.sheets.kinds.areas import read_areas
from dutyboard.tui.sheets.kinds.arrivals import read_arrivals
from dutyboard.tui.sheets.kinds.roster import read_roster
from dutyboard.tui.sheets.kinds.sites import read_sites
from dutyboard.tui.sheets.notes import Intake
from dutyboard.tui.sheets.reader.grids import Cell, Grid, GridRow
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.word_lists import is_blank

READ = {"arrivals": read_arrivals, "roster": read_roster, "sites": read_sites, "areas": read_areas}
HEADS = ("姓名", "来源地", "到涟时间", "现住址")
FIRST = ("测甲", "广东省深圳市南山区", "2021-06-06", "金石镇新塘村")
SECOND = ("测乙", "广东省广州市荔湾区", "2021-06-05", "伏口镇新塘村")

Rows = Sequence[Sequence[Any]]


def grid(rows: Rows, name: str = "Sheet1", **more: Any) -> Grid:
    """A sheet of texts; None is a cell that holds nothing."""
    lines = []
    for line, row in enumerate(rows, start=1):
        cells = [Cell(at, "text", each) for at, each in enumerate(row, start=1) if each]
        if cells:
            lines.append(GridRow(line, tuple(cells), line in more.get("hidden_rows", ())))
    return Grid(name, tuple(lines), merges=more.get("merges", ()), hidden=more.get("hidden", False))


def read(kind: SheetKind, *grids: Grid, **more: Any) -> Intake[Any]:
    with patch("dutyboard.tui.sheets.tables.read_grids", lambda _: grids):
        return READ[kind](Path("a.xlsx"), **more)  # type: ignore[operator,no-any-return]


def arrivals(rows: Rows, **more: Any) -> Intake[Any]:
    return read("arrivals", grid(rows, **more))


def names(intake: Intake[Any]) -> list[str]:
    return [person.name for person in intake.records]


def codes(intake: Intake[Any]) -> list[tuple[int, str]]:
    about_people = ("id_missing", "phone_missing")
    return [(note.row, note.code) for note in intake.notes if note.code not in about_people]


def test_headings_stand_lower_down_below_a_title_and_remarks() -> None:
    above = [("重点人员排查登记表",), ("填报单位：金石镇", None, "2021年6月7日"), *((f"要求{n}",) for n in range(40))]
    read_ = arrivals([*above, HEADS, FIRST])
    assert (names(read_), codes(read_)) == (["测甲"], [])


def test_the_title_tells_the_year_of_dates_that_have_none() -> None:
    read_ = arrivals([("登记表（截至2020年6月7日）",), HEADS, ("测甲", "深圳", "6月6日", "金石镇")])
    assert read_.records[0].facts.arrival_at.year == 2020
    assert codes(read_) == [(3, "year_assumed")]


@pytest.mark.parametrize("merges", [(), ((1, 3, 1, 4), (1, 1, 2, 1), (1, 2, 2, 2), (1, 5, 2, 5))])
def test_headings_of_two_rows_are_read_with_what_stands_above_them(merges: Any) -> None:
    upper: list[str | None] = ["姓名", "来源地", "核酸检测", None, "到涟时间"]
    lower: list[str | None] = [None, None, "时间", "结果", None]
    if merges:  # a merge of one column has given its value to each row
        lower = ["姓名", "来源地", "时间", "结果", "到涟时间"]
    read_ = arrivals(
        [("登记表",), upper, lower, ("测甲", "深圳", "2021-06-05", "阳性", "2021-06-06")][1:], merges=merges
    )
    (person,) = read_.records
    assert person.facts.pcr.result == "positive"
    assert (person.facts.pcr.sampled_at.day, person.facts.arrival_at.day) == (5, 6)
    assert codes(read_) == []


def test_an_unknown_heading_beside_known_ones_of_its_group_is_of_the_second_row() -> None:
    """A text has no merges that would say so."""
    upper = ("姓名", "返乡行程", None, None, "现住址")
    lower = (None, "始发地", "到家时间", "同座人数", None)
    read_ = arrivals([upper, lower, ("测甲", "深圳", "2021-06-06", "5", "金石镇")])
    (person,) = read_.records
    assert (person.origin, person.facts.arrival_at.day, person.address) == ("深圳", 6, "金石镇")
    assert [(each.heading, each.text) for each in person.as_written] == [("返乡行程 同座人数", "5")]
    assert codes(read_) == [(2, "heading_unread")]


def test_a_record_without_a_name_below_headings_is_no_second_row_of_them() -> None:
    heads = ("姓名", "人员类别", "健康状况", "来源地", "到涟时间")
    read_ = arrivals([heads, (None, "密接", "发热", "深圳", "昨天"), ("测甲", None, None, *FIRST[1:3])])
    assert [(person.name, person.row) for person in read_.records] == [("", 2), ("测甲", 3)]


def test_a_group_of_headings_that_tells_of_somebody_else_is_not_the_persons() -> None:
    upper = ("基本信息", None, None, "监护人", None, "紧急联系人", None)
    lower = ("姓名", "来源地", "到涟时间", "姓名", "电话", "姓名", "电话")
    merges = ((1, 1, 1, 3), (1, 4, 1, 5), (1, 6, 1, 7))
    row = ("测甲", "深圳", "2021-06-06", "测妈", "19900000009", "测姨", "19900000008")
    (person,) = arrivals([upper, lower, row], merges=merges).records
    assert (person.name, person.phone) == ("测甲", "")
    assert (person.emergency_name, person.emergency_phone) == ("测姨", "19900000008")
    assert [(each.heading, each.text) for each in person.as_written] == [
        ("监护人 姓名", "测妈"),
        ("监护人 电话", "19900000009"),
    ]


def test_a_second_table_has_its_own_order_of_columns() -> None:
    turned = ("到涟时间", "姓名", "现住址", "来源地")
    read_ = arrivals(
        [HEADS, FIRST, (), ("二、外省返回人员",), turned, ("2021-06-05", "测乙", "伏口镇", "广州"), ("合计", "2")]
    )
    assert names(read_) == ["测甲", "测乙"]
    assert (read_.records[1].origin, read_.records[1].address) == ("广州", "伏口镇")
    assert codes(read_) == [(4, "row_left"), (7, "row_left")]
    assert [cell.text for cell in read_.unread] == ["二、外省返回人员", "合计 2"]


def test_equal_tables_side_by_side_are_two() -> None:
    read_ = arrivals([HEADS * 2, FIRST + SECOND, (None,) * 4 + FIRST])
    assert sorted(names(read_)) == ["测乙", "测甲", "测甲"]


def test_repeated_headings_are_no_people() -> None:
    assert names(arrivals([HEADS, FIRST, HEADS, SECOND])) == ["测甲", "测乙"]


@pytest.mark.parametrize(
    ("kind", "heads", "row"),
    [
        # A record straight over headings that come again, whose words could be headings themselves.
        ("temperatures", ("序号", "早晨体温", "晚上体温", "房间"), ("3", "38.2 咳嗽", "36.2度", "2")),
        ("temperatures", ("序号", "房间", "测温时段", "体温", "录入"), ("3", "8", "早晨", "37.9", "补录")),
        ("temperatures", ("日期", "房号", "时段", "体温"), ("6月7日", "12", "早", "合格")),
        ("rounds", ("轮次", "日期", "巡查人", "情况"), ("早餐巡查", "六月七日", "早", "正常")),
        ("roster", ("姓名", "职务", "职责分工"), ("测甲", "工作人员", "成员")),
        ("arrivals", ("姓名", "来源地", "到涟时间", "工作单位", "备注"), ("测甲", "深圳", "昨天", "学校", "其他")),
    ],
)
@pytest.mark.parametrize("number", ["序号", "序", "No."])
def test_a_record_over_headings_that_come_again_stays_one(
    kind: SheetKind, heads: tuple[str, ...], row: tuple[str, ...], number: str
) -> None:
    again = tuple(number if each == "序号" else each for each in heads)
    shape = shape_of(grid([("2021年6月7日登记表",), heads, row, again, row]), Headings(kind))
    assert [each.line for block in shape.blocks for each in block.rows] == [3, 5]


@pytest.mark.parametrize("again", [True, False])
def test_a_record_with_merged_cells_over_headings_that_come_again_stays_one(again: bool) -> None:
    """A table in which two columns are one in each row, as forms are drawn."""
    heads = ("姓名", "来源地", None, "到涟时间")
    rows = [heads, ("测甲", "深圳", None, "昨天"), heads, ("测乙", "广州", None, "昨天")]
    merges = [(line, 2, line, 3) for line in (1, 2, 3, 4)]
    if not again:  # and one whose merge stands over two headings
        rows[1], merges[1] = ("测甲", "深圳，昨天", None, None), (2, 2, 2, 4)
    assert names(arrivals(rows, merges=tuple(merges))) == ["测甲", "测乙"]


def test_a_web_page_tells_which_headings_stand_over_others(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        return f"<tr>{''.join(f'<td>{each}</td>' for each in cells)}</tr>"

    over = '<td rowspan="2">工作职责</td><td rowspan="2">录入情况</td>'
    again = f'<tr><td colspan="3">人员概况</td>{over}</tr>{row("姓名", "职务", "手机")}'
    first = row("姓名", "职务", "手机", "工作职责", "录入情况") + row("测一", "村医", "", "测温")
    path = tmp_path / "a.xls"
    table = f"{row('金石镇')}{first}{again}{row('测二', '村医', '', '消毒')}"
    path.write_text(f"<html><body><table>{table}</table></body></html>", "utf-8")
    assert [[each.name for _, each in sheet.members] for sheet in read_roster(path).records] == [["测一", "测二"]]


def test_two_rows_of_headings_that_come_again_are_no_records() -> None:
    over = ("基本信息", None, None, "返回信息", None)
    heads = ("姓名", "联系电话", "现住址", "来源地", "到涟时间")
    row = ("测甲", "19900000001", "金石镇新塘村", "深圳", "2021-06-06")
    for upper in ([over], []):
        read_ = arrivals([*upper, heads, row, over, heads, row])
        assert names(read_) == ["测甲", "测甲"]


@pytest.mark.parametrize(
    "row",
    [
        ("合计",),
        (None, "总计", "12"),
        ("本页小计：3人",),
        ("共3人",),
        ("填报人：张三", None, "审核人：李四", "2021年6月7日："),
        ("填表人", "张三", "审核人", "李四"),
        ("注：以上人员均已核实",),
        ("备注：1.本表一式两份",),
        ("单位负责人（签字）：",),
        ("一、省内返回",),
        ("（二）省外返回",),
        ("新塘村：",),
        (None, "红星村"),
    ],
)
def test_totals_groups_and_signatures_are_no_people_and_are_named(row: Sequence[str | None]) -> None:
    read_ = arrivals([HEADS, FIRST, row, SECOND])
    assert names(read_) == ["测甲", "测乙"]
    assert codes(read_) == [(3, "row_left")]
    assert read_.unread[0].text == " ".join(each for each in row if each)


@pytest.mark.parametrize("row", [("示例", *FIRST[1:]), ("例：张三", *FIRST[1:]), ("示例张某", *FIRST[1:])])
def test_a_sample_row_is_nobody(row: Sequence[str]) -> None:
    read_ = arrivals([HEADS, row, SECOND])
    assert (names(read_), codes(read_)) == (["测乙"], [(2, "row_sample")])


def test_names_that_look_like_words_of_forms_are_people() -> None:
    people = ("成功", "付总", "何计", "单一人", "共兰英", "注小红", "明说", "易小组")
    assert names(arrivals([HEADS, *((name, *FIRST[1:]) for name in people)])) == list(people)


def test_somebody_of_whom_a_row_tells_the_name_alone_is_read() -> None:
    assert names(arrivals([HEADS, FIRST, ("测丙",)])) == ["测甲", "测丙"]


def test_hidden_and_sample_sheets_are_left_out_and_named() -> None:
    read_ = read(
        "arrivals",
        grid([HEADS, FIRST], hidden_rows=(2,)),
        Grid("旧表", hidden=True),
        grid([HEADS, SECOND], name="填写示例"),
        grid([("村", "人数"), ("新塘村", "12")], name="统计"),
    )
    assert names(read_) == ["测甲"]
    told = [(note.code, note.text) for note in read_.notes if note.code not in ("id_missing", "phone_missing")]
    assert told == [
        ("sheet_hidden", "旧表"),
        ("sheet_unread", "填写示例"),
        ("sheet_unread", "统计"),
        ("row_hidden", ""),
    ]
    assert {"测乙 广东省广州市荔湾区 2021-06-05 伏口镇新塘村", "新塘村 12"} <= {cell.text for cell in read_.unread}


def test_a_table_of_another_kind_below_is_left_out_and_named() -> None:
    read_ = arrivals([HEADS, FIRST, ("名称", "所在乡镇", "房间数"), ("甲宾馆", "金石镇", "十"), HEADS, SECOND])
    assert names(read_) == ["测甲", "测乙"]
    assert codes(read_) == [(3, "block_unread")]
    assert [cell.text for cell in read_.unread] == ["名称 所在乡镇 房间数", "甲宾馆 金石镇 十"]


def test_an_unknown_column_is_named_once_and_its_cells_stay_with_the_person() -> None:
    read_ = arrivals([(*HEADS, "班级", "空列"), (*FIRST, "三班", None), (*SECOND, "-", "")])
    assert codes(read_) == [(1, "heading_unread")]
    assert [(cell.place, cell.heading, cell.text) for cell in read_.unread] == [("E2", "班级", "三班")]
    first, second = read_.records
    assert [(each.heading, each.text) for each in first.as_written] == [("班级", "三班")]
    assert second.as_written == ()


def test_a_column_without_a_heading_is_named_by_its_letter() -> None:
    read_ = arrivals([HEADS, (*FIRST, "又来一次")])
    assert [(cell.place, cell.heading, cell.text) for cell in read_.unread] == [("E2", "E", "又来一次")]
    assert read_.records[0].as_written[0].text == "又来一次"


def test_several_columns_of_one_field_are_read_together() -> None:
    heads = (
        *HEADS,
        "是否发热",
        "体温",
        "是否咳嗽",
        "人员类别",
        "是否密接",
        "途经地",
        "健康码",
        "是否红码",
        "车次",
        "交通方式",
    )
    row = (*FIRST, "否", "36.5", "是", "返乡人员", "是", "广州荔湾", "绿码", "是", "G6078", "高铁")
    (person,) = arrivals([heads, row]).records
    facts = person.facts
    assert (facts.symptoms, facts.temp_c, facts.contact, facts.health_code) == ("present", 36.5, "close", "red")
    assert [stay.code for stay in facts.stays] == ["440305", "440103"]
    assert (person.origin, person.travel, person.vehicle) == ("广东省深圳市南山区;广州荔湾", "高铁", "G6078")


def test_of_several_results_the_one_that_binds_most_stands_with_its_own_sample() -> None:
    heads = (*HEADS, "第一次采样时间", "第一次核酸结果", "第二次采样时间", "第二次核酸结果")
    read_ = arrivals([heads, (*FIRST, "2021-06-03", "阳性", "2021-06-05", "阴性")])
    (person,) = read_.records
    assert (person.facts.pcr.result, person.facts.pcr.sampled_at.date()) == ("positive", date(2021, 6, 3))
    assert {each.text for each in person.as_written} == {"2021-06-05", "阴性"}
    assert codes(read_).count((2, "field_twice")) == 2


def test_a_town_in_a_column_of_its_own_goes_before_the_address() -> None:
    heads = ("姓名", "来源地", "到涟时间", "乡镇（街道）", "村（社区）", "详细地址")
    for cells, address in (
        (("金石镇", "新塘村", "3组"), "金石镇新塘村3组"),
        (("金石镇", "新塘村", "金石镇新塘村3组"), "金石镇新塘村3组"),
        (("金石镇", None, None), "金石镇"),
    ):
        assert arrivals([heads, (*FIRST[:3], *cells)]).records[0].address == address


@pytest.mark.parametrize(("cell", "filled"), [("阳性", True), (None, False), ("-", False)])
def test_a_result_under_an_unknown_heading_is_asked_for_before_anything_is_read(cell: str | None, filled: bool) -> None:
    rows = [(*HEADS, "抗原检测结果", "班级"), (*FIRST, cell, "三班")]
    if not filled:
        assert names(arrivals(rows)) == ["测甲"]
        return
    with pytest.raises(IntakeError) as refused:
        arrivals(rows)
    assert (refused.value.code, refused.value.fields["headings"]) == ("headings_unread", "抗原检测结果（Sheet1 E2）")
    mapped = read("arrivals", grid(rows), mapping={"抗原检测结果": "pcr"})
    assert mapped.records[0].facts.pcr.result == "positive"
    left = read("arrivals", grid(rows), mapping={"抗原检测结果": "-", "没有的": "pcr"})
    assert codes(left) == [(0, "map_unused"), (1, "heading_left"), (1, "heading_unread")]
    assert [each.heading for each in left.records[0].as_written] == ["班级"]
    assert "阳性" in [unread.text for unread in left.unread]


def test_a_list_of_another_kind_is_refused_with_the_command_that_takes_it() -> None:
    roster = [("姓名", "职务", "联系电话", "职责分工"), ("测一", "镇长", "19900000001", "组长")]
    with pytest.raises(IntakeError) as refused:
        arrivals(roster)
    assert (refused.value.code, refused.value.fields["kinds"]) == ("other_kind", "import roster")
    with pytest.raises(IntakeError):
        read("roster", grid([HEADS, FIRST]))


# ---------------------------------------------------------------- rosters

STAFF = ("姓名", "职务", "联系电话", "职责分工")


@pytest.mark.parametrize(
    ("above", "sheet", "unit"),
    [
        ("填报单位（盖章）：金石镇", "Sheet1", "金石镇"),
        ("填报单位（盖章）：金石镇人民政府", "Sheet1", "金石镇"),
        ("填报单位：涟源市金石镇人民政府      填报日期：2021年6月7日", "Sheet1", "金石镇"),
        ("单位名称：蓝田街道办事处", "Sheet1", "蓝田街道"),
        ("填报单位（盖章）：市卫健局   联系人：张三", "Sheet1", "市卫健局"),
        ("金石镇新冠肺炎疫情防控工作专班花名册", "Sheet1", "金石镇"),
        ("新冠肺炎疫情防控工作专班花名册", "金石镇花名册", "金石镇"),
        ("新冠肺炎疫情防控工作专班花名册", "市教育局", "市教育局"),
        ("花名册", "Sheet1", ""),
        ("花名册", "工作表1", ""),
        ("花名册", "附件1", ""),
        ("花名册", "6月7日", ""),
        ("花名册", "Sheet1 (2)", ""),
        ("填报单位（盖章）：      填报日期：2021年6月7日", "Sheet1", ""),
        ("填报单位：______", "Sheet1", ""),
        ("填报单位：金石镇、伏口镇", "Sheet1", ""),
        ("涟源市金石镇2021年疫情防控工作专班花名册", "Sheet1", "金石镇"),
        ("单位：市教育局（盖章）", "Sheet1", "市教育局"),
    ],
)
def test_the_unit_of_a_roster_stands_in_its_titles_or_its_sheets_name(above: str, sheet: str, unit: str) -> None:
    read_ = read("roster", grid([(above,), STAFF, ("测一", "镇长", "19900000001", "组长")], name=sheet))
    if unit:
        (own,) = read_.records
        assert own.unit == unit
    else:
        assert (read_.records, codes(read_)) == ((), [(3, "unit_missing")])


def test_words_of_groups_are_nobodys_names_and_several_names_are_several_people() -> None:
    read_ = read(
        "roster",
        grid(
            [
                ("填报单位：金石镇",),
                STAFF,
                ("组长：",),
                ("组长：测一", "镇长", "19900000001", "全面负责"),
                ("成员",),
                ("测二、测三", "干事", "19900000002/19900000003", "人员排查"),
            ]
        ),
    )
    (own,) = read_.records
    assert [(each.name, each.phone) for _, each in own.members] == [
        ("测一", "19900000001"),
        ("测二", "19900000002"),
        ("测三", "19900000003"),
    ]
    assert codes(read_) == [(3, "row_left"), (5, "row_left"), (6, "several_people")]


@pytest.mark.parametrize(
    ("title", "duty", "director"),
    [
        ("镇长", "办公室主任", True),
        ("专班办公室主任", "全面负责", True),
        ("镇长、办公室主任", "", True),
        ("疫情防控办公室主任", "", True),
        ("卫健办主任", "", False),
        ("干事", "协助办公室主任", False),
        ("办公室副主任", "信息报送", False),
        ("干事", "办公室主任助理", False),
    ],
)
def test_the_director_is_who_is_called_so(title: str, duty: str, director: bool) -> None:
    read_ = read("roster", grid([("填报单位：金石镇",), STAFF, ("测一", title, "19900000001", duty)]))
    assert [each.director for _, each in read_.records[0].members] == [director]


# ---------------------------------------------------------------- risk areas


def test_a_public_list_of_areas_tells_code_and_day_by_name_and_title() -> None:
    heads, row = ("序号", "风险等级", "具体区域"), ("1", "高风险", "广东省广州市荔湾区白鹤洞街道")
    (area,) = (read_ := read("areas", grid([("截至2021年6月7日全国中高风险地区",), heads, row]))).records
    assert (area.code, area.level, area.starts) == ("440103", "high", date(2021, 6, 7))
    assert codes(read_) == [(3, "day_of_title")]
    assert codes(read("areas", grid([heads, ("1", "高风险", "某地")]))) == [(2, "code_unread"), (2, "start_missing")]


@pytest.mark.parametrize("line", ["填报单位：伏口镇", "伏口镇", "伏口镇人民政府"])
@pytest.mark.parametrize("again", [True, False])
def test_a_unit_further_down_has_the_officers_below_it(line: str, again: bool) -> None:
    one, other = ("测一", "镇长", "19900000001", "组长"), ("测二", "干部", "19900000002", "消毒")
    rows = [("填报单位：金石镇",), STAFF, one, (line,), *([STAFF] if again else []), other]
    sheets = read("roster", grid(rows)).records
    assert [(each.unit, [officer.name for _, officer in each.members]) for each in sheets] == [
        ("金石镇", ["测一"]),
        ("伏口镇", ["测二"]),
    ]


def test_a_title_nearer_to_a_table_tells_its_unit_before_a_line_above_another_table() -> None:
    first = ("填报单位：蓝田街道  第一责任人：李书记",)
    second = ("金石镇新冠肺炎疫情防控工作专班花名册",)
    officers = [("测一", "镇长", "19900000001", "组长"), ("测二", "医生", "19900000002", "采样")]
    read_ = read("roster", grid([first, STAFF, officers[0], (), second, STAFF, officers[1]]))
    told = [(each.unit, each.first_responsible, [one.name for _, one in each.members]) for each in read_.records]
    assert told == [("蓝田街道", "李书记", ["测一"]), ("金石镇", "", ["测二"])]


def test_further_lines_above_a_unit_are_no_officers() -> None:
    rows = [("填报单位：蓝田街道",), STAFF, ("测一", "镇长", "19900000001", "组长")]
    more = [("附件1",), ("填报单位：金石镇",), ("2021年6月7日",), STAFF, ("测二", "医生", "19900000002", "采样")]
    read_ = read("roster", grid([*rows, *more]))
    assert [(each.unit, [one.name for _, one in each.members]) for each in read_.records] == [
        ("蓝田街道", ["测一"]),
        ("金石镇", ["测二"]),
    ]
    assert "附件1" in [cell.text for cell in read_.unread]


def test_tables_of_one_unit_are_one_form() -> None:
    """Who stands on any of them has not left."""
    one, other = ("测一", "镇长", "19900000001", "组长"), ("测二", "干部", "19900000002", "消毒")
    grids = [grid([("填报单位：金石镇",), STAFF, each], name=name) for name, each in (("一组", one), ("二组", other))]
    (sheet,) = read("roster", *grids).records
    assert [officer.name for _, officer in sheet.members] == ["测一", "测二"]


@pytest.mark.parametrize("group", ["排查组", "综合协调组（3人）", "新塘村", "消毒专班", "填表人：周某"])
def test_a_group_in_the_column_of_names_is_no_officer(group: str) -> None:
    rows = [("填报单位：金石镇",), STAFF, (group,), ("测一", "镇长", "19900000001", "组长")]
    read_ = read("roster", grid(rows))
    assert [officer.name for _, officer in read_.records[0].members] == ["测一"]
    assert codes(read_) == [(3, "row_left")]


@pytest.mark.parametrize("name", ["—", "待定", "空缺", "同上", "12"])
def test_a_row_with_nobodys_name_is_rejected(name: str) -> None:
    read_ = read("roster", grid([("填报单位：金石镇",), STAFF, (name, "组长", "19900000001", "组长")]))
    assert read_.records[0].members == ()
    assert codes(read_) == [(3, "name_missing")]
    assert arrivals([HEADS, (name, *FIRST[1:])]).records[0].name == ""


# ---------------------------------------------------------------- rows between tables

TITLE = "金石镇重点地区来涟返涟人员登记表"


@pytest.mark.parametrize("title", [TITLE, "附件2"])
def test_a_title_over_further_headings_is_nobody_even_in_the_column_of_names(title: str) -> None:
    read_ = arrivals([HEADS, FIRST, (title,), ("姓名", "出发地", "返乡时间", "居住地址"), SECOND])
    assert (names(read_), codes(read_)) == (["测甲", "测乙"], [(3, "row_left")])


@pytest.mark.parametrize("merges", [(), ((3, 1, 3, 2), (3, 3, 4, 3), (3, 4, 4, 4))])
def test_further_headings_of_two_rows_are_nobody(merges: Any) -> None:
    upper, lower = ("基本情况", None, "到涟时间", "现住址"), ("姓名", "来源地", None, None)
    read_ = arrivals([HEADS, FIRST, upper, lower, SECOND], merges=merges)
    assert (names(read_), codes(read_)) == (["测甲", "测乙"], [])


def test_somebody_of_few_words_over_further_headings_stays_himself() -> None:
    heads = ("姓名", "职务", "联系电话", "职责分工")
    rows = [("报送单位：金石镇",), heads, ("测一", "镇长", None, "总负责"), heads, ("测二", "干部", None, "消毒")]
    sheets = read("roster", grid(rows)).records
    assert [officer.name for sheet in sheets for _, officer in sheet.members] == ["测一", "测二"]


def test_a_group_below_headings_is_no_second_row_of_them() -> None:
    heads = ("密接类型", "姓名", "来源地", "到涟时间")
    read_ = arrivals([heads, ("一、集中隔离人员",), ("密接", *FIRST[:3])])
    assert (names(read_), codes(read_)) == (["测甲"], [(2, "row_left")])


@pytest.mark.parametrize("group", ["第三组", "第2小组", "第一批返乡人员", "第四网格"])
def test_a_numbered_group_is_nobody(group: str) -> None:
    read_ = arrivals([HEADS, (group,), FIRST])
    assert (names(read_), codes(read_)) == (["测甲"], [(2, "row_left")])


def test_a_row_of_samples_is_nobody_wherever_it_says_so() -> None:
    read_ = arrivals([HEADS, ("张三", "示例", "2021-01-01", "示例"), FIRST])
    assert (names(read_), codes(read_)) == (["测甲"], [(2, "row_sample")])


# ---------------------------------------------------------------- sites

SITE = ("名称", "所在乡镇", "房间数", "状态")


@pytest.mark.parametrize("rooms", ["约60", "62+8", "62（含备用8）", "-3", "1.5", "2000000000", "六十二", "共60间"])
def test_a_count_that_nobody_can_be_sure_of_is_no_name_of_a_room(rooms: str) -> None:
    read_ = read("sites", grid([SITE, ("甲宾馆", "金石镇", rooms, "启用")]))
    assert read_.records == ()
    assert [(note.place, note.code, note.text) for note in read_.notes] == [("C2", "rooms_unread", rooms)]


@pytest.mark.parametrize("unit", ["金石镇", "金石镇人民政府", "涟源市金石镇", "湖南省娄底市涟源市金石镇新塘村"])
def test_a_site_lies_in_the_town_that_a_longer_name_begins_with(unit: str) -> None:
    (site,) = read("sites", grid([SITE, ("甲宾馆", unit, "1,200间", "启用")])).records
    assert (site.unit, site.rooms) == ("金石镇", 1200)


AREA = ("区划代码", "地区", "等级", "起始日期")


def test_an_area_whose_end_is_an_error_is_no_area_without_an_end() -> None:
    told = Cell(4, "text", "#N/A", "error")
    rows = (("地区", "等级", "起始日期", "终止日期"), ("广东省广州市荔湾区", "高", "2021-06-01"))
    sheet = grid(rows)
    last = sheet.rows[1]
    read_ = read("areas", Grid("Sheet1", (sheet.rows[0], GridRow(2, (*last.cells, told)))))
    assert read_.records == ()
    assert (2, "date_unread") in codes(read_)


def test_a_code_that_contradicts_its_name_is_doubted_and_a_blank_one_is_told_by_it() -> None:
    rows = [("440103", "深圳市南山区"), (None, "上海市/市辖区/浦东新区"), ("440103", "全域")]
    read_ = read("areas", grid([AREA, *((*row, "高", "2021-06-05") for row in rows)]))
    assert [area.code for area in read_.records] == ["440103", "310115", "440103"]
    assert codes(read_) == [(2, "code_against_name")]


# ---------------------------------------------------------------- nothing vanishes

TEXTS = st.one_of(
    st.text(
        st.sampled_from(
            "无有是否发热咳嗽阴阳性绿红黄码密接确诊返乡广州荔湾区6月1日合计注填报人：示例0123456789.-/、，（）→"
        ),
        max_size=12,
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co")), max_size=20),
)
COLUMNS = (*own_headings("arrivals").values(), "班级", "同住人数", "是否密接", "体温", "途经地", "备注2", "")


@given(cells=st.lists(TEXTS, min_size=len(COLUMNS), max_size=len(COLUMNS)))
@settings(max_examples=150, deadline=None)
def test_any_text_in_any_cell_of_any_column_is_a_value_or_is_named(cells: list[str]) -> None:
    """Rule 1 of the door, over the layout: every cell is on a record, with a note, or in the list of unread."""
    row = [" ".join(cleaned(cell).split()) for cell in cells]
    read_ = arrivals([COLUMNS, row, FIRST])
    told = repr(read_.records) + repr(read_.notes) + repr(read_.unread)
    kept = folded(told)
    rejected = {note.row for note in read_.notes if note.level == "error"}
    for heading, cell in zip(COLUMNS, row):
        text = folded(cell)
        understood = heading not in ("班级", "同住人数", "备注2", "备注", "")
        if is_blank(text) or understood or 2 in rejected:
            continue
        assert folded(repr(cell))[1:-1] in kept, (heading, cell)


@given(
    row=st.lists(
        st.sampled_from(("", "测甲", "合计", "姓名", "来源地", "示例", "共2人", "注：无", "12", "一、", "组：")),
        min_size=4,
        max_size=4,
    )
)
@settings(max_examples=300, deadline=None)
def test_every_row_is_a_record_a_heading_or_named(row: list[str]) -> None:
    read_ = arrivals([HEADS, FIRST, row, SECOND])
    people = {person.row for person in read_.records}
    told = {note.row for note in read_.notes} | {int(cell.place.lstrip("ABCD")) for cell in read_.unread}
    heads = {"姓名", "来源地"} <= set(row)
    assert heads or not any(row) or 3 in people | told
    assert {2, 4} <= people | told


OTHER_KINDS: dict[SheetKind, dict[str, str]] = {
    "roster": {"name": "测一", "title": "镇长", "phone": "19900000001", "duty": "消毒", "note": "", "?": ""},
    "sites": {"name": "甲宾馆", "unit": "金石镇", "rooms": "12", "state": "启用", "areas": "走廊", "keeper": "测一"},
    "areas": {"code": "440103", "name": "广东省广州市荔湾区", "level": "高", "starts": "2021-06-05", "source": "通报"},
}
NEAR = st.one_of(
    TEXTS,
    st.sampled_from(
        ("启用", "备用", "停用中", "高", "低风险", "12间", "十二", "约30", "2021-06-05", "6月5日起", "长期")
    ),
    st.sampled_from(
        ("19900000001、19900000002", "组长", "兼职", "440103 440104", "荔湾区、越秀区", "#N/A", "—", "同上")
    ),
)


@pytest.mark.parametrize("kind", [*OTHER_KINDS])
@given(data=st.data())
@settings(max_examples=120, deadline=None)
def test_any_text_in_a_cell_of_another_kind_is_a_value_or_is_named(kind: SheetKind, data: st.DataObject) -> None:
    """Each cell changes the record, stands on it, or is named with its text; or its row is rejected with a note."""
    own = own_headings(kind)
    usual = {**OTHER_KINDS[kind], "?": ""}
    field = data.draw(st.sampled_from([*usual]))
    written = " ".join(cleaned(data.draw(NEAR)).split())

    def taken(cell: str) -> Intake[Any]:
        cells = {**usual, field: cell}
        heads = tuple(own.get(each, "班级") for each in cells)
        return read(kind, grid([("填报单位：金石镇",), heads, tuple(cells.values()), tuple(usual.values())]))

    if is_blank(folded(written)):
        return
    read_ = taken(written)
    told = folded(repr(read_.records) + repr(read_.notes) + repr(read_.unread))
    rejected = any(note.row == 3 and note.level == "error" for note in read_.notes)
    left = any(note.row == 3 and note.code.startswith(("row_", "block_")) for note in read_.notes)
    assert rejected or left or folded(repr(written))[1:-1] in told or read_.records != taken("").records
