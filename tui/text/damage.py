"""What may be wrong with the files of a desk, by the codes of `store.verify`, for a line that names file and line."""

from collections.abc import Mapping
from typing import Final

DAMAGE: Final[Mapping[str, Mapping[str, str]]] = {
    "zh": {
        "hash": "这一行或上一行被改过",
        "form": "不是日志的一行",
        "gap": "行号不连续：有行缺失、重复、调换或插入",
        "torn": "这一行不完整",
        "after_seal": "本段封存之后又有内容",
        "missing_seal": "本段末尾缺封存行",
        "missing_segment": "缺这一段日志",
        "name": "文件名与首行的行号不符",
        "missing_bytes": "比已确认保存的短",
        "beyond_mark": "末尾有值班台没有写过的内容",
        "unknown_file": "不是值班台的文件",
        "missing": "文件不在",
        "checksum": "内容与日志所记的校验和不符",
        "older_than_journal": "是旧的检查点，不是最近一个",
        "not_in_journal": "日志中没有这样一份",
        "not_a_checkpoint": "不是值班台写的检查点",
        "unreadable": "读不出，磁盘可能有坏块",
    },
    "en": {
        "hash": "this line or the one before was changed",
        "form": "not a line of a journal",
        "gap": "a line is missing, doubled, out of order or put in",
        "torn": "this line is not whole",
        "after_seal": "something follows the end of this segment",
        "missing_seal": "this segment does not end as it should",
        "missing_segment": "this segment is missing",
        "name": "not named by its first line",
        "missing_bytes": "shorter than what was acknowledged",
        "beyond_mark": "ends with bytes that no commit wrote",
        "unknown_file": "not a file of the desk",
        "missing": "missing",
        "checksum": "not what the journal recorded",
        "older_than_journal": "an older checkpoint than the last one",
        "not_in_journal": "the journal knows no such one",
        "not_a_checkpoint": "not a checkpoint of the desk",
        "unreadable": "cannot be read, the disk may be failing",
    },
}


def damage_line(language: str, file: str, line: int, what: str) -> str:
    """`journal/000000000001.jsonl:17 ...`; line 0 is the file as a whole."""
    where = f"{file}:{line}" if line else file
    return f"{where} {DAMAGE[language].get(what, what)}"
