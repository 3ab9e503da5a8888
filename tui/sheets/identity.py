"""Resident ID numbers, other papers and phone numbers: read, folded, warned of. A warning never blocks."""

import re
import unicodedata
from datetime import date
from typing import Literal, get_args

from dutyboard.frozen import frozen
from dutyboard.rules.duties.numbers import id_warning
from dutyboard.rules.people.identity import ID_LENGTH, id_birth
from dutyboard.rules.records.codes import IdWarning, PhoneWarning
from dutyboard.rules.records.signs import cleaned
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.notes import NoteCode
from dutyboard.tui.sheets.reader.grids import Value
from dutyboard.tui.sheets.reading import Read

NOTHING = frozenset({"", "无", "/", "-", "—", "不详", "未知", "没有", "暂无"})
"""The words that people write where there is nothing to write."""
_EXACT = 10**15
"""Sheet programs keep the first 15 digits of a number and put zeros for the rest."""

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:居民)?(?P<kind>身份证|护照|港澳居民来往内地通行证|回乡证|台湾居民来往大陆通行证|台胞证|通行证|港澳台居民居住证|居住证|居留证|证件)"
    r"(?:号码|号)?[::为是]?",
)
_PERMITS = ("通行证", "回乡证", "台胞证", "居住证", "居留证")
_MASK = re.compile(r"[*●•■]{2,}|X{3,}")
"""Signs that stand for digits, after folding."""
_WHOLE = re.compile(r"(?<![0-9A-Z])(\d{17}[\dX]|\d{15})(?![0-9A-Z])")
_RUN = re.compile(r"(\d{17}[\dX])(\d{17}[\dX])")
_OF_OTHERS = re.compile("父|母|爸|妈|监护|家长|丈夫|妻|夫|配偶|子女|儿|女|爷|奶|亲属")
"""Words beside a number that say whose it is: not his."""


@frozen(kw_only=False)
class ResidentId:
    """A resident ID or another paper as read: narrow digits, capitals. Only a number without a warning gives sex, birth
    date and county, and tells one person from another."""

    number: str
    warning: IdWarning | None
    sex: Literal["男", "女", ""] = ""
    born: date | None = None
    county_code: str = ""


def read_id(value: Value) -> ResidentId:
    """Fold an ID number and judge it (`id_warning`). Marks, guards and labels around it are dropped.

    A label that names another paper decides, whatever the number looks like.
    """
    if isinstance(value, int | float) and value >= _EXACT:
        digits = folded(value)
        return ResidentId(digits if len(digits) == ID_LENGTH else "", "id_cut")
    text, kind = _unlabelled(value)
    if _SCIENTIFIC.fullmatch(text):
        return ResidentId("", "id_cut")
    if _MASK.search(text):
        return ResidentId("", "id_masked")
    number = re.sub(r"[-·.]", "", text) if re.sub(r"[-·.X]", "", text).isdecimal() else text
    warning = id_warning(number)
    if warning == "id_missing":
        return ResidentId("", warning)
    if kind == "护照":
        return ResidentId(number, "id_passport")
    if kind.endswith(_PERMITS) and len(number) != ID_LENGTH and warning != "id_passport":
        return ResidentId(number, "id_permit")
    if warning is not None:
        return ResidentId(number, warning)
    born = date.fromisoformat(id_birth(number))
    return ResidentId(number, None, "男" if int(number[16]) % 2 else "女", born, number[:6])


def read_ids(value: Value) -> Read[tuple[ResidentId, ...]]:
    """Read the numbers in a cell: of several people, or one with a remark, which is kept. A number said to be that of a
    relative is not his."""
    whole = read_id(value)
    if isinstance(value, int | float) or whole.warning not in ("id_length", "id_check_digit"):
        return Read((whole,), _told(whole))
    spaced = re.sub(r"[\s、,;/和]+", " ", _capitals(value))
    found = [each for pair in _RUN.findall(spaced) for each in pair] or _WHOLE.findall(spaced)
    read = [read_id(each) for each in dict.fromkeys(found)]
    if len(read) > 1:
        return Read(tuple(read), ("id_several",))
    if not read:
        return Read((whole,), _told(whole))
    remark = _LABEL.sub("", spaced.replace(found[0], ""))
    if _OF_OTHERS.search(remark):
        return Read((ResidentId("", "id_missing"),), ("id_missing",))
    notes: tuple[NoteCode, ...] = ("partly_read",) if re.search(r"\w", remark) else ()
    return Read((read[0],), (*_told(read[0]), *notes))


