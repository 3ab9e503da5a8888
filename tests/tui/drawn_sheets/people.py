"""People drawn for a sheet: what is true of each, and the cells in which somebody wrote it down."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from stdnum.cn.ric import calc_check_digit

from tests.tui.drawn_sheets import words
from tests.tui.drawn_sheets.paper import Cell
from tests.tui.drawn_sheets.words import UNSAID

EVENING: Final = datetime(2021, 6, 7, 19, 40)  # noqa: DTZ001  a sheet knows no zone
DAMAGE: Final = 0.12
"""Share of cells that something happened to on their way."""
TOWNS: Final = ("金石镇", "蓝田街道", "伏口镇", "桥头河镇", "七星街镇", "杨市镇", "枫坪镇", "石马山街道")
_SIGNS: Final = ("\u200b", "\u202d", "\ufeff", "\u200e", "\u2060")
_WIDE: Final = str.maketrans("0123456789X:-.()", "０１２３４５６７８９Ｘ：－．（）")
_ERRORS: Final = ("#N/A", "#REF!", "#VALUE!", "#NAME?")


def sound_number(head: str) -> str:
    """Return 17 digits with the check digit that makes them a sound number."""
    return head + calc_check_digit(f"{head}0")


@dataclass
class Someone:
    """A person of a sheet. `truth` is by fact, None where nobody says; `cells` by column, as they are written."""

    name: str
    truth: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    """The lines of the sheet in which the person stands."""
    lost: bool = False
    """Nobody can read the name."""


class Crowd:
    """The people of one sheet."""

    def __init__(
        self, draw: random.Random, columns: tuple[str, ...], asked: dict[str, tuple[str, str, str, str]]
    ) -> None:
        self.draw = draw
        self.columns = columns
        self.asked = asked
        self._number = draw.randrange(10**6)
        self._names: set[str] = set()

    def people(self, many: int) -> list[Someone]:
        found = [self._someone() for _ in range(many)]
        if many > 1 and self.draw.random() < 0.1:
            self._namesakes(found[0], found[1])
        return found

    def _namesakes(self, one: Someone, other: Someone) -> None:
        """Give two people one name, and take their numbers away."""
        if one.lost or other.lost:
            return
        other.name, other.cells["name"] = one.name, one.name
        for each in (one, other):
            for column in {"id_no", "phone"} & set(self.columns):
                each.cells[column], each.truth[column] = None, None

    def _someone(self) -> Someone:
        draw = self.draw
        self._number += 1
        one = Someone(self._name())
        one.cells["name"] = one.name
        self._numbers(one)
        for column in self.columns:
            if column in ("name", "id_no", "sex", "phone"):
                continue
            if column in self.asked:
                self._answer(one, column)
            elif draw.random() < 0.12:
                one.cells[column] = draw.choice((None, None, "", "—", "/"))
            else:
                self._fill(one, column)
        if "sampled_at" in one.cells and one.truth.get("pcr") in ("none", UNSAID, None):
            one.cells["sampled_at"] = one.truth["sampled_at"] = None
        for column in [*one.cells]:
            if draw.random() < DAMAGE:
                self._damage(one, column)
        return one

    def _name(self) -> str:
        while True:
            name = self.draw.choice(words.SURNAMES) + "".join(self.draw.sample(words.GIVEN, self.draw.choice((1, 2))))
            if self.draw.random() < 0.05:
                name = self.draw.choice(words.OTHER_NAMES)
            if name not in self._names:
                self._names.add(name)
                return name

    def _numbers(self, one: Someone) -> None:
        draw, number = self.draw, self._number
        born = date(1940, 1, 1) + timedelta(days=number * 37 % 28_000)
        head = f"431382{born:%Y%m%d}{1 + number % 998:03}"
        whole = sound_number(head)
        one.truth["sex"] = "男" if int(whole[16]) % 2 else "女"
        one.cells["sex"] = one.truth["sex"] if "sex" in self.columns else None
        phone = f"1{draw.choice('3589')}{number % 10**9:09}"
        one.cells["phone"], one.truth["phone"] = phone, phone
        if draw.random() < 0.2:
            one.cells["phone"] = draw.choice(
                (f"{phone[:3]}-{phone[3:7]}-{phone[7:]}", f"+86 {phone}", f"{phone}（本人）", int(phone))
            )
        ways: tuple[tuple[Cell, Any], ...] = (
            (f"{whole[:6]} {whole[6:14]} {whole[14:]}", whole),
            (whole.lower(), whole),
            (f"身份证{whole}", whole),
            (f"'{whole}", whole),
            ("4.31382E+17", UNSAID),
            (float(whole[:15] + "000"), UNSAID),
            (draw.choice(("待查", "未带", "同上", "无", "没办")), None),
            (None, None),
            (whole[:17], UNSAID),
        )
        one.cells["id_no"], one.truth["id_no"] = draw.choice(ways) if draw.random() < 0.3 else (whole, whole)

    def _answer(self, one: Someone, column: str) -> None:
        """Answer the question that the heading asks."""
        _, fact, yes, no = self.asked[column]
        said = self.draw.choices(("yes", "no", "blank", "other"), (2, 6, 1, 1))[0]
        if said == "yes":
            one.cells[column], one.truth[fact] = self.draw.choice(words.YES), yes
        elif said == "no":
            one.cells[column], one.truth[fact] = self.draw.choice(words.NO), no
        elif said == "other":
            one.cells[column], one.truth[fact] = self.draw.choice(("待定", "见备注", "未排查")), UNSAID

    def _fill(self, one: Someone, column: str) -> None:
        draw = self.draw
        if column in words.FACTS:
            one.cells[column], one.truth[column] = draw.choice(words.FACTS[column])
            if column == "symptoms":
                one.truth["temp_c"] = words.DEGREES.get(str(one.cells[column]))
        elif column == "kind":
            fact = draw.choices(("contact", "case_status"), (9, 1))[0]
            one.cells["kind"], one.truth[fact] = draw.choice(words.FACTS[fact])
        elif column == "origin":
            one.cells["origin"], one.truth["origin"] = draw.choice(words.PLACES)
            if draw.random() < 0.08:
                one.cells["origin"], one.truth["origin"] = draw.choice(words.NO_PLACES), UNSAID
        elif column in ("arrival_at", "left_on", "sampled_at"):
            ago = {"arrival_at": 1, "left_on": 2, "sampled_at": 3}[column]
            at = EVENING.replace(hour=10, minute=30) - timedelta(days=ago + draw.randrange(4))
            one.cells[column], one.truth[column] = self._date(at)
        elif column == "address":
            self._address(one)
        elif column in words.EXTRA or column in words.RISKY:
            one.cells[column] = one.truth[column] = draw.choice({**words.EXTRA, **words.RISKY}[column])
        else:
            choices = {"travel": words.TRAVELS, "note": words.NOTES}.get(column)
            one.cells[column] = one.truth[column] = draw.choice(choices) if choices else self._name()

    def _date(self, at: datetime) -> tuple[Cell, str]:
        """Return a day, often with its hour, in one of the ways of writing it, and what it states."""
        day, moment = f"{at:%Y-%m-%d}", f"{at:%Y-%m-%dT%H:%M}"
        ways: tuple[tuple[Cell, str], ...] = (
            (f"{at:%Y-%m-%d %H:%M}", moment),
            (f"{at.year}/{at.month}/{at.day} 10:30", moment),
            (f"{at.year}年{at.month}月{at.day}日10时30分", moment),
            (f"{at.month}月{at.day}日10:30", moment),
            (f"{at.year}.{at.month}.{at.day}", day),
            (f"{at.month}月{at.day}日", day),
            (f"{at.month}.{at.day}", day),
            (f"{at:%Y%m%d}", day),
            (at, moment),
            (at.date(), day),
            (f"{at:%Y-%m-%dT%H:%M}:00+08:00", moment),
            (f"{at.month}月{at.day}日上午10点半", moment),
            (f"{at.year}—{at.month}—{at.day}", day),
            (f"二〇二一年{'五' if at.month == 5 else '六'}月{_numeral(at.day)}日", day),
            ((at.date() - date(1899, 12, 30)).days, day),
            (self.draw.choice(("上周", "端午前", "待定", "下个月")), UNSAID),
        )
        return self.draw.choice(ways)

    def _address(self, one: Someone) -> None:
        town, village = self.draw.choice(TOWNS), self.draw.choice(words.VILLAGES)
        rest = f"{village}{self._number % 40 + 1}组"
        bare = town.removesuffix("镇").removesuffix("街道")
        ways = (
            (f"{town}{rest}", town),
            (f"涟源市{town}{rest}", town),
            (f"湖南省娄底市涟源市{town}{rest}", town),
            (f"湖南省 娄底市 涟源市 {town} {rest}", town),
            (f"{bare}{rest}", town),
            (f"娄底涟源{town}{rest}", town),
            (rest, None),
            ("涟源市", None),
        )
        one.cells["address"], one.truth["unit"] = self.draw.choices(ways, (5, 3, 3, 1, 1, 1, 1, 1))[0]
        one.truth["address"] = one.cells["address"]

    def _damage(self, one: Someone, column: str) -> None:
        """Let something happen to a cell: most of it changes nothing of what is said."""
        written = one.cells[column]
        if not isinstance(written, str) or not written:
            return
        hurts: tuple[Callable[[str], str], ...] = (
            lambda text: f" {text}\u3000",
            lambda text: text[: len(text) // 2] + self.draw.choice(_SIGNS) + text[len(text) // 2 :],
            lambda text: text.translate(_WIDE) if column not in ("note", "travel") else text,
            lambda text: f"{text}\n",
            lambda text: f"\xa0{text}",
            lambda _: self.draw.choice(_ERRORS),
        )
        hurt = self.draw.choice(hurts)
        one.cells[column] = hurt(written)
        if one.cells[column] in _ERRORS:
            self._lose(one, column)

    def _lose(self, one: Someone, column: str) -> None:
        """Let nobody know what a cell with an error said."""
        if column == "name":
            one.lost = True
        for fact in {column, *([self.asked[column][1]] if column in self.asked else [])} - {"sex"}:
            one.truth[fact] = UNSAID  # the sex stands in the number too
        if column == "kind":
            one.truth.pop("case_status", None)
            one.truth["contact"] = UNSAID
        if column == "address":
            one.truth["unit"] = None
        if column == "symptoms":
            one.truth["temp_c"] = None


def _numeral(number: int) -> str:
    ones = "零一二三四五六七八九"
    if number < 10:
        return ones[number]
    tens = ("" if number < 20 else ones[number // 10]) + "十"
    return tens + (ones[number % 10] if number % 10 else "")
