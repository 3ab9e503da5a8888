"""The words that people write in a cell, with the meaning of each. An unlisted word is never guessed at."""

import re
from collections.abc import Mapping
from typing import get_args

from dutyboard.rules.law.facts import CarriedResult, ContactGrade, HealthCode, ReleaseCert, Symptoms, TravelCard
from dutyboard.rules.records.codes import FoundBy
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.grids import Value

_COLOURS = {"绿": "green", "黄": "yellow", "红": "red", "橙": "orange"}
_UNASKED = {"不详": "unknown", "未知": "unknown", "不清楚": "unknown"}
_NONE = ("无", "没有")
_CARDS: Mapping[str, str] = {
    **{
        colour + suffix: value
        for colour, value in _COLOURS.items()
        for suffix in ("", "色", "码", "卡", "色码", "色卡")
    },
    **dict.fromkeys(_NONE, "none"),
    **_UNASKED,
}
HEALTH_CODE: Mapping[str, HealthCode] = {word: v for word, v in _CARDS.items() if v in get_args(HealthCode)}  # type: ignore[misc]
TRAVEL_CARD: Mapping[str, TravelCard] = {word: v for word, v in _CARDS.items() if v in get_args(TravelCard)}  # type: ignore[misc]
PCR: Mapping[str, CarriedResult] = {
    "阴": "negative",
    "阴性": "negative",
    "阳": "positive",
    "阳性": "positive",
    "待出": "pending",
    "未出": "pending",
    "可疑": "indeterminate",
}
RESIDENT = frozenset({*_NONE, "本地", "本地居民"})
"""The words for "no arrival": he lives here and came from nowhere (O48). A blank says nothing."""
NO_PCR = frozenset({*_NONE, "未做", "未检测"})
"""The words for "no certificate is carried". A blank says nothing."""
RELEASE_CERT: Mapping[str, ReleaseCert] = {
    **dict.fromkeys(("有", "是"), "yes"),
    **dict.fromkeys(("无", "否", "没有"), "no"),
    **dict.fromkeys(("不详", "未知", ""), "unknown"),
}
NO_SYMPTOMS = frozenset({*_NONE, "无症状", "正常"})
CONTACT: Mapping[str, ContactGrade] = {
    "密接": "close",
    "密切接触者": "close",
    "次密接": "secondary",
    "次密切接触者": "secondary",
}
FOUND_BY: Mapping[str, FoundBy] = {
    **dict.fromkeys(("本人", "本人报告", "本人主动报告", "主动报告", "主动报备", "自行报备", "自报"), "himself"),
    **dict.fromkeys(("网格", "网格排查", "网格员", "社区", "社区排查", "村排查", "村组排查", "入户排查"), "grid"),
    **dict.fromkeys(("医院", "医疗机构", "卫生院", "发热门诊"), "hospital"),
    **dict.fromkeys(("公安", "公安推送", "派出所", "警方"), "police"),
    **dict.fromkeys(("协查", "外地协查", "协查函", "外县协查", "外省协查", "外市协查"), "other_county"),
    **dict.fromkeys(("其他", "其它"), "other"),
    **dict.fromkeys(_UNASKED, ""),
}
SANFEI = frozenset({"三非", "三非人员", '"三非"', "“三非”"})
_TEMPERATURE = re.compile(r"\d{2}(?:\.\d+)?")
_BODY = range(34, 43)
"""Body temperatures in °C: a number outside is something else (a day, a room)."""


def read_degrees(value: Value) -> float | None:
    """Return a temperature in °C as it is written: 36.5, 36.5℃, 36.5度, or 365 without its point. None: it is none."""
    text = folded(value).removesuffix("°C").removesuffix("度")
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        return None
    return float(text) / 10 if text.isdecimal() and len(text) == 3 else float(text)


def read_symptoms(value: Value) -> tuple[Symptoms | None, float | None]:
    """Read the symptoms, and a temperature (°C) among them: `发热37.8`. Blank: not asked."""
    word = folded(value)
    if not word:
        return None, None
    if word in NO_SYMPTOMS:
        return "none", None
    if word in _UNASKED:
        return "unknown", None
    numbers = [float(found) for found in _TEMPERATURE.findall(word)]
    return "present", next((number for number in numbers if int(number) in _BODY), None)
