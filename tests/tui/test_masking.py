"""Numbers of people in every shape that they are written in: masked in any text; days, rooms and counts are left."""

import json
import re
import string
from datetime import date, timedelta

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.tui.terminal.cells import clip, fit, pad, plain, width, wrap
from dutyboard.tui.terminal.masking import _PLAIN, _masked_by_fields, masked, masked_json, masked_text, revealing
from dutyboard.tui.terminal.visible import escaped, visible, visible_json, visible_rows
from dutyboard.tui.text import words
from dutyboard.tui.views.refusals import sentence

DIGITS = string.digits
JOINS = st.sampled_from([" ", "-", "", "\u3000", "—", "\xa0", "－"])
WORDS = st.text(alphabet="张三住蓝田街道电话号码，。：；、()来自", max_size=8)
BORN = st.dates(date(1900, 1, 1), date(2021, 6, 7)).map(lambda day: f"{day:%Y%m%d}")


def digits(count: int, first: str = DIGITS) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(first), st.text(DIGITS, min_size=count - 1, max_size=count - 1)).map("".join)


def joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(JOINS, *parts).map(lambda each: each[0].join(each[1:]))


AREA = digits(6, "123456")
MOBILE = digits(2, "1").filter(lambda text: text[1] >= "3")
LANDLINE = joined(st.sampled_from(["0738", "010", "0731", "+86 738", "(0738)"]), digits(4, "23456789"), digits(4))
NUMBERS = st.one_of(
    joined(AREA, BORN, digits(4)),
    st.tuples(joined(AREA, BORN, digits(3)), st.sampled_from("Xx")).map("".join),
    joined(AREA, BORN.map(lambda text: text[2:]), digits(3)),
    digits(15),
    digits(18, "123456789"),
    digits(19, "123456789"),
    st.tuples(
        st.sampled_from(["", "+86", "86-", "+86 ", "0086 "]),
        joined(MOBILE.flatmap(lambda two: digits(1).map(lambda one: two + one)), digits(4), digits(4)),
    ).map("".join),
    LANDLINE,
    st.tuples(st.sampled_from(["E", "G", "D", "SE", "PE", "EA", "H", "M", "C", "W", "T", "L", "CA"]), digits(8)).map(
        "".join
    ),
    st.tuples(st.sampled_from("HM"), digits(10)).map("".join),
    st.tuples(st.sampled_from("ABCDKZ"), digits(6), st.sampled_from(["(3)", "（A）"])).map("".join),
    st.tuples(st.sampled_from("ABCDEF"), digits(9, "12")).map("".join),
    st.tuples(st.sampled_from(["台胞证", "通行证号", "护照：", "电话"]), digits(8, "345678")).map("".join),
    joined(st.sampled_from(["+852", "+853", "+886", "+1"]), digits(4, "56789"), digits(4)),
)
CELLS = st.tuples(st.sampled_from(["A", "Z", "AA", "XFD"]), st.integers(1, 1_048_576)).map(
    lambda cell: f"{cell[0]}{cell[1]}"
)
DAYS = st.dates(date(2019, 1, 1), date(2023, 12, 31))
ORDINARY = st.one_of(
    st.lists(st.integers(340, 425).map(lambda tenths: f"{tenths / 10:.1f}"), min_size=1, max_size=8).map(" ".join),
    DAYS.map(lambda day: day.isoformat()),
    DAYS.map(lambda day: f"{day:%Y%m%d}"),
    DAYS.map(lambda day: f"{day.year}年{day.month}月{day.day}日"),
    DAYS.map(lambda day: f"{day:%m-%d} 19:42"),
    DAYS.map(lambda day: f"{day.isoformat()} 08:00 至 {(day + timedelta(1)).isoformat()} 08:00"),
    DAYS.map(lambda day: f"{day.isoformat()}T19:42:00.123+08:00"),
    DAYS.map(lambda day: f"patrol-3/site-1/{day.isoformat()}"),
    st.integers(0, 9_999_999).map(lambda number: f"第 {number} 条"),
    st.lists(st.integers(8101, 8999), min_size=1, max_size=6).map(lambda rooms: " ".join(map(str, rooms))),
    st.lists(st.integers(101, 999), min_size=1, max_size=6).map(lambda rooms: "、".join(f"A{room}" for room in rooms)),
    st.lists(st.integers(350, 420), min_size=1, max_size=8).map(lambda all_: " ".join(f"{one / 10}" for one in all_)),
    st.tuples(st.integers(0, 300), st.integers(0, 300)).map(lambda pair: f"{pair[0]}/{pair[1]}"),
    st.tuples(st.integers(1, 9999), st.binary(min_size=32, max_size=32)).map(
        lambda pair: f"{pair[0]}:{' '.join(pair[1].hex()[at : at + 4] for at in range(0, 16, 4))}"
    ),
    st.binary(min_size=32, max_size=32).map(bytes.hex),
    st.tuples(st.sampled_from(["A1", "B20", "AA99999"]), CELLS).map(":".join),
    st.tuples(st.sampled_from(["单元格（行）", "see cell (row) "]), CELLS).map("".join),
    st.sampled_from(["A2:XFD1048576", "6月7日表1", "Sheet12", "第 9999999 行", "第 12,345,678 字节"]),
    st.sampled_from(["440305", "journal/000000000012.jsonl", "192.168.100.12", "湘K12345", "8206-8207", "person-12"]),
)