def _told(identity: ResidentId) -> tuple[NoteCode, ...]:
    looks_like: tuple[NoteCode, ...] = ("id_is_phone",) if _MOBILE.fullmatch(identity.number) else ()
    return (*looks_like, identity.warning) if identity.warning else ()


def _capitals(value: Value) -> str:
    """Return a cell in narrow capitals, without what no text may hold and without guards (`="…"`, `'…`)."""
    text = unicodedata.normalize("NFKC", cleaned(str(folded(value) if isinstance(value, int | float) else value or "")))
    text = re.sub(r'^="?(.*?)"?$', r"\1", text.strip()).strip("'‘’`\"“” 。,;")
    return text.upper().translate({ord(sign): "X" for sign in "×Х╳Χ"})


def _unlabelled(value: Value) -> tuple[str, str]:
    """Return a cell without blanks and without the name of the paper, and that name."""
    text = re.sub(r"\s+", "", _capitals(value))
    found = _LABEL.match(text)
    if found is None or not text[found.end() :]:
        return text, ""
    return text[found.end() :].strip("()"), found["kind"]


_MOBILE = re.compile(r"(?<![\d.])(?:\+?86[-\s]?|0086[-\s]?|0)?(1[3-9]\d[-\s.]?\d{4}[-\s.]?\d{4})(?!\d)")
_LINE = re.compile(r"(?<!\d)(?:\+?86[-\s]?)?\(?(0(?:10|2\d|[3-9]\d\d))\)?[-\s]?(\d{7,8})(?!\d)")
_GLUED = re.compile(r"(?<!\d)(1[3-9]\d{9})(?=1[3-9]\d{9}(?!\d))")


def read_phone(value: Value) -> tuple[str, PhoneWarning | None]:
    """Read a phone number: narrow digits, no blanks, no +86. Return it with a warning, or None if it is sound.

    A sound number is a mainland mobile (11 digits from 13 to 19) or a line with its area code. More than one number
    stays as it is written.
    """
    read = read_phones(value)
    if "phone_more" in read.notes and not _MASK.search(_capitals(value)):
        return folded(_capitals(value)), "phone_unusual"
    warnings: tuple[PhoneWarning, ...] = get_args(PhoneWarning)
    warning = next((each for each in warnings if each in read.notes), None)
    return (read.value[0] if read.value else ""), warning


def read_phones(value: Value) -> Read[tuple[str, ...]]:
    """Read the numbers in a cell. A second one and a remark (`（妻）`) are noted, and so kept as they are written."""
    text = _capitals(value)
    word = folded(text)
    if _SCIENTIFIC.fullmatch(word):
        return Read((), ("phone_unusual",))
    parted = _GLUED.sub(r"\1 ", text)
    found = [(match.start(), re.sub(r"[-\s.]", "", match[1]), match[0]) for match in _MOBILE.finditer(parted)]
    found += [(match.start(), f"{match[1]}-{match[2]}", match[0]) for match in _LINE.finditer(parted)]
    if found:
        rest = parted
        for _, _, written in found:
            rest = rest.replace(written, "", 1)
        numbers = tuple(dict.fromkeys(number for _, number, _ in sorted(found)))
        return Read(numbers, ("phone_more",) if len(numbers) > 1 or re.search(r"\w", rest) else ())
    if _MASK.search(word):
        return Read((), ("phone_masked",))
    if word in NOTHING or not re.search(r"\d", word):
        return Read((), ("phone_missing",))
    digits = re.sub(r"^(\+86|0086)-?", "", word)
    looks_like: tuple[NoteCode, ...] = ("phone_is_id",) if id_warning(digits) is None else ()
    return Read((digits,), (*looks_like, "phone_unusual"))
