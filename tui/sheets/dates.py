"""Dates as people write them: with or without a year or an hour, in Chinese numerals, with hours in words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from datetime import date, datetime, timedelta, timezone, tzinfo

from dutyboard.frozen import frozen
from dutyboard.rules.law.impossible import EARLIEST
from dutyboard.rules.records.signs import cleaned
from dutyboard.tui.sheets.notes import NoteCode
from dutyboard.tui.sheets.reader.grids import Value
from dutyboard.tui.sheets.reading import Read
from dutyboard.tui.sheets.titles import nearest
from dutyboard.tui.sheets.word_lists import is_blank

LATEST = 2199
"""The last year of which a sheet can tell. What lies ahead of the desk's clock is for the desk to refuse."""
HERE = timezone(timedelta(hours=8))
_WRITTEN = re.compile(
    r"(?:(?:(?P<year>\d{4})\s*[-/.年]|(?P<short>\d{2})\s*年)\s*)?"
    r"(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})(?:\s*[日号]|(?![.\d]))"
    # Something stands between day and hour: run together, the hour's digits would be the day's.
    r"(?:(?<=[日号])\s*|(?:\s+|T)(?=.))?"
    r"(?:(?<!\d)(?P<hour>\d{1,2})\s*(?:[:时点]\s*(?:(?P<minute>\d{1,2})\s*分?)?|\.(?P<tenths>\d\d))"
    r"(?:\s*:\s*\d{1,2}(?:\.\d+)?|\s*\d{1,2}\s*秒)?)?"
    r"\s*(?P<offset>Z|[-+]\d\d(?::?\d\d)?)?"
)
_JOINED = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:\s*(?P<hour>\d\d):?(?P<minute>\d\d)(?::?\d\d)?)?")
_SHORT = re.compile(r"(?P<month>\d\d)(?P<day>\d\d)\s+(?P<hour>\d\d?):(?P<minute>\d\d)(?::\d\d)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_EXCEL_DAY_0 = datetime(1899, 12, 30)  # noqa: DTZ001  a wall-clock time, as all of a sheet
_LATER_EPOCH = 1462
"""Days between the day zero of most workbooks and that of those which count from 1904."""
_EXCEL_DAYS = range(20_000, 80_000)
"""Excel's day numbers of 1954 to 2119. A bare number of this range in a date column is a date without its format."""

_NUMERAL = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_NUMERALS = re.compile("[〇零○一二三四五六七八九两十]+")
_ABOUT = re.compile(
    r"左右|前后|大约|大概|约|许$|\((?:星期|周|礼拜)[一二三四五六日天]\)|(?:星期|周|礼拜)[一二三四五六日天]"
)
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)([一二三四五六日天])\)?")
"""The weekday: beside a date it only says whether that is the day that was meant."""
_WEEKDAYS = {sign: at for at, sign in enumerate("一二三四五六日")} | {"天": 6}
_PART_OF_DAY = re.compile(
    r"\(?(?P<part>凌晨|清晨|清早|早晨|早上|上午|中午|正午|下午|午后|傍晚|晚上|夜里|夜间|半夜|深夜|午夜|早|晚|AM|PM|am|pm)\)?"
)
_RELATIVE = {
    "大前天": 3,
    "前天": 2,
    "前日": 2,
    "昨天": 1,
    "昨日": 1,
    "昨晚": 1,
    "昨夜": 1,
    "今天": 0,
    "今日": 0,
    "今早": 0,
    "今晨": 0,
}
"""Days before the sheet's own. 当天 is none of them: it is the day of another column."""
_HOURS: dict[str, tuple[int, int]] = {
    "凌晨": (0, 6),
    "清晨": (4, 8),
    "清早": (4, 8),
    "早晨": (4, 10),
    "早上": (4, 10),
    "早": (4, 10),
    "上午": (0, 12),
    "AM": (0, 12),
    "中午": (11, 14),
    "正午": (11, 13),
    "下午": (12, 23),
    "午后": (12, 23),
    "傍晚": (15, 20),
    "PM": (12, 24),
    "晚上": (17, 24),
    "晚": (17, 24),
    "夜里": (18, 24),
    "夜间": (18, 24),
    "深夜": (21, 24),
    "半夜": (22, 24),
    "午夜": (22, 24),
}
"""Hours that a word for a part of the day goes with. 晚1点 and 夜里2点 may be of this night or of the one before."""
_NIGHT = ("夜里", "夜间", "半夜", "深夜", "午夜", "晚上", "晚")
_SIGNS_OF_A_DAY = re.compile(r"^(\d{4})\s*([·、,。_\\一\s])\s*(\d{1,2})\s*\2\s*(\d{1,2})(?!\d)")
"""A day with another sign between year, month and day, the same twice: 2021·6·6, 2021一06一06."""
_AROUND = re.compile(
    r"^(?:于|在)\s*(?=\d)|\s*(?:到达|抵达|到家|返回|返乡|返涟|离开|出发|到|返|回)$|[,.;、。'‘’\s]+$|^['‘’]"
)
"""Words and signs around a day that say nothing beside its heading."""
_RANGE = re.compile(
    r"(?P<first>.*?\d[日号]?)\s*(?:至|到|~|—|–|--|-(?=\s*(?:\d{4}[年.]|\d{1,2}月|\d{1,2}[./]\d)))\s*(?P<last>\d.*)"
)


