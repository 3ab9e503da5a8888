"""Chinese sentences of `DamageWords`."""

from dutyboard.tui.text.damage import DamageWords

WORDS = DamageWords(
    kinds={
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
)
