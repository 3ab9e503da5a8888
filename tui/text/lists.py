"""Words of the lists behind the queue: who is to be called about a risk area, whose certificate runs out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dutyboard.rules.people.areas import Touch
    from dutyboard.rules.records.model import AreaLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWords:
    """Placeholders in braces are filled with `str.format`."""

    calls_title: str
    calls_area: str
    calls_empty: str
    levels: Mapping[AreaLevel, str]
    touches: Mapping[Touch, str]
    column_place: str
    column_left: str
    column_state: str
    not_called: str
    call_title: str
    call_about: str
    call_answer: str
    call_text: str
    call_text_hint: str
    called: str
    then_correct: str
    expiring_title: str
    expiring_empty: str
    column_clause: str
    column_until: str
    column_left_over: str
    column_decides: str
    decides: str
    settled: str


ZH = ListWords(
    calls_title="风险区回访 {called}/{total}",
    calls_area="{area} {level} 自{starts} 已访{called}/{total}",
    calls_empty="没有要回访的人：新列入或升级风险区后，曾到过的已登记人员会列在这里。",
    levels={"high": "高风险", "medium": "中风险", "named": "点名"},
    touches={"inside": "区内", "county": "同县"},
    column_place="旅居地",
    column_left="离开",
    column_state="回访",
    not_called="未访",
    call_title="回访 {name}",
    call_about="{area} {level}；登记的旅居：{place} {left}",
    call_answer="答复",
    call_text="说明",
    call_text_hint="到过或说不清时必填：何时、何处",
    called="已记：回访 {name}，已访 {called}/{total}",
    then_correct="{name} 到过：请在此页按 f 改旅居情况，再研判",
    expiring_title="核酸证明将到期 {n} 份",
    expiring_empty="待研判人员中没有将到期的核酸证明。",
    column_clause="条款",
    column_until="有效至",
    column_left_over="还剩",
    column_decides="影响",
    decides="过时即改变结论",
    settled="到涟时有效，已定",
)

EN = ListWords(
    calls_title="Risk area calls {called}/{total}",
    calls_area="{area} {level} from {starts}, called {called}/{total}",
    calls_empty="Nobody to call. An area listed or raised later brings its people here.",
    levels={"high": "high risk", "medium": "medium risk", "named": "named"},
    touches={"inside": "inside", "county": "county"},
    column_place="Stay",
    column_left="Left",
    column_state="Call",
    not_called="to call",
    call_title="Call {name}",
    call_about="{area} {level}; the stay on record: {place} {left}",
    call_answer="Answer",
    call_text="Text",
    call_text_hint="needed when there or unsure: when, where",
    called="Written: call to {name}, {called}/{total} called",
    then_correct="{name} was there: f corrects the stays on this page, then assess",
    expiring_title="{n} certificates run out",
    expiring_empty="No certificate of the queue runs out soon.",
    column_clause="Clause",
    column_until="Until",
    column_left_over="Left",
    column_decides="Matters",
    decides="past it, another clause",
    settled="valid on arrival, settled",
)
