"""Words of an import: what is said of a row, and why a file cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dutyboard.rules.duties.person.importing import RowCode
from dutyboard.tui.sheets.notes import ErrorCode, NoteCode


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeWords:
    """`rows` says what is wrong in a row, by code; `files` why a file cannot be read."""

    rows: Mapping[NoteCode | RowCode, str]
    files: Mapping[ErrorCode, str]


ZH = IntakeWords(
    rows={
        "id_missing": "缺身份证号",
        "id_length": "身份证号位数不对",
        "id_date": "身份证号中的日期不对",
        "id_check_digit": "身份证号校验位不符",
        "phone_missing": "缺联系电话",
        "phone_unusual": "电话号码不合常规",
        "year_assumed": "日期未写年份，按同行或全表的年份补",
        "year_unknown": "日期未写年份，也无从推断，按不详处理（可用 --year 指定）",
        "date_unread": "看不懂的日期，按不详处理",
        "value_unread": "看不懂的内容，按不详处理",
        "place_unknown": "认不出的地名，按不详处理",
        "name_missing": "缺姓名或名称",
        "rooms_unread": "房间数看不懂",
        "state_unread": "状态看不懂",
        "level_unread": "等级看不懂",
        "code_unread": "区划代码看不懂",
        "start_missing": "缺起始日期",
        "future_date": "日期晚于值班台现在的时间",
        "unit_unknown": "住址对不上任何单位",
        "unit_added": "单位不在册，已新增",
        "already_assessed": "此人已研判，内容有出入，未改；请人工更正",
        "state_kept": "状态与值班台不一致，未改",
        "corrected_by_officer": "值班员已更正过此项，未改",
    },
    files={
        "file_missing": "没有这个文件：{file}",
        "file_unreadable": "读不了这个文件：{file}",
        "old_excel": "{file} 是旧版 .xls，请先另存为 .xlsx",
        "not_a_workbook": "{file} 不是 Excel 工作簿",
        "encoding_unread": "{file} 的编码既不是 UTF-8 也不是 GB18030",
        "no_header": "{file} 中找不到表头（须有：{wanted}）",
    },
)

EN = IntakeWords(
    rows={
        "id_missing": "no ID number",
        "id_length": "the ID number has the wrong length",
        "id_date": "the ID number holds no real date",
        "id_check_digit": "the ID number's check digit is wrong",
        "phone_missing": "no phone",
        "phone_unusual": "an unusual phone number",
        "year_assumed": "a date without a year; took that of the row or of the file",
        "year_unknown": "a date without a year, and nothing tells it; left unknown (see --year)",
        "date_unread": "not a date; left unknown",
        "value_unread": "not understood; left unknown",
        "place_unknown": "an unknown place; left unknown",
        "name_missing": "no name",
        "rooms_unread": "the number of rooms is not understood",
        "state_unread": "the state is not understood",
        "level_unread": "the level is not understood",
        "code_unread": "the county code is not understood",
        "start_missing": "no first day",
        "future_date": "a date after the desk's present time",
        "unit_unknown": "no unit of the desk begins the address",
        "unit_added": "the unit was not on the desk and has been added",
        "already_assessed": "assessed already and the sheet differs; nothing changed, an officer must correct it",
        "state_kept": "the state differs from the desk's; nothing changed",
        "corrected_by_officer": "an officer has corrected this; nothing changed",
    },
    files={
        "file_missing": "no such file: {file}",
        "file_unreadable": "cannot read {file}",
        "old_excel": "{file} is an old .xls; save it as .xlsx first",
        "not_a_workbook": "{file} is no Excel workbook",
        "encoding_unread": "{file} is neither UTF-8 nor GB18030",
        "no_header": "no heading row in {file} (needed: {wanted})",
    },
)


def _words(language: str) -> IntakeWords:
    return EN if language == "en" else ZH


def row_sentence(language: str, code: NoteCode | RowCode) -> str:
    """What is said of a row."""
    return _words(language).rows[code]


def file_sentence(language: str, code: ErrorCode, fields: Mapping[str, Any]) -> str:
    """Why a file cannot be read."""
    return _words(language).files[code].format(**fields)