@frozen(kw_only=False)
class Reckoning:
    """Facts on dates that no cell says itself.

    `year` is that of dates without one, `today` the day that 昨天 is told from, `zone` the desk's. With `from_1904`
    bare numbers count from there.
    """

    year: int | None = None
    today: date | None = None
    zone: tzinfo = field(default=HERE)
    from_1904: bool = False


@frozen(kw_only=False)
class Moment:
    """A date as written, in wall-clock time of the desk. `year` None: not written; `hour` None: a date alone."""

    year: int | None
    month: int
    day: int
    hour: int | None = None
    minute: int = 0
    weekday: int | None = field(default=None, compare=False)
    """The weekday written beside it, Monday 0; None: there is none."""

    def of_another_weekday(self, at: date) -> bool:
        """Return True if the weekday beside the date is not that of the day `at`."""
        return self.weekday is not None and self.weekday != at.weekday()

    def at(self, year: int) -> datetime | None:
        """Return the instant: its own year goes before the given one; 00:00 where no hour is written.

        None: there is no such day, or it is none of which a sheet can tell.
        """
        if not EARLIEST.year <= (self.year or year) <= LATEST:
            return None
        try:
            return datetime(self.year or year, self.month, self.day, self.hour or 0, self.minute)  # noqa: DTZ001
        except ValueError:
            return None


def read_moment(value: Value) -> Moment | None:
    """Return the time in a cell or as typed; None if it cannot be read."""
    return read_date(value, Reckoning()).value


def read_date(value: Value, by: Reckoning) -> Read[Moment | None]:
    """Read the time in a cell. A dash is a blank; of a range the last day is taken, with a note.

    `2021-05-31 09:48`, `2021/6/1 9:48`, `2021年6月1日`, `6.1`, `6月1日09时48分`, `20210601`, `二〇二一年六月一日`,
    `6月1日下午3点`, `2021-06-01 24:00`, `2021-06-01T01:48Z`, `昨天`. Each may stand in full-width digits. Excel's own
    dates and day numbers are read too. Day and month are never changed about.
    """
    if isinstance(value, datetime):
        return Read(Moment(value.year, value.month, value.day, value.hour, value.minute))
    if isinstance(value, date):
        return Read(Moment(value.year, value.month, value.day))
    if isinstance(value, int | float):
        return _number(value, by)
    written = unicodedata.normalize("NFKC", cleaned(value or "")).strip()
    if is_blank(re.sub(r"\s", "", written)):
        return Read(None)
    if _SERIAL.fullmatch(written):
        return _number(float(written), by)
    read = _text(written, by)
    if read.value is None and (parts := _RANGE.fullmatch(written)) and (first := _text(parts["first"], by).value):
        last = parts["last"]
        if re.fullmatch(r"\d{1,2}[日号]?", last):
            last = f"{first.month}月{last.rstrip('日号')}日"
        end = _text(last, by).value
        if end is not None:
            return Read(
                end if end.year else Moment(first.year, end.month, end.day, end.hour, end.minute), ("range_end",)
            )
    return read


