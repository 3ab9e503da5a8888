"""Resident ID numbers and phone numbers: read, folded, warned of. A warning never blocks."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dutyboard.rules.records.codes import IdWarning, PhoneWarning
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.grids import Value

ID_LENGTH = 18
EARLIEST_BIRTH = 1900
"""Year. A birth that is still to come is for the desk's clock to say."""
NOTHING = frozenset({"", "无", "/", "-", "—", "不详", "未知", "没有", "暂无"})
"""The words that people write where there is nothing to write."""

_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A resident ID as read: narrow digits, upper-case X. Only a number without a warning gives sex, birth date and
    county."""

    number: str
    warning: IdWarning | None
    sex: Literal["男", "女", ""] = ""
    born: date | None = None
    county_code: str = ""


def read_id(value: Value) -> ResidentId:
    """Fold an ID number and check it after GB 11643: 18 characters, a real birth date, the check digit.

    Not `stdnum.cn.ric.validate`: it ties the county to the birth year and so fails most real people.
    """
    from stdnum.cn.ric import calc_check_digit

    number = folded(value).upper()
    if number in NOTHING:
        return ResidentId("", "id_missing")
    if len(number) != ID_LENGTH:
        return ResidentId(number, "id_length")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return ResidentId(number, "id_check_digit")
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return ResidentId(number, "id_date")
    if born.year < EARLIEST_BIRTH:
        return ResidentId(number, "id_date")
    if number[-1] != calc_check_digit(number):
        return ResidentId(number, "id_check_digit")
    return ResidentId(number, None, "男" if int(number[16]) % 2 else "女", born, number[:6])


def read_phone(value: Value) -> tuple[str, PhoneWarning | None]:
    """Read a phone number: narrow digits, no blanks, no +86. Return it with a warning, or None if it is sound.

    A sound number is a mainland mobile (11 digits from 13 to 19) or a line with its area code.
    """
    number = re.sub(r"^(\+86|0086)-?", "", folded(value))
    if number in NOTHING:
        return "", "phone_missing"
    return number, None if _PHONE.fullmatch(number) else "phone_unusual"
