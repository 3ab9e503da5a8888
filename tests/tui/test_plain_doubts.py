"""Doubts about a row that nobody stops for (rule 8 of the door): names, numbers, ages, dates of birth."""

from pathlib import Path

import pytest

from dutyboard.tui.sheets.identity import read_ids, read_phones
from dutyboard.tui.sheets.kinds.arrivals import read_arrivals
from dutyboard.tui.sheets.names import read_names


@pytest.mark.parametrize(
    ("written", "names", "notes"),
    [
        ("张三、李四", ("张三", "李四"), ("several_people",)),
        ("张三和李四", ("张三", "李四"), ("several_people",)),
        ("张三&李四", ("张三", "李四"), ("several_people",)),
        ("张三 李四", ("张三", "李四"), ("several_people",)),
        ("张三\n李四", ("张三", "李四"), ("several_people",)),
        ("张三带女儿", ("张三带女儿",), ("several_people",)),
        ("张三（带小孩）", ("张三（带小孩）",), ("several_people",)),
        ("张三（2人）", ("张三（2人）",), ("several_people",)),
        # one person
        ("欧阳 娜娜", ("欧阳娜娜",), ()),
        ("李和平", ("李和平",), ()),
        ("张 三", ("张三",), ()),
        ("张三、", ("张三",), ()),
        ("1张三", ("张三",), ()),
        ("(2) 张三", ("张三",), ()),
        ("张三（李四之子）", ("张三（李四之子）",), ()),
        ("张三 女", ("张三",), ("partly_read",)),
        # a number before it that no sign parts from it: of a list, or of the words
        ("12.张三", ("张三",), ()),
        ("12欧阳娜", ("欧阳娜",), ()),
        ("30分钟", ("分钟",), ("partly_read",)),
        # no name, or hardly one
        ("张*", ("张*",), ("name_unusual",)),
        ("张**", ("张**",), ("name_unusual",)),
        ("张某", ("张某",), ("name_unusual",)),
        ("张XX", ("张XX",), ("name_unusual",)),
        ("王芳1", ("王芳1",), ("name_unusual",)),
        ("张三19900001111", ("张三19900001111",), ("name_unusual",)),
        ("本人", ("本人",), ("name_unusual",)),
        ("金石镇人民政府", ("金石镇人民政府",), ("name_unusual",)),
        ("19900001111", ("",), ()),
    ],
)
def test_names(written: str, names: tuple[str, ...], notes: tuple[str, ...]) -> None:
    read = read_names(written)
    assert (read.value, read.notes) == (names, notes)


def test_a_phone_in_place_of_a_number_and_a_number_in_place_of_a_phone() -> None:
    assert read_ids("19900001111").notes == ("id_is_phone", "id_length")
    assert read_phones("431302198805127014").notes == ("phone_is_id", "phone_unusual")
    assert read_phones("4313021988051270140").notes == ("phone_unusual",)


@pytest.mark.parametrize(
    ("heading", "told", "code"),
    [
        ("年龄", "33", ""),
        ("年龄", "34岁", ""),
        ("年龄", "3", "age_against_id"),
        ("年龄（岁）", "60", "age_against_id"),
        ("年龄", "不详", ""),
        ("出生日期", "1988-05-12", ""),
        ("出生年月", "1988年5月", ""),
        ("出生日期", "1988-05-21", "birth_against_id"),
        ("出生年月", "1998.05", "birth_against_id"),
    ],
)
def test_an_age_or_birth_unlike_the_number_is_noted_and_kept(
    tmp_path: Path, heading: str, told: str, code: str
) -> None:
    path = tmp_path / "a.csv"
    title = "返乡登记表 2021年6月7日\n"
    path.write_text(f"{title}姓名,身份证号,{heading},来源地\n测甲,431302198805127014,{told},广州市\n", "utf-8")
    read = read_arrivals(path)
    assert [note.code for note in read.notes if note.code.endswith("_against_id")] == ([code] if code else [])
    (person,) = read.records
    assert [each.text for each in person.as_written] == [told]