def _number(value: float, by: Reckoning) -> Read[Moment | None]:
    days = value + _LATER_EPOCH if by.from_1904 else value
    if days == days and abs(days) < 1e9 and int(days) in _EXCEL_DAYS:
        # Excel's fractions of a day fall a little short of the minute.
        at = _EXCEL_DAY_0 + timedelta(days=days, seconds=1)
        return Read(
            Moment(at.year, at.month, at.day)
            if float(days).is_integer()
            else Moment(at.year, at.month, at.day, at.hour, at.minute)
        )
    if float(value).is_integer():
        return _text(str(int(value)), by)
    month, _, day = str(value).partition(".")
    # 6.1 typed into a cell may have been the tenth as well as the first: the last zero is lost.
    sure = len(day) == 2 or day in set("456789")
    return _text(f"{month}.{day}", by) if sure and month.isdecimal() else Read(None, ("date_unread",))


def _text(written: str, by: Reckoning) -> Read[Moment | None]:
    notes: list[NoteCode] = []
    weekday = _WEEKDAY.search(written)
    text = _WEEKDAY.sub("", re.sub("[—–−―‐]+", "-", _arabic(written)))
    if _ABOUT.search(text):
        text, notes = _ABOUT.sub("", text).strip(), ["time_vague"]
    text, part = _part_of_day(text)
    text = re.sub(r"点半|时半", "点30分", _SIGNS_OF_A_DAY.sub(r"\1-\3-\4", _AROUND.sub("", text)))
    text = re.sub(r"点一刻|点1刻", "点15分", re.sub(r"点三刻|点3刻", "点45分", text)).replace("点整", "点")
    moment, relative = _relative(text, by)
    if relative:
        notes.append("day_relative")
    if moment is None:
        ways = (_WRITTEN, _JOINED, _SHORT)
        match = next((found for way in ways if (found := way.fullmatch(text.strip()))), None)
        moment = _matched(match.groupdict(), by) if match else None
    if moment is not None and weekday is not None:
        moment = replace(moment, weekday=_WEEKDAYS[weekday[1]])
    if moment is not None and part:
        if moment.hour is None:
            notes.append("time_vague")
        else:
            moment, sure = _in_part(moment, part)
            notes += [] if sure else ["time_vague"]
    if moment is not None:
        moment = _midnight_moved(moment)
    # A leap year stands for a year not written: 2月29日 is judged once it is known.
    if moment is None or moment.at(2020) is None:
        return Read(None, ("date_unread",))
    return Read(moment, tuple(dict.fromkeys(notes)))


def _matched(found: dict[str, str | None], by: Reckoning) -> Moment | None:
    def number(key: str) -> int | None:
        digits = found.get(key)
        return int(digits) if digits else None

    short = number("short")
    year = number("year") or (2000 + short if short is not None else None)
    minute = number("minute") or number("tenths") or 0
    moment = Moment(year, number("month") or 0, number("day") or 0, number("hour"), minute)
    offset = found.get("offset")
    if not offset:
        return moment
    if year is None or moment.hour is None or (at := moment.at(0)) is None:
        return None
    zone = "+00:00" if offset == "Z" else f"{offset[:3]}:{offset[3:].lstrip(':') or '00'}"
    local = datetime.fromisoformat(f"{at:%Y-%m-%dT%H:%M}{zone}").astimezone(by.zone)
    return Moment(local.year, local.month, local.day, local.hour, local.minute)


