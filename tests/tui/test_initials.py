"""Search by initials: by the table made of pypinyin, and by every usual reading of a sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.constants import PINYIN_DICT

from dutyboard.tui.views.initials import TABLE, matches
from tests.tui.initials_of_pypinyin import letters, table

SIGNS = st.sampled_from([chr(each) for each in PINYIN_DICT])


def test_the_table_is_what_pypinyin_says_today() -> None:
    """Written anew by `python -m tests.tui.initials_of_pypinyin`."""
    assert TABLE.read_text("utf-8") == table()


@given(st.lists(SIGNS, min_size=1, max_size=6))
def test_each_text_is_found_by_the_letters_of_its_signs(signs: list[str]) -> None:
    assert matches("".join(letters(sign)[0] for sign in signs), f"3号 {''.join(signs)} 金石镇")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("sxx", "单雄信"),
        ("dxx", "单雄信"),
        ("zgf", "曾国藩"),
        ("cq", "重庆市"),
        ("cs", "长沙"),
        ("zsw", "长孙无忌"),
        ("xjd", "解缙东"),
        ("oyx", "欧阳询"),
        ("abc", "ABC公司"),
        ("wf js", "王芳 金石镇"),
    ],
)
def test_a_name_is_found_by_every_way_it_is_called(typed: str, name: str) -> None:
    assert matches(typed, name)


@pytest.mark.parametrize(
    ("typed", "name"), [("wx", "王芳"), ("fw", "王芳"), ("wff", "王芳"), ("wf js", "王芳"), (".", "王")]
)
def test_other_letters_find_nobody(typed: str, name: str) -> None:
    assert not matches(typed, name)
