"""Doubts about the ID number and the phone of a record, by their signs alone.

What a cell says beside a number is for the reader of sheets.
"""

import re
from datetime import date
from typing import Final

from dutyboard.rules.people.identity import ID_LENGTH, id_birth
from dutyboard.rules.records.codes import IdWarning, PhoneWarning

_EARLIEST_BIRTH: Final = 1900
"""Year. A birth that is still to come is for the desk's clock to say."""
_FEWEST_DIGITS: Final = 5
"""A text with fewer digits is a word in place of a number: 待查, 未带, 同上, 无证."""
_PASSPORT: Final = re.compile(r"[EGDSPKL][A-Z]?\d{7,8}")
_PERMIT: Final = re.compile(r"[HM]\d{8}(?:\d{2})?|[A-Z]{3}\d{12}")
_OLD: Final = re.compile(r"\d{6}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")
_CHECK_DIGITS: Final = "10X98765432"
"""Last characters of an ID by what is left of its weighted digits (GB 11643, as ISO 7064 MOD 11-2)."""
_PHONE: Final = re.compile(r"1[3-9]\d{9}|0(?:10|2\d|[3-9]\d\d)-\d{7,8}")


def id_warning(number: str) -> IdWarning | None:
    """Return why a number does not tell one person from another, after GB 11643; None: it does.

    Not `stdnum.cn.ric.validate`: it ties the county to the birth year and so fails most real people.
    """
    if sum(map(str.isdecimal, number)) < _FEWEST_DIGITS:
        return "id_missing"
    if _PASSPORT.fullmatch(number):
        return "id_passport"
    if _PERMIT.fullmatch(number):
        return "id_permit"
    if _OLD.fullmatch(number):
        return "id_old"
    if len(number) != ID_LENGTH:
        return "id_length"
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return "id_check_digit"
    if not _may_be_born(id_birth(number)):
        return "id_date"
    if number.endswith("000"):
        return "id_cut"
    weighted = sum(int(digit) << (ID_LENGTH - 1 - place) for place, digit in enumerate(number[:-1]))
    return None if number[-1] == _CHECK_DIGITS[weighted % 11] else "id_check_digit"


def _may_be_born(digits: str) -> bool:
    try:
        return date.fromisoformat(digits).year >= _EARLIEST_BIRTH
    except ValueError:
        return False


def phone_warning(number: str) -> PhoneWarning | None:
    """Return why a number is doubtful; None for a mainland mobile, and for a line with its area code."""
    if not number:
        return "phone_missing"
    return None if _PHONE.fullmatch(number) else "phone_unusual"


def warnings_by_signs(id_no: str, phone: str) -> tuple[IdWarning | PhoneWarning, ...]:
    """Return the warnings of both numbers of a person."""
    return tuple(warning for warning in (id_warning(id_no), phone_warning(phone)) if warning is not None)