def left(text: str) -> str:
    """The digits that stand in a text."""
    return "".join(sign for sign in text if sign.isdecimal())


@given(WORDS, NUMBERS, WORDS)
def test_a_number_in_any_text_comes_out_masked(before, number, after):
    shown = masked_text(f"{before}{number}{after}")
    assert number not in shown
    assert len(left(shown)) <= max(8, len(left(number)) - 4)
    assert "**" in shown.replace(" ", "").replace("-", "") or "＊" in shown
    assert masked_text(shown) == shown
    assert width(shown) == width(f"{before}{number}{after}")


@given(WORDS, ORDINARY, WORDS)
def test_ordinary_numbers_are_left(before, text, after):
    before = before.replace("电话", "").replace("号码", "")
    assert masked_text(f"{before} {text} {after}") == f"{before} {text} {after}"


@given(st.lists(st.one_of(ORDINARY, NUMBERS), min_size=1, max_size=5))
def test_each_number_of_a_text_is_found_beside_others(texts):
    shown = masked_text("；".join(texts))
    for part, text in zip(shown.split("；"), texts, strict=True):
        assert part == masked_text(text)


@given(NUMBERS, st.integers(4, 40))
def test_every_way_out_masks_before_it_cuts(number, cells):
    text = f"记：{number}。"
    shown = [clip(text, cells), pad(text, cells), "".join(wrap(text, cells)), plain(((text, "plain"),)), visible(text)]
    shown += ["".join(piece for piece, _ in fit(((text, "plain"),), cells)), visible_rows(text)]
    shown += [
        json.loads(visible_json({"text": text}))["text"],
        json.loads(visible_json([{"a": {"b": [text]}}]))[0]["a"]["b"][0],
    ]
    for each in shown:
        assert number not in each
        assert len(left(each)) <= max(8, len(left(number)) - 4)
    with revealing():
        assert visible_rows(text) == text
        assert json.loads(visible_json({"text": text}))["text"] == text


def test_a_secret_field_of_json_is_masked_whatever_its_shape():
    said = {"phone": "82345", "id_no": "4313821990010112", "changes": [{"field": "phone", "old": "12345", "new": None}]}
    said |= {
        "note": "12345",
        "head": "5e884898da28047151d0e56f8dc6292773603d0d6aabbd62a11ef721d1542d80",
        "n": 12345678901,
    }
    assert json.loads(visible_json(said)) == {
        **said,
        "phone": "***45",
        "id_no": "4313********0112",
        "changes": [{"field": "phone", "old": "***45", "new": None}],
    }


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13812345678", "138****5678"),
        ("43138219900101123X", "4313**********123X"),
        ("E12345678", "*******78"),
        ("138-1234-5678", "138-****-5678"),
        ("不详", "不详"),
        ("", ""),
    ],
)
def test_enough_is_left_to_tell_two_people_apart(number, shown):
    assert masked(number) == shown


@pytest.mark.parametrize("text", ["A123456", "AB123456", "A1234567", "A123456:B654321", "住址A123456", "cell A123456"])
def test_what_only_looks_like_a_cell_is_masked(text):
    assert masked_text(text) != text


@given(CELLS, st.sampled_from(["zh", "en"]))
def test_a_sheet_that_is_refused_names_the_cell(cell, lang):
    for place in (cell, f"A2:{cell}"):
        said = words(lang).sheets.files["too_many_cells"].format(file="表.xlsx", place=place, most=200_000)
        assert place in visible(said)


def test_a_byte_of_the_journal_is_shown_whole():
    said = sentence(words("zh"), "corrupt", {"file": "journal/000000000001.jsonl", "byte": 12345678})
    assert "第 12,345,678 字节" in visible(said)


SAID = st.sampled_from(
    ["13812345678", "431382 1990 0101 123X", "2021-06-07T19:40:00+08:00", "B1234567", "a:", "五{}", ""]
)
JSON = st.recursive(
    SAID | st.text(string.printable + "电话１２３") | st.integers(0, 1 << 53) | st.none(),
    lambda inner: st.lists(inner) | st.dictionaries(SAID | st.sampled_from(["note", "phone", "field"]), inner),
)


@given(JSON, st.sampled_from([0, orjson.OPT_INDENT_2]))
def test_json_that_names_no_field_is_masked_as_any_other(value, option):
    text = orjson.dumps(value, option=option)
    assert masked_json(text).decode() == _masked_by_fields(text.decode())


@given(st.from_regex(re.compile(_PLAIN.pattern, _PLAIN.flags), fullmatch=True))
def test_no_text_that_is_seen_at_once_to_be_plain_holds_a_number(text):
    assert masked_text(text) == text


@given(JSON)
def test_json_looked_through_without_blanks_comes_out_as_with_them(value):
    assert visible_json(value, orjson.OPT_INDENT_2) == escaped(orjson.dumps(value, option=orjson.OPT_INDENT_2))
