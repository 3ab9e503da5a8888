"""The pictures of docs/pictures show what their screens show."""

import re
from html import unescape

import pytest

from tests.tui.pictures import FOLDER, PICTURES, Picture, drawn

_TEXT = re.compile(r'y="(\d+)"[^>]*>([^<]*)</text>')


def words_by_row(svg: str) -> dict[int, str]:
    """The signs of each row of a picture, without its colours and blanks."""
    rows: dict[int, str] = {}
    for y, text in _TEXT.findall(svg):
        rows[int(y)] = rows.get(int(y), "") + unescape(text).replace(" ", "")
    return rows


@pytest.mark.parametrize("picture", PICTURES, ids=[each.name for each in PICTURES])
async def test_a_picture_says_what_its_screen_says(picture: Picture) -> None:
    kept = (FOLDER / f"{picture.name}.svg").read_text(encoding="utf-8")
    assert words_by_row(kept) == words_by_row(await drawn(picture)), "draw it anew: python -m tests.tui.pictures"
    assert len(words_by_row(kept)) > 10


def test_no_other_picture_lies_beside_them() -> None:
    assert {each.stem for each in FOLDER.iterdir()} == {each.name for each in PICTURES}
    assert len(PICTURES) == 8
