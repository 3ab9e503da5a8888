"""Chinese sentences of `ListWords`."""

from dutyboard.tui.text.lists import ListWords, SliceWords

WORDS = ListWords(
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
SLICES = SliceWords(
    everybody="全部",
    order="排序 {order}",
    order_queue="超时、去向、先到",
    order_people="阶段、房号",
    names={
        "ready": "可确认",
        "waits_for_answer": "待答复",
        "own_town": "本镇街",
        "fever": "发热症状",
        "result_out": "待结果",
        "test_due": "应采样",
        "released_tomorrow": "明日期满",
    },
)
