"""The table of initials, made of pypinyin: `python -m tests.tui.initials_of_pypinyin` writes it anew."""

from collections import Counter, defaultdict
from typing import Final

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.phrases_dict import phrases_dict

from dutyboard.tui.views.initials import NO_LETTER, ROW, TABLE

SELDOM: Final = 3
"""Words of pypinyin's dictionary from which on another reading of a sign is one that people type."""
SURNAMES: Final = "单s 仇q 查z 区o 翟z 尉y 万m 秘b 覃q 召s 祭z 郇x 繁p 阚k 佴n 乜n 不f 句g 种c 适k 费b 谷y"
"""Surnames with the letter by which they are called, where words do not read them so."""


def readings() -> dict[str, str]:
    """Return the first letters of each sign's readings, the most usual one first."""
    in_words: dict[str, Counter[str]] = defaultdict(Counter)
    for word in phrases_dict:
        for sign, letter in zip(word, letters(word)):
            in_words[sign][letter] += 1
    found = {sign: letters(sign)[0] for sign in map(chr, sorted(PINYIN_DICT))}
    told = dict(each for each in SURNAMES.split())
    return {
        sign: "".join(
            dict.fromkeys(
                (
                    letter,
                    *(other for other, many in in_words[sign].most_common() if many >= SELDOM),
                    *told.get(sign, ""),
                )
            )
        )
        for sign, letter in found.items()
    }


def letters(text: str) -> list[str]:
    """Return the letters of a text's syllables, as pypinyin reads it."""
    return [each.lower() for each in lazy_pinyin(text, style=Style.FIRST_LETTER)]


def table() -> str:
    """Return the file: rows of letters, each behind the number of its first sign; then the signs read in many ways."""
    known = readings()
    starts = sorted({ord(sign) // ROW * ROW for sign in known})
    rows = (
        f"{start:X} " + "".join(known.get(chr(start + at), NO_LETTER)[0] for at in range(ROW)).rstrip(NO_LETTER)
        for start in starts
    )
    many = (f"{sign} {told}" for sign, told in known.items() if len(told) > 1)
    return "\n".join((*rows, "", *many, ""))


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