def _arabic(text: str) -> str:
    """Return a text with Chinese numerals before 年月日号时点分半刻 in digits: 二〇二一年六月十二日."""

    def digits(match: re.Match[str]) -> str:
        signs = match[0]
        if "十" not in signs:
            return "".join(str(_NUMERAL[sign]) for sign in signs)
        tens, _, ones = signs.partition("十")
        if len(tens) > 1 or len(ones) > 1 or "十" in ones:
            return signs
        return str(_NUMERAL.get(tens, 1) * 10 + _NUMERAL.get(ones, 0))

    behind = r"(?=\s*[年月日号时点分])|(?<=月)" + _NUMERALS.pattern + r"(?=$|[\s早晚上下中凌傍夜])"
    return re.sub(rf"{_NUMERALS.pattern}{behind}", digits, text)


def _part_of_day(text: str) -> tuple[str, str]:
    """Return a text without the word for a part of the day, and that word: `6月6日（凌晨）`, `下午3点`."""
    found = _PART_OF_DAY.search(text)
    if not found or text[: found.start()].endswith(("今", "昨", "前")):
        return text, ""
    before, after = text[: found.start()].rstrip(), text[found.end() :].lstrip()
    return f"{before} {after}".strip() if before and after else before or after, found["part"].upper()


def _in_part(moment: Moment, part: str) -> tuple[Moment, bool]:
    """Return the moment at the hour of a part of the day, and False if the two do not fit.

    Of 晚1点 nobody can say which night it was: the day stands alone.
    """
    hour, (first, last) = moment.hour or 0, _HOURS[part]
    if part in _NIGHT and hour == 12:
        return replace(moment, hour=24), True
    if part in ("凌晨", "AM") and hour == 12:
        return replace(moment, hour=0), True
    fits = [each for each in (hour, hour + 12) if first <= each <= last and each <= 24]
    if not fits and part in _NIGHT and hour <= 5:
        return replace(moment, hour=None, minute=0), False
    return replace(moment, hour=fits[0] if fits else hour), bool(fits)


def _midnight_moved(moment: Moment) -> Moment | None:
    """Return 24:00 as 00:00 of the next day. Without a year the last days of February and December stay unread."""
    if moment.hour != 24:
        return moment
    if moment.minute or (moment.year is None and (moment.month, moment.day) in ((2, 28), (2, 29), (12, 31))):
        return None
    try:
        following = date(moment.year or 2021, moment.month, moment.day) + timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    year = following.year if moment.year is not None else None
    return Moment(year, following.month, following.day, 0, 0)


def _relative(text: str, by: Reckoning) -> tuple[Moment | None, bool]:
    """Return the day and hour that 昨天 and the like mean, and True if there is such a word."""
    word = next((word for word in _RELATIVE if text.startswith(word)), None)
    if word is None or by.today is None:
        return None, False
    day = by.today - timedelta(days=_RELATIVE[word])
    rest = text.removeprefix(word).strip()
    clock = re.fullmatch(r"(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*分?)?", rest)
    if rest and not clock:
        return None, False
    hour, minute = (int(clock[1]), int(clock[2] or 0)) if clock else (None, 0)
    moment = Moment(day.year, day.month, day.day, hour, minute)
    if word in ("昨晚", "昨夜") and hour is not None:
        moment, _ = _in_part(moment, "晚")
    return moment, True


def day_told(titles: Iterable[Iterable[str]]) -> date | None:
    """Return the day that the titles of a table tell, `填报日期：2021年6月7日`; None: none, or more than one."""
    found = nearest(titles, _days_in)
    at = Moment(*found).at(0) if found is not None else None
    return at.date() if at else None


def _days_in(line: str) -> Iterator[tuple[int, int, int]]:
    for match in re.finditer(r"(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})", line):
        yield int(match[1]), int(match[2]), int(match[3])


def majority_year(moments: Iterable[Moment | None]) -> int | None:
    """Return the year that most of these dates are written with, the later of two as frequent. None: none has a
    year."""
    years = Counter(moment.year for moment in moments if moment is not None and moment.year is not None)
    return max(years, key=lambda year: (years[year], year)) if years else None


def years_by_row(rows: Sequence[Sequence[Moment | None]], given: int | None) -> list[int | None]:
    """Return the year for dates without one, row by row.

    It is the year of the other dates in the row, else of most dates in the file, else the given one.
    """
    of_file = majority_year(moment for row in rows for moment in row) or given
    return [majority_year(row) or of_file for row in rows]
